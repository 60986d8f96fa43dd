"""The engine keeps to its memory: what does not fit goes to disk, and leaves nothing behind."""

import tempfile

import pytest
from benchmarks import contests, rules
from benchmarks.stores import normal_form

from ketenreis.measure import judging
from ketenreis.measure.engines.duckdb import DuckDB


def test_what_does_not_fit_in_memory_goes_to_a_folder_that_is_gone_afterwards(tmp_path, monkeypatch):
    store = normal_form(1000, tmp_path / "store").type()
    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spill))

    with DuckDB(store.events_files, store.cases_file, memory="60MB") as engine:
        engine.keep("large", "SELECT range AS a, hash(range) AS b, hash(range + 1) AS c FROM range(5000000)")
        assert list(spill.rglob("*.tmp"))
        assert engine.run("SELECT COUNT(*), SUM(a) FROM large") == [(5_000_000, 4_999_999 * 2_500_000)]

    assert not list(spill.iterdir())


def test_a_person_says_how_much_memory_it_may_hold(tmp_path, monkeypatch):
    store = normal_form(1000, tmp_path).type()
    monkeypatch.setenv("KETENREIS_MEMORY", "77MiB")

    with DuckDB(store.events_files, store.cases_file) as engine:
        assert engine.run("SELECT current_setting('memory_limit')") == [("77.0 MiB",)]


@pytest.mark.parametrize("detail", ["cases", "full"])
def test_a_log_judged_in_ranges_within_little_memory_counts_the_same(tmp_path, monkeypatch, detail):
    store = normal_form(20_000, tmp_path)
    whole = contests.counted(store, rules.twenty_one(), detail)

    monkeypatch.setattr(judging, "EVENTS_AT_ONCE", 6_000)
    monkeypatch.setenv("KETENREIS_MEMORY", "100MB")

    assert contests.counted(store, rules.twenty_one(), detail) == whole
