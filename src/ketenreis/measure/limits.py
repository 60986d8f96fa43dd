"""Limits as SQL: constant, versioned in time, or carried by the case; applied to facts, never part of them."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from ketenreis.calendars import Calendar
from ketenreis.errors import UnknownAttributeError
from ketenreis.measure.clocks import Table
from ketenreis.measure.log import Log
from ketenreis.measure.predicates import microseconds
from ketenreis.quantity import Attribute, Duration, Limit
from ketenreis.requirements import Norm, Requirement


@dataclass(frozen=True, slots=True)
class Limits:
    """The norms of one requirement, ready to be written for any moment they are asked at.

    Attributes:
        norms: Oldest first. The first also holds before its own day.
        calendar: What working days are counted by; None where nothing is.
        tolerance: Slack of the measurement, added to each limit of time; counts and totals have none.
    """

    norms: tuple[Norm, ...]
    tolerance: Limit | None
    log: Log
    zone: ZoneInfo
    calendar: Calendar | None = None

    @classmethod
    def of(
        cls,
        wanted: Requirement,
        log: Log,
        zone: ZoneInfo,
        calendar: Calendar | None,
        *,
        newest_only: bool = False,
    ) -> "Limits":
        """The limits of a requirement; only the newest norm, to judge the past as if it had always held."""
        return cls(wanted.norms[-1:] if newest_only else wanted.norms, wanted.tolerance, log, zone, calendar)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of deadlines that its working days need."""
        days = [limit.amount for limit in self._in_days()]
        return tuple(Table(self.calendar, int(n)) for n in dict.fromkeys(days)) if self.calendar else ()

    def joins(self, anchor: str) -> str:
        """Joins those tables by the moment of an activation."""
        return "".join(table.join(f"d{table.days}", anchor) for table in self.tables)

    def _in_days(self) -> list[Duration]:
        limits = [norm.limit for norm in self.norms]
        return [limit for limit in limits if isinstance(limit, Duration) and not limit.is_calendar]

    def since(self, norm: Norm) -> int:
        """The first microsecond on which a norm holds: local midnight of its day."""
        if norm.since is None:
            return -(2**62)
        return microseconds(datetime.combine(norm.since, time(), self.zone))

    def distance(self, anchor: str) -> str | None:
        """How far from an activation its target may be, in microseconds; None when nothing limits it."""
        slack = self.slack_us

        def write(limit: Limit | None) -> str | None:
            if isinstance(limit, Duration) and limit.is_calendar:
                return str(limit.microseconds + slack)
            if isinstance(limit, Duration):  # a deadline is the first moment that is too late
                return f"d{int(limit.amount)}.deadline_us - {anchor} + {slack - 1}"
            if isinstance(limit, Attribute):
                return (
                    f"{self._moment(limit)} + {slack} - {anchor}"
                    if slack
                    else f"{self._moment(limit)} - {anchor}"
                )
            return None

        return self._versions(anchor, [write(norm.limit) for norm in self.norms])

    def moment(self, anchor: str) -> str:
        """The last moment that is still in time."""
        slack = self.slack_us
        written = [
            f"{self._moment(norm.limit)} + {slack}" if isinstance(norm.limit, Attribute) else None
            for norm in self.norms
        ]
        return self._versions(anchor, written) or "CAST(NULL AS BIGINT)"

    def number(self, anchor: str, scale: int = 0) -> str:
        """The largest number that is still allowed, scaled like the values it is held against."""

        def write(limit: Limit | None) -> str | None:
            if isinstance(limit, Decimal):
                return f"{limit * 10**scale:f}"
            if isinstance(limit, Attribute):
                column = self.log.column(limit.name)
                if column.level != "case" or not (column.type == "number" or column.is_empty):
                    raise UnknownAttributeError(
                        f"{limit.name!r} is not a number of the case: it cannot be this limit."
                    )
                power = 10 ** (scale - column.scale) if scale >= column.scale else 1
                return (
                    f"k.{column.column} * {power}"
                    if scale >= column.scale
                    else f"k.{column.column} / {10 ** (column.scale - scale)}.0"
                )
            return None

        return self._versions(anchor, [write(norm.limit) for norm in self.norms]) or "CAST(NULL AS BIGINT)"

    def missing(self, anchor: str) -> str | None:
        """True when the norm in force is an attribute that the case does not have; None when that cannot be."""
        written = [
            f"CASE WHEN k.{self.log.column(norm.limit.name).column} IS NULL THEN 1 ELSE 0 END"
            if isinstance(norm.limit, Attribute)
            else None
            for norm in self.norms
        ]
        if not any(written):
            return None
        return f"{self._versions(anchor, [text or '0' for text in written])} = 1"

    def _versions(self, anchor: str, written: list[str | None]) -> str | None:
        """Chooses among the norms by the time of the anchor."""
        if not any(written):
            return None
        texts = [text or "CAST(NULL AS BIGINT)" for text in written]
        if len(texts) == 1:
            return texts[0]
        later = [self.since(norm) for norm in self.norms[1:]]
        cases = " ".join(
            f"WHEN {anchor} < {start} THEN {text}" for start, text in zip(later, texts[:-1], strict=True)
        )
        return f"CASE {cases} ELSE {texts[-1]} END"

    def _moment(self, limit: Attribute) -> str:
        column = self.log.column(limit.name)
        if column.level != "case" or not (column.type == "moment" or column.is_empty):
            raise UnknownAttributeError(
                f"{limit.name!r} is not a moment of the case: as a limit of time it must be one, such as a deadline."
            )
        return f"k.{column.column}"

    @property
    def slack_us(self) -> int:
        """The slack of the measurement, in microseconds."""
        return self.tolerance.microseconds if isinstance(self.tolerance, Duration) else 0
