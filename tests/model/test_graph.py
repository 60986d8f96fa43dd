import pytest

from ketenreis.errors import UnknownElementError
from ketenreis.model import Edge, Element, Model

MODEL = Model.of(
    [
        Element("o", "organisation"),
        Element("j", "journey", "o", {"name": "Reis"}),
        Element("f", "phase", "j", {"name": "Fase"}),
        Element("s", "step", "f", {"name": "Stap"}),
        Element("w", "wish", "s", {"text": "Ik wil het weten"}),
        Element("c", "ctq", "o", {"name": "Op tijd"}),
        Element("m", "message", "o", {"text": {"nl": "Tot zo"}}),
    ],
    [Edge("leads_to", "w", "c"), Edge("leads_to", "w", "gone")],
)


def test_an_element_is_called_by_its_name_else_its_text_else_its_id():
    assert [MODEL.name(one) for one in ("j", "w", "m", "o", "elsewhere")] == [
        "Reis", "Ik wil het weten", "Tot zo", "o", "elsewhere",
    ]  # fmt: skip


def test_an_unknown_element_is_refused_with_the_nearest():
    with pytest.raises(UnknownElementError, match="'organisatie'"):
        MODEL["organisatie"]


def test_walks_go_down_in_order_and_up_to_the_nearest_of_a_kind():
    assert [e.id for e in MODEL.within("o")] == ["j", "f", "s", "w", "c", "m"]
    assert [e.id for e in MODEL.within("j", "wish")] == ["w"]
    assert [e.id for e in MODEL.children("o", "ctq")] == ["c"]
    assert MODEL.parent("w", "journey") == MODEL["j"]
    assert MODEL.parent("o") is None


def test_relations_are_walked_both_ways_and_a_lost_target_is_left_out():
    assert MODEL.targets("w", "leads_to") == (MODEL["c"],)
    assert MODEL.target("w", "leads_to") == MODEL["c"]
    assert MODEL.target("c", "leads_to") is None
    assert MODEL.sources("c", "leads_to") == (MODEL["w"],)
    assert [edge.target for edge in MODEL.out("w", "leads_to")] == ["c", "gone"]


def test_two_models_are_equal_when_they_hold_the_same():
    assert Model.of(MODEL, MODEL.edges) == MODEL
    assert Model.of(list(MODEL)[:-1], MODEL.edges) != MODEL
