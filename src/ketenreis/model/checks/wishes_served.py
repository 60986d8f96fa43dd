"""Good: every wish of a journey leads to a CTQ, and every one of those CTQs is served.

Why it matters to the customer: for everything they ask for here, somebody has the task to make it true.

Smallest example:
    a journey with one wish, its CTQ, and an activity that serves it

How to keep it: when a wish is added, let it lead to a CTQ, and name the work that serves it.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "good"


def check(model: Model) -> Iterator[Finding]:
    """Finds the journeys whose wishes are all served."""
    for journey in model.of_kind("journey"):
        wishes = tuple(model.within(journey.id, "wish"))
        if wishes and all(_served(model, wish.id) for wish in wishes):
            yield Finding("wishes_served", LEVEL, (journey.id,), parameters={"count": len(wishes)})


def _served(model: Model, wish_id: str) -> bool:
    """Whether a wish leads to CTQs, and something serves each of them."""
    ctqs = model.out(wish_id, "leads_to")
    return bool(ctqs) and all(model.into(edge.target, "serves") for edge in ctqs)
