"""Which lines do the systems of an invented organisation write, and how are they collected?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ketenreis.examples.generator import BLOCK, Truth, Whole

CASES: Whole = np.arange(BLOCK, dtype=np.int64)
"""The cases of a block, by their place in it."""


class Kind(Protocol):
    """One kind of line: its label as the system writes it, and how many people may have written it."""

    @property
    def label(self) -> str:
        """As the system writes it."""
        ...

    @property
    def people(self) -> int:
        """How many may have written it; 0 for a machine."""
        ...


def labelled(kinds: Sequence[Kind], renamed: Mapping[str, str]) -> list[str]:
    """The labels of kinds of lines, some of them by another name."""
    return [renamed.get(kind.label, kind.label) for kind in kinds]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one export: of which case of the block, of which kind, when (UTC), and one number more."""

    case: Whole
    kind: Whole
    time: Whole
    extra: Whole

    def of(self, part: slice) -> "Lines":
        """Those of a part of the cases, by case, time and kind."""
        order = np.lexsort((self.kind, self.time, self.case))
        order = order[(self.case[order] >= part.start) & (self.case[order] < part.stop)]
        return Lines(self.case[order], self.kind[order], self.time[order], self.extra[order])

    def rows(self, text: Callable[[Whole], list[str]]) -> Iterator[tuple[int, int, str, int]]:
        """Line by line its case, its kind, its time as a system writes it, and the number more."""
        return zip(self.case.tolist(), self.kind.tolist(), text(self.time), self.extra.tolist(), strict=True)


class Log:
    """Collects the lines of one system; what lies after the export was never written down."""

    def __init__(self, random: np.random.Generator, kinds: Sequence[Kind], end: int) -> None:
        self.random, self.kinds, self.end = random, kinds, end
        self.code = {kind.label: code for code, kind in enumerate(kinds)}
        self.columns: list[tuple[Whole, Whole, Whole, Whole]] = []

    def add(self, label: str, time: Whole, where: Truth | None = None, extra: Whole | None = None) -> None:
        """Notes one kind of line for the cases where it happens, by anyone of its people unless `extra` says more."""
        code = self.code[label]
        if extra is None:
            people = self.kinds[code].people
            extra = self.random.integers(0, people, BLOCK) if people else np.full(BLOCK, -1)
        seen = np.flatnonzero(time < self.end if where is None else where & (time < self.end))
        self.columns.append((seen, np.full(seen.size, code), time[seen], extra[seen]))

    def lines(self) -> Lines:
        """Everything noted, kind by kind."""
        case, kind, time, extra = (np.concatenate(column) for column in zip(*self.columns, strict=True))
        return Lines(case, kind, time, extra)
