"""A touchpoint whose work stands on no link of a chain: the journey goes where the chain does not.

The journey is the visible part of the chain. A touchpoint is on it when a process that realises it, or one around that
process, realises a chain link. A touchpoint that nothing realises is another finding.

Why it matters to the customer: work outside the chain is in nobody's agreement, so nobody hands it over in time.

Smallest example:
    a touchpoint realised by an activity in process b, while the chain's links are realised by process a

How to mend it: name the process at the chain link whose work it is: realised_by: [...].

Keeps silent: as long as no chain link in the model names a process.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the touchpoints that are realised beside every chain."""
    links = model.of_kind("chain_link")
    on_chain = {edge.target for link in links for edge in model.out(link.id, "realised_by")}
    if not on_chain:
        return
    for touchpoint in model.of_kind("touchpoint"):
        work = model.targets(touchpoint.id, "realised_by")
        if work and not any(_stands_on(model, element, on_chain) for element in work):
            yield Finding("touchpoint_floating", LEVEL, (touchpoint.id,))


def _stands_on(model: Model, element: Element | None, on_chain: set[str]) -> bool:
    """Whether an element, or something around it, realises a chain link."""
    while element is not None:
        if element.id in on_chain:
            return True
        element = model.parent(element.id)
    return False
