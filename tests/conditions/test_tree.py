from itertools import product

import pytest

from ketenreis.conditions import Name, parse
from ketenreis.conditions.tree import answer

T, F, U = True, False, None


def judge(text, **facts):
    return answer(parse(text), lambda name: facts[name.attribute])


@pytest.mark.parametrize(("left", "right"), list(product([T, F, U], repeat=2)))
def test_and_or_not_follow_kleenes_tables(left, right):
    value = {T: "yes", F: "no", U: None}
    facts = {"p": value[left], "q": value[right]}
    both = F if F in (left, right) else (U if U in (left, right) else T)
    either = T if T in (left, right) else (U if U in (left, right) else F)
    assert judge("p = yes and q = yes", **facts) is both
    assert judge("p = yes or q = yes", **facts) is either
    assert judge("not p = yes", **facts) is (None if left is None else not left)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('channel = "web"', T),
        ("channel != web", F),
        ("channel in (desk, web)", T),
        ("channel in (desk, phone)", F),
        ("age >= 67", T),
        ("age < 67", F),
        ("age > 66.9", T),
        ("nothing = web", U),
        ("nothing in (web, desk)", U),
        ("nothing is missing", T),
        ("age is not missing", T),
        ("nothing > 3 or age >= 67", T),
        ("nothing > 3 and age < 67", F),
        ('waited <= "x"', T),  # a number against a text compares as text, in Python as in SQL
    ],
)
def test_a_missing_value_is_neither_true_nor_false(text, expected):
    facts = {"channel": "web", "age": 67, "nothing": None, "waited": 5}
    assert judge(text, **facts) is expected


def test_a_comparison_of_two_events_looks_at_both():
    values = {Name("parcel", "a"): "P1", Name("parcel", "b"): "P2"}
    assert answer(parse("a.parcel = b.parcel"), values.__getitem__) is False
