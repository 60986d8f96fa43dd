"""Judges requirements on the events of a store: rules to facts, facts to one SQL text, and that to verdicts."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from ketenreis.calendars import Calendar
from ketenreis.errors import KetenreisError
from ketenreis.events.store import EventStore, ObjectType
from ketenreis.measure.cache import FactCache
from ketenreis.measure.case_facts import CaseFacts
from ketenreis.measure.clauses import Moment, by_case
from ketenreis.measure.engines.duckdb import MEMORY, MEMORY_OF_LARGE, DuckDB
from ketenreis.measure.facts import Scope
from ketenreis.measure.log import Log
from ketenreis.measure.planning import CannotSay, Detail, Plan, Planner, why_not
from ketenreis.measure.stored import log_of
from ketenreis.requirements import Requirement

EVENTS_AT_ONCE = 12_000_000
"""Larger logs are judged in ranges of cases, so that memory stays flat, and what is grouped near to the processor."""

JUDGED_AT_ONCE = 24
"""More requirements with rows of their own are judged in batches, so that no query joins without end."""


class Judging:
    """The judged cases of one object type: asked for figures by `measure.figures`, closed when done.

    Attributes:
        log: What was judged.
        now: When, in microseconds UTC.
        zone: The time zone of days and weeks.
        plans: What was judged, by requirement id, in the order of their columns in `judged`.
        cannot: What could not be judged, and why, by requirement id.
        engine: Where the tables live. `judged` has a row per case and, for requirement i: v<i> its verdict, a<i> its
            activations with f<i> fulfilled, b<i> violated and p<i> pending, s<i> and t<i> the time and the order of the
            first, e<i> what was measured. `current` is the same under the newest norms; `acts_<i>` has a row per activation.
    """

    def __init__(self, log: Log, now: int, zone: ZoneInfo, detail: Detail, engine: DuckDB) -> None:
        """Starts with nothing judged."""
        self.log, self.now, self.zone, self.detail, self.engine = log, now, zone, detail, engine
        self.plans: dict[str, Plan] = {}
        self.current: dict[str, Plan] = {}
        self.cannot: dict[str, tuple[Requirement, CannotSay]] = {}
        self.statements: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.close()

    def index(self, requirement_id: str) -> int:
        """The number of a requirement's columns."""
        return list(self.plans).index(requirement_id)


def judge(
    store: EventStore,
    requirements: Iterable[Requirement],
    *,
    now: int | None = None,
    zone: str = "Europe/Amsterdam",
    object_type: str | None = None,
    detail: Detail = "full",
    cache: Path | None = None,
    calendars: Mapping[str, Calendar] | None = None,
) -> Judging:
    """Judges requirements on every case of one object type.

    Args:
        store: The events.
        requirements: What to judge; those about another type of object are left out.
        now: Microseconds UTC; the last event in the store unless given.
        zone: The time zone in which days begin.
        object_type: Which objects; the store's first type unless given.
        detail: "full" also keeps every activation; "cases" only the verdict of each case, faster.
        cache: Folder in which facts are kept for a next time; safe to delete.
        calendars: The organisation's calendars by the name that a measure gives as its clock.

    Returns:
        The judged cases, to be asked for figures and closed.
    """
    stored = store.type(object_type)
    wanted = [one for one in requirements if one.object in (None, stored.name)]
    memory = MEMORY if stored.events <= EVENTS_AT_ONCE else MEMORY_OF_LARGE
    engine = DuckDB.over(stored, memory)
    log = log_of(store, stored, wanted, engine)
    last = engine.run("SELECT MAX(last_us) FROM cases")[0][0]
    moment = now if now is not None else (log.last_us if last is not None else 0)
    at = Moment(moment, log.end_of_file)
    scope = Scope(until=moment if last is not None and last > moment else None)
    judging = Judging(log, moment, ZoneInfo(zone), detail, engine)

    def planner(scope: Scope) -> Planner:
        """Plans for a part of the cases, with case facts of their own."""
        return Planner(
            log, judging.zone, at, scope, CaseFacts(log, judging.zone, scope), detail, calendars or {}
        )

    for one in wanted:
        reason = why_not(one, log)
        if reason is None:
            try:
                judging.plans[one.id] = planner(scope).plan(one)
            except KetenreisError as problem:
                reason = CannotSay("attribute", (str(problem),))
        if reason is not None:
            judging.cannot[one.id] = one, reason
    _keep_whole(judging)
    kept = [plan.requirement for plan in judging.plans.values()]
    for table in dict.fromkeys(table for plan in judging.plans.values() for table in plan.tables):
        engine.load(table.name, table.columns, table.rows(log.first_us, max(moment, last or moment)))
    _run(judging, kept, planner, scope, stored, FactCache(cache, stored) if cache else None)
    return judging


def _keep_whole(judging: Judging) -> None:
    """Puts what is made of others behind them, and says which of it lacks a part that can be judged."""
    simple = {name: plan for name, plan in judging.plans.items() if not plan.parts}
    made = {name: plan for name, plan in judging.plans.items() if plan.parts}
    for name, plan in made.items():
        lacking = tuple(part for part in plan.parts if part not in simple)
        if lacking:
            judging.cannot[name] = plan.requirement, CannotSay("part", lacking)
    judging.plans = simple | {name: plan for name, plan in made.items() if name not in judging.cannot}


def _run(
    judging: Judging,
    wanted: Sequence[Requirement],
    planner_of: Callable[[Scope], Planner],
    scope: Scope,
    stored: ObjectType,
    cache: FactCache | None,
) -> None:
    """Fills the tables, in ranges of cases when the log is large."""
    parts = max(1, -(-stored.events // EVENTS_AT_ONCE))
    size = -(-stored.cases // parts)
    versioned = [one for one in wanted if _is_versioned(one, judging)] if judging.detail == "full" else []
    for part in range(parts):
        ranged = replace(scope, cases=(part * size, (part + 1) * size)) if parts > 1 else scope
        planner = planner_of(ranged)
        plans = {one.id: planner.plan(one) for one in wanted}
        current = {one.id: planner.plan(one, newest_only=True) for one in versioned}
        if part == 0:
            judging.plans, judging.current = plans, current
        every = [*plans.values(), *current.values()]
        case_facts = planner.facts.sql()
        facts = {name: fact for plan in every for name, fact in plan.facts.items()}
        uses = Counter(
            {name: sum(row.count(name) for plan in every for row in plan.activations) for name in facts}
        )
        if case_facts is not None:
            facts["case_facts"] = case_facts
            uses["case_facts"] = len(_batches(plans)) + (len(_batches(current)) if current else 0)
            case_facts = "SELECT * FROM case_facts"
        for name, fact in facts.items():
            _keep(judging, name, fact, cache, again=uses[name] > 1)
        if judging.detail == "full":
            for number, plan in enumerate(plans.values()):
                if plan.activations:
                    _add(judging, f"acts_{number}", " UNION ALL ".join(plan.activations), part)
        together = _judged_together(judging, plans, planner, case_facts, ranged, own=True)
        _add_judged(judging, "judged", together, plans, part)
        if current:
            together = _judged_together(judging, current, planner, case_facts, ranged, own=False)
            _add_judged(judging, "current", together, current, part)
        if cache is None:
            for name in [name for name in facts if uses[name] > 1]:
                judging.engine.drop(name)


def _is_versioned(wanted: Requirement, judging: Judging) -> bool:
    """Whether its newest norm may judge the past otherwise than its norms did."""
    return len(wanted.norms) > 1 and not judging.plans[wanted.id].parts


def _keep(judging: Judging, name: str, query: str, cache: FactCache | None, *, again: bool) -> None:
    """Makes a fact known by its name; what is read only once is never written."""
    judging.statements.append(f"-- {name}\n{query}")
    if cache is not None:
        judging.engine.define(name, cache.rows(query, judging.engine))
    elif again:
        judging.engine.keep(name, query)
    else:
        judging.engine.define(name, query)


def _add(judging: Judging, table: str, query: str, part: int) -> None:
    if part == 0:
        judging.statements.append(f"-- {table}\n{query}")
        judging.engine.keep(table, query)
    else:
        judging.engine.append(table, query)


def _add_judged(judging: Judging, table: str, query: str, plans: Mapping[str, Plan], part: int) -> None:
    """Adds judged cases; what is the same in every case is not written but filled in when it is read."""
    if judging.detail == "cases":
        _add(judging, table, query, part)
        return
    _add(judging, f"{table}_rows", query, part)
    if part == 0:
        once = [n for n, plan in enumerate(plans.values()) if not plan.activations]
        same = ", ".join(
            f"1 AS a{n}, 0 AS f{n}, 0 AS b{n}, 0 AS p{n}, r.first_us AS s{n}, 0 AS t{n}" for n in once
        )
        filled = f"SELECT r.*{', ' if same else ''}{same} FROM {table}_rows AS r"
        judging.statements.append(f"-- {table}\n{filled}")
        judging.engine.define(table, filled)


def _judged_together(
    judging: Judging,
    plans: Mapping[str, Plan],
    planner: Planner,
    case_facts: str | None,
    scope: Scope,
    *,
    own: bool,
) -> str:
    """The query of every requirement's verdict, one row per case; batch by batch when there are many."""
    batches = _batches(plans)
    query = _judged_sql(judging, batches[0], case_facts, scope, own=own)
    if len(batches) > 1:
        name = "batch" if own else "current_batch"
        kept = ["t0.first_us"] if judging.detail == "full" else []
        for number, batch in enumerate(batches):
            text = _judged_sql(judging, batch, case_facts, scope, own=own)
            judging.statements.append(f"-- {name}_{number}\n{text}")
            judging.engine.keep(f"{name}_{number}", text)
            kept += [f"t{number}.{letter}{n}" for n, plan in batch for letter in _letters(judging, plan)]
        joins = "".join(
            f" JOIN {name}_{n} AS t{n} ON t{n}.case_no = t0.case_no" for n in range(1, len(batches))
        )
        query = f"SELECT t0.case_no, {', '.join(kept)} FROM {name}_0 AS t0{joins}"
    numbers = {name: number for number, name in enumerate(plans)}
    made = [(numbers[name], planner.together(plan, numbers)) for name, plan in plans.items() if plan.parts]
    if not made:
        return query
    measured = ", CAST(NULL AS BIGINT) AS e{n}" if judging.detail == "full" else ""
    verdicts = [f"{_code(verdict, scope)} AS v{n}{measured.format(n=n)}" for n, verdict in made]
    return f"SELECT j.*, {', '.join(verdicts)} FROM ({query}) AS j JOIN cases AS k ON k.case_no = j.case_no"


def _batches(plans: Mapping[str, Plan]) -> list[list[tuple[int, Plan]]]:
    """The numbered plans, in as few batches as their joins allow; those made of others come after."""
    batches: list[list[tuple[int, Plan]]] = [[]]
    for number, plan in enumerate(plans.values()):
        if plan.parts:
            continue
        joined = sum(other.query is not None for _, other in batches[-1])
        if plan.query is not None and joined == JUDGED_AT_ONCE:
            batches.append([])
        batches[-1].append((number, plan))
    return batches


def _letters(judging: Judging, plan: Plan) -> str:
    """The columns of a requirement that differ from case to case; see `Judging`."""
    if judging.detail == "cases":
        return "v"
    return "vafbpste" if plan.activations else "ve"


def _judged_sql(
    judging: Judging, plans: Sequence[tuple[int, Plan]], case_facts: str | None, scope: Scope, *, own: bool
) -> str:
    """One row per case that exists now: the verdict of each requirement, and in full detail what it was based on."""
    full = judging.detail == "full"
    columns, joins = ["k.case_no", *(["k.first_us"] if full else [])], []
    if case_facts is not None:
        joins.append(f" LEFT JOIN ({case_facts}) AS f ON f.case_no = k.case_no")
    for number, plan in plans:
        x = f"x{number}"
        columns.append(f"{_code(_renamed(plan.verdict, x), scope)} AS v{number}")
        if plan.query is not None:
            kept = f"SELECT * FROM acts_{number}"
            query = by_case([kept]) if full and own and plan.activations else plan.query
            joins.append(f" LEFT JOIN ({query}) AS {x} ON {x}.case_no = k.case_no")
        joins += [join for join in plan.joins if join not in joins]
        if full:
            took = _renamed(plan.took, x)
            counted = (
                [
                    f"{x}.{column}"
                    for column in ("activations", "fulfilled", "violated", "pending", "at_us", "at_seq")
                ]
                if plan.activations
                else []
            )
            names = _letters(judging, plan)[1:]
            columns += [
                f"{text} AS {name}{number}" for text, name in zip([*counted, took], names, strict=True)
            ]
    exists = [] if scope.until is None else [f"COALESCE(k.first_us, 0) <= {scope.until}"]
    if scope.cases is not None:
        exists.append(f"k.case_no >= {scope.cases[0]} AND k.case_no < {scope.cases[1]}")
    where = f" WHERE {' AND '.join(exists)}" if exists else ""
    return f"SELECT {', '.join(columns)} FROM cases AS k{''.join(joins)}{where}"


def _code(verdict: str, scope: Scope) -> str:
    """A verdict as it is kept: as it comes, which is fastest to write, and half as wide in a log judged in ranges."""
    return verdict if scope.cases is None else f"CAST({verdict} AS SMALLINT)"


def _renamed(sql: str, alias: str) -> str:
    """A plan speaks of its own rows as `x`; side by side, each has a number."""
    return re.sub(r"\bx\.", f"{alias}.", sql)
