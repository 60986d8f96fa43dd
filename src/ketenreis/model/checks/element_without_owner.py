"""A journey, chain, process or CTQ that nobody owns.

What stands in an owned journey or process is owned with it. A chain without an owner is a warning: one owner for each
chain is the first thing that keeps a promise standing across departments.

Why it matters to the customer: what belongs to everybody is mended by nobody.

Smallest example:
    chains: [{id: leveren, name: Leveren}]

How to mend it: name a role: owned_by: [role].

Keeps silent: about journeys, processes and CTQs as long as the model holds no role.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds what nobody owns, neither itself nor what it stands in."""
    kinds = ("chain", "journey", "process", "ctq") if model.of_kind("role") else ("chain",)
    for element in model.of_kind(*kinds):
        if not _owned(model, element):
            level: Level = LEVEL if element.kind == "chain" else "advice"
            yield Finding("element_without_owner", level, (element.id,))


def _owned(model: Model, element: Element | None) -> bool:
    """Whether an element, or one of the same kind around it, has an owner."""
    while element is not None:
        if model.out(element.id, "owned_by"):
            return True
        element = model.parent(element.id, element.kind)
    return False
