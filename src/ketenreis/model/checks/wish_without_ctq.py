"""A wish that leads to no CTQ.

Not every wish has to become a requirement; but whoever leaves one out should do so on purpose.

Why it matters to the customer: a wish that is nobody's requirement is fulfilled by chance.

Smallest example:
    wishes: [{id: weten, text: Ik wil weten dat het gelukt is}]
    ctqs: [{id: op-tijd, name: Op tijd}]

How to mend it: name the CTQ: leads_to: [op-tijd], or make one of it.

Keeps silent: as long as the model holds no CTQ.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the wishes that became no requirement."""
    if not model.of_kind("ctq"):
        return
    for wish in model.of_kind("wish"):
        if not model.out(wish.id, "leads_to"):
            yield Finding("wish_without_ctq", LEVEL, (wish.id,))
