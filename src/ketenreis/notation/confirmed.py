"""Which relations have people confirmed, and what did both ends say at that moment?

A confirmation keeps a stamp of the fields that matter to the relation. As long as the stamp of today is the same, the
relation stands as confirmed; when it differs, somebody must look again.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ketenreis.findings import Finding, Place
from ketenreis.model import RELATION, Choice, Edge, Field, Model
from ketenreis.notation.emit import Tree, emit
from ketenreis.notation.found import Found
from ketenreis.notation.keys import keys_of
from ketenreis.notation.nodes import Record, Sequence, compose
from ketenreis.notation.typed import Context, is_empty, record
from ketenreis.notation.writing import tree_of

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
        Sixteen hexadecimal digits; equal as long as nothing that matters changed. Places in a list never matter.

    Example:
        >>> from ketenreis.model import Element
        >>> was = Model.of([Element("w", "wish", "s", {"text": "Snel", "rank": 1}), Element("c", "ctq")])
        >>> now = Model.of([Element("w", "wish", "s", {"text": "Snel", "rank": 2}), Element("c", "ctq")])
        >>> stamp(was, Edge("leads_to", "w", "c")) == stamp(now, Edge("leads_to", "w", "c"))
        True
    """
    said: list[str] = [edge.relation]
    for end in (edge.source, edge.target):
        element = model.elements.get(end)
        if element is None:
            said.append("gone")
            continue
        for matter in RELATION[edge.relation].matters:
            kind, _, name = matter.partition(".")
            if matter == "parent":
                said.append(f"parent: {element.parent or ''}")
            elif kind == element.kind:
                said.append(emit({matter: _written(name, element.kind, element.fields)}))
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:16]


def _written(name: str, kind: str, fields: Mapping[str, object]) -> Tree:
    field = keys_of(kind)[name]
    # No ids are known here, so that the stamp does not change with elements that stand elsewhere.
    return tree_of(fields[name], field, {}) if isinstance(field, Field) and name in fields else ""


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
