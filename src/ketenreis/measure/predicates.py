"""Writes conditions and event classes as SQL that any engine reads, with the same three answers as in Python."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from ketenreis.conditions import All, Any_, Comparison, Condition, Missing, Name, Not, OneOf
from ketenreis.conditions import names as names_in
from ketenreis.conditions.tree import Literal as Written
from ketenreis.conditions.tree import answer
from ketenreis.errors import UnknownAttributeError
from ketenreis.measure.log import Column, Log
from ketenreis.quantity import Duration
from ketenreis.requirements import EventClass

UNKNOWN_CODE = -1
"""A code that no value has: comparing with it is false, and unknown where the value is missing."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition as SQL.

    Attributes:
        label: Holds or not, never unknown: whether the event has the right label.
        condition: What must also hold; may be unknown. None when nothing more is asked.
    """

    label: str
    condition: str | None = None

    @property
    def holds(self) -> str:
        """True for an event that certainly belongs; unknown or false for the rest."""
        return self.label if self.condition is None else f"{self.label} AND ({self.condition})"

    @property
    def unknown(self) -> str | None:
        """True for an event that may or may not belong; None when that cannot be."""
        return None if self.condition is None else f"{self.label} AND ({self.condition}) IS NULL"


def event_class(
    events: EventClass, log: Log, zone: ZoneInfo, alias: str = "e", *, label: str = "activity"
) -> Predicate:
    """The predicate of an event class on a row of events; `label` names the column of activity codes.

    An element that no label is mapped to has no events: its predicate is never true.
    """
    if not events.elements:
        is_there = f"{alias}.{label} IS NOT NULL" if label != "activity" else "1 = 1"
    else:
        is_there = label_in(f"{alias}.{label}", events, log)
    condition = None if events.where is None else condition_sql(events.where, log, zone, {"": alias})
    return Predicate(is_there, condition)


def is_one_of(value: str, codes: Collection[int]) -> str:
    """Whether a value, as SQL, is one of some codes; of none it never is."""
    return f"{value} IN ({', '.join(map(str, codes or (UNKNOWN_CODE,)))})"


def label_in(label: str, events: EventClass, log: Log) -> str:
    """Whether a label, as SQL, is one of an event class that names elements."""
    return is_one_of(label, codes_of(events, log))


def codes_of(events: EventClass, log: Log) -> tuple[int, ...]:
    """The activity codes of an event class that names elements, in order."""
    found = [log.classes[element] for element in events.elements if element in log.classes]
    return tuple(
        sorted(
            {
                code
                for codes in found
                for code in (codes.start if events.moment == "start" else codes.complete)
            }
        )
    )


def uses_case(condition: Condition | None, log: Log) -> bool:
    """Whether a condition looks at an attribute of the case."""
    return condition is not None and any(
        log.column(name.attribute).level == "case" for name in names_in(condition)
    )


def condition_sql(
    condition: Condition, log: Log, zone: ZoneInfo, aliases: Mapping[str, str], case_alias: str = "k"
) -> str:
    """Writes a condition; true, false, or NULL where a missing value leaves it open.

    Args:
        condition: The tree.
        log: Where attributes are looked up.
        zone: The time zone in which a date in the condition begins.
        aliases: The table alias of the events that "a", "b" and "" stand for; without one, only case attributes are allowed.
        case_alias: The table alias of the cases.
    """

    def place(name: Name) -> tuple[Column, str]:
        column = log.column(name.attribute)
        if column.level == "case":
            return column, f"{case_alias}.{column.column}"
        if name.of not in aliases:
            raise UnknownAttributeError(
                f"{name.attribute!r} belongs to events, not to the case of {log.object!r}: it cannot choose cases."
            )
        return column, f"{aliases[name.of]}.{column.column}"

    def write(part: Condition) -> str:
        match part:
            case Missing(left):
                return f"{place(left)[1]} IS NULL"
            case Not(inner):
                return f"NOT ({write(inner)})"
            case All(parts):
                return " AND ".join(f"({write(one)})" for one in parts)
            case Any_(parts):
                return " OR ".join(f"({write(one)})" for one in parts)
            case OneOf(left, values):
                return " OR ".join(f"({_against(*place(left), '=', value, zone)})" for value in values)
            case Comparison(left, operator, Name() as right):
                return _between(*place(left), operator, *place(right))
            case Comparison(left, operator, value) if not isinstance(value, Name):
                return _against(*place(left), operator, value, zone)
        raise TypeError(part)

    return write(condition)


def _against(column: Column, at: str, operator: str, value: Written, zone: ZoneInfo) -> str:
    """An attribute against a value written in the condition."""
    if column.type == "category":
        codes = [code for code, text in enumerate(column.values) if _holds(text, operator, value)]
        return is_one_of(at, codes)
    number = _moment(value, zone) if column.type == "moment" else _scaled(value, column.scale)
    if number is None:  # a text that no number equals: unequal to all, and neither above nor below
        return f"{at} IS NOT NULL OR {at} <> 0" if operator == "!=" else f"{at} <> {at}"
    return f"{at} {'<>' if operator == '!=' else operator} {number}"


def _holds(text: str, operator: str, value: Written) -> bool:
    name = Name("value")
    return answer(Comparison(name, operator, value), {name: text}.__getitem__) is True


def _between(left: Column, left_at: str, operator: str, right: Column, right_at: str) -> str:
    """One attribute against another."""
    sign = "<>" if operator == "!=" else operator
    for column, at in ((left, left_at), (right, right_at)):
        if column.is_empty:
            return f"{at} <> {at}"
    if left.type != right.type:
        raise UnknownAttributeError(
            f"{left.name!r} and {right.name!r} are of different types: they cannot be compared."
        )
    if left.type == "number":
        scale = max(left.scale, right.scale)
        return f"{_times(left_at, scale - left.scale)} {sign} {_times(right_at, scale - right.scale)}"
    if left.type == "moment" or (left.values == right.values and operator in ("=", "!=")):
        return f"{left_at} {sign} {right_at}"
    # Codes of different dictionaries say nothing to each other, and their order is not that of the texts.
    texts = sorted({*left.values, *right.values})
    return f"{_ranked(left_at, left.values, texts)} {sign} {_ranked(right_at, right.values, texts)}"


def _ranked(at: str, values: tuple[str, ...], texts: list[str]) -> str:
    rank = {text: number for number, text in enumerate(texts)}
    return f"CASE {' '.join(f'WHEN {at} = {code} THEN {rank[text]}' for code, text in enumerate(values))} END"


def _times(at: str, power: int) -> str:
    return f"{at} * {10**power}" if power else at


def _scaled(value: Written, scale: int) -> str | None:
    """A number as it is stored; a duration counts in microseconds."""
    if isinstance(value, Duration):
        return str(value.microseconds)
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(value) * 10**scale
    except InvalidOperation:
        return None
    return str(int(number)) if number == number.to_integral_value() else f"{number:f}"


def _moment(value: Written, zone: ZoneInfo) -> str | None:
    """A date or time written in the condition, as microseconds; a date begins at local midnight."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return str(microseconds(local))


def microseconds(moment: datetime) -> int:
    """A moment as whole microseconds since 1970 UTC, without the rounding of floating point."""
    since = moment - datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
