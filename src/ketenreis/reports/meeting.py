"""How did a chain do in one quarter, beside the quarter before? What its meeting looks at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from ketenreis.analysis.chart import Chart
from ketenreis.analysis.gate import ChainFigures, Verdict
from ketenreis.analysis.yields import Interval, newcombe, wilson
from ketenreis.events.store import EventStore
from ketenreis.measure import Counts, Week
from ketenreis.measure.figures import SMALLEST_GROUP
from ketenreis.model import Element, Model
from ketenreis.reports.evident import last_signal, passing
from ketenreis.reports.handed_over import HandedOver, handed_over, has_departments
from ketenreis.reports.measured import Measured, Report, finished
from ketenreis.reports.quarters import moments, mondays, quarter_before, quarter_of
from ketenreis.reports.words import zone_of
from ketenreis.requirements import Norm


@dataclass(frozen=True, slots=True)
class Turned:
    """One requirement in a quarter, beside the quarter before.

    Attributes:
        ctq: The requirement.
        measured: What the events say of it in all; None where it was not measured.
        verdict: Of the cases of the quarter.
        now, before: The counts of both quarters; weeks of which cases are still open stay out.
        running: How many weeks of the quarter stayed out.
        difference: The share now minus the share before; None with fewer than five cases on a side, and where the limit
            was another one: then that is what made the difference.
        interval: 95% interval of that.
        moved: better or worse when the interval excludes 0; None otherwise.
    """

    ctq: Element
    measured: Measured | None
    verdict: Verdict
    now: Counts
    before: Counts
    running: int
    difference: float | None
    interval: Interval | None
    moved: Literal["better", "worse"] | None


def quarters(report: Report) -> tuple[str, ...]:
    """The quarters in which anything was judged, in order."""
    found = {quarter_of(week.monday) for one in report.measured for week in one.weeks if week.counts.judged}
    return tuple(sorted(found))


def figures_in(model: Model, report: Report, quarter: str, handed: HandedOver | None = None) -> ChainFigures:
    """What a report says of the cases of one quarter.

    Args:
        model: With its agreements.
        report: What was measured.
        quarter: Such as 2026-Q4.
        handed: What was handed over in it, as `handed_in` gives it.

    Returns:
        As of all cases; weeks of which cases are still open stay out, for what fails is known sooner than what succeeds.
    """
    whole = _summed(report.journey_weeks, quarter)
    return ChainFigures(
        {one.requirement.id: _verdict(one, quarter) for one in report.measured},
        passing(model, handed),
        whole.attainment,
        whole.judged,
        report.last.date(),
    )


def handed_in(store: EventStore, model: Model, quarter: str) -> HandedOver | None:
    """What was handed over in a quarter; None where no event names a department."""
    if not has_departments(store):
        return None
    return handed_over(store, model, between=moments(quarter, zone_of(model)))


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
    is_one_limit = one is not None and _limit(one, quarter) == _limit(one, quarter_before(quarter))
    if is_one_limit and min(now.judged, before.judged) >= SMALLEST_GROUP:
        interval = newcombe(now.fulfilled, now.judged, before.fulfilled, before.judged)
        difference = now.fulfilled / now.judged - before.fulfilled / before.judged
    moved: Literal["better", "worse"] | None = None
    if interval is not None and 0.0 not in interval:
        moved = "better" if interval.low > 0 else "worse"
    running = len(_of(weeks, quarter)) - len(finished(_of(weeks, quarter)))
    verdict = _verdict(one, quarter) if one else Verdict("cannot_say")
    return Turned(ctq, one, verdict, now, before, running, difference, interval, moved)


def _verdict(one: Measured, quarter: str) -> Verdict:
    """By the norm that held when the quarter ended; one that has only just changed gives no verdict yet."""
    counts, norm = _summed(one.weeks, quarter), _norm(one, quarter)
    if counts.judged < SMALLEST_GROUP or counts.attainment is None:
        return Verdict("cannot_say")
    chart = one.chart if isinstance(one.chart, Chart) else None
    latest = last_signal(chart, quarter)
    asked = norm.asked if norm else None
    standing: Literal["met", "not_met", "cannot_say"] = "cannot_say"
    if asked is not None and (one.reason is None or norm != one.norm):
        standing = "met" if counts.attainment >= asked else "not_met"
    return Verdict(
        standing,
        counts.attainment,
        counts.judged,
        wilson(counts.fulfilled, counts.judged),
        asked,
        None if chart is None else not latest,
        latest,
    )


def _norm(one: Measured, quarter: str) -> Norm | None:
    """The norm that held when a quarter ended."""
    return one.requirement.norm_on(mondays(quarter)[1] - timedelta(days=1))


def _limit(one: Measured, quarter: str) -> object:
    norm = _norm(one, quarter)
    return norm and norm.limit


def _summed(weeks: Iterable[Week], quarter: str) -> Counts:
    mine = [week.counts for week in finished(_of(weeks, quarter))]
    return Counts(
        sum(one.fulfilled for one in mine),
        sum(one.violated for one in mine),
        sum(one.pending for one in mine),
    )


def _of(weeks: Iterable[Week], quarter: str) -> list[Week]:
    return [week for week in weeks if quarter_of(week.monday) == quarter]
