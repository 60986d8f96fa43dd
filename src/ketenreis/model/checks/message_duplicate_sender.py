"""Two messages from different senders that answer the same question in the same step.

Why it matters to the customer: two senders with one message make them wonder which of the two to believe.

Smallest example:
    shop and carrier both announce the same delivery

How to mend it: agree on one sender, or let one of the two answer another question.

Keeps silent: about messages without a sender or a touchpoint.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the questions that different senders answer in one step, with their messages."""
    answers: dict[tuple[str, str | None], dict[str, frozenset[str]]] = {}
    for message in model.of_kind("message"):
        senders = frozenset(edge.target for edge in model.out(message.id, "sent_by"))
        steps = dict.fromkeys(touchpoint.parent for touchpoint in model.targets(message.id, "carried_by"))
        for question in model.targets(message.id, "answers") if senders else ():
            for step in steps:
                answers.setdefault((question.id, step), {})[message.id] = senders
    found = dict.fromkeys(
        (question, *messages)
        for (question, _), messages in answers.items()
        if len(set(messages.values())) > 1
    )
    for elements in found:
        yield Finding("message_duplicate_sender", LEVEL, elements)
