"""A chain with KPIs, but fewer than four or more than seven.

Why it matters to the customer: with too few, a side of their interest is out of sight; with too many, nobody steers.

Smallest example:
    chains: [{id: leveren, name: Leveren, kpis: [{id: snel, name: Snel}]}]

How to mend it: keep four to seven, for customer value and for internal value.

Source:
    iPM Partners: focus on four to seven goals.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Counts the KPIs of each chain that has any."""
    for chain in model.of_kind("chain"):
        count = len(model.children(chain.id, "kpi"))
        if count and not 4 <= count <= 7:
            yield Finding("kpis_out_of_range", LEVEL, (chain.id,), parameters={"count": count})
