"""An activity that serves a CTQ, but falls in no column of the blueprint.

Its column is the step that reaches it by realised_by (itself, through a touchpoint, or through its process); else the
step of a wish that leads to the CTQ it serves. An activity that serves nothing is another finding.

Why it matters to the customer: what stands beside the blueprint is not seen when a step is improved.

Smallest example:
    an activity that serves a CTQ to which no wish of a step leads

How to mend it: name it at its step or touchpoint (realised_by: [...]), or let a wish lead to the CTQ.

Keeps silent: as long as the model holds no step.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.checks.activity_without_requirement import requirements_of
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the activities that end in the tray of what is not yet placed."""
    if not model.of_kind("step"):
        return
    for activity in model.of_kind("activity"):
        ctqs = [needed.id for needed in requirements_of(model, activity.id) if needed.kind == "ctq"]
        wished = any(model.into(ctq, "leads_to") for ctq in ctqs)
        if ctqs and not wished and not _reached(model, activity.id):
            yield Finding("activity_not_placed", LEVEL, (activity.id,))


def _reached(model: Model, activity_id: str) -> bool:
    """Whether a step or touchpoint names an activity, or a step names a process around it."""
    if model.into(activity_id, "realised_by"):
        return True
    process = model.parent(activity_id, "process")
    while process is not None:
        if any(element.kind == "step" for element in model.sources(process.id, "realised_by")):
            return True
        process = model.parent(process.id, "process")
    return False
