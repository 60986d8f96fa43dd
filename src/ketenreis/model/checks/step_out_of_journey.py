"""A step that no path of its journey reaches.

Steps follow each other as they are written, unless a step says with `next` what comes after it. A step that is
neither the first, nor next, nor written behind a step without `next`, stands beside the path.

Why it matters to the customer: a step that nobody can get to is not lived through, however well it is designed.

Smallest example:
    steps: [{id: kiezen, next: [ontvangen]}, {id: betalen}, {id: ontvangen}]

How to mend it: name the step as next of the step before it, as branch or detour if it is one.

Keeps silent: about journeys without any `next`.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Walks each journey's paths and finds the steps that were not met."""
    for steps in steps_of_journeys(model).values():
        if any(model.out(step.id, "next") for step in steps):
            met = _met(model, steps)
            for step in steps:
                if step.id not in met:
                    yield Finding("step_out_of_journey", LEVEL, (step.id,))


def steps_of_journeys(model: Model) -> dict[str, list[Element]]:
    """The steps of each journey, in the order they are written; those of a journey inside it are not counted."""
    found: dict[str, list[Element]] = {}
    for step in model.of_kind("step"):
        journey = model.parent(step.id, "journey")
        if journey is not None:
            found.setdefault(journey.id, []).append(step)
    return found


def _met(model: Model, steps: Sequence[Element]) -> set[str]:
    """The ids of the steps that a path from the first step, or from another journey, passes."""
    own = {step.id for step in steps}
    follows = {step.id: later.id for step, later in pairwise(steps)}
    entered = {step.id for step in steps for edge in model.into(step.id, "next") if edge.source not in own}
    waiting, met = [steps[0].id, *entered], set[str]()
    while waiting:
        step_id = waiting.pop()
        if step_id in own and step_id not in met:
            met.add(step_id)
            named = [edge.target for edge in model.out(step_id, "next")]
            waiting += named or ([follows[step_id]] if step_id in follows else [])
    return met
