"""Who may write to a store, and what stays of it when that goes wrong? One writer at a time, and nothing of a half one."""

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.errors import KetenreisError, StoreError
from ketenreis.events.publishing import NEW_MANIFEST, ROOMS
from ketenreis.events.store import read_manifest

LOCK = "writing.lock"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Turn:
    """A writer's turn.

    Attributes:
        work: A folder for work in progress, gone afterwards.
        cut_short: An earlier writer was stopped in the middle; what it left behind is cleared away.
    """

    work: Path
    cut_short: bool


@contextmanager
def writing(folder: Path) -> Iterator[Turn]:
    """Holds the store for one writer; whatever ends its turn, the store stays what its manifest says.

    Raises:
        StoreError: Somebody else is writing, the disk is full, or memory is too small.
    """
    with _held(folder):
        work = folder / "work"
        cut_short = _sweep(folder)
        work.mkdir()
        try:
            yield Turn(work, cut_short)
        except BaseException as error:
            shutil.rmtree(work, ignore_errors=True)
            with suppress(KetenreisError, OSError):
                _sweep(folder)  # what was written so far would keep a full disk full
            if refusal := _in_words(folder, error):
                raise refusal from error
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The lock of the store, which the system takes back from a process that is no more."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("a+")
    except OSError as error:
        raise StoreError(f"Nothing can be written in {folder}: {error.strerror or error}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(
                f"Another import is writing to {folder}. Wait until it has finished, and try again."
            ) from error
        yield


def _sweep(folder: Path) -> bool:
    """Removes what a writer that was cut short left behind, and generations older than the one before the last.

    Returns:
        Whether a writer was cut short.
    """
    cut_short = (folder / "work").exists() or (folder / NEW_MANIFEST).exists()
    shutil.rmtree(folder / "work", ignore_errors=True)
    (folder / NEW_MANIFEST).unlink(missing_ok=True)
    manifest = read_manifest(folder)
    now = manifest["generation"] if manifest else 0
    for room in (*ROOMS, "sources"):
        oldest = 0 if room == "sources" else now - 1  # papers stand as long as the manifest names them
        for path in (folder / room).glob("*/*"):
            number = path.name.partition(".")[0]
            if number.isdigit() and not oldest <= int(number) <= now and not _named(manifest, path, folder):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    return cut_short


def _named(manifest: dict[str, Any] | None, path: Path, folder: Path) -> bool:
    """Whether the manifest still points at a file or folder: types that were not touched keep their generation."""
    where = path.relative_to(folder).as_posix()
    return manifest is not None and f'"{where}' in json.dumps(manifest)


def _in_words(folder: Path, error: BaseException) -> StoreError | None:
    """What is said of a machine that has no room left; null when that is not what happened."""
    cause: BaseException | None = error
    while cause is not None:
        if _is_full(cause):
            return StoreError(
                f"There is no room left on the disk of {folder}. The store is as it was; free some space and try again."
            )
        if isinstance(cause, duckdb.OutOfMemoryException | MemoryError):
            return StoreError(
                f"Memory is too small to write {folder}. The store is as it was; give it more with KETENREIS_MEMORY=4GB, "
                "or bring in the file in parts."
            )
        cause = cause.__cause__ or cause.__context__
    return None


def _is_full(error: BaseException) -> bool:
    """Whether there is no room on disk; the engine says so in words only."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    said = str(error)
    return isinstance(error, duckdb.Error) and (
        "max_temp_directory_size" in said or any(os.strerror(number) in said for number in _FULL)
    )
