from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.notation.drawn_models import models

from ketenreis.model import (
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
    arranged,
    inverse,
)
from ketenreis.model.diff import diff, longest_rising

some = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def same(one, other):
    """Equal, also in order, and in everything that is looked up in it."""
    counted = Model(other.elements, other.edges)
    return (
        one == other
        and list(one) == list(other)
        and dict(one.by_parent) == dict(counted.by_parent)
        and dict(one.by_source) == dict(counted.by_source)
        and dict(one.by_target) == dict(counted.by_target)
    )


@given(models(), models())
@some
def test_the_difference_applied_to_the_old_is_the_new_and_its_inverse_leads_back(old, new):
    edits = diff(old, new)
    applied = apply(old, edits)
    assert applied.conflicts == ()
    assert same(arranged(applied.model), arranged(new))
    assert applied.edits == edits
    back = apply(new, inverse(edits))
    assert back.conflicts == ()
    assert same(arranged(back.model), arranged(old))


@st.composite
def rearranged(draw):
    """Two orders, and two nestings, of the same elements, so that nearly all that differs has moved."""
    names = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=2))

    def one():
        placed = []
        for name in draw(st.permutations(names)):
            parent = draw(st.sampled_from([None, None, *placed]))
            placed.append(name)
            yield Element(name, "process", parent, draw(st.sampled_from([{}, {"name": "A"}, {"name": "B"}])))

    def edges():
        return [
            Edge("points_at", "driver", target, draw(st.sampled_from([{}])))
            for target in draw(st.lists(st.sampled_from(names), unique=True))
        ]

    driver = Element("driver", "driver")
    return Model.of([driver, *one()], edges()), Model.of([driver, *one()], edges())


@given(rearranged())
@some
def test_what_only_moved_goes_there_without_being_removed(pair):
    old, new = pair
    edits = diff(old, new)
    assert same(arranged(apply(old, edits).model), arranged(new))
    assert same(arranged(apply(new, inverse(edits)).model), arranged(old))
    assert not any(isinstance(edit, Insert | Remove) for edit in edits)


@given(st.permutations(range(7)))
@some
def test_a_longest_rising_subsequence_is_the_longest_of_all(numbers):
    found = longest_rising(numbers)
    rising = [c for size in range(8) for c in combinations(numbers, size) if list(c) == sorted(c)]
    assert tuple(found) in rising
    assert len(found) == max(map(len, rising))


@given(models())
@some
def test_nothing_differs_from_itself(model):
    assert diff(model, Model.of(model, model.edges)) == ()


STEPS = [Element("j", "journey"), *(Element(name, "step", "j", {"name": name}) for name in "abcd")]


def test_one_step_brought_forward_is_one_move():
    new = Model.of([STEPS[0], STEPS[4], *STEPS[1:4]])
    assert diff(Model.of(STEPS), new) == (Move("d", "j", "c", "j", None),)


def test_every_kind_of_difference_is_told_as_what_it_is():
    old = Model.of(STEPS, [Edge("next", "a", "b"), Edge("next", "a", "c")])
    new = Model.of(
        [STEPS[0], Element("a", "step", "j", {"name": "A", "note": "n"}), STEPS[2], STEPS[4], Element("e", "step", "j")],
        [Edge("next", "a", "b", {"path": "main"}), Edge("next", "a", "d")],
    )  # fmt: skip
    assert diff(old, new) == (
        Unrelate(Edge("next", "a", "b"), None),
        Unrelate(Edge("next", "a", "c"), None),
        Insert(Element("e", "step", "j"), "d"),
        Remove(STEPS[3], "b"),
        Update("a", "name", "a", "A"),
        Update("a", "note", None, "n"),
        Relate(Edge("next", "a", "b", {"path": "main"}), None),
        Relate(Edge("next", "a", "d"), "b"),
    )


def test_a_parent_and_its_child_that_change_places_are_two_moves():
    old = Model.of([Element("p", "process"), Element("q", "process", "p")])
    new = Model.of([Element("q", "process"), Element("p", "process", "q")])
    assert [(edit.id, edit.parent) for edit in diff(old, new)] == [("q", None), ("p", "q")]


def test_an_id_that_names_another_kind_now_is_another_element():
    old = Model.of([Element("x", "journey"), Element("s", "step", "x")], [Edge("owned_by", "s", "x")][:0])
    new = Model.of([Element("j", "journey"), Element("x", "phase", "j"), Element("s", "step", "x")])
    assert same(apply(old, diff(old, new)).model, new)
    assert [type(edit).__name__ for edit in diff(old, new)] == [
        "Remove",
        "Remove",
        "Insert",
        "Insert",
        "Insert",
    ]
