"""What is the blueprint as one plain table? Every card is a row, step by step, with the same information."""

from collections.abc import Iterator

from ketenreis.render.blocks import Cell, Column, Table
from ketenreis.render.blueprint.board import Board, Card, Mood


def equal_table(board: Board) -> Table:
    """The table that is equal to a board.

    Args:
        board: What it shows.

    Returns:
        A row per feeling and per card: step, lane, kind, name, what it belongs to, basis, particulars, figure, norm and
        threads. In reading order: the first step from top to bottom, then the next; last what is not yet placed.
    """
    rows = tuple(cells for _, cells in identified(board))
    return Table(
        board.said.table, tuple(Column(name) for name in board.said.columns), rows, hidden_caption=True
    )


def identified(board: Board) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The rows of that table, each with the id of its element; a feeling has that of its step."""
    names = {panel.id: panel.title for panel in board.panels}
    for index, step in enumerate(board.steps):
        for lane in board.lanes:
            moods = (row[index] for row in (lane.moods, lane.intended) if row)
            for mood in moods:
                if mood is not None:
                    yield step.id, _felt(mood, step.title, lane.title, board)
            for card in lane.cells[index]:
                yield from _rows(card, "", step.title, lane.title, board, names)
    for card in board.tray:
        yield from _rows(card, "", board.said.tray[0], "", board, names)


def _felt(mood: Mood, step: str, lane: str, board: Board) -> tuple[Cell, ...]:
    basis = dict(board.said.legend).get(mood.basis, "")
    return (step, lane, lane, f"{lane} {mood.short}", "", basis, mood.said, "", "", "")


def _rows(
    card: Card, on: str, step: str, lane: str, board: Board, names: dict[str, str]
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    figure = card.figure
    said = "; ".join((*(tag.word for tag in card.tags), *card.lines))
    kept = (
        ""
        if figure is None
        else " ".join(filter(None, (figure.verdict.shape, figure.share, figure.verdict.word)))
    )
    if figure is not None and figure.detail:
        kept = f"{kept}; {figure.detail}"
    cells = (
        step,
        lane,
        card.kind,
        card.title,
        on,
        dict(board.said.legend).get(card.basis, ""),
        said,
        kept,
        "" if figure is None else figure.norm,
        "; ".join(names[thread] for thread in card.threads),
    )
    yield card.id, cells
    for inner in card.inner:
        yield from _rows(inner, card.title, step, lane, board, names)
