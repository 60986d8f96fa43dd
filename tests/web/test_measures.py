"""Figures in the environment: those of the library, on any workspace, without waiting and without saving."""

import re
from datetime import UTC, datetime, timedelta

import pytest

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
INSPECTED_AFTER = (1, 2, 3, 4, 5, 6, 8, 9, 10, 20)
"""Days between call and inspection, one report of a tree each: six of ten within a week."""


@pytest.fixture
def measured(workspace):
    """The workspace with ten reports of trees as events."""
    from ketenreis.events.importing import import_events
    from ketenreis.events.mapping import parse_mapping

    rows = ["melding;activiteit;tijd"]
    for number, days in enumerate(INSPECTED_AFTER):
        called = START + timedelta(days=number)
        rows.append(f"m{number};telefoontje;{called:%Y-%m-%dT%H:%M:%SZ}")
        rows.append(f"m{number};inspectie;{called + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}")
    file = workspace.folder / "meldingen.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    mapping = "source: meldingen\nobject: melding\ncolumns: {case: melding, activity: activiteit, time: tijd}\nlabels: {telefoontje: telefoontje, inspectie: inspectie}\n"
    import_events(file, workspace.events, parse_mapping(mapping))
    return workspace


def shown(client, path):
    """The page once it is measured."""
    for _ in range(40):
        page = client.get(path).content.decode()
        if "gemeten…" not in page:
            return page
    raise AssertionError(path)


def test_a_page_without_events_says_so(client, workspace):
    page = client.get(f"/{workspace.id}/measures/").content.decode()
    assert "Er zijn nog geen gebeurtenissen" in page
    assert "Kijken binnen een week" in page
    one = client.get(f"/{workspace.id}/measures/kijken-binnen-een-week/").content.decode()
    assert "Een bestand inbrengen" in one, "and what to do about it"


def test_what_lacks_a_label_leads_to_the_labels(client, measured):
    client.post(f"/{measured.id}/evidence/labels/", {"label.0": "", "label.1": ""})
    page = shown(client, f"/{measured.id}/measures/kijken-binnen-een-week/")
    assert "niet te beoordelen" in page
    assert f'class="button" href="/{measured.id}/evidence/labels/"' in page


def test_the_list_gives_the_counted_share(client, measured):
    page = shown(client, f"/{measured.id}/measures/")
    share = sum(days <= 7 for days in INSPECTED_AFTER) / len(INSPECTED_AFTER)
    assert share == 0.6
    assert "<b>60%</b>" in page.replace(",0%", "%")
    assert "niet gehaald" in page


def test_another_limit_is_tried_without_saving_anything(client, measured):
    from ketenreis.web.changes import keeping

    path = f"/{measured.id}/measures/kijken-binnen-een-week/"
    shown(client, path)
    before = keeping.now(measured)
    page = client.get(path, {"limit": "9 days", "share": "80%"}).content.decode()
    tried = page[page.index('id="tried"') :]
    assert "80%" in re.sub(r",0%", "%", tried)  # eight of ten within nine days
    assert "gehaald" in tried
    assert keeping.now(measured) == before
    assert "Dat is geen grens" in client.get(path, {"limit": "heel snel", "share": "80%"}).content.decode()
    norm = {"limit": "9 days", "share": "80%"}
    told = client.post(f"{path}norm", {**norm, "weigh": "1"}, follow=True).content.decode()
    assert "Koppelingen te controleren: 1" in told
    assert keeping.now(measured) == before
    client.post(f"{path}norm", norm)
    old, new = keeping.now(measured).model["kijken-binnen-een-week"].get("norms")
    assert (str(old["limit"]), str(new["limit"])) == ("7 days", "9 days")
    assert "since" not in old
    assert "since" in new, "past cases keep the norm of their day"


@pytest.mark.parametrize(
    ("language", "stands", "typed"), [("nl", "7 dagen", "9 dagen"), ("en", "7 days", "9 days")]
)
def test_a_limit_is_tried_in_the_words_of_its_reader(client, measured, language, stands, typed):
    path, reader = f"/{measured.id}/measures/kijken-binnen-een-week/", {"accept-language": language}
    shown(client, path)
    assert f'name="limit" value="{stands}"' in client.get(path, headers=reader).content.decode()
    page = client.get(path, {"limit": typed, "share": "80%"}, headers=reader).content.decode()
    assert "80%" in re.sub(r"[.,]0%", "%", page[page.index('id="tried"') :])


def test_a_saved_limit_changes_the_figure_on_every_page(client, measured):
    client.post(
        f"/{measured.id}/e/kijken-binnen-een-week/",
        {"do": "save", "f.norms.0.limit": "9 days", "f.norms.0.share": "80%"},
    )
    assert "80" in shown(client, f"/{measured.id}/measures/")
    assert "80" in shown(client, f"/{measured.id}/blueprint/boom-melden/?ctq=kijken-binnen-een-week")


def test_names_change_without_measuring_again(client, measured):
    from ketenreis.web import figures

    shown(client, f"/{measured.id}/measures/")
    known = len(figures._asked)
    client.post(f"/{measured.id}/e/zien/", {"do": "save", "f.action": "Iets anders"})
    shown(client, f"/{measured.id}/measures/")
    assert len(figures._asked) == known


def test_a_requirement_is_put_together_and_reads_back_before_it_is_saved(client, workspace):
    from ketenreis.web.changes import keeping

    made = client.post(f"/{workspace.id}/measures/new", {"name": "Nooit lang stil", "wish": "snel"})
    path = made.headers["Location"]
    assert path == f"/{workspace.id}/measures/nooit-lang-stil/edit/"
    assert "nooit-lang-stil" in [ctq.id for ctq in keeping.now(workspace).model.targets("snel", "leads_to")]
    chosen = client.get(path, {"pattern": "no_silence_longer_than"}).content.decode()
    assert "nieuws" in chosen
    filled = {
        "pattern": "no_silence_longer_than",
        "m.news": ["telefoontje", "inspectie", ""],
        "f.norms.0.limit": "2 days",
        "f.norms.0.share": "90%",
        "f.name": "Nooit lang stil",
    }
    before = keeping.now(workspace)
    said = client.post(path, {**filled, "preview": "1"}).content.decode()
    reads = said[said.index('id="reads"') :]
    assert "2 dagen" in reads
    assert "Inspectie" in reads
    assert keeping.now(workspace) == before
    assert client.post(path, filled).status_code == 302
    ctq = keeping.now(workspace).model["nooit-lang-stil"]
    assert ctq.get("measure").arguments["news"].elements == ("telefoontje", "inspectie")
    assert [edge.target for edge in keeping.now(workspace).model.out(ctq.id, "measured_at")] == [
        "telefoontje",
        "inspectie",
    ]


def test_a_measure_that_is_saved_unchanged_stays_the_same(client, workspace):
    from ketenreis.web.changes import keeping

    model = keeping.now(workspace).model
    path = f"/{workspace.id}/measures/kijken-binnen-een-week/edit/"
    posted = {
        "pattern": "within",
        "m.after": ["telefoontje", ""],
        "m.comes": ["inspectie", ""],
        "f.norms.0.limit": "7 days",
        "f.norms.0.share": "95%",
        "f.object": "melding",
        "f.name": "Kijken binnen een week",
    }
    assert client.post(path, posted).status_code == 302
    assert keeping.now(workspace).model == model


@pytest.mark.parametrize("pattern", ["within", "as_announced", "any_of", "payload", "in_window"])
def test_every_pattern_has_its_form(client, workspace, pattern):
    from ketenreis.requirements import PATTERN

    page = client.get(
        f"/{workspace.id}/measures/kijken-binnen-een-week/edit/", {"pattern": pattern}
    ).content.decode()
    assert all(f'name="m.{argument.name}"' in page for argument in PATTERN[pattern].arguments)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_sentence_is_offered_once_with_an_example_and_without_the_name_of_its_pattern(
    client, workspace, language
):
    from ketenreis.requirements import PATTERNS, open_sentence

    path, reader = f"/{workspace.id}/measures/kijken-binnen-een-week/edit/", {"accept-language": language}
    page = client.get(path, headers=reader).content.decode()
    offered = re.findall(r'name="pattern" value="(\w+)"[^>]*> <span>([^<]*)<small[^>]*>([^<]+)</small>', page)
    assert sorted(name for name, *_ in offered) == sorted(pattern.name for pattern in PATTERNS)
    assert {said for _, said, _ in offered} == {open_sentence(pattern, language) for pattern in PATTERNS}
    assert not re.search(r">\s*chain_response\s*<", page)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ("elk telt één keer, de oudste eerst", "de klok aan de muur (zoals gewoonlijk)", "2 uur")),
        ("en", ("each counts once, the oldest first", "the clock on the wall (as usual)", "2 hours")),
    ],
)
def test_the_form_of_a_sentence_speaks_the_language_of_its_reader(client, workspace, language, words):
    from ketenreis.web.changes import keeping

    path = f"/{workspace.id}/measures/kijken-binnen-een-week/edit/"
    posted = {
        "pattern": "within",
        "m.after": ["telefoontje", ""],
        "m.comes": ["inspectie", ""],
        "m.at_least": words[2],
        "m.match": "fifo",
        "m.clock": "",
    }
    assert client.post(path, posted).status_code == 302
    arguments = keeping.now(workspace).model["kijken-binnen-een-week"].get("measure").arguments
    assert (str(arguments["at_least"]), arguments["match"]) == ("2 hours", "fifo")
    assert "clock" not in arguments
    page = client.get(path, headers={"accept-language": language}).content.decode()
    assert all(word in page for word in words)
    assert ">fifo<" not in page


def test_a_clock_is_chosen_among_the_calendars_of_the_organisation(client, workspace):
    from ketenreis.web.changes import keeping

    (workspace.folder / "model" / "tijden.yaml").write_text(
        "calendars: [{id: balie, name: Balie, hours: {monday: 9:00-17:00}}]\n", encoding="utf-8"
    )
    path = f"/{workspace.id}/measures/kijken-binnen-een-week/edit/"
    assert '<option value="balie">Balie</option>' in client.get(path).content.decode()
    posted = {"pattern": "within", "m.after": "telefoontje", "m.comes": "inspectie", "m.clock": "balie"}
    assert client.post(path, posted).status_code == 302
    assert keeping.now(workspace).model["kijken-binnen-een-week"].get("measure").arguments["clock"] == "balie"


def test_one_requirement_measured_alone_has_the_figures_that_it_has_among_all(measured):
    from ketenreis.web.changes import keeping
    from ketenreis.web.figures import figures

    model = keeping.now(measured).model
    name = "kijken-binnen-een-week"
    every = figures(measured, model, wait=20).report
    alone = figures(measured, model, wait=20, only=name).report
    assert alone[name] == every[name]
    assert [one.requirement.id for one in alone.measured] == [name]


def test_the_calculation_and_its_sql_stand_on_the_page(client, measured):
    page = shown(client, f"/{measured.id}/measures/kijken-binnen-een-week/")
    assert "Toon de berekening" in page
    assert "Toon de SQL" in page
    assert "CREATE VIEW judged" in page


def test_the_cases_behind_every_figure_are_a_list_per_outcome_and_per_week(client, measured):
    path = f"/{measured.id}/measures/kijken-binnen-een-week/"
    assert f"{path}cases/violated/" in shown(client, path)
    late = {f"m{n}" for n, days in enumerate(INSPECTED_AFTER) if days > 7}

    def cases(outcome, **asked):
        page = shown(client, f"{path}cases/{outcome}/?" + "&".join(f"{k}={v}" for k, v in asked.items()))
        return re.findall(r'<th scope="row">(\w+)</th>', page)

    assert set(cases("violated")) == late
    assert cases("violated")[0] == "m9", "what took longest comes first"
    assert set(cases("fulfilled")) == {f"m{n}" for n in range(10)} - late
    first_week = {f"m{n}" for n in range(7)}  # called on Monday 2 March and the days after
    assert set(cases("fulfilled", week="2026-03-02")) == first_week - late
    assert set(cases("violated", week="2026-03-02")) == first_week & late
    sheet = client.get(f"{path}cases/violated/", {"as": "csv"}).content.decode()
    assert all(case in sheet for case in late)
    assert client.get(f"{path}cases/anders/").status_code == 404
    assert sorted(cases("violated", sort="case")) == cases("violated", sort="case")
    assert cases("violated", q="M9") == ["m9"]
    page = shown(client, f"{path}cases/fulfilled/?week=2026-03-02")
    assert '<option value="2026-03-02" selected>' in page, "the weeks are a choice, not only an address"
    beyond = f"{path}cases/violated/?page=77&sort=case"
    shown(client, beyond)
    far = client.get(beyond)
    assert far.headers["Location"] == "?sort=case&page=1"
