"""A store from rows in memory, for tests and notebooks: the same normal form as from a file, without a file."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.errors import MappingError
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import shared
from ketenreis.events.finishing import Told, finish
from ketenreis.events.mapping import PERSONAL_ROLES, from_dict
from ketenreis.events.mapping import Mapping as EventMapping
from ketenreis.events.normal import StagedAttribute
from ketenreis.events.pseudonyms import Pseudonyms
from ketenreis.events.staging import Staged, complete
from ketenreis.events.store import AttributeType, EventStore
from ketenreis.events.writing import writing

Row = tuple[str, str | None, datetime | int | None, Mapping[str, Any]]
"""Case id, label, time (a datetime, or microseconds since 1970 UTC) and attributes; label and time null together
name a case without events. The attribute `lifecycle` is the event's."""

ROLES = ("channel", "department", "deadline", *PERSONAL_ROLES)


def write_store(folder: Path | str, rows: Iterable[Row], **options: Any) -> EventStore:
    """Writes a store of its own from rows.

    Args:
        folder: The store; what stood there before is replaced.
        rows: In the order of the log. A text attribute is a category, a bool a truth, an int or float a number, a
            datetime a moment (UTC when naive); null is missing.
        options: Keys of a mapping: labels, closed, object, dates_as_events (`{attribute: label}`), readable.
            `case_attributes` names attributes that stand with the case even when some events lack them.

    Returns:
        The store, opened.

    Raises:
        MappingError: An attribute has values of different kinds, or an option is no key of a mapping.
    """
    of_case = frozenset(options.pop("case_attributes", ()))
    mapping = from_dict({"source": "rows", **options}, "the options")
    listed = list(rows)
    where = Path(folder)
    with shared() as con:
        attributes = _stage(con, listed, mapping, of_case)
        starts, dated = complete(con, mapping, attributes)
        staged = Staged(
            attributes, len(listed), {}, (), sum(row[1] is None for row in listed), {}, {}, starts, dated
        )
        with writing(where):
            finish(
                con,
                where,
                where / "rows",
                mapping,
                staged,
                Told("", {}, guessed=False, moment=datetime.now(UTC), durable=False),
                Pseudonyms(b"rows in memory need no secret key"),
            )
    return EventStore.open(where)


def _stage(
    con: duckdb.DuckDBPyConnection, rows: list[Row], mapping: EventMapping, of_case: frozenset[str]
) -> tuple[StagedAttribute, ...]:
    """Makes `staged` from rows, and tells its attributes."""
    names = dict.fromkeys(name for row in rows for name in row[3] if name != "lifecycle")
    attributes = []
    values: dict[str, list[Any]] = {
        "c": [row[0] for row in rows],
        "l": [row[1] for row in rows],
        "t": [_us(row[2]) for row in rows],
    }
    asked = ["unnest($c)::VARCHAR AS case_id", "unnest($l)::VARCHAR AS label", "unnest($t)::BIGINT AS us"]
    if any("lifecycle" in row[3] for row in rows):
        values["p"] = [row[3].get("lifecycle") for row in rows]
        asked.append("unnest($p)::VARCHAR AS lifecycle")
    for i, name in enumerate(names):
        own = [row[3].get(name) for row in rows]
        type_, column = _type(name, own), f"a_{i}_{''.join(c if c.isalnum() else '_' for c in name.lower())}"
        sql = {"number": "DOUBLE", "moment": "BIGINT"}.get(type_, "VARCHAR")
        values[f"v{i}"] = [_plain(value, type_) for value in own]
        asked.append(f"unnest($v{i})::{sql} AS {quoted(column)}")
        role = name if name in ROLES else ""
        personal = role in PERSONAL_ROLES and name not in mapping.readable
        attributes.append(StagedAttribute(name, name, column, type_, name in of_case, role, personal))
    con.execute(f"CREATE OR REPLACE TABLE staged AS SELECT {', '.join(asked)}, 0::SMALLINT AS source", values)
    return tuple(attributes)


def _us(time: datetime | int | None) -> int | None:
    """A time as microseconds since 1970 UTC."""
    if isinstance(time, datetime):
        aware = time if time.tzinfo else time.replace(tzinfo=UTC)
        since = aware - datetime(1970, 1, 1, tzinfo=UTC)
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    return time


def _type(name: str, values: list[Any]) -> AttributeType:
    kinds: dict[type, AttributeType] = {
        str: "category",
        bool: "truth",
        int: "number",
        float: "number",
        datetime: "moment",
    }
    found = {kinds.get(type(value)) for value in values if value is not None}
    if len(found) > 1 or None in found:
        raise MappingError(
            f"The attribute “{name}” has values of different kinds, or of a kind that is not stored."
        )
    return next((kind for kind in found if kind), "category")


def _plain(value: Any, kind: AttributeType) -> Any:
    if value is None:
        return None
    if kind == "truth":
        return "true" if value else "false"
    return _us(value) if kind == "moment" else float(value) if kind == "number" else value
