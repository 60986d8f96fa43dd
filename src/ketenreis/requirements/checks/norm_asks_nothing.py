"""A norm that no case has to make: its share is 0%.

Why it matters to the customer: a norm that is always met promises nothing.

Smallest example:
    norms: [{limit: 1 hour, share: 0%}]

How to mend it: write the share that really must make the limit.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model
from ketenreis.requirements.ctq import requirement

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the CTQs with a norm of 0%."""
    for ctq in model.of_kind("ctq"):
        if any(norm.share.value == 0 for norm in requirement(ctq).norms):
            yield Finding("norm_asks_nothing", LEVEL, (ctq.id,), "norms")
