"""What stands in which column of a table that somebody pasted, with or without a header, in Dutch or English?"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from ketenreis.findings import Finding, Level, Place

MAX_ROWS, MAX_CELL = 5_000, 2_000
"""More rows than anyone pastes; more letters than anyone writes in one cell."""
TITLES = 5
"""So many lines may stand above the header."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a pasted table.

    Attributes:
        name: What it is called in the code.
        nl, en: What people write above it, the usual word first.
        many: Whether a cell may hold several, each on a line of its own or behind a semicolon.
    """

    name: str
    nl: tuple[str, ...]
    en: tuple[str, ...]
    many: bool = False


PROCESS_COLUMNS: tuple[Column, ...] = (
    Column("activity", ("activiteit", "taak", "handeling", "processtap", "stap", "wat"), ("activity", "task", "process step", "step", "what")),
    Column("role", ("rol", "wie", "functie", "uitvoerder", "door"), ("role", "who", "performer", "by"), many=True),
    Column("system", ("systeem", "applicatie", "hulpmiddel"), ("system", "application", "tool"), many=True),
    Column("input", ("invoer", "nodig", "input"), ("input", "needs", "takes"), many=True),
    Column("output", ("uitkomst", "uitvoer", "resultaat", "output"), ("output", "result", "yields"), many=True),
    Column("minutes", ("minuten", "tijd", "duur", "bewerkingstijd"), ("minutes", "time", "duration", "work time")),
)  # fmt: skip
"""A process: one activity a line, in the order in which work flows."""

STEP_COLUMNS: tuple[Column, ...] = (
    Column("phase", ("fase",), ("phase", "stage")),
    Column("step", ("stap", "klantstap", "moment"), ("step", "moment")),
    Column("action", ("wat de klant doet", "klant doet", "handeling", "actie"), ("what the customer does", "customer does", "action", "doing")),
    Column("touchpoint", ("contactmoment", "contactpunt", "touchpoint"), ("touchpoint", "contact"), many=True),
    Column("channel", ("kanaal",), ("channel",)),
    Column("question", ("klantvraag", "vraag", "vragen", "klantvragen"), ("question", "questions"), many=True),
    Column("wish", ("wens", "wensen", "behoefte", "klantwens"), ("wish", "wishes", "need"), many=True),
    Column("feeling", ("beleving", "gevoel", "emotie", "score"), ("feeling", "experience", "emotion", "score")),
    Column("pain_point", ("pijnpunt", "pijnpunten", "ergernis"), ("pain point", "pain points", "pain"), many=True),
)  # fmt: skip
"""A journey: one step a line; a phase holds until the next is named."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: the text of each cell that is filled in, by column, and what the table itself calls each column."""

    number: int
    cells: Mapping[str, str]
    headings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, column: str) -> str:
        """The text of a cell on one line; empty when nothing is there."""
        return " ".join(self.cells.get(column, "").split())

    def parts(self, column: str) -> tuple[str, ...]:
        """The texts of a cell that may hold several."""
        found = (
            " ".join(part.split()).lstrip("-•*· ") for part in re.split(r"[;\n]", self.cells.get(column, ""))
        )
        return tuple(dict.fromkeys(part for part in found if part))


@dataclass(frozen=True, slots=True)
class Table:
    """A pasted table as it was understood.

    Attributes:
        columns: The name of the column at each place; empty for one that is not used.
        lines: What stands below the header.
        findings: What was not understood, each with its line.
        has_header: Whether the first line names the columns.
    """

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    has_header: bool


def read_columns(text: str, columns: Sequence[Column], file: str = "-") -> Table:
    r"""Reads a pasted table.

    Args:
        text: Lines with cells between tabs, as a spreadsheet copies them; or between semicolons or commas.
        columns: What may stand in it, in the usual order: that is taken where nothing names the columns.
        file: What to call it in findings.

    Example:
        >>> table = read_columns("Wie\tTaak\nBalie\tBoeken\n", PROCESS_COLUMNS)
        >>> table.columns, table.lines[0].cells
        (('role', 'activity'), {'role': 'Balie', 'activity': 'Boeken'})
    """
    rows = _below_titles(list(_rows(text)), columns)
    findings: list[Finding] = []
    if not rows:
        return Table((), (), (_finding("table_empty", file, 1),), has_header=False)
    first, cells = rows[0]
    named = [_column(cell, columns) for cell in cells]
    known = [name for name in named if name]
    has_header = len(known) >= 2 or (len(known) == 1 and sum(bool(cell.strip()) for cell in cells) == 1)
    if has_header:
        places = tuple(name if name not in named[:at] else "" for at, name in enumerate(named))
        for cell, name in zip(cells, places, strict=True):
            if cell.strip() and not name:
                findings.append(_finding("table_column_unknown", file, first, "advice", column=_short(cell)))
    else:
        places = tuple(column.name for column in columns)
    said = (
        {name: _short(cell) for name, cell in zip(places, cells, strict=False) if name} if has_header else {}
    )
    headings = MappingProxyType(said)
    lines: list[Line] = []
    for number, row in rows[1:] if has_header else rows:
        beyond = [cell for cell in row[len(places) :] if cell.strip()]
        if beyond and not has_header:
            findings.append(_finding("table_cell_beyond", file, number, "advice", value=_short(beyond[0])))
        filled = {
            name: cell.strip()[:MAX_CELL]
            for name, cell in zip(places, row, strict=False)
            if name and cell.strip()
        }
        if filled:
            lines.append(Line(number, filled, headings))
    if not lines:
        findings.append(_finding("table_empty", file, first))
    return Table(places, tuple(lines), tuple(findings), has_header)


def _below_titles(
    rows: list[tuple[int, list[str]]], columns: Sequence[Column]
) -> list[tuple[int, list[str]]]:
    """The lines from the header on, where only titles stand above it: a cell or two that name no column."""
    for at, (_, cells) in enumerate(rows[:TITLES]):
        if len({name for cell in cells if (name := _column(cell, columns))}) >= 2:
            return rows[at:]
        if sum(bool(cell.strip()) for cell in cells) > 2:
            break
    return rows


def header_fits(text: str, columns: Sequence[Column]) -> int:
    """How many cells of the first line name one of these columns."""
    rows = _below_titles(list(_rows(text[:10_000])), columns)
    return len({name for cell in rows[0][1] if (name := _column(cell, columns))}) if rows else 0


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, each with its number and its cells."""
    clean = "".join(
        c if c in "\t\n" or unicodedata.category(c) != "Cc" else " "
        for c in text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    )
    head = clean[:2000]
    first = next((line for line in head.split("\n")[:TITLES] if "\t" in line), head.split("\n")[0])
    mark = next((mark for mark in "\t;," if mark in first), "\t")
    if mark == "," and all(
        head_line.count(",") != head.split("\n")[0].count(",") for head_line in head.split("\n")[1:2]
    ):
        mark = "\t"  # a comma in a sentence
    reader = csv.reader(io.StringIO(clean), delimiter=mark)
    number = 1
    try:
        for count, cells in enumerate(reader):
            if count >= MAX_ROWS:
                return
            if any(cell.strip() for cell in cells):
                yield number, cells
            number = reader.line_num + 1
    except csv.Error:
        return


def _column(cell: str, columns: Sequence[Column]) -> str:
    """The column that a header names; empty when it names none."""
    said = re.sub(r"\s*[(\[].*", "", cell).strip(" :*.?\n").casefold()
    said = " ".join(said.replace("_", " ").split())
    for column in columns:
        if said in (*column.nl, *column.en):
            return column.name
    return ""


def _short(text: str) -> str:
    return " ".join(text.split())[:60]


def _finding(name: str, file: str, line: int, level: Level = "error", /, **parameters: str | int) -> Finding:
    return Finding(name, level, parameters=parameters, place=Place(file, line))


def unread(column: Column, line: Line, file: str) -> Finding:
    """A cell that does not hold what its column asks."""
    about = {"column": line.headings.get(column.name, column.nl[0]), "value": _short(line.cells[column.name])}
    return _finding("table_cell_unread", file, line.number, "warning", **about)


_ABOUT = re.compile(r"^(?:±|~|≈|ca\.?|circa|ongeveer|about|approx\.?)\s*", re.IGNORECASE)
_THOUSANDS = re.compile(r"\b\d{1,3}(?:\.\d{3})+,\d")
_MINUTES = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:m|min|mins|minuut|minuten|minute|minutes|'|)\.?", re.IGNORECASE
)
_HOURS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:u|uur|uren|h|hr|hrs|hour|hours)\.?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")


def minutes(text: str) -> Decimal | None:
    """A stretch of work in minutes, as people write it; None when it is not one.

    Example:
        >>> minutes("15 min"), minutes("1,5 uur"), minutes("1:30"), minutes("een poos")
        (Decimal('15'), Decimal('90.0'), Decimal('90'), None)
        >>> minutes("± 3"), minutes("ca. 1.250,5 min")
        (Decimal('3'), Decimal('1250.5'))
    """
    text = _ABOUT.sub("", text)
    if found := _CLOCK.fullmatch(text):
        return Decimal(int(found[1]) * 60 + int(found[2]))
    for form, size in ((_MINUTES, 1), (_HOURS, 60)):
        if found := form.fullmatch(text):
            value = Decimal(found[1].replace(",", ".")) * size
            return value if value < 10**9 else None
    if (bare := _THOUSANDS.sub(lambda found: found[0].replace(".", ""), text)) != text:
        return minutes(bare)
    return None


def feeling(text: str) -> int | None:
    """A feeling from −2 to +2; None when it is not one.

    Example:
        >>> feeling("−1"), feeling("+2"), feeling("7"), feeling("blij")
        (-1, 2, None, None)
    """
    said = text.replace("−", "-").replace("–", "-").replace(" ", "")
    return int(said) if re.fullmatch(r"[+-]?[0-2]", said) else None
