"""How is an OCEL in SQLite read? Version 2 by its maps of types, and the three tables that earlier tools wrote."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from heapq import merge
from pathlib import Path
from typing import Any

from ketenreis.errors import UnreadableFileError
from ketenreis.events.ocel_breaks import SHOWN
from ketenreis.events.readers.ocel_tables import EnoughError, OcelTables, text
from ketenreis.events.readers.query import BROKEN, open_sqlite

FETCHED = 5_000
_DECLARED = {
    "INTEGER": "integer",
    "REAL": "float",
    "FLOAT": "float",
    "TIMESTAMP": "time",
    "BOOLEAN": "boolean",
}
"""The type of an attribute that the type of its column says."""


def is_ocel(path: Path) -> bool:
    """Whether a SQLite file holds the tables of an OCEL."""
    try:
        with closing(open_sqlite(path)) as database:
            names = {
                str(row[0]).lower() for row in database.execute("SELECT name FROM sqlite_master").fetchall()
            }
    except BROKEN:
        return False
    return {"event_map_type", "event_object"} <= names or {"events", "relations"} <= names


def read(path: Path, tables: OcelTables) -> None:
    """Fills the tables of a log.

    Raises:
        UnreadableFileError: It is no whole OCEL.
    """
    try:
        with closing(open_sqlite(path)) as database, suppress(EnoughError):
            names = {
                str(row[0]).lower() for row in database.execute("SELECT name FROM sqlite_master").fetchall()
            }
            if "event_map_type" in names:
                _objects(database, tables)
                _events(database, tables)
            else:
                _early(database, tables)
    except KeyError as error:
        raise UnreadableFileError(
            f"{path} is not whole as an OCEL in SQLite: a table has no column {error}."
        ) from error
    except BROKEN as error:
        raise UnreadableFileError(f"{path} is not whole as an OCEL in SQLite: {error}.") from error


def _table(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _rows(database: sqlite3.Connection, asked: str) -> Iterator[dict[str, Any]]:
    cursor = database.execute(asked)
    columns = [each[0] for each in cursor.description]
    while rows := cursor.fetchmany(FETCHED):
        for row in rows:
            yield dict(zip(columns, row, strict=True))


def _places(database: sqlite3.Connection, tables: OcelTables, what: str) -> list[tuple[str, str]]:
    """The types of events or objects that have a table of their own, with that table; what they declare is taken."""
    names = {str(row[0]).lower() for row in database.execute("SELECT name FROM sqlite_master").fetchall()}
    found: list[tuple[str, str]] = []
    for type_, mapped in database.execute(f"SELECT ocel_type, ocel_type_map FROM {what}_map_type").fetchall():
        place = f"{what}_{mapped}"
        columns: dict[str, str] = {}
        if place.lower() in names:
            found.append((text(type_), _table(place)))
            listed = database.execute(f"PRAGMA table_info({_table(place)})").fetchall()
            columns = {row[1]: _DECLARED.get(str(row[2]).upper(), "") for row in listed}
        else:
            tables.breaks.add("ocel_no_part", f"`{place}`")
        tables.declared[what][text(type_)] = columns
    return found


def _not_in(id_: str, places: list[tuple[str, str]]) -> str:
    """SQL of an id that stands in none of the tables of the types."""
    known = " UNION ALL ".join(
        f"SELECT ocel_id FROM {place} WHERE ocel_id IS NOT NULL" for _, place in places
    )
    return f"({id_} IS NULL OR {id_} NOT IN ({known}))" if known else "TRUE"


def _objects(database: sqlite3.Connection, tables: OcelTables) -> None:
    """Every object with the values it began with; later rows of it are changes."""
    places = _places(database, tables, "object")
    for type_, kind in places:
        seen: dict[str, Any] = {}
        last: str | None = None
        changes = "ocel_changed_field IS NOT NULL, " if _has(database, kind, "ocel_changed_field") else ""
        for row in _rows(database, f"SELECT * FROM {kind} ORDER BY ocel_id, {changes}ocel_time"):
            id_ = text(row.pop("ocel_id"))
            tables.moment(text(row.pop("ocel_time", None)))
            changed = row.pop("ocel_changed_field", None)
            if id_ != last:
                if last is not None:
                    tables.object(last, type_, seen)
                seen, last = {}, id_
            tables.notes["object_changes"] += bool(changed)
            for name, value in row.items():
                if seen.get(name) is None:
                    seen[name] = value
        if last is not None:
            tables.object(last, type_, seen)
    for row in _rows(database, f"SELECT ocel_id, ocel_type FROM object WHERE {_not_in('ocel_id', places)}"):
        tables.object(text(row["ocel_id"]), text(row["ocel_type"]), {})
    if _has(database, "object_object", "ocel_source_id"):
        counted = database.execute("SELECT count(*) FROM object_object").fetchone()
        tables.notes["object_relations"] = int(counted[0])
    else:
        tables.breaks.add("ocel_no_part", "`object_object`")


def _has(database: sqlite3.Connection, table: str, column: str) -> bool:
    return any(row[1] == column for row in database.execute(f"PRAGMA table_info({table})").fetchall())


def _events(database: sqlite3.Connection, tables: OcelTables) -> None:
    """Every event with its objects, in the order of the table `event`."""
    places = _places(database, tables, "event")
    each_type = []
    for type_, table in places:
        asked = f"FROM {table} AS t JOIN event AS e USING (ocel_id) ORDER BY e.rowid"
        each_type.append(_placed(_rows(database, f"SELECT e.rowid AS ocel_place, t.* {asked}"), type_))
        _left_out(
            database,
            tables,
            "ocel_event_not_listed",
            "ocel_id",
            f"{table} WHERE ocel_id NOT IN (SELECT ocel_id FROM event WHERE ocel_id IS NOT NULL)",
        )
    bare = f"SELECT rowid AS ocel_place, ocel_id, ocel_type FROM event WHERE {_not_in('ocel_id', places)} ORDER BY rowid"
    each_type.append(
        (row.pop("ocel_place"), text(row.pop("ocel_type")), row) for row in _rows(database, bare)
    )
    lost = "event_object WHERE ocel_event_id NOT IN (SELECT ocel_id FROM event WHERE ocel_id IS NOT NULL)"
    _left_out(database, tables, "ocel_tie_of_unknown_event", "ocel_event_id", lost)
    ties = _rows(
        database,
        "SELECT e.rowid AS place, t.ocel_object_id AS id, t.ocel_qualifier AS said FROM event_object AS t "
        "JOIN event AS e ON e.ocel_id = t.ocel_event_id ORDER BY e.rowid, t.rowid",
    )
    tie = next(ties, None)
    for place, type_, row in merge(*each_type, key=lambda found: found[0]):
        ids = []
        while tie is not None and tie["place"] <= place:
            if tie["place"] == place:
                ids.append(text(tie["id"]))
                tables.notes["qualifiers"] += bool(tie["said"])
            tie = next(ties, None)
        id_, time = text(row.pop("ocel_id")), text(row.pop("ocel_time", None))
        tables.event(id_, type_, time, row, ids)


def _left_out(database: sqlite3.Connection, tables: OcelTables, kind: str, id_: str, rows: str) -> None:
    """Counts rows that cannot be taken."""
    lost = int(database.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])
    if lost:
        first = database.execute(f"SELECT {id_} FROM {rows} LIMIT {SHOWN}").fetchall()
        tables.breaks.add(kind, *(text(row[0]) for row in first), n=lost)


def _placed(rows: Iterator[dict[str, Any]], type_: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The rows of one type of event with their place among all."""
    for row in rows:
        yield row.pop("ocel_place"), type_, row


def _early(database: sqlite3.Connection, tables: OcelTables) -> None:
    """The tables EVENTS, RELATIONS and OBJECTS, with the column names of an OCEL in CSV."""
    for row in _rows(database, "SELECT * FROM OBJECTS"):
        id_, type_ = text(row.pop("ocel:oid")), text(row.pop("ocel:type"))
        tables.object(id_, type_, row)
    ties: dict[str, list[str]] = {}
    for row in _rows(database, 'SELECT "ocel:eid", "ocel:oid" FROM RELATIONS'):
        ties.setdefault(text(row["ocel:eid"]), []).append(text(row["ocel:oid"]))
    lost = 'RELATIONS WHERE "ocel:eid" NOT IN (SELECT "ocel:eid" FROM EVENTS)'
    _left_out(database, tables, "ocel_tie_of_unknown_event", '"ocel:eid"', lost)
    for row in _rows(database, "SELECT * FROM EVENTS"):
        id_, label = text(row.pop("ocel:eid")), text(row.pop("ocel:activity"))
        time = text(row.pop("ocel:timestamp", None))
        tables.event(id_, label, time, row, ties.get(id_, []))
