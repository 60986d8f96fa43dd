"""A handover that giver, receiver or both have not confirmed.

One day counts for both sides; giver and receiver may also each have their own.

Why it matters to the customer: an agreement that one side never saw is broken without anyone noticing.

Smallest example:
    handovers: [{id: betaald, confirmed: {giver: 2026-03-12}}]

How to mend it: let the other side read it and write the day: confirmed: {giver: ..., receiver: ...}.

Keeps silent: about a handover on which nothing is agreed yet.
"""

from collections.abc import Iterator, Mapping

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "advice"

SIDES = ("giver", "receiver")


def check(model: Model) -> Iterator[Finding]:
    """Names the sides that have not confirmed."""
    for handover in model.of_kind("handover"):
        agreed = handover.get("complete_when") or handover.get("within")
        if agreed and (missing := unconfirmed(handover)):
            parameters: dict[str, str | int] = {"missing": ", ".join(missing)}
            yield Finding("handover_not_confirmed_by_both", LEVEL, (handover.id,), "confirmed", parameters)


def unconfirmed(handover: Element) -> list[str]:
    """The sides that have not confirmed a handover."""
    confirmed = handover.get("confirmed")
    if isinstance(confirmed, Mapping):
        return [side for side in SIDES if not confirmed.get(side)]
    return [] if confirmed else list(SIDES)
