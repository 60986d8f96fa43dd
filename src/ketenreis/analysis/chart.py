"""What is a control chart, as values: points, limits, signals, and what must be said beside them?"""

from dataclasses import dataclass
from typing import Literal

from ketenreis.analysis.run_rules import Signal
from ketenreis.analysis.yields import Interval

Kind = Literal["I", "MR", "p", "p′", "u", "u′"]
"""Which chart: individual values, their moving ranges, shares, counts per unit; ′ marks Laney's widening."""

FEWEST_POINTS = 9
"""Below this no chart is drawn: nine is what the rule on a run needs, so fewer cannot show steadiness."""

SETTLED_POINTS = 20
"""From here on limits count as settled; below it they are drawn as provisional (Shewhart 1931; Montgomery)."""

Caution = Literal["provisional", "rare"]
"""provisional: limits made of few points. rare: fewer than five cases of the rarer kind expected per point."""

CAUTIONS: dict[Caution, dict[str, str]] = {
    "provisional": {
        "nl": "Voorlopige grenzen: er zijn nog minder dan 20 punten.",
        "en": "Provisional limits: there are fewer than 20 points yet.",
    },
    "rare": {
        "nl": "Per punt wordt de zeldzaamste uitkomst minder dan vijf keer verwacht; de grenzen zijn dan een ruwe benadering.",
        "en": "Per point the rarer outcome is expected fewer than five times; the limits are then a rough approximation.",
    },
}
"""What a reader should know beside a chart, in Dutch and English."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a series.

    Attributes:
        label: When or where, such as a week: "2025-W14".
        value: What is plotted: a share, a count per unit, or a value; None when nothing was judged.
        n: From how many cases (or units) it was made.
    """

    label: str
    value: float | None
    n: int = 1

    @classmethod
    def of(cls, label: str, count: int, n: int) -> "Point":
        """The point of `count` out of (or per) `n`; without a value when n is 0.

        Example:
            >>> Point.of("2025-W14", 12, 50)
            Point(label='2025-W14', value=0.24, n=50)
        """
        return cls(label, count / n if n else None, n)


@dataclass(frozen=True, slots=True)
class Plotted:
    """A point on a chart: its value, its own limits, and how many of its sigmas it lies from the centre."""

    label: str
    value: float
    n: int
    limits: Interval
    z: float

    @property
    def beyond(self) -> bool:
        """Whether it lies outside its limits."""
        return abs(self.z) > 3


@dataclass(frozen=True, slots=True)
class Spread:
    """How the points vary from one to the next, compared with what chance alone would give.

    Attributes:
        ratio: Laney's sigma_z: 1 when the points vary as chance has it, 2 when twice as much.
        chance: The ratio that chance alone stays under in 95 of 100 such charts.
    """

    ratio: float
    chance: float

    @property
    def excessive(self) -> bool:
        """Whether the points vary more than chance explains."""
        return self.ratio > self.chance


@dataclass(frozen=True, slots=True)
class Chart:
    """A control chart as values.

    Attributes:
        kind: Which chart; always shown, since another chart may give another verdict on the same points.
        points: The plotted points with their limits, in order.
        centre: What the baseline gives on average, in the unit of the points.
        signals: What ordinary variation does not explain, in order.
        baseline: How many points set centre and limits.
        left_out: Labels of the points in which nothing was judged.
        cautions: What to say beside it; the words are in `CAUTIONS`.
        spread: For shares and counts per unit: what the choice between the plain and Laney's chart rests on.
    """

    kind: Kind
    points: tuple[Plotted, ...]
    centre: float
    signals: tuple[Signal, ...]
    baseline: int
    left_out: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()
    spread: Spread | None = None

    @property
    def limits(self) -> tuple[Interval, ...]:
        """The limits of every point, in order."""
        return tuple(point.limits for point in self.points)

    @property
    def stable(self) -> bool:
        """Whether nothing but ordinary variation is seen."""
        return not self.signals


@dataclass(frozen=True, slots=True)
class TooFewPoints:
    """The answer when a chart would promise more than the points can carry.

    Attributes:
        kind: Which chart was asked for.
        points: How many points of the baseline hold a value.
        needed: How many there must be.
    """

    kind: Kind
    points: int
    needed: int = FEWEST_POINTS
