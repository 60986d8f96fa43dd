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
from ketenreis.events.engine import connect
from ketenreis.events.readers.parts import Cells, Parts, Run, Table
from ketenreis.events.readers.sample import Column, Refusal, Sample, Source
from ketenreis.events.readers.usual_events import UsualEvents
from ketenreis.events.readers.zipped import blocks

CHUNK = 1 << 20
ROWS = 5000
_OTHER_ENCODING = re.compile(rb"""encoding=["'](?!utf-?8|us-ascii)""", re.IGNORECASE)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_VALUES = frozenset(("string", "date", "int", "float", "boolean", "id"))
_GROUPS = frozenset(("list", "container"))


class _EnoughError(Exception):
    """Ends the reading of a sample."""


def _handlers(  # noqa: C901, PLR0915  # two callbacks and what they share, as closures over one state
    add: Callable[[Cells | Run], None], usual: UsualEvents, most: int | None, notes: dict[str, int]
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """The two callbacks of the parser, as closures: what the usual events leave over passes through them."""
    mark = usual.mark
    path: list[str] = []
    trace: Cells | None = None
    event: Cells | None = None
    of_case: Cells | None = None
    traces = events = own_events = lists = skipped = 0

    def shared(count: int) -> Cells:
        """What so many events share with all of their trace."""
        nonlocal of_case
        if trace is None:
            notes["events_outside_traces"] = notes.get("events_outside_traces", 0) + count
            return {}
        of_case = of_case or _of_case(trace, traces, notes)
        return of_case

    def took(count: int) -> None:
        nonlocal events, own_events
        events += count
        own_events += count
        if most is not None and events >= most:
            raise _EnoughError

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
            event = {}
        elif tag == mark:
            found, begin, stop = usual.fetch(attributes)
            if most is not None:
                stop = min(stop, begin + most - events)
            add(Run(found, begin, stop, shared(stop - begin)))
            took(stop - begin)
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
        nonlocal trace, event, lists, skipped
        if tag in _VALUES:
            if path:
                path.pop()
            elif skipped:
                skipped -= 1
        elif tag == "event":
            row, event = event, None
            if row is None:
                return
            row.update(shared(1))
            add(row)
            took(1)
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
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse_entity
    with Parts(folder) as parts:
        parser.StartElementHandler, parser.EndElementHandler = _handlers(parts.add, usual, most, notes)
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
    with connect() as con:
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
