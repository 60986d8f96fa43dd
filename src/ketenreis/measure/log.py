"""What the engine must know of one object type's events: which columns there are, and which codes stand for which class."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from ketenreis.errors import UnknownAttributeError

ColumnType = Literal["category", "number", "moment"]


@dataclass(frozen=True, slots=True)
class Column:
    """One attribute as it is stored.

    Attributes:
        name: As people know it.
        column: Name of its column.
        type: A category is a code into `values`; a number is scaled by 10^scale; a moment is microseconds UTC.
        level: Whether it stands on the events or on the case.
        values: The texts of a category's codes; code 0 is the first.
        personal: Whether it stands for a person: nothing is ever split by it.
    """

    name: str
    column: str
    type: ColumnType
    level: Literal["case", "event"]
    scale: int = 0
    values: tuple[str, ...] = ()
    personal: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it never has a value: then its type cannot be told, and it may stand for any."""
        return self.type == "category" and not self.values


@dataclass(frozen=True, slots=True)
class Log:
    """The events of one object type, as the engine sees them.

    Attributes:
        object: Name of the type.
        cases: Number of cases.
        first_us, last_us: Time of the first and the last event.
        end_of_file: Whether every case counts as closed at now.
        columns: The attributes by every name they go by.
        labels: The label of each activity code.
        classes: For each element the codes of its events, and the codes of its beginnings.
        largest: Events of the largest case; 0 when it is not known.
        channel: Name of the attribute whose previous value is stored beside each event, if there is one.
    """

    object: str
    cases: int
    first_us: int
    last_us: int
    end_of_file: bool
    columns: Mapping[str, Column]
    labels: tuple[str, ...]
    classes: Mapping[str, "Codes"]
    largest: int = 0
    channel: str | None = None

    def column(self, name: str) -> Column:
        """The attribute of that name; UnknownAttributeError names the nearest."""
        if name in self.columns:
            return self.columns[name]
        near = get_close_matches(name, self.columns, 3, 0.5) or sorted(self.columns)[:6]
        raise UnknownAttributeError(
            f"The events of {self.object!r} have no attribute {name!r}. "
            + (f"They have: {', '.join(near)}." if near else "They have no attributes at all.")
        )


@dataclass(frozen=True, slots=True)
class Codes:
    """The activity codes of one element: of what it completes, and of what it starts."""

    complete: tuple[int, ...] = ()
    start: tuple[int, ...] = ()
