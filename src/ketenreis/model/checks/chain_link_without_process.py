"""A chain link of our own that no process carries out.

A partner's link may do without: a partner shows its own part only.

Why it matters to the customer: what a link should do for them is then known by heart only, by whoever is in that day.

Smallest example:
    chain_links: [{id: boeken, department: orderverwerking}]
    processes: [{id: order-aannemen, name: Order aannemen}]

How to mend it: name the process: realised_by: [order-aannemen].

Keeps silent: as long as the model holds no process.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds our own chain links without a process."""
    if not model.of_kind("process"):
        return
    for link in model.of_kind("chain_link"):
        partner = any(part.get("type") == "partner" for part in model.targets(link.id, "department"))
        if not partner and not model.out(link.id, "realised_by"):
            yield Finding("chain_link_without_process", LEVEL, (link.id,))
