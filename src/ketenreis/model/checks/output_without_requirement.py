"""An output that the customer sees, but that serves no CTQ and is not marked as asked for by no customer.

A handover of the output that serves a CTQ counts as well.

Why it matters to the customer: what they see and never asked for is noise, or a requirement nobody wrote down.

Smallest example:
    ctqs: [{id: op-tijd, name: Op tijd}]
    outputs: [{id: brief, name: Brief, customer_visible: true}]

How to mend it: name the CTQ (serves: [op-tijd]), or say that it is on purpose: no_customer_requirement: true.

Keeps silent: as long as the model holds no CTQ.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the visible outputs that no customer requirement stands behind."""
    if not model.of_kind("ctq"):
        return
    for output in model.of_kind("output"):
        visible = output.get("customer_visible") and not output.get("no_customer_requirement")
        if visible and not _serves_customer(model, output.id):
            yield Finding("output_without_requirement", LEVEL, (output.id,))


def _serves_customer(model: Model, output_id: str) -> bool:
    """Whether an output, or a handover of it, serves a CTQ."""
    serving = (output_id, *(edge.source for edge in model.into(output_id, "hands")))
    return any(
        target.kind == "ctq" for element_id in serving for target in model.targets(element_id, "serves")
    )
