import pytest
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
    Unrelate,
    Update,
    apply,
    arranged,
    diff,
    removal,
)
from ketenreis.model.edits import LAST
from ketenreis.model.merge import merge

some = settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))

BASE = Model.of(
    [
        Element("o", "organisation"),
        Element("r", "role", "o"),
        Element("r2", "role", "o"),
        Element("r3", "role", "o"),
        Element("j", "journey", "o", {"name": "Reis"}),
        Element("f", "phase", "j", {"name": "Fase"}),
        Element("s1", "step", "f", {"name": "Een"}),
        Element("w", "wish", "s1", {"text": "Weten"}),
        Element("s2", "step", "f", {"name": "Twee"}),
        Element("c", "ctq", "o", {"name": "Op tijd"}),
        Element("p", "process", "o"),
        Element("q", "process", "o"),
    ],
    [Edge("owned_by", "j", "r"), Edge("leads_to", "w", "c")],
)


def both(ours, theirs):
    """Merged, and the same whoever asks."""
    one, other = merge(BASE, ours, theirs), merge(BASE, theirs, ours)
    assert one.model == other.model
    assert list(one.model) == list(other.model)
    assert sorted(map(repr, one.clashes)) == sorted(
        repr(type(clash)(clash.theirs, clash.ours)) for clash in other.clashes
    )
    assert apply(BASE, one.edits).model == one.model
    return one


def test_what_two_people_did_to_different_things_is_all_there():
    merged = both(
        [Update("s1", "name", "Een", "Eén"), Insert(Element("n", "step", "f"), "s1")],
        [Update("s1", "action", None, "Belt"), Insert(Element("m", "step", "f"), "s1"), *removal(BASE, "c")],
    )
    assert merged.clashes == ()
    assert dict(merged.model["s1"].fields) == {"name": "Eén", "action": "Belt"}
    assert {one.id for one in merged.model.children("f")} == {"s1", "s2", "n", "m"}
    assert "c" not in merged.model


def test_what_both_did_is_done_once():
    edits = [
        Update("s1", "name", "Een", "Eén"),
        *removal(BASE, "s2"),
        Insert(Element("n", "step", "f"), LAST),
    ]
    merged = both(edits, edits)
    assert merged.clashes == ()
    assert merged.model == apply(BASE, edits).model


CLASHES = {
    "one field": ([Update("s1", "name", "Een", "A")], [Update("s1", "name", "Een", "B")]),
    "a removed element that the other changed": (removal(BASE, "s2"), [Update("s2", "name", "Twee", "B")]),
    "a removed element that the other filled": (removal(BASE, "s2"), [Insert(Element("x", "wish", "s2"))]),
    "a removed element that the other tied": (removal(BASE, "r2"), [Relate(Edge("owned_by", "c", "r2"))]),
    "two places": (
        [Insert(Element("g", "phase", "j")), Move("s1", "f", None, "g")],
        [Insert(Element("h", "phase", "j")), Move("s1", "f", None, "h")],
    ),
    "one id": ([Insert(Element("x", "step", "f"))], [Insert(Element("x", "step", "j"))]),
    "into each other": ([Move("p", "o", None, "q")], [Move("q", "o", None, "p")]),
    "one owner": (
        [Unrelate(Edge("owned_by", "j", "r")), Relate(Edge("owned_by", "j", "r2"))],
        [Unrelate(Edge("owned_by", "j", "r")), Relate(Edge("owned_by", "j", "r3"))],
    ),
    "a first owner": ([Relate(Edge("owned_by", "c", "r2"))], [Relate(Edge("owned_by", "c", "r3"))]),
}


@pytest.mark.parametrize("name", CLASHES)
def test_where_two_people_want_different_things_both_are_shown_and_neither_is_done(name):
    ours, theirs = CLASHES[name]
    merged = both(ours, theirs)
    (clash,) = merged.clashes
    assert clash.ours
    assert clash.theirs
    wanted = {edit.element.id for edit in (*ours, *theirs) if isinstance(edit, Insert)} & {"g", "h"}
    assert {one.id for one in merged.model} == {one.id for one in BASE} | wanted
    assert merged.model.edges == BASE.edges
    assert all(merged.model[one.id] == one for one in BASE)


def test_a_removed_step_that_the_other_only_put_elsewhere_in_line_is_no_clash():
    merged = both(removal(BASE, "s2"), [Move("s2", "f", "s1", "f", None)])
    assert merged.clashes == ()
    assert "s2" not in merged.model


def test_what_does_not_fit_the_base_is_shown_alone():
    merged = both([Update("s1", "name", "Nooit", "A")], [Update("s2", "name", "Twee", "B")])
    assert [(len(clash.ours), len(clash.theirs)) for clash in merged.clashes] == [(1, 0)]
    assert merged.model.name("s2") == "B"


@given(models(), models())
@some
def test_edits_merged_with_nothing_are_those_edits(old, new):
    merged = merge(old, diff(old, new), [])
    assert merged.clashes == ()
    assert arranged(merged.model) == arranged(new)


@given(models(), models(), models())
@some
def test_merging_is_symmetric_and_keeps_what_only_one_side_changed(base, one, other):
    ours, theirs = diff(base, one), diff(base, other)
    merged, turned = merge(base, ours, theirs), merge(base, theirs, ours)
    assert merged.model == turned.model
    assert len(merged.clashes) == len(turned.clashes)
    if merged.clashes:
        return
    # Three ways compared field by field, without any edit.
    for name in {*base.elements, *one.elements, *other.elements}:
        was, mine, hers = (model.elements.get(name) for model in (base, one, other))
        if was is None or mine is None or hers is None or was.kind != mine.kind or was.kind != hers.kind:
            continue
        for field in {*was.fields, *mine.fields, *hers.fields}:
            x, y, z = was.get(field), mine.get(field), hers.get(field)
            assert merged.model[name].get(field) == (z if y == x else y)


@given(st.permutations("abc"), st.permutations("abc"))
def test_two_orders_become_one_that_is_the_same_for_both(one, other):
    base = Model.of([Element(name, "goal") for name in "abc"])
    ours, theirs = (diff(base, Model.of([Element(n, "goal") for n in order])) for order in (one, other))
    merged = merge(base, ours, theirs)
    assert merged.clashes == ()
    assert list(merged.model) == list(merge(base, theirs, ours).model)
