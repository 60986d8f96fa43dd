"""A CTQ that nothing serves: no activity, no output and no handover makes it true.

Why it matters to the customer: a promise that no work stands behind is kept by luck.

Smallest example:
    ctqs: [{id: op-tijd, name: Op tijd}]

How to mend it: name the CTQ at the activity or output that makes it true: serves: [op-tijd].
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the CTQs that nothing serves."""
    for ctq in model.of_kind("ctq"):
        if not model.into(ctq.id, "serves"):
            yield Finding("ctq_without_activity", LEVEL, (ctq.id,))
