"""Quantities as people write them: durations, shares, and the limits made of them.

Every quantity keeps the unit it was written in, so that text is written back as it was read, and offers
one number to calculate with: microseconds for a duration, a fraction of one for a share.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ketenreis.errors import QuantityError

MICROSECONDS = {
    "second": 1_000_000,
    "minute": 60_000_000,
    "hour": 3_600_000_000,
    "day": 86_400_000_000,
    "week": 604_800_000_000,
}
"""How long each calendar unit lasts. A day here is 24 hours of the clock; working days are counted apart."""

_UNITS = {
    **{name: name for name in MICROSECONDS},
    **{f"{name}s": name for name in MICROSECONDS},
    "s": "second",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "working day": "working day",
    "working days": "working day",
}
_DUTCH = {
    "second": ("seconde", "seconden"),
    "minute": ("minuut", "minuten"),
    "hour": ("uur", "uur"),
    "day": ("dag", "dagen"),
    "week": ("week", "weken"),
    "working day": ("werkdag", "werkdagen"),
}
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+(?: [a-z]+)?)")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in the unit it was written in.

    Example:
        >>> Duration.parse("90 minutes").microseconds
        5400000000
        >>> str(Duration.parse("1 hour")), Duration.parse("1 hour").in_words("nl")
        ('1 hour', '1 uur')
    """

    amount: Decimal
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Reads "1 hour", "30 s", "5 working days"."""
        found = _DURATION.fullmatch(text.strip().lower())
        if not found or found[2] not in _UNITS:
            raise QuantityError(
                f"{text!r} is not a duration. Write a number and one of: {', '.join(MICROSECONDS)}, working day; "
                "for example: 1 hour"
            )
        return cls(Decimal(found[1]), _UNITS[found[2]])

    @property
    def is_calendar(self) -> bool:
        """Whether this is clock time; False for working days, which only a calendar can turn into time."""
        return self.unit in MICROSECONDS

    @property
    def microseconds(self) -> int:
        """The length in whole microseconds of clock time."""
        if not self.is_calendar:
            raise QuantityError(f"{self} can be turned into time only by a working calendar.")
        return round(self.amount * MICROSECONDS[self.unit])

    def __str__(self) -> str:
        return f"{_plain(self.amount)} {self.unit}{'' if self.amount == 1 else 's'}"

    def in_words(self, language: str) -> str:
        """The duration as a reader of that language writes it."""
        if language != "nl":
            return str(self)
        singular, plural = _DUTCH[self.unit]
        return f"{_plain(self.amount).replace('.', ',')} {singular if self.amount == 1 else plural}"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, from 0 to 1.

    Example:
        >>> Share.parse("99%").value, str(Share.parse("0.995"))
        (Decimal('0.99'), '99.5%')
    """

    value: Decimal

    @classmethod
    def parse(cls, text: str) -> "Share":
        """Reads "99%", "99.5 %" or "0.99"."""
        stripped = text.strip()
        try:
            value = Decimal(stripped.rstrip("%").strip()) / (100 if stripped.endswith("%") else 1)
        except InvalidOperation:
            value = Decimal(-1)
        if value.is_nan() or not 0 <= value <= 1:
            raise QuantityError(
                f"{text!r} is not a share. Write a percentage from 0% to 100%, for example: 99%"
            )
        return cls(value)

    def __str__(self) -> str:
        return f"{_plain(self.value * 100)}%"

    def in_words(self, language: str) -> str:
        """The share as a reader of that language writes it: 99,5% in Dutch, 99.5% in English."""
        return str(self).replace(".", ",") if language == "nl" else str(self)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A limit that each case carries itself: the name of an attribute, such as its deadline."""

    name: str

    def __str__(self) -> str:
        return self.name


Limit = Duration | Decimal | Attribute
"""How far a requirement lets one case go: a duration, a number, or what the case's own attribute says."""


def parse_limit(text: str) -> Limit:
    """Reads a limit: "1 hour", "2", or the name of an attribute.

    Example:
        >>> parse_limit("2"), parse_limit("deadline"), str(parse_limit("2 weeks"))
        (Decimal('2'), Attribute(name='deadline'), '2 weeks')
    """
    stripped = text.strip()
    if _NUMBER.fullmatch(stripped):
        return Decimal(stripped)
    if not stripped or stripped[0].isdigit() or stripped[0] in "+-.,":
        return Duration.parse(stripped)
    return Attribute(stripped)


def limit_text(limit: Limit) -> str:
    """The limit as it is written in a model."""
    return _plain(limit) if isinstance(limit, Decimal) else str(limit)


def _plain(number: Decimal) -> str:
    """A number without exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
