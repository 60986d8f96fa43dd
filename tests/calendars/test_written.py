"""A calendar is read from plain text, written back alike, and says what it cannot read."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.calendars import Calendar
from ketenreis.calendars.hours import read_hours, write_hours
from ketenreis.calendars.written import KEYS
from ketenreis.errors import QuantityError

FULL = {
    "name": "Loket",
    "time_zone": "Europe/Amsterdam",
    "hours": {"monday": "9:00-12:30, 13:00-17:00", "saturday": "10:00-16:00"},
    "working_days": ["monday", "tuesday"],
    "holidays": "NL",
    "liberation_day": "every year",
    "works_on": ["Goede vrijdag"],
    "equated": ["2026-05-15"],
    "school": "Midden",
    "closed_in_school_holidays": True,
    "closed": ["2026-07-15", "2026-12-24"],
    "open": {"2026-12-27": "12:00-17:00", "2026-12-31": "closed"},
}


def test_a_calendar_is_written_back_as_it_was_read():
    assert set(FULL) == set(KEYS)
    assert Calendar.from_plain(FULL).to_plain() == FULL
    assert Calendar.from_plain(Calendar.from_plain({"name": "X"}).to_plain()) == Calendar.from_plain(
        {"name": "X"}
    )


def test_dates_and_words_are_read_as_people_and_yaml_write_them():
    read = Calendar.from_plain(
        {"name": " Loket ", "hours": {"Monday": "9-17", "tuesday": "9.00–12.30", "friday": None}, "closed": [date(2026, 7, 15)],
         "open": {date(2026, 7, 18): "gesloten"}, "holidays": "nl", "school": "zuid"}
    )  # fmt: skip
    assert read.hours[:5] == (((540, 1020),), ((540, 750),), (), (), ())
    assert (read.name, read.country, read.school) == ("Loket", "NL", "Zuid")
    assert read.hours_on(date(2026, 7, 18)) == ()


def test_a_calendar_is_a_value():
    one, two = Calendar.from_plain(FULL), Calendar.from_plain(dict(reversed(FULL.items())))
    assert one == two
    assert hash(one) == hash(two)
    with pytest.raises(AttributeError):
        one.name = "other"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"holiday": "NL"}, "calendar: “holiday” is not known; did you mean “holidays”?"),
        ({"Hours": {}}, "did you mean “hours”?"),
        ({"name": ""}, "name: write a word"),
        ({"time_zone": "Europe/Amsterdan"}, "time_zone: “Europe/Amsterdan” is not known; did you mean “Europe/Amsterdam”?"),
        ({"time_zone": "Europe"}, "time_zone: “Europe” is not known"),
        ({"time_zone": "../etc/passwd"}, "time_zone: “../etc/passwd” is not known"),
        ({"holidays": "NLX"}, "did you mean “NL”?"),
        ({"school": "Miden"}, "school: “Miden” is not known; did you mean “Midden”?"),
        ({"liberation_day": "each year"}, "did you mean “every year”?"),
        ({"works_on": ["Goede vrijdg"]}, "works_on: “Goede vrijdg” is not known; did you mean “Goede vrijdag”?"),
        ({"works_on": "Goede vrijdag"}, "works_on: write a list"),
        ({"holidays": None, "liberation_day": "every five years"}, "works_on: name the country too"),
        ({"holidays": "DE", "works_on": []}, "liberation_day: it is a holiday of the Netherlands"),
        ({"school": None}, "closed_in_school_holidays: name the region too"),
        ({"closed_in_school_holidays": "yes"}, "write true or false"),
        ({"hours": {"mondy": "9-17"}}, "hours: “mondy” is not known; did you mean “monday”?"),
        ({"hours": {"maandag": "9-17"}}, "hours: “maandag” is not known; did you mean “monday”?"),
        ({"hours": "9-17"}, "hours: write a line for each day"),
        ({"hours": {"monday": "nine to five"}}, "hours, monday: “nine to five” is not an opening time"),
        ({"hours": {"monday": 540}}, "hours, monday: “540” is not an opening time"),
        ({"hours": {"monday": "9:75-17:00"}}, "is not an opening time"),
        ({"hours": {"monday": "22:00-6:00"}}, "written on both days"),
        ({"hours": {"monday": "22:00-25:00"}}, "written on both days"),
        ({"hours": {"monday": "9-12, 11-17"}}, "in order and without overlap"),
        ({"hours": {"monday": "9:00-12:20, 12:30-17:00"}}, "the break from 12:20 to 12:30 is shorter than 15 minutes"),
        ({"hours": {"monday": "9:00-12:20, 12:21-17:00"}}, "the break from 12:20 to 12:21 is shorter"),
        ({"hours": {"monday": "9:00-23:50"}}, "until 23:45 or at 24:00"),
        ({"hours": {"monday": "0:05-9:00"}}, "begin at 0:00 or from 0:15 on"),
        ({"closed": ["15-7-2026"]}, "closed: “15-7-2026” is not a date"),
        ({"closed": [datetime(2026, 7, 15, 12, tzinfo=UTC)]}, "is not a date"),
        ({"closed": "2026-07-15"}, "closed: write a list"),
        ({"closed": ["2026-12-27"]}, "open: 2026-12-27 is also listed as closed"),
        ({"open": {"2026-12-27": "12"}}, "open, 2026-12-27: “12” is not an opening time"),
        ({"open": {"2026-12-27": "12-13", date(2026, 12, 27): "14-15"}}, "open: a day is listed twice"),
        ({"working_days": ["weekend"]}, "working_days: “weekend” is not known"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_the_nearest_right_word(change, said):
    with pytest.raises(QuantityError) as problem:
        Calendar.from_plain({**FULL, **change})
    assert said in str(problem.value)


def test_a_calendar_without_a_name_is_asked_for_one():
    with pytest.raises(QuantityError, match="name: a calendar needs one"):
        Calendar.from_plain({"holidays": "NL"})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"country": "nl"}, "did you mean “NL”?"),
        ({"hours": ()}, "a week has 7 days, and 0 are given"),
        ({"hours": (((540, 500),),) * 7}, "monday: 9:00-8:20 does not end after it begins"),
        ({"time_zone": "Europe/Amsterdan"}, "did you mean “Europe/Amsterdam”?"),
    ],
)
def test_a_calendar_made_in_python_is_held_to_the_same(fields, said):
    with pytest.raises(QuantityError) as problem:
        Calendar(name="X", **fields)
    assert said in str(problem.value)


@given(
    st.lists(st.integers(1, 95), min_size=2, max_size=6, unique=True).filter(lambda cuts: len(cuts) % 2 == 0)
)
def test_opening_hours_are_read_as_they_are_written(cuts):
    edges = sorted(15 * cut for cut in cuts)
    hours = tuple(zip(edges[::2], edges[1::2], strict=True))
    assert read_hours(write_hours(hours), "monday") == hours
