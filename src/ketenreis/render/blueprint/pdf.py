"""How does a blueprint become a PDF of one page, as large as it is, with letters that can be searched and copied?"""

from io import BytesIO
from typing import Any

from ketenreis.errors import MissingExtraError
from ketenreis.render.blueprint.board import Board
from ketenreis.render.blueprint.layout import planned
from ketenreis.render.blueprint.shapes import Box, Dot, Letters, Path, Shape
from ketenreis.render.lettering import FACE, Weight, font_file
from ketenreis.render.tokens import COLOURS

_POINT = 0.75
"""A pixel of a style sheet, in points."""
_CURVE = 0.5523
"""How far the handles of a quarter circle lie, in radii."""


def blueprint_pdf(board: Board, thread: str | None = None) -> bytes:
    """A blueprint as a PDF of one page.

    Args:
        board: What it shows.
        thread: The element whose thread is lit, with its panel; None for none.

    Returns:
        The file. The page has the size of the drawing, so a printer scales it to any sheet.

    Raises:
        MissingExtraError: reportlab is not installed.
    """
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas
    except ImportError as missing:
        raise MissingExtraError(
            "A PDF needs the optional library reportlab: pip install 'ketenreis[pdf]'. SVG and HTML need nothing."
        ) from missing
    for weight in (400, 600):
        pdfmetrics.registerFont(TTFont(f"{FACE}-{weight}", BytesIO(font_file(weight, "ttf"))))
    plan = planned(board, thread)
    file = BytesIO()
    size = (plan.width * _POINT, plan.height * _POINT)
    # The same blueprint gives the same bytes: no clock in the file.
    canvas = Canvas(file, pagesize=size, invariant=1, lang=board.language, initialFontName=f"{FACE}-400")
    canvas.setTitle(f"{board.title} · {board.kicker}")
    canvas.setSubject(" · ".join(filter(None, (board.need, board.about))))
    canvas.setCreator("Ketenreis")
    canvas.translate(0, size[1])
    canvas.scale(_POINT, -_POINT)
    for shape in plan.ground:
        _draw(canvas, shape)
    for placed in plan.cards:
        for shape in placed.shapes:
            _draw(canvas, shape)
    for shape in plan.front:
        _draw(canvas, shape)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Any, shape: Shape) -> None:
    match shape:
        case Box():
            _pen(canvas, shape.fill, shape.stroke, shape.thick, shape.dash)
            box = (shape.x, shape.y, shape.width, shape.height)
            how = {"fill": bool(shape.fill), "stroke": bool(shape.stroke)}
            if shape.radius:
                canvas.roundRect(*box, min(shape.radius, shape.width / 2, shape.height / 2), **how)
            else:
                canvas.rect(*box, **how)
        case Dot():
            _dot(canvas, shape)
        case Path():
            _pen(canvas, "", shape.stroke, shape.thick, shape.dash)
            line = canvas.beginPath()
            line.moveTo(*shape.start)
            for move in shape.moves:
                if len(move) == 2:
                    line.lineTo(*move)
                else:
                    line.curveTo(*move)
            canvas.drawPath(line)
        case Letters():
            _letters(canvas, shape)


def _dot(canvas: Any, dot: Dot) -> None:
    _pen(canvas, dot.fill, dot.stroke, dot.thick, dot.dash)
    if not dot.half:
        canvas.circle(dot.x, dot.y, dot.radius, fill=bool(dot.fill), stroke=bool(dot.stroke))
        return
    r, k = dot.radius, dot.radius * _CURVE
    left = canvas.beginPath()
    left.moveTo(dot.x, dot.y - r)
    left.curveTo(dot.x - k, dot.y - r, dot.x - r, dot.y - k, dot.x - r, dot.y)
    left.curveTo(dot.x - r, dot.y + k, dot.x - k, dot.y + r, dot.x, dot.y + r)
    left.close()
    canvas.drawPath(left, fill=1, stroke=0)
    canvas.circle(dot.x, dot.y, r, fill=0, stroke=1)


def _letters(canvas: Any, letters: Letters) -> None:
    canvas.saveState()
    # The page is drawn from the top down; letters must not stand on their heads.
    canvas.translate(letters.x, letters.y)
    canvas.scale(1, -1)
    canvas.setFont(_font(letters.weight), letters.size)
    canvas.setFillColor(_colour(letters.colour))
    draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
    draw[letters.anchor](0, 0, letters.text, charSpace=letters.spaced)
    canvas.restoreState()


def _font(weight: Weight) -> str:
    return f"{FACE}-{weight}"


def _pen(canvas: Any, fill: str, stroke: str, thick: float, dash: tuple[float, ...]) -> None:
    if fill:
        canvas.setFillColor(_colour(fill))
    if stroke:
        canvas.setStrokeColor(_colour(stroke))
        canvas.setLineWidth(thick)
        canvas.setDash(list(dash))


def _colour(name: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(COLOURS[name])
