"""A CTQ that cannot be measured yet: it lacks its measure, an argument, a norm or a limit. It is only a wish.

Why it matters to the customer: whether a promise that cannot be measured is kept, nobody can say.

Smallest example:
    ctqs: [{id: werkt, name: Meteen werkend}]

How to mend it: fill in what is named: which events count (measure), how far one case may go and what share must make
it (norms).
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model
from ketenreis.requirements.ctq import gaps, requirement

LEVEL: Level = "warning"

_KEYS = {"pattern": "measure.pattern", "norm": "norms", "limit": "norms.limit"}
"""Where each gap is filled in."""


def check(model: Model) -> Iterator[Finding]:
    """Names what each CTQ lacks, as it is written; a limit of the wrong type is another finding."""
    for ctq in model.of_kind("ctq"):
        found = [gap for gap in gaps(requirement(ctq)) if gap != "limit_type"]
        if found:
            missing = ", ".join(_KEYS.get(gap, gap.replace("argument:", "measure.")) for gap in found)
            yield Finding("ctq_only_a_wish", LEVEL, (ctq.id,), parameters={"missing": missing})
