"""Visio drawings: lanes by place, kinds by the names of masters, ways by what connectors are glued to."""

import io
import zipfile

import pytest
from tests.notation.visio_files import SPACE, connector, cross_functional, drawing, glue, page, shape

from ketenreis.model import Element, Model
from ketenreis.notation import read_texts, write
from ketenreis.notation.bpmn import drawings, read_bpmn, write_bpmn
from ketenreis.notation.imported import joined
from ketenreis.notation.visio import read_visio


def test_a_cross_functional_flowchart_is_a_process_with_roles_and_ways():
    brought = read_visio(cross_functional(), "x.vsdx")
    model = brought.model
    assert [(e.id, e.name, e.get("type")) for e in model.of_kind("event")] == [
        ("vergunning/1", "Aanvraag", "start"),
        ("vergunning/6", "Klaar", "end"),
    ]
    assert [e.name for e in model.of_kind("activity")] == ["Registreren", "Toetsen"]
    assert [(e.name, e.get("type")) for e in model.of_kind("gateway")] == [("Akkoord?", "exclusive")]
    ways = [
        (model[e.source].name, model[e.target].name, e.fields.get("condition"))
        for e in model.edges
        if e.relation == "then"
    ]
    assert ways == [
        ("Aanvraag", "Registreren", None), ("Registreren", "Toetsen", None), ("Toetsen", "Akkoord?", None),
        ("Akkoord?", "Klaar", "ja"), ("Akkoord?", "Registreren", "nee"),
    ]  # fmt: skip
    performed = {
        (model[e.source].name, model[e.target].name) for e in model.edges if e.relation == "performed_by"
    }
    assert performed == {("Registreren", "Balie"), ("Toetsen", "Toetser")}
    assert [(left.name, left.why) for left in brought.unrepresented] == [("Dossier", "data")]
    assert [(f.id, f.parameters["name"]) for f in brought.findings] == [("visio_connector_loose", "los")]


def test_what_was_read_is_a_model_and_goes_out_as_bpmn_with_a_picture():
    brought = read_visio(cross_functional(), "x.vsdx")
    joint = joined(Model.of([Element("o", "organisation")]), brought)
    assert [f for f in read_texts(write(joint.model)).findings if f.level == "error"] == []
    out = write_bpmn(joint.model, "vergunning").data
    again = joined(joint.model, read_bpmn(out, "x.bpmn"), "vergunning").model
    assert set(again.elements) == set(joint.model.elements)
    assert len(drawings(out)[0].shapes) == 5 + 2 + 1


def test_reading_a_drawing_again_keeps_its_ids():
    first = joined(Model.of([Element("o", "organisation")]), read_visio(cross_functional(), "x.vsdx")).model
    assert joined(first, read_visio(cross_functional(), "x.vsdx")).model == first


@pytest.mark.parametrize("name", ["Process.12", "Taak", "Task", "Subprocess", "Handmatige bewerking"])
def test_masters_are_known_by_their_names_in_dutch_and_english(name):
    data = drawing({"P": page([shape("1", "1", "Doen")])}, {"1": name})
    assert [e.kind for e in read_visio(data).model] == ["process", "activity"]


def test_plain_shapes_that_connectors_join_are_work():
    data = drawing(
        {
            "P": page(
                [shape("1", "", "Een"), shape("2", "", "Twee", 3), shape("3", "", "Los", 5), connector("9")],
                glue("9", "1", "2"),
            )
        }
    )
    assert [e.name for e in read_visio(data).model.of_kind("activity")] == ["Een", "Twee"]


def test_a_connector_glued_to_a_part_of_a_shape_means_the_whole():
    whole = shape("1", "1", "Een", inner=shape("8", "", "deel", 0.5, 0.3))
    data = drawing({"P": page([whole, shape("2", "1", "Twee", 3), connector("9")], glue("9", "8", "2"))})
    assert [(e.source, e.target) for e in read_visio(data).model.edges] == [("p/1", "p/2")]


def archive(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in parts.items():
            opened.writestr(name.replace("__", "/"), data)
    return held.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0old", archive(readme=b"x"), cross_functional()[:900],
        archive(**{"visio__pages__pages.xml": b"<Pages"}),
        archive(**{"visio__pages__pages.xml": b'<!DOCTYPE a [<!ENTITY b "b">]><Pages>&b;</Pages>'}),
        archive(**{"visio__pages__pages.xml": b" " * 30_000_000}),
    ],
    ids=["empty", "head", "old", "other", "cut", "broken", "entities", "bomb"],
)  # fmt: skip
def test_what_is_no_whole_drawing_is_one_finding(data):
    brought = read_visio(data, "x.vsdx")
    assert [finding.id for finding in brought.findings] == ["visio_unreadable"]
    assert len(brought.model) == 0


def test_a_drawing_without_work_is_told():
    assert [f.id for f in read_visio(drawing({"P": page([])})).findings] == ["visio_without_steps"]
    assert SPACE in page([])


def test_pages_that_nobody_named_are_called_after_their_file():
    one = page([shape("1", "1", "Doen")])
    brought = read_visio(
        drawing({"Pagina-1": one, "Page-2": one, "  ": one, " Bezwaar  maken ": one}), "Hulp vragen.vsdx"
    )
    assert [(each.id, each.name) for each in brought.model.of_kind("process")] == [
        ("hulp-vragen", "Hulp vragen"),
        ("hulp-vragen-page-2", "Hulp vragen (Page-2)"),
        ("hulp-vragen-2", "Hulp vragen"),
        ("bezwaar-maken", "Bezwaar maken"),
    ]
    assert brought.unnamed == {"hulp-vragen", "hulp-vragen-page-2", "hulp-vragen-2"}
    known = joined(Model.of([Element("o", "organisation")]), brought).model
    assert read_texts(write(known)).model == known
