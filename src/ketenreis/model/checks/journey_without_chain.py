"""A journey that no customer chain makes true, in a model that does hold chains.

A journey that holds other journeys, such as a life cycle, is left to those; a detail journey shares its parent's chain.

Why it matters to the customer: a journey without a chain is a picture of wishes; no department is bound to it.

Smallest example:
    journeys: [{id: bestellen, name: Bestellen}]
    chains: [{id: leveren, name: Leveren}]

How to mend it: name the chain that fulfils the need: realised_by: [leveren].

Keeps silent: as long as the model holds no chain.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the journeys that neither have a chain nor stand in a journey that has one."""
    if not model.of_kind("chain"):
        return
    for journey in model.of_kind("journey"):
        if not model.children(journey.id, "journey") and not _has_chain(model, journey):
            yield Finding("journey_without_chain", LEVEL, (journey.id,))


def _has_chain(model: Model, journey: Element | None) -> bool:
    """Whether a journey, or one around it, is realised by a chain."""
    while journey is not None:
        if model.out(journey.id, "realised_by"):
            return True
        journey = model.parent(journey.id, "journey")
    return False
