"""One customer has one pseudonym, whichever system named them and however it wrote their number."""

import csv
import sqlite3

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping
from ketenreis.events.pseudonyms import Pseudonyms, settled, settled_sql
from ketenreis.events.store import EventStore

NUMBERS = ("00012345", "00099999", "S-00771")


def mapping(name, **more):
    lines = [f"{key}: {value}" for key, value in more.items()]
    return parse_mapping(
        "\n".join(
            [
                f"source: {name}\nobject: customer\ntime_zone: UTC",
                "columns: {case: klantnummer, activity: wat, time: wanneer}",
                *lines,
            ]
        )
    )


def brought(folder):
    """The same three customers from a text file, a workbook and a database, each of which writes numbers in its own way."""
    with (folder / "zaken.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["klantnummer", "wat", "wanneer"])
        writer.writerows([each, "Zaak", "2026-01-05 09:00"] for each in NUMBERS)
    book = openpyxl.Workbook()
    for row in (
        ("klantnummer", "wat", "wanneer"),
        (12345, "Mail", "2026-01-06 09:00"),
        ("0099 999", "Mail", "2026-01-06 09:00"),
        (" s-00771 ", "Mail", "2026-01-06 09:00"),
    ):
        book.active.append(row)
    book.save(folder / "mail.xlsx")
    with sqlite3.connect(folder / "bel.sqlite") as database:
        database.execute("CREATE TABLE bel (klantnummer, wat TEXT, wanneer TEXT)")
        database.executemany(
            "INSERT INTO bel VALUES (?, 'Bel', '2026-01-07 09:00')", [(12345,), ("99999",), ("S-00771",)]
        )
    database.close()
    import_events(folder / "zaken.csv", folder / "events", mapping("zaken"))
    import_events(folder / "mail.xlsx", folder / "events", mapping("mail"))
    import_events(folder / "bel.sqlite", folder / "events", mapping("bel", query="SELECT * FROM bel"))
    return EventStore.open(folder / "events")


def test_one_customer_has_one_pseudonym_in_a_text_file_a_workbook_and_a_database(tmp_path):
    store = brought(tmp_path)
    held = store.type("customer")
    rows = duckdb.sql(f"SELECT case_id, events FROM read_parquet('{held.cases_file}')").fetchall()
    key = (tmp_path / "keys" / "pseudonyms.key").read_bytes()
    assert sorted(rows) == sorted((each, 3) for each in Pseudonyms(key).of_ids(NUMBERS))
    everything = b"".join(path.read_bytes() for path in (tmp_path / "events").rglob("*") if path.is_file())
    assert b"12345" not in everything
    assert b"00771" not in everything


def test_two_writings_of_one_number_in_one_source_are_one_customer(tmp_path):
    path = tmp_path / "zaken.csv"
    path.write_text("klantnummer;wat;wanneer\n0042;a;2026-01-05 09:00\n42;b;2026-01-06 09:00\n")
    store = import_events(path, tmp_path / "events", mapping("zaken")).store
    assert (store.type("customer").cases, store.type("customer").events) == (1, 2)


def test_another_workspace_gives_another_pseudonym(tmp_path):
    found = set()
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "zaken.csv"
        path.write_text("klantnummer;wat;wanneer\n0042;a;2026-01-05 09:00\n")
        held = import_events(path, tmp_path / name / "events", mapping("zaken")).store.type("customer")
        found |= set(duckdb.sql(f"SELECT case_id FROM read_parquet('{held.cases_file}')").fetchall())
    assert len(found) == 2


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", "0"),
        ("000", "0"),
        ("007", "7"),
        ("0 0 7", "7"),
        ("7a", "7A"),
        ("0x7", "0X7"),
        ("jan  smit ", "jan smit"),
    ],
)
def test_a_number_is_settled_as_written_here(written, number):
    assert settled(written) == number


@given(st.lists(st.text("0123789 aZé-\u00a0\t.", max_size=9), max_size=20))
def test_the_engine_settles_a_number_as_python_does(texts):
    found = duckdb.execute(
        f"SELECT {settled_sql('t')} FROM (SELECT unnest($t)::VARCHAR AS t)", {"t": texts}
    ).fetchall()
    assert [each for (each,) in found] == [settled(text) for text in texts]
    assert [settled(settled(text)) for text in texts] == [settled(text) for text in texts]
