"""What speaks for either side of a tension: minutes and hours on the one, open questions and repeat contacts on the other?

Contacts of cases with and without an event are compared as they went. That is an association and no proof: the cases may
differ in more than this event.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from ketenreis.analysis.contacts import Attributed, is_contact, our_side
from ketenreis.analysis.operations import Operation, operations
from ketenreis.analysis.rejudged import YEAR_US, a_year
from ketenreis.analysis.tension_rules import Side, work_behind
from ketenreis.analysis.tensions import Tension
from ketenreis.analysis.workload import HOURS_OF_A_POST, Range, workload
from ketenreis.analysis.yields import wilson, z_for
from ketenreis.events.store import EventStore
from ketenreis.measure import Counts
from ketenreis.measure.contact_counts import ContactCounts, contact_counts
from ketenreis.measure.figures import SMALLEST_GROUP
from ketenreis.model import Element, Model

Missing = Literal["", "minutes", "events", "unseen", "contacts", "few", "posts", "unjudged", "uncompared"]
"""Why it cannot be said: nobody wrote minutes or volume; there are no events; the events know nothing of it; the model names
no contact of customers; fewer than five cases with or without it; nobody wrote how many posts there are; no case was judged;
the events know no contact, or too few cases were kept or not kept to compare."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Contacts a case without an event beside those with it.

    Attributes:
        counts: What was counted.
        lacking, having: Contacts a case without the event, and with it.
        more: How many more without it, with its 95% interval; below 0 there are fewer.
    """

    counts: ContactCounts
    lacking: float
    having: float
    more: Range


@dataclass(frozen=True, slots=True)
class Judged:
    """What the events say of a requirement that two push at: its cases, and the contacts that go with not keeping it."""

    counts: Counts
    attributed: Attributed | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a side.

    Attributes:
        name: Which it is: minutes, hours, posts, money, questions, requirements, signals, contacts, extra_contacts, cases; of
            a scarce role asked, owns, load and capacity; of a measure that two push at freed, touched, kept, serving and attributed.
        about: The elements it is about.
        amount: How much, as a range: minutes each time, hours, posts, money, contacts or cases a year, or a share; None where
            it is no number.
        n: Of how many cases a share is.
        compared: For contacts: both groups of cases.
        missing: Why it cannot be said; empty when it can.
    """

    name: str
    about: tuple[Element, ...] = ()
    amount: Range | None = None
    n: int = 0
    compared: Compared | None = None
    missing: Missing = ""


def evidence(
    model: Model,
    tension: Tension,
    store: EventStore | None = None,
    judged: Mapping[str, Judged] = MappingProxyType({}),
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """What speaks for the first side, and what for the second.

    Args:
        model: The model in which the tension was found.
        tension: Which.
        store: The events; without them the model alone speaks, and it is said that more cannot be.
        judged: What the events say of the requirements that `pushed` names.

    Returns:
        For each side, the weightiest first; a side may have nothing to show but its own words.
    """
    first, second = tension.sides
    if tension.rule == "scarce_role":
        return tuple(_of_role(model, first)), tuple(_of_role(model, second))
    if tension.rule == "opposite_pushes":
        known = store is not None
        return (
            tuple(_of_push(model, tension, first, judged, known)),
            tuple(_of_push(model, tension, second, judged, known)),
        )
    return (
        tuple(_of_work(model, tension, first)),
        (*_of_needs(model, tension, store), *_of_work(model, tension, second)),
    )


def _of_work(model: Model, tension: Tension, side: Side) -> Iterator[Evidence]:
    """Minutes and hours of what goes or gets less; of what grows or moves the hours that it takes now, where these are known."""
    if side.operation is None:
        return
    if side.operation.intent in ("remove", "shorten", "merge", "automate"):
        yield from _saved(model, _activities(model, tension, side.operation))
        return
    work = {one.id: one for one in work_behind(model, side.operation.element) if one.kind == "activity"}
    now = _hours(model, "touched", tuple(work.values()))
    if now.amount is not None:
        yield now


def _activities(model: Model, tension: Tension, operation: Operation) -> tuple[Element, ...]:
    """The work that would go or get less: in what is removed, else of the element and behind it."""
    if operation.intent == "remove" and tension.gone:
        found = [name for name in tension.gone if model[name].kind == "activity"]
    else:
        inside = (operation.element, *model.within(operation.element.id))
        found = [one.id for one in inside if one.kind == "activity"]
    if not found:
        found = [
            one.id for one in model.targets(operation.element.id, "realised_by") if one.kind == "activity"
        ]
    return tuple(model[name] for name in sorted(found))


def _saved(model: Model, activities: tuple[Element, ...]) -> Iterator[Evidence]:
    minutes = [one.get("minutes") for one in activities]
    known = [float(each) for each in minutes if isinstance(each, Decimal)]
    if known:
        yield Evidence("minutes", activities, Range(sum(known), sum(known), sum(known)))
    organisation = (model.organisation,) if model.organisation is not None else ()
    asked = workload(Model.of(organisation), Model.of((*organisation, *activities)))
    if not asked.activities:
        if activities:
            yield Evidence("hours", activities, missing="minutes")
        return
    about = tuple(model[name] for name in asked.activities)
    yield Evidence("hours", about, asked.hours)
    yield Evidence("posts", about, asked.posts)
    if asked.money is not None:
        yield Evidence("money", about, asked.money)


def _of_role(model: Model, side: Side) -> Iterator[Evidence]:
    """What an initiative asks of a scarce role, beside all its work and the time that it has."""
    (role,) = side.holds
    if side.initiative is None:
        return
    performed = {work.id for work in model.sources(role.id, "performed_by")}
    touched = {
        work.id: work
        for one in operations(model)
        if one.initiative.id == side.initiative.id and one.intent != "remove"
        for work in work_behind(model, one.element)
        if work.id in performed
    }
    owned = tuple(
        one
        for one in (side.initiative, *model.children(side.initiative.id, "action"))
        if role in model.targets(one.id, "owned_by")
    )
    if touched:
        yield _hours(model, "asked", tuple(touched.values()))
    if owned:
        yield Evidence("owns", owned)
    yield _hours(model, "load", tuple(model[name] for name in sorted(performed)), (role,))
    posts = role.get("posts")
    if isinstance(posts, Decimal):
        few, many = (each * float(posts) for each in HOURS_OF_A_POST)
        yield Evidence("capacity", (role,), Range(few, (few + many) / 2, many))
    else:
        yield Evidence("capacity", (role,), missing="posts")


def _hours(
    model: Model, name: str, activities: tuple[Element, ...], about: tuple[Element, ...] = ()
) -> Evidence:
    """How many hours a year some work takes, as far as minutes and volume are known of all of it."""
    organisation = (model.organisation,) if model.organisation is not None else ()
    found = workload(Model.of(organisation), Model.of((*organisation, *activities)))
    if len(found.activities) < len(activities) or not activities:
        return Evidence(name, about or activities, missing="minutes")
    return Evidence(name, about or activities, found.hours)


def pushed(model: Model, tension: Tension) -> tuple[Element, ...]:
    """The requirements that two push at, themselves or by a KPI that points at them."""
    if tension.rule != "opposite_pushes":
        return ()
    held = tension.sides[0].holds
    near = (ctq for one in held for ctq in (one, *model.targets(one.id, "points_at")) if ctq.kind == "ctq")
    return tuple(dict.fromkeys(near))


def _of_push(
    model: Model, tension: Tension, side: Side, judged: Mapping[str, Judged], has_events: bool
) -> Iterator[Evidence]:
    """What its own operations touch; how the measure is kept now; the work for who wants less, the contacts for who wants more."""
    yield from _of_operations(model, side)
    for ctq in pushed(model, tension):
        found = judged.get(ctq.id)
        counts = found.counts if found is not None else Counts()
        interval = wilson(counts.fulfilled, counts.judged) if counts.judged >= SMALLEST_GROUP else None
        if interval is None or counts.attainment is None:
            missing: Missing = "unjudged" if has_events else "events"
            yield Evidence("kept", (ctq,), missing=missing)
        else:
            share = Range(interval.low, counts.attainment, interval.high)
            yield Evidence("kept", (ctq,), share, counts.judged)
        if side.push == "down":
            if serving := _serving(model, ctq):
                yield _hours(model, "serving", serving)
            continue
        priced = found.attributed if found is not None else None
        if priced is None or priced.a_year is None:
            yield Evidence("attributed", (ctq,), missing="uncompared" if has_events else "events")
        else:
            yield Evidence("attributed", (ctq,), priced.a_year)


def _of_operations(model: Model, side: Side) -> Iterator[Evidence]:
    """The work that the operations of an initiative take away, and the work that others of them add to."""
    if side.initiative is None:
        return
    mine = [one for one in operations(model) if one.initiative.id == side.initiative.id]
    for name, some in (
        ("freed", [one for one in mine if one.intent == "remove"]),
        ("touched", [one for one in mine if one.intent != "remove"]),
    ):
        work = {
            each.id: each
            for one in some
            for each in work_behind(model, one.element)
            if each.kind == "activity"
        }
        if work:
            yield _hours(model, name, tuple(work.values()))


def _serving(model: Model, ctq: Element) -> tuple[Element, ...]:
    """The work that keeps a requirement, itself or by its output."""
    near = (model.parent(one.id) if one.kind == "output" else one for one in model.sources(ctq.id, "serves"))
    return tuple(dict.fromkeys(one for one in near if one is not None and one.kind == "activity"))


def _of_needs(model: Model, tension: Tension, store: EventStore | None) -> Iterator[Evidence]:
    """What customers would miss: answers, kept requirements, and the contacts that come instead."""
    holds = tension.sides[1].holds
    for name, kinds in (("questions", ("question",)), ("requirements", ("ctq", "internal_requirement"))):
        if about := tuple(one for one in holds if one.kind in kinds):
            yield Evidence(name, about)
    if not tension.gone:
        return
    if heard := _signals(model, tension):
        yield heard
    events = tuple(sorted(name for name in tension.gone if model[name].kind in ("touchpoint", "activity")))
    yield from _contacts(model, tuple(model[name] for name in events), store)


def _signals(model: Model, tension: Tension) -> Evidence | None:
    """What customers and staff let us know about what would go, or about the step it stands in."""
    steps = {above.id for name in tension.gone if (above := model.parent(name, "step")) is not None}
    about = [
        signal for name in sorted(tension.gone | steps) for signal in model.sources(name, "about") if signal.kind == "signal"
    ]  # fmt: skip
    heard = tuple(dict.fromkeys(about))
    counts = [one.get("count") for one in heard]
    number = float(sum(each if isinstance(each, int) else 1 for each in counts))
    return Evidence("signals", heard, Range(number, number, number)) if heard else None


def _contacts(model: Model, events: tuple[Element, ...], store: EventStore | None) -> Iterator[Evidence]:
    """Contacts of customers with and without what would go, and how many cases a year that is about."""
    contacts = tuple(one for one in model.of_kind("touchpoint", "activity") if is_contact(one))
    counts = _counted(store, events, contacts, our_side(model)) if store is not None else None
    missing: Missing = (
        "events"
        if store is None
        else "contacts"
        if not contacts
        else "unseen"
        if counts is None
        else "few"
        if min(counts.having.cases, counts.lacking.cases) < SMALLEST_GROUP
        else ""
    )
    compared = compare(counts) if counts is not None and not missing else None
    yield Evidence("contacts", events, compared=compared, missing=missing)
    if store is None or counts is None:
        return
    years = ((store.last_us or 0) - (store.first_us or 0)) / YEAR_US
    cases = a_year(counts.having.cases, years)
    if cases is None:
        return
    hurt = Range(cases.low, cases.value, cases.high)
    if compared is not None:
        yield Evidence("extra_contacts", events, _product(compared.more, hurt))
    yield Evidence("cases", events, hurt)


def _counted(
    store: EventStore, events: tuple[Element, ...], contacts: tuple[Element, ...], ours: tuple[Element, ...]
) -> ContactCounts | None:
    """Counts the contacts where they start; only where the events do not know that, the work of answering them."""
    for kind in ("touchpoint", "activity"):
        named = [one.id for one in contacts if one.kind == kind]
        counts = contact_counts(store, [one.id for one in events], named, [one.id for one in ours])
        if counts is not None:
            return counts
    return None


def compare(counts: ContactCounts, confidence: float = 0.95) -> Compared | None:
    """How many more contacts a case has without the event; null when a group is too small to say.

    Source:
        Welch, B. L. (1938), The significance of the difference between two means when the population variances are unequal,
        Biometrika 29, 350-362; with the normal quantile, for groups of many cases.

    Example:
        >>> from ketenreis.measure.contact_counts import Tally
        >>> found = compare(ContactCounts("case", Tally(100, 20, 20, 20), Tally(100, 60, 60, 60)))
        >>> round(found.more.low, 2), round(found.more.middle, 2), round(found.more.high, 2)
        (0.28, 0.4, 0.52)
    """
    lacking, having = counts.lacking, counts.having
    if lacking.mean is None or having.mean is None or lacking.variance is None or having.variance is None:
        return None
    half = z_for(confidence) * math.sqrt(lacking.variance / lacking.cases + having.variance / having.cases)
    more = lacking.mean - having.mean
    return Compared(counts, lacking.mean, having.mean, Range(more - half, more, more + half))


def _product(one: Range, other: Range) -> Range:
    ends = [mine * its for mine in (one.low, one.high) for its in (other.low, other.high)]
    return Range(min(ends), one.middle * other.middle, max(ends))
