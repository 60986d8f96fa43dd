"""Good: every question of a journey is answered, in time.

Why it matters to the customer: nobody has to call to know where they stand.

Smallest example:
    a journey with one question, answered by a touchpoint in the same step

How to keep it: when a question is added, name its answer; before a contact goes, look which questions it answers.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.checks import question_answered_too_late
from ketenreis.model.graph import Model

LEVEL: Level = "good"


def check(model: Model) -> Iterator[Finding]:
    """Finds the journeys without open or late questions."""
    late = {finding.elements[0] for finding in question_answered_too_late.check(model)}
    for journey in model.of_kind("journey"):
        questions = [question.id for question in model.within(journey.id, "question")]
        if questions and all(
            question not in late and question_answered_too_late.answered_at(model, question)
            for question in questions
        ):
            yield Finding("questions_answered", LEVEL, (journey.id,), parameters={"count": len(questions)})
