"""Handovers between departments, against a walk through the same events in plain Python."""

import csv
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketenreis.errors import PersonalSplitError
from ketenreis.events.from_rows import write_store
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_file
from ketenreis.measure.handovers import handovers

START = datetime(2026, 3, 2, tzinfo=UTC)


def store_of(folder, cases, attribute="department"):
    rows = [
        (str(number), "works", START + timedelta(minutes=10 * minute), {attribute: department})
        for number, departments in enumerate(cases)
        for minute, department in enumerate(departments)
    ]
    return write_store(folder, rows)


def walked(cases):
    """Per pair: handovers, cases, straight back, cases with that, and there-back-there again."""
    found = defaultdict(lambda: [0, set(), 0, set(), set()])
    for number, departments in enumerate(cases):
        passes = [(a, b) for a, b in pairwise(departments) if a and b and a != b]
        for at, (giver, receiver) in enumerate(passes):
            row = found[giver, receiver]
            row[0] += 1
            row[1].add(number)
            if passes[at + 1 : at + 2] == [(receiver, giver)]:
                row[2] += 1
                row[3].add(number)
                if passes[at + 2 : at + 3] == [(giver, receiver)]:
                    row[4].add(number)
    return {pair: (n, len(c), back, len(bc), len(again)) for pair, (n, c, back, bc, again) in found.items()}


def test_a_handful_counted_by_hand(tmp_path):
    cases = [["A", "A", "B"]] * 3 + [["A", "B", "A", "B"]] * 2 + [["A", None, "B"]] * 4 + [["B", "A"]] * 4
    found = handovers(store_of(tmp_path / "s", cases))
    (pair, back) = sorted(found.pairs, key=lambda pair: pair.giver)
    assert (pair.handovers, pair.cases, pair.returned, pair.returned_cases, pair.ping_pong_cases) == (
        7,
        5,
        2,
        2,
        2,
    )
    assert pair.complete_at_first == pytest.approx(3 / 5)
    assert pair.waits[0.5] == 600
    assert (back.handovers, back.cases, back.returned_cases) == (6, 6, 2)
    assert (found.handovers, found.changes, found.unknown) == (13, 21, 4)
    assert (found.cases, found.returned_cases) == (9, 2)


def test_a_pair_of_fewer_than_five_cases_is_not_shown(tmp_path):
    found = handovers(store_of(tmp_path / "s", [["A", "B"]] * 4))
    assert (found.pairs, found.handovers) == ((), 4)


def test_nothing_is_counted_between_persons(tmp_path):
    with pytest.raises(PersonalSplitError, match="between departments only"):
        handovers(store_of(tmp_path / "s", [["Jansen", "Peters"]] * 9, "employee"), "employee")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(["A", "B", "C", None]), max_size=8), min_size=12, max_size=40))
def test_the_engine_agrees_with_a_walk(tmp_path, cases):
    cases = [*cases, ["A", "B"], ["A", None]]  # so that departments vary within a case
    found = handovers(store_of(tmp_path / "s", cases))
    expected = {pair: row for pair, row in walked(cases).items() if row[1] >= 5}
    got = {
        (p.giver, p.receiver): (p.handovers, p.cases, p.returned, p.returned_cases, p.ping_pong_cases)
        for p in found.pairs
    }
    assert got == expected


@pytest.mark.data
def test_the_permit_log_changes_groups_as_often_as_its_file_says(shared_data, tmp_path):
    file = shared_data / "eventlogs/receipt/receipt.csv"
    found = handovers(import_events(file, tmp_path / "s", read_mapping(mapping_file("permit"))).store)
    assert (found.changes, found.handovers, found.unknown) == (5440, 3548, 1936)
    cases = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            cases[row["case:concept:name"]].append(
                (datetime.fromisoformat(row["time:timestamp"]), row["org:group"])
            )
    waits = defaultdict(list)
    for events in cases.values():
        for (left, giver), (taken, receiver) in pairwise(sorted(events, key=lambda event: event[0])):
            if giver != receiver and "EMPTY" not in (giver, receiver):
                waits[giver, receiver].append((taken - left).total_seconds())
    assert Counter({pair: len(seconds) for pair, seconds in waits.items()}).total() == 3548
    for pair in found.pairs:
        assert pair.handovers == len(waits[pair.giver, pair.receiver])
        assert pair.waits[0.5] == pytest.approx(median(waits[pair.giver, pair.receiver]), abs=1e-6)


def test_what_was_handed_over_in_two_halves_is_all_that_was(tmp_path):
    store = store_of(tmp_path / "s", [["A", "B", "A", "B", "C"], ["A", None, "B", "C"]] * 6)
    start, half = (round((START + timedelta(minutes=minutes)).timestamp() * 1_000_000) for minutes in (0, 25))
    whole, early, late = (
        handovers(store, between=between) for between in (None, (start, half), (half, 2 * half))
    )
    for name in ("handovers", "changes", "unknown"):
        assert getattr(early, name) + getattr(late, name) == getattr(whole, name), name
    by_ends = {
        (pair.giver, pair.receiver): (pair.handovers, pair.returned) for pair in (*early.pairs, *late.pairs)
    }
    # until the 25th minute: A to B at 0, B to A at 10, A to B at 20; from then on: B to C at 30, and at 20 of the other half
    assert [(pair.giver, pair.receiver, pair.handovers) for pair in early.pairs] == [
        ("A", "B", 12),
        ("B", "A", 6),
        ("B", "C", 6),
    ]
    assert [(pair.giver, pair.receiver, pair.handovers) for pair in late.pairs] == [("B", "C", 6)]
    assert by_ends["A", "B"] == (12, 6)
