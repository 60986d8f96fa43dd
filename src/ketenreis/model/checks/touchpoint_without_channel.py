"""A touchpoint that is communication, but does not say over which channel.

Why it matters to the customer: a letter, a call and a screen ask different things of a reader; without a channel
nobody can see whether it reaches everyone.

Smallest example:
    touchpoints: [{id: bericht, name: Bericht, type: communication}]

How to mend it: name the channel. Two channels are two touchpoints.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the communication without a channel."""
    for touchpoint in model.of_kind("touchpoint"):
        if touchpoint.get("type") == "communication" and not touchpoint.get("channel"):
            yield Finding("touchpoint_without_channel", LEVEL, (touchpoint.id,), "channel")
