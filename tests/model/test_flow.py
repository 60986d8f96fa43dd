"""Which work follows which, when nobody works at what stands between."""

import pytest

from ketenreis.model import Edge, Element, Model
from ketenreis.model.flow import activities_after, activities_before
from ketenreis.model.graph import Element as Node


def process(*ways: str, inside: dict[str, str] | None = None, **kinds: str) -> Model:
    """A process of activities named by one letter, and of other kinds where said; a way is written `a>b`."""
    names = dict.fromkeys("".join(ways).replace(">", ""))
    homes = inside or {}
    nodes = [Node("p", "process")]
    nodes += [Element(name, kinds.get(name, "activity"), homes.get(name, "p"), {}) for name in names]
    return Model.of(nodes, [Edge("then", way[0], way[2]) for way in ways])


def names(elements) -> str:
    return "".join(element.id for element in elements)


def test_what_follows_directly_follows():
    model = process("a>b", "b>c")
    assert names(activities_after(model, "a")) == "b"
    assert names(activities_before(model, "c")) == "b"


def test_gateways_and_events_are_looked_through():
    model = process("a>g", "g>b", "g>e", "e>c", g="gateway", e="event")
    assert names(activities_after(model, "a")) == "bc"
    assert names(activities_before(model, "c")) == "a"


def test_a_circle_of_gateways_comes_to_an_end():
    model = process("a>g", "g>h", "h>g", "h>b", g="gateway", h="gateway")
    assert names(activities_after(model, "a")) == "b"
    assert names(activities_before(model, "b")) == "a"


def test_a_sub_process_is_entered_and_left():
    model = process("a>s", "x>y", "s>b", s="process", inside={"x": "s", "y": "s"})
    assert names(activities_after(model, "a")) == "x"
    assert names(activities_after(model, "y")) == "b"
    assert names(activities_before(model, "b")) == "y"
    assert names(activities_before(model, "x")) == "a"


def test_what_interrupts_an_activity_is_one_of_its_ways():
    nodes = [Element("p", "process"), *(Element(name, "activity", "p") for name in "abc")]
    nodes.append(Element("t", "event", "a", {"type": "boundary"}))
    model = Model.of(nodes, [Edge("then", "a", "b"), Edge("then", "t", "c")])
    assert names(activities_after(model, "a")) == "bc"
    assert names(activities_before(model, "c")) == "a"


@pytest.mark.parametrize("way", ["a>a", "a>z"])
def test_loops_and_ways_to_nowhere_do_no_harm(way):
    model = Model.of([Element("p", "process"), Element("a", "activity", "p")], [Edge("then", way[0], way[2])])
    assert names(activities_after(model, "a")) in ("a", "")
