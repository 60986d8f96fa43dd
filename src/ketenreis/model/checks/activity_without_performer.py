"""An activity that no role performs and no system does.

Why it matters to the customer: work without a name on it waits until somebody thinks of it.

Smallest example:
    departments: [{id: d, name: D, roles: [{id: operations, name: Operations}]}]
    activities: [{id: boeken, name: Boeken}]

How to mend it: name the role (performed_by: [operations]), or the system that does it (uses: [...]).

Keeps silent: as long as the model holds no role.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the activities that nobody and nothing does."""
    if not model.of_kind("role"):
        return
    for activity in model.of_kind("activity"):
        if not model.out(activity.id, "performed_by", "uses"):
            yield Finding("activity_without_performer", LEVEL, (activity.id,))
