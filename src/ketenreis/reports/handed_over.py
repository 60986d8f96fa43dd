"""How does work pass between departments, and is that what was agreed? Joins the handovers in the events with those of the model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

from ketenreis.analysis.agreements import Agreement, agreements
from ketenreis.analysis.yields import Interval, wilson
from ketenreis.errors import UnknownAttributeError
from ketenreis.events.mapping import read_mapping
from ketenreis.events.store import EventStore, ObjectType
from ketenreis.measure.handovers import Handovers, Pair, handovers
from ketenreis.model import Element, Model
from ketenreis.quantity import limit_text

ROLE = "department"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The handovers of a store beside the agreements of a model.

    Attributes:
        object_type: What passed: order, permit …
        found: What was counted.
        agreed: The agreements by the names that the events give to giver and receiver.
        unseen: Agreements of which the events show no handover, or fewer than five cases.
        unmapped: Values that are no department of the model, each with what the mapping says of it ("" for nothing).
        nameless: Departments with an agreement that the events know by no name of theirs.
    """

    object_type: str
    found: Handovers
    agreed: Mapping[tuple[str, str], Agreement] = field(default_factory=dict)
    unseen: tuple[Agreement, ...] = ()
    nameless: tuple[str, ...] = ()
    unmapped: Mapping[str, str] = field(default_factory=dict)

    def agreement(self, pair: Pair) -> Agreement | None:
        """What the two departments of a pair agreed, if anything."""
        return self.agreed.get((pair.giver, pair.receiver))


def handed_over(
    store: EventStore,
    model: Model | None = None,
    *,
    attribute: str | None = None,
    object_type: str | None = None,
    between: tuple[int, int] | None = None,
) -> HandedOver:
    """Counts the handovers of a store, beside what a model says was agreed.

    Args:
        store: The events.
        model: Whose agreements; None for the counts alone. A department of the model is found in the events by what
            `departments` in the mapping says, else by its name or its id, whatever the case of the letters and whether
            one or several.
        attribute: The attribute that names the department; the one that the mapping calls so unless given.
        object_type: Which objects; the first type whose events name a department unless given.
        between: Only what was handed over from the first of these moments until before the second, in microseconds UTC.

    Returns:
        The counts and the agreements.

    Raises:
        UnknownAttributeError: No event names a department.
        PersonalSplitError: The attribute stands for persons.

    Example:
        On Belmij (`model`) and two hundred of its orders (`store`):

        >>> first = handed_over(store, model).found.pairs[0]
        >>> first.giver, first.receiver, first.handovers
        ('Post', 'Orderverwerking', 12)
    """
    stored, name = _where(store, attribute, object_type)
    values = stored.attribute(name).values
    said = _said(store, stored, name)
    called = _called(said, model)
    known = {_folded(one): one for one in (called.get(value, value) for value in values)}
    agreed: dict[tuple[str, str], Agreement] = {}
    nameless: list[str] = []
    for one in agreements(model) if model is not None else ():
        departments = [department for department in (one.giver, one.receiver) if department is not None]
        ends = [end for department in departments if (end := _named(department, known)) is not None]
        nameless += [each.name for each in departments if _named(each, known) is None]
        match ends:
            case [giver, receiver]:
                agreed.setdefault((giver, receiver), one)
    limits = {ends: one.seconds for ends, one in agreed.items()}
    found = handovers(
        store,
        name,
        stored.name,
        agreed={ends: seconds for ends, seconds in limits.items() if seconds is not None},
        called=called,
        between=between,
    )
    shown = {(pair.giver, pair.receiver) for pair in found.pairs}
    unseen = tuple(one for ends, one in agreed.items() if ends not in shown)
    alone = tuple(dict.fromkeys(nameless))
    strange = _unmapped(values, said, called, model)
    return HandedOver(stored.name, found, MappingProxyType(agreed), unseen, alone, MappingProxyType(strange))


def _said(store: EventStore, stored: ObjectType, attribute: str) -> Mapping[str, str]:
    """What the mappings of the sources of a type say of the values that name a department."""
    said: dict[str, str] = {}
    if stored.attribute(attribute).role == ROLE:
        for source in store.sources:
            if stored.name in source["objects"]:
                said |= read_mapping(store.folder / str(source["mapping"])).departments
    return said


def _called(said: Mapping[str, str], model: Model | None) -> dict[str, str]:
    """By value the department of the model that it stands for, by name; without a model what the mapping says."""
    if model is None:
        return dict(said)
    departments = {department.id: department.name for department in model.of_kind("department")}
    return {value: departments[id_] for value, id_ in said.items() if id_ in departments}


def _unmapped(
    values: Sequence[str], said: Mapping[str, str], called: Mapping[str, str], model: Model | None
) -> dict[str, str]:
    """The values that stand for no department of a model that has departments."""
    departments = model.of_kind("department") if model is not None else ()
    known = {_folded(each) for department in departments for each in (department.name, department.id)}
    open_ = [value for value in values if value not in called and _folded(value) not in known]
    return {value: said.get(value, "") for value in open_} if known else {}


def has_departments(store: EventStore) -> bool:
    """Whether some type of object has events that name a department."""
    return any(_departments(stored) for stored in store.types.values())


def _where(store: EventStore, attribute: str | None, object_type: str | None) -> tuple[ObjectType, str]:
    """The type of object and the attribute that say who had the work."""
    types = [store.type(object_type)] if object_type else list(store.types.values())
    if attribute is not None:
        stored = next((one for one in types if attribute in one.attributes), types[0])
        return stored, stored.attribute(attribute).name
    for stored in types:
        if found := _departments(stored):
            return stored, found[0]
    raise UnknownAttributeError(
        "No event names a department. Name its column in the mapping as `columns: {department: …}`, or the attribute here."
    )


def _departments(stored: ObjectType) -> list[str]:
    """The attributes of events that the mapping calls department."""
    return [
        one.name
        for one in stored.own_attributes
        if one.role == ROLE and one.level == "event" and one.type == "category" and not one.personal
    ]


def _folded(name: str) -> str:
    """A name without what people write in two ways: Depots and depot, back-office and Back office."""
    plain = " ".join(name.replace("-", " ").replace("_", " ").split()).casefold()
    return plain.removesuffix("s")


def _named(department: Element, known: Mapping[str, str]) -> str | None:
    """What the events call a department."""
    return known.get(_folded(department.name)) or known.get(_folded(department.id))


def kept(pair: Pair) -> tuple[float, Interval] | None:
    """The share of the handovers of a pair that was picked up in time, with its interval; None without a time agreed."""
    if pair.in_time is None or not pair.handovers:
        return None
    return pair.in_time / pair.handovers, _interval(pair.in_time, pair.handovers)


def complete(pair: Pair) -> tuple[float, Interval]:
    """The share of the cases of a pair in which nothing came straight back, with its interval."""
    return pair.complete_at_first, _interval(pair.cases - pair.returned_cases, pair.cases)


def _interval(part: int, whole: int) -> Interval:
    """No pair is without a case, so there always is one."""
    return cast("Interval", wilson(part, whole))


def handed_over_as_json(handed: HandedOver) -> dict[str, Any]:
    """The handovers as plain values: shares 0 to 1, seconds, null where nothing was agreed.

    Example:
        On Belmij (`model`) and two hundred of its orders (`store`):

        >>> handed_over_as_json(handed_over(store, model))["pairs"][0]["giver"]
        'Post'
    """
    found = handed.found
    return {
        "object": handed.object_type,
        "attribute": found.attribute,
        "handovers": found.handovers,
        "changes": found.changes,
        "unknown": found.unknown,
        "cases": found.cases,
        "returned_cases": found.returned_cases,
        "pairs": [_pair(pair, handed.agreement(pair)) for pair in found.pairs],
        "unseen": [_agreed(one) for one in handed.unseen],
        "nameless": list(handed.nameless),
        "unmapped": list(handed.unmapped),
    }


def _pair(pair: Pair, agreed: Agreement | None) -> dict[str, Any]:
    in_time = kept(pair)
    share, interval = complete(pair)
    return {
        "giver": pair.giver,
        "receiver": pair.receiver,
        "handovers": pair.handovers,
        "cases": pair.cases,
        "waits": {f"p{round(100 * share)}": seconds for share, seconds in pair.waits.items()},
        "returned": pair.returned,
        "returned_cases": pair.returned_cases,
        "ping_pong_cases": pair.ping_pong_cases,
        "complete_at_first": share,
        "complete_at_first_interval": [interval.low, interval.high],
        "agreement": None if agreed is None else _agreed(agreed),
        "in_time": pair.in_time,
        "in_time_share": in_time and in_time[0],
        "in_time_interval": in_time and [in_time[1].low, in_time[1].high],
    }


def _agreed(agreed: Agreement) -> dict[str, Any]:
    return {
        "id": agreed.handover.id,
        "name": agreed.handover.name,
        "within": agreed.within and limit_text(agreed.within),
        "complete_when": list(agreed.complete_when),
    }
