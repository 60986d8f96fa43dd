"""The tree of a condition, its three-valued answer in Python, and its text.

Source:
    Kleene, S. C. (1952), Introduction to Metamathematics, §64: strong three-valued logic.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ketenreis.quantity import Duration

PLAIN = re.compile(r"[^\W\d][\w:\-]*")
"""A name that needs no quotes."""
RESERVED = frozenset({"and", "or", "not", "in", "is", "missing"})
"""Words of the language itself."""
Literal = str | Decimal | Duration | bool
Value = str | int | float | Decimal | bool | None
"""What an attribute may hold; None is a missing value."""


@dataclass(frozen=True, slots=True)
class Name:
    """An attribute. `of` is "a" or "b" where a condition compares two events, else "" for the event itself."""

    attribute: str
    of: str = ""

    def __str__(self) -> str:
        plain = PLAIN.fullmatch(self.attribute) and self.attribute.lower() not in RESERVED
        quoted = self.attribute if plain else f"`{self.attribute}`"
        return f"{self.of}.{quoted}" if self.of else quoted


@dataclass(frozen=True, slots=True)
class Comparison:
    """left = != < <= > >= right; right may be another attribute."""

    left: Name
    operator: str
    right: Name | Literal

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {_written(self.right)}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """name in (value, value)."""

    left: Name
    values: tuple[Literal, ...]

    def __str__(self) -> str:
        return f"{self.left} in ({', '.join(map(_written, self.values))})"


@dataclass(frozen=True, slots=True)
class Missing:
    """name is missing: the one condition that is never unknown."""

    left: Name

    def __str__(self) -> str:
        return f"{self.left} is missing"


@dataclass(frozen=True, slots=True)
class Not:
    """not (condition)."""

    part: "Condition"

    def __str__(self) -> str:
        if isinstance(self.part, Missing):
            return f"{self.part.left} is not missing"
        return f"not ({self.part})" if isinstance(self.part, All | Any_) else f"not {self.part}"


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]

    def __str__(self) -> str:
        return " and ".join(f"({part})" if isinstance(part, Any_) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801  `Any` would hide typing's
    """At least one part holds."""

    parts: tuple["Condition", ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


Condition = Comparison | OneOf | Missing | Not | All | Any_
Lookup = Callable[[Name], Value]


def names(condition: Condition) -> Iterator[Name]:
    """Every attribute the condition looks at, in order of appearance."""
    match condition:
        case Comparison(left, _, right):
            yield left
            if isinstance(right, Name):
                yield right
        case OneOf(left, _) | Missing(left):
            yield left
        case Not(part):
            yield from names(part)
        case All(parts) | Any_(parts):
            for part in parts:
                yield from names(part)


def answer(condition: Condition, lookup: Lookup) -> bool | None:
    """Judges a condition: True, False, or None where a missing value leaves it open.

    Example:
        >>> from ketenreis.conditions import parse
        >>> facts = {"channel": "web", "age": None}
        >>> answer(parse('channel = "web" and age >= 67'), lambda name: facts[name.attribute])
        >>> answer(parse('channel = "desk" and age >= 67'), lambda name: facts[name.attribute])
        False
    """
    match condition:
        case Missing(left):
            return lookup(left) is None
        case Comparison(left, operator, right):
            return _compare(lookup(left), operator, lookup(right) if isinstance(right, Name) else right)
        case OneOf(left, values):
            return _any(_compare(lookup(left), "=", value) for value in values)
        case Not(part):
            inner = answer(part, lookup)
            return None if inner is None else not inner
        case Any_(parts):
            return _any(answer(part, lookup) for part in parts)
        case All(parts):
            refuted = _any(_negated(answer(part, lookup)) for part in parts)
            return None if refuted is None else not refuted


def _any(answers: Iterator[bool | None]) -> bool | None:
    seen = list(answers)
    return True if True in seen else (None if None in seen else False)


def _negated(given: bool | None) -> bool | None:
    return None if given is None else not given


def _compare(left: Value | Duration, operator: str, right: Value | Duration) -> bool | None:
    if left is None or right is None:
        return None
    one, other = _comparable(left), _comparable(right)
    if isinstance(one, str) != isinstance(other, str):
        one, other = str(left), str(right)
    match operator:
        case "=":
            return one == other
        case "!=":
            return one != other
    less, equal = one < other, one == other  # type: ignore[operator]  # both text or both numbers by now
    return {"<": less, "<=": less or equal, ">": not less and not equal, ">=": not less}[operator]


def _comparable(value: Value | Duration) -> str | Decimal:
    if isinstance(value, Duration):
        return Decimal(value.microseconds)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else Decimal(str(value))


def _written(value: Name | Literal) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Name | Duration):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
