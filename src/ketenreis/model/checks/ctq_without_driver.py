"""A CTQ that is about no driver, in a model that does hold drivers.

Why it matters to the customer: only through its driver can anyone see how much a requirement weighs in the experience.

Smallest example:
    drivers: [{id: zekerheid, name: Zekerheid}]
    ctqs: [{id: op-tijd, name: Op tijd}]

How to mend it: name the driver: about: zekerheid.

Keeps silent: as long as the model holds no driver.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the CTQs that are about no driver."""
    if not model.of_kind("driver"):
        return
    for ctq in model.of_kind("ctq"):
        if not model.out(ctq.id, "about"):
            yield Finding("ctq_without_driver", LEVEL, (ctq.id,))
