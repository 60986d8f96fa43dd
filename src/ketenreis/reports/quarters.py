"""Which quarter is it, and which weeks are of it? A week belongs to the quarter of its Monday."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ketenreis.measure.predicates import microseconds


def quarter_of(day: date) -> str:
    """The quarter that a day lies in.

    Example:
        >>> quarter_of(date(2026, 11, 22))
        '2026-Q4'
    """
    return f"{day.year}-Q{(day.month + 2) // 3}"


def quarter_before(quarter: str) -> str:
    """The quarter before another.

    Example:
        >>> quarter_before("2026-Q1"), quarter_before("2026-Q3")
        ('2025-Q4', '2026-Q2')
    """
    return quarter_of(_first_day(quarter) - timedelta(days=1))


def mondays(quarter: str) -> tuple[date, date]:
    """The Monday of its first week, and that of the first week of the quarter after it.

    Example:
        >>> [str(day) for day in mondays("2026-Q4")]
        ['2026-10-05', '2027-01-04']
    """
    first = _first_day(quarter)
    after = _first_day(quarter_of(first + timedelta(days=95)))
    return _monday_from(first), _monday_from(after)


def moments(quarter: str, zone: ZoneInfo) -> tuple[int, int]:
    """When its first week begins and its last has ended, in microseconds UTC."""
    begin, end = (microseconds(datetime.combine(day, time(), zone)) for day in mondays(quarter))
    return begin, end


def _first_day(quarter: str) -> date:
    return date(int(quarter[:4]), 3 * int(quarter[-1]) - 2, 1)


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
