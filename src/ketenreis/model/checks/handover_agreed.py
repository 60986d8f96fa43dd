"""Good: a handover on which both sides agree, and which both have confirmed.

Why it matters to the customer: their case goes from hand to hand without anyone having to look for it.

Smallest example:
    handovers: [{id: betaald, from: a, to: b, complete_when: ..., within: 5 minutes, confirmed: 2026-03-12}]

How to keep it: look at it together once a year, or when a side changes.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.checks import (
    handover_not_confirmed_by_both,
    handover_one_sided,
    handover_sides_differ,
    handover_without_agreement,
)
from ketenreis.model.graph import Model

LEVEL: Level = "good"

_IN_THE_WAY = (
    handover_not_confirmed_by_both,
    handover_one_sided,
    handover_sides_differ,
    handover_without_agreement,
)
"""The checks that a good handover passes."""


def check(model: Model) -> Iterator[Finding]:
    """Finds the handovers that no other check has a word on."""
    remarked = {finding.elements[0] for other in _IN_THE_WAY for finding in other.check(model)}
    for handover in model.of_kind("handover"):
        if handover.id not in remarked:
            yield Finding("handover_agreed", LEVEL, (handover.id,))
