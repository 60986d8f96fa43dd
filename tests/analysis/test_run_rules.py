"""Every run rule at its edge: just enough points, one too few, and against a plain reading of the rule."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.analysis.run_rules import DEFAULT_RULES, RULES, Signal, signals
from ketenreis.errors import UnknownElementError

EXAMPLES = {
    "beyond": ([3.01], [3.0]),
    "run": ([0.2] * 9, [0.2] * 8 + [0.0]),
    "trend": ([-2, -1.5, -0.5, 0.1, 0.2, 1.9], [-2, -1.5, -0.5, 0.1, 0.1, 1.9]),
    "alternating": ([0.5, -0.5] * 7, [0.5, -0.5] * 6 + [0.5, 0.6]),
    "two of three": ([2.1, 0, 2.2], [2.1, 0, -2.2]),
    "four of five": ([1.1, 1.2, -0.3, 1.3, 1.4], [1.1, 1.2, -0.3, 1.3, -1.4]),
    "hugging": ([0.9, -0.9, 0.1] * 5, [0.9, -0.9, 0.1] * 4 + [0.1, 0.1, 1.0]),
    "avoiding": ([1.1, -1.2] * 4, [1.1] * 8),
}
distances = st.lists(st.floats(-4, 4), max_size=40)


def test_there_are_eight_rules_each_with_an_example_and_words_in_both_languages():
    assert [rule.id for rule in RULES] == list(EXAMPLES)
    assert all(rule.nl and rule.en for rule in RULES)


def test_unless_asked_otherwise_only_the_first_two_apply():
    assert DEFAULT_RULES == ("beyond", "run")
    assert signals(EXAMPLES["trend"][0]) == ()


@pytest.mark.parametrize("rule", list(EXAMPLES))
def test_a_rule_signals_its_example_and_its_mirror_and_nothing_less(rule):
    just, almost = EXAMPLES[rule]
    whole = Signal(rule, 0, len(just) - 1)
    assert signals(just, [rule]) == (whole,)
    assert signals([-z for z in just], [rule]) == (whole,)
    assert signals(almost, [rule]) == ()
    assert signals(just[:-1], [rule]) == ()


def test_a_long_run_is_one_signal_and_two_runs_are_two():
    assert signals([0.5] * 20) == (Signal("run", 0, 19),)
    assert signals([0.5] * 9 + [-0.5] * 10) == (Signal("run", 0, 8), Signal("run", 9, 18))


def test_points_beyond_the_limits_are_told_one_by_one():
    assert signals([4, 4, -4]) == tuple(Signal("beyond", at, at) for at in range(3))


@given(distances)
def test_runs_equal_those_found_by_walking_along_the_series(zs):
    walked, first = [], 0
    for at in range(1, len(zs) + 1):
        if at == len(zs) or zs[at] * zs[first] <= 0 or abs(zs[at]) < 1e-9:
            if at - first >= 9 and abs(zs[first]) >= 1e-9:
                walked.append(Signal("run", first, at - 1))
            first = at
    assert list(signals(zs, ["run"])) == walked


@given(distances, st.sampled_from([rule.id for rule in RULES]))
def test_turning_the_chart_upside_down_changes_no_signal(zs, rule):
    assert signals([-z for z in zs], [rule]) == signals(zs, [rule])


@given(distances)
def test_all_rules_together_say_what_each_says_alone(zs):
    alone = {signal for rule in RULES for signal in signals(zs, [rule.id])}
    assert set(signals(zs, [rule.id for rule in RULES])) == alone


def test_all_eight_at_once_give_far_more_false_alarms_than_the_default():
    chance = random.Random(23)
    series = [[chance.gauss(0, 1) for _ in range(52)] for _ in range(400)]
    default = sum(bool(signals(zs)) for zs in series) / 400
    everything = sum(bool(signals(zs, [rule.id for rule in RULES])) for zs in series) / 400
    assert default < 0.3
    assert everything > 0.5


def test_an_unknown_rule_is_refused_with_the_known_ones():
    with pytest.raises(UnknownElementError, match="two of three"):
        signals([0.0], ["nelson"])
