"""A disk that fills up, a file that changes under the reader, a folder that cannot be written: a plain message, no half store."""

import os
import resource
import shutil
import subprocess
import sys

import pytest
from tests.conftest import skip_or_fail
from tests.events.test_crash_anywhere import left_over, log, told

from ketenreis.errors import StoreError, UnreadableFileError
from ketenreis.events.importing import guess_file, import_events
from ketenreis.events.keeping import verify
from ketenreis.events.store import EventStore

WITHIN = """
import os, sys
from pathlib import Path
from tests.events.test_crash_anywhere import left_over, log, told
from ketenreis.errors import StoreError
from ketenreis.events.importing import import_events
from ketenreis.events.keeping import verify
from ketenreis.events.store import EventStore

folder, outside, room = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
store = import_events(log(outside / "a.csv", 5), folder / "s").store
before, files = told(store), sorted((folder / "s").rglob("*"))
free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
ballast = folder / "ballast"
ballast.write_bytes(b"x" * max(0, free - room))
try:
    import_events(log(outside / "a.csv", 20_000), folder / "s")
    print("room enough")
except StoreError as refused:
    print(refused)
assert told(EventStore.open(folder / "s")) == before
assert verify(EventStore.open(folder / "s")) == ()
assert sorted((folder / "s").rglob("*")) == files
ballast.unlink()
after = import_events(outside / "a.csv", folder / "s").store
assert (after.type().cases, verify(after), left_over(folder / "s")) == (20_000, (), [])
print("and then it went well")
"""
SAID = "There is no room left on the disk of {}. The store is as it was; free some space and try again.\nand then it went well\n"


def on_a_small_disk(folder, *said):
    """Runs a program with a disk of 8 MB of its own, which is gone afterwards."""
    if not shutil.which("unshare"):
        skip_or_fail("There is no `unshare` here, so no small disk can be made.")
    own = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    mount = f'mount -t tmpfs -o size=8m tmpfs "{folder}" && exec "$@"'
    done = subprocess.run(
        ["unshare", *own, "--mount", "sh", "-c", mount, "sh", *said],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in done.stderr or "mount:" in done.stderr:
        skip_or_fail(f"No small disk can be made here: {done.stderr.strip()}")
    return done


@pytest.mark.parametrize("room", [0, 20_000, 60_000, 120_000, 200_000])
def test_a_disk_that_fills_up_at_any_moment_leaves_the_old_store(tmp_path, room):
    folder = tmp_path / "disk"
    folder.mkdir()
    done = on_a_small_disk(folder, sys.executable, "-c", WITHIN, folder, tmp_path, str(room))
    assert done.returncode == 0, done.stderr
    assert done.stdout == SAID.format(folder / "s")


LIMITED = """
import sys
from ketenreis.errors import KetenreisError
from ketenreis.events.importing import import_events
try:
    import_events(sys.argv[1], sys.argv[2])
except KetenreisError as refused:
    print(type(refused).__name__, refused)
"""


@pytest.mark.parametrize("most", [100, 4_000, 30_000])
def test_a_file_that_may_grow_no_further_is_no_room_either(tmp_path, most):
    store = import_events(log(tmp_path / "a.csv", 5), tmp_path / "s").store
    before = told(store)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, log(tmp_path / "a.csv", 20_000), tmp_path / "s"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert done.stdout.startswith("StoreError There is no room left on the disk of"), (
        done.stdout + done.stderr
    )
    assert told(EventStore.open(tmp_path / "s")) == before
    assert left_over(tmp_path / "s") == []


def test_a_zipped_log_that_does_not_fit_unzipped_is_no_room_either(tmp_path):
    subprocess.run(["gzip", log(tmp_path / "a.csv", 20_000)], check=True)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, tmp_path / "a.csv.gz", tmp_path / "s"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
    )
    assert done.stdout.startswith("StoreError There is no room left on the disk of"), (
        done.stdout + done.stderr
    )


def test_too_little_memory_is_said_and_leaves_the_old_store(tmp_path):
    store = import_events(log(tmp_path / "a.csv", 5), tmp_path / "s").store
    before = told(store)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, log(tmp_path / "a.csv", 50_000), tmp_path / "s"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "KETENREIS_MEMORY": "3MB"},
    )
    assert "KETENREIS_MEMORY" in done.stdout, done.stdout + done.stderr
    assert told(EventStore.open(tmp_path / "s")) == before
    assert left_over(tmp_path / "s") == []


def test_a_folder_that_cannot_be_a_store_is_named(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match=r"Nothing can be written in .*file/s"):
        import_events(log(tmp_path / "a.csv", 5), tmp_path / "file" / "s")


def longer(path):
    with path.open("ab") as file:
        file.write(b"z9,a,2024-01-01 10:00:00,web,Jan,1\n")


def shorter(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def another(path):
    log(path.with_name("new.csv"), 30, 50)
    path.with_name("new.csv").replace(path)


CHANGES = {"longer": longer, "shorter": shorter, "another": another, "gone": lambda path: path.unlink()}


@pytest.mark.parametrize("what", CHANGES)
def test_a_file_that_changes_while_it_is_read_is_not_taken_in(tmp_path, what):
    import_events(log(tmp_path / "a.csv", 5), tmp_path / "s")
    before = told(EventStore.open(tmp_path / "s"))
    path = log(tmp_path / "a.csv", 30)

    def change(_done, doing):
        if doing == "read":
            CHANGES[what](path)

    with pytest.raises(
        UnreadableFileError, match=r"changed while it was being read, so nothing of it was taken in"
    ):
        import_events(path, tmp_path / "s", progress=change)
    assert told(EventStore.open(tmp_path / "s")) == before
    assert left_over(tmp_path / "s") == []


@pytest.mark.parametrize("ending", ["parquet", "xes"])
def test_so_does_a_file_of_another_format(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    if ending == "xes":
        events = "".join(
            f'<trace><string key="concept:name" value="z{i}"/><event><string key="concept:name" value="a"/>'
            f'<date key="time:timestamp" value="2024-01-0{1 + i % 9}T10:00:00Z"/></event></trace>'
            for i in range(20)
        )
        path.write_text(f"<log>{events}</log>")
    else:
        import duckdb

        duckdb.sql(
            "SELECT 'z' || i AS case_id, 'a' AS activity, TIMESTAMP '2024-01-01' AS time FROM range(20) AS t(i)"
        ).write_parquet(str(path))

    def change(_done, doing):
        if doing == "read":
            longer(path)

    with pytest.raises(UnreadableFileError, match="changed while it was being read"):
        import_events(path, tmp_path / "s", progress=change)
    assert not (tmp_path / "s/manifest.json").exists()


def test_a_file_that_stays_as_it_is_can_be_looked_at_twice(tmp_path):
    path = log(tmp_path / "a.csv", 30)
    assert guess_file(path) == guess_file(path)
    assert verify(import_events(path, tmp_path / "s").store) == ()
