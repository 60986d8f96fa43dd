"""A promise that asks less than the CTQ it rests on: the work is better than what customers are told.

Compared as in promise_stricter_than_ctq.

Why it matters to the customer: they expect an hour, and do not know that a minute is the norm; so they call too late,
or wait in doubt.

Smallest example:
    promises: [{id: p, limit: 1 hour, rests_on: op-tijd}]
    ctqs: [{id: op-tijd, measure: {pattern: within, ...}, norms: [{limit: 1 minute, share: 99%}]}]

How to mend it: promise what the norm asks, once it is kept; or leave it so on purpose.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model
from ketenreis.quantity import limit_text
from ketenreis.requirements.checks.promise_stricter_than_ctq import compared

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the promises that are looser than their requirement."""
    for promise, ctq, promised, norm, difference in compared(model):
        if difference > 0:
            parameters: dict[str, str | int] = {"promised": limit_text(promised), "norm": limit_text(norm)}
            yield Finding("promise_looser_than_ctq", LEVEL, (promise.id, ctq.id), "limit", parameters)
