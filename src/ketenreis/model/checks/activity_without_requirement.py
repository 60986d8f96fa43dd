"""An activity that serves nobody's requirement: no CTQ, no internal requirement, and no contact with the customer.

An activity has a reason when it, or one of its outputs, or a handover of one, serves a CTQ or an internal requirement;
or when it realises a touchpoint. That it stands in a step's column, or that another activity takes its output, is no
reason in itself: two activities that feed only each other would justify each other.

Why it matters to the customer: time that goes into work nobody asked for is not spent on what they do ask for.

Smallest example:
    ctqs: [{id: op-tijd, name: Op tijd}]
    processes: [{id: p, name: P, activities: [{id: kredietcheck, name: Kredietcheck}]}]

How to mend it: name what it is for: serves: [...]; law, risk and proof are internal requirements. Or stop doing it.

Keeps silent: as long as the model holds no CTQ and no internal requirement.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the activities without a reason."""
    if not model.of_kind("ctq", "internal_requirement"):
        return
    for activity in model.of_kind("activity"):
        touchpoints = (by for by in model.sources(activity.id, "realised_by") if by.kind == "touchpoint")
        if next(touchpoints, None) is None and not requirements_of(model, activity.id):
            yield Finding("activity_without_requirement", LEVEL, (activity.id,))


def requirements_of(model: Model, activity_id: str) -> tuple[Element, ...]:
    """The requirements that an activity serves: itself, by an output, or by a handover of an output."""
    outputs = model.children(activity_id, "output")
    handovers = [edge.source for output in outputs for edge in model.into(output.id, "hands")]
    serving = (activity_id, *(output.id for output in outputs), *handovers)
    served = [edge.target for element_id in serving for edge in model.out(element_id, "serves")]
    return tuple(model[target] for target in dict.fromkeys(served) if target in model)
