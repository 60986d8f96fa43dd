"""A journey that does not say what the customer needs, where it starts, where it ends, or what is left out.

Why it matters to the customer: without a need and an end, every department looks at its own piece of the journey.

Smallest example:
    journeys: [{id: bestellen, name: Bestellen}]

How to mend it: write need, start, end and out_of_scope, each in one sentence, seen from the customer.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model, is_empty

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Names what each journey does not say about its scope, one finding for each journey."""
    for journey in model.of_kind("journey"):
        required = (field.name for field in journey.schema.fields if field.required)
        if missing := [name for name in required if is_empty(journey.get(name))]:
            yield Finding(
                "journey_without_scope", LEVEL, (journey.id,), parameters={"missing": ", ".join(missing)}
            )
