"""What can be done to a model? Six edits, as values: undo, history, comparison, what-if and merge are lists of them.

An edit carries the old value it saw. Applied to a model that says otherwise it is a conflict, never a lost change.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ketenreis.model.derived import without
from ketenreis.model.graph import Edge, Element, Model
from ketenreis.model.relations import RELATION

LAST: Final = ""
"""As `after`: at the end, wherever that is. No id is empty."""


@dataclass(frozen=True, slots=True)
class Insert:
    """A new element, in the element that it says it stands in.

    Attributes:
        element: The whole of it.
        after: Id of the sibling of its kind that it follows; None as the first, LAST at the end.
    """

    element: Element
    after: str | None = LAST


@dataclass(frozen=True, slots=True)
class Remove:
    """An element goes; nothing may stand in it or be related to it any more.

    Attributes:
        element: The whole of it, as it was seen.
        after: Id of the sibling of its kind that it followed.
    """

    element: Element
    after: str | None = LAST


@dataclass(frozen=True, slots=True)
class Update:
    """One field of an element says something else; None where it is not filled in."""

    id: str
    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Move:
    """An element, with all that stands in it, goes to another place; both places by parent and preceding sibling."""

    id: str
    old_parent: str | None
    old_after: str | None
    parent: str | None
    after: str | None = LAST


@dataclass(frozen=True, slots=True)
class Relate:
    """A new relation; `after` is the target that it follows among those its source has by that relation."""

    edge: Edge
    after: str | None = LAST


@dataclass(frozen=True, slots=True)
class Unrelate:
    """A relation goes; it carries the whole of it, and the target it followed."""

    edge: Edge
    after: str | None = LAST


Edit = Insert | Remove | Update | Move | Relate | Unrelate


def inverse(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that undo these.

    Args:
        edits: As they were applied (`Applied.edits`): then every place comes back too, where LAST would not know it.

    Example:
        >>> inverse([Update("a", "name", "Bel", "Mail")])
        (Update(id='a', field='name', old='Mail', new='Bel'),)
    """
    return tuple(map(_opposite, reversed(tuple(edits))))


def _opposite(edit: Edit) -> Edit:
    match edit:
        case Insert(element, after):
            return Remove(element, after)
        case Remove(element, after):
            return Insert(element, after)
        case Update(name, field, old, new):
            return Update(name, field, new, old)
        case Move(name, old_parent, old_after, parent, after):
            return Move(name, parent, after, old_parent, old_after)
        case Relate(edge, after):
            return Unrelate(edge, after)
        case Unrelate(edge, after):
            return Relate(edge, after)


def touched(edit: Edit) -> tuple[str, ...]:
    """The ids an edit speaks of, the one it is about first."""
    match edit:
        case Insert(element) | Remove(element):
            return (element.id,) if element.parent is None else (element.id, element.parent)
        case Update(name):
            return (name,)
        case Move(name, old_parent, _, parent):
            return (name, *(above for above in (old_parent, parent) if above is not None))
        case Relate(edge) | Unrelate(edge):
            return (edge.source, edge.target)


def removal(model: Model, element_id: str) -> tuple[Edit, ...]:
    """The edits that remove an element with all that stands in it, and every relation of these.

    Args:
        model: The model as it stands.
        element_id: Which element.

    Returns:
        In an order that applies: relations first, then what others say of it, then from the inside out.

    Raises:
        UnknownElementError: The model does not hold it.

    Example:
        >>> model = Model.of([Element("f", "phase"), Element("s", "step", "f")])
        >>> [edit.element.id for edit in removal(model, "f")]
        ['s', 'f']
    """
    going = [model[element_id], *model.within(element_id)]
    cut = [
        Unrelate(edge, _before(model, edge))
        for edge in reversed(model.around(*(element.id for element in going)))
        if not RELATION[edge.relation].derived
    ]
    forgotten = _forgotten(model, {element.id for element in going})
    return (*cut, *forgotten, *(Remove(element, preceding(model, element)) for element in reversed(going)))


def _forgotten(model: Model, gone: set[str]) -> Iterator[Edit]:
    """What elements that stay would say of those that go, no longer said."""
    naming = dict.fromkeys(edge.source for edge in model.around(*gone) if RELATION[edge.relation].derived)
    for name in naming:
        if name in model and name not in gone:
            for field, left in without(model[name], gone.__contains__).items():
                yield Update(name, field, model[name].get(field), left)


def preceding(model: Model, element: Element) -> str | None:
    """Id of the sibling of its kind that an element follows; None for the first."""
    above = element.parent
    siblings = model.children(above, element.kind) if above is not None else model.of_kind(element.kind)
    found = None
    for sibling in siblings:
        if sibling.id == element.id:
            return found
        if sibling.parent == above:
            found = sibling.id
    return found


def _before(model: Model, edge: Edge) -> str | None:
    """The target that a relation follows among those of its source."""
    found = None
    for other in model.out(edge.source, edge.relation):
        if other.target == edge.target:
            return found
        found = other.target
    return found
