"""How is a text table read? Finds encoding, separator and header, and hands the rest to the engine."""

import csv
import io
import re
import statistics
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events.mapping import Mapping
from ketenreis.events.readers.encoding import CHUNK, as_utf8, look, unmarked
from ketenreis.events.readers.heading import Heading, find_heading
from ketenreis.events.readers.sample import Column, Refusal, Sample, Source, unique_names
from ketenreis.events.readers.zipped import blocks, is_gzip
from ketenreis.events.times import literal

SEPARATORS = (",", ";", "\t", "|")
HEAD = 1 << 20
EXAMPLES = 20
_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The line with which a spreadsheet is told the separator."""
_REASONS = {
    "MISSING COLUMNS": "too_few_fields",
    "TOO MANY COLUMNS": "too_many_fields",
    "INVALID ENCODING": "not_in_encoding",
    "UNQUOTED VALUE": "unbalanced_quote",
    "INVALID STATE": "unbalanced_quote",
    "LINE SIZE OVER MAXIMUM": "line_too_long",
}

csv.field_size_limit(1 << 27)


def plain_file(path: Path, work: Path) -> Path:
    """The file itself; a zipped one is first unzipped in `work`."""
    try:
        if not is_gzip(path):
            return path
        target = work / path.name.removesuffix(".gz")
        with target.open("wb") as out:
            for block in blocks(path, CHUNK):
                out.write(block)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"{path} cannot be opened: {error}.") from error
    return target


def sample(path: Path, mapping: Mapping | None = None) -> Sample:
    """The columns of a text table and rows from its begin, middle and end.

    Args:
        path: The file.
        mapping: Settles separator, quote, encoding and header where it says them.
    """
    given = mapping or Mapping()
    written = look(path)
    encoding = given.encoding or written.encoding
    pieces = _pieces(path, encoding)
    hint = _HINT.match(pieces[0])
    pieces[0] = pieces[0][hint.end() :] if hint else pieces[0]
    separator, quote, escape = _separator(pieces[0])
    separator = given.separator or (hint[1] if hint else separator)
    quote, escape = (quote, escape) if given.quote is None else (given.quote, given.quote)
    read = [_rows(piece, separator, quote, escape) for piece in pieces]
    rows = [[row for row, _ in each] for each in read]
    if not rows[0]:
        raise UnreadableFileError(f"{path} holds no rows, not even one with column names.")
    heading = find_heading(rows[0]) if given.header is None else Heading(0, given.header, tuple(rows[0][0]))
    begin = heading.above + heading.height
    body = [row for piece in [rows[0][begin:], *rows[1:]] for row in piece]
    width = _width(len(heading.names if heading.height else rows[0][0]), body)
    names = unique_names(
        [*heading.names, *[""] * (width - len(heading.names))] if heading.height else [""] * width
    )
    short = sum(0 < len(row) < width for row in body)
    whole = [row for row in body if len(row) == width and tuple(row) != heading.names]
    columns = tuple(Column(name, tuple(row[i] for row in whole)) for i, name in enumerate(names))
    end = read[0][begin - 1][1] if begin else 0
    titled = heading.above or heading.height > 1
    return Sample(
        columns,
        "csv",
        separator,
        quote,
        encoding,
        heading.height > 0,
        short > len(body) / 50,
        first_line=1 + bool(hint) + end,
        nul_bytes=written.nul_bytes,
        escape=escape,
        above=bool(hint) + (end - _lines_of(rows[0][begin - 1]) if titled else 0),
        mixed_ends=written.mixed_ends,
    )


def _width(named: int, body: Sequence[Sequence[str]]) -> int:
    """How many columns there are: more than the heading names when most rows have more."""
    usual, times = Counter(map(len, body)).most_common(1)[0] if body else (named, 0)
    return usual if usual > named and times > len(body) / 2 else named


def _lines_of(row: Sequence[str]) -> int:
    return 1 + sum(field.count("\n") for field in row)


def _pieces(path: Path, encoding: str) -> list[str]:
    """Text from the begin, and from later places, cut at line ends."""
    size = path.stat().st_size
    wide = encoding.startswith("utf-16")
    with path.open("rb") as file:
        blocks = [file.read(HEAD)]
        if size > HEAD * 4 and not wide:
            for i in range(1, 9):
                file.seek(size * i // 9)
                blocks.append(file.read(HEAD // 16).partition(b"\n")[2])
    texts = [block.decode(encoding, errors="replace") for block in blocks]
    texts[0] = unmarked(texts[0])
    if size > HEAD:
        texts = [text.rpartition("\n")[0] or text for text in texts]
    return [text for i, text in enumerate(texts) if text or i == 0]


def _rows(text: str, separator: str, quote: str, escape: str) -> list[tuple[list[str], int]]:
    """The rows of a piece of text, each with the line at which it ends; blank lines left out."""
    reader = csv.reader(
        io.StringIO(text.replace("\x00", ""), newline=""),
        delimiter=separator,
        quotechar=quote or None,
        doublequote=escape == quote,
        escapechar=None if escape == quote else escape,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )
    read: list[tuple[list[str], int]] = []
    try:
        for row in reader:
            if row:
                read.append((row, reader.line_num))
            if len(read) > 5000:
                break
    except csv.Error:
        return read
    return read


def _separator(text: str) -> tuple[str, str, str]:
    """The separator under which the rows have the most fields in the steadiest number, the quote, and what escapes it."""
    best = (-1.0, ",", '"', '"')
    head = text[:200_000]
    quote = (
        "'"
        if head.count('"') == 0 and re.search(r"(^|[,;\t|])'[^'\n]*'([,;\t|]|\r?$)", head, re.MULTILINE)
        else '"'
    )
    for separator in SEPARATORS:
        for escape in (quote, "\\") if f"\\{quote}" in head else (quote,):
            widths = [len(row) for row, _ in _rows(head, separator, quote, escape)[:500]]
            if not widths:
                continue
            usual, times = Counter(widths).most_common(1)[0]
            steady = times / len(widths)
            spread = min(statistics.pstdev(widths), 100.0)  # one wild row says nothing of the others
            score = steady * 10 + min(usual, 20) / 20 + (widths[0] == usual) - spread / 10
            if usual > 1 and score > best[0]:
                best = (score, separator, quote, escape)
    return best[1:]


def source(con: duckdb.DuckDBPyConnection, path: Path, found: Sample, work: Path) -> Source:
    """A text table made ready for the engine; one in another encoding is first written again as UTF-8 in `work`."""
    readable = path
    if found.mixed_ends or found.encoding.lower().replace("-", "") not in {"utf8", "ascii"}:
        readable = as_utf8(path, found.encoding, work / "as-utf8.csv")
    columns = ", ".join(f"{literal(each.name)}: 'VARCHAR'" for each in found.columns)
    quote = literal(found.quote)
    extra = ", null_padding = true, strict_mode = false, parallel = false" if found.ragged else ""
    relation = (
        f"read_csv({literal(str(readable))}, auto_detect = false, compression = 'none', header = {str(found.header).lower()}, "
        f"delim = {literal(found.separator)}, quote = {quote}, escape = {literal(found.escape)}, skip = {found.above}, columns = {{{columns}}}, "
        "max_line_size = 16000000, ignore_errors = true, store_rejects = true, rejects_limit = 0"
        f"{extra})"
    )

    def refused() -> tuple[dict[str, int], list[Refusal]]:
        return _rejects(con)

    notes: dict[str, object] = {"first_line": found.first_line}
    if found.above:
        notes["above_header"] = found.above
    return Source(found, relation, refused, notes)


def _rejects(con: duckdb.DuckDBPyConnection) -> tuple[dict[str, int], list[Refusal]]:
    """The rows that the reader itself refused in its latest reading, each once."""
    try:
        if con.execute("SELECT 1 FROM reject_errors LIMIT 1").fetchone() is None:
            return {}, []
    except duckdb.CatalogException:  # nothing was read yet
        return {}, []
    per_line = (
        "(SELECT line, min(error_type::VARCHAR) AS kind, any_value(csv_line) AS text FROM reject_errors "
        "WHERE scan_id = (SELECT max(scan_id) FROM reject_errors) GROUP BY line) AS lines"
    )
    counts: Counter[str] = Counter()
    for kind, times in con.execute(f"SELECT kind, count(*) FROM {per_line} GROUP BY kind").fetchall():
        counts[_REASONS.get(kind, "not_a_row")] += times
    rows = con.execute(
        f"SELECT line, kind, text FROM {per_line} ORDER BY line LIMIT {EXAMPLES * 5}"
    ).fetchall()
    examples = [
        Refusal(line, _REASONS.get(kind, "not_a_row"), (text or "").strip()[:200])
        for line, kind, text in rows
    ]
    return dict(counts), examples
