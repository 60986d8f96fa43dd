"""What is an object-centric log made of? Events, objects, and the ties between them, each a table of texts."""

import json
import re
from pathlib import Path
from typing import Any

from ketenreis.events.ocel_breaks import Breaks
from ketenreis.events.readers.tables import Table

ACTIVITY, TIME, EVENT, PLACE, ID = "ocel:activity", "ocel:timestamp", "event_id", "place", "ocel:eid"
OBJECT, TYPE = "object_id", "object_type"
TYPE_PREFIX = "ocel:type:"
_ZONED = re.compile(r"(Z|[+-]\d\d:?\d\d)$")


class EnoughError(Exception):
    """Ends the reading of a sample."""


class OcelTables:
    """Takes events and objects in any order.

    Attributes:
        events: Their id, place, activity, time and attributes.
        objects: Their id, type and first attributes.
        ties: Which event is about which object.
        notes: Counts for the quality report.
        breaks: Where it breaks its standard.
        declared: By "event" and "object" the types with their attributes and the types of these; empty where the log says
            nothing of it.
        zoneless: Event times without a zone.
        zoned: Times with one.
        begin: The moment that stands for "from the start" at an attribute of an object; "" when none does.
    """

    def __init__(self, folder: Path, most: int | None = None) -> None:
        """Starts with nothing."""
        folder.mkdir(parents=True, exist_ok=True)
        self.most = most
        self.events = Table(folder, "events", (EVENT, PLACE, ID, ACTIVITY, TIME))
        self.objects = Table(folder, "objects", (OBJECT, TYPE))
        self.ties = Table(folder, "ties", (EVENT, OBJECT, PLACE))
        self.notes = {"no_global_event": 0, "object_changes": 0, "object_relations": 0, "qualifiers": 0}
        self.breaks = Breaks()
        self.declared: dict[str, dict[str, dict[str, str]]] = {"event": {}, "object": {}}
        self.zoneless = self.zoned = 0
        self.begin = ""

    @property
    def enough(self) -> bool:
        """Whether reading may have ended before the log did."""
        return self.most is not None and self.events.rows >= self.most

    def event(
        self, id_: str, activity: str, time: str, attributes: dict[str, Any], objects: list[str]
    ) -> None:
        """Takes one event with the ids of its objects; the id of the event itself may be lacking, or said twice."""
        if self.enough:
            if self.objects.rows:
                raise EnoughError
            return  # the objects are still to come, and without them an event is about nothing
        zoned = bool(_ZONED.search(time))
        self.zoned += zoned
        self.zoneless += bool(time) and not zoned
        key = f"{self.events.rows}"  # ids may be said twice; the place never is
        own = {_apart(name): text(value) for name, value in attributes.items()}
        self.events.add({**own, EVENT: key, PLACE: key, ID: id_, ACTIVITY: activity, TIME: time})
        for place, each in enumerate(dict.fromkeys(objects)):
            self.ties.add({EVENT: key, OBJECT: each, PLACE: str(place)})

    def object(self, id_: str, type_: str, attributes: dict[str, Any]) -> None:
        """Takes one object with the attributes it began with."""
        own = {_apart(name): text(value) for name, value in attributes.items()}
        self.objects.add({**own, OBJECT: id_, TYPE: type_.removeprefix(TYPE_PREFIX)})

    def moment(self, time: str) -> None:
        """Takes the moment of an object's attribute, which shows whether the log is written in UTC."""
        self.zoned += bool(_ZONED.search(time))
        if not self.begin and time.startswith(("1970-01-01", "1969-12-31")):
            self.begin = time


def _apart(name: str) -> str:
    """The name of an attribute, apart from the columns that we make ourselves."""
    return (
        f"{name} (attribute)"
        if name in {ACTIVITY, TIME, EVENT, PLACE, ID, OBJECT, TYPE} or not name
        else name
    )


def text(value: Any) -> str:
    """A value of a log as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
