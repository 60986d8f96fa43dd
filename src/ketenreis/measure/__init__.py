"""Measuring: rules become facts, facts become one SQL text, and that becomes verdicts per case and per activation."""

from ketenreis.measure.behind import OUTCOMES, Behind, Case, Order, Outcome, Wanted, behind
from ketenreis.measure.figures import (
    Counts,
    Group,
    Week,
    activation_verdicts,
    activations,
    case_verdicts,
    cases,
    first_time_right,
    segments,
    split,
    sql,
    took,
    weeks,
)
from ketenreis.measure.judging import Judging, judge
from ketenreis.measure.planning import CannotSay
from ketenreis.measure.violations import Violation, violations

__all__ = [
    "OUTCOMES",
    "Behind",
    "CannotSay",
    "Case",
    "Counts",
    "Group",
    "Judging",
    "Order",
    "Outcome",
    "Violation",
    "Wanted",
    "Week",
    "activation_verdicts",
    "activations",
    "behind",
    "case_verdicts",
    "cases",
    "first_time_right",
    "judge",
    "segments",
    "split",
    "sql",
    "took",
    "violations",
    "weeks",
]
