"""How does a process read as an outline: what is done, by whom, with what, from what to what, for whom, and what comes next?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ketenreis.model import Element, Model
from ketenreis.model.flow import FLOW_NODES


@dataclass(frozen=True, slots=True)
class Way:
    """What comes after an element, and when that way is taken."""

    target: Element
    condition: str


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the outline.

    Attributes:
        element: An activity, gateway, event or sub-process.
        inside: What stands in it: the lines of a sub-process, the events that interrupt an activity.
        ways: What comes next.
        roles, systems: Who does it, and with what.
        takes: The outputs of others that it needs.
        outputs: What it yields, each with the requirements that it serves.
        serves: The requirements that it serves itself.
        folded: How many lines stand in a sub-process that are not told here; 0 where all are.
    """

    element: Element
    inside: tuple["Node", ...]
    ways: tuple[Way, ...]
    roles: tuple[Element, ...]
    systems: tuple[Element, ...]
    takes: tuple[Element, ...]
    outputs: tuple[tuple[Element, tuple[Element, ...]], ...]
    serves: tuple[Element, ...]
    folded: int = 0

    @property
    def asked(self) -> tuple[Element, ...]:
        """The requirements that it serves, itself or by its outputs, each once."""
        every = (*self.serves, *(asked for _, served in self.outputs for asked in served))
        return tuple({asked.id: asked for asked in every}.values())

    @property
    def is_work(self) -> bool:
        """Whether somebody works here."""
        return self.element.kind == "activity"


def outline(model: Model, process: str) -> tuple[Node, ...]:
    """The lines of a process.

    Args:
        model: Where it stands.
        process: A process or sub-process; or an activity, for what interrupts it.

    Returns:
        Activities in their own order. Gateways, events and sub-processes stand after what leads to them, else before what
        they lead to, else last.
    """
    return tuple(line(model, element) for element in in_order(model, process))


def in_order(model: Model, process: str) -> tuple[Element, ...]:
    """The elements of a process in the order of its outline."""
    order = [activity.id for activity in model.children(process, "activity")]
    waiting = [one.id for one in model.children(process, *FLOW_NODES) if one.kind != "activity"]
    while waiting:
        found = next((place for one in waiting if (place := _place(model, one, order)) is not None), None)
        name, at = found or (waiting[0], len(order))
        order.insert(at, name)
        waiting.remove(name)
    return tuple(model[name] for name in order)


def _place(model: Model, name: str, order: Sequence[str]) -> tuple[str, int] | None:
    """Where an element belongs among those that have a place; None while its neighbours have none."""
    before = [order.index(edge.source) for edge in model.into(name, "then") if edge.source in order]
    if before:
        return name, min(before) + 1
    after = [order.index(edge.target) for edge in model.out(name, "then") if edge.target in order]
    return (name, min(after)) if after else None


def line(model: Model, element: Element, *, folded: bool = False) -> Node:
    """One line of a process; folded with only the number of lines in a sub-process, which has a page of its own."""
    is_folded = folded and element.kind == "process"
    return Node(
        element,
        () if is_folded else outline(model, element.id),
        tuple(
            Way(model[edge.target], str(edge.fields.get("condition") or ""))
            for edge in model.out(element.id, "then")
            if edge.target in model
        ),
        model.targets(element.id, "performed_by"),
        model.targets(element.id, "uses"),
        model.targets(element.id, "takes"),
        tuple(
            (output, model.targets(output.id, "serves")) for output in model.children(element.id, "output")
        ),
        model.targets(element.id, "serves"),
        sum(1 for _ in model.within(element.id, *FLOW_NODES)) if is_folded else 0,
    )


def every(nodes: Sequence[Node]) -> Iterator[Node]:
    """All lines, each followed by what stands in it."""
    for node in nodes:
        yield node
        yield from every(node.inside)


def top(model: Model, process: str) -> Element:
    """The process around a sub-process that stands in no other; itself when it is that."""
    element = model[process]
    while (above := model.parent(element.id, "process")) is not None:
        element = above
    return element
