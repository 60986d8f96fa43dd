"""What stands in each step of a journey, on what does it rest, and where do customers go from there?"""

from collections.abc import Collection
from dataclasses import dataclass

from ketenreis.analysis.basis import Basis, basis
from ketenreis.analysis.blueprint_columns import Column as Way
from ketenreis.analysis.blueprint_columns import steps
from ketenreis.model import KIND, Element, Kind, Model

IN_A_STEP = ("touchpoint", "question", "wish", "pain_point")
"""What is shown of a step, in this order."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that stands in a step.

    Attributes:
        element: The thing.
        rests: What it rests on.
        ctqs: For a wish: the requirements it leads to.
        shows: For a touchpoint: the letter, film or screen itself.
    """

    element: Element
    rests: Basis
    ctqs: tuple[Element, ...]
    shows: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One step with what stands in it.

    Attributes:
        step: The step.
        rests: What it rests on.
        way: How customers come here: along the main path, a branch or a detour.
        then: Where they go from here, each with the kind of way.
        groups: What stands in it, per kind.
    """

    step: Element
    rests: Basis
    way: str
    then: tuple[tuple[Element, str], ...]
    groups: tuple[tuple[Kind, tuple[Part, ...]], ...]


def columns(model: Model, journey: Element, firm: Collection[str]) -> dict[str, tuple[Column, ...]]:
    """The steps of a journey, in order, by what they stand in: the journey itself, or one of its phases.

    Args:
        model: Where it stands.
        journey: Which journey.
        firm: The elements that events were judged at.
    """
    ways = {way.element.id: way for way in steps(model, journey)}
    homes = (journey, *model.children(journey.id, "phase"))
    return {
        home.id: tuple(
            _column(model, step, ways.get(step.id), firm) for step in model.children(home.id, "step")
        )
        for home in homes
    }


def _column(model: Model, step: Element, way: Way | None, firm: Collection[str]) -> Column:
    inside: dict[str, list[Part]] = {name: [] for name in IN_A_STEP}
    for child in model.children(step.id, *IN_A_STEP):
        inside[child.kind].append(
            Part(
                child,
                basis(model, child, firm),
                model.targets(child.id, "leads_to"),
                model.targets(child.id, "shows"),
            )
        )
    return Column(
        step,
        basis(model, step, firm),
        way.path if way else "main",
        tuple((model[edge.target], str(edge.fields.get("path", "main"))) for edge in way.then) if way else (),
        tuple((KIND[name], tuple(parts)) for name, parts in inside.items()),
    )
