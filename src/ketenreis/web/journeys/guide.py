"""How far is a journey, in the fixed order of its design, and what is still missing at each stage?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ketenreis.model import Element, Model


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the guided path.

    Attributes:
        name: Of its sentences.
        done: How many things are as they should be.
        whole: Of how many.
        missing: The elements at which something is still missing, in order.
    """

    name: str
    done: int
    whole: int
    missing: tuple[Element, ...]

    @property
    def complete(self) -> bool:
        """Whether there is something, and nothing is missing."""
        return self.whole > 0 and not self.missing


def path(model: Model, journey: Element) -> tuple[Stage, ...]:
    """The stages of a journey's design: scope, steps, influence, wishes, CTQs, activities and outputs, measures.

    Args:
        model: Where it stands.
        journey: Which journey.

    Returns:
        Seven stages, in the order in which they are designed.
    """
    steps = tuple(model.within(journey.id, "step"))
    wishes = tuple(wish for step in steps for wish in model.children(step.id, "wish"))
    ctqs = tuple(dict.fromkeys(ctq for wish in wishes for ctq in model.targets(wish.id, "leads_to")))
    scoped = all(journey.get(field) for field in ("need", "start", "end", "out_of_scope"))
    return (
        Stage("scope", int(scoped), 1, () if scoped else (journey,)),
        _stage(
            "steps", steps, lambda step: bool(step.get("action") or model.children(step.id, "touchpoint"))
        ),
        _stage("influence", steps, lambda step: step.get("influence") is not None),
        _stage("wishes", steps, lambda step: bool(model.children(step.id, "wish"))),
        _stage("ctqs", wishes, lambda wish: bool(model.targets(wish.id, "leads_to"))),
        _stage("work", ctqs, lambda ctq: bool(model.sources(ctq.id, "serves"))),
        _stage("measures", ctqs, lambda ctq: bool(ctq.get("measure") and ctq.get("norms"))),
    )


def _stage(name: str, elements: Iterable[Element], fits: Callable[[Element], bool]) -> Stage:
    every = tuple(elements)
    missing = tuple(element for element in every if not fits(element))
    return Stage(name, len(every) - len(missing), len(every), missing)
