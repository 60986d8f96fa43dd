"""How does one slide for management become a file that can still be edited: a heading, a few columns of lines, a foot?"""

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Literal

from ketenreis.errors import MissingExtraError
from ketenreis.render.lettering import FACE, Weight, wrapped
from ketenreis.render.tokens import COLOURS

Tone = Literal["good", "bad", "warn", "ink"]
_WIDTH, _HEIGHT, _EDGE, _GAP = 1280, 720, 56, 28
_EMU = 9525
"""English metric units in a pixel."""
_INSET = 9.6
"""What the edge of a box keeps free on either side, in pixels; half of that above and below."""
_PIXELS = 4 / 3
"""In a point."""
_LEADING, _SPACE = 1.2, 8.0
"""From row to row, of the size; and between one line and the next, in pixels."""
_OTHER_FACE = 1.06
"""So much wider letters may be where the slide is opened without our own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a column: its words, with a shape and a tone, never by colour alone."""

    text: str
    tone: Tone = "ink"


@dataclass(frozen=True, slots=True)
class Part:
    """One column: a heading and its lines."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide.

    Attributes:
        kicker, title: What it is about, small above large.
        verdict: One word or two beside the title, with its shape.
        parts: The columns.
        foot: What makes the figures honest.
    """

    kicker: str
    title: str
    verdict: Line
    parts: tuple[Part, ...]
    foot: str


def slide_pptx(slide: Slide) -> bytes:
    """One slide as a file of slides, every text a shape of its own.

    Args:
        slide: What it says.

    Returns:
        The file, 16 by 9.

    Raises:
        MissingExtraError: python-pptx is not installed.
    """
    try:
        from pptx import Presentation
    except ImportError as missing:
        raise MissingExtraError(
            "Slides need the optional library python-pptx: pip install 'ketenreis[slides]'. The page can be printed without."
        ) from missing
    show = Presentation()
    show.slide_width, show.slide_height = _emu(_WIDTH), _emu(_HEIGHT)
    show.core_properties.title = f"{slide.title} · {slide.kicker}"
    show.core_properties.author = "Ketenreis"
    shapes = show.slides.add_slide(show.slide_layouts[6]).shapes
    inside = _WIDTH - 2 * _EDGE
    _text(shapes, _EDGE, 32, inside, 32, [Line(slide.kicker)], 14)
    _text(shapes, _EDGE, 62, inside, 60, [Line(slide.title)], 30, bold=True)
    _text(shapes, _EDGE, 122, inside, 40, [slide.verdict], 18, bold=True)
    each = (inside - _GAP * (len(slide.parts) - 1)) / max(1, len(slide.parts))
    for number, part in enumerate(slide.parts):
        left = _EDGE + number * (each + _GAP)
        _text(shapes, left, 184, each, 38, [Line(part.title)], 17, bold=True)
        _text(shapes, left, 224, each, 428, list(part.lines), 14)
    _text(shapes, _EDGE, 660, inside, 48, [Line(slide.foot)], 11)
    file = BytesIO()
    show.save(file)
    return file.getvalue()


def _text(
    shapes: Any,
    left: float,
    top: float,
    width: float,
    height: float,
    lines: list[Line],
    size: int,
    *,
    bold: bool = False,
) -> None:
    """A box of lines, one paragraph each; as many as it can hold."""
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    rgb: Any = RGBColor  # the library names no types
    frame = shapes.add_textbox(_emu(left), _emu(top), _emu(width), _emu(height)).text_frame
    frame.word_wrap = True
    for number, line in enumerate(_fitting(lines, width, height, size, bold=bold)):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(6)
        run = paragraph.add_run()
        run.text = line.text
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FACE
        colour = COLOURS[line.tone].lstrip("#")
        run.font.color.rgb = rgb(*bytes.fromhex(colour))


def _fitting(lines: list[Line], width: float, height: float, size: int, *, bold: bool) -> list[Line]:
    """The lines that a box can hold, from the first; there is always one, cut where even that is too long."""
    weight: Weight = 600 if bold else 400
    letters = size * _PIXELS
    within, room = (width - 2 * _INSET) / _OTHER_FACE, height - _INSET
    found: list[Line] = []
    for line in lines:
        rows = wrapped(line.text, within, letters, weight)
        most = max(1, int(room / (letters * _LEADING)))
        if found and len(rows) > most:
            break
        cut = f"{' '.join(row.strip() for row in rows[:most])}…"
        found.append(line if len(rows) <= most else replace(line, text=cut))
        room -= len(rows) * letters * _LEADING + _SPACE
        if room < letters * _LEADING:
            break
    return found


def _emu(pixels: float) -> Any:
    from pptx.util import Emu

    return Emu(round(pixels * _EMU))
