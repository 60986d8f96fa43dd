"""What could serve both sides of a tension? Read from the model: where else a question can be answered, who else can do the work.

The rule behind it: answer the question earlier, elsewhere or automatically before the contact goes (the failure is upstream
of the contact that it causes: Seddon, J. (2003), Freedom from Command and Control).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from ketenreis.model import Element, Model

How = Literal["earlier", "elsewhere", "automatic", "together", "one_after_other", "otherwise"]

DIGITAL = ("web", "mail", "sms", "app", "portal", "portaal", "online", "chat", "mijn")
"""A channel with one of these in its name answers without anybody at work."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that serves both sides.

    Attributes:
        name: Which sentence says it.
        how: In what way it serves both.
        at: Where: a touchpoint, message, step, activity, role or goal; None where no place is needed.
        about: The question, requirement or initiative that it is for; None where there is none.
    """

    name: str
    how: How
    at: Element | None = None
    about: Element | None = None


def answering(model: Model, question: Element, gone: Collection[str]) -> Iterator[Option]:
    """Where else a question can be answered when the contact that answers it goes.

    Args:
        model: The model.
        question: The question of the customer.
        gone: The ids of all that anybody wants to remove.

    Returns:
        Earlier, elsewhere and automatically, where the journey has a place for it, the nearest; always at least one: a
        new message in the step where the question comes up.
    """
    step = model.parent(question.id, "step")
    if step is None:
        return
    here, before = _contacts(model, step, gone), _contacts_before(model, step, gone)
    taken: set[str] = set()
    messages = [
        one for contact in here for one in model.sources(contact.id, "carried_by") if one.id not in gone
    ]
    ways: tuple[tuple[str, How, list[Element]], ...] = (
        ("answer_earlier", "earlier", before),
        ("answer_in_message", "elsewhere", messages),
        ("answer_at_contact", "elsewhere", here if not messages else []),
        ("answer_automatically", "automatic", [one for one in (*here, *before) if _is_automatic(model, one)]),
    )  # fmt: skip
    for name, how, places in ways:
        place = next((one for one in places if one.id not in taken), None)
        if place is not None:
            taken.add(place.id)
            yield Option(name, how, place, question)
    if not taken:
        yield Option("answer_anew", "earlier", step, question)


def _contacts(model: Model, step: Element, gone: Collection[str]) -> list[Element]:
    """The contacts of a step in which something can be said to the customer, those that every journey has first."""
    found = [
        one
        for one in model.children(step.id, "touchpoint")
        if one.id not in gone and (one.get("by") != "customer" or one.get("type") == "action")
    ]
    return sorted(found, key=lambda one: one.get("mandatory") is not True)


def _contacts_before(model: Model, step: Element, gone: Collection[str]) -> list[Element]:
    """The same of the steps before it in the journey, the nearest first."""
    journey = model.parent(step.id, "journey")
    steps = [one.id for one in model.within(journey.id, "step")] if journey is not None else [step.id]
    before = reversed(steps[: steps.index(step.id)])
    found = [contact for name in before for contact in reversed(_contacts(model, model[name], gone))]
    return sorted(found, key=lambda one: one.get("mandatory") is not True)


def _is_automatic(model: Model, contact: Element) -> bool:
    channel = str(contact.get("channel") or "").casefold()
    work = model.targets(contact.id, "realised_by")
    by_system = any(model.out(one.id, "uses") and not model.out(one.id, "performed_by") for one in work)
    return by_system or any(word in channel for word in DIGITAL)


def keeping(
    model: Model, requirement: Element, element: Element, gone: Collection[str], away: Collection[str]
) -> Iterator[Option]:
    """Who else can keep a requirement when the work that keeps it goes; always at least one: less of it instead of none.

    Args:
        model: The model.
        requirement: What is kept.
        element: What would be removed.
        gone: The ids that would go with it.
        away: The ids of all that anybody wants to remove.
    """
    works = [model[name] for name in sorted(gone) if model[name].kind == "activity"]
    near = [
        other
        for work in works
        if work.parent is not None
        for other in model.children(work.parent, "activity")
        if other.id not in away
    ]
    if near:
        yield Option("keep_elsewhere", "elsewhere", near[0], requirement)
    systems = [one for other in (*works, *near) for one in model.targets(other.id, "uses")]
    if systems:
        yield Option("keep_automatically", "automatic", systems[0], requirement)
    yield Option("keep_shorter", "otherwise", element, requirement)


def in_turn(first: Element, then: Element) -> Option:
    """First what gives the customer more, and only when that works what takes away."""
    return Option("in_turn", "one_after_other", first, then)


def staffing(model: Model, role: Element, first: Element, other: Element) -> Iterator[Option]:
    """How two initiatives can do with one scarce role: one after the other, or with a colleague of the same department."""
    yield Option("plan_apart", "one_after_other", first, other)
    department = model.parent(role.id, "department")
    colleagues = model.within(department.id, "role") if department is not None else ()
    colleague = next((one for one in colleagues if one.id != role.id and one.get("scarce") is not True), None)
    if colleague is not None:
        yield Option("other_role", "elsewhere", colleague, role)


def agreeing(model: Model, *initiatives: Element) -> Iterator[Option]:
    """Which goal could be shared: one that either already pursues, else that of the organisation's vision, else a new one."""
    goals = [goal for one in initiatives for goal in model.targets(one.id, "pursues")] or [
        *(goal for chain in model.of_kind("chain") for goal in model.targets(chain.id, "pursues")),
        *model.of_kind("goal"),
    ]
    if goals:
        yield Option("agree_goal", "together", goals[0])
    elif model.organisation is not None and model.organisation.get("vision"):
        yield Option("agree_vision", "together", model.organisation)
    else:
        yield Option("agree_anew", "together")
