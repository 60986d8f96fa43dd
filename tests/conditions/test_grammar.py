from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.conditions import All, Any_, Comparison, Missing, Name, Not, OneOf, parse
from ketenreis.errors import ConditionError
from ketenreis.quantity import Duration

NAMES = st.builds(
    Name,
    st.sampled_from(["channel", "age", "case:channel", "org-group", "een kenmerk", "Größe", "and"]),
    st.sampled_from(["", "a", "b"]),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.one_of(
    TEXTS,
    st.decimals(-1000, 1000, places=9, allow_nan=False),
    st.booleans(),
    st.builds(Duration, st.integers(0, 90).map(Decimal), st.sampled_from(["hour", "day"])),
)
LEAVES = st.one_of(
    st.builds(Comparison, NAMES, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), VALUES),
    st.builds(Comparison, NAMES, st.just("="), NAMES.filter(lambda name: name.of)),
    st.builds(OneOf, NAMES, st.lists(VALUES, min_size=1, max_size=3).map(tuple)),
    st.builds(Missing, NAMES),
)


def _flat(kind):
    return lambda parts: kind(tuple(parts))


TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner.filter(lambda c: not isinstance(c, All)), min_size=2, max_size=3).map(_flat(All)),
        st.lists(inner.filter(lambda c: not isinstance(c, Any_)), min_size=2, max_size=3).map(_flat(Any_)),
    ),
    max_leaves=6,
)


@given(TREES)
def test_every_condition_is_read_back_as_it_is_written(tree):
    assert parse(str(tree)) == tree


def test_not_binds_before_and_before_or():
    assert parse('not a.x = "1" and y = "2" or z is missing') == Any_(
        (
            All((Not(Comparison(Name("x", "a"), "=", "1")), Comparison(Name("y"), "=", "2"))),
            Missing(Name("z")),
        )
    )


def test_a_bare_word_is_text_and_a_number_with_a_unit_is_a_duration():
    assert parse("persona = gezin") == Comparison(Name("persona"), "=", "gezin")
    assert parse("waited > 2 hours") == Comparison(Name("waited"), ">", Duration(Decimal(2), "hour"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "name of an attribute"),
        ("channel", "one of ="),
        ('channel = "web" age', "could have ended"),
        ("channel = ", "a value was expected"),
        ("(channel = web", "'\\)' was expected"),
        ("channel in web", "'\\(' was expected"),
        ("channel = web and", "name of an attribute"),
        ("__import__('os')", "one of ="),
        ("channel = web; drop", "not a word"),
        ("waited > 2 fortnights", "not a duration"),
    ],
)
def test_what_cannot_be_read_says_where_and_gives_an_example(text, reason):
    with pytest.raises(ConditionError, match=f"(?s){reason}.*For example"):
        parse(text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    with suppress(ConditionError):
        tree = parse(text)
        assert parse(str(tree)) == tree
