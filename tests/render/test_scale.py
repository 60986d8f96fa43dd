from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.render.scale import Scale, share_ticks, ticks

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))


@given(NUMBERS, st.floats(0.01, 1e6).map(lambda value: round(value, 3)))
def test_ticks_cover_what_they_must_in_even_steps(low, width):
    found = ticks(low, low + width)
    assert 2 <= len(found) <= 7
    assert found[0] <= low + 1e-6 * width
    assert found[-1] >= low + width - 1e-6 * width
    steps = [after - before for before, after in pairwise(found)]
    assert steps == pytest.approx([steps[0]] * len(steps), rel=1e-6, abs=1e-9)


@given(st.floats(0, 1), st.floats(0, 1))
def test_ticks_of_shares_are_shares_that_hold_both_ends(one, other):
    low, high = sorted((one, other))
    found = share_ticks(low, high)
    assert all(0 <= value <= 1 for value in found)
    assert len(found) >= 2
    assert found[0] <= low + 1e-9
    assert found[-1] >= high - 1e-9


@given(st.floats(-2, 2))
def test_a_value_never_leaves_the_drawing(value):
    assert 0 <= Scale(0.2, 0.4).at(value) <= 1


def test_a_scale_without_width_still_has_one():
    assert ticks(3, 3) == (3.0, 3.2, 3.4, 3.6, 3.8, 4.0)
