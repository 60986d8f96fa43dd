"""Which cases were violated, and by which events?"""

from dataclasses import dataclass, replace
from datetime import datetime

from ketenreis.measure.evidence import evidence
from ketenreis.measure.figures import moment, per_unit
from ketenreis.measure.judging import Judging
from ketenreis.measure.predicates import is_one_of


@dataclass(frozen=True, slots=True)
class Violation:
    """One activation that was violated, or one case that was judged as a whole.

    Attributes:
        case: The case's own id.
        event, at: Label and time of the activation. Of a whole case: of the event that was one too many or out of its
            turn, or from which was counted; null where something never happened.
        target_at: Time of the nearest target event, or of the other end; null without one.
        took: Seconds to it, or what was measured for the case; null without one.
        part: Of a rule made of others: which of them it is.
    """

    case: str
    event: str | None
    at: datetime | None
    target_at: datetime | None
    took: float | None
    part: str | None = None


def violations(judging: Judging, requirement_id: str, limit: int = 20) -> list[Violation]:
    """Violated activations with the exact events, the longest first; of a rule made of others, those of its parts."""
    n, plan = judging.index(requirement_id), judging.plans[requirement_id]
    if not plan.parts:
        return _violations(judging, requirement_id, f"j.v{n} = 2", limit)
    rows = judging.engine.run(
        f"SELECT j.case_no, k.case_id FROM judged AS j JOIN cases AS k ON k.case_no = j.case_no WHERE j.v{n} = 2 "
        f"ORDER BY j.case_no LIMIT {limit}"
    )
    wanted = is_one_of("j.case_no", [int(number) for number, _ in rows])
    found: dict[str, Violation] = {}
    for part in plan.parts:
        for each in _violations(judging, part, f"j.v{judging.index(part)} = 2 AND {wanted}"):
            found.setdefault(each.case, replace(each, part=part))
    return [found.get(case) or Violation(case, None, None, None, None) for _, case in rows]


def _violations(
    judging: Judging, requirement_id: str, which: str, limit: int | None = None
) -> list[Violation]:
    """The violations of a requirement that is not made of others, in the cases that a test on `j` names."""
    n, plan = judging.index(requirement_id), judging.plans[requirement_id]
    most = "" if limit is None else f" LIMIT {limit}"
    if plan.activations:
        rows = judging.engine.run(
            f"SELECT k.case_id, e.activity, a.us, a.target_us, a.took FROM acts_{n} AS a "
            "JOIN judged AS j ON j.case_no = a.case_no JOIN cases AS k ON k.case_no = a.case_no "
            "JOIN events AS e ON e.case_no = a.case_no AND e.seq = a.seq "
            f"WHERE {which} AND a.verdict = 2 ORDER BY a.took DESC NULLS FIRST, a.case_no, a.seq{most}"
        )
    else:
        worst = judging.engine.run(
            f"SELECT j.case_no, k.case_id, j.e{n} FROM judged AS j JOIN cases AS k ON k.case_no = j.case_no "
            f"WHERE {which} ORDER BY j.e{n} DESC NULLS LAST, j.case_no{most}"
        )
        shown = evidence(judging, plan, [number for number, _, _ in worst])
        rows = [
            (case, *((it.activity, it.us, it.target_us) if (it := shown.get(number)) else 3 * (None,)), took)
            for number, case, took in worst
        ]
    unit = per_unit(plan)
    return [
        Violation(
            case,
            None if event is None else judging.log.labels[event],
            None if at is None else moment(at),
            None if target_at is None else moment(target_at),
            None if measured is None else float(measured) / unit,
        )
        for case, event, at, target_at, measured in rows
    ]
