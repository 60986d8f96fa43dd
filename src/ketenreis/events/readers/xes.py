"""How is an XES log read? Streamed through expat in constant memory into plain tables that the engine reads.

Trace attributes become columns `case:key`, nested ones `parent/child`, lists one JSON text. Global defaults are not
filled in: what an event does not say stays empty.
"""

import codecs
import csv
import gzip
import json
import re
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
_TEXT = r'"[^"<&\x00-\x1f]*"'
_PLAIN_EVENT = re.compile(
    rf"<event>((?:\s*<(?:string|date|int|float|boolean|id) key={_TEXT} value={_TEXT} ?/>)*)\s*</event>"
)
_PAIR = re.compile(r'key="([^"]*)" value="([^"]*)"')
_OTHER_ENCODING = re.compile(rb"""encoding=["'](?!utf-?8|us-ascii)""", re.IGNORECASE)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_VALUES = frozenset(("string", "date", "int", "float", "boolean", "id"))
_GROUPS = frozenset(("list", "container"))

Cells = dict[str, str]
"""An event's values by column."""


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
        columns = self.columns
        for row in self._rows:
            if not row.keys() <= columns.keys():
                columns.update(dict.fromkeys(row))
        if self._file is None or len(self.columns) > known:
            self.close()
            path = self.folder / f"xes-{len(self.parts)}.csv"
            self.parts.append((path, list(self.columns)))
            self._file = path.open("w", encoding="utf-8", newline="")
        writer = csv.writer(self._file, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerows([[row.get(column) for column in columns] for row in self._rows])
        self._rows = []

    def close(self) -> None:
        """Ends the current part."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _handlers(  # noqa: C901, PLR0915  # two callbacks sharing one state: splitting them would cost a call each
    add: Callable[[Cells], None], plain: Callable[[int], Cells], most: int | None, notes: dict[str, int]
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """The two callbacks of the parser, as closures: a million events pass through them eight times."""
    path: list[str] = []
    trace: Cells | None = None
    event: Cells | None = None
    of_case: Cells | None = None
    traces = events = own_events = lists = skipped = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal trace, event, of_case, traces, lists, skipped, own_events
        if tag in _VALUES:
            target = trace if event is None else event
            if target is None:
                skipped += 1  # attributes and globals of the log itself
                return
            if event is None:
                of_case = None
            key = attributes.get("key", "")
            if path:
                if lists and path[-1][:1] == "\x00":
                    key = path[-1][1:]
                    target[key] = _longer(target.get(key), attributes.get("value", ""))
                    path.append(key)
                    return
                key = f"{path[-1]}/{key}"
            target[key] = attributes.get("value", "")
            path.append(key)
        elif tag == "event":
            event = plain(int(attributes["n"])) if "n" in attributes else {}
        elif tag == "trace":
            trace, of_case, own_events = {}, None, 0
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
        nonlocal trace, event, of_case, events, lists, skipped, own_events
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
                of_case = of_case or _of_case(trace, traces, notes)
                row.update(of_case)
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


def _longer(held: str | None, value: str) -> str:
    """A list as JSON text, one value longer."""
    return json.dumps([*(json.loads(held) if held else []), value], ensure_ascii=False)


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


class _Shortcut:
    """Takes plain events out of the text before the parser sees it: one look instead of ten callbacks for each.

    An event is plain when it holds nothing but attributes with a key and a value, without entities. Its text is
    replaced by `<event n="…"/>`, and the parser fetches it by that number: what stands in a comment is never
    fetched. Everything else goes through the parser as it is.
    """

    def __init__(self) -> None:
        self._events: list[str] = []
        self._rest = ""

    def fetch(self, number: int) -> Cells:
        """The values of a plain event."""
        return dict(_PAIR.findall(self._events[number]))

    def cut(self, text: str) -> str:
        """The text without its plain events, up to the last event that is whole."""
        whole, end, rest = (self._rest + text).rpartition("</event>")
        self._rest = rest
        self._events = []
        return _PLAIN_EVENT.sub(self._keep, whole + end)

    def last(self) -> str:
        """What is left at the end of the file."""
        return self._rest

    def _keep(self, match: re.Match[str]) -> str:
        self._events.append(match.group(1))
        return f'<event n="{len(self._events) - 1}"/>'


def _parse(parser: expat.XMLParserType, path: Path, shortcut: _Shortcut) -> None:
    """Feeds a file to the parser, with the shortcut where the text is UTF-8."""
    decoder = None
    for i, block in enumerate(_blocks(path)):
        if i == 0 and not _OTHER_ENCODING.search(block[:200]) and not block.startswith(_WIDE):
            decoder = codecs.getincrementaldecoder("utf-8-sig")()
        parser.Parse(shortcut.cut(decoder.decode(block)) if decoder else block, False)
    parser.Parse(shortcut.last() if decoder else b"", True)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
    with path.open("rb") as raw:
        file = gzip.GzipFile(fileobj=raw) if zipped else raw
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
    shortcut = _Shortcut()
    start, end = _handlers(tables.add, shortcut.fetch, most, notes)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = _refuse_entity
    try:
        _parse(parser, path, shortcut)
    except _EnoughError:
        pass
    except (expat.ExpatError, UnicodeDecodeError) as error:
        # the line that the parser counts is not the file's: events were taken out before it
        reason = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)
        raise UnreadableFileError(f"{path} is not whole as XML: {reason}.") from error
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
