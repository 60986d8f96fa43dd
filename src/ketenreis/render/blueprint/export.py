"""Into which files can a blueprint be written? One row per format, by the ending of the file's name."""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from ketenreis.errors import UsageError
from ketenreis.render.blueprint.board import Board
from ketenreis.render.blueprint.document import blueprint_document
from ketenreis.render.blueprint.pdf import blueprint_pdf
from ketenreis.render.blueprint.png import blueprint_png
from ketenreis.render.blueprint.slides import blueprint_pptx
from ketenreis.render.blueprint.svg import blueprint_svg
from ketenreis.render.blueprint.workbook import blueprint_xlsx

FORMATS: Mapping[str, Callable[[Board, str | None], bytes]] = MappingProxyType(
    {
        "html": lambda board, thread: blueprint_document(board, thread).encode(),
        "svg": lambda board, thread: blueprint_svg(board, thread).encode(),
        "png": blueprint_png,
        "pdf": blueprint_pdf,
        "pptx": blueprint_pptx,
        "xlsx": blueprint_xlsx,
    }
)
"""What makes each kind of file."""

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "html": "text/html; charset=utf-8",
        "svg": "image/svg+xml",
        "png": "image/png",
        "pdf": "application/pdf",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
"""How each kind of file is announced to a browser."""


def blueprint_file(board: Board, name: str, thread: str | None = None) -> bytes:
    """A blueprint as a file of the kind that its name asks for.

    Args:
        board: What it shows.
        name: The name of the file; only its ending counts.
        thread: The element whose thread is lit; None for none.

    Returns:
        What the file holds.

    Raises:
        UsageError: The ending is no format of a blueprint.
        MissingExtraError: The format needs an optional library that is not installed.

    Example:
        On Belmij (`model`):

        >>> from ketenreis.reports.blueprint import board
        >>> blueprint_file(board(model, "telefoon-bestellen"), "wall.svg")[:5]
        b'<?xml'
    """
    return FORMATS[known(name)](board, thread)


def known(name: str) -> str:
    """The format that the name of a file asks for: its ending, or the name itself.

    Raises:
        UsageError: It is no format of a blueprint.

    Example:
        >>> known("Wand.PDF"), known("svg")
        ('pdf', 'svg')
    """
    ending = (PurePath(name).suffix or name).lower().removeprefix(".")
    if ending not in FORMATS:
        raise UsageError(
            f"“{name}” is no file a blueprint can be written to. It takes: {', '.join(FORMATS)}."
        )
    return ending
