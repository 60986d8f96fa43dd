"""What does the clock on the wall say: moments (microseconds UTC) against local days, exact across clock changes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ketenreis.errors import QuantityError

SECOND = 1_000_000
MINUTE = 60 * SECOND
QUARTER = 15 * MINUTE
DAY = 24 * 60 * MINUTE

YEARS = range(1973, 2100)
"""The years that a calendar answers for.

Since 1972, when Liberia followed, every clock differs from UTC by whole quarters of an hour: a table per quarter is
exact. After 2099 the published rules for holidays end.
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = date(1970, 1, 1).toordinal()


def _year_start(year: int) -> int:
    """The first moment of a year in UTC."""
    return (date(year, 1, 1).toordinal() - EPOCH_DAY) * DAY


FIRST_US, LAST_US = _year_start(YEARS[0]), _year_start(YEARS[-1] + 1)


def offset_at(zone: str, moment_us: int) -> int:
    """How far local clocks are ahead of UTC at a moment, in microseconds.

    Raises:
        QuantityError: The moment lies outside the years that a calendar answers for.
    """
    if not FIRST_US <= moment_us <= LAST_US:
        raise QuantityError(
            f"A calendar answers for the years {YEARS[0]} to {YEARS[-1]}; "
            f"{moment_us} microseconds since 1970 lies outside them."
        )
    shift = datetime.fromtimestamp(moment_us // SECOND, ZoneInfo(zone)).utcoffset()
    return (shift or timedelta()) // timedelta(microseconds=1)


def day_of(zone: str, moment_us: int) -> date:
    """The local day on which a moment falls."""
    return date.fromordinal(EPOCH_DAY + (moment_us + offset_at(zone, moment_us)) // DAY)


def start_of(zone: str, day: date) -> int:
    """The first moment of a local day: its midnight, or the moment that the clock jumped over midnight."""
    return (datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) - _EPOCH) // timedelta(
        microseconds=1
    )


def pieces(zone: str, from_us: int, to_us: int) -> Iterator[tuple[int, int, int]]:
    """Cuts time where the clock changes.

    Returns:
        (from_us, to_us, offset_us) in order, half-open, without holes: within a piece local time is UTC plus the offset.
    """
    offset, begin = offset_at(zone, from_us), from_us
    for year in range(_year_of(from_us), min(_year_of(to_us), YEARS[-1]) + 1):
        for moment, after in _changes(zone, year):
            if begin < moment < to_us:
                yield begin, moment, offset
                begin, offset = moment, after
    if begin < to_us:
        yield begin, to_us, offset


@lru_cache(maxsize=2048)
def _changes(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    """The clock changes within a year of UTC, each with the offset after it; no clock changes twice within a day."""
    found = []
    moment, end = _year_start(year), _year_start(year + 1)
    before = offset_at(zone, moment)
    while moment < end:
        following = moment + DAY
        after = offset_at(zone, following)
        if after != before:
            low, high = moment, following
            while high - low > SECOND:
                middle = (low + high) // (2 * SECOND) * SECOND
                low, high = (middle, high) if offset_at(zone, middle) == before else (low, middle)
            found.append((high, after))
        moment, before = following, after
    return tuple(found)


def _year_of(moment_us: int) -> int:
    return (_EPOCH + timedelta(microseconds=moment_us)).year
