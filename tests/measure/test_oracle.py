"""A real log, judged by every template that another tool also knows: the counts must be the same."""

import json
from ast import literal_eval
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations, pairwise
from statistics import mean, stdev

import duckdb
import pytest

from ketenreis.events.importing import guess_file, import_events
from ketenreis.measure import figures, judge
from ketenreis.quantity import Share
from ketenreis.requirements import EventClass, Measure, Norm, Requirement

TEMPLATES = {
    "response": "response",
    "chainresponse": "chain_response",
    "altresponse": "alternate_response",
    "precedence": "precedence",
    "chainprecedence": "chain_precedence",
    "altprecedence": "alternate_precedence",
    "responded_existence": "responded_existence",
    "succession": "succession",
    "altsuccession": "alternate_succession",
    "chainsuccession": "chain_succession",
    "coexistence": "co_existence",
    "noncoexistence": "not_co_existence",
    "exactly_one": "exactly",
    "existence": "existence",
    "absence": "absence",
    "init": "init",
}
NOT_DECLARES = {"nonsuccession", "nonchainsuccession"}
"""The other tool means the negation of Succession by these, not DECLARE's Not Succession."""

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def oracle(shared_data):
    return json.loads((shared_data / "oracles/logs/receipt.json").read_text())


@pytest.fixture(scope="module")
def receipt(shared_data, tmp_path_factory):
    """The permit log, every label an element of its own."""
    file = shared_data / "eventlogs/receipt/receipt.csv"
    mapping = guess_file(file).mapping
    first = import_events(file, tmp_path_factory.mktemp("first"), mapping).store
    labels = {activity.label: (activity.label,) for activity in first.type().activities}
    return import_events(file, tmp_path_factory.mktemp("mapped"), replace(mapping, labels=labels)).store


@pytest.fixture(scope="module")
def traces(receipt):
    """Per case its labels and seconds, in order, read without the engine."""
    files = list(receipt.type().events_files)
    rows = duckdb.execute(
        "SELECT case_no, activity, us FROM read_parquet(?) ORDER BY case_no, seq", [files]
    ).fetchall()
    labels = [activity.label for activity in receipt.type().activities]
    found = defaultdict(list)
    for case, code, us in rows:
        found[case].append((labels[code], us / 1e6))
    return list(found.values())


def rule(template, key):
    if key.startswith("("):
        a, b = literal_eval(key)
        arguments = {"a": EventClass((a,)), "b": EventClass((b,))}
    else:
        arguments = {"event": EventClass((key,))}
    return Requirement(
        f"{template}:{key}",
        key,
        measure=Measure(TEMPLATES[template], arguments),
        norms=(Norm(Share.parse("90%")),),
    )


@pytest.mark.parametrize("detail", ["full", "cases"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_engine_counts_what_the_other_tool_counts(receipt, oracle, template, detail):
    expected = oracle["pm4py_declare"].get(template, {})
    if template == "chainsuccession":
        assert not expected  # nothing in this log supports it
        return
    rules = [rule(template, key) for key in expected]
    with judge(receipt, rules, detail=detail) as judging:
        counted = figures.cases(judging)
    got = {
        one.name: {"support": counted[one.id].judged, "confidence": counted[one.id].fulfilled}
        for one in rules
    }
    assert got == expected


def test_every_template_of_the_other_tool_is_compared_or_known_to_mean_something_else(oracle):
    assert set(oracle["pm4py_declare"]) <= set(TEMPLATES) | NOT_DECLARES


def test_the_temporal_profile_is_the_same(traces, oracle):
    waits = defaultdict(list)
    for trace in traces:
        for (a, start), (b, end) in combinations(trace, 2):
            waits[a, b].append(end - start)
    expected = {(row["a"], row["b"]): row for row in oracle["pm4py_temporal_profile"]}
    assert set(waits) == set(expected)
    for pair, seconds in waits.items():
        spread = stdev(seconds) if len(seconds) > 1 else 0.0
        assert mean(seconds) == pytest.approx(expected[pair]["mean"], rel=1e-6, abs=1e-6)
        assert spread == pytest.approx(expected[pair]["std"], rel=1e-6, abs=1e-6)


def test_the_log_skeleton_is_the_same(traces, oracle):
    skeleton = oracle["pm4py_log_skeleton"]
    labels = sorted({label for trace in traces for label, _ in trace})
    counts = [Counter(label for label, _ in trace) for trace in traces]
    pairs = [(a, b) for a in labels for b in labels if a != b]

    def together(a, b):
        return all(
            bool(count[a]) <= bool(count[b]) and (not count[a] or count[a] == count[b]) for count in counts
        )

    never = {(a, b) for a, b in pairs if all(not (count[a] and count[b]) for count in counts)}
    followers = {(a, b) for a, b in pairs if any(True for count in counts if count[a])}
    followers = {
        (a, b)
        for a, b in followers
        if all(
            all(
                i + 1 < len(trace) and trace[i + 1][0] == b
                for i, (label, _) in enumerate(trace)
                if label == a
            )
            for trace in traces
        )
    }
    assert {tuple(pair) for pair in skeleton["equivalence"]} == {(a, b) for a, b in pairs if together(a, b)}
    assert {frozenset(pair) for pair in skeleton["never_together"]} == {frozenset(pair) for pair in never}
    assert {tuple(pair) for pair in skeleton["directly_follows"]} == followers
    assert skeleton["activ_freq"] == {label: sorted({count[label] for count in counts}) for label in labels}


def test_directly_follows_counts_agree_with_the_oracle(traces, oracle):
    edges = Counter((a, b) for trace in traces for (a, _), (b, _) in pairwise(trace))
    assert len(edges) == oracle["dfg_edges"]
    assert all(edges[row["a"], row["b"]] == row["n"] for row in oracle["dfg_top"])
