"""A DuckDB that stays inside: no network, no extensions but its own, bounded memory."""

import os
from pathlib import Path

import duckdb

MEMORY = "1600MB"
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
