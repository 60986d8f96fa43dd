"""On which days does Snelpak drive, and how long do things take? Nobody drives on a Sunday.

A round day is counted from the first Monday of 1970, six to a week, so that the day after Saturday is Monday.
"""

import numpy as np

from ketenreis.examples.generator import (
    BLOCK,
    DAY,
    HOUR,
    MONDAY,
    Real,
    Whole,
    busy,
    hour_of,
    to_local,
    to_utc,
)
from ketenreis.examples.snelpak.parameters import Parameters, Wait


def round_day(utc: Whole, until: float) -> Whole:
    """The first round day on which something can still be done before an hour of that day.

    Example:
        >>> saturday = to_utc(np.array([20_582 * DAY]))  # 9 May 2026, midnight
        >>> hours = np.array([0, 13, 15, 24 + 10, 48 + 10])  # of Saturday, Saturday, Saturday, Sunday, Monday
        >>> (round_day(saturday + hours * HOUR, 14) - round_day(saturday, 14)).tolist()
        [0, 0, 1, 1, 1]
    """
    local = to_local(utc)
    week, weekday = np.divmod(local // DAY - MONDAY, 7)
    is_that_day = (local % DAY < until * HOUR) & (weekday < 6)
    day: Whole = week * 6 + np.minimum(weekday, 5) + ~is_that_day
    return day


def on(day: Whole, hour: float | Whole) -> Whole:
    """The moment at which the clock shows an hour on a round day; the hours run on past midnight."""
    calendar = day // 6 * 7 + day % 6 + MONDAY
    return to_utc(calendar * DAY + np.rint(np.asarray(hour) * HOUR).astype(np.int64))


def eve(day: Whole, hour: float) -> Whole:
    """The same on the day before a round day, a Sunday too."""
    calendar = day // 6 * 7 + day % 6 + MONDAY
    return to_utc((calendar - 1) * DAY + int(hour * HOUR))


def lying(random: np.random.Generator, wait: Wait) -> Whole:
    """How long each parcel lies between two hands, in seconds; the longest are spread over half an hour."""
    drawn: Real = wait.median * np.exp(wait.spread * random.standard_normal(BLOCK))
    longest = wait.longest + random.random(BLOCK) * HOUR / 2
    return np.rint(np.minimum(drawn, longest)).astype(np.int64)


def between(random: np.random.Generator, low: float, high: float) -> Whole:
    """Seconds drawn evenly between two numbers of hours."""
    return random.integers(int(low * HOUR), int(high * HOUR) + 1, BLOCK)


def first_hour(parameters: Parameters) -> int:
    """The hour in which the year begins, in hours of the wall clock since 1970."""
    return hour_of(parameters.first_day)


def last_hour(parameters: Parameters) -> int:
    """The hour in which the exports are made."""
    return hour_of(*parameters.exported)


def season(parameters: Parameters) -> Real:
    """How busy each hour is, from the first day until the export."""
    hours = first_hour(parameters), last_hour(parameters)
    return busy(*hours, parameters.season, parameters.weekday, parameters.hour)
