"""The engine that a process keeps for what is little: its users do not see each other, and nothing of them is left."""

import gzip

import duckdb
import pytest

from ketenreis.events import engine
from ketenreis.events.readers import is_little


def test_two_who_use_the_kept_engine_at_once_do_not_see_each_other():
    with engine.shared() as one, engine.shared("Europe/Amsterdam") as other:
        one.execute("CREATE TABLE staged AS SELECT 1 AS a")
        with pytest.raises(duckdb.CatalogException):
            other.execute("FROM staged")
        other.execute("CREATE TABLE staged AS SELECT 2 AS a")
        asked = "SELECT a, current_setting('TimeZone') FROM staged"
        assert one.execute(asked).fetchall() == [(1, "UTC")]
        assert other.execute(asked).fetchall() == [(2, "Europe/Amsterdam")]


def fails():
    """Uses the kept engine, and is stopped in the middle of a transaction."""
    with engine.shared() as con:
        con.execute("CREATE TABLE staged AS SELECT 1 AS a; CREATE TEMP TABLE mine AS SELECT 1 AS a; BEGIN")
        con.execute("SELECT 'a'::INTEGER")


def breaks():
    """Uses the kept engine, which breaks down meanwhile."""
    with engine.shared():
        next(iter(engine._KEPT.values())).close()


def test_nothing_is_left_in_the_kept_engine_also_when_its_user_fails():
    with pytest.raises(duckdb.ConversionException):
        fails()
    with engine.shared() as con:
        held = con.execute(
            "SELECT database_name, table_name FROM duckdb_tables() WHERE NOT internal"
        ).fetchall()
        databases = con.execute("SELECT count(*) FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert (held, databases) == ([], [(2,)]), "its own, and the one that the engine starts with"


def test_an_engine_that_can_no_longer_be_used_is_not_kept():
    breaks()
    with engine.shared() as con:
        assert con.execute("SELECT 1").fetchall() == [(1,)]


def test_only_a_short_table_of_text_that_is_not_packed_is_little(tmp_path):
    table = b"case,activity,time\na,b,2026-01-01\n"
    for name, held, little in (
        ("short.csv", table, True),
        ("long.csv", table + b"a,b,2026-01-01\n" * 80_000, False),
        ("packed.csv", gzip.compress(table), False),
        ("log.xes", b"<?xml version='1.0'?><log/>", False),
    ):
        (tmp_path / name).write_bytes(held)
        assert is_little(tmp_path / name) is little
