"""An organisation in a time zone that does not exist.

Why it matters to the customer: days, working days and opening hours begin at another hour than theirs.

Smallest example:
    organisation: {id: x, name: X, time_zone: Europe/Amsterdm}

How to mend it: write the name of a zone, such as Europe/Amsterdam.
"""

from collections.abc import Iterator

from ketenreis.calendars.written import time_zone
from ketenreis.errors import QuantityError
from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Says which zone is not known, and which one comes near."""
    for organisation in model.of_kind("organisation"):
        if said := organisation.get("time_zone"):
            try:
                time_zone(said, "time_zone")
            except QuantityError as refused:
                parameters: dict[str, str | int] = {"reason": str(refused)}
                yield Finding("time_zone_unknown", LEVEL, (organisation.id,), "time_zone", parameters)
