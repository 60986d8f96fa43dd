"""Which relations have people confirmed, and what did both ends say at that moment?

A confirmation keeps what both ends said that matters to the relation, and a stamp of it. As long as the stamp of today is
the same, the relation stands as confirmed; when it differs, somebody must look again, and sees before and after.
"""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ketenreis.findings import Finding, Place
from ketenreis.model import RELATION, Choice, Edge, Field, Model
from ketenreis.notation.emit import Tree, emit
from ketenreis.notation.found import Found
from ketenreis.notation.mattering import Difference, Key, Said, differing, key_of, matters, said, stamp
from ketenreis.notation.nodes import Node, Record, Sequence, compose
from ketenreis.notation.typed import Context, is_empty, record
from ketenreis.notation.writing import tree_of

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

_SAID, _ENDS = "said", ("source", "target")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One relation that somebody confirmed.

    Attributes:
        relation, source, target: Which relation.
        stamp: What mattered at both ends then, in short.
        who, when: By whom and on what day, where that was said.
        said: What mattered at both ends then; None where only the stamp was kept.
    """

    relation: str
    source: str
    target: str
    stamp: str
    who: str | None = None
    when: date | None = None
    said: Said | None = None

    @property
    def key(self) -> Key:
        """Which relation it is about."""
        return (self.relation, self.source, self.target)


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

    def differences(self, model: Model) -> tuple[Difference, ...]:
        """What the ends say otherwise in a model than was confirmed; none where only the stamp was kept."""
        was = self.confirmation.said
        return () if was is None else differing(self.edge, was, said(model, self.edge))

    @property
    def named(self) -> str:
        """The relation as `ketenreis confirm` takes it."""
        return f"{self.edge.source}:{self.edge.relation}:{self.edge.target}"

    def finding(self) -> Finding:
        """The suspect relation as a finding; the end that changed is where to go."""
        end = self.changed[0]
        other = self.edge.target if end == self.edge.source else self.edge.source
        about = {"relation": self.named}
        return Finding("relation_suspect", "warning", (end, other), self.edge.relation, about)


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

    Example:
        >>> from ketenreis.notation import read_text
        >>> text = '''
        ... ctqs: [{id: c, name: On time, norms: [{limit: 1 hour, share: 99%}]}]
        ... processes: [{id: p, activities: [{id: a, name: Send, serves: [c]}]}]
        ... '''
        >>> model = read_text(text).model
        >>> agreed = confirm(model, model.out("a", "serves"))
        >>> stricter = read_text(text.replace("1 hour", "1 minute")).model
        >>> [one.named for one in suspects(stricter, agreed)], suspects(model, agreed)
        (['a:serves:c'], ())
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


def confirm(
    model: Model, edges: Iterable[Edge], who: str | None = None, when: date | None = None
) -> Mapping[Key, Confirmation]:
    """Confirms relations as they stand now.

    Args:
        model: The model they stand in.
        edges: The relations.
        who: By whom.
        when: On what day.

    Returns:
        By relation, what both ends say that matters to it, and a stamp of that.

    Example:
        On Belmij (`model`):

        >>> (one, *_) = confirm(model, model.into("bevestiging-op-tijd", "leads_to"), "Ria").values()
        >>> one.key, one.who, len(one.stamp)
        (('leads_to', 'wens-gelukt', 'bevestiging-op-tijd'), 'Ria', 16)
    """
    made = (Confirmation(*key_of(edge), stamp(model, edge), who, when, said(model, edge)) for edge in edges)
    return MappingProxyType({confirmation.key: confirmation for confirmation in made})


def read_confirmed(path: str | os.PathLike[str]) -> tuple[Mapping[Key, Confirmation], tuple[Finding, ...]]:
    """Reads the confirmations beside a model.

    Args:
        path: The file confirmed.yaml; one that does not exist holds none.

    Returns:
        The confirmations by relation, and what is wrong with the file.

    Example:
        On Belmij (`folder`):

        >>> file = folder / "confirmed.yaml"
        >>> _ = file.write_text("confirmed: [{relation: serves, source: a, target: c, stamp: 0123456789abcdef}]", encoding="utf-8")
        >>> confirmed, findings = read_confirmed(file)
        >>> list(confirmed), findings
        ([('serves', 'a', 'c')], ())
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
    context = Context(found, "", {}, complete=False)  # ids are of the model then, not of now
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
        bare, words = _apart(item)
        read: Mapping[str, Any] = record(bare, "confirmed", _FIELDS, context) or {}
        missing = [field.name for field in _FIELDS[:4] if field.name not in read]
        if missing:
            context.wrong("confirmation_incomplete", item, "confirmed", missing=", ".join(missing))
        else:
            confirmation = Confirmation(**read, said=_said_read(words, read["relation"], context))
            confirmations[confirmation.key] = confirmation
    return MappingProxyType(confirmations), found.all()


def _apart(row: Node) -> tuple[Node, Node | None]:
    """A row without what was said, whose fields hang on its relation; and that."""
    if not isinstance(row, Record):
        return row, None
    rest = tuple((key, value) for key, value in row.entries if key.text != _SAID)
    return Record(row.place, rest), row.get(_SAID)


def _said_read(node: Node | None, relation: str, context: Context) -> Said | None:
    """What both ends said; None where that was not written."""
    if node is None or is_empty(node):
        return None
    ends = tuple(
        Field(end, "record", end, end, fields=fields)
        for end, fields in zip(_ENDS, matters(relation), strict=True)
    )
    read: Mapping[str, Any] = record(node, _SAID, ends, context) or {}
    nothing: Mapping[str, object] = MappingProxyType({})
    return Said(*(read.get(end, nothing) for end in _ENDS))


def write_confirmed(confirmations: Mapping[Key, Confirmation]) -> str:
    """Writes confirmations canonically: sorted by relation, source and target, so that two people's work merges.

    Args:
        confirmations: What was confirmed, as `read_confirmed` and `confirm` give it.

    Returns:
        The text of confirmed.yaml.

    Example:
        On Belmij (`model`):

        >>> text = write_confirmed(confirm(model, model.into("bevestiging-op-tijd", "leads_to")))
        >>> text.splitlines()[:4]
        ['confirmed:', '- relation: leads_to', '  source: wens-gelukt', '  target: bevestiging-op-tijd']
    """
    rows: list[Tree] = []
    for _, confirmation in sorted(confirmations.items()):
        values = {field.name: getattr(confirmation, field.name) for field in _FIELDS}
        row = {field.name: tree_of(values[field.name], field, {}) for field in _FIELDS if values[field.name]}
        if confirmation.said is not None:
            row[_SAID] = _said_written(confirmation.said, confirmation.relation)
        rows.append(row)
    return emit({"confirmed": rows})


def _said_written(words: Said, relation: str) -> Tree:
    return {
        end: {field.name: tree_of(values[field.name], field, {}) for field in fields if field.name in values}
        for end, values, fields in zip(_ENDS, (words.source, words.target), matters(relation), strict=True)
    }
