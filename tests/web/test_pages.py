"""Pages answer, forms change the model, and a stranger gets nowhere; without a browser."""

import re
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


def model_of(workspace):
    from ketenreis.web.changes import keeping

    return keeping.now(workspace).model


def act(client, workspace, element, **posted):
    return client.post(f"/{workspace.id}/e/{element}/", posted)


def test_a_field_that_is_filled_in_becomes_an_edit(client, workspace):
    answer = act(client, workspace, "zien", do="save", **{"f.action": "Ziet de boom", "f.influence": "none"})
    assert answer.status_code == 302
    step = model_of(workspace)["zien"]
    assert (step.get("action"), step.get("influence")) == ("Ziet de boom", "none")


def test_records_come_back_from_a_form_as_they_went_in(client, workspace):
    act(
        client,
        workspace,
        "zien",
        do="save",
        **{
            "f.feelings.0.score": "-1",
            "f.feelings.0.basis": "assumed",
            "f.feelings.1.score": "",
            "f.own_time.waiting": "2 hours",
        },
    )
    step = model_of(workspace)["zien"]
    assert [dict(row) for row in step.get("feelings")] == [{"score": -1, "basis": "assumed"}]
    assert str(step.get("own_time")["waiting"]) == "2 hours"


@pytest.mark.parametrize(
    ("language", "shown", "typed"), [("nl", "2 uur", "1,5 uur"), ("en", "2 hours", "1.5 hours")]
)
def test_durations_are_shown_and_typed_in_the_visitors_language(client, workspace, language, shown, typed):
    client.cookies["language"] = language
    act(client, workspace, "zien", do="save", **{"f.own_time.waiting": "2 hours"})
    page = client.get(f"/{workspace.id}/e/zien/").content.decode()
    assert f'name="f.own_time.waiting" value="{shown}"' in page
    act(client, workspace, "zien", do="save", **{"f.own_time.waiting": typed})
    assert str(model_of(workspace)["zien"].get("own_time")["waiting"]) == "1.5 hours"
    act(
        client,
        workspace,
        "kijken-binnen-een-week",
        do="save",
        **{"f.norms.0.limit": "3 werkdagen", "f.norms.0.share": "92,5%"},
    )
    (norm,) = model_of(workspace)["kijken-binnen-een-week"].get("norms")
    assert (str(norm["limit"]), str(norm["share"])) == ("3 working days", "92.5%")


def test_what_is_not_understood_is_said_and_nothing_is_saved(client, workspace):
    before = model_of(workspace)
    answer = act(client, workspace, "zien", do="save", **{"f.influence": "soms", "f.action": "Iets anders"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert model_of(workspace) == before


def test_saving_a_form_that_shows_everything_unchanged_changes_nothing(client, workspace):
    from ketenreis.web.changes.models import Change

    model = model_of(workspace)
    for element in model:
        page = client.get(f"/{workspace.id}/e/{element.id}/").content.decode()
        form = page[
            page.index('name="do" value="save"') : page.index("</form>", page.index('name="do" value="save"'))
        ]
        posted = {"do": "save"}
        for name, value in re.findall(r'<input id="[^"]*" name="([^"]*)" value="([^"]*)"', form):
            posted[name] = unescaped(value)
        for name, value in re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>([^<]*)</textarea>', form):
            posted[name] = unescaped(value)
        for name, options in re.findall(r'<select id="[^"]*" name="([^"]*)">(.*?)</select>', form, re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', options)
            posted[name] = chosen.group(1) if chosen else ""
        assert len(posted) > 2
        assert act(client, workspace, element.id, **posted).status_code == 302
    assert model_of(workspace) == model
    assert Change.objects.filter(workspace=workspace.id).count() == 1


def unescaped(text):
    import html

    return html.unescape(text)


def test_two_people_who_change_the_same_field_are_both_shown(client, workspace):
    from ketenreis.web.changes import keeping

    seen = keeping.now(workspace).change
    act(client, workspace, "zien", do="save", seen=seen, **{"f.action": "De eerste"})
    answer = act(client, workspace, "zien", do="save", seen=seen, **{"f.action": "De tweede"})
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "De eerste" in said
    assert model_of(workspace)["zien"].get("action") == "De eerste"


def test_something_new_gets_an_id_of_its_name_and_a_place(client, workspace):
    act(client, workspace, "melden", do="add", kind="step", title="Foto maken")
    model = model_of(workspace)
    assert [step.id for step in model.children("melden", "step")] == ["zien", "bellen", "foto-maken"]
    act(client, workspace, "foto-maken", do="move", by="earlier")
    assert [step.id for step in model_of(workspace).children("melden", "step")] == [
        "zien",
        "foto-maken",
        "bellen",
    ]
    act(client, workspace, "foto-maken", do="move", before="zien")
    assert [step.id for step in model_of(workspace).children("melden", "step")] == [
        "foto-maken",
        "zien",
        "bellen",
    ]
    act(client, workspace, "foto-maken", do="move", to="wachten")
    assert [step.id for step in model_of(workspace).children("wachten", "step")] == [
        "afwachten",
        "foto-maken",
    ]


def test_removing_takes_what_stands_in_it_and_undo_brings_all_back(client, workspace):
    before = model_of(workspace)
    act(client, workspace, "melden", do="remove")
    assert {"melden", "bellen", "snel"}.isdisjoint(model_of(workspace).elements)
    page = client.get(f"/{workspace.id}/history/").content.decode()
    newest = re.search(rf"/{workspace.id}/history/(\d+)/undo", page).group(1)
    assert client.post(f"/{workspace.id}/history/{newest}/undo").status_code == 302
    assert model_of(workspace) == before


def test_a_relation_that_can_be_there_once_takes_the_place_of_the_old(client, workspace):
    act(client, workspace, "wijk", do="add", kind="role", title="Hovenier")
    act(client, workspace, "boom-melden", do="relate", relation="owned_by", target="wijkmeester")
    act(client, workspace, "boom-melden", do="relate", relation="owned_by", target="hovenier")
    model = model_of(workspace)
    assert [owner.id for owner in model.targets("boom-melden", "owned_by")] == ["hovenier"]
    act(client, workspace, "boom-melden", do="unrelate", relation="owned_by", target="hovenier")
    assert model_of(workspace).targets("boom-melden", "owned_by") == ()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_speaks_the_visitors_language(client, workspace, language):
    from ketenreis.web.words import sentences

    client.cookies["language"] = language
    page = client.get(f"/{workspace.id}/journeys/")
    assert page.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in page.content.decode()
    assert sentences(language)["journeys.lead"] in page.content.decode()


def test_both_languages_say_everything_and_not_the_same():
    from ketenreis.web.words import sentences

    nl, en = sentences("nl"), sentences("en")
    assert nl.keys() == en.keys()
    same = {key for key in nl if nl[key] == en[key]}
    assert same <= SAME_ON_PURPOSE


SAME_ON_PURPOSE = {
    "evidence.cancel",
    "frame.menu_button",
    "processes.download",
    "chains.later",
    "processes.later",
    "history.relate",
    "initiatives.status",
    "initiatives.team",
    "journeys.later",
}


def test_every_sentence_is_said_somewhere():
    import ketenreis.web
    from ketenreis.web.words import sentences

    web = Path(ketenreis.web.__file__).parent
    python = "\n".join(path.read_text(encoding="utf-8") for path in web.parent.rglob("*.py"))
    said = python + "\n".join(path.read_text(encoding="utf-8") for path in web.rglob("*.html"))
    whole = set(re.findall(r"[a-z]+\.\w+", said))
    begun = tuple(re.findall(r'"([a-z]+\.\w*_)["{]', said))
    # Of some only the last word stands in the code: the name of a stop of the tour, or what went wrong.
    last_words = set(re.findall(r'"(\w+)"', python))
    silent = {
        key
        for key in sentences("en")
        if key not in whole
        and not key.startswith(begun)
        and key.partition(".")[2].removesuffix("_text") not in last_words
    }
    assert not silent


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_no_text_that_anyone_fills_in_becomes_markup(client, workspace):
    for kind, parent in (
        ("phase", "boom-melden"),
        ("step", "melden"),
        ("wish", "bellen"),
        ("question", "bellen"),
        ("touchpoint", "zien"),
    ):
        assert act(client, workspace, parent, do="add", kind=kind, title=SCRIPT).status_code == 302
    act(
        client,
        workspace,
        "boom-melden",
        do="save",
        **{"f.need": SCRIPT, "f.start": SCRIPT, "f.name": SCRIPT, "f.note": SCRIPT},
    )
    for path in (
        "journeys/",
        "journeys/boom-melden/",
        "e/boom-melden/",
        "e/bellen/",
        "history/",
        "found?q=script",
        "all/step/",
    ):
        said = client.get(f"/{workspace.id}/{path}").content.decode()
        assert "<img src=x" not in said
        assert "<script>alert" not in said
    assert "&lt;img src=x" in client.get(f"/{workspace.id}/journeys/boom-melden/").content.decode()


def test_a_form_from_elsewhere_changes_nothing(folder, workspace):
    from django.test import Client

    stranger = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    answer = stranger.post(f"/{workspace.id}/e/zien/", {"do": "remove"})
    assert answer.status_code == 403
    assert "zien" in model_of(workspace)


@pytest.mark.parametrize(
    "path",
    [
        "/nergens/journeys/",
        "/bos/journeys/nergens/",
        "/bos/e/../../etc/passwd/",
        "/bos/all/onzin/",
        "/bos/history/999999/undo",
    ],
)
def test_what_does_not_exist_says_so_kindly(client, path):
    answer = client.get(path)
    assert answer.status_code in (404, 405)


def test_an_address_that_leads_nowhere_in_a_workspace_leads_on_from_there(client, workspace):
    said = client.get(f"/{workspace.id}/onzin/").content.decode()
    assert f'href="/{workspace.id}/history/"' in said
    assert 'id="palette"' in said


def test_the_answer_of_every_page_forbids_scripts_from_elsewhere_and_framing(client, workspace):
    answer = client.get(f"/{workspace.id}/journeys/boom-melden/")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=", answer.content.decode())


def test_a_name_that_was_not_allowed_is_not_answered(client):
    assert client.get("/", headers={"host": "elders.example"}).status_code == 400


def test_going_back_never_leads_to_another_site(client, workspace):
    answer = client.post("/language", {"language": "en", "back": "//elders.example/"})
    assert answer.headers["Location"] == "/"
    answer = act(client, workspace, "zien", do="save", back="https://elders.example/")
    assert answer.headers["Location"].startswith(f"/{workspace.id}/")


def test_an_address_of_another_kind_is_a_page_that_does_not_exist(client, workspace):
    for page in ("journeys", "chains", "readiness", "processes", "initiatives", "measures", "blueprint"):
        assert client.get(f"/{workspace.id}/{page}/zien/").status_code == 404


def test_what_a_list_may_hold_is_ticked_in_the_words_of_the_reader(client, workspace):
    from ketenreis.web.changes import keeping

    form = client.get(f"/{workspace.id}/e/zien/").content.decode()
    assert 'name="f.moment_of_truth.customer" value="true"> klant</label>' in form
    ticked = {"do": "save", "f.moment_of_truth": "", "f.moment_of_truth.customer": "true"}
    client.post(f"/{workspace.id}/e/zien/", ticked)
    assert keeping.now(workspace).model["zien"].get("moment_of_truth") == ("customer",)
    assert 'value="true" checked> klant</label>' in client.get(f"/{workspace.id}/e/zien/").content.decode()
    client.post(f"/{workspace.id}/e/zien/", {"do": "save", "f.moment_of_truth": ""})
    assert keeping.now(workspace).model["zien"].get("moment_of_truth") is None
