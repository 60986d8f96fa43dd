"""Working days, opening hours, and a clock that stops: the engine against plain walks over the same events."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketenreis.calendars import Calendar
from ketenreis.events.from_rows import write_store
from ketenreis.measure import activation_verdicts, case_verdicts, judge
from ketenreis.quantity import Duration, Share, parse_limit
from ketenreis.requirements import EventClass, Measure, Norm, Requirement

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DESK = Calendar.from_plain(
    {
        "name": "desk",
        "hours": dict.fromkeys(["monday", "tuesday", "wednesday", "thursday", "friday"], "9:00-17:00"),
        "holidays": "NL",
    }
)
LABELS = {label: label for label in ("asked", "answered", "waiting", "going on", "longer")}
VERDICT = {1: "fulfilled", 2: "violated", 3: "pending", 4: "not activated", 10: "excluded"}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


def rule(limit, clock="desk", pattern="within", **more):
    ends = (
        {"after": "asked", "comes": "answered"}
        if pattern == "within"
        else {"since": "asked", "until": "answered"}
    )
    arguments = {name: EventClass((label,)) for name, label in ends.items()} | {"clock": clock} | more
    return Requirement(
        "r", "R", measure=Measure(pattern, arguments), norms=(Norm(Share(Decimal(1)), parse_limit(limit)),)
    )


STOPS = {"stops": EventClass(("waiting",)), "resumes": EventClass(("going on",))}
EXTENDED = {"extended_by": EventClass(("longer",)), "extension": Duration.parse("6 weeks")}


def verdict(tmp_path, wanted, events, now=None, calendars=None, closed="end_of_file"):
    rows = [("case", label, moment, {}) for label, moment in events]
    rows.append(("last", "asked", at("2030-01-01T00:00") if now is None else now, {}))
    store = write_store(tmp_path / "store", rows, labels=LABELS, closed=closed)
    with judge(store, [wanted], calendars={"desk": DESK} if calendars is None else calendars) as judging:
        assert not judging.cannot, judging.cannot
        return VERDICT[dict(case_verdicts(judging, "r"))["case"]]


@pytest.mark.parametrize(
    ("asked", "answered", "limit", "expected"),
    [
        # Easter 2026: neither Good Friday (free by the Algemene termijnenwet) nor Easter Monday counts.
        ("2026-04-02T16:00", "2026-04-13T23:59:59", "5 working days", "fulfilled"),
        ("2026-04-02T16:00", "2026-04-14T00:00:00", "5 working days", "violated"),
        # Over Christmas: the 25th, the 26th and New Year's Day do not count.
        ("2026-12-23T10:00", "2026-12-28T23:59:59", "2 working days", "fulfilled"),
        ("2026-12-23T10:00", "2026-12-29T00:00:00", "2 working days", "violated"),
        # The clock goes forward in the night of 29 March 2026, and back in that of 25 October.
        ("2026-03-28T12:00", "2026-03-30T23:59:59", "1 working day", "fulfilled"),
        ("2026-03-28T12:00", "2026-03-31T00:00:00", "1 working day", "violated"),
        ("2026-10-24T12:00", "2026-10-26T23:59:59", "1 working day", "fulfilled"),
        # A leap day is a day.
        ("2028-02-28T12:00", "2028-02-29T23:59:59", "1 working day", "fulfilled"),
        ("2028-02-28T12:00", "2028-03-01T00:00:00", "1 working day", "violated"),
        # Opening hours: from four on Friday to ten on Monday is two hours.
        ("2026-06-05T16:00", "2026-06-08T10:00:00", "2 hours", "fulfilled"),
        ("2026-06-05T16:00", "2026-06-08T10:00:00.000001", "2 hours", "violated"),
        ("2026-06-06T12:00", "2026-06-08T09:00:00", "1 second", "fulfilled"),
    ],
)
@pytest.mark.parametrize("pattern", ["within", "duration"])
def test_working_days_and_opening_hours_by_hand(tmp_path, pattern, asked, answered, limit, expected):
    events = [("asked", at(asked)), ("answered", at(answered))]
    assert verdict(tmp_path, rule(limit, pattern=pattern), events) == expected


def test_a_holiday_edited_afterwards_needs_no_import(tmp_path):
    events = [("asked", at("2026-06-04T12:00")), ("answered", at("2026-06-05T12:00"))]
    assert verdict(tmp_path, rule("1 working day"), events) == "fulfilled"
    events[1] = ("answered", at("2026-06-08T12:00"))
    assert verdict(tmp_path, rule("1 working day"), events) == "violated"
    bridge = Calendar.from_plain({**DESK.to_plain(), "closed": ["2026-06-05"]})
    rows = [("case", label, moment, {}) for label, moment in events]
    store = write_store(tmp_path / "edited", rows, labels=LABELS)
    for calendar, expected in ((DESK, 2), (bridge, 1)):
        with judge(store, [rule("1 working day")], calendars={"desk": calendar}) as judging:
            assert dict(case_verdicts(judging, "r")) == {"case": expected}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([("asked", 0), ("answered", 10)], "fulfilled"),
        ([("asked", 0), ("answered", 11)], "violated"),
        ([("asked", 0), ("waiting", 2), ("going on", 5), ("answered", 13)], "fulfilled"),
        ([("asked", 0), ("waiting", 2), ("going on", 5), ("answered", 14)], "violated"),
        (
            [
                ("asked", 0),
                ("waiting", 2),
                ("waiting", 3),
                ("going on", 5),
                ("going on", 9),
                ("answered", 13),
            ],
            "fulfilled",
        ),
        ([("waiting", 0), ("asked", 2), ("going on", 5), ("answered", 15)], "fulfilled"),
        ([("waiting", 0), ("asked", 2), ("going on", 5), ("answered", 16)], "violated"),
        ([("asked", 0), ("waiting", 4)], "pending"),  # it stands still, and the case is open
        ([("asked", 0)], "violated"),
        ([("asked", 0), ("longer", 9), ("answered", 52)], "fulfilled"),
        ([("asked", 0), ("longer", 9), ("answered", 53)], "violated"),
        (
            [("asked", 0), ("longer", 11), ("answered", 12)],
            "violated",
        ),  # extended when it had run out already
        ([("asked", 0), ("waiting", 4), ("going on", 8), ("longer", 13), ("answered", 56)], "fulfilled"),
    ],
)
@pytest.mark.parametrize("pattern", ["within", "duration"])
def test_a_clock_that_stops_resumes_and_is_extended_by_hand(tmp_path, pattern, events, expected):
    start = at("2026-02-02T12:00")
    moved = [(label, start + timedelta(days=day)) for label, day in events]
    wanted = rule("10 days", "calendar", pattern, **STOPS, **EXTENDED)
    assert verdict(tmp_path, wanted, moved, start + timedelta(days=70), closed="closed") == expected


MARKS = st.lists(
    st.tuples(st.sampled_from(["asked", "answered", "waiting", "going on"]), st.integers(0, 60 * 24 * 12)),
    max_size=9,
)


def open_minutes(start, end):
    """The slow way: minute by minute, whether the desk is open."""
    total, moment = 0, start
    while moment < end:
        local = moment.astimezone(AMSTERDAM)
        total += DESK.is_working_day(local.date()) and 9 <= local.hour < 17
        moment += timedelta(minutes=1)
    return total


def slowly(events, limit, now, counts_open_time):
    """Verdicts by walking: for each question the net time to the next answer, or to now."""
    found = []
    ordered = sorted(events, key=lambda event: event[1])
    count = open_minutes if counts_open_time else (lambda a, b: int((b - a).total_seconds() // 60))
    for i, (label, asked) in enumerate(ordered):
        if label != "asked":
            continue
        answer = next((moment for other, moment in ordered[i + 1 :] if other == "answered"), None)
        end, net, stands, last = answer or now, 0, False, None
        for other, moment in ordered:
            if moment > end:
                break
            if last is not None and not stands and moment > asked:
                net += count(max(last, asked), moment)
            stands = other == "waiting" or (stands and other != "going on")
            last = moment
        if not stands and last is not None:
            net += count(max(last, asked), end)
        if answer is not None and net <= limit:
            found.append(1)
        else:
            found.append(2 if net > limit else 3)
    return found


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(MARKS, min_size=6, max_size=18), st.integers(0, 1500), st.booleans())
def test_the_engine_agrees_with_a_walk_through_every_minute(tmp_path, logs, limit, counts_open_time):
    start = at("2026-04-24T12:00")  # King's Day and a weekend lie ahead
    now = start + timedelta(days=12)
    cases = [[(label, start + timedelta(minutes=minute)) for label, minute in log] for log in logs]
    rows = [(str(n), label, moment, {}) for n, log in enumerate(cases) for label, moment in log]
    rows.append(("now", "answered", now, {}))
    store = write_store(tmp_path / "walk", rows, labels=LABELS, closed="closed")
    wanted = rule(f"{limit} minutes", "desk" if counts_open_time else "calendar", **STOPS)
    with judge(store, [wanted], calendars={"desk": DESK}) as judging:
        got = {}
        for case, _, code in activation_verdicts(judging, "r"):
            got.setdefault(case, []).append(code)
    for n, log in enumerate(cases):
        assert got.get(str(n), []) == slowly(log, limit, now, counts_open_time), log
