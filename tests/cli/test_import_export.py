"""`ketenreis import` and `ketenreis export`: a process comes in, is changed, and goes out changed in exactly that."""

import json
import shutil

import pytest

from ketenreis.examples import model_folder
from ketenreis.notation import read

SPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMN = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="{SPACE}" targetNamespace="x">
  <process id="P1" name="Verhuizen">
    <laneSet id="L"><lane id="L1" name="Balie"><flowNodeRef>S</flowNodeRef><flowNodeRef>A</flowNodeRef></lane></laneSet>
    <startEvent id="S"/>
    <task id="A" name="Adres opnemen"/>
    <textAnnotation id="T"><text>Nog bespreken</text></textAnnotation>
    <sequenceFlow id="F" sourceRef="S" targetRef="A"/>
  </process>
</definitions>
"""


@pytest.fixture
def model(tmp_path):
    """A copy of Belmij that may be changed."""
    return shutil.copytree(model_folder("belmij"), tmp_path / "model")


@pytest.fixture
def file(tmp_path):
    """A small process without a picture."""
    path = tmp_path / "verhuizen.bpmn"
    path.write_text(BPMN, encoding="utf-8")
    return path


def test_a_process_comes_in_as_a_file_of_its_own_and_nothing_else_is_touched(ketenreis, model, file):
    before = {path: path.read_bytes() for path in model.rglob("*.yaml")}
    answer = ketenreis("import", file, "--into", model, "--language", "en")
    assert answer.status == 0
    assert "New: Verhuizen [verhuizen]" in answer.out
    assert "Nog bespreken: Remarks and groups" in answer.out
    changed = {path.name for path in model.rglob("*.yaml") if before.get(path) != path.read_bytes()}
    assert changed == {"verhuizen.yaml"}
    assert (model / "bpmn" / "verhuizen.bpmn").read_text(encoding="utf-8") == BPMN
    reading = read(model)
    assert reading.is_sound
    assert reading.model["verhuizen/A"].name == "Adres opnemen"
    assert reading.model["verhuizen"].get("bpmn") == "bpmn/verhuizen.bpmn#P1"


def test_what_was_renamed_in_the_model_is_renamed_in_the_file_that_goes_out(ketenreis, model, file, tmp_path):
    ketenreis("import", file, "--into", model)
    first, second = tmp_path / "first.bpmn", tmp_path / "second.bpmn"
    assert ketenreis("export", model, first, "--process", "verhuizen").status == 0
    process = model / "processes" / "verhuizen.yaml"
    process.write_text(
        process.read_text(encoding="utf-8").replace("Adres opnemen", "Adres wijzigen"), encoding="utf-8"
    )
    assert ketenreis("export", model, "--process", "verhuizen", second).status == 0
    assert second.read_text(encoding="utf-8") == first.read_text(encoding="utf-8").replace(
        "Adres opnemen", "Adres wijzigen"
    )
    assert "BPMNShape" in first.read_text(encoding="utf-8")
    answer = ketenreis("import", second, "--into", model, "--language", "nl")
    assert "Bekend: Verhuizen [verhuizen]" in answer.out


def test_a_process_that_nobody_drew_goes_out_too_also_as_a_picture(ketenreis, model, tmp_path):
    process = next(element.id for element in read(model).model.of_kind("process"))
    shown = ketenreis("export", model, "-", "--process", process)
    assert shown.status == 0
    assert "<bpmn:definitions" in shown.out
    assert ketenreis("export", model, tmp_path / "p.svg", "--process", process).status == 0
    assert (tmp_path / "p.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_table_comes_in_from_standard_input_into_a_new_folder(ketenreis, tmp_path):
    text = "Activiteit\tRol\tMinuten\nBoeken\tBalie\teen poos\n"
    answer = ketenreis(
        "import", "-", "--into", tmp_path / "nieuw", "--name", "Order", "--language", "nl", stdin=text
    )
    assert answer.status == 1
    assert "table_cell_unread" in answer.out
    assert read(tmp_path / "nieuw").model["boeken"].name == "Boeken"


def test_steps_come_in_as_a_journey(ketenreis, tmp_path):
    text = "Fase;Stap;Klantvraag\nKiezen;Vergelijken;Wat past?\n"
    path = tmp_path / "stappen.csv"
    path.write_text(text, encoding="utf-8")
    answer = ketenreis("import", path, "--into", tmp_path / "m.yaml", "--json")
    assert answer.status == 0
    assert json.loads(answer.out)["elements"] == [
        {"id": "stappen", "kind": "journey", "name": "stappen", "was_there": False}
    ]
    assert read(tmp_path / "m.yaml").model["vergelijken"].kind == "step"


def test_a_file_that_cannot_be_read_leaves_the_model_as_it_was(ketenreis, model, tmp_path):
    before = {path: path.read_bytes() for path in model.rglob("*") if path.is_file()}
    bad = tmp_path / "x.bpmn"
    bad.write_text("<definitions>", encoding="utf-8")
    answer = ketenreis("import", bad, "--into", model)
    assert answer.status == 1
    assert "xml_unreadable" in answer.out
    assert {path: path.read_bytes() for path in model.rglob("*") if path.is_file()} == before


def test_a_comment_stays_where_nothing_changed_and_stops_the_import_where_it_would_be_lost(
    ketenreis, model, file
):
    assert ketenreis("import", file, "--into", model).status == 0
    process, main = model / "processes" / "verhuizen.yaml", model / "organisation.yaml"
    for path in (process, main):
        path.write_text("# van ons\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    file.write_text(BPMN.replace("Adres opnemen", "Adres wijzigen"), encoding="utf-8")
    assert ketenreis("import", file, "--into", model).status == 2
    assert process.read_text(encoding="utf-8").startswith("# van ons")
    assert ketenreis("import", file, "--into", model, "--drop-comments").status == 0
    assert "Adres wijzigen" in process.read_text(encoding="utf-8")
    assert main.read_text(encoding="utf-8").startswith("# van ons")


def test_a_process_that_is_not_there_is_told_with_the_nearest(ketenreis, model):
    assert ketenreis("export", model, "-", "--process", "nope").status == 2
