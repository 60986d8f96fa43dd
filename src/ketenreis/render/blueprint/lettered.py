"""How large is a card, and where does everything on it stand? Measured with the font that is shipped."""

from dataclasses import dataclass

from ketenreis.render.blocks import Tone
from ketenreis.render.blueprint.board import Basis, Card, Figure, Tag
from ketenreis.render.blueprint.shapes import Box, Dot, Letters, Path, Shape
from ketenreis.render.lettering import Weight, width, wrapped

PAD, RADIUS = 10.0, 9.0
TITLE, ROW, SMALL, TINY = 14.0, 13.0, 12.0, 11.0
LEAD = 1.34
"""The height of a line in times its size."""

_TAG: dict[str, tuple[str, str]] = {
    "moment": ("thread-soft", "thread"),
    "suspect": ("warn-soft", "warn"),
    "path": ("", "ink-2"),
}
_TONE: dict[Tone, str] = {"good": "good", "bad": "bad", "warn": "warn", "unknown": "ink-3", "": "ink-3"}


@dataclass(frozen=True, slots=True)
class Lettered:
    """A card with its size, from its own top left.

    Attributes:
        card: What it shows.
        x, y, width, height: Its box; x and y count within what it stands on.
        shapes: Its own drawing, without its box and without what stands on it.
        inner: What stands on it.
    """

    card: Card
    x: float
    y: float
    width: float
    height: float
    shapes: tuple[Shape, ...]
    inner: "tuple[Lettered, ...]" = ()


def lettered(card: Card, wide: float) -> Lettered:
    """Measures a card.

    Args:
        card: What it shows.
        wide: How wide it may be.

    Returns:
        The card from (0, 0) down.
    """
    is_row, is_pain = card.look == "row", card.look == "pain"
    left = 0.0 if is_row else PAD
    writer = _Writer(left, wide - 2 * left, 0.0 if is_row else 2.0 if is_pain else PAD - 2)
    writer.tags(card.tags)
    size, weight = (ROW if is_row or is_pain else TITLE), (600 if card.look == "quote" else 400)
    top = writer.y
    writer.text(card.title, size, "ink", 600 if weight == 600 else 400, spare=14 if card.basis else 0)
    if card.basis:
        right = wide - (5 if is_row else PAD + 4)
        writer.shapes.append(basis_dot(card.basis, right, top + size * LEAD / 2, 3.6 if is_row else 4.2))
    for line in card.lines:
        writer.text(line, SMALL, "ink-3")
    if card.figure is not None:
        writer.figure(card.figure)
    inner = []
    for one in card.inner:
        writer.y += 8
        writer.shapes.append(Path((left, writer.y), ((wide - left, writer.y),), "rule"))
        writer.y += 6
        part = lettered(one, wide - 2 * left)
        inner.append(Lettered(one, left, writer.y, part.width, part.height, part.shapes, part.inner))
        writer.y += part.height
    height = writer.y + (0 if is_row else 2 if is_pain else PAD - 1)
    if is_pain:
        writer.shapes.append(Box(0, 0, 3, height, fill="warn"))
    return Lettered(card, 0, 0, wide, height, tuple(writer.shapes), tuple(inner))


def basis_dot(basis: Basis, x: float, y: float, radius: float) -> Dot:
    """The small sign of what a card rests on: full, half, open, or broken."""
    dash = (2.0, 2.0) if basis == "intended" else ()
    fill = "ink-3" if basis in ("measured", "observed") else ""
    return Dot(x, y, radius, fill=fill, stroke="ink-3", thick=1.4, half=basis == "observed", dash=dash)


class _Writer:
    """Writes from top to bottom and remembers where it is."""

    def __init__(self, left: float, wide: float, top: float) -> None:
        self.left, self.wide, self.y = left, wide, top
        self.shapes: list[Shape] = []

    def text(self, text: str, size: float, colour: str, weight: Weight = 400, *, spare: float = 0) -> None:
        """Writes a text over as many lines as it takes; the first leaves some room at its end."""
        for line in wrapped(text, self.wide - spare, size, weight):
            self.y += size * LEAD
            self.shapes.append(Letters(self.left, self.y - size * 0.34, line, size, colour, weight))

    def tags(self, tags: tuple[Tag, ...]) -> None:
        """Writes tags beside each other as far as they fit."""
        x = self.left
        for tag in tags:
            for word in wrapped(tag.word, self.wide - 10, TINY, 600):
                wide = width(word, TINY, 600) + 10
                if x > self.left and x + wide > self.left + self.wide:
                    x, self.y = self.left, self.y + 19
                fill, colour = _TAG.get(tag.look, ("lane", "ink-2"))
                stroke = "rule-2" if tag.look == "path" else ""
                self.shapes.append(
                    Box(x, self.y + 1, wide, 17, 4, fill, stroke, dash=(2, 2) if stroke else ())
                )
                self.shapes.append(Letters(x + 5, self.y + 13.4, word, TINY, colour, 600))
                x += wide + 5
        if tags:
            self.y += 20

    def figure(self, figure: Figure) -> None:
        """Writes an attainment: shape, share, bar and norm, and below it what makes it honest."""
        colour = _TONE[figure.verdict.tone]
        said = figure.share or figure.verdict.word
        self.y += 3
        base = self.y + 13
        self.shapes += verdict_shape(figure.verdict.shape, self.left, base, colour)
        self.shapes.append(Letters(self.left + 15, base, said, 12.5, colour, 600))
        start = self.left + 15 + width(said, 12.5, 600) + 8
        asked = width(figure.norm, 12.5, 600)
        end = self.left + self.wide - asked - (8 if asked else 0)
        if figure.value is not None and end - start > 14:
            self.shapes += bar_shapes(start, base - 7.5, end - start, figure.value, figure.asked, colour)
        if figure.norm:
            if figure.value is None and start + asked > self.left + self.wide:
                self.y += 17
                base = self.y + 13
            self.shapes.append(Letters(self.left + self.wide, base, figure.norm, 12.5, colour, 600, "end"))
        self.y += 17
        if figure.detail:
            self.text(figure.detail, SMALL, "ink-3")


def bar_shapes(
    x: float, y: float, wide: float, value: float, asked: float | None, colour: str
) -> tuple[Shape, ...]:
    """A share from nothing to all, with a mark at its norm."""
    found: list[Shape] = [
        Box(x, y, wide, 6, 3, "lane", "rule-2", 0.75),
        Box(x, y, max(3.0, wide * value), 6, 3, colour),
    ]
    if asked is not None:
        found.append(Box(x + wide * asked - 1, y - 4, 2, 14, fill="ink"))
    return tuple(found)


def verdict_shape(shape: str, x: float, base: float, colour: str) -> tuple[Shape, ...]:
    """The shape of a verdict, drawn, so that no font need have it."""
    if shape == "✓":
        return (Path((x + 1, base - 4.5), ((x + 4, base - 1), (x + 9.5, base - 8.5)), colour, 1.8),)
    if shape == "✕":
        cross = (((x + 1.5, base - 8), (x + 9, base - 0.8)), ((x + 9, base - 8), (x + 1.5, base - 0.8)))
        return tuple(Path(start, (end,), colour, 1.8) for start, end in cross)
    return (Letters(x + 1.5, base, shape, 12.5, colour, 600),)
