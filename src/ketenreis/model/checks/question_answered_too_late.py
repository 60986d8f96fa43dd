"""A question that is answered only in a later step than the one where the customer asks it.

Steps are in the order they are written, within one journey. An answer outside that journey, or in a message that no
touchpoint carries, says nothing about the moment.

Why it matters to the customer: the answer comes when they have already called, or worried, or gone elsewhere.

Smallest example:
    a question in step 1, answered by a touchpoint in step 2

How to mend it: answer it at the moment of the question: move the message forward, or tell it earlier too.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.checks.step_out_of_journey import steps_of_journeys
from ketenreis.model.graph import Element, Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the late answers: the question, and the first step that answers it."""
    moments = {
        step.id: (journey, number)
        for journey, steps in steps_of_journeys(model).items()
        for number, step in enumerate(steps)
    }
    for question in model.of_kind("question"):
        asked = moments.get(question.parent or "")
        answered = [moments.get(touchpoint.parent or "") for touchpoint in answered_at(model, question.id)]
        if asked and answered and all(_later(moment, asked) for moment in answered):
            first = min(moment for moment in answered if moment)
            step = next(step for step, moment in moments.items() if moment == first)
            yield Finding("question_answered_too_late", LEVEL, (question.id, step))


def answered_at(model: Model, question_id: str) -> tuple[Element, ...]:
    """The touchpoints at which a question is answered: themselves, or by a message they carry."""
    found = list[Element]()
    for source in model.sources(question_id, "answers"):
        found += [source] if source.kind == "touchpoint" else model.targets(source.id, "carried_by")
    return tuple(found)


def _later(moment: tuple[str, int] | None, asked: tuple[str, int]) -> bool:
    """Whether a moment is certainly after the moment of the question."""
    return moment is not None and moment[0] == asked[0] and moment[1] > asked[1]
