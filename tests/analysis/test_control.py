"""Control charts against NIST's worked data (GT-13), against charts written out by hand, and as properties."""

import math
import random
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.analysis.chart import CAUTIONS, Chart, Point, TooFewPoints
from ketenreis.analysis.control import choose, individuals, moving_ranges, rates, shares
from ketenreis.analysis.run_rules import Signal
from ketenreis.errors import QuantityError, UnknownElementError

FLOWRATE = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
WAFERS = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]

weeks = st.lists(
    st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=9, max_size=40
).map(lambda rows: [Point.of(f"week {week}", *row) for week, row in enumerate(rows)])
values = st.lists(st.floats(-1e4, 1e4), min_size=9, max_size=40).map(
    lambda found: [Point(f"week {week}", value) for week, value in enumerate(found)]
)


def series(found):
    return [Point(f"week {week}", value) for week, value in enumerate(found)]


def wafers():
    return [Point.of(f"sample {sample}", count, 50) for sample, count in enumerate(WAFERS, 1)]


def beyond(chart):
    return [chart.points[signal.first].label for signal in chart.signals if signal.rule == "beyond"]


def weekly(chance, shares_per_week, n):
    """Weeks of n cases, each kept with that week's own probability."""
    return [
        Point.of(f"week {week}", sum(chance.random() < share for _ in range(n)), n)
        for week, share in enumerate(shares_per_week)
    ]


def gaussian(chance, weeks, *, excess=1.0, shifted=(), shift=0.0):
    """Weeks whose shares vary `excess` times as much as chance has it, some moved by `shift` of those sigmas."""
    n, share = 4000, 0.2
    sigma = math.sqrt(share * (1 - share) / n)
    return [
        Point(
            f"week {week}", share + sigma * (chance.gauss(0, excess) + (shift if week in shifted else 0)), n
        )
        for week in range(weeks)
    ]


def test_individuals_and_moving_ranges_of_the_nist_flowrates():
    chart, ranges = individuals(series(FLOWRATE)), moving_ranges(series(FLOWRATE))
    assert round(chart.centre, 2) == 50.81
    assert round(ranges.centre, 5) == 1.87778
    assert (round(chart.limits[0].high, 4), round(chart.limits[0].low, 4)) == (55.8041, 45.8159)
    assert (ranges.limits[0].low, round(ranges.limits[0].high, 4)) == (0, 6.1347)
    assert chart.stable
    assert ranges.stable
    assert ranges.points[0].label == "week 1"


def test_the_p_chart_of_the_nist_wafers_signals_at_samples_15_and_23():
    chart = shares(wafers())
    assert round(chart.centre, 6) == 0.231333
    assert (round(chart.limits[0].high, 6), round(chart.limits[0].low, 6)) == (0.410239, 0.052428)
    assert chart.signals == (Signal("beyond", 14, 14), Signal("beyond", 22, 22))
    assert beyond(chart) == ["sample 15", "sample 23"]


def test_laneys_chart_of_the_same_wafers_signals_nowhere():
    chart = shares(wafers(), laney=True)
    assert round(chart.spread.ratio, 5) == 1.66087
    assert round(chart.limits[0].high, 6) == 0.528472
    assert chart.limits[0].low == 0
    assert chart.signals == ()


def test_the_choice_between_the_two_is_visible_in_the_chart():
    chart = choose(wafers())
    assert chart.kind == "p′"
    assert chart.spread.excessive
    assert chart.spread.ratio > chart.spread.chance
    assert chart == shares(wafers(), laney=True)
    assert shares(wafers()).kind == "p"


def test_the_p_chart_written_out_by_hand_with_unequal_weeks():
    rows = [(3, 40), (9, 90), (2, 55), (11, 120), (0, 10), (6, 80), (7, 75), (30, 100), (5, 60), (4, 66)]
    chart = shares([Point.of(str(week), *row) for week, row in enumerate(rows)])
    centre = sum(count for count, _ in rows) / sum(n for _, n in rows)
    assert chart.centre == pytest.approx(centre)
    for point, (count, n) in zip(chart.points, rows, strict=True):
        reach = 3 * math.sqrt(centre * (1 - centre) / n)
        assert point.limits.low == pytest.approx(max(0, centre - reach))
        assert point.limits.high == pytest.approx(min(1, centre + reach))
        assert point.beyond == (abs(count / n - centre) > reach)
    assert beyond(chart) == ["7"]


def test_the_u_chart_written_out_by_hand():
    rows = [(30, 100), (42, 90), (25, 110), (38, 95), (33, 100), (29, 105), (41, 100), (75, 100), (35, 98)]
    chart = rates([Point.of(str(week), *row) for week, row in enumerate(rows)])
    centre = sum(count for count, _ in rows) / sum(n for _, n in rows)
    assert chart.centre == pytest.approx(centre)
    for point, (_, n) in zip(chart.points, rows, strict=True):
        assert point.limits.high == pytest.approx(centre + 3 * math.sqrt(centre / n))
        assert point.limits.low == pytest.approx(max(0, centre - 3 * math.sqrt(centre / n)))
    assert beyond(chart) == ["7"]
    scores = [(count / n - centre) / math.sqrt(centre / n) for count, n in rows]
    ratio = fmean(abs(after - before) for before, after in pairwise(scores)) / 1.128
    assert chart.spread.ratio == pytest.approx(ratio)
    widened = rates([Point.of(str(week), *row) for week, row in enumerate(rows)], laney=True)
    assert widened.kind == "u′"
    assert widened.limits[0].high == pytest.approx(centre + ratio * 3 * math.sqrt(centre / 100))


@given(weeks, st.booleans())
def test_the_limits_of_a_share_stay_between_0_and_1_around_the_centre(points, laney):
    chart = shares(points, laney=laney)
    assert all(0 <= limits.low <= chart.centre <= limits.high <= 1 for limits in chart.limits)


@given(weeks)
def test_weeks_with_more_cases_have_tighter_limits(points):
    chart = shares(points)
    ordered = sorted(chart.points, key=lambda point: point.n)
    assert all(larger.limits.width <= smaller.limits.width + 1e-12 for smaller, larger in pairwise(ordered))


@given(weeks)
def test_a_signal_beyond_the_limits_is_a_point_outside_its_drawn_limits(points):
    chart = shares(points)
    outside = [point.label for point in chart.points if point.value not in point.limits]
    assert beyond(chart) == [point.label for point in chart.points if point.beyond]
    assert set(beyond(chart)) <= set(outside)
    near = [
        point.label for point in chart.points if 3 - 1e-6 < abs(point.z) < 3 + 1e-6 or abs(point.z) < 1e-6
    ]
    assert set(outside) <= set(beyond(chart)) | set(near)


@given(weeks)
def test_kept_and_missed_give_mirrored_charts_with_the_same_signals(points):
    kept, missed = shares(points), shares([Point(one.label, 1 - one.value, one.n) for one in points])
    assert math.isclose(kept.centre, 1 - missed.centre, abs_tol=1e-9)
    for one, other in zip(kept.points, missed.points, strict=True):
        assert math.isclose(one.z, -other.z, rel_tol=1e-6, abs_tol=1e-6)


@given(values, st.floats(-100, 100), st.floats(0.1, 10))
def test_an_individuals_chart_moves_and_stretches_with_its_unit(points, moved, scale):
    chart = individuals(points)
    other = individuals([Point(one.label, one.value * scale + moved) for one in points])
    assert math.isclose(other.centre, chart.centre * scale + moved, rel_tol=1e-6, abs_tol=1e-6)
    assert math.isclose(other.limits[0].width, chart.limits[0].width * scale, rel_tol=1e-6, abs_tol=1e-6)


@given(values)
def test_individuals_limits_are_the_mean_and_2_66_mean_ranges(points):
    chart = individuals(points)
    found = [one.value for one in points]
    ranges = [abs(after - before) for before, after in pairwise(found)]
    assert math.isclose(chart.limits[0].high, fmean(found) + 2.66 * fmean(ranges), rel_tol=2e-3, abs_tol=1e-6)


@pytest.mark.parametrize("draw", [individuals, moving_ranges, shares, rates, choose])
def test_fewer_than_nine_points_are_too_few_for_any_chart(draw):
    found = draw([Point.of(str(week), 5, 50) for week in range(8)])
    assert isinstance(found, TooFewPoints)
    assert (found.points, found.needed) == (8, 9)
    assert isinstance(draw([Point.of(str(week), 5, 50) for week in range(9)]), Chart)
    assert isinstance(draw([]), TooFewPoints)


def test_weeks_without_a_judged_case_are_left_out_and_said():
    points = [*wafers()[:5], Point.of("holiday", 0, 0), *wafers()[5:]]
    chart = choose(points)
    assert chart.left_out == ("holiday",)
    assert chart.points == choose(wafers()).points


def test_limits_made_of_few_points_are_provisional():
    assert shares(wafers()[:19]).cautions == ("provisional",)
    assert shares(wafers()[:20]).cautions == ()


def test_rare_failures_are_told_and_never_widened():
    chance = random.Random(3)
    points = weekly(chance, [0.002, 0.02] * 15, 200)
    chart = choose(points)
    assert chart.kind == "p"
    assert chart.cautions == ("rare",)
    assert all(set(words) == {"nl", "en"} for words in CAUTIONS.values())


def test_a_frozen_baseline_sets_the_limits_and_the_weeks_after_are_judged_by_it():
    before, after = series([10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 11, 9]), series([15, 16, 15])
    frozen = individuals([*before, *after], baseline=before)
    assert frozen.centre == individuals(before).centre
    assert frozen.limits[0] == individuals(before).limits[0]
    assert frozen.baseline == 12
    assert len(frozen.points) == 15
    assert [signal.first for signal in frozen.signals if signal.rule == "beyond"] == [12, 13, 14]


def test_a_frozen_baseline_that_is_too_short_is_too_few_points_whatever_follows():
    assert shares(wafers(), baseline=wafers()[:8]) == TooFewPoints("p", 8)


def test_a_frozen_baseline_decides_the_choice_of_chart_too():
    chance = random.Random(5)
    quiet, wild = gaussian(chance, 30), gaussian(chance, 30, excess=5)
    assert choose([*quiet, *wild], baseline=quiet).kind == "p"
    assert choose([*quiet, *wild]).kind == "p′"


def test_a_baseline_that_never_varied_signals_any_change_and_no_rounding():
    same = series([0.1 + 0.2] * 12)
    assert individuals(same).stable
    changed = individuals([*same, Point("later", 0.31)], baseline=same)
    assert beyond(changed) == ["later"]
    clean = [Point.of(str(week), 0, 40) for week in range(12)]
    assert shares(clean).stable
    assert beyond(shares([*clean, Point.of("later", 1, 40)], baseline=clean)) == ["later"]


@given(
    st.lists(st.integers(1, 400), min_size=9, max_size=30), st.sampled_from([(1, 3), (2, 7), (1, 1), (0, 1)])
)
def test_the_same_share_every_week_never_signals_on_any_chart(multiples, share):
    part, whole = share
    points = [Point.of(str(week), part * times, whole * times) for week, times in enumerate(multiples)]
    for laney in (False, True):
        assert shares(points, laney=laney).signals == ()


def test_with_chance_alone_the_plain_chart_is_chosen_in_some_95_of_100_series():
    chance = random.Random(17)
    plain = sum(choose(gaussian(chance, 26)).kind == "p" for _ in range(1200)) / 1200
    assert plain == pytest.approx(0.945, abs=0.02)


def test_real_overdispersion_is_seen_and_false_alarms_stay_rare():
    chance = random.Random(18)
    charts = [choose(gaussian(chance, 26, excess=2)) for _ in range(300)]
    assert sum(chart.kind == "p′" for chart in charts) / 300 > 0.95
    assert sum(bool(beyond(chart)) for chart in charts) / 300 < 0.12
    plain = [shares(gaussian(chance, 26, excess=2)) for _ in range(300)]
    assert sum(bool(beyond(chart)) for chart in plain) / 300 > 0.9


def test_two_weeks_five_sigmas_off_are_seen_some_95_times_in_100_whichever_chart_is_chosen():
    chance = random.Random(19)
    seen = 0
    for _ in range(600):
        chart = choose(gaussian(chance, 26, shifted=(15, 16), shift=5.0))
        seen += bool({"week 15", "week 16"} & set(beyond(chart)))
    assert 0.92 < seen / 600 < 0.99


def test_the_bound_on_chance_equals_what_simulated_normal_series_give():
    chance = random.Random(20)
    bound = shares(gaussian(chance, 40)).spread.chance
    below = 0
    for _ in range(2000):
        scores = [chance.gauss(0, 1) for _ in range(40)]
        below += fmean(abs(b - a) for a, b in pairwise(scores)) / 1.128 < bound
    assert below / 2000 == pytest.approx(0.95, abs=0.02)


def test_a_share_above_one_a_negative_rate_and_an_unknown_rule_are_refused():
    with pytest.raises(QuantityError, match=r"Point\.of"):
        shares([Point("week 1", 97)])
    with pytest.raises(QuantityError):
        rates([Point("week 1", -0.1)])
    with pytest.raises(UnknownElementError, match="beyond"):
        individuals(series(FLOWRATE), rules=("western",))
