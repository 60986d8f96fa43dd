"""Two teams, one contact: an idea grows, operations are picked, the tension shows both sides, and the talk ends in an action."""

import shutil
from contextlib import contextmanager

import pytest
from tests.analysis.test_tensions import ADD, ORGANISATION, REMOVE
from tests.web.walked import walked

TEAMS = (
    ORGANISATION.replace("organisation: {id: o,", "organisation: {id: o, language: nl,") + REMOVE + ADD
)  # fmt: skip
IDEA = "ideas: [{id: film, name: Instructiefilm, impact: high, effort: low, obstacle_type: it, proposed_by: [reis]}]\n"
CHAIN = "chains: [{id: keten, name: Van aanvraag tot inkomen, need: n, fulfilment: f, chain_links: [{id: doen, department: inkomen, realised_by: [aanvraag]}]}]\n"


@contextmanager
def served(folder, name):
    """A workspace in which two teams pull at one contact; its history stays with its name."""
    from ketenreis.web import shelf

    target = folder / name
    (target / "model").mkdir(parents=True)
    (target / "model" / "alles.yaml").write_text(TEAMS + IDEA + CHAIN, encoding="utf-8")
    yield shelf.workspace(name)
    shutil.rmtree(target)


@pytest.fixture
def teams(folder):
    with served(folder, "twee-teams") as workspace:
        yield workspace


@pytest.fixture
def strangers(folder):
    """The same two teams, who never spoke."""
    with served(folder, "twee-teams-apart") as workspace:
        yield workspace


def page(client, path):
    answer = client.get(f"/twee-teams/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def model_of(workspace):
    from ketenreis.web.changes import keeping

    return keeping.now(workspace).model


def marks(workspace):
    from ketenreis.analysis.tensions import tensions

    return [one.fingerprint for one in tensions(model_of(workspace))]


def test_without_any_initiative_the_pages_say_what_to_do(client, workspace):
    for path in ("initiatives/", "tensions/", "actions/"):
        answer = client.get(f"/{workspace.id}/{path}")
        assert answer.status_code == 200
        assert 'class="card"' in answer.content.decode()


def test_both_sides_stand_on_the_card_with_what_serves_both(client, teams):
    said = page(client, "tensions/")
    assert "Intakegesprek: weghalen, en de vraag dan?" in said
    assert "LEAN-team" in said
    assert "Klantreisteam" in said
    assert "1.140 uur (1.060–1.220)" in said
    assert "er zijn nog geen gebeurtenissen" in said
    assert "Aanvraagformulier" in said
    assert "conflict" not in said.casefold()


def test_an_idea_grows_into_an_initiative_of_the_same_team(client, teams):
    assert client.post("/twee-teams/initiatives/", {"idea": "film"}).status_code == 302
    model = model_of(teams)
    grown = model.targets("film", "grows_into")[0]
    assert (grown.get("impact"), grown.get("obstacle_type"), grown.get("status")) == (
        "high",
        "it",
        "proposed",
    )
    assert [one.id for one in model.targets(grown.id, "proposed_by")] == ["reis"]
    assert "Instructiefilm" in page(client, "initiatives/")
    assert client.post("/twee-teams/initiatives/", {"idea": "intake"}).status_code == 404


def test_an_operation_is_picked_by_id_or_name_and_refused_when_nothing_bears_it(client, teams):
    there = "/twee-teams/initiatives/zekerder/"
    row = {"field": "operations", "intent": "shorten"}
    assert client.post(there, {**row, "element": "toetsen"}).status_code == 302
    assert client.post(there, {**row, "element": "Ontvangstbevestiging"}).status_code == 302
    assert [one.id for one in model_of(teams).targets("zekerder", "operates_on")] == [
        "wachten",
        "toetsen",
        "ontvangst",
    ]
    answer = client.post(there, {**row, "element": "telefax"})
    assert answer.status_code == 422
    assert 'value="telefax"' in answer.content.decode()
    assert client.post(there, {"field": "operations", "drop": "1"}).status_code == 302
    assert [one.id for one in model_of(teams).targets("zekerder", "operates_on")] == ["wachten", "ontvangst"]
    assert client.post(there, {"field": "effects", "element": "compleet", "push": "up"}).status_code == 302
    assert client.post(there, {"field": "effects", "element": "intake", "push": "up"}).status_code == 422
    assert client.post(there, {"field": "name", "drop": "0"}).status_code == 404
    assert [one.id for one in model_of(teams).targets("zekerder", "affects")] == ["compleet"]


def test_what_is_put_aside_with_a_reason_stays_aside_until_its_facts_change(client, teams):
    (mark,) = marks(teams)
    client.post("/twee-teams/tensions/do", {"fingerprint": mark, "reason": ""})
    assert "Terzijde gelegd (1)" not in page(client, "tensions/")
    assert f'href="/twee-teams/tensions/#tension-{mark}"' in page(client, "findings/")
    client.post("/twee-teams/findings/dismiss", {"fingerprint": mark, "reason": "Eerst de proef"})
    inbox = page(client, "findings/")
    assert "#tension-" not in inbox
    assert "Intakegesprek: weghalen, en de vraag dan?" in inbox
    said = page(client, "tensions/")
    assert "Terzijde gelegd (1)" in said
    assert "Eerst de proef" in said
    client.post("/twee-teams/e/toetsen/", {"do": "save", "f.name": "Beoordelen"})
    assert "Terzijde gelegd (1)" in page(client, "tensions/")
    client.post("/twee-teams/e/goed/", {"do": "save", "f.text": "Klopt mijn formulier?"})
    assert "Terzijde gelegd (1)" not in page(client, "tensions/")
    assert f"#tension-{mark}" in page(client, "findings/")


def test_what_is_put_aside_leaves_the_agenda_of_its_chain(client, teams):
    title = "Spanning: Intakegesprek: weghalen, en de vraag dan?"
    pages = ("readiness/keten/", "readiness/keten/meeting/")
    assert all(title in page(client, path) for path in pages)
    client.post("/twee-teams/tensions/do", {"fingerprint": marks(teams)[0], "reason": "Eerst de proef"})
    assert not any(title in page(client, path) for path in pages)


def test_the_talk_begins_with_both_views_and_what_serves_both_and_ends_in_a_decision_and_an_action(
    client, teams
):
    (mark,) = marks(teams)
    answer = client.post("/twee-teams/tensions/talk", {"fingerprint": mark})
    assert client.post("/twee-teams/tensions/talk", {"fingerprint": mark}).url == answer.url
    (talk,) = model_of(teams).of_kind("dialogue")
    assert [row["by"] for row in talk.get("views")] == ["sneller", "zekerder"]
    assert {row["serves"] for row in talk.get("options")} == {"both"}
    assert [one.id for one in model_of(teams).targets(talk.id, "pursues")] == ["zeker"]
    there = f"/twee-teams/dialogues/{talk.id}/"
    client.post(there, {"field": "options", "drop": "0"})
    assert "Neem over" in client.get(there).content.decode()
    client.post(
        there, {"field": "options", "text": "Proef in twee wijken", "serves": "both", "how": "together"}
    )
    assert model_of(teams)[talk.id].get("options")[-1]["text"] == "Proef in twee wijken"
    decided = {"do": "save", "f.decision": "Eerst het bericht", "f.why": "De vraag moet ergens heen", "f.date": "2026-11-22", "f.status": "decided"}  # fmt: skip
    client.post(f"/twee-teams/e/{talk.id}/", decided)
    assert model_of(teams)[talk.id].get("decision") == "Eerst het bericht"
    action = {"do": "add", "kind": "action", "title": "Bericht schrijven", "to.owned_by": "medewerker", "f.due": "2026-01-02"}  # fmt: skip
    client.post(f"/twee-teams/e/{talk.id}/", action)
    said = page(client, "actions/")
    assert "Bericht schrijven" in said
    assert "Medewerker" in said
    assert "dag voorbij" in said
    (made,) = model_of(teams).of_kind("action")
    client.post(f"/twee-teams/e/{made.id}/", {"do": "save", "f.done": "2026-01-01"})
    assert "Gedaan (1)" in page(client, "actions/")


@pytest.mark.browser
@pytest.mark.parametrize(("path", "language"), [("tensions/", "nl"), ("initiatives/sneller/", "en")])
def test_the_pages_keep_nobody_out_in_any_state(opened, keeps_out, teams, path, language):
    seen = opened(f"/twee-teams/{path}", "desktop", language, bypass_csp=True)
    assert walked(seen, path, keeps_out) == []


@pytest.mark.browser
def test_from_the_card_to_an_action_without_a_mouse(opened, keeps_out, strangers):
    seen = opened(f"/{strangers.id}/initiatives/", bypass_csp=True)
    seen.locator(".pulling").press("Enter")
    seen.get_by_role("button", name="Gesprek openen").press("Enter")
    seen.get_by_label("Wat spreken we af?").fill("Eerst het bericht, dan het gesprek")
    seen.get_by_label("Waarom?").fill("De vraag moet ergens heen")
    seen.get_by_role("button", name="Leg het besluit vast").press("Enter")
    seen.locator(".chip", has_text="besloten").wait_for()
    seen.get_by_label("Nieuwe actie").fill("Bericht schrijven")
    seen.locator("select[name='to.owned_by']").select_option("medewerker")
    seen.get_by_label("Uiterlijk").fill("2027-01-15")
    seen.locator("form", has=seen.get_by_label("Nieuwe actie")).get_by_role("button").press("Enter")
    seen.locator(".doing", has_text="Bericht schrijven").first.wait_for()
    assert keeps_out(seen) == []
