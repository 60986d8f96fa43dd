"""A message that answers a question, but that no touchpoint carries.

A message for people outside any journey answers no question yet, and is left alone.

Why it matters to the customer: an answer that is written but never sent is no answer.

Smallest example:
    messages: [{id: ontvangen, answers: [gelukt]}]

How to mend it: name the touchpoint that brings it: carried_by: [...].
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the answers that reach nobody."""
    for message in model.of_kind("message"):
        if model.out(message.id, "answers") and not model.out(message.id, "carried_by"):
            yield Finding("message_not_carried", LEVEL, (message.id,))
