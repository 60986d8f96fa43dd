"""When is an organisation open, which days are working days, and when does a promise in them run out?"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from ketenreis.calendars import legal
from ketenreis.calendars.clock import Interval
from ketenreis.calendars.free_days import (
    LIBERATION_DAY,
    SCHOOL_REGIONS,
    countries,
    holiday_names,
    public_holidays,
    school_holidays,
    school_year_known,
)
from ketenreis.calendars.hours import CLOSED, WHOLE_DAY, Hours, checked
from ketenreis.calendars.written import KEYS, WEEKDAYS, choose, time_zone
from ketenreis.calendars.zones import DAY, EPOCH_DAY, LAST_US, MINUTE, YEARS, day_of, pieces, start_of
from ketenreis.errors import QuantityError

_STRIDE = 400 * DAY  # a calendar that never closes has one stretch of opening time: looked at in pieces
MONDAY_TO_FRIDAY: tuple[Hours, ...] = (WHOLE_DAY,) * 5 + (CLOSED,) * 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When an organisation works. The clock on its wall decides: a moment is open when that shows an opening time.

    Attributes:
        name: What people call it.
        time_zone: Where its wall hangs.
        hours: Opening hours from Monday to Sunday.
        working_days: The weekdays that count as working days, Monday 0; None for each weekday with opening hours.
        country: Whose public holidays are free, a code of two letters; empty for none.
        liberation_day: When 5 May is free in the Netherlands: "every five years" or "every year".
        works_on: Names of public holidays on which one works all the same, such as "Goede vrijdag".
        equated: Days that a royal decree makes equal to a holiday for legal terms (Atw art. 3.3); for nothing else.
        school: The Dutch region whose school holidays are known: Noord, Midden, Zuid; empty for none.
        closed_in_school_holidays: Whether they are free days; otherwise they are only told.
        closed: Further free days.
        opened: Days with opening hours of their own, whatever else would hold.

    Example:
        >>> desk = Calendar.from_plain({"name": "Desk", "hours": {"friday": "9:00-17:00"}, "holidays": "NL"})
        >>> desk.is_working_day(date(2026, 12, 18)), desk.is_working_day(date(2026, 12, 25))
        (True, False)
    """

    name: str
    time_zone: str = "Europe/Amsterdam"
    hours: tuple[Hours, ...] = MONDAY_TO_FRIDAY
    working_days: frozenset[int] | None = None
    country: str = ""
    liberation_day: str = LIBERATION_DAY[0]
    works_on: frozenset[str] = frozenset()
    equated: frozenset[date] = frozenset()
    school: str = ""
    closed_in_school_holidays: bool = False
    closed: frozenset[date] = frozenset()
    opened: tuple[tuple[date, Hours], ...] = ()

    def __post_init__(self) -> None:
        """Refuses what no calendar can be.

        Raises:
            QuantityError: A word is not known, or days contradict each other.
        """
        words = (
            ("time_zone", self.time_zone, time_zone(self.time_zone, "time_zone")),
            ("holidays", self.country, self.country and choose(self.country, countries(), "holidays")),
            ("school", self.school, self.school and choose(self.school, SCHOOL_REGIONS, "school")),
            (
                "liberation_day",
                self.liberation_day,
                choose(self.liberation_day, LIBERATION_DAY, "liberation_day"),
            ),
        )
        for place, word, known in words:
            if word != known:
                raise QuantityError(f"{place}: “{word}” is not known; did you mean “{known}”?")
        if self.liberation_day != LIBERATION_DAY[0] and self.country != "NL":
            raise QuantityError("liberation_day: it is a holiday of the Netherlands; write: holidays: NL")
        if self.works_on and not self.country:
            raise QuantityError("works_on: name the country too, for example: holidays: NL")
        for name in self.works_on:
            choose(name, holiday_names(self.country), "works_on")
        if self.closed_in_school_holidays and not self.school:
            raise QuantityError("closed_in_school_holidays: name the region too, for example: school: Midden")
        if len(self.hours) != 7:
            raise QuantityError(f"hours: a week has 7 days, and {len(self.hours)} are given.")
        for place, hours in zip(WEEKDAYS, self.hours, strict=True):
            checked(hours, place)
        for day, hours in self.opened:
            checked(hours, f"open, {day}")
            if day in self.closed:
                raise QuantityError(f"open: {day} is also listed as closed; keep one of the two.")
        if any(day == following for (day, _), (following, _) in pairwise(sorted(self.opened))):
            raise QuantityError("open: a day is listed twice; keep one of the two.")

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> "Calendar":
        """A calendar from plain texts, lists and mappings, as a model holds it.

        Args:
            plain: Only `name` must be there. Without `hours` it is open from Monday to Friday, all day long; a weekday
                that `hours` leaves out is closed.

        Raises:
            QuantityError: A key or a word is not known; the message names the nearest.
        """
        if "name" not in plain:
            raise QuantityError("name: a calendar needs one, for example: name: Loket")
        for key in plain:
            if key not in KEYS:
                near = choose(key, KEYS, "calendar")
                raise QuantityError(f"calendar: “{key}” is not known; did you mean “{near}”?")
        read = {KEYS[key].field: KEYS[key].read(value, key) for key, value in plain.items()}
        return cls(**read)  # type: ignore[arg-type]  # each value was read by its key, just above

    def to_plain(self) -> dict[str, object]:
        """The calendar as `from_plain` reads it; what stands as it would anyway is left out, the hours never.

        Example:
            >>> Calendar.from_plain({"name": "Shop", "hours": {"saturday": "10-16"}}).to_plain()
            {'name': 'Shop', 'time_zone': 'Europe/Amsterdam', 'hours': {'saturday': '10:00-16:00'}}
        """
        usual = {field.name: field.default for field in fields(self)}
        usual.update(time_zone=MISSING, hours=MISSING)
        values = {name: (key, getattr(self, key.field)) for name, key in KEYS.items()}
        return {name: key.write(value) for name, (key, value) in values.items() if value != usual[key.field]}

    def hours_on(self, day: date) -> Hours:
        """The opening hours of a day, in minutes since its midnight; none when it is closed."""
        return _year(self, day.year).hours[day.toordinal() - date(day.year, 1, 1).toordinal()]

    def is_working_day(self, day: date) -> bool:
        """Whether a day counts as a working day.

        It does when it has opening hours; where `working_days` are named, when its weekday is one of them and it is
        not free.
        """
        return day.toordinal() in _year(self, day.year).working

    def is_school_holiday(self, day: date) -> bool:
        """Whether a day lies in the school holidays of the region; False without one, and where nothing is known."""
        return day in school_holidays(self.school, day.year)

    def unknown_school_years(self, first_us: int, last_us: int) -> tuple[int, ...]:
        """The years between two moments whose school holidays are not, or not all, known: none without a region."""
        years = range(day_of(self.time_zone, first_us).year, day_of(self.time_zone, last_us).year + 1)
        return tuple(year for year in years if self.school and not school_year_known(self.school, year))

    def stretches(self, from_us: int, to_us: int) -> Iterator[Interval]:
        """The opening times between two moments.

        Returns:
            (from_us, to_us) in order: half-open, apart from each other, in microseconds UTC.

        Raises:
            QuantityError: A moment lies outside the years that a calendar answers for.
        """
        begin = end = from_us
        for piece_from, piece_to, offset in pieces(self.time_zone, from_us, to_us):
            first, last = (piece_from + offset) // DAY, (piece_to + offset - 1) // DAY
            for number, hours in self._days(first, last):
                for opens, closes in hours:
                    a = max(number * DAY + opens * MINUTE - offset, piece_from)
                    b = min(number * DAY + closes * MINUTE - offset, piece_to)
                    if a >= b:
                        continue
                    if a > end:
                        if begin < end:
                            yield begin, end
                        begin = a
                    end = b
        if begin < end:
            yield begin, end

    def open_time(self, from_us: int, to_us: int) -> int:
        """The opening time between two moments, in microseconds; below 0 when they come in the other order."""
        if to_us < from_us:
            return -self.open_time(to_us, from_us)
        return sum(end - begin for begin, end in self.stretches(from_us, to_us))

    def add_open_time(self, from_us: int, length_us: int) -> int:
        """The moment that an amount of opening time has passed, in microseconds; `from_us` itself for none.

        Raises:
            QuantityError: So much opening time does not come.
        """
        if length_us <= 0:
            return from_us
        begin, end, left = from_us, LAST_US - DAY, length_us
        while begin < end:
            until = min(begin + _STRIDE, end)
            for opens, closes in self.stretches(begin, until):
                if left <= closes - opens:
                    return opens + left
                left -= closes - opens
            begin = until
        raise self._never()

    def working_day_after(self, day: date, n: int) -> date:
        """The n-th working day after a day; for 0 the day itself, or the next when it is not one.

        Raises:
            QuantityError: n is below 0, or so many working days do not come.
        """
        if n < 0:
            raise QuantityError(f"{n} working days cannot be counted; write 0 or more.")
        find, left = (bisect_right, n - 1) if n else (bisect_left, 0)
        for year in range(day.year, YEARS[-1] + 1):
            working = _year(self, year).days
            at = find(working, day.toordinal()) + left
            if at < len(working):
                return date.fromordinal(working[at])
            left = at - len(working)
        raise self._never()

    def add_working_days(self, moment_us: int, n: int) -> int:
        """The moment that a promise of n working days runs out: the end of the n-th working day after the event.

        The day of the event does not count, whatever the hour; an event on a free day counts from there alike.

        Returns:
            The local midnight after that day, in microseconds: the first moment that is too late.

        Raises:
            QuantityError: n is below 0, or so many working days do not come.

        Source:
            The habit follows Regulation (EEC, Euratom) 1182/71: the day of the event does not count (art. 3.1), a term
            ends with the last hour of its last day (art. 3.2), working days are all but public holidays, Sundays and
            Saturdays (art. 2.2); here all but the days that this calendar holds free. The Awb counts from the day
            after likewise (art. 6:8).
        """
        return self._end_of(self.working_day_after(day_of(self.time_zone, moment_us), n))

    def add_weeks_legal(
        self, moment_us: int, weeks: int, *, extension_weeks: int = 0, stopped: Iterable[Interval] = ()
    ) -> int:
        """The moment that a term of weeks set by law runs out. Opening hours have no say in it; see `legal`.

        Args:
            moment_us: The event: the day after it is the first of the term.
            weeks: The length of the term.
            extension_weeks: By how much it was extended, once.
            stopped: When the clock stood still (Awb 4:15): from the day after the one of the first moment, until the
                day of the last; a stop that began after the term had run out changes nothing.

        Returns:
            The local midnight after the last day, in microseconds: the first moment that is too late.
        """
        zone = self.time_zone
        days = [(day_of(zone, begin), day_of(zone, end)) for begin, end in stopped]
        return self._end_of(self.last_legal_day(day_of(zone, moment_us), weeks, extension_weeks, days))

    def last_legal_day(
        self, day: date, weeks: int, extension_weeks: int = 0, stopped: Iterable[tuple[date, date]] = ()
    ) -> date:
        """The last day of a legal term that an event on a day began; see `add_weeks_legal`."""
        return legal.last_day(
            day, weeks, extension=extension_weeks, stopped=stopped, country=self.country, equated=self.equated
        )

    def _end_of(self, day: date) -> int:
        return start_of(self.time_zone, day + timedelta(days=1))

    def _days(self, first: int, last: int) -> Iterator[tuple[int, Hours]]:
        """The opening hours by days since 1970, a year at once: looking up a whole calendar is slow."""
        years = range(date.fromordinal(first + EPOCH_DAY).year, date.fromordinal(last + EPOCH_DAY).year + 1)
        for year in years:
            new_year = date(year, 1, 1).toordinal() - EPOCH_DAY
            hours = _year(self, year).hours
            for number in range(max(first, new_year), min(last + 1, new_year + len(hours))):
                yield number, hours[number - new_year]

    def _never(self) -> QuantityError:
        return QuantityError(f"“{self.name}” is not open that often before the year {YEARS[-1] + 1}.")


@dataclass(frozen=True, slots=True)
class _Year:
    """What a calendar says of one year: the hours of each day, and its working days as ordinals, in order."""

    hours: tuple[Hours, ...]
    days: tuple[int, ...]
    working: frozenset[int]


@lru_cache(maxsize=1024)
def _year(calendar: Calendar, year: int) -> _Year:
    """Looks up each day of a year, once."""
    if year not in YEARS:
        raise QuantityError(
            f"A calendar answers for the years {YEARS[0]} to {YEARS[-1]}, and not for {year}."
        )
    works_on = {name.lower() for name in calendar.works_on}
    holidays = public_holidays(calendar.country, year, liberation_day=calendar.liberation_day)
    free = {day for day, names in holidays.items() if not works_on.issuperset(name.lower() for name in names)}
    free |= calendar.closed
    if calendar.closed_in_school_holidays:
        free.update(school_holidays(calendar.school, year))
    opened = dict(calendar.opened)
    hours, working = [], []
    for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        usual = CLOSED if day in free else calendar.hours[day.weekday()]
        hours.append(opened.get(day, usual))
        counted = calendar.working_days
        if hours[-1] if counted is None else day.weekday() in counted and (day in opened or day not in free):
            working.append(ordinal)
    return _Year(tuple(hours), tuple(working), frozenset(working))
