"""A message whose time of being true starts or ends at something that is no touchpoint and no activity.

Why it matters to the customer: only by real events can anyone see that a message was no longer true when it was sent.

Smallest example:
    messages: [{id: morgen, valid: {until: bezorging}}], while the touchpoint bezorging was taken away

How to mend it: name the touchpoint or activity whose event starts or ends it.

Text that names such a thing is refused when it is read; this finds what an edit left behind.
"""

from collections.abc import Iterator, Mapping

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model
from ketenreis.requirements.checks.ctq_measured_nowhere import not_measurable
from ketenreis.requirements.measure import EventClass

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Names the ends of each message's time that nothing can happen at."""
    for message in model.of_kind("message"):
        valid = message.get("valid")
        ends = valid.values() if isinstance(valid, Mapping) else ()
        named = tuple(name for end in ends if isinstance(end, EventClass) for name in end.elements)
        if wrong := not_measurable(model, named):
            parameters: dict[str, str | int] = {"named": ", ".join(dict.fromkeys(wrong))}
            yield Finding("message_valid_nowhere", LEVEL, (message.id,), "valid", parameters)
