"""A DuckDB that stays inside: no network, no extensions but its own, bounded memory."""

import itertools
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock

import duckdb

MEMORY = "1600MB"
LITTLE = 50_000
"""So many events surely fit in memory, whatever is asked of them."""
_UNITS = {"bytes": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}


def connect(
    spill: Path | None = None, zone: str = "UTC", *, hands: int | None = None
) -> duckdb.DuckDBPyConnection:
    """A fresh in-memory engine.

    Args:
        spill: Where it may put what does not fit in memory; null for nowhere.
        zone: What a time without offset means.
        hands: How many processors it may use; null for all.
    """
    con = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": os.environ.get("KETENREIS_MEMORY", MEMORY),
            "temp_directory": str(spill) if spill else "",
        }
    )
    con.execute(f"SET TimeZone = '{zone}'")
    if hands:
        con.execute(f"SET threads = {hands}")
    return con


@contextmanager
def shared(zone: str = "UTC", *, memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of one's own in the engine that this process keeps: starting an engine takes longer than little work does.

    It writes nothing to disk and has one hand (to share little work costs more than the work), so it is for what is surely
    small. Several may use it at once; nothing of a database is left when its user goes.

    Args:
        zone: What a time without offset means.
        memory: How much it may hold with all its users, unless KETENREIS_MEMORY says it.
    """
    engine = _engine(os.environ.get("KETENREIS_MEMORY", memory))
    own = f"own_{next(_NUMBERS)}"
    try:
        with engine.cursor() as con:
            con.execute(f"ATTACH ':memory:' AS {own}; USE {own}; SET TimeZone = '{zone}'")
            yield con
    finally:
        try:
            with engine.cursor() as con:
                con.execute(f"DETACH DATABASE IF EXISTS {own}")
        except duckdb.Error:
            _KEPT.clear()  # one that broke down is not kept: the next who asks gets a new one


_KEPT: dict[str, duckdb.DuckDBPyConnection] = {}
_NUMBERS = itertools.count()
_STARTING = Lock()


def _engine(memory: str) -> duckdb.DuckDBPyConnection:
    """The engine of so much memory that the process keeps; what it read from files it forgets."""
    with _STARTING:
        if memory not in _KEPT:
            _KEPT[memory] = connect(hands=1)
            _KEPT[memory].execute(
                f"SET GLOBAL memory_limit = '{memory}'; SET GLOBAL enable_external_file_cache = false"
            )
        return _KEPT[memory]


def suited(events: int, spill: Path | None = None) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """The engine for work on so many events: the one that the process keeps, or one of its own when they are many.

    Args:
        events: How many there are.
        spill: Where one of its own may put what does not fit in memory; null for nowhere.
    """
    return shared() if events <= LITTLE else connect(spill)


def memory(con: duckdb.DuckDBPyConnection) -> int:
    """The bytes of memory that an engine may hold, as it rounds them itself."""
    held, unit = str(one(con, "SELECT current_setting('memory_limit')")[0]).split()
    return int(float(held) * _UNITS[unit])


def one(con: duckdb.DuckDBPyConnection, sql: str, values: object = None) -> tuple[object, ...]:
    """The first row of a query that always has one."""
    row = con.execute(sql, values).fetchone()
    assert row is not None, sql  # noqa: S101  # an aggregate without GROUP BY always gives one row
    return tuple(row)


def name(column: str) -> str:
    """A column name as an SQL identifier."""
    return '"' + column.replace('"', '""') + '"'
