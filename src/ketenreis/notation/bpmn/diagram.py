"""Where does each element of a BPMN file stand in its picture, and how is that written?"""

from collections.abc import Mapping
from dataclasses import dataclass

from ketenreis.notation.bpmn import vocabulary as words
from ketenreis.notation.bpmn.read import local
from ketenreis.notation.layout import Box, Point
from ketenreis.notation.splices import NewTag
from ketenreis.notation.xml_tree import Tag, XmlText

SIZES: Mapping[str, tuple[float, float]] = {
    "activity": (100, 80),
    "gateway": (50, 50),
    "event": (36, 36),
    "process": (120, 80),
    "dataObjectReference": (36, 50),
    "dataStoreReference": (50, 50),
    "textAnnotation": (120, 40),
}
"""Width and height of what is drawn for the first time, as most tools draw it."""


@dataclass(frozen=True)
class Diagram:
    """What a file says of its picture.

    Attributes:
        shapes, lines: The element of the file that draws each element or flow, by id in the file.
        boxes, corners: Where these are.
    """

    shapes: Mapping[str, Tag]
    lines: Mapping[str, Tag]
    boxes: Mapping[str, Box]
    corners: Mapping[str, tuple[Point, ...]]


def diagram(text: XmlText) -> Diagram:
    """The picture that a file holds; the first place of an element that is drawn more than once."""
    found = Diagram({}, {}, {}, {})
    shapes, lines = dict[str, Tag](), dict[str, Tag]()
    boxes, corners = dict[str, Box](), dict[str, tuple[Point, ...]]()
    for tag in text.root.all():
        name = local(tag.get("bpmnElement"))
        if tag.name == "BPMNShape" and name not in shapes and (box := _box(tag)):
            shapes[name], boxes[name] = tag, box
        elif tag.name == "BPMNEdge" and name not in lines:
            points = tuple(_point(child) for child in tag.inside("waypoint"))
            if len(points) > 1:
                lines[name], corners[name] = tag, points
    return Diagram(shapes, lines, boxes, corners) if shapes else found


def _number(text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return 0.0
    return value if abs(value) < 1e6 else 0.0


def _box(shape: Tag) -> Box | None:
    for bounds in shape.inside("Bounds"):
        x, y, width, height = (_number(bounds.get(name)) for name in ("x", "y", "width", "height"))
        return Box(x, y, max(width, 0.0), max(height, 0.0))
    return None


def _point(tag: Tag) -> Point:
    return (_number(tag.get("x")), _number(tag.get("y")))


def number(value: float) -> str:
    """A length as a file has it.

    Example:
        >>> number(12.0), number(0.25)
        ('12', '0.2')
    """
    return f"{round(value, 1):g}" if abs(value) < 100_000 else f"{value:.0f}"


def new_shape(prefix: Mapping[str, str], xml_id: str, box: Box, **attributes: str) -> NewTag:
    """The element that draws something."""
    bounds = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    said_bounds = NewTag(f"{prefix[words.DC]}:Bounds", {name: number(v) for name, v in bounds.items()})
    about = {"id": f"{xml_id}_di", "bpmnElement": xml_id, **attributes}
    return NewTag(f"{prefix[words.DI]}:BPMNShape", about, [said_bounds])


def new_edge(prefix: Mapping[str, str], xml_id: str, points: list[Point] | tuple[Point, ...]) -> NewTag:
    """The element that draws a line."""
    about = {"id": f"{xml_id}_di", "bpmnElement": xml_id}
    return NewTag(f"{prefix[words.DI]}:BPMNEdge", about, waypoints(prefix, points))


def waypoints(prefix: Mapping[str, str], points: list[Point] | tuple[Point, ...]) -> list[NewTag]:
    """The corners of a line."""
    return [NewTag(f"{prefix[words.WAYS]}:waypoint", {"x": number(x), "y": number(y)}) for x, y in points]
