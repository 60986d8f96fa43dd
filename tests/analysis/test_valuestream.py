"""Value stream ratios against the worked example (GT-20) and a replayed log."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.analysis.valuestream import (
    activity_ratio,
    lead_time,
    process_cycle_efficiency,
    rolled_complete_accurate,
    takt,
    work_in_progress,
)
from ketenreis.errors import QuantityError

times = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=20)


def test_the_worked_example():
    assert round(100 * activity_ratio([10, 30, 5], [120, 2880, 480]), 3) == 1.293
    assert round(100 * rolled_complete_accurate([0.95, 0.80, 0.90]), 1) == 68.4


def test_the_activity_ratio_is_the_ratio_of_sums_and_not_the_sum_of_ratios():
    sum_of_ratios = 10 / 120 + 30 / 2880 + 5 / 480
    assert activity_ratio([10, 30, 5], [120, 2880, 480]) == pytest.approx(45 / 3480)
    assert sum_of_ratios == pytest.approx(0.104, abs=0.001)


@given(times, st.floats(0, 1))
def test_a_fixed_part_worked_at_every_step_is_the_ratio(lead_times, part):
    assert math.isclose(activity_ratio([part * lead for lead in lead_times], lead_times), part, abs_tol=1e-9)


@given(times, st.floats(0.001, 1000))
def test_another_unit_of_time_changes_no_ratio(lead_times, scale):
    worked = [lead / 7 for lead in lead_times]
    assert math.isclose(
        activity_ratio([scale * one for one in worked], [scale * one for one in lead_times]),
        activity_ratio(worked, lead_times),
        rel_tol=1e-9,
    )


def test_nothing_passed_nothing_asked_nothing_started_has_no_answer():
    assert activity_ratio([], []) is None
    assert process_cycle_efficiency([1], 0) is None
    assert takt(480, 0) is None
    assert lead_time(4, 0) is None
    assert rolled_complete_accurate([]) is None


def test_value_adding_time_and_takt():
    assert process_cycle_efficiency([10, 5], 3480) == pytest.approx(0.00431, abs=1e-5)
    assert takt(7.5 * 60, 30) == 15


@given(st.just(0.0) | st.floats(1e-6, 1e4), st.just(0.0) | st.floats(1e-6, 1e4))
def test_littles_law_reads_both_ways(rate, time):
    under_way = work_in_progress(rate, time)
    back = lead_time(under_way, rate)
    assert back is None if rate == 0 else math.isclose(back, time, rel_tol=1e-9)


def test_littles_law_holds_when_the_cases_of_a_log_are_counted_moment_by_moment():
    chance = random.Random(11)
    cases = [(start := chance.uniform(0, 900), start + chance.expovariate(1 / 20)) for _ in range(400)]
    first, last = 0.0, max(end for _, end in cases)
    # Walk along all moments where the number under way changes, and take the area below it.
    moments = sorted([(start, 1) for start, _ in cases] + [(end, -1) for _, end in cases])
    area, under_way, before = 0.0, 0, first
    for moment, change in moments:
        area += under_way * (moment - before)
        under_way, before = under_way + change, moment
    mean_time = math.fsum(end - start for start, end in cases) / len(cases)
    assert work_in_progress(len(cases) / last, mean_time) == pytest.approx(area / last)


@pytest.mark.parametrize(
    "call",
    [
        lambda: activity_ratio([-1], [2]),
        lambda: takt(480, -1),
        lambda: work_in_progress(-1, 2),
        lambda: rolled_complete_accurate([95, 80]),
    ],
)
def test_amounts_that_cannot_be_are_refused(call):
    with pytest.raises(QuantityError):
        call()
