"""What does a change of the work cost or save: hours, full-time posts and money a year, as ranges?"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ketenreis.model import Element, Model

HOURS_OF_A_POST = (1_350.0, 1_600.0)
"""Hours that somebody with a full-time post really works in a year, after leave, illness and training: from few to many."""


@dataclass(frozen=True, slots=True)
class Range:
    """A figure that is only roughly known: no less than `low`, no more than `high`."""

    low: float
    middle: float
    high: float

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.middle + other.middle, self.high + other.high)

    def __sub__(self, other: "Range") -> "Range":
        return Range(self.low - other.high, self.middle - other.middle, self.high - other.low)

    def times(self, factor: float) -> "Range":
        """The same in another unit."""
        return Range(self.low * factor, self.middle * factor, self.high * factor)


NONE = Range(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Workload:
    """What changes in the work, a year; above 0 is more work.

    Attributes:
        activities: Ids of the activities whose minutes or volume changed, came or went.
        hours: Of work.
        posts: Full-time posts.
        money: In the organisation's currency; null when it gives no hourly rate.
        unknown: Ids of those of which minutes or volume are not filled in on one of both sides; not in the figures.
    """

    activities: tuple[str, ...]
    hours: Range
    posts: Range
    money: Range | None
    unknown: tuple[str, ...]


def workload(old: Model, new: Model, changed: Iterable[str] | None = None) -> Workload:
    """Compares the working time of two models.

    Args:
        old: The model before.
        new: The model after.
        changed: Only these activities; every one when None.

    Returns:
        The difference. Minutes are as exact as they were written (3 is from 2.5 to 3.5) and a volume varies as counts do.

    Example:
        >>> sending = {"minutes": Decimal(3), "volume": 10_000}
        >>> old = Model.of([Element("a", "activity", None, sending)])
        >>> round(workload(old, Model.of([])).hours.middle)
        -500
    """
    names = dict.fromkeys(one.id for model in (old, new) for one in model.of_kind("activity"))
    if changed is not None:
        wanted = set(changed)
        names = dict.fromkeys(name for name in names if name in wanted)
    differing = [name for name in names if _said(old, name) != _said(new, name)]
    known = [
        name for name in differing if all(name not in m or None not in _said(m, name) for m in (old, new))
    ]
    hours = NONE
    for name in known:
        hours += _hours(new, name) - _hours(old, name)
    money = money_of(hours, new.organisation or old.organisation)
    unknown = tuple(name for name in differing if name not in known)
    return Workload(tuple(known), hours, posts_of(hours), money, unknown)


@dataclass(frozen=True, slots=True)
class Effort:
    """What work costs in a year: hours, full-time posts, and money where the organisation gives an hourly rate."""

    hours: Range
    posts: Range
    money: Range | None


def effort(model: Model, minutes: Iterable[Decimal], times: Range) -> Effort | None:
    """What does it cost to do something so many times a year?

    Args:
        model: For the hourly rate.
        minutes: What it takes each time; with several the least and the most are the ends. As exact as they are written.
        times: How often a year; below 0 is work saved.

    Returns:
        Ranges that hold every combination; None when nobody said how long it takes.

    Example:
        >>> round(effort(Model.of([]), [Decimal(6)], Range(90.0, 100.0, 110.0)).hours.middle)
        10
    """
    known = [(float(each), _half(each)) for each in minutes]
    if not known:
        return None
    low, high = min(each - half for each, half in known), max(each + half for each, half in known)
    ends = [each / 60 * number for each in (max(0.0, low), high) for number in (times.low, times.high)]
    middle = sum(each for each, _ in known) / len(known) / 60 * times.middle
    hours = Range(min(ends), middle, max(ends))
    return Effort(hours, posts_of(hours), money_of(hours, model.organisation))


def posts_of(hours: Range) -> Range:
    """How many full-time posts so many hours a year are."""
    few, many = HOURS_OF_A_POST
    ends = [hours.low / few, hours.low / many, hours.high / few, hours.high / many]
    return Range(min(ends), hours.middle * 2 / (few + many), max(ends))


def money_of(hours: Range, organisation: Element | None) -> Range | None:
    """What so many hours cost; None where the organisation gives no hourly rate."""
    rate = organisation.get("hourly_rate") if organisation else None
    return hours.times(float(rate)) if isinstance(rate, Decimal) else None


def _half(minutes: Decimal) -> float:
    """Half of the last digit that was written."""
    exponent = minutes.as_tuple().exponent
    return 0.5 * 10.0**exponent if isinstance(exponent, int) else 0.0


def _said(model: Model, name: str) -> tuple[object, object]:
    element = model.elements.get(name)
    return (element.get("minutes"), element.get("volume")) if element else (None, None)


def _hours(model: Model, name: str) -> Range:
    element: Element | None = model.elements.get(name)
    minutes, volume = (element.get("minutes"), element.get("volume")) if element else (None, None)
    if not isinstance(minutes, Decimal) or not isinstance(volume, int):
        return NONE
    half = _half(minutes)
    each, spread = float(minutes), 1.96 * math.sqrt(volume)
    low, high = max(0.0, each - half) * max(0.0, volume - spread), (each + half) * (volume + spread)
    return Range(low / 60, each * volume / 60, high / 60)
