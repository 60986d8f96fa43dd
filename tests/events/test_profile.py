"""The profile of a real log equals figures computed by others, from whichever file it came."""

import json
import math
from collections.abc import Mapping, Sequence

import pytest

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import Mapping as EventMapping
from ketenreis.events.profile import profile

NOT_OURS = {"log", "rule", "pm4py", "pm4py_temporal_profile", "pm4py_log_skeleton", "pm4py_declare"}
"""Names of the log and its tool, and figures that tests of other rooms compare."""


def same(ours: object, theirs: object, where: str = "") -> None:
    if isinstance(theirs, Mapping):
        assert isinstance(ours, Mapping), where
        assert set(ours) == set(theirs), where
        for key, value in theirs.items():
            same(ours[key], value, f"{where}.{key}")
    elif isinstance(theirs, Sequence) and not isinstance(theirs, str):
        assert len(ours) == len(theirs), where
        for i, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
            same(mine, other, f"{where}[{i}]")
    elif isinstance(theirs, float):
        assert math.isclose(ours, theirs, rel_tol=1e-6), (where, ours, theirs)
    else:
        assert ours == theirs, where


def by_transition(edges):
    return {(edge["a"], edge["b"]): edge for edge in edges}


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "mapping"),
    [
        ("receipt.csv", None),
        ("receipt.xes.gz", None),
        # its times are those of the clock on the wall, without an offset: the mapping has to say where it hung
        ("receipt.parquet", EventMapping(time_zone="Europe/Amsterdam")),
    ],
)
def test_the_receipt_log_has_the_published_figures(tmp_path, shared_data, file, mapping):
    theirs = json.loads((shared_data / "oracles/logs/receipt.json").read_text())
    ours = profile(
        import_events(shared_data / "eventlogs/receipt" / file, tmp_path / "s", mapping).store
    ).to_dict()
    assert set(theirs) - NOT_OURS <= set(ours)
    for key in set(theirs) - NOT_OURS - {"first", "last", "dfg_top"}:
        same(ours[key], theirs[key], key)
    # transitions that are equally frequent may come in any order
    same(by_transition(ours["dfg_top"][:36]), by_transition(theirs["dfg_top"][:36]), "dfg_top")
    assert ours["first"] == "2010-10-02T07:20:39.266+00:00"
    assert ours["last"] == "2012-01-23T14:42:54.644+00:00"


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "cases", "events", "activities"),
    [
        ("bpic2012/bpic2012.xes.gz", 13087, 262200, 24),
        ("bpic2013/bpic2013_closed_problems.xes.gz", 1487, 6660, 4),
        ("bpic2015/BPIC15_1.xes.gz", 1199, 52217, 398),
        ("bpic2020/DomesticDeclarations.xes.gz", 10500, 56437, 17),
        ("hospital_billing/hospital_billing.parquet", 100_000, 451_359, 18),
        ("sepsis/Sepsis_Cases.xes.gz", 1050, 15214, 16),
        ("synthetic/teleclaims.xes.gz", 3512, 46138, 11),
        ("synthetic/running-example.csv", 6, 42, 8),
        ("synthetic/running-example.xes", 6, 42, 8),
        ("synthetic/interval_event_log.csv", 1266, 16218, 8),
        ("synthetic/interval_event_log.xes", 1266, 16218, 8),
        ("synthetic/repairExample.xes.gz", 1104, 11855, 8),
    ],
)
def test_real_logs_come_in_whole_without_a_mapping(tmp_path, shared_data, file, cases, events, activities):
    result = import_events(shared_data / "eventlogs" / file, tmp_path / "s")
    told = profile(result.store)
    assert (told.cases, told.events, told.activities) == (cases, events, activities)
    assert result.report.rows_refused == 0
    assert sum(told.start.values()) == sum(told.end.values()) == cases


@pytest.mark.data
@pytest.mark.parametrize(
    "file",
    [
        "01_running-example",
        "11_tickets",
        "12_roadtraffic_1t_per_variant",
        "13_SEPSIS_1t_per_variant",
    ],
)
def test_a_log_with_one_case_per_variant_has_as_many_variants_as_cases(tmp_path, shared_data, file):
    result = import_events(shared_data / f"eventlogs/one_trace_per_variant/{file}.xes.gz", tmp_path / "s")
    told = profile(result.store)
    assert told.variants == told.cases == told.singleton_variants


@pytest.mark.data
def test_a_log_without_names_and_times_in_their_places_still_comes_in(tmp_path, shared_data):
    result = import_events(shared_data / "journey/cjml/Example.xes", tmp_path / "s")
    assert result.report.notes["traces_without_name"] == 1
    assert result.mapping.columns["time"] == "timeCompleted"
    assert result.store.type().events == 10


def test_impossible_dates_are_left_out_of_durations_only(tmp_path):
    rows = "".join(f"{i},a,2024-01-01 10:00\n{i},b,2024-01-01 11:00\n" for i in range(10))
    (tmp_path / "a.csv").write_text(
        "case,activity,time\n" + rows + "x,a,2024-01-01 10:00\nx,b,2999-01-01 10:00\n"
    )
    told = profile(import_events(tmp_path / "a.csv", tmp_path / "s").store)
    assert (told.cases, told.events) == (11, 22)
    assert (told.case_duration_s.n, told.case_duration_s.max) == (10, 3600.0)
    assert (told.dfg_top[0].n, told.dfg_top[0].mean_s) == (11, 3600.0)


def test_an_empty_log_has_a_profile_too(tmp_path):
    (tmp_path / "a.csv").write_text("case,activity,time\n")
    told = profile(import_events(tmp_path / "a.csv", tmp_path / "s").store)
    assert (told.cases, told.first, told.case_duration_s.mean, told.top_variants) == (0, None, None, ())
