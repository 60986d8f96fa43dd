"""A journey or chain that is for nobody in particular, in a model that does hold personas.

A blueprint is of one persona and one scenario; a journey inside another shares its personas.

Why it matters to the customer: what is made for the average customer fits few of them.

Smallest example:
    personas: [{id: gezin, name: Gezin}]
    journeys: [{id: bestellen, name: Bestellen}]

How to mend it: name the customer groups: for: [gezin].

Keeps silent: as long as the model holds no persona.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the journeys and chains that name no persona, neither themselves nor around them."""
    if not model.of_kind("persona"):
        return
    for element in model.of_kind("journey", "chain"):
        if not _for_somebody(model, element):
            yield Finding("element_without_persona", LEVEL, (element.id,))


def _for_somebody(model: Model, element: Element | None) -> bool:
    """Whether an element, or one of the same kind around it, names a persona."""
    while element is not None:
        if model.out(element.id, "for"):
            return True
        element = model.parent(element.id, element.kind)
    return False
