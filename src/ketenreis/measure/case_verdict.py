"""What is asked of a case as a whole, and what comes back: a verdict in SQL, and what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ketenreis.measure.case_facts import CaseFacts
from ketenreis.measure.clauses import PENDING, Moment
from ketenreis.measure.clocks import Clock
from ketenreis.measure.limits import Limits
from ketenreis.measure.predicates import uses_case
from ketenreis.requirements import EventClass, Measure, Pattern


@dataclass(frozen=True, slots=True)
class CaseVerdict:
    """How a case is judged by one form.

    Attributes:
        verdict: SQL over the case `k`, the case facts `f` and the own query `x`.
        took: What was measured: microseconds, or a number; SQL.
        unit: What `took` counts.
        unknown: SQL tests that are true when it cannot be said.
        query: A query of its own with one row per case, joined as `x`.
        joins: What else is joined to the case, under names that say what it is.
    """

    verdict: str
    took: str = "CAST(NULL AS BIGINT)"
    unit: Literal["time", "number"] = "number"
    unknown: tuple[str, ...] = ()
    query: str | None = None
    joins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a form may look at."""

    measure: Measure
    pattern: Pattern
    classes: Mapping[str, EventClass]
    facts: CaseFacts
    limits: Limits
    at: Moment
    clock: Clock

    @property
    def anchor(self) -> str:
        """The moment whose norm counts for a rule judged once per case: its first event, or now for a case without any."""
        return f"COALESCE(k.first_us, {self.at.now})"


def case_when(*branches: tuple[str, int], otherwise: int = PENDING) -> str:
    """The verdict of the first test that holds."""
    return (
        f"CASE {' '.join(f'WHEN {test} THEN {verdict}' for test, verdict in branches)} ELSE {otherwise} END"
    )


def limit_missing(asked: Asked, activated: str = "1 = 1", anchor: str | None = None) -> tuple[str, ...]:
    """The test that the limit of an activated case is missing; a case that is not activated needs none.

    Args:
        asked: Which limits.
        activated: Whether the case is activated, in SQL.
        anchor: The moment whose norm counts, in SQL; that of the case when null.
    """
    missing = asked.limits.missing(anchor or asked.anchor)
    return () if missing is None else (f"({activated}) AND {missing}",)


def joined_cases(facts: CaseFacts, *classes: EventClass) -> str:
    """Joins the case `k` to the events `e`, where a condition of these classes looks at it."""
    needed = any(uses_case(events.where, facts.log) for events in classes)
    return " JOIN cases AS k ON k.case_no = e.case_no" if needed else ""
