"""A measure or norm that contradicts itself, so that no case can be judged by it as it was meant.

Found are: match fifo together with where; at_least above the limit; a limit or tolerance that does not fit the pattern
(a number where a time is asked, a limit where none is); an exclusive choice between an event and itself; a step that is announced twice, since only its first time counts.

Why it matters to the customer: a rule that nothing can satisfy, or that does not look where it should, tells nothing
about what they got.

Smallest example:
    measure: {pattern: within, after: a, comes: b, at_least: 2 hours}
    norms: [{limit: 1 hour, share: 99%}]

How to mend it: change one of the two that are named.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model
from ketenreis.quantity import Attribute, Duration, limit_text
from ketenreis.requirements.ctq import Norm, Requirement, limit_type, requirement
from ketenreis.requirements.measure import EventClass, Measure
from ketenreis.requirements.patterns import PATTERN, Pattern

LEVEL: Level = "error"

Two = tuple[str, str]
"""What contradicts what, as it is written."""


def check(model: Model) -> Iterator[Finding]:
    """Names the first contradiction in each field of a CTQ."""
    for ctq in model.of_kind("ctq"):
        wanted = requirement(ctq)
        pattern = PATTERN.get(wanted.measure.pattern) if wanted.measure else None
        if wanted.measure is None or pattern is None:
            continue
        found = {
            "measure": _in_measure(wanted.measure, pattern),
            "norms": next(
                filter(None, (_in_norm(wanted.measure, pattern, norm) for norm in wanted.norms)), None
            ),
            "tolerance": _in_tolerance(wanted, pattern),
        }
        for field, two in found.items():
            if two:
                parameters: dict[str, str | int] = {"one": two[0], "other": two[1]}
                yield Finding("pattern_contradiction", LEVEL, (ctq.id,), field, parameters)


def _in_measure(measure: Measure, pattern: Pattern) -> Two | None:
    """What contradicts what among the arguments."""
    if measure.get("match") == "fifo" and (where := measure.get("where")) is not None:
        return "match: fifo", f"where: {where}"
    one, other = measure.get("a"), measure.get("b")
    if pattern.name == "exclusive_choice" and isinstance(one, EventClass) and one == other:
        return f"a: {', '.join(one.elements)}", f"b: {', '.join(one.elements)}"
    steps = measure.get("steps")
    for number, step in enumerate(steps if isinstance(steps, tuple) else ()):
        if isinstance(steps, tuple) and step in steps[:number]:
            named = ", ".join(step.elements)
            return f"steps: {named}", f"steps: {named}"
    return None


def _in_norm(measure: Measure, pattern: Pattern, norm: Norm) -> Two | None:
    """What a norm's limit contradicts."""
    if norm.limit is None:
        return None
    if not set(limit_type(norm.limit)) & set(pattern.limits):
        return f"pattern: {pattern.name}", f"limit: {limit_text(norm.limit)}"
    at_least = measure.get("at_least")
    if isinstance(at_least, Duration) and isinstance(norm.limit, Duration) and _longer(at_least, norm.limit):
        return f"at_least: {at_least}", f"limit: {norm.limit}"
    return None


def _in_tolerance(wanted: Requirement, pattern: Pattern) -> Two | None:
    """Whether the slack is time where time is measured, and a number where things are counted."""
    slack = wanted.tolerance
    if slack is None or isinstance(slack, Attribute):
        return None
    timed = bool({"duration", "moment"} & set(pattern.limits))
    return (
        None
        if isinstance(slack, Duration) == timed
        else (f"pattern: {pattern.name}", f"tolerance: {limit_text(slack)}")
    )


def _longer(one: Duration, other: Duration) -> bool:
    """Whether a time is certainly longer than another."""
    if one.is_calendar and other.is_calendar:
        return one.microseconds > other.microseconds
    return one.unit == other.unit and one.amount > other.amount
