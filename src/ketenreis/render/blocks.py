"""What can be drawn: plain values that hold every word and number a drawing shows.

Whoever makes them has already chosen the language and written the numbers; drawing asks nothing.
"""

from dataclasses import dataclass
from typing import Literal

from ketenreis.render.scale import Scale

Tone = Literal["good", "bad", "unknown", "warn", ""]
"""How something stands. Every tone has a shape and a word too; colour never says it alone."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A verdict: shape, word and tone."""

    shape: str
    word: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another place on the page."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Stack:
    """A short text with a quieter one below it."""

    main: "str | Chip | Link"
    small: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A share drawn from nothing to all, with a mark where the norm stands; the numbers stand beside it."""

    value: float
    norm: float | None
    tone: Tone


@dataclass(frozen=True, slots=True)
class Span:
    """A share with its interval on a scale shared by a whole column; the numbers stand in the same row."""

    value: float
    low: float
    high: float
    norm: float | None
    scale: Scale
    tone: Tone = ""


Cell = str | Chip | Link | Stack | Bar | Span


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: What stands above it.
        number: Whether it holds numbers, which are lined up on the right.
        drawing: Whether it holds drawings of what other columns say; hidden from those who listen.
    """

    name: str
    number: bool = False
    drawing: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row names the row.

    Attributes:
        caption: What it holds.
        columns: Its columns.
        rows: Its cells, as many in a row as there are columns.
        note: A sentence below it.
        hidden_caption: Whether the caption is only for those who listen, as a heading already says it.
        compact: Whether it takes no more room than its words need.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    hidden_caption: bool = False
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; with `own` in the words (and language) of the organisation."""

    text: str
    look: Literal["", "lead", "quiet", "small"] = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A name with what it is, and perhaps what makes it up."""

    name: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values: below each other with the value at the end, or wide, or short ones in a row."""

    items: tuple[Fact, ...]
    look: Literal["", "wide", "row"] = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with the words that make it honest."""

    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """The figures to start with."""

    items: tuple[Tile, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Score:
    """One figure, large, against its norm.

    Attributes:
        label: What was counted.
        value: The figure in words.
        interval: Its interval and n in words.
        bar: The same, drawn.
        norm: What it is held against, in words.
    """

    label: str
    value: str
    interval: str
    bar: Bar
    norm: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures side by side that must not be confused."""

    items: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Knot:
    """One place on the thread.

    Attributes:
        kind: What it is: wish, requirement …
        lines: Titles with a detail each.
        broken: Nothing is tied here; the thread is drawn with a gap.
        tone: How it stands, for the figure at the end.
        own: Whether the titles are the organisation's own words.
    """

    kind: str
    lines: tuple[tuple[str, str], ...]
    broken: bool = False
    tone: Tone = ""
    own: bool = True


@dataclass(frozen=True, slots=True)
class Strands:
    """The place where the thread runs through the work: each row an activity and its output.

    Attributes:
        kinds: What both are called.
        rows: Activity, who does it, output; an empty output where there is none.
        rest: Further rows, behind `more`.
        more: How many there are, in words.
        none: What is said when no work keeps the requirement.
    """

    kinds: tuple[str, str]
    rows: tuple[tuple[str, str, str], ...]
    rest: tuple[tuple[str, str, str], ...] = ()
    more: str = ""
    none: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """The red thread from a wish to a figure."""

    label: str
    wish: Knot
    requirement: Knot
    work: Strands
    figure: Knot


Mark = Literal["", "beyond", "run"]


@dataclass(frozen=True, slots=True)
class Spot:
    """One point of a control chart: its value, its own limits, and whether it is remarkable."""

    label: str
    value: float
    low: float
    high: float
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """What the parts of a control chart are called; empty where a part is not drawn."""

    series: str
    centre: str
    limits: str
    norm: str = ""
    beyond: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A control chart, drawn, with what must be said beside it.

    Attributes:
        id: Unique on the page.
        title: What is shown and which chart it is.
        description: The same in sentences, for who cannot see it.
        spots: The points in order.
        centre: The centre line, with its short label at the end of it.
        norm: What was agreed, with its short label; None without.
        scale: The values from bottom to top.
        ticks: Values to write at the side.
        legend: The names of its parts.
        notes: Sentences below it.
        table: The same content as a table.
        summary: What the table opens with.
    """

    id: str
    title: str
    description: str
    spots: tuple[Spot, ...]
    centre: tuple[float, str]
    norm: tuple[float, str] | None
    scale: Scale
    ticks: tuple[tuple[float, str], ...]
    legend: Legend
    notes: tuple[str, ...]
    table: Table
    summary: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that cannot be said, and what to do next."""

    title: str
    why: str
    next: str
    tone: Tone = "unknown"


@dataclass(frozen=True, slots=True)
class Code:
    """Text of a machine, such as SQL."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Details:
    """What stands behind a click; printed in full."""

    summary: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks that stand side by side where there is room."""

    blocks: "tuple[Block, ...]"
    even: bool = True


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks below each other that count as one, such as one side of `Beside`."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks under a small heading."""

    title: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page with a heading, and perhaps a verdict beside it."""

    id: str
    title: str
    blocks: "tuple[Block, ...]"
    chip: Chip | None = None
    own: bool = False
    card: bool = False


Block = (
    Text
    | Points
    | Facts
    | Tiles
    | Scores
    | Table
    | Thread
    | ControlChart
    | Notice
    | Code
    | Details
    | Beside
    | Together
    | Group
    | Section
)


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page.

    Attributes:
        language: Of the page's sentences.
        own_language: Of the organisation's own words.
        title: In the window's bar.
        skip: The link that leads past the header.
        brand: What made it.
        kicker: What kind of page it is.
        heading: What it is about.
        lead: Sentences under the heading.
        nav: Ways to the parts of the page, with what they are called together.
        tiles: The figures to start with.
        blocks: Everything else.
        footer: The last sentences.
    """

    language: str
    own_language: str
    title: str
    skip: str
    brand: str
    kicker: str
    heading: str
    lead: tuple[Text, ...]
    nav: tuple[Link, ...]
    nav_label: str
    tiles: Tiles
    blocks: tuple[Block, ...]
    footer: tuple[str, ...]
