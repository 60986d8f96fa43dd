"""How is an OCEL in SQLite read? Version 2 by its maps of types, and the three tables that earlier tools wrote."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from heapq import merge
from pathlib import Path
from typing import Any

from ketenreis.errors import UnreadableFileError
from ketenreis.events.readers.ocel_tables import EnoughError, OcelTables, text
from ketenreis.events.readers.query import BROKEN, open_sqlite

FETCHED = 5_000


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


def _objects(database: sqlite3.Connection, tables: OcelTables) -> None:
    """Every object with the values it began with; later rows of it are changes."""
    for type_, place in database.execute("SELECT ocel_type, ocel_type_map FROM object_map_type").fetchall():
        seen: dict[str, Any] = {}
        last: str | None = None
        kind = _table(f"object_{place}")
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
    known = "SELECT ocel_id FROM " + " UNION ALL SELECT ocel_id FROM ".join(
        _table(f"object_{place}")
        for (place,) in database.execute("SELECT ocel_type_map FROM object_map_type").fetchall()
    )
    for row in _rows(database, f"SELECT ocel_id, ocel_type FROM object WHERE ocel_id NOT IN ({known})"):
        tables.object(text(row["ocel_id"]), text(row["ocel_type"]), {})
    counted = database.execute("SELECT count(*) FROM object_object").fetchone()
    tables.notes["object_relations"] = int(counted[0])


def _has(database: sqlite3.Connection, table: str, column: str) -> bool:
    return any(row[1] == column for row in database.execute(f"PRAGMA table_info({table})").fetchall())


def _events(database: sqlite3.Connection, tables: OcelTables) -> None:
    """Every event with its objects, in the order of the table `event`."""
    each_type = []
    for type_, place in database.execute("SELECT ocel_type, ocel_type_map FROM event_map_type").fetchall():
        rows = _rows(
            database,
            f"SELECT e.rowid AS ocel_place, t.* FROM {_table(f'event_{place}')} AS t JOIN event AS e USING (ocel_id) "
            "ORDER BY e.rowid",
        )
        each_type.append(_placed(rows, text(type_)))
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
    for row in _rows(database, "SELECT * FROM EVENTS"):
        id_, label = text(row.pop("ocel:eid")), text(row.pop("ocel:activity"))
        time = text(row.pop("ocel:timestamp", None))
        tables.event(id_, label, time, row, ties.get(id_, []))
