"""Customer scores against published errors (GT-14), slow score intervals and exact coverage."""

import math
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenreis.analysis.scores import bands, ces, csat, mean_score, nps
from ketenreis.analysis.yields import wilson
from ketenreis.errors import QuantityError

answers = st.tuples(*[st.integers(0, 400)] * 3).filter(lambda counts: sum(counts) > 0)


def survey(up, middle, down):
    return {10: up, 8: middle, 3: down}


def slow_net(up, middle, down, z=1.959963984540054):
    """Which net differences d are not contradicted, trying every fitting pair of shares for each d."""
    n, found = up + middle + down, []
    for step in range(-1000, 1001):
        d = step / 1000
        # Of all pairs with difference d, the one most likely to give these counts: by golden section.
        left, right = max(0.0, -d), (1 - d) / 2

        def likelihood(q, d=d):
            pairs = ((up, q + d), (middle, 1 - 2 * q - d), (down, q))
            return sum(count * math.log(max(share, 1e-300)) for count, share in pairs if count)

        for _ in range(80):
            a, b = left + 0.382 * (right - left), left + 0.618 * (right - left)
            left, right = (left, b) if likelihood(a) >= likelihood(b) else (a, right)
        q = (left + right) / 2
        variance = max(0.0, 2 * q + d - d * d) / n
        if abs((up - down) / n - d) <= z * math.sqrt(variance) + 1e-9:
            found.append(d)
    return 100 * min(found), 100 * max(found)


def test_the_published_standard_errors():
    hundred, five_hundred = nps(survey(50, 30, 20)), nps(survey(250, 150, 100))
    assert (hundred.value, round(hundred.se, 2), hundred.n) == (30, 7.81, 100)
    assert (five_hundred.value, round(five_hundred.se, 2), five_hundred.n) == (30, 3.49, 500)


@pytest.mark.parametrize(
    "counts", [(50, 30, 20), (5, 3, 2), (10, 0, 0), (0, 4, 0), (0, 2, 9), (1, 0, 0), (30, 0, 5)]
)
def test_the_nps_interval_equals_a_search_over_all_shares(counts):
    low, high = slow_net(*counts)
    found = nps(survey(*counts)).interval
    assert found.low == pytest.approx(low, abs=0.11)
    assert found.high == pytest.approx(high, abs=0.11)


@given(answers)
def test_the_standard_error_is_that_of_answers_counted_as_plus_one_nought_and_minus_one(counts):
    up, middle, down = counts
    n = sum(counts)
    scores = [1] * up + [0] * middle + [-1] * down
    expected = 0.0 if n == 1 else 100 * stdev(scores) * math.sqrt((n - 1) / n) / math.sqrt(n)
    found = nps(survey(*counts))
    assert math.isclose(found.se, expected, rel_tol=1e-9, abs_tol=1e-6)
    assert math.isclose(found.value, 100 * fmean(scores), abs_tol=1e-9)


@given(answers)
def test_the_nps_interval_contains_the_score_and_stays_within_the_scale(counts):
    found = nps(survey(*counts))
    assert -100 <= found.interval.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.interval.high <= 100


@given(answers, st.integers(2, 20))
def test_more_answers_with_the_same_shares_narrow_the_interval(counts, times):
    more = nps(survey(*(times * count for count in counts)))
    assert more.interval.width < nps(survey(*counts)).interval.width


@given(answers)
def test_exchanging_promoters_and_detractors_turns_score_and_interval_round(counts):
    up, middle, down = counts
    found, turned = nps(survey(up, middle, down)), nps(survey(down, middle, up))
    assert math.isclose(found.value, -turned.value, abs_tol=1e-9)
    assert math.isclose(found.interval.low, -turned.interval.high, abs_tol=1e-9)


@settings(max_examples=30)
@given(st.integers(1, 300), st.integers(0, 300))
def test_without_passives_the_nps_interval_is_no_narrower_than_wilsons_for_promoters_alone(up, down):
    found, share = nps(survey(up, 0, down)).interval, wilson(up, up + down)
    # With nobody in between net = 2p - 1; that somebody might have been leaves more room, never less.
    assert found.low <= 100 * (2 * share.low - 1) + 1e-6
    assert found.high >= 100 * (2 * share.high - 1) - 1e-6


@pytest.mark.parametrize(("p", "d"), [(0.5, 0.2), (0.9, 0.02), (0.1, 0.1), (0.02, 0.9)])
def test_the_nps_interval_holds_the_truth_in_some_95_of_100_by_exact_sums(p, d):
    n, held = 25, 0.0
    for up in range(n + 1):
        for down in range(n + 1 - up):
            middle = n - up - down
            chance = math.comb(n, up) * math.comb(n - up, down) * p**up * d**down * (1 - p - d) ** middle
            interval = nps(survey(up, middle, down)).interval
            held += chance * (100 * (p - d) in interval)
    assert 0.925 < held < 0.985


def test_who_counts_as_promoter_passive_and_detractor():
    assert nps(dict.fromkeys(range(11), 1)).value == pytest.approx(100 * (2 - 7) / 11)
    assert nps({9: 1}).value == 100
    assert nps({7: 1}).value == nps({8: 1}).value == 0
    assert nps({6: 1}).value == -100


@pytest.mark.parametrize("score", [nps, csat, ces])
def test_without_answers_there_is_no_score(score):
    assert score({}) is None
    assert score({1: 0}) is None


def test_csat_is_the_top_two_share_with_wilsons_interval_and_says_so():
    found = csat({5: 40, 4: 35, 3: 15, 2: 6, 1: 4})
    assert (found.name, found.value, found.interval) == ("CSAT, top 2 of 5", 0.75, wilson(75, 100))
    assert found.se == pytest.approx(math.sqrt(0.75 * 0.25 / 100))
    assert csat({10: 3, 9: 1, 5: 4}, 10).value == 0.5


@given(st.dictionaries(st.integers(1, 7), st.integers(1, 50), min_size=1))
def test_ces_gives_one_answer_to_a_question_asked_in_either_direction(ratings):
    turned = {8 - rating: count for rating, count in ratings.items()}
    assert ces(ratings) == ces(turned, high_is_easy=False)


def test_ces_counts_from_five_of_seven():
    found = ces({7: 2, 5: 3, 4: 5})
    assert (found.name, found.value, found.n) == ("CES, 5 or more of 7", 0.5, 10)


@given(st.lists(st.integers(1, 10), min_size=2, max_size=80))
def test_the_mean_and_its_error_are_those_of_the_written_out_answers(marks):
    found = mean_score({mark: marks.count(mark) for mark in set(marks)}, 1, 10)
    assert math.isclose(found.value, fmean(marks))
    assert math.isclose(found.se, stdev(marks) / math.sqrt(len(marks)), abs_tol=1e-12)
    assert 1 <= found.interval.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.interval.high <= 10


def test_one_answer_has_a_mean_without_an_error_and_none_has_no_mean():
    found = mean_score({7: 1}, 1, 10)
    assert (found.value, found.se, found.interval, found.n) == (7, None, None, 1)
    assert mean_score({}, 1, 10) is None


@given(st.dictionaries(st.integers(1, 10), st.integers(0, 50)))
def test_the_three_bands_add_up_and_one_mean_can_hide_them(marks):
    assert bands(marks).n == sum(marks.values())
    one, other = {8: 10}, {6: 5, 10: 5}
    assert mean_score(one, 1, 10).value == mean_score(other, 1, 10).value
    assert (bands(one).below_eight, bands(other).below_eight) == (0, 5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: nps({11: 1}),
        lambda: csat({0: 1}),
        lambda: ces({8: 1}, high_is_easy=False),
        lambda: bands({0: 1}),
        lambda: nps({5: -1}),
        lambda: mean_score({3: 1}, 4, 5),
    ],
)
def test_answers_that_fall_off_the_scale_are_refused(call):
    with pytest.raises(QuantityError):
        call()
