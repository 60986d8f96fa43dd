"""A journey without steps, a chain without links, or a process without activities.

A journey that holds journeys and a process that holds processes are not empty; nor is a process with a BPMN file.

Why it matters to the customer: nothing can be tied to it yet, so nothing in it is promised, kept or measured.

Smallest example:
    journeys: [{id: bestellen, name: Bestellen}]

How to mend it: write down the first steps (links, activities), one line each; details may come later.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model
from ketenreis.model.kinds import KIND

LEVEL: Level = "advice"

_HOLDS = {"journey": ("step", "journey"), "chain": ("chain_link",), "process": ("activity", "process")}
"""What each kind is made of; the first is what to write."""


def check(model: Model) -> Iterator[Finding]:
    """Finds the journeys, chains and processes that hold nothing yet."""
    for kind, parts in _HOLDS.items():
        for element in model.of_kind(kind):
            if next(model.within(element.id, *parts), None) is None and not element.get("bpmn"):
                yield Finding(
                    "still_empty", LEVEL, (element.id,), parameters={"holds": KIND[parts[0]].plural}
                )
