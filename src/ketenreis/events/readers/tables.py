"""How does what Python reads come to the engine? As CSV parts of its own making, all text, in constant memory."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events.engine import name as quoted
from ketenreis.events.readers.sample import Column, Form, Refusal, Sample, Source, unique_names
from ketenreis.events.times import literal

BATCH = 5_000
ROWS = 5_000
MOST_COLUMNS = 1_500
"""More columns than any log has: a turned or broken table, or one made to do harm."""
_WIDE = 300_000
"""Characters in a row from which the engine needs a larger buffer."""
_LINE = 256_000_000
_NUMBER = quoted("the number of a row")
_USUAL = "max_line_size = 4000000"


def refuse_width(columns: int, where: object) -> None:
    """Refuses a table that is too wide to be a log.

    Raises:
        UnreadableFileError: It has more than MOST_COLUMNS columns.
    """
    if columns > MOST_COLUMNS:
        raise UnreadableFileError(
            f"{where} has {columns} columns; a log has no more than {MOST_COLUMNS}. Is the table turned on its side? "
            "Leave columns out and import again."
        )


class Table:
    """Rows written to CSV parts; a new part begins where new columns turn up."""

    def __init__(self, folder: Path, name: str, columns: Iterable[str] = ()) -> None:
        """Starts with no rows, and the columns that are known already."""
        self.folder, self.name = folder, name
        self._stored = {column: column for column in columns}
        self.parts: list[tuple[Path, list[str]]] = []
        self.rows = 0
        self.wide = False
        self._file: IO[str] | None = None
        self._waiting: list[dict[str, str]] = []

    @property
    def stored(self) -> Mapping[str, str]:
        """The column in which each name stands."""
        return self._stored

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns so far; one that differs from another in capitals only has a number, for the engine sees none."""
        return tuple(self._stored.values())

    def add(self, row: dict[str, str]) -> None:
        """Takes one row: texts by column; NUL bytes are left out."""
        self._waiting.append(row)
        self.rows += 1
        size = sum(map(len, row.values()))
        if size > _WIDE:
            self.wide = True
            if size * 3 > _LINE:
                raise UnreadableFileError(
                    f"A row of {self.folder.parent.name} holds {size} characters: that is no log."
                )
            self.flush()
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Writes what is waiting."""
        known = len(self._stored)
        for row in self._waiting:
            if not row.keys() <= self._stored.keys():
                names = [*self._stored, *(each for each in row if each not in self._stored)]
                refuse_width(len(names), self.folder.parent.name)
                self._stored = dict(zip(names, unique_names(names), strict=True))
        if self._file is None or len(self._stored) > known:
            self.close()
            path = self.folder / f"{self.name}-{len(self.parts)}.csv"
            self.parts.append((path, list(self.columns)))
            self._file = path.open("w", encoding="utf-8", errors="replace", newline="")
        writer = csv.writer(self._file, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        written = tuple(self._stored)
        writer.writerows(
            [
                [value.replace("\x00", "") if (value := row.get(c)) else None for c in written]
                for row in self._waiting
            ]
        )
        self._waiting = []

    def close(self) -> None:
        """Ends the current part."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def relation(self) -> str:
        """SQL of the rows written so far, as one table in their order."""
        self.flush()
        self.close()
        size = (
            f"max_line_size = {_LINE}, buffer_size = {2 * _LINE}, parallel = false" if self.wide else _USUAL
        )
        reads = [
            f"SELECT * FROM read_csv({literal(str(path))}, auto_detect = false, header = false, delim = ',', "
            f"quote = '\"', escape = '\"', {size}, columns = {{{_typed(columns)}}})"
            for path, columns in self.parts
        ]
        return f"({' UNION ALL BY NAME '.join(reads)})"


def _typed(columns: Sequence[str]) -> str:
    return ", ".join(f"{literal(column)}: 'VARCHAR'" for column in columns)


def as_parquet(con: duckdb.DuckDBPyConnection, relation: str, target: Path) -> str:
    """Writes a relation as Parquet, and gives SQL that reads it."""
    con.execute(f"COPY (SELECT * FROM {relation} AS rows_read) TO {literal(str(target))} (FORMAT parquet)")
    return f"(SELECT * FROM read_parquet({literal(str(target))}))"


def source_of(
    con: duckdb.DuckDBPyConnection,
    relation: str,
    columns: Sequence[str],
    form: Form,
    notes: dict[str, object],
) -> Source:
    """A relation of texts, with rows from its begin, and some from all of it, as a sample."""
    asked = ", ".join(f"COALESCE({quoted(column)}, '')" for column in columns)
    rows = con.execute(f"SELECT {asked} FROM {relation} AS log LIMIT {ROWS}").fetchall()
    if len(rows) == ROWS:
        (whole,) = con.execute(f"SELECT count(*) FROM {relation} AS log").fetchall()[0]
        numbered = f"SELECT row_number() OVER () AS {_NUMBER}, * FROM {relation} AS log"
        some = f"{_NUMBER} > {ROWS} AND {_NUMBER} % {-(-whole // ROWS)} = 0"
        rows += con.execute(f"SELECT {asked} FROM ({numbered}) AS log WHERE {some}").fetchall()
    found = tuple(Column(column, tuple(row[i] for row in rows)) for i, column in enumerate(columns))

    def refused() -> tuple[dict[str, int], list[Refusal]]:
        return {}, []

    return Source(Sample(found, form, first_line=1), f"{relation} AS log", refused, notes)
