"""A touchpoint that no activity makes happen: a journey built on quicksand.

It is realised when it names an activity, or when its step names an activity or a process. The customer's own act (type
action, by customer) needs nobody else.

Why it matters to the customer: contact that nobody has the task to make comes late, differently each time, or never.

Smallest example:
    touchpoints: [{id: mail, name: Bevestigingsmail}]
    activities: [{id: boeken, name: Boeken}]

How to mend it: name the activity: realised_by: [...].

Keeps silent: as long as the model holds no activity.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the touchpoints that nothing realises."""
    if not model.of_kind("activity"):
        return
    for touchpoint in model.of_kind("touchpoint"):
        if not is_customers_act(touchpoint) and not realised_by(model, touchpoint):
            yield Finding("touchpoint_unrealised", LEVEL, (touchpoint.id,))


def is_customers_act(touchpoint: Element) -> bool:
    """Whether the customer does this alone."""
    return touchpoint.get("type") == "action" and touchpoint.get("by") == "customer"


def realised_by(model: Model, touchpoint: Element) -> tuple[Element, ...]:
    """The activities and processes that make a touchpoint happen: its own, else its step's."""
    own = model.targets(touchpoint.id, "realised_by")
    return own or (model.targets(touchpoint.parent, "realised_by") if touchpoint.parent else ())
