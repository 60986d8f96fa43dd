"""Opening time, working days and legal terms against a minute-by-minute walker and days worked out by hand."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calendars.walker import FREE_2026, local, minutes_open, shown

from ketenreis.calendars import Calendar
from ketenreis.errors import QuantityError

HOUR = 3_600_000_000
DAY = 24 * HOUR
OFFICE = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "9:00-12:30, 13:00-17:00")
WEEK = [[("9:00", "12:30"), ("13:00", "17:00")]] * 5 + [[], []]
DESK = Calendar.from_plain({"name": "Loket", "hours": OFFICE, "holidays": "NL"})
NIGHT = Calendar.from_plain(
    {
        "name": "Meldkamer",
        "hours": {"saturday": "22:00-24:00", "sunday": "0:00-2:10, 2:40-6:00", "monday": "0:00-24:00"},
    }
)
NIGHT_WEEK = [[("0:00", "24:00")], [], [], [], [], [("22:00", "24:00")], [("0:00", "2:10"), ("2:40", "6:00")]]
START, END = local("2023-01-01"), local("2035-12-01")
MOMENTS = st.integers(START, END)


def ends(calendar, text, n):
    """The last day of a promise of working days, from the wall clock's text."""
    return shown(calendar.add_working_days(local(text), n) - 1_000_000).date()


def legal_end(text, weeks, **more):
    return shown(DESK.add_weeks_legal(local(text), weeks, **more) - 1_000_000).date()


def test_the_dutch_year_2026_has_the_free_days_worked_out_by_hand():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    expected = [day for day in days if day.weekday() < 5 and day not in FREE_2026]
    assert [day for day in days if DESK.is_working_day(day)] == expected
    assert len(expected) == 261 - 7  # 261 weekdays; two Sundays and one Saturday are holidays anyway


@pytest.mark.parametrize(
    ("event", "n", "last"),
    [
        ("2026-03-02T09:00", 5, date(2026, 3, 9)),  # Monday: the day itself does not count
        ("2026-03-02T23:59:59", 5, date(2026, 3, 9)),  # whatever the hour
        ("2026-03-06T16:00", 1, date(2026, 3, 9)),  # Friday: Monday
        ("2026-03-07T12:00", 1, date(2026, 3, 9)),  # Saturday: Monday too
        ("2026-04-02T12:00", 1, date(2026, 4, 7)),  # over Good Friday and Easter
        ("2026-04-24T12:00", 1, date(2026, 4, 28)),  # over King's Day
        ("2026-05-13T12:00", 2, date(2026, 5, 18)),  # over Ascension Day
        ("2026-05-22T12:00", 1, date(2026, 5, 26)),  # over Whit Monday
        ("2026-12-24T12:00", 5, date(2027, 1, 4)),  # over Christmas and New Year
        ("2026-03-27T12:00", 1, date(2026, 3, 30)),  # the clock change lies between
        ("2028-02-28T12:00", 1, date(2028, 2, 29)),  # leap day
        ("2028-02-29T12:00", 1, date(2028, 3, 1)),
        ("2026-03-03T12:00", 0, date(2026, 3, 3)),
        ("2026-03-07T12:00", 0, date(2026, 3, 9)),
    ],
)
def test_working_days_end_on_the_day_counted_by_hand(event, n, last):
    assert ends(DESK, event, n) == last
    assert DESK.add_working_days(local(event), n) == local(f"{last + timedelta(days=1)}T00:00")


def test_the_deadline_is_local_midnight_on_the_day_of_the_clock_change():
    whole_week = Calendar.from_plain(
        {"name": "Alle dagen", "hours": dict.fromkeys((*OFFICE, "saturday", "sunday"), "0-24")}
    )
    saturday, sunday = local("2026-03-28T00:00"), local("2026-03-29T00:00")
    assert whole_week.add_working_days(saturday, 1) - whole_week.add_working_days(saturday, 0) == 23 * HOUR
    assert whole_week.open_time(sunday, local("2026-03-30T00:00")) == 23 * HOUR
    assert whole_week.open_time(local("2026-10-25T00:00"), local("2026-10-26T00:00")) == 25 * HOUR
    assert whole_week.open_time(local("2028-02-01T00:00"), local("2028-03-01T00:00")) == 29 * DAY


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
@pytest.mark.parametrize("minute", range(0, 360, 37))
def test_each_minute_of_the_nights_the_clock_changes_is_open_as_the_wall_clock_shows(night, minute):
    begin = local(f"{night}T00:00") - 3 * HOUR
    end = begin + 3 * HOUR + minute * 60_000_000
    assert NIGHT.open_time(begin, end) == minutes_open(begin, end, NIGHT_WEEK)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 52 * 7 * 24 * 60), st.integers(0, 10 * 24 * 60))
def test_opening_time_is_what_a_minute_by_minute_walker_counts(start, length):
    begin = local("2026-01-01T00:00") + start * 60_000_000
    end = min(begin + length * 60_000_000, local("2027-01-01T00:00"))
    assert DESK.open_time(begin, end) == minutes_open(begin, end, WEEK, free=FREE_2026)


@pytest.mark.parametrize(
    "zone", ["America/Sao_Paulo", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia", "Asia/Kathmandu"]
)
@pytest.mark.parametrize(
    "around",
    ["2011-12-28", "2018-02-16", "2018-11-02", "2018-11-03", "2018-03-10", "2018-03-31", "2018-10-06"],
)
def test_odd_time_zones_follow_the_wall_clock_too(zone, around):
    calendar = Calendar.from_plain(
        {
            "name": "Ver",
            "time_zone": zone,
            "hours": dict.fromkeys(("friday", "saturday", "sunday", "monday"), "0:00-1:20, 1:45-9:00, 20-24"),
        }
    )
    week = [
        [("0:00", "1:20"), ("1:45", "9:00"), ("20:00", "24:00")] if n in (0, 4, 5, 6) else []
        for n in range(7)
    ]
    begin = local(f"{around}T00:00")
    assert calendar.open_time(begin, begin + 4 * DAY) == minutes_open(
        begin, begin + 4 * DAY, week, ZoneInfo(zone)
    )


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([DESK, NIGHT]), MOMENTS, MOMENTS, MOMENTS)
def test_opening_time_adds_up_and_never_runs_back(calendar, a, b, c):
    a, b, c = sorted((a, b, c))
    assert calendar.open_time(a, b) + calendar.open_time(b, c) == calendar.open_time(a, c)
    assert 0 <= calendar.open_time(a, b) <= b - a
    assert calendar.open_time(b, a) == -calendar.open_time(a, b)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([DESK, NIGHT]), MOMENTS, st.integers(1, 900 * HOUR))
def test_adding_opening_time_is_the_inverse_of_counting_it(calendar, moment, length):
    out = calendar.add_open_time(moment, length)
    assert calendar.open_time(moment, out) == length
    assert calendar.open_time(moment, out - 1) == length - 1  # the first such moment


@settings(max_examples=60, deadline=None)
@given(MOMENTS, st.integers(0, 400), st.integers(0, 40 * DAY))
def test_a_deadline_in_working_days_never_comes_earlier_for_a_later_event_or_a_longer_promise(
    moment, n, later
):
    deadline = DESK.add_working_days(moment, n)
    assert deadline > moment
    assert DESK.add_working_days(moment + later, n) >= deadline
    assert DESK.add_working_days(moment, n + 1) > deadline or n == 0


@settings(max_examples=40, deadline=None)
@given(MOMENTS, st.integers(1, 60))
def test_working_days_are_those_that_one_counts_day_by_day(moment, n):
    day, left = shown(moment).date(), n
    while left:
        day += timedelta(days=1)
        left -= DESK.is_working_day(day)
    assert DESK.add_working_days(moment, n) == local(f"{day + timedelta(days=1)}T00:00")


def test_an_edited_holiday_changes_only_the_days_concerned():
    edited = Calendar.from_plain(
        {**DESK.to_plain(), "closed": ["2026-07-15"], "open": {"2026-04-27": "10-12"}}
    )
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(3 * 365)]
    assert [day for day in days if DESK.hours_on(day) != edited.hours_on(day)] == [
        date(2026, 4, 27),
        date(2026, 7, 15),
    ]
    assert edited.open_time(local("2026-04-27T00:00"), local("2026-04-28T00:00")) == 2 * HOUR
    assert ends(edited, "2026-07-14T12:00", 1) == date(2026, 7, 16)
    assert ends(edited, "2026-04-24T12:00", 1) == date(2026, 4, 27)
    assert ends(edited, "2026-07-15T12:00", 1) == ends(DESK, "2026-07-15T12:00", 1)


def test_other_hours_on_a_day_replace_the_usual_ones():
    eve = Calendar.from_plain({**DESK.to_plain(), "open": {"2026-12-24": "9-12", "2026-12-31": "closed"}})
    assert eve.open_time(local("2026-12-24T00:00"), local("2026-12-25T00:00")) == 3 * HOUR
    assert not eve.is_working_day(date(2026, 12, 31))


def test_opening_time_that_just_fits_runs_out_at_closing_and_not_at_the_next_opening():
    monday = local("2026-03-02T09:00")
    assert DESK.add_open_time(monday, 7 * HOUR // 2) == local("2026-03-02T12:30")
    assert DESK.add_open_time(monday, 7 * HOUR // 2 + 1) == local("2026-03-02T13:00") + 1
    assert DESK.add_open_time(local("2026-03-06T16:00"), 2 * HOUR) == local("2026-03-09T10:00")


def test_liberation_day_is_free_in_lustrum_years_or_every_year():
    yearly = Calendar.from_plain({**DESK.to_plain(), "liberation_day": "every year"})
    assert [year for year in range(2024, 2036) if not DESK.is_working_day(date(year, 5, 5))] == [
        2024,  # a Sunday
        2025,
        2029,  # a Saturday
        2030,
        2035,
    ]
    assert not any(yearly.is_working_day(date(year, 5, 5)) for year in range(2024, 2036))


def test_one_may_work_on_a_holiday_each_year():
    desk = Calendar.from_plain({**DESK.to_plain(), "works_on": ["Goede Vrijdag", "Bevrijdingsdag"]})
    assert desk.is_working_day(date(2026, 4, 3))
    assert desk.is_working_day(date(2027, 3, 26))
    assert desk.is_working_day(date(2025, 5, 5))
    assert not desk.is_working_day(date(2005, 5, 5))  # Ascension Day fell on it as well
    assert not desk.is_working_day(date(2026, 4, 6))


def test_working_days_may_be_fewer_than_the_days_one_is_open():
    shop = Calendar.from_plain(
        {
            "name": "Winkel",
            "hours": {**OFFICE, "saturday": "10-16"},
            "working_days": list(OFFICE),
            "holidays": "NL",
            "open": {"2026-12-26": "12-17", "2026-04-06": "12-17"},
        }
    )
    assert shop.open_time(local("2026-03-07T00:00"), local("2026-03-08T00:00")) == 6 * HOUR
    assert not shop.is_working_day(date(2026, 3, 7))
    assert not shop.is_working_day(date(2026, 12, 26))  # open, but a Saturday
    assert shop.is_working_day(date(2026, 4, 6))  # open on Easter Monday


def test_school_holidays_are_told_per_region_and_close_only_when_asked():
    midden = Calendar.from_plain({"name": "M", "school": "midden"})
    noord = Calendar.from_plain({"name": "N", "school": "Noord", "closed_in_school_holidays": True})
    # Summer holidays of 2026: Noord 4 July - 16 August, Midden 18 July - 30 August (Ministry of Education)
    assert [d.is_school_holiday(date(2026, 7, 6)) for d in (midden, noord)] == [False, True]
    assert [d.is_school_holiday(date(2026, 8, 28)) for d in (midden, noord)] == [True, False]
    assert midden.is_working_day(date(2026, 8, 28))
    assert not noord.is_working_day(date(2026, 7, 6))
    assert not DESK.is_school_holiday(date(2026, 7, 6))


def test_years_whose_school_holidays_are_not_all_known_are_named():
    midden = Calendar.from_plain({"name": "M", "school": "Midden"})
    assert midden.unknown_school_years(local("2024-01-01"), local("2026-12-31")) == ()
    assert 2045 in midden.unknown_school_years(local("2024-01-01"), local("2045-12-31"))
    assert DESK.unknown_school_years(local("2024-01-01"), local("2045-12-31")) == ()


@pytest.mark.parametrize(
    ("event", "weeks", "more", "last"),
    [
        ("2026-01-07T10:00", 8, {}, date(2026, 3, 4)),  # Wednesday to Wednesday
        ("2026-01-10T10:00", 8, {}, date(2026, 3, 9)),  # would end on a Saturday
        ("2026-02-06T10:00", 8, {}, date(2026, 4, 7)),  # Good Friday, then Easter
        ("2026-03-10T10:00", 8, {}, date(2026, 5, 6)),  # 5 May, a holiday of the law every year
        ("2026-03-02T10:00", 8, {}, date(2026, 4, 28)),  # King's Day
        ("2026-10-30T10:00", 8, {}, date(2026, 12, 28)),  # Christmas Day, then a weekend
        ("2026-01-10T10:00", 13, {}, date(2026, 4, 11)),  # more than twelve weeks: stays on the Saturday
        ("2026-01-07T10:00", 8, {"extension_weeks": 6}, date(2026, 4, 15)),
    ],
)
def test_a_legal_term_of_weeks_ends_on_the_day_worked_out_by_hand(event, weeks, more, last):
    assert legal_end(event, weeks, **more) == last


def test_a_royal_decree_moves_a_legal_term_and_the_own_closing_day_does_not():
    bridge = "2026-05-15"  # the Friday after Ascension Day
    decreed = Calendar.from_plain({**DESK.to_plain(), "equated": [bridge]})
    closed = Calendar.from_plain({**DESK.to_plain(), "closed": [bridge]})
    event = local("2026-03-20T10:00")  # eight weeks before it
    assert decreed.add_weeks_legal(event, 8) == local("2026-05-19T00:00")
    assert closed.add_weeks_legal(event, 8) == local("2026-05-16T00:00")
    assert decreed.is_working_day(date(2026, 5, 15))


@pytest.mark.parametrize(
    ("stops", "last"),
    [
        ([("2026-02-02T09:00", "2026-02-12T15:00")], date(2026, 3, 13)),  # 3 to 11 February: nine days
        ([("2026-02-02T09:00", "2026-02-03T15:00")], date(2026, 3, 4)),  # the next day: no day suspended
        ([("2026-02-02T09:00", "2026-02-02T15:00")], date(2026, 3, 4)),
        (
            [("2026-02-02T09:00", "2026-02-12T15:00"), ("2026-02-05T09:00", "2026-02-10T15:00")],
            date(2026, 3, 13),
        ),
        (
            [("2026-03-04T09:00", "2026-03-12T15:00")],
            date(2026, 3, 4),
        ),  # asked on the last day: nothing is left
        ([("2026-03-03T09:00", "2026-03-12T15:00")], date(2026, 3, 12)),  # 4 to 11 March: eight days
        (
            [("2026-01-02T09:00", "2026-01-10T15:00")],
            date(2026, 3, 6),
        ),  # only 8 and 9 January lie in the term
        (
            [("2026-02-02T09:00", "2026-02-12T15:00"), ("2026-03-12T09:00", "2026-03-19T15:00")],
            date(2026, 3, 19),
        ),
    ],
)
def test_a_legal_term_moves_by_the_days_that_the_clock_stood_still(stops, last):
    moments = [(local(asked), local(came)) for asked, came in stops]
    assert legal_end("2026-01-07T10:00", 8, stopped=moments) == last


def test_what_never_comes_is_said_and_not_waited_for():
    never = Calendar.from_plain({"name": "Gesloten", "hours": {}})
    with pytest.raises(QuantityError, match="“Gesloten” is not open that often before the year 2100"):
        never.add_working_days(START, 1)
    with pytest.raises(QuantityError, match="is not open that often"):
        never.add_open_time(START, 1)
    assert never.add_open_time(START, 0) == START
    with pytest.raises(QuantityError, match="write 0 or more"):
        DESK.add_working_days(START, -1)


@pytest.mark.parametrize("moment", [-(2**60), 0, local("2101-01-01"), 2**62])
def test_a_moment_outside_the_years_of_a_calendar_is_refused(moment):
    with pytest.raises(QuantityError, match="answers for the years 1973 to 2099"):
        DESK.add_working_days(moment, 1)
    with pytest.raises(QuantityError, match="answers for the years 1973 to 2099"):
        DESK.open_time(moment, moment + 1)


def test_a_calendar_that_never_closes_counts_the_clock_itself():
    always = Calendar.from_plain(
        {"name": "Altijd", "hours": dict.fromkeys((*OFFICE, "saturday", "sunday"), "0:00-24:00")}
    )
    assert list(always.stretches(START, END)) == [(START, END)]
    assert always.add_open_time(START, 5000 * DAY) == START + 5000 * DAY
