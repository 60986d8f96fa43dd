"""What does a model become by these edits, and which of them speak of something that is no longer so?"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, count, repeat
from types import MappingProxyType
from typing import Literal, TypeVar

from ketenreis.errors import EditError
from ketenreis.model.arrangement import KIND_ORDER, RELATION_ORDER, arranged, walked
from ketenreis.model.derived import derived
from ketenreis.model.edits import LAST, Edit, Insert, Move, Relate, Remove, Unrelate, Update
from ketenreis.model.graph import Edge, Element, Model
from ketenreis.model.kinds import COMMON, KIND
from ketenreis.model.relations import RELATION

K = TypeVar("K")

Reason = Literal["gone", "changed", "moved", "taken", "in_use", "circular", "misplaced"]
"""gone: what it speaks of is not there; changed: it says something else by now; moved: it stands elsewhere; taken: the
id, the relation or its only place is in use; in_use: something stands in it or is related to it; circular: an element
cannot stand in itself; misplaced: what is there is of a kind that does not permit it."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit that does not fit the model.

    Attributes:
        edit: Which.
        reason: Why not.
        expected: What the edit saw: a field's value, an element, a relation, a place.
        stands: What the model says instead; None where there is nothing.
    """

    edit: Edit
    reason: Reason
    expected: object = None
    stands: object = None


@dataclass(frozen=True, slots=True)
class Applied:
    """A model after edits.

    Attributes:
        model: With all of them; the model as it was when one of them conflicts.
        conflicts: Every edit that did not fit.
        edits: As they were applied, with every place filled in: their inverse gives the model back exactly. Empty when
            one of them conflicts.
    """

    model: Model
    conflicts: tuple[Conflict, ...] = ()
    edits: tuple[Edit, ...] = ()


def apply(model: Model, edits: Iterable[Edit]) -> Applied:
    """Applies edits to a model: all of them, or none.

    Args:
        model: Any model.
        edits: In order; each sees what those before it made. A place (`after`) that is gone means the end.

    Returns:
        The model, in the order of its text, with relations that follow from fields kept true; or what stands in the way.

    Raises:
        EditError: An edit could never fit any model: it names a kind, field or relation that there is not.

    Example:
        >>> model = Model.of([Element("bel", "goal", None, {"name": "Bel"})])
        >>> apply(model, [Update("bel", "name", "Bel", "Mail")]).model.name("bel")
        'Mail'
        >>> apply(model, [Update("bel", "name", "Fax", "Mail")]).conflicts[0].stands
        'Bel'
    """
    bench = _Bench(arranged(model))
    outcomes = [bench.attempt(edit) for edit in edits]
    conflicts = tuple(outcome for outcome in outcomes if isinstance(outcome, Conflict))
    if conflicts or not outcomes:
        return Applied(model, conflicts)
    return Applied(bench.model(), (), tuple(edit for edit in outcomes if not isinstance(edit, Conflict)))


class _Bench:
    """A model taken apart, so that a thousand edits cost one reassembly.

    An attempt gives the edit back as it was applied, or a conflict; then nothing was touched.
    """

    def __init__(self, model: Model) -> None:
        self.elements = model.copied()
        self.children = dict(model.by_parent)
        self.out = dict(model.by_source)
        self.into = model.by_target
        self.edges = model.edges
        self.by_kind, self.relations = model.by_kind, model.relations
        self.is_moved = False
        # Ends whose relations changed, or stand in another order; each with the sources that came and went.
        self.rewoven: dict[tuple[str, str], dict[str, Edge | None]] = {}

    def model(self) -> Model:
        """The model put together again: elements are walked only when one came, went or moved, and so on."""
        # Loops that stay inside C: a model may hold tens of thousands, and this is paid at every edit.
        elements, into = self.elements, self.into
        if self.is_moved:
            order = walked(self.children)
            elements = dict(zip(order, map(elements.__getitem__, order), strict=True))
        if self.rewoven:
            sources = chain(elements, self.out.keys() - elements.keys())
            self.edges = tuple(chain.from_iterable(map(self.out.get, sources, repeat(()))))
            place = dict(zip(elements, count()))
            into = dict(into)
            for key in self.rewoven:
                ending = sorted(self.ending(*key), key=lambda edge: place.get(edge.source, -1))
                _keep(into, key, tuple(ending))
        by_kind = None if self.is_moved else self.by_kind
        relations = None if self.rewoven else self.relations
        return Model.indexed(
            MappingProxyType(elements), self.edges, self.children, self.out, into, by_kind, relations
        )

    def ending(self, target: str, relation: str) -> Iterable[Edge]:
        """The relations that end at an element by now, in no order."""
        changed = self.rewoven.get((target, relation), {})
        stayed = (one for one in self.into.get((target, relation), ()) if one.source not in changed)
        return chain(stayed, (edge for edge in changed.values() if edge is not None))

    def attempt(self, edit: Edit) -> Edit | Conflict:
        match edit:
            case Insert():
                return self.insert(edit)
            case Remove():
                return self.remove(edit)
            case Update():
                return self.update(edit)
            case Move():
                return self.move(edit)
            case Relate():
                return self.relate(edit)
            case Unrelate():
                return self.unrelate(edit)

    def insert(self, edit: Insert) -> Edit | Conflict:
        element = edit.element
        if element.kind not in KIND:
            raise EditError(f"There is no kind of element {element.kind!r}.")
        for name in element.fields:
            if not _has_field(element.kind, name):
                raise EditError(f"There is no field {name!r} in {element.kind!r}.")
        if element.id in self.elements:
            return Conflict(edit, "taken", None, self.elements[element.id])
        if element.parent is not None and element.parent not in self.elements:
            return Conflict(edit, "gone", element.parent)
        if not self.permits(element.parent, element.kind):
            return Conflict(edit, "misplaced", element.parent, self.elements.get(element.parent or ""))
        self.elements[element.id] = element
        after = self.place(element, edit.after)
        self.derive(element.id, derived(element))
        return replace(edit, after=after)

    def remove(self, edit: Remove) -> Edit | Conflict:
        element = edit.element
        stands = self.elements.get(element.id)
        if stands is None:
            return Conflict(edit, "gone", element)
        if stands.parent != element.parent:
            return Conflict(edit, "moved", element.parent, stands.parent)
        if stands != element:
            return Conflict(edit, "changed", element, stands)
        if inside := self.children.get(element.id):
            return Conflict(edit, "in_use", (), inside)
        into = (self.ending(element.id, relation) for relation in RELATION)
        around = chain(self.out.get(element.id, ()), chain.from_iterable(into))
        if written := tuple(edge for edge in around if not RELATION[edge.relation].derived):
            return Conflict(edit, "in_use", (), written)
        self.derive(element.id, ())
        after = self.unplace(stands)
        del self.elements[element.id]
        return replace(edit, after=after)

    def update(self, edit: Update) -> Edit | Conflict:
        element = self.elements.get(edit.id)
        if element is None:
            return Conflict(edit, "gone", edit.old)
        if not _has_field(element.kind, edit.field):
            if any(_has_field(kind, edit.field) for kind in KIND):
                return Conflict(edit, "misplaced", edit.old, element)
            raise EditError(f"There is no field {edit.field!r}.")
        stands = element.fields.get(edit.field)
        if stands != edit.old:
            return Conflict(edit, "changed", edit.old, stands)
        fields = {name: value for name, value in element.fields.items() if name != edit.field}
        if edit.new is not None:
            fields[edit.field] = edit.new
        updated = replace(element, fields=MappingProxyType(fields))
        self.elements[edit.id] = updated
        self.derive(edit.id, derived(updated))
        return edit

    def move(self, edit: Move) -> Edit | Conflict:
        element = self.elements.get(edit.id)
        if element is None:
            return Conflict(edit, "gone", edit.old_parent)
        if element.parent != edit.old_parent:
            return Conflict(edit, "moved", edit.old_parent, element.parent)
        above = edit.parent
        if above is not None and above not in self.elements:
            return Conflict(edit, "gone", above)
        if not self.permits(above, element.kind):
            return Conflict(edit, "misplaced", edit.old_parent, self.elements.get(above or ""))
        while above is not None:
            if above == edit.id:
                return Conflict(edit, "circular", edit.old_parent, edit.parent)
            above = self.elements[above].parent if above in self.elements else None
        old_after = self.unplace(element)
        moved = replace(element, parent=edit.parent)
        self.elements[edit.id] = moved
        # What the subtree is related to now lists it in another order.
        within = (edit.id, *walked(self.children, edit.id))
        edges = chain.from_iterable(self.out.get(name, ()) for name in within)
        for edge in edges:
            self.rewoven.setdefault((edge.target, edge.relation), {})
        return replace(edit, old_after=old_after, after=self.place(moved, edit.after))

    def relate(self, edit: Relate) -> Edit | Conflict:
        edge = edit.edge
        _require_written(edge)
        if gone := [end for end in (edge.source, edge.target) if end not in self.elements]:
            return Conflict(edit, "gone", gone[0])
        relation, source = RELATION[edge.relation], self.elements[edge.source]
        if self.elements[edge.target].kind not in relation.targets(source.kind):
            return Conflict(edit, "misplaced", None, self.elements[edge.target])
        for other in self.out.get(edge.source, ()):
            if other.relation == edge.relation and (
                other.target == edge.target or relation.is_one(source.kind)
            ):
                return Conflict(edit, "taken", None, other)
        return replace(edit, after=self.weave(edge, edit.after))

    def unrelate(self, edit: Unrelate) -> Edit | Conflict:
        edge = edit.edge
        _require_written(edge)
        found = [
            other
            for other in self.out.get(edge.source, ())
            if (other.relation, other.target) == (edge.relation, edge.target)
        ]
        if not found:
            return Conflict(edit, "gone", edge)
        if found[0] != edge:
            return Conflict(edit, "changed", edge, found[0])
        return replace(edit, after=self.unweave(edge))

    def permits(self, parent: str | None, kind: str) -> bool:
        """Whether an element of a kind may stand there."""
        inside = KIND[kind].inside
        if parent is None:
            # A model without an organisation has what stands in it at the top, and the organisation itself stands there.
            return not inside or "organisation" in inside
        return self.elements[parent].kind in inside

    def place(self, element: Element, after: str | None) -> str | None:
        """Puts an element among its siblings; says which of its kind it follows."""
        siblings, known = self.children.get(element.parent, ()), self.elements

        def order(name: str) -> int:
            return KIND_ORDER[known[name].kind]

        if (
            after
            and after in known
            and known[after].kind == element.kind
            and known[after].parent == element.parent
        ):
            at = siblings.index(after) + 1
        else:
            side = bisect_left if after is None else bisect_right
            at = side(siblings, KIND_ORDER[element.kind], key=order)
        self.children[element.parent] = (*siblings[:at], element.id, *siblings[at:])
        self.is_moved = True
        before = siblings[at - 1] if at else None
        return before if before and known[before].kind == element.kind else None

    def unplace(self, element: Element) -> str | None:
        """Takes an element from among its siblings; says which of its kind it followed."""
        siblings = self.children[element.parent]
        at = siblings.index(element.id)
        left = siblings[:at] + siblings[at + 1 :]
        self.children[element.parent] = left
        if not left:
            del self.children[element.parent]
        self.is_moved = True
        before = siblings[at - 1] if at else None
        return before if before and self.elements[before].kind == element.kind else None

    def weave(self, edge: Edge, after: str | None) -> str | None:
        """Puts a relation among those of its source; says which target it follows."""
        woven, order = self.out.get(edge.source, ()), RELATION_ORDER[edge.relation]
        orders = [RELATION_ORDER[other.relation] for other in woven]
        same = {other.target: at for at, other in enumerate(woven) if other.relation == edge.relation}
        if after in same:
            at = same[after] + 1
        else:
            at = sum(other < order or (other == order and after is not None) for other in orders)
        self.out[edge.source] = (*woven[:at], edge, *woven[at:])
        self.rewoven.setdefault((edge.target, edge.relation), {})[edge.source] = edge
        return woven[at - 1].target if at and orders[at - 1] == order else None

    def unweave(self, edge: Edge) -> str | None:
        """Takes a relation away; says which target it followed."""
        woven = self.out[edge.source]
        at = woven.index(edge)
        _keep(self.out, edge.source, woven[:at] + woven[at + 1 :])
        self.rewoven.setdefault((edge.target, edge.relation), {})[edge.source] = None
        before = woven[at - 1] if at else None
        return before.target if before and before.relation == edge.relation else None

    def derive(self, name: str, edges: tuple[Edge, ...]) -> None:
        """Keeps the relations that follow from an element's fields as these now say."""
        old = tuple(edge for edge in self.out.get(name, ()) if RELATION[edge.relation].derived)
        if old == edges:
            return
        for edge in old:
            self.unweave(edge)
        for edge in edges:
            self.weave(edge, LAST)


def _keep(index: dict[K, tuple[Edge, ...]], key: K, edges: tuple[Edge, ...]) -> None:
    """Keeps an index without keys that hold nothing, as it would be when counted again."""
    if edges:
        index[key] = edges
    else:
        index.pop(key, None)


def _has_field(kind: str, name: str) -> bool:
    return any(field.name == name for field in COMMON[1:]) or KIND[kind].field(name) is not None


def _require_written(edge: Edge) -> None:
    if edge.relation not in RELATION or RELATION[edge.relation].derived:
        raise EditError(f"There is no relation {edge.relation!r} that can be written.")
