"""Six Sigma's words against the published tables (GT-12) and against exact probabilities."""

import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.analysis.sigma import (
    MOTOROLA_SHIFT,
    dpmo,
    dpu,
    require_spread,
    share_outside,
    sigma_level,
    z_bench,
    z_long_term,
)
from ketenreis.errors import QuantityError


@pytest.mark.parametrize(
    ("rate", "level"),
    [(3.4, 6.00), (233, 5.00), (6_210, 4.00), (66_807, 3.00), (308_538, 2.00), (25_000, 3.46)],
)
def test_the_sigma_table_of_the_field(rate, level):
    found = sigma_level(rate)
    assert round(found.level, 2) == level
    assert (found.shift, found.bound) == (1.5, "exact")


def test_sixty_defects_in_four_hundred_orders_with_six_opportunities():
    assert dpmo(60, 400, 6) == 25_000
    assert dpu(60, 400) == 0.15
    assert dpmo(60, 400) == 150_000


def test_without_units_there_is_no_rate():
    assert dpmo(0, 0, 6) is None
    assert dpu(0, 0) is None


@given(st.floats(0.01, 999_999.99))
def test_z_is_the_point_above_which_that_share_of_a_normal_curve_lies(rate):
    z = z_long_term(rate)
    assert math.isclose(1e6 * 0.5 * math.erfc(z / math.sqrt(2)), rate, rel_tol=1e-9)


@given(st.floats(1, 999_999), st.floats(0, 3))
def test_the_shift_is_added_and_told(rate, shift):
    found = sigma_level(rate, shift)
    assert found.shift == shift
    assert math.isclose(found.level - shift, z_long_term(rate), abs_tol=1e-12)


@given(st.floats(1, 999_998), st.floats(1, 1000))
def test_more_defects_never_give_a_higher_level(rate, more):
    assert sigma_level(min(rate + more, 999_999)).level <= sigma_level(rate).level


def test_no_defect_is_at_least_and_without_a_number_of_opportunities_no_figure():
    found = sigma_level(0)
    assert (found.level, found.bound, found.shift) == (None, "at least", MOTOROLA_SHIFT)
    assert z_long_term(0) is None
    worst = sigma_level(1e6)
    assert (worst.level, worst.bound) == (None, "at most")


@given(st.integers(1, 100_000), st.floats(0.5, 0.99))
def test_the_bound_at_zero_defects_is_the_rate_that_would_stay_hidden_with_the_remaining_probability(
    n, confidence
):
    found = sigma_level(0, 0, opportunities=n, confidence=confidence)
    rate = NormalDist().cdf(-found.level)
    assert found.bound == "at least"
    assert math.isclose((1 - rate) ** n, 1 - confidence, rel_tol=1e-6)


def test_the_bound_at_zero_defects_follows_the_rule_of_three():
    found = sigma_level(0, 0, opportunities=1000)
    assert NormalDist().cdf(-found.level) == pytest.approx(3 / 1000, rel=0.005)


@given(st.integers(1, 100_000))
def test_nothing_but_defects_mirrors_no_defects_around_the_shift(n):
    clean, spoiled = sigma_level(0, opportunities=n), sigma_level(1e6, opportunities=n)
    assert math.isclose(clean.level - 1.5, 1.5 - spoiled.level, abs_tol=1e-12)
    assert spoiled.bound == "at most"


def test_limits_at_three_and_a_half_sigma_on_both_sides():
    z = z_bench(0, 1, lsl=-3.5, usl=3.5)
    assert round(z, 4) == 3.3107
    # Minus the shift the source rounds to 1.81 and prints 35,148; unrounded it is about 35,100.
    assert 1e6 * (1 - NormalDist().cdf(1.81)) == pytest.approx(35_148, abs=0.5)
    assert 1e6 * (1 - NormalDist().cdf(z - 1.5)) == pytest.approx(35_100, abs=10)


@given(st.floats(-3, 3), st.floats(0.1, 5), st.floats(-8, 0), st.floats(0.1, 8))
def test_the_share_outside_is_what_two_normal_probabilities_leave(mean, sigma, lsl, width):
    curve = NormalDist(mean, sigma)
    inside = curve.cdf(lsl + width) - curve.cdf(lsl)
    assert math.isclose(share_outside(mean, sigma, lsl=lsl, usl=lsl + width), 1 - inside, abs_tol=1e-9)


def test_far_tails_keep_their_digits():
    # Φ(-10) = 7.6198530241605e-24, a figure of any table of the normal tail.
    assert share_outside(0, 1, usl=10) == pytest.approx(7.6198530241605e-24, rel=1e-10)


def test_with_one_limit_z_is_simply_the_distance_and_without_limits_nothing_falls_outside():
    assert z_bench(10, 2, usl=16) == pytest.approx(3)
    assert z_bench(10, 2, lsl=6) == pytest.approx(2)
    assert share_outside(10, 2) == 0
    assert z_bench(10, 2) is None


@pytest.mark.parametrize(
    "call",
    [
        lambda: dpmo(7, 1, 6),
        lambda: dpmo(1, -1),
        lambda: dpu(-1, 3),
        lambda: z_long_term(-1),
        lambda: z_long_term(1_000_001),
        lambda: sigma_level(0, opportunities=10, confidence=1),
        lambda: require_spread(0, None, None),
        lambda: require_spread(1, 5, 5),
        lambda: share_outside(0, math.nan, usl=3),
    ],
)
def test_rates_and_limits_that_cannot_be_are_refused(call):
    with pytest.raises(QuantityError):
        call()
