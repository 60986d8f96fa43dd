"""The exact events behind a violation that is judged once per case, counted by hand and found again by taking them away."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from tests.measure.engine_adapter import requirement, stored
from tests.slow_checker import ONCE
from tests.strategies import situations

from ketenreis.calendars import Calendar
from ketenreis.events.from_rows import write_store
from ketenreis.measure import case_verdicts, judge, violations
from ketenreis.measure.moves import moves
from ketenreis.quantity import Share, parse_limit
from ketenreis.requirements import EventClass, Measure, Norm, Requirement

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
ALL = Share(Decimal(1))


def hour(number):
    return START + timedelta(hours=number)


def rule(name, pattern, limit=None, **arguments):
    arguments = {
        key: EventClass((value,)) if isinstance(value, str) and len(value) == 1 else value
        for key, value in arguments.items()
    }
    return Requirement(
        name,
        name,
        measure=Measure(pattern, arguments),
        norms=(Norm(ALL, parse_limit(limit) if limit else None),),
    )


def shown(folder, trace, *rules, **options):
    """Of one case, an event an hour: label, hour and other end of its violation."""
    rows = [
        ("1", label, hour(n), {"colour": label, "euros": n}) for n, label in enumerate(trace) if label != " "
    ]
    labels = {label: label for label in "abcnxz"}
    store = write_store(folder / "store", rows, labels=labels, closed="z")
    with judge(store, rules, **options) as judging:
        assert not judging.cannot
        (found,) = violations(judging, rules[-1].id)

    def at(moment):
        return None if moment is None else (moment - START) / timedelta(hours=1)

    return found.event, at(found.at), at(found.target_at)


@pytest.mark.parametrize(
    ("trace", "wanted", "expected"),
    [
        ("abaaz", rule("r", "at_most", "2", event="a"), ("a", 3, None)),
        ("abaaz", rule("r", "at_most", "0", event="a"), ("a", 0, None)),
        ("baz", rule("r", "absence", event="a"), ("a", 1, None)),
        ("baaz", rule("r", "absence", event="a", times=2), ("a", 2, None)),
        ("aaz", rule("r", "exactly", event="a"), ("a", 1, None)),
        ("bz", rule("r", "exactly", event="a"), (None, None, None)),
        ("bz", rule("r", "existence", event="a"), (None, None, None)),
        ("baz", rule("r", "init", event="a"), ("b", 0, None)),
        ("abz", rule("r", "end", event="b"), ("z", 2, None)),
        ("xz", rule("r", "choice", a="a", b="b"), (None, None, None)),
        ("xbaz", rule("r", "exclusive_choice", a="a", b="b"), ("b", 1, 2)),
        ("a   b  z", rule("r", "duration", "2 hours", since="a", until="b"), ("a", 0, 4)),
        ("a   xz", rule("r", "duration", "2 hours", since="a", until="b"), ("a", 0, None)),
        ("a n   n z", rule("r", "no_silence_longer_than", "3 hours", news="n", since="a", until="z"), ("n", 2, 6)),
        ("a n xx    z", rule("r", "no_silence_longer_than", "3 hours", news="n", since="a"), ("n", 2, 10)),
        ("a n     x", rule("r", "no_silence_longer_than", "3 hours", news="n", since="a"), ("n", 2, None)),
        ("acbz", rule("r", "as_announced", steps=tuple(EventClass((x,)) for x in "abc")), ("c", 1, 2)),
        ("acxz", rule("r", "as_announced", steps=tuple(EventClass((x,)) for x in "abc")), ("c", 1, None)),
        ("abxz", rule("r", "as_announced", steps=tuple(EventClass((x,)) for x in "abc")), ("b", 1, None)),
        ("bxaz", rule("r", "as_announced", since="x", steps=(EventClass(("b",)),)), ("x", 1, None)),
        ("abcz", rule("r", "total", "2", attribute="euros"), ("c", 2, None)),
        ("aabacz", rule("r", "different", "2", attribute="colour"), ("c", 4, None)),
        ("aabacz", rule("r", "switches", "1", attribute="colour"), ("a", 3, None)),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(getattr(value, "measure", None), "pattern", ""),
)  # fmt: skip
def test_the_event_that_was_wrong_by_hand(tmp_path, trace, wanted, expected):
    assert shown(tmp_path, trace, wanted) == expected


def test_the_deadline_and_the_window_name_what_came_too_late(tmp_path):
    rows = [
        ("1", "promise", hour(0), {"until": hour(5), "deadline": hour(3)}),
        ("1", "ours", hour(1), {"until": hour(9), "deadline": hour(3)}),
        ("1", "came", hour(7), {"until": None, "deadline": hour(3)}),
    ]
    store = write_store(tmp_path / "s", rows, labels={name: name for name in ("promise", "ours", "came")})
    promised = {"event": EventClass(("came",)), "promise": EventClass(("promise", "ours")), "closes": "until"}
    late = rule("late", "before", "deadline", event=EventClass(("came",)))
    window = rule("window", "in_window", moved=EventClass(("ours",)), **promised)
    with judge(store, [late, window]) as judging:
        (first,), (second,) = violations(judging, "late"), violations(judging, "window")
    assert (first.event, first.at, first.took) == ("came", hour(7), 4 * 3600)
    assert (second.event, second.at, second.target_at, second.took) == ("promise", hour(0), hour(7), 2 * 3600)


def test_silence_is_sought_on_the_clock_that_it_is_counted_by(tmp_path):
    desk = Calendar.from_plain(
        {"name": "desk", "time_zone": "UTC", "hours": {"monday": "8:00-12:00", "tuesday": "8:00-12:00"}}
    )
    rows = [("1", label, hour(at), {}) for label, at in (("a", 0), ("n", 3.5), ("n", 25), ("z", 25.5))]
    store = write_store(tmp_path / "s", rows, labels={"a": "a", "n": "n", "z": "z"}, closed="z")
    quiet = rule("quiet", "no_silence_longer_than", "2 hours", news="n", since="a", clock="desk")
    with judge(store, [quiet], calendars={"desk": desk}) as judging:
        (found,) = violations(judging, "quiet")
    assert (found.at, found.target_at) == (hour(0), hour(3.5))  # the night does not count


def test_a_rule_made_of_others_shows_which_of_them_and_where(tmp_path):
    few, soon = rule("few", "at_most", "1", event="a"), rule("soon", "within", "1 hour", after="a", comes="b")
    whole = rule("whole", "all_of", of=("few", "soon"))
    rows = [
        ("1", "a", hour(0), {}),
        ("1", "a", hour(1), {}),
        ("2", "a", hour(0), {}),
        ("2", "b", hour(2), {}),
    ]
    rows += [(case, "z", hour(9), {}) for case in "12"]
    store = write_store(tmp_path / "s", sorted(rows), labels={"a": "a", "b": "b"}, closed="z")
    with judge(store, [few, soon, whole]) as judging:
        found = {each.case: each for each in violations(judging, "whole")}
    assert (found["1"].part, found["1"].at) == ("few", hour(1))
    assert (found["2"].part, found["2"].at, found["2"].target_at) == ("soon", hour(0), hour(2))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(situations(patterns=tuple(sorted(ONCE))))
def test_every_violation_names_an_event_of_its_own_case_that_happened(situation):
    log, rules, now = situation
    wanted = [requirement(number, one) for number, one in enumerate(rules)]
    times = {(row.case, row.us) for row in log.rows}
    with stored(log) as store, judge(store, wanted, now=now, zone=log.zone) as judging:
        for name in judging.plans:
            violated = {case for case, code in case_verdicts(judging, name) if code == 2}
            found = violations(judging, name, 100)
            assert {each.case for each in found} == violated
            for each in found:
                ends = [moment for moment in (each.at, each.target_at) if moment is not None]
                assert all((each.case, round(end.timestamp() * 1e6)) in times for end in ends)
                assert (each.event is None) == (each.at is None)


def test_who_moved_the_promise_is_told_beside_whether_it_was_kept(tmp_path):
    """Five cases each: not moved and kept, moved by the customer and kept, moved by us and late; four moved by both."""
    promise, ours, came = ("promise", "ours", "came")
    plain = [(promise, 0, 5), (came, 4, None)]
    customer = [(promise, 0, 5), (promise, 1, 9), (came, 8, None)]
    us = [(promise, 0, 5), (ours, 1, 9), (came, 8, None)]
    both = [(promise, 0, 5), (promise, 1, 6), (ours, 2, 9), (came, 8, None)]
    cases = [*[plain] * 5, *[customer] * 5, *[us] * 5, *[both] * 4]
    rows = [
        (str(n), label, hour(at), {"until": None if until is None else hour(until)})
        for n, case in enumerate(cases)
        for label, at, until in case
    ]
    store = write_store(tmp_path / "s", rows, labels={name: name for name in (promise, ours, came)})
    window = rule(
        "window",
        "in_window",
        event=EventClass((came,)),
        promise=EventClass((promise, ours)),
        moved=EventClass((ours,)),
        closes="until",
    )
    with judge(store, [window]) as judging:
        found = [
            (group.name, group.counts.fulfilled, group.counts.violated) for group in moves(judging, "window")
        ]
    assert found == [("nobody", 5, 0), ("customer", 5, 0), ("organisation", 0, 5)]


def test_who_moved_it_is_only_told_where_the_measure_says_how_to_see_it(tmp_path):
    store = write_store(tmp_path / "s", [("1", "a", hour(0), {})], labels={"a": "a"})
    with judge(store, [rule("few", "at_most", "1", event="a")]) as judging:
        assert moves(judging, "few") == []
