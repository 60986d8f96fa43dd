"""A step or activity that says it comes after itself.

Why it matters to the customer: a path that stands still leads nobody to what they need.

Smallest example:
    steps: [{id: betalen, name: Betalen, next: [betalen]}]

How to mend it: name the step that really comes next. Doing it again is a path through another step, or the end.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.flow import FLOW_NODES
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the relations `next` and `then` that end where they start."""
    for one in model.of_kind("step", *FLOW_NODES):
        for edge in model.out(one.id, "next", "then"):
            if edge.target == one.id:
                about = {"relation": edge.relation}
                yield Finding("next_loops_to_itself", LEVEL, (one.id,), edge.relation, about)
