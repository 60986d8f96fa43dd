"""Which rows of a table name its columns? Titles, periods and blank rows may stand above them, and groups over them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ketenreis.events.times import guess

MOST = 50
"""Rows among which the one with column names is looked for."""
LOOKED_AT = 500
_ENOUGH = 0.6
"""Share of the usual number of filled cells that a heading has; a title has less."""
_SAYS_LITTLE = re.compile(r"(nr|no|nummer|number|id|code|naam|name)\.?", re.IGNORECASE)

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a table begins.

    Attributes:
        above: Rows above it that are no part of the table.
        height: Rows of the heading: 0, 1, or 2 when columns are grouped.
        names: What it calls the columns; empty for none.
    """

    above: int
    height: int
    names: tuple[str, ...]


def find_heading(rows: Sequence[Row]) -> Heading:
    """The heading of a table.

    Args:
        rows: From its begin, as texts.

    Example:
        >>> find_heading([["Zaken 2024"], ["zaak", "wat", "wanneer"], ["1", "a", "1-2-2024"]])
        Heading(above=1, height=1, names=('zaak', 'wat', 'wanneer'))
    """
    if not rows:
        return Heading(0, 0, ())
    usual = _usual([_filled(row) for row in rows[:LOOKED_AT]])
    first = next((i for i, row in enumerate(rows[:MOST]) if _filled(row) >= max(1, _ENOUGH * usual)), 0)
    if not names_columns(rows[first]):
        first = 0  # nothing above it names columns either
        if not names_columns(rows[0]):
            return Heading(0, 0, ())
    if first + 2 < len(rows) and _groups(rows, first, usual):
        return Heading(first, 2, _joined(rows[first], rows[first + 1]))
    ruled = (
        first + 1 < len(rows)
        and all(cell.strip("-= ") == "" for cell in rows[first + 1])
        and _filled(rows[first + 1])
    )
    return Heading(first, 2 if ruled else 1, tuple(rows[first]))


def names_columns(row: Row) -> bool:
    """Whether a row may name columns: none of its cells is a time, and few are numbers."""
    cells = [cell.strip() for cell in row]
    if any(guess([cell]).formats for cell in cells if cell):
        return False
    numbers = sum(bool(re.fullmatch(r"-?\d+([.,]\d+)?", cell)) for cell in cells)
    return numbers == 0 or numbers < len(cells) / 2


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _usual(filled: Sequence[int]) -> int:
    """How many cells of a row are usually filled."""
    counted = Counter(filled)
    return max(counted, key=lambda each: (counted[each], each))


def _groups(rows: Sequence[Row], first: int, usual: int) -> bool:
    """Whether a row names groups of columns, and the row below it the columns."""
    group, names, data = rows[first : first + 3]
    gaps = len(names) - _filled(group)
    if gaps < 1 or _filled(names) < 0.9 * usual or _filled(names) <= _filled(group):
        return False
    again = any(
        names[i] and row[i : i + 1] == [names[i]]
        for row in rows[first + 2 : LOOKED_AT]
        for i in range(len(names))
    )
    return names_columns(names) and not names_columns(data) and not again


def _joined(group: Row, names: Row) -> tuple[str, ...]:
    """Names of columns, with that of their group where they would say too little."""
    joined, over = [], ""
    often = Counter(name.strip().lower() for name in names)
    for i, name in enumerate(names):
        over = (group[i].strip() if i < len(group) else "") or over
        alone = (
            bool(name.strip())
            and often[name.strip().lower()] == 1
            and not _SAYS_LITTLE.fullmatch(name.strip())
        )
        joined.append(name if alone else f"{over} {name}".strip())
    return tuple(joined)
