"""A Markdown table from rows."""

# ruff: noqa: INP001  # a part of the script docs/generate.py, which is no package

from collections.abc import Iterable, Iterator


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a table, and an empty one after it."""
    names = list(head)
    yield _row(*names)
    yield _row(*("---" for _ in names))
    yield from (_row(*row) for row in rows)
    yield ""


def _row(*cells: object) -> str:
    """A row; a bar in a cell would end it."""
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
