"""When does a term set by Dutch law end?

Sources:
    Algemene termijnenwet (Atw). Art. 1: a term that ends on a Saturday, Sunday or public holiday runs to the end of the
    next day that is none of these. Art. 3: the holidays, with 5 May every year and Good Friday as their equal, and days
    made their equal by royal decree. Art. 4: not for terms of more than twelve weeks. (Art. 2, two ordinary days in a
    term of three days or more, is always met by a week.)
    Algemene wet bestuursrecht (Awb) art. 4:15: a decision term is suspended from the day after the applicant is asked
    for more, until the day on which it comes.
    Regulation (EEC, Euratom) 1182/71 art. 3: the day of the event does not count; a term ends with the last hour of its
    last day. The Awb counts alike, "from the day after" (art. 6:8, 7:10).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from ketenreis.calendars.free_days import public_holidays

LONGEST = 12
"""The weeks up to which the Atw moves the end of a term (art. 4)."""


def is_free(day: date, country: str, equated: frozenset[date]) -> bool:
    """Whether a legal term cannot end on this day; the organisation's own opening hours have no say in it."""
    return (
        day.weekday() >= 5
        or day in equated
        or day in public_holidays(country, day.year, liberation_day="every year")
    )


def last_day(
    event: date,
    weeks: int,
    *,
    extension: int,
    stopped: Iterable[tuple[date, date]],
    country: str,
    equated: frozenset[date],
) -> date:
    """The last day of a term of weeks that begins the day after an event.

    Args:
        event: The day of the event.
        weeks: The length of the term.
        extension: Weeks by which it was extended, once. The extension counts as a term of its own for the twelve
            weeks of Atw art. 4: our reading, we found no ruling.
        stopped: (asked, came): the day the clock was stopped and the day it resumed, neither of them suspended.
        country: Whose holidays count.
        equated: Days made equal to a holiday by royal decree.
    """

    def moved(day: date) -> date:
        while max(weeks, extension) <= LONGEST and is_free(day, country, equated):
            day += timedelta(days=1)
        return day

    end, counted = event + timedelta(weeks=weeks + extension), event + timedelta(days=1)
    for asked, came in sorted(stopped):
        begin = max(asked + timedelta(days=1), counted)
        if begin > moved(end):
            break  # the term had run out before
        end += timedelta(days=max((came - begin).days, 0))
        counted = max(counted, came)
    return moved(end)
