"""Which relations does nobody write, because they follow from what an element's fields say?"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from ketenreis.model.fields import Field
from ketenreis.model.graph import Edge, Element
from ketenreis.model.kinds import KINDS


@runtime_checkable
class Naming(Protocol):
    """A value that names elements, as a measure does."""

    def elements(self) -> tuple[str, ...]:
        """The ids it names, each once, in order."""


def _names_others(field: Field) -> bool:
    return field.type in ("measure", "element") or any(map(_names_others, field.fields))


_NAMING: Mapping[str, tuple[Field, ...]] = {
    kind.name: names for kind in KINDS if (names := tuple(filter(_names_others, kind.fields)))
}


def derived(element: Element) -> tuple[Edge, ...]:
    """The relations that follow from an element's fields: what its measure speaks of, what its operations work on.

    Returns:
        Each once, in the order of the fields.

    Example:
        >>> derived(Element("sneller", "initiative", None, {"operations": ({"intent": "remove", "element": "bellen"},)}))
        (Edge(relation='operates_on', source='sneller', target='bellen', fields=mappingproxy({})),)
    """
    fields = _NAMING.get(element.kind)
    if fields is None:
        return ()
    named = (pair for field in fields for pair in _named(element.fields.get(field.name), field))
    return tuple(Edge(relation, element.id, target) for relation, target in dict.fromkeys(named))


def _named(value: object, field: Field) -> Iterator[tuple[str, str]]:
    """The relations that a value reads as, with their targets."""
    match value:
        case str() if field.type == "element":
            yield field.relation, value
        case Naming():
            yield from (("measured_at", target) for target in value.elements())
        case tuple():
            for row in value:
                yield from _named(row, field)
        case Mapping():
            for part in field.fields:
                yield from _named(value.get(part.name), part)


def without(element: Element, is_gone: Callable[[str], bool]) -> Mapping[str, object]:
    """What an element's fields say once others are gone: a row that names one of these goes with it.

    A measure is left as it is: what it measures at is for somebody to say.

    Args:
        element: The element.
        is_gone: Of an id.

    Returns:
        The fields that differ, None where nothing is left.

    Example:
        >>> sneller = Element("s", "initiative", None, {"operations": ({"intent": "remove", "element": "bellen"},)})
        >>> dict(without(sneller, lambda name: name == "bellen"))
        {'operations': None}
    """
    differs: dict[str, object] = {}
    for field in _NAMING.get(element.kind, ()):
        was = element.fields.get(field.name)
        left = _left(was, field, is_gone)
        if left != was:
            differs[field.name] = left
    return MappingProxyType(differs)


def _left(value: object, field: Field, is_gone: Callable[[str], bool]) -> object | None:
    match value:
        case str() if field.type == "element":
            return None if is_gone(value) else value
        case tuple():
            return tuple(row for row in value if _left(row, field, is_gone) is not None) or None
        case Mapping():
            parts = [part for part in field.fields if part.name in value]
            goes = any(_left(value[part.name], part, is_gone) is None for part in parts)
            return None if goes else value
    return value
