"""What does a cell of a workbook show? Its value as text, with the zeros of its number format, and filled where cells are merged."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

_PADDED = re.compile(r'(?:"[^"]*"|\\.|[-/ ])*00+(?:"[^"]*"|\\.|[-/ 0])*')
"""A number format that fills up with zeros, as names of things have: 000000, "Z-"00000, 00-0000."""
_PIECE = re.compile(r'"([^"]*)"|\\(.)|(0+)|([-/ ])')
_MERGED = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]+)(\d+):[A-Z]+(\d+)"')
_LONGEST = 100
"""Bytes of the place of merged cells in a file."""

Merged = dict[int, list[tuple[int, int]]]
"""By the row in which merged cells begin: their column, counted from 0, and their last row."""


def is_padded(number_format: str) -> bool:
    """Whether a number format shows zeros in front.

    Example:
        >>> is_padded("000000"), is_padded("0.00"), is_padded("General")
        (True, False, False)
    """
    return bool(_PADDED.fullmatch(number_format.partition(";")[0]))


def padded(number: int, number_format: str) -> str:
    """A number as a format that fills up with zeros shows it.

    Example:
        >>> padded(123, "000000"), padded(20240017, '"Z"0000-0000'), padded(12345, "000")
        ('000123', 'Z2024-0017', '12345')
    """
    pieces = _PIECE.findall(number_format.partition(";")[0])
    wanted = sum(len(zeros) for _, _, zeros, _ in pieces)
    digits = str(number).rjust(wanted, "0")
    extra = len(digits) - wanted  # what does not fit stands in front
    shown = ""
    for words, escaped, zeros, mark in pieces:
        taken = len(zeros) + extra if zeros else 0
        extra = 0 if zeros else extra
        shown, digits = shown + (words or escaped or mark or digits[:taken]), digits[taken:]
    return shown


def has_padded(book: Any) -> bool:
    """Whether any cell of a workbook may be padded: most have none, and then cells need no looking at."""
    return any(map(is_padded, book._number_formats))  # noqa: SLF001  # openpyxl tells it nowhere else


def value_of(cell: Any) -> Any:
    """The value of a cell; a whole number with a padded format is the text that it shows."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 and value == int(value):
        number_format = cell.number_format or ""
        return padded(int(value), number_format) if is_padded(number_format) else value
    return value


def merged_in(archive: zipfile.ZipFile, sheet: Any) -> Merged:
    """Which cells of a sheet are merged with those below them."""
    found: Merged = {}
    before = b""
    with archive.open(sheet._worksheet_path.lstrip("/")) as file:  # noqa: SLF001  # openpyxl tells it nowhere else
        while block := file.read(1 << 20):
            text = before + block
            for match in _MERGED.finditer(text):
                letters, first, last = match[1].decode(), int(match[2]), int(match[3])
                if last > first:
                    place = (column_of(letters), last)
                    if place not in found.setdefault(first, []):
                        found[first].append(place)
            before = text[-_LONGEST:]
    return found


def column_of(letters: str) -> int:
    """The number of a column, counted from 0.

    Example:
        >>> column_of("A"), column_of("AB")
        (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def filled_down(rows: Iterator[tuple[Any, ...]], merged: Merged) -> Iterator[tuple[Any, ...]]:
    """The rows, each cell that is merged with one above it holding what that one shows."""
    held: dict[int, tuple[Any, int]] = {}
    for number, row in enumerate(rows, 1):
        for column, last in merged.get(number, ()):
            if column < len(row):
                held[column] = row[column], last
        if not held:
            yield row
            continue
        held = {column: (value, last) for column, (value, last) in held.items() if last >= number}
        if any(cell is not None for cell in row):
            cells = [*row, *[None] * (max(held, default=-1) + 1 - len(row))]
            for column, (value, _) in held.items():
                cells[column] = value
            yield tuple(cells)
        else:
            yield row


def as_text(cell: Any) -> str:
    """A value as the text that the rest of the house reads."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="microseconds" if cell.microsecond else "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
