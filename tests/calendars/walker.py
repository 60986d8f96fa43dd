"""The slow, obvious way to know opening time: ask the clock on the wall at every minute, and the list of days by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = 60_000_000
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

FREE_2026 = {
    date(2026, 1, 1): "Nieuwjaarsdag",
    date(2026, 4, 3): "Goede vrijdag",
    date(2026, 4, 5): "Eerste paasdag",
    date(2026, 4, 6): "Tweede paasdag",
    date(2026, 4, 27): "Koningsdag",
    date(2026, 5, 14): "Hemelvaartsdag",
    date(2026, 5, 24): "Eerste pinksterdag",
    date(2026, 5, 25): "Tweede pinksterdag",
    date(2026, 12, 25): "Eerste kerstdag",
    date(2026, 12, 26): "Tweede kerstdag",
}
"""The Dutch public holidays of 2026, by hand from the date of Easter, 5 April."""


def local(text, zone=AMSTERDAM, fold=0):
    """A moment in microseconds from what the clock on the wall shows."""
    moment = datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def shown(moment_us, zone=AMSTERDAM):
    """What the clock on the wall shows at a moment."""
    return datetime.fromtimestamp(moment_us // 1_000_000, zone)


def minutes_open(from_us, to_us, week, zone=AMSTERDAM, free=(), opened=None):
    """Opening time between two moments on whole minutes, asked minute by minute.

    Args:
        week: For each weekday a list of ("9:00", "17:00").
        free: Days that are closed.
        opened: Days with spans of their own.
    """

    def number(text):
        hour, minute = text.split(":")
        return int(hour) * 60 + int(minute)

    counted = 0
    for moment in range(from_us, to_us, MINUTE):
        clock = shown(moment, zone)
        day = clock.date()
        spans = (opened or {}).get(day, [] if day in free else week[day.weekday()])
        now = clock.hour * 60 + clock.minute
        counted += any(number(opens) <= now < number(closes) for opens, closes in spans)
    return counted * MINUTE
