"""A calendar that cannot be read: opening hours that end before they begin, a holiday or a region that nobody knows.

Why it matters to the customer: a requirement that counts on this calendar is not measured, so nobody sees whether it is kept.

Smallest example:
    calendars: [{id: balie, name: Balie, hours: {monday: "9-25"}}]

How to mend it: write it as the message says.
"""

from collections.abc import Iterator

from ketenreis.errors import QuantityError
from ketenreis.findings import Finding, Level
from ketenreis.model.calendars import calendar_of, time_zone
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Names each calendar that cannot be read, with what stands in the way first."""
    zone = time_zone(model)
    for calendar in model.of_kind("calendar"):
        try:
            calendar_of(calendar, zone)
        except QuantityError as refused:
            yield Finding("calendar_unreadable", LEVEL, (calendar.id,), parameters={"reason": str(refused)})
