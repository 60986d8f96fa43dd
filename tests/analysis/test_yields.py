"""Yields against published figures (GT-12, GT-14), against slower calculations, and as properties."""

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ketenreis.analysis.yields import (
    Interval,
    attainment,
    first_time_right,
    newcombe,
    normalised_yield,
    rolled_throughput_yield,
    throughput_yield,
    wilson,
    z_for,
)
from ketenreis.errors import QuantityError

counts = st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
some_cases = counts.filter(lambda pair: pair[1] > 0)
shares = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def bisect(left, right, holds):
    """The point between left and right where `holds` turns from true to false."""
    for _ in range(200):
        middle = (left + right) / 2
        left, right = (middle, right) if holds(middle) else (left, middle)
    return left


def slow_wilson(successes, n, z):
    """Wilson's interval by its meaning: every true share p with |share - p| <= z·√(p(1-p)/n)."""
    share = successes / n

    def agrees(p):
        return abs(share - p) <= z * math.sqrt(p * (1 - p) / n)

    return Interval(bisect(share, 0.0, agrees), bisect(share, 1.0, agrees))


def binomial(n, p):
    return [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"), [(97, 100, 91.5, 99.0), (0, 30, 0, 11.4), (485, 500, 95.1, 98.2)]
)
def test_wilsons_interval_gives_the_published_percentages(successes, n, low, high):
    found = wilson(successes, n)
    assert (round(100 * found.low, 1), round(100 * found.high, 1)) == (low, high)


def test_wilsons_interval_gives_the_bounds_newcombe_printed_in_1998():
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3, all four rows.
    rows = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (successes, n), bounds in rows.items():
        found = wilson(successes, n)
        assert (round(found.low, 4), round(found.high, 4)) == bounds


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((10, 10, 0, 20), 0.6791, 1.0),
    ],
)
def test_newcombes_interval_of_a_difference_is_the_published_one(counts, low, high):
    found = newcombe(*counts)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_newcombes_interval_turned_around_is_its_mirror():
    one, other = newcombe(7, 40, 3, 60), newcombe(3, 60, 7, 40)
    assert (one.low, one.high) == (pytest.approx(-other.high), pytest.approx(-other.low))
    assert newcombe(0, 0, 3, 60) is None


@given(some_cases)
def test_wilsons_formula_and_wilsons_meaning_give_the_same_interval(pair):
    found, slow = wilson(*pair), slow_wilson(*pair, z_for(0.95))
    assert math.isclose(found.low, slow.low, abs_tol=1e-9)
    assert math.isclose(found.high, slow.high, abs_tol=1e-9)


@pytest.mark.parametrize("n", [10, 40, 150])
def test_over_all_true_shares_the_interval_holds_the_truth_in_95_of_100_by_exact_binomial_sums(n):
    intervals = [wilson(k, n) for k in range(n + 1)]
    grid = [(i + 0.5) / 200 for i in range(200)]
    coverage = [
        sum(chance for chance, found in zip(binomial(n, p), intervals, strict=True) if p in found)
        for p in grid
    ]
    assert 0.945 < sum(coverage) / len(coverage) < 0.96


@given(counts, st.floats(0.01, 0.999))
def test_the_interval_contains_the_share_and_stays_between_0_and_1(pair, confidence):
    found = wilson(*pair, confidence)
    if pair[1] == 0:
        assert found is None
    else:
        assert pair[0] / pair[1] in found
        assert 0 <= found.low <= found.high <= 1


@given(some_cases, st.integers(2, 50))
def test_more_cases_with_the_same_share_narrow_the_interval(pair, times):
    successes, n = pair
    assert wilson(successes * times, n * times).width < wilson(successes, n).width


@given(some_cases, st.floats(0.05, 0.99), st.floats(0.05, 0.99))
def test_more_confidence_widens_the_interval(pair, one, other):
    low, high = sorted((one, other))
    assert wilson(*pair, low).width <= wilson(*pair, high).width


@given(some_cases)
def test_kept_and_missed_are_each_others_mirror(pair):
    successes, n = pair
    kept, missed = wilson(successes, n), wilson(n - successes, n)
    assert math.isclose(kept.low, 1 - missed.high, abs_tol=1e-12)
    assert math.isclose(kept.high, 1 - missed.low, abs_tol=1e-12)


def test_an_interval_does_not_shrink_to_a_point_when_all_went_right():
    found = wilson(30, 30)
    assert found.high == 1
    assert round(found.low, 4) == 0.8865


def test_attainment_counts_judged_cases_only_and_says_nothing_about_none():
    assert attainment(485, 15) == 0.97
    assert attainment(0, 5) == 0
    assert attainment(0, 0) is None
    assert wilson(0, 0) is None


@pytest.mark.parametrize("call", [(5, 3), (-1, 3), (0, -2)])
def test_a_part_larger_than_its_whole_is_refused_with_a_sentence(call):
    with pytest.raises(QuantityError, match="is not a share"):
        wilson(*call)


@pytest.mark.parametrize("confidence", [0, 1, 95, math.nan])
def test_a_confidence_that_is_no_share_is_refused_with_an_example(confidence):
    with pytest.raises(QuantityError, match=r"for example 0\.95"):
        wilson(1, 2, confidence)


def test_a_negative_count_of_cases_is_refused():
    with pytest.raises(QuantityError):
        attainment(-1, 4)


@pytest.mark.parametrize(("dpu", "expected"), [(0.10, 0.904837), (0.05, 0.951229), (0.008, 0.992032)])
def test_throughput_yields_of_the_three_steps(dpu, expected):
    assert round(throughput_yield(dpu), 6) == expected


def test_rolled_and_normalised_yield_of_the_three_steps():
    rolled = rolled_throughput_yield(throughput_yield(dpu) for dpu in (0.10, 0.05, 0.008))
    assert round(rolled, 6) == 0.853850
    assert round(normalised_yield(rolled, 3), 6) == 0.948696


@given(st.lists(st.floats(0, 5), min_size=1, max_size=20))
def test_the_rolled_yield_is_one_step_with_all_the_defects(dpus):
    assert math.isclose(
        rolled_throughput_yield(map(throughput_yield, dpus)), throughput_yield(math.fsum(dpus)), rel_tol=1e-12
    )


@given(shares, st.randoms(use_true_random=False))
def test_the_order_of_the_steps_does_not_change_the_rolled_yield_at_all(steps, random):
    shuffled = random.sample(steps, len(steps))
    assert rolled_throughput_yield(shuffled) == rolled_throughput_yield(steps)


@given(st.lists(st.fractions(0, 1, max_denominator=1000), min_size=1, max_size=8))
def test_the_rolled_yield_equals_the_exact_product_of_fractions(steps):
    exact = math.prod(steps, start=Fraction(1))
    assert math.isclose(rolled_throughput_yield(map(float, steps)), exact, rel_tol=1e-12, abs_tol=1e-300)


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=12))
def test_the_normalised_yield_lies_between_the_worst_and_the_best_step_and_rolls_back(steps):
    rolled = rolled_throughput_yield(steps)
    each = normalised_yield(rolled, len(steps))
    assert min(steps) - 1e-12 <= each <= max(steps) + 1e-12
    assert math.isclose(rolled_throughput_yield([each] * len(steps)), rolled, rel_tol=1e-9)


def test_without_steps_there_is_no_rolled_yield():
    assert rolled_throughput_yield([]) is None


@pytest.mark.parametrize(
    "call",
    [
        lambda: throughput_yield(-0.1),
        lambda: throughput_yield(math.nan),
        lambda: rolled_throughput_yield([0.9, 1.1]),
        lambda: normalised_yield(0.9, 0),
        lambda: normalised_yield(-0.1, 2),
    ],
)
def test_yields_that_cannot_be_are_refused(call):
    with pytest.raises(QuantityError):
        call()


@given(st.lists(st.tuples(*[st.booleans()] * 3), min_size=1, max_size=60))
def test_first_time_right_is_counted_per_case_and_never_above_the_worst_step(cases):
    steps = [sum(column) / len(cases) for column in zip(*cases, strict=True)]
    right = sum(map(all, cases))
    found = first_time_right(right, len(cases) - right, steps)
    assert found.n == len(cases)
    assert found.share == right / len(cases)
    assert found.share <= min(steps)
    assert math.isclose(found.rolled, math.prod(steps))


def test_failures_in_the_same_cases_show_as_clustered():
    cases = [(False, False)] * 10 + [(True, True)] * 90
    found = first_time_right(sum(map(all, cases)), 10, [0.9, 0.9])
    assert (found.share, found.clustered) == (0.9, True)


def test_failures_that_never_meet_show_as_spread():
    found = first_time_right(400, 600, [0.7, 0.7])
    assert (found.share, round(found.rolled, 2), found.clustered) == (0.4, 0.49, False)


def test_a_difference_within_chance_is_not_decided():
    assert first_time_right(81, 19, [0.9, 0.9]).clustered is None
    assert first_time_right(4, 1, [0.9, 0.9]).clustered is None


def test_without_cases_or_steps_nothing_is_compared():
    empty = first_time_right(0, 0, [0.9])
    assert (empty.share, empty.interval, empty.clustered, empty.n) == (None, None, None, 0)
    assert first_time_right(9, 1).rolled is None
    assert first_time_right(9, 1).clustered is None


@given(st.floats(0.02, 0.98))
def test_the_normal_quantile_is_the_one_whose_probability_is_the_confidence(confidence):
    assume(0 < confidence < 1)
    assert math.isclose(math.erf(z_for(confidence) / math.sqrt(2)), confidence, rel_tol=1e-9)
