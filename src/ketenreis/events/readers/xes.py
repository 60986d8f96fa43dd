"""How is an XES log read? Streamed through expat in constant memory into plain tables that the engine reads.

Trace attributes become columns `case:key`, nested ones `parent/child`, lists one JSON text. Global defaults are not
filled in: what an event does not say stays empty.
"""

import csv
import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events.engine import connect
from ketenreis.events.engine import name as quoted
from ketenreis.events.readers.sample import Column, Refusal, Sample, Source
from ketenreis.events.times import literal

BATCH = 20_000
CHUNK = 1 << 20
ROWS = 5000
_VALUES = frozenset(("string", "date", "int", "float", "boolean", "id"))
_GROUPS = frozenset(("list", "container"))

Cells = dict[str, str | list[str]]
"""An event's values by column; a list where the log holds one."""


class _EnoughError(Exception):
    """Ends the reading of a sample."""


class _Tables:
    """Writes rows to CSV parts; a new part begins where new columns turn up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts: list[tuple[Path, list[str]]] = []
        self.columns: dict[str, None] = {}
        self._file: IO[str] | None = None
        self._rows: list[Cells] = []

    def add(self, row: Cells) -> None:
        """Takes one row."""
        self._rows.append(row)
        if len(self._rows) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Writes what is waiting."""
        known = len(self.columns)
        for row in self._rows:
            self.columns.update(dict.fromkeys(row))
        if self._file is None or len(self.columns) > known:
            self.close()
            path = self.folder / f"xes-{len(self.parts)}.csv"
            self.parts.append((path, list(self.columns)))
            self._file = path.open("w", encoding="utf-8", newline="")
        columns = list(self.columns)
        writer = csv.writer(self._file, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        for row in self._rows:
            for key, value in row.items():
                if type(value) is list:
                    row[key] = json.dumps(value, ensure_ascii=False)
        writer.writerows([[row.get(column) for column in columns] for row in self._rows])
        self._rows = []

    def close(self) -> None:
        """Ends the current part."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _handlers(
    add: Callable[[Cells], None], most: int | None, notes: dict[str, int]
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """The two callbacks of the parser, as closures: a million events pass through them eight times."""
    path: list[str] = []
    trace: Cells | None = None
    event: Cells | None = None
    traces = events = own_events = lists = skipped = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal trace, event, traces, lists, skipped, own_events
        if tag in _VALUES:
            target = trace if event is None else event
            if target is None:
                skipped += 1  # attributes and globals of the log itself
                return
            key = attributes.get("key", "")
            if path:
                if lists and path[-1][:1] == "\x00":
                    held = target.setdefault(path[-1][1:], [])
                    if isinstance(held, list):
                        held.append(attributes.get("value", ""))
                    path.append(path[-1][1:])
                    return
                key = f"{path[-1]}/{key}"
            target[key] = attributes.get("value", "")
            path.append(key)
        elif tag == "event":
            event = {}
        elif tag == "trace":
            trace, own_events = {}, 0
            traces += 1
        elif tag in _GROUPS and (trace is not None or event is not None):
            key = attributes.get("key", "")
            path.append(
                ("\x00" if tag == "list" else "") + (f"{path[-1]}/{key}".lstrip("\x00") if path else key)
            )
            lists += tag == "list"
        elif ":" in tag:
            start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        nonlocal trace, event, events, lists, skipped, own_events
        if tag in _VALUES:
            if path:
                path.pop()
            elif skipped:
                skipped -= 1
        elif tag == "event":
            row, event = event, None
            if row is None:
                return
            if trace is None:
                notes["events_outside_traces"] = notes.get("events_outside_traces", 0) + 1
            else:
                row.update(_of_case(trace, traces, notes))
            add(row)
            events += 1
            own_events += 1
            if most is not None and events >= most:
                raise _EnoughError
        elif tag == "trace":
            if trace is not None and not own_events:
                add(_of_case(trace, traces, notes))
            trace = None
        elif tag in _GROUPS and path:
            path.pop()
            lists -= tag == "list"
        elif ":" in tag:
            end(tag.rpartition(":")[2])

    return start, end


def _of_case(trace: Cells, number: int, notes: dict[str, int]) -> Cells:
    """The trace's attributes as columns of each of its rows; a trace without a name is known by its number."""
    if "concept:name" not in trace:
        notes["traces_without_name"] = notes.get("traces_without_name", 0) + 1
        trace["concept:name"] = f"trace {number}"
    return {f"case:{key}": value for key, value in trace.items()}


def _refuse_entity(*_: object) -> None:
    raise UnreadableFileError(
        "The log declares entities of its own, which can make a small file grow without end; they are not read."
    )


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
    opened: IO[bytes] = gzip.open(path, "rb") if zipped else path.open("rb")  # type: ignore[assignment]  # both give bytes
    with opened as file:
        while block := file.read(CHUNK):
            yield block


def convert(
    path: Path, folder: Path, most: int | None = None
) -> tuple[list[tuple[Path, list[str]]], dict[str, int]]:
    """Writes a log as CSV parts.

    Args:
        path: The log, zipped or not.
        folder: Where the parts come.
        most: Stop after this many events.

    Returns:
        The parts with their columns, and notes for the quality report.

    Raises:
        UnreadableFileError: It is no XML, ends in the middle, or declares entities.
    """
    tables = _Tables(folder)
    notes: dict[str, int] = {}
    parser = expat.ParserCreate()
    parser.buffer_text = True
    start, end = _handlers(tables.add, most, notes)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = _refuse_entity
    try:
        for block in _blocks(path):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except _EnoughError:
        pass
    except expat.ExpatError as error:
        raise UnreadableFileError(f"{path} is not whole as XML: {error}.") from error
    except (OSError, EOFError) as error:
        raise UnreadableFileError(f"{path} cannot be read: {error}.") from error
    finally:
        # breaks the circle parser -> handler -> parser, which would keep the last rows alive
        parser.StartElementHandler = parser.EndElementHandler = None
        if tables.folder.is_dir():
            tables.flush()
        tables.close()
    if not tables.columns:
        raise UnreadableFileError(f"{path} holds no traces and no events.")
    return tables.parts, notes


def relation(parts: list[tuple[Path, list[str]]]) -> str:
    """SQL that reads the parts as one table, in their order."""
    reads = []
    for path, columns in parts:
        listed = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in columns)
        reads.append(
            f"SELECT * FROM read_csv({literal(str(path))}, auto_detect = false, header = false, delim = ',', "
            f"quote = '\"', escape = '\"', columns = {{{listed}}}, max_line_size = 64000000)"
        )
    return f"({' UNION ALL BY NAME '.join(reads)}) AS log"


def sample(path: Path, work: Path) -> Sample:
    """The columns and rows of the first events of a log."""
    parts, _ = convert(path, work, ROWS)
    with connect() as con:
        return _sample(con, parts)


def _sample(con: duckdb.DuckDBPyConnection, parts: list[tuple[Path, list[str]]]) -> Sample:
    columns = parts[-1][1]
    asked = ", ".join(f"COALESCE({quoted(column)}, '')" for column in columns)
    rows = con.execute(f"SELECT {asked} FROM {relation(parts)} LIMIT {ROWS}").fetchall()
    found = tuple(Column(column, tuple(row[i] for row in rows)) for i, column in enumerate(columns))
    return Sample(found, "xes", first_line=1)


def source(con: duckdb.DuckDBPyConnection, path: Path, work: Path) -> Source:
    """A log made ready for the engine."""
    parts, notes = convert(path, work)

    def refused() -> tuple[dict[str, int], list[Refusal]]:
        return {}, []

    return Source(_sample(con, parts), relation(parts), refused, {**notes})
