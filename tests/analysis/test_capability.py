"""Capability against the published example and the lognormal trap (GT-12)."""

import math
import random
from statistics import NormalDist, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.analysis.capability import (
    Reach,
    capability,
    cnpk,
    cp,
    cpk,
    cpk_interval,
    cpm,
    reach,
)
from ketenreis.analysis.sigma import share_outside
from ketenreis.errors import QuantityError

LOGNORMAL_MEAN = math.exp(0.5)
LOGNORMAL_SIGMA = math.sqrt((math.e - 1) * math.e)
spreads = st.floats(0.01, 100)
means = st.floats(-100, 100)


def test_the_published_example():
    assert round(cp(2, lsl=14, usl=28), 4) == 1.1667
    assert round(cpk(20, 2, lsl=14, usl=28), 4) == 1.0000
    assert round(cpm(20, 2, lsl=14, usl=28, target=21), 4) == 1.0435


def test_the_interval_of_a_hundred_values_at_one():
    found = cpk_interval(1, 100)
    assert (round(found.low, 3), round(found.high, 3)) == (0.846, 1.154)
    assert cpk_interval(1, 1) is None


def test_the_interval_holds_the_true_index_in_95_of_100_simulated_samples():
    chance = random.Random(7)
    held = 0
    for _ in range(1500):
        values = [chance.gauss(0, 1) for _ in range(60)]
        mean = math.fsum(values) / 60
        sigma = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / 59)
        held += 1.0 in cpk_interval(cpk(mean, sigma, usl=3), 60)
    assert held / 1500 == pytest.approx(0.95, abs=0.02)


def test_the_lognormal_trap_makes_normal_theory_eleven_times_too_hopeful():
    room = cpk(LOGNORMAL_MEAN, LOGNORMAL_SIGMA, usl=8)
    assert round(room, 3) == 0.980
    claimed = 1e6 * share_outside(LOGNORMAL_MEAN, LOGNORMAL_SIGMA, usl=8)
    true = 1e6 * (1 - NormalDist().cdf(math.log(8)))
    assert (round(claimed), round(true)) == (1_648, 18_788)
    assert int(true / claimed) == 11


def test_the_percentile_form_is_not_fooled_by_the_lognormal_trap():
    true = Reach(math.exp(-3), 1.0, math.exp(3))
    assert cnpk(true, usl=8) == pytest.approx(7 / (math.exp(3) - 1))
    assert cnpk(true, usl=8) < 0.4 < cpk(LOGNORMAL_MEAN, LOGNORMAL_SIGMA, usl=8)


@given(means, spreads, st.floats(0.1, 50), st.floats(0.1, 50))
def test_for_a_normal_curve_the_percentile_form_equals_cpk(mean, sigma, below, above):
    curve = NormalDist(mean, sigma)
    values = Reach(curve.inv_cdf(0.00135), mean, curve.inv_cdf(0.99865))
    lsl, usl = mean - below, mean + above
    assert math.isclose(cnpk(values, lsl=lsl, usl=usl), cpk(mean, sigma, lsl=lsl, usl=usl), rel_tol=1e-3)


@given(means, spreads, means, spreads)
def test_cpk_never_exceeds_cp_and_both_are_equal_in_the_middle(mean, sigma, lsl, width):
    usl = lsl + width
    assert cpk(mean, sigma, lsl=lsl, usl=usl) <= cp(sigma, lsl=lsl, usl=usl) + 1e-9
    assert math.isclose(
        cpk((lsl + usl) / 2, sigma, lsl=lsl, usl=usl), cp(sigma, lsl=lsl, usl=usl), rel_tol=1e-6, abs_tol=1e-9
    )


@given(means, spreads, means, spreads)
def test_cpm_is_cp_on_target_and_lower_off_it(mean, sigma, target, width):
    lsl, usl = -width, width
    on, off = (cpm(mean, sigma, lsl=lsl, usl=usl, target=aim) for aim in (mean, target))
    assert math.isclose(on, cp(sigma, lsl=lsl, usl=usl), rel_tol=1e-12)
    assert off <= on


@given(means, spreads, spreads, st.floats(0.01, 100), means)
def test_another_unit_changes_no_index(mean, sigma, width, scale, moved):
    lsl, usl = mean - width, mean + 2 * width
    assert math.isclose(
        cpk(mean * scale + moved, sigma * scale, lsl=lsl * scale + moved, usl=usl * scale + moved),
        cpk(mean, sigma, lsl=lsl, usl=usl),
        rel_tol=1e-6,
        abs_tol=1e-6,
    )


def test_with_one_limit_only_that_side_counts_and_without_limits_nothing():
    assert cpk(20, 2, usl=28) == pytest.approx(8 / 6)
    assert cpk(20, 2, lsl=14) == pytest.approx(1)
    assert cpk(20, 2) is None
    assert cnpk(Reach(1, 2, 3)) is None


def test_a_mean_outside_its_limit_gives_a_negative_index():
    assert cpk(30, 2, usl=28) == pytest.approx(-1 / 3)


@given(st.integers(741, 900), st.integers(0, 2**32))
def test_the_reach_agrees_with_the_standard_librarys_quantiles(size, seed):
    chance = random.Random(seed)
    values = [chance.lognormvariate(0, 1) for _ in range(size)]
    # Cutting in 20,000 parts puts 0.135 %, 50 % and 99.865 % exactly on cuts 27, 10,000 and 19,973.
    cuts = quantiles(values, n=20_000, method="inclusive")
    found = reach(values)
    for ours, theirs in zip(
        (found.low, found.median, found.high), (cuts[26], cuts[9_999], cuts[19_972]), strict=True
    ):
        assert math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-6)


def test_too_few_values_have_no_reach_and_values_without_spread_no_percentile_form():
    assert reach(range(740)) is None
    assert reach(range(741)) is not None
    assert cnpk(Reach(5, 5, 5), usl=8) is None


def test_only_a_stable_process_has_capability():
    stable = capability(20, n=100, within=2, overall=2.5, stable=True, lsl=14, usl=28, target=21)
    assert (stable.name, round(stable.fit, 4), stable.nearest, round(stable.target, 4)) == (
        "Cp/Cpk",
        1.1667,
        1,
        1.0435,
    )
    assert stable.interval == cpk_interval(1, 100)
    assert stable.cautions == ("assumes normal values",)
    for unknown in (False, None):
        performance = capability(20, n=100, within=2, overall=2.5, stable=unknown, lsl=14, usl=28)
        assert (performance.name, performance.nearest, performance.target) == ("Pp/Ppk", 0.8, None)
        assert "not shown to be stable" in performance.cautions


def test_one_limit_leaves_the_two_sided_indices_unsaid():
    found = capability(20, n=100, within=2, overall=2, stable=True, usl=28, target=21)
    assert (found.fit, found.target) == (None, None)
    assert found.nearest == pytest.approx(4 / 3)


@pytest.mark.parametrize(
    "call",
    [
        lambda: cp(0, lsl=1, usl=2),
        lambda: cpk(1, -1, usl=2),
        lambda: cpm(1, 1, lsl=2, usl=1, target=1),
        lambda: cnpk(Reach(1, 2, 3), lsl=5, usl=4),
        lambda: capability(1, n=9, within=1, overall=1, stable=True),
    ],
)
def test_what_has_no_spread_or_no_limits_is_refused(call):
    with pytest.raises(QuantityError):
        call()
