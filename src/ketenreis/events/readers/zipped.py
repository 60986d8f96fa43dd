"""Does a zipped file unzip to something of a reasonable size? A small file may not fill a disk or a memory."""

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from ketenreis.errors import UnreadableFileError

CHUNK = 1 << 20
SMALL = 1 << 28
"""Up to this size anything may unzip."""
RATIO = 250
"""A log unzips to 5 to 100 times its size; deflate cannot do more than 1,032 times, and only with one byte repeated."""
TEXTS = 1 << 29
"""The largest table of texts of a workbook, which has to be held in memory."""
PARTS = 10_000
_COMMENT = re.compile(rb"<!--.*?(-->|$)|<\?.*?(\?>|$)", re.DOTALL)
_BEGUN = re.compile(rb"<[A-Za-z_]")
"""The first element: entities are declared before it, or not at all."""
_GZIP = b"\x1f\x8b"


def is_gzip(path: Path) -> bool:
    """Whether a file is zipped as one stream."""
    with path.open("rb") as raw:
        return raw.read(2) == _GZIP


def blocks(path: Path, size: int = CHUNK) -> Iterator[bytes]:
    """The bytes of a file, unzipped where it is zipped.

    Raises:
        UnreadableFileError: It unzips to so many times its size that it can be no log.
        OSError: It cannot be read, or is no whole zipped file.
    """
    zipped = is_gzip(path)
    most = max(SMALL, path.stat().st_size * RATIO)
    seen = 0
    with path.open("rb") as raw:
        file = gzip.GzipFile(fileobj=raw) if zipped else raw
        while block := file.read(size):
            seen += len(block)
            if zipped and seen > most:
                raise too_large(path)
            yield block


def too_large(path: Path) -> UnreadableFileError:
    """What is said of a file that unzips without reason."""
    return UnreadableFileError(
        f"{path} unzips to more than {RATIO} times its size, which no log does. Unzip it yourself if you trust it, and "
        "import what comes out."
    )


def open_archive(path: Path) -> zipfile.ZipFile:
    """A zip archive of which the parts have reasonable sizes and declare no entities.

    Raises:
        UnreadableFileError: It is no whole archive, or unzips to so many times its size that it can be no workbook.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFileError(f"{path} is not a whole archive: {error}.") from error
    try:
        _look(path, archive)
    except BaseException:
        archive.close()
        raise
    return archive


def _look(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuses an archive by what its directory says; reading never gives more than that."""
    parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    if len(parts) > PARTS or whole > max(SMALL, path.stat().st_size * RATIO):
        raise too_large(path)
    for part in parts:
        if part.flag_bits & 1:
            raise UnreadableFileError(f"{path} is locked with a password. Save it without, and import that.")
        if part.filename.lower().endswith("sharedstrings.xml") and part.file_size > TEXTS:
            raise too_large(path)
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        try:
            with archive.open(part) as file:
                head = file.read(CHUNK).replace(b"\x00", b"")
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, zlib.error) as error:
            raise UnreadableFileError(
                f"{path} is not whole: {part.filename} cannot be unzipped ({error})."
            ) from error
        if (
            b"<!DOCTYPE" in head
            or b"<!ENTITY" in head
            or (head.strip() and not _BEGUN.search(_COMMENT.sub(b"", head)))
        ):
            raise UnreadableFileError(
                f"{path} declares entities of its own in {part.filename}, which can make a small file grow without end; "
                "they are not read."
            )
