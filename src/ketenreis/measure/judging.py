"""Judges requirements on the events of a store: rules to facts, facts to one SQL text, and that to verdicts."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from zoneinfo import ZoneInfo

from ketenreis.conditions import Condition
from ketenreis.errors import KetenreisError
from ketenreis.events.store import EventStore, ObjectType
from ketenreis.measure.cache import FactCache
from ketenreis.measure.clauses import (
    NOT_ACTIVATED,
    Moment,
    by_case,
    classes_of,
    judged,
    judged_payload,
    pairing_of,
    short_form,
)
from ketenreis.measure.engines.duckdb import DuckDB
from ketenreis.measure.facts import CaseFacts, Scope, pairing_sql
from ketenreis.measure.forms import ANCHOR, case_form
from ketenreis.measure.limits import Limits
from ketenreis.measure.log import Log
from ketenreis.measure.predicates import condition_sql
from ketenreis.measure.stored import log_of
from ketenreis.requirements import PATTERN, Requirement, gaps

MISSING, OUTSIDE, EXCLUDED = 10, 11, 12
"""Codes of an excluded case: something is missing, outside the population, or the first stated exclusion and further."""

EVENTS_AT_ONCE = 40_000_000
"""Larger logs are judged in ranges of cases, so that memory stays flat."""

Detail = Literal["full", "cases"]


@dataclass(frozen=True, slots=True)
class CannotSay:
    """Why a requirement cannot be judged at all.

    Attributes:
        reason: Key: "incomplete", "no_events_of_object", "not_mapped", "attribute".
        said: What is lacking, in the words of the model or the data.
    """

    reason: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How one requirement is judged, as SQL.

    Attributes:
        requirement: What is judged.
        verdict: The verdict of a case, over `k`, `f` and the requirement's own rows `x`.
        took: What was measured for a case.
        unit: What `took` counts; "number" is scaled by 10^scale.
        activations: Queries of judged activations; none for what is judged once per case.
        query: Its own rows `x`, one per case; None when case facts suffice.
        facts: Activation facts it reads, by name.
    """

    requirement: Requirement
    verdict: str
    took: str
    unit: Literal["time", "number"]
    scale: int = 0
    activations: tuple[str, ...] = ()
    query: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Planner:
    """Writes plans for one object type at one moment."""

    log: Log
    zone: ZoneInfo
    at: Moment
    scope: Scope
    facts: CaseFacts
    detail: Detail

    def plan(self, wanted: Requirement, *, newest_only: bool = False) -> Plan:
        """How to judge a requirement; only by its newest norm, when asked."""
        measure = wanted.measure
        if measure is None:
            raise ValueError(wanted.id)
        pattern = PATTERN[measure.pattern]
        limits = Limits.of(wanted, self.log, self.zone, newest_only=newest_only)
        classes = tuple(measure.classes())
        unknown = [f"COALESCE({test}, 0) = 1" for events in classes if (test := self.facts.unknown(events))]
        if pattern.form is not None:
            form = case_form(measure, self.facts, limits, self.at)
            verdict = self._excluding(wanted, form.verdict, [*unknown, *form.unknown])
            scale = 0
            if form.unit == "number" and pattern.form == "total":
                scale = self.log.column(str(measure.get("attribute"))).scale
            return Plan(wanted, verdict, form.took, form.unit, scale, query=form.query)
        if (
            self.detail == "cases"
            and not any(norm.limit for norm in wanted.norms)
            and measure.pattern != "payload"
        ):
            shorts = [
                short_form(clause, pairing_of(measure, pattern, clause), self.facts, self.at)
                for clause in pattern.clauses
            ]
            if all(shorts):
                return Plan(
                    wanted, self._excluding(wanted, _worst([s for s in shorts if s]), unknown), "NULL", "time"
                )
        facts: dict[str, str] = {}
        rows = []
        if measure.pattern == "payload":
            holds = measure.get("holds")
            if not isinstance(holds, Condition):
                raise TypeError(holds)
            event = classes_of(measure, pattern)["event"]
            rows.append(judged_payload(event, holds, self.log, self.zone, self.scope))
        else:
            for clause in pattern.clauses:
                pairing = pairing_of(measure, pattern, clause)
                fact = pairing_sql(pairing, self.log, self.zone, self.scope)
                name = f"fact_{hashlib.sha256(fact.encode()).hexdigest()[:16]}"
                facts[name] = fact
                rows.append(judged(clause, pairing, name if self.detail == "full" else fact, limits, self.at))
        verdict = (
            f"CASE WHEN COALESCE(x.activations, 0) = 0 THEN {NOT_ACTIVATED} "
            "WHEN x.violated > 0 THEN 2 WHEN x.pending > 0 THEN 3 ELSE 1 END"
        )
        verdict = self._excluding(wanted, verdict, [*unknown, "COALESCE(x.unknown, 0) > 0"])
        return Plan(wanted, verdict, "x.longest", "time", 0, tuple(rows), by_case(rows), facts)

    def _excluding(self, wanted: Requirement, verdict: str, unknown: list[str]) -> str:
        """Puts the reasons not to judge a case before its verdict."""
        branches = []
        cannot = list(unknown)
        if wanted.population is not None:
            inside = self.of_case(wanted.population)
            branches.append(f"WHEN NOT ({inside}) THEN {OUTSIDE}")
            cannot.append(f"({inside}) IS NULL")
        for number, exclusion in enumerate(wanted.exclusions):
            named = self.of_case(exclusion.where)
            branches.append(f"WHEN {named} THEN {EXCLUDED + number}")
            cannot.append(f"({named}) IS NULL")
        branches += [f"WHEN {test} THEN {MISSING}" for test in cannot]
        return f"CASE {' '.join(branches)} ELSE {verdict} END" if branches else verdict

    def of_case(self, condition: Condition) -> str:
        """A condition on the case alone."""
        return condition_sql(condition, self.log, self.zone, {})


def _worst(verdicts: Sequence[str]) -> str:
    """The verdict of a case from those of its clauses: violated before pending before fulfilled before nothing."""
    if len(verdicts) == 1:
        return verdicts[0]
    either = [" OR ".join(f"({verdict}) = {code}" for verdict in verdicts) for code in (2, 3, 1)]
    return f"CASE WHEN {either[0]} THEN 2 WHEN {either[1]} THEN 3 WHEN {either[2]} THEN 1 ELSE {NOT_ACTIVATED} END"


class Judging:
    """The judged cases of one object type: asked for figures by `measure.figures`, closed when done.

    Attributes:
        log: What was judged.
        now: When, in microseconds UTC.
        zone: The time zone of days and weeks.
        plans: What was judged, by requirement id, in the order of their columns in `judged`.
        cannot: What could not be judged, and why.
        engine: Where the tables `judged` (a row per case), `acts_<i>` (a row per activation) and `current` live.
    """

    def __init__(self, log: Log, now: int, zone: ZoneInfo, detail: Detail, engine: DuckDB) -> None:
        """Starts with nothing judged."""
        self.log, self.now, self.zone, self.detail, self.engine = log, now, zone, detail, engine
        self.plans: dict[str, Plan] = {}
        self.current: dict[str, Plan] = {}
        self.cannot: dict[str, CannotSay] = {}
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

    Returns:
        The judged cases, to be asked for figures and closed.
    """
    stored = store.type(object_type)
    wanted = [one for one in requirements if one.object in (None, stored.name)]
    engine = DuckDB(stored.events_files, stored.cases_file)
    log = log_of(store, stored, wanted, engine)
    last = engine.run("SELECT MAX(last_us) FROM cases")[0][0]
    moment = now if now is not None else (log.last_us if last is not None else 0)
    at = Moment(moment, log.end_of_file)
    scope = Scope(until=moment if last is not None and last > moment else None)
    judging = Judging(log, moment, ZoneInfo(zone), detail, engine)
    for one in wanted:
        reason = _reason(one, log)
        if reason is None:
            try:
                planner = Planner(log, judging.zone, at, scope, CaseFacts(log, judging.zone, scope), detail)
                judging.plans[one.id] = planner.plan(one)
            except KetenreisError as problem:
                reason = CannotSay("attribute", (str(problem),))
        if reason is not None:
            judging.cannot[one.id] = reason
    kept = [judging.plans[one].requirement for one in judging.plans]
    _run(judging, kept, at, scope, stored, FactCache(cache, log.fingerprint) if cache else None)
    return judging


def _reason(wanted: Requirement, log: Log) -> CannotSay | None:
    """Why a requirement cannot be judged, before anything is read."""
    lacking = gaps(wanted)
    if lacking or wanted.measure is None:
        return CannotSay("incomplete", lacking)
    unmapped = [
        name
        for events in wanted.measure.classes()
        for name in events.elements
        if not any(other in log.classes for other in events.elements)
        or (
            events.moment == "start"
            and not any(log.classes[other].start for other in events.elements if other in log.classes)
        )
    ]
    return CannotSay("not_mapped", tuple(dict.fromkeys(unmapped))) if unmapped else None


def _run(
    judging: Judging,
    wanted: Sequence[Requirement],
    at: Moment,
    scope: Scope,
    stored: ObjectType,
    cache: FactCache | None,
) -> None:
    """Fills the tables, in ranges of cases when the log is large."""
    parts = max(1, -(-stored.events // EVENTS_AT_ONCE))
    size = -(-stored.cases // parts)
    versioned = [one for one in wanted if len(one.norms) > 1] if judging.detail == "full" else []
    for part in range(parts):
        ranged = replace(scope, cases=(part * size, (part + 1) * size)) if parts > 1 else scope
        planner = Planner(
            judging.log,
            judging.zone,
            at,
            ranged,
            CaseFacts(judging.log, judging.zone, ranged),
            judging.detail,
        )
        plans = {one.id: planner.plan(one) for one in wanted}
        current = {one.id: planner.plan(one, newest_only=True) for one in versioned}
        if part == 0:
            judging.plans, judging.current = plans, current
        every = [*plans.values(), *current.values()]
        case_facts = planner.facts.sql()
        if judging.detail == "full" or cache:
            for name, fact in {name: fact for plan in every for name, fact in plan.facts.items()}.items():
                _keep(judging, name, fact, cache)
            if case_facts is not None:
                _keep(judging, "case_facts", case_facts, cache)
                case_facts = "SELECT * FROM case_facts"
        if judging.detail == "full":
            for number, plan in enumerate(plans.values()):
                if plan.activations:
                    _add(judging, f"acts_{number}", " UNION ALL ".join(plan.activations), part)
        _add(
            judging, "judged", _judged_sql(judging, list(plans.values()), case_facts, ranged, own=True), part
        )
        if current:
            _add(
                judging,
                "current",
                _judged_sql(judging, list(current.values()), case_facts, ranged, own=False),
                part,
            )
        if judging.detail == "full":
            for name in {name for plan in every for name in plan.facts}:
                judging.engine.drop(name)
            judging.engine.drop("case_facts")


def _keep(judging: Judging, name: str, query: str, cache: FactCache | None) -> None:
    judging.statements.append(f"-- {name}\n{query}")
    if cache is None:
        judging.engine.keep(name, query)
    else:
        judging.engine.view(name, [str(cache.file(query, judging.engine))])


def _add(judging: Judging, table: str, query: str, part: int) -> None:
    if part == 0:
        judging.statements.append(f"-- {table}\n{query}")
        judging.engine.keep(table, query)
    else:
        judging.engine.append(table, query)


def _judged_sql(
    judging: Judging, plans: Sequence[Plan], case_facts: str | None, scope: Scope, *, own: bool
) -> str:
    """One row per case that exists now: the verdict of every requirement, and in full detail what it was based on."""
    columns, joins = ["k.case_no"], []
    if case_facts is not None:
        joins.append(f" LEFT JOIN ({case_facts}) AS f ON f.case_no = k.case_no")
    full = judging.detail == "full"
    for number, plan in enumerate(plans):
        x = f"x{number}"
        columns.append(f"CAST({_renamed(plan.verdict, x)} AS SMALLINT) AS v{number}")
        if plan.query is not None:
            kept = f"SELECT * FROM acts_{number}"
            query = by_case([kept]) if full and own and plan.activations else plan.query
            joins.append(f" LEFT JOIN ({query}) AS {x} ON {x}.case_no = k.case_no")
        if full:
            took = _renamed(plan.took, x)
            if plan.activations:
                shown = (
                    f"{x}.activations",
                    f"{x}.fulfilled",
                    f"{x}.violated",
                    f"{x}.pending",
                    f"{x}.at_us",
                    f"{x}.at_seq",
                    took,
                )
            else:
                shown = ("1", "0", "0", "0", ANCHOR, "0", took)
            columns += [f"{text} AS {name}{number}" for text, name in zip(shown, "afbpste", strict=True)]
    exists = [] if scope.until is None else [f"COALESCE(k.first_us, 0) <= {scope.until}"]
    if scope.cases is not None:
        exists.append(f"k.case_no >= {scope.cases[0]} AND k.case_no < {scope.cases[1]}")
    where = f" WHERE {' AND '.join(exists)}" if exists else ""
    return f"SELECT {', '.join(columns)} FROM cases AS k{''.join(joins)}{where}"


def _renamed(sql: str, alias: str) -> str:
    """A plan speaks of its own rows as `x`; side by side, each has a number."""
    return re.sub(r"\bx\.", f"{alias}.", sql)
