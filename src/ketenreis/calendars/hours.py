"""Opening hours of one day: as people write them, and as minutes since local midnight."""

import re
from itertools import pairwise

from ketenreis.errors import QuantityError

Hours = tuple[tuple[int, int], ...]
"""Opening times of a day in order, in minutes since midnight: half-open, from the opening until the closing."""

WHOLE_DAY: Hours = ((0, 1440),)
CLOSED: Hours = ()
SHORTEST_BREAK = 15

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?")
_EXAMPLE = "9:00-12:30, 13:00-17:00"


def read_hours(text: str, place: str) -> Hours:
    """Reads "9:00-12:30, 13:00-17:00", "9-17" or "closed".

    Args:
        text: What was written.
        place: Where it stands, for the message: "monday".

    Raises:
        QuantityError: It cannot be read as opening hours.

    Example:
        >>> read_hours("9:00-12:30, 13:00-17:00", "monday")
        ((540, 750), (780, 1020))
    """
    if text.strip().lower() in ("closed", "gesloten"):
        return CLOSED
    found = []
    for part in text.split(","):
        span = _SPAN.fullmatch(part.strip())
        if not span or int(span[2] or 0) > 59 or int(span[4] or 0) > 59:
            raise QuantityError(f"{place}: “{part.strip()}” is not an opening time; for example: {_EXAMPLE}")
        found.append((int(span[1]) * 60 + int(span[2] or 0), int(span[3]) * 60 + int(span[4] or 0)))
    return checked(tuple(found), place)


def write_hours(hours: Hours) -> str:
    """Writes opening hours as they are read.

    Example:
        >>> write_hours(((540, 1020),)), write_hours(())
        ('9:00-17:00', 'closed')
    """
    return ", ".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in hours) or "closed"


def checked(hours: Hours, place: str) -> Hours:
    """The same hours, when they are in order and their breaks are long enough.

    A break of at least a quarter of an hour keeps one stretch of opening time in each quarter, which is what makes a
    table per quarter exact to the microsecond.

    Raises:
        QuantityError: They are not.
    """
    for opens, closes in hours:
        if not 0 <= opens < closes <= 1440:
            raise QuantityError(
                f"{place}: {_clock(opens)}-{_clock(closes)} does not end after it begins, within one day. "
                "Times that run past midnight are written on both days: 22:00-24:00 and 0:00-6:00."
            )
    for (_, closes), (opens, _) in pairwise(hours):
        if opens < closes:
            raise QuantityError(
                f"{place}: write opening times in order and without overlap; for example: {_EXAMPLE}"
            )
        if 0 < opens - closes < SHORTEST_BREAK:
            raise QuantityError(
                f"{place}: the break from {_clock(closes)} to {_clock(opens)} is shorter than {SHORTEST_BREAK} minutes."
            )
    if hours and (0 < hours[0][0] < SHORTEST_BREAK or 0 < 1440 - hours[-1][1] < SHORTEST_BREAK):
        raise QuantityError(
            f"{place}: opening times begin at 0:00 or from 0:15 on, and end until 23:45 or at 24:00."
        )
    return hours


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
