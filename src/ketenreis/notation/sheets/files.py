"""Which rows does a spreadsheet hold? A workbook, or text between semicolons, commas or tabs, as a program saved it.

Nothing in it is ever run: of a formula only the value counts that the program kept.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_UNZIPPED = 1 << 27
"""No workbook of this many rows unzips to more."""
Why = Literal["unreadable", "too_large", "too_many_rows", "empty"]
_FORMULA_LIKE = r"\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]"
_WRITTEN = re.compile("_x(FFFE|FFFF|000D)_")
"""Signs that no XML can hold, as a workbook writes them."""
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")
_GUARDED = re.compile(rf"'(?='*{_FORMULA_LIKE})")
_NEEDS_GUARD = re.compile(rf"'*{_FORMULA_LIKE}")

Rows = tuple[tuple[int, tuple[str, ...]], ...]
"""Rows that hold anything, each with its number as a spreadsheet counts; the first holds the headings."""


@dataclass(frozen=True, slots=True)
class UnreadableSheet:
    """A file of which no rows could be read, and why: no spreadsheet, too large, too many rows, or nothing in it."""

    why: Why


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: a quote before what looks like one; plain numbers stay as they are.

    Source:
        OWASP, CSV Injection.

    Example:
        >>> guarded("=1+1"), guarded("-5"), guarded("- kort"), unguarded(guarded("'=x"))
        ("'=1+1", '-5', "'- kort", "'=x")
    """
    return f"'{text}" if _NEEDS_GUARD.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded."""
    return text[1:] if _GUARDED.match(text) else text


def read_rows(data: bytes) -> Rows | UnreadableSheet:
    r"""Reads the rows of a workbook or of text.

    Args:
        data: What the file holds; a workbook is told by its beginning.

    Returns:
        The rows that hold anything, every cell as text: dates as 2026-11-14, numbers with a point.

    Example:
        >>> read_rows("id;naam\nbel;Bel\n".encode())
        ((1, ('id', 'naam')), (2, ('bel', 'Bel')))
    """
    try:
        found = _workbook(data) if data[:4] == b"PK\x03\x04" else _text(data)
        rows: list[tuple[int, tuple[str, ...]]] = []
        for number, cells in found:
            if any(cell.strip() for cell in cells):
                rows.append((number, tuple(unguarded(cell) for cell in cells[:MOST_COLUMNS])))
            if len(rows) > MOST_ROWS + 1:
                return UnreadableSheet("too_many_rows")
    except _TooLargeError:
        return UnreadableSheet("too_large")
    except (zipfile.BadZipFile, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError,
            OSError, AssertionError, RecursionError, csv.Error):  # fmt: skip
        # what openpyxl raises on a workbook that is not whole is not one kind of error; an XML error is a SyntaxError
        return UnreadableSheet("unreadable")
    return tuple(rows) or UnreadableSheet("empty")


class _TooLargeError(Exception):
    """It unzips to more than it may; never leaves this module."""


def _text(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise ValueError(text[:20])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text), strict=False)
    # A cell may hold several lines; a spreadsheet counts rows, not lines.
    yield from enumerate(reader, 1)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # as Excel saves "CSV" in Western Europe


def _mark(text: str) -> str:
    """What stands between the cells of the first line; within quotes nothing does."""
    head = re.sub(r'"[^"]*"', "", text[:20_000]).partition("\n")[0]
    return max("\t;,", key=head.count)


def _workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNZIPPED:
            raise _TooLargeError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and drawings, of which nothing is read
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            for number, row in enumerate(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS), 1):
                yield number, [_said(cell) for cell in row]
        finally:
            book.close()


def _said(cell: Any) -> str:
    """What a cell of a workbook says, as text."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case int() | float() if "%" in str(cell.number_format or ""):
            return f"{(Decimal(repr(value)) * 100).normalize():f}%"
        case float() | int():
            return f"{Decimal(repr(value)).normalize():f}"
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), str(value))
