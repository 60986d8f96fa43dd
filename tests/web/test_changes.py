"""Every edit is kept, can be taken back, and is the same for every process that looks."""

import pytest


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


def rename(workspace, name, new):
    from ketenreis.model.edits import Update
    from ketenreis.web.changes import keeping

    model = keeping.now(workspace).model
    return keeping.commit(workspace, [Update(name, "name", model[name].get("name"), new)], who="Ria")


def test_the_text_of_a_folder_is_its_first_change(workspace, folder):
    from ketenreis.notation import read
    from ketenreis.web.changes import keeping
    from ketenreis.web.changes.models import Change

    moment = keeping.now(workspace)
    assert moment.model == read(folder / "bos" / "model").model
    assert [change.origin for change in Change.objects.filter(workspace=workspace.id)] == ["text"]


def test_an_edit_is_there_for_everybody_who_looks_afterwards(workspace):
    from ketenreis.web.changes import keeping

    rename(workspace, "zien", "Boom opmerken")
    keeping._held.clear()  # another process knows nothing yet
    assert keeping.now(workspace).model.name("zien") == "Boom opmerken"


def test_an_edit_that_saw_something_else_changes_nothing(workspace):
    from ketenreis.model.edits import Update
    from ketenreis.web.changes import keeping

    before = rename(workspace, "zien", "Boom opmerken")
    late = Update("zien", "name", "Boom zien", "Boom ontdekken")
    other = Update("bellen", "name", "Gemeente bellen", "Bellen")
    result = keeping.commit(workspace, [other, late])
    assert isinstance(result, keeping.Refused)
    assert result.conflicts[0].stands == "Boom opmerken"
    assert keeping.now(workspace) == before


def test_what_was_changed_can_be_taken_back_and_that_too(workspace):
    from ketenreis.web.changes import keeping
    from ketenreis.web.changes.models import Change

    first = keeping.now(workspace).model
    changed = rename(workspace, "zien", "Boom opmerken")
    keeping.undo(workspace, Change.objects.get(pk=changed.change))
    assert keeping.now(workspace).model == first
    undone = Change.objects.filter(workspace=workspace.id).latest("id")
    keeping.undo(workspace, undone)
    assert keeping.now(workspace).model == changed.model
    assert undone.undoes_id == changed.change


def test_any_earlier_moment_can_be_seen_and_restored(workspace):
    from ketenreis.model.edits import removal
    from ketenreis.web.changes import keeping

    start = keeping.now(workspace)
    for name in ("een", "twee", "drie"):
        rename(workspace, "zien", name)
    keeping.commit(workspace, removal(keeping.now(workspace).model, "bellen"))
    assert "telefoontje" not in keeping.now(workspace).model
    assert keeping.at(workspace, start.change).model == start.model
    keeping.restore(workspace, start.change)
    assert keeping.now(workspace).model == start.model


def test_a_snapshot_gives_the_same_as_replaying_everything(workspace, monkeypatch):
    from ketenreis.web.changes import keeping
    from ketenreis.web.changes.models import Snapshot

    monkeypatch.setattr(keeping, "EVERY", 1)
    for name in ("een", "twee", "drie"):
        rename(workspace, "zien", name)
    held = keeping.now(workspace)
    keeping._held.clear()
    assert keeping.now(workspace) == held
    Snapshot.objects.filter(workspace=workspace.id).delete()
    keeping._held.clear()
    assert keeping.now(workspace) == held


def test_the_history_names_who_works_alone(workspace, client):
    from django.test import override_settings

    with override_settings(PERSON="Ria de Wit"):
        client.post(f"/{workspace.id}/e/zien/", {"do": "save", "f.action": "Ziet de boom hangen"})
    assert "· Ria de Wit" in client.get(f"/{workspace.id}/history/").content.decode()


def test_moments_are_on_the_clock_of_the_organisation(workspace, client):
    from zoneinfo import ZoneInfo

    from ketenreis.model.edits import Update
    from ketenreis.web.changes import keeping
    from ketenreis.web.changes.models import Change

    zone = "Pacific/Kiritimati"  # fourteen hours ahead: another day than in Amsterdam, most of the time
    keeping.commit(workspace, [Update("bos", "time_zone", "Europe/Amsterdam", zone)])
    at = Change.objects.filter(workspace=workspace.id).latest("id").at.astimezone(ZoneInfo(zone))
    page = client.get(f"/{workspace.id}/history/").content.decode()
    assert f"{at.day} " in page
    assert f"{at:%H:%M}" in page
    assert f"{at.astimezone(ZoneInfo('Europe/Amsterdam')):%H:%M}" not in page


def test_the_history_calls_what_is_gone_by_its_name(workspace, client):
    client.post(f"/{workspace.id}/e/inspectie/", {"do": "remove"})
    said = client.get(f"/{workspace.id}/history/").content.decode()
    assert "Inspectie niet langer gedaan door Wijkmeester" in said
    assert "activiteit “Inspectie” verwijderd" in said


@pytest.mark.parametrize("most", [20, 0])
def test_what_is_remarkable_after_changes_is_what_checking_everything_finds(workspace, monkeypatch, most):
    from ketenreis.findings import worst_first
    from ketenreis.model.edits import removal
    from ketenreis.requirements.checks import run_all
    from ketenreis.web.changes import keeping, remarkable
    from ketenreis.web.changes.models import Change

    def told():
        moment = keeping.now(workspace)
        found = worst_first(remarkable.remarkable(workspace, moment))
        assert found == worst_first(run_all(moment.model))
        return found

    monkeypatch.setattr(remarkable, "MOST", most)
    before = told()
    moment = rename(workspace, "zien", "Boom opmerken")
    keeping.commit(workspace, removal(moment.model, "bellen"))
    assert told() != before
    for change in Change.objects.filter(workspace=workspace.id).order_by("-id")[:2]:
        keeping.undo(workspace, change)
    assert told() == before
