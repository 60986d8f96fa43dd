"""A sheet goes out, somebody works in it, and exactly what they changed comes back."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.notation.drawn_models import models

from ketenreis.model import KIND, RELATION, Edge, Element, Model, apply
from ketenreis.model.edits import Relate, Unrelate, Update, removal
from ketenreis.notation import read_text
from ketenreis.notation.sheets import UnreadableSheet, columns_of, compare, read_rows, sheet_of
from ketenreis.notation.sheets.columns import stand_of
from ketenreis.notation.sheets.files import guarded, unguarded
from ketenreis.render.sheets import sheet_csv, sheet_xlsx

MODEL = read_text("""
organisation: {id: bos, name: Bos}
roles: [{id: wijk, name: Wijkmeester}, {id: balie, name: Balie}]
personas: [{id: buurt, name: Buurtbewoner}]
ctqs:
- id: op-tijd
  name: Op tijd
  for: [buurt]
  measure: {pattern: within, after: bellen, comes: kijken}
  norms: [{limit: 7 days, share: 95%, since: 2026-01-01}, {limit: 5 days, share: 96%}]
  kano: must_be
journeys:
- id: boom
  name: Boom melden
  review_by: 2027-01-01
  steps:
  - id: zien
    name: Zien
    own_time: {doing: 5 minutes, waiting: 1 hour}
    feelings: [{score: -1, basis: assumed}]
    next: [{to: bellen-stap, path: branch}, melden]
  - {id: bellen-stap, name: Bellen, touchpoints: [{id: bellen, name: Bellen}]}
  - {id: melden, name: Melden}
processes:
- id: bomen
  name: Bomen
  activities: [{id: kijken, name: "=HYPERLINK(1)", minutes: 12.5, performed_by: [wijk], note: "- eerst\\n- dan"}]
""").model


def rows_of(model, kind, language="nl", form="xlsx"):
    sheet = sheet_of(model, kind, model.of_kind(kind), language)
    return read_rows(sheet_xlsx(sheet) if form == "xlsx" else sheet_csv(sheet, language))


def with_cell(rows, element, heading, text):
    """The rows after somebody typed a text in one cell."""
    at = rows[0][1].index(heading)
    return tuple(
        (number, (*cells[:at], text, *cells[at + 1 :])) if cells[0] == element else (number, cells)
        for number, cells in rows
    )


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_sheet_that_nobody_changed_changes_nothing(form, language):
    for kind in ("ctq", "step", "activity", "journey", "role"):
        found = compare(rows_of(MODEL, kind, language, form), kind, MODEL, MODEL)
        assert found.edits == found.unread == found.clashes == ()
        assert {row.standing for row in found.rows} == {"untouched"}
        assert len(found.rows) == len(MODEL.of_kind(kind))


@settings(max_examples=60, deadline=None)
@given(models(), st.sampled_from(["nl", "en"]), st.sampled_from(["xlsx", "csv"]))
def test_any_model_comes_back_from_its_sheets_as_it_went(model, language, form):
    for kind in {element.kind for element in model}:
        rows = rows_of(model, kind, language, form)
        found = compare(rows, kind, model, model)
        assert found.edits == found.unread == ()
        assert len(found.rows) == len(model.of_kind(kind))


@settings(max_examples=60, deadline=None)
@given(models(), st.sampled_from(["nl", "en"]))
def test_a_sheet_alone_is_enough_to_make_its_elements_again(model, language):
    """All of a kind are removed, and the sheet brings them back: every field and relation, so none was lost in it."""
    kinds = [element.kind for element in model if element.kind != "organisation"]
    kind = kinds[-1] if kinds else "organisation"
    leaves = [each for each in model.of_kind(kind) if not model.children(each.id)]
    if kind == "organisation" or len(leaves) != len(model.of_kind(kind)):
        return
    without = model
    for each in leaves:
        without = apply(without, removal(without, each.id)).model
    found = compare(rows_of(model, kind, language), kind, without, without)
    again = apply(without, found.edits).model
    for each in leaves:
        long = any(isinstance(value, str) and value != value.strip() for value in each.fields.values())
        if each.parent is not None and not long:
            assert again[each.id] == each
            own = {edge for edge in model.by_source.get(each.id, ()) if edge.target in again}
            assert own == set(again.by_source.get(each.id, ()))


def test_exactly_the_changed_cells_become_edits_with_the_old_value():
    rows = rows_of(MODEL, "step")
    rows = with_cell(rows, "zien", "eigen tijd van de klant: wachten", "2 hours")
    rows = with_cell(rows, "melden", "naam", "Doorgeven")
    found = compare(rows, "step", MODEL, MODEL)
    assert [row.standing for row in found.rows] == ["changed", "untouched", "changed"]
    assert [(edit.id, edit.field) for edit in found.edits] == [("zien", "own_time"), ("melden", "name")]
    after = apply(MODEL, found.edits).model
    assert str(after["zien"].get("own_time")["waiting"]) == "2 hours"
    assert after["zien"].get("own_time")["doing"] == MODEL["zien"].get("own_time")["doing"]
    assert found.edits[1] == Update("melden", "name", "Melden", "Doorgeven")


def test_relations_are_added_cut_and_named_by_id_or_by_name():
    rows = with_cell(rows_of(MODEL, "activity"), "kijken", "gedaan door", "Balie")
    found = compare(rows, "activity", MODEL, MODEL)
    assert found.edits == (
        Unrelate(Edge("performed_by", "kijken", "wijk")),
        Relate(Edge("performed_by", "kijken", "balie")),
    )
    assert compare(
        with_cell(rows, "kijken", "gedaan door", "wijk\nbalie"), "activity", MODEL, MODEL
    ).edits == (Relate(Edge("performed_by", "kijken", "balie")),)


def test_new_rows_get_an_id_a_place_and_may_refer_to_each_other():
    rows = (
        (1, ("naam", "staat in", "daarna", "id")),
        (2, ("Wachten", "boom", "Klaar", "")),
        (3, ("Klaar", "Boom melden", "", "")),
        (4, ("Zwevend", "", "", "")),
        (5, ("", "", "", "")),
    )
    found = compare(rows[:-1], "step", MODEL, MODEL)
    assert [(row.id, row.standing) for row in found.rows] == [
        ("wachten", "added"), ("klaar", "added"), ("zwevend", "unread")
    ]  # fmt: skip
    after = apply(MODEL, found.edits).model
    assert after["klaar"].parent == "boom"
    assert [one.id for one in after.targets("wachten", "next")] == ["klaar"]
    assert [(one.finding.id, one.row, one.heading) for one in found.unread] == [
        ("target_expected", 4, "staat in")
    ]


def test_what_is_not_understood_is_told_by_row_and_column_and_left_as_it_was():
    rows = rows_of(MODEL, "ctq")
    rows = with_cell(rows, "op-tijd", "Kano-klasse", "leuk")
    rows = with_cell(rows, "op-tijd", "naam", "Snel")
    rows = (*rows, (9, ("zien", *rows[1][1][1:])), (10, ("niet goed", "", "X")), (11, rows[1][1]))
    rows = ((1, (*rows[0][1], "kleur")), *rows[1:])
    found = compare(rows, "ctq", MODEL, MODEL)
    assert found.edits == (Update("op-tijd", "name", "Op tijd", "Snel"),)
    told = [(one.finding.id, one.row, one.heading) for one in found.unread]
    assert told == [
        ("table_column_unknown", 1, "kleur"),
        ("wrong_choice", 2, "Kano-klasse"),
        ("wrong_target", 9, "id"),
        ("wrong_id", 10, "id"),
        ("duplicate_id", 11, "id"),
    ]


def test_rows_and_columns_that_are_not_in_the_sheet_are_left_alone():
    found = compare(((1, ("id", "naam")), (2, ("melden", "Melden!"))), "step", MODEL, MODEL)
    after = apply(MODEL, found.edits).model
    assert found.edits == (Update("melden", "name", "Melden", "Melden!"),)
    assert after["zien"] == MODEL["zien"]
    assert after.edges == MODEL.edges


def test_what_others_changed_meanwhile_stays_theirs():
    rows = with_cell(rows_of(MODEL, "step"), "zien", "naam", "Boom zien")
    rows = with_cell(rows, "melden", "naam", "Doorgeven")
    now = apply(
        MODEL,
        [
            Update("zien", "name", "Zien", "Kijken"),
            Update("bellen-stap", "name", "Bellen", "Telefoneren"),
            Update("melden", "name", "Melden", "Doorgeven"),
        ],
    ).model
    found = compare(rows, "step", MODEL, now)
    assert found.edits == ()
    assert [(one.edit.id, one.expected, one.stands) for one in found.clashes] == [("zien", "Zien", "Kijken")]
    gone = apply(MODEL, removal(MODEL, "melden")).model
    found = compare(rows, "step", MODEL, gone)
    assert [one.reason for one in found.clashes] == ["gone"]
    assert found.edits == (Update("zien", "name", "Zien", "Boom zien"),)


def test_an_emptied_cell_empties_its_field_and_only_that():
    rows = with_cell(rows_of(MODEL, "step"), "zien", "eigen tijd van de klant: wachten", "")
    rows = with_cell(rows, "zien", "beleving", "")
    after = apply(MODEL, compare(rows, "step", MODEL, MODEL).edits).model
    assert list(after["zien"].get("own_time")) == ["doing"]
    assert after["zien"].get("feelings") is None


@pytest.mark.parametrize(
    ("heading", "written", "field", "means"),
    [
        ("herzien voor", "14-11-2026", "review_by", "2026-11-14"),
        ("herzien voor", "2026-11-14 00:00:00", "review_by", "2026-11-14"),
        ("status", "Afgesproken", "status", "agreed"),
        ("status", "draft", "status", "draft"),
        ("review by", "2026-11-14", "review_by", "2026-11-14"),
    ],
)
def test_cells_are_read_as_people_write_them(heading, written, field, means):
    found = compare(((1, ("id", heading)), (2, ("boom", written))), "journey", MODEL, MODEL)
    assert [(edit.field, str(edit.new)) for edit in found.edits] == [(field, means)]


def test_a_decimal_comma_is_read_and_what_may_be_thousands_is_asked():
    def minutes(text):
        found = compare(((1, ("id", "minuten")), (2, ("kijken", text))), "activity", MODEL, MODEL)
        return [str(edit.new) for edit in found.edits], [one.finding.id for one in found.unread]

    assert minutes("7,5") == (["7.5"], [])
    assert minutes("1,500") == ([], ["wrong_number"])
    assert minutes("12,5") == ([], [])


def test_dates_and_numbers_are_cells_of_their_own_type_and_no_cell_is_a_formula():
    book = openpyxl.load_workbook(
        io.BytesIO(sheet_xlsx(sheet_of(MODEL, "activity", MODEL.of_kind("activity"), "nl", 412)))
    )
    page = book.active
    heads = {cell.value: cell.column for cell in page[1]}
    assert page.cell(2, heads["minuten"]).value == 12.5
    name = page.cell(2, heads["naam"])
    assert (name.value, name.data_type, name.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert stand_of([str(cell.value) for cell in page[1]]) == 412
    text = sheet_csv(sheet_of(MODEL, "activity", MODEL.of_kind("activity"), "en"), "en").decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in text
    assert "\"'- eerst" in text
    journeys = sheet_xlsx(sheet_of(MODEL, "journey", MODEL.of_kind("journey"), "nl"))
    page = openpyxl.load_workbook(io.BytesIO(journeys)).active
    heads = {cell.value: cell.column for cell in page[1]}
    assert page.cell(2, heads["herzien voor"]).value.isoformat()[:10] == "2027-01-01"


@given(st.text(max_size=8) | st.sampled_from(["'=x", "''=x", " =x", "\t@x", "-5", "-5x", "+31 6", "- punt"]))
def test_a_guarded_text_is_no_formula_and_comes_back_exactly(text):
    shown = guarded(text)
    assert unguarded(shown) == text
    bare = shown.strip()
    assert bare[:1] not in ("=", "@")
    assert bare[:1] not in ("+", "-") or not bare[1:].strip("0123456789.,%")


def test_a_text_too_long_for_a_cell_is_not_cut_and_not_lost():
    model = Model.of([Element("a", "artefact", None, {"name": "Brief", "text": "x" * 40_000})])
    rows = rows_of(model, "artefact")
    assert compare(rows, "artefact", model, model).edits == ()
    assert max(len(cell) for cell in rows[1][1]) < 100


def test_broken_and_hostile_files_are_told_apart():
    assert read_rows(b"") == UnreadableSheet("empty")
    assert read_rows(b"PK\x03\x04nonsense") == UnreadableSheet("unreadable")
    assert read_rows(b"id;naam\n" + b"a;b\n" * 20_002) == UnreadableSheet("too_many_rows")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"xl/{number}.xml", b"0" * 100_000_000)
    assert read_rows(bomb.getvalue()) == UnreadableSheet("too_large")
    assert read_rows("naam;notitie\r\nBalie;Één\r\n".encode("cp1252"))[1] == (2, ("Balie", "Één"))
    assert read_rows("naam\tnotitie\nBalie\tÉén\n".encode("utf-16"))[1] == (2, ("Balie", "Één"))


def test_every_kind_has_a_heading_for_each_of_its_fields_and_relations():
    for kind in KIND.values():
        columns = columns_of(kind.name)
        for language in ("nl", "en"):
            assert len({column.heading(language) for column in columns}) == len(columns)
        held = {column.whole.name for column in columns if column.whole is not None}
        assert held == {field.name for field in kind.fields} | {"name", "note"}
        told = {column.relation.name for column in columns if column.relation is not None}
        assert told == {
            one.name for one in RELATION.values() if kind.name in {s for end in one.ends for s in end.sources} and not one.derived
        }  # fmt: skip
