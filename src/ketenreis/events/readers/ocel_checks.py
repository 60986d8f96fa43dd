"""Where do the tables of an object-centric log break its standard? Asked of the engine, once the whole log is read."""

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.ocel_breaks import SHOWN
from ketenreis.events.readers.ocel_tables import ACTIVITY, EVENT, ID, OBJECT, TIME, TYPE, OcelTables

_TESTS: Mapping[str, str] = {
    "integer": r"NOT regexp_full_match({}, '[+-]?\d+(\.0+)?')",
    "float": "TRY_CAST({} AS DOUBLE) IS NULL",
    "boolean": "lower({}) NOT IN ('true', 'false', '0', '1')",
    "time": "TRY_CAST({} AS TIMESTAMPTZ) IS NULL",
}
"""When a value is not of the type that is declared; any text is a string."""


def check_events(con: duckdb.DuckDBPyConnection, tables: OcelTables, events: str) -> None:
    """Adds the breaks of the events to those of the log.

    Args:
        con: Reads them.
        tables: The log.
        events: SQL of its events.
    """
    no_time = f"TRY_CAST({quoted(TIME)} AS TIMESTAMPTZ) IS NULL"
    tests = {
        "ocel_event_without_id": f"{quoted(ID)} IS NULL",
        "ocel_event_without_type": f"{quoted(ACTIVITY)} IS NULL",
        "ocel_event_without_time": f"{quoted(TIME)} IS NULL",
        "ocel_time_written_otherwise": f"{quoted(TIME)} IS NOT NULL AND {no_time}",
    }
    place = f"COALESCE({quoted(ID)}, '#' || ({EVENT}::BIGINT + 1))"
    _tested(con, tables, f"{events} AS e", tests, place)
    _twice(con, tables, f"{events} AS e", quoted(ID), "ocel_event_id_twice")
    _declared(con, tables, f"{events} AS e", "event", ACTIVITY, tables.events.stored)


def check_objects(con: duckdb.DuckDBPyConnection, tables: OcelTables) -> None:
    """Adds the breaks of the objects and of the ties, and takes out the objects that nothing can be about.

    Args:
        con: Holds `ocel_objects` and `ocel_ties`.
        tables: The log.
    """
    unknown = (
        f"ocel_ties WHERE {OBJECT} NOT IN (SELECT {OBJECT} FROM ocel_objects WHERE {OBJECT} IS NOT NULL)"
    )
    lost = _count(con, f"SELECT count(*) FROM {unknown}")
    if lost:
        tables.breaks.add("unknown_objects", *_first(con, OBJECT, unknown), n=lost)
    tests = {
        "ocel_object_without_id": f"{OBJECT} IS NULL",
        "ocel_object_without_type": f"{OBJECT} IS NOT NULL AND {TYPE} IS NULL",
    }
    _tested(con, tables, "ocel_objects", tests, f"COALESCE({OBJECT}, '#' || (rowid + 1))")
    if _twice(con, tables, "ocel_objects", OBJECT, "ocel_object_id_twice"):
        con.execute(
            f"DELETE FROM ocel_objects WHERE rowid NOT IN (SELECT min(rowid) FROM ocel_objects GROUP BY {OBJECT})"
        )
    con.execute(f"DELETE FROM ocel_objects WHERE {OBJECT} IS NULL OR {TYPE} IS NULL")
    _declared(con, tables, "ocel_objects", "object", TYPE, tables.objects.stored)


def _tested(
    con: duckdb.DuckDBPyConnection, tables: OcelTables, rows: str, tests: Mapping[str, str], place: str
) -> None:
    """Adds the rows that meet each test."""
    asked = ", ".join(f"count(*) FILTER ({test})" for test in tests.values())
    for (kind, test), n in zip(tests.items(), one(con, f"SELECT {asked} FROM {rows}"), strict=True):
        if n:
            tables.breaks.add(kind, *_first(con, place, f"{rows} WHERE {test}"), n=int(str(n)))


def _twice(con: duckdb.DuckDBPyConnection, tables: OcelTables, rows: str, id_: str, kind: str) -> int:
    """Adds the rows with an id that another had before, and gives how many there are."""
    again = _count(con, f"SELECT count({id_}) - count(DISTINCT {id_}) FROM {rows}")
    if again:
        several = (
            f"(SELECT {id_} FROM {rows} WHERE {id_} IS NOT NULL GROUP BY {id_} HAVING count(*) > 1) AS s"
        )
        tables.breaks.add(kind, *_first(con, id_, several), n=again)
    return again


def _declared(
    con: duckdb.DuckDBPyConnection,
    tables: OcelTables,
    rows: str,
    what: str,
    kind: str,
    columns: Mapping[str, str],
) -> None:
    """Adds types and attributes that the file does not declare, and values that are not of the declared type."""
    declared = tables.declared[what]
    if not declared:
        return
    own = [each for each in columns if each not in {EVENT, ID, ACTIVITY, TIME, OBJECT, TYPE, "place"}]
    filled = "".join(f", count({quoted(columns[each])})" for each in own)
    asked = f"SELECT {quoted(kind)}, count(*){filled} FROM {rows} WHERE {quoted(kind)} IS NOT NULL GROUP BY 1 ORDER BY 1"
    for type_, n, *counts in con.execute(asked).fetchall():
        if type_ not in declared:
            tables.breaks.add(f"ocel_{what}_type_unknown", f"“{type_}”", n=n)
            continue
        for attribute, held in zip(own, counts, strict=True):
            if held and attribute not in declared[type_]:
                tables.breaks.add("ocel_attribute_unknown", f"“{type_}”: “{attribute}”", n=held)
    typed = list(_typed(declared, columns, kind))
    tests = ", ".join(f"count(*) FILTER ({test})" for _, test in typed)
    found = one(con, f"SELECT {tests} FROM {rows}") if typed else ()
    for (where, _), n in zip(typed, found, strict=True):
        if n:
            tables.breaks.add("ocel_value_of_other_type", where, n=int(str(n)))


def _typed(
    declared: Mapping[str, Mapping[str, str]], columns: Mapping[str, str], kind: str
) -> Iterator[tuple[str, str]]:
    """For each attribute whose declared type can be tested: its place, and SQL of a value that is of another type."""
    for type_, attributes in declared.items():
        for attribute, said in attributes.items():
            if attribute in columns and said.lower() in _TESTS:
                column = quoted(columns[attribute])
                value = type_.replace("'", "''")
                yield (
                    f"“{type_}”: “{attribute}”, {said}",
                    f"{quoted(kind)} = '{value}' AND {column} IS NOT NULL AND {_TESTS[said.lower()].format(column)}",
                )


def _first(con: duckdb.DuckDBPyConnection, place: str, rows: str) -> Iterable[str]:
    """The first places of some rows."""
    found = con.execute(f"SELECT {place} FROM {rows} LIMIT {SHOWN * 10}").fetchall()
    return list(dict.fromkeys(str(row[0]) for row in found if row[0] is not None))[:SHOWN]


def _count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(str(one(con, sql)[0]))
