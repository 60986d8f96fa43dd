import pytest

from ketenreis.errors import EditError, UnknownElementError
from ketenreis.model import (
    LAST,
    Edge,
    Element,
    Insert,
    Model,
    Move,
    Relate,
    Remove,
    Unrelate,
    Update,
    apply,
    inverse,
    removal,
)

MODEL = Model.of(
    [
        Element("o", "organisation"),
        Element("r", "role", "o", {"name": "Balie"}),
        Element("j", "journey", "o", {"name": "Reis"}),
        Element("f", "phase", "j", {"name": "Fase"}),
        Element("s1", "step", "f", {"name": "Een"}),
        Element("w", "wish", "s1", {"text": "Ik wil het weten"}),
        Element("s2", "step", "f", {"name": "Twee"}),
        Element("s3", "step", "f", {"name": "Drie"}),
        Element("c1", "ctq", "o", {"name": "Op tijd"}),
        Element("c2", "ctq", "o", {"name": "Duidelijk"}),
    ],
    [Edge("leads_to", "w", "c1"), Edge("leads_to", "w", "c2")],
)


def ids(model, parent, kind):
    return [element.id for element in model.children(parent, kind)]


def done(*edits):
    applied = apply(MODEL, edits)
    assert applied.conflicts == ()
    back = apply(applied.model, inverse(applied.edits)).model
    assert back == MODEL
    assert list(back) == list(MODEL)
    return applied.model


def refused(*edits):
    applied = apply(MODEL, edits)
    assert applied.model is MODEL
    assert applied.edits == ()
    return [(one.reason, one.expected, one.stands) for one in applied.conflicts]


@pytest.mark.parametrize(
    ("after", "order"),
    [(None, ["n", "s1", "s2", "s3"]), ("s1", ["s1", "n", "s2", "s3"]), (LAST, ["s1", "s2", "s3", "n"])],
)
def test_an_element_comes_first_after_a_sibling_or_at_the_end(after, order):
    model = done(Insert(Element("n", "step", "f"), after))
    assert ids(model, "f", "step") == order
    assert [e.id for e in model if e.kind == "step"] == order


def test_a_sibling_that_is_gone_means_the_end():
    assert ids(done(Insert(Element("n", "step", "f"), "nowhere")), "f", "step") == ["s1", "s2", "s3", "n"]


def test_a_field_is_changed_filled_in_and_emptied():
    model = done(Update("s1", "name", "Een", "Eén"), Update("s2", "action", None, "Belt"))
    assert (model.name("s1"), model["s2"].get("action")) == ("Eén", "Belt")
    assert "name" not in done(Update("s3", "name", "Drie", None))["s3"].fields


def test_an_element_moves_with_all_that_stands_in_it():
    model = done(Insert(Element("g", "phase", "j"), "f"), Move("s1", "f", None, "g"))
    assert [e.id for e in model.within("g")] == ["s1", "w"]
    assert [e.id for e in model][:7] == ["o", "r", "j", "f", "s2", "s3", "g"]


def test_a_relation_is_laid_in_its_place_and_cut():
    model = done(Unrelate(Edge("leads_to", "w", "c1")), Relate(Edge("leads_to", "w", "c1"), LAST))
    assert [edge.target for edge in model.out("w", "leads_to")] == ["c2", "c1"]
    assert [element.id for element in model.sources("c1", "leads_to")] == ["w"]


def test_an_element_is_removed_with_what_stands_in_it_and_hangs_on_it():
    model = done(*removal(MODEL, "f"))
    assert [element.id for element in model] == ["o", "r", "j", "c1", "c2"]
    assert model.edges == ()
    assert done(*removal(MODEL, "c1")).edges == (Edge("leads_to", "w", "c2"),)


def test_an_unknown_element_cannot_be_removed():
    with pytest.raises(UnknownElementError):
        removal(MODEL, "x")


def test_a_change_of_what_somebody_else_changed_is_a_conflict_that_shows_both():
    assert refused(Update("s1", "name", "Eerste", "1")) == [("changed", "Eerste", "Een")]


def test_with_one_conflict_nothing_is_done():
    assert len(refused(Update("s2", "name", "Twee", "2"), Update("s1", "name", "Eerste", "1"))) == 1


def test_every_conflict_is_named():
    assert [reason for reason, _, _ in refused(
        Update("x", "name", None, "1"), Insert(Element("s1", "step", "f")), Insert(Element("n", "step", "x")),
        Remove(Element("s1", "step", "f", {"name": "Een"})), Remove(Element("s2", "step", "f")),
        Remove(Element("s2", "step", "g", {"name": "Twee"})), Remove(Element("x", "step", "f")),
        Move("x", "f", None, "f"), Move("s1", "g", None, "f"), Move("s1", "f", None, "g"), Move("j", "o", None, "j"),
        Relate(Edge("leads_to", "w", "c1")), Relate(Edge("leads_to", "w", "x")), Unrelate(Edge("leads_to", "w", "x")),
        Unrelate(Edge("owned_by", "w", "r")), Remove(Element("w", "wish", "s1", {"text": "Ik wil het weten"})),
    )] == [
        "gone", "taken", "gone", "in_use", "changed", "moved", "gone", "gone", "moved", "gone", "circular",
        "taken", "gone", "gone", "gone", "in_use",
    ]  # fmt: skip


def test_where_one_target_may_stand_a_second_is_a_conflict():
    two = [Relate(Edge("owned_by", "c1", "r")), Relate(Edge("owned_by", "c1", "r2"))]
    applied = apply(MODEL, [Insert(Element("r2", "role", "o")), *two])
    assert [(one.reason, one.stands) for one in applied.conflicts] == [("taken", Edge("owned_by", "c1", "r"))]


@pytest.mark.parametrize(
    "edit",
    [
        Insert(Element("n", "dream", "o")),
        Insert(Element("n", "step", "f", {"colour": "red"})),
        Update("s1", "colour", None, "red"),
        Update("s1", "id", None, "red"),
        Relate(Edge("loves", "s1", "c1")),
        Relate(Edge("measured_at", "c1", "s1")),
        Unrelate(Edge("measured_at", "c1", "s1")),
    ],
)
def test_what_the_metamodel_does_not_hold_is_refused(edit):
    with pytest.raises(EditError):
        apply(MODEL, [edit])


@pytest.mark.parametrize(
    "edit",
    [
        Insert(Element("n", "step", "o")),
        Insert(Element("n", "step", None)),
        Insert(Element("n", "organisation", "o")),
        Update("s1", "norms", None, "red"),
        Move("s1", "f", None, "o"),
        Relate(Edge("leads_to", "s1", "c1")),
    ],
)
def test_where_the_kind_of_what_stands_there_does_not_permit_it_it_is_a_conflict(edit):
    assert [reason for reason, _, _ in refused(edit)] == ["misplaced"]


def test_no_edits_leave_the_model_itself():
    assert apply(MODEL, []).model is MODEL
