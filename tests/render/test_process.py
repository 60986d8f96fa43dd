"""The picture of a process: everything in it, with its name, as SVG that anybody can read."""

from xml.etree import ElementTree as ET

import pytest

from ketenreis.model import Edge, Element, Model
from ketenreis.notation.bpmn import Drawing, drawings, read_bpmn, write_bpmn
from ketenreis.render.process import process_drawing, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def order() -> Model:
    """A small process with two lanes, a choice and names that could break a page."""
    nodes = [
        Element("p", "process", None, {"name": "Order & <meer>"}),
        Element("r", "role", None, {"name": "Balie"}),
        Element("s", "event", "p", {"type": "start", "name": "Aanvraag", "trigger": "message"}),
        Element("a", "activity", "p", {"name": "<script>alert(1)</script>"}),
        Element("g", "gateway", "p", {"type": "exclusive", "name": "Akkoord?"}),
        Element("e", "event", "p", {"type": "end"}),
    ]
    ways = [
        Edge("then", "s", "a"),
        Edge("then", "a", "g"),
        Edge("then", "g", "e", {"condition": "ja"}),
        Edge("performed_by", "a", "r"),
    ]
    return Model.of(nodes, ways)


def test_every_shape_and_way_is_drawn_once_and_can_be_pointed_at():
    drawing = drawings(write_bpmn(order(), "p").data)[0]
    root = ET.fromstring(process_drawing(drawing, "order", description="Vier stappen"))
    groups = [g.get("data-element") for g in root.iter(f"{SVG}g") if g.get("data-element")]
    assert sorted(groups) == sorted(shape.id for shape in drawing.shapes)
    assert {"s", "a", "g", "e"} <= set(groups)
    assert len(list(root.iter(f"{SVG}polyline"))) == 3
    said = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert "Akkoord?" in said
    assert "ja" in said


def test_no_name_becomes_markup_and_the_picture_has_a_title_and_description():
    drawing = drawings(write_bpmn(order(), "p").data)[0]
    drawn = process_drawing(drawing, "order", description="Vier stappen")
    assert "<script" not in drawn
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    ids = {element.get("id") for element in root.iter()}
    assert set(root.get("aria-labelledby").split()) <= ids
    assert root.find(f"{SVG}title").text == "Order & <meer>"
    assert "style=" not in drawn


def test_everything_stands_within_the_picture():
    drawing = drawings(write_bpmn(order(), "p").data)[0]
    root = ET.fromstring(process_drawing(drawing, "order"))
    left, top, width, height = map(float, root.get("viewBox").split())
    for shape in drawing.shapes:
        assert left <= shape.box.x
        assert shape.box.right <= left + width
        assert top <= shape.box.y
        assert shape.box.bottom <= top + height


def test_a_process_without_anything_is_an_empty_picture():
    assert process_drawing(Drawing("Leeg"), "leeg").startswith("<svg")


def test_words_are_cut_only_where_there_is_no_room():
    assert wrapped("Een twee drie", 1000, 1) == ["Een twee drie"]
    assert wrapped("", 100, 3) == []
    assert all(len(line) <= 16 for line in wrapped("Bestemmingsplanwijzigingsprocedure", 100, 3))


@pytest.mark.parametrize("name", ["A.4.1", "B.2.0", "C.4.0", "C.6.0"])
def test_drawings_of_other_tools_are_drawn_whole(shared_data, name):
    data = (shared_data / "bpmn" / "miwg" / "Reference" / f"{name}.bpmn").read_bytes()
    shown = drawings(data, f"{name}.bpmn")
    assert len(shown) == len(read_bpmn(data, f"{name}.bpmn").processes)
    for number, drawing in enumerate(shown):
        root = ET.fromstring(process_drawing(drawing, f"p{number}"))
        assert len([g for g in root.iter(f"{SVG}g") if g.get("data-element")]) == len(drawing.shapes) > 0
