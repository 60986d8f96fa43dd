"""How are edits kept and sent? As data that JSON can hold, from which exactly the same edits come back.

A value says itself what it is (`{"duration": "1 hour"}`), so that history stays readable when the metamodel has grown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from ketenreis.conditions import parse
from ketenreis.conditions.tree import All, Any_, Comparison, Missing, Not, OneOf
from ketenreis.errors import EditError, KetenreisError
from ketenreis.model import LAST, Edge, Edit, Element, Insert, Move, Relate, Remove, Unrelate, Update
from ketenreis.quantity import Attribute, Duration, Share
from ketenreis.requirements import EventClass, Measure

Data = dict[str, Any]
"""What JSON can hold: text, numbers, yes and no, null, lists and records of these."""


def as_data(edit: Edit) -> Data:
    """An edit as data for JSON; `from_data` gives exactly this edit back.

    Example:
        >>> as_data(Update("op-tijd", "target", None, Duration.parse("1 hour")))
        {'edit': 'update', 'id': 'op-tijd', 'field': 'target', 'old': None, 'new': {'duration': '1 hour'}}
    """
    match edit:
        case Insert(element, after):
            return {"edit": "insert", "element": _element_as_data(element), "after": after}
        case Remove(element, after):
            return {"edit": "remove", "element": _element_as_data(element), "after": after}
        case Update(name, field, old, new):
            return {
                "edit": "update",
                "id": name,
                "field": field,
                "old": value_as_data(old),
                "new": value_as_data(new),
            }
        case Move(name, old_parent, old_after, parent, after):
            before = {"old_parent": old_parent, "old_after": old_after}
            return {"edit": "move", "id": name, **before, "parent": parent, "after": after}
        case Relate(edge, after):
            return {"edit": "relate", **_edge_as_data(edge), "after": after}
        case Unrelate(edge, after):
            return {"edit": "unrelate", **_edge_as_data(edge), "after": after}


def from_data(data: Mapping[str, Any]) -> Edit:
    """The edit that data stand for.

    Raises:
        EditError: They are not those of an edit; it says what is missing or not understood.

    Example:
        >>> from_data({"edit": "update", "id": "a", "field": "name", "old": None, "new": "Bel"})
        Update(id='a', field='name', old=None, new='Bel')
    """
    make = _EDITS.get(data.get("edit", "")) if isinstance(data, Mapping) else None
    if make is None:
        raise EditError(f"An edit says what it is: one of {', '.join(_EDITS)}, under the key “edit”.")
    try:
        return make(data)
    except KeyError as missing:
        raise EditError(f"The edit “{data['edit']}” does not say {missing}.") from missing
    except (TypeError, AttributeError) as wrong:
        raise EditError(f"The edit “{data['edit']}” cannot be read: {wrong}.") from wrong


def value_as_data(value: object) -> Any:
    """A value of a field as data for JSON; None where it is not filled in."""
    match value:
        case None | str() | bool() | int():
            return value
        case tuple():
            return [value_as_data(one) for one in value]
        case Mapping():
            return {"record": {name: value_as_data(one) for name, one in value.items()}}
    form = next((form for form in _FORMS if isinstance(value, form.of)), None)
    if form is None:
        raise EditError(f"A field cannot hold {value!r}.")
    return {form.tag: form.write(value)}


def value_from_data(data: Any) -> object:
    """The value that data stand for.

    Raises:
        EditError: They are not those of a value.
    """
    if data is None or isinstance(data, str | bool | int):
        return data
    if isinstance(data, list):
        return tuple(value_from_data(one) for one in data)
    if isinstance(data, Mapping) and len(data) == 1:
        ((tag, said),) = data.items()
        if tag == "record" and isinstance(said, Mapping):
            return MappingProxyType({str(name): value_from_data(one) for name, one in said.items()})
        form = next((form for form in _FORMS if form.tag == tag), None)
        if form is not None:
            try:
                return form.read(said)
            except (
                ValueError,
                TypeError,
                KeyError,
                AttributeError,
                InvalidOperation,
                KetenreisError,
            ) as wrong:
                raise EditError(f"{said!r} cannot be read as “{tag}”.") from wrong
    raise EditError(f"{data!r} is not a value that a field can hold.")


@dataclass(frozen=True, slots=True)
class _Form:
    """One type of value: its tag, and how it is written and read."""

    tag: str
    of: type | tuple[type, ...]
    write: Callable[[Any], Any]
    read: Callable[[Any], object]


def _number(said: str) -> Decimal:
    number = Decimal(said)
    if not number.is_finite():
        raise ValueError(said)
    return number


def _events_as_data(events: EventClass) -> Data:
    where = None if events.where is None else str(events.where)
    return {"of": list(events.elements), "moment": events.moment, "where": where}


def _events(said: Mapping[str, Any]) -> EventClass:
    where, moment = said.get("where"), said["moment"]
    if moment not in ("complete", "start"):
        raise ValueError(moment)
    return EventClass(tuple(map(str, said["of"])), moment, None if where is None else parse(where))


def _measure(said: Mapping[str, Any]) -> Measure:
    arguments = {name: value_from_data(one) for name, one in said["arguments"].items()}
    return Measure(said["pattern"], MappingProxyType(arguments))


_FORMS = (
    _Form("number", Decimal, str, _number),
    _Form("date", date, date.isoformat, date.fromisoformat),
    _Form("duration", Duration, str, Duration.parse),
    _Form("share", Share, str, Share.parse),
    _Form("attribute", Attribute, str, Attribute),
    _Form("condition", (Comparison, OneOf, Missing, Not, All, Any_), str, parse),
    _Form("events", EventClass, _events_as_data, _events),
    _Form(
        "measure",
        Measure,
        lambda measure: {
            "pattern": measure.pattern,
            "arguments": {name: value_as_data(one) for name, one in measure.arguments.items()},
        },
        _measure,
    ),
)


def _element_as_data(element: Element) -> Data:
    fields = {name: value_as_data(value) for name, value in element.fields.items()}
    return {"id": element.id, "kind": element.kind, "parent": element.parent, "fields": fields}


def _element(said: Mapping[str, Any]) -> Element:
    fields = {str(name): value_from_data(one) for name, one in said["fields"].items()}
    return Element(_text(said["id"]), _text(said["kind"]), _place(said["parent"]), MappingProxyType(fields))


def _edge_as_data(edge: Edge) -> Data:
    fields = {name: value_as_data(value) for name, value in edge.fields.items()}
    return {"relation": edge.relation, "source": edge.source, "target": edge.target, "fields": fields}


def _edge(said: Mapping[str, Any]) -> Edge:
    fields = {str(name): value_from_data(one) for name, one in said.get("fields", {}).items()}
    return Edge(
        _text(said["relation"]), _text(said["source"]), _text(said["target"]), MappingProxyType(fields)
    )


def _text(said: object) -> str:
    if not isinstance(said, str) or not said:
        raise TypeError(f"{said!r} is no text")
    return said


def _place(said: object) -> str | None:
    if said is not None and not isinstance(said, str):
        raise TypeError(f"{said!r} is no id")
    return said


def _after(said: Mapping[str, Any]) -> str | None:
    return _place(said.get("after", LAST))


_EDITS: Mapping[str, Callable[[Mapping[str, Any]], Edit]] = MappingProxyType({
    "insert": lambda said: Insert(_element(said["element"]), _after(said)),
    "remove": lambda said: Remove(_element(said["element"]), _after(said)),
    "update": lambda said: Update(
        _text(said["id"]), _text(said["field"]), value_from_data(said["old"]), value_from_data(said["new"])
    ),
    "move": lambda said: Move(
        _text(said["id"]), _place(said["old_parent"]), _place(said.get("old_after", LAST)), _place(said["parent"]), _after(said)
    ),
    "relate": lambda said: Relate(_edge(said), _after(said)),
    "unrelate": lambda said: Unrelate(_edge(said), _after(said)),
})  # fmt: skip
