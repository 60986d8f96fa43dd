"""Which relations have people confirmed, and what did both ends say at that moment?

A confirmation keeps a stamp of the fields that matter to the relation. As long as the stamp of today is the same, the
relation stands as confirmed; when it differs, somebody must look again.
"""

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ketenreis.findings import Finding, Place
from ketenreis.model import RELATION, Choice, Edge, Edit, Field, Insert, Model, Move, Remove, Update
from ketenreis.notation.emit import Tree, emit
from ketenreis.notation.found import Found
from ketenreis.notation.nodes import Record, Sequence, compose
from ketenreis.notation.typed import Context, is_empty, record
from ketenreis.notation.writing import tree_of
from ketenreis.quantity import Duration, limit_text
from ketenreis.requirements import EventClass, Measure

Key = tuple[str, str, str]
"""Relation, source and target: what tells one relation from another."""

_FIELDS = (
    Field(
        "relation",
        "choice",
        "koppeling",
        "relation",
        choices=tuple(Choice(name, name, name) for name in RELATION),
    ),
    Field("source", "text", "van", "source"),
    Field("target", "text", "naar", "target"),
    Field("stamp", "text", "stempel", "stamp"),
    Field("who", "text", "wie", "who"),
    Field("when", "date", "wanneer", "when"),
)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One relation that somebody confirmed.

    Attributes:
        relation, source, target: Which relation.
        stamp: What mattered at both ends then.
        who, when: By whom and on what day, where that was said.
    """

    relation: str
    source: str
    target: str
    stamp: str
    who: str | None = None
    when: date | None = None

    @property
    def key(self) -> Key:
        """Which relation it is about."""
        return (self.relation, self.source, self.target)


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


def _half(model: Model, relation: str, end: str) -> str:
    said = {matter: _plain(value) for matter, value in mattering(model, relation, end).items()}
    written = json.dumps(said, sort_keys=True) if end in model else "gone"
    return hashlib.sha256(f"{relation}\x1f{written}".encode()).hexdigest()[:8]


def mattering(model: Model, relation: str, end: str) -> Mapping[str, object]:
    """What an element says that matters to a relation of it, by field; `parent` for where it stands.

    Returns:
        The values; a field that is not filled in is absent. Empty for an element that is gone.
    """
    element = model.elements.get(end)
    if element is None:
        return {}
    matters = (matter.partition(".") for matter in RELATION[relation].matters)
    said = {
        name or kind: element.fields.get(name) if name else element.parent
        for kind, _, name in matters
        if kind in (element.kind, "parent")
    }
    return {name: value for name, value in said.items() if value is not None}


def _plain(value: object) -> object:
    """A value without what never matters."""
    match value:
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


@dataclass(frozen=True, slots=True)
class Suspect:
    """A relation that somebody confirmed, and that says something else since.

    Attributes:
        edge: The relation.
        confirmation: What was confirmed.
        changed: The ids of the ends at which something that matters changed.
    """

    edge: Edge
    confirmation: Confirmation
    changed: tuple[str, ...]

    def finding(self) -> Finding:
        """The suspect relation as a finding; the end that changed is where to go."""
        end = self.changed[0]
        other = self.edge.target if end == self.edge.source else self.edge.source
        named = f"{self.edge.source}:{self.edge.relation}:{self.edge.target}"
        return Finding("relation_suspect", "warning", (end, other), self.edge.relation, {"relation": named})


def suspects(
    model: Model, confirmed: Mapping[Key, Confirmation], among: Collection[str] | None = None
) -> tuple[Suspect, ...]:
    """The relations that must be looked at again: confirmed once, and changed at an end in a way that matters.

    Args:
        model: The model as it stands.
        confirmed: What was confirmed.
        among: Only relations of these elements; all when None. After an edit nothing else can have changed.

    Returns:
        In the order of the relations. What was never confirmed is no suspect, and neither is a relation that is gone.
    """
    found: list[Suspect] = []
    for edge in model.edges if among is None else model.around(*among):
        confirmation = confirmed.get(key_of(edge))
        if confirmation is None or (now := stamp(model, edge)) == confirmation.stamp:
            continue
        was = confirmation.stamp
        ends = ((edge.source, slice(8)), (edge.target, slice(8, None)))
        changed = tuple(end for end, half in ends if was[half] != now[half])
        found.append(Suspect(edge, confirmation, changed))
    return tuple(found)


def restamped(old: Model, new: Model, edits: Iterable[Edit]) -> Iterator[tuple[Edge, str, str]]:
    """The relations of which edits changed an end in a way that matters.

    Args:
        old: The model before.
        new: The model after.
        edits: What leads from one to the other.

    Yields:
        Each relation that stood before and still stands, with its stamp then and now.
    """
    about = dict.fromkeys(
        edit.id if isinstance(edit, Update | Move) else edit.element.id
        for edit in edits
        if isinstance(edit, Update | Move | Insert | Remove)
    )
    was = {key_of(edge) for edge in old.around(*about)}
    halves: dict[
        tuple[bool, str, str], str
    ] = {}  # an end with many relations is summarised once for each kind of them

    def half(*, is_new: bool, relation: str, end: str) -> str:
        found = halves.get((is_new, relation, end))
        if found is None:
            found = halves[is_new, relation, end] = _half(new if is_new else old, relation, end)
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


def key_of(edge: Edge) -> Key:
    """What tells a relation from every other."""
    return (edge.relation, edge.source, edge.target)


def confirm(
    model: Model, edges: Iterable[Edge], who: str | None = None, when: date | None = None
) -> Mapping[Key, Confirmation]:
    """Confirms relations as they stand now."""
    made = (
        Confirmation(edge.relation, edge.source, edge.target, stamp(model, edge), who, when) for edge in edges
    )
    return MappingProxyType({confirmation.key: confirmation for confirmation in made})


def read_confirmed(path: str | os.PathLike[str]) -> tuple[Mapping[Key, Confirmation], tuple[Finding, ...]]:
    """Reads the confirmations beside a model.

    Args:
        path: The file confirmed.yaml; one that does not exist holds none.

    Returns:
        The confirmations by relation, and what is wrong with the file.
    """
    found, file = Found(), Path(path)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return MappingProxyType({}), ()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        found.add("file_unreadable", Place(str(file), 1), {"file": str(file), "reason": reason})
        return MappingProxyType({}), found.all()
    node = compose(data, str(file), found) if data.strip() else None
    context = Context(found, "", {})
    confirmations: dict[Key, Confirmation] = {}
    rows = node.get("confirmed") if isinstance(node, Record) else node
    if isinstance(node, Record):
        for key, _ in node.entries:
            if key.text != "confirmed":
                context.unknown_key(key, ("confirmed",))
    if rows is None or is_empty(rows):
        return MappingProxyType({}), found.all()
    if not isinstance(rows, Sequence):
        context.wrong("list_expected", rows, "confirmed")
        return MappingProxyType({}), found.all()
    for item in rows.items:
        read: Mapping[str, Any] = record(item, "confirmed", _FIELDS, context) or {}
        missing = [field.name for field in _FIELDS[:4] if field.name not in read]
        if missing:
            context.wrong("confirmation_incomplete", item, "confirmed", missing=", ".join(missing))
        else:
            confirmation = Confirmation(**read)
            confirmations[confirmation.key] = confirmation
    return MappingProxyType(confirmations), found.all()


def write_confirmed(confirmations: Mapping[Key, Confirmation]) -> str:
    """Writes confirmations canonically: sorted by relation, source and target, so that two people's work merges."""
    rows: list[Tree] = []
    for _, confirmation in sorted(confirmations.items()):
        values = {field.name: getattr(confirmation, field.name) for field in _FIELDS}
        rows.append({
            field.name: tree_of(values[field.name], field, {}) for field in _FIELDS if values[field.name]
        })  # fmt: skip
    return emit({"confirmed": rows})
