"""How does a report travel to another program?

One vocabulary: shares 0 to 1, seconds, ISO times with offset, null where nothing was judged. The shapes stand as JSON
Schema in `schemas/`.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ketenreis.analysis.chart import Chart, TooFewPoints
from ketenreis.analysis.yields import Interval, wilson
from ketenreis.findings import Finding, in_words
from ketenreis.measure import Counts, Group
from ketenreis.quantity import limit_text
from ketenreis.reports.measured import Measured, Report
from ketenreis.reports.words import zone_of
from ketenreis.requirements import Norm


@cache
def json_schema(command: Literal["measure", "check"]) -> Mapping[str, Any]:
    """The JSON Schema of what a command prints with --json.

    Example:
        >>> json_schema("measure")["title"]
        'ketenreis measure --json'
    """
    found: Mapping[str, Any] = json.loads(
        files("ketenreis.reports").joinpath("schemas", f"{command}.json").read_text(encoding="utf-8")
    )
    return found


def measure_as_json(report: Report) -> list[dict[str, Any]]:
    """A report as plain values.

    Args:
        report: What was measured.

    Returns:
        One object per requirement in the order of the model; under "report" each says what holds for all of them, so
        that an object can be read on its own.

    Example:
        On Belmij (`model`) and two hundred of its orders (`store`):

        >>> from ketenreis.reports.measured import measure
        >>> first = measure_as_json(measure(model, store))[0]
        >>> first["ctq"], first["fulfilled"], first["violated"], first["report"]["cases"]
        ('bevestiging-op-tijd', 197, 1, 200)
    """
    zone = zone_of(report.model)

    def moment(at: datetime | None) -> str | None:
        return None if at is None else at.astimezone(zone).isoformat()

    right = report.first_time_right
    whole = {
        "organisation": report.model.organisation.name if report.model.organisation else None,
        "object": report.object_type,
        "cases": report.all_cases,
        "first": moment(report.first),
        "last": moment(report.last),
        "now": moment(report.now),
        "closed": "end_of_file" if report.end_of_file else "end_event",
        "first_time_right": None
        if right is None
        else {
            "share": right.share,
            "interval": _interval(right.interval),
            "n": right.n,
            "rolled": right.rolled,
            "clustered": right.clustered,
            **_counts(report.journeys),
        },
    }
    return [{**_measured(one, moment), "report": whole} for one in report.measured]


def findings_as_json(
    findings: Iterable[Finding], language: str = "en", name: Callable[[str], str] = str
) -> list[dict[str, Any]]:
    """Findings as plain values.

    Args:
        findings: In the order they are to be listed.
        language: Of their sentences, "nl" or "en".
        name: Gives the name a reader knows an element by, from its id.

    Returns:
        One object per finding.

    Example:
        >>> from ketenreis.findings import Finding
        >>> found = Finding("ctq_only_a_wish", "warning", ("fast",), parameters={"missing": "norms"})
        >>> findings_as_json([found])[0]["title"]
        'Only a wish so far'
    """
    return [_finding(finding, language, name) for finding in findings]


def _finding(finding: Finding, language: str, name: Callable[[str], str]) -> dict[str, Any]:
    said = in_words(finding, language, name)
    place = finding.place
    return {
        "id": finding.id,
        "level": finding.level,
        "elements": list(finding.elements),
        "field": finding.field,
        "parameters": dict(finding.parameters),
        "place": place and {"file": place.file, "line": place.line, "column": place.column},
        "excerpt": finding.excerpt,
        "fingerprint": finding.fingerprint,
        "title": said.title,
        "message": said.message,
        "why": said.why,
        "next": said.next,
    }


def _measured(one: Measured, moment: Callable[[datetime | None], str | None]) -> dict[str, Any]:
    acts = one.activations
    return {
        "ctq": one.requirement.id,
        "name": one.requirement.name,
        **_counts(one.cases),
        "attainment": one.cases.attainment,
        "interval": _interval(one.interval),
        "share": one.asked,
        "norm": _norm(one.norm),
        "standing": one.standing,
        "narrowly": one.narrowly,
        "reason": one.reason and {"id": one.reason.reason, "said": list(one.reason.said)},
        "activations": {
            "fulfilled": acts.fulfilled,
            "violated": acts.violated,
            "pending": acts.pending,
            "dpmo": one.dpmo,
            "sigma": one.sigma.level if one.sigma else None,
            "sigma_bound": one.sigma.bound if one.sigma else None,
            "sigma_shift": one.sigma.shift if one.sigma else None,
        },
        # A number is no time: it gets a key of its own, so that nobody reads a count as seconds.
        "durations": _quantiles(one.took) if one.unit == "time" else None,
        "numbers": _quantiles(one.took) if one.unit == "number" else None,
        "under_current": None if one.under_current is None else _judged(one.under_current),
        "gross": None if one.gross is None else _judged(one.gross),
        "weeks": [{"week": week.monday.isoformat(), **_judged(week.counts)} for week in one.weeks],
        "chart": _chart(one.chart),
        "current_chart": _chart(one.current_chart),
        "pace": _chart(one.pace),
        "steadiness": one.steadiness and one.steadiness.id,
        "splits": {name: [_group(group) for group in groups] for name, groups in (one.splits or {}).items()},
        "personas": [_group(group) for group in one.personas],
        "moves": [_group(group) for group in one.moves],
        "violations": [
            {
                "case": each.case,
                "event": each.event,
                "at": moment(each.at),
                "target_at": moment(each.target_at),
                "took": each.took,
                "part": each.part,
            }
            for each in one.violations
        ],
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "fulfilled": counts.fulfilled,
        "violated": counts.violated,
        "pending": counts.pending,
        "not_activated": counts.not_activated,
        "excluded": counts.left_out,
        "excluded_reasons": dict(counts.excluded or {}),
    }


def _judged(counts: Counts) -> dict[str, Any]:
    """Counts with what follows from them."""
    interval = _interval(wilson(counts.fulfilled, counts.judged))
    return {**_counts(counts), "attainment": counts.attainment, "interval": interval}


def _group(group: Group) -> dict[str, Any]:
    return {"name": group.name, **_judged(group.counts)}


def _interval(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def _norm(norm: Norm | None) -> dict[str, Any] | None:
    if norm is None:
        return None
    return {
        "limit": None if norm.limit is None else limit_text(norm.limit),
        "share": norm.asked,
        "since": norm.since and norm.since.isoformat(),
        "origin": norm.origin,
        "source": norm.source,
    }


def _quantiles(took: Mapping[float, float] | None) -> dict[str, float] | None:
    """p05, p25 … p99."""
    return None if took is None else {f"p{round(100 * share):02d}": value for share, value in took.items()}


def _chart(chart: Chart | TooFewPoints | None) -> dict[str, Any] | None:
    if chart is None:
        return None
    if isinstance(chart, TooFewPoints):
        return {"kind": chart.kind, "points": [], "too_few": {"points": chart.points, "needed": chart.needed}}
    spread = chart.spread
    return {
        "kind": chart.kind,
        "centre": chart.centre,
        "baseline": chart.baseline,
        "stable": chart.stable,
        "points": [
            {
                "week": point.label,
                "value": point.value,
                "n": point.n,
                "limits": _interval(point.limits),
                # A baseline that never varied puts any other value endlessly far away, which JSON cannot say.
                "z": point.z if math.isfinite(point.z) else None,
            }
            for point in chart.points
        ],
        "signals": [
            {
                "rule": signal.rule,
                "first": chart.points[signal.first].label,
                "last": chart.points[signal.last].label,
            }
            for signal in chart.signals
        ],
        "cautions": list(chart.cautions),
        "left_out": list(chart.left_out),
        "spread": spread and {"ratio": spread.ratio, "chance": spread.chance},
    }
