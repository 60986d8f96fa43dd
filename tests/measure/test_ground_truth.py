"""What must be true of every verdict: the two published ground truths, and what may change a verdict and what may not.

Source:
    Ground truths 15 (the announcement after delivery) and 16 (the confirmation within a minute) of the project's methods.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.logs import BASE, DAY, MINUTE, SECOND, Log, Row, Wanted, slow_verdicts
from tests.measure.engine_adapter import MOMENTS, counted, judged, stored
from tests.measure.test_three_answers import drawn
from tests.strategies import CLASSES_OF, LIMITS, PAIRED, Situation, rules, situations

ANNOUNCED = {"pattern": "not_succession", "a": Wanted(("delivered",)), "b": Wanted(("sms",))}
CONFIRMED = {
    "pattern": "within",
    "after": Wanted(("paid",)),
    "comes": Wanted(("confirmed",)),
    "norms": [(None, ("us", MINUTE))],
}
NEVER = ("never_after", "not_co_existence", "not_succession", "not_chain_succession")


def log_of(traces, closing=()):
    """A log of cases by name, each a list of (label, seconds)."""
    rows = tuple(
        Row(name, label, BASE + round(at * SECOND)) for name, trace in traces.items() for label, at in trace
    )
    labels = {row.label for row in rows} | {"order", "sms", "delivered", "paid", "confirmed", "done"}
    return Log(rows, {name: {} for name in traces}, {label: (label,) for label in labels}, closing)


def said(log, rule, now=None):
    with stored(log) as store:
        (found,) = judged(store, log, [rule], now)
    return {name: answer.verdict for name, answer in found.items()}


def test_an_sms_that_announces_a_delivery_after_the_delivery_is_a_violation_and_one_before_is_not():
    traces = {
        "order, sms, delivered, sms": [("order", 0), ("sms", 1), ("delivered", 2), ("sms", 3)],
        "order, sms, delivered": [("order", 0), ("sms", 1), ("delivered", 2)],
        "order, delivered, sms": [("order", 0), ("delivered", 1), ("sms", 2)],
    }
    assert said(log_of(traces), ANNOUNCED) == {
        "order, sms, delivered, sms": "violated",
        "order, sms, delivered": "fulfilled",
        "order, delivered, sms": "violated",
    }


def test_two_deliveries_of_one_customer_give_no_false_alarm():
    rows = (
        Row("customer", "delivered", BASE, {"parcel": "one"}),
        Row("customer", "sms", BASE + SECOND, {"parcel": "two"}),
        Row("customer", "delivered", BASE + 2 * SECOND, {"parcel": "two"}),
    )
    log = Log(rows, {"customer": {}}, {"delivered": ("delivered",), "sms": ("sms",)})
    assert said(log, ANNOUNCED) == {"customer": "violated"}
    assert said(log, {**ANNOUNCED, "where": ("=", "a.parcel", ("name", "b.parcel"))}) == {
        "customer": "fulfilled"
    }


def test_a_confirmation_at_the_limit_is_in_time_and_a_tenth_of_a_second_later_is_not():
    traces = {str(at): [("paid", 0), ("confirmed", at)] for at in (59.9, 60, 60.1)} | {"none": [("order", 0)]}
    assert said(log_of(traces), CONFIRMED) == {
        "59.9": "fulfilled",
        "60": "fulfilled",
        "60.1": "violated",
        "none": "not_activated",
    }


@pytest.mark.parametrize(("seconds", "verdict"), [(30, "pending"), (60, "pending"), (61, "violated")])
def test_an_open_case_is_pending_as_long_as_a_confirmation_could_be_in_time(seconds, verdict):
    log = log_of({"open": [("paid", 0)]}, ("done",))
    assert said(log, CONFIRMED, BASE + seconds * SECOND) == {"open": verdict}


def verdicts(log, wanted, now):
    with stored(log) as store:
        return judged(store, log, wanted, now)


@drawn(2)
@given(situations(), st.sampled_from((-400, 7, 3653)))
def test_moving_all_moments_by_whole_days_changes_no_verdict(situation, days):
    log, wanted, now = situation
    us = days * DAY
    moved = replace(
        log,
        rows=tuple(replace(row, us=row.us + us, attributes=later(row.attributes, us)) for row in log.rows),
        cases={name: later(values, us) for name, values in log.cases.items()},
    )
    postponed = [
        rule | {"norms": [(day and day + timedelta(days=days), limit) for day, limit in rule["norms"]]}
        if "norms" in rule
        else rule
        for rule in wanted
    ]
    assert verdicts(moved, postponed, None if now is None else now + us) == verdicts(log, wanted, now)


def later(values, us):
    return {
        name: value + us if name in MOMENTS and value is not None else value for name, value in values.items()
    }


CLOCK_CLASSES = ("stops", "resumes", "extended_by")
"""The events that stop, resume and extend a clock."""


@drawn(2)
@given(situations(patterns=(*PAIRED, "within", "never_after", "payload")))
def test_a_case_that_a_rule_does_not_speak_of_changes_no_rate(situation):
    log, wanted, now = situation
    wanted = [
        rule
        for rule in wanted
        # A class without elements holds every event, also the quiet one: then the rule does speak of it.
        if all(rule[name].elements for name in (*CLASSES_OF[rule["pattern"]], *CLOCK_CLASSES) if name in rule)
        and not {"population", "exclusions"} & {*rule}
    ]
    first = min(row.us for row in log.rows)
    quiet = Row("quiet", "Noise", first, dict.fromkeys(log.rows[0].attributes))
    fuller = replace(
        log,
        rows=(*log.rows, quiet),
        cases=log.cases | {"quiet": {"segment": None, "cap": None, "deadline": None}},
    )
    with stored(log) as store, stored(fuller) as more:
        before, after = counted(store, log, wanted, now), counted(more, fuller, wanted, now)
    exists = int(now is None or first <= now)
    for one, other in zip(before, after, strict=True):
        if one is not None:
            assert other[0] == Counter(one[0]) + Counter({"not_activated": exists})
            assert other[1] == one[1]


@drawn(2)
@given(situations())
def test_the_verdicts_add_up_to_the_cases_that_exist(situation):
    log, wanted, now = situation
    until = max(row.us for row in log.rows) if now is None else now
    first = {name: min((row.us for row in log.rows if row.case == name), default=until) for name in log.cases}
    existing = sum(us <= until for us in first.values())
    with stored(log) as store:
        for numbers in counted(store, log, wanted, now):
            assert numbers is None or sum(numbers[0].values()) == existing


@st.composite
def widened(draw):
    """A log and rules with a limit in time, and the same rules with a limit at least as wide."""
    log, _, now = draw(situations(patterns=()))
    narrow, wide = [], []
    for pattern in (*PAIRED, "within", "never_after", "duration", "no_silence_longer_than"):
        rule = draw(rules(pattern))
        less, more = sorted(draw(st.tuples(st.sampled_from(LIMITS), st.sampled_from(LIMITS))))
        narrow.append(rule | {"norms": [(None, ("us", less))]})
        wide.append(rule | {"norms": [(None, ("us", more))]})
    return Situation(log, narrow, now), Situation(log, wide, now)


@drawn(4)
@given(widened())
def test_a_wider_limit_never_spoils_what_was_fulfilled(pair):
    (log, narrow, now), (_, wide, _) = pair
    with stored(log) as store:
        strict, mild = judged(store, log, narrow, now), judged(store, log, wide, now)
    for rule, one, other in zip(wide, strict, mild, strict=True):
        # A wider limit can spoil only what was asked to stay away.
        spoilt = ("violated", "fulfilled") if rule["pattern"] in NEVER else ("fulfilled", "violated")
        for name in one or {}:
            assert (one[name].verdict, other[name].verdict) != spoilt, rule
            assert (one[name].verdict == "excluded") is (other[name].verdict == "excluded"), rule


@drawn(5)
@given(situations())
def test_what_happens_after_now_does_not_exist(situation):
    log, wanted, now = situation
    until = sorted(row.us for row in log.rows)[len(log.rows) // 2] if now is None else now
    rows = tuple(row for row in log.rows if row.us <= until)
    begun, told = {row.case for row in rows}, {row.case for row in log.rows}
    if not rows:
        return
    past = replace(
        log,
        rows=rows,
        cases={name: value for name, value in log.cases.items() if name in begun or name not in told},
    )
    for rule, whole, cut in zip(
        wanted, verdicts(log, wanted, until), verdicts(past, wanted, until), strict=True
    ):
        # A value that nobody knows yet leaves its type unknown.
        assert cut is None or whole == cut, rule


def test_the_slow_checker_agrees_that_what_happens_after_now_does_not_exist():
    log = log_of({"case": [("paid", 0), ("done", 10), ("paid", 20), ("done", 40)]}, ("done",))
    past = replace(log, rows=log.rows[:3])
    assert slow_verdicts(log, CONFIRMED, BASE + 30 * SECOND) == slow_verdicts(
        past, CONFIRMED, BASE + 30 * SECOND
    )
