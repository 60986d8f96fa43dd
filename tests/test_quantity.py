from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.errors import QuantityError
from ketenreis.quantity import MICROSECONDS, Attribute, Duration, Share, limit_text, parse_limit

AMOUNTS = st.decimals(0, 10**6, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1 second", 1),
        ("90 s", 90),
        ("2 min", 120),
        ("1.5 hours", 5400),
        ("1 day", 86_400),
        ("2 weeks", 1_209_600),
    ],
)
def test_a_duration_lasts_as_long_as_it_says(text, seconds):
    assert Duration.parse(text).microseconds == seconds * 1_000_000


@pytest.mark.parametrize("text", ["", "soon", "1", "hour", "-1 hour", "1 hours and a half", "1 fortnight"])
def test_what_is_no_duration_is_refused_with_an_example(text):
    with pytest.raises(QuantityError, match="for example: 1 hour"):
        Duration.parse(text)


def test_working_days_are_not_clock_time():
    with pytest.raises(QuantityError, match="working calendar"):
        _ = Duration.parse("5 working days").microseconds


@given(AMOUNTS, st.sampled_from([*MICROSECONDS, "working day"]))
def test_a_duration_is_read_back_as_it_is_written(amount, unit):
    written = str(Duration(amount, unit))
    assert Duration.parse(written) == Duration(amount, unit)
    assert str(Duration.parse(written)) == written


@given(st.decimals(0, 1, places=4, allow_nan=False))
def test_a_share_is_read_back_as_it_is_written(value):
    assert Share.parse(str(Share(value))).value == value


@pytest.mark.parametrize("text", ["101%", "-1%", "1.2", "most", "", "NaN"])
def test_a_share_lies_between_none_and_all(text):
    with pytest.raises(QuantityError, match="0% to 100%"):
        Share.parse(text)


def test_both_languages_write_their_own_decimal_sign():
    assert (Share.parse("99.5%").in_words("nl"), Share.parse("99.5%").in_words("en")) == ("99,5%", "99.5%")
    assert (Duration.parse("1.5 hours").in_words("nl"), Duration.parse("1 day").in_words("nl")) == (
        "1,5 uur",
        "1 dag",
    )


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("3", Decimal(3)),
        ("2.50", Decimal("2.50")),
        ("1 hour", Duration(Decimal(1), "hour")),
        ("deadline", Attribute("deadline")),
    ],
)
def test_a_limit_is_a_number_a_duration_or_an_attribute(text, limit):
    assert parse_limit(text) == limit
    assert parse_limit(limit_text(limit)) == limit


@pytest.mark.parametrize("text", ["-inf", "1e9", "1_000", "+-3", "3..4", "-"])
def test_a_number_is_written_in_digits(text):
    with pytest.raises(QuantityError):
        parse_limit(text)
