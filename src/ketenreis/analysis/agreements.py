"""What have departments agreed about handing work over? Read from the chains of a model."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ketenreis.model import Element, Model
from ketenreis.quantity import Duration


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two departments agreed about one handover.

    Attributes:
        handover: The element of the model.
        giver, receiver: The two departments; None where a link names none.
        within: How soon it is picked up: of two statements that differ, the stricter; None when nobody said.
        complete_when: When it is complete, in the words of either side; empty when nobody said.
    """

    handover: Element
    giver: Element | None
    receiver: Element | None
    within: Duration | None
    complete_when: tuple[str, ...]

    @property
    def seconds(self) -> float | None:
        """The time agreed, where it runs on the clock on the wall; None for working days, or when none is."""
        return self.within.microseconds / 1e6 if self.within is not None and self.within.is_calendar else None

    @property
    def is_agreed(self) -> bool:
        """Whether anything was said: how soon, or when it is complete."""
        return self.within is not None or bool(self.complete_when)


def agreements(model: Model) -> tuple[Agreement, ...]:
    """Every handover of a model with what was agreed about it, in the order of the model."""
    return tuple(_agreement(model, handover) for handover in model.of_kind("handover"))


def _agreement(model: Model, handover: Element) -> Agreement:
    within = [said for said in _sides(handover, "within") if isinstance(said, Duration)]
    return Agreement(
        handover,
        _department(model, handover, "from"),
        _department(model, handover, "to"),
        min(within, key=_length, default=None),
        tuple(dict.fromkeys(str(said) for said in _sides(handover, "complete_when"))),
    )


def _department(model: Model, handover: Element, end: str) -> Element | None:
    """The department of the chain link at one end."""
    link = model.target(handover.id, end)
    return model.target(link.id, "department") if link else None


def _sides(handover: Element, field: str) -> Iterator[object]:
    """What each side said; one value stands for both."""
    said = handover.get(field)
    yield from said.values() if isinstance(said, Mapping) else (() if said is None else (said,))


def _length(said: Duration) -> tuple[bool, float]:
    """Orders durations; of a time on the wall and one in working days, the former is taken: it can be measured."""
    return (
        not said.is_calendar,
        float(said.microseconds if said.is_calendar else said.amount),
    )
