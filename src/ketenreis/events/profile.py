"""What does a log look like? Cases, variants, durations, transitions and rework, in figures that others can check.

Activities are labels here, whatever their lifecycle, and every event counts. The order is that of the normal form:
case, time, order of the file.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import suited
from ketenreis.events.quality import IN_1990, YEAR, iso
from ketenreis.events.store import EventStore, ObjectType
from ketenreis.events.times import literal

TOP_VARIANTS = 5
TOP_EDGES = 40
_QUANTILES = (("p05", 0.05), ("median", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99))


@dataclass(frozen=True, slots=True)
class Spread:
    """How figures spread: count, mean, extremes and quantiles (interpolated linearly); null when there are none."""

    n: int
    mean: float | None
    min: float | None
    p05: float | None
    median: float | None
    p90: float | None
    p95: float | None
    p99: float | None
    max: float | None


@dataclass(frozen=True, slots=True)
class Variant:
    """A sequence of labels and how many cases follow it."""

    n: int
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A transition from one label to the next in a case: how often, and how long in seconds."""

    a: str
    b: str
    n: int
    mean_s: float
    median_s: float


@dataclass(frozen=True, slots=True)
class Profile:
    """A log in figures.

    Attributes:
        object: The object type.
        cases: Cases, also those without events.
        events: Events.
        activities: Different labels.
        variants: Different sequences of labels.
        first: Time of the first event, ISO with offset; null without events.
        last: Time of the last event.
        case_duration_s: From the first to the last event of a case, in seconds, over the cases with events;
            cases with an impossible date are left out.
        events_per_case: Over the cases with events.
        top_variants: The most frequent sequences, most frequent first.
        singleton_variants: Sequences followed by one case only.
        activity_counts: Events by label, most frequent first.
        start: Cases by the label they begin with.
        end: Cases by the label they end with.
        dfg_edges: Different transitions between neighbours.
        dfg_top: The most frequent of them; without those that touch an impossible date.
        cases_with_repeated_activity: Cases in which a label occurs more than once.
        rework_events: Events beyond the first of their label in their case.
        self_loops: Transitions from a label to itself.
        first_time_right_cases_no_repeat: Cases with events in which no label occurs twice.
        same_timestamp_pairs: Neighbours that share a timestamp.
        resources: Different employees (pseudonyms); null when the log does not say. Never a figure per person.
        handovers: Transitions from one employee to another; null likewise.
    """

    object: str
    cases: int
    events: int
    activities: int
    variants: int
    first: str | None
    last: str | None
    case_duration_s: Spread
    events_per_case: Spread
    top_variants: tuple[Variant, ...]
    singleton_variants: int
    activity_counts: Mapping[str, int]
    start: Mapping[str, int]
    end: Mapping[str, int]
    dfg_edges: int
    dfg_top: tuple[Edge, ...]
    cases_with_repeated_activity: int
    rework_events: int
    self_loops: int
    first_time_right_cases_no_repeat: int
    same_timestamp_pairs: int
    resources: int | None
    handovers: int | None

    def to_dict(self) -> dict[str, Any]:
        """The profile as plain values, for JSON."""
        plain = asdict(self)
        plain["top_variants"] = [
            {"n": each.n, "len": len(each.trace), "trace": list(each.trace)} for each in self.top_variants
        ]
        plain["dfg_top"] = [asdict(each) for each in self.dfg_top]
        return plain


def profile(store: EventStore, type: str | None = None) -> Profile:  # noqa: A002  # it is the word of the users
    """Describes the events of one object type.

    Args:
        store: An opened store.
        type: The object type; the first when null.

    Raises:
        StoreError: The store holds no such type.

    Example:
        On Belmij (two hundred of its orders in `store`):

        >>> found = profile(store)
        >>> found.cases, found.events, found.activities
        (200, 2567, 20)
    """
    held = store.type(type)
    with suited(held.events) as con:
        return _profile(con, held)


def _profile(con: duckdb.DuckDBPyConnection, held: ObjectType) -> Profile:
    labels = sorted({each.label for each in held.occurring})
    kinds = {label: i for i, label in enumerate(labels)}
    con.execute("CREATE TEMP TABLE kinds (code SMALLINT, kind INTEGER)")
    con.execute(
        "INSERT INTO kinds SELECT unnest($c), unnest($k)",
        {"c": [each.code for each in held.occurring], "k": [kinds[each.label] for each in held.occurring]},
    )
    con.execute(
        "CREATE TEMP VIEW events AS SELECT e.*, mine.kind, before.kind AS prev_kind, after.kind AS next_kind FROM "
        f"{held.events_sql} AS e JOIN kinds AS mine ON mine.code = e.activity LEFT JOIN kinds AS before ON "
        "before.code = e.prev_activity LEFT JOIN kinds AS after ON after.code = e.next_activity"
    )
    con.execute(
        f"CREATE TEMP VIEW cases AS SELECT * FROM read_parquet({literal(held.cases_file)}) WHERE events > 0"
    )
    first, last, here = _span(con)
    counts: dict[str, int] = {}
    for each in held.occurring:
        counts[each.label] = counts.get(each.label, 0) + each.events
    edges, loops, top = _edges(con, labels, here)
    repeated, rework = con.execute(
        "SELECT count(DISTINCT case_no), COALESCE(sum(n - 1), 0)::BIGINT FROM "
        "(SELECT case_no, count(*) AS n FROM events GROUP BY case_no, kind HAVING count(*) > 1) AS again"
    ).fetchall()[0]
    with_events = con.execute("SELECT count(*) FROM cases").fetchall()[0][0]
    resources, handovers = _people(con, held)
    return Profile(
        object=held.name,
        cases=held.cases,
        events=held.events,
        activities=len(labels),
        variants=held.variants,
        first=iso(first),
        last=iso(last),
        case_duration_s=_spread(
            con, "(last_us - first_us) / 1e6", f"cases WHERE {here('first_us')} AND {here('last_us')}"
        ),
        events_per_case=_spread(con, "events", "cases"),
        top_variants=_variants(con, labels),
        singleton_variants=con.execute(
            "SELECT count(*) FROM (SELECT variant FROM cases GROUP BY variant HAVING count(*) = 1) AS once"
        ).fetchall()[0][0],
        activity_counts=_ordered(counts),
        start=_counted(con, labels, "prev_us IS NULL"),
        end=_counted(con, labels, "next_us IS NULL"),
        dfg_edges=edges,
        dfg_top=top,
        cases_with_repeated_activity=repeated,
        rework_events=rework,
        self_loops=loops,
        first_time_right_cases_no_repeat=with_events - repeated,
        same_timestamp_pairs=con.execute("SELECT count(*) FROM events WHERE us = prev_us").fetchall()[0][0],
        resources=resources,
        handovers=handovers,
    )


class _Here:
    """SQL that leaves out impossible dates; everything passes in a log whose middle lies outside 1990 to now."""

    def __init__(self, late: int | None) -> None:
        self.late = late

    def __call__(self, column: str) -> str:
        return "TRUE" if self.late is None else f"{column} BETWEEN {IN_1990} AND {self.late}"


def _span(con: duckdb.DuckDBPyConnection) -> tuple[int | None, int | None, _Here]:
    """First, last, and what counts as a possible date: judged at a year after the clock of this machine."""
    late = con.execute("SELECT epoch_us(now())").fetchall()[0][0] + YEAR
    here = _Here(late)
    first, last, odd, count = con.execute(
        f"SELECT min(us), max(us), count(CASE WHEN NOT ({here('us')}) THEN 1 END), count(*) FROM events"
    ).fetchall()[0]
    return first, last, _Here(None) if odd * 2 > count else here


def _spread(con: duckdb.DuckDBPyConnection, value: str, rows: str) -> Spread:
    asked = ", ".join(f"quantile_cont({value}, {share})" for _, share in _QUANTILES)
    n, mean, low, high, *quantiles = con.execute(
        f"SELECT count(*), avg({value}), min({value})::DOUBLE, max({value})::DOUBLE, {asked} FROM {rows}"
    ).fetchall()[0]
    p05, median, p90, p95, p99 = quantiles
    return Spread(n, mean, low, p05, median, p90, p95, p99, high)


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _counted(con: duckdb.DuckDBPyConnection, labels: list[str], condition: str) -> dict[str, int]:
    rows = con.execute(f"SELECT kind, count(*) FROM events WHERE {condition} GROUP BY kind").fetchall()
    return _ordered({labels[kind]: n for kind, n in rows})


def _variants(con: duckdb.DuckDBPyConnection, labels: list[str]) -> tuple[Variant, ...]:
    rows = con.execute(
        "SELECT cases.variant, any_value(n), list(kind ORDER BY seq) FROM events JOIN cases USING (case_no) JOIN "
        f"(SELECT variant, count(*) AS n, min(case_no) AS case_no FROM cases WHERE variant < {TOP_VARIANTS} "
        "GROUP BY variant) AS example USING (case_no) GROUP BY cases.variant ORDER BY cases.variant"
    ).fetchall()
    return tuple(Variant(n, tuple(labels[kind] for kind in trace)) for _, n, trace in rows)


def _edges(
    con: duckdb.DuckDBPyConnection, labels: list[str], here: _Here
) -> tuple[int, int, tuple[Edge, ...]]:
    """How many different transitions, how many to the same label, and the most frequent ones."""
    gap = f"CASE WHEN {here('us')} AND {here('next_us')} THEN (next_us - us) / 1e6 END"
    rows = con.execute(
        f"SELECT kind, next_kind, count(*) AS n, avg({gap}), median({gap}) FROM events WHERE next_kind IS NOT NULL "
        "GROUP BY kind, next_kind ORDER BY n DESC, kind, next_kind"
    ).fetchall()
    loops = sum(n for a, b, n, _, _ in rows if a == b)
    top = [Edge(labels[a], labels[b], n, mean, middle) for a, b, n, mean, middle in rows[:TOP_EDGES]]
    return len(rows), loops, tuple(top)


def _people(con: duckdb.DuckDBPyConnection, held: ObjectType) -> tuple[int | None, int | None]:
    """Totals over employees only: nothing is ever told per person."""
    employee = next((each for each in held.own_attributes if each.role == "employee"), None)
    if employee is None:
        return None, None
    column = quoted(employee.column)
    if employee.level == "case":
        return con.execute(f"SELECT count(DISTINCT {column}) FROM cases").fetchall()[0][0], 0
    return con.execute(
        f"SELECT count(DISTINCT {column}), count(CASE WHEN {column} <> other AND prev_us IS NOT NULL THEN 1 END) FROM "
        f"(SELECT {column}, prev_us, lag({column}) OVER (PARTITION BY case_no ORDER BY seq) AS other FROM events) AS own"
    ).fetchall()[0]
