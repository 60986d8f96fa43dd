"""A handover on which giver and receiver do not say the same: about when it is complete, or within what time.

Words are compared without regard to capitals and spaces, times by their length: 1 hour equals 60 minutes.

Why it matters to the customer: each side keeps its own agreement, and the case still comes too late or incomplete.

Smallest example:
    handovers: [{id: betaald, within: {giver: 1 hour, receiver: 5 minutes}}]

How to mend it: bring both sides together and write what they agree on.
"""

from collections.abc import Iterator, Mapping

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model
from ketenreis.quantity import Duration

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the two statements that differ, one finding for each field."""
    for handover in model.of_kind("handover"):
        for field in ("complete_when", "within"):
            said = handover.get(field)
            if isinstance(said, Mapping) and said.get("giver") and said.get("receiver"):
                giver, receiver = said["giver"], said["receiver"]
                if meaning(giver) != meaning(receiver):
                    parameters: dict[str, str | int] = {"giver": str(giver), "receiver": str(receiver)}
                    yield Finding("handover_sides_differ", LEVEL, (handover.id,), field, parameters)


def meaning(said: object) -> object:
    """What is compared: a length of time, or words without capitals and spaces."""
    if isinstance(said, Duration):
        return said.microseconds if said.is_calendar else said
    return " ".join(str(said).casefold().split())
