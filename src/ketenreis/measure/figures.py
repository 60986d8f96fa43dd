"""Asks a judged log for figures: counts, splits, weeks, quantiles, and the SQL behind it all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from ketenreis.conditions import Condition
from ketenreis.errors import PersonalSplitError
from ketenreis.measure.judging import Judging
from ketenreis.measure.planning import EXCLUDED, MISSING, OUTSIDE, Plan
from ketenreis.measure.predicates import condition_sql, microseconds

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
COUNTED_AT_ONCE = 5
"""Requirements whose verdicts are counted in one grouping."""

SMALLEST_GROUP = 5
"""No group of fewer cases is ever shown."""
MISSING_REASON, OUTSIDE_REASON = "missing attribute", "outside population"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of what was judged.

    Attributes:
        fulfilled, violated: Judged.
        pending: Could still turn.
        not_activated: The rule never came into play.
        excluded: Left out, with the number per reason.
    """

    fulfilled: int = 0
    violated: int = 0
    pending: int = 0
    not_activated: int = 0
    excluded: Mapping[str, int] | None = None

    @property
    def judged(self) -> int:
        """How many have an answer: fulfilled or violated."""
        return self.fulfilled + self.violated

    @property
    def attainment(self) -> float | None:
        """The share that was fulfilled of what was judged; null where nothing was."""
        return self.fulfilled / self.judged if self.judged else None

    @property
    def left_out(self) -> int:
        """How many were excluded, whatever the reason."""
        return sum((self.excluded or {}).values())

    @property
    def total(self) -> int:
        """All of them."""
        return self.judged + self.pending + self.not_activated + self.left_out


@dataclass(frozen=True, slots=True)
class Group:
    """The counts of a part of the cases; `name` is None for cases where the attribute is missing."""

    name: str | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Week:
    """The counts of the activations' first moment in one week, from its Monday."""

    monday: date
    counts: Counts


def cases(judging: Judging, *, current: bool = False) -> dict[str, Counts]:
    """Counts the cases of every requirement; with `current` as if its newest norm had always held."""
    plans = judging.current if current else judging.plans
    if not plans:
        return {}
    table = "current" if current else "judged"
    # A few requirements at a time: one by one takes four times as long, and all together every case is a group of its own.
    by_plan: list[Counter[int]] = [Counter() for _ in plans]
    for first in range(0, len(plans), COUNTED_AT_ONCE):
        some = range(first, min(first + COUNTED_AT_ONCE, len(plans)))
        columns = ", ".join(f"v{n}" for n in some)
        for *codes, number in judging.engine.run(
            f"SELECT {columns}, COUNT(*) FROM {table} GROUP BY {columns}"
        ):
            for n, code in zip(some, codes, strict=True):
                by_plan[n][code] += number
    return {
        name: _counts(plan, dict(sorted(by_plan[n].items()))) for n, (name, plan) in enumerate(plans.items())
    }


def _counts(plan: Plan, by_code: Mapping[int, int]) -> Counts:
    excluded: dict[str, int] = {}
    for code, number in by_code.items():
        if code >= MISSING and number:
            reason = why_left_out(plan, code)
            excluded[reason] = excluded.get(reason, 0) + number
    fulfilled, violated, pending, not_activated = (by_code.get(code, 0) for code in (1, 2, 3, 4))
    return Counts(fulfilled, violated, pending, not_activated, excluded)


def why_left_out(plan: Plan, code: int) -> str:
    """Why a case was left out, by the code of its verdict."""
    if code >= EXCLUDED:
        return plan.requirement.exclusions[code - EXCLUDED].reason
    return {MISSING: MISSING_REASON, OUTSIDE: OUTSIDE_REASON}[code]


def activations(judging: Judging, requirement_id: str) -> Counts:
    """Counts the activations in cases that were judged: the opportunities. One per case for what is judged once per case."""
    n, plan = judging.index(requirement_id), judging.plans[requirement_id]
    if plan.activations:
        asked = f"SUM(f{n}), SUM(b{n}), SUM(p{n})"
        row = judging.engine.run(f"SELECT {asked} FROM judged WHERE v{n} IN (1, 2, 3)")[0]
        fulfilled, violated, pending = (int(number or 0) for number in row)
        return Counts(fulfilled, violated, pending)
    whole = cases(judging)[requirement_id]
    return Counts(whole.fulfilled, whole.violated, whole.pending)


def took(judging: Judging, requirement_id: str) -> dict[float, float] | None:
    """Quantiles of what was measured, per activation that has a target, else per case; null where nothing was.

    Returns:
        By share; seconds for time, else the number itself.
    """
    n, plan = judging.index(requirement_id), judging.plans[requirement_id]
    if plan.activations:
        rows = (
            f"SELECT a.took AS value FROM acts_{n} AS a JOIN judged AS j ON j.case_no = a.case_no "
            f"WHERE j.v{n} IN (1, 2, 3) AND a.took IS NOT NULL"
        )
    else:
        rows = f"SELECT e{n} AS value FROM judged WHERE v{n} IN (1, 2) AND e{n} IS NOT NULL"
    asked = ", ".join(judging.engine.quantile("q.value", share) for share in QUANTILES)
    row = judging.engine.run(f"SELECT {asked} FROM ({rows}) AS q")[0]
    if row[0] is None:
        return None
    return {share: float(value) / per_unit(plan) for share, value in zip(QUANTILES, row, strict=True)}


def per_unit(plan: Plan) -> float:
    """What a stored measurement is divided by, to be said in seconds or in its own number."""
    return 1e6 if plan.unit == "time" else 10.0**plan.scale


def split(judging: Judging, requirement_id: str, attribute: str) -> list[Group]:
    """The counts per value of an attribute: of the case, or of the activating event.

    Groups of fewer than five cases are not shown.

    Raises:
        PersonalSplitError: The attribute stands for persons.
        UnknownAttributeError: The events have no such attribute.
    """
    n, plan = judging.index(requirement_id), judging.plans[requirement_id]
    column = judging.log.column(attribute)
    if column.personal:
        raise PersonalSplitError(
            f"{attribute!r} stands for persons. Nothing is ever split or ranked per person; split by department instead."
        )
    if column.level == "case":
        source = "judged AS j JOIN cases AS c ON c.case_no = j.case_no"
    else:
        source = f"judged AS j LEFT JOIN events AS c ON c.case_no = j.case_no AND c.seq = j.t{n}"
    value = f"c.{column.column}"
    names: Mapping[int, str] = dict(enumerate(column.values))
    return grouped(judging, plan, f"SELECT {value} AS part, j.v{n} AS v FROM {source}", names)


def grouped(judging: Judging, plan: Plan, rows: str, names: Mapping[int, str]) -> list[Group]:
    """The counts of each part of the cases; groups of fewer than five are left out.

    Args:
        judging: The judged log.
        plan: How the requirement was judged.
        rows: A query with a row per case: `part` and the verdict `v`.
        names: The name of each part.
    """
    found: dict[int | None, dict[int, int]] = {}
    for part, code, number in judging.engine.run(
        f"SELECT r.part, r.v, COUNT(*) FROM ({rows}) AS r GROUP BY r.part, r.v"
    ):
        found.setdefault(part, {})[code] = number
    groups = [
        Group(None if part is None else names.get(part, str(part)), _counts(plan, codes))
        for part, codes in found.items()
    ]
    shown = [group for group in groups if group.counts.total >= SMALLEST_GROUP]
    return sorted(shown, key=lambda group: (-group.counts.total, group.name or ""))


def segments(judging: Judging, requirement_id: str, named: Mapping[str, Condition]) -> list[Group]:
    """The counts per named segment, such as a persona; segments may overlap."""
    n, plan = judging.index(requirement_id), judging.plans[requirement_id]
    groups = []
    for name, condition in named.items():
        inside = condition_sql(condition, judging.log, judging.zone, {})
        rows = judging.engine.run(
            f"SELECT j.v{n}, COUNT(*) FROM judged AS j JOIN cases AS k ON k.case_no = j.case_no WHERE {inside} GROUP BY j.v{n}"
        )
        counts = _counts(plan, dict(rows))
        if counts.total >= SMALLEST_GROUP:
            groups.append(Group(name, counts))
    return groups


def weeks(judging: Judging, requirement_id: str, *, current: bool = False) -> list[Week]:
    """The counts per week of the first activation (or of the case's first event), Mondays in the organisation's time zone.

    With `current` as if the newest norm had always held.
    """
    plans, table = (judging.current, "current") if current else (judging.plans, "judged")
    n, plan = list(plans).index(requirement_id), plans[requirement_id]
    rows = f"SELECT s{n} AS us, v{n} AS v FROM {table} WHERE v{n} IN (1, 2, 3)"
    return [Week(monday, _counts(plan, codes)) for monday, codes in _by_week(judging, rows)]


def _by_week(judging: Judging, rows: str) -> Iterator[tuple[date, Mapping[int, int]]]:
    """How often each verdict was given in each week, of a query with a moment `us` and a verdict `v` per row."""
    mondays, bounds = _week_bounds(judging, rows)
    if not mondays:
        return
    found: dict[int, dict[int, int]] = {}
    for part, code, number in judging.engine.run(
        f"SELECT w.part, r.v, COUNT(*) FROM ({rows}) AS r JOIN ({bounds}) AS w ON r.us >= w.low AND r.us < w.high "
        "GROUP BY w.part, r.v"
    ):
        found.setdefault(part, {})[code] = number
    for part, codes in sorted(found.items()):
        yield mondays[part], codes


def weekly_medians(judging: Judging, requirement_id: str) -> list[tuple[date, float, int]]:
    """Per week its Monday, the median of what was measured in its judged cases, and how many those were.

    Seconds for time, else the number itself; of a case with several activations the longest counts.
    """
    n, plan = judging.index(requirement_id), judging.plans[requirement_id]
    mondays, bounds = _week_bounds(judging, f"SELECT s{n} AS us, v{n} AS v FROM judged")
    if not mondays:
        return []
    median = judging.engine.quantile("r.value", 0.5)
    rows = judging.engine.run(
        f"SELECT r.part, {median}, COUNT(*) FROM (SELECT w.part, j.e{n} AS value FROM judged AS j JOIN ({bounds}) AS w "
        f"ON j.s{n} >= w.low AND j.s{n} < w.high WHERE j.v{n} IN (1, 2) AND j.e{n} IS NOT NULL) AS r GROUP BY r.part ORDER BY r.part"
    )
    return [(mondays[part], float(value) / per_unit(plan), number) for part, value, number in rows]


def _week_bounds(judging: Judging, rows: str) -> tuple[list[date], str]:
    """The Mondays of the judged period, and a query with the bounds of each week in microseconds."""
    first, last = judging.engine.run(f"SELECT MIN(b.us), MAX(b.us) FROM ({rows}) AS b WHERE b.v IN (1, 2)")[0]
    if first is None:
        return [], ""
    mondays = _mondays(judging, first, last)
    starts = [microseconds(datetime.combine(monday, time(), judging.zone)) for monday in mondays]
    each = (
        f"SELECT {number} AS part, {start} AS low, {end} AS high"
        for number, (start, end) in enumerate(pairwise(starts))
    )
    return mondays, " UNION ALL ".join(each)


def judged_since(judging: Judging, requirement_id: str, day: date) -> int:
    """How many cases were judged whose first activation (or first event) is on or after a day."""
    n = judging.index(requirement_id)
    start = microseconds(datetime.combine(day, time(), judging.zone))
    return int(
        judging.engine.run(f"SELECT COUNT(*) FROM judged WHERE v{n} IN (1, 2) AND s{n} >= {start}")[0][0]
    )


def _mondays(judging: Judging, first: int, last: int) -> list[date]:
    """Every Monday from the one before the first moment to the one after the last."""
    start, end = (moment(us).astimezone(judging.zone).date() for us in (first, last))
    monday = start - timedelta(days=start.weekday())
    return [monday + timedelta(weeks=number) for number in range((end - monday).days // 7 + 2)]


def moment(us: int) -> datetime:
    """Microseconds since 1970 as a moment in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)


def first_time_right(judging: Judging, requirement_ids: Sequence[str] | None = None) -> Counts:
    """Counts cases by whether every requirement that came into play was met: first time right, from the cases themselves.

    Returns:
        fulfilled: nothing violated and nothing open; violated: at least one violated; pending: open, nothing violated;
        not_activated: no requirement came into play.
    """
    if not judging.plans:
        return Counts()
    verdict = _of_whole_case(judging, requirement_ids)
    rows = judging.engine.run(
        f"SELECT r.v, COUNT(*) FROM (SELECT {verdict} AS v FROM judged) AS r GROUP BY r.v"
    )
    return _journeys(dict(rows))


def weeks_right(judging: Judging, requirement_ids: Sequence[str] | None = None) -> list[Week]:
    """First time right per week of the case's first event, Mondays in the organisation's time zone.

    Returns:
        The counts of `first_time_right`, for each week apart. Nothing when only verdicts were kept.
    """
    if not judging.plans or judging.detail != "full":
        return []
    rows = f"SELECT first_us AS us, {_of_whole_case(judging, requirement_ids)} AS v FROM judged"
    return [Week(monday, _journeys(codes)) for monday, codes in _by_week(judging, rows)]


def _of_whole_case(judging: Judging, requirement_ids: Sequence[str] | None) -> str:
    """The verdict of all requirements together, in the codes of one."""
    numbers = [judging.index(name) for name in (requirement_ids or judging.plans)]

    def some(code: int) -> str:
        return " OR ".join(f"v{n} = {code}" for n in numbers)

    return f"CASE WHEN {some(2)} THEN 2 WHEN {some(3)} THEN 3 WHEN {some(1)} THEN 1 ELSE 4 END"


def _journeys(by_code: Mapping[int, int]) -> Counts:
    return Counts(by_code.get(1, 0), by_code.get(2, 0), by_code.get(3, 0), by_code.get(4, 0))


def case_verdicts(judging: Judging, requirement_id: str) -> Iterable[tuple[str, int]]:
    """The verdict code of every case, by the case's own id."""
    n = judging.index(requirement_id)
    return judging.engine.run(
        f"SELECT k.case_id, j.v{n} FROM judged AS j JOIN cases AS k ON k.case_no = j.case_no ORDER BY j.case_no"
    )


def activation_verdicts(judging: Judging, requirement_id: str) -> Iterable[tuple[str, int, int]]:
    """Case id, order in the case and verdict code of every activation; 0 where it cannot be said.

    Nothing for a requirement that is judged once per case, or when only verdicts were kept.
    """
    n = judging.index(requirement_id)
    if not judging.plans[requirement_id].activations or judging.detail != "full":
        return []
    return judging.engine.run(
        f"SELECT k.case_id, a.seq, a.verdict FROM acts_{n} AS a JOIN cases AS k ON k.case_no = a.case_no ORDER BY a.case_no, a.seq, a.verdict"
    )


def sql(judging: Judging) -> str:
    """The SQL that was run, as a text that runs by itself on the tables `events` and `cases` of a store.

    It ends with a question per requirement: how many cases have which verdict (1 fulfilled, 2 violated, 3 pending,
    4 not activated, 10 and more left out).
    """
    told = [
        f"-- Cases of the type {judging.log.object}, on the tables events and cases of the store",
        *(
            f"-- and on {table.name} ({', '.join(table.columns)}): the calendar {table.calendar.name}, laid out"
            for table in dict.fromkeys(table for plan in judging.plans.values() for table in plan.tables)
        ),
    ]
    named: dict[str, str] = {}
    for statement in judging.statements:  # a large log is judged in ranges, each in the same words
        name, query = statement.removeprefix("-- ").split("\n", 1)
        named.setdefault(name, query)
    views = [f"CREATE VIEW {name} AS\n{query}" for name, query in named.items()]
    asked = [
        f"-- {name}\nSELECT v{n} AS verdict, COUNT(*) AS cases FROM judged GROUP BY v{n}"
        for n, name in enumerate(judging.plans)
    ]
    return "\n".join(told) + "\n" + ";\n\n".join([*views, *asked]) + ";\n"
