"""How did a chain do in one quarter, beside the quarter before? What its meeting looks at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ketenreis.analysis.readiness import Verdict
from ketenreis.analysis.yields import Interval, newcombe, wilson
from ketenreis.measure import Counts, Week
from ketenreis.measure.figures import SMALLEST_GROUP
from ketenreis.model import Element
from ketenreis.reports.measured import Measured, Report


@dataclass(frozen=True, slots=True)
class Turned:
    """One requirement in a quarter, beside the quarter before.

    Attributes:
        ctq: The requirement.
        verdict: Of the cases of the quarter.
        now, before: The counts of both quarters.
        difference: The share now minus the share before; None with fewer than five cases on a side.
        interval: 95% interval of that.
        moved: better or worse when the interval excludes 0; None otherwise.
    """

    ctq: Element
    verdict: Verdict
    now: Counts
    before: Counts
    difference: float | None
    interval: Interval | None
    moved: Literal["better", "worse"] | None


def quarter_of(day: date) -> str:
    """The quarter that a day lies in.

    Example:
        >>> quarter_of(date(2026, 11, 22))
        '2026-Q4'
    """
    return f"{day.year}-Q{(day.month + 2) // 3}"


def quarter_before(quarter: str) -> str:
    """The quarter before another.

    Example:
        >>> quarter_before("2026-Q1"), quarter_before("2026-Q3")
        ('2025-Q4', '2026-Q2')
    """
    year, number = int(quarter[:4]), int(quarter[-1])
    return f"{year - 1}-Q4" if number == 1 else f"{year}-Q{number - 1}"


def quarters(report: Report) -> tuple[str, ...]:
    """The quarters in which anything was judged, in order; a week belongs to that of its Monday."""
    found = {quarter_of(week.monday) for one in report.measured for week in one.weeks if week.counts.judged}
    return tuple(sorted(found))


def turned(report: Report, requirements: Iterable[Element], quarter: str) -> tuple[Turned, ...]:
    """The requirements of a chain in a quarter, those that got worse first.

    Args:
        report: What was measured.
        requirements: Which.
        quarter: Such as 2026-Q4.

    Returns:
        One for each, also where nothing was judged in the quarter: it then cannot be said.
    """
    known = {one.requirement.id: one for one in report.measured}
    found = [_turned(ctq, known.get(ctq.id), quarter) for ctq in requirements]
    order = {"worse": 0, None: 1, "better": 2}
    standing = {"not_met": 0, "met": 1, "cannot_say": 2}
    return tuple(sorted(found, key=lambda one: (order[one.moved], standing[one.verdict.standing])))


def _turned(ctq: Element, one: Measured | None, quarter: str) -> Turned:
    weeks = one.weeks if one else ()
    now, before = _summed(weeks, quarter), _summed(weeks, quarter_before(quarter))
    difference = interval = None
    if min(now.judged, before.judged) >= SMALLEST_GROUP:
        interval = newcombe(now.fulfilled, now.judged, before.fulfilled, before.judged)
        difference = now.fulfilled / now.judged - before.fulfilled / before.judged
    moved: Literal["better", "worse"] | None = None
    if interval is not None and 0.0 not in interval:
        moved = "better" if interval.low > 0 else "worse"
    return Turned(ctq, _verdict(one, now), now, before, difference, interval, moved)


def _verdict(one: Measured | None, counts: Counts) -> Verdict:
    if one is None or one.norm is None or counts.judged < SMALLEST_GROUP or counts.attainment is None:
        return Verdict("cannot_say")
    asked = float(one.norm.share.value)
    standing: Literal["met", "not_met"] = "met" if counts.attainment >= asked else "not_met"
    return Verdict(standing, counts.attainment, counts.judged, wilson(counts.fulfilled, counts.judged), asked)


def _summed(weeks: Iterable[Week], quarter: str) -> Counts:
    mine = [week.counts for week in weeks if quarter_of(week.monday) == quarter]
    return Counts(
        sum(one.fulfilled for one in mine),
        sum(one.violated for one in mine),
        sum(one.pending for one in mine),
    )
