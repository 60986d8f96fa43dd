"""What is a drawing made of, whatever it is drawn with? Boxes, dots, paths and letters, in pixels from the top left."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from ketenreis.render.lettering import Weight


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; colours are names of tokens, empty for none."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0
    fill: str = ""
    stroke: str = ""
    thick: float = 1
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle; `half` fills its left half only."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    thick: float = 1
    half: bool = False
    dash: tuple[float, ...] = ()


Move = tuple[float, float] | tuple[float, float, float, float, float, float]
"""A straight line to a point, or a Bézier curve by its two handles to a point."""


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points."""

    start: tuple[float, float]
    moves: tuple[Move, ...]
    stroke: str
    thick: float = 1
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Letters:
    """One line of text on its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str = "ink"
    weight: Weight = 400
    anchor: Literal["start", "middle", "end"] = "start"
    spaced: float = 0


Shape = Box | Dot | Path | Letters
S = TypeVar("S", Box, Dot, Path, Letters)


def moved(shapes: Iterable[Shape], right: float, down: float) -> tuple[Shape, ...]:
    """The same shapes elsewhere.

    Example:
        >>> moved([Dot(1, 2, 3)], 10, 20)[0].x
        11
    """
    return tuple(_moved(shape, right, down) for shape in shapes)


def _moved(shape: Shape, right: float, down: float) -> Shape:
    if isinstance(shape, Path):
        x, y = shape.start
        moves = tuple(_along(move, right, down) for move in shape.moves)
        return replace(shape, start=(x + right, y + down), moves=moves)
    return replace(shape, x=shape.x + right, y=shape.y + down)


def _along(move: Move, right: float, down: float) -> Move:
    if len(move) == 2:
        return (move[0] + right, move[1] + down)
    a, b, c, d, e, f = move
    return (a + right, b + down, c + right, d + down, e + right, f + down)
