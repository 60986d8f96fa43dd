"""How does a table stand in a terminal: aligned, never too wide, and in colour only where somebody looks?"""

import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

from ketenreis.render.blocks import Bar, Cell, Chip, Column, Link, Span, Stack, Table, Tone

WIDTH = 100
"""A table is never wider than this."""

_GAP = "  "
_NARROWEST = 12
"""The first column, which wraps, keeps at least this."""
_PAINT: dict[Tone, str] = {"good": "32", "bad": "31", "warn": "33", "unknown": "2"}


def lines(table: Table, *, width: int = WIDTH, colour: bool = False) -> list[str]:
    """Aligns a table.

    Args:
        table: Its cells are texts and verdicts; drawings are left out.
        width: How many characters fit on a line; the first column wraps to keep to it.
        colour: Whether verdicts are coloured for a terminal.

    Returns:
        The lines: the names of the columns, a rule, and the rows.

    Example:
        >>> from ketenreis.render.blocks import Chip, Column, Table
        >>> columns = (Column("Requirement"), Column("Verdict"), Column("n", number=True))
        >>> rows = (("On time", Chip("✓", "met", "good"), "1,434"),)
        >>> print(*lines(Table("", columns, rows)), sep="|")
        Requirement  Verdict      n|───────────  ───────  ─────|On time      ✓ met    1,434
    """
    kept = [index for index, column in enumerate(table.columns) if not column.drawing]
    columns = [table.columns[index] for index in kept]
    rows = [[(plain(row[index]), _tone(row[index])) for index in kept] for row in table.rows]
    wide = [
        max(wide_as(text) for text in (column.name, *(row[at][0] for row in rows)))
        for at, column in enumerate(columns)
    ]
    rest = sum(wide[1:]) + len(_GAP) * (len(wide) - 1)
    wide[0] = min(wide[0], max(_NARROWEST, width - rest))
    head = _row([(column.name, "") for column in columns], columns, wide, colour=False)
    body = [line for row in rows for line in _row(row, columns, wide, colour=colour)]
    return [*head, _GAP.join("─" * each for each in wide), *body]


def fitting(name: str, most: int = 80) -> str:
    """A name from a file as it fits on a line, without anything a terminal would obey.

    Example:
        >>> fitting("Besluit"), fitting("x" * 200, 5)
        ('Besluit', 'xxxx…')
    """
    return plain(name if len(name) <= most else f"{name[: most - 1]}…")


def plain(cell: Cell) -> str:
    r"""What a cell says, on one line, without anything a terminal would obey.

    Example:
        >>> plain(Chip("✕", "not met", "bad")), plain("Jan\x1b[31m")
        ('✕ not met', 'Jan�[31m')
    """
    match cell:
        case str():
            said = cell
        case Chip(shape, word):
            said = f"{shape} {word}"
        case Link(text):
            said = text
        case Stack(main, small):
            said = f"{plain(main)} {small}".strip()
        case Bar() | Span():
            said = ""
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(said.splitlines()))


def wide_as(text: str) -> int:
    """How many places a text takes: two for wide letters, none for marks on a letter.

    Example:
        >>> wide_as("naïef"), wide_as("日本"), wide_as("e\u0301")
        (5, 4, 1)
    """
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def wrapped(text: str, *, width: int = WIDTH, indent: str = "") -> list[str]:
    """A sentence over as many lines as it needs."""
    return [indent + line for line in folded(plain(text), width - len(indent))]


def folded(text: str, width: int) -> list[str]:
    """A text over lines of so many places, broken between words where that can be.

    Example:
        >>> folded("on the promised day", 9), folded("日本日本", 4), folded("", 4)
        (['on the', 'promised', 'day'], ['日本', '日本'], [''])
    """
    found = [""]
    for word in text.split():
        if found[-1] and wide_as(f"{found[-1]} {word}") <= width:
            found[-1] += f" {word}"
            continue
        if found[-1]:
            found.append("")
        for letter in word:
            if wide_as(found[-1] + letter) > width:
                found.append("")
            found[-1] += letter
    return found


def painted(text: str, tone: Tone) -> str:
    """A text in the colour of its tone, for a terminal."""
    return f"\x1b[{_PAINT[tone]}m{text}\x1b[0m" if tone in _PAINT else text


def _tone(cell: Cell) -> Tone:
    return cell.tone if isinstance(cell, Chip) else ""


def _row(
    cells: Sequence[tuple[str, Tone]], columns: Sequence[Column], wide: Sequence[int], *, colour: bool
) -> list[str]:
    """One row; its first cell may take several lines, its other cells stand on the first."""
    first = folded(cells[0][0], wide[0])
    others = []
    for (text, tone), column, width in zip(cells[1:], columns[1:], wide[1:], strict=True):
        room = " " * (width - wide_as(text))
        said = painted(text, tone) if colour else text
        others.append(room + said if column.number else said + room)
    drawn: list[str] = []
    for name, rest in zip_longest(first, [_GAP.join(others)], fillvalue=""):
        gap = " " * (wide[0] - wide_as(name))
        drawn.append(f"{name}{gap}{_GAP}{rest}".rstrip() if rest else name)
    return drawn
