"""How is a field of the metamodel filled in on a form, and which value did somebody fill in?

What comes back from a form takes the same way as what stands in a text: it becomes nodes, and the metamodel types them. So
a form accepts exactly what a text accepts, and refuses it with the same sentences.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ketenreis.findings import Finding, Place
from ketenreis.model import RELATION, Choice, Edge, Element, Field, Model, Relation
from ketenreis.model.kinds import NAME, NOTE
from ketenreis.notation.emit import emit
from ketenreis.notation.found import Found
from ketenreis.notation.nodes import Node, Record, Scalar, Sequence, compose
from ketenreis.notation.typed import SIDES, Context, value
from ketenreis.notation.writing import tree_of
from ketenreis.web.elements.spoken import SPOKEN, as_written

FORM = Place("form", 1)
LANGUAGES = ("nl", "en")
SPARE_ROWS = 1
"""So many empty rows a list of records ends with."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to fill in.

    Attributes:
        name: Its name in the form.
        field: Its row in the metamodel.
        widget: line, prose, choice, yesno, date, number, lines, text (structured text), group or choices (see parts), tick.
        value: What stands in it.
        parts: What a group consists of.
        label: What it is called where that is not the field's label: a side, a language, a number.
        options: For a choice.
    """

    name: str
    field: Field
    widget: str
    value: str = ""
    parts: tuple["Input", ...] = ()
    label: str = ""
    options: tuple[Choice, ...] = ()


_WIDGETS = {
    "prose": "prose", "date": "date", "whole": "number", "choice": "choice", "yesno": "yesno", "list": "lines", "words": "text",
    "measure": "text", "event_class": "text",
}  # fmt: skip


def inputs(element: Element, model: Model, names: tuple[str, ...] = ()) -> tuple[Input, ...]:
    """What there is to fill in of an element.

    Args:
        element: The element, with its values.
        model: Where it stands in; ids decide how events are written.
        names: Only these fields, in this order; all when left out.
    """
    fields = {field.name: field for field in fields_of(element)}
    wanted = [fields[name] for name in names if name in fields] if names else fields.values()
    return tuple(
        _input(f"f.{field.name}", field, tree_of(element.fields[field.name], field, model.elements))
        if field.name in element.fields
        else _input(f"f.{field.name}", field, None)
        for field in wanted
    )


def fields_of(element: Element) -> tuple[Field, ...]:
    """The fields an element may hold, its name first and its note last; the id is never filled in again."""
    return (NAME, *element.schema.fields, NOTE)


def _input(name: str, field: Field, tree: Any, label: str = "") -> Input:
    match field.type:
        case "record":
            return Input(name, field, "group", parts=_record(name, field, tree or {}), label=label)
        case "records":
            rows = [*(tree or []), *([{}] * SPARE_ROWS)]
            parts = tuple(
                Input(
                    f"{name}.{n}", field, "group", parts=_record(f"{name}.{n}", field, row), label=str(n + 1)
                )
                for n, row in enumerate(rows)
            )
            return Input(name, field, "rows", parts=parts, label=label)
        case "sides":
            both = tree if isinstance(tree, Mapping) else dict.fromkeys(SIDES, tree)
            return Input(
                name, field, "group", label=label,
                parts=tuple(_input(f"{name}.{side}", field.fields[0], both.get(side), side) for side in SIDES),
            )  # fmt: skip
        case "texts":
            return Input(
                name, field, "group", label=label,
                parts=tuple(
                    Input(f"{name}.{code}", field, "prose", str((tree or {}).get(code, "")), label=code) for code in LANGUAGES
                ),
            )  # fmt: skip
        case "list" if field.choices:
            return Input(name, field, "choices", parts=tuple(_chosen(name, field, tree or ())), label=label)
        case "list":
            return Input(name, field, "lines", "\n".join(map(str, tree or ())), label=label)
        case "words" | "measure" | "event_class":
            return Input(name, field, "text", _written(tree), label=label)
    widget = _WIDGETS.get(field.type, "line")
    return Input(name, field, widget, "" if tree is None else str(tree), label=label, options=field.choices)


def _chosen(name: str, field: Field, tree: Any) -> Iterator[Input]:
    """Each thing that a list may hold, and whether it does."""
    for choice in field.choices:
        yield Input(
            f"{name}.{choice.key}", field, "tick", "true" if choice.key in tree else "", options=(choice,)
        )


def _record(name: str, field: Field, tree: Mapping[str, Any]) -> tuple[Input, ...]:
    return tuple(_input(f"{name}.{part.name}", part, tree.get(part.name)) for part in field.fields)


def _written(tree: Any) -> str:
    if tree is None:
        return ""
    return (
        str(tree)
        if isinstance(tree, str)
        else emit(tree).strip()
        if isinstance(tree, Mapping)
        else ", ".join(tree)
    )


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What a form brought: the value of each field it showed, None where it was left empty, and what was not understood."""

    values: Mapping[str, object]
    findings: tuple[Finding, ...]


def filled_in(element: Element, model: Model, posted: Mapping[str, str]) -> FilledIn:
    """Reads what somebody filled in about an element; fields that the form did not show are left alone."""
    found = Found()
    kinds = {other.id: other.kind for other in model}
    values: dict[str, object] = {}
    for field in fields_of(element):
        name = f"f.{field.name}"
        if not any(key == name or key.startswith(f"{name}.") for key in posted):
            continue
        node = _node(name, field, posted, found)
        context = Context(found, element.id, kinds, field=field.name)
        values[field.name] = None if node is None else value(node, field, context)
    return FilledIn(values, found.all())


def relation_inputs(relation: Relation) -> tuple[Input, ...]:
    """What there is to fill in of a relation itself, such as the day or the condition."""
    return tuple(_input(f"r.{field.name}", field, None) for field in relation.fields)


def relation_filled_in(
    relation: Relation, source: Element, model: Model, posted: Mapping[str, str]
) -> FilledIn:
    """Reads what somebody filled in about a relation."""
    found = Found()
    kinds = {other.id: other.kind for other in model} if relation.fields else {}
    values: dict[str, object] = {}
    for field in relation.fields:
        node = _node(f"r.{field.name}", field, posted, found)
        context = Context(found, source.id, kinds, field=field.name)
        values[field.name] = None if node is None else value(node, field, context)
    return FilledIn(values, found.all())


def relation_said(edge: Edge, model: Model) -> str:
    """What a relation says of itself, on one line; empty for most."""
    fields = RELATION[edge.relation].fields
    said = (
        tree_of(edge.fields[field.name], field, model.elements)
        for field in fields
        if field.name in edge.fields
    )
    return ", ".join(map(str, said))


def _node(name: str, field: Field, posted: Mapping[str, str], found: Found) -> Node | None:
    """What was filled in under a name, as a node of a text; None where nothing was."""
    match field.type:
        case "record":
            return _record_node(name, field.fields, posted, found)
        case "records":
            rows = [_record_node(f"{name}.{n}", field.fields, posted, found) for n in _numbers(name, posted)]
            filled = tuple(row for row in rows if row is not None)
            return Sequence(FORM, filled) if filled else None
        case "sides":
            parts = {side: _node(f"{name}.{side}", field.fields[0], posted, found) for side in SIDES}
            return _recorded(parts)
        case "texts":
            return _recorded({code: _scalar(posted.get(f"{name}.{code}", "")) for code in LANGUAGES})
        case "list":
            ticked = (choice.key for choice in field.choices if posted.get(f"{name}.{choice.key}"))
            items = (*posted.get(name, "").splitlines(), *ticked)
            lines = tuple(Scalar(FORM, line.strip()) for line in items if line.strip())
            return Sequence(FORM, lines) if lines else None
        case "words" | "measure" | "event_class":
            text = posted.get(name, "").strip()
            return compose(text.encode(), "form", found) if text else None
    said = posted.get(name, "")
    return _scalar(as_written(said) if field.type in SPOKEN else said)


def _record_node(
    name: str, fields: tuple[Field, ...], posted: Mapping[str, str], found: Found
) -> Record | None:
    return _recorded({field.name: _node(f"{name}.{field.name}", field, posted, found) for field in fields})


def _recorded(parts: Mapping[str, Node | None]) -> Record | None:
    entries = tuple((Scalar(FORM, key), node) for key, node in parts.items() if node is not None)
    return Record(FORM, entries) if entries else None


def _scalar(text: str) -> Scalar | None:
    return Scalar(FORM, text) if text.strip() else None


def _numbers(name: str, posted: Mapping[str, str]) -> Iterator[int]:
    """The numbers of the rows that were posted, in order."""
    found = {key[len(name) + 1 :].partition(".")[0] for key in posted if key.startswith(f"{name}.")}
    return iter(sorted(int(number) for number in found if number.isdecimal() and len(number) < 5))
