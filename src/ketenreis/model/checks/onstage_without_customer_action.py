"""An onstage activity that no touchpoint and no step of a journey asks for.

Onstage means that the customer is there. So it must meet the customer somewhere in a journey.

Why it matters to the customer: contact that stands in no journey takes them by surprise.

Smallest example:
    activities: [{id: bellen, name: Klant bellen, stage: onstage}]

How to mend it: name it at the touchpoint it makes happen (realised_by: [bellen]), or call it backstage.

Keeps silent: as long as the model holds no step.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the onstage activities that meet no customer."""
    if not model.of_kind("step"):
        return
    for activity in model.of_kind("activity"):
        if activity.get("stage") == "onstage" and not model.into(activity.id, "realised_by"):
            yield Finding("onstage_without_customer_action", LEVEL, (activity.id,))
