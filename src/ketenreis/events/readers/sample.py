"""What does a file look like before it is read? Its columns and some of its rows, from whichever format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

LOOKED_AT = 2000
"""So many values show how a column is written."""

Kind = Literal["text", "number", "moment", "truth"]
"""text: to be read by us; the others: the file itself says so (Parquet)."""

Form = Literal["csv", "parquet", "xes", "xlsx", "ocel", "sqlite", "postgres"]
"""Where a table comes from."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the file names it, with values of sampled rows ("" for none)."""

    name: str
    values: tuple[str, ...] = ()
    kind: Kind = "text"
    zoned: bool = False

    @property
    def filled(self) -> list[str]:
        """The sampled values that are not empty."""
        return [value for value in self.values if value.strip()]

    def some(self, wanted: Callable[[str], object] = str.strip) -> list[str]:
        """So many of the values that are wanted as it takes to tell how they are written: spread over all rows that were sampled."""
        found = [value for value in self.values if wanted(value)]
        return found[:: -(-len(found) // LOOKED_AT) or 1]


@dataclass(frozen=True, slots=True)
class Sample:
    """A file's columns and what its format needs to be read.

    Attributes:
        columns: With values of the same sampled rows, in file order.
        form: Where it comes from.
        separator: Of a CSV.
        quote: Of a CSV.
        encoding: Of a CSV.
        header: Whether a CSV's first row names its columns.
        ragged: Some sampled rows have fewer fields than the header.
        first_line: Line of the first row of data.
        nul_bytes: The file holds NUL bytes.
        escape: What makes a quote inside a field of a CSV no end of it: the quote itself, or a backslash.
        above: Lines above the row of a CSV that names its columns.
        mixed_ends: Lines of a CSV end in more than one way.
        blank: Rows of a sheet that hold nothing, between those of data.
    """

    columns: tuple[Column, ...]
    form: Form
    separator: str = ","
    quote: str = '"'
    encoding: str = "utf-8"
    header: bool = True
    ragged: bool = False
    first_line: int = 2
    nul_bytes: bool = False
    escape: str = '"'
    above: int = 0
    mixed_ends: bool = False
    blank: tuple[int, ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of that name, if there is one."""
        return next((each for each in self.columns if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that could not be taken in: where, why, and what it looks like."""

    line: int | None
    reason: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file made ready for the engine.

    Attributes:
        sample: What it looks like.
        relation: SQL that stands in FROM and gives its columns in file order.
        refused: Asked after reading: how many rows the format itself refused, by reason, with examples.
        notes: What the reader has to tell, by name, for the quality report.
    """

    sample: Sample
    relation: str
    refused: Callable[[], tuple[dict[str, int], Sequence[Refusal]]]
    notes: dict[str, object]


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Column names without gaps or doubles.

    Example:
        >>> unique_names(["a", "", "a", "A"])
        ('a', 'column_2', 'a_2', 'A_3')
    """
    seen: dict[str, int] = {}
    unique: list[str] = []
    for i, raw in enumerate(names):
        name = raw.strip() or f"column_{i + 1}"
        times = seen[name.lower()] = seen.get(name.lower(), 0) + 1  # DuckDB takes no heed of case
        unique.append(name if times == 1 else f"{name}_{times}")
    return tuple(unique)
