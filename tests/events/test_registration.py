"""One row per case with a column per date: guessed, imported as events, and dates that were keyed later are told."""

import pytest
from tests.events.test_objects import told

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping
from ketenreis.events.quality import QualityReport

HEAD = "zaaknummer;soort;aangevraagd op;beoordeeld op;besluit op;afgesloten op\n"


def rows(count, closed="{day:02d}-03-2024 {hour:02d}:{minute:02d}"):
    for i in range(count):
        hour, minute = 8 + i % 9, (i * 7) % 60
        day = 1 + i % 27
        yield (
            f"Z{i:04d};kap;{day:02d}-01-2024 {hour:02d}:{minute:02d};{day:02d}-02-2024 {hour:02d}:{(minute + 3) % 60:02d};"
            f"{day:02d}-02-2024 00:00;{closed.format(day=day, hour=hour, minute=minute)}\n"
        )


def imported(folder, lines, mapping=None):
    (folder / "zaken.csv").write_text(HEAD + "".join(lines))
    return import_events(folder / "zaken.csv", folder / "events", mapping)


def kinds(result):
    return {each.label: each.kind for each in result.report.registrations}


def test_a_row_per_case_is_guessed_and_its_dates_are_events_named_after_their_columns(tmp_path):
    result = imported(tmp_path, rows(60))
    held = result.store.type()
    assert dict(result.mapping.dates_as_events) == {each: each for each in HEAD.strip().split(";")[2:]}
    assert (held.cases, held.events) == (60, 240)
    assert [label for case, label, *_ in told(result.store, held.name) if case == "Z0000"] == [
        "aangevraagd op",
        "besluit op",
        "beoordeeld op",
        "afgesloten op",
    ]
    assert held.attribute("soort").level == "case"
    assert any("240 gebeurtenissen kwamen uit datumkolommen" in line for line in result.report.lines("nl"))


def test_a_row_without_any_date_is_a_case_without_events(tmp_path):
    result = imported(tmp_path, [*rows(40), "Z9998;kap;;;;\n", "Z9999;bouw;;;;\n"])
    assert (result.store.type().cases, result.store.type().events) == (42, 160)
    assert result.report.rows_refused == 0
    assert result.report.rows_read == result.report.rows_kept == 42


def test_days_without_a_clock_are_told(tmp_path):
    result = imported(tmp_path, rows(60))
    assert kinds(result) == {"besluit op": "day_only"}
    assert any("een dag zonder tijd (00:00): “besluit op”" in line for line in result.report.lines("nl"))


def test_dates_keyed_in_the_same_minute_are_registration_dates(tmp_path):
    result = imported(tmp_path, rows(60, closed="28-03-2024 16:5{minute}".replace("{minute}", "5")))
    assert kinds(result)["afgesloten op"] == "same_minute"
    assert any("“afgesloten op”: 60 van de 60" in line for line in result.report.lines("nl"))
    assert any("so a registration date" in line for line in result.report.lines("en"))


def test_dates_on_a_few_days_long_after_the_rest_are_registration_dates(tmp_path):
    result = imported(tmp_path, rows(60, closed="28-04-2024 {hour:02d}:{minute:02d}"))
    assert kinds(result)["afgesloten op"] == "few_days"


def test_a_usual_log_has_no_registration_dates(tmp_path):
    lines = [
        f"z{i},{'ab'[k]},2024-01-{1 + i % 27:02d} {8 + k}:{i % 60:02d}:0{k}\n"
        for i in range(80)
        for k in range(2)
    ]
    (tmp_path / "log.csv").write_text("case,event,time\n" + "".join(lines))
    assert import_events(tmp_path / "log.csv", tmp_path / "events").report.registrations == ()


def test_dates_of_a_row_belong_to_every_object_it_names(tmp_path):
    mapping = parse_mapping(
        "object: zaak\ncolumns: {case: zaaknummer}\nobjects: {soort: soort}\n"
        "dates_as_events: {aangevraagd op: Aangevraagd, besluit op: Besluit}"
    )
    store = imported(tmp_path, rows(30), mapping).store
    assert {name: (each.cases, each.events) for name, each in store.types.items()} == {
        "zaak": (30, 60),
        "soort": (1, 60),
    }


@pytest.mark.parametrize("zone", ["UTC", "Europe/Amsterdam"])
def test_midnight_is_that_of_the_mapping(tmp_path, zone):
    assert kinds(imported(tmp_path, rows(60), parse_mapping(f"time_zone: {zone}"))) == {
        "besluit op": "day_only"
    }


def test_the_report_reads_the_same_when_it_was_kept(tmp_path):
    result = imported(tmp_path, rows(60))
    kept = dict(result.store.quality["zaken"])
    kept.pop("rows_refused")
    assert QualityReport(**{**kept, "examples": ()}).lines("nl") == result.report.lines("nl")
