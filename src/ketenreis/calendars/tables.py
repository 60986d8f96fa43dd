"""A calendar as tables that SQL joins by an integer key: the quarter of an hour, q = floor(microseconds UTC / 900 000 000).

Opening time up to a moment x, counted from the first quarter, is exact to the microsecond:

    open_us_before + LEAST(GREATEST(x - open_from_us, 0), open_us)        -- of the row with q = floor(x / 900e6)

and the opening time between two moments is the difference. Moments outside the table find no row: a verdict on them
cannot be given.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ketenreis.calendars.calendar import Calendar
from ketenreis.calendars.zones import DAY, EPOCH_DAY, QUARTER, pieces, start_of
from ketenreis.errors import QuantityError

QUARTER_COLUMNS = ("q", "open_us_before", "open_from_us", "open_us")
DEADLINE_COLUMNS = ("q", "deadline_us")


def quarters(calendar: Calendar, first_us: int, last_us: int) -> Iterator[tuple[int, int, int, int]]:
    """The opening time of each quarter of an hour between two moments, both quarters included.

    Returns:
        A row per quarter, see `QUARTER_COLUMNS`: its number; the opening time before it, since the first; the first
        open moment in it (its own begin when there is none); and how long it is open from there: 0 or 900 000 000
        where hours are whole quarters.

    Raises:
        QuantityError: A moment lies outside the years that a calendar answers for.
    """
    q, end, before = first_us // QUARTER, last_us // QUARTER + 1, 0
    for opens, closes in calendar.stretches(q * QUARTER, end * QUARTER):
        if opens // QUARTER < q:
            raise QuantityError(
                f"The clock of {calendar.time_zone} changes within a quarter of an hour in which “{calendar.name}” "
                "opens twice; such a calendar cannot be joined."
            )
        for closed in range(q, opens // QUARTER):
            yield closed, before, closed * QUARTER, 0
        for q in range(opens // QUARTER, -(-closes // QUARTER)):
            begin = max(opens, q * QUARTER)
            length = min(closes, (q + 1) * QUARTER) - begin
            yield q, before, begin, length
            before += length
        q = -(-closes // QUARTER)
    for closed in range(q, end):
        yield closed, before, closed * QUARTER, 0


def deadlines(calendar: Calendar, n: int, first_us: int, last_us: int) -> Iterator[tuple[int, int]]:
    """When a promise of n working days runs out, by the quarter of an hour of its event; see `add_working_days`.

    Returns:
        A row per quarter, see `DEADLINE_COLUMNS`: its number, and the first moment that is too late.

    Raises:
        QuantityError: n is below 0, so many working days do not come, or a moment lies outside the years.
    """
    return _by_quarter(calendar, first_us, last_us, lambda day: calendar.working_day_after(day, n))


def legal_deadlines(calendar: Calendar, weeks: int, first_us: int, last_us: int) -> Iterator[tuple[int, int]]:
    """When a legal term of weeks runs out, by the quarter of an hour of its event; see `add_weeks_legal`.

    Returns:
        A row per quarter, as `deadlines` gives them; for a clock that was never stopped or extended.

    Raises:
        QuantityError: A moment lies outside the years that a calendar answers for.
    """
    return _by_quarter(calendar, first_us, last_us, lambda day: calendar.last_legal_day(day, weeks))


def _by_quarter(
    calendar: Calendar, first_us: int, last_us: int, last_day: Callable[[date], date]
) -> Iterator[tuple[int, int]]:
    """The end of the last day that each local day leads to, once for each of its quarters."""
    zone = calendar.time_zone
    for begin, end, offset in pieces(zone, first_us // QUARTER * QUARTER, (last_us // QUARTER + 1) * QUARTER):
        for number in range((begin + offset) // DAY, (end + offset - 1) // DAY + 1):
            deadline = start_of(zone, last_day(date.fromordinal(number + EPOCH_DAY)) + timedelta(days=1))
            a, b = max(number * DAY - offset, begin), min((number + 1) * DAY - offset, end)
            for q in range(-(-a // QUARTER), -(-b // QUARTER)):
                yield q, deadline
