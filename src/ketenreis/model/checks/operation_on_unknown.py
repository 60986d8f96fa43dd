"""An initiative that operates on an element which the model does not hold.

What an initiative wants to add may well be missing still.

Why it matters to the customer: whom a change touches can only be seen when it names what it changes.

Smallest example:
    operations: [{intent: remove, element: intakegesprek}]

How to mend it: name the id of an element in the model.
"""

from collections.abc import Iterator, Mapping

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Names what each initiative operates on in vain."""
    for initiative in model.of_kind("initiative"):
        rows = initiative.get("operations")
        operations = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, tuple) else []
        named = [
            str(row["element"]) for row in operations if row.get("element") and row.get("intent") != "add"
        ]
        if unknown := [element for element in named if element not in model]:
            parameters: dict[str, str | int] = {"unknown": ", ".join(unknown)}
            yield Finding("operation_on_unknown", LEVEL, (initiative.id,), "operations", parameters)
