"""How does the line of feelings run through the columns? As pieces that join at the borders, whatever their width."""

from collections.abc import Sequence
from dataclasses import dataclass

from ketenreis.render.blueprint.board import Mood

HEIGHT = 96
"""Of the lane's drawing, in pixels."""
_PER_SCORE = 15


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of the line in one column, which is 100 wide.

    Attributes:
        mood: What stands in its middle; None where nobody said.
        paths: The half that comes from the left and the half that goes to the right.
    """

    mood: Mood | None
    paths: tuple[str, ...]


def height_of(score: float) -> float:
    """How far from the top a score lies.

    Example:
        >>> height_of(2), height_of(0), height_of(-2)
        (18.0, 48.0, 78.0)
    """
    return HEIGHT / 2 - _PER_SCORE * score


def curve(moods: Sequence[Mood | None]) -> tuple[Piece, ...]:
    """The line through the moods; broken where one is not known.

    Each stretch is a Bézier curve that leaves and arrives level, cut in half at the border of the columns (de Casteljau).

    Example:
        >>> one = Mood(1, "assumed", "+1", "")
        >>> [piece.paths for piece in curve([one, None, one])]
        [(), (), ()]
        >>> curve([one, one])[0].paths
        ('M50 33C75 33 87.5 33 100 33',)
    """
    heights = [None if mood is None else height_of(mood.score) for mood in moods]
    pieces = []
    for index, mood in enumerate(moods):
        here = heights[index]
        before = heights[index - 1] if index else None
        after = heights[index + 1] if index + 1 < len(heights) else None
        paths = []
        if here is not None and before is not None:
            paths.append(
                f"M0 {(before + here) / 2:g}C12.5 {(before + 3 * here) / 4:g} 25 {here:g} 50 {here:g}"
            )
        if here is not None and after is not None:
            paths.append(
                f"M50 {here:g}C75 {here:g} 87.5 {(3 * here + after) / 4:g} 100 {(here + after) / 2:g}"
            )
        pieces.append(Piece(mood, tuple(paths)))
    return tuple(pieces)
