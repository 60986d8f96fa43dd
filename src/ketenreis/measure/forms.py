"""Judges what is judged once per case: counts, ends, choices, deadlines, spans, silences and totals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ketenreis.errors import UnknownAttributeError, UnknownCalendarError
from ketenreis.measure.announced import sequence
from ketenreis.measure.case_facts import CaseFacts
from ketenreis.measure.clauses import FULFILLED, NOT_ACTIVATED, PENDING, VIOLATED, Moment, classes_of
from ketenreis.measure.clocks import Clock, opening_time
from ketenreis.measure.limits import Limits
from ketenreis.measure.log import Column
from ketenreis.measure.predicates import event_class, uses_case
from ketenreis.requirements import PATTERN, EventClass, Measure, Pattern

MANY = 32
"""Above this many values, counting different ones takes a query of its own instead of one aggregate each."""


@dataclass(frozen=True, slots=True)
class CaseForm:
    """The judgement of a case by one form.

    Attributes:
        verdict: SQL over the case `k`, the case facts `f` and the own query `x`.
        took: What was measured: microseconds, or a number; SQL.
        unit: What `took` counts.
        unknown: SQL tests that are true when it cannot be said.
        query: A query of its own with one row per case, joined as `x`.
        joins: What else is joined to the case, under names that say what it is.
    """

    verdict: str
    took: str = "CAST(NULL AS BIGINT)"
    unit: Literal["time", "number"] = "number"
    unknown: tuple[str, ...] = ()
    query: str | None = None
    joins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """Everything a form may look at."""

    measure: Measure
    pattern: Pattern
    classes: Mapping[str, EventClass]
    facts: CaseFacts
    limits: Limits
    at: Moment
    clock: Clock

    @property
    def anchor(self) -> str:
        """The moment whose norm counts for a rule judged once per case: its first event, or now for a case without any."""
        return f"COALESCE(k.first_us, {self.at.now})"


def case_form(measure: Measure, facts: CaseFacts, limits: Limits, at: Moment, clock: Clock) -> CaseForm:
    """Judges a measure whose pattern has a form."""
    pattern = PATTERN[measure.pattern]
    asked = _Asked(measure, pattern, classes_of(measure, pattern), facts, limits, at, clock)
    return _FORMS[pattern.form or ""](asked)


def _case(*branches: tuple[str, int], otherwise: int = PENDING) -> str:
    return (
        f"CASE {' '.join(f'WHEN {test} THEN {verdict}' for test, verdict in branches)} ELSE {otherwise} END"
    )


def _count(asked: _Asked) -> CaseForm:
    count = f"COALESCE({asked.facts.count(asked.classes['event'])}, 0)"
    if asked.pattern.count == "at_most":
        limit = asked.limits.number(asked.anchor)
        verdict = _case((f"{count} > {limit}", VIOLATED), (asked.at.closed, FULFILLED))
        return CaseForm(verdict, count, unknown=_missing(asked))
    times = asked.measure.get("times") or 1
    branches = {
        "at_least": ((f"{count} >= {times}", FULFILLED), (asked.at.closed, VIOLATED)),
        "fewer_than": ((f"{count} >= {times}", VIOLATED), (asked.at.closed, FULFILLED)),
        "exactly": (
            (f"{count} > {times}", VIOLATED),
            (f"{asked.at.closed} AND {count} = {times}", FULFILLED),
            (asked.at.closed, VIOLATED),
        ),
    }[asked.pattern.count or "at_least"]
    return CaseForm(_case(*branches), count)


def _first(asked: _Asked) -> CaseForm:
    is_first, is_not = _at_end(asked, "e.seq = 0")
    return CaseForm(_case((is_first, FULFILLED), (is_not, VIOLATED), (asked.at.closed, VIOLATED)))


def _at_end(asked: _Asked, here: str) -> tuple[str, str]:
    """Whether the event at an end of the case belongs, and whether it does not; neither in a case without events."""
    found = asked.facts.count(asked.classes["event"], here)
    return f"{found} = 1", f"{found} = 0"


def _last(asked: _Asked) -> CaseForm:
    is_last, _ = _at_end(asked, asked.facts.scope.at_end)
    return CaseForm(_case((f"NOT ({asked.at.closed})", PENDING), (is_last, FULFILLED), otherwise=VIOLATED))


def _choice(asked: _Asked) -> CaseForm:
    one, other = (f"COALESCE({asked.facts.count(asked.classes[name])}, 0) > 0" for name in ("a", "b"))
    if asked.pattern.name == "choice":
        return CaseForm(_case((f"{one} OR {other}", FULFILLED), (asked.at.closed, VIOLATED)))
    return CaseForm(
        _case(
            (f"{one} AND {other}", VIOLATED),
            (f"({asked.at.closed}) AND ({one} OR {other})", FULFILLED),
            (asked.at.closed, VIOLATED),
        )
    )


def _deadline(asked: _Asked) -> CaseForm:
    event, moment = asked.facts.first(asked.classes["event"]), asked.limits.moment(asked.anchor)
    verdict = _case(
        (f"{event} <= {moment}", FULFILLED),
        (f"{event} IS NOT NULL OR {asked.at.now} > {moment} OR {asked.at.closed}", VIOLATED),
    )
    return CaseForm(verdict, f"{event} - ({moment})", "time", _missing(asked))


def _window(asked: _Asked) -> CaseForm:
    """Whether the first event falls within the window of the last promise before it, made on time or moved since.

    Which promises count is the event class's to say; what the organisation itself moved does not, so moving breaks them.
    """
    facts, at = asked.facts, asked.at
    event, promise = (
        event_class(asked.classes[name], facts.log, facts.zone) for name in ("event", "promise")
    )
    moved = asked.measure.get("moved")
    counts, looked = promise.holds, [asked.classes["promise"]]
    if isinstance(moved, EventClass):
        is_moved = event_class(moved, facts.log, facts.zone).holds
        counts, looked = f"({counts}) AND CASE WHEN {is_moved} THEN 0 ELSE 1 END = 1", [*looked, moved]
    opens, closes = (_edge(asked, name) for name in ("opens", "closes"))
    ends = (
        "SELECT e.case_no, MIN(e.seq) AS end_seq, MIN(e.us) AS end_us FROM events AS e"
        f"{_join(facts, asked.classes['event'])}{facts.scope.events('e', event.holds)} GROUP BY e.case_no"
    )
    promised = (
        f"SELECT e.case_no, MAX(e.seq) AS last_seq FROM events AS e LEFT JOIN ({ends}) AS z ON z.case_no = e.case_no"
        f"{_join(facts, *looked)}"
        f"{facts.scope.events('e', counts, 'z.end_seq IS NULL OR e.seq < z.end_seq')} GROUP BY e.case_no"
    )
    query = (
        f"SELECT p.case_no, z.end_us, {opens} AS opens_us, {closes} AS closes_us FROM ({promised}) AS p "
        f"JOIN events AS e ON e.case_no = p.case_no AND e.seq = p.last_seq JOIN cases AS k ON k.case_no = p.case_no "
        f"LEFT JOIN ({ends}) AS z ON z.case_no = p.case_no"
    )
    slack = asked.limits.slack_us
    verdict = _case(
        ("x.case_no IS NULL", NOT_ACTIVATED),
        (
            f"x.end_us <= x.closes_us + {slack} AND COALESCE(x.end_us >= x.opens_us - {slack}, 1 = 1)",
            FULFILLED,
        ),
        (f"x.end_us IS NOT NULL OR {at.now} > x.closes_us + {slack} OR {at.closed}", VIOLATED),
    )
    unknown = ["x.case_no IS NOT NULL AND x.closes_us IS NULL"]
    if asked.measure.get("opens") is not None:
        unknown.append("x.case_no IS NOT NULL AND x.opens_us IS NULL")
    return CaseForm(verdict, "x.end_us - x.closes_us", "time", tuple(unknown), query)


def _sequence(asked: _Asked) -> CaseForm:
    steps, since = asked.measure.get("steps"), asked.measure.get("since")
    verdict, query = sequence(
        steps if isinstance(steps, tuple) else (),
        since if isinstance(since, EventClass) else None,
        asked.facts,
        asked.at,
    )
    return CaseForm(verdict, query=query)


def _edge(asked: _Asked, name: str) -> str:
    """The column of an edge of the window, on the promise or on its case."""
    named = asked.measure.get(name)
    if named is None:
        return "CAST(NULL AS BIGINT)"
    column = asked.facts.log.column(str(named))
    if column.type != "moment" and not column.is_empty:
        raise UnknownAttributeError(f"{column.name!r} is not a moment: it cannot be the edge of a window.")
    return f"{'k' if column.level == 'case' else 'e'}.{column.column}"


def _missing(asked: _Asked, activated: str = "1 = 1") -> tuple[str, ...]:
    """The test that the limit of an activated case is missing; a case that is not activated needs none."""
    missing = asked.limits.missing(asked.anchor)
    return () if missing is None else (f"({activated}) AND {missing}",)


def _span(asked: _Asked) -> CaseForm:
    facts, at = asked.facts, asked.at
    since, until = (
        asked.classes[name] if asked.measure.get(name) is not None else None for name in ("since", "until")
    )
    last_start = asked.measure.get("since_which") == "last"
    last_end = asked.measure.get("until_which") == "last"
    start = facts.first(None) if since is None else (facts.last(since) if last_start else facts.first(since))
    query = None
    if until is None:
        end = f"CASE WHEN {at.closed} THEN {facts.last(None)} END"
    elif since is None:
        end = facts.last(until) if last_end else facts.first(until)
    elif last_end:
        start_seq = facts.last(since, "seq") if last_start else facts.first(since, "seq")
        end = f"CASE WHEN {facts.last(until, 'seq')} >= {start_seq} THEN {facts.last(until)} END"
    else:
        query, end = _first_end_after_start(facts, since, until, last_start=last_start), "x.end_us"
    took = f"({end}) - {start}"
    high = asked.limits.distance(start)
    in_time = "1 = 1" if high is None else f"COALESCE({took} <= {high}, 1 = 1)"
    late = "1 = 0" if high is None else f"COALESCE({at.now} - {start} > {high}, 1 = 0)"
    verdict = _case(
        (f"{start} IS NULL", NOT_ACTIVATED),
        (f"({end}) IS NOT NULL AND {in_time}", FULFILLED),
        (f"({end}) IS NOT NULL OR {late} OR {at.closed}", VIOLATED),
    )
    return CaseForm(verdict, took, "time", _missing(asked, f"{start} IS NOT NULL"), query)


def _first_end_after_start(
    facts: CaseFacts, since: EventClass, until: EventClass, *, last_start: bool
) -> str:
    """The first end at or after the start: which one that is depends on the start, so rows are looked at twice."""
    a, b = (event_class(events, facts.log, facts.zone) for events in (since, until))
    starts = (
        f"SELECT e.case_no, {'MAX' if last_start else 'MIN'}(e.seq) AS start_seq FROM events AS e{_join(facts, since)}"
        f"{facts.scope.events('e', a.holds)} GROUP BY e.case_no"
    )
    ends = f"SELECT e.case_no, e.seq, e.us FROM events AS e{_join(facts, until)}{facts.scope.events('e', b.holds)}"
    return (
        f"SELECT u.case_no, MIN(u.us) AS end_us FROM ({ends}) AS u JOIN ({starts}) AS s "
        "ON s.case_no = u.case_no AND u.seq >= s.start_seq GROUP BY u.case_no"
    )


def _join(facts: CaseFacts, *classes: EventClass) -> str:
    needed = any(uses_case(events.where, facts.log) for events in classes)
    return " JOIN cases AS k ON k.case_no = e.case_no" if needed else ""


def _silence(asked: _Asked) -> CaseForm:
    facts, at = asked.facts, asked.at
    high = asked.limits.distance(asked.anchor)
    if asked.limits.tables:
        raise UnknownCalendarError(
            "Silence cannot be counted in working days. Name a calendar as clock, and hours."
        )
    limit, last = high or "CAST(NULL AS BIGINT)", facts.last(None)
    given = [name for name in ("news", "since", "until") if asked.measure.get(name) is not None]
    table = asked.clock.table
    joins: tuple[str, ...] = ()
    if (
        not given and table is None
    ):  # every event is news and the whole case is the window: neighbours say it all
        gap, query = f"COALESCE({facts.ask('MAX(e.us - e.prev_us)')}, 0)", None
        tail = f"CASE WHEN {at.closed} THEN 0 ELSE {at.now} - {last} END"
        there, ended = f"{last} IS NOT NULL", at.closed
    else:
        query = _windows_of_silence(asked)
        ending, now = last, str(at.now)
        if table is not None:
            joins = (table.join(f"last_{table.name}", last), table.join(f"now_{table.name}", now))
            ending, now = opening_time(f"last_{table.name}", last), opening_time(f"now_{table.name}", now)
        gap, there = "COALESCE(x.longest, 0)", "x.last_us IS NOT NULL"
        ended = f"x.ended = 1 OR {at.closed}"
        tail = f"CASE WHEN x.ended = 1 THEN 0 WHEN {at.closed} THEN {ending} - x.last_us ELSE {now} - x.last_us END"
    longest = f"CASE WHEN {gap} >= {tail} THEN {gap} ELSE {tail} END"
    verdict = _case(
        (f"NOT ({there})", NOT_ACTIVATED),
        (f"COALESCE({longest} > {limit}, 1 = 0)", VIOLATED),
        (ended, FULFILLED),
    )
    unknown = _missing(asked, there)
    if table is not None:
        unknown = (*unknown, f"COALESCE(x.outside, 0) = 1 OR now_{table.name}.q IS NULL")
    return CaseForm(verdict, longest, "time", unknown, query, joins)


def _windows_of_silence(asked: _Asked) -> str:
    """One row per case whose window has begun: the longest gap within it, its last news, and whether it has ended.

    Times are those of the clock; `outside` says that its calendar does not reach so far.
    """
    facts, table = asked.facts, asked.clock.table

    def mark(name: str, otherwise: str) -> str:
        if asked.measure.get(name) is None:
            return otherwise
        return event_class(asked.classes[name], facts.log, facts.zone).holds

    since, until, news = mark("since", "e.seq = 0"), mark("until", "1 = 0"), mark("news", "1 = 1")
    join = _join(facts, *(asked.classes[name] for name in ("since", "until", "news")))
    at, outside = "e.us", "0"
    if table is not None:
        join += table.join("q", "e.us")
        at, outside = opening_time("q", "e.us"), "CASE WHEN q.q IS NULL THEN 1 ELSE 0 END"
    rows = (
        f"SELECT e.case_no, e.seq, {at} AS at, {outside} AS is_outside, CASE WHEN {since} THEN 1 ELSE 0 END AS is_start, "
        f"CASE WHEN {until} THEN 1 ELSE 0 END AS is_end, CASE WHEN {news} THEN 1 ELSE 0 END AS is_news "
        f"FROM events AS e{join}{facts.scope.events('e', f'({since}) OR ({until}) OR ({news})')}"
    )
    started = (
        "SELECT r.case_no, r.seq, r.at, r.is_outside, r.is_end, r.is_news, "
        "MIN(CASE WHEN r.is_start = 1 THEN r.seq END) OVER (PARTITION BY r.case_no) AS start_seq "
        f"FROM ({rows}) AS r"
    )
    bounded = (
        "SELECT s.case_no, s.seq, s.at, s.is_outside, s.is_news, s.start_seq, "
        "MIN(CASE WHEN s.is_end = 1 AND s.seq > s.start_seq THEN s.seq END) OVER (PARTITION BY s.case_no) AS end_seq "
        f"FROM ({started}) AS s"
    )
    gaps = (
        "SELECT b.case_no, b.at, b.is_outside, b.end_seq, "
        "b.at - LAG(b.at) OVER (PARTITION BY b.case_no ORDER BY b.seq) AS gap "
        f"FROM ({bounded}) AS b WHERE b.seq >= b.start_seq AND (b.end_seq IS NULL OR b.seq <= b.end_seq) "
        "AND (b.is_news = 1 OR b.seq = b.start_seq OR b.seq = COALESCE(b.end_seq, -1))"
    )
    return (
        "SELECT g.case_no, MAX(g.gap) AS longest, MAX(g.at) AS last_us, MAX(g.is_outside) AS outside, "
        f"MAX(CASE WHEN g.end_seq IS NULL THEN 0 ELSE 1 END) AS ended FROM ({gaps}) AS g GROUP BY g.case_no"
    )


def _attribute(asked: _Asked) -> Column:
    return asked.facts.log.column(str(asked.measure.get("attribute")))


def _total(asked: _Asked) -> CaseForm:
    column, events = _attribute(asked), asked.classes.get("event", EventClass())
    if column.type != "number" and not column.is_empty:
        raise UnknownAttributeError(f"{column.name!r} is not a number: it has no total.")
    if column.level == "case":  # it never varies within a case, so every event holds the same
        number = f"COALESCE({asked.facts.count(events)}, 0)"
        total = f"CASE WHEN {number} = 0 THEN 0 ELSE {number} * k.{column.column} END"
        missing = f"{number} > 0 AND k.{column.column} IS NULL"
    else:
        holds, value = asked.facts.predicate(events).holds, f"e.{column.column}"
        added = f"CASE WHEN {holds} THEN {value} END"
        total = f"COALESCE({asked.facts.ask(f'SUM({added})')}, 0)"
        everything = not events.elements and events.where is None and asked.facts.scope.until is None
        number = "k.events" if everything else asked.facts.count(events)
        missing = f"{asked.facts.count(events, f'{value} IS NOT NULL')} < {number}"
    limit = asked.limits.number(asked.anchor, column.scale)
    verdict = _case((f"{total} > {limit}", VIOLATED), (asked.at.closed, FULFILLED))
    return CaseForm(verdict, total, "number", (*_missing(asked), missing))


def _different(asked: _Asked) -> CaseForm:
    column, events = _attribute(asked), asked.classes.get("event", EventClass())
    query = None
    if column.level == "case":
        seen = f"COALESCE({asked.facts.count(events)}, 0) > 0 AND k.{column.column} IS NOT NULL"
        number = f"CASE WHEN {seen} THEN 1 ELSE 0 END"
    elif column.type == "category" and len(column.values) <= MANY:
        each = [asked.facts.count_of_value(column.column, code, events) for code in range(len(column.values))]
        number = " + ".join(f"CASE WHEN {one} > 0 THEN 1 ELSE 0 END" for one in each) or "0"
    else:
        holds = asked.facts.predicate(events).holds
        rows = (
            f"SELECT e.case_no, e.{column.column} AS value FROM events AS e{_join(asked.facts, events)}"
            f"{asked.facts.scope.events('e', holds, f'e.{column.column} IS NOT NULL')} GROUP BY e.case_no, e.{column.column}"
        )
        query = f"SELECT r.case_no, COUNT(*) AS number_of FROM ({rows}) AS r GROUP BY r.case_no"
        number = "COALESCE(x.number_of, 0)"
    verdict = _case(
        (f"{number} > {asked.limits.number(asked.anchor)}", VIOLATED), (asked.at.closed, FULFILLED)
    )
    return CaseForm(verdict, number, "number", _missing(asked), query)


def _switches(asked: _Asked) -> CaseForm:
    column = _attribute(asked)
    query = None
    if column.level == "case":
        number = "0"
    elif asked.facts.log.channel is not None and column == asked.facts.log.columns.get(
        asked.facts.log.channel
    ):
        number = f"COALESCE({asked.facts.count(EventClass(), f'e.{column.column} <> e.prev_channel')}, 0)"
    else:
        value = f"e.{column.column}"
        rows = (
            f"SELECT e.case_no, {value} AS here, LAG({value}) OVER (PARTITION BY e.case_no ORDER BY e.seq) AS there "
            f"FROM events AS e{asked.facts.scope.events()}"
        )
        changed = "COUNT(CASE WHEN r.here <> r.there THEN 1 END)"
        query = f"SELECT r.case_no, {changed} AS number_of FROM ({rows}) AS r GROUP BY r.case_no"
        number = "COALESCE(x.number_of, 0)"
    verdict = _case(
        (f"{number} > {asked.limits.number(asked.anchor)}", VIOLATED), (asked.at.closed, FULFILLED)
    )
    return CaseForm(verdict, number, "number", _missing(asked), query)


_FORMS: Mapping[str, Callable[[_Asked], CaseForm]] = {
    "count": _count,
    "first": _first,
    "last": _last,
    "choice": _choice,
    "deadline": _deadline,
    "window": _window,
    "sequence": _sequence,
    "span": _span,
    "silence": _silence,
    "total": _total,
    "different": _different,
    "switches": _switches,
}
