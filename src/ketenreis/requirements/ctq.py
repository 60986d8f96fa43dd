"""A CTQ as a requirement that can be judged, and what it still lacks to be one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ketenreis.conditions import Condition
from ketenreis.model import Element
from ketenreis.quantity import Attribute, Duration, Limit, Share
from ketenreis.requirements.measure import Measure
from ketenreis.requirements.patterns import PATTERN, LimitType


@dataclass(frozen=True, slots=True)
class Norm:
    """How far one case may go, what share of cases must make it, and since when.

    Attributes:
        share: The part of the judged cases that must make the limit.
        limit: None for patterns that need none.
        since: First day it holds; None for always.
        origin, source: Where it comes from.
    """

    share: Share
    limit: Limit | None = None
    since: date | None = None
    origin: str | None = None
    source: str | None = None

    @property
    def asked(self) -> float:
        """The share that it asks, from 0 to 1."""
        return float(self.share.value)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Cases that do not count, and why."""

    where: Condition
    reason: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A CTQ, ready to be judged.

    Attributes:
        id, name: Of the CTQ.
        object: The type of object it is about; None for the workspace's usual one.
        measure: None while it has none.
        norms: Oldest first; the first holds from the beginning when it has no day.
        population: Cases outside it are excluded.
        exclusions: Further cases that do not count.
        tolerance: Slack of the measurement, added to every limit.
    """

    id: str
    name: str
    object: str | None = None
    measure: Measure | None = None
    norms: tuple[Norm, ...] = ()
    population: Condition | None = None
    exclusions: tuple[Exclusion, ...] = ()
    target: Limit | None = None
    tolerance: Limit | None = None

    def norm_on(self, day: date) -> Norm | None:
        """The norm in force on a day; the first one for days before all of them."""
        started = [norm for norm in self.norms if norm.since is None or norm.since <= day]
        return started[-1] if started else (self.norms[0] if self.norms else None)


def requirement(ctq: Element) -> Requirement:
    """Makes a requirement of a CTQ element.

    Args:
        ctq: The element, as a model holds it.

    Returns:
        What is asked of which objects, from when on; what the element lacks stays empty, and `gaps` names it.

    Example:
        >>> from decimal import Decimal
        >>> requirement(Element("fast", "ctq", None, {"name": "Fast", "tolerance": Decimal("0.1")})).norms
        ()
    """
    fields: Mapping[str, Any] = ctq.fields
    norms = [Norm(**row) for row in fields.get("norms", ()) if "share" in row]
    return Requirement(
        ctq.id,
        ctq.name,
        fields.get("object"),
        fields.get("measure"),
        tuple(sorted(norms, key=lambda norm: norm.since or date.min)),
        fields.get("population"),
        tuple(
            Exclusion(row["where"], row["reason"]) for row in fields.get("exclusions", ()) if "where" in row
        ),
        fields.get("target"),
        fields.get("tolerance"),
    )


def limit_type(limit: Limit) -> tuple[LimitType, ...]:
    """The kinds of limit that a written limit may stand for.

    Example:
        >>> from ketenreis.quantity import parse_limit
        >>> limit_type(parse_limit("1 hour")), limit_type(parse_limit("3")), limit_type(parse_limit("deadline"))
        (('duration',), ('whole', 'number'), ('moment', 'whole', 'number'))
    """
    if isinstance(limit, Duration):
        return ("duration",)
    if isinstance(limit, Attribute):
        return ("moment", "whole", "number")
    return ("whole", "number") if limit == limit.to_integral_value() else ("number",)


def gaps(wanted: Requirement) -> tuple[str, ...]:
    """Names what a CTQ still lacks before it can be judged; nothing when it is complete.

    Returns:
        Keys: "measure", "pattern", "norm", "limit", "limit_type", or "argument:<name>".
    """
    if wanted.measure is None:
        return ("measure",) if wanted.norms else ("measure", "norm")
    pattern = PATTERN.get(wanted.measure.pattern)
    if pattern is None:
        return ("pattern",)
    found = [
        f"argument:{argument.name}"
        for argument in pattern.arguments
        if argument.required and wanted.measure.get(argument.name) is None
    ]
    if not wanted.norms:
        found.append("norm")
    limits = [norm.limit for norm in wanted.norms]
    if pattern.needs_limit and None in limits:
        found.append("limit")
    if any(limit is not None and not set(limit_type(limit)) & set(pattern.limits) for limit in limits):
        found.append("limit_type")
    return tuple(found)
