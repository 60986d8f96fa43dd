"""Which work comes directly before or after other work in a process?

Between two activities may stand gateways, events and the edges of sub-processes; these are looked through, because nobody
works there.
"""

from collections.abc import Callable, Iterator

from ketenreis.model.graph import Element, Model

FLOW_NODES = ("activity", "gateway", "event", "process")
"""The kinds that `then` joins."""

_Walk = Callable[[Model, str], Iterator[str]]


def activities_after(model: Model, element_id: str) -> tuple[Element, ...]:
    """The activities that may come directly after an element of a process.

    Args:
        model: The model.
        element_id: An activity, gateway, event or sub-process.

    Returns:
        Each once, the nearest first; what interrupts an activity counts as one of its ways.

    Example:
        >>> from ketenreis.model import Edge
        >>> nodes = [Element("p", "process"), Element("a", "activity", "p"), Element("g", "gateway", "p")]
        >>> ways = [Edge("then", "a", "g"), Edge("then", "g", "b")]
        >>> [after.id for after in activities_after(Model.of([*nodes, Element("b", "activity", "p")], ways), "a")]
        ['b']
    """
    return _reached(model, element_id, _onward, _entries)


def activities_before(model: Model, element_id: str) -> tuple[Element, ...]:
    """The activities that may come directly before an element of a process: the same, seen from the other side."""
    return _reached(model, element_id, _back, _exits)


def _reached(model: Model, element_id: str, onward: _Walk, inside: _Walk) -> tuple[Element, ...]:
    found: dict[str, Element] = {}
    waiting, seen = list(onward(model, element_id)), set[str]()
    for at in waiting:  # grows while it is read
        if at in seen or at not in model:
            continue
        seen.add(at)
        node = model[at]
        if node.kind == "activity":
            found[at] = node
        else:
            waiting += (node.kind == "process" and [*inside(model, at)]) or [*onward(model, at)]
    return tuple(found.values())


def _onward(model: Model, element_id: str) -> Iterator[str]:
    """Where the ways out of an element lead; the last of a sub-process leads out of that."""
    ways = [edge.target for edge in model.out(element_id, "then")]
    for interruption in model.children(element_id, "event"):
        if interruption.get("type") == "boundary":
            ways += [edge.target for edge in model.out(interruption.id, "then")]
    yield from ways
    above = model[element_id].parent if element_id in model else None
    if not ways and above is not None and above in model and model[above].kind == "process":
        yield from (edge.target for edge in model.out(above, "then"))


def _back(model: Model, element_id: str) -> Iterator[str]:
    """Where the ways into an element come from; the first of a sub-process comes from before that."""
    node = model[element_id]
    ways = [edge.source for edge in model.into(element_id, "then")]
    if not ways and node.kind == "event" and node.get("type") == "boundary":
        ways = [node.parent] if node.parent else []
    yield from ways
    if not ways and node.parent is not None and node.parent in model and model[node.parent].kind == "process":
        yield from (edge.source for edge in model.into(node.parent, "then"))


def _entries(model: Model, process_id: str) -> Iterator[str]:
    """The elements with which a sub-process begins."""
    for node in model.children(process_id, *FLOW_NODES):
        if not model.into(node.id, "then") and node.get("type") != "boundary":
            yield node.id


def _exits(model: Model, process_id: str) -> Iterator[str]:
    """The elements with which a sub-process ends."""
    for node in model.children(process_id, *FLOW_NODES):
        if not model.out(node.id, "then"):
            yield node.id
