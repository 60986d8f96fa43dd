"""The figures of the permit case, worked out from the log with the standard library: what the product must find."""

import csv
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_file

pytestmark = pytest.mark.data
FORTNIGHT = timedelta(days=14)
REGISTERED, CONFIRMED = "Confirmation of receipt", "T05 Print and send confirmation of receipt"


@pytest.fixture(scope="module")
def rows(shared_data):
    with (shared_data / "eventlogs/receipt/receipt.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cases(rows):
    """Events of each case by time, then by their place in the file."""
    found = defaultdict(list)
    for place, row in enumerate(rows):
        found[row["case:concept:name"]].append((moment(row["time:timestamp"]), place, row))
    return {
        case: [row for _, _, row in sorted(events, key=lambda event: event[:2])]
        for case, events in found.items()
    }


@pytest.fixture(scope="module")
def now(rows):
    return max(moment(row["time:timestamp"]) for row in rows)


def moment(text):
    return datetime.fromisoformat(text) if text else None


def first(events, label):
    return next((moment(row["time:timestamp"]) for row in events if row["concept:name"] == label), None)


def judged(done, deadline, now):
    if done is not None:
        return "met" if done <= deadline else "late"
    return "overdue" if now > deadline else "open"


def changes(cases, *, with_unknown):
    pairs = [pair for events in cases.values() for pair in pairwise(row["org:group"] for row in events)]
    return sum(one != other and (with_unknown or "EMPTY" not in (one, other)) for one, other in pairs)


def test_the_confirmation_is_sent_within_two_weeks_in_1242_of_1434_cases(cases):
    both = [(first(events, REGISTERED), first(events, CONFIRMED)) for events in cases.values()]
    assert len(both) == 1434
    assert all(registered for registered, _ in both)
    assert (
        sum(sent is not None and registered <= sent <= registered + FORTNIGHT for registered, sent in both)
        == 1242
    )


def test_counted_from_the_application_that_is_416(cases):
    both = [(moment(events[0]["case:startdate"]), first(events, CONFIRMED)) for events in cases.values()]
    assert sum(sent is not None and sent <= applied + FORTNIGHT for applied, sent in both) == 416
    # In two cases the application is dated after its confirmation: a rule that asks what came after it counts two fewer.
    assert sum(sent is not None and applied <= sent <= applied + FORTNIGHT for applied, sent in both) == 414


def test_confirmations_are_in_time_by_channel(cases):
    found = defaultdict(Counter)
    for events in cases.values():
        sent = first(events, CONFIRMED)
        in_time = sent is not None and sent <= first(events, REGISTERED) + FORTNIGHT
        found[events[0]["case:channel"]][in_time] += 1
    assert {channel: (counts[True], counts.total()) for channel, counts in found.items()} == {
        "Internet": (1085, 1250),
        "Desk": (93, 109),
        "Post": (44, 53),
        "e-mail": (19, 21),
        "Intern": (1, 1),
    }


def test_closed_cases_settle_what_is_still_pending(cases, now):
    verdicts = Counter()
    for events in cases.values():
        due, sent = first(events, REGISTERED) + FORTNIGHT, first(events, CONFIRMED)
        is_closed = bool(events[0]["case:enddate"])
        in_time = sent is not None and sent <= due
        verdicts["fulfilled" if in_time else "violated" if now > due or is_closed else "pending"] += 1
    assert verdicts == {"fulfilled": 1242, "violated": 191, "pending": 1}


def test_the_deadline_is_met_as_often_as_the_end_date_says(cases, now):
    by_end = Counter(
        judged(moment(events[0]["case:enddate"]), moment(events[0]["case:deadline"]), now)
        for events in cases.values()
    )
    assert by_end == {"met": 952, "late": 377, "overdue": 39, "open": 66}


def test_the_deadline_by_the_confirmation_differs(cases, now):
    by_confirmation = Counter(
        judged(first(events, CONFIRMED), moment(events[0]["case:deadline"]), now) for events in cases.values()
    )
    assert by_confirmation == {"met": 1252, "late": 48, "overdue": 128, "open": 6}


def test_of_the_six_open_confirmations_four_belong_to_cases_that_have_ended(cases, now):
    still_open = [
        events[0]
        for events in cases.values()
        if judged(first(events, CONFIRMED), moment(events[0]["case:deadline"]), now) == "open"
    ]
    assert [bool(row["case:enddate"]) for row in still_open].count(True) == 4
    assert all(
        moment(row["case:enddate"]) < moment(row["case:deadline"])
        for row in still_open
        if row["case:enddate"]
    )


def test_no_case_ends_after_the_last_event_and_117_end_before_their_first(cases, now):
    ends = [
        (moment(events[0]["case:enddate"]), moment(events[0]["time:timestamp"])) for events in cases.values()
    ]
    assert sum(end is None for end, _ in ends) == 105
    assert all(end <= now for end, _ in ends if end)
    assert sum(end < begun for end, begun in ends if end) == 117


def test_groups_change_5440_times_and_3548_times_between_known_ones(rows, cases):
    assert changes(cases, with_unknown=True) == 5440
    assert changes(cases, with_unknown=False) == 3548
    assert sum(row["org:group"] == "EMPTY" for row in rows) == 1936


def test_the_department_never_changes_within_a_case(cases):
    assert all(len({row["case:department"] for row in events}) == 1 for events in cases.values())


def test_the_mapping_knows_every_column_and_label_of_the_log(rows):
    mapping = read_mapping(mapping_file("permit"))
    labels = {row["concept:name"] for row in rows}
    assert labels | set(mapping.dates_as_events.values()) == set(mapping.labels)
    assert {*mapping.columns.values(), *mapping.dates_as_events, *mapping.personal} <= set(rows[0])
