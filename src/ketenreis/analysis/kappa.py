"""Do two people who label the same work agree, more than chance would make them?

Whether work adds value and whether a contact was avoidable is somebody's judgement. Two people label the same activities,
each in a model of their own, without seeing what the other says; only what both labelled is compared.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist
from types import MappingProxyType

from ketenreis.analysis.yields import Interval
from ketenreis.measure.figures import SMALLEST_GROUP
from ketenreis.model import KIND, Element, Field, Model

LABELS = (("value",), ("waste",), ("contact", "demand"), ("contact", "purpose"), ("shell",))
"""The judgements of an activity, each by the way to its field."""
_TESTS = ("value_test",)
"""The answers behind a judgement, which would give it away."""
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Kappa:
    """How far two raters agree.

    Attributes:
        n: How many were labelled by both.
        observed: The share to which both gave the same label.
        expected: The share to be expected when each gave their own labels by chance, as often as they did.
        value: Agreement beyond chance: 1 when they always agree, 0 when no more than by chance; null when chance alone makes
            them agree, for both gave everything the same label.
        interval: 95% interval of it, from a large-sample standard error; null likewise.
    """

    n: int
    observed: float
    expected: float
    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """How far two raters agree on one judgement.

    Attributes:
        field: Its row in the metamodel.
        kappa: How far they agree.
        differing: Ids of the activities that they labelled differently.
    """

    field: Field
    kappa: Kappa
    differing: tuple[str, ...]


def kappa(pairs: Iterable[tuple[str, str]]) -> Kappa | None:
    """Cohen's kappa of the labels that two raters gave the same things.

    Args:
        pairs: Of each thing the label of the one and of the other.

    Returns:
        The agreement; null with fewer than five things.

    Source:
        Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20(1), 37-46.
        Its standard error: Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969), Large sample standard errors of kappa and
        weighted kappa, Psychological Bulletin 72(5), 323-327.

    Example:
        >>> found = kappa([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15)
        >>> found.observed, round(found.expected, 3), round(found.value, 3)
        (0.7, 0.5, 0.4)
    """
    counted = Counter(pairs)
    n = counted.total()
    if n < SMALLEST_GROUP:
        return None
    ones, others = Counter[str](), Counter[str]()
    for (one, other), number in counted.items():
        ones[one] += number
        others[other] += number
    same = sum(number for (one, other), number in counted.items() if one == other)
    by_chance = sum(number * others[label] for label, number in ones.items())
    observed, expected = same / n, by_chance / n**2
    if by_chance == n**2:
        return Kappa(n, observed, expected, None, None)
    value = (observed - expected) / (1 - expected)
    spread = (
        sum(
            number / n * (1 - (ones[one] + others[one]) / n * (1 - value)) ** 2
            if one == other
            else number / n * ((others[one] + ones[other]) / n * (1 - value)) ** 2
            for (one, other), number in counted.items()
        )
        - (value - expected * (1 - value)) ** 2
    )
    error = math.sqrt(max(0.0, spread) / n) / (1 - expected)
    return Kappa(
        n, observed, expected, value, Interval(max(-1.0, value - _Z * error), min(1.0, value + _Z * error))
    )


def agreement(one: Model, other: Model) -> tuple[Labelled, ...]:
    """How far two people agree who labelled the same activities, each in a model of their own.

    Args:
        one: The model with the labels of the one.
        other: That with those of the other.

    Returns:
        By judgement, those that both made of at least five activities.

    Example:
        >>> from ketenreis.notation import read_text
        >>> def labelled(*values):
        ...     rows = ", ".join(f"{{id: a{n}, value: {value}}}" for n, value in enumerate(values))
        ...     return read_text(f"processes: [{{id: p, activities: [{rows}]}}]").model
        >>> one, other = labelled(*["adding"] * 5), labelled(*["adding"] * 4, "waste")
        >>> [(found.field.name, found.kappa.observed, found.differing) for found in agreement(one, other)]
        [('value', 0.8, ('a4',))]
    """
    return tuple(found for way in LABELS if (found := _labelled(one, other, way)) is not None)


def unlabelled(model: Model) -> Model:
    """The same model without any judgement of its activities: for somebody who judges them afresh."""
    return Model.of((_without_labels(one) if one.kind == "activity" else one for one in model), model.edges)


def filled_in(model: Model, other: Model) -> Model:
    """The same model with the judgements of another where it holds none: then only what both judged can differ."""
    return Model.of(
        (
            _with_labels(one, other[one.id]) if one.kind == "activity" and one.id in other else one
            for one in model
        ),
        model.edges,
    )


def _without_labels(activity: Element) -> Element:
    gone = {way[0] for way in (*LABELS, _TESTS)}
    fields = {name: value for name, value in activity.fields.items() if name not in gone}
    return replace(activity, fields=MappingProxyType(fields))


def _with_labels(activity: Element, other: Element) -> Element:
    fields = dict(activity.fields)
    for way in (*LABELS, _TESTS):
        theirs, mine = other.get(way[0]), fields.get(way[0])
        if len(way) == 1:
            fields.setdefault(way[0], theirs)
        elif isinstance(theirs, Mapping) and way[1] in theirs:
            own = mine if isinstance(mine, Mapping) else {}
            fields[way[0]] = MappingProxyType({way[1]: theirs[way[1]], **own})
    said = {name: value for name, value in fields.items() if value is not None}
    return replace(activity, fields=MappingProxyType(said))


def _labelled(one: Model, other: Model, way: tuple[str, ...]) -> Labelled | None:
    pairs = {
        activity.id: (mine, theirs)
        for activity in one.of_kind("activity")
        if activity.id in other
        and (mine := _said(activity.fields, way)) is not None
        and (theirs := _said(other[activity.id].fields, way)) is not None
    }
    found = kappa(pairs.values())
    if found is None:
        return None
    differing = tuple(name for name, (mine, theirs) in pairs.items() if mine != theirs)
    return Labelled(_row(way), found, differing)


def _said(fields: Mapping[str, object], way: tuple[str, ...]) -> str | None:
    said: object = fields
    for name in way:
        said = said.get(name) if isinstance(said, Mapping) else None
    return said if isinstance(said, str) else None


def _row(way: tuple[str, ...]) -> Field:
    def inside(fields: Iterable[Field]) -> Iterator[Field]:
        for field in fields:
            yield field
            yield from inside(field.fields)

    return next(field for field in inside(KIND["activity"].fields) if field.name == way[-1])
