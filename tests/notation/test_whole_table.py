"""Every kind with all its fields, every permitted pair of every relation, and every pattern: none is left to chance."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.notation.drawn_models import values

from ketenreis.model import COMMON, KIND, KINDS, RELATIONS, Edge, Element, Model, arranged
from ketenreis.model.derived import derived
from ketenreis.notation import read_texts, write
from ketenreis.notation.typed import argument_field
from ketenreis.requirements import PATTERNS, EventClass, Measure

few = settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))
EVENTS = st.sampled_from([EventClass(("t",)), EventClass(("t",), "start"), EventClass()])
NAMED = {"ctq", "initiative", "goal"}
"""One kind for each field that names an element."""
TOUCHPOINT = (Element("j", "journey"), Element("s", "step", "j"), Element("t", "touchpoint", "s"))


def named(kinds):
    """Draws the id of an element that such a field may name."""
    return st.just(next(kind for kind in (*kinds, "goal") if kind in NAMED))


def standing(name: str, kind: str) -> list[Element]:
    """An element of a kind with all that it must stand in."""
    home = next((home for home in KIND[kind].inside if home != kind), None)
    if home is None or home == "organisation":
        return [Element(name, kind)]
    above = standing(f"{name}-in", home)
    return [*above, Element(name, kind, above[-1].id)]


def comes_back(elements, edges=()) -> None:
    model = arranged(Model.of(elements, edges))
    files = write(model)
    reading = read_texts(files)
    assert reading.findings == ()
    assert reading.model == model
    assert list(reading.model) == list(model)
    assert write(reading.model) == files


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.name != "organisation"], ids=lambda kind: kind.name
)
def test_an_element_of_any_kind_comes_back_with_every_field_filled_in(kind):
    @given(
        st.fixed_dictionaries(
            {field.name: values(field, EVENTS, named) for field in (*COMMON[1:], *kind.fields)}
        )
    )
    @few
    def comes_back_filled(fields):
        *above, element = standing("x", kind.name)
        filled = Element(element.id, element.kind, element.parent, fields)
        comes_back([*above, filled, *TOUCHPOINT, *(Element(name, name) for name in NAMED)], derived(filled))

    comes_back_filled()


def test_every_pair_that_a_relation_may_join_comes_back():
    pairs = 0
    for relation in RELATIONS:
        for end in relation.ends if not relation.derived else ():
            for source in end.sources:
                for target in end.targets:
                    if "organisation" in (source, target):
                        continue
                    pairs += 1
                    edge = Edge(relation.name, "x", "y")
                    comes_back([*standing("x", source), *standing("y", target)], [edge])
    assert pairs > 100


def test_the_organisation_may_have_an_owner_and_be_pointed_at():
    elements = [Element("o", "organisation"), Element("r", "role", "o"), Element("d", "driver", "o")]
    comes_back(elements, [Edge("owned_by", "o", "r"), Edge("points_at", "d", "o")])


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_pattern_comes_back_with_every_argument(pattern):
    fields = [argument_field(argument) for argument in pattern.arguments]

    @given(st.fixed_dictionaries({field.name: values(field, EVENTS, named) for field in fields}))
    @few
    def comes_back_whole(arguments):
        measure = Measure(pattern.name, arguments)
        edges = [Edge("measured_at", "c", target) for target in measure.elements()]
        comes_back([*TOUCHPOINT, Element("c", "ctq", None, {"measure": measure})], edges)

    comes_back_whole()
