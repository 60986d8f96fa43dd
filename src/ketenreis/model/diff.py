"""Which edits turn one model into another: what was added, removed, moved and changed?

Order is compared among siblings of a kind, by a longest common subsequence: what keeps its place relative to most of the
others stays, and only the rest has moved.

Source:
    Fredman, M. L. (1975), On computing the length of longest increasing subsequences, Discrete Mathematics 11(1), 29-35.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from ketenreis.model.applying import apply
from ketenreis.model.arrangement import arranged
from ketenreis.model.edits import Edit, Insert, Move, Relate, Remove, Unrelate, Update
from ketenreis.model.graph import Edge, Element, Model
from ketenreis.model.kinds import COMMON
from ketenreis.model.relations import RELATION


def diff(old: Model, new: Model) -> tuple[Edit, ...]:
    """The edits that turn one model into another.

    Args:
        old: The model before.
        new: The model after. Elements are the same when their id is; one whose kind changed is another.

    Returns:
        Edits in an order that applies: relations cut, elements in from the top down, moves, elements out, fields,
        relations laid. `apply(old, diff(old, new)).model` is `new` in the order of its text, as long as each of its
        relations leads to an element it holds; edits of others would then conflict. Relations that follow from fields
        are left out.

    Example:
        >>> old = Model.of([Element("a", "goal"), Element("b", "goal"), Element("c", "goal")])
        >>> new = Model.of([Element("c", "goal"), Element("a", "goal"), Element("b", "goal")])
        >>> diff(old, new)
        (Move(id='c', old_parent=None, old_after='b', parent=None, after=None),)
    """
    edits = tuple(_Comparison(arranged(old), arranged(new)).edits())
    # Applied, every edit knows its exact place, so that the inverse is exact too.
    return apply(old, edits).edits or edits


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """A longest rising subsequence of different numbers.

    Example:
        >>> longest_rising([3, 0, 1, 4, 2])
        [0, 1, 2]
    """
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    found: list[int] = []
    last = tails[-1] if tails else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]


class _Comparison:
    """Two models side by side."""

    def __init__(self, old: Model, new: Model) -> None:
        self.old, self.new = old, new
        self.remade = self._remade()

    def edits(self) -> Iterator[Edit]:
        cut, laid = self.edges()
        remade = [element for element in self.old if element.id in self.remade]
        yield from cut
        yield from (Remove(element) for element in reversed(remade))
        yield from self.places()
        yield from (
            Remove(element)
            for element in reversed(list(self.old))
            if element.id not in self.new and element.id not in self.remade
        )
        old = self.old.elements
        for name, element in self.new.elements.items():
            before = old.get(name)
            if before is not element and before is not None and name not in self.remade:
                yield from updates(before, element)
        yield from laid

    def is_kept(self, name: str) -> bool:
        """Whether an element of the new model stood in the old one too."""
        return name in self.old.elements and name not in self.remade

    def _remade(self) -> frozenset[str]:
        """Ids whose kind changed, with all that stood in them: these go out and come in again."""
        other = {e.id for e in self.new if e.id in self.old and self.old[e.id].kind != e.kind}
        inside = {one.id for name in other for one in self.old.within(name)}
        return frozenset(other | inside)

    def places(self) -> Iterator[Edit]:
        """Elements that come in or move, from the top down and from left to right: each finds its place ready."""
        for parent in (None, *self.new.elements):
            names = self.new.by_parent.get(parent, ())
            if parent is not None and not self.remade and names == self.old.by_parent.get(parent, ()):
                continue
            stay = self.staying(parent, names)
            before: dict[str, str] = {}
            for name in names:
                element = self.new.elements[name]
                after = before.get(element.kind)
                before[element.kind] = name
                if not self.is_kept(name):
                    yield Insert(element, after)
                elif name not in stay:
                    yield Move(name, self.old.elements[name].parent, None, element.parent, after)

    def staying(self, parent: str | None, names: Iterable[str]) -> frozenset[str]:
        """Of the elements in a parent, those that stood there too and keep their order."""
        before = self.old.by_parent.get(parent, ())
        kept = [
            name
            for name in names
            if self.is_kept(name) and self.old.elements[name].parent == self.new.elements[name].parent
        ]
        return _staying(before, kept)

    def edges(self) -> tuple[list[Edit], list[Edit]]:
        """Relations to cut first, and to lay last."""
        cut: list[Edit] = []
        laid: list[Edit] = []
        for source in dict.fromkeys((*self.old.elements, *self.new.elements)):
            old, new = self.old.by_source.get(source, ()), self.new.by_source.get(source, ())
            if old == new and not self.remade:
                continue
            for relation in dict.fromkeys(edge.relation for edge in (*old, *new)):
                if not RELATION[relation].derived:
                    gone, come = self.rewritten(
                        [edge for edge in old if edge.relation == relation],
                        [edge for edge in new if edge.relation == relation],
                    )
                    cut += gone
                    laid += come
        return cut, laid

    def rewritten(self, old: list[Edge], new: list[Edge]) -> tuple[list[Edit], list[Edit]]:
        """The same for one relation of one source."""
        kept = [edge for edge in new if edge in old and not self.remade & {edge.source, edge.target}]
        stay = _staying([edge.target for edge in old], [edge.target for edge in kept])
        befores = (None, *(edge.target for edge in new))
        return (
            [Unrelate(edge) for edge in old if edge.target not in stay],
            [
                Relate(edge, after)
                for edge, after in zip(new, befores, strict=False)
                if edge.target not in stay
            ],
        )


def updates(old: Element, new: Element) -> Iterator[Update]:
    """The fields in which one element differs from another of its kind, in the metamodel's order."""
    if old.fields == new.fields:
        return
    for field in (*COMMON, *old.schema.fields):
        was, now = old.fields.get(field.name), new.fields.get(field.name)
        if was != now:
            yield Update(old.id, field.name, was, now)


def _staying(old: Sequence[str], kept: Sequence[str]) -> frozenset[str]:
    """Of the names kept, those whose order is as it was; as many as can be."""
    place = {name: at for at, name in enumerate(old)}
    return frozenset(old[at] for at in longest_rising([place[name] for name in kept]))
