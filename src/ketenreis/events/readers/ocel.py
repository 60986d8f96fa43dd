"""How is an object-centric log (OCEL 1 and 2) read? Its three tables are written apart and joined by the engine.

Events, objects and what ties them come from JSON, XML or SQLite as they stand; the objects of an event become one
column per type (`ocel:type:order`, a JSON list), the way an OCEL in CSV has them. An object stands once more in a row
without an event, with its own attributes, so that one without events is a case too.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events.engine import name as quoted
from ketenreis.events.readers import ocel_json, ocel_sqlite, ocel_xml
from ketenreis.events.readers.ocel_checks import check_events, check_objects
from ketenreis.events.readers.ocel_tables import (
    ACTIVITY,
    EVENT,
    ID,
    OBJECT,
    PLACE,
    TIME,
    TYPE,
    TYPE_PREFIX,
    OcelTables,
)
from ketenreis.events.readers.sample import Source
from ketenreis.events.readers.tables import as_parquet, refuse_width, source_of
from ketenreis.events.times import literal

READERS: Mapping[str, Callable[[Path, OcelTables], None]] = {
    "json": ocel_json.read,
    "xml": ocel_xml.read,
    "sqlite": ocel_sqlite.read,
}
"""By what the bytes of the file are."""


def source(
    con: duckdb.DuckDBPyConnection, path: Path, kind: str, work: Path, most: int | None = None
) -> Source:
    """A log made ready for the engine.

    Args:
        con: Joins its tables.
        path: The log.
        kind: "json", "xml" or "sqlite".
        work: Where its tables are written.
        most: Stop after this many events.

    Raises:
        UnreadableFileError: It is no whole OCEL, or made to do harm.
    """
    tables = OcelTables(work, most)
    READERS[kind](path, tables)
    if not tables.events.rows:
        raise UnreadableFileError(f"{path} holds no events.")
    relation, columns = _joined(con, tables, work, path)
    return source_of(con, relation, columns, "ocel", _notes(con, tables))


def _joined(
    con: duckdb.DuckDBPyConnection, tables: OcelTables, work: Path, path: Path
) -> tuple[str, list[str]]:
    """One row per event with its objects by type, and one per object."""
    events, objects, ties = (each.relation() for each in (tables.events, tables.objects, tables.ties))
    con.execute(f"CREATE OR REPLACE TEMP TABLE ocel_objects AS SELECT * FROM {objects} AS o")
    con.execute(f"CREATE OR REPLACE TEMP TABLE ocel_ties AS SELECT * FROM {ties} AS t")
    check_events(con, tables, events)
    check_objects(con, tables)
    asked = f"SELECT DISTINCT {TYPE} FROM ocel_objects WHERE {TYPE} IS NOT NULL ORDER BY 1"
    types = [row[0] for row in con.execute(asked).fetchall()]
    own_events = [each for each in tables.events.columns if each not in {EVENT, PLACE, ID}]
    own_objects = [each for each in tables.objects.columns if each not in {OBJECT, TYPE, "time"}]
    refuse_width(len(types) + len(own_events) + len(own_objects), path)
    lists = "".join(
        f", to_json(list({OBJECT} ORDER BY t.{PLACE}::BIGINT) FILTER ({TYPE} = {literal(each)}))::VARCHAR "
        f"AS {quoted(TYPE_PREFIX + each)}"
        for each in types
    )
    kept = "".join(f", e.{quoted(each)}" for each in own_events)
    ids = "".join(f", l.{quoted(TYPE_PREFIX + each)}" for each in types)
    bare = "".join(
        f", CASE WHEN {TYPE} = {literal(each)} THEN to_json([{OBJECT}])::VARCHAR END AS {quoted(TYPE_PREFIX + each)}"
        for each in types
    )
    taken = {each.lower() for each in own_events}  # the engine takes no heed of capitals
    names = {each: each if each.lower() not in taken else f"object:{each}" for each in own_objects}
    values = "".join(f", {quoted(each)} AS {quoted(name)}" for each, name in names.items())
    query = (
        f"(SELECT * EXCLUDE (turn, place) FROM (SELECT 0 AS turn, e.{PLACE}::BIGINT AS place{kept}{ids} FROM {events} AS e "
        f"LEFT JOIN (SELECT t.{EVENT}{lists} FROM ocel_ties AS t JOIN ocel_objects USING ({OBJECT}) GROUP BY t.{EVENT}) "
        f"AS l ON l.{EVENT} = e.{EVENT} UNION ALL BY NAME SELECT 1 AS turn, row_number() OVER () AS place{bare}{values} "
        "FROM ocel_objects) AS rows_of_log ORDER BY turn, place)"
    )
    relation = as_parquet(con, query, work / "ocel.parquet")
    columns = [row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()]
    return relation, columns


def _notes(con: duckdb.DuckDBPyConnection, tables: OcelTables) -> dict[str, object]:
    """What there is to tell: breaks of the standard, and times without a zone beside others that have one."""
    notes: dict[str, object] = {name: times for name, times in tables.notes.items() if times}
    notes |= tables.breaks.notes()
    con.execute("DROP TABLE ocel_ties; DROP TABLE ocel_objects")
    zoneless = tables.zoneless
    if zoneless and tables.begin and (shift := _hours(tables.begin)):
        notes["shifted"] = shift
    if zoneless and tables.zoned:
        notes["zoneless_beside_zoned"] = zoneless
    return notes


def _hours(begin: str) -> str:
    """How far "no moment" (1970 at midnight UTC) lies from midnight in a copy that lost its zone; "" for not at all."""
    found = re.match(r"(1970-01-01|1969-12-31)[T ](\d\d):(\d\d)", begin)
    if not found or begin.endswith("Z") or re.search(r"[+-]\d\d:?\d\d$", begin):
        return ""
    minutes = int(found[2]) * 60 + int(found[3]) - (1440 if found[1].startswith("1969") else 0)
    return f"{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if minutes else ""


__all__ = ["ACTIVITY", "TIME", "source"]
