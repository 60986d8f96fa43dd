import json
from dataclasses import replace
from datetime import datetime

import jsonschema
import pytest
from tests.reports.made import empty, report

from ketenreis.findings import Finding, Place
from ketenreis.measure import Counts
from ketenreis.reports.as_json import findings_as_json, json_schema, measure_as_json

BINDING = {
    "ctq", "fulfilled", "violated", "pending", "not_activated", "excluded", "excluded_reasons", "attainment", "interval", "share",
    "standing", "narrowly", "reason", "activations", "durations", "under_current", "weeks", "chart", "splits", "personas", "violations",
}  # fmt: skip


def through_json(value):
    """As another program gets it; refuses what JSON cannot say."""
    return json.loads(json.dumps(value, allow_nan=False))


def holds(command, value):
    validator = jsonschema.Draft202012Validator(
        json_schema(command), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    return [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(value)]


@pytest.mark.parametrize("command", ["measure", "check"])
def test_the_schema_itself_is_well_formed(command):
    jsonschema.Draft202012Validator.check_schema(json_schema(command))


@pytest.mark.parametrize("made", [report(), empty()], ids=["full", "empty"])
def test_what_is_printed_holds_to_the_schema(made):
    assert holds("measure", through_json(measure_as_json(made))) == []


def test_the_schema_bites():
    said = through_json(measure_as_json(report()))
    said[0]["attainment"] = 97.2
    del said[1]["standing"]
    said[0]["report"]["extra"] = 1
    assert len(holds("measure", said)) == 3


def test_every_key_that_others_lean_on_is_there():
    for one in measure_as_json(report()):
        assert set(one) >= BINDING


def test_the_five_counts_are_all_cases_everywhere():
    one = measure_as_json(report())[0]
    assert (
        sum(one[name] for name in ("fulfilled", "violated", "pending", "not_activated", "excluded")) == 6_059
    )
    assert sum(one["excluded_reasons"].values()) == one["excluded"] == 7


def test_shares_run_from_0_to_1_and_seconds_are_seconds():
    one = measure_as_json(report())[0]
    assert one["attainment"] == pytest.approx(5_830 / 6_000)
    assert one["interval"][0] < one["attainment"] < one["interval"][1]
    assert one["share"] == 0.99
    assert one["durations"] == {
        "p05": 6.0,
        "p25": 9.0,
        "p50": 12.0,
        "p75": 18.0,
        "p90": 36.0,
        "p95": 250.0,
        "p99": 7265.0,
    }
    assert one["numbers"] is None


def test_a_count_is_never_told_as_seconds():
    one = measure_as_json(report())[1]
    assert one["durations"] is None
    assert one["numbers"]["p99"] == 3.0


def test_net_and_gross_are_both_told():
    net, missed = (measure_as_json(report())[index] for index in (0, 1))
    assert net["gross"] is None
    assert missed["gross"]["attainment"] == 0.7


def test_what_was_not_judged_is_null():
    one = measure_as_json(report())[3]
    for name in (
        "attainment",
        "interval",
        "share",
        "norm",
        "durations",
        "under_current",
        "chart",
        "steadiness",
    ):
        assert one[name] is None, name
    assert one["reason"] == {"id": "incomplete", "said": ["measure", "norm"]}
    assert one["activations"]["dpmo"] is None


def test_times_carry_the_offset_of_the_organisation():
    said = measure_as_json(report())
    assert said[0]["report"]["first"] == "2026-01-05T09:00:00+01:00"
    assert said[0]["report"]["now"] == "2026-08-02T23:30:00+02:00"
    at = said[0]["violations"][0]["at"]
    assert datetime.fromisoformat(at).utcoffset() is not None


def test_the_closing_rule_is_said():
    assert measure_as_json(report())[0]["report"]["closed"] == "end_event"
    assert measure_as_json(replace(report(), end_of_file=True))[0]["report"]["closed"] == "end_of_file"


def test_a_chart_that_never_varied_can_still_be_said():
    made = report()
    flat = made.measured[0].chart
    points = (replace(flat.points[0], z=float("inf")), *flat.points[1:])
    one = replace(made.measured[0], chart=replace(flat, points=points), cases=Counts(1, 0))
    said = through_json(measure_as_json(replace(made, measured=(one,))))
    assert said[0]["chart"]["points"][0]["z"] is None
    assert holds("measure", said) == []


def test_findings_hold_to_their_schema_and_keep_their_fingerprint():
    placed = Finding(
        "ctq_without_activity",
        "warning",
        ("op-tijd",),
        "measure",
        {"n": 3},
        Place("a.yaml", 3),
        "- id: op-tijd",
    )
    said = through_json(
        findings_as_json([placed, Finding("ctq_without_activity", "advice")], "en", str.upper)
    )
    assert holds("check", said) == []
    assert said[0]["fingerprint"] == placed.fingerprint
    assert said[0]["place"] == {"file": "a.yaml", "line": 3, "column": 1}
    assert "OP-TIJD" in said[0]["message"]
    assert said[1]["place"] is None
