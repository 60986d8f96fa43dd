"""Judges activations: each clause of a pattern against its activation fact. The meaning stands in docs/concepts/rules.md."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ketenreis.conditions import Condition
from ketenreis.measure.case_facts import CaseFacts
from ketenreis.measure.clocks import Clock
from ketenreis.measure.facts import Pairing, Scope, Span
from ketenreis.measure.limits import Limits
from ketenreis.measure.log import Log
from ketenreis.measure.predicates import codes_of, condition_sql, event_class, uses_case
from ketenreis.quantity import Duration
from ketenreis.requirements import Clause, EventClass, Measure, Pattern

FULFILLED, VIOLATED, PENDING, NOT_ACTIVATED = 1, 2, 3, 4
UNKNOWN = 0
WORST = {FULFILLED: 1, PENDING: 2, VIOLATED: 3, UNKNOWN: 4}
"""Which verdict of an activation settles that of its case: the highest, in one aggregate."""

WALL_CLOCK = Clock()
SPAN = Clause("since", "until", "after")
"""A span judged as an activation: its start, with its end as the one target."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When we judge.

    Attributes:
        now: Microseconds UTC.
        end_of_file: Whether every case counts as closed.
    """

    now: int
    end_of_file: bool

    @property
    def closed(self) -> str:
        """True for a case that is closed now."""
        return "1 = 1" if self.end_of_file else f"COALESCE(k.closed_us, {2**62}) <= {self.now}"


def classes_of(measure: Measure, pattern: Pattern) -> dict[str, EventClass]:
    """The event classes of a measure by argument; one that was left out holds every event."""
    found = {}
    for argument in pattern.arguments:
        value = measure.get(argument.name)
        if argument.type == "event_class":
            found[argument.name] = value if isinstance(value, EventClass) else EventClass()
    return found


def pairing_of(measure: Measure, pattern: Pattern, clause: Clause) -> Pairing:
    """The activation fact that a clause needs."""
    classes = classes_of(measure, pattern)
    at_least, where = measure.get("at_least"), measure.get("where")
    first = next(argument.name for argument in pattern.arguments if argument.type == "event_class")
    return Pairing(
        classes[clause.activation],
        classes[clause.target],
        clause.look,
        at_least.microseconds if isinstance(at_least, Duration) else 0,
        where if isinstance(where, Condition) else None,
        swapped=clause.activation != first,
        alternate=clause.alternate,
        fifo=measure.get("match") == "fifo",
    )


def span_pairing(measure: Measure, at: Moment) -> Pairing:
    """The fact of a span that is not timed by the clock on the wall."""
    since, until = measure.get("since"), measure.get("until")
    start = since if isinstance(since, EventClass) else None
    end = until if isinstance(until, EventClass) else None
    span = Span(
        from_case=start is None,
        to_case=end is None,
        last_start=start is not None and measure.get("since_which") == "last",
        last_end=measure.get("until_which") == "last",
        closed=at.closed,
    )
    return Pairing(start or EventClass(), end or EventClass(), "after", span=span)


def judged(
    clause: Clause, pairing: Pairing, fact: str, limits: Limits, at: Moment, clocked_by: Clock = WALL_CLOCK
) -> str:
    """Judges the activations of one clause.

    Args:
        clause: What is asked.
        pairing: The fact it asks for.
        fact: That fact, as a table or a query.
        limits: The norms.
        at: When we judge.
        clocked_by: The clock that `fact` was put on; the one on the wall for a bare fact.

    Returns:
        A query with one row per activation: case_no, seq, us, verdict (1, 2, 3, or 0 when it cannot be said),
        took (the distance to its nearest target in microseconds) and target_us (when that was); null without one.
    """
    high = limits.distance("a.us")
    low = pairing.at_least if pairing.fifo else 0
    on_wall = clocked_by.is_plain
    if high is not None and clocked_by.extended_by is not None:
        high = f"{high} + CASE WHEN a.extended_after < {high} THEN {clocked_by.extension_us} ELSE 0 END"
    elapsed = f"{at.now} - a.us" if on_wall else "a.elapsed"
    late = "1 = 0" if high is None else f"COALESCE({elapsed} > {high}, 1 = 0)"
    before = clause.look in ("before", "previous")
    distance, target = "a.us - a.t_us" if before else "a.t_us - a.us", "a.t_us"
    back = "a.us - a.p_us"
    if not on_wall:
        distance, back = "a.took", "a.p_took"

    def in_time(took: str, target: str) -> str:
        tests = [f"{target} IS NOT NULL"]
        if high is not None:  # a version without a limit leaves the distance free
            tests.append(f"{took} <= {high}" if high.isdigit() else f"COALESCE({took} <= {high}, 1 = 1)")
        if low:  # the lower bound runs on the wall, like that of facts
            tests.append(f"a.t_us - a.us >= {low}")
        return " AND ".join(tests)

    good = in_time(distance, "a.t_us")
    if clause.look == "around":
        good = f"({good}) OR ({in_time(back, 'a.p_us')})"
        ahead = f"a.p_us IS NULL OR {distance} <= {back}"
        target = f"CASE WHEN {ahead} THEN a.t_us ELSE a.p_us END"
        distance = f"CASE WHEN {ahead} THEN {distance} ELSE {back} END"
    if clause.alternate:
        order = "a.t_seq >= a.n_seq" if before else "a.t_seq <= a.n_seq"
        good = f"({good}) AND (a.n_seq IS NULL OR {order})"
    impossible = {
        "before": "1 = 1",
        "previous": "1 = 1",
        "next": f"a.n_us IS NOT NULL OR {late}",
    }.get(clause.look, late)
    if clause.alternate:
        impossible = f"a.n_seq IS NOT NULL OR {impossible}"
    if pairing.only_one:
        impossible = f"a.t_us IS NOT NULL OR {impossible}"
    yes, no = (VIOLATED, FULFILLED) if clause.never else (FULFILLED, VIOLATED)
    missing = limits.missing("a.us")
    cannot = "a.unknown = 1" if missing is None else f"a.unknown = 1 OR {missing}"
    if clocked_by.table is not None:
        cannot += " OR a.c_us IS NULL"
    for table in limits.tables:
        cannot += f" OR d{table.days}.q IS NULL"
    verdict = (
        f"CASE WHEN {cannot} THEN {UNKNOWN} WHEN {good} THEN {yes} "
        f"WHEN {impossible} OR {at.closed} THEN {no} ELSE {PENDING} END"
    )
    join = "" if "k." not in verdict else " JOIN cases AS k ON k.case_no = a.case_no"
    return (
        f"SELECT a.case_no, a.seq, a.us, {verdict} AS verdict, {distance} AS took, {target} AS target_us "
        f"FROM {_table(fact)} AS a{join}{limits.joins('a.us')}"
    )


def judged_alone(measure: Measure, log: Log, zone: ZoneInfo, scope: Scope) -> str | None:
    """Judges activations that need no target, by what they hold or by when they come; None for any other pattern."""
    events, until, since = (measure.get(name) for name in ("event", "until", "since"))
    if measure.pattern == "payload" and isinstance(events, EventClass):
        holds = measure.get("holds")
        if not isinstance(holds, Condition):
            raise TypeError(holds)
        return _payload(events, holds, log, zone, scope)
    if measure.pattern == "only_while" and isinstance(events, EventClass) and isinstance(until, EventClass):
        return _only_while(events, since if isinstance(since, EventClass) else None, until, log, zone, scope)
    return None


def _only_while(
    events: EventClass, since: EventClass | None, until: EventClass, log: Log, zone: ZoneInfo, scope: Scope
) -> str:
    """Judges every event of a class by what came last before it: what makes it true, or what ends that.

    What was measured is how long it had been untrue; null where it had never been true.
    """
    classes = [one for one in (events, since, until) if one is not None]
    event, end = (event_class(one, log, zone).holds for one in (events, until))
    begin = "1 = 0" if since is None else event_class(since, log, zone).holds
    join = (
        " JOIN cases AS k ON k.case_no = e.case_no" if any(uses_case(c.where, log) for c in classes) else ""
    )
    before = "OVER (PARTITION BY r.case_no ORDER BY r.seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    rows = (
        f"SELECT e.case_no, e.seq, e.us, CASE WHEN {event} THEN 1 ELSE 0 END AS is_event, "
        f"CASE WHEN {begin} THEN 1 ELSE 0 END AS is_begin, CASE WHEN {end} THEN 1 ELSE 0 END AS is_end "
        f"FROM events AS e{join}{scope.events('e', f'({event}) OR ({begin}) OR ({end})')}"
    )
    looked = (
        f"SELECT r.case_no, r.seq, r.us, r.is_event, MAX(CASE WHEN r.is_begin = 1 THEN r.seq END) {before} AS begin_seq, "
        f"MAX(CASE WHEN r.is_end = 1 AND r.is_begin = 0 THEN r.seq END) {before} AS end_seq, "
        f"MAX(CASE WHEN r.is_end = 1 AND r.is_begin = 0 THEN r.us END) {before} AS end_us FROM ({rows}) AS r"
    )
    not_begun = (
        -1 if since is None else -3
    )  # without a beginning of its own, it is true from the start of the case
    is_true = f"COALESCE(w.begin_seq, {not_begun}) > COALESCE(w.end_seq, -2)"
    verdict = f"CASE WHEN {is_true} THEN {FULFILLED} ELSE {VIOLATED} END"
    ended = f"CASE WHEN {is_true} THEN NULL ELSE w.end_us END"
    return (
        f"SELECT w.case_no, w.seq, w.us, {verdict} AS verdict, w.us - {ended} AS took, {ended} AS target_us "
        f"FROM ({looked}) AS w WHERE w.is_event = 1"
    )


def _payload(events: EventClass, holds: Condition, log: Log, zone: ZoneInfo, scope: Scope) -> str:
    """Judges every event of a class by what it holds itself."""
    activation = event_class(events, log, zone)
    said = condition_sql(holds, log, zone, {"": "e"})
    verdict = f"CASE WHEN {said} THEN {FULFILLED} WHEN NOT ({said}) THEN {VIOLATED} ELSE {UNKNOWN} END"
    join = uses_case(events.where, log) or uses_case(holds, log)
    return (
        f"SELECT e.case_no, e.seq, e.us, {verdict} AS verdict, CAST(NULL AS BIGINT) AS took, CAST(NULL AS BIGINT) AS target_us FROM events AS e"
        f"{' JOIN cases AS k ON k.case_no = e.case_no' if join else ''}{scope.events('e', activation.holds)}"
    )


def by_case(judgements: list[str]) -> str:
    """Gathers judged activations per case: the worst, how many of each, the first, and the longest distance."""
    ranks = " ".join(f"WHEN {verdict} THEN {rank}" for verdict, rank in WORST.items())
    counts = ", ".join(
        f"COUNT(CASE WHEN j.verdict = {verdict} THEN 1 END) AS {name}"
        for name, verdict in (
            ("fulfilled", FULFILLED),
            ("violated", VIOLATED),
            ("pending", PENDING),
            ("unknown", UNKNOWN),
        )
    )
    return (
        f"SELECT j.case_no, MAX(CASE j.verdict {ranks} END) AS worst, COUNT(*) AS activations, {counts}, MIN(j.us) AS at_us, MIN(j.seq) AS at_seq, "
        f"MAX(j.took) AS longest FROM ({' UNION ALL '.join(judgements)}) AS j GROUP BY j.case_no"
    )


def short_form(clause: Clause, pairing: Pairing, facts: CaseFacts, at: Moment) -> str | None:
    """The verdict of a whole case from case facts alone, where that is exactly the same; None where it is not.

    Without limits and conditions that compare events, first and last in the order of seq decide. It spares a window,
    and gives no activations.
    """
    if pairing.at_least or pairing.where is not None or pairing.fifo or clause.alternate:
        return None
    a, b = pairing.activation, pairing.target
    if clause.look in ("next", "previous"):
        there = f"COALESCE({facts.count(a)}, 0) > 0"
        if b.where is not None or not b.elements:
            return None
        side = "next_activity" if clause.look == "next" else "prev_activity"
        is_target = event_class(b, facts.log, facts.zone, label=side).label
        beyond = (
            ""
            if facts.scope.until is None or side == "prev_activity"
            else f" AND e.next_us <= {facts.scope.until}"
        )
        hits = facts.count(a, f"{is_target}{beyond}")
        if clause.never:
            bad, done = f"{hits} > 0", "1 = 1"
        else:
            bad, done = f"{hits} < {facts.count(a)}", "1 = 1"
        if clause.look == "next":
            alone = facts.count(a, facts.scope.at_end)
            done = f"{alone} = 0"
            if not clause.never:
                bad = f"{hits} + {alone} < {facts.count(a)}"
        return _verdict(there, bad, done, at, never=clause.never)
    if clause.look == "after" and clause.never:
        there = f"{facts.first(a, 'seq')} IS NOT NULL"
        return _verdict(there, f"{facts.last(b, 'seq')} > {facts.first(a, 'seq')}", "1 = 0", at, never=True)
    if clause.look == "after":
        there = f"{facts.last(a, 'seq')} IS NOT NULL"
        good = f"COALESCE({facts.last(b, 'seq')}, -1) > {facts.last(a, 'seq')}"
        return _verdict(there, "1 = 0", good, at, never=False)
    if clause.look == "before" and not clause.never:
        there = f"{facts.first(a, 'seq')} IS NOT NULL"
        bad = f"COALESCE({facts.first(b, 'seq')}, {2**31 - 1}) >= {facts.first(a, 'seq')}"
        return _verdict(there, bad, "1 = 1", at, never=False)
    if clause.look == "around" and _apart(a, b, facts.log):
        there = f"COALESCE({facts.count(a)}, 0) > 0"
        together = f"COALESCE({facts.count(b)}, 0) > 0"
        bad, done = (together, "1 = 0") if clause.never else ("1 = 0", together)
        return _verdict(there, bad, done, at, never=clause.never)
    return None


def _verdict(there: str, bad: str, done: str, at: Moment, *, never: bool) -> str:
    closing = FULFILLED if never else VIOLATED
    return (
        f"CASE WHEN NOT ({there}) THEN {NOT_ACTIVATED} WHEN {bad} THEN {VIOLATED} WHEN {done} THEN {FULFILLED} "
        f"WHEN {at.closed} THEN {closing} ELSE {PENDING} END"
    )


def _apart(a: EventClass, b: EventClass, log: Log) -> bool:
    """Whether no event can belong to both classes."""
    return bool(a.elements and b.elements) and not set(codes_of(a, log)) & set(codes_of(b, log))


def _table(fact: str) -> str:
    return f"({fact})" if fact.lstrip().upper().startswith("SELECT") else fact
