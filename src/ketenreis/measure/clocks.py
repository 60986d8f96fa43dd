"""Clocks other than the one on the wall: opening hours, working days, and a clock that stops, resumes and is extended.

A clock is applied to facts, never part of them: calendars stand in tables that are joined by the quarter of an hour, so
an edited holiday changes a table of a few thousand rows and no event is read again.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ketenreis.calendars import Calendar, deadlines, quarters
from ketenreis.errors import UnknownCalendarError
from ketenreis.measure.facts import PAIRED, Scope
from ketenreis.measure.log import Log
from ketenreis.measure.predicates import event_class, uses_case
from ketenreis.quantity import Duration
from ketenreis.requirements import EventClass, Measure, Norm

WALL = "calendar"
"""The name of the clock that always runs."""
USUAL = Calendar(name="working days", country="NL")
"""What counts as a working day when the organisation has not said: Monday to Friday, without Dutch public holidays."""
QUARTER_US = 900_000_000
LONGEST_US = 60 * 366 * 86_400_000_000
"""Calendars are laid out for at most sixty years; a case outside them cannot be judged by one."""


@dataclass(frozen=True, slots=True)
class Table:
    """A calendar laid out as rows that SQL joins: opening time per quarter, or what n working days lead to.

    Attributes:
        calendar: What is laid out.
        days: Working days of the deadline; None for opening time.
    """

    calendar: Calendar
    days: int | None = None

    @property
    def name(self) -> str:
        """The name of its table: the same calendar has the same table."""
        key = hashlib.sha256(f"{self.calendar!r}/{self.days}".encode()).hexdigest()[:12]
        return f"{'open' if self.days is None else 'days'}_{key}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return ("q", "before_us", "from_us", "open_us") if self.days is None else ("q", "deadline_us")

    def rows(self, first_us: int, last_us: int) -> Iterator[Sequence[int]]:
        """Its rows between two moments."""
        first = max(first_us, last_us - LONGEST_US)
        if self.days is None:
            return quarters(self.calendar, first, last_us)
        return deadlines(self.calendar, self.days, first, last_us)

    def join(self, alias: str, moment: str) -> str:
        """Joins the row of a moment."""
        return f" LEFT JOIN {self.name} AS {alias} ON {alias}.q = CAST(FLOOR({moment} / {QUARTER_US}.0) AS BIGINT)"


def opening_time(alias: str, moment: str) -> str:
    """The opening time up to a moment, from the joined row of its quarter."""
    into = f"{moment} - {alias}.from_us"
    return f"{alias}.before_us + CASE WHEN {into} <= 0 THEN 0 WHEN {into} >= {alias}.open_us THEN {alias}.open_us ELSE {into} END"


@dataclass(frozen=True, slots=True)
class Clock:
    """How time is counted for one requirement.

    Attributes:
        calendar: Whose opening time counts, or whose working days; None for the clock on the wall.
        counts_open_time: Whether a distance is opening time. Working days are a deadline instead.
        stops, resumes: The events between which it stands still.
        extended_by: The event that extends the limit, once, when it comes before the limit has run out.
        extension_us: By how much.
    """

    calendar: Calendar | None = None
    counts_open_time: bool = False
    stops: EventClass | None = None
    resumes: EventClass | None = None
    extended_by: EventClass | None = None
    extension_us: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether a distance is simply the difference of two times."""
        return not self.counts_open_time and self.stops is None and self.extended_by is None

    @property
    def table(self) -> Table | None:
        """The table it joins for opening time."""
        return Table(self.calendar) if self.counts_open_time and self.calendar else None


def clock_of(measure: Measure, norms: Sequence[Norm], calendars: Mapping[str, Calendar]) -> Clock:
    """The clock that a measure names.

    Raises:
        UnknownCalendarError: The organisation has no such calendar, or its norms mix working days and hours.
    """
    named = str(measure.get("clock") or WALL)
    in_days = [
        isinstance(norm.limit, Duration) and not norm.limit.is_calendar for norm in norms if norm.limit
    ]
    calendar = calendars.get(named)
    if calendar is None and named != WALL:
        known = ", ".join([WALL, *calendars])
        raise UnknownCalendarError(f"There is no calendar {named!r}. There are: {known}.")
    if any(in_days):
        if not all(in_days):
            raise UnknownCalendarError(
                "One requirement cannot count in working days and in hours; make two of them."
            )
        calendar = calendar or next(iter(calendars.values()), USUAL)
    found = {name: measure.get(name) for name in ("stops", "resumes", "extended_by")}
    classes = {name: value for name, value in found.items() if isinstance(value, EventClass)}
    extension = measure.get("extension")
    return Clock(
        calendar,
        counts_open_time=named != WALL and not any(in_days),
        stops=classes.get("stops"),
        resumes=classes.get("resumes"),
        extended_by=classes.get("extended_by") if isinstance(extension, Duration) else None,
        extension_us=extension.microseconds if isinstance(extension, Duration) else 0,
    )


def clocked(fact: str, clock: Clock, now: int, log: Log, zone: ZoneInfo, scope: Scope) -> str:
    """An activation fact with its distances by a clock.

    Args:
        fact: The activation fact, as a table or a bracketed query.
        clock: How time is counted.
        now: When we judge, in microseconds.
        log: Where classes are looked up.
        zone: The time zone of dates in conditions.
        scope: Which events are looked at.

    Returns:
        A query with the columns of PAIRED and: took (to the target after or before), p_took (around: to the target
        before), elapsed (until now), extended (1 when the extension came in time, given by `extended_after`), and
        c_us, null when the calendar does not reach so far.
    """
    table = clock.table

    def on_clock(alias: str, moment: str) -> str:
        return moment if table is None else opening_time(alias, moment)

    kept = ", ".join(f"a.{column}" for column in PAIRED)
    joins = (
        ""
        if table is None
        else "".join(
            table.join(f"q_{name}", moment)
            for name, moment in (("us", "a.us"), ("t", "a.t_us"), ("p", "a.p_us"), ("now", str(now)))
        )
    )
    began = (
        f"SELECT {kept}, {on_clock('q_us', 'a.us')} AS c_us, {on_clock('q_t', 'a.t_us')} AS c_t, "
        f"{on_clock('q_p', 'a.p_us')} AS c_p, {on_clock('q_now', str(now))} AS c_now FROM {fact} AS a{joins}"
    )
    extended = f"SELECT b.*, CAST(NULL AS BIGINT) AS c_ext FROM ({began}) AS b"
    if clock.extended_by is not None:
        x = event_class(clock.extended_by, log, zone)
        events = f"SELECT e.case_no, e.seq, e.us FROM events AS e{_case(clock.extended_by, log)}{scope.events('e', x.holds)}"
        after = (
            f"SELECT b.case_no, b.seq, MIN(x.us) AS ext_us FROM ({began}) AS b JOIN ({events}) AS x "
            "ON x.case_no = b.case_no AND x.seq >= b.seq GROUP BY b.case_no, b.seq"
        )
        join = "" if table is None else table.join("q_ext", "h.ext_us")
        extended = (
            f"SELECT b.*, {on_clock('q_ext', 'h.ext_us')} AS c_ext FROM ({began}) AS b "
            f"LEFT JOIN ({after}) AS h ON h.case_no = b.case_no AND h.seq = b.seq{join}"
        )
    moments = {"t": "d.c_t", "p": "d.c_p", "now": "d.c_now", "ext": "d.c_ext"}
    standing = dict.fromkeys(moments, "0")
    paused = ""
    if clock.stops is not None:
        sums = ", ".join(
            f"SUM({_overlap('d.c_us', moment)}) AS still_{name}" for name, moment in moments.items()
        )
        paused = (
            f" LEFT JOIN (SELECT d.case_no, d.seq, {sums} FROM ({extended}) AS d JOIN "
            f"({_standing(clock, log, zone, scope)}) AS s ON s.case_no = d.case_no GROUP BY d.case_no, d.seq) AS n "
            "ON n.case_no = g.case_no AND n.seq = g.seq"
        )
        standing = {name: f"COALESCE(n.still_{name}, 0)" for name in moments}
    kept = ", ".join(f"g.{column}" for column in PAIRED)
    # A target before the activation lies on the other side: no clock stops between the two.
    took = f"CASE WHEN g.t_us >= g.us THEN g.c_t - g.c_us - {standing['t']} ELSE g.c_us - g.c_t END"
    return (
        f"SELECT {kept}, {took} AS took, g.c_us - g.c_p AS p_took, g.c_now - g.c_us - {standing['now']} AS elapsed, "
        f"g.c_ext - g.c_us - {standing['ext']} AS extended_after, g.c_us FROM ({extended}) AS g{paused}"
    )


def _case(events: EventClass, log: Log) -> str:
    return " JOIN cases AS k ON k.case_no = e.case_no" if uses_case(events.where, log) else ""


def _overlap(begin: str, end: str) -> str:
    """How much of a standstill lies between two moments, all on the clock."""
    first = f"CASE WHEN s.c_from > {begin} THEN s.c_from ELSE {begin} END"
    last = f"CASE WHEN s.c_to IS NULL OR s.c_to > {end} THEN {end} ELSE s.c_to END"
    return f"CASE WHEN s.c_from < {end} AND (s.c_to IS NULL OR s.c_to > {begin}) THEN ({last}) - ({first}) ELSE 0 END"


def _standing(clock: Clock, log: Log, zone: ZoneInfo, scope: Scope) -> str:
    """When the clock of a case stood still: from a stop while it ran to the next resumption, on the clock itself."""
    stops, resumes = clock.stops or EventClass(), clock.resumes
    stop = event_class(stops, log, zone).holds
    resume = "1 = 0" if resumes is None else event_class(resumes, log, zone).holds
    join = _case(stops, log) or ("" if resumes is None else _case(resumes, log))
    marks = (
        f"SELECT e.case_no, e.seq, e.us, CASE WHEN {stop} THEN 1 ELSE 0 END AS is_stop "
        f"FROM events AS e{join}{scope.events('e', f'({stop}) OR ({resume})')}"
    )
    # Stopping a clock that stands still changes nothing, and neither does resuming one that runs.
    turns = (
        "SELECT m.case_no, m.seq, m.us, m.is_stop, "
        f"COALESCE(LAG(m.is_stop) OVER (PARTITION BY m.case_no ORDER BY m.seq), 0) AS was_stop FROM ({marks}) AS m"
    )
    pairs = (
        "SELECT t.case_no, t.us AS from_us, t.is_stop, "
        "LEAD(t.us) OVER (PARTITION BY t.case_no ORDER BY t.seq) AS to_us "
        f"FROM ({turns}) AS t WHERE t.is_stop <> t.was_stop"
    )
    table = clock.table
    if table is None:
        return (
            f"SELECT i.case_no, i.from_us AS c_from, i.to_us AS c_to FROM ({pairs}) AS i WHERE i.is_stop = 1"
        )
    return (
        f"SELECT i.case_no, {opening_time('q_from', 'i.from_us')} AS c_from, {opening_time('q_to', 'i.to_us')} AS c_to "
        f"FROM ({pairs}) AS i{table.join('q_from', 'i.from_us')}{table.join('q_to', 'i.to_us')} WHERE i.is_stop = 1"
    )
