"""How is a text table read? Finds encoding, separator and header, and hands the rest to the engine."""

import codecs
import csv
import io
import re
import statistics
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events.mapping import Mapping
from ketenreis.events.readers.sample import Column, Refusal, Sample, Source, unique_names
from ketenreis.events.readers.zipped import blocks, is_gzip
from ketenreis.events.times import guess as guess_times
from ketenreis.events.times import literal

SEPARATORS = (",", ";", "\t", "|")
CHUNK = 1 << 22
HEAD = 1 << 20
EXAMPLES = 20
_ASCII = bytes(range(128))
_LATER = bytes(range(128, 192))
"""Bytes that continue a letter in UTF-8: what begins one is what is left without them."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
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


def look(path: Path) -> tuple[str, bool]:
    """The encoding of a file, and whether it holds NUL bytes: from all of its bytes, for a surprise may sit deep.

    Raises:
        UnreadableFileError: It cannot be opened, or is empty.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4)
            file.seek(0)
            if head[:2] in _WIDE:
                return "utf-16", False
            found = _look(file)
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be opened: {error.strerror or error}.") from error
    if not head:
        raise UnreadableFileError(f"{path} is empty: there is no row in it, not even one with column names.")
    return found


def _look(file: BinaryIO) -> tuple[str, bool]:
    """Tells UTF-8 from the Latin encodings, where accented letters hardly ever form a valid pair."""
    nuls = windows = False
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    while block := file.read(CHUNK):
        nuls = nuls or b"\x00" in block
        if block.isascii():
            decoder.reset()
            continue
        strange = decoder.decode(block).count("�")
        rest = block.translate(None, _ASCII)
        bad += strange
        good += len(rest.translate(None, _LATER)) - strange
        windows = windows or bool(re.search(rb"[\x80-\x9f]", rest))
    if bad > good / 20:
        return ("cp1252" if windows else "latin-1"), nuls
    return "utf-8", nuls


def sample(path: Path, mapping: Mapping | None = None) -> Sample:
    """The columns of a text table and rows from its begin, middle and end.

    Args:
        path: The file.
        mapping: Settles separator, quote, encoding and header where it says them.
    """
    given = mapping or Mapping()
    found, nuls = look(path)
    encoding = given.encoding or found
    pieces = _pieces(path, encoding)
    separator, quote = _separator(pieces[0])
    separator = given.separator or separator
    quote = quote if given.quote is None else given.quote
    rows = [_rows(piece, separator, quote) for piece in pieces]
    if not rows[0]:
        raise UnreadableFileError(f"{path} holds no rows, not even one with column names.")
    first = rows[0][0]
    header = _has_header(rows[0]) if given.header is None else given.header
    width = len(first)
    names = unique_names(first if header else [""] * width)
    body = [row for piece in [rows[0][1 if header else 0 :], *rows[1:]] for row in piece]
    short = sum(0 < len(row) < width for row in body)
    whole = [row for row in body if len(row) == width]
    columns = tuple(Column(name, tuple(row[i] for row in whole)) for i, name in enumerate(names))
    first_line = 1 + (_lines_of(first) if header else 0)
    return Sample(
        columns, "csv", separator, quote, encoding, header, short > len(body) / 50, first_line, nuls
    )


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
    texts[0] = texts[0].removeprefix("﻿")
    if size > HEAD:
        texts = [text.rpartition("\n")[0] or text for text in texts]
    return [text for i, text in enumerate(texts) if text or i == 0]


def _rows(text: str, separator: str, quote: str) -> list[list[str]]:
    """The rows of a piece of text; blank lines left out."""
    reader = csv.reader(
        io.StringIO(text.replace("\x00", ""), newline=""),
        delimiter=separator,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )
    read: list[list[str]] = []
    try:
        for row in reader:
            if row:
                read.append(row)
            if len(read) > 5000:
                break
    except csv.Error:
        return read
    return read


def _separator(text: str) -> tuple[str, str]:
    """The separator under which the rows have the most fields in the steadiest number, and the quote."""
    best = (-1.0, ",", '"')
    head = text[:200_000]
    quote = (
        "'"
        if head.count('"') == 0 and re.search(r"(^|[,;\t|])'[^'\n]*'([,;\t|]|\r?$)", head, re.MULTILINE)
        else '"'
    )
    for separator in SEPARATORS:
        widths = [len(row) for row in _rows(head, separator, quote)[:500]]
        if not widths or widths[0] < 2:
            continue
        usual, times = Counter(widths).most_common(1)[0]
        steady = times / len(widths)
        score = steady * 10 + min(usual, 20) / 20 + (widths[0] == usual) - statistics.pstdev(widths) / 10
        if usual > 1 and score > best[0]:
            best = (score, separator, quote)
    return best[1], best[2]


def _has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns: none of its fields is a time or number where the others have one."""
    first = [field.strip() for field in rows[0]]
    if any(guess_times([field]).formats for field in first if field):
        return False
    numbers = sum(bool(re.fullmatch(r"-?\d+([.,]\d+)?", field)) for field in first)
    return numbers == 0 or numbers < len(first) / 2


def source(con: duckdb.DuckDBPyConnection, path: Path, found: Sample, work: Path) -> Source:
    """A text table made ready for the engine; one in another encoding is first written again as UTF-8 in `work`."""
    readable = path
    if found.encoding.lower().replace("-", "") not in {"utf8", "ascii"}:
        readable = _as_utf8(path, found.encoding, work / "as-utf8.csv")
    columns = ", ".join(f"{literal(each.name)}: 'VARCHAR'" for each in found.columns)
    quote = literal(found.quote)
    extra = ", null_padding = true, strict_mode = false, parallel = false" if found.ragged else ""
    relation = (
        f"read_csv({literal(str(readable))}, auto_detect = false, compression = 'none', header = {str(found.header).lower()}, "
        f"delim = {literal(found.separator)}, quote = {quote}, escape = {quote}, columns = {{{columns}}}, "
        "max_line_size = 16000000, ignore_errors = true, store_rejects = true, rejects_limit = 0"
        f"{extra})"
    )

    def refused() -> tuple[dict[str, int], list[Refusal]]:
        return _rejects(con)

    return Source(found, relation, refused, {"first_line": found.first_line})


def _rejects(con: duckdb.DuckDBPyConnection) -> tuple[dict[str, int], list[Refusal]]:
    """The rows that the reader itself refused in its latest reading, each once."""
    held = con.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_name = 'reject_errors'"
    ).fetchone()
    if not held or not held[0]:
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
        Refusal(line, _REASONS.get(kind, "not_a_row"), (text or "")[:200]) for line, kind, text in rows
    ]
    return dict(counts), examples


def _as_utf8(path: Path, encoding: str, target: Path) -> Path:
    """The file written again in UTF-8, piece by piece."""
    with target.open("wb") as out:
        for text in _decoded(path, encoding):
            out.write(text.encode("utf-8"))
    return target


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    except LookupError as error:
        raise UnreadableFileError(f"The encoding “{encoding}” of {path} is not one we know.") from error
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            yield decoder.decode(block)
        yield decoder.decode(b"", final=True)
