"""A feeling whose score is not one of −2, −1, 0, 1, 2.

Why it matters to the customer: scores on another scale make one step look better or worse than it felt.

Smallest example:
    feelings: [{score: 7, basis: assumed}]

How to mend it: say it on the scale from −2 (very bad) to 2 (very good).
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "error"


def check(model: Model) -> Iterator[Finding]:
    """Finds the steps with a score off the scale; the first such score is named."""
    for step in model.of_kind("step"):
        scores = [one.get("score") for one in step.records("feelings")]
        off = [score for score in scores if isinstance(score, int) and not -2 <= score <= 2]
        if off:
            yield Finding("feeling_out_of_range", LEVEL, (step.id,), "feelings", {"score": off[0]})
