"""How is a question to a database read? On a connection that can only read, row by row, into tables of text."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.errors import MappingError, UnreadableFileError
from ketenreis.events.readers.sample import Form, Source, unique_names
from ketenreis.events.readers.tables import Table, refuse_width, source_of

_READS = frozenset(
    (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
)
_PRAGMAS = frozenset(("table_info", "encoding"))
FETCHED = 5_000
BROKEN = (sqlite3.Error, UnicodeDecodeError, OverflowError)
"""What the library raises on a database that is not whole: also when it cannot spell what it wants to say of it."""


def sqlite(
    con: duckdb.DuckDBPyConnection, path: Path, query: str | None, work: Path, most: int | None = None
) -> Source:
    """The answer of a SQLite file to a question, made ready for the engine.

    Args:
        con: Reads the sample.
        path: The database.
        query: A SELECT; where there is none, the only table of the database.
        work: Where the rows are written as text.
        most: Stop after this many rows.

    Raises:
        UnreadableFileError: It is no database, or it cannot answer.
        MappingError: There is no question, and there are several tables.
    """
    try:
        with closing(open_sqlite(path)) as database:
            asked = query or f'SELECT * FROM "{_only_table(database, path)}"'
            cursor = database.execute(asked)
            columns = [each[0] for each in cursor.description or ()]
            return _source(con, columns, _in_turn(cursor), work, "sqlite", path, most)
    except BROKEN as error:
        why = "a question may only read" if str(error) == "not authorized" else error
        raise UnreadableFileError(f"{path} cannot answer that: {why}.") from error


def open_sqlite(path: Path) -> sqlite3.Connection:
    """A SQLite file, opened for reading only: whatever a question or a view in it says, nothing is written or attached."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=0", uri=True)
    database.text_factory = lambda text: text.decode("utf-8", "replace")
    database.execute("PRAGMA query_only = ON")
    database.execute("PRAGMA trusted_schema = OFF")
    database.set_authorizer(_may)
    return database


def _may(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Whether a question may do this: reading may, and nothing that reaches outside the file."""
    if action in _READS and second != "load_extension":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS else sqlite3.SQLITE_DENY


def _only_table(database: sqlite3.Connection, path: Path) -> str:
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    names = [str(row[0]) for row in found.fetchall()]
    if len(names) == 1:
        return names[0].replace('"', '""')
    raise MappingError(
        f"{path} holds the tables {', '.join(names) or 'none'}. Which rows are the events? Put a question after its "
        "name, as `file.sqlite?SELECT …`, or under `query:` in the mapping."
    )


def postgres(
    con: duckdb.DuckDBPyConnection, address: str, query: str | None, work: Path, most: int | None = None
) -> Source:
    """The answer of a PostgreSQL database to a question, made ready for the engine.

    Raises:
        UnreadableFileError: The optional package psycopg is not there, or the database cannot be reached or answer.
        MappingError: There is no question.
    """
    try:
        import psycopg
    except ImportError as error:
        raise UnreadableFileError(
            "Reading from PostgreSQL needs the optional package psycopg: install `ketenreis[postgres]`."
        ) from error
    if not query:
        raise MappingError("Which rows are the events? Say so under `query:` in the mapping, as a SELECT.")
    shown = without_password(address)
    try:
        with psycopg.connect(address, connect_timeout=15) as database:
            database.read_only = True
            with database.cursor(name="ketenreis") as cursor:
                cursor.itersize = FETCHED
                cursor.execute(query.encode())
                first = cursor.fetchmany(FETCHED)
                columns = [each.name for each in cursor.description or ()]
                rows = _first_then(first, cursor)
                return _source(con, columns, rows, work, "postgres", shown, most)
    except psycopg.Error as error:
        why = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise UnreadableFileError(f"{shown} cannot answer that: {why.replace(address, shown)}.") from error


def without_password(address: str) -> str:
    """An address as it may be shown and kept.

    Example:
        >>> without_password("postgresql://jan:geheim@db/zaken?password=x")
        'postgresql://jan@db/zaken'
    """
    return re.sub(r"(://[^:@/]*):[^@]*@", r"\1@", address).partition("?")[0]


def _first_then(first: list[Any], rest: Iterable[Any]) -> Iterator[Any]:
    yield from first
    yield from rest


def _in_turn(cursor: sqlite3.Cursor) -> Iterator[Any]:
    while rows := cursor.fetchmany(FETCHED):
        yield from rows


def _source(
    con: duckdb.DuckDBPyConnection,
    columns: Sequence[str],
    rows: Iterator[Any],
    work: Path,
    form: Form,
    where: object,
    most: int | None,
) -> Source:
    """Rows of values as a table of text."""
    refuse_width(len(columns), where)
    if not columns:
        raise UnreadableFileError(f"The question to {where} gives no rows: is it a SELECT?")
    names = unique_names(columns)
    table = Table(work, form, names)
    for row in rows:
        if most is not None and table.rows >= most:
            break
        table.add({column: text_of(value) for column, value in zip(names, row, strict=True)})
    return source_of(con, table.relation(), names, form, {})


def text_of(value: Any) -> str:
    """A value of a database as the text that the rest of the house reads."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)
