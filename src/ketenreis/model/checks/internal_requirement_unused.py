"""An internal requirement (law, risk, proof) that no activity, output or handover serves.

Why it matters to the customer: a duty that nobody carries out, such as the care for their data, protects nobody.

Smallest example:
    internal_requirements: [{id: avg, name: AVG, origin: law}]

How to mend it: name it at the activity that carries it out (serves: [avg]), or take it out when it no longer holds.

Keeps silent: as long as the model holds no activity.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the internal requirements that nothing serves."""
    if not model.of_kind("activity"):
        return
    for requirement in model.of_kind("internal_requirement"):
        if not model.into(requirement.id, "serves"):
            yield Finding("internal_requirement_unused", LEVEL, (requirement.id,))
