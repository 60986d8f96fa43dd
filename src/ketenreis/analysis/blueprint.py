"""Where does every element stand in the service blueprint of a journey, a chain or a process?

The blueprint is derived from the model and never drawn twice: columns are the steps (or the links of a chain, or the
parts of a process), lanes are what the customer meets and the work behind it. This is the structure alone: no words of a
language, no figures and no pixels.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from ketenreis.analysis.basis import STRENGTH, Basis
from ketenreis.analysis.blueprint_columns import Column, Ground, ground
from ketenreis.analysis.thread import Thread, rank, thread
from ketenreis.model import Element, Model

Lane = Literal["experience", "artefact", "action", "wish", "onstage", "backstage", "support"]

LANES: tuple[Lane, ...] = ("experience", "artefact", "action", "wish", "onstage", "backstage", "support")
"""The lanes from top to bottom."""

Line = Literal["interaction", "visibility", "internal_interaction"]

LINES: Mapping[Lane, Line] = MappingProxyType(
    {"onstage": "interaction", "backstage": "visibility", "support": "internal_interaction"}
)
"""The line that stands above a lane."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one element stands.

    Attributes:
        element: The element.
        lane: Its lane.
        column: Its column, counted from 0; None for the tray of what is not yet placed.
        under: The element whose card it stands on, such as the step of a touchpoint or the wish of a requirement.
        also: Further columns it belongs to.
        proposed: Whether the lane is a proposal, as the model does not say at which stage the activity is.
    """

    element: Element
    lane: Lane
    column: int | None
    under: str | None = None
    also: tuple[int, ...] = ()
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Feeling:
    """How customers feel at a step.

    Attributes:
        score: From −2 to +2.
        basis: What that rests on.
        source, day: Where it comes from.
        n: How many answers were measured; None for what was not counted.
    """

    score: float
    basis: Basis
    source: str | None = None
    day: date | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A service blueprint as it follows from the model.

    Attributes:
        subject: The journey, chain or process it is of.
        columns: From left to right.
        places: Every element that stands in it, each once; in the order of lanes, columns and the model.
        feelings: Per column the firmest and newest feeling there is; None where nobody said.
        intended: Per column what the to-be intends; None where nobody said.
        threads: Per requirement everything its thread runs through, from wish to work.
        spun: The same threads as they are told, also beyond this blueprint.
    """

    subject: Element
    columns: tuple[Column, ...]
    places: tuple[Place, ...]
    feelings: tuple[Feeling | None, ...]
    intended: tuple[Feeling | None, ...]
    threads: Mapping[str, tuple[str, ...]]
    spun: Mapping[str, Thread]

    @property
    def tray(self) -> tuple[Place, ...]:
        """What belongs to it but has no column yet."""
        return tuple(place for place in self.places if place.column is None and place.under is None)

    def cells(self) -> Mapping[tuple[Lane, int], tuple[Place, ...]]:
        """What stands in each cell, without what stands on another card."""
        found: dict[tuple[Lane, int], list[Place]] = {}
        for place in self.places:
            if place.column is not None and place.under is None:
                found.setdefault((place.lane, place.column), []).append(place)
        return {key: tuple(places) for key, places in found.items()}

    def on(self) -> Mapping[str, tuple[Place, ...]]:
        """What stands on the card of each element."""
        found: dict[str, list[Place]] = {}
        for place in self.places:
            if place.under is not None:
                found.setdefault(place.under, []).append(place)
        return {key: tuple(places) for key, places in found.items()}


def blueprint(model: Model, subject_id: str, experience: Mapping[str, Feeling] | None = None) -> Blueprint:
    """Derives the service blueprint of a journey, a chain or a process.

    Args:
        model: The model.
        subject_id: A journey, for customers or for staff; a chain, whose columns are its links; or a process, whose
            columns are its parts.
        experience: Measured feelings by id of the step; what was measured goes before what anybody wrote down.

    Returns:
        The blueprint. An activity stands in the column of the step that reaches it by realised_by (itself or through a
        touchpoint, else through its process), else of the step whose requirement it serves, else in the tray.

    Raises:
        UnknownElementError: The model has no such element.
        NoBlueprintError: It is of a kind that has no blueprint.

    Example:
        >>> from ketenreis.model import Edge
        >>> parts = [Element("j", "journey"), Element("s", "step", "j"), Element("t", "touchpoint", "s")]
        >>> work = [Element("p", "process"), Element("a", "activity", "p")]
        >>> drawn = blueprint(Model.of([*parts, *work], [Edge("realised_by", "t", "a")]), "j")
        >>> [(place.element.id, place.lane, place.column) for place in drawn.places]
        [('s', 'action', 0), ('t', 'action', 0), ('a', 'onstage', 0)]
    """
    under = ground(model, model[subject_id])
    wishes, requirements = _asked(model, under)
    work = dict(_work(model, under, requirements))
    places = (
        *_pains(model, under),
        *_artefacts(model, under),
        *_actions(model, under),
        *wishes,
        *requirements.values(),
        *work.values(),
    )
    here = {place.element.id for place in places}
    spun = {name: thread(model, name) for name in requirements}
    return Blueprint(
        under.subject,
        under.columns,
        tuple(sorted(places, key=_reading_order)),
        tuple(_felt(column.element, experience or {}) for column in under.columns),
        tuple(_meant(column.element) for column in under.columns),
        {name: _run(model, one, here) for name, one in spun.items()},
        spun,
    )


def stage(model: Model, activity: Element) -> tuple[Lane, bool]:
    """Where an activity is done, seen from the customer, and whether that is a proposal.

    Args:
        model: The model.
        activity: An activity.

    Returns:
        What the model says, else a proposal: what realises a touchpoint is onstage; the work of a partner or of a process
        that serves several journeys or chains is support; all other work is backstage.
    """
    said = activity.get("stage")
    for lane in ("onstage", "backstage", "support"):
        if said == lane:
            return lane, False
    if any(source.kind == "touchpoint" for source in model.sources(activity.id, "realised_by")):
        return "onstage", True
    partners = (model.parent(role.id, "department") for role in model.targets(activity.id, "performed_by"))
    if any(partner is not None and partner.get("type") == "partner" for partner in partners):
        return "support", True
    return ("support" if _is_shared(model, activity) else "backstage"), True


def _is_shared(model: Model, activity: Element) -> bool:
    """Whether the process around an activity works for more than one journey, or for more than one chain."""
    process = model.parent(activity.id, "process")
    while process is not None:
        users = model.sources(process.id, "realised_by")
        journeys = {top.id for user in users if (top := model.parent(user.id, "journey"))}
        chains = {top.id for user in users if (top := model.parent(user.id, "chain"))}
        if len(journeys) > 1 or len(chains) > 1:
            return True
        process = model.parent(process.id, "process")
    return False


def _reading_order(place: Place) -> tuple[int, int]:
    return LANES.index(place.lane), 10**9 if place.column is None else place.column


def _pains(model: Model, under: Ground) -> Iterator[Place]:
    for index, column in enumerate(under.columns):
        for pain in model.children(column.element.id, "pain_point"):
            yield Place(pain, "experience", index)


def _actions(model: Model, under: Ground) -> Iterator[Place]:
    for index, column in enumerate(under.columns):
        if column.element.kind == "step":
            yield Place(column.element, "action", index)
    for touchpoint, column_of in under.touchpoints.items():
        step = model[touchpoint].parent
        on_step = under.columns[column_of].element.id == step
        yield Place(model[touchpoint], "action", column_of, step if on_step else None)


def _artefacts(model: Model, under: Ground) -> Iterator[Place]:
    """What the customer sees, where it is seen first."""
    seen: dict[str, list[int]] = {}
    shown = [(column.element.id, index) for index, column in enumerate(under.columns)]
    for element, index in (*shown, *under.touchpoints.items()):
        for artefact in model.targets(element, "shows"):
            seen.setdefault(artefact.id, []).append(index)
    for name, columns in seen.items():
        first, *also = sorted(set(columns))
        yield Place(model[name], "artefact", first, also=tuple(also))


def _asked(model: Model, under: Ground) -> tuple[list[Place], dict[str, Place]]:
    """The wishes, the most important first, and on each the requirements that follow from it."""
    wishes, requirements = [], {}
    ranked = sorted(under.wishes, key=lambda name: (rank(model[name]), under.wishes[name]))
    for name in ranked:
        wishes.append(Place(model[name], "wish", under.wishes[name]))
        for ctq in model.targets(name, "leads_to"):
            if ctq.kind == "ctq" and ctq.id not in requirements:
                requirements[ctq.id] = Place(ctq, "wish", under.wishes[name], under=name)
            elif ctq.id in requirements and under.wishes[name] != requirements[ctq.id].column:
                first = requirements[ctq.id]
                also = tuple(sorted({*first.also, under.wishes[name]}))
                requirements[ctq.id] = Place(ctq, "wish", first.column, first.under, also)
    for name, column in under.unasked.items():
        if name not in requirements:
            requirements[name] = Place(model[name], "wish", column)
    return wishes, requirements


def _work(model: Model, under: Ground, requirements: Mapping[str, Place]) -> Iterator[tuple[str, Place]]:
    """The activities in the order of the model."""
    wanted = dict.fromkeys((*under.direct, *under.through, *under.around))
    asked: dict[str, list[int]] = {}
    unasked: dict[str, list[int]] = {}
    for place in requirements.values():
        # Where somebody wishes for it goes before where it happens to be measured.
        serving = asked if place.under is not None else unasked
        for activity in _serving(model, place.element.id):
            wanted.setdefault(activity)
            if place.column is not None:
                serving.setdefault(activity, []).append(place.column)
    order = {element.id: index for index, element in enumerate(model.of_kind("activity"))}
    for name in sorted(wanted, key=lambda name: order[name]):
        columns = (
            under.direct.get(name)
            or under.through.get(name, ())[:1]
            or tuple(asked.get(name, []) or unasked.get(name, []))
        )
        lane, proposed = stage(model, model[name])
        in_order = sorted(set(columns))
        first, also = (in_order[0], in_order[1:]) if in_order else (None, [])
        # Where a requirement is asked in several steps, its work stands with the first and is not said to be done in all.
        named = tuple(also) if name in under.direct else ()
        yield name, Place(model[name], lane, first, also=named, proposed=proposed)


def _serving(model: Model, ctq: str) -> Iterator[str]:
    """The activities that serve a requirement, by themselves or by an output."""
    for server in model.sources(ctq, "serves"):
        activity = model.parent(server.id, "activity") if server.kind == "output" else server
        if activity is not None and activity.kind == "activity":
            yield activity.id


def _run(model: Model, spun: Thread, here: set[str]) -> tuple[str, ...]:
    """Everything a thread runs through: wish, requirement, where it is measured, the work, what that yields and hands on."""
    ctq = spun.ctq.id
    measured = model.targets(ctq, "measured_at")
    doing = (work for point in measured for work in model.targets(point.id, "realised_by"))
    handed = [
        output
        for strand in spun.strands
        if strand.activity.kind == "handover"
        for output in model.targets(strand.activity.id, "hands")
    ]
    ids: Iterable[str | None] = (
        *(wish.id for wish in spun.wishes),
        ctq,
        *(point.id for point in measured),
        *(point.parent for point in measured if point.kind == "touchpoint"),
        *(work.id for work in doing if work.kind == "activity"),
        *(part.id for strand in spun.strands for part in (strand.activity, strand.output) if part),
        *(part for output in handed for part in (output.parent, output.id)),
    )
    # Outputs and handovers are told on other cards; everything else only where it stands in this blueprint.
    return tuple(
        dict.fromkeys(
            name
            for name in ids
            if name is not None and (name in here or model[name].kind in ("output", "handover"))
        )
    )


def _felt(element: Element, experience: Mapping[str, Feeling]) -> Feeling | None:
    """The firmest feeling, and of those the newest."""
    if element.id in experience:
        return experience[element.id]
    said = [feeling for feeling in _feelings(element) if feeling.basis != "intended"]
    return min(
        said, key=lambda one: (STRENGTH.index(one.basis), -(one.day or date.min).toordinal()), default=None
    )


def _meant(element: Element) -> Feeling | None:
    said = [feeling for feeling in _feelings(element) if feeling.basis == "intended"]
    return max(said, key=lambda one: one.day or date.min, default=None)


def _feelings(element: Element) -> Iterator[Feeling]:
    rows = element.get("feelings")
    for row in rows if isinstance(rows, tuple) else ():
        score, basis = row.get("score"), row.get("basis", "assumed")
        if isinstance(score, int) and basis in STRENGTH:
            # The scale ends at two; a score beyond it is a finding of its own.
            yield Feeling(max(-2, min(2, score)), basis, row.get("source"), row.get("date"))
