"""What do customers need from a department or a role? Read backwards along the red thread, from its work to their requirements."""

from collections.abc import Iterator
from dataclasses import dataclass

from ketenreis.model import Element, Model
from ketenreis.requirements import requirement, sentence
from ketenreis.web.chains.reading import Agreement, agreements


@dataclass(frozen=True, slots=True)
class Contribution:
    """One activity that serves a requirement: itself, or through these outputs."""

    activity: Element
    outputs: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement that somebody's work serves.

    Attributes:
        asked: The CTQ, or the internal requirement.
        sentence: The requirement read as a sentence; empty for an internal one, or without a measure.
        groups: The personas it matters to.
        wishes: The wishes it comes from.
        work: Which activities and outputs make it true.
    """

    asked: Element
    sentence: str
    groups: tuple[Element, ...]
    wishes: tuple[Element, ...]
    work: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Needed:
    """All that is needed from a department or a role.

    Attributes:
        customers: CTQs that its work serves.
        ours: Internal requirements that its work serves.
        unasked: Activities of which nobody said whom they serve.
        receives, gives: The handovers in and out.
        activities: How many activities it performs.
    """

    customers: tuple[Need, ...]
    ours: tuple[Need, ...]
    unasked: tuple[Element, ...]
    receives: tuple[Agreement, ...]
    gives: tuple[Agreement, ...]
    activities: int


def needed_from(model: Model, who: Element, language: str) -> Needed:
    """Reads what is needed from a department or a role.

    Args:
        model: Where it stands.
        who: A department, which answers for its roles too, or a role.
        language: In which requirements are read as sentences.

    Returns:
        Requirements in the order of the model. The handovers of a role are those of its department's links in whose
        processes it works.
    """
    roles = {role.id for role in model.within(who.id, "role")} if who.kind == "department" else {who.id}
    work = tuple(performed(model, roles))
    served: dict[str, dict[str, list[Element]]] = {}
    unasked = []
    for activity in work:
        asked = False
        for element in (activity, *model.children(activity.id, "output")):
            for target in model.targets(element.id, "serves"):
                asked = True
                outputs = served.setdefault(target.id, {}).setdefault(activity.id, [])
                if element.kind == "output":
                    outputs.append(element)
        if not asked:
            unasked.append(activity)
    needs = [
        _need(model, target, served[target.id], language)
        for target in model.of_kind("ctq", "internal_requirement")
        if target.id in served
    ]
    own = {link.id for link in _links(model, who, work)}
    every = tuple(one for chain in model.of_kind("chain") for one in agreements(model, chain.id))
    return Needed(
        tuple(need for need in needs if need.asked.kind == "ctq"),
        tuple(need for need in needs if need.asked.kind != "ctq"),
        tuple(unasked),
        tuple(one for one in every if one.sides[1].link and one.sides[1].link.id in own),
        tuple(one for one in every if one.sides[0].link and one.sides[0].link.id in own),
        len(work),
    )


def performed(model: Model, roles: set[str]) -> Iterator[Element]:
    """The activities that these roles perform."""
    for activity in model.of_kind("activity"):
        if any(role.id in roles for role in performers(model, activity)):
            yield activity


def performers(model: Model, activity: Element) -> tuple[Element, ...]:
    """Who performs an activity: by name, or because the process around it is theirs."""
    by, above = model.targets(activity.id, "performed_by"), activity
    while not by and (around := model.parent(above.id, "process")) is not None:
        by, above = model.targets(around.id, "performed_by"), around
    return by


def _need(model: Model, asked: Element, work: dict[str, list[Element]], language: str) -> Need:
    said = ""
    if asked.kind == "ctq" and asked.get("measure") is not None:
        said = sentence(requirement(asked), language, model.name)
    return Need(
        asked,
        said,
        model.targets(asked.id, "for"),
        model.sources(asked.id, "leads_to"),
        tuple(Contribution(model[activity], tuple(outputs)) for activity, outputs in work.items()),
    )


def _links(model: Model, who: Element, work: tuple[Element, ...]) -> Iterator[Element]:
    """The chain links in which somebody takes part: those of a department; of a role, those in whose processes it works."""
    around = {above.id for activity in work for above in _around(model, activity)}
    department = who.id if who.kind == "department" else who.parent
    for link in model.of_kind("chain_link"):
        named = model.target(link.id, "department")
        if named is None or named.id != department:
            continue
        if who.kind == "department" or any(
            process.id in around for process in model.targets(link.id, "realised_by")
        ):
            yield link


def _around(model: Model, element: Element) -> Iterator[Element]:
    above = model.parent(element.id, "process")
    while above is not None:
        yield above
        above = model.parent(above.id, "process")
