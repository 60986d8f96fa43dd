"""Agreement between two raters: published figures, and the standard error by another way."""

import math

import pytest

from ketenreis.analysis.kappa import agreement, filled_in, kappa, unlabelled
from ketenreis.model import diff
from ketenreis.notation import read_text

COHEN = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
"""Two judges, 200 people: the example of Cohen (1960)."""
FLEISS = ((75, 1, 4), (5, 4, 1), (0, 0, 10))
"""Two raters, 100 diagnoses: Fleiss (1981), Statistical Methods for Rates and Proportions."""


def pairs(table):
    return [
        (str(one), str(other))
        for one, row in enumerate(table)
        for other, number in enumerate(row)
        for _ in range(number)
    ]


@pytest.mark.parametrize(
    ("table", "observed", "expected", "value"), [(COHEN, 0.70, 0.41, 0.492), (FLEISS, 0.89, 0.66, 0.676)]
)
def test_the_published_figures_come_out(table, observed, expected, value):
    found = kappa(pairs(table))
    assert found.n == sum(map(sum, table))
    assert (found.observed, found.expected) == (pytest.approx(observed), pytest.approx(expected))
    assert found.value == pytest.approx(value, abs=5e-4)


@pytest.mark.parametrize("table", [COHEN, FLEISS, ((20, 5), (10, 15))])
def test_the_interval_is_what_the_slope_of_kappa_in_every_cell_gives(table):
    """The delta method with slopes found by moving each share a little: another way to the same standard error."""
    n = sum(map(sum, table))
    shares = {(i, j): number / n for i, row in enumerate(table) for j, number in enumerate(row)}

    def value(at):
        total = sum(at.values())
        ones = [sum(at[i, j] for j in range(len(table))) / total for i in range(len(table))]
        others = [sum(at[i, j] for i in range(len(table))) / total for j in range(len(table))]
        same = sum(at[i, i] for i in range(len(table))) / total
        chance = sum(map(math.prod, zip(ones, others, strict=True)))
        return (same - chance) / (1 - chance)

    step = 1e-6
    slopes = {
        cell: (value({**shares, cell: share + step}) - value({**shares, cell: share - step})) / (2 * step)
        for cell, share in shares.items()
    }
    mean = sum(shares[cell] * slope for cell, slope in slopes.items())
    error = math.sqrt((sum(shares[cell] * slope**2 for cell, slope in slopes.items()) - mean**2) / n)
    found = kappa(pairs(table))
    assert found.interval.high - found.interval.low == pytest.approx(2 * 1.959964 * error, rel=1e-5)


def test_five_are_needed_and_one_label_for_everything_says_nothing():
    assert kappa([("a", "a")] * 4) is None
    alike = kappa([("a", "a")] * 9)
    assert (alike.observed, alike.value, alike.interval) == (1.0, None, None)


def test_only_what_both_labelled_counts_and_what_differs_is_named():
    def labelled(*said):
        rows = (f"{{id: a{n}{', value: ' + value if value else ''}}}" for n, value in enumerate(said))
        return read_text(f"processes: [{{id: p, activities: [{', '.join(rows)}]}}]").model

    one = labelled("adding", "waste", "adding", "waste", "necessary", "adding", "")
    other = labelled("adding", "waste", "waste", "waste", "necessary", "adding", "adding")
    (found,) = agreement(one, other)
    assert (found.field.name, found.kappa.n, found.differing) == ("value", 6, ("a2",))


def test_who_labels_afresh_sees_no_label_and_what_only_one_labelled_is_no_difference():
    def labelled(*said):
        rows = ", ".join(f"{{id: a{n}, name: A{n}{', ' + one if one else ''}}}" for n, one in enumerate(said))
        return read_text(f"processes: [{{id: p, activities: [{rows}]}}]").model

    first = labelled(
        "value: waste, waste: waiting, shell: core", "contact: {demand: value, purpose: inform}", ""
    )
    blank = unlabelled(first)
    assert blank == labelled("", "", "")
    second = labelled("value: adding", "contact: {purpose: decide}", "shell: shell")
    shown = filled_in(first, second), filled_in(second, first)
    assert {(edit.id, edit.field) for edit in diff(*shown)} == {("a0", "value"), ("a1", "contact")}
    assert [one["a2"].get("shell") for one in shown] == ["shell", "shell"]
    assert dict(shown[1]["a1"].get("contact")) == {"demand": "value", "purpose": "decide"}
    assert filled_in(blank, first) == first
