"""What are the columns of a blueprint, and what does each of them reach?

A journey has its steps, a chain its links, a process its parts. All three are brought to one shape here, so that placing
need not know which it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ketenreis.errors import NoBlueprintError
from ketenreis.model import Edge, Element, Model

Path = Literal["main", "branch", "detour"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        element: The step, chain link, process or activity it is.
        phase: What stands above it and its neighbours: a phase, or a nested journey; None where nothing does.
        path: How customers come here: along the main path, a branch or a detour.
        then: Where customers go from here, where that is said.
    """

    element: Element
    phase: Element | None = None
    path: Path = "main"
    then: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What the columns of a blueprint reach.

    Attributes:
        subject: What the blueprint is of.
        columns: From left to right.
        touchpoints: Column by id of the touchpoint.
        wishes: Column by id of the wish.
        unasked: Column by id of a requirement that no wish asks for; None where it has none.
        direct: Columns by id of an activity that a column names, itself or through a touchpoint.
        through: Columns by id of an activity that a column names by the process around it.
        around: Further activities that belong to the subject.
    """

    subject: Element
    columns: tuple[Column, ...]
    touchpoints: Mapping[str, int]
    wishes: Mapping[str, int]
    unasked: Mapping[str, int | None]
    direct: Mapping[str, tuple[int, ...]]
    through: Mapping[str, tuple[int, ...]]
    around: tuple[str, ...] = ()


def ground(model: Model, subject: Element) -> Ground:
    """The columns of a journey, a chain or a process, and what they reach.

    Raises:
        NoBlueprintError: It is something else.
    """
    if subject.kind == "journey":
        return _of_journey(model, subject)
    if subject.kind == "chain":
        return _of_work(model, subject, tuple(_links(model, subject)))
    if subject.kind == "process":
        return _of_work(model, subject, tuple(_parts(model, subject)))
    raise NoBlueprintError(
        f"{subject.id!r} is a {subject.schema.en}, which has no blueprint. Name a journey, a chain or a process."
    )


@dataclass(slots=True)
class _Reached:
    """Which columns reach which activities, gathered in the order of the columns."""

    direct: dict[str, list[int]] = field(default_factory=dict)
    through: dict[str, list[int]] = field(default_factory=dict)

    def named(self, model: Model, elements: Iterable[Element], column: int) -> None:
        """Takes in what a column names: activities themselves, and everything in a process."""
        for element in elements:
            if element.kind == "activity":
                self.direct.setdefault(element.id, []).append(column)
            elif element.kind == "process":
                for activity in model.within(element.id, "activity"):
                    self.through.setdefault(activity.id, []).append(column)


def _of_journey(model: Model, journey: Element) -> Ground:
    columns = tuple(steps(model, journey))
    at = {column.element.id: index for index, column in enumerate(columns)}
    reached, touchpoints, wishes = _Reached(), dict[str, int](), dict[str, int]()
    for step, index in at.items():
        reached.named(model, model.targets(step, "realised_by"), index)
        for touchpoint in model.children(step, "touchpoint"):
            touchpoints[touchpoint.id] = index
            reached.named(model, model.targets(touchpoint.id, "realised_by"), index)
        for wish in model.children(step, "wish"):
            wishes[wish.id] = index
    through = _columns(reached.through)
    direct = _columns(reached.direct)
    return Ground(
        journey,
        columns,
        touchpoints,
        wishes,
        dict(_unasked(model, touchpoints, {**through, **direct})),
        direct,
        through,
        tuple(_around(model, journey)),
    )


def steps(model: Model, journey: Element) -> Iterator[Column]:
    """The steps of a journey in order, each with how customers come to it and where they go from there.

    Args:
        model: Where it stands.
        journey: Which journey; one without steps of its own gives those of its nested journeys.

    Returns:
        A column per step. It is a branch or a detour when every way into it is one.
    """
    inner = list(_own_steps(model, journey, None))
    if not inner:
        inner = [
            pair
            for nested in model.children(journey.id, "journey")
            for pair in _own_steps(model, nested, nested)
        ]
    here = {step.id for step, _ in inner}
    for step, phase in inner:
        into = [
            edge.fields.get("path", "main") for edge in model.into(step.id, "next") if edge.source in here
        ]
        path: Path = "main"
        if into and "main" not in into:
            path = "branch" if "branch" in into else "detour"
        yield Column(
            step, phase, path, tuple(edge for edge in model.out(step.id, "next") if edge.target in model)
        )


def _own_steps(
    model: Model, journey: Element, above: Element | None
) -> Iterator[tuple[Element, Element | None]]:
    for child in model.children(journey.id, "phase", "step"):
        if child.kind == "step":
            yield child, above
        else:
            for step in model.children(child.id, "step"):
                yield step, above or child


def _unasked(
    model: Model, touchpoints: Mapping[str, int], reached: Mapping[str, tuple[int, ...]]
) -> Iterator[tuple[str, int | None]]:
    """The requirements that no wish asks for, but that are measured or kept here."""
    for ctq in model.of_kind("ctq"):
        if any(wish.kind == "wish" for wish in model.sources(ctq.id, "leads_to")):
            continue
        at = [
            touchpoints[point.id] for point in model.targets(ctq.id, "measured_at") if point.id in touchpoints
        ]
        at += [reached[point.id][0] for point in model.targets(ctq.id, "measured_at") if point.id in reached]
        for server in model.sources(ctq.id, "serves"):
            activity = model.parent(server.id, "activity") if server.kind == "output" else server
            if activity is not None and activity.id in reached:
                at.append(reached[activity.id][0])
        if at:
            yield ctq.id, min(at)


def _around(model: Model, journey: Element) -> Iterator[str]:
    """The activities of the processes that realise a journey, but for those that only another journey names."""
    named = [*model.targets(journey.id, "realised_by")]
    named += [
        p for phase in model.children(journey.id, "phase") for p in model.targets(phase.id, "realised_by")
    ]
    for chain in [element for element in named if element.kind == "chain"]:
        named += [
            p
            for link in model.children(chain.id, "chain_link")
            for p in model.targets(link.id, "realised_by")
        ]
    for process in named:
        if process.kind != "process":
            continue
        for activity in model.within(process.id, "activity"):
            users = [model.parent(user.id, "journey") for user in model.sources(activity.id, "realised_by")]
            if not users or any(user is not None and user.id == journey.id for user in users):
                yield activity.id


def _links(model: Model, chain: Element) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """The links of a chain with their activities: those of the link's own department where processes are shared."""
    links = model.children(chain.id, "chain_link")
    inside = {
        link.id: [
            activity.id
            for process in model.targets(link.id, "realised_by")
            for activity in model.within(process.id, "activity")
        ]
        for link in links
    }
    department = {link.id: {one.id for one in model.targets(link.id, "department")} for link in links}
    home: dict[str, str] = {}
    for link in links:
        for activity in inside[link.id]:
            home.setdefault(activity, link.id)
            doing = {
                found.id
                for role in model.targets(activity, "performed_by")
                if (found := model.parent(role.id, "department"))
            }
            if doing & department[link.id] and not doing & department[home[activity]]:
                home[activity] = link.id
    for link in links:
        yield link, tuple(dict.fromkeys(one for one in inside[link.id] if home[one] == link.id))


def _parts(model: Model, process: Element) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """The parts of a process with their activities: sub-processes, and activities that stand in it directly."""
    for part in model.children(process.id, "process", "activity"):
        if part.kind == "activity":
            yield part, (part.id,)
        else:
            yield part, tuple(activity.id for activity in model.within(part.id, "activity"))


def _of_work(model: Model, subject: Element, parts: tuple[tuple[Element, tuple[str, ...]], ...]) -> Ground:
    """What the parts of a chain or a process reach: the contacts they realise and the requirements they keep."""
    at = {activity: index for index, (_, activities) in enumerate(parts) for activity in activities}
    touchpoints: dict[str, int] = {}
    asked: dict[str, int] = {}
    for activity, index in at.items():
        for touchpoint in model.sources(activity, "realised_by"):
            if touchpoint.kind == "touchpoint":
                touchpoints.setdefault(touchpoint.id, index)
        servers = (activity, *(output.id for output in model.children(activity, "output")))
        for ctq in (
            ctq for server in servers for ctq in model.targets(server, "serves") if ctq.kind == "ctq"
        ):
            asked[ctq.id] = min(index, asked.get(ctq.id, index))
    wishes: dict[str, int] = {}
    for ctq_id, index in asked.items():
        for wish in model.sources(ctq_id, "leads_to"):
            wishes[wish.id] = min(index, wishes.get(wish.id, index))
    wished = {ctq.id for wish in wishes for ctq in model.targets(wish, "leads_to")}
    return Ground(
        subject,
        tuple(Column(element) for element, _ in parts),
        touchpoints,
        wishes,
        {ctq_id: index for ctq_id, index in asked.items() if ctq_id not in wished},
        {activity: (index,) for activity, index in at.items()},
        {},
    )


def _columns(found: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(dict.fromkeys(columns)) for name, columns in found.items()}
