"""What does a service blueprint show? Plain values that hold every word and number of it.

Whoever makes a board has chosen the language and written the numbers; every way of drawing it shows the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ketenreis.render.blocks import Chip, ControlChart, Thread, Tiles

Basis = Literal["measured", "observed", "assumed", "intended", ""]
"""What a card rests on; empty where that is not the question."""

TagLook = Literal["moment", "suspect", "pain", "wait", "path", "plain"]

Look = Literal["card", "row", "quote", "pain"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that makes a card stand out."""

    word: str
    look: TagLook


@dataclass(frozen=True, slots=True)
class Figure:
    """How far a requirement is kept.

    Attributes:
        verdict: Shape, word and tone.
        share: The attainment in words; empty where nothing was judged.
        norm: What was asked, in words: ≥ 99%; empty without a norm.
        detail: Interval and n in words, or why nothing can be said.
        value, asked: The same two shares from 0 to 1, to draw; None where there is none.
    """

    verdict: Chip
    share: str
    norm: str
    detail: str
    value: float | None = None
    asked: float | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One element on the board.

    Attributes:
        id: Of the element.
        kind: What it is, in words.
        title: Its name or its own text.
        lines: What is said below it, quietly.
        tags: What makes it stand out.
        basis: What it rests on.
        figure: How far it is kept, for a requirement.
        inner: The cards that stand on it.
        threads: The requirements whose thread runs through it.
        look: How it is drawn: a card, a row on another card, a quotation, or a pain point.
    """

    id: str
    kind: str
    title: str
    lines: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    basis: Basis = ""
    figure: Figure | None = None
    inner: "tuple[Card, ...]" = ()
    threads: tuple[str, ...] = ()
    look: Look = "card"

    def all(self) -> "Iterator[Card]":
        """The card and every card on it."""
        yield self
        for card in self.inner:
            yield from card.all()


@dataclass(frozen=True, slots=True)
class Step:
    """The head of a column.

    Attributes:
        id: Of the step, chain link or part.
        title: Its name.
        tags: That it is a branch or a detour.
        lines: Where it leads, when that is not the next column.
    """

    id: str
    title: str
    tags: tuple[Tag, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """What stands above some columns; an empty title where nothing does."""

    title: str
    columns: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Mood:
    """How customers feel in one column.

    Attributes:
        score: From −2 to +2.
        basis: What that rests on.
        short: The score in words: +1.
        said: Score, basis and source as a sentence.
    """

    score: float
    basis: Basis
    short: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line between lanes, with its name."""

    name: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane.

    Attributes:
        key: Its name in code.
        title: Its name in words.
        cells: The cards per column.
        line: The line above it; None without.
        moods: The feelings per column, for the lane that draws them; empty for other lanes.
        intended: The feelings that the to-be intends, likewise.
    """

    key: str
    title: str
    cells: tuple[tuple[Card, ...], ...]
    line: Line | None = None
    moods: tuple[Mood | None, ...] = ()
    intended: tuple[Mood | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """The red thread of one requirement, told from wish to figure.

    Attributes:
        id: Of the requirement.
        title: Its name.
        thread: From the wish to the figure.
        runs: Every element its thread runs through.
        chart: The share kept per week; None where there is none.
        notes: What that chart says, and what else must be known.
    """

    id: str
    title: str
    thread: Thread
    runs: frozenset[str]
    chart: ControlChart | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """The words that belong to the board itself.

    Attributes:
        board: What the board is called by ear.
        lanes: What the column of lanes is called.
        thread: What a thread is called.
        pick: How to select one.
        clear: How to let go of it.
        tray: What the tray is called, and why it is there.
        legend: What each basis is called.
        empty: What an empty cell reads as.
        table: What the equal table is called.
        columns: The heads of the equal table.
        runs: What is said by ear of a card that the selected thread runs through.
        chart: What the little chart in the panel is called.
        curve: What the curve is called.
    """

    board: str
    lanes: str
    thread: str
    pick: str
    clear: str
    tray: tuple[str, str]
    legend: tuple[tuple[Basis, str], ...]
    empty: str
    table: str
    columns: tuple[str, ...]
    runs: str
    chart: str
    curve: str


@dataclass(frozen=True, slots=True)
class Board:
    """A service blueprint in words.

    Attributes:
        language: Of the board's own words.
        own_language: Of the organisation's words.
        id: Of the journey, chain or process.
        kicker: What kind of thing it is, and whose.
        title: Its name.
        need: What the customer wants, in their own words.
        about: Whom it is for, and on what data it rests.
        tiles: The figures to start with.
        phases: What stands above the columns.
        steps: The columns.
        lanes: From top to bottom.
        tray: What belongs to it but has no column yet.
        panels: The threads, that of the most important wish first.
        said: The words that belong to the board itself.
    """

    language: str
    own_language: str
    id: str
    kicker: str
    title: str
    need: str
    about: str
    tiles: Tiles
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    lanes: tuple[Lane, ...]
    tray: tuple[Card, ...]
    panels: tuple[Panel, ...]
    said: Said

    def cards(self) -> Iterator[tuple[str, int | None, Card]]:
        """Every card with its lane and column; the tray has neither."""
        for lane in self.lanes:
            for index, cell in enumerate(lane.cells):
                for card in cell:
                    for one in card.all():
                        yield lane.key, index, one
        for card in self.tray:
            for one in card.all():
                yield "", None, one

    def lit(self, selected: str | None) -> frozenset[str]:
        """What lights up when a requirement, or any card, is selected.

        Args:
            selected: An element; None, or one that no thread runs through, lights nothing.

        Returns:
            Every element on the threads that run through it.
        """
        through = (panel for panel in self.panels if selected in panel.runs)
        return frozenset(element for panel in through for element in panel.runs)

    def panel(self, selected: str | None) -> Panel | None:
        """The thread to tell when something is selected: its own, else the first that runs through it."""
        if selected is None:
            return None
        own = [panel for panel in self.panels if panel.id == selected]
        through = [panel for panel in self.panels if selected in panel.runs]
        return next(iter((*own, *through)), None)
