"""How does a parcel of Snelpak go, from the shop's notice until its file is closed? Drawn as arrays, a block at a time."""

from dataclasses import dataclass

import numpy as np

from ketenreis.examples.generator import (
    BLOCK,
    DAY,
    HOUR,
    MINUTE,
    Truth,
    Whole,
    block_random,
    moment_of,
    pick,
    to_local,
    to_utc,
)
from ketenreis.examples.lines import CASES, Lines, Log
from ketenreis.examples.snelpak.customers import Course, Customers, announced, calls, customers
from ketenreis.examples.snelpak.lines import SCANS, TEXTS
from ketenreis.examples.snelpak.parameters import EVENING, WINDOWS, Parameters
from ketenreis.examples.snelpak.roundtime import between, eve, last_hour, lying, on, round_day

_NONE: Whole = np.zeros(BLOCK, np.int64)


@dataclass(frozen=True, slots=True)
class Parcels:
    """A block of parcels: one row per case, and apart the lines of the other systems.

    Categories are positions in the lists of the parameters; a moment of 0 is none, or none before the export. The extra
    number is the employee of a scan (-1 for none), whether a text went with the night batch (1), and the seconds of a
    call (below 0 when the caller's number is not known).
    """

    number: Whole
    customers: Customers
    shop: Whole
    grams: Whole
    announced: Whole
    promised: Whole
    changed: Whole
    again: Whole
    window_from: Whole
    window_to: Whole
    delivered: Whole
    closed: Whole
    scans: Lines
    texts: Lines
    calls: Lines


@dataclass(frozen=True, slots=True)
class _Window:
    """What was agreed with the customer: since when, and from when until when the courier comes."""

    since: Whole
    opens: Whole
    closes: Whole


def draw(parameters: Parameters, seed: int, block: int, part: slice = slice(0, BLOCK)) -> Parcels:
    """Draws one block of parcels, or a part of it, as arrays: fit for writing in any form, and by the million."""
    random = block_random(seed, "snelpak", block)
    end = moment_of(last_hour(parameters))
    scans, texts = Log(random, SCANS, end), Log(random, TEXTS, end)
    who = customers(random, parameters)
    shop = pick(random, (one.share for one in parameters.shops), BLOCK)
    grams = np.rint(200 + random.gamma(1.6, 1_400.0, BLOCK)).astype(np.int64)

    notice = announced(random, parameters, who.root)
    pickup = round_day(notice, 14)
    texts.add("Pakket aangemeld", notice + between(random, 0.02, 0.1))
    picked = _to_the_depot(parameters, scans, pickup)
    texts.add("Pakket bij ons", picked + between(random, 0.05, 0.4))
    shop_announces = np.array([one.announces for one in parameters.shops])[shop]
    texts.add("Komt eraan", picked + between(random, 0.5, 2), random.random(BLOCK) < shop_announces)

    day = pickup + 2 + pick(random, parameters.days, BLOCK)
    is_tonight = random.random(BLOCK) < parameters.tonight
    promise = _window(random, parameters, on(pickup + 1, 7.5) + between(random, 0, 1.5), day)
    texts.add("Tijdvak bekend", promise.since + between(random, 0.02, 0.1))
    changed = np.where(is_tonight, on(day - 1, 9.25) + between(random, 0, 2.4), 0)
    choice = _Window(changed, on(day - 1, EVENING), on(day - 1, EVENING + 4))
    told = _announce(parameters, texts, who.depot, day, is_tonight)

    logs = scans, texts
    first = _later(promise, choice)
    at_door, is_late = _attempt(parameters, logs, day - is_tonight.astype(np.int64), first, is_tonight)
    chance = np.array((parameters.away_at_home, parameters.away_out, parameters.away_business))
    is_away = random.random(BLOCK) < chance[np.where(who.is_business, 2, np.maximum(who.by_day, 0))]
    is_away &= ~is_tonight
    appointment = _window(random, parameters, _made_again(parameters, logs, at_door, is_away), day + 1)
    second = _attempt(parameters, logs, day + 1, appointment, is_tonight & ~is_tonight, is_away)
    delivered, is_late = (
        np.where(is_away, later, earlier) for later, earlier in zip(second, (at_door, is_late), strict=True)
    )
    scans.add("Afgeleverd", delivered)
    texts.add("Pakket bezorgd", delivered + between(random, 0.02, 0.05))
    closed = to_utc((to_local(delivered) // DAY + random.integers(2, 5, BLOCK)) * DAY + 4 * HOUR)

    course = Course(notice, delivered, appointment.since, is_late, told)
    called = calls(random, parameters, who.root, course, end)
    moments = (notice, promise.since, changed, appointment.since, delivered, closed)
    notice, promised, changed, again, delivered, closed = (np.where(at < end, at, 0) for at in moments)
    agreed = _Window(_NONE, _NONE, _NONE)
    for since, window in ((promised, promise), (changed, choice), (again, appointment)):
        agreed = _later(agreed, _Window(since, window.opens, window.closes))
    return Parcels(
        block * BLOCK + CASES, who, shop, grams, notice, promised, changed, again, agreed.opens, agreed.closes, delivered,
        closed, scans.lines().of(part), texts.lines().of(part), called.of(part),
    )  # fmt: skip


def _to_the_depot(parameters: Parameters, scans: Log, pickup: Whole) -> Whole:
    """From the shop by the sorting centre to the depot, in one evening and night. Answers when it was picked up."""
    random = scans.random
    ready = on(pickup, 15) + between(random, 0, 2)
    picked = ready + lying(random, parameters.wait)
    at_centre = picked + between(random, 0.75, 1.75)
    in_centre = at_centre + lying(random, parameters.wait)
    is_sorted = in_centre + between(random, 0.4, 1.5)
    night = on(pickup, 25) + between(random, 0, 2)
    at_depot = np.maximum(is_sorted + between(random, 1, 1.75), night)
    in_depot = at_depot + lying(random, parameters.wait)
    for scan, time in zip(
        SCANS, (ready, picked, at_centre, in_centre, is_sorted, at_depot, in_depot), strict=False
    ):
        scans.add(scan.label, time)
    return picked


def _window(random: np.random.Generator, parameters: Parameters, since: Whole, day: Whole) -> _Window:
    """A window by day."""
    hour = np.array(WINDOWS)[pick(random, parameters.windows, BLOCK)]
    return _Window(since, on(day, hour), on(day, hour + 3))


def _later(one: _Window, other: _Window) -> _Window:
    """The other window where there is one, since it was agreed later."""
    there = other.since > 0
    return _Window(
        np.where(there, other.since, one.since),
        np.where(there, other.opens, one.opens),
        np.where(there, other.closes, one.closes),
    )


def _announce(parameters: Parameters, texts: Log, depot: Whole, day: Whole, is_tonight: Truth) -> Whole:
    """Announces tomorrow's round, when it is planned or with the night batch. Answers when; 0 for nobody.

    Who chose tonight is no longer announced for tomorrow, except from an old list.
    """
    random = texts.random
    by_night = random.random(BLOCK) < np.array([one.by_night for one in parameters.depots])[depot]
    has_old_list = np.array([one.has_old_list for one in parameters.depots])[depot]
    time = eve(day, 18.5) + np.where(by_night, between(random, 4.25, 5.4), between(random, 0, 2))
    is_told = ~is_tonight | (by_night & has_old_list)
    texts.add("Morgen bezorgd", time, is_told, by_night.astype(np.int64))
    return np.where(is_told & (time < texts.end), time, 0)


def _attempt(
    parameters: Parameters,
    logs: tuple[Log, Log],
    day: Whole,
    window: _Window,
    is_tonight: Truth,
    where: Truth | None = None,
) -> tuple[Whole, Truth]:
    """One round to the door. The depot is ready long before the courier takes the parcel; who takes it late comes late.

    Returns:
        When the courier is at the door, and whether that is after the window.
    """
    scans, texts = logs
    random = scans.random
    ready = np.where(
        is_tonight, on(day, 11.75) + between(random, 0, 0.75), on(day, 4) + between(random, 0, 1.5)
    )
    in_van = ready + lying(random, parameters.wait_for_courier)
    told = np.maximum(in_van + between(random, 0.03, 0.15), on(day, 7.5) + between(random, 0, 0.25))
    length = window.closes - window.opens
    planned = window.opens + np.rint(random.random(BLOCK) * 0.94 * length).astype(np.int64)
    is_held_up = ~is_tonight & (random.random(BLOCK) < parameters.late)
    planned = np.where(is_held_up, window.closes + between(random, 0.1, 2), planned)
    at_door = np.maximum(planned, in_van + between(random, 0.25, 0.75))
    scans.add("Klaar voor rit", ready, where)
    scans.add("In bus", in_van, where)
    texts.add("Bezorger onderweg", told, where)
    return at_door, at_door > window.closes


def _made_again(parameters: Parameters, logs: tuple[Log, Log], at_door: Whole, is_away: Truth) -> Whole:
    """After an attempt in vain customer service makes a new appointment. Answers when; 0 where nobody was away."""
    scans, texts = logs
    random = scans.random
    again = at_door + np.maximum(lying(random, parameters.wait), 2 * MINUTE)
    scans.add("Niet thuis", at_door, is_away)
    texts.add("Niemand thuis", at_door + between(random, 0.01, 0.05), is_away)
    texts.add("Nieuwe afspraak", again + between(random, 0.02, 0.05), is_away)
    return np.where(is_away, again, 0)
