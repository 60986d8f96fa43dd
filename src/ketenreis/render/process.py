"""How is the picture of a process drawn as SVG: without a script, readable in print, and in the colours of the house?"""

from collections.abc import Iterator, Sequence

from ketenreis.notation.bpmn import Drawing, Line, Shape
from ketenreis.notation.layout import Box, Point
from ketenreis.render.markup import Markup, Part, element
from ketenreis.render.tokens import COLOURS

_LETTER, _LINE = 6.1, 13.0
"""The width of an average letter and the height of a line, in pixels, at the size of letters used here."""

_AIR, _ARROW = 20.0, 7.0

_SIGNS = {
    "exclusive": "×", "parallel": "+", "inclusive": "○", "event": "◎", "complex": "✱",
    "message": "✉", "timer": "◷", "conditional": "☰", "signal": "△", "error": "ϟ", "escalation": "⌃",
    "compensation": "«", "cancel": "×", "link": "➔", "terminate": "●", "multiple": "⬠",
}  # fmt: skip
"""What stands in a gateway or event, by its type or trigger."""


def process_drawing(drawn: Drawing, name: str, title: str = "", description: str = "") -> Markup:
    """The picture of a process.

    Args:
        drawn: What is where.
        name: Unique on the page: the ids of title and description begin with it.
        title: What the picture is called; the name of the process when left out.
        description: What it shows, in a sentence, for who does not see it. The outline says the same in full.

    Returns:
        One `svg` that scales with its place. Colours are attributes, so that it also stands alone; classes let a style
        sheet replace them.

    Example:
        >>> from ketenreis.notation.bpmn import drawings
        >>> text = b"<definitions><process id='p' name='Order'><task id='t' name='Book'/></process></definitions>"
        >>> str(process_drawing(drawings(text)[0], "order"))[:33]
        '<svg xmlns="http://www.w3.org/200'
    """
    left, top, width, height = _extent(drawn)
    return element(
        "svg",
        element("title", title or drawn.name, id=f"{name}-title"),
        element("desc", description, id=f"{name}-description") if description else None,
        [_shape(shape) for shape in drawn.shapes if shape.kind in ("pool", "lane", "process")],
        [_line(line) for line in drawn.lines],
        [_shape(shape) for shape in drawn.shapes if shape.kind not in ("pool", "lane", "process")],
        [_written_on(line) for line in drawn.lines if line.name],
        xmlns="http://www.w3.org/2000/svg",
        class_="process-drawing",
        viewBox=f"{left:g} {top:g} {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title {name}-description" if description else f"{name}-title",
        font_family="system-ui, sans-serif",
        font_size="11",
    )


def _extent(drawn: Drawing) -> tuple[float, float, float, float]:
    """The left, the top, the width and the height of everything together, with the names below small shapes."""
    boxes = [shape.box for shape in drawn.shapes]
    points = [point for line in drawn.lines for point in line.points]
    if not boxes:
        return (0.0, 0.0, 2 * _AIR, 2 * _AIR)
    left = min([box.x for box in boxes] + [x for x, _ in points]) - _AIR
    top = min([box.y for box in boxes] + [y for _, y in points]) - _AIR
    right = max([box.right for box in boxes] + [x for x, _ in points]) + _AIR
    bottom = max([box.bottom for box in boxes] + [y for _, y in points]) + _AIR + 2 * _LINE
    return (round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))


def _shape(shape: Shape) -> Markup:
    """One shape with its name, as a group with its id so that a page can point at it."""
    draw = {
        "activity": _activity,
        "process": _activity,
        "gateway": _gateway,
        "event": _event,
        "pool": _band,
        "lane": _band,
    }
    parts = draw.get(shape.kind, _note)(shape)
    return element(
        "g",
        element("title", shape.name) if shape.name else None,
        parts,
        class_=f"{shape.kind} {shape.type}".strip(),
        data_element=shape.id,
    )


def _box(box: Box, radius: int, fill: str, stroke: str, **more: str) -> Markup:
    return element(
        "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=radius,
        fill=COLOURS[fill], stroke=COLOURS[stroke], **more,
    )  # fmt: skip


def _activity(shape: Shape) -> Iterator[Part]:
    yield _box(shape.box, 8, "card", "ink-2", stroke_width="1.4")
    is_open = shape.kind == "process" and shape.box.height > 110
    if is_open:
        yield from _text([shape.name], shape.box.middle[0], shape.box.y + _LINE + 2)
    else:
        lines = wrapped(shape.name, shape.box.width - 10, int((shape.box.height - 8) // _LINE))
        yield from _text(lines, *shape.box.middle)
    if shape.kind == "process" and not is_open:
        yield from _text(["+"], shape.box.middle[0], shape.box.bottom - 8)


def _gateway(shape: Shape) -> Iterator[Part]:
    (x, y), box = shape.box.middle, shape.box
    corners = f"{x:g},{box.y:g} {box.right:g},{y:g} {x:g},{box.bottom:g} {box.x:g},{y:g}"
    yield element(
        "polygon", points=corners, fill=COLOURS["card"], stroke=COLOURS["ink-2"], stroke_width="1.4"
    )
    yield from _text([_SIGNS.get(shape.type, "")], x, y, size=22)
    yield from _below(shape)


def _event(shape: Shape) -> Iterator[Part]:
    (x, y), radius = shape.box.middle, shape.box.width / 2
    thick = "3.4" if shape.type == "end" else "1.4"
    yield element(
        "circle", cx=x, cy=y, r=radius, fill=COLOURS["card"], stroke=COLOURS["ink-2"], stroke_width=thick
    )
    if shape.type not in ("start", "end"):
        yield element("circle", cx=x, cy=y, r=max(radius - 3, 1.0), fill="none", stroke=COLOURS["ink-2"])
    if shape.trigger:
        yield from _text([_SIGNS.get(shape.trigger, "")], x, y, size=14)
    yield from _below(shape)


def _band(shape: Shape) -> Iterator[Part]:
    """A pool or lane, its name upright along its left edge."""
    box = shape.box
    yield _box(box, 0, "paper" if shape.kind == "pool" else "card", "rule-2")
    if shape.is_upright:
        yield from _text([shape.name], box.middle[0], box.y + _LINE)
        return
    lines = wrapped(shape.name, box.height - 8, 2)
    yield from _text(lines, box.x + 15, box.middle[1], turn=f"rotate(-90 {box.x + 15:g} {box.middle[1]:g})")


def _note(shape: Shape) -> Iterator[Part]:
    """Data or a remark."""
    yield _box(shape.box, 0, "lane", "rule-2")
    yield from _below(shape)


def _below(shape: Shape) -> Iterator[Markup]:
    lines = wrapped(shape.name, max(shape.box.width + 60, 100), 3)
    yield from _text(lines, shape.box.middle[0], shape.box.bottom + 4 + _LINE * max(len(lines), 1) / 2)


def _line(line: Line) -> Markup:
    """A way as a line with an arrow."""
    points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
    dashed = None if line.kind == "then" else "2 4"
    return element(
        "g",
        element(
            "polyline",
            points=points,
            fill="none",
            stroke=COLOURS["ink-3"],
            stroke_width="1.3",
            stroke_dasharray=dashed,
        ),
        element("polygon", points=_arrow(line.points), fill=COLOURS["ink-3"])
        if line.kind == "then"
        else None,
        class_=line.kind,
    )


def _arrow(points: Sequence[Point]) -> str:
    """The corners of the arrow at the end of a line."""
    x, y = points[-1]
    before = next((p for p in reversed(points) if p != points[-1]), (x - 1, y))
    dx, dy = x - before[0], y - before[1]
    length = (dx * dx + dy * dy) ** 0.5
    ux, uy = dx / length, dy / length
    corners = [
        (x, y),
        (x - _ARROW * ux - 3.5 * uy, y - _ARROW * uy + 3.5 * ux),
        (x - _ARROW * ux + 3.5 * uy, y - _ARROW * uy - 3.5 * ux),
    ]
    return " ".join(f"{round(a, 1):g},{round(b, 1):g}" for a, b in corners)


def _written_on(line: Line) -> Markup:
    """What is written at a way: near its start, and beside the first turn where it has one, so that two do not meet."""
    (x1, y1), (x2, y2) = line.points[:2]
    x, y = x1 + 4, y1 - 5
    if y1 == y2 and len(line.points) > 2:
        down = line.points[2][1] > y1
        x, y = x2 + 4, y1 + 16 if down else y1 - 10
    elif y1 != y2:
        y = y1 + 16 if y2 > y1 else y1 - 10
    return element("text", line.name[:40], x=round(x, 1), y=round(y, 1), fill=COLOURS["ink-2"])


def _text(lines: Sequence[str], x: float, y: float, size: int = 0, turn: str = "") -> Iterator[Markup]:
    """Lines of text around a point."""
    top = y - _LINE * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        if line:
            yield element(
                "text", line, x=round(x, 1), y=round(top + _LINE * number, 1), text_anchor="middle", dominant_baseline="central",
                fill=COLOURS["ink"], font_size=size or None, transform=turn or None,
            )  # fmt: skip


def wrapped(text: str, width: float, most: int) -> list[str]:
    """Words over lines, as many as fit; what does not is cut, and stands whole in the title.

    Args:
        text: The words.
        width: Of a line, in pixels.
        most: How many lines there may be.

    Example:
        >>> wrapped("Toetst de bevestiging", 80, 2), wrapped("Toetst de bevestiging", 80, 1)
        (['Toetst de', 'bevestiging'], ['Toetst de…'])
    """
    room = max(int(width / _LETTER), 3)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word if len(word) <= room else f"{word[: room - 1]}…")
    most = max(most, 1)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: room - 1]}…"]
    return lines
