"""How is an XES log read? Streamed through expat in constant memory into plain tables that the engine reads.

Trace attributes become columns `case:key`, nested ones `parent/child`, lists one JSON text. Global defaults are not
filled in: what an event does not say stays empty.
"""

import codecs
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from xml.parsers import expat

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events.engine import shared
from ketenreis.events.readers.parts import Cells, Parts, Run, Table
from ketenreis.events.readers.sample import Column, Refusal, Sample, Source
from ketenreis.events.readers.usual_events import UsualEvents
from ketenreis.events.readers.xml_parser import xml_parser
from ketenreis.events.readers.zipped import blocks

CHUNK = 1 << 20
ROWS = 5000
_OTHER_ENCODING = re.compile(rb"""encoding=["'](?!utf-?8|us-ascii)""", re.IGNORECASE)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_VALUES = frozenset(("string", "date", "int", "float", "boolean", "id"))
_GROUPS = frozenset(("list", "container"))
_LIST = "\x00"
"""Stands before the key of a list; no XML can hold it."""


class _EnoughError(Exception):
    """Ends the reading of a sample."""


class _Traces:
    """Where the parser is in a log, and what it has seen of the trace and the event at hand; hands on each row.

    What the usual events leave over passes through it.
    """

    def __init__(
        self, add: Callable[[Cells | Run], None], usual: UsualEvents, most: int | None, notes: dict[str, int]
    ) -> None:
        self._add, self._usual, self._most, self._notes = add, usual, most, notes
        self._trace: Cells | None = None
        self._event: Cells | None = None
        self._of_case: Cells | None = None
        self._traces = self._events = self._own_events = 0
        self._path: list[str] = []
        """The keys of the values and groups that the parser stands in; that of a list is marked."""
        self._lists = self._skipped = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in _VALUES:
            self._value(attributes)
        elif tag == "event":
            self._event = {}
        elif tag == self._usual.mark:
            self._run(attributes)
        elif tag == "trace":
            self._trace, self._of_case, self._own_events = {}, None, 0
            self._traces += 1
        elif tag in _GROUPS and (self._trace is not None or self._event is not None):
            key = attributes.get("key", "")
            inside = f"{self._path[-1]}/{key}".lstrip(_LIST) if self._path else key
            self._path.append((_LIST if tag == "list" else "") + inside)
            self._lists += tag == "list"
        elif ":" in tag:
            self.start(tag.rpartition(":")[2], attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _VALUES:
            if self._path:
                self._path.pop()
            elif self._skipped:
                self._skipped -= 1
        elif tag == "event":
            if self._event is not None:
                self._event.update(self._shared(1))
                self._add(self._event)
                self._event = None
                self._took(1)
        elif tag == "trace":
            if self._trace is not None and not self._own_events:
                self._add(_of_case(self._trace, self._traces, self._notes))
            self._trace = None
        elif tag in _GROUPS and self._path:
            self._path.pop()
            self._lists -= tag == "list"
        elif ":" in tag:
            self.end(tag.rpartition(":")[2])

    def _value(self, attributes: dict[str, str]) -> None:
        target = self._trace if self._event is None else self._event
        if target is None:
            self._skipped += 1  # attributes and globals of the log itself
            return
        if self._event is None:
            self._of_case = None
        key, value = attributes.get("key", ""), attributes.get("value", "")
        if self._path:
            around = self._path[-1]
            if self._lists and around.startswith(_LIST):
                key = around.removeprefix(_LIST)
                value = _longer(target.get(key), value)
            else:
                key = f"{around}/{key}"
        target[key] = value
        self._path.append(key)

    def _run(self, attributes: dict[str, str]) -> None:
        """Events that were cut out together."""
        found, begin, stop = self._usual.fetch(attributes)
        if self._most is not None:
            stop = min(stop, begin + self._most - self._events)
        self._add(Run(found, begin, stop, self._shared(stop - begin)))
        self._took(stop - begin)

    def _shared(self, count: int) -> Cells:
        """What so many events share with all of their trace."""
        if self._trace is None:
            self._notes["events_outside_traces"] = self._notes.get("events_outside_traces", 0) + count
            return {}
        self._of_case = self._of_case or _of_case(self._trace, self._traces, self._notes)
        return self._of_case

    def _took(self, count: int) -> None:
        self._events += count
        self._own_events += count
        if self._most is not None and self._events >= self._most:
            raise _EnoughError


def _longer(held: str | None, value: str) -> str:
    """A list as JSON text, one value longer."""
    return json.dumps([*(json.loads(held) if held else []), value], ensure_ascii=False)


def _of_case(trace: Cells, number: int, notes: dict[str, int]) -> Cells:
    """The trace's attributes as columns of each of its rows; a trace without a name is known by its number."""
    if "concept:name" not in trace:
        notes["traces_without_name"] = notes.get("traces_without_name", 0) + 1
        trace["concept:name"] = f"trace {number}"
    return {f"case:{key}": value for key, value in trace.items()}


def _parse(parser: expat.XMLParserType, blocks: Iterable[bytes], usual: UsualEvents) -> Iterator[None]:
    """Feeds a file to the parser, without its usual events where the text is UTF-8; pauses after each piece."""
    decoder = None
    for i, block in enumerate(blocks):
        if i == 0 and not _OTHER_ENCODING.search(block[:200]) and not block.startswith(_WIDE):
            decoder = codecs.getincrementaldecoder("utf-8-sig")()
        parser.Parse(usual.cut(decoder.decode(block)) if decoder else block, False)
        yield
    parser.Parse(usual.last() if decoder else b"", True)


def convert(
    path: Path, folder: Path, most: int | None = None, *, chunk: int = CHUNK
) -> tuple[Table, dict[str, int]]:
    """Writes a log as text parts.

    Args:
        path: The log, zipped or not.
        folder: Where the parts come.
        most: Stop after this many events.
        chunk: Bytes to read at a time.

    Returns:
        The parts, and notes for the quality report.

    Raises:
        UnreadableFileError: It is no XML, ends in the middle, or declares entities.
    """
    notes: dict[str, int] = {}
    usual = UsualEvents()
    parser = xml_parser()
    with Parts(folder) as parts:
        traces = _Traces(parts.add, usual, most, notes)
        parser.StartElementHandler, parser.EndElementHandler = traces.start, traces.end
        try:
            for _ in _parse(parser, blocks(path, chunk), usual):
                parts.flush()
        except _EnoughError:
            pass
        except (expat.ExpatError, UnicodeDecodeError) as error:
            # the line that the parser counts is not the file's: events were taken out before it
            reason = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)
            raise UnreadableFileError(f"{path} is not whole as XML: {reason}.") from error
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableFileError(f"{path} cannot be read: {error}.") from error
        finally:
            # breaks the circle parser -> handler -> parser, which would keep the last rows alive
            parser.StartElementHandler = parser.EndElementHandler = None
        table = parts.table()
    if not table.columns:
        raise UnreadableFileError(f"{path} holds no traces and no events.")
    return table, notes


def sample(path: Path, work: Path) -> Sample:
    """The columns and rows of the first events of a log."""
    table, _ = convert(path, work, ROWS)
    with shared() as con:
        return _sample(con, table)


def _sample(con: duckdb.DuckDBPyConnection, table: Table) -> Sample:
    con.execute(f"SELECT * FROM {table.relation()} LIMIT {ROWS}")
    names = [each[0] for each in con.description or ()]
    columns = zip(*con.fetchall(), strict=True)
    found = tuple(
        Column(name, tuple(value or "" for value in values))
        for name, values in zip(names, columns, strict=True)
    )
    return Sample(found, "xes", first_line=1)


def source(con: duckdb.DuckDBPyConnection, path: Path, work: Path) -> Source:
    """A log made ready for the engine."""
    table, notes = convert(path, work)

    def refused() -> tuple[dict[str, int], list[Refusal]]:
        return {}, []

    return Source(_sample(con, table), table.relation(), refused, {**notes})
