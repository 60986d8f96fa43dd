"""A step where customers feel something, while the organisation is nowhere in sight.

Why it matters to the customer: a feeling without a touchpoint is one that nobody can do anything about.

Smallest example:
    steps: [{id: wachten, name: Wachten, feelings: [{score: -1, basis: assumed}]}]

How to mend it: write the contact that the feeling comes from, or the one that is missing there.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the steps with feelings and without touchpoints."""
    for step in model.of_kind("step"):
        if step.get("feelings") and not model.children(step.id, "touchpoint"):
            yield Finding("feeling_without_touchpoint", LEVEL, (step.id,), "feelings")
