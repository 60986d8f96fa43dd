"""Deviations of actual journeys: by hand, and against a walk through the same cases in plain Python."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.slow_deviations import CLOSE, walked

from ketenreis.analysis.deviations import DEVIATIONS, connected, deviations, object_of
from ketenreis.events.from_rows import write_store
from ketenreis.measure import judge
from ketenreis.notation.text import read
from ketenreis.requirements import requirement

START = datetime(2026, 3, 2, tzinfo=UTC)
NOW = 1_000
TEXT = """
organisation: {id: o, name: O, language: nl, objects: [case]}
journeys:
- id: j
  name: J
  need: n
  start: s
  end: e
  out_of_scope: x
  phases:
  - id: p
    name: P
    steps:
    - {id: s1, name: Eén, next: [s2], touchpoints: [{id: apply, name: Apply, by: customer, mandatory: true}]}
    - {id: s2, name: Twee, next: [s3], touchpoints: [{id: confirm, name: Confirm, by: organisation, mandatory: true}, {id: news, name: News, by: organisation}]}
    - {id: s3, name: Drie, touchpoints: [{id: decide, name: Decide, by: organisation, mandatory: true}, {id: visit, name: Visit, by: partner}]}
processes:
- id: w
  name: W
  activities:
  - {id: check, name: Check}
  - {id: answer, name: Answer, minutes: 6, contact: {demand: failure, purpose: reassure}}
messages: [{id: m, name: M, carried_by: [news]}]
promises: [{id: b, text: morgen, made_in: [m], announces: [visit]}]
ctqs:
- {id: quick, name: Quick, measure: {pattern: within, after: apply, comes: confirm}, norms: [{limit: 60 minutes, share: 90%}]}
"""
LABELS = {
    "apply": ["apply"],
    "confirm": ["confirm"],
    "news": ["news"],
    "decide": ["decide"],
    "visit": ["visit"],
    "check": ["check"],
    "call": ["answer"],
}
POINTS = [
    ("apply", {"apply"}, True),
    ("confirm", {"confirm"}, True),
    ("news", {"news"}, False),
    ("decide", {"decide"}, True),
    ("visit", {"visit"}, False),
]
PAIRS = [("apply", "confirm"), ("apply", "decide"), ("confirm", "decide"), ("news", "visit")]


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "o.yaml"
    path.write_text(TEXT, encoding="utf-8")
    reading = read(path)
    assert reading.is_sound
    return reading.model


def found_in(model, folder, cases, attributes=None):
    rows = [
        (name, label, START + timedelta(minutes=minute), (attributes or {}).get((name, label), {}))
        for name, events in cases.items()
        for label, minute in events
    ]
    labels = {label: to for label, to in LABELS.items() if any(row[1] == label for row in rows)}
    store = write_store(folder, rows, labels=labels, closed=CLOSE)
    now = round((START + timedelta(minutes=NOW)).timestamp()) * 1_000_000
    with judge(store, [requirement(model["quick"])], now=now) as judging:
        return deviations(model, "j", store, judging)


def test_touchpoints_are_connected_when_both_are_mandatory_and_in_order_or_one_announces_the_other(model):
    assert sorted(connected(model, "j")) == sorted(PAIRS)


def test_a_handful_counted_by_hand(model, tmp_path):
    good = [
        ("apply", 0),
        ("check", 5),
        ("confirm", 10),
        ("news", 20),
        ("decide", 30),
        ("visit", 40),
        (CLOSE, 50),
    ]
    cases = {f"good {n}": good for n in range(5)} | {
        "asks": [*good, ("call", 25), ("letter", 26), ("call", 27)],
        "never confirmed": [("apply", 0), ("decide", 30), (CLOSE, 50)],
        "announced after the visit": [
            ("apply", 0),
            ("confirm", 10),
            ("visit", 20),
            ("news", 21),
            ("decide", 30),
            (CLOSE, 50),
        ],
        "late": [("apply", 0), ("confirm", 61), ("decide", 90), (CLOSE, 95)],
        "under way": [("apply", NOW - 30)],
        "overdue": [("apply", NOW - 61)],
        "elsewhere": [("check", 0), ("call", 1), (CLOSE, 2)],
    }
    found = found_in(model, tmp_path / "s", cases)
    assert (found.closed, found.open) == (9, 2)
    counted = {sign: (found.types[sign].cases, found.types[sign].open) for sign in DEVIATIONS}
    assert counted == {"ad_hoc": (1, 0), "missing": (1, 1), "irregular": (1, 0), "failure": (1, 0)}
    assert (found.any.cases, found.any.open, found.any.n) == (4, 1, 9)
    assert found.types["ad_hoc"].times == 3
    assert found.by["ad_hoc"]["customer"].times == 2  # who calls is a customer; of the letter nobody knows
    assert found.by["ad_hoc"]["unknown"].times == 1
    assert set(found.by["irregular"]) == {"organisation"}
    confirm = found.place("confirm")
    assert (confirm.came, confirm.pending, confirm.rates["failure"].n) == (8, 1, 8)
    assert confirm.violated == {"quick": 1}
    assert confirm.examples["missing"] == ("never confirmed", "overdue")
    assert confirm.examples["failure"] == ("late",)
    news = found.place("news")
    assert [one.id for one in news.before] == ["visit"]
    assert news.examples["irregular"] == ("announced after the visit",)
    assert found.types["missing"].interval.low < 1 / 9 < found.types["missing"].interval.high
    assert found.unseen == ()


def test_the_events_themselves_may_say_who_started_and_that_it_failed(model, tmp_path):
    cases = {
        f"c{n}": [("apply", 0), ("confirm", 9), ("decide", 30), ("post", 31), (CLOSE, 50)] for n in range(6)
    }
    said = {("c1", "post"): {"initiator": "klant"}, ("c2", "post"): {"initiator": "Organisatie"}, ("c3", "confirm"): {"status": "Mislukt"}}  # fmt: skip
    found = found_in(model, tmp_path / "s", cases, said)
    assert {by: rate.cases for by, rate in found.by["ad_hoc"].items()} == {
        "customer": 1,
        "organisation": 1,
        "unknown": 4,
    }
    assert found.place("confirm").violated == {"": 1}
    assert {one.id for one in found.unseen} == {"news", "visit"}


def test_of_events_that_know_no_touchpoint_nothing_is_said(model, tmp_path):
    store = write_store(tmp_path / "s", [("1", "strange", START, {})])
    assert object_of(model, "j", store) is None
    with judge(store, []) as judging:
        found = deviations(model, "j", store, judging)
    assert (found.closed, found.places, len(found.unseen), found.any.share) == (0, (), 5, None)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from([*LABELS, "letter", CLOSE]), st.integers(NOW - 130, NOW)),
            max_size=9,
            unique_by=lambda event: event[1],
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_engine_agrees_with_a_walk_in_plain_python(model, tmp_path, drawn):
    cases = {f"c{n}": events for n, events in enumerate(drawn) if events}
    cases["full"] = [(label, NOW - 100 + n) for n, label in enumerate([*LABELS, "letter", CLOSE])]
    found = found_in(model, tmp_path / "s", cases)
    whole, flags = walked(cases, POINTS, PAIRS, {"check"}, [("apply", "confirm", 60)], NOW)
    assert (found.closed, found.open) == (len(whole["closed"]), len(whole["open"]))
    for sign in DEVIATIONS:
        mine = set().union(*(some for (type_, _), some in flags.items() if type_ == sign))
        rate = found.types[sign]
        assert (rate.cases, rate.open) == (len(mine & whole["closed"]), len(mine & whole["open"])), sign
    for place in found.places:
        at = place.touchpoint.id if place.touchpoint else place.label
        assert place.pending == len(whole["pending"].get(at, ()))
        for sign, rate in place.rates.items():
            mine = flags.get((sign, at), set())
            assert (rate.cases, rate.open) == (len(mine & whole["closed"]), len(mine & whole["open"])), (
                sign,
                at,
            )
