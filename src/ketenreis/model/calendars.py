"""Which calendars does an organisation keep, and in which time zone do its days begin?"""

from contextlib import suppress

from ketenreis.calendars import Calendar
from ketenreis.calendars.written import is_time_zone
from ketenreis.errors import QuantityError
from ketenreis.model.graph import Element, Model

ZONE = "Europe/Amsterdam"
"""Where an organisation does not say."""


def time_zone(model: Model) -> str:
    """The name of the time zone in which the organisation's days begin; the usual one where it names none that exists."""
    said = str((model.organisation and model.organisation.get("time_zone")) or ZONE)
    return said if is_time_zone(said) else ZONE  # a check says so


def calendar_of(element: Element, zone: str) -> Calendar:
    """The calendar that an element of that kind describes.

    Args:
        element: Of the kind `calendar`.
        zone: Of its hours.

    Raises:
        QuantityError: It cannot be read; the message says where and what to write instead.
    """
    plain = {name: value for name, value in element.fields.items() if name != "note"}
    return Calendar.from_plain({"time_zone": zone, **plain, "name": element.name})


def calendars_of(model: Model) -> dict[str, Calendar]:
    """The organisation's calendars by id; one that cannot be read is left out, and a check says why."""
    zone = time_zone(model)
    found = {}
    for element in model.of_kind("calendar"):
        with suppress(QuantityError):
            found[element.id] = calendar_of(element, zone)
    return found
