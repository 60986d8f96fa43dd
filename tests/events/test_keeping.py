"""Managing a store: what it holds, taking a source out, proving it whole, copying it while it is in use."""

import json
import shutil
import threading

import duckdb
import pytest
from tests.events.test_joining import CALL, CALLS, PARCEL, PARCELS
from tests.events.test_objects import told

from ketenreis.errors import StoreError
from ketenreis.events.importing import import_events
from ketenreis.events.keeping import backup, compact, list_sources, verify, withdraw
from ketenreis.events.mapping import parse_mapping
from ketenreis.events.store import EventStore
from ketenreis.events.writing import writing

SCANS = "zending,klant,scan,plaats,tijd\nD1,Jan,Sortering,Utrecht,2024-01-02 03:00\nD7,Els,Sortering,Zwolle,2024-01-02 04:00\n,Ria,,,\n"
SCAN = parse_mapping(
    "source: scan\nobject: delivery\ncolumns: {case: zending, activity: scan, time: tijd}\n"
    "objects: {customer: klant}\nreadable: [klant]"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with three files, and a store of them."""
    folder = tmp_path_factory.mktemp("made")
    for name, text, mapping in (("pakket", PARCELS, PARCEL), ("bel", CALLS, CALL), ("scan", SCANS, SCAN)):
        (folder / f"{name}.csv").write_text(text)
        import_events(folder / f"{name}.csv", folder / "events", mapping)
    return folder


@pytest.fixture
def store(made, tmp_path):
    """A store of this test's own."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return EventStore.open(tmp_path / "events")


def shape(store):
    """Everything a store says, apart from numbers that depend on the order of coming."""
    names = {each["number"]: each["name"] for each in store.sources}
    return {
        type_.name: (
            type_.cases,
            type_.events,
            sorted(
                (case, label, us, names[source % 10_000])
                for case, label, us, source in told(store, type_.name)
            ),
            sorted((each.name, each.level, each.type) for each in type_.own_attributes),
            sorted(duckdb.sql(f"SELECT case_id, events FROM read_parquet('{type_.cases_file}')").fetchall()),
        )
        for type_ in store.types.values()
    }


def test_each_source_is_listed_with_what_it_brought(store):
    listed = {each.name: each for each in list_sources(store)}
    assert list(listed) == ["pakket", "bel", "scan"]
    assert dict(listed["pakket"].events) == {"delivery": 6, "customer": 6}
    assert dict(listed["bel"].events) == {"customer": 5}
    assert listed["bel"].joined[0]["joined"] == 2
    assert (listed["scan"].file, listed["scan"].rows) == ("scan.csv", 3)


def test_a_withdrawn_source_leaves_nothing_of_what_it_said(store, tmp_path):
    after = withdraw(tmp_path / "events", "scan")
    import_events(tmp_path / "pakket.csv", tmp_path / "other", PARCEL)
    never = import_events(tmp_path / "bel.csv", tmp_path / "other", CALL).store
    assert shape(after) == shape(never)
    assert verify(after) == ()


def test_what_was_joined_is_counted_again_when_deliveries_are_withdrawn(store, tmp_path):
    withdraw(tmp_path / "events", "scan")
    after = withdraw(tmp_path / "events", "pakket")
    assert list(after.types) == ["customer"]
    assert after.quality["bel"]["joined"][0]["unmatched"] == 5
    empty = withdraw(tmp_path / "events", "bel")
    assert (empty.types, empty.sources, verify(empty)) == ({}, (), ())


def test_replacing_a_source_by_other_values_keeps_those_of_the_others(store, tmp_path):
    before = shape(store)
    (tmp_path / "pakket.csv").write_text(PARCELS.replace("D1,Jan", "D1,Els"))
    after = import_events(tmp_path / "pakket.csv", tmp_path / "events", PARCEL).store
    back = import_events(tmp_path / "pakket.csv", tmp_path / "events", PARCEL).store
    assert shape(after) == shape(back)
    (tmp_path / "pakket.csv").write_text(PARCELS)
    assert shape(import_events(tmp_path / "pakket.csv", tmp_path / "events", PARCEL).store) == before


def test_an_unknown_source_is_named_with_those_there_are(store, tmp_path):
    with pytest.raises(StoreError, match="pakket, bel, scan"):
        withdraw(tmp_path / "events", "kassa")


def test_a_whole_store_has_no_flaws(store):
    assert verify(store) == ()


@pytest.mark.parametrize(
    ("break_", "said"),
    [
        (lambda folder, _: next(folder.glob("by/delivery/*/part-*.parquet")).unlink(), "is missing"),
        (
            lambda folder, _: next(folder.glob("cases/customer/3.parquet")).write_bytes(b"PAR1 not"),
            "cannot be read",
        ),
        (lambda folder, _: next(folder.glob("sources/bel/*/quality.json")).write_text("{"), "quality.json"),
    ],
)
def test_what_is_lost_or_damaged_is_told(store, tmp_path, break_, said):
    compact(tmp_path / "events")
    break_(tmp_path / "events", store)
    assert any(said in flaw.en for flaw in verify(EventStore.open(tmp_path / "events")))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("SELECT * FROM t ORDER BY case_no DESC, seq", "out of order"),
        ("SELECT * FROM t LIMIT 3", "and the manifest says"),
        ("SELECT * REPLACE ((activity + 90)::SMALLINT AS activity) FROM t", "kinds of event"),
        ("SELECT * REPLACE (900 AS o_0_id) FROM t", "not in the dictionary"),
    ],
)
def test_a_normal_form_that_says_something_else_is_told(store, change, said):
    file = store.type("customer").events_files[0]
    con = duckdb.connect()
    con.execute(f"CREATE TABLE t AS FROM read_parquet('{file}')")
    con.execute(f"COPY ({change}) TO '{file}' (FORMAT parquet)")
    assert any(said in flaw.en and flaw.nl for flaw in verify(store))


def test_compacting_leaves_only_what_is_named(store, tmp_path):
    before = shape(store)
    assert compact(tmp_path / "events") > 0
    again = EventStore.open(tmp_path / "events")
    assert shape(again) == before
    assert compact(tmp_path / "events") == 0
    assert verify(again) == ()


def test_nothing_is_compacted_while_somebody_writes(store, tmp_path):
    with writing(tmp_path / "events"), pytest.raises(StoreError, match="Wait until"):
        compact(tmp_path / "events")


def test_a_backup_is_a_whole_store_without_the_key(store, tmp_path):
    copy = EventStore.open(backup(store, tmp_path / "safe" / "copy"))
    assert shape(copy) == shape(store)
    assert verify(copy) == ()
    assert not list((tmp_path / "safe").rglob("*.key"))
    with pytest.raises(StoreError, match="there already"):
        backup(store, tmp_path / "safe" / "copy")


def test_backups_made_while_imports_go_on_are_each_whole(store, tmp_path):
    stop = threading.Event()

    def go_on():
        while not stop.is_set():
            import_events(tmp_path / "scan.csv", tmp_path / "events", SCAN)

    busy = threading.Thread(target=go_on)
    busy.start()
    try:
        copies = [EventStore.open(backup(store, tmp_path / f"copy-{i}")) for i in range(5)]
    finally:
        stop.set()
        busy.join()
    for copy in copies:
        assert verify(copy) == ()
        assert json.loads((copy.folder / "manifest.json").read_text())["generation"] == copy.generation


def test_the_report_of_a_source_counts_what_it_brought_itself_and_not_what_others_did(tmp_path):
    said = "columns: {case: zaak, activity: stap, time: tijd}"
    for name, rows in (
        ("a", "1;begin;2026-01-05 09:00\n2;begin;2026-01-06 09:00\n"),
        ("b", "1;einde;2026-01-07 09:00\n"),
    ):
        (tmp_path / f"{name}.csv").write_text(f"zaak;stap;tijd\n{rows}")
        mapping = parse_mapping(said + ("\nlabels: {begin: aanvragen}" if name == "a" else ""))
        report = import_events(tmp_path / f"{name}.csv", tmp_path / "store", mapping).report
    assert (report.cases, report.events, report.unmapped, report.mapped) == (1, 1, {"einde": 1}, {})
    assert report.first == report.last == "2026-01-07T09:00:00+00:00"
    assert "1 zaak, 1 gebeurtenis, 1 soort; van 2026-01-07 09:00 tot 2026-01-07 09:00." in report.lines("nl")
