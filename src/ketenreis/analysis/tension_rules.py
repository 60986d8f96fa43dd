"""By which rules do two initiatives pull apart, or does one pull at what a customer needs? One row and one function each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations
from types import MappingProxyType
from typing import Literal

from ketenreis.analysis.impact import Hop
from ketenreis.analysis.operations import Operation, left_open, linked, live, operations, removed_with
from ketenreis.analysis.ways_out import Option, agreeing, answering, in_turn, keeping, staffing
from ketenreis.model import Element, Model
from ketenreis.requirements import Measure

Weight = Literal["high", "middle", "low"]
WEIGHTS: tuple[Weight, ...] = ("high", "middle", "low")

GIVES = ("add", "strengthen")
"""What gives the customer, or somebody at work, more of something."""
OPPOSED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "remove": ((*GIVES, "shorten", "merge", "move", "automate"), GIVES),
        "shorten": (GIVES, ()),
        "merge": (GIVES, ()),
    }
)
"""What an intent runs against: on the same element, and on one that is linked to it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a tension.

    Attributes:
        initiative: Whose it is; None when it is the customer's, who has no initiative but needs something.
        operation: What it wants to do; None when it says only which way it pushes, or is the customer's.
        team: Who proposed it; None when nobody said.
        holds: What it stands up for: questions, requirements, a role.
        push: Which way it pushes a measure, "up" or "down"; empty in every other rule.
        expects: What it is to bring, in its own words; empty where nobody wrote it.
    """

    initiative: Element | None = None
    operation: Operation | None = None
    team: Element | None = None
    holds: tuple[Element, ...] = ()
    push: str = ""
    expects: str = ""


class Ground:
    """What all rules look at, read once: the model and what its initiatives want to do."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.operations = operations(model)
        self._linked: dict[str, Mapping[str, tuple[Hop, ...]]] = {}
        self._gone: dict[str, frozenset[str]] = {}

    def linked(self, element: str) -> Mapping[str, tuple[Hop, ...]]:
        """What is the same contact as an element, and how."""
        if element not in self._linked:
            self._linked[element] = linked(self.model, element)
        return self._linked[element]

    def gone(self, element: str) -> frozenset[str]:
        """The ids that go when an element goes."""
        if element not in self._gone:
            self._gone[element] = removed_with(self.model, element)
        return self._gone[element]

    def way(self, one: Operation, other: Operation) -> tuple[Hop, ...] | None:
        """How what two operations work on is linked; nothing to go when it is the same, None when they lie apart."""
        found = self.linked(one.element.id).get(other.element.id)
        return () if found is None and other.element.id in self.gone(one.element.id) else found

    @cached_property
    def removals(self) -> tuple[Operation, ...]:
        """The operations that remove something."""
        return tuple(one for one in self.operations if one.intent == "remove")

    @cached_property
    def away(self) -> frozenset[str]:
        """All that somebody wants to remove: nothing is to be answered or kept there."""
        return frozenset().union(*(self.gone(one.element.id) for one in self.removals))

    def unmet(self, removal: Operation, needs: tuple[Element, ...]) -> tuple[Element, ...]:
        """Of what customers need, that for which the initiative that removes brings nothing else itself."""
        brought = {
            one.element.id
            for one in self.operations
            if one.initiative.id == removal.initiative.id and one.intent in GIVES
        }
        return tuple(need for need in needs if need.id not in brought)

    def giver(self, wanted: tuple[Element, ...], removal: Operation) -> Operation | None:
        """Who gives more at what somebody needs, or at the contact that would go: they speak for the customer."""
        names = [*(one.id for one in wanted), removal.element.id]
        return next(
            (
                one
                for name in names
                for one in self.operations
                if one.intent in GIVES
                and one.initiative.id != removal.initiative.id
                and one.element.id in self.linked(name)
            ),
            None,
        )

    def side(self, operation: Operation | None, holds: tuple[Element, ...] = ()) -> Side:
        """A side of a tension: that of an operation, or of the customer when there is none."""
        if operation is None:
            return Side(holds=holds)
        team = self.team(operation.initiative)
        return Side(operation.initiative, operation, team, holds, expects=operation.expects)

    def team(self, initiative: Element) -> Element | None:
        """Who proposed an initiative; None when nobody said."""
        return self.model.target(initiative.id, "proposed_by")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule found, before it is put together."""

    element: Element
    sides: tuple[Side, Side]
    options: Iterator[Option]
    path: tuple[Hop, ...] = ()
    gone: frozenset[str] = frozenset()
    between: tuple[str, ...] = ()


def _opposite(ground: Ground) -> Iterator[Draft]:
    """Two initiatives want opposite things of one element, or of two that are one contact."""
    for one, other in permutations(ground.operations, 2):
        same, linked_too = OPPOSED.get(one.intent, ((), ()))
        if one.initiative.id == other.initiative.id or other.intent not in same:
            continue
        way = ground.way(one, other)
        if way is None or (way and other.intent not in linked_too):
            continue
        gone = ground.gone(one.element.id) if one.intent == "remove" else frozenset()
        yield Draft(
            one.element,
            (ground.side(one), ground.side(other, left_open(ground.model, gone))),
            _both(ground, one, other, gone),
            way,
            gone,
            (*_named(one), *_named(other)),
        )


def _both(ground: Ground, one: Operation, other: Operation, gone: frozenset[str]) -> Iterator[Option]:
    for question in left_open(ground.model, gone):
        yield from answering(ground.model, question, ground.away)
    yield in_turn(other.initiative, one.initiative)


def _named(operation: Operation) -> tuple[str, ...]:
    return (operation.initiative.id, operation.element.id)


def _only_answer(ground: Ground) -> Iterator[Draft]:
    """What would go is the only answer to a question of the customer."""
    model = ground.model
    for removal in ground.removals:
        gone = ground.gone(removal.element.id)
        if questions := ground.unmet(removal, left_open(model, gone)):
            other = ground.side(ground.giver(questions, removal), questions)
            options = (option for question in questions for option in answering(model, question, ground.away))
            yield Draft(removal.element, (ground.side(removal), other), options, (), gone, _named(removal))


def _breaks_requirement(ground: Ground) -> Iterator[Draft]:
    """What would go is all that keeps a requirement, or where it is measured."""
    model = ground.model
    for removal in ground.removals:
        gone = ground.gone(removal.element.id)
        if broken := ground.unmet(removal, _broken(model, gone)):
            other = ground.side(ground.giver(broken, removal), broken)
            options = (
                option for one in broken for option in keeping(model, one, removal.element, gone, ground.away)
            )
            yield Draft(removal.element, (ground.side(removal), other), options, (), gone, _named(removal))


def _broken(model: Model, gone: frozenset[str]) -> tuple[Element, ...]:
    """The requirements that nobody keeps any more, or of which a measured event can no longer happen."""
    return tuple(
        one
        for one in model.of_kind("ctq", "internal_requirement")
        if one.id not in gone and (_alone(model, one, gone) or _measured_at(one, gone))
    )


def _alone(model: Model, requirement: Element, gone: frozenset[str]) -> bool:
    serving = model.sources(requirement.id, "serves")
    return bool(serving) and all(one.id in gone for one in serving)


def _measured_at(requirement: Element, gone: frozenset[str]) -> bool:
    measure = requirement.get("measure")
    classes = measure.classes() if isinstance(measure, Measure) else ()
    return any(one.elements and gone.issuperset(one.elements) for one in classes)


def _opposite_pushes(ground: Ground) -> Iterator[Draft]:
    """Two initiatives push one measure opposite ways."""
    model = ground.model
    pushes = [
        (initiative, model[str(row["element"])], str(row.get("push")), str(row.get("expects") or ""))
        for initiative in live(model)
        for row in initiative.records("effects")
        if str(row.get("element")) in model
    ]
    for (one, target, push, hopes), (other, same, against, fears) in permutations(pushes, 2):
        if (push, against) == ("down", "up") and one.id != other.id and _is_one_measure(model, target, same):
            holds = tuple(dict.fromkeys((target, same)))
            sides = (
                Side(one, None, ground.team(one), holds, push, hopes),
                Side(other, None, ground.team(other), holds, against, fears),
            )
            options = _weighing(model, target, one, other)
            yield Draft(target, sides, options, between=(one.id, other.id, target.id, same.id))


def _weighing(model: Model, target: Element, one: Element, other: Element) -> Iterator[Option]:
    yield Option("try_in_one_group", "one_after_other", None, target)
    if not set(model.targets(one.id, "pursues")) & set(model.targets(other.id, "pursues")):
        yield from agreeing(model, one, other)


def _is_one_measure(model: Model, one: Element, other: Element) -> bool:
    """Whether two name the same: themselves, what a KPI points at, or a measure that is the same."""
    mine, its = ({end.id, *(to.id for to in model.targets(end.id, "points_at"))} for end in (one, other))
    measure = one.get("measure")
    return bool(mine & its) or (measure is not None and measure == other.get("measure"))


def _scarce_role(ground: Ground) -> Iterator[Draft]:
    """Two initiatives need a role of which there is too little, at one time."""
    model = ground.model
    for role in model.of_kind("role"):
        if role.get("scarce") is not True:
            continue
        needing = {one.id: one for one in live(model) if _needs(ground, one, role)}
        for one, other in combinations(needing.values(), 2):
            when = {one.get("quarter"), other.get("quarter")} - {None}
            if len(when) < 2:
                sides = (
                    Side(one, None, ground.team(one), (role,)),
                    Side(other, None, ground.team(other), (role,)),
                )
                options = staffing(model, role, one, other)
                yield Draft(role, sides, options, between=(one.id, other.id, role.id))


def _needs(ground: Ground, initiative: Element, role: Element) -> bool:
    """Whether an initiative asks work of a role: it owns it, or performs what is worked on. What is removed frees it."""
    model = ground.model
    works = {
        work.id
        for one in ground.operations
        if one.initiative.id == initiative.id and one.intent != "remove"
        for work in work_behind(model, one.element)
    }
    performs = {work.id for work in model.sources(role.id, "performed_by")}
    owned = (initiative, *model.children(initiative.id, "action"))
    return bool(works & performs) or any(role in model.targets(one.id, "owned_by") for one in owned)


def work_behind(model: Model, element: Element) -> Iterator[Element]:
    """The work behind an element: itself, what realises it, and what stands in it."""
    for one in (element, *model.within(element.id, "activity", "touchpoint", "process")):
        yield from (one, *model.targets(one.id, "realised_by"))


def _double_work(ground: Ground) -> Iterator[Draft]:
    """Two initiatives want the same of one element, or of two that are directly linked."""
    for one, other in combinations(ground.operations, 2):
        if one.initiative.id != other.initiative.id and one.intent == other.intent:
            way = ground.linked(one.element.id).get(other.element.id)
            if way is not None and len(way) <= 1:
                options = iter((Option("do_together", "together", one.initiative, other.initiative),))
                sides = (ground.side(one), ground.side(other))
                between = (one.intent, *_named(one), *_named(other))
                yield Draft(one.element, sides, options, way, between=between)


def _no_shared_goal(ground: Ground) -> Iterator[Draft]:
    """Two initiatives work on the same contact, and no goal is said to be of both."""
    model = ground.model
    for one, other in combinations(ground.operations, 2):
        pair = (one.initiative.id, other.initiative.id)
        goals = [{goal.id for goal in model.targets(name, "pursues")} for name in pair]
        if pair[0] == pair[1] or goals[0] & goals[1]:
            continue
        way = ground.way(one, other)
        if way is not None:
            sides = (ground.side(one), ground.side(other))
            yield Draft(
                one.element, sides, agreeing(model, one.initiative, other.initiative), way, between=pair
            )


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which initiatives can pull apart.

    Attributes:
        name: Its key; its words stand with those of the reports.
        weight: How much the customer may notice of it.
        find: What finds it.
    """

    name: str
    weight: Weight
    find: Callable[[Ground], Iterator[Draft]]


RULES: tuple[Rule, ...] = (
    Rule("only_answer", "high", _only_answer),
    Rule("breaks_requirement", "high", _breaks_requirement),
    Rule("opposite", "high", _opposite),
    Rule("opposite_pushes", "middle", _opposite_pushes),
    Rule("scarce_role", "middle", _scarce_role),
    Rule("double_work", "low", _double_work),
    Rule("no_shared_goal", "low", _no_shared_goal),
)
"""Every rule, the weightiest first."""
