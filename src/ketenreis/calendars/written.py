"""How a calendar is written in a model: one row for each key, with how it is read and how it is written back."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from ketenreis.calendars.free_days import LIBERATION_DAY, SCHOOL_REGIONS, countries
from ketenreis.calendars.hours import CLOSED, Hours, read_hours, write_hours
from ketenreis.errors import QuantityError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_DUTCH = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def choose(word: object, among: Iterable[str], place: str) -> str:
    """The word as it is known, in whatever case it was written.

    Raises:
        QuantityError: It is not known; the message names the nearest.

    Example:
        >>> choose("noord", ("Noord", "Midden", "Zuid"), "school")
        'Noord'
    """
    known = {each.lower(): each for each in among}
    asked = str(word).strip().lower()
    if asked in known:
        return known[asked]
    near = difflib.get_close_matches(asked[:100], known, 1, 0.5)
    listed = ", ".join(list(known.values())[:12]) + (", …" if len(known) > 12 else "")
    hint = f"did you mean “{known[near[0]]}”?" if near else f"write one of: {listed}"
    raise QuantityError(f"{place}: “{str(word)[:100]}” is not known; {hint}")


def time_zone(value: object, place: str) -> str:
    """The name of a time zone.

    Raises:
        QuantityError: There is none of that name; the message names the nearest.
    """
    name = _text(value, place)
    return name if is_time_zone(name) else choose(name, sorted(available_timezones()), place)


def is_time_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # not a path, a folder of zones, no such zone
        return False
    return True


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise QuantityError(f"{place}: write a word; “{'' if value is None else value}” is not one.")
    return value.strip()


def _entries(value: object, place: str) -> list[object]:
    if not isinstance(value, (list, tuple)):
        raise QuantityError(f"{place}: write a list, also when it has one entry.")
    return list(value)


def _lines(value: object, place: str) -> Mapping[object, object]:
    if not isinstance(value, Mapping):
        raise QuantityError(f"{place}: write a line for each day, with the day before the colon.")
    return value


def _yes(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise QuantityError(f"{place}: “{value}” is not known; write true or false.")
    return value


def _weekday(word: object, place: str) -> int:
    asked = str(word).strip().lower()
    if asked in _DUTCH:
        raise QuantityError(
            f"{place}: “{asked}” is not known; did you mean “{WEEKDAYS[_DUTCH.index(asked)]}”?"
        )
    return WEEKDAYS.index(choose(word, WEEKDAYS, place))


def _day(value: object, place: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise QuantityError(
            f"{place}: “{value}” is not a date. Write year-month-day, for example: 2026-12-24"
        ) from None


def _hours(value: object, place: str) -> Hours:
    if value is None:
        return CLOSED
    if not isinstance(value, str):
        raise QuantityError(f"{place}: “{value}” is not an opening time; for example: 9:00-17:00")
    return read_hours(value, place)


def _week(value: object, place: str) -> tuple[Hours, ...]:
    """Opening hours from Monday to Sunday; a weekday that is left out is closed."""
    week = [CLOSED] * 7
    for day, hours in _lines(value, place).items():
        number = _weekday(day, place)
        week[number] = _hours(hours, f"{place}, {WEEKDAYS[number]}")
    return tuple(week)


def _opened(value: object, place: str) -> tuple[tuple[date, Hours], ...]:
    return tuple(
        sorted(
            (_day(day, place), _hours(hours, f"{place}, {day}"))
            for day, hours in _lines(value, place).items()
        )
    )


def _days(value: object, place: str) -> frozenset[date]:
    return frozenset(_day(each, place) for each in _entries(value, place))


def _plain_days(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a calendar in a model: the field it fills, how its value is read, and how it is written."""

    field: str
    read: Callable[[object, str], object]
    write: Callable[[Any], object] = lambda value: value


def _one_of(among: Callable[[], Iterable[str]]) -> Callable[[object, str], str]:
    """Reads a word among some; nothing written is none."""
    return lambda value, place: "" if value is None else choose(value, among(), place)


KEYS: Mapping[str, Key] = {
    "name": Key("name", _text),
    "time_zone": Key("time_zone", time_zone),
    "hours": Key(
        "hours", _week, lambda week: {d: write_hours(h) for d, h in zip(WEEKDAYS, week, strict=True) if h}
    ),
    "working_days": Key(
        "working_days",
        lambda value, place: frozenset(_weekday(each, place) for each in _entries(value, place)),
        lambda days: [WEEKDAYS[day] for day in sorted(days)],
    ),
    "holidays": Key("country", _one_of(countries)),
    "liberation_day": Key("liberation_day", _one_of(lambda: LIBERATION_DAY)),
    "works_on": Key(
        "works_on",
        lambda value, place: frozenset(_text(each, place) for each in _entries(value, place)),
        sorted,
    ),
    "equated": Key("equated", _days, _plain_days),
    "school": Key("school", _one_of(lambda: SCHOOL_REGIONS)),
    "closed_in_school_holidays": Key("closed_in_school_holidays", _yes),
    "closed": Key("closed", _days, _plain_days),
    "open": Key("opened", _opened, lambda days: {day.isoformat(): write_hours(hours) for day, hours in days}),
}
"""What a calendar can say; `name` it must."""
