"""A message that answers no question and pursues no goal.

Why it matters to the customer: every message asks for attention; one that answers nothing wears it out.

Smallest example:
    messages: [{id: nieuwsbrief, name: Nieuwsbrief}]

How to mend it: name the question it answers (answers: [...]) or the goal it pursues (pursues: [...]), or stop it.

Keeps silent: as long as the model holds no question and no goal.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the messages that are there for nothing."""
    if not model.of_kind("question", "goal"):
        return
    for message in model.of_kind("message"):
        if not model.out(message.id, "answers", "pursues"):
            yield Finding("message_without_question_or_goal", LEVEL, (message.id,))
