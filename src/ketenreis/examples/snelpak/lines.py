"""Which lines do the systems of Snelpak write, and how are they collected?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ketenreis.examples.generator import BLOCK, Truth, Whole

CASES: Whole = np.arange(BLOCK, dtype=np.int64)
"""The cases of a block, by their place in it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of line.

    Attributes:
        label: As the system writes it.
        origin: For a scan, the crew that carries the scanner; for a text, its channel.
        people: How many carry such a scanner.
        by_shop: Whether the shop sends such a text; otherwise Snelpak does.
    """

    label: str
    origin: str = ""
    people: int = 0
    by_shop: bool = False


SCANS = (
    Kind("Gereed bij winkel", "Webwinkel"),
    Kind("Opgehaald", "Ophaaldienst", 40),
    Kind("Gelost bij sorteercentrum", "Ophaaldienst", 40),
    Kind("In sorteercentrum", "Sorteercentrum", 25),
    Kind("Gesorteerd", "Sorteercentrum", 25),
    Kind("Gelost bij depot", "Sorteercentrum", 25),
    Kind("In depot", "Depot", 30),
    Kind("Klaar voor rit", "Depot", 30),
    Kind("In bus", "Koerier", 120),
    Kind("Niet thuis", "Koerier", 120),
    Kind("Afgeleverd", "Koerier", 120),
)
"""Every kind of scan, in the order of the chain."""

TEXTS = (
    Kind("Pakket aangemeld", "e-mail"),
    Kind("Pakket bij ons", "e-mail"),
    Kind("Komt eraan", "e-mail", by_shop=True),
    Kind("Tijdvak bekend", "e-mail"),
    Kind("Morgen bezorgd", "sms"),
    Kind("Bezorger onderweg", "sms"),
    Kind("Niemand thuis", "sms"),
    Kind("Nieuwe afspraak", "e-mail"),
    Kind("Pakket bezorgd", "e-mail"),
)
"""Every kind of text that the message gateway sends."""

CALLS = (
    Kind("Waar is mijn pakket"),
    Kind("Bezorging wijzigen"),
    Kind("Vraag over een bericht"),
    Kind("Iets anders"),
)
"""What a caller can choose from."""


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
