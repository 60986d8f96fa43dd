"""A touchpoint that no activity makes happen: a journey built on quicksand.

That its step names activities or a process places them in its column, but does not say which of them makes this
contact. The customer's own act (type action, by customer) needs nobody else.

Why it matters to the customer: contact that nobody has the task to make comes late, differently each time, or never.

Smallest example:
    touchpoints: [{id: mail, name: Bevestigingsmail}]
    activities: [{id: boeken, name: Boeken}]

How to mend it: name the activity: realised_by: [...].

Keeps silent: as long as the model holds no activity.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the touchpoints that nothing realises."""
    if not model.of_kind("activity"):
        return
    for touchpoint in model.of_kind("touchpoint"):
        alone = touchpoint.get("type") == "action" and touchpoint.get("by") == "customer"
        if not alone and not model.out(touchpoint.id, "realised_by"):
            yield Finding("touchpoint_unrealised", LEVEL, (touchpoint.id,))
