"""A chain whose KPIs, two or more, are all about customer value, or all about internal value.

Why it matters to the customer: a chain that steers on its own side only gets cheaper at their expense; one that steers
on theirs only does not last.

Smallest example:
    kpis: [{id: kosten, side: internal}, {id: fouten, side: internal}]

How to mend it: add a KPI of the other side.

Keeps silent: about KPIs that name no side.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the chains that steer on one side."""
    for chain in model.of_kind("chain"):
        sides = [side for kpi in model.children(chain.id, "kpi") if (side := kpi.get("side"))]
        if len(sides) >= 2 and len(set(sides)) == 1:
            yield Finding("kpis_one_sided", LEVEL, (chain.id,), parameters={"side": str(sides[0])})
