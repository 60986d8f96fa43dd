"""How is an OCEL in XML read? Version 1 (`<string key=…>`) and 2 (`<event id=… type=… time=…>`), through expat."""

import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ketenreis.errors import UnreadableFileError
from ketenreis.events.readers.ocel_tables import EnoughError, OcelTables
from ketenreis.events.readers.xml_parser import xml_parser
from ketenreis.events.readers.zipped import blocks

DEEPEST = 100
_DECLARING = {"event-type": "event", "object-type": "object"}


def read(path: Path, tables: OcelTables) -> None:
    """Fills the tables of a log.

    Raises:
        UnreadableFileError: It is no whole XML, or declares entities.
    """
    parser = xml_parser()
    seen = _Seen(tables)
    parser.StartElementHandler = seen.start
    parser.EndElementHandler = seen.end
    parser.CharacterDataHandler = seen.text
    try:
        with suppress(EnoughError):
            for block in blocks(path):
                parser.Parse(block, False)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise UnreadableFileError(f"{path} is not whole as XML: {reason} (line {error.lineno}).") from error
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise UnreadableFileError(f"{path} cannot be read: {error}.") from error
    finally:
        # breaks the circle parser -> handler -> parser, which would keep the last rows alive
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    if seen.version == 1 and not seen.global_event:
        tables.notes["no_global_event"] = 1
    asked = ("objects",) if seen.version == 1 else ("objects", "object-types", "event-types")
    if not tables.enough:
        for lacking in (each for each in asked if each not in seen.parts):
            tables.breaks.add("ocel_no_part", f"<{lacking}>")


class _Seen:
    """Where the parser is, and what of the element at hand it has seen."""

    def __init__(self, tables: OcelTables) -> None:
        self.tables = tables
        self.path: list[str] = []
        self.version = 0
        self.parts: set[str] = set()
        self.type = ""
        self.global_event = False
        self.own: dict[str, str] = {}
        self.attributes: dict[str, Any] = {}
        self.moments: dict[str, str] = {}
        self.ids: list[str] = []
        self.name, self.time = "", ""
        self.words: list[str] = []

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        tag = tag.rpartition(":")[2]
        if len(self.path) >= DEEPEST:
            raise UnreadableFileError("The log nests its elements too deep to be one.")
        inside = self._inside()
        if len(self.path) == 1:
            self.parts.add(tag)
        if tag in _DECLARING:
            self.type = said.get("name", "")
            self.tables.declared[_DECLARING[tag]][self.type] = {}
        elif tag == "attribute" and (kind := self._declaring()):
            self.tables.declared[kind][self.type][said.get("name", "")] = said.get("type", "")
        elif tag in {"event", "object"} and self.path[-1:] == [f"{tag}s"] and not inside:
            self.own, self.attributes, self.moments, self.ids = dict(said), {}, {}, []
            self.version = max(self.version, 2 if said else 1)
        elif tag == "global" and said.get("scope") == "event":
            self.global_event = True
        elif inside and "key" in said:
            self._version_1(tag, said)
        elif inside and tag == "attribute":
            self.name, self.time, self.words = said.get("name", ""), said.get("time", ""), []
        elif inside and tag in {
            "relationship",
            "relobj",
            "object",
        }:  # "relobj" and "object": as early files write it
            if said.get("object-id"):
                self.ids.append(said["object-id"])
            else:
                self.tables.breaks.add("ocel_tie_without_object", self._place())
            self.tables.notes["qualifiers"] += bool(said.get("qualifier")) and inside == "event"
        self.path.append(f"list:{said.get('key', '')}" if tag == "list" else tag)

    def end(self, tag: str) -> None:
        """An element ends."""
        tag = tag.rpartition(":")[2]
        self.path.pop()
        inside = self._inside()
        if tag == "attribute" and inside:
            self._attribute(self.name, self.time, "".join(self.words))
        elif tag in {"event", "object"} and self.path[-1:] == [f"{tag}s"] and not inside:
            self._done(tag)

    def text(self, words: str) -> None:
        """Text stands in an element."""
        if self.path[-1:] == ["attribute"]:
            self.words.append(words)

    def _inside(self) -> str:
        """The kind of the element at hand: event, object or none."""
        return next((each for each in self.path if each in {"event", "object"}), "")

    def _declaring(self) -> str:
        """Whether the element at hand is of a type of events or of objects; "" for neither."""
        return next((_DECLARING[each] for each in self.path if each in _DECLARING), "")

    def _place(self) -> str:
        """Where the element at hand stands, as well as is known."""
        rows = self.tables.events if self._inside() == "event" else self.tables.objects
        return self.own.get("id") or f"#{rows.rows + 1}"

    def _version_1(self, tag: str, said: Mapping[str, str]) -> None:
        """Takes `<string key=… value=…>`: of the element itself, of its values, or an id of an object."""
        holder = next((each for each in reversed(self.path) if each.startswith("list:")), "")
        key, value = said["key"], said.get("value", "")
        if tag == "list":
            return
        if holder == "list:omap":
            self.ids.append(value)
        elif holder in {"list:vmap", "list:ovmap"}:
            self.attributes[key] = value
        else:
            self.own[key] = value

    def _attribute(self, name: str, time: str, value: str) -> None:
        """Takes an attribute of version 2; of several in time the first."""
        if not name:
            self.tables.breaks.add("ocel_attribute_without_name", self._place())
            return
        if time:
            self.tables.moment(time)
        elif self._inside() == "object":
            self.tables.breaks.add("ocel_attribute_without_time", self._place())
        if name in self.attributes:
            self.tables.notes["object_changes"] += 1
        if name not in self.attributes or time < self.moments.get(name, ""):
            self.attributes[name], self.moments[name] = value, time

    def _done(self, tag: str) -> None:
        """Hands over an event or object that is whole."""
        own = self.own
        if tag == "event":
            time = own.get("time", own.get("timestamp", ""))
            label = own.get("type", own.get("activity", ""))
            self.tables.event(own.get("id", ""), label, time, self.attributes, self.ids)
        else:
            self.tables.notes["object_relations"] += len(self.ids)
            self.tables.object(own.get("id", ""), own.get("type", ""), self.attributes)
