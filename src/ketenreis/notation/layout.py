"""Where does each part of a process stand when nobody has drawn it yet?

Columns follow the longest path, lanes are rows, and lines run straight: sideways through free rows, up and down only between
columns. The same process is always drawn the same way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from ketenreis.notation.ranking import ranked

GAP, LINE, ROW, EDGE = 50.0, 12.0, 30.0, 20.0
"""Between columns; between lines that run side by side; between rows; around the whole."""

Point = tuple[float, float]
Way = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in pixels from the top left."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """Its middle."""
        return (self.x + self.width / 2, self.y + self.height / 2)

    def moved(self, x: float, y: float) -> "Box":
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)

    def touches(self, other: "Box", air: float = 0.0) -> bool:
        """Whether two boxes overlap, or come nearer than some air."""
        return (
            self.x < other.right + air
            and other.x < self.right + air
            and self.y < other.bottom + air
            and other.y < self.bottom + air
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to be placed.

    Attributes:
        id: Its name.
        width, height: Its size.
        lane: In which lane, counted from 0.
        on: The piece whose lower edge it sits on, instead of a place of its own.
    """

    id: str
    width: float
    height: float
    lane: int = 0
    on: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Everything in its place.

    Attributes:
        boxes: Of each piece.
        lines: The corners of each way, from piece to piece.
        lanes: Top and height of each lane.
        width, height: Of the whole.
    """

    boxes: Mapping[str, Box]
    lines: Mapping[Way, tuple[Point, ...]]
    lanes: tuple[tuple[float, float], ...]
    width: float
    height: float


def placed(pieces: Sequence[Piece], ways: Iterable[Way], lanes: int = 1) -> Placed:
    """Gives every piece a place and every way a line.

    Args:
        pieces: In the order they are written; it settles what the ways leave open.
        ways: From piece to piece; each pair once.
        lanes: How many lanes there are.

    Source:
        Sugiyama, K., Tagawa, S. and Toda, M. (1981), Methods for visual understanding of hierarchical system structures:
        layers, places held free for long lines, and one sweep of barycentres.

    Example:
        >>> drawn = placed([Piece("a", 100, 80), Piece("b", 100, 80)], [("a", "b")])
        >>> drawn.boxes["b"], drawn.lines["a", "b"]
        (Box(x=170.0, y=35.0, width=100, height=80), ((120.0, 75.0), (170.0, 75.0)))
    """
    own = {piece.id: piece for piece in pieces}
    known = [way for way in dict.fromkeys(ways) if way[0] in own and way[1] in own]
    return _Layout(own, known, max(lanes, 1)).result()


class _Layout:
    def __init__(self, pieces: Mapping[str, Piece], ways: Sequence[Way], lanes: int) -> None:
        self.pieces, self.ways, self.lanes = pieces, ways, lanes
        self.free = [piece for piece in pieces.values() if piece.on not in pieces]
        hosts = {piece.id: self.host(piece) for piece in pieces.values()}
        self.column = ranked([p.id for p in self.free], [(hosts[a], hosts[b]) for a, b in ways])
        self.column |= {piece: self.column[hosts[piece]] for piece in hosts}
        self.columns = max(self.column.values(), default=-1) + 1
        self.row: dict[str, int] = {}
        self.held: dict[Way, list[str]] = {}
        self.turns: dict[int, dict[Way, int]] = {}
        self.returns: dict[Way, int] = {}

    def host(self, piece: Piece) -> str:
        seen = {piece.id}
        while piece.on in self.pieces and piece.on not in seen:
            piece = self.pieces[piece.on]
            seen.add(piece.id)
        return piece.id

    def result(self) -> Placed:
        self.give_rows()
        tops, heights, bands = self.bands()
        middle = {
            name: tops[lane] + sum(heights[lane][: self.row[name]]) + heights[lane][self.row[name]] / 2
            for name, lane in self.lane_of.items()
        }
        self.take_turns(middle)
        left, right = self.across()
        boxes = {
            piece.id: Box(
                left[self.column[piece.id]] + (right[self.column[piece.id]] - left[self.column[piece.id]] - piece.width) / 2,
                middle[piece.id] - piece.height / 2, piece.width, piece.height,
            )
            for piece in self.free
        }  # fmt: skip
        self.sit(boxes)
        bottom = bands[-1][0] + bands[-1][1]
        lines = {way: self.line(way, boxes, middle, left, right, bottom) for way in self.ways}
        extra = LINE * len(self.returns)
        bands[-1] = (bands[-1][0], bands[-1][1] + extra)
        width = (right[-1] if right else 0.0) + self.gap(self.columns - 1) + EDGE
        return Placed(
            MappingProxyType(boxes),
            MappingProxyType(lines),
            tuple(bands),
            max(width, 2 * EDGE),
            bottom + extra,
        )

    def give_rows(self) -> None:
        """A row for each piece in its lane, and one held free wherever a long line passes a column."""
        self.lane_of = {piece.id: min(max(piece.lane, 0), self.lanes - 1) for piece in self.free}
        order = {name: float(number) for number, name in enumerate(self.lane_of)}
        before: dict[str, list[str]] = {}
        inside: list[list[str]] = [[] for _ in range(self.columns)]
        for piece in self.free:
            inside[self.column[piece.id]].append(piece.id)
        for way in self.ways:
            source, target = self.host(self.pieces[way[0]]), self.host(self.pieces[way[1]])
            last = source
            for column in range(self.column[source] + 1, self.column[target]):
                name = f"\0{way[0]}\0{way[1]}\0{column}"
                self.held.setdefault(way, []).append(name)
                self.lane_of[name], order[name] = self.lane_of[source], order[target] + 0.5
                inside[column].append(name)
                before.setdefault(name, []).append(last)
                last = name
            if self.column[target] > self.column[source]:
                before.setdefault(target, []).append(last)
        for names in inside:
            wanted: dict[str, float] = {}
            for name in names:
                rows = [self.row[b] for b in before.get(name, ()) if self.lane_of[b] == self.lane_of[name]]
                wanted[name] = sum(rows) / len(rows) if rows else 0.0
            lowest = [-1] * self.lanes
            for name in sorted(names, key=lambda name: (wanted[name], order[name])):
                lane = self.lane_of[name]
                lowest[lane] = self.row[name] = max(lowest[lane] + 1, int(wanted[name]))

    def bands(self) -> tuple[list[float], list[list[float]], list[tuple[float, float]]]:
        """The top of the first row of each lane, the height of each of its rows, and the lanes themselves."""
        heights: list[list[float]] = [[] for _ in range(self.lanes)]
        for name, lane in self.lane_of.items():
            rows = heights[lane]
            rows.extend([ROW] * (self.row[name] + 1 - len(rows)))
            if name in self.pieces:
                rows[self.row[name]] = max(rows[self.row[name]], self.pieces[name].height + ROW)
        tops, bands, at = [], [], 0.0
        for rows in heights:
            height = max(sum(rows), 60.0) + 2 * EDGE
            tops.append(at + EDGE)
            bands.append((at, height))
            at += height
        return tops, heights, bands

    def take_turns(self, middle: Mapping[str, float]) -> None:
        """Which lines go up or down in which gap between columns."""
        for way in self.ways:
            source, target = self.column[way[0]], self.column[way[1]]
            if target <= source:
                self.turn(source, way)
                self.turn(target - 1, way)
                self.returns[way] = len(self.returns)
                continue
            stops = [self.host(self.pieces[way[0]]), *self.held.get(way, ()), self.host(self.pieces[way[1]])]
            for number, (one, other) in enumerate(pairwise(stops)):
                if middle[one] != middle[other] or (number == 0 and self.pieces[way[0]].on in self.pieces):
                    self.turn(source + number, way)

    def turn(self, gap: int, way: Way) -> None:
        turns = self.turns.setdefault(gap, {})
        turns.setdefault(way, len(turns))

    def gap(self, after: int) -> float:
        """How wide the gap behind a column is: room for every line that turns in it."""
        return max(GAP, (len(self.turns.get(after, ())) + 1) * LINE + 20)

    def across(self) -> tuple[list[float], list[float]]:
        widths = [0.0] * self.columns
        for piece in self.free:
            widths[self.column[piece.id]] = max(widths[self.column[piece.id]], piece.width)
        left, right = [], []
        at = EDGE if not self.turns.get(-1) else EDGE + self.gap(-1)
        for column, width in enumerate(widths):
            left.append(at)
            right.append(at + width)
            at += width + self.gap(column)
        return left, right

    def turn_x(self, gap: int, way: Way, left: Sequence[float], right: Sequence[float]) -> float:
        start = right[gap] if gap >= 0 else left[0] - self.gap(-1)
        turns = self.turns[gap]
        return round(start + self.gap(gap) * (turns[way] + 1) / (len(turns) + 1), 1)

    def sit(self, boxes: dict[str, Box]) -> None:
        """Pieces on another sit on its lower edge, from the right."""
        seats: dict[str, int] = {}
        waiting = [piece for piece in self.pieces.values() if piece.on in self.pieces]
        for piece in sorted(waiting, key=lambda piece: piece.on not in boxes):
            host = boxes.get(piece.on) or boxes[self.host(piece)]
            seat = seats[piece.on] = seats.get(piece.on, 0) + 1
            x = max(host.x, host.right - seat * (piece.width + 8))
            boxes[piece.id] = Box(x, host.bottom - piece.height / 2, piece.width, piece.height)

    def line(
        self, way: Way, boxes: Mapping[str, Box], middle: Mapping[str, float],
        left: Sequence[float], right: Sequence[float], bottom: float,
    ) -> tuple[Point, ...]:  # fmt: skip
        source, target = boxes[way[0]], boxes[way[1]]
        at, end = self.column[way[0]], self.column[way[1]]
        if self.pieces[way[0]].on in self.pieces:
            points = [(source.middle[0], source.bottom), (source.middle[0], source.bottom + 10)]
        else:
            points = [(source.right, source.middle[1])]
        if way in self.returns:
            y = bottom + LINE * self.returns[way] - EDGE / 2
            out, back = self.turn_x(at, way, left, right), self.turn_x(end - 1, way, left, right)
            points += [(out, points[-1][1]), (out, y), (back, y), (back, target.middle[1])]
        for column, name in enumerate(() if way in self.returns else [*self.held.get(way, ()), ""], at):
            y = middle[name] if name else target.middle[1]
            if y != points[-1][1]:
                x = (
                    self.turn_x(column, way, left, right)
                    if way in self.turns.get(column, ())
                    else right[column] + GAP / 2
                )
                points += [(x, points[-1][1]), (x, y)]
        return (*_straight(points), (target.x, target.middle[1]))


def _straight(points: Iterable[Point]) -> list[Point]:
    """The corners alone."""
    kept: list[Point] = []
    for point in points:
        if len(kept) > 1 and kept[-2][1] == kept[-1][1] == point[1]:
            kept.pop()
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept


def line_between(source: Box, target: Box) -> tuple[Point, ...]:
    """A line with square corners between two boxes that already have their places.

    Example:
        >>> line_between(Box(0, 0, 10, 10), Box(30, 20, 10, 10))
        ((10, 5.0), (20.0, 5.0), (20.0, 25.0), (30, 25.0))
    """
    (_, y1), (_, y2) = source.middle, target.middle
    if target.x >= source.right:
        if y1 == y2:
            return ((source.right, y1), (target.x, y2))
        x = (source.right + target.x) / 2
        return ((source.right, y1), (x, y1), (x, y2), (target.x, y2))
    below = max(source.bottom, target.bottom) + 20
    return (
        (source.middle[0], source.bottom), (source.middle[0], below),
        (target.middle[0], below), (target.middle[0], target.bottom),
    )  # fmt: skip
