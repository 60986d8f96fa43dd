"""What does the picture of a process show, as a value that somebody else can draw?"""

from dataclasses import dataclass

from ketenreis.notation.bpmn import vocabulary as words
from ketenreis.notation.bpmn.artist import laid_out
from ketenreis.notation.bpmn.diagram import Diagram, diagram
from ketenreis.notation.bpmn.read import ReadBpmn, local, read_whole, said
from ketenreis.notation.layout import Box, Point
from ketenreis.notation.xml_tree import Tag


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing in a picture.

    Attributes:
        id: Of the element of the model, where it stands for one; else its id in the file.
        kind: activity, gateway, event, process, pool, lane, data or remark.
        type, trigger: As the metamodel has them; empty for kinds without.
        name: What is written in or at it.
        box: Where it is.
        is_upright: Whether a pool or lane runs from top to bottom.
    """

    id: str
    kind: str
    name: str
    box: Box
    type: str = ""
    trigger: str = ""
    is_upright: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line in a picture: `then`, or `data` for what an activity takes or yields."""

    kind: str
    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture of one process: what lies below comes first."""

    name: str
    shapes: tuple[Shape, ...] = ()
    lines: tuple[Line, ...] = ()


_DRAWN_AS = {
    "dataObjectReference": "data",
    "dataStoreReference": "data",
    "textAnnotation": "remark",
    "lane": "lane",
}


def drawings(data: bytes, file: str = "process.bpmn") -> tuple[Drawing, ...]:
    """The picture of each process in a file, in order; a file without a picture is laid out first."""
    read = read_whole(laid_out(data, file, every=True), file)
    if read.text is None:
        return ()
    drawn = diagram(read.text)
    return tuple(_drawing(read, drawn, process.id) for process in read.imported.processes)


def _drawing(read: ReadBpmn, drawn: Diagram, top: str) -> Drawing:
    model, process = read.imported.model, read.tags[top]
    root = read.text.root if read.text else process
    shapes: list[Shape] = []
    parties = [p for group in root.inside("collaboration") for p in group.inside("participant")]
    shapes += [
        Shape(
            party.get("id"),
            "pool",
            said(party.get("name")),
            drawn.boxes[party.get("id")],
            is_upright=_upright(drawn, party),
        )
        for party in parties
        if local(party.get("processRef")) == process.get("id") and party.get("id") in drawn.boxes
    ]
    for tag in process.all():
        box = drawn.boxes.get(tag.get("id"))
        if box is None or not words.is_bpmn(tag):
            continue
        element = model.elements.get(read.ids.get(tag, ""))
        if tag in read.ids and element and tag.name in words.NODES:
            type_, trigger = (str(element.get(name) or "") for name in ("type", "trigger"))
            shapes.append(Shape(element.id, element.kind, said(tag.get("name")), box, type_, trigger))
        elif tag.name in _DRAWN_AS:
            text = element.name if element else said(tag.get("name"))
            text = text or next((said(child.text) for child in tag.inside("text")), "")
            shapes.append(
                Shape(
                    read.ids.get(tag, tag.get("id")),
                    _DRAWN_AS[tag.name],
                    text,
                    box,
                    is_upright=_upright(drawn, tag),
                )
            )
    order = ("pool", "lane", "process", "activity")
    shapes.sort(key=lambda shape: order.index(shape.kind) if shape.kind in order else len(order))
    lines = [
        Line(
            "then" if tag.name == "sequenceFlow" else "data",
            said(tag.get("name")),
            drawn.corners[tag.get("id")],
        )
        for tag in process.all()
        if tag.get("id") in drawn.corners and words.is_bpmn(tag)
    ]
    return Drawing(model[top].name, tuple(shapes), tuple(lines))


def _upright(drawn: Diagram, tag: Tag) -> bool:
    return drawn.shapes[tag.get("id")].get("isHorizontal") == "false"
