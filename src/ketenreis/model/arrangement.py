"""In which order does a model stand in text? The one order that reading, writing and editing share."""

from collections.abc import Iterable, Mapping, Sequence

from ketenreis.model.graph import Element, Model
from ketenreis.model.kinds import KINDS
from ketenreis.model.relations import RELATIONS

KIND_ORDER = {kind.name: order for order, kind in enumerate(KINDS)}
RELATION_ORDER = {relation.name: order for order, relation in enumerate(RELATIONS)}


def arranged(model: Model) -> Model:
    """The same model in the order of its text.

    Args:
        model: Any model. Parents must lead up to an element without one.

    Returns:
        Elements from the top down, each followed by its children; among siblings by kind in the metamodel's order and
        then as they were. Relations by their source's place, then in the metamodel's order, then as they were.
    """
    if model.in_order:
        return model
    children: dict[str | None, list[Element]] = {}
    for element in model:
        above = element.parent if element.parent in model else None
        children.setdefault(above, []).append(element)
    order = walked({above: [one.id for one in by_kind(below)] for above, below in children.items()})
    place = {name: number for number, name in enumerate(order)}
    last = len(place)
    edges = sorted(
        model.edges, key=lambda edge: (place.get(edge.source, last), RELATION_ORDER.get(edge.relation, 0))
    )
    return Model.of((model.elements[name] for name in order), edges, in_order=True)


def by_kind(elements: Iterable[Element]) -> list[Element]:
    """Siblings by kind in the metamodel's order, and then as they were."""
    return sorted(elements, key=lambda element: KIND_ORDER[element.kind])


def walked(children: Mapping[str | None, Sequence[str]], above: str | None = None) -> list[str]:
    """The ids from the top down, each followed by what stands in it.

    Args:
        children: The ids in each element, and under None those at the top; all in order.
        above: The element to walk; the whole when None.

    Example:
        >>> walked({None: ["a", "b"], "a": ["a1", "a2"]})
        ['a', 'a1', 'a2', 'b']
    """
    order: list[str] = []
    ahead = list(reversed(children.get(above, ())))
    while ahead:
        name = ahead.pop()
        order.append(name)
        if below := children.get(name):
            ahead.extend(reversed(below))
    return order
