"""A CTQ that comes from no wish.

Why it matters to the customer: a requirement that no customer asked for costs work that others need.

Smallest example:
    wishes: [{id: weten, text: Ik wil het weten}]
    ctqs: [{id: op-tijd, name: Op tijd}]

How to mend it: name it at the wish it comes from: leads_to: [op-tijd]. A requirement of our own is an internal
requirement.

Keeps silent: as long as the model holds no wish.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the CTQs that no wish leads to."""
    if not model.of_kind("wish"):
        return
    for ctq in model.of_kind("ctq"):
        if not model.into(ctq.id, "leads_to"):
            yield Finding("ctq_without_wish", LEVEL, (ctq.id,))
