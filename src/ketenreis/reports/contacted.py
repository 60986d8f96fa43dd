"""How do the contacts that go with requirements not kept read, in a terminal and as JSON?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ketenreis.analysis.contacts import REPEAT_DAYS, Attributed, ContactPrice, Indicator, contact_price
from ketenreis.analysis.workload import Range
from ketenreis.events.store import EventStore
from ketenreis.measure import Judging, judge
from ketenreis.measure.predicates import microseconds
from ketenreis.model import Element, Model
from ketenreis.model.calendars import calendars_of, time_zone
from ketenreis.render.blocks import Column, Table
from ketenreis.render.terminal import WIDTH, lines, wrapped
from ketenreis.reports.words import Words
from ketenreis.requirements import requirement

INDICATORS = ("repeat", "while_ours", "after_violation", "reopened")
"""The signs of failure demand, by the name of their field."""


SMALLEST_POST = 0.05
"""Less of a full-time post than this is not worth a word."""


def contacted(model: Model, store: EventStore, *, now: datetime | None = None) -> dict[str, ContactPrice]:
    """Finds the contacts in a store, and what they go with.

    Args:
        model: The model.
        store: The events.
        now: The moment of judging, with a time zone; the last event unless given.

    Returns:
        By type of object; types whose events know no contact are left out.

    Example:
        On Belmij (`model`) and two hundred of its orders (`store`):

        >>> price = contacted(model, store)["order"]
        >>> price.contacts, price.cases
        (16, 16)
    """
    prices = ((about, contact_price(model, judging)) for about, judging in judgings(model, store, now=now))
    return {about: price for about, price in prices if price is not None}


def judgings(
    model: Model, store: EventStore, *, now: datetime | None = None
) -> Iterator[tuple[str, Judging]]:
    """Each type of object with the requirements about it, judged; closed when the next is asked for."""
    zone = time_zone(model)
    wanted = [requirement(ctq) for ctq in model.of_kind("ctq")]
    at = None if now is None else microseconds(now)
    for number, about in enumerate(store.types):
        mine = [one for one in wanted if one.object == about or (one.object is None and number == 0)]
        with judge(
            store, mine, now=at, zone=zone, object_type=about, calendars=calendars_of(model)
        ) as judging:
            yield about, judging


def contacts_text(price: ContactPrice, words: Words, *, width: int = WIDTH) -> str:
    """The contacts of one type of object for a terminal, without a last line break."""
    said = wrapped(lead(price, words), width=width)
    if price.attributed:
        said += ["", *lines(_table(price, words), width=width)]
    for one in price.attributed:
        if one.costs and (cost := cost_in_words(one, words)):
            said += wrapped(f"{one.ctq.name}: {cost}", width=width)
    said += ["", *(line for text in indicators(price, words) for line in wrapped(text, width=width))]
    said += [line for text in left_out(price, words) for line in wrapped(text, width=width)]
    return "\n".join([*said, "", *wrapped(words.say("contacts.rule"), width=width)])


def lead(price: ContactPrice, words: Words) -> str:
    """How many contacts there were, and of what."""
    names = words.listed(f"“{one.name}”" for one in price.kinds)
    return words.say("contacts.lead", n=price.contacts, k=price.cases, names=names)


def difference_in_words(one: Attributed, words: Words) -> str:
    """How many cases in a hundred more had contact, or fewer, with the interval."""
    share, (low, high) = one.difference, (one.interval.low, one.interval.high)
    if share < 0:
        fewer, least, most = (words.number(-100 * value, 1) for value in (share, high, low))
        return words.say("contacts.difference_fewer", fewer=fewer, low=least, high=most)
    more, least, most = (words.number(100 * value, 1) for value in (share, low, high))
    return words.say("contacts.difference", more=more, low=least, high=most)


def cost_in_words(one: Attributed, words: Words) -> str:
    """What the contacts that go with a requirement ask a year, as ranges; empty where it cannot be said."""
    if one.a_year is None:
        return ""
    said = [words.say("contacts.a_year", range=_range(one.a_year, words))]
    if one.effort is not None:
        said.append(words.say("contacts.hours", range=_range(one.effort.hours, words)))
        if one.effort.posts.high >= SMALLEST_POST:
            said.append(words.say("contacts.posts", range=_range(one.effort.posts, words, 2)))
        if one.effort.money is not None:
            said.append(words.say("contacts.money", range=_range(one.effort.money, words)))
    return f"{words.listed(said)}."


@dataclass(frozen=True, slots=True)
class ContactRow:
    """What goes with one requirement that was not kept, as it is shown."""

    ctq: Element
    when_violated: str
    violated: str
    when_met: str
    met: str
    difference: str
    shows: bool
    cost: str


def row(one: Attributed, words: Words) -> ContactRow:
    """One requirement with its contacts, in words."""
    counted = one.counted
    return ContactRow(
        one.ctq,
        words.percent(counted.after_violated / counted.violated),
        words.whole(counted.violated),
        words.percent(counted.after_met / counted.met),
        words.whole(counted.met),
        difference_in_words(one, words),
        one.shows,
        cost_in_words(one, words) if one.costs else "",
    )


def contact_row(
    prices: Mapping[str, ContactPrice], ctq: str, language: str, model: Model
) -> ContactRow | None:
    """What goes with one requirement, among the contacts of every type; None where it was not compared."""
    return next(
        (
            row(one, Words.of(language, model, about))
            for about, price in prices.items()
            for one in price.attributed
            if one.ctq.id == ctq
        ),
        None,
    )


def indicators(price: ContactPrice, words: Words) -> Iterator[str]:
    """The signs of failure demand, a sentence each."""
    for name in INDICATORS:
        one: Indicator | None = getattr(price, name)
        if one is not None and one.share is not None:
            yield words.say(
                f"contacts.{name}",
                k=one.contacts,
                n=one.n,
                share=words.percent(one.share),
                interval=words.interval(one.interval),
                days=REPEAT_DAYS,
            )


def left_out(price: ContactPrice, words: Words) -> Iterator[str]:
    """Which requirements were not compared, and why."""
    for key, ctqs in (("about_contact", price.about_contact), ("cannot", price.cannot)):
        if ctqs:
            yield words.say(f"contacts.{key}", names=words.listed(f"“{ctq.name}”" for ctq in ctqs))


def _table(price: ContactPrice, words: Words) -> Table:
    columns = (
        Column(words.say("contacts.requirement")),
        Column(words.say("contacts.when_violated"), number=True),
        Column("n", number=True),
        Column(words.say("contacts.when_met"), number=True),
        Column("n", number=True),
        Column(words.say("contacts.apart"), number=True),
        Column(words.say("contacts.with_contact"), number=True),
    )
    rows = tuple(
        (
            one.ctq.name,
            words.percent(one.counted.after_violated / one.counted.violated),
            words.whole(one.counted.violated),
            words.percent(one.counted.after_met / one.counted.met),
            words.whole(one.counted.met),
            f"{_points(one.difference, words)} ({_points(one.interval.low, words)} – {_points(one.interval.high, words)})",
            _range(one.cases, words) if one.shows else "–",
        )
        for one in price.attributed
    )
    return Table("", columns, rows)


def _points(value: float, words: Words) -> str:
    said = words.number(100 * value, 1)
    return f"+{said}" if value > 0 else said


def _range(one: Range, words: Words, digits: int = 0) -> str:
    return f"{words.number(one.low, digits)} – {words.number(one.high, digits)}"


def contacts_as_json(found: Mapping[str, ContactPrice]) -> list[dict[str, Any]]:
    """The contacts as plain values: shares 0 to 1, ranges as low, middle and high, null where it cannot be said."""
    return [
        {
            "object": about,
            "counts_as_contact": [one.id for one in price.kinds],
            "contacts": price.contacts,
            "cases": price.cases,
            "indicators": {name: _indicator(getattr(price, name)) for name in INDICATORS},
            "attributed": [_attributed(one) for one in price.attributed],
            "about_contact": [ctq.id for ctq in price.about_contact],
            "cannot": [ctq.id for ctq in price.cannot],
        }
        for about, price in found.items()
    ]


def _indicator(one: Indicator | None) -> dict[str, Any] | None:
    if one is None:
        return None
    interval = one.interval
    return {
        "contacts": one.contacts,
        "n": one.n,
        "share": one.share,
        "interval": None if interval is None else [interval.low, interval.high],
    }


def _attributed(one: Attributed) -> dict[str, Any]:
    counted, cost = one.counted, one.effort
    return {
        "ctq": one.ctq.id,
        "violated": counted.violated,
        "contact_when_violated": counted.after_violated,
        "met": counted.met,
        "contact_when_met": counted.after_met,
        "difference": one.difference,
        "interval": [one.interval.low, one.interval.high],
        "cases": _plain(one.cases),
        "a_year": _plain(one.a_year),
        "hours_a_year": _plain(cost.hours if cost else None),
        "posts": _plain(cost.posts if cost else None),
        "money_a_year": _plain(cost.money if cost else None),
    }


def _plain(one: Range | None) -> dict[str, float] | None:
    return None if one is None else {"low": one.low, "middle": one.middle, "high": one.high}
