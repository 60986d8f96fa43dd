"""Two questions, four answers, and the cases in which there is none."""

import pytest

from ketenreis.analysis.chart import Point, TooFewPoints
from ketenreis.analysis.control import shares
from ketenreis.analysis.steadiness import QUADRANT, steadiness

CALM = [Point.of(str(week), 960 + week % 3, 1000) for week in range(20)]
WILD = [*CALM[:10], Point.of("bad week", 800, 1000), *CALM[10:]]


@pytest.mark.parametrize(
    ("points", "agreed", "answer"),
    [
        (CALM, 0.95, "leave alone"),
        (CALM, 0.99, "redesign"),
        (WILD, 0.95, "find the cause"),
        (WILD, 0.99, "firefight first"),
    ],
)
def test_stable_or_not_and_good_enough_or_not_have_four_answers(points, agreed, answer):
    chart = shares(points)
    assert steadiness(chart, chart.centre, agreed).id == answer


def test_exactly_the_agreed_share_is_good_enough():
    assert steadiness(shares(CALM), 0.99, 0.99).capable


def test_without_a_chart_or_a_judged_case_nothing_can_be_said():
    assert steadiness(TooFewPoints("p", 5), 0.97, 0.95) is None
    assert steadiness(shares(CALM), None, 0.95) is None


def test_the_quadrant_holds_each_combination_once_in_both_languages():
    assert len({(row.stable, row.capable) for row in QUADRANT}) == len(QUADRANT) == 4
    assert all(row.nl and row.en for row in QUADRANT)
