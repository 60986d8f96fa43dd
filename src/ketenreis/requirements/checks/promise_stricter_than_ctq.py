"""A promise that asks more than the CTQ it rests on: who meets the requirement may still break the promise.

The limits are compared with the CTQ's newest norm, in the sense of its pattern: where something must come within a
limit, a shorter time or a smaller number is stricter; where it must stay away, a longer time is. Limits that cannot be
compared (a time with a number, working days with hours, an attribute of the case) are passed over.

Why it matters to the customer: they are told one hour, while the work is set up for two.

Smallest example:
    promises: [{id: p, limit: 1 hour, rests_on: op-tijd}]
    ctqs: [{id: op-tijd, measure: {pattern: within, ...}, norms: [{limit: 2 hours, share: 99%}]}]

How to mend it: bring the norm up to the promise, or the promise down to the norm.
"""

from collections.abc import Iterator
from decimal import Decimal

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model
from ketenreis.quantity import Duration, Limit, limit_text
from ketenreis.requirements.ctq import requirement
from ketenreis.requirements.patterns import PATTERN

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the promises that are stricter than their requirement."""
    for promise, ctq, promised, norm, difference in compared(model):
        if difference < 0:
            parameters: dict[str, str | int] = {"promised": limit_text(promised), "norm": limit_text(norm)}
            yield Finding("promise_stricter_than_ctq", LEVEL, (promise.id, ctq.id), "limit", parameters)


def compared(model: Model) -> Iterator[tuple[Element, Element, Limit, Limit, int]]:
    """Every promise that can be held against its CTQ.

    Yields:
        Promise, CTQ, the promised limit, the newest norm's limit; and -1 when the promise is stricter, 1 when it is
        looser, 0 when they are equal.
    """
    for promise in model.of_kind("promise"):
        promised = promise.get("limit")
        for ctq in model.targets(promise.id, "rests_on"):
            wanted = requirement(ctq)
            pattern = PATTERN.get(wanted.measure.pattern) if wanted.measure else None
            norm = wanted.norms[-1].limit if wanted.norms else None
            if pattern and norm is not None and isinstance(promised, Duration | Decimal):
                must_stay_away = bool(pattern.clauses) and all(clause.never for clause in pattern.clauses)
                numbers = _comparable(promised, norm)
                if numbers:
                    order = (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])
                    yield promise, ctq, promised, norm, -order if must_stay_away else order


def _comparable(one: Limit, other: Limit) -> tuple[Decimal | int, Decimal | int] | None:
    """Two limits as numbers of one scale; None when they have none in common."""
    if isinstance(one, Duration) and isinstance(other, Duration):
        if one.is_calendar and other.is_calendar:
            return one.microseconds, other.microseconds
        return (one.amount, other.amount) if one.unit == other.unit else None
    return (one, other) if isinstance(one, Decimal) and isinstance(other, Decimal) else None
