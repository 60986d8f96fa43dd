"""How is a requirement judged? Writes the plan of each as SQL, and says which cannot be judged at all."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from ketenreis.calendars import Calendar
from ketenreis.conditions import Condition
from ketenreis.measure.case_facts import CaseFacts
from ketenreis.measure.clauses import (
    FULFILLED,
    NOT_ACTIVATED,
    PENDING,
    SPAN,
    UNKNOWN,
    VIOLATED,
    WORST,
    Moment,
    by_case,
    judged,
    judged_alone,
    pairing_of,
    short_form,
    span_pairing,
)
from ketenreis.measure.clocks import Clock, Table, clock_of, clocked
from ketenreis.measure.facts import Pairing, Scope, pairing_sql
from ketenreis.measure.forms import case_form
from ketenreis.measure.limits import Limits
from ketenreis.measure.log import Log
from ketenreis.measure.predicates import condition_sql
from ketenreis.quantity import Duration
from ketenreis.requirements import PATTERN, Clause, Measure, Requirement, gaps

MISSING, OUTSIDE, EXCLUDED = 10, 11, 12
"""Codes of an excluded case: something is missing, outside the population, or the first stated exclusion and further."""

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
        joins: What its verdict joins to the case.
        tables: Calendars that must be laid out first.
        parts: Requirements that it is made of; its verdict is then read from theirs.
    """

    requirement: Requirement
    verdict: str
    took: str
    unit: Literal["time", "number"]
    scale: int = 0
    activations: tuple[str, ...] = ()
    query: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
    joins: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planner:
    """Writes plans for one object type at one moment."""

    log: Log
    zone: ZoneInfo
    at: Moment
    scope: Scope
    facts: CaseFacts
    detail: Detail
    calendars: Mapping[str, Calendar] = field(default_factory=dict, hash=False)

    def plan(self, wanted: Requirement, *, newest_only: bool = False) -> Plan:
        """How to judge a requirement; only by its newest norm, when asked."""
        measure = wanted.measure
        if measure is None:
            raise ValueError(wanted.id)
        pattern = PATTERN[measure.pattern]
        if pattern.form in ("all", "any"):
            parts = measure.get("of")
            return Plan(wanted, "", "NULL", "time", parts=parts if isinstance(parts, tuple) else ())
        clock = clock_of(measure, wanted.norms, self.calendars)
        limits = Limits.of(wanted, self.log, self.zone, clock.calendar, newest_only=newest_only)
        classes = tuple(measure.classes())
        unknown = [f"COALESCE({test}, 0) = 1" for events in classes if (test := self.facts.unknown(events))]
        is_span = pattern.form == "span" and (not clock.is_plain or bool(limits.tables))
        if pattern.form is not None and not is_span:
            return self._once(wanted, measure, limits, clock, unknown)
        alone = judged_alone(measure, self.log, self.zone, self.scope)
        if self.detail == "cases" and not any(norm.limit for norm in wanted.norms) and alone is None:
            shorts = [
                short_form(clause, pairing_of(measure, pattern, clause), self.facts, self.at)
                for clause in pattern.clauses
            ]
            if all(shorts):
                verdict = _worst([short for short in shorts if short])
                return Plan(wanted, self._excluding(wanted, verdict, unknown), "NULL", "time")
        facts: dict[str, str] = {}
        if alone is not None:
            rows = [alone]
        elif is_span:
            rows = [self._activations(SPAN, span_pairing(measure, self.at), limits, clock, facts)]
        else:
            rows = [
                self._activations(clause, pairing_of(measure, pattern, clause), limits, clock, facts)
                for clause in pattern.clauses
            ]
        verdict = (
            f"CASE WHEN x.worst = {WORST[VIOLATED]} THEN {VIOLATED} WHEN x.worst = {WORST[PENDING]} THEN {PENDING} "
            f"WHEN x.worst = {WORST[FULFILLED]} THEN {FULFILLED} ELSE {NOT_ACTIVATED} END"
        )
        verdict = self._excluding(wanted, verdict, [*unknown, f"x.worst = {WORST[UNKNOWN]}"])
        tables = (*limits.tables, *((clock.table,) if clock.table else ()))
        return Plan(wanted, verdict, "x.longest", "time", 0, tuple(rows), by_case(rows), facts, tables=tables)

    def _once(
        self, wanted: Requirement, measure: Measure, limits: Limits, clock: Clock, unknown: list[str]
    ) -> Plan:
        """How to judge what is judged once per case."""
        form = case_form(measure, self.facts, limits, self.at, clock)
        of_attribute = form.unit == "number" and PATTERN[measure.pattern].form == "total"
        return Plan(
            wanted,
            self._excluding(wanted, form.verdict, [*unknown, *form.unknown]),
            form.took,
            form.unit,
            self.log.column(str(measure.get("attribute"))).scale if of_attribute else 0,
            query=form.query,
            joins=form.joins,
            tables=(clock.table,) if clock.table else (),
        )

    def _activations(
        self, clause: Clause, pairing: Pairing, limits: Limits, clock: Clock, facts: dict[str, str]
    ) -> str:
        """The judged activations of a clause; the fact that they are read from is added to the facts."""
        fact = pairing_sql(pairing, self.log, self.zone, self.scope)
        name = f"fact_{hashlib.sha256(fact.encode()).hexdigest()[:16]}"
        facts[name] = fact
        read = name
        if not clock.is_plain:
            read = f"({clocked(name, clock, self.at.now, self.log, self.zone, self.scope)})"
        return judged(clause, pairing, read, limits, self.at, clock)

    def together(self, plan: Plan, numbers: Mapping[str, int]) -> str:
        """The verdict of a requirement made of others, over the row `j` of their verdicts and the case `k`.

        Like "and" and "or" with unknowns: one violation settles "all", one success settles "any".
        """
        measure = plan.requirement.measure
        verdicts = [f"j.v{numbers[part]}" for part in plan.parts]

        def some(test: str) -> str:
            return " OR ".join(f"{verdict} {test}" for verdict in verdicts)

        every = measure is not None and measure.pattern == "all_of"
        settling, weaker = (VIOLATED, FULFILLED) if every else (FULFILLED, VIOLATED)
        result = (
            f"CASE WHEN {some(f'= {settling}')} THEN {settling} WHEN {some(f'>= {MISSING}')} THEN {MISSING} "
            f"WHEN {some(f'= {PENDING}')} THEN {PENDING} WHEN {some(f'= {weaker}')} THEN {weaker} ELSE {NOT_ACTIVATED} END"
        )
        observe = measure.get("observe") if measure else None
        if isinstance(observe, Duration):
            ended = "COALESCE(k.closed_us, k.last_us)"
            early = f"{self.at.now} - {ended} < {observe.microseconds}"
            # what failed waits as well: else recent cases would count when they failed, and not when they did not
            result = f"CASE WHEN ({result}) IN ({FULFILLED}, {VIOLATED}) AND {early} THEN {PENDING} ELSE {result} END"
        return self._excluding(plan.requirement, result, [])

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
    tests = (
        f"WHEN {' OR '.join(f'({verdict}) = {code}' for verdict in verdicts)} THEN {code}"
        for code in (VIOLATED, PENDING, FULFILLED)
    )
    return f"CASE {' '.join(tests)} ELSE {NOT_ACTIVATED} END"


def why_not(wanted: Requirement, log: Log) -> CannotSay | None:
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
