"""A promise that stands in no message and nothing the customer sees.

Why it matters to the customer: a promise they never hear gives no certainty; one that we cannot find we cannot change.

Smallest example:
    promises: [{id: binnen-een-uur, text: binnen een uur}]
    messages: [{id: ontvangen, name: Ontvangen}]

How to mend it: name where it is made: made_in: [ontvangen].

Keeps silent: as long as the model holds no message and no artefact.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the promises of which nobody knows where they are made."""
    if not model.of_kind("message", "artefact"):
        return
    for promise in model.of_kind("promise"):
        if not model.out(promise.id, "made_in"):
            yield Finding("promise_made_nowhere", LEVEL, (promise.id,))
