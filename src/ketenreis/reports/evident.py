"""What do the events say of requirements, handovers and whole cases, in the terms in which readiness asks it?"""

from datetime import date
from typing import Literal

from ketenreis.analysis.chart import Chart
from ketenreis.analysis.gate import ChainFigures, Passing, Verdict
from ketenreis.model import Model
from ketenreis.reports.handed_over import HandedOver, kept
from ketenreis.reports.measured import Measured, Report
from ketenreis.reports.quarters import quarter_of


def figures_of(model: Model, report: Report | None) -> ChainFigures:
    """What a report says of all its cases; nothing without a report."""
    if report is None:
        return ChainFigures()
    right = report.first_time_right
    return ChainFigures(
        {one.requirement.id: _verdict(one) for one in report.measured},
        passing(model, report.handed),
        right.share if right else None,
        right.n if right else 0,
        report.last.date(),
    )


def passing(model: Model, handed: HandedOver | None) -> dict[str, Passing]:
    """What was measured of the handovers that a model has agreed, by handover."""
    found: dict[str, Passing] = {}
    for pair in handed.found.pairs if handed is not None else ():
        agreed = handed.agreement(pair) if handed is not None else None
        if agreed is not None and agreed.handover.id in model:
            in_time = kept(pair)
            found[agreed.handover.id] = Passing(
                pair.cases, pair.waits[0.9], pair.complete_at_first, in_time[0] if in_time else None
            )
    return found


def _verdict(one: Measured) -> Verdict:
    chart = one.chart if isinstance(one.chart, Chart) else None
    return Verdict(
        one.standing,
        one.cases.attainment,
        one.cases.judged,
        one.interval,
        one.asked,
        None if chart is None else chart.stable,
        last_signal(chart),
    )


def last_signal(chart: Chart | None, quarter: str = "") -> Literal["above", "below", ""]:
    """Whether the last signal of a chart lies above or below its centre; "" without one.

    Args:
        chart: Of the share kept per week.
        quarter: Only signals that end in it, such as 2026-Q4; all of them unless given.
    """
    if chart is None:
        return ""
    last = [chart.points[signal.last] for signal in chart.signals]
    seen = [one for one in last if not quarter or quarter_of(date.fromisoformat(one.label)) == quarter]
    if not seen:
        return ""
    return "above" if max(seen, key=lambda one: one.label).value > chart.centre else "below"
