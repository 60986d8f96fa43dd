"""The tables that SQL joins say of every moment what the calendar says."""

import random
import time

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calendars.walker import local

from ketenreis.calendars import Calendar, deadlines, legal_deadlines, quarters
from ketenreis.calendars.tables import DEADLINE_COLUMNS, QUARTER_COLUMNS
from ketenreis.errors import QuantityError

QUARTER = 900_000_000
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WHOLE = Calendar.from_plain(
    {"name": "Heel", "hours": dict.fromkeys(WEEKDAYS[:5], "9:00-12:30, 13:00-17:00"), "holidays": "NL"}
)
ODD = Calendar.from_plain(
    {"name": "Scheef", "hours": {**dict.fromkeys(WEEKDAYS, "0:20-2:10, 2:27-9:07"), "friday": "1:01-23:43"}}
)
KATHMANDU = Calendar.from_plain(
    {"name": "Ver", "time_zone": "Asia/Kathmandu", "hours": dict.fromkeys(WEEKDAYS[:6], "9:10-17:05")}
)


def elapsed(rows, moment):
    """Opening time up to a moment, by the formula of the module."""
    _, before, begin, length = rows[moment // QUARTER]
    return before + min(max(moment - begin, 0), length)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([WHOLE, ODD, KATHMANDU]),
    st.sampled_from(["2026-03-27", "2026-10-23", "2028-02-27", "2029-12-30", "2034-04-01"]),
    st.integers(0, QUARTER),
    st.lists(st.integers(0, 5 * 96 * QUARTER), min_size=2, max_size=6),
)
def test_opening_time_by_the_quarter_table_is_exact_to_the_microsecond(calendar, day, shift, moments):
    first = local(f"{day}T00:00") + shift
    last = first + 5 * 96 * QUARTER
    rows = {row[0]: row for row in quarters(calendar, first, last)}
    assert sorted(rows) == list(range(first // QUARTER, last // QUARTER + 1))
    for a in moments:
        for b in moments:
            counted = elapsed(rows, first + b) - elapsed(rows, first + a)
            assert counted == calendar.open_time(first + a, first + b)


def test_whole_quarters_are_open_or_closed_and_their_row_begins_where_they_do():
    for q, _, begin, length in quarters(WHOLE, local("2026-03-28"), local("2026-04-30")):
        assert begin == q * QUARTER
        assert length in (0, QUARTER)


@pytest.mark.parametrize("calendar", [WHOLE, ODD, KATHMANDU])
@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24", "2026-12-23", "2028-02-28"])
def test_deadlines_by_quarter_are_those_of_every_moment_in_it(calendar, day):
    first, last = local(f"{day}T00:00"), local(f"{day}T00:00") + 4 * 96 * QUARTER
    working, legal = (
        dict(deadlines(calendar, 3, first, last)),
        dict(legal_deadlines(calendar, 8, first, last)),
    )
    assert list(working) == list(legal) == list(range(first // QUARTER, last // QUARTER + 1))
    for q, deadline in working.items():
        for moment in (q * QUARTER, (q + 1) * QUARTER - 1):
            assert deadline == calendar.add_working_days(moment, 3)
            assert legal[q] == calendar.add_weeks_legal(moment, 8)


def test_the_tables_join_in_duckdb_as_the_calendar_counts():
    first, last = local("2026-01-01"), local("2028-12-31")
    chance = random.Random(7)
    pairs = [sorted((chance.randrange(first, last), chance.randrange(first, last))) for _ in range(300)]
    con = duckdb.connect()
    for name, columns, rows in (
        ("opening", QUARTER_COLUMNS, quarters(ODD, first, last)),
        ("promised", DEADLINE_COLUMNS, deadlines(ODD, 5, first, last)),
        ("cases", ("x", "y"), pairs),
    ):
        values = np.array(list(rows), dtype=np.int64)
        named = {column: values[:, n].copy() for n, column in enumerate(columns)}
        con.register("named", named)
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM named")
    up_to = "{0}.open_us_before + LEAST(GREATEST({1} - {0}.open_from_us, 0), {0}.open_us)"
    found = con.execute(
        f"SELECT c.x, c.y, {up_to.format('b', 'c.y')} - ({up_to.format('a', 'c.x')}), p.deadline_us FROM cases AS c "
        f"JOIN opening AS a ON a.q = c.x // {QUARTER} JOIN opening AS b ON b.q = c.y // {QUARTER} "
        f"JOIN promised AS p ON p.q = c.x // {QUARTER}"
    ).fetchall()
    assert len(found) == len(pairs)
    for x, y, opening, deadline in found:
        assert opening == ODD.open_time(x, y)
        assert deadline == ODD.add_working_days(x, 5)


def test_an_edited_holiday_moves_only_the_quarters_of_its_day():
    first, last = local("2026-07-01"), local("2026-08-01")
    edited = Calendar.from_plain({**WHOLE.to_plain(), "closed": ["2026-07-15"]})
    length = {row[0]: row[3] for row in quarters(WHOLE, first, last)}
    changed = [row[0] for row in quarters(edited, first, last) if row[3] != length[row[0]]]
    assert len(changed) == 30  # seven and a half hours
    assert {local("2026-07-15") <= q * QUARTER < local("2026-07-16") for q in changed} == {True}


def test_ten_years_of_both_tables_are_made_at_once():
    first, last = local("2025-01-01"), local("2035-01-01")
    started = time.process_time()
    assert sum(1 for _ in quarters(WHOLE, first, last)) == 350_593
    assert sum(1 for _ in deadlines(WHOLE, 5, first, last)) == 350_593
    assert time.process_time() - started < 2  # 0.5 s when nothing else runs


def test_two_openings_in_a_quarter_in_which_the_clock_changes_are_refused():
    # In St. John's the clock went back from 0:01 to 23:01: open until then, closed until 23:10, and open again.
    coast = Calendar.from_plain(
        {
            "name": "Kust",
            "time_zone": "America/St_Johns",
            "hours": {"saturday": "23:10-24:00", "sunday": "0:00-9:00"},
        }
    )
    assert len(list(quarters(coast, local("2009-01-01"), local("2009-03-01")))) == 59 * 96 + 1
    with pytest.raises(QuantityError, match="America/St_Johns changes within a quarter of an hour"):
        list(quarters(coast, local("2008-11-01"), local("2008-11-04")))


def test_each_quarter_has_one_deadline_also_where_midnight_fell_within_one():
    coast = Calendar.from_plain({"name": "Kust", "time_zone": "America/St_Johns"})
    first, last = local("2008-10-31"), local("2008-11-05")
    found = [q for q, _ in deadlines(coast, 1, first, last)]
    assert found == list(range(first // QUARTER, last // QUARTER + 1))


def test_moments_outside_the_years_have_no_table():
    with pytest.raises(QuantityError, match="answers for the years"):
        list(quarters(WHOLE, 0, QUARTER))
