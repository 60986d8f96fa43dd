"""Activation facts: what must be read of each activation once, before any limit, any "now" or any calendar is applied.

One row per activation with the time of its target and of the next activation: a window over only the rows concerned,
or a self-join where the target is correlated. Rules share facts that are written alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from ketenreis.conditions import Condition
from ketenreis.measure.log import Log
from ketenreis.measure.predicates import condition_sql, event_class, uses_case
from ketenreis.requirements import EventClass

Look = Literal["after", "before", "around", "next", "previous"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which events are looked at: those up to a moment, of a range of cases.

    Attributes:
        until: Events later than this do not exist yet; None when nothing is later.
        cases: First case number and the one past the last; None for all.
    """

    until: int | None = None
    cases: tuple[int, int] | None = None

    def events(self, alias: str = "e", *more: str) -> str:
        """The WHERE clause for rows of events; empty when all are asked."""
        tests = list(more)
        if self.until is not None:
            tests.append(f"{alias}.us <= {self.until}")
        if self.cases is not None:
            tests.append(f"{alias}.case_no >= {self.cases[0]} AND {alias}.case_no < {self.cases[1]}")
        return " WHERE " + " AND ".join(f"({test})" for test in tests) if tests else ""

    @property
    def at_end(self) -> str:
        """Whether a row of events is the last of its case; a label is narrower to read than a time."""
        return "e.next_activity IS NULL" if self.until is None else f"({self.neighbour('next_us')}) IS NULL"

    def neighbour(self, column: str, alias: str = "e") -> str:
        """A column of the next event, null when that event does not exist yet."""
        if self.until is None:
            return f"{alias}.{column}"
        return f"CASE WHEN {alias}.next_us <= {self.until} THEN {alias}.{column} END"


@dataclass(frozen=True, slots=True)
class Span:
    """Which events a span runs between.

    Attributes:
        from_case, to_case: Whether it begins or ends with the case itself.
        last_start, last_end: Whether the last event counts instead of the first.
        closed: When a case is closed, as SQL on the case `k`; a case ends only then.
    """

    from_case: bool
    to_case: bool
    last_start: bool
    last_end: bool
    closed: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """One activation fact: the activations of a class, each with its target.

    Attributes:
        activation, target: The two event classes.
        look: Where the target is looked for.
        at_least: Lower bound of the distance, in microseconds.
        where: The correlation, with "a" and "b" for the pattern's own two classes.
        swapped: Whether the activation is the pattern's b.
        alternate: Whether the neighbouring activation must be known.
        fifo: Whether each target counts for one activation only.
        span: For a span: which of the events are its ends; there is one activation per case.
    """

    activation: EventClass
    target: EventClass
    look: Look
    at_least: int = 0
    where: Condition | None = None
    swapped: bool = False
    alternate: bool = False
    fifo: bool = False
    span: Span | None = None

    @property
    def only_one(self) -> bool:
        """Whether an activation has one target at most, so that a later one cannot make up for it."""
        return self.fifo or self.span is not None


PAIRED = ("case_no", "seq", "us", "t_us", "t_seq", "p_us", "n_seq", "n_us", "unknown")
"""Columns of an activation fact: the activation; its target's time and order (after it, for around); the time of a
target before it (around); the neighbouring activation's order (alternate) or the neighbouring event's time (next);
and whether an uncertain target may have been passed over."""


def pairing_sql(pairing: Pairing, log: Log, zone: ZoneInfo, scope: Scope) -> str:
    """Writes an activation fact: one row per activation, with the columns of PAIRED."""
    if pairing.span is not None:
        return _spanned(pairing, pairing.span, log, zone, scope)
    if pairing.look in ("next", "previous"):
        return _neighbour(pairing, log, zone, scope)
    if pairing.where is not None:
        return _correlated(pairing, log, zone, scope)
    return _fifo(pairing, log, zone, scope) if pairing.fifo else _windowed(pairing, log, zone, scope)


def _row(**columns: str) -> str:
    """The select list of an activation fact; what a form does not know is null."""
    nothing = {"unknown": "0"}
    return ", ".join(f"{columns.get(c, nothing.get(c, 'CAST(NULL AS BIGINT)'))} AS {c}" for c in PAIRED)


def _rows_of(pairing: Pairing, log: Log, zone: ZoneInfo, scope: Scope) -> str:
    """The rows of either class, marked is_a and is_b: the only ones a window has to order."""
    a, b = event_class(pairing.activation, log, zone), event_class(pairing.target, log, zone)
    join = _join(log, pairing.activation.where, pairing.target.where)
    return (
        f"SELECT e.case_no, e.seq, e.us, CASE WHEN {a.holds} THEN 1 ELSE 0 END AS is_a, "
        f"CASE WHEN {b.holds} THEN 1 ELSE 0 END AS is_b FROM events AS e{join}"
        f"{scope.events('e', f'({a.holds}) OR ({b.holds})')}"
    )


def _join(log: Log, *conditions: Condition | None, alias: str = "e") -> str:
    """Brings the case beside the event where a condition looks at it."""
    needed = any(uses_case(condition, log) for condition in conditions)
    return f" JOIN cases AS k ON k.case_no = {alias}.case_no" if needed else ""


def _windowed(pairing: Pairing, log: Log, zone: ZoneInfo, scope: Scope) -> str:
    """Targets by a window in the order of seq; by time where a lower bound has to be kept."""
    low = pairing.at_least
    ahead = "ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING"
    behind = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    far_ahead = (
        f"ORDER BY r.us RANGE BETWEEN {low} FOLLOWING AND UNBOUNDED FOLLOWING"
        if low
        else f"ORDER BY r.seq {ahead}"
    )
    far_behind = (
        f"ORDER BY r.us RANGE BETWEEN UNBOUNDED PRECEDING AND {low} PRECEDING"
        if low
        else f"ORDER BY r.seq {behind}"
    )

    def over(aggregate: str, mark: str, column: str, frame: str) -> str:
        return (
            f"{aggregate}(CASE WHEN r.{mark} = 1 THEN r.{column} END) OVER (PARTITION BY r.case_no {frame})"
        )

    columns = {"t_us": "", "t_seq": "", "p_us": "", "n_seq": ""}
    if pairing.look in ("after", "around"):
        columns["t_us"] = over("MIN", "is_b", "us", far_ahead)
    if pairing.look == "before":
        columns["t_us"] = over("MAX", "is_b", "us", far_behind)
    if pairing.look == "around":
        columns["p_us"] = over("MAX", "is_b", "us", far_behind)
    if pairing.alternate and pairing.look == "after":
        columns["t_seq"] = over("MIN", "is_b", "seq", far_ahead)
        columns["n_seq"] = over("MIN", "is_a", "seq", f"ORDER BY r.seq {ahead}")
    if pairing.alternate and pairing.look == "before":
        columns["t_seq"] = over("MAX", "is_b", "seq", far_behind)
        columns["n_seq"] = over("MAX", "is_a", "seq", f"ORDER BY r.seq {behind}")
    windows = "".join(f", {text} AS {name}" for name, text in columns.items() if text)
    known = {name: f"w.{name}" for name, text in columns.items() if text}
    return (
        f"SELECT {_row(case_no='w.case_no', seq='w.seq', us='w.us', **known)} FROM "
        f"(SELECT r.case_no, r.seq, r.us, r.is_a{windows} FROM ({_rows_of(pairing, log, zone, scope)}) AS r) AS w "
        "WHERE w.is_a = 1"
    )


def _fifo(pairing: Pairing, log: Log, zone: ZoneInfo, scope: Scope) -> str:
    """One to one, the oldest first: the k-th target that was not wasted belongs to the k-th activation.

    A target is wasted when every activation before it was served already.
    """
    so_far = (
        "OVER (PARTITION BY {0}.case_no ORDER BY {0}.seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    )
    counted = (
        f"SELECT r.case_no, r.seq, r.us, r.is_a, r.is_b, SUM(r.is_a) {so_far.format('r')} AS asked, "
        f"SUM(r.is_b) {so_far.format('r')} AS given FROM ({_rows_of(pairing, log, zone, scope)}) AS r"
    )
    wasted = (
        "SELECT c.case_no, c.seq, c.us, c.is_a, c.is_b, c.asked, c.given, "
        # An event that is both serves earlier activations only, never itself.
        f"MAX(CASE WHEN c.given - (c.asked - c.is_a) > 0 AND c.is_b = 1 THEN c.given - (c.asked - c.is_a) ELSE 0 END) "
        f"{so_far.format('c')} AS wasted FROM ({counted}) AS c"
    )
    served = (
        "SELECT x.case_no, x.given - x.wasted AS turn, MIN(x.seq) AS t_seq, MIN(x.us) AS t_us "
        f"FROM ({wasted}) AS x WHERE x.is_b = 1 AND x.given - x.wasted > 0 GROUP BY x.case_no, x.given - x.wasted"
    )
    row = _row(case_no="p.case_no", seq="p.seq", us="p.us", t_us="q.t_us", t_seq="q.t_seq")
    return (
        f"SELECT {row} FROM (SELECT y.case_no, y.seq, y.us, y.asked FROM ({counted}) AS y WHERE y.is_a = 1) AS p "
        f"LEFT JOIN ({served}) AS q ON q.case_no = p.case_no AND q.turn = p.asked"
    )


def _spanned(pairing: Pairing, span: Span, log: Log, zone: ZoneInfo, scope: Scope) -> str:
    """One row per case that has a start: its time, and that of the end at or after it."""
    a, b = event_class(pairing.activation, log, zone), event_class(pairing.target, log, zone)
    first, final = ("MAX" if span.last_start else "MIN"), ("MAX" if span.last_end else "MIN")
    starts = (
        f"SELECT e.case_no, {first}(e.seq) AS start_seq, {first}(e.us) AS start_us FROM events AS e"
        f"{_join(log, pairing.activation.where)}{scope.events('e', a.holds)} GROUP BY e.case_no"
    )
    if span.to_case:
        every = f"SELECT e.case_no, MAX(e.us) AS end_us FROM events AS e{scope.events()} GROUP BY e.case_no"
        end, join = f"CASE WHEN {span.closed} THEN z.end_us END", " JOIN cases AS k ON k.case_no = s.case_no"
    else:
        every = (
            f"SELECT e.case_no, {final}(e.us) AS end_us FROM events AS e JOIN ({starts}) AS o ON o.case_no = e.case_no "
            f"AND e.seq >= o.start_seq{_join(log, pairing.target.where)}{scope.events('e', b.holds)} GROUP BY e.case_no"
        )
        end, join = "z.end_us", ""
    row = _row(case_no="s.case_no", seq="s.start_seq", us="s.start_us", t_us=end)
    return f"SELECT {row} FROM ({starts}) AS s LEFT JOIN ({every}) AS z ON z.case_no = s.case_no{join}"


def _aliases(pairing: Pairing) -> Mapping[str, str]:
    return {"a": "b", "b": "a"} if pairing.swapped else {"a": "a", "b": "b"}


def _correlated(pairing: Pairing, log: Log, zone: ZoneInfo, scope: Scope) -> str:
    """Every activation against every candidate, since the condition compares the two."""
    a, b = event_class(pairing.activation, log, zone), event_class(pairing.target, log, zone)
    where = "1 = 1" if pairing.where is None else condition_sql(pairing.where, log, zone, _aliases(pairing))
    # The neighbouring activation is any activation, so it is found before the correlation is judged.
    previous = "LAG" if pairing.look == "before" else "LEAD"
    activations = (
        f"SELECT e.*, {previous}(e.seq) OVER (PARTITION BY e.case_no ORDER BY e.seq) AS n_seq "
        f"FROM events AS e{_join(log, pairing.activation.where)}{scope.events('e', a.holds)}"
    )
    candidates = f"SELECT e.* FROM events AS e{_join(log, pairing.target.where)}{scope.events('e', b.holds)}"
    side = {"after": "b.seq > a.seq", "before": "b.seq < a.seq", "around": "b.seq <> a.seq"}[pairing.look]
    ahead = f"b.seq > a.seq AND b.us - a.us >= {pairing.at_least} AND ({where})"
    behind = f"b.seq < a.seq AND a.us - b.us >= {pairing.at_least} AND ({where})"
    columns = {
        "t_us": f"MAX(CASE WHEN {behind} THEN b.us END)"
        if pairing.look == "before"
        else f"MIN(CASE WHEN {ahead} THEN b.us END)",
        "t_seq": f"MAX(CASE WHEN {behind} THEN b.seq END)"
        if pairing.look == "before"
        else f"MIN(CASE WHEN {ahead} THEN b.seq END)",
        "n_seq": "a.n_seq",
        "unknown": f"MAX(CASE WHEN b.case_no IS NOT NULL AND ({where}) IS NULL THEN 1 ELSE 0 END)",
    }
    if pairing.look == "around":
        columns["p_us"] = f"MAX(CASE WHEN {behind} THEN b.us END)"
    return (
        f"SELECT {_row(case_no='a.case_no', seq='a.seq', us='a.us', **columns)} FROM ({activations}) AS a "
        f"LEFT JOIN ({candidates}) AS b ON b.case_no = a.case_no AND {side}{_join(log, pairing.where, alias='a')} "
        "GROUP BY a.case_no, a.seq, a.us, a.n_seq"
    )


def _neighbour(pairing: Pairing, log: Log, zone: ZoneInfo, scope: Scope) -> str:
    """The very next or previous event: read from the neighbour columns, or joined where more is asked of it."""
    a = event_class(pairing.activation, log, zone)
    ahead = pairing.look == "next"
    if pairing.target.where is None and pairing.where is None:
        side, us = ("next_activity", "next_us") if ahead else ("prev_activity", "prev_us")
        is_target = event_class(pairing.target, log, zone, label=side).label
        distance = "e.next_us - e.us" if ahead else "e.us - e.prev_us"
        found = f"CASE WHEN {is_target} AND {distance} >= {pairing.at_least} THEN e.{us} END"
        exists = f"e.{us}"
        if ahead and scope.until is not None:
            found = f"CASE WHEN e.next_us <= {scope.until} THEN {found} END"
            exists = scope.neighbour("next_us")
        row = _row(case_no="e.case_no", seq="e.seq", us="e.us", t_us=found, n_us=exists)
        return (
            f"SELECT {row} FROM events AS e{_join(log, pairing.activation.where)}{scope.events('e', a.holds)}"
        )
    b = event_class(pairing.target, log, zone, "b")
    where = "1 = 1" if pairing.where is None else condition_sql(pairing.where, log, zone, _aliases(pairing))
    beside = "b.seq = a.seq + 1" if ahead else "b.seq = a.seq - 1"
    distance = "b.us - a.us" if ahead else "a.us - b.us"
    activations = (
        f"SELECT e.* FROM events AS e{_join(log, pairing.activation.where)}{scope.events('e', a.holds)}"
    )
    neighbours = f"SELECT e.* FROM events AS e{scope.events('e')}"
    row = _row(
        case_no="a.case_no",
        seq="a.seq",
        us="a.us",
        t_us=f"CASE WHEN ({b.holds}) AND ({where}) AND {distance} >= {pairing.at_least} THEN b.us END",
        n_us="b.us",
        unknown=f"CASE WHEN b.case_no IS NOT NULL AND ({b.holds}) AND ({where}) IS NULL THEN 1 ELSE 0 END",
    )
    join = _join(log, pairing.target.where, pairing.where, alias="a")
    return (
        f"SELECT {row} FROM ({activations}) AS a "
        f"LEFT JOIN ({neighbours}) AS b ON b.case_no = a.case_no AND {beside}{join}"
    )
