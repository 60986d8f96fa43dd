"""A process or a journey pasted from a spreadsheet: with or without a header, in Dutch or English, in any order."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenreis.findings import in_words
from ketenreis.model import Element, Model
from ketenreis.notation import read_texts, write
from ketenreis.notation.columns import PROCESS_COLUMNS, STEP_COLUMNS, header_fits, read_columns
from ketenreis.notation.imported import joined
from ketenreis.notation.process_table import read_process_table
from ketenreis.notation.step_table import read_step_table

DUTCH = "Activiteit\tRol\tSysteem\tInvoer\tUitkomst\tMinuten\nOrder boeken\tOperations\tSAP\t\tOrder bevestigd\t5\nBevestiging sturen\tOperations\tMail; SAP\tOrder bevestigd\tBrief\t1,5 min\n"
ENGLISH = "minutes;What;who;output;input;Application\n5;Order boeken;Operations;Order bevestigd;;SAP\n1.5;Bevestiging sturen;Operations;Brief;Order bevestigd;Mail\n;;;;;SAP\n"
BARE = DUTCH.partition("\n")[2]
JOURNEY = "Fase\tStap\tWat de klant doet\tContactmoment\tKanaal\tVraag\tWens\tBeleving\nKiezen\tVergelijken\tKijkt rond\tSite\twebsite\tWat past bij mij?\tOverzicht; Rust\t+1\n\tBestellen\t\tSite\twebsite\t\tZekerheid\t−1\nGebruiken\tUitpakken\t\t\t\t\t\tblij\n"


def relations(model: Model, name: str) -> set[tuple[str, str]]:
    return {(model[e.source].name, model[e.target].name) for e in model.edges if e.relation == name}


@pytest.mark.parametrize("text", [DUTCH, ENGLISH, BARE], ids=["dutch", "english", "bare"])
def test_a_process_reads_alike_with_any_header_and_without(text):
    brought = read_process_table(text, "Order")
    model = brought.model
    assert brought.findings == ()
    assert [e.name for e in model.of_kind("activity")] == ["Order boeken", "Bevestiging sturen"]
    assert [e.get("minutes") for e in model.of_kind("activity")] == [Decimal(5), Decimal("1.5")]
    assert relations(model, "then") == {("Order boeken", "Bevestiging sturen")}
    assert relations(model, "performed_by") == {
        ("Order boeken", "Operations"),
        ("Bevestiging sturen", "Operations"),
    }
    assert relations(model, "uses") == {
        ("Order boeken", "SAP"),
        ("Bevestiging sturen", "Mail"),
        ("Bevestiging sturen", "SAP"),
    }
    assert relations(model, "takes") == {("Bevestiging sturen", "Order bevestigd")}


def test_a_process_joins_a_model_and_finds_its_roles_and_systems_by_name():
    there = Model.of([Element("o", "organisation"), Element("ops", "role", "o", {"name": "operations"})])
    model = joined(there, read_process_table(DUTCH, "Order")).model
    assert {edge.target for edge in model.edges if edge.relation == "performed_by"} == {"ops"}
    reading = read_texts(write(model))
    assert [finding for finding in reading.findings if finding.level == "error"] == []


def test_pasting_again_into_a_process_keeps_its_ids_and_links():
    model = joined(Model.of([Element("o", "organisation")]), read_process_table(DUTCH, "Order")).model
    again = joined(model, read_process_table(DUTCH.replace("\t5\n", "\t7\n")), "order").model
    assert list(again.elements) == list(model.elements)
    assert again["order-boeken"].get("minutes") == Decimal(7)


def test_what_is_not_understood_is_told_with_its_line():
    text = "Activiteit\tMinuten\tKleur\tInvoer\n\t5\t\t\nBoeken\teen poos\trood\tKlei\n"
    found = read_process_table(text, "x").findings
    assert [(finding.id, finding.place.line) for finding in found] == [
        ("table_column_unknown", 1), ("table_line_without_name", 2), ("table_cell_unread", 3), ("table_input_unknown", 3),
    ]  # fmt: skip
    for finding in found:
        assert "{" not in in_words(finding, "nl").message + in_words(finding, "en").message


def test_nothing_pasted_is_told():
    for text in ("", "\n\n", "Activiteit\tRol\n"):
        assert [finding.id for finding in read_process_table(text).findings] == ["table_empty"]


def test_a_journey_holds_phases_steps_and_all_that_a_line_says():
    brought = read_step_table(JOURNEY, "Telefoon")
    model = brought.model
    assert [e.name for e in model.of_kind("phase")] == ["Kiezen", "Gebruiken"]
    assert [(e.name, model.name(e.parent)) for e in model.of_kind("step")] == [
        ("Vergelijken", "Kiezen"), ("Bestellen", "Kiezen"), ("Uitpakken", "Gebruiken"),
    ]  # fmt: skip
    assert [e.get("action") for e in model.of_kind("step")] == ["Kijkt rond", None, None]
    assert [(e.get("text"), e.get("rank")) for e in model.of_kind("wish")] == [
        ("Overzicht", 1),
        ("Rust", 2),
        ("Zekerheid", 1),
    ]
    feelings = [step.get("feelings") for step in model.of_kind("step")]
    assert [dict(said[0]) if said else None for said in feelings] == [
        {"score": 1, "basis": "assumed"}, {"score": -1, "basis": "assumed"}, None,
    ]  # fmt: skip
    assert [(finding.id, finding.place.line) for finding in brought.findings] == [("table_cell_unread", 4)]
    reading = read_texts(write(joined(Model.of([Element("o", "organisation")]), brought).model))
    assert [finding for finding in reading.findings if finding.level == "error"] == []


def test_the_first_line_tells_a_process_from_a_journey():
    assert header_fits(DUTCH, PROCESS_COLUMNS) > header_fits(DUTCH, STEP_COLUMNS)
    assert header_fits(JOURNEY, STEP_COLUMNS) > header_fits(JOURNEY, PROCESS_COLUMNS)


def test_cells_with_line_breaks_stay_one_cell():
    table = read_columns('Activiteit\tRol\n"Boeken\nen sturen"\t"Balie\nToetser"\n', PROCESS_COLUMNS)
    assert table.lines[0].get("activity") == "Boeken en sturen"
    assert table.lines[0].parts("role") == ("Balie", "Toetser")


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=200)
def test_whatever_is_pasted_never_raises_and_reads_as_a_model(text):
    for read in (read_process_table, read_step_table):
        model = joined(Model.of([Element("o", "organisation")]), read(text, "x")).model
        errors = [f.id for f in read_texts(write(model)).findings if f.level == "error"]
        assert errors == []


def test_titles_above_the_header_and_numbers_as_people_write_them_are_read():
    pasted = "Verhuizing verwerken\t\t\n\t\t\nActiviteit\tRol\tMinuten\n\t\t\nControleren\tBalie\t2,5\n\tBackoffice\t\nVerwerken\tBackoffice\t1.250,5\nVersturen\tPost\t± 3\nNabellen\tPost\teen poos\n"
    brought = read_process_table(pasted, "Verhuizing")
    spent = {one.name: one.get("minutes") for one in brought.model.of_kind("activity")}
    assert spent == {
        "Controleren": Decimal("2.5"), "Verwerken": Decimal("1250.5"), "Versturen": Decimal(3), "Nabellen": None,
    }  # fmt: skip
    assert relations(brought.model, "performed_by") >= {
        ("Controleren", "Balie"),
        ("Controleren", "Backoffice"),
    }
    (unread,) = brought.findings
    assert "kolom Minuten" in in_words(unread, "nl", brought.model.name).message
