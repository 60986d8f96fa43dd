"""Which cases are behind a number? Those of one outcome, narrowed and in the order that somebody asks, some at a time."""

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


Order = Literal["took", "at", "case"]
_SORTED_BY: Mapping[Order, str] = {"took": "j.e{n}", "at": "j.s{n}", "case": "lower(k.case_id)"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases behind a number somebody wants to see.

    Attributes:
        outcome: What became of them.
        monday: Only those of the week that begins on this day, in the time zone of the organisation.
        part: Only those with this value of an attribute: its name and the value.
        reason: Only those that were left out for this reason.
        words: Only those whose id holds each of these, capitals or not.
        order: By what they stand: how long it took, the moment of the first activation, or their id.
        down: Whether the most comes first; what has nothing to go by comes last either way.
        skip: So many come before the first that is given.
        most: So many are given; null for all.
    """

    outcome: Outcome
    monday: date | None = None
    part: tuple[str, str] | None = None
    reason: str | None = None
    words: tuple[str, ...] = ()
    order: Order = "took"
    down: bool = True
    skip: int = 0
    most: int | None = 1000


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
    """Cases behind a number, and how many there are in all."""

    cases: tuple[Case, ...]
    total: int


def behind(judging: Judging, requirement_id: str, wanted: Wanted) -> Behind:
    """The cases behind a number of one requirement.

    Args:
        judging: The judged log.
        requirement_id: Which requirement.
        wanted: Which cases, in which order; all that fit are counted.

    Raises:
        PersonalSplitError: The attribute stands for persons.
        UnknownAttributeError: The events have no such attribute.
    """
    n, plan = judging.index(requirement_id), judging.plans[requirement_id]
    rows, tests = _asked(judging, n, wanted)
    if wanted.reason is not None:
        codes = [
            code
            for (code,) in judging.engine.run(f"SELECT DISTINCT v{n} FROM judged WHERE v{n} >= {MISSING}")
            if why_left_out(plan, code) == wanted.reason
        ]
        tests.append(f"j.v{n} IN ({', '.join(map(str, codes)) or '-1'})")
    where = f"{rows} WHERE {' AND '.join(tests)}"
    total = int(judging.engine.run(f"SELECT COUNT(*) FROM {where}", wanted.words)[0][0])
    order = f"{_SORTED_BY[wanted.order].format(n=n)} {'DESC' if wanted.down else 'ASC'} NULLS LAST, j.case_no"
    some = (f" LIMIT {wanted.most}" if wanted.most is not None else "") + f" OFFSET {wanted.skip}"
    found = judging.engine.run(
        f"SELECT k.case_id, j.v{n}, j.s{n}, j.e{n} FROM {where} ORDER BY {order}{some}", wanted.words
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


def _asked(judging: Judging, n: int, wanted: Wanted) -> tuple[str, list[str]]:
    """The rows that cases are found among, and what each must answer to; each word is a parameter."""
    rows, tests = (
        "judged AS j JOIN cases AS k ON k.case_no = j.case_no",
        [f"j.v{n} {OUTCOMES[wanted.outcome]}"],
    )
    if wanted.monday is not None:
        low, high = (
            microseconds(datetime.combine(wanted.monday + timedelta(days=days), time(), judging.zone))
            for days in (0, 7)
        )
        tests.append(f"j.s{n} >= {low} AND j.s{n} < {high}")
    if wanted.part is not None:
        column = judging.log.column(wanted.part[0])
        if column.personal:
            raise PersonalSplitError(
                f"{wanted.part[0]!r} stands for persons. Nothing is ever split per person."
            )
        code = column.values.index(wanted.part[1]) if wanted.part[1] in column.values else -1
        if column.level == "case":
            tests.append(f"k.{column.column} = {code}")
        else:
            rows += f" LEFT JOIN events AS c ON c.case_no = j.case_no AND c.seq = j.t{n}"
            tests.append(f"c.{column.column} = {code}")
    tests += ["contains(lower(k.case_id), lower(?))"] * len(wanted.words)
    return rows, tests
