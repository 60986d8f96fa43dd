"""A handover without a giver, without a receiver, or with the same link at both ends.

Why it matters to the customer: an agreement of one side binds nobody to their case.

Smallest example:
    handovers: [{id: betaald, from: betalen}]

How to mend it: name both links: from: betalen, to: boeken.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the handovers that do not join two different links."""
    for handover in model.of_kind("handover"):
        giver = {edge.target for edge in model.out(handover.id, "from")}
        receiver = {edge.target for edge in model.out(handover.id, "to")}
        if not giver or not receiver or giver == receiver:
            yield Finding("handover_one_sided", LEVEL, (handover.id,))
