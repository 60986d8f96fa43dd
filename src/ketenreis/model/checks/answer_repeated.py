"""One sender answers the same question more than once, in the same phase and over the same channel.

Messages without a sender are taken as one sender. Different senders in one step are another finding.

Why it matters to the customer: the second time it is not an answer but noise, and the one that matters gets lost.

Smallest example:
    two e-mails in one phase that both say the order was received

How to mend it: keep the one at the moment of the question; or let the other one answer something else.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the questions that messages answer again, with those messages."""
    answers: dict[tuple[object, ...], list[str]] = {}
    for message in model.of_kind("message"):
        senders = frozenset(edge.target for edge in model.out(message.id, "sent_by"))
        moments = dict.fromkeys(_moment(model, at) for at in model.targets(message.id, "carried_by"))
        for question in model.targets(message.id, "answers"):
            for moment in moments:
                answers.setdefault((question.id, senders, *moment), []).append(message.id)
    repeated = dict.fromkeys(
        (str(key[0]), *messages) for key, messages in answers.items() if len(messages) > 1
    )
    for elements in repeated:
        yield Finding("answer_repeated", LEVEL, elements)


def _moment(model: Model, touchpoint: Element) -> tuple[str, str]:
    """In which phase (or journey) a touchpoint stands, and over which channel it goes."""
    around = model.parent(touchpoint.id, "phase", "journey")
    return around.id if around else "", str(touchpoint.get("channel") or "").casefold()
