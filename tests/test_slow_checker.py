"""The slow checker says what was counted by hand, knows every pattern, and leans on nothing of the package."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests import slow_checker
from tests.hand_counted import FULL, HAND_COUNTED
from tests.logs import slow_verdicts
from tests.strategies import EVERY, situations

from ketenreis.requirements import PATTERN


@pytest.mark.parametrize("counted", HAND_COUNTED, ids=lambda counted: counted.name)
def test_the_slow_checker_says_what_was_counted_by_hand(counted):
    judged = slow_verdicts(counted.log, counted.rule, counted.now_us)["case"]
    assert (judged.verdict, judged.reason) == (counted.verdict, counted.reason)
    if counted.activations is not None:
        assert "".join(verdict[0] for _, _, verdict in judged.activations) == counted.activations


ELSEWHERE = {"all_of", "any_of"}
"""Patterns that read the verdicts of other requirements, which have tables of their own in measure/test_composites.py."""


def test_every_pattern_and_every_verdict_is_counted_by_hand():
    assert {counted.rule["pattern"] for counted in HAND_COUNTED} == set(PATTERN) - ELSEWHERE
    assert {counted.verdict for counted in HAND_COUNTED} == set(FULL)


def test_checker_and_strategies_know_exactly_the_patterns_there_are():
    assert set(slow_checker.PATTERNS) == set(PATTERN) - ELSEWHERE
    assert set(EVERY) == set(PATTERN) - ELSEWHERE


def test_the_checker_has_the_clauses_and_arguments_of_the_patterns():
    for name, clauses in slow_checker.CLAUSES.items():
        assert clauses == [
            (clause.activation, clause.target, clause.look, clause.alternate, clause.never)
            for clause in PATTERN[name].clauses
        ]


@pytest.mark.parametrize(
    "module", ["slow_checker.py", "ltlf.py", "logs.py", "hand_counted.py", "strategies.py"]
)
def test_the_second_answer_imports_nothing_of_the_package(module):
    tree = ast.parse((Path(__file__).parent / module).read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert "ketenreis" not in imported


@settings(max_examples=30, deadline=None)
@given(situations(cases=25))
def test_every_existing_case_gets_one_of_five_verdicts_and_a_reason_only_when_excluded(situation):
    log, rules, now = situation
    for rule in rules:
        judged = slow_verdicts(log, rule, now)
        counts = Counter(one.verdict for one in judged.values())
        assert set(counts) <= set(FULL)
        assert sum(counts.values()) == len(judged)
        assert all((one.reason is not None) == (one.verdict == "excluded") for one in judged.values())
