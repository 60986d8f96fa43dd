"""In which order does a model stand in text? The one order that reading and writing share."""

from collections.abc import Iterator

from ketenreis.model import KINDS, RELATIONS, Element, Model

_KIND_ORDER = {kind.name: order for order, kind in enumerate(KINDS)}
_RELATION_ORDER = {relation.name: order for order, relation in enumerate(RELATIONS)}


def arranged(model: Model) -> Model:
    """The same model in the order of its text.

    Args:
        model: Any model. Parents must lead up to an element without one.

    Returns:
        Elements from the top down, each followed by its children; among siblings by kind in the metamodel's order and
        then as they were. Relations by their source's place, then in the metamodel's order, then as they were.
    """
    tops = [element for element in model if element.parent is None or element.parent not in model]
    elements = [below for top in _by_kind(tops) for below in _down(model, top)]
    place = {element.id: order for order, element in enumerate(elements)}
    last = len(place)
    edges = sorted(
        model.edges, key=lambda edge: (place.get(edge.source, last), _RELATION_ORDER.get(edge.relation, 0))
    )
    return Model.of(elements, edges)


def _by_kind(elements: list[Element]) -> list[Element]:
    return sorted(elements, key=lambda element: _KIND_ORDER[element.kind])


def _down(model: Model, element: Element) -> Iterator[Element]:
    yield element
    for child in _by_kind(list(model.children(element.id))):
        yield from _down(model, child)
