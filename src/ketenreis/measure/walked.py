"""How did each case walk a journey: which touchpoints came, out of turn or failed, and what came that nobody planned?

One row per case is laid out from one grouped scan; any question about it is a count of the cases in which one of a few
flags stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ketenreis.measure.clauses import NOT_ACTIVATED, VIOLATED, Moment
from ketenreis.measure.judging import Judging
from ketenreis.measure.predicates import is_one_of
from ketenreis.requirements import PATTERN, Clause, EventClass

Sign = Literal["came", "ad_hoc", "missing", "pending", "irregular", "failure"]
"""What may be said of a touchpoint in a case; of an unplanned event only `ad_hoc`."""

FROM_DATES = "e.source < 0 AND e.source > -10000"
"""An event read from a date column: something the records know, not something that a customer saw."""
_PER_CASE: dict[str, str] = {
    "count": "event",
    "first": "event",
    "last": "event",
    "deadline": "event",
    "window": "event",
    "total": "event",
    "different": "event",
    "span": "until",
}
"""For rules that are judged once per case: the argument that holds what fails when the rule is violated."""


@dataclass(frozen=True, slots=True)
class Point:
    """A planned touchpoint as the events know it: the codes of its labels, and whether every journey should have it."""

    codes: tuple[int, ...]
    mandatory: bool = False


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Events that belong to no planned touchpoint.

    Attributes:
        code: Of their label.
        where: What else must hold, as SQL on `e`; empty when nothing must.
    """

    code: int
    where: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How a journey is meant to go.

    Attributes:
        points: Its touchpoints.
        pairs: Numbers of two points of which the first should come before the second.
        unplanned: What is counted as ad hoc.
        failed: When an event says itself that it failed, as SQL on `e`; empty when no event does.
    """

    points: tuple[Point, ...]
    pairs: tuple[tuple[int, int], ...] = ()
    unplanned: tuple[Unplanned, ...] = ()
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that may be true of a case: a sign at the planned touchpoint, or the unplanned event, of that number."""

    sign: Sign
    number: int


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many cases have at least one of some flags: closed ones, and open ones already; and how often in closed cases."""

    closed: int
    open: int
    times: int


class Walked:
    """The cases of a judged log, laid out along one journey. The tables live as long as the judging."""

    def __init__(self, judging: Judging, course: Course) -> None:
        """Lays them out: a case counts when at least one planned touchpoint came."""
        self.judging, self.course = judging, course
        if not course.points:
            return
        judging.engine.keep("along", self._along())
        judging.engine.keep("broken", self._broken())
        judging.engine.keep("walked", self._flags())

    def cases(self) -> tuple[int, int]:
        """How many cases walk the journey: closed, and still open."""
        if not self.course.points:
            return 0, 0
        row = self.judging.engine.run(
            "SELECT COUNT(CASE WHEN w.closed = 1 THEN 1 END), COUNT(CASE WHEN w.closed = 0 THEN 1 END) FROM walked AS w"
        )[0]
        return int(row[0]), int(row[1])

    def tally(self, bundles: Sequence[Iterable[Flag]]) -> list[Tallied]:
        """For each bundle of flags the cases in which at least one of them stands."""
        found: list[Tallied] = []
        asked = [tuple(bundle) for bundle in bundles]
        for first in range(0, len(asked), 60):  # some engines take no more columns than a few hundred
            some = asked[first : first + 60]
            columns = ", ".join(column for bundle in some for column in _columns(bundle))
            row = (
                self.judging.engine.run(f"SELECT {columns} FROM walked AS w")[0] if self.course.points else ()
            )
            numbers = [int(value or 0) for value in row] or [0] * 3 * len(some)
            found += [Tallied(*numbers[at : at + 3]) for at in range(0, len(numbers), 3)]
        return found

    def examples(self, flags: Iterable[Flag], limit: int = 5) -> tuple[str, ...]:
        """The ids of some cases in which at least one of these flags stands, closed ones first."""
        if not self.course.points:
            return ()
        rows = self.judging.engine.run(
            f"SELECT k.case_id FROM walked AS w JOIN cases AS k ON k.case_no = w.case_no WHERE {_any(tuple(flags))} "
            f"ORDER BY w.closed DESC, w.case_no LIMIT {limit}"
        )
        return tuple(str(case) for (case,) in rows)

    def by_requirement(self, number: int) -> dict[str, int]:
        """At one touchpoint: in how many closed cases each requirement was violated there; "" where the event says so."""
        names = ["", *self.judging.plans]
        rows = self.judging.engine.run(
            "SELECT b.why, COUNT(DISTINCT b.case_no) FROM broken AS b JOIN walked AS w ON w.case_no = b.case_no "
            f"WHERE b.point = {number} AND b.came = 1 AND w.closed = 1 GROUP BY b.why ORDER BY b.why"
        )
        return {names[why + 1]: int(cases) for why, cases in rows}

    def _along(self) -> str:
        """One row per case: the place of the first event of each touchpoint, and the counts of what was not planned."""
        course, judging = self.course, self.judging
        first = [
            f"MIN(CASE WHEN {is_one_of('e.activity', point.codes)} THEN e.seq END) AS t{n}"
            for n, point in enumerate(course.points)
        ]
        counts = [
            f"COUNT(CASE WHEN e.activity = {one.code}{f' AND ({one.where})' if one.where else ''} THEN 1 END) AS h{n}"
            for n, one in enumerate(course.unplanned)
        ]
        codes = {code for point in course.points for code in point.codes} | {
            one.code for one in course.unplanned
        }
        came = " OR ".join(f"g.t{n} IS NOT NULL" for n in range(len(course.points)))
        return (
            f"SELECT g.* FROM (SELECT e.case_no, {', '.join([*first, *counts])} FROM events AS e "
            f"WHERE e.us <= {judging.now} AND {is_one_of('e.activity', sorted(codes))} GROUP BY e.case_no) AS g WHERE {came}"
        )

    def _broken(self) -> str:
        """Where a requirement was violated at a touchpoint: case, touchpoint, requirement, and whether it came at all."""
        rows = [
            "SELECT a.case_no, 0 AS point, 0 AS why, 0 AS came FROM along AS a WHERE 1 = 0",
        ]
        judging = self.judging
        for why, (_, plan) in enumerate(judging.plans.items()):
            measure = plan.requirement.measure
            if measure is None or plan.parts:
                continue
            pattern = PATTERN[measure.pattern]
            for number, point in enumerate(self.course.points):
                if plan.activations and judging.detail == "full" and pattern.clauses:
                    for clause in pattern.clauses:
                        rows += self._in_activations(why, clause, number, point)
                elif pattern.form in _PER_CASE and self._is_at(point, measure.get(_PER_CASE[pattern.form])):
                    rows.append(
                        f"SELECT j.case_no, {number} AS point, {why} AS why, CASE WHEN a.t{number} IS NULL THEN 0 ELSE 1 END "
                        f"AS came FROM judged AS j JOIN along AS a ON a.case_no = j.case_no WHERE j.v{why} = {VIOLATED}"
                    )
        if self.course.failed:
            rows += [
                f"SELECT e.case_no, {number} AS point, -1 AS why, 1 AS came FROM events AS e WHERE e.us <= {judging.now} "
                f"AND {is_one_of('e.activity', point.codes)} AND ({self.course.failed})"
                for number, point in enumerate(self.course.points)
            ]
        return f"SELECT DISTINCT u.case_no, u.point, u.why, u.came FROM ({' UNION ALL '.join(rows)}) AS u"

    def _in_activations(self, why: int, clause: Clause, number: int, point: Point) -> list[str]:
        """Violated activations whose failing end is this touchpoint; with an end that never came, the touchpoint lacks."""
        requirement = list(self.judging.plans.values())[why].requirement
        at_itself = clause.look in ("before", "previous") or clause.activation == clause.target
        end = (
            requirement.measure.get(clause.activation if at_itself else clause.target)
            if requirement.measure
            else None
        )
        if not self._is_at(point, end):
            return []
        counted = (
            f"FROM acts_{why} AS x JOIN judged AS j ON j.case_no = x.case_no JOIN along AS a ON a.case_no = x.case_no "
            f"{{0}}WHERE x.verdict = {VIOLATED} AND j.v{why} < {NOT_ACTIVATED}"
        )
        where = "e.seq = x.seq" if at_itself else "e.us = x.target_us"
        event = f"JOIN events AS e ON e.case_no = x.case_no AND {where} AND {is_one_of('e.activity', point.codes)} "
        found = [
            f"SELECT x.case_no, {number} AS point, {why} AS why, 1 AS came {counted.format(event)}",
        ]
        if not at_itself and not clause.never:
            found.append(
                f"SELECT x.case_no, {number} AS point, {why} AS why, 0 AS came {counted.format('')} AND x.target_us IS NULL"
            )
        return found

    def _is_at(self, point: Point, events: object) -> bool:
        """Whether a class of events is (also) this touchpoint."""
        if not isinstance(events, EventClass) or not events.elements:
            return False
        classes = [
            self.judging.log.classes[name] for name in events.elements if name in self.judging.log.classes
        ]
        return bool({code for one in classes for code in one.complete} & set(point.codes))

    def _flags(self) -> str:
        """One row per case with a column for each flag."""
        course, judging = self.course, self.judging
        closed = f"CASE WHEN {Moment(judging.now, judging.log.end_of_file).closed} THEN 1 ELSE 0 END"
        marks = [
            mark
            for n in range(len(course.points))
            for mark in (
                f"MAX(CASE WHEN b.point = {n} AND b.came = 1 THEN 1 END) AS f{n}",
                f"MAX(CASE WHEN b.point = {n} AND b.came = 0 THEN 1 END) AS d{n}",
            )
        ]
        columns = [f"{closed} AS closed"]
        for n, point in enumerate(course.points):
            columns.append(f"CASE WHEN a.t{n} IS NOT NULL THEN 1 ELSE 0 END AS came_{n}")
            columns.append(f"COALESCE(m.f{n}, 0) AS failure_{n}")
            due = f"({closed} = 1 OR m.d{n} = 1)"
            lacks = f"a.t{n} IS NULL" if point.mandatory else "1 = 0"
            columns.append(f"CASE WHEN {lacks} AND {due} THEN 1 ELSE 0 END AS missing_{n}")
            columns.append(
                f"CASE WHEN {lacks} AND NOT COALESCE({due}, 1 = 0) THEN 1 ELSE 0 END AS pending_{n}"
            )
            late = [f"a.t{n} > a.t{later}" for earlier, later in course.pairs if earlier == n]
            columns.append(f"CASE WHEN {' OR '.join(late) or '1 = 0'} THEN 1 ELSE 0 END AS irregular_{n}")
        columns += [f"a.h{n} AS ad_hoc_{n}" for n in range(len(course.unplanned))]
        return (
            f"SELECT a.case_no, {', '.join(columns)} FROM along AS a JOIN cases AS k ON k.case_no = a.case_no "
            f"LEFT JOIN (SELECT b.case_no, {', '.join(marks)} FROM broken AS b GROUP BY b.case_no) AS m ON m.case_no = a.case_no"
        )


def _columns(flags: tuple[Flag, ...]) -> tuple[str, str, str]:
    some, all_of = _any(flags), _sum(flags)
    return (
        f"COUNT(CASE WHEN w.closed = 1 AND ({some}) THEN 1 END)",
        f"COUNT(CASE WHEN w.closed = 0 AND ({some}) THEN 1 END)",
        f"SUM(CASE WHEN w.closed = 1 THEN {all_of} ELSE 0 END)",
    )


def _any(flags: tuple[Flag, ...]) -> str:
    return " OR ".join(f"w.{flag.sign}_{flag.number} > 0" for flag in flags) or "1 = 0"


def _sum(flags: tuple[Flag, ...]) -> str:
    return " + ".join(f"w.{flag.sign}_{flag.number}" for flag in flags) or "0"
