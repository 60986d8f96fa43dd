"""Which sheet of paper holds the whole blueprint at a size that can be read from a wall?"""

from dataclasses import dataclass

from ketenreis.render.blueprint.board import Board, Card

_PX = 96 / 25.4
"""Pixels of a style sheet in a millimetre."""
MARGIN = 10
"""On every side, in millimetres."""


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
    wide = 140 + 190 * max(2, len(board.steps)) + (345 if has_panel else 0)
    high = 1.1 * _height(board)
    room = ((sheet, (sheet.width - 2 * MARGIN) * _PX, (sheet.height - 2 * MARGIN) * _PX) for sheet in SHEETS)
    return next((sheet for sheet, across, down in room if across >= wide and down >= high), SHEETS[-2])


def _height(board: Board) -> float:
    """How high a board is about, in pixels, at the narrowest that its columns may be."""
    lanes = sum(
        max((sum(map(_card, cell)) for cell in lane.cells), default=0) + (110 if lane.moods else 30)
        for lane in board.lanes
    )
    across = max(1, len(board.steps))
    tray = sum(map(_card, board.tray)) / across + 110 if board.tray else 0
    return 260 + lanes + tray


def _card(card: Card) -> float:
    """How high a card is about: its lines of some twenty letters."""
    text = sum(-(-len(line) // 24) * 17 for line in card.lines)
    figure = 0 if card.figure is None else 20 + -(-len(card.figure.detail) // 24) * 17
    tags = 20 if card.tags else 0
    return 24 + -(-len(card.title) // 19) * 19 + text + figure + tags + sum(map(_card, card.inner))
