"""What do the sampled values of a column show, whatever it is called?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ketenreis.events import vocabulary
from ketenreis.events.readers.sample import Column
from ketenreis.events.times import Writing, guess


@dataclass(frozen=True, slots=True)
class Look:
    """What the sampled values of one column show.

    Attributes:
        column: The column.
        filled: Share of the rows that have a value.
        distinct: Different values.
        rows: Sampled rows.
        times: How its values are written as times.
        numeric: Whether all are numbers.
        lists: Whether all are lists.
        length: Mean length of a value in characters.
    """

    column: Column
    filled: float
    distinct: int
    rows: int
    times: Writing
    numeric: bool
    lists: bool
    length: float

    @property
    def name(self) -> str:
        """The column as the file names it."""
        return self.column.name

    @property
    def is_time(self) -> bool:
        """Whether its values are times."""
        return self.column.kind == "moment" or self.times.share > 0.9

    @property
    def is_mostly_time(self) -> bool:
        """Whether its values are times, with words in between such as “see file”."""
        return self.is_time or (self.filled > 0 and self.times.share > 0.5)


def look_at(column: Column) -> Look:
    """Looks at the sampled values of a column."""
    filled = column.filled
    some = column.some()
    epochs = vocabulary.points("time", column.name) >= 70
    readable = column.kind == "text" or (column.kind == "number" and epochs)
    times = guess(may_be_dates(some), epochs=epochs) if readable else Writing()
    return Look(
        column,
        len(filled) / len(column.values) if column.values else 1.0,
        len(set(filled)),
        len(column.values),
        times,
        column.kind == "number" or _is_numeric(some[:300]),
        bool(some) and all(value.strip().startswith(("[", "(")) for value in some[:300]),
        sum(map(len, some)) / len(some) if some else 0.0,
    )


def may_be_dates(values: Sequence[str]) -> list[str]:
    """The values without what stands in a column of dates where there is none."""
    return [
        value
        for value in values
        if value not in vocabulary.MISSING and not vocabulary.NO_DATE.fullmatch(value)
    ]


def _is_numeric(values: Sequence[str]) -> bool:
    """Whether all values are numbers but for marks that mean there is none."""
    said = [value for value in values if value not in vocabulary.MISSING]
    return bool(said) and all(map(is_number, said))


def is_number(value: str) -> bool:
    """Whether a text is a number, with a point or a comma."""
    value = value.strip()
    try:
        float(value.replace(",", ".", 1))
    except ValueError:
        return False
    return value[:1].isdigit() or value[:1] == "-"


def counts_rows(look: Look) -> bool:
    """Whether a nameless column only numbers the rows."""
    return look.numeric and look.distinct == look.rows and look.filled == 1.0


def changes_within(look: Look, case: Look) -> float:
    """Share of the sampled cases with several rows in which a column changes."""
    per_case: dict[str, set[str]] = {}
    rows: Counter[str] = Counter()
    for key, value in zip(case.column.values, look.column.values, strict=True):
        per_case.setdefault(key, set()).add(value)
        rows[key] += 1
    several = [key for key, times in rows.items() if times > 1]
    return sum(len(per_case[key]) > 1 for key in several) / len(several) if several else 0.5
