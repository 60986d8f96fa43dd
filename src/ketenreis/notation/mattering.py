"""What do both ends of a relation say that matters to it, and did that change?

Which fields matter stands in the metamodel, per relation and per end. Two of these make a difference that somebody can
read; a stamp is the short form by which it is seen that nothing changed.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from ketenreis.model import (
    COMMON,
    KIND,
    RELATION,
    Edge,
    Edit,
    Field,
    Insert,
    Model,
    Move,
    Relation,
    Remove,
    Update,
)
from ketenreis.model.edits import touched
from ketenreis.quantity import Duration, limit_text
from ketenreis.requirements import EventClass, Measure

Key = tuple[str, str, str]
"""Relation, source and target: what tells one relation from another."""

PARENT = "parent"
"""As a field that matters: where an element stands."""

_DRAWN = ("bpmn", "lanes")
"""The fields of a process that say where its drawing is kept, and how it is drawn."""


def key_of(edge: Edge) -> Key:
    """What tells a relation from every other."""
    return (edge.relation, edge.source, edge.target)


@dataclass(frozen=True, slots=True)
class Said:
    """What both ends say that matters to a relation, by field; a field that is not filled in is absent."""

    source: Mapping[str, object]
    target: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Difference:
    """What an end of a relation says otherwise, of what matters to that relation; None where it says nothing."""

    element: str
    field: str
    before: object
    after: object


def said(model: Model, edge: Edge) -> Said:
    """What both ends of a relation say that matters to it.

    Args:
        model: The model it stands in.
        edge: The relation; an end that is gone says nothing.
    """
    return Said(_mattering(model, edge.relation, edge.source), _mattering(model, edge.relation, edge.target))


def matters(relation: str) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The fields that matter to a relation at its source and at its target, as rows of the metamodel.

    Example:
        >>> [[field.name for field in fields] for fields in matters("rests_on")]
        [['limit'], ['norms']]
    """
    row = RELATION[relation]
    sources = {kind for end in row.ends for kind in end.sources}
    targets = {kind for end in row.ends for kind in end.targets}
    return _rows(row, sources), _rows(row, targets)


def _rows(relation: Relation, kinds: Collection[str]) -> tuple[Field, ...]:
    named = [matter.partition(".") for matter in relation.matters]
    fields = (
        field
        for kind, _, name in named
        if kind in kinds
        for field in (*COMMON, *KIND[kind].fields)
        if field.name == name
    )
    return (*fields, *((Field(PARENT, "text", "in", "in"),) if PARENT in relation.matters else ()))


def differing(edge: Edge, was: Said, now: Said) -> tuple[Difference, ...]:
    """What the ends of a relation say otherwise, the source first; spaces and units never matter."""
    ends = ((edge.source, was.source, now.source), (edge.target, was.target, now.target))
    return tuple(
        Difference(end, name, before.get(name), after.get(name))
        for end, before, after in ends
        for name in dict.fromkeys((*before, *after))
        if _plain(before.get(name)) != _plain(after.get(name))
    )


def stamp(model: Model, edge: Edge) -> str:
    """Summarises what matters to a relation: the fields its row in the metamodel names, at either end.

    Args:
        model: The model it stands in.
        edge: The relation; an end that does not exist counts as such.

    Returns:
        Sixteen hexadecimal digits, eight for either end; equal as long as nothing that matters changed. Places in a list,
        spaces in a text and the unit of a duration never matter.

    Example:
        >>> from ketenreis.model import Element
        >>> was = Model.of([Element("w", "wish", "s", {"text": "Snel", "rank": 1}), Element("c", "ctq")])
        >>> now = Model.of([Element("w", "wish", "s", {"text": "Snel", "rank": 2}), Element("c", "ctq")])
        >>> stamp(was, Edge("leads_to", "w", "c")) == stamp(now, Edge("leads_to", "w", "c"))
        True
    """
    return "".join(_half(model, edge.relation, end) for end in (edge.source, edge.target))


def restamped(old: Model, new: Model, edits: Iterable[Edit]) -> Iterator[tuple[Edge, str, str]]:
    """The relations of which edits changed an end in a way that matters.

    Args:
        old: The model before.
        new: The model after.
        edits: What leads from one to the other.

    Yields:
        Each relation that stood before and still stands, with its stamp then and now. A process that was only drawn
        otherwise, a box moved or a line bent, disturbs nobody.
    """
    edits = tuple(edits)
    calm = redrawn(old, new, edits)
    about = dict.fromkeys(
        edit.id if isinstance(edit, Update | Move) else edit.element.id
        for edit in edits
        if isinstance(edit, Update | Move | Insert | Remove)
    )
    was = {key_of(edge) for edge in old.around(*about)}
    # An end with many relations is summarised once for each kind of them.
    halves: dict[tuple[bool, str, str], str] = {}

    def half(*, is_new: bool, relation: str, end: str) -> str:
        found = halves.get((is_new, relation, end))
        if found is None:
            model = new if is_new and end not in calm else old
            found = halves[is_new, relation, end] = _half(model, relation, end)
        return found

    for edge in new.around(*about):
        if RELATION[edge.relation].matters and key_of(edge) in was:
            ends = (edge.source, edge.target)
            before, after = (
                "".join(half(is_new=is_new, relation=edge.relation, end=end) for end in ends)
                for is_new in (False, True)
            )
            if before != after:
                yield edge, before, after


def redrawn(old: Model, new: Model, edits: Iterable[Edit]) -> frozenset[str]:
    """The processes of which edits replaced the drawing and nothing else: they say what they said."""
    drawn: set[str] = set()
    others: set[str] = set()
    for edit in edits:
        if isinstance(edit, Update) and edit.field in _DRAWN:
            drawn.add(edit.id)
        else:
            others.update(touched(edit))
    if not drawn:
        return frozenset()
    inside = {above for name in others for model in (old, new) for above in _upwards(model, name)}
    return frozenset(drawn - inside)


def _upwards(model: Model, name: str | None) -> Iterator[str]:
    """An element and all that it stands in."""
    while name is not None and name in model:
        yield name
        name = model[name].parent


def _half(model: Model, relation: str, end: str) -> str:
    fields = {name: _plain(value) for name, value in _mattering(model, relation, end).items()}
    written = json.dumps(fields, sort_keys=True) if end in model else "gone"
    return hashlib.sha256(f"{relation}\x1f{written}".encode()).hexdigest()[:8]


def _mattering(model: Model, relation: str, end: str) -> Mapping[str, object]:
    """What one end says that matters, by field."""
    element = model.elements.get(end)
    if element is None:
        return MappingProxyType({})
    named = (matter.partition(".") for matter in RELATION[relation].matters)
    fields = {
        name or kind: element.fields.get(name) if name else element.parent
        for kind, _, name in named
        if kind in (element.kind, PARENT)
    }
    return MappingProxyType({name: value for name, value in fields.items() if value is not None})


def _plain(value: object) -> object:
    """A value without what never matters."""
    match value:
        case None:
            return None
        case str():
            return " ".join(value.split())
        case Duration() if value.is_calendar:
            return f"{value.microseconds} us"
        case Decimal():
            return limit_text(value)
        case Measure(pattern, arguments):
            return [pattern, _plain(arguments)]
        case EventClass(elements, moment, where):
            return [list(elements), moment, str(where)]
        case Mapping():
            return {name: _plain(one) for name, one in value.items()}
        case tuple():
            return [_plain(one) for one in value]
    return str(value)
