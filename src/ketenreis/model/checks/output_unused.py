"""An output that nobody uses: the customer does not see it, no activity takes it, nothing hands it over, it serves nothing.

Why it matters to the customer: work that piles up unused slows down the work they wait for.

Smallest example:
    activities: [{id: a, name: A, outputs: [{id: lijst, name: Lijst}]}, {id: b, name: B, takes: [other-output]}]

How to mend it: name who takes it (takes: [lijst]), what it serves, or stop making it.

Keeps silent: as long as no activity in the model takes an output.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the outputs that go nowhere."""
    if "takes" not in model.relations:
        return
    for output in model.of_kind("output"):
        used = model.into(output.id, "takes", "hands") or model.out(output.id, "serves")
        if not used and not output.get("customer_visible"):
            yield Finding("output_unused", LEVEL, (output.id,))
