"""A CTQ or KPI whose measure names something that is no touchpoint and no activity, or that does not exist.

Why it matters to the customer: a measure that looks in the wrong place reports on a promise nobody made.

Smallest example:
    ctqs: [{id: rust, measure: {pattern: at_most, event: belletje}}], while the touchpoint belletje was taken away

How to mend it: name the touchpoints or activities whose events count.

Text that names such a thing is refused when it is read; this finds what an edit left behind.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model
from ketenreis.requirements.measure import Measure

LEVEL: Level = "error"

MEASURABLE = ("touchpoint", "activity")
"""The kinds that events can be mapped to."""


def check(model: Model) -> Iterator[Finding]:
    """Names what each measure cannot be measured at."""
    for element in model.of_kind("ctq", "kpi"):
        measure = element.get("measure")
        if isinstance(measure, Measure) and (wrong := not_measurable(model, measure.elements())):
            parameters: dict[str, str | int] = {"named": ", ".join(wrong)}
            yield Finding("ctq_measured_nowhere", LEVEL, (element.id,), "measure", parameters)


def not_measurable(model: Model, named: tuple[str, ...]) -> list[str]:
    """The ids among these at which nothing can be measured."""
    return [name for name in named if name not in model or model[name].kind not in MEASURABLE]
