"""The store: visible in one step or not at all, one writer at a time, and a reader keeps what it opened."""

import json
from pathlib import Path

import duckdb
import pytest

from ketenreis.errors import StoreError, UnknownAttributeError
from ketenreis.events.from_rows import write_store
from ketenreis.events.importing import import_events
from ketenreis.events.profile import profile
from ketenreis.events.store import EventStore
from ketenreis.events.writing import writing

HEAD = "case_id,activity,timestamp,channel,employee,amount\n"


def log(path: Path, cases: int, first: int = 0) -> Path:
    rows = [
        f"z{i},{'abc'[k]},2024-01-{1 + i % 28:02d} 1{k}:00:00,{'web' if (i + k) % 2 else 'post'},Jan {k},{i}.5\n"
        for i in range(first, first + cases)
        for k in range(3)
    ]
    path.write_text(HEAD + "".join(rows))
    return path


def events(store: EventStore) -> list[tuple[object, ...]]:
    return duckdb.sql(
        f"SELECT * FROM read_parquet({store.type().events_glob}) ORDER BY case_no, seq"
    ).fetchall()


def test_opening_nothing_says_how_to_make_a_store(tmp_path):
    with pytest.raises(StoreError, match="events import"):
        EventStore.open(tmp_path)


def test_a_newer_format_is_refused(tmp_path):
    (tmp_path / "manifest.json").write_text('{"format": 99}')
    with pytest.raises(StoreError, match="newer"):
        EventStore.open(tmp_path)


def test_a_manifest_that_is_none_is_refused(tmp_path):
    (tmp_path / "manifest.json").write_text("hello")
    with pytest.raises(StoreError, match="not the manifest"):
        EventStore.open(tmp_path)


def test_a_second_writer_is_told_to_wait(tmp_path):
    with writing(tmp_path), pytest.raises(StoreError, match="Another import"), writing(tmp_path):
        pass


def test_a_reader_keeps_the_generation_it_opened(tmp_path):
    first = import_events(log(tmp_path / "a.csv", 5), tmp_path / "s").store
    before = events(first)
    second = import_events(log(tmp_path / "a.csv", 9), tmp_path / "s").store
    assert events(first) == before
    assert (first.generation, second.generation) == (1, 2)
    assert (len(before), len(events(second))) == (15, 27)


def test_older_generations_are_cleared_away(tmp_path):
    for cases in (3, 4, 5, 6):
        import_events(log(tmp_path / "a.csv", cases), tmp_path / "s")
    assert sorted(path.name for path in (tmp_path / "s/by/case").iterdir()) == ["2", "3", "4"]
    assert not (tmp_path / "s/work").exists()


def test_two_sources_become_one_log_and_a_source_can_be_replaced(tmp_path):
    whole = import_events(log(tmp_path / "all.csv", 10), tmp_path / "whole/s").store
    import_events(log(tmp_path / "one.csv", 4), tmp_path / "s")
    both = import_events(log(tmp_path / "two.csv", 6, first=4), tmp_path / "s").store
    assert profile(both).to_dict() == profile(whole).to_dict()
    assert [each["name"] for each in both.sources] == ["one", "two"]
    again = import_events(log(tmp_path / "two.csv", 6, first=4), tmp_path / "s").store
    assert profile(again).to_dict() == profile(whole).to_dict()
    fewer = import_events(log(tmp_path / "two.csv", 1, first=4), tmp_path / "s").store
    assert fewer.type().cases == 5


def test_employees_stay_hidden_and_the_same_when_sources_merge(tmp_path):
    import_events(log(tmp_path / "one.csv", 4), tmp_path / "s")
    both = import_events(log(tmp_path / "two.csv", 4, first=4), tmp_path / "s").store
    employee = both.type().attribute("employee")
    assert employee.personal
    assert len(employee.values) == 3
    assert all(value.startswith("m-") for value in employee.values)


def test_an_attribute_is_known_by_its_mapping_key_and_its_column(tmp_path):
    (tmp_path / "a.csv").write_text(
        "case:concept:name,concept:name,time:timestamp,case:kanaal\n1,a,2024-01-01,web\n"
    )
    store = import_events(tmp_path / "a.csv", tmp_path / "s").store
    held = store.type()
    assert held.attribute("channel") is held.attribute("case:kanaal") is held.attribute("kanaal")
    with pytest.raises(UnknownAttributeError, match="channel"):
        held.attribute("chanel")


def test_classes_take_completions_and_starts_apart(tmp_path):
    rows = [
        ("1", "a", 1, {"lifecycle": "start"}),
        ("1", "a", 2, {"lifecycle": "COMPLETE"}),
        ("1", "b", 3, {"lifecycle": "schedule"}),
        ("1", "b", 4, {"lifecycle": "start"}),
    ]
    store = write_store(tmp_path, rows, labels={"a": ["el", "both"], "b": "both"})
    names = {each.code: (each.label, each.lifecycle) for each in store.type().activities}
    told = {element: {names[code] for code in codes} for element, codes in store.classes().items()}
    assert told == {
        "el": {("a", "COMPLETE")},
        "el.start": {("a", "start")},
        "both": {("a", "COMPLETE"), ("b", "schedule"), ("b", "start")},
        "both.start": {("a", "start"), ("b", "start")},
    }


def test_the_key_is_for_its_owner_only(tmp_path):
    import_events(log(tmp_path / "a.csv", 2), tmp_path / "s")
    key = tmp_path / "keys/pseudonyms.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_bytes()) == 32
    everything = b"".join(path.read_bytes() for path in (tmp_path / "s").rglob("*") if path.is_file())
    assert b"Jan 0" not in everything


def test_customers_as_cases_are_hashed_and_orders_are_readable(tmp_path):
    (tmp_path / "c.csv").write_text(
        "klantnummer,activity,timestamp\nk1,a,2024-01-01\nk1,b,2024-01-02\nk2,a,2024-01-01\n"
    )
    store = import_events(tmp_path / "c.csv", tmp_path / "c").store
    ids = duckdb.sql(f"SELECT case_id FROM read_parquet('{store.type().cases_file}')").fetchall()
    assert all(each[0].startswith("p-") for each in ids)
    assert len(set(ids)) == 2


def test_the_quality_report_stands_with_its_source(tmp_path):
    result = import_events(log(tmp_path / "a.csv", 2), tmp_path / "s")
    assert result.store.quality["a"] == json.loads(json.dumps(result.report.to_dict()))
