"""What belongs to a chain: its journeys, its work, its requirements, and which chains an element belongs to."""

from dataclasses import dataclass

from ketenreis.model import Element, Model

_BASE_KANO = ("must_be",)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a chain reaches.

    Attributes:
        chain: The chain.
        links: From need to fulfilment.
        journeys: That it makes true.
        steps, touchpoints: Of these journeys.
        activities: Of the processes that realise its links.
        handovers: Between its links.
        requirements: That are served by its work or handovers, measured at its work or touchpoints, or steered by.
        base: Of these the ones that the base rests on: must-be, or under a promise made to customers.
    """

    chain: Element
    links: tuple[Element, ...]
    journeys: tuple[Element, ...]
    steps: tuple[Element, ...]
    touchpoints: tuple[Element, ...]
    activities: tuple[Element, ...]
    handovers: tuple[Element, ...]
    requirements: tuple[Element, ...]
    base: tuple[Element, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all that stands in it or is reached by it."""
        parts = (self.links, self.journeys, self.steps, self.touchpoints, self.activities, self.handovers)
        return frozenset({self.chain.id, *(one.id for part in (*parts, self.requirements) for one in part)})


def scope(model: Model, chain_id: str) -> Scope:
    """Finds all that belongs to a chain.

    Args:
        model: The model.
        chain_id: The chain.

    Returns:
        Everything in the order of the model.

    Raises:
        UnknownElementError: The model has no such chain.
    """
    chain = model[chain_id]
    links = model.children(chain_id, "chain_link")
    journeys = tuple(one for one in model.sources(chain_id, "realised_by") if one.kind == "journey")
    inside = [one for journey in journeys for one in model.within(journey.id, "step", "touchpoint")]
    processes = dict.fromkeys(each.id for link in links for each in model.targets(link.id, "realised_by"))
    work = dict.fromkeys(one.id for name in processes for one in model.within(name, "activity"))
    handovers = model.children(chain_id, "handover")
    requirements = _requirements(model, chain_id, [one.id for one in inside], list(work), handovers)
    promised = {
        target.id for promise in model.of_kind("promise") for target in model.targets(promise.id, "rests_on")
    }
    return Scope(
        chain,
        links,
        journeys,
        tuple(one for one in inside if one.kind == "step"),
        tuple(one for one in inside if one.kind == "touchpoint"),
        tuple(model[name] for name in work),
        handovers,
        requirements,
        tuple(one for one in requirements if one.get("kano") in _BASE_KANO or one.id in promised),
    )


def _requirements(
    model: Model, chain_id: str, visible: list[str], work: list[str], handovers: tuple[Element, ...]
) -> tuple[Element, ...]:
    points = [*visible, *work]
    found = {source.id for point in points for source in model.sources(point, "measured_at")}
    servers = [*work, *(one.id for one in handovers)]
    servers += [output.id for name in work for output in model.children(name, "output")]
    found |= {target.id for name in servers for target in model.targets(name, "serves")}
    found |= {
        target.id for kpi in model.children(chain_id, "kpi") for target in model.targets(kpi.id, "points_at")
    }
    wishes = [wish for name in visible for wish in model.children(name, "wish")]
    found |= {target.id for wish in wishes for target in model.targets(wish.id, "leads_to")}
    return tuple(ctq for ctq in model.of_kind("ctq") if ctq.id in found)


def chains_of(model: Model, element_id: str) -> tuple[Element, ...]:
    """The chains that an element belongs to, or stands in something that does."""
    return tuple(
        chain for chain in model.of_kind("chain") if _belongs(model, element_id, scope(model, chain.id).ids)
    )


def _belongs(model: Model, element_id: str, ids: frozenset[str]) -> bool:
    here: Element | None = model[element_id]
    while here is not None:
        if here.id in ids:
            return True
        carriers = model.targets(here.id, "carried_by") if here.kind == "message" else ()
        if any(one.id in ids for one in carriers):
            return True
        here = model.parent(here.id)
    return False
