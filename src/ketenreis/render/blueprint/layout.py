"""Where does everything stand on the drawing of a blueprint? Pure geometry, in pixels from the top left.

What is drawn with it (a picture, a sheet, a slide) does not matter here; nothing is asked of a browser.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ketenreis.render.blocks import Knot, Strands
from ketenreis.render.blueprint.board import Board, Card, Lane, Mood, Panel
from ketenreis.render.blueprint.curve import HEIGHT as CURVE
from ketenreis.render.blueprint.curve import height_of
from ketenreis.render.blueprint.lettered import LEAD, RADIUS, Lettered, basis_dot, lettered
from ketenreis.render.blueprint.shapes import Box, Dot, Letters, Move, Path, Shape, moved
from ketenreis.render.lettering import Weight, width, wrapped

AIR, SIDE, COLUMN, GAP = 28.0, 128.0, 196.0, 8.0
"""The margin, the width of the lanes' names, the width of a column, and the air around cards."""
PANEL = 320.0
LINE = 20.0
"""The room a line between lanes takes with its name."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A card on the drawing: its box, and everything drawn on it.

    Attributes:
        card: What it shows.
        x, y, width, height: Its box.
        shapes: From back to front, without what stands on it.
        lit: Whether the selected thread runs through it.
        lane, column: Where it stands; no lane and no column in the tray.
        under: The element it stands on; empty for a card of its own.
    """

    card: Card
    x: float
    y: float
    width: float
    height: float
    shapes: tuple[Shape, ...]
    lit: bool
    lane: str
    column: int | None
    under: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A blueprint with everything in its place.

    Attributes:
        board: What it shows.
        width, height: Of the whole.
        ground: What lies behind the cards, from back to front.
        cards: The cards, each before what stands on it.
        front: What lies before them.
    """

    board: Board
    width: float
    height: float
    ground: tuple[Shape, ...]
    cards: tuple[Placed, ...]
    front: tuple[Shape, ...]


def planned(board: Board, thread: str | None = None) -> Plan:
    """Gives everything on a blueprint its place.

    Args:
        board: What it shows.
        thread: The element whose thread is lit; None for none.

    Returns:
        The drawing; cards never overlap, and every text lies within its card.
    """
    lit, panel = board.lit(thread), board.panel(thread)
    wide = SIDE + COLUMN * len(board.steps)
    panel_at = AIR + max(wide, 560.0) + AIR
    whole = panel_at + PANEL + AIR if panel else panel_at
    shapes, y = _head(board, whole)
    top = y
    heads, y = _columns(board, y)
    shapes += heads
    cards: list[Placed] = []
    front: list[Shape] = []
    lanes_top = y
    for lane in board.lanes:
        drawn, placed, over, y = _lane(lane, lit, y, wide)
        shapes += drawn
        cards += placed
        front += over
    shapes += [
        Path((AIR + SIDE + COLUMN * n, lanes_top), ((AIR + SIDE + COLUMN * n, y),), "rule", dash=(1, 3))
        for n in range(len(board.steps))
    ]
    shapes += _threads(cards)
    legend, y = _legend(board, y + 14)
    shapes += legend
    tray, placed, y = _tray(board, lit, y + 10, wide)
    shapes += tray
    cards += placed
    if panel is not None:
        told, low = _panel(panel, board, panel_at, top)
        shapes += told
        y = max(y, low)
    paper = Box(0, 0, whole, y + AIR, fill="paper")
    return Plan(board, whole, y + AIR, (paper, *shapes), tuple(cards), tuple(front))


def _lines(
    text: str, x: float, y: float, within: float, size: float, colour: str = "ink", weight: Weight = 400
) -> tuple[list[Shape], float]:
    """A text from a height down, and where it ends."""
    shapes: list[Shape] = []
    for line in wrapped(text, within, size, weight):
        y += size * LEAD
        shapes.append(Letters(x, y - size * 0.34, line, size, colour, weight))
    return shapes, y


def _head(board: Board, whole: float) -> tuple[list[Shape], float]:
    """What it is of, and the figures to start with: beside it, or below it where a board is narrow."""
    y = AIR - 6
    shapes: list[Shape] = []
    tiles = 170.0 * len(board.tiles.items)
    room = whole - 2 * AIR - tiles - 20
    is_beside = room >= 260
    if not is_beside:
        room = whole - 2 * AIR
    for text, size, colour, weight in (
        (board.kicker, 12.5, "ink-3", 400),
        (board.title, 24, "ink", 600),
        (board.need, 15, "ink-2", 400),
        (board.about, 12.5, "ink-3", 400),
    ):
        found, y = _lines(text, AIR, y, room, size, colour, 600 if weight == 600 else 400)
        shapes += found
    left, top = (whole - AIR - tiles, AIR - 4) if is_beside else (AIR, y + 6)
    low = y
    for index, tile in enumerate(board.tiles.items):
        x, at = left + 170 * index, top
        for text, size, colour, weight in (
            (tile.value, 21, "ink", 600),
            (tile.label, 12, "ink-2", 400),
            (tile.detail, 12, "ink-3", 400),
        ):
            found, at = _lines(text, x, at, 156, size, colour, 600 if weight == 600 else 400)
            shapes += found
        low = max(low, at)
    y = low + 14
    return [*shapes, Path((0, y), ((whole, y),), "rule")], y


def _columns(board: Board, y: float) -> tuple[list[Shape], float]:
    """The phases and the heads of the columns."""
    shapes: list[Shape] = []
    x = AIR + SIDE
    if any(phase.title for phase in board.phases):
        low = y
        for phase in board.phases:
            wide = COLUMN * phase.columns
            at = y + 10
            for line in wrapped(phase.title.upper(), wide - 22, 11, 600):
                at += 15
                shapes.append(Letters(x + GAP, at, line, 11, "ink-3", 600, spaced=0.6))
            low = max(low, at)
            x += wide
        y, x = low + 9, AIR + SIDE
        for phase in board.phases:
            wide = COLUMN * phase.columns
            if phase.title:
                shapes.append(Path((x, y), ((x + wide - 6, y),), "ink-3", 2))
            x += wide
    low = y
    for index, step in enumerate(board.steps):
        x = AIR + SIDE + COLUMN * index
        found, at = _lines(step.title, x + GAP, y + 9, COLUMN - 2 * GAP, 15, "ink", 600)
        shapes += found
        for line in (*(tag.word for tag in step.tags), *step.lines):
            found, at = _lines(line, x + GAP, at, COLUMN - 2 * GAP, 12, "ink-3")
            shapes += found
        low = max(low, at)
    y = low + 11
    return [*shapes, Path((AIR + SIDE, y), ((AIR + SIDE + COLUMN * len(board.steps), y),), "rule")], y


def _lane(
    lane: Lane, lit: Collection[str], y: float, wide: float
) -> tuple[list[Shape], list[Placed], list[Shape], float]:
    """One lane: the line above it, its name, its cells, and what lies before them."""
    shapes: list[Shape] = []
    if lane.line is not None:
        shapes.append(Path((AIR, y), ((AIR + wide, y),), "ink-3", 2, (6, 4) if lane.line.dashed else ()))
        shapes.append(Letters(AIR + 8, y + 14, lane.line.name, 11, "ink-3"))
        y += LINE
    has_curve = any(lane.moods) or any(lane.intended)
    start = y + (CURVE if has_curve else 0) + GAP
    low, cards = y + 46.0, []
    for index, cell in enumerate(lane.cells):
        x, at = AIR + SIDE + COLUMN * index + GAP, start
        for card in cell:
            measured = lettered(card, COLUMN - 2 * GAP)
            cards += list(_placed(measured, x, at, lit, lane.key, index))
            at += measured.height + GAP
        low = max(low, at + 4)
    low = max(low, y + CURVE if has_curve else low)
    name, end = _lines(lane.title, AIR + 8, y + 9, SIDE - 16, 13, "ink-2", 600)
    low = max(low, end + 8)
    shapes += [Box(AIR, y, SIDE, low - y, fill="lane"), *name]
    front = list(_curve(lane, y)) if has_curve else []
    return shapes, cards, front, low


def _placed(
    measured: Lettered,
    x: float,
    y: float,
    lit: Collection[str],
    lane: str,
    column: int | None,
    under: str = "",
) -> Iterator[Placed]:
    """A card and what stands on it, where they stand on the whole."""
    card, left, top = measured.card, x + measured.x, y + measured.y
    is_lit = card.id in lit
    behind: list[Shape] = []
    is_suspect = any(tag.look == "suspect" for tag in card.tags)
    if card.look in ("card", "quote"):
        stroke = "thread" if is_lit else "warn" if is_suspect else "rule"
        behind.append(
            Box(
                left, top, measured.width, measured.height, RADIUS, "warn-soft" if is_suspect else "card", stroke,
                2 if is_lit else 1, (4, 3) if is_suspect else (),
            )
        )  # fmt: skip
    elif is_lit:
        behind.append(Box(left - 9, top - 2, 3, measured.height + 3, 1.5, "thread"))
    shapes = (*behind, *moved(measured.shapes, left, top))
    yield Placed(card, left, top, measured.width, measured.height, shapes, is_lit, lane, column, under)
    for inner in measured.inner:
        yield from _placed(inner, left, top, lit, lane, column, card.id)


def _threads(cards: Sequence[Placed]) -> Iterator[Shape]:
    """The thread behind the cards: down each column from its first lit card to its last."""
    columns: dict[int, list[Placed]] = {}
    for placed in cards:
        if placed.lit and placed.column is not None and not placed.under:
            columns.setdefault(placed.column, []).append(placed)
    for lit in columns.values():
        x = lit[0].x + 17
        if len(lit) > 1:
            yield Path((x, lit[0].y + 4), ((x, lit[-1].y + 4),), "thread", 2.5)


def _curve(lane: Lane, y: float) -> Iterator[Shape]:
    """The line of feelings, and a point in every column."""
    middle = y + CURVE / 2
    end = AIR + SIDE + COLUMN * len(lane.cells)
    yield Path((AIR + SIDE, middle), ((end, middle),), "rule")
    for moods, colour, thick, dash in (
        (lane.intended, "ink-3", 1.5, (5.0, 4.0)),
        (lane.moods, "ink-2", 2.5, ()),
    ):
        at = [
            None if mood is None else (_middle(n), y + height_of(mood.score)) for n, mood in enumerate(moods)
        ]
        for before, after in pairwise(at):
            if before is not None and after is not None:
                half = (before[0] + after[0]) / 2
                move: Move = (half, before[1], half, after[1], *after)
                yield Path(before, (move,), colour, thick, dash)
        for point, mood in zip(at, moods, strict=True):
            if point is not None and mood is not None:
                yield from _point(point, mood)


def _middle(column: int) -> float:
    return AIR + SIDE + COLUMN * (column + 0.5)


def _point(at: tuple[float, float], mood: Mood) -> Iterator[Shape]:
    x, y = at
    full = mood.basis == "measured"
    dash = (2.0, 2.0) if mood.basis == "intended" else ()
    yield Dot(x, y, 5, "ink-2" if full else "card", "ink-3" if dash else "ink-2", 2, dash=dash)
    if mood.basis == "observed":
        yield Dot(x, y, 2, "ink-2")
    if mood.basis != "intended":
        yield Letters(x, y + 20 if mood.score < 0 else y - 11, mood.short, 12, "ink-2", 600, "middle")


def _legend(board: Board, y: float) -> tuple[list[Shape], float]:
    """What the signs mean."""
    shapes: list[Shape] = []
    x = AIR + 8
    for basis, word in board.said.legend:
        shapes += [basis_dot(basis, x + 4, y + 7, 4.2), Letters(x + 14, y + 11, word, 12, "ink-3")]
        x += 14 + width(word, 12) + 20
    return shapes, y + (18 if shapes else 0)


def _tray(
    board: Board, lit: Collection[str], y: float, wide: float
) -> tuple[list[Shape], list[Placed], float]:
    """What has no column yet, side by side in a dashed box."""
    if not board.tray:
        return [], [], y
    title, why = board.said.tray
    shapes, at = _lines(title, AIR + 14, y + 10, wide - 28, 15, "ink", 600)
    more, at = _lines(why, AIR + 14, at, wide - 28, 12, "ink-3")
    cards: list[Placed] = []
    across = max(1, int((wide - 20) // COLUMN))
    at += GAP
    for start in range(0, len(board.tray), across):
        low = at
        for n, card in enumerate(board.tray[start : start + across]):
            measured = lettered(card, COLUMN - 2 * GAP)
            cards += list(_placed(measured, AIR + 14 + COLUMN * n, at, lit, "", None))
            low = max(low, at + measured.height)
        at = low + GAP
    at += 6
    box = Box(AIR, y, wide, at - y, RADIUS, stroke="rule-2", dash=(4, 3))
    return [box, *shapes, *more], cards, at


def _panel(panel: Panel, board: Board, x: float, y: float) -> tuple[list[Shape], float]:
    """The thread told from wish to figure."""
    within = PANEL - 24
    label = Letters(x, y + 26, board.said.thread.upper(), 11.5, "thread", 600, spaced=0.6)
    shapes: list[Shape] = [label]
    found, at = _lines(panel.title, x, y + 32, PANEL, 17, "ink", 600)
    shapes += found
    at += 12
    knots: list[tuple[float, bool]] = []
    for part in (panel.thread.wish, panel.thread.requirement, panel.thread.work, panel.thread.figure):
        kind, lines, broken, colour = _told(part)
        knots.append((at + 8, broken))
        found, at = _lines(kind, x + 24, at, within, 11.5, "ink-3", 600)
        shapes += found
        for title, detail in lines:
            found, at = _lines(title, x + 24, at + 1, within, 14, colour, 600)
            shapes += found
            found, at = _lines(detail, x + 24, at, within, 12, "ink-3")
            shapes += found
        at += 12
    line: list[Shape] = []
    for (one, cut), (next_one, next_cut) in pairwise(knots):
        torn = cut or next_cut
        line.append(
            Path(
                (x + 6, one),
                ((x + 6, next_one),),
                "rule-2" if torn else "thread",
                2.5,
                (4, 4) if torn else (),
            )
        )
    dots: list[Shape] = [
        Dot(
            x + 6,
            one,
            5.5,
            "thread" if n == len(knots) - 1 and not cut else "card",
            "rule-2" if cut else "thread",
            2.5,
        )
        for n, (one, cut) in enumerate(knots)
    ]
    for note in panel.notes:
        found, at = _lines(note, x, at + 4, PANEL, 12, "ink-2")
        shapes += found
    return [*line, *dots, *shapes], at


def _told(part: Knot | Strands) -> tuple[str, tuple[tuple[str, str], ...], bool, str]:
    """What one place on the thread says, whether it is broken there, and in which colour."""
    if isinstance(part, Strands):
        rows = tuple(
            (" → ".join(filter(None, (did, output))), who) for did, who, output in (*part.rows, *part.rest)
        )
        return " → ".join(part.kinds), rows or ((part.none, ""),), not rows, "ink"
    return part.kind, part.lines, part.broken, {"good": "good", "bad": "bad"}.get(part.tone, "ink")
