"""The SQL that is shown is all there is: run by itself on the files of a store, it gives the same counts."""

import duckdb
import pytest

from ketenreis.calendars import Calendar
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_file, model_folder, write_raw
from ketenreis.measure import cases, judge, sql
from ketenreis.measure import judging as room
from ketenreis.notation import read
from ketenreis.quantity import Share, parse_limit
from ketenreis.requirements import EventClass, Measure, Norm, Requirement, requirement


def run_by_itself(text, stored_type):
    """Per requirement the counts by verdict, from nothing but the text and the two tables."""
    found = {}
    with duckdb.connect() as con:
        files = ", ".join(f"'{file}'" for file in stored_type.events_files)
        con.execute(f"CREATE VIEW events AS SELECT * FROM read_parquet([{files}])")
        con.execute(f"CREATE VIEW cases AS SELECT * FROM read_parquet('{stored_type.cases_file}')")
        for statement in text.split(";\n"):
            lines = [line for line in statement.strip().splitlines() if line]
            if not any(not line.startswith("--") for line in lines):
                continue
            answer = con.execute(statement)
            if lines[0].startswith("-- ") and lines[1].startswith("SELECT v"):
                found[lines[0].removeprefix("-- ")] = dict(answer.fetchall())
    return found


@pytest.fixture(scope="module")
def belmij(tmp_path_factory):
    folder = tmp_path_factory.mktemp("belmij")
    (path,) = write_raw("belmij", folder, 400, 2)
    store = import_events(path, folder / "events", read_mapping(mapping_file("belmij"))).store
    return store, [requirement(ctq) for ctq in read(model_folder("belmij")).model.of_kind("ctq")]


@pytest.mark.parametrize("at_once", [100, 4], ids=["in one go", "in batches"])
def test_the_sql_text_runs_by_itself_and_counts_the_same(belmij, at_once, monkeypatch):
    monkeypatch.setattr(room, "JUDGED_AT_ONCE", at_once)
    store, wanted = belmij
    assert 4 < len(wanted) < 100
    with judge(store, wanted) as judging:
        counted = cases(judging)
        found = run_by_itself(sql(judging), store.type())
    assert found.keys() == counted.keys()
    for name, counts in counted.items():
        by_code = (counts.fulfilled, counts.violated, counts.pending, counts.not_activated)
        assert tuple(found[name].get(code, 0) for code in (1, 2, 3, 4)) == by_code
        assert sum(found[name].values()) == counts.total


def test_the_sql_text_of_one_requirement_speaks_of_no_other(belmij):
    store, wanted = belmij
    one = next(each for each in wanted if each.id == "bevestiging-op-tijd")
    with judge(store, [one]) as judging:
        text = sql(judging)
    assert "-- bevestiging-op-tijd" in text
    assert "nooit-lang-stil" not in text


def test_a_calendar_that_the_text_needs_is_named(belmij):
    store, _ = belmij
    measure = Measure(
        "within", {"after": EventClass(("betaling",)), "comes": EventClass(("levering",)), "clock": "desk"}
    )
    wanted = Requirement(
        "open", "Open", measure=measure, norms=(Norm(Share.parse("90%"), parse_limit("9 hours")),)
    )
    desk = Calendar.from_plain({"name": "desk", "hours": {"monday": "9:00-17:00"}})
    with judge(store, [wanted], calendars={"desk": desk}) as judging:
        assert "(q, before_us, from_us, open_us): the calendar desk, laid out" in sql(judging)
