"""During which time does an event that names only the customer belong to a delivery? What a mapping's `join` says of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from ketenreis.errors import MappingError, QuantityError
from ketenreis.quantity import Duration

KEYS = ("to", "since", "until", "grace")


@dataclass(frozen=True, slots=True)
class Period:
    """Objects of which type take an event in, and from when to when each of them does.

    Attributes:
        to: The type of the objects.
        since: Label or element of the event that begins the period; "" for the first event of the object.
        until: Label or element of the event that ends it: the last of these. An object without one is still under way.
            "" for what closes objects of this type, or else their last event.
        grace: How much longer it lasts.

    Example:
        >>> Period.read({"to": "delivery", "until": "Afgeleverd", "grace": "2 days"}, "the mapping").grace_us
        172800000000
    """

    to: str
    since: str = ""
    until: str = ""
    grace: Duration | None = None

    @property
    def grace_us(self) -> int:
        """How much longer it lasts, in microseconds; a day is 24 hours."""
        return self.grace.microseconds if self.grace else 0

    @classmethod
    def read(cls, said: object, place: str) -> "Period":
        """A period from plain values: the name of a type, or a table with `to` and more.

        Raises:
            MappingError: A key is unknown, `to` is not there, or `grace` is no length of clock time.
        """
        if isinstance(said, str):
            return cls(said)
        if not isinstance(said, Mapping) or not all(isinstance(each, str) for each in said.values()):
            raise MappingError(
                f"{place} takes the name of a type, or `{{to: …, until: …, grace: …}}`, not {said!r}."
            )
        if odd := [key for key in said if key not in KEYS]:
            raise MappingError(f"{place} has a key `{odd[0]}`; the keys are {', '.join(KEYS)}.")
        if not said.get("to"):
            raise MappingError(f"{place} does not say `to` which type its events are given.")
        grace = None
        if "grace" in said:
            try:
                grace = Duration.parse(said["grace"])
            except QuantityError as error:
                raise MappingError(f"{place}: `grace`: {error}") from error
            if not grace.is_calendar:
                raise MappingError(
                    f"{place}: `grace` is a length of clock time, such as 2 days; not {grace}."
                )
        return cls(said["to"], said.get("since", ""), said.get("until", ""), grace)

    def plain(self) -> str | dict[str, str]:
        """The period as it is written: the name of the type where nothing more is said."""
        more = {
            "since": self.since,
            "until": self.until,
            "grace": str(self.grace) if self.grace else "",
        }
        said = {key: value for key, value in more.items() if value}
        return {"to": self.to, **said} if said else self.to
