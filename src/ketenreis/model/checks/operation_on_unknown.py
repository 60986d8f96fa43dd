"""An initiative that operates on, or promises an effect on, an element which the model does not hold.

What an initiative wants to add stands in words; the element it names is what that comes with.

Why it matters to the customer: whom a change touches can only be seen when it names what it changes.

Smallest example:
    operations: [{intent: remove, element: intakegesprek}]

How to mend it: name the id of an element in the model.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Names what each initiative operates on in vain."""
    for initiative in model.of_kind("initiative"):
        named = (edge.target for edge in model.out(initiative.id, "operates_on", "affects"))
        if unknown := [name for name in named if name not in model]:
            parameters: dict[str, str | int] = {"unknown": ", ".join(unknown)}
            yield Finding("operation_on_unknown", LEVEL, (initiative.id,), "operations", parameters)
