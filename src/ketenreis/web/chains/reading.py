"""What does a chain consist of, as its page shows it: links, agreements between them, figures to steer by, expectations, ideas?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ketenreis.measure.handovers import Pair
from ketenreis.model import Element, Model
from ketenreis.model.checks import handover_sides_differ, touchpoint_floating
from ketenreis.model.graph import is_empty
from ketenreis.reports.handed_over import HandedOver

SIDES = {"giver": "from", "receiver": "to"}
"""The two sides of a handover, each with the relation that says which link it is."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of a handover.

    Attributes:
        name: giver or receiver.
        link: The chain link; None when nobody said.
        department: Of that link.
        complete_when, within: Its statement; None when it said nothing.
        confirmed: The day on which it confirmed; None when it did not.
    """

    name: str
    link: Element | None
    department: Element | None
    complete_when: object
    within: object
    confirmed: date | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One handover with both statements beside each other.

    Attributes:
        handover: The element.
        sides: Giver and receiver, in that order.
        differs: The fields on which they do not say the same.
        missing: The fields on which neither says anything.
        hands, serves: What is handed over, and for which requirement.
        measured: What the events show; None where they show nothing.
    """

    handover: Element
    sides: tuple[Side, Side]
    differs: frozenset[str]
    missing: tuple[str, ...]
    hands: tuple[Element, ...]
    serves: tuple[Element, ...]
    measured: Pair | None = None

    @property
    def standing(self) -> str:
        """How it stands: silent, differs, unconfirmed or agreed."""
        if self.missing:
            return "silent"
        if self.differs:
            return "differs"
        return "agreed" if all(side.confirmed for side in self.sides) else "unconfirmed"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain, with the agreements about what it hands on.

    Attributes:
        link: The element.
        department, owner: None when nobody said.
        processes: That realise it.
        roles: Of its department, that work in those processes.
        gives: The agreements in which it is the giver.
        is_last: Whether no link comes after it.
    """

    link: Element
    department: Element | None
    owner: Element | None
    processes: tuple[Element, ...]
    roles: tuple[Element, ...]
    gives: tuple[Agreement, ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class SteeringFigure:
    """A KPI with who answers for it, and who put their name to it when."""

    kpi: Element
    owner: Element | None
    points_at: tuple[Element, ...]
    endorsed: tuple[tuple[Element, object], ...]


@dataclass(frozen=True, slots=True)
class Travelled:
    """A journey that the chain makes true, with its touchpoints that stand beside every chain or have no work behind them."""

    journey: Element
    touchpoints: int
    floating: tuple[Element, ...]
    unrealised: tuple[Element, ...]


def links(model: Model, chain: str, agreed: tuple[Agreement, ...]) -> tuple[Link, ...]:
    """The links of a chain, from need to fulfilment."""
    found = model.children(chain, "chain_link")
    return tuple(
        Link(
            link,
            department := model.target(link.id, "department"),
            model.target(link.id, "owned_by"),
            processes := model.targets(link.id, "realised_by"),
            tuple(_roles(model, processes, department)),
            tuple(one for one in agreed if one.sides[0].link == link),
            link == found[-1],
        )
        for link in found
    )


def agreements(model: Model, chain: str, handed: HandedOver | None = None) -> tuple[Agreement, ...]:
    """The handovers of a chain, with what the events show of each."""
    differing = {(found.elements[0], found.field or "") for found in handover_sides_differ.check(model)}
    measured = (
        {agreed.handover.id: pair for pair in handed.found.pairs if (agreed := handed.agreement(pair))}
        if handed
        else {}
    )
    return tuple(
        _agreement(model, handover, differing, measured.get(handover.id))
        for handover in model.children(chain, "handover")
    )


def _agreement(
    model: Model, handover: Element, differing: set[tuple[str, str]], measured: Pair | None
) -> Agreement:
    giver, receiver = (_side(model, handover, side) for side in SIDES)
    fields = ("complete_when", "within")
    return Agreement(
        handover,
        (giver, receiver),
        frozenset(field for field in fields if (handover.id, field) in differing),
        tuple(field for field in fields if is_empty(handover.get(field))),
        model.targets(handover.id, "hands"),
        model.targets(handover.id, "serves"),
        measured,
    )


def _side(model: Model, handover: Element, side: str) -> Side:
    link = model.target(handover.id, SIDES[side])

    def said(field: str) -> object:
        value = handover.get(field)
        return value.get(side) if isinstance(value, Mapping) else value

    confirmed = said("confirmed")
    return Side(
        side,
        link,
        model.target(link.id, "department") if link else None,
        said("complete_when"),
        said("within"),
        confirmed if isinstance(confirmed, date) else None,
    )


def steering(model: Model, chain: str) -> tuple[SteeringFigure, ...]:
    """The KPIs of a chain, those of the customer's side first."""
    found = (
        SteeringFigure(
            kpi,
            model.target(kpi.id, "owned_by"),
            model.targets(kpi.id, "points_at", "measured_at"),
            tuple(
                (model[edge.target], edge.fields.get("date"))
                for edge in model.out(kpi.id, "endorsed_by")
                if edge.target in model
            ),
        )
        for kpi in model.children(chain, "kpi")
    )
    return tuple(sorted(found, key=lambda one: one.kpi.get("side") != "customer"))


def expected(model: Model, chain: str) -> tuple[tuple[Element | None, tuple[Element, ...]], ...]:
    """What each customer group expects, and under None what we expect ourselves; groups of the chain without any too."""
    groups: dict[str | None, list[Element]] = {group.id: [] for group in model.targets(chain, "for")}
    for expectation in model.children(chain, "expectation"):
        whose: tuple[str | None, ...] = tuple(persona.id for persona in model.targets(expectation.id, "for"))
        for group in whose or (None,):
            groups.setdefault(group, []).append(expectation)
    ours = groups.pop(None, [])
    return (
        *((model[group], tuple(found)) for group, found in groups.items() if group is not None),
        (None, tuple(ours)),
    )


def planned(model: Model, chain: str) -> tuple[tuple[str, tuple[Element, ...]], ...]:
    """The opportunities of a chain by quarter, the first quarter first; those without one last."""
    quarters: dict[str, list[Element]] = {}
    for idea in model.children(chain, "idea"):
        quarters.setdefault(str(idea.get("quarter") or ""), []).append(idea)
    return tuple(
        (quarter, tuple(quarters[quarter])) for quarter in sorted(quarters, key=lambda one: (not one, one))
    )


def travelled(model: Model, chain: str) -> tuple[Travelled, ...]:
    """The journeys that a chain makes true, and what of them it does not reach."""
    floating = {found.elements[0] for found in touchpoint_floating.check(model)}
    return tuple(
        _journey(model, journey, floating)
        for journey in model.sources(chain, "realised_by")
        if journey.kind == "journey"
    )


def _journey(model: Model, journey: Element, floating: set[str]) -> Travelled:
    touchpoints = tuple(model.within(journey.id, "touchpoint"))
    return Travelled(
        journey,
        len(touchpoints),
        tuple(one for one in touchpoints if one.id in floating),
        tuple(
            one for one in touchpoints if one.get("by") != "customer" and not model.out(one.id, "realised_by")
        ),
    )


def _roles(model: Model, processes: tuple[Element, ...], department: Element | None) -> Iterator[Element]:
    """Who of a department works in these processes, each once."""
    seen: set[str] = set()
    for process in processes:
        for work in (process, *model.within(process.id, "activity", "process")):
            for role in model.targets(work.id, "performed_by"):
                if role.id not in seen and department is not None and role.parent == department.id:
                    seen.add(role.id)
                    yield role
