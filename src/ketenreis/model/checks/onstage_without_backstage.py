"""An onstage activity that nothing behind the line of visibility feeds.

It is fed when it takes an output of other work, comes after an activity that is not onstage, or uses a system.

Why it matters to the customer: whoever faces them with nothing behind them can only apologise.

Smallest example:
    activities: [{id: bellen, name: Bellen, stage: onstage}, {id: plannen, name: Plannen, stage: backstage}]

How to mend it: name what it needs: takes: [output], uses: [system], or then: [bellen] at the activity before it.

Keeps silent: as long as the model holds no activity with stage backstage or support.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.flow import activities_before
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the onstage activities that stand alone."""
    activities = model.of_kind("activity")
    if not any(activity.get("stage") in ("backstage", "support") for activity in activities):
        return
    for activity in activities:
        if activity.get("stage") == "onstage" and not _fed(model, activity.id):
            yield Finding("onstage_without_backstage", LEVEL, (activity.id,))


def _fed(model: Model, activity_id: str) -> bool:
    """Whether other work, or a system, feeds an activity."""
    return bool(model.out(activity_id, "takes", "uses")) or any(
        activity.get("stage") != "onstage" for activity in activities_before(model, activity_id)
    )
