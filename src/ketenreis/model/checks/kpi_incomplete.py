"""A KPI that lacks its definition, its target, how often it is looked at, or its owner.

Why it matters to the customer: a number that everyone counts in their own way proves nothing about what they got.

Smallest example:
    kpis: [{id: snel, name: Snel}]

How to mend it: write definition, target and frequency, and name an owner: owned_by.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model, is_empty

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Names what each KPI lacks, one finding for each KPI."""
    for kpi in model.of_kind("kpi"):
        missing = [name for name in ("definition", "target", "frequency") if is_empty(kpi.get(name))]
        if not model.out(kpi.id, "owned_by"):
            missing.append("owned_by")
        if missing:
            parameters: dict[str, str | int] = {"missing": ", ".join(missing)}
            yield Finding("kpi_incomplete", LEVEL, (kpi.id,), parameters=parameters)
