"""A promise that announces several contacts, of which nobody measures whether they come in that order.

The order is that of the journey, however the promise lists them. A place that is announced counts as measured where a
step of the CTQ's `as_announced` names it, an activity that makes it true, or, of a step of the journey, one of its
contacts. Other steps may stand between.

Why it matters to the customer: whoever is told "first a message, then a call, then the visit" counts on each of them;
a step that is skipped or changes places feels like a broken word, also when the end is on time.

Smallest example:
    promises: [{id: p, announces: [bericht, belletje, bezoek], rests_on: op-tijd}]
    ctqs: [{id: op-tijd, measure: {pattern: within, ...}}]

How to mend it: let the promise rest on a CTQ with the pattern as_announced and these steps; or announce less.
"""

from collections.abc import Iterator, Sequence

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model
from ketenreis.requirements.ctq import requirement
from ketenreis.requirements.measure import EventClass

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the promises whose order nobody measures."""
    place = {element.id: number for number, element in enumerate(model)}
    for promise in model.of_kind("promise"):
        announced = sorted(model.targets(promise.id, "announces"), key=lambda each: place[each.id])
        rests_on = model.targets(promise.id, "rests_on")
        if not announced[1:] or not rests_on:
            continue
        ctq = rests_on[0]
        measure = requirement(ctq).measure
        steps = measure.get("steps") if measure else None
        if not _covers(steps if isinstance(steps, tuple) else (), announced, model):
            named = " → ".join(place.name for place in announced)
            parameters: dict[str, str | int] = {"announced": named}
            yield Finding("promise_order_unmeasured", LEVEL, (promise.id, ctq.id), "announces", parameters)


def _covers(steps: Sequence[object], announced: Sequence[Element], model: Model) -> bool:
    """Whether every place announced has a step of its own, in that order."""
    rest = iter(step for step in steps if isinstance(step, EventClass))
    return all(any(_means(place, model) & set(step.elements) for step in rest) for place in announced)


def _means(place: Element, model: Model) -> set[str]:
    """The touchpoints and activities whose events show that a place of the journey was reached."""
    contacts = [place, *model.children(place.id)] if place.kind == "step" else [place]
    return {contact.id for contact in contacts} | {
        other.id for contact in contacts for other in model.targets(contact.id, "realised_by")
    }
