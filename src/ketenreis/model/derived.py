"""Which relations does nobody write, because they follow from what an element's fields say?"""

from typing import Protocol, runtime_checkable

from ketenreis.model.graph import Edge, Element
from ketenreis.model.kinds import KINDS


@runtime_checkable
class Naming(Protocol):
    """A value that names elements, as a measure does."""

    def elements(self) -> tuple[str, ...]:
        """The ids it names, each once, in order."""


_MEASURES = {
    kind.name: names
    for kind in KINDS
    if (names := tuple(field.name for field in kind.fields if field.type == "measure"))
}


def derived(element: Element) -> tuple[Edge, ...]:
    """The relations that follow from an element's fields: the elements that its measure speaks of.

    Example:
        >>> derived(Element("a", "activity"))
        ()
    """
    said = (element.fields.get(name) for name in _MEASURES.get(element.kind, ()))
    return tuple(
        Edge("measured_at", element.id, target)
        for measure in said
        if isinstance(measure, Naming)
        for target in measure.elements()
    )
