"""Files are brought in from the browser: looked at first, at once or not at all, and taken up again after a restart."""

import pytest

ROWS = "melding;activiteit;tijd\n" + "".join(
    f"m{n};{label};2026-03-{day:02d}T09:00:00Z\n"
    for n in range(9)
    for label, day in (("Telefoontje", 2 + n), ("Inspectie", 4 + 2 * n))
)
DATA = ROWS.encode()


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up, and its work known, before anything of it is imported."""
    from ketenreis.web.evidence import importing  # noqa: F401


def uploaded(client, workspace, name="meldingen.csv", data=DATA):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post(f"/{workspace.id}/evidence/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_an_upload_is_looked_at_brought_in_and_measured(client, workspace):
    from ketenreis.web.figures import store
    from ketenreis.web.jobs import working

    look = uploaded(client, workspace)
    page = client.get(look).content.decode()
    assert "columns:" in page
    assert "melding" in page
    assert store(workspace) is None
    job = client.post(look, {"import": "1", "mapping": ""}).headers["Location"]
    assert "wacht op zijn beurt" in client.get(job).content.decode()
    while working.do_next():
        pass
    done = client.get(job).content.decode()
    assert "klaar" in done
    held = store(workspace)
    assert held is not None
    assert held.type().events == 18
    assert list(held.types) == ["melding"], (
        "a case is what the organisation calls it, else no requirement is about it"
    )
    assert "meldingen" in client.get(f"/{workspace.id}/evidence/").content.decode()
    assert not list((workspace.folder / "incoming").iterdir())


def test_times_without_a_zone_are_on_the_clock_of_the_organisation(client, workspace):
    from ketenreis.web.figures import store
    from ketenreis.web.jobs import working

    look = uploaded(client, workspace, data=DATA.replace(b"Z\n", b"\n"))
    assert "klok van de organisatie, Europe/Amsterdam" in client.get(look).content.decode()
    client.post(look, {"import": "1", "mapping": ""})
    while working.do_next():
        pass
    # 2 March at nine in Amsterdam is eight o'clock UTC
    assert store(workspace).first_us == 1_772_438_400_000_000


def test_a_file_that_says_nothing_is_refused_with_the_next_move(client, workspace):
    look = uploaded(client, workspace, "brief.csv", b"beste;klant\nhallo;daar\n")
    answer = client.get(look)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "Geen kolom laat zien wat " in answer.content.decode()


def test_looking_at_a_large_file_can_be_stopped(client, workspace):
    from ketenreis.web.evidence import importing

    large = "melding;activiteit;tijd\n" + "m1;Telefoontje;2026-03-02T09:00:00Z\n" * 30_000
    look = uploaded(client, workspace, data=large.encode())
    page = client.get(look).content.decode()
    upload = look.rstrip("/").rpartition("/")[2]
    if upload in importing._under_way:  # a quick machine may be done before it is asked
        assert "Stop, en gooi dit bestand weg" in page
    assert client.post(look, {"forget": "1"}).status_code == 302
    assert client.get(look).status_code == 404
    assert not list((workspace.folder / "incoming").iterdir())


@pytest.mark.parametrize(
    "name", ["../../elders.csv", "..\\elders.csv", "/etc/passwd", "<script>.csv", ".htaccess"]
)
def test_the_name_of_an_upload_leads_nowhere(client, workspace, name):
    look = uploaded(client, workspace, name)
    assert client.get(look).status_code in (200, 422)
    (file,) = (each for each in (workspace.folder / "incoming").rglob("*") if each.is_file())
    assert file.parent.parent == workspace.folder / "incoming"
    assert not file.name.startswith(".")
    assert b"<script>.csv" not in client.get(look).content
    client.post(look, {"forget": "1"})
    assert not list((workspace.folder / "incoming").iterdir())


def test_work_that_was_cancelled_leaves_no_trace_in_the_store(client, workspace):
    from ketenreis.web.figures import store
    from ketenreis.web.jobs import working
    from ketenreis.web.jobs.models import Job

    job = client.post(uploaded(client, workspace), {"import": "1"}).headers["Location"]
    assert client.post(f"{job}cancel").status_code == 302
    while working.do_next():
        pass
    assert Job.objects.get(pk=int(job.rstrip("/").rpartition("/")[2])).state == Job.CANCELLED
    assert store(workspace) is None
    assert "zoals ze waren" in client.get(job).content.decode()


def test_work_in_progress_stops_at_the_next_word_of_it(workspace):
    from ketenreis.web.jobs import working
    from ketenreis.web.jobs.models import Job

    reached = []

    def slow(_workspace, _given, progress):
        working.cancel(job)
        progress(0.5, "read")
        reached.append("the end")
        return {}

    working.WORKS["slow"] = slow
    job = working.ask(workspace, "slow", {})
    assert working.do_next()
    assert Job.objects.get(pk=job.pk).state == Job.CANCELLED
    assert reached == []


def test_work_that_a_stopped_process_left_is_taken_up_again(workspace, monkeypatch):
    from ketenreis.web.jobs import working
    from ketenreis.web.jobs.models import Job

    done = []
    working.WORKS["noted"] = lambda *_: done.append(1) or {}
    job = working.ask(workspace, "noted", {})
    Job.objects.filter(pk=job.pk).update(state=Job.RUNNING)
    monkeypatch.setattr(
        working.threading, "Thread", lambda **_: type("Idle", (), {"start": staticmethod(lambda: None)})
    )
    working.start()
    assert working.do_next()
    assert done == [1]
    assert Job.objects.get(pk=job.pk).state == Job.DONE


def test_work_for_a_workspace_that_is_gone_ends_and_says_so(workspace):
    from ketenreis.web.jobs import working
    from ketenreis.web.jobs.models import Job

    job = Job.objects.create(workspace="verdwenen", work="import")
    assert working.do_next()
    job.refresh_from_db()
    assert (job.state, "verdwenen" in job.result["why"]) == (Job.FAILED, True)


def test_a_source_is_taken_out_again(client, workspace):
    from ketenreis.web.figures import store
    from ketenreis.web.jobs import working

    client.post(uploaded(client, workspace), {"import": "1"})
    while working.do_next():
        pass
    assert store(workspace) is not None
    client.post(f"/{workspace.id}/evidence/withdraw", {"source": "meldingen"})
    assert store(workspace) is None


def test_labels_get_their_meaning_by_proposal_or_by_choice(client, workspace):
    from ketenreis.events.relabelling import mapping_of
    from ketenreis.web.figures import store
    from ketenreis.web.jobs import working

    client.post(uploaded(client, workspace), {"import": "1"})
    while working.do_next():
        pass
    path = f"/{workspace.id}/evidence/labels/"
    page = client.get(path).content.decode()
    assert "voorstel: dezelfde naam" in page
    client.post(path, {"accept": "1"})
    assert dict(mapping_of(store(workspace)).labels) == {
        "Telefoontje": ("telefoontje",),
        "Inspectie": ("inspectie",),
    }
    client.post(path, {"label.0": ["telefoontje"], "label.1": ["", ""]})
    assert list(mapping_of(store(workspace)).labels.values()) == [("telefoontje",)]
