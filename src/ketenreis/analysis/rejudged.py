"""What would the same past cases say of a changed requirement, and how many a year does that concern?"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from ketenreis.analysis.yields import Interval, wilson
from ketenreis.calendars import Calendar
from ketenreis.events.store import EventStore
from ketenreis.measure import Counts, Judging, figures, judge
from ketenreis.quantity import Duration
from ketenreis.requirements import Requirement, gaps

THEN = "/then"
"""What the id of a requirement is followed by when it is judged as it would become."""
YEAR_US = 365.25 * 86_400e6
SHORTEST = 7 * 86_400e6
"""From less than a week of events no number a year is made."""
FULFILLED, VIOLATED = 1, 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the range it plausibly lies in (95%)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tail:
    """What the slowest cases would have to give up.

    Attributes:
        share: The part of the judged cases that must make the limit.
        now: Seconds within which that share is done today.
        limit: Seconds that the new norm allows.
    """

    share: float
    now: float
    limit: float

    @property
    def too_much(self) -> float:
        """How many seconds have to go; 0 when the share already makes the limit."""
        return max(0.0, self.now - self.limit)


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A requirement on the same past cases twice: by its newest norm of today, and by the newest norm it would get.

    Attributes:
        before, after: The requirement both ways, each with its newest norm alone.
        now, then: The verdicts of the cases.
        interval: 95% interval of the attainment then.
        hurt: Cases kept now that would be missed.
        gained: Cases missed now that would be kept.
        cases_a_year: How many cases the requirement judges in a year; null from less than a week of events.
        missed_a_year: How many of them would be missed; null likewise.
        tail: What the slowest cases would have to give up; null where the limit is no length of time.
    """

    before: Requirement
    after: Requirement
    now: Counts
    then: Counts
    interval: Interval | None
    hurt: int
    gained: int
    cases_a_year: Estimate | None
    missed_a_year: Estimate | None
    tail: Tail | None

    @property
    def gap(self) -> Interval | None:
        """How far the attainment then lies below the share asked, as a range; below 0 it is met. Null where none was judged."""
        if self.interval is None or not self.after.norms:
            return None
        share = self.after.norms[-1].asked
        return Interval(share - self.interval.high, share - self.interval.low)


def rejudge(
    pairs: Iterable[tuple[Requirement, Requirement]],
    store: EventStore,
    *,
    now: int | None = None,
    zone: str = "Europe/Amsterdam",
    calendars: Mapping[str, Calendar] | None = None,
) -> dict[str, Rejudged]:
    """Judges changed requirements on past cases as they are and as they would become.

    Args:
        pairs: Each requirement before and after.
        store: The events.
        now: Microseconds UTC; the last event unless given.
        zone: The time zone in which days begin.
        calendars: The organisation's calendars by id.

    Returns:
        By id; a requirement that cannot be judged both ways is left out, and so is one made of other requirements.
        Nothing is simulated: the cases went as they went, only the yardstick changes.
    """
    wanted = [
        (_newest(old), replace(_newest(new), id=new.id + THEN))
        for old, new in pairs
        if not gaps(old) and not gaps(new) and not _is_made_of_others(old) and not _is_made_of_others(new)
    ]
    put = partial(judge, store, now=now, zone=zone, calendars=calendars)
    found: dict[str, Rejudged] = {}
    for kind, stored in store.types.items():
        about = [
            pair
            for pair in wanted
            if all((one.object or next(iter(store.types))) == stored.name for one in pair)
        ]
        if about:
            with put([one for pair in about for one in pair], object_type=kind) as judging:
                years = ((store.last_us or 0) - (store.first_us or 0)) / YEAR_US
                for old, new in about:
                    if {old.id, new.id} <= judging.plans.keys():
                        found[old.id] = _compared(judging, old, new, years)
    return found


def a_year(count: int, years: float) -> Estimate | None:
    """How many a year, from a count over a period; null for a period of less than a week.

    Returns:
        The rate with an approximate 95% range for a count that comes by chance.

    Source:
        Barker, L. (2002), A comparison of nine confidence intervals for a Poisson parameter when the expected number of
        events is ≤ 5, The American Statistician 56(2), 85-89: the square-root interval, never below 0.

    Example:
        >>> found = a_year(100, 0.5)
        >>> found.value, round(found.low), round(found.high)
        (200.0, 163, 243)
    """
    if years * YEAR_US < SHORTEST:
        return None
    low = max(0.0, math.sqrt(count) - 0.98) ** 2
    high = (math.sqrt(count + 1) + 0.98) ** 2
    return Estimate(count / years, low / years, high / years)


def _newest(wanted: Requirement) -> Requirement:
    """A requirement of which the newest norm always held."""
    return replace(wanted, norms=tuple(replace(norm, since=None) for norm in wanted.norms[-1:]))


def _is_made_of_others(wanted: Requirement) -> bool:
    return wanted.measure is not None and bool(wanted.measure.parts())


def _compared(judging: Judging, old: Requirement, new: Requirement, years: float) -> Rejudged:
    counts = figures.cases(judging)
    one, other = judging.index(old.id), judging.index(new.id)
    asked = f"SELECT v{one}, v{other}, COUNT(*) FROM judged WHERE v{one} IN (1, 2) AND v{other} IN (1, 2) GROUP BY v{one}, v{other}"
    turned = {(was, becomes): number for was, becomes, number in judging.engine.run(asked)}
    then = counts[new.id]
    return Rejudged(
        old,
        replace(new, id=old.id),
        counts[old.id],
        then,
        wilson(then.fulfilled, then.judged),
        turned.get((FULFILLED, VIOLATED), 0),
        turned.get((VIOLATED, FULFILLED), 0),
        a_year(then.judged, years),
        a_year(then.violated, years),
        _tail(judging, new),
    )


def _tail(judging: Judging, wanted: Requirement) -> Tail | None:
    norm, plan, n = wanted.norms[-1], judging.plans[wanted.id], judging.index(wanted.id)
    if not isinstance(norm.limit, Duration) or not norm.limit.is_calendar or plan.unit != "time":
        return None
    share = norm.asked
    rows = (
        f"SELECT a.took AS value FROM acts_{n} AS a JOIN judged AS j ON j.case_no = a.case_no WHERE j.v{n} IN (1, 2)"
        if plan.activations
        else f"SELECT e{n} AS value FROM judged WHERE v{n} IN (1, 2)"
    )
    quantile = judging.engine.quantile("q.value", share)
    ((value,),) = judging.engine.run(f"SELECT {quantile} FROM ({rows}) AS q WHERE q.value IS NOT NULL")
    return None if value is None else Tail(share, float(value) / 1e6, norm.limit.microseconds / 1e6)
