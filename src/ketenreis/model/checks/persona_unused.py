"""A persona that no journey, chain, CTQ, message or expectation is for.

Why it matters to the customer: a group that is described but never designed for gets what was made for others.

Smallest example:
    personas: [{id: gezin, name: Gezin}]
    journeys: [{id: bestellen, name: Bestellen}]

How to mend it: name the persona where it counts (for: [gezin]), or take it out.

Keeps silent: as long as the model holds no journey and no chain.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the personas that nothing is for."""
    if not model.of_kind("journey", "chain"):
        return
    for persona in model.of_kind("persona"):
        if not model.into(persona.id, "for"):
            yield Finding("persona_unused", LEVEL, (persona.id,))
