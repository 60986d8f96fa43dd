"""Which cases are behind a number? Those of one outcome, of every week or of one, in every part or in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from ketenreis.errors import PersonalSplitError
from ketenreis.measure.figures import moment, per_unit, why_left_out
from ketenreis.measure.judging import Judging
from ketenreis.measure.planning import MISSING
from ketenreis.measure.predicates import microseconds

Outcome = Literal["violated", "fulfilled", "pending", "not_activated", "excluded"]
OUTCOMES: Mapping[Outcome, str] = {
    "violated": "= 2",
    "fulfilled": "= 1",
    "pending": "= 3",
    "not_activated": "= 4",
    "excluded": f">= {MISSING}",
}
"""What can become of a case, as `Counts` names it, with the test on its verdict."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case behind a number.

    Attributes:
        case: The case's own id.
        at: The moment of its first activation, or of its first event; null without one.
        took: What was measured: seconds, or a number; null where nothing was.
        reason: Why it was left out; null when it was not.
    """

    case: str
    at: datetime | None
    took: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """Cases behind a number, what took longest first, and how many there are in all."""

    cases: tuple[Case, ...]
    total: int


def behind(
    judging: Judging,
    requirement_id: str,
    outcome: Outcome,
    *,
    monday: date | None = None,
    part: tuple[str, str] | None = None,
    most: int = 1000,
) -> Behind:
    """The cases behind a number of one requirement.

    Args:
        judging: The judged log.
        requirement_id: Which requirement.
        outcome: Which cases.
        monday: Only those of the week that begins on this day, in the time zone of the organisation.
        part: Only those with this value of an attribute: its name and the value.
        most: So many are given; all of them are counted.

    Raises:
        PersonalSplitError: The attribute stands for persons.
        UnknownAttributeError: The events have no such attribute.
    """
    n, plan = judging.index(requirement_id), judging.plans[requirement_id]
    rows, tests = "judged AS j JOIN cases AS k ON k.case_no = j.case_no", [f"j.v{n} {OUTCOMES[outcome]}"]
    if monday is not None:
        low, high = (
            microseconds(datetime.combine(monday + timedelta(days=days), time(), judging.zone))
            for days in (0, 7)
        )
        tests.append(f"j.s{n} >= {low} AND j.s{n} < {high}")
    if part is not None:
        column = judging.log.column(part[0])
        if column.personal:
            raise PersonalSplitError(f"{part[0]!r} stands for persons. Nothing is ever split per person.")
        code = column.values.index(part[1]) if part[1] in column.values else -1
        if column.level == "case":
            tests.append(f"k.{column.column} = {code}")
        else:
            rows += f" LEFT JOIN events AS c ON c.case_no = j.case_no AND c.seq = j.t{n}"
            tests.append(f"c.{column.column} = {code}")
    where = f"{rows} WHERE {' AND '.join(tests)}"
    total = int(judging.engine.run(f"SELECT COUNT(*) FROM {where}")[0][0])
    found = judging.engine.run(
        f"SELECT k.case_id, j.v{n}, j.s{n}, j.e{n} FROM {where} ORDER BY j.e{n} DESC NULLS LAST, j.case_no LIMIT {most}"
    )
    unit = per_unit(plan)
    return Behind(
        tuple(
            Case(
                case,
                None if at is None else moment(at),
                None if took is None else float(took) / unit,
                why_left_out(plan, code) if code >= MISSING else None,
            )
            for case, code, at, took in found
        ),
        total,
    )
