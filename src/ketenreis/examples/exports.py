"""How do the systems of an invented organisation write what they know, a file each?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from ketenreis.examples.generator import blocks, write_csv

D = TypeVar("D")
P = TypeVar("P")

Rows = Callable[[D, slice, P, Mapping[str, str]], Iterator[str]]
"""The rows of one export as text: of what was drawn, which part, what is true of the organisation, other names for labels."""


@dataclass(frozen=True)  # with slots Python 3.11 refuses a dataclass of two types
class Exports(Generic[D, P]):
    """What the systems of one organisation export.

    Attributes:
        draw: Draws a block of its cases, or a part of it, as arrays: of what is true of the organisation, which of the many
            possible years this is, the number of the block, and which of its cases the lines are of.
        parameters: What is true of the organisation.
        files: Of each file its name, its header and its rows.
    """

    draw: Callable[[P, int, int, slice], D]
    parameters: P
    files: tuple[tuple[str, tuple[str, ...], Rows[D, P]], ...]

    def write(
        self,
        folder: Path,
        cases: int = 20_000,
        seed: int = 1,
        labels: Mapping[str, str] | None = None,
        *,
        first: int = 0,
    ) -> tuple[Path, ...]:
        """Writes every file as its own system would: what `examples.write_raw` asks, in the order of the files."""
        renamed = labels or {}
        # A block is drawn once for each file, so that no more than one block is ever held.
        return tuple(
            write_csv(
                Path(folder) / f"{name}.csv",
                columns,
                (
                    rows(self.draw(self.parameters, seed, block, part), part, self.parameters, renamed)
                    for block, part in blocks(first, cases)
                ),
                renamed,
            )
            for name, columns, rows in self.files
        )
