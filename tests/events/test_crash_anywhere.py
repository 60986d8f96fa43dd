"""kill -9 at named points of everything that changes a store: it stays whole, and the next who writes clears up and says so.

A child process watches its own functions and kills itself at the point; that it says so first proves the point was reached.
"""

import json
import multiprocessing
import os
import re
import shutil
import signal
import sys
import threading
import time
from contextlib import contextmanager

import duckdb
import pytest

from ketenreis.errors import StoreError
from ketenreis.events.importing import import_events
from ketenreis.events.keeping import backup, compact, list_sources, verify, withdraw
from ketenreis.events.mapping import parse_mapping
from ketenreis.events.relabelling import relabel
from ketenreis.events.store import EventStore

CHILDREN = multiprocessing.get_context("forkserver")
"""Children come from a process that has read the library once and done nothing else, so that each starts at once."""
CHILDREN.set_forkserver_preload([__name__])


def ended_at(point, reached, doing, store, said):
    """What a child does: something to the store, until it ends itself at the point."""
    module, function, moment, turn, how = point.split(":")
    times = 0

    def end():
        os.write(reached.fileno(), b"reached")
        os.kill(os.getpid(), getattr(signal, how))

    def watch(frame, event, _):
        nonlocal times
        code = frame.f_code
        if event == moment and code.co_qualname == function and frame.f_globals.get("__name__") == module:
            times += 1
            if times == int(turn):
                end()

    def look():
        while not any(part.stat().st_size for part in store.glob(function)):
            time.sleep(0.0002)
        end()

    if module == "file":
        threading.Thread(target=look, daemon=True).start()
    elif module:
        threading.setprofile(watch)
        sys.setprofile(watch)
    doing(store, *said)


def importing(store, file):
    import_events(file, store)


def relabelling(store):
    relabel(EventStore.open(store), {"a": ("start",)})


def backing_up(store, copy):
    backup(EventStore.open(store), copy)


@contextmanager
def started(point, doing, store, *said):
    """A child that does something to the store, and ends itself at the point; and what tells when it is there."""
    told, tell = CHILDREN.Pipe(duplex=False)
    child = CHILDREN.Process(target=ended_at, args=(point, tell, doing, store, said))
    child.start()
    tell.close()
    try:
        yield child, told
    finally:
        child.kill()
        child.join()
        child.close()
        told.close()


def killed(point, doing, store, *said):
    with started(f"{point}:SIGKILL", doing, store, *said) as (child, told):
        child.join(120)
        assert os.read(told.fileno(), 99) == b"reached", f"{point} was never reached"
        assert child.exitcode == -signal.SIGKILL


def log(path, cases, first=0):
    rows = [
        f"z{i},{'abc'[k]},2024-01-{1 + i % 28:02d} 1{k}:00:00,{'web' if (i + k) % 2 else 'post'},Jan {k},{i}.5\n"
        for i in range(first, first + cases)
        for k in range(3)
    ]
    path.write_text("case_id,activity,timestamp,channel,employee,amount\n" + "".join(rows))
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with two files, and a store of both."""
    folder = tmp_path_factory.mktemp("made")
    for name, first in (("a", 0), ("b", 5)):
        import_events(log(folder / f"{name}.csv", 5, first), folder / "s")
    return folder


@pytest.fixture
def store(made, tmp_path):
    """A store of two sources, of which one is about to be replaced by a larger file."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return EventStore.open(tmp_path / "s")


def told(store):
    """All events of a store, and what it says of its sources."""
    rows = duckdb.sql(
        f"SELECT c.case_id, e.* EXCLUDE (case_no) FROM read_parquet({store.type().events_glob}) AS e JOIN "
        f"read_parquet('{store.type().cases_file}') AS c USING (case_no) ORDER BY ALL"
    ).fetchall()
    return rows, [each.name for each in list_sources(store)], store.type().labels


def left_over(folder):
    """Files that no manifest of now or of one before could name."""
    now = EventStore.open(folder).generation
    numbers = {
        path: re.search(r"/(\d+)(?:/|\.parquet|$)", path.relative_to(folder).as_posix())
        for path in folder.rglob("*")
    }
    halves = [path for path, found in numbers.items() if found and int(found[1]) > now]
    return halves + [path for path in folder.iterdir() if path.name in {"work", "manifest.new"}]


NAMED = {
    "the lock is held": "ketenreis.events.writing:_sweep:call:1",
    "what lay about is cleared": "ketenreis.events.writing:_sweep:return:1",
    "the file is opened": "ketenreis.events.readers:open_source:return:1",
    "the columns are guessed": "ketenreis.events.guess:guess_mapping:return:1",
    "reading begins": "ketenreis.events.staging:stage:call:1",
    "the rows are read": "ketenreis.events.staging:_read:return:1",
    "the refused are counted": "ketenreis.events.refusals:count_rows:return:1",
    "starts and dates are added": "ketenreis.events.completing:complete:return:1",
    "the key is there": "ketenreis.events.pseudonyms:open_pseudonyms:return:1",
    "registration dates are found": "ketenreis.events.registration:registrations:return:1",
    "types are about to be made": "ketenreis.events.assembling:assemble:call:1",
    "names are hidden": "ketenreis.events.rows:hide:return:1",
    "a source's rows are half on disk": "file:rows/*/3.parquet:-:1",
    "a source's rows are kept": "ketenreis.events.rows:keep:return:1",
    "the sources are together": "ketenreis.events.rows:together:return:1",
    "the events are about to be written": "ketenreis.events.event_files:write_events:call:1",
    "the events are half on disk": "file:by/*/3/*.parquet:-:1",
    "the events are written": "ketenreis.events.event_files:write_events:return:1",
    "the cases are written": "ketenreis.events.cases_file:write_cases:return:1",
    "the types are made": "ketenreis.events.assembling:assemble:return:1",
    "the span is known": "ketenreis.events.publishing:spans_of:return:1",
    "the mapping is written": "ketenreis.events.publishing:write:return:1",
    "the quality report is written": "ketenreis.events.publishing:write:return:2",
    "the first file is forced to disk": "ketenreis.events.publishing:flush:return:1",
    "the new manifest lies ready": "ketenreis.events.publishing:write:return:3",
    "the manifest is about to be swapped": "pathlib:Path.replace:call:1",
}
AFTER = {
    "the manifest is swapped": "pathlib:Path.replace:return:1",
    "everything is forced to disk": "ketenreis.events.publishing:publish:return:1",
}


@pytest.mark.parametrize("name", [*NAMED, *AFTER])
def test_an_import_killed_at_any_named_point_leaves_a_whole_store(tmp_path, store, name):
    before, manifest = told(store), (tmp_path / "s/manifest.json").read_bytes()
    killed({**NAMED, **AFTER}[name], importing, tmp_path / "s", log(tmp_path / "a.csv", 800, 100))
    now = EventStore.open(tmp_path / "s")
    assert verify(now) == ()
    if name in NAMED:
        assert (tmp_path / "s/manifest.json").read_bytes() == manifest
        assert told(now) == before
    else:
        assert (now.generation, now.type().cases) == (3, 805)
    after = import_events(tmp_path / "a.csv", tmp_path / "s")
    assert (after.store.type().cases, verify(after.store)) == (805, ())
    assert list_sources(after.store)[0].rows == 2400
    assert left_over(tmp_path / "s") == []
    told_of_it = [
        any("werd afgebroken. De opslag was heel gebleven" in line for line in after.report.lines("nl")),
        any("was cut short. The store had stayed whole" in line for line in after.report.lines("en")),
    ]
    assert told_of_it == [name not in list(NAMED)[:2]] * 2, (
        "before anything is written there is nothing to tell"
    )


def test_of_an_import_that_was_cut_short_only_the_next_one_tells(tmp_path, store):
    killed(NAMED["the events are written"], importing, tmp_path / "s", log(tmp_path / "a.csv", 50))
    told_of_it = [
        "cut_short" in import_events(tmp_path / "a.csv", tmp_path / "s").report.notes for _ in range(2)
    ]
    assert told_of_it == [True, False]


@pytest.mark.parametrize("name", [*list(NAMED)[:4], "the events are written", "the new manifest lies ready"])
def test_a_first_import_that_is_killed_leaves_no_store_and_the_next_makes_one(tmp_path, name):
    killed(NAMED[name], importing, tmp_path / "s", log(tmp_path / "a.csv", 50))
    with pytest.raises(StoreError, match="There is no event store"):
        EventStore.open(tmp_path / "s")
    assert import_events(tmp_path / "a.csv", tmp_path / "s").store.type().cases == 50
    assert left_over(tmp_path / "s") == []


def test_a_new_source_that_is_killed_is_not_there_at_all(tmp_path, store):
    before = told(store)
    killed(NAMED["the new manifest lies ready"], importing, tmp_path / "s", log(tmp_path / "c.csv", 50, 700))
    assert told(EventStore.open(tmp_path / "s")) == before
    assert (tmp_path / "s/sources/c").exists()
    import_events(log(tmp_path / "b.csv", 5, 5), tmp_path / "s")
    assert list((tmp_path / "s/sources/c").iterdir()) == []
    assert [each.name for each in list_sources(EventStore.open(tmp_path / "s"))] == ["a", "b"]


@pytest.mark.parametrize(
    ("point", "is_gone"),
    [
        ("ketenreis.events.writing:_sweep:return:1", False),
        ("ketenreis.events.rows:together:return:1", False),
        ("ketenreis.events.event_files:write_events:return:1", False),
        ("ketenreis.events.assembling:assemble:return:1", False),
        ("ketenreis.events.publishing:publish:call:1", False),
        ("ketenreis.events.publishing:write:return:1", False),
        ("pathlib:Path.replace:call:1", False),
        ("pathlib:Path.replace:return:1", True),
    ],
)
def test_a_withdrawal_that_is_killed_is_done_wholly_or_not_at_all(tmp_path, store, point, is_gone):
    before = told(store)
    killed(point, withdraw, tmp_path / "s", "a")
    now = EventStore.open(tmp_path / "s")
    assert verify(now) == ()
    if is_gone:
        assert told(now)[1] == ["b"]
        return
    assert told(now) == before
    after = withdraw(tmp_path / "s", "a")
    assert (told(after)[1], after.type().cases, verify(after)) == (["b"], 5, ())
    assert left_over(tmp_path / "s") == []


@pytest.mark.parametrize(
    "point",
    [
        "ketenreis.events.writing:_sweep:return:1",
        "pathlib:Path.unlink:return:1",
        "pathlib:Path.unlink:return:3",
        "pathlib:Path.rmdir:return:1",
        "ketenreis.events.keeping:compact:return:1",
    ],
)
def test_compacting_that_is_killed_has_removed_nothing_that_counts(tmp_path, store, point):
    before = told(store)
    killed(point, compact, tmp_path / "s")
    assert told(EventStore.open(tmp_path / "s")) == before
    assert verify(EventStore.open(tmp_path / "s")) == ()
    compact(tmp_path / "s")
    assert compact(tmp_path / "s") == 0
    assert told(EventStore.open(tmp_path / "s")) == before


@pytest.mark.parametrize(
    ("point", "is_new"),
    [
        ("ketenreis.events.publishing:write:return:1", False),
        ("ketenreis.events.publishing:write:return:4", False),
        ("pathlib:Path.replace:call:1", False),
        ("pathlib:Path.replace:return:1", True),
    ],
)
def test_new_meanings_of_labels_that_are_killed_are_there_wholly_or_not_at_all(
    tmp_path, store, point, is_new
):
    killed(point, relabelling, tmp_path / "s")
    now = EventStore.open(tmp_path / "s")
    labels = {"a": ("start",)} if is_new else {}
    assert now.type().labels == labels
    for source in now.sources:
        mapping = parse_mapping((now.folder / source["mapping"]).read_text())
        assert (mapping.labels, set(now.quality[source["name"]]["mapped"])) == (labels, set(labels))
    after = relabel(now, {"b": ("end",)})
    assert (after.type().labels, verify(after)) == ({"b": ("end",)}, ())


def test_a_backup_that_is_killed_is_no_store_and_can_be_made_again(tmp_path, store):
    killed("shutil:copy2:return:2", backing_up, tmp_path / "s", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    copy = EventStore.open(backup(store, tmp_path / "copy"))
    assert told(copy) == told(store)
    assert not (tmp_path / "copy.new").exists()


def test_of_two_imports_at_once_the_second_is_told_to_wait(tmp_path, store):
    log(tmp_path / "a.csv", 800, 100)
    point = f"{NAMED['the rows are read']}:SIGSTOP"
    with started(point, importing, tmp_path / "s", tmp_path / "a.csv") as (first, told_of_it):
        assert os.read(told_of_it.fileno(), 99) == b"reached"
        for other in (
            lambda: import_events(tmp_path / "b.csv", tmp_path / "s"),
            lambda: withdraw(tmp_path / "s", "b"),
            lambda: compact(tmp_path / "s"),
        ):
            with pytest.raises(
                StoreError, match=r"Another import is writing to .*\. Wait until it has finished"
            ):
                other()
        assert told(EventStore.open(tmp_path / "s")) == told(store), "who reads does not wait"
        assert verify(EventStore.open(backup(store, tmp_path / "copy"))) == ()
        os.kill(first.pid, signal.SIGCONT)
        first.join(60)
        assert first.exitcode == 0
    after = EventStore.open(tmp_path / "s")
    assert (after.generation, after.type().cases) == (3, 805)


def test_an_import_killed_at_any_moment_leaves_one_of_the_two_stores(tmp_path):
    import_events(log(tmp_path / "a.csv", 5), tmp_path / "s")
    log(tmp_path / "a.csv", 500)
    for wait in (0.05, 0.15, 0.3, 0.5):
        with started("::::", importing, tmp_path / "s", tmp_path / "a.csv"):
            time.sleep(wait)
        store = EventStore.open(tmp_path / "s")
        assert store.type().cases in {5, 500}
        assert verify(store) == ()


def test_a_refused_import_leaves_nothing_behind(tmp_path, store):
    files = sorted((tmp_path / "s").rglob("*"))
    manifest = json.loads((tmp_path / "s/manifest.json").read_text())
    (tmp_path / "a.csv").write_text("case_id,activity,timestamp\nz,a,2024-01-01\n")
    with pytest.raises(ZeroDivisionError):
        import_events(tmp_path / "a.csv", tmp_path / "s", progress=lambda done, what: 1 / (done < 0.9))
    assert sorted((tmp_path / "s").rglob("*")) == files
    assert json.loads((tmp_path / "s/manifest.json").read_text()) == manifest
