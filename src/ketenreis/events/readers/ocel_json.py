"""How is an OCEL in JSON read? Version 1 (`ocel:events`, `ocel:objects`) and 2 (`events`, `objects`), streamed."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from ketenreis.errors import UnreadableFileError
from ketenreis.events.readers.json_stream import members
from ketenreis.events.readers.ocel_tables import EnoughError, OcelTables, text


def read(path: Path, tables: OcelTables) -> None:
    """Fills the tables of a log.

    Raises:
        UnreadableFileError: It is no whole JSON, or a member is not what OCEL says it is.
    """
    seen = set()
    with suppress(EnoughError):
        for part, key, value in members(path):
            seen.add(part)
            try:
                _take(part, key, value, tables)
            except (AttributeError, TypeError, KeyError) as error:
                lacks = f": it has no {error}" if isinstance(error, KeyError) else ""
                raise UnreadableFileError(
                    f"{path}: in “{part}”, {key or 'a member'} is not what an OCEL holds there{lacks}."
                ) from error
        if "ocel:events" in seen and "ocel:global-event" not in seen:
            tables.notes["no_global_event"] = 1
        if not seen & {"ocel:events", "events"}:
            raise UnreadableFileError(
                f"{path} is JSON, but no OCEL: it has no `events`. Other JSON is not read; save it as CSV."
            )


def _take(part: str, key: str, value: Any, tables: OcelTables) -> None:
    """Takes one member of the log."""
    if part == "ocel:events":
        attributes = value.get("ocel:vmap") or {}
        objects = [str(each) for each in value.get("ocel:omap") or ()]
        tables.event(
            key, text(value.get("ocel:activity")), text(value.get("ocel:timestamp")), attributes, objects
        )
    elif part == "ocel:objects":
        tables.object(key, text(value.get("ocel:type")), value.get("ocel:ovmap") or {})
    elif part == "events":
        attributes = {str(each["name"]): each.get("value") for each in value.get("attributes") or ()}
        ties = value.get("relationships") or ()
        tables.notes["qualifiers"] += sum(bool(each.get("qualifier")) for each in ties)
        objects = [str(each["objectId"]) for each in ties]
        tables.event(
            text(value.get("id")), text(value.get("type")), text(value.get("time")), attributes, objects
        )
    elif part == "objects":
        first: dict[str, Any] = {}
        moments: dict[str, str] = {}
        for each in value.get("attributes") or ():
            name, time = str(each["name"]), text(each.get("time"))
            tables.moment(time)
            if name in first:
                tables.notes["object_changes"] += 1
            if name not in first or time < moments[name]:
                first[name], moments[name] = each.get("value"), time
        tables.notes["object_relations"] += len(value.get("relationships") or ())
        tables.object(text(value["id"]), text(value["type"]), first)
