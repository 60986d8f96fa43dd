"""What is to be looked at again: found by a change that matters, told with before and after, confirmed, adapted or broken."""

import re
import shutil

import pytest


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


@pytest.fixture
def belmij(folder):
    """Belmij as it was when it promised its confirmation within an hour."""
    from ketenreis.examples import model_folder
    from ketenreis.web import shelf

    target = folder / "belmij-uur"
    shutil.copytree(model_folder("belmij"), target / "model")
    file = target / "model" / "requirements.yaml"
    kept = [line for line in file.read_text("utf-8").splitlines() if "limit: 1 minute" not in line]
    file.write_text("\n".join(kept), "utf-8")
    yield shelf.workspace("belmij-uur")
    shutil.rmtree(target)


def change(workspace, name, field, new):
    from ketenreis.model.edits import Update
    from ketenreis.web.changes import keeping

    return keeping.commit(
        workspace, [Update(name, field, keeping.now(workspace).model[name].get(field), new)]
    )


def suspect(workspace):
    from ketenreis.web.changes.suspect import suspects_of

    return {(one.edge.relation, one.edge.source, one.edge.target) for one in suspects_of(workspace)}


def stricter(workspace, share="99%"):
    from ketenreis.notation import read_text

    text = f"ctqs: [{{id: c, norms: [{{limit: 7 days, share: {share}}}]}}]"
    return change(workspace, "kijken-binnen-een-week", "norms", read_text(text).model["c"].get("norms"))


SERVES = ("serves", "oordeel", "kijken-binnen-een-week")


def test_a_change_that_matters_asks_exactly_the_other_ends_and_a_cosmetic_one_nobody(workspace):
    assert suspect(workspace) == set()
    change(workspace, "kijken-binnen-een-week", "note", "Besproken")
    change(workspace, "snel", "rank", 1)
    assert suspect(workspace) == set()
    changed = stricter(workspace)
    assert suspect(workspace) == {SERVES}
    from ketenreis.web.changes import keeping
    from ketenreis.web.changes.models import Change

    keeping.undo(workspace, Change.objects.get(pk=changed.change))
    assert suspect(workspace) == set()


def test_what_was_agreed_before_what_both_ends_say_was_kept_says_so_and_leads_to_the_history(
    workspace, client
):
    from ketenreis.model import Edge
    from ketenreis.notation.confirmed import Confirmation
    from ketenreis.notation.mattering import stamp
    from ketenreis.web.changes import agreed, keeping

    old = stamp(keeping.now(workspace).model, Edge(*SERVES))
    agreed.keep(workspace.id, [Confirmation(*SERVES, old)])
    stricter(workspace)
    page = client.get(f"/{workspace.id}/suspects/").content.decode()
    assert "is niet bewaard" in page
    assert f'/{workspace.id}/history/?about=kijken-binnen-een-week"' in page


def test_the_page_tells_who_what_was_and_what_is_and_confirming_can_be_taken_back(workspace, client):
    stricter(workspace)
    page = client.get(f"/{workspace.id}/suspects/").content.decode()
    assert "Oordeel" in page
    assert "95%" in page
    assert "99%" in page
    assert "Wijkmeester" in page
    assert '<b class="count">1</b>' in page
    assert "relation_suspect" in client.get(f"/{workspace.id}/findings/").content.decode()
    thread = client.get(f"/{workspace.id}/blueprint/boom-melden/", {"ctq": "kijken-binnen-een-week"})
    assert "Te controleren (1):</b> Oordeel" in thread.content.decode(), "beside its thread, too"
    said = {"confirm": ":".join(SERVES), "who": "Ria"}
    answer = client.post(f"/{workspace.id}/suspects/do", said, follow=True)
    assert "Er is niets te controleren" in answer.content.decode()
    assert suspect(workspace) == set()
    client.post(f"/{workspace.id}/suspects/do", {"do": "back", "key": [":".join(SERVES)]})
    assert suspect(workspace) == {SERVES}
    client.post(f"/{workspace.id}/suspects/do", said)
    stricter(workspace, "99.9%")
    again = client.get(f"/{workspace.id}/suspects/").content.decode()
    assert "Bevestigd door Ria" in again
    assert "95%" not in again  # what was agreed last is what counts
    assert "99,9%" in again


def test_breaking_removes_the_relation_and_undo_brings_it_back_as_it_was(workspace, client):
    from ketenreis.web.changes import keeping

    stricter(workspace)
    answer = client.post(f"/{workspace.id}/suspects/do", {"do": "break", "key": [":".join(SERVES)]})
    assert keeping.now(workspace).model.out("oordeel", "serves") == ()
    assert suspect(workspace) == set()
    number = answer["Location"].rpartition("=")[2]
    client.post(f"/{workspace.id}/history/{number}/undo")
    assert suspect(workspace) == {SERVES}


def test_tasks_of_a_role_and_of_a_department_are_chosen(workspace, client):
    stricter(workspace)
    for query, is_there in (
        ("role=wijkmeester", True),
        ("role=-", False),
        ("department=wijk", True),
        ("department=elders", False),
    ):
        page = client.get(f"/{workspace.id}/suspects/?{query}").content.decode()
        assert ("Oordeel" in page) == is_there


def test_the_text_of_what_was_agreed_makes_the_command_line_say_the_same(workspace, client, tmp_path):
    from ketenreis.notation import read, write
    from ketenreis.notation.confirmed import read_confirmed, suspects
    from ketenreis.web.changes import keeping

    stricter(workspace)
    for name, text in write(keeping.now(workspace).model).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "confirmed.yaml").write_bytes(client.get(f"/{workspace.id}/suspects/confirmed.yaml").content)
    known, findings = read_confirmed(tmp_path / "confirmed.yaml")
    assert findings == ()
    assert {one.confirmation.key for one in suspects(read(tmp_path).model, known)} == {SERVES}


def test_confirmations_beside_the_text_are_taken_in_with_it(workspace):
    from ketenreis.notation import read
    from ketenreis.notation.confirmed import confirm, write_confirmed
    from ketenreis.web.changes import agreed, keeping

    model = read(workspace.text).model
    text = write_confirmed(confirm(model, model.edges, "Ria"))
    (workspace.text / "confirmed.yaml").write_text(text, "utf-8")
    keeping.now(workspace)
    assert write_confirmed(agreed.agreed(workspace.id).confirmations) == text


def test_what_is_told_from_what_changed_equals_what_all_of_it_says(workspace):
    from ketenreis.notation.confirmed import key_of, suspects
    from ketenreis.web.changes import agreed, keeping

    stricter(workspace)
    suspect(workspace)
    change(workspace, "oordeel", "name", "Uitslag")
    change(workspace, "snel", "text", "Ik wil dat er vandaag iemand kijkt")
    stricter(workspace, "95%")
    whole = suspects(keeping.now(workspace).model, agreed.agreed(workspace.id).confirmations)
    assert suspect(workspace) == {key_of(one.edge) for one in whole} != set()


def test_belmijs_minute_for_its_hour_is_three_relations_and_two_tasks(belmij, client):
    from ketenreis.examples import model_folder
    from ketenreis.notation import read

    minute = read(model_folder("belmij")).model["bevestiging-op-tijd"].get("norms")
    change(belmij, "bevestiging-op-tijd", "norms", minute)
    assert suspect(belmij) == {
        ("serves", "order-bevestigd", "bevestiging-op-tijd"),
        ("serves", "betaald-order", "bevestiging-op-tijd"),
        ("rests_on", "binnen-een-uur", "bevestiging-op-tijd"),
    }
    page = client.get(f"/{belmij.id}/suspects/").content.decode()
    found = re.findall(r'<h2 id="task-\d"><a[^>]*>(\w+)</a> <small[^>]*>te controleren: (\d)', page)
    assert found == [("Communicatie", "1"), ("Operations", "2")]
    assert "te controleren" in client.get(f"/{belmij.id}/blueprint/telefoon-bestellen/").content.decode()


@pytest.mark.browser
@pytest.mark.parametrize(("size", "language"), [("desktop", "nl"), ("phone", "en")])
def test_a_task_is_settled_with_the_keyboard_and_keeps_nobody_out(
    opened, keeps_out, workspace, size, language
):
    stricter(workspace)
    page = opened(f"/{workspace.id}/suspects/", size, language, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert keeps_out(page) == []
    box = page.get_by_role("checkbox")
    box.focus()
    page.keyboard.press("Space")
    page.get_by_role(
        "button", name="Confirm what is ticked" if language == "en" else "Bevestig wat is aangevinkt"
    ).press("Enter")
    page.locator(".notice.good").wait_for()
    assert suspect(workspace) == set()
    page.get_by_role("button", name="Take back" if language == "en" else "Neem terug").press("Enter")
    page.get_by_role("checkbox").wait_for()
    assert suspect(workspace) == {SERVES}
