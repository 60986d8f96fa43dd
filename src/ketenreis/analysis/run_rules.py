"""Which patterns in a series are too unlikely to be ordinary variation?

Each rule is a row: how many points it looks at, and when they are remarkable. Rules look at distances from the
centre in sigmas, so that a point made of few cases does not shout. All eight at once give many false alarms;
the default is the first two, a point beyond three sigmas and a run of nine on one side.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ketenreis.errors import UnknownElementError

_ON_CENTRE = 1e-9  # sigmas: nearer than this is rounding, and neither above nor below


@dataclass(frozen=True, slots=True)
class RunRule:
    """One pattern.

    Attributes:
        id: Its name in arguments and output.
        window: How many successive points it looks at.
        holds: Whether that many distances from the centre, in sigmas, show the pattern.
        nl: What a Dutch reader sees.
        en: What an English reader sees.
    """

    id: str
    window: int
    holds: Callable[[Sequence[float]], bool]
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A stretch of points that ordinary variation does not explain.

    Attributes:
        rule: Id of the rule that it meets.
        first: Index of its first point, from 0.
        last: Index of its last point; equal to `first` for a single point.
    """

    rule: str
    first: int
    last: int


def _side(z: float) -> int:
    """1 above the centre, -1 below, 0 on it."""
    return 0 if abs(z) < _ON_CENTRE else int(math.copysign(1, z))


def _beyond(count: int, sigmas: float) -> Callable[[Sequence[float]], bool]:
    """At least that many points further out than so many sigmas, on the same side."""
    return lambda zs: max(sum(z > sigmas for z in zs), sum(z < -sigmas for z in zs)) >= count


def _one_side(zs: Sequence[float]) -> bool:
    """All points on the same side of the centre."""
    return abs(sum(map(_side, zs))) == len(zs)


def _trend(zs: Sequence[float]) -> bool:
    """Every point higher than the one before, or every point lower."""
    return len({_side(after - before) for before, after in pairwise(zs)} | {0}) == 2 and all(
        _side(after - before) for before, after in pairwise(zs)
    )


def _alternating(zs: Sequence[float]) -> bool:
    """Up and down in turn, all along."""
    steps = [_side(after - before) for before, after in pairwise(zs)]
    return all(before * after == -1 for before, after in pairwise(steps))


def _hugging(zs: Sequence[float]) -> bool:
    """All points within one sigma of the centre."""
    return all(abs(z) < 1 for z in zs)


def _avoiding(zs: Sequence[float]) -> bool:
    """No point within one sigma, and points on both sides."""
    return all(abs(z) > 1 for z in zs) and len(set(map(_side, zs))) == 2


RULES = (
    RunRule("beyond", 1, _beyond(1, 3), "punt buiten de grenzen", "point beyond the limits"),
    RunRule("run", 9, _one_side, "negen op rij aan één kant", "nine in a row on one side"),
    RunRule("trend", 6, _trend, "zes op rij stijgend of dalend", "six in a row rising or falling"),
    RunRule("alternating", 14, _alternating, "veertien op rij om en om", "fourteen in a row alternating"),
    RunRule("two of three", 3, _beyond(2, 2), "twee van drie voorbij 2 sigma", "two of three beyond 2 sigma"),
    RunRule("four of five", 5, _beyond(4, 1), "vier van vijf voorbij 1 sigma", "four of five beyond 1 sigma"),
    RunRule("hugging", 15, _hugging, "vijftien op rij binnen 1 sigma", "fifteen in a row within 1 sigma"),
    RunRule("avoiding", 8, _avoiding, "acht op rij buiten 1 sigma", "eight in a row beyond 1 sigma"),
)
"""Nelson's eight tests, in his order. Nine in a row is his; Western Electric (1956) has eight."""

DEFAULT_RULES = ("beyond", "run")
"""Applied unless asked otherwise: few false alarms, and both large and lasting changes are seen."""

_BY_ID = {rule.id: rule for rule in RULES}


def signals(zs: Sequence[float], rules: Sequence[str] = DEFAULT_RULES) -> tuple[Signal, ...]:
    """Which stretches of this series does ordinary variation not explain?

    Args:
        zs: Distances from the centre in sigmas, in order of time.
        rules: Which rules to apply, by id.

    Returns:
        Signals in order of their first point; overlapping stretches of one rule are told as one.

    Raises:
        UnknownElementError: A rule has an unknown id.

    Source:
        Nelson, L. S. (1984), The Shewhart control chart: tests for special causes, Journal of Quality
        Technology 16, 237-239.

    Example:
        >>> signals([0.5] * 10 + [-4.0])
        (Signal(rule='run', first=0, last=9), Signal(rule='beyond', first=10, last=10))
    """
    unknown = [rule for rule in rules if rule not in _BY_ID]
    if unknown:
        raise UnknownElementError(f"There is no run rule {unknown[0]!r}. Choose from: {', '.join(_BY_ID)}")
    found = [signal for name in dict.fromkeys(rules) for signal in _stretches(zs, _BY_ID[name])]
    return tuple(sorted(found, key=lambda signal: (signal.first, signal.last)))


def _stretches(zs: Sequence[float], rule: RunRule) -> list[Signal]:
    """Where one rule holds, with overlapping windows joined."""
    found: list[Signal] = []
    for first in range(len(zs) - rule.window + 1):
        if not rule.holds(zs[first : first + rule.window]):
            continue
        last = first + rule.window - 1
        if found and found[-1].last >= first:
            found[-1] = Signal(rule.id, found[-1].first, last)
        else:
            found.append(Signal(rule.id, first, last))
    return found
