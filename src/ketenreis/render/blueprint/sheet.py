"""Which sheet of paper holds the whole blueprint at a size that can be read from a wall?"""

from dataclasses import dataclass

from ketenreis.render.blueprint.board import Board

_PX = 96 / 25.4
"""Pixels of a style sheet in a millimetre."""
MARGIN = 10
"""On every side, in millimetres."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, lying; sizes in millimetres."""

    name: str
    width: int
    height: int


SHEETS = (
    Sheet("a4", 297, 210),
    Sheet("a3", 420, 297),
    Sheet("a2", 594, 420),
    Sheet("a1", 841, 594),
    Sheet("a0", 1189, 841),
)
"""From small to large."""


def sheet_of(board: Board) -> Sheet:
    """The smallest sheet that holds a board at full size; the largest when none does.

    Args:
        board: Its columns decide; a wall hanging grows sideways first.
    """
    wide = 140 + 190 * len(board.steps)
    fitting = (sheet for sheet in SHEETS[1:] if (sheet.width - 2 * MARGIN) * _PX >= wide)
    return next(fitting, SHEETS[-1])
