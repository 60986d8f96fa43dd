"""Which sheet of paper holds the whole blueprint at a size that can be read from a wall?"""

from dataclasses import dataclass
from math import ceil

from ketenreis.render.blueprint.board import Board, Card

_PX = 96 / 25.4
"""Pixels of a style sheet in a millimetre."""
MARGIN = 10
"""On every side, in millimetres."""
_LABELS, _PANEL, _NARROWEST = 140, 345, 190
"""How wide the names of the lanes are, the thread beside the board, and a column at least, in pixels."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper; sizes in millimetres."""

    name: str
    width: int
    height: int


_SIZES = (("a3", 420, 297), ("a2", 594, 420), ("a1", 841, 594), ("a0", 1189, 841), ("a00", 1682, 1189))

SHEETS = tuple(
    sheet
    for name, long, short in _SIZES
    for sheet in (Sheet(name, long, short), Sheet(f"{name}-tall", short, long))
)
"""From small to large, each lying and standing; the last is two of the one before."""


def sheet_of(board: Board, *, has_panel: bool = False) -> Sheet:
    """The smallest sheet that holds a board at full size.

    Args:
        board: Its columns say how wide it is, its words how high.
        has_panel: Whether a thread is told beside it.

    Returns:
        The sheet; a board that fits none gets the largest, on which it runs on.
    """
    steps, beside = max(2, len(board.steps)), _LABELS + (_PANEL if has_panel else 0)
    for sheet in SHEETS:
        across, down = ((side - 2 * MARGIN) * _PX for side in (sheet.width, sheet.height))
        column = (across - beside) / steps
        if column >= _NARROWEST and down >= 1.1 * _height(board, column):
            return sheet
    return SHEETS[-2]


def _height(board: Board, column: float) -> float:
    """How high a board is about, in pixels, with columns of so many."""
    wider = column / _NARROWEST
    lanes = sum(
        max((sum(_card(card, wider) for card in cell) for cell in lane.cells), default=0)
        + (110 if lane.moods else 30)
        for lane in board.lanes
    )
    tray = sum(_card(card, 1) for card in board.tray) / max(1, len(board.steps)) + 110 if board.tray else 0
    return 360 + lanes + tray


def _card(card: Card, wider: float) -> float:
    """How high a card is about: its lines of some twenty letters, or as many more as it is wider."""
    text = sum(_lines(line, 24 * wider) * 17 for line in card.lines)
    figure = 0 if card.figure is None else 20 + _lines(card.figure.detail, 24 * wider) * 17
    tags = 20 if card.tags else 0
    inner = sum(_card(each, wider) for each in card.inner)
    return 24 + _lines(card.title, 19 * wider) * 19 + text + figure + tags + inner


def _lines(text: str, letters: float) -> int:
    """On how many lines a text stands."""
    return ceil(len(text) / letters)
