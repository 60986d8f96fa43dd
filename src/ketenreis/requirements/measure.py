"""A measure: a pattern with its arguments. And the events that its arguments speak of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from ketenreis.conditions import Condition


@dataclass(frozen=True, slots=True)
class EventClass:
    """The events a rule speaks of: those of any of these elements, at this moment of their life, where this holds.

    Attributes:
        elements: Ids of touchpoints or activities; none at all means every event.
        moment: "complete", or "start" for the moment the work began.
        where: What must hold on the event itself, or on its case.
    """

    elements: tuple[str, ...] = ()
    moment: Literal["complete", "start"] = "complete"
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """How a requirement is measured: a pattern by name, and its arguments by name. What was left out is absent."""

    pattern: str
    arguments: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def get(self, name: str) -> object:
        """The value of an argument; None where it was left out."""
        return self.arguments.get(name)

    def classes(self) -> Iterator[EventClass]:
        """Every event class among the arguments, those of a list of steps one by one."""
        for value in self.arguments.values():
            each = value if isinstance(value, tuple) else (value,)
            yield from (one for one in each if isinstance(one, EventClass))

    def parts(self) -> tuple[str, ...]:
        """The ids of the requirements it is made of; nothing where it is measured itself."""
        of = self.get("of")
        return tuple(str(part) for part in of) if isinstance(of, tuple) else ()

    def elements(self) -> tuple[str, ...]:
        """The ids it is measured at, each once, in order."""
        return tuple(dict.fromkeys(name for events in self.classes() for name in events.elements))
