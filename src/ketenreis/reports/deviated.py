"""How do the deviations from an intended journey read, in a terminal and as JSON?"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ketenreis.analysis.deviations import DEVIATIONS, Deviations, Place, Rate, deviations, object_of
from ketenreis.events.store import EventStore
from ketenreis.measure import judge
from ketenreis.measure.predicates import microseconds
from ketenreis.model import Model
from ketenreis.model.calendars import calendars_of, time_zone
from ketenreis.render.blocks import Cell, Column, Table
from ketenreis.render.terminal import WIDTH, lines, wrapped
from ketenreis.reports.words import Words
from ketenreis.requirements import requirement


def deviated(
    model: Model, store: EventStore, journey_id: str | None = None, *, now: datetime | None = None
) -> tuple[Deviations, ...]:
    """Compares the actual journeys in a store with the intended ones of a model.

    Args:
        model: The model.
        store: The events.
        journey_id: One journey; all of those that the events know anything of unless given.
        now: The moment of judging, with a time zone; the last event unless given.

    Returns:
        In the order of the model; empty when the events know no touchpoint of it.

    Raises:
        UnknownElementError: The model has no such journey.

    Example:
        On Belmij (`model`) and two hundred of its orders (`store`):

        >>> (one,) = deviated(model, store)
        >>> one.journey.id, one.closed + one.open
        ('telefoon-bestellen', 200)
    """
    zone = time_zone(model)
    wanted = [requirement(ctq) for ctq in model.of_kind("ctq")]
    asked = [model[journey_id]] if journey_id else list(model.of_kind("journey"))
    usual = next(iter(store.types), None)
    by_type: dict[str, list[str]] = {}
    for journey in asked:
        about = object_of(model, journey.id, store)
        if about is not None:
            by_type.setdefault(about, []).append(journey.id)
    found: dict[str, Deviations] = {}
    for about, journeys in by_type.items():
        mine = [one for one in wanted if one.object == about or (one.object is None and about == usual)]
        at = None if now is None else microseconds(now)
        with judge(
            store, mine, now=at, zone=zone, object_type=about, calendars=calendars_of(model)
        ) as judging:
            found |= {name: deviations(model, name, store, judging) for name in journeys}
    return tuple(found[journey.id] for journey in asked if journey.id in found)


def deviations_table(found: Deviations, model: Model, words: Words, *, width: int = WIDTH) -> str:
    """The deviations of one journey as aligned text for a terminal, without a last line break."""
    said = [found.journey.name, *wrapped(lead(found, words), width=width), ""]
    said += lines(_types(found, words), width=width)
    places = [place for place in found.places if place.deviates]
    if places:
        said += ["", *lines(_places(places, words), width=width)]
    for place in places:
        said += [line for text in told(place, words, model) for line in wrapped(text, width=width)]
    if found.unseen:
        names = words.listed(f"“{one.name}”" for one in found.unseen)
        said += ["", *wrapped(words.say("deviations.unseen", names=names), width=width)]
    return "\n".join([*said, "", *wrapped(words.say("deviations.rule"), width=width)])


def lead(found: Deviations, words: Words) -> str:
    """How many journeys deviate, in one sentence or two."""
    if found.any.share is None:
        return words.say("deviations.too_few", n=found.closed)
    said = words.say(
        "deviations.lead",
        k=found.any.cases,
        n=found.closed,
        share=words.percent(found.any.share),
        interval=words.interval(found.any.interval),
    )
    if found.open:
        said += " " + words.say("deviations.open", n=found.open, k=found.any.open)
    return said


def told(place: Place, words: Words, model: Model) -> Iterator[str]:
    """What stands behind the figures of a place: order, requirements, examples."""
    name = place_name(place)
    if place.violated:
        missed = words.listed(
            f"{model.name(ctq) if ctq else words.say('deviations.said_so')} ({words.whole(cases)})"
            for ctq, cases in sorted(place.violated.items(), key=lambda one: -one[1])
        )
        yield words.say("deviations.violated", name=name, names=missed)
    if place.rates.get("irregular") and place.rates["irregular"].cases and place.before:
        names = words.listed(f"“{one.name}”" for one in place.before)
        yield words.say("deviations.came_after", name=name, names=names)
    for sign, cases in place.examples.items():
        yield words.say(
            "deviations.examples", name=name, type=words.say(f"deviations.{sign}"), cases=", ".join(cases)
        )


def place_name(place: Place) -> str:
    """What a touchpoint or an unplanned event is called."""
    return place.touchpoint.name if place.touchpoint else place.label


def overlay(found: Deviations | None, words: Words) -> dict[str, tuple[str, ...]]:
    """What deviations write on the cards of a blueprint: per touchpoint its counts."""
    if found is None:
        return {}
    return {
        place.touchpoint.id: tuple(
            f"{words.say(f'deviations.{sign}')}: {words.whole(rate.cases)} ({words.percent(rate.share)}, n = {words.whole(rate.n)})"
            for sign, rate in place.rates.items()
            if rate.cases
        )
        for place in found.places
        if place.touchpoint is not None and place.deviates
    }


def _types(found: Deviations, words: Words) -> Table:
    columns = (
        Column(words.say("deviations.type")),
        Column(words.say("deviations.started_by")),
        Column(words.cases.capitalize(), number=True),
        Column(words.say("deviations.share"), number=True),
        Column(words.say("deviations.interval"), number=True),
        Column(words.say("deviations.times"), number=True),
        Column(words.say("deviations.in_open"), number=True),
    )
    rows: list[tuple[Cell, ...]] = []
    for sign in DEVIATIONS:
        name = words.say(f"deviations.{sign}")
        rows.append((name, words.say("deviations.anybody"), *_figures(found.types[sign], words)))
        if len(found.by[sign]) > 1:
            rows += [
                ("", words.say(f"deviations.by_{by}"), *_figures(rate, words))
                for by, rate in found.by[sign].items()
            ]
        elif found.by[sign]:
            rows[-1] = (name, words.say(f"deviations.by_{next(iter(found.by[sign]))}"), *rows[-1][2:])
    return Table("", columns, tuple(rows))


def _figures(rate: Rate, words: Words) -> tuple[Cell, ...]:
    return (
        words.whole(rate.cases),
        words.percent(rate.share),
        words.interval(rate.interval),
        words.whole(rate.times),
        words.whole(rate.open),
    )


def _places(places: list[Place], words: Words) -> Table:
    columns = (
        Column(words.say("deviations.touchpoint")),
        Column(words.say("deviations.type")),
        Column(words.say("deviations.started_by")),
        Column(words.cases.capitalize(), number=True),
        Column(words.say("deviations.share"), number=True),
        Column("n", number=True),
    )
    rows = tuple(
        (
            place_name(place),
            words.say(f"deviations.{sign}"),
            words.say(f"deviations.by_{place.by}"),
            words.whole(rate.cases),
            words.percent(rate.share),
            words.whole(rate.n),
        )
        for place in places
        for sign, rate in place.rates.items()
        if rate.cases or rate.open
    )
    return Table("", columns, rows)


def deviations_as_json(found: Deviations) -> dict[str, Any]:
    """The deviations of one journey as plain values: shares 0 to 1, null where there are fewer than five cases."""
    return {
        "journey": found.journey.id,
        "name": found.journey.name,
        "object": found.object_type,
        "closed": found.closed,
        "open": found.open,
        "any": _rate(found.any),
        "types": {
            sign: {
                **_rate(found.types[sign]),
                "by": {by: _rate(rate) for by, rate in found.by[sign].items()},
            }
            for sign in DEVIATIONS
        },
        "places": [_place(place) for place in found.places],
        "unseen": [one.id for one in found.unseen],
        "connected": [[one.id, other.id] for one, other in found.connected],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "touchpoint": place.touchpoint.id if place.touchpoint else None,
        "label": place.label or None,
        "by": place.by,
        "came": place.came,
        "pending": place.pending,
        "deviations": {sign: _rate(rate) for sign, rate in place.rates.items()},
        "before": [one.id for one in place.before],
        "violated": {name or "status": cases for name, cases in place.violated.items()},
        "examples": {sign: list(cases) for sign, cases in place.examples.items()},
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "cases": rate.cases,
        "n": rate.n,
        "share": rate.share,
        "interval": None if rate.interval is None else [rate.interval.low, rate.interval.high],
        "open": rate.open,
        "times": rate.times,
    }
