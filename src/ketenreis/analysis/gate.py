"""What is an answer on the readiness of a chain made of? Remarks with a colour, and the figures that they rest on.

An answer has the colour of its worst remark, and the gate that of the worst answer, in the order red, amber, unknown,
green: never an average. So a chain without an owner is red, whatever else is in order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from ketenreis.analysis.chain_scope import Scope
from ketenreis.analysis.yields import Interval
from ketenreis.model import Element

Colour = Literal["red", "amber", "unknown", "green"]
COLOURS: tuple[Colour, ...] = ("red", "amber", "unknown", "green")
"""The worst first."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the events say of one requirement.

    Attributes:
        standing: met, not_met or cannot_say.
        share: Of the judged cases that kept it; None where none was judged.
        n: How many were judged.
        interval: 95% interval of the share.
        asked: The share that the norm asks; None without a norm.
        stable: Whether the weeks show nothing but ordinary variation; None when that cannot be said.
        latest: Whether the last signal on the control chart lies above or below its centre; "" without a signal.
    """

    standing: Literal["met", "not_met", "cannot_say"]
    share: float | None = None
    n: int = 0
    interval: Interval | None = None
    asked: float | None = None
    stable: bool | None = None
    latest: Literal["above", "below", ""] = ""


@dataclass(frozen=True, slots=True)
class Passing:
    """What the events say of one handover.

    Attributes:
        cases: In how many cases work passed.
        p90: Seconds within which nine of ten were picked up.
        complete: The share of cases in which nothing came straight back.
        in_time: The share picked up within the time agreed; None where none is.
    """

    cases: int
    p90: float
    complete: float
    in_time: float | None = None


@dataclass(frozen=True, slots=True)
class ChainFigures:
    """What was measured of a chain, as far as readiness asks for it.

    Attributes:
        verdicts: By requirement.
        handovers: By handover.
        right, judged: The share of cases in which everything went right at once, and of how many; None without any.
        until: The day of the last event.
    """

    verdicts: Mapping[str, Verdict] = field(default_factory=lambda: MappingProxyType({}))
    handovers: Mapping[str, Passing] = field(default_factory=lambda: MappingProxyType({}))
    right: float | None = None
    judged: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that an answer rests on; `key` names its sentence and, where something lacks, the next move."""

    colour: Colour
    key: str
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one of the twelve questions."""

    question: str
    remarks: tuple[Remark, ...]

    @property
    def colour(self) -> Colour:
        """That of its worst remark."""
        return worst(remark.colour for remark in self.remarks)

    @property
    def lacking(self) -> tuple[Remark, ...]:
        """What keeps it from green, the worst first."""
        found = (remark for remark in self.remarks if remark.colour != "green")
        return tuple(sorted(found, key=lambda remark: COLOURS.index(remark.colour)))

    @property
    def there(self) -> tuple[Remark, ...]:
        """What is in order."""
        return tuple(remark for remark in self.remarks if remark.colour == "green")


@dataclass(frozen=True, slots=True)
class Readiness:
    """The readiness of one chain.

    Attributes:
        scope: What belongs to the chain.
        answers: To the twelve questions, in order.
        base: The requirements that the base rests on, with their verdicts; `cannot_say` without events.
        right, judged: First time right, and of how many cases.
    """

    scope: Scope
    answers: tuple[Answer, ...]
    base: tuple[tuple[Element, Verdict], ...]
    right: float | None
    judged: int

    @property
    def gate(self) -> Colour:
        """That of the worst answer."""
        return worst(answer.colour for answer in self.answers)

    @property
    def base_colour(self) -> Colour:
        """Red when a base requirement is not met, unknown when there is none or one cannot be said, else green."""
        standings = {verdict.standing for _, verdict in self.base}
        if "not_met" in standings:
            return "red"
        return "unknown" if not standings or "cannot_say" in standings else "green"

    @property
    def in_order(self) -> bool:
        """Whether delight may be built on it: neither the gate nor the base is red."""
        return "red" not in (self.gate, self.base_colour)

    def __getitem__(self, question: str) -> Answer:
        """The answer to a question; KeyError for one that is not asked."""
        return {answer.question: answer for answer in self.answers}[question]


def worst(colours: Iterable[Colour]) -> Colour:
    """The worst of some colours; green of none."""
    return min(colours, key=COLOURS.index, default="green")
