"""Where the checks on measures, norms and promises draw their lines: cases beside the fixtures in tests/findings."""

import pytest

from ketenreis.findings import Finding
from ketenreis.notation.text import read_text
from ketenreis.requirements.checks import ALL_CHECKS, CHECKS, run, run_all

TOUCHPOINTS = "journeys: [{id: j, name: J, steps: [{id: s, name: S, touchpoints: [{id: a, name: A}, {id: b, name: B}]}]}]\n"


def found(check: str, ctq: str, more: str = "") -> list[Finding]:
    """What one check finds about a CTQ, in a text that reads without errors."""
    reading = read_text(f"{TOUCHPOINTS}ctqs: [{{id: eis, name: Eis, {ctq}}}]\n{more}")
    assert reading.is_sound, [(finding.id, dict(finding.parameters)) for finding in reading.findings]
    return list(CHECKS[check].function(reading.model))


def test_every_check_runs_on_the_higher_floor():
    model = read_text(TOUCHPOINTS + "ctqs: [{id: eis, name: Eis}]").model
    assert {finding.id for finding in run(model)} == {"ctq_only_a_wish"}
    assert {finding.id for finding in run_all(model)} > {"ctq_only_a_wish", "ctq_without_activity"}
    assert set(CHECKS) < set(ALL_CHECKS)


@pytest.mark.parametrize(
    ("ctq", "missing"),
    [
        ("kano: must_be", ["measure, norms"]),
        ("measure: {pattern: within, after: a}", ["measure.comes, norms"]),
        ("measure: {pattern: within, after: a, comes: b}", ["norms"]),
        ("measure: {pattern: within, after: a, comes: b}, norms: [{share: 99%}]", ["norms.limit"]),
        ("norms: [{limit: 1 hour, share: 99%}]", ["measure"]),
        ("measure: {pattern: precedence, a: a, b: b}, norms: [{share: 99%}]", []),
        ("measure: {pattern: at_most, event: a}, norms: [{limit: 1 hour, share: 99%}]", []),
    ],
)
def test_a_wish_is_told_what_it_lacks_to_be_a_requirement(ctq, missing):
    assert [finding.parameters["missing"] for finding in found("ctq_only_a_wish", ctq)] == missing


@pytest.mark.parametrize(
    ("ctq", "contradictions"),
    [
        ("measure: {pattern: within, after: a, comes: b, match: fifo, where: a.x = b.x}",
         [("measure", "match: fifo", "where: a.x = b.x")]),
        ("measure: {pattern: within, after: a, comes: b, match: fifo}", []),
        ("measure: {pattern: at_most, event: a}, norms: [{limit: 1 hour, share: 99%}]",
         [("norms", "pattern: at_most", "limit: 1 hour")]),
        ("measure: {pattern: at_most, event: a}, norms: [{limit: 1.5, share: 99%}]",
         [("norms", "pattern: at_most", "limit: 1.5")]),
        ("measure: {pattern: init, event: a}, norms: [{limit: 1 hour, share: 99%}]",
         [("norms", "pattern: init", "limit: 1 hour")]),
        ("measure: {pattern: before, event: a}, norms: [{limit: deadline, share: 99%}], tolerance: 2 seconds", []),
        ("measure: {pattern: at_most, event: a}, norms: [{limit: 2, share: 99%}], tolerance: 2 seconds",
         [("tolerance", "pattern: at_most", "tolerance: 2 seconds")]),
        ("measure: {pattern: within, after: a, comes: b}, norms: [{limit: 1 hour, share: 99%}], tolerance: 2",
         [("tolerance", "pattern: within", "tolerance: 2")]),
        ("measure: {pattern: exclusive_choice, a: a, b: a}", [("measure", "a: a", "b: a")]),
        ("measure: {pattern: exclusive_choice, a: a, b: b}", []),
        (("measure: {pattern: within, after: a, comes: b, at_least: 90 minutes}, "
          "norms: [{limit: 2 hours, share: 99%}, {since: 2026-11-14, limit: 1 hour, share: 99%}]"),
         [("norms", "at_least: 90 minutes", "limit: 1 hour")]),
        ("measure: {pattern: within, after: a, comes: b, at_least: 1 hour}, norms: [{limit: 60 minutes, share: 99%}]", []),
        ("measure: {pattern: within, after: a, comes: b, at_least: 1 hour}, norms: [{limit: deadline, share: 99%}]", []),
    ],
)  # fmt: skip
def test_a_contradiction_names_the_two_that_do_not_go_together(ctq, contradictions):
    said = [
        (f.field, f.parameters["one"], f.parameters["other"]) for f in found("pattern_contradiction", ctq)
    ]
    assert said == contradictions


@pytest.mark.parametrize(
    ("measure", "norms", "promised", "verdict"),
    [
        ("{pattern: within, after: a, comes: b}", "{limit: 2 hours, share: 99%}", "1 hour", "stricter"),
        ("{pattern: within, after: a, comes: b}", "{limit: 1 hour, share: 99%}", "60 minutes", None),
        ("{pattern: within, after: a, comes: b}", "{limit: 1 minute, share: 99%}", "1 hour", "looser"),
        ("{pattern: within, after: a, comes: b}",
         "{since: 2026-11-14, limit: 1 minute, share: 99%}, {limit: 1 hour, share: 99%}", "1 hour", "looser"),
        ("{pattern: at_most, event: a}", "{limit: 3, share: 99%}", "2", "stricter"),
        ("{pattern: at_most, event: a}", "{limit: 3, share: 99%}", "4", "looser"),
        ("{pattern: never_after, after: a, comes: b}", "{limit: 1 day, share: 99%}", "2 days", "stricter"),
        ("{pattern: never_after, after: a, comes: b}", "{limit: 2 days, share: 99%}", "1 day", "looser"),
        ("{pattern: within, after: a, comes: b}", "{limit: 1 week, share: 99%}", "5 working days", None),
        ("{pattern: within, after: a, comes: b}", "{limit: 5 working days, share: 99%}", "3 working days", "stricter"),
        ("{pattern: within, after: a, comes: b}", "{limit: 1 hour, share: 99%}", "2", None),
        ("{pattern: before, event: a}", "{limit: deadline, share: 99%}", "1 day", None),
    ],
)  # fmt: skip
def test_a_promise_is_held_against_the_newest_norm_in_the_sense_of_its_pattern(
    measure, norms, promised, verdict
):
    ctq = f"measure: {measure}, norms: [{norms}]"
    promise = f"promises: [{{id: belofte, text: beloofd, limit: {promised}, rests_on: eis}}]"
    said = [name for name in ("stricter", "looser") if found(f"promise_{name}_than_ctq", ctq, promise)]
    assert said == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    ("norms", "days"),
    [
        ("{limit: 1 hour, share: 99%}, {limit: 2 hours, share: 99%}", ["–"]),
        ("{since: 2026-11-14, limit: 1 hour, share: 99%}, {since: 2026-11-14, limit: 2 hours, share: 99%}", ["2026-11-14"]),
        ("{limit: 1 hour, share: 99%}, {since: 2026-11-14, limit: 2 hours, share: 99%}", []),
    ],
)  # fmt: skip
def test_a_history_gives_every_norm_its_own_day(norms, days):
    assert [finding.parameters["since"] for finding in found("norm_history", f"norms: [{norms}]")] == days


def test_a_kpi_is_measured_at_something_too():
    text = (
        TOUCHPOINTS
        + "chains: [{id: k, name: K, kpis: [{id: kpi, name: K, measure: {pattern: at_most, event: a}}]}]"
    )
    assert list(CHECKS["ctq_measured_nowhere"].function(read_text(text).model)) == []
