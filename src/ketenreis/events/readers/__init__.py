"""Which reader reads this? One module per format; each gives a sample, and SQL that reads the whole."""

import re
import zlib
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events.engine import connect, shared
from ketenreis.events.mapping import Mapping
from ketenreis.events.readers import arrow, csv, ocel, ocel_sqlite, parquet, query, xes, xlsx
from ketenreis.events.readers.query import without_password
from ketenreis.events.readers.sample import Sample, Source
from ketenreis.events.readers.tables import ROWS, refuse_width
from ketenreis.events.readers.trimmings import trimmed
from ketenreis.events.readers.zipped import blocks

__all__ = [
    "Origin",
    "Sample",
    "Source",
    "form_of",
    "is_little",
    "name_of",
    "open_source",
    "origin_of",
    "sample_of",
]

HEAD = 1 << 16
LITTLE = 1 << 20
"""So many bytes of text surely fit in memory, whatever is made of them."""
_PAGE = re.compile(rb"<(!doctype html|html|table|meta|style)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"postgres(ql)?://", re.IGNORECASE)
Origin = Path | str | object
"""A file, an address of a database, or a table in memory (anything with `__arrow_c_stream__`)."""


def origin_of(given: Origin, mapping: Mapping | None) -> tuple[Origin, Mapping | None]:
    """What is to be read, and the mapping with the question that may stand behind it (`file.sqlite?SELECT …`)."""
    if isinstance(given, Path) and given.exists():
        return given, mapping
    if not isinstance(given, str | Path):
        return given, mapping
    said = str(given)
    if _ADDRESS.match(said):
        return said, mapping
    file, mark, asked = said.partition("?")
    if mark and Path(file).is_file() and not Path(said).exists():
        return Path(file), replace(mapping or Mapping(), query=asked.strip())
    return Path(said), mapping


def name_of(origin: Origin) -> str:
    """By which file name an origin goes in the papers; without a password."""
    if isinstance(origin, Path):
        return origin.name
    return without_password(origin) if isinstance(origin, str) else "table"


def form_of(path: Path) -> str:
    """The format of a file: by its first bytes, and where these say nothing by its name.

    Returns:
        "parquet", "xes", "csv", "xlsx", "sqlite", "ocel json", "ocel xml" or "ocel sqlite".

    Raises:
        UnreadableFileError: It is not there, or of a format that we do not read.
    """
    if not path.is_file():
        raise UnreadableFileError(f"There is no file {path}.")
    try:
        raw, head = _head(path)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"{path} cannot be opened: {error}.") from error
    if raw.startswith(b"PAR1"):
        return "parquet"
    if raw.startswith(b"SQLite format 3\x00"):
        return "ocel sqlite" if ocel_sqlite.is_ocel(path) else "sqlite"
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(path)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(
            f"{path} is a workbook of before 2007, or locked. Save it as .xlsx, and import that."
        )
    name = path.name.lower().removesuffix(".gz")
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if _PAGE.match(text):
        raise UnreadableFileError(
            f"{path} is a web page with a table, as some systems call a workbook. Open it in a spreadsheet, save it as .xlsx, "
            "and import that."
        )
    if text.startswith(b"<"):
        early = b"<object-types" in text or b"ocel:" in text or b'scope="object"' in text
        is_xml = text.startswith((b"<?xml", b"<log")) or not name.endswith((".csv", ".tsv", ".txt"))
        if is_xml:
            return "ocel xml" if early or name.endswith((".xmlocel", ".xml")) else "xes"
    if text.startswith(b"{") and not name.endswith((".csv", ".tsv", ".txt")):
        return "ocel json"
    if name.endswith(
        (".parquet", ".pq", ".xlsx", ".sqlite", ".db", ".jsonocel", ".json", ".xes", ".xmlocel")
    ):
        return _otherwise(path, name, text)
    return "csv"


def _head(path: Path) -> tuple[bytes, bytes]:
    """The first bytes as they stand, and unzipped."""
    with path.open("rb") as file:
        raw = file.read(HEAD)
    return raw, next(blocks(path, HEAD), b"") if raw[:2] == b"\x1f\x8b" else raw


def _otherwise(path: Path, name: str, text: bytes) -> str:
    """What a file is that is not what its ending says."""
    line = text.partition(b"\n")[0]
    if (
        text
        and any(line.count(mark) for mark in (b",", b";", b"\t", b"|"))
        and not text.startswith((b"[", b"{", b"<"))
    ):
        return "csv"  # a table of text under another name: read it, for nothing is lost by it
    if text.startswith(b"["):
        raise UnreadableFileError(
            f"{path} is JSON, but no OCEL: it has no `events`. Other JSON is not read; save it as CSV."
        )
    ending = name.rpartition(".")[2]
    raise UnreadableFileError(
        f"{path} ends in .{ending}, but does not hold that"
        + (": it is empty." if not text else ". Was it cut short, or named otherwise than it is?")
    )


def _archive(path: Path) -> str:
    """What a zip archive is."""
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError, ValueError) as error:
        raise UnreadableFileError(f"{path} is an archive that is not whole: {error}.") from error
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    kind = "a spreadsheet of another kind" if "content.xml" in names else "an archive"
    raise UnreadableFileError(f"{path} is {kind}. Unpack it, or save it as .xlsx or CSV, and import that.")


def sample_of(origin: Origin, work: Path, mapping: Mapping | None = None) -> Sample:
    """The columns of an origin and some of its rows."""
    with shared() if is_little(origin) else connect(work) as con:
        return open_source(con, origin, work, mapping, most=ROWS).sample


def is_little(origin: Origin) -> bool:
    """Whether it is a table of text of so few bytes that it surely fits in memory, however it is read.

    Raises:
        UnreadableFileError: It is a file that cannot be read.
    """
    if not isinstance(origin, Path) or form_of(origin) != "csv":
        return False
    with origin.open("rb") as file:
        return file.read(2) != b"\x1f\x8b" and origin.stat().st_size <= LITTLE


def open_source(
    con: duckdb.DuckDBPyConnection,
    origin: Origin,
    work: Path,
    mapping: Mapping | None = None,
    *,
    most: int | None = None,
) -> Source:
    """An origin made ready for the engine.

    Args:
        con: Reads it.
        origin: See `Origin`.
        work: Holds what has to be written again first.
        mapping: Settles what it says.
        most: So many rows are enough, for a sample; null for all.

    Raises:
        UnreadableFileError: It cannot be read, or is made to do harm.
    """
    if arrow.is_table(origin):
        origin = arrow.as_file(origin, work)
    if isinstance(origin, str):
        return trimmed(query.postgres(con, origin, mapping.query if mapping else None, work, most))
    if not isinstance(origin, Path):
        raise UnreadableFileError(
            f"A {type(origin).__name__} is no file, no address of a database and no table (with `__arrow_c_stream__`)."
        )
    found = _source(con, origin, work, mapping, most)
    refuse_width(len(found.sample.columns), origin)
    return trimmed(found) if found.sample.form in {"csv", "xlsx", "sqlite"} else found


def _source(
    con: duckdb.DuckDBPyConnection, path: Path, work: Path, mapping: Mapping | None, most: int | None
) -> Source:
    """A file made ready for the engine."""
    form = form_of(path)
    if form == "parquet":
        return parquet.source(path)
    if form == "xlsx":
        return xlsx.source(con, path, work, mapping, most)
    if form == "sqlite" or (form == "ocel sqlite" and mapping and mapping.query):
        return query.sqlite(con, path, mapping.query if mapping else None, work, most)
    if form.startswith("ocel"):
        return ocel.source(con, path, form.removeprefix("ocel "), work, most)
    if form == "xes":
        if most is not None:
            return Source(xes.sample(path, work), "", lambda: ({}, []), {})
        return xes.source(con, path, work)
    readable = csv.plain_file(path, work)
    found = csv.sample(readable, mapping)
    refuse_width(len(found.columns), path)
    return csv.source(con, readable, found, work)
