"""How is a blueprint drawn as one SVG file that looks the same everywhere?"""

from base64 import b64encode
from collections.abc import Iterator

from ketenreis.render.blueprint.board import Board
from ketenreis.render.blueprint.layout import Placed, Plan, planned
from ketenreis.render.blueprint.shapes import Box, Dot, Letters, Path, Shape
from ketenreis.render.lettering import FACE, font_file
from ketenreis.render.markup import Markup, element
from ketenreis.render.tokens import COLOURS

_OTHERS = '"Segoe UI",system-ui,"Helvetica Neue",Arial,sans-serif'


def blueprint_svg(board: Board, thread: str | None = None, *, embedded: bool = True) -> str:
    """A blueprint as one SVG file.

    Args:
        board: What it shows.
        thread: The element whose thread is lit, with its panel; None for none.
        embedded: Whether the font travels in the file (some 55 kB), so that every line ends where it should.

    Returns:
        The file. Every card is a group that names its element (`data-id`) and its threads (`data-threads`).

    Example:
        On Belmij (`model`):

        >>> from ketenreis.reports.blueprint import board
        >>> 'data-id="order-aannemen"' in blueprint_svg(board(model, "telefoon-bestellen"), embedded=False)
        True
    """
    return drawn(planned(board, thread), embedded=embedded)


def drawn(plan: Plan, *, embedded: bool = True) -> str:
    """A plan as SVG; arguments as for `blueprint_svg`."""
    board = plan.board
    faces = "".join(
        f"@font-face{{font-family:{FACE};font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{b64encode(font_file(weight, 'woff2')).decode()})}}"
        for weight in (400, 600)
    )
    whole = element(
        "svg",
        element("title", f"{board.title} · {board.kicker}"),
        element("desc", " · ".join(filter(None, (board.need, board.about)))),
        element("style", Markup(faces)) if embedded else None,
        element("g", *(_drawn(shape) for shape in plan.ground)),
        *(_card(card, board) for card in plan.cards),
        element("g", *(_drawn(shape) for shape in plan.front)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {plan.width:g} {plan.height:g}",
        width=f"{plan.width:g}",
        height=f"{plan.height:g}",
        font_family=f"{FACE},{_OTHERS}",
        lang=board.language,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'


def _card(placed: Placed, board: Board) -> Markup:
    card = placed.card
    basis = dict(board.said.legend).get(card.basis)
    name = f"{card.kind}: {card.title}" + (f" ({basis})" if basis else "")
    return element(
        "g",
        element("title", name),
        *(_drawn(shape) for shape in placed.shapes),
        data_id=card.id,
        data_threads=" ".join(card.threads) or None,
        class_="lit" if placed.lit else None,
    )


def _drawn(shape: Shape) -> Markup:
    match shape:
        case Box():
            return element(
                "rect", x=_n(shape.x), y=_n(shape.y), width=_n(shape.width), height=_n(shape.height),
                rx=_n(shape.radius) if shape.radius else None, fill=_colour(shape.fill),
                **_stroke(shape.stroke, shape.thick, shape.dash),
            )  # fmt: skip
        case Dot():
            return _dot(shape)
        case Path():
            return element(
                "path",
                d="".join(_moves(shape)),
                fill="none",
                **_stroke(shape.stroke, shape.thick, shape.dash),
            )
        case Letters():
            return element(
                "text", shape.text, x=_n(shape.x), y=_n(shape.y), font_size=_n(shape.size),
                fill=_colour(shape.colour), font_weight=600 if shape.weight == 600 else None,
                text_anchor=None if shape.anchor == "start" else shape.anchor,
                letter_spacing=_n(shape.spaced) if shape.spaced else None,
            )  # fmt: skip


def _dot(dot: Dot) -> Markup:
    stroke = _stroke(dot.stroke, dot.thick, dot.dash)
    if not dot.half:
        return element(
            "circle", cx=_n(dot.x), cy=_n(dot.y), r=_n(dot.radius), fill=_colour(dot.fill), **stroke
        )
    top, low, r = _n(dot.y - dot.radius), _n(dot.y + dot.radius), _n(dot.radius)
    half = element("path", d=f"M{_n(dot.x)} {top}A{r} {r} 0 0 0 {_n(dot.x)} {low}Z", fill=_colour(dot.fill))
    ring = element("circle", cx=_n(dot.x), cy=_n(dot.y), r=r, fill="none", **stroke)
    return element("g", half, ring)


def _moves(path: Path) -> Iterator[str]:
    yield f"M{_n(path.start[0])} {_n(path.start[1])}"
    for move in path.moves:
        yield ("L" if len(move) == 2 else "C") + " ".join(_n(value) for value in move)


def _stroke(colour: str, thick: float, dash: tuple[float, ...]) -> dict[str, str | None]:
    if not colour:
        return {}
    return {
        "stroke": _colour(colour),
        "stroke_width": _n(thick) if thick != 1 else None,
        "stroke_dasharray": " ".join(_n(value) for value in dash) or None,
    }


def _colour(name: str) -> str:
    return COLOURS[name] if name else "none"


def _n(value: float) -> str:
    """A length, no finer than a hundredth of a pixel."""
    return f"{round(value, 2):g}"
