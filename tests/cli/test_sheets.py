"""`ketenreis export --table` and `ketenreis import --table`: a kind goes to a spreadsheet, and exactly what changed there comes back."""

import shutil

import pytest

from ketenreis.examples import model_folder
from ketenreis.model import KIND
from ketenreis.notation import read
from ketenreis.notation.sheets import compare, read_rows, sheet_of
from ketenreis.render.sheets import sheet_csv, sheet_xlsx


@pytest.fixture
def model(tmp_path):
    """A copy of Belmij that may be changed."""
    return shutil.copytree(model_folder("belmij"), tmp_path / "model")


def test_a_name_changed_in_the_sheet_changes_that_name_and_no_other_file(ketenreis, model, tmp_path):
    sheet = tmp_path / "eisen.csv"
    assert ketenreis("export", model, sheet, "--table", "ctq", "--language", "nl").status == 0
    before = {path: path.read_bytes() for path in model.rglob("*.yaml")}
    text = sheet.read_text(encoding="utf-8-sig")
    name = read(model).model.of_kind("ctq")[0].name
    sheet.write_text(text.replace(name, "Anders gezegd", 1), encoding="utf-8-sig")
    words = ("import", sheet, "--table", "kwaliteitseisen (CTQ's)", "--into", model, "--language", "nl")
    look = ketenreis(*words, "--dry-run")
    assert f"naam: {name} → Anders gezegd" in look.out
    assert before == {path: path.read_bytes() for path in model.rglob("*.yaml")}
    assert ketenreis(*words).status == 0
    changed = {path.name for path in model.rglob("*.yaml") if before[path] != path.read_bytes()}
    assert changed == {"requirements.yaml"}
    assert "0 nieuw, 0 gewijzigd" in ketenreis(*words).out


def test_what_is_not_understood_is_told_by_row_and_column_and_the_rest_is_done(ketenreis, model, tmp_path):
    sheet = tmp_path / "rollen.csv"
    sheet.write_text("name,scarce,stands in\nFloor manager,perhaps,\n", encoding="utf-8")
    answer = ketenreis("import", sheet, "--table", "role", "--into", model, "--language", "en")
    assert answer.status == 1
    assert "row 2, column “scarce”" in answer.out
    assert read(model).model["floor-manager"].get("scarce") is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "x.csv"), "--process"),
        (("export", "x.csv", "--table", "stap", "--process", "p"), "--table"),
        (("export", "x.csv", "--table", "stepp"), "step"),
    ],
)
def test_what_is_not_clear_is_asked(ketenreis, model, words, said):
    answer = ketenreis(words[0], model, *words[1:])
    assert answer.status == 2
    assert said in answer.err


def test_every_kind_of_a_whole_organisation_comes_back_as_it_went():
    whole = read(model_folder("belmij")).model
    for kind in KIND:
        for language, form in (("nl", "xlsx"), ("en", "csv")):
            sheet = sheet_of(whole, kind, whole.of_kind(kind), language)
            rows = read_rows(sheet_xlsx(sheet) if form == "xlsx" else sheet_csv(sheet, language))
            found = compare(rows, kind, whole, whole)
            assert found.edits == ()
            assert [one.finding.id for one in found.unread] in ([], ["table_empty"])
            assert len(found.of("untouched")) == len(whole.of_kind(kind))
