"""A question of the customer's that no message and no touchpoint answers.

A warning once the model holds messages; before that, advice.

Why it matters to the customer: who gets no answer calls, writes or gives up. An open question is the source of
avoidable contact.

Smallest example:
    questions: [{id: gelukt, text: Is het gelukt?}]

How to mend it: name the question at the message or touchpoint that answers it: answers: [gelukt].
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the questions that stay open."""
    level: Level = LEVEL if model.of_kind("message") else "advice"
    for question in model.of_kind("question"):
        if not model.into(question.id, "answers"):
            yield Finding("question_unanswered", level, (question.id,))
