"""A promise that rests on no CTQ.

Why it matters to the customer: what is promised but required of nobody is broken without anyone knowing.

Smallest example:
    promises: [{id: binnen-een-uur, text: binnen een uur}]

How to mend it: name the CTQ that keeps it: rests_on: op-tijd; or take the promise back.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the promises that nothing stands behind."""
    for promise in model.of_kind("promise"):
        if not model.out(promise.id, "rests_on"):
            yield Finding("promise_without_ctq", LEVEL, (promise.id,))
