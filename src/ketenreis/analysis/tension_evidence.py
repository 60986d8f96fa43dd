"""What speaks for either side of a tension: minutes and hours on the one, open questions and repeat contacts on the other?

Contacts of cases with and without an event are compared as they went. That is an association and no proof: the cases may
differ in more than this event.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ketenreis.analysis.contacts import is_contact, our_side
from ketenreis.analysis.operations import Operation
from ketenreis.analysis.rejudged import YEAR_US, a_year
from ketenreis.analysis.tension_rules import Side
from ketenreis.analysis.tensions import Tension
from ketenreis.analysis.workload import Range, workload
from ketenreis.analysis.yields import z_for
from ketenreis.events.store import EventStore
from ketenreis.measure.contact_counts import ContactCounts, contact_counts
from ketenreis.measure.figures import SMALLEST_GROUP
from ketenreis.model import Element, Model

Missing = Literal["", "minutes", "events", "unseen", "contacts", "few"]
"""Why it cannot be said: nobody wrote minutes or volume; there are no events; the events know nothing of it; the model names
no contact of customers; fewer than five cases with or without it."""


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
class Evidence:
    """One thing that speaks for a side.

    Attributes:
        name: Which it is: minutes, hours, posts, money, questions, requirements, signals, contacts, extra_contacts, cases.
        about: The elements it is about.
        amount: How much, as a range: minutes each time, hours, posts, money, contacts or cases a year; None where it is no number.
        compared: For contacts: both groups of cases.
        missing: Why it cannot be said; empty when it can.
    """

    name: str
    about: tuple[Element, ...] = ()
    amount: Range | None = None
    compared: Compared | None = None
    missing: Missing = ""


def evidence(
    model: Model, tension: Tension, store: EventStore | None = None
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """What speaks for the first side, and what for the second.

    Args:
        model: The model in which the tension was found.
        tension: Which.
        store: The events; without them the model alone speaks, and it is said that more cannot be.

    Returns:
        For each side, the weightiest first; a side may have nothing to show but its own words.
    """
    first, second = tension.sides
    return (
        tuple(_of_work(model, tension, first)),
        (*_of_work(model, tension, second), *_of_needs(model, tension, store)),
    )


def _of_work(model: Model, tension: Tension, side: Side) -> Iterator[Evidence]:
    """Minutes and hours: of what goes or gets shorter, or of the scarce role in what an initiative works on."""
    if side.operation is not None and side.operation.intent in ("remove", "shorten", "merge", "automate"):
        yield from _saved(model, _activities(model, tension, side.operation))


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
    yield Evidence("contacts", events, None, compared, missing)
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
