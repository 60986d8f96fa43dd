"""How long does it take from one moment of a case to another, and how long is it silent meanwhile?"""

from ketenreis.errors import UnknownCalendarError
from ketenreis.measure.case_facts import CaseFacts
from ketenreis.measure.case_verdict import Asked, CaseVerdict, case_when, joined_cases, limit_missing
from ketenreis.measure.clauses import FULFILLED, NOT_ACTIVATED, VIOLATED
from ketenreis.measure.clocks import opening_time
from ketenreis.measure.predicates import event_class
from ketenreis.requirements import EventClass


def span(asked: Asked) -> CaseVerdict:
    """Whether the time from a start to an end stays within the limit."""
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
    verdict = case_when(
        (f"{start} IS NULL", NOT_ACTIVATED),
        (f"({end}) IS NOT NULL AND {in_time}", FULFILLED),
        (f"({end}) IS NOT NULL OR {late} OR {at.closed}", VIOLATED),
    )
    return CaseVerdict(verdict, took, "time", limit_missing(asked, f"{start} IS NOT NULL", start), query)


def _first_end_after_start(
    facts: CaseFacts, since: EventClass, until: EventClass, *, last_start: bool
) -> str:
    """The first end at or after the start: which one that is depends on the start, so rows are looked at twice."""
    a, b = (event_class(events, facts.log, facts.zone) for events in (since, until))
    starts = (
        f"SELECT e.case_no, {'MAX' if last_start else 'MIN'}(e.seq) AS start_seq FROM events AS e{joined_cases(facts, since)}"
        f"{facts.scope.events('e', a.holds)} GROUP BY e.case_no"
    )
    ends = f"SELECT e.case_no, e.seq, e.us FROM events AS e{joined_cases(facts, until)}{facts.scope.events('e', b.holds)}"
    return (
        f"SELECT u.case_no, MIN(u.us) AS end_us FROM ({ends}) AS u JOIN ({starts}) AS s "
        "ON s.case_no = u.case_no AND u.seq >= s.start_seq GROUP BY u.case_no"
    )


def silence(asked: Asked) -> CaseVerdict:
    """Whether no time without news is longer than the limit."""
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
    if not given and table is None:
        # Every event is news and the whole case is the window: neighbours say it all.
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
    verdict = case_when(
        (f"NOT ({there})", NOT_ACTIVATED),
        (f"COALESCE({longest} > {limit}, 1 = 0)", VIOLATED),
        (ended, FULFILLED),
    )
    unknown = limit_missing(asked, there)
    if table is not None:
        unknown = (*unknown, f"COALESCE(x.outside, 0) = 1 OR now_{table.name}.q IS NULL")
    return CaseVerdict(verdict, longest, "time", unknown, query, joins)


def _windows_of_silence(asked: Asked) -> str:
    """One row per case whose window has begun: the longest gap within it, its last news, and whether it has ended.

    Times are those of the clock; `outside` says that its calendar does not reach so far.
    """
    facts, table = asked.facts, asked.clock.table

    def mark(name: str, otherwise: str) -> str:
        if asked.measure.get(name) is None:
            return otherwise
        return event_class(asked.classes[name], facts.log, facts.zone).holds

    since, until, news = mark("since", "e.seq = 0"), mark("until", "1 = 0"), mark("news", "1 = 1")
    join = joined_cases(facts, *(asked.classes[name] for name in ("since", "until", "news")))
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
