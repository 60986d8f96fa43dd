"""How do rows of which the columns are not known beforehand become a table? As text parts, one for each set of columns."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from ketenreis.events.engine import name as quoted
from ketenreis.events.readers.sample import unique_names
from ketenreis.events.readers.usual_events import SEPARATOR, Usual
from ketenreis.events.times import literal

Cells = dict[str, str]
"""A row's values by column."""

_SPECIAL = ('"', "\n", "\r", SEPARATOR)


@dataclass(frozen=True, slots=True)
class Run:
    """Usual events that follow each other in one trace: from one number to before another, and what all of them share."""

    usual: Usual
    begin: int
    stop: int
    shared: Cells


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that were written: the parts with their columns, and all columns in the order in which rows named them."""

    parts: tuple[tuple[Path, tuple[str, ...]], ...]
    columns: tuple[str, ...]

    def relation(self) -> str:
        """SQL that reads the parts as one table, in their order; names that differ in capitals only get a number."""
        names = dict(zip(self.columns, unique_names(self.columns), strict=True))
        reads = []
        for path, columns in self.parts:
            listed = ", ".join(f"{literal(names[column])}: 'VARCHAR'" for column in columns)
            reads.append(
                f"SELECT * FROM read_csv({literal(str(path))}, auto_detect = false, header = false, "
                f"delim = {literal(SEPARATOR)}, quote = '\"', escape = '\"', columns = {{{listed}}}, "
                "max_line_size = 64000000)"
            )
        asked = ", ".join(map(quoted, names.values()))
        return f"(SELECT {asked} FROM ({' UNION ALL BY NAME '.join(reads)}) AS parts) AS log"


class Parts:
    """Writes rows to text parts in their order; a new part begins where new columns turn up."""

    def __init__(self, folder: Path) -> None:
        self._parts: list[tuple[Path, tuple[str, ...]]] = []
        self._columns: dict[str, None] = {}
        self._folder = folder
        self._file: IO[str] | None = None
        self._rows: list[Cells | Run] = []
        self._usual = Usual()
        self._keys: tuple[str, ...] = ()
        self._others: list[str] = []

    def add(self, row: Cells | Run) -> None:
        """Takes a row, or many; what is taken is written at `flush`."""
        if isinstance(row, Run) and row.usual is not self._usual:
            self.flush()
            self._usual = row.usual
        self._rows.append(row)

    def flush(self) -> None:
        """Writes what was taken."""
        if not self._rows:
            return
        news = self._news()
        if news or self._file is None or self._usual.keys != self._keys:
            self._columns.update(dict.fromkeys(news))
            self._file = self._begin()
        alone = len(self._keys) + len(self._others) == 1
        lines = self._usual.lines
        for row in self._rows:
            if isinstance(row, Run):
                ends = "".join(SEPARATOR + _quoted(row.shared.get(each, "")) for each in self._others) + "\n"
                self._file.write(ends.join(lines[row.begin : row.stop]) + ends)
            else:
                line = SEPARATOR.join([_quoted(row.get(each, "")) for each in (*self._keys, *self._others)])
                self._file.write((line or '""' if alone else line) + "\n")
        self._rows.clear()

    def _news(self) -> list[str]:
        """Columns that were not known yet, in the order of the rows."""
        known = self._columns.keys()
        cells = (row.shared if isinstance(row, Run) else row for row in self._rows)
        if known >= set(self._usual.keys) and all(each.keys() <= known for each in cells):
            return []
        first = {
            key: next((i for i, value in enumerate(column) if value is not None), -1)
            for key, column in zip(self._usual.keys, self._usual.columns, strict=True)
        }
        found: dict[str, None] = {}
        for row in self._rows:
            if isinstance(row, Run):
                mine = [key for key in first if row.begin <= first[key] < row.stop]
                at_begin = [key for key in mine if first[key] == row.begin]
                found.update(dict.fromkeys([*at_begin, *row.shared, *sorted(mine, key=first.__getitem__)]))
            else:
                found.update(dict.fromkeys(row))
        found.update(dict.fromkeys(self._usual.keys))
        return [each for each in found if each not in known]

    def _begin(self) -> IO[str]:
        """Opens the next part, for rows with the keys of now."""
        self._close()
        self._keys = self._usual.keys
        self._others = [each for each in self._columns if each not in set(self._keys)]
        path = self._folder / f"part-{len(self._parts)}.txt"
        self._parts.append((path, (*self._keys, *self._others)))
        return path.open("w", encoding="utf-8", newline="")

    def table(self) -> Table:
        """Everything that was taken."""
        self.flush()
        self._close()
        return Table(tuple(self._parts), tuple(self._columns))

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes what is open."""
        self._close()


def _quoted(value: str) -> str:
    """A value as it stands in a part."""
    return '"' + value.replace('"', '""') + '"' if any(each in value for each in _SPECIAL) else value
