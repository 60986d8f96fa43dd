"""What would a change touch: which elements, along which relations, whose are they, and which relations need a new look?

A change spreads two ways and never turns: towards the customer (who is hurt by it) and towards the work (who must do it
otherwise). Which end of a relation is nearer to the customer stands in one table.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from ketenreis.model import (
    KINDS,
    RELATION,
    RELATIONS,
    Edge,
    Edit,
    Element,
    Insert,
    Model,
    Move,
    Relate,
    Remove,
    Unrelate,
    Update,
    diff,
)
from ketenreis.model.ownership import owner
from ketenreis.notation.confirmed import Confirmation
from ketenreis.notation.mattering import Difference, Key, differing, key_of, restamped, said

Way = Literal["customer", "work"]
WAYS: tuple[Way, ...] = ("customer", "work")


@dataclass(frozen=True, slots=True)
class Carry:
    """Along which ways a relation carries a change, and which of its ends is nearer to the customer.

    Attributes:
        nearer: That end.
        ways: Where it carries a change.
        first: Only from the element that changed itself, not from one that the change got to.
    """

    nearer: Literal["source", "target"]
    ways: tuple[Way, ...] = WAYS
    first: bool = False


_TO_CUSTOMER: tuple[Way, ...] = ("customer",)
CARRIES: Mapping[str, Carry] = {
    "leads_to": Carry("source"),
    "serves": Carry("target"),
    "rests_on": Carry("source"),
    "made_in": Carry("target"),
    "announces": Carry("target"),
    "carried_by": Carry("target"),
    "answers": Carry("target"),
    "shows": Carry("source"),
    "realised_by": Carry("source"),
    "measured_at": Carry(
        "source", _TO_CUSTOMER, first=True
    ),  # a stricter norm changes nothing at the point where it is measured
    "operates_on": Carry("source", _TO_CUSTOMER, first=True),  # who wants to change it hears that it changed
    "affects": Carry("source", _TO_CUSTOMER, first=True),
    "takes": Carry("source", _TO_CUSTOMER),  # nor does it ask anything of all work that came before
    "hands": Carry("source"),
    "from": Carry("source"),
    "to": Carry("source"),
    "department": Carry("source"),
    "performed_by": Carry("source"),
    "uses": Carry("source"),
    "sent_by": Carry("source"),
    "endorsed_by": Carry("source"),
    "for": Carry("target", _TO_CUSTOMER),
    "about": Carry("target", _TO_CUSTOMER),
    "points_at": Carry("source", _TO_CUSTOMER),
}
"""Relations that carry a change; the others (order, goals, ideas, ownership) do not."""

_CARRIED_INTO: Mapping[str, tuple[str, ...]] = {
    kind.name: tuple(
        relation.name
        for relation in RELATIONS
        if relation.name in CARRIES and any(kind.name in end.targets for end in relation.ends)
    )
    for kind in KINDS
}
"""By kind the relations that may end at it and carry a change: few, where a large model asks for all of them often."""

INSIDE: Literal["in"] = "in"
"""As the relation of a hop: from an element to what it stands in, or back."""

_MATTERING = frozenset(matter for relation in RELATIONS for matter in relation.matters)
_OWN = frozenset({"ctq.population", "ctq.exclusions", "ctq.tolerance"})
"""These change the verdict on cases, though the agreement between both ends stays."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path: along a relation, or into or out of what an element stands in.

    Attributes:
        relation: Name of the relation, or INSIDE.
        forward: From its source to its target; of INSIDE: from the inside out.
        to: The id it leads to.
    """

    relation: str
    forward: bool
    to: str


@dataclass(frozen=True, slots=True)
class Reached:
    """An element that a change touches.

    Attributes:
        element: Which.
        owner: Who answers for it; None when nobody does.
        way: Towards the customer, or towards the work.
        start: Id of the element that changed.
        hop: The last step of the way here.
        before: Where that step came from; None when it came from the start.
        distance: How many steps it took; no way is shorter.
    """

    element: Element
    owner: Element | None
    way: Way
    start: str
    hop: Hop
    before: "Reached | None" = field(default=None, compare=False, repr=False)
    distance: int = 1

    @property
    def path(self) -> tuple[Hop, ...]:
        """How the change gets here from the start."""
        # Kept as a chain: in a long process the paths together would be as long as its length squared.
        hops, here = [self.hop], self.before
        while here is not None:
            hops.append(here.hop)
            here = here.before
        return tuple(reversed(hops))


@dataclass(frozen=True, slots=True)
class Hit:
    """A relation of which an end changed in a way that matters.

    Attributes:
        edge: The relation.
        differences: What changed, end by end.
        asked: Who is to look: the owner of the end that did not change, or of both when both did.
        reviewed: Whether somebody confirmed it as it now stands.
    """

    edge: Edge
    differences: tuple[Difference, ...]
    asked: tuple[Element, ...]
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """What a bundle of edits touches.

    Attributes:
        changed: Ids of the elements at which something changed that matters to another; cosmetic changes are not here.
        reached: What the change gets to, the nearest first; without the changed elements themselves.
        hits: The relations that need a new look.
    """

    changed: tuple[str, ...]
    reached: tuple[Reached, ...]
    hits: tuple[Hit, ...]

    @property
    def unreviewed(self) -> tuple[Hit, ...]:
        """The relations that nobody confirmed since the change."""
        return tuple(hit for hit in self.hits if not hit.reviewed)

    def of_kind(self, *kinds: str) -> tuple[Reached, ...]:
        """What is reached of these kinds."""
        return tuple(one for one in self.reached if one.element.kind in kinds)


def impact(
    old: Model,
    new: Model,
    edits: Iterable[Edit] | None = None,
    confirmed: Mapping[Key, Confirmation] | None = None,
) -> Impact:
    """What would these edits touch?

    Args:
        old: The model before.
        new: The model after.
        edits: What leads from one to the other; found by comparing when None.
        confirmed: What was confirmed, also since the change.

    Returns:
        Elements and relations; all empty when nothing changed that matters to another element.

    Example:
        >>> from ketenreis.model import apply
        >>> old = Model.of(
        ...     [Element("c", "ctq"), Element("a", "activity", None, {"name": "Sturen"})], [Edge("serves", "a", "c")]
        ... )
        >>> edits = [Update("c", "population", None, "huishouden >= 3")]
        >>> [one.element.name for one in impact(old, apply(old, edits).model, edits).reached]
        ['Sturen']
    """
    edits = tuple(diff(old, new) if edits is None else edits)
    whole = {edit.element.id for edit in edits if isinstance(edit, Insert | Remove)}
    starts = dict.fromkeys(start for edit in edits for start in _starts(edit, old, new, whole))
    changed = dict.fromkeys(start.origin for start in starts)
    found: dict[str, Reached] = {}
    for model in (new, old):
        for one in _spread(model, starts):
            if one.element.id not in changed:
                found.setdefault(one.element.id, one)
    reached = sorted(found.values(), key=lambda one: one.distance)
    return Impact(tuple(changed), tuple(reached), tuple(_hits(old, new, edits, confirmed or {})))


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a change begins, and the ways it goes from there.

    Attributes:
        origin: Id of the element that changed.
        ways: Where the change goes.
        hop: Of a relation that came or went: to its other end, where this start stands.
    """

    origin: str
    ways: tuple[Way, ...] = WAYS
    hop: Hop | None = None

    @property
    def element(self) -> str:
        return self.hop.to if self.hop else self.origin


def _starts(edit: Edit, old: Model, new: Model, whole: set[str]) -> Iterator[_Start]:
    match edit:
        case Insert(element) | Remove(element):
            yield _Start(element.id)
        case Update(name, changed):
            kind = (new if name in new else old)[name].kind
            if f"{kind}.{changed}" in _MATTERING | _OWN:
                yield _Start(name)
        case Move(name, old_parent, _, parent):
            if old_parent != parent and any(True for _ in _parent_matters(new, name)):
                yield _Start(name)
        case Relate(edge) | Unrelate(edge) if (
            edge.relation in CARRIES and not {edge.source, edge.target} & whole
        ):
            customer, _ = _ends(edge, CARRIES[edge.relation])
            way: Way = "customer" if customer == edge.source else "work"
            other: Way = "work" if way == "customer" else "customer"
            yield _Start(edge.source, (way,))
            yield _Start(edge.source, (other,), Hop(edge.relation, True, edge.target))


def _parent_matters(model: Model, name: str) -> Iterator[Edge]:
    return (edge for edge in model.around(name) if "parent" in RELATION[edge.relation].matters)


def _ends(edge: Edge, carry: Carry) -> tuple[str, str]:
    """The end nearer to the customer, and the end nearer to the work."""
    ends = (edge.source, edge.target)
    return ends if carry.nearer == "source" else ends[::-1]


def _spread(model: Model, starts: Iterable[_Start]) -> Iterator[Reached]:
    """Walks from every start, each way apart, the nearest first."""
    starts = tuple(starts)
    for way in WAYS:
        begin = [start for start in starts if way in start.ways and start.element in model]
        seen = {start.element for start in begin}
        ahead: deque[tuple[str, str, Reached | None]] = deque()
        for start in begin:
            first = None
            if start.hop is not None:
                name = start.element
                first = Reached(model[name], owner(model, name), way, start.origin, start.hop)
                yield first
            ahead.append((start.element, start.origin, first))
        while ahead:
            name, origin, before = ahead.popleft()
            for hop in _hops(model, name, way, is_start=before is None):
                if hop.to in seen or hop.to not in model:
                    continue
                seen.add(hop.to)
                distance = 1 if before is None else before.distance + 1
                reached = Reached(model[hop.to], owner(model, hop.to), way, origin, hop, before, distance)
                yield reached
                ahead.append((hop.to, origin, reached))


_INTO_CUSTOMER = (
    "phase",
    "step",
    "touchpoint",
    "question",
    "wish",
    "pain_point",
    "activity",
    "chain_link",
    "handover",
    "process",
)
"""Kinds whose parent is nearer to the customer than they are: what changes in them changes it."""
_OUT_OF_WORK = ("output",)
"""Kinds that are nearer to the customer than their parent: what an activity yields."""
_PARTS = tuple(kind for kind in _INTO_CUSTOMER if kind not in ("activity", "process"))
"""Kinds that a change gets to from their parent; that a process is asked for something says nothing of all work in it."""


def _hops(model: Model, name: str, way: Way, *, is_start: bool) -> Iterator[Hop]:
    """Where a change of an element is felt next, on its way to the customer or to the work."""
    element = model[name]
    carrying = (edge for edge in model.by_source.get(name, ()) if edge.relation in CARRIES)
    for edge in chain(carrying, model.into(name, *_CARRIED_INTO[element.kind])):
        carry = CARRIES[edge.relation]
        if way not in carry.ways or (carry.first and not is_start):
            continue
        customer, work = _ends(edge, carry)
        here, there = (work, customer) if way == "customer" else (customer, work)
        if here == name:
            yield Hop(edge.relation, there == edge.target, there)
    outwards, inwards = (_INTO_CUSTOMER, _OUT_OF_WORK) if way == "customer" else (_OUT_OF_WORK, _PARTS)
    if element.parent is not None and element.kind in outwards:
        yield Hop(INSIDE, True, element.parent)
    for child in model.children(name, *inwards):
        yield Hop(INSIDE, False, child.id)


def _hits(
    old: Model, new: Model, edits: tuple[Edit, ...], confirmed: Mapping[Key, Confirmation]
) -> Iterator[Hit]:
    for edge, _, now in restamped(old, new, edits):
        found = differing(edge, said(old, edge), said(new, edge))
        seen = confirmed.get(key_of(edge))
        reviewed = seen is not None and seen.stamp == now
        yield Hit(edge, found, asked(new, edge, {one.element for one in found}), reviewed)


def asked(model: Model, edge: Edge, changed: Collection[str]) -> tuple[Element, ...]:
    """Who is to look at a relation again: the owner of the end that did not change, or of both when both did."""
    ends = [end for end in (edge.source, edge.target) if end not in changed] or [edge.source, edge.target]
    found = dict.fromkeys(who.id for end in ends if (who := owner(model, end)) is not None)
    return tuple(model[name] for name in found)
