"""How does a blueprint become a picture?"""

import tempfile
from pathlib import Path

from ketenreis.errors import MissingExtraError
from ketenreis.render.blueprint.board import Board
from ketenreis.render.blueprint.layout import planned
from ketenreis.render.blueprint.svg import drawn
from ketenreis.render.lettering import BOLD_FACE, FACE, font_file

LARGEST = 16_000
"""No picture is wider or higher than so many pixels."""


def blueprint_png(board: Board, thread: str | None = None, *, sharpness: float = 2.0) -> bytes:
    """A blueprint as a PNG.

    Args:
        board: What it shows.
        thread: The element whose thread is lit, with its panel; None for none.
        sharpness: How many dots in a pixel of the drawing; less where the picture would grow too large.

    Returns:
        The picture, drawn with the font that is shipped, so that it is the same on every machine.

    Raises:
        MissingExtraError: resvg-py is not installed.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError as missing:
        raise MissingExtraError(
            "A PNG needs the optional library resvg-py: pip install 'ketenreis[png]'. SVG and HTML need nothing."
        ) from missing
    plan = planned(board, thread)
    zoom = min(sharpness, LARGEST / plan.width, LARGEST / plan.height)
    with tempfile.TemporaryDirectory(prefix="ketenreis-") as folder:
        fonts = []
        for weight in (400, 600):
            file = Path(folder, f"{weight}.ttf")
            file.write_bytes(font_file(weight, "ttf"))
            fonts.append(str(file))
        picture = svg_to_bytes(
            svg_string=by_name(drawn(plan, embedded=False)),
            width=max(1, round(plan.width * zoom)),
            skip_system_fonts=True,
            font_files=fonts,
            font_family=FACE,
            sans_serif_family=FACE,
        )
    return bytes(picture)


def by_name(svg: str) -> str:
    """A drawing whose bold words ask for the bold face by its own name.

    The two faces that are shipped bear two family names, and what draws the picture looks for one by its name only.
    """
    return svg.replace('font-weight="600"', f'font-weight="600" font-family="{BOLD_FACE}"')
