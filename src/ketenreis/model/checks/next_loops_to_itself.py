"""A step or activity that says it comes after itself.

Why it matters to the customer: a path that stands still leads nobody to what they need.

Smallest example:
    steps: [{id: betalen, name: Betalen, next: [betalen]}]

How to mend it: name the step that really comes next. Doing it again is a path through another step, or the end.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the relations `next` and `then` that end where they start."""
    for edge in model.edges:
        if edge.source == edge.target and edge.relation in ("next", "then"):
            yield Finding(
                "next_loops_to_itself", LEVEL, (edge.source,), edge.relation, {"relation": edge.relation}
            )
