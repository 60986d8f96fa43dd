"""Two norms of a CTQ start on the same day, or both hold from the beginning.

Why it matters to the customer: it cannot be said which of the two their case is judged by.

Smallest example:
    norms: [{limit: 1 hour, share: 99%}, {limit: 1 minute, share: 99%}]

How to mend it: give each norm its own day: since: 2026-11-14.
"""

from collections import Counter
from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model
from ketenreis.requirements.ctq import requirement

LEVEL: Level = "error"


def check(model: Model) -> Iterator[Finding]:
    """Names the days on which more than one norm starts; a dash stands for the beginning."""
    for ctq in model.of_kind("ctq"):
        days = Counter(str(norm.since or "–") for norm in requirement(ctq).norms)
        if twice := [day for day, count in days.items() if count > 1]:
            parameters: dict[str, str | int] = {"since": ", ".join(twice)}
            yield Finding("norm_history", LEVEL, (ctq.id,), "norms", parameters)
