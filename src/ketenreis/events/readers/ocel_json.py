"""How is an OCEL in JSON read? Version 1 (`ocel:events`, `ocel:objects`) and 2 (`events`, `objects`), streamed.

What is not as the standard has it is left out or read as empty, and told; only what is no log at all is refused.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ketenreis.errors import UnreadableFileError
from ketenreis.events.readers.json_stream import members
from ketenreis.events.readers.ocel_tables import EnoughError, OcelTables, text

Members = dict[str, Any]

_PARTS = {"ocel:events": ("ocel:objects",), "events": ("objects", "eventTypes", "objectTypes")}
"""What the standard asks for beside the events, by how these are called."""
_KINDS = {"eventTypes": "event", "objectTypes": "object"}


def read(path: Path, tables: OcelTables) -> None:
    """Fills the tables of a log.

    Raises:
        UnreadableFileError: It is no whole JSON, or holds nothing that is an event.
    """
    seen: set[str] = set()
    with suppress(EnoughError):
        counted: Counter[str] = Counter()
        for part, key, value in members(path, seen.add):
            counted[part] += 1
            _Member(part, key or f"#{counted[part]}", tables).take(value)
        if "ocel:events" in seen and "ocel:global-event" not in seen:
            tables.notes["no_global_event"] = 1
        events = next((each for each in _PARTS if each in seen), None)
        if events is None:
            raise UnreadableFileError(
                f"{path} is JSON, but no OCEL: it has no `events`. Other JSON is not read; save it as CSV."
            )
        if not tables.events.rows and counted[events]:
            raise UnreadableFileError(f"{path}: nothing in “{events}” is what an OCEL holds there.")
        for lacking in (each for each in _PARTS[events] if each not in seen):
            tables.breaks.add("ocel_no_part", f"`{lacking}`")


class _Member:
    """One member of a part of the log, and where it stands."""

    def __init__(self, part: str, place: str, tables: OcelTables) -> None:
        self.part, self.place, self.tables = part, place, tables

    def take(self, value: Any) -> None:
        """Takes it into the tables."""
        taken = {
            "ocel:events": self._event_1,
            "ocel:objects": self._object_1,
            "events": self._event_2,
            "objects": self._object_2,
            "eventTypes": self._type,
            "objectTypes": self._type,
        }.get(self.part)
        if taken is None:
            return
        if not isinstance(value, dict):
            self._broken("ocel_no_member", f"“{self.part}” {self.place}")
            return
        if said := value.get("id"):
            self.place = text(said)
        taken(value)

    def _event_1(self, value: Members) -> None:
        attributes = self._table(value, "ocel:vmap")
        objects = [self._said(each, "ocel:omap") for each in self._list(value, "ocel:omap")]
        label, time = (self._said(value.get(key), key) for key in ("ocel:activity", "ocel:timestamp"))
        self.tables.event(self.place, label, time, attributes, objects)

    def _object_1(self, value: Members) -> None:
        label = self._said(value.get("ocel:type"), "ocel:type")
        self.tables.object(self.place, label, self._table(value, "ocel:ovmap"))

    def _event_2(self, value: Members) -> None:
        attributes = {name: each.get("value") for name, each in self._attributes(value)}
        objects = list(self._ties(value))
        id_, label, time = (self._said(value.get(key), key) for key in ("id", "type", "time"))
        self.tables.event(id_, label, time, attributes, objects)

    def _object_2(self, value: Members) -> None:
        first: Members = {}
        moments: dict[str, str] = {}
        for name, each in self._attributes(value):
            time = text(each.get("time"))
            if time:
                self.tables.moment(time)
            else:
                self._broken("ocel_attribute_without_time")
            if name in first:
                self.tables.notes["object_changes"] += 1
            if name not in first or time < moments[name]:
                first[name], moments[name] = each.get("value"), time
        self.tables.notes["object_relations"] += len(self._list(value, "relationships"))
        self.tables.object(self._said(value.get("id"), "id"), self._said(value.get("type"), "type"), first)

    def _type(self, value: Members) -> None:
        own = {name: text(each.get("type")) for name, each in self._attributes(value)}
        self.tables.declared[_KINDS[self.part]][text(value.get("name"))] = own

    def _attributes(self, value: Members) -> Iterator[tuple[str, Members]]:
        """The attributes of version 2 that have a name."""
        for each in self._list(value, "attributes"):
            if not isinstance(each, dict) or not each.get("name"):
                self._broken("ocel_attribute_without_name")
            else:
                yield text(each["name"]), each

    def _ties(self, value: Members) -> Iterator[str]:
        """The ids of the objects of an event of version 2."""
        for each in self._list(value, "relationships"):
            if not isinstance(each, dict) or each.get("objectId") in (None, ""):  # a broken id may be a list
                self._broken("ocel_tie_without_object")
                continue
            self.tables.notes["qualifiers"] += bool(each.get("qualifier"))
            if "qualifier" not in each:
                self._broken("ocel_tie_without_qualifier")
            yield self._said(each["objectId"], "objectId")

    def _list(self, value: Members, key: str) -> list[Any]:
        """The list under a key; empty where there is none."""
        return self._under(value, key, list) or []

    def _table(self, value: Members, key: str) -> Members:
        """The values by name under a key; empty where there are none."""
        return self._under(value, key, dict) or {}

    def _under(self, value: Members, key: str, kind: type) -> Any:
        found = value.get(key)
        if key not in value and key.startswith("ocel:"):
            self._broken("ocel_no_key", f"{self.place}: `{key}`")
        if found is None or isinstance(found, kind):
            return found
        self._broken("ocel_no_list", f"{self.place}: `{key}`")
        return None

    def _said(self, value: Any, key: str) -> str:
        """A name, an id or a time as text."""
        if value is not None and not isinstance(value, str):
            self._broken("ocel_no_text", f"{self.place}: `{key}`")
        return text(value)

    def _broken(self, kind: str, where: str = "") -> None:
        self.tables.breaks.add(kind, where or self.place)
