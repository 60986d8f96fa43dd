"""A handover that does not say when it is complete, or within what time it must happen.

Why it matters to the customer: without an agreement their case waits between two departments, and each thinks the
other has it.

Smallest example:
    handovers: [{id: betaald, from: betalen, to: boeken}]

How to mend it: write complete_when and within; when both sides see it differently, as giver and receiver.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model, is_empty

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Names what each handover does not settle."""
    for handover in model.of_kind("handover"):
        if missing := [name for name in ("complete_when", "within") if is_empty(handover.get(name))]:
            parameters: dict[str, str | int] = {"missing": ", ".join(missing)}
            yield Finding("handover_without_agreement", LEVEL, (handover.id,), parameters=parameters)
