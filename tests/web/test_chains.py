"""Chains show what their links agreed, and are worked on with forms; without a browser."""

import re
from datetime import date

import pytest
from tests.web.chain_text import beside


@pytest.fixture
def workspace(workspace):
    return beside(workspace)


def model_of(workspace):
    from ketenreis.web.changes import keeping

    return keeping.now(workspace).model


def act(client, workspace, element, **posted):
    return client.post(f"/{workspace.id}/e/{element}/", posted)


def page(client, workspace, path):
    answer = client.get(f"/{workspace.id}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_chain_reads_from_need_to_fulfilment(client, workspace):
    said = page(client, workspace, "chains/bomen-veilig/")
    in_order = [
        "Ik wil dat de gevaarlijke boom weg is",
        'id="schakel-melden"',
        'id="schakel-kijken"',
        'id="schakel-zagen"',
        "De boom is veilig",
    ]
    places = [said.index(text) for text in in_order]
    assert places == sorted(places)
    assert "Geen boom valt om na een melding" in said
    assert "Eerst kijken, dan zagen" in said


def test_statements_that_mean_the_same_do_not_differ_and_others_do(workspace):
    from ketenreis.web.chains.reading import agreements

    first, second = agreements(model_of(workspace), "bomen-veilig")
    assert (first.standing, first.differs) == ("differs", {"complete_when"})  # one day is 24 hours
    assert [str(side.within) for side in first.sides] == ["1 day", "24 hours"]
    assert (second.standing, second.differs) == ("unconfirmed", frozenset())
    assert [side.confirmed for side in second.sides] == [date(2026, 4, 2), None]


def test_each_side_confirms_with_a_day_and_the_other_stays(client, workspace):
    said = page(client, workspace, "chains/bomen-veilig/")
    form = re.search(r'<form[^>]*e/wijk-hoveniers/[^>]*class="confirming">(.*?)</form>', said, re.DOTALL)[1]
    posted = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert posted["f.confirmed.giver"] == "2026-04-02"
    posted["f.confirmed.receiver"] = "2026-05-01"
    assert act(client, workspace, "wijk-hoveniers", **posted).status_code == 302
    confirmed = model_of(workspace)["wijk-hoveniers"].get("confirmed")
    assert dict(confirmed) == {"giver": date(2026, 4, 2), "receiver": date(2026, 5, 1)}
    assert "✓ afgesproken" in page(client, workspace, "chains/bomen-veilig/")
    assert "bevestigd op 1 mei 2026" in page(client, workspace, "chains/bomen-veilig/")


def test_a_handover_without_statements_says_what_is_missing(client, workspace):
    act(
        client,
        workspace,
        "bomen-veilig",
        **{
            "do": "add",
            "kind": "handover",
            "title": "Terug",
            "to.from": "schakel-zagen",
            "to.to": "schakel-kijken",
        },
    )
    from ketenreis.web.chains.reading import agreements

    new = agreements(model_of(workspace), "bomen-veilig")[-1]
    assert (new.standing, new.missing) == ("silent", ("complete_when", "within"))
    assert [side.department.id for side in new.sides] == ["hoveniers", "wijk"]
    assert "Niemand zegt binnen welke tijd." in page(client, workspace, "chains/bomen-veilig/")


def test_a_figure_is_endorsed_by_a_role_with_a_day(client, workspace):
    for day in ("2026-03-01", "2026-04-01"):
        posted = {"do": "relate", "relation": "endorsed_by", "target": "wijkmeester", "r.date": day}
        assert act(client, workspace, "kpi-op-tijd", **posted).status_code == 302
    (edge,) = model_of(workspace).out("kpi-op-tijd", "endorsed_by")
    assert (edge.target, edge.fields["date"]) == ("wijkmeester", date(2026, 4, 1))
    assert "1 apr 2026" in page(client, workspace, "chains/bomen-veilig/")
    wrong = {"do": "relate", "relation": "endorsed_by", "target": "telefonist", "r.date": "gisteren"}
    assert act(client, workspace, "kpi-op-tijd", **wrong).status_code == 422


def test_figures_of_the_customers_side_come_first_and_opportunities_by_quarter(workspace):
    from ketenreis.web.chains.reading import expected, planned, steering

    model = model_of(workspace)
    assert [one.kpi.id for one in steering(model, "bomen-veilig")] == ["kpi-op-tijd", "kpi-kosten"]
    assert [quarter for quarter, _ in planned(model, "bomen-veilig")] == ["2026-Q4", "2027-Q3"]
    groups = [
        (persona and persona.id, [one.id for one in found])
        for persona, found in expected(model, "bomen-veilig")
    ]
    assert groups == [("buurt", ["snel-zicht"]), (None, ["een-rit"])]


@pytest.mark.parametrize(
    ("kind", "more", "relation"),
    [
        ("chain_link", {"to.department": "wijk", "to.realised_by": "bomen"}, "realised_by"),
        ("expectation", {"to.for": "buurt"}, "for"),
        ("kpi", {"f.side": "customer", "to.owned_by": "wijkmeester"}, "owned_by"),
        ("idea", {"f.quarter": "2027-Q1"}, None),
    ],
)
def test_what_is_added_comes_with_its_relations_as_one_change(client, workspace, kind, more, relation):
    from ketenreis.web.changes.models import Change

    model_of(workspace)
    before = Change.objects.filter(workspace=workspace.id).count()
    asked = {"do": "add", "kind": kind, "title": "Iets nieuws", **more}
    assert act(client, workspace, "bomen-veilig", **asked).status_code == 302
    made = model_of(workspace)["iets-nieuws"]
    assert made.kind == kind
    assert Change.objects.filter(workspace=workspace.id).count() == before + 1
    if relation:
        assert [edge.target for edge in model_of(workspace).out("iets-nieuws", relation)] == [
            more[f"to.{relation}"]
        ]


def test_a_relation_to_what_cannot_be_related_makes_nothing(client, workspace):
    before = model_of(workspace)
    asked = {"do": "add", "kind": "chain_link", "title": "Iets nieuws", "to.department": "buurt"}
    assert act(client, workspace, "bomen-veilig", **asked).status_code == 422
    assert model_of(workspace) == before


def test_links_move_and_the_page_follows(client, workspace):
    act(client, workspace, "schakel-zagen", do="move", by="earlier")
    said = page(client, workspace, "chains/bomen-veilig/")
    assert said.index('id="schakel-zagen"') < said.index('id="schakel-kijken"')


def test_touchpoints_that_stand_beside_the_chain_are_told(client, workspace):
    from ketenreis.web.chains.reading import travelled

    act(client, workspace, "boom-melden", do="relate", relation="realised_by", target="bomen-veilig")
    (row,) = travelled(model_of(workspace), "bomen-veilig")
    assert (row.touchpoints, [one.id for one in row.unrealised], row.floating) == (1, ["telefoontje"], ())
    act(client, workspace, "telefoontje", do="relate", relation="realised_by", target="noteren")
    (row,) = travelled(model_of(workspace), "bomen-veilig")
    assert (row.unrealised, row.floating) == ((), ())
    act(client, workspace, "schakel-melden", do="unrelate", relation="realised_by", target="aannemen")
    (row,) = travelled(model_of(workspace), "bomen-veilig")
    assert [one.id for one in row.floating] == ["telefoontje"]
    assert "Zweeft" in page(client, workspace, "chains/bomen-veilig/")


def test_a_new_chain_begins_with_its_need(client, workspace):
    answer = client.post(
        f"/{workspace.id}/chains/", {"name": "Licht", "need": "Ik wil licht", "fulfilment": "Het brandt"}
    )
    assert answer.headers["Location"] == f"/{workspace.id}/chains/licht/"
    assert model_of(workspace)["licht"].get("fulfilment") == "Het brandt"
    assert "Er is nog niets afgesproken" in page(client, workspace, "chains/licht/")


def test_one_page_says_what_customers_need_from_a_role(workspace):
    from ketenreis.web.chains.needed import needed_from

    model = model_of(workspace)
    found = needed_from(model, model["telefonist"], "nl")
    assert found.activities == 3
    assert [(need.asked.id, [work.activity.id for work in need.work]) for need in found.customers] == [
        ("kijken-binnen-een-week", ["noteren"])
    ]
    assert [output.id for output in found.customers[0].work[0].outputs] == ["melding-klaar"]
    assert [wish.id for wish in found.customers[0].wishes] == ["snel"]
    assert [one.id for one in found.unasked] == ["doorzetten", "navragen"]
    assert ([one.handover.id for one in found.gives], found.receives) == (["melding-wijk"], ())


def test_a_department_answers_for_its_roles_and_its_handovers(client, workspace):
    from ketenreis.web.chains.needed import needed_from

    model = model_of(workspace)
    found = needed_from(model, model["wijk"], "nl")
    assert [need.asked.id for need in found.customers] == ["kijken-binnen-een-week"]
    assert [one.handover.id for one in found.receives] == ["melding-wijk"]
    assert [one.handover.id for one in found.gives] == ["wijk-hoveniers"]
    partner = needed_from(model, model["hoveniers"], "nl")
    assert (partner.customers, [need.asked.id for need in partner.ours]) == ((), ["veilig-werken"])
    said = page(client, workspace, "needs/hoveniers/")
    assert "Voor ons" in said
    assert "Van Wijkteam" in said


@pytest.mark.parametrize(
    "path", ["chains/", "chains/bomen-veilig/", "needs/", "needs/telefonist/", "needs/wijk/"]
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_speak_both_languages_without_inline_code(client, workspace, path, language):
    client.cookies["language"] = language
    said = page(client, workspace, path)
    assert f'<html lang="{language}">' in said
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=", said)


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_no_text_of_a_chain_becomes_markup(client, workspace):
    act(
        client,
        workspace,
        "bomen-veilig",
        do="save",
        **{
            f"f.{name}": SCRIPT
            for name in ("name", "need", "start", "fulfilment", "tactic", "success_criteria")
        },
    )
    act(client, workspace, "melding-wijk", do="save", **{"f.complete_when.giver": SCRIPT, "f.name": SCRIPT})
    act(client, workspace, "kpi-op-tijd", do="save", **{"f.definition": SCRIPT, "f.target": SCRIPT})
    act(client, workspace, "later-idee", do="save", **{"f.text": SCRIPT, "f.quarter": SCRIPT})
    act(client, workspace, "wijk", do="save", **{"f.name": SCRIPT})
    for path in ("chains/", "chains/bomen-veilig/", "needs/", "needs/wijk/"):
        said = page(client, workspace, path)
        assert "<img src=x" not in said
        assert "<script>alert" not in said


def test_a_chain_that_is_not_there_says_so(client, workspace):
    for path in ("chains/bomen/", "chains/nergens/", "needs/bomen-veilig/", "needs/nergens/"):
        assert client.get(f"/{workspace.id}/{path}").status_code == 404


def test_a_chain_of_which_only_the_name_is_known_can_be_worked_on(client, workspace):
    answer = client.post(f"/{workspace.id}/chains/", {"name": "Van melding tot veilig"})
    assert client.get(answer.headers["Location"]).status_code == 200
