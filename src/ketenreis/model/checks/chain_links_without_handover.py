"""Two chain links next to each other, of different departments, without a handover between them.

Links are in the order they are written. A handover in either direction counts.

Why it matters to the customer: between two departments without an agreement is where cases wait and get lost.

Smallest example:
    links a, b, c of three departments, with a handover from a to b only

How to mend it: write the agreement: handovers: [{from: b, to: c, complete_when: ..., within: ...}].

Keeps silent: about a chain without any handover, which has only just begun, and about links without a department.
"""

from collections.abc import Iterator
from itertools import pairwise

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the changes of department that nobody made an agreement about."""
    for chain in model.of_kind("chain"):
        handovers = model.children(chain.id, "handover")
        agreed = {_ids(model, handover, "from") | _ids(model, handover, "to") for handover in handovers}
        if not handovers:
            continue
        for giver, receiver in pairwise(model.children(chain.id, "chain_link")):
            one, other = _ids(model, giver, "department"), _ids(model, receiver, "department")
            if one and other and one != other and {giver.id, receiver.id} not in agreed:
                yield Finding("chain_links_without_handover", LEVEL, (giver.id, receiver.id))


def _ids(model: Model, element: Element, relation: str) -> frozenset[str]:
    """The ids that an element leads to."""
    return frozenset(edge.target for edge in model.out(element.id, relation))
