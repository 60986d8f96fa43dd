"""A journey whose touchpoints, three or more, all go over one and the same channel.

Why it matters to the customer: whoever cannot or will not use that channel has no way through.

Smallest example:
    three touchpoints in one journey, each with channel: website

How to mend it: add a touchpoint on a second channel where customers get stuck, or note why one channel is enough.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"

_FEWEST = 3
"""Below three touchpoints a journey has only just begun."""


def check(model: Model) -> Iterator[Finding]:
    """Finds the journeys whose own touchpoints know one channel."""
    channels: dict[str, list[str]] = {}
    for touchpoint in model.of_kind("touchpoint"):
        journey = model.parent(touchpoint.id, "journey")
        channel = str(touchpoint.get("channel") or "").strip()
        if journey is not None and channel:
            channels.setdefault(journey.id, []).append(channel)
    for journey_id, used in channels.items():
        if len(used) >= _FEWEST and len({channel.casefold() for channel in used}) == 1:
            parameters: dict[str, str | int] = {"channel": used[0], "count": len(used)}
            yield Finding("journey_one_channel_only", LEVEL, (journey_id,), parameters=parameters)
