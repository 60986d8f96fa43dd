"""How does a blueprint show what differs? Every card says in a word and a mark what happened to it."""

from collections.abc import Mapping
from dataclasses import replace

from ketenreis.render.blueprint.board import Board, Card, Step, Tag


def with_marks(board: Board, said: Mapping[str, str]) -> Board:
    """A board of which the cards and the heads of columns say what happened to them.

    Args:
        board: As it is drawn.
        said: The words by id of the element; of a card without words nothing happened.
    """
    return replace(
        board,
        steps=tuple(_step(step, said) for step in board.steps),
        lanes=tuple(
            replace(lane, cells=tuple(tuple(_card(card, said) for card in cell) for cell in lane.cells))
            for lane in board.lanes
        ),
        tray=tuple(_card(card, said) for card in board.tray),
    )


def _card(card: Card, said: Mapping[str, str]) -> Card:
    inner = tuple(_card(one, said) for one in card.inner)
    return replace(card, inner=inner, tags=(*_tag(card.id, said), *card.tags))


def _step(step: Step, said: Mapping[str, str]) -> Step:
    return replace(step, tags=(*_tag(step.id, said), *step.tags))


def _tag(name: str, said: Mapping[str, str]) -> tuple[Tag, ...]:
    return (Tag(said[name], "moment"),) if name in said else ()
