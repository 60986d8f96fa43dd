"""How does a blueprint become slides that can still be edited? One slide with every card as a shape, then the table."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from ketenreis.errors import MissingExtraError
from ketenreis.render.blueprint.board import Board, Card
from ketenreis.render.blueprint.layout import Placed, planned
from ketenreis.render.blueprint.lettered import ROW, SMALL, TITLE
from ketenreis.render.blueprint.shapes import Box, Dot, Letters, Path, Shape
from ketenreis.render.blueprint.table import equal_table
from ketenreis.render.lettering import FACE, width
from ketenreis.render.tokens import COLOURS

_EMU = 9525
"""English metric units in a pixel."""
_LARGEST = 56 * 914_400
"""A slide is 56 inches at most; a larger drawing is made smaller."""
_ROWS = 14
"""So many rows of the table on a slide."""


def blueprint_pptx(board: Board, thread: str | None = None) -> bytes:
    """A blueprint as slides.

    Args:
        board: What it shows.
        thread: The element whose thread is lit, with its panel; None for none.

    Returns:
        The file: first the board, on which every card is one shape with its own text; then the equal table.

    Raises:
        MissingExtraError: python-pptx is not installed.
    """
    try:
        from pptx import Presentation
    except ImportError as missing:
        raise MissingExtraError(
            "Slides need the optional library python-pptx: pip install 'ketenreis[slides]'. SVG and HTML need nothing."
        ) from missing
    plan, show = planned(board, thread), Presentation()
    scale = min(1.0, _LARGEST / (_EMU * max(plan.width, plan.height)))
    show.slide_width, show.slide_height = _emu(plan.width, scale), _emu(plan.height, scale)
    show.core_properties.title = f"{board.title} · {board.kicker}"
    show.core_properties.author = "Ketenreis"
    slide = _empty(show)
    brush = _Brush(slide.shapes, scale)
    for shape in plan.ground:
        brush.draw(shape)
    for placed in plan.cards:
        brush.card(placed)
    for shape in plan.front:
        brush.draw(shape)
    _table(show, board)
    file = BytesIO()
    show.save(file)
    return file.getvalue()


def _emu(pixels: float, scale: float) -> Any:
    from pptx.util import Emu

    return Emu(max(1, round(pixels * scale * _EMU)))


def _empty(show: Any) -> Any:
    return show.slides.add_slide(show.slide_layouts[6])


def _colour(name: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(COLOURS[name].lstrip("#")))  # type: ignore[no-untyped-call]  # it has no types


class _Brush:
    """Draws on one slide."""

    def __init__(self, shapes: Any, scale: float) -> None:
        self.shapes, self.scale = shapes, scale

    def draw(self, shape: Shape) -> None:
        """Draws what is no card."""
        from pptx.enum.shapes import MSO_SHAPE

        match shape:
            case Box():
                kind = MSO_SHAPE.ROUNDED_RECTANGLE if shape.radius else MSO_SHAPE.RECTANGLE
                self.box(kind, shape.x, shape.y, shape.width, shape.height, shape)
            case Dot():
                r = shape.radius
                self.box(MSO_SHAPE.OVAL, shape.x - r, shape.y - r, 2 * r, 2 * r, shape)
            case Path():
                self.path(shape)
            case Letters():
                self.letters(shape)

    def box(self, kind: Any, x: float, y: float, wide: float, high: float, look: Box | Dot) -> Any:
        """A rectangle or an oval."""
        made = self.shapes.add_shape(
            kind, *(_emu(value, self.scale) if value else 0 for value in (x, y, wide, high))
        )
        made.shadow.inherit = False
        if isinstance(look, Box) and look.radius:
            made.adjustments[0] = min(0.5, look.radius / max(1.0, min(wide, high)))
        if look.fill and not (isinstance(look, Dot) and look.half):
            made.fill.solid()
            made.fill.fore_color.rgb = _colour(look.fill)
        else:
            made.fill.background()
        self.pen(made.line, look.stroke, look.thick, look.dash)
        return made

    def pen(self, line: Any, stroke: str, thick: float, dash: tuple[float, ...]) -> None:
        """The line around something, or none."""
        from pptx.enum.dml import MSO_LINE

        if not stroke:
            line.fill.background()
            return
        line.color.rgb = _colour(stroke)
        line.width = _emu(thick, self.scale)
        if dash:
            line.dash_style = MSO_LINE.DASH

    def path(self, path: Path) -> None:
        """A line through points; a curve in short straight pieces, as slides have no other free form here."""
        points = list(_points(path))
        builder = self.shapes.build_freeform(
            round(path.start[0] * 100), round(path.start[1] * 100), self.scale * _EMU / 100
        )
        builder.add_line_segments([(round(x * 100), round(y * 100)) for x, y in points], close=False)
        made = builder.convert_to_shape()
        made.fill.background()
        made.shadow.inherit = False
        self.pen(made.line, path.stroke, path.thick, path.dash)

    def letters(self, letters: Letters) -> None:
        """One line of text in a box of its own."""
        from pptx.enum.text import PP_ALIGN

        wide = width(letters.text, letters.size, letters.weight) + letters.spaced * len(letters.text) + 8
        left = letters.x - {"start": 0.0, "middle": wide / 2, "end": wide}[letters.anchor]
        high = letters.size * 1.3
        made = self.shapes.add_textbox(
            *(_emu(v, self.scale) for v in (max(0.0, left), letters.y - letters.size, wide, high))
        )
        frame = made.text_frame
        _tight(frame)
        frame.word_wrap = False
        frame.paragraphs[0].alignment = {
            "start": PP_ALIGN.LEFT,
            "middle": PP_ALIGN.CENTER,
            "end": PP_ALIGN.RIGHT,
        }[letters.anchor]
        self.run(frame.paragraphs[0], letters.text, letters.size, letters.colour, bold=letters.weight == 600)

    def card(self, placed: Placed) -> None:
        """A card as one shape with its own text; what stands on it are shapes on top of it."""
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.enum.text import MSO_ANCHOR

        card = placed.card
        look = next((shape for shape in placed.shapes if isinstance(shape, Box)), Box(0, 0, 0, 0))
        is_box = card.look in ("card", "quote")
        if not is_box:
            look = Box(0, 0, 0, 0)
        kind = MSO_SHAPE.ROUNDED_RECTANGLE if is_box else MSO_SHAPE.RECTANGLE
        made = self.box(kind, placed.x, placed.y, placed.width, placed.height, look)
        made.name = f"{card.kind}: {card.id}"
        frame = made.text_frame
        _tight(frame, 10 if is_box else 0, 6 if is_box else 0, self.scale)
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        self.told(frame, card)
        for shape in placed.shapes:
            # The sign of the basis, the bar of a figure and the mark of the thread stay drawings.
            if isinstance(shape, Dot) or (
                isinstance(shape, Box) and shape is not look and not _is_tag(shape)
            ):
                self.draw(shape)

    def told(self, frame: Any, card: Card) -> None:
        """The text of a card: tags, title, what is said below it, and its figure."""
        paragraphs: list[tuple[str, float, str, bool]] = [
            (" · ".join(tag.word for tag in card.tags), SMALL - 1, "thread", True),
            (card.title, ROW if card.look == "row" else TITLE, "ink", card.look == "quote"),
            *((line, SMALL, "ink-3", False) for line in card.lines),
        ]
        if (figure := card.figure) is not None:
            verdict = figure.verdict
            colour = {"good": "good", "bad": "bad"}.get(verdict.tone, "ink-3")
            said = " ".join(
                filter(
                    None, (verdict.shape, figure.share or verdict.word, figure.norm and f"({figure.norm})")
                )
            )
            paragraphs += [(said, SMALL + 0.5, colour, True), (figure.detail, SMALL, "ink-3", False)]
        first = True
        for text, size, colour, bold in paragraphs:
            if text:
                paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
                self.run(paragraph, text, size, colour, bold=bold)
                first = False

    def run(self, paragraph: Any, text: str, size: float, colour: str, *, bold: bool) -> None:
        """A piece of text in one look."""
        from pptx.util import Emu

        run = paragraph.add_run()
        run.text = _clean(text)
        run.font.size = Emu(_emu(size, self.scale))
        run.font.name, run.font.bold = FACE, bold
        run.font.color.rgb = _colour(colour)


def _is_tag(box: Box) -> bool:
    return box.radius == 4


def _tight(frame: Any, side: float = 0, top: float = 0, scale: float = 1) -> None:
    frame.margin_left = frame.margin_right = round(side * scale * _EMU)
    frame.margin_top = frame.margin_bottom = round(top * scale * _EMU)


def _points(path: Path, pieces: int = 16) -> Iterable[tuple[float, float]]:
    """The ends of the pieces of a path."""
    x, y = path.start
    for move in path.moves:
        if len(move) == 2:
            yield move
            x, y = move
            continue
        a, b, c, d, e, f = move
        for n in range(1, pieces + 1):
            t, u = n / pieces, 1 - n / pieces
            yield (
                u**3 * x + 3 * u * u * t * a + 3 * u * t * t * c + t**3 * e,
                u**3 * y + 3 * u * u * t * b + 3 * u * t * t * d + t**3 * f,
            )
        x, y = e, f


def _table(show: Any, board: Board) -> None:
    """The equal table, over as many slides as it takes."""
    from pptx.util import Emu

    table = equal_table(board)
    shares = (8, 8, 8, 18, 12, 7, 18, 14, 5, 12)
    wide, high = show.slide_width * 0.94, show.slide_height * 0.9
    unit = show.slide_width / 1600
    for start in range(0, len(table.rows), _ROWS):
        rows = table.rows[start : start + _ROWS]
        slide = _empty(show)
        frame = slide.shapes.add_table(
            len(rows) + 1,
            len(table.columns),
            *(Emu(round(v)) for v in (show.slide_width * 0.03, show.slide_height * 0.04, wide, high)),
        )
        frame.name = table.caption
        for index, share in enumerate(shares):
            frame.table.columns[index].width = Emu(round(wide * share / sum(shares)))
        heads = tuple(column.name for column in table.columns)
        for y, row in enumerate((heads, *rows)):
            for x, said in enumerate(row):
                cell = frame.table.cell(y, x)
                cell.text = _clean(str(said))
                for paragraph in cell.text_frame.paragraphs:
                    paragraph.font.size, paragraph.font.name = Emu(round(15 * unit)), FACE


def _clean(text: str) -> str:
    """Text without signs that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")
