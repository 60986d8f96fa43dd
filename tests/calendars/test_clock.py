"""A clock that stops and resumes, against a clock that is asked at every tick."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.calendars import gross, net, running, stopped, term

INTERVALS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


def ticks(intervals):
    """The ticks that lie in any of some half-open intervals."""
    return {tick for begin, end in intervals for tick in range(begin, end)}


@given(INTERVALS, st.integers(0, 60), st.integers(0, 60))
def test_net_time_is_the_ticks_that_the_clock_ran(intervals, a, b):
    ran = running(intervals, a, b)
    assert ticks(ran) == set(range(a, b)) - ticks(intervals)
    assert net(ran, a, b) == len(set(range(a, b)) - ticks(intervals))
    assert net(intervals, a, b) == len(set(range(a, b)) & ticks(intervals))
    assert net(ran, a, b) + net(intervals, a, b) == gross(a, b)


@given(INTERVALS, st.integers(0, 60), st.integers(0, 60))
def test_a_term_runs_out_at_the_tick_on_which_the_clock_has_run_its_length(intervals, start, length):
    standing, tick, left = ticks(intervals), start, length
    while left:
        left -= tick not in standing
        tick += 1
    assert term(start, length, intervals) == tick
    assert net(running(intervals, start, tick), start, tick) == length


@given(INTERVALS, st.integers(1, 40), st.integers(0, 90), st.integers(0, 40))
def test_one_extension_lengthens_a_term_that_still_runs_and_no_other(intervals, length, when, by):
    end = term(0, length, intervals)
    expected = term(0, length + by, intervals) if when < end else end
    assert term(0, length, intervals, extended=(when, by)) == expected
    assert expected >= end


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=12), st.integers(60, 70))
def test_a_clock_stands_still_after_the_last_word_that_stopped_it(marks, until):
    marks = sorted(marks, key=lambda mark: mark[0])
    still = set()
    for tick in range(until):
        said = [stops for moment, stops in marks if moment <= tick]
        if said and said[-1]:
            still.add(tick)
    assert ticks(stopped(marks, until)) == still


def test_the_same_moment_is_decided_by_the_order_of_the_events():
    assert stopped([(5, True), (5, False)], 9) == ()
    assert stopped([(5, False), (5, True)], 9) == ((5, 9),)


@pytest.mark.parametrize(("a", "b", "expected"), [(0, 10, 10), (10, 10, 0), (10, 0, 0)])
def test_gross_time_is_all_time_and_never_below_zero(a, b, expected):
    assert gross(a, b) == expected


def test_a_stop_at_the_very_end_of_a_term_does_not_move_it():
    assert term(0, 10, [(10, 20)]) == 10
    assert term(0, 10, [(9, 20)]) == 21
