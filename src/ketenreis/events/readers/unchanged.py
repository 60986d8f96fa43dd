"""Did a file stay what it was while it was read? A copy that is still being made, or a log that still grows, is half a log."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ketenreis.errors import UnreadableFileError

SQLITE = b"SQLite format 3\x00"
"""How a database begins that shows a reader one moment, whatever others write meanwhile."""


@contextmanager
def unchanged(origin: object) -> Iterator[None]:
    """Reads an origin from begin to end; what the engine cannot make of a file is said in words.

    Args:
        origin: A file; anything else is taken to stay as it is.

    Raises:
        UnreadableFileError: The file changed meanwhile, or it cannot be read.
    """
    before = _state(origin)
    try:
        yield
    except (UnreadableFileError, duckdb.Error, OSError) as error:
        if _state(origin) != before:
            raise _changed(origin) from error
        if isinstance(error, duckdb.Error):
            why = str(error).splitlines()[0].rstrip(".")
            raise UnreadableFileError(f"{origin} cannot be read to its end: {why}.") from error
        raise
    if _state(origin) != before:
        raise _changed(origin)


def _changed(origin: object) -> UnreadableFileError:
    return UnreadableFileError(
        f"{origin} changed while it was being read, so nothing of it was taken in. Import it again once it is finished."
    )


def _state(origin: object) -> tuple[int, int, int] | None:
    """What changes when a file is written, replaced or removed; null for what is no file, or is one no more."""
    if not isinstance(origin, Path):
        return None
    try:
        with origin.open("rb") as file:
            said = os.fstat(file.fileno())
            return None if file.read(len(SQLITE)) == SQLITE else (said.st_ino, said.st_size, said.st_mtime_ns)
    except OSError:
        return None
