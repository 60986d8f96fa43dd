"""How does an order of Belmij come about, from placing it until it is closed? Drawn as arrays, a block at a time."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenreis.examples.belmij.parameters import ORDER_CHANNELS, PHONES, WINDOWS, Parameters
from ketenreis.examples.generator import (
    BLOCK,
    DAY,
    HOUR,
    MINUTE,
    Real,
    Truth,
    Whole,
    arrivals,
    block_random,
    busy,
    day_of,
    hour_of,
    in_hours,
    moment_of,
    pick,
    to_local,
    to_utc,
)


@dataclass(frozen=True, slots=True)
class _Event:
    """One kind of line in the export: its label, whose it is, the channel if it is always the same, and its people."""

    label: str
    department: str
    channel: str = ""
    people: tuple[int, int] = (0, 0)
    is_message: bool = False
    of_delivery: bool = False


EVENTS = (
    _Event("Bestelling geplaatst", "Webwinkel"),
    _Event("Betaling gedaan", "Webwinkel"),
    _Event("Betaling verwerkt", "Betaaldienst"),
    _Event("Order geboekt", "Orderverwerking"),
    _Event("Bevestiging verstuurd", "Klantcontact", "e-mail", is_message=True),
    _Event("Kredietcheck gedaan", "Orderverwerking", people=(0, 5)),
    _Event("Toestel nabesteld", "Inkoop", people=(5, 8)),
    _Event("Tijdvak toegezegd", "Vervoer", "e-mail", is_message=True, of_delivery=True),
    _Event("Tijdvak verzet door klant", "Vervoer", "app", of_delivery=True),
    _Event("Tijdvak verzet door Belmij", "Vervoer", "e-mail", is_message=True, of_delivery=True),
    _Event("Pakket klaargezet", "Magazijn", people=(8, 15), of_delivery=True),
    _Event("Route gepland", "Vervoer", of_delivery=True),
    _Event("Statusbericht verstuurd", "Klantcontact", "app", is_message=True, of_delivery=True),
    _Event("Bezorgbericht verstuurd", "Klantcontact", "sms", is_message=True, of_delivery=True),
    _Event("Pakket bezorgd", "Post", "bezorger", of_delivery=True),
    _Event("Toestel in gebruik genomen", "Klant", "toestel"),
    _Event("Vraag gesteld", "Klantcontact", "chat"),
    _Event("Vraag beantwoord", "Klantcontact", "chat", people=(15, 24)),
    _Event("Bestelling verlopen", "Webwinkel"),
    _Event("Order afgesloten", "Orderverwerking"),
)
"""Every line that an export can hold, in the order in which a system writes those of one second."""

_CODE = {event.label: code for code, event in enumerate(EVENTS)}


@dataclass(frozen=True, slots=True)
class Orders:
    """A block of orders: one row per case and, apart, one row per event in the order of the export.

    Categories are positions in the lists above; -1 is unknown; a moment of 0 is none.
    """

    number: Whole
    customer: Whole
    is_business: Truth
    household: Whole
    age: Whole
    bank: Whole
    phone: Whole
    channel: Whole
    agreed: Whole
    case: Whole
    event: Whole
    time: Whole
    employee: Whole
    window: Whole


def draw(parameters: Parameters, seed: int, block: int, part: slice = slice(0, BLOCK)) -> Orders:
    """Draws one block of orders, or a part of it, as arrays: fit for writing in any form, and by the million."""
    random = block_random(seed, "belmij", block)
    case = np.arange(BLOCK, dtype=np.int64)
    end = moment_of(hour_of(*parameters.exported))

    # Who orders: of two neighbours the second may be the first one again, with everything that is theirs.
    root = np.where((case % 2 == 1) & (random.random(BLOCK) < 2 * parameters.returning), case - 1, case)
    is_business = (random.random(BLOCK) < parameters.business)[root]
    household = np.where(is_business, -1, 1 + pick(random, parameters.household, BLOCK)[root])
    age = _ages(random, parameters, household, root)
    bank = pick(random, (one.share for one in parameters.banks), BLOCK)[root]
    phone = pick(random, PHONES.values(), BLOCK)
    channel = pick(random, ORDER_CHANNELS.values(), BLOCK)

    log = _Log(random, end)
    since, until = hour_of(parameters.first_day), hour_of(*parameters.exported)
    weights = busy(since, until, parameters.season, parameters.weekday, parameters.hour)
    placed = to_utc(arrivals(random, BLOCK, since, weights))
    log.add("Bestelling geplaatst", case, placed)

    is_paid = random.random(BLOCK) >= parameters.unpaid
    paid = placed + np.rint(random.gamma(2.0, 60.0, BLOCK)).astype(np.int64) + 15
    parts = _confirmation(random, parameters, to_local(paid), bank)
    confirmed = paid + parts.sum(axis=1)
    log.add("Betaling gedaan", case, paid, is_paid)
    log.add("Betaling verwerkt", case, paid + parts[:, 0], is_paid)
    log.add("Order geboekt", case, paid + parts[:, 0] + parts[:, 1], is_paid)
    log.add("Bevestiging verstuurd", case, confirmed, is_paid)

    agreed, delivered = _deliver(parameters, log, is_paid, is_business, confirmed)
    closed = to_utc((to_local(delivered) // DAY + random.integers(2, 5, BLOCK)) * DAY) + _between(
        random, 2, 4, BLOCK
    )
    _use(parameters, log, is_paid, delivered, closed)

    expired = placed + DAY
    log.add("Bestelling verlopen", case, expired, ~is_paid)
    night = to_utc((to_local(expired) // DAY + 1) * DAY) + _between(random, 2, 4, BLOCK)
    log.add("Order afgesloten", case, np.where(is_paid, closed, night))

    event_case, event, time, employee, window = log.sorted(part)
    number = block * BLOCK + case
    return Orders(
        number,
        number[root],
        is_business,
        household,
        age,
        bank,
        phone,
        channel,
        agreed,
        event_case,
        event,
        time,
        employee,
        window,
    )


class _Log:
    """Collects events by kind; what lies after the export was never written down."""

    def __init__(self, random: np.random.Generator, end: int) -> None:
        self.random, self.end = random, end
        self.columns: list[tuple[Whole, Whole, Whole, Whole, Whole]] = []

    def add(
        self, label: str, case: Whole, time: Whole, where: Truth | None = None, window: Whole | None = None
    ) -> Truth:
        """Notes an event of one kind for the cases where it happens; answers for which it is in the export."""
        code = _CODE[label]
        low, high = EVENTS[code].people
        employee = self.random.integers(low, high, case.size) if high else np.full(case.size, -1)
        seen = time < self.end if where is None else where & (time < self.end)
        known = np.zeros(case.size, np.int64) if window is None else window
        self.columns.append((case[seen], np.full(seen.sum(), code), time[seen], employee[seen], known[seen]))
        return seen

    def sorted(self, part: slice) -> tuple[Whole, Whole, Whole, Whole, Whole]:
        """The events of a part of the cases, by case, time and kind."""
        case, event, time, employee, window = (
            np.concatenate(column) for column in zip(*self.columns, strict=True)
        )
        order = np.lexsort((event, time, case))
        order = order[(case[order] >= part.start) & (case[order] < part.stop)]
        return case[order], event[order], time[order], employee[order], window[order]


def _confirmation(random: np.random.Generator, parameters: Parameters, paid: Whole, bank: Whole) -> Whole:
    """Seconds with the payment service, with order intake and in sending, per order."""
    stalled_chance, stuck_chance, in_payment = np.array(
        [(one.stalled, one.stuck, one.in_payment) for one in parameters.banks]
    )[bank].T
    week = (paid // DAY - day_of(date(2025, 12, 29))) // 7 + 1
    usual = parameters.usual * (1 + parameters.settling * np.clip(20 - week, 0, None) / 19)
    usual = usual * np.exp(parameters.usual_spread * random.standard_normal(paid.size))
    stuck = usual + HOUR + random.exponential(parameters.stuck_time, paid.size)
    stalled = parameters.stalled_time * np.exp(parameters.stalled_spread * random.standard_normal(paid.size))

    chance = random.random(paid.size)
    is_stuck, is_delayed = chance < stuck_chance, chance < stuck_chance + stalled_chance
    total = np.where(is_stuck, stuck, np.where(is_delayed, stalled, usual))

    usual_parts = np.array(parameters.usual_parts)
    rest = usual_parts[1:] / usual_parts[1:].sum()
    delayed_parts = np.column_stack([in_payment, (1 - in_payment)[:, None] * rest])
    expected = np.where(
        is_delayed[:, None], delayed_parts * parameters.delayed_even, usual_parts * parameters.usual_even
    )
    drawn = random.standard_gamma(expected)
    parts: Real = total[:, None] * drawn / drawn.sum(axis=1, keepdims=True)
    since, until, slower = parameters.slower
    day = paid // DAY
    parts[:, 0] += slower * ((day >= day_of(since)) & (day <= day_of(until)))
    return np.rint(parts).astype(np.int64)


def _deliver(
    parameters: Parameters,
    log: _Log,
    is_paid: Truth,
    is_business: Truth,
    confirmed: Whole,
) -> tuple[Whole, Whole]:
    """Everything from confirmation to delivery. Answers the start of the agreed window, 0 for none, and the delivery."""
    random = log.random
    case = np.arange(BLOCK, dtype=np.int64)
    share = np.where(is_business, parameters.checked_business, parameters.checked_private)
    is_checked = is_paid & (random.random(BLOCK) < share)
    checked = to_local(confirmed) + np.rint(random.gamma(2.0, HOUR, BLOCK)).astype(np.int64)
    checked = to_utc(in_hours(random, checked, 8, 17))
    log.add("Kredietcheck gedaan", case, checked, is_checked)
    ready = np.where(is_checked, checked, confirmed)

    # The window is promised within hours, by day; each later promise takes the place of the one before.
    promised = to_utc(in_hours(random, to_local(ready) + _between(random, 0.35, 1.7, BLOCK), 7.5, 21.5))
    is_reordered = is_paid & (random.random(BLOCK) < parameters.reordered)
    log.add(
        "Toestel nabesteld", case, ready + np.rint((promised - ready) * 0.5).astype(np.int64), is_reordered
    )
    days = 1 + pick(random, parameters.days, BLOCK) + np.where(is_reordered, random.integers(2, 5, BLOCK), 0)
    window = _window(random, to_local(promised) // DAY + days)
    known = log.add("Tijdvak toegezegd", case, promised, is_paid, window)
    agreed, latest = np.where(known, window, 0), promised

    by_customer = is_paid & (random.random(BLOCK) < parameters.moved_by_customer)
    moved = latest + np.rint(random.uniform(0.05, 0.8, BLOCK) * (window - latest)).astype(np.int64)
    chosen = _window(random, to_local(window) // DAY + random.integers(1, 4, BLOCK))
    known = log.add("Tijdvak verzet door klant", case, moved, by_customer, chosen)
    agreed, latest = np.where(known, chosen, agreed), np.where(by_customer, moved, latest)
    window = np.where(by_customer, chosen, window)

    by_us = is_paid & (random.random(BLOCK) < parameters.moved_by_us)
    moved = latest + np.rint(random.uniform(0.5, 0.95, BLOCK) * (window - latest)).astype(np.int64)
    imposed = _window(random, to_local(window) // DAY + 1)
    log.add("Tijdvak verzet door Belmij", case, moved, by_us, imposed)
    window = np.where(by_us, imposed, window)

    is_late = ~by_us & (random.random(BLOCK) < parameters.late_unannounced)
    delivered = window + np.where(is_late, _between(random, 2.1, 4.6, BLOCK), _between(random, 0, 2, BLOCK))
    morning = to_utc(to_local(window) // DAY * DAY + 5 * HOUR)
    ready = promised + np.rint(random.uniform(0.1, 0.6, BLOCK) * (morning - promised)).astype(np.int64)
    log.add("Pakket klaargezet", case, ready, is_paid)
    log.add("Route gepland", case, morning + _between(random, 0, 1.4, BLOCK), is_paid)
    _keep_posted(parameters, log, is_paid, promised, window)
    log.add("Pakket bezorgd", case, delivered, is_paid)
    return agreed, delivered


def _keep_posted(
    parameters: Parameters,
    log: _Log,
    is_paid: Truth,
    promised: Whole,
    window: Whole,
) -> None:
    """One message a day to whoever waits, each a little earlier than the day before so that a day never passes."""
    random = log.random
    case = np.arange(BLOCK, dtype=np.int64)
    waiting = to_local(window) // DAY - to_local(promised) // DAY
    news, today = promised, to_local(promised) // DAY
    for days in range(1, int(waiting.max()) + 1):
        is_last = waiting == days
        due, before = news + DAY, window - _between(random, 1, 3, BLOCK)
        news = due - _between(random, 0.2, 2.5, BLOCK)
        news = np.where(is_last, np.minimum(news, before), news)
        news = np.minimum(np.maximum(news, to_utc((today + days) * DAY + 7 * HOUR)), due)
        is_sent = is_paid & (random.random(BLOCK) >= parameters.lost)
        log.add("Statusbericht verstuurd", case, news, is_sent & (waiting > days))
        log.add("Bezorgbericht verstuurd", case, news, is_sent & is_last)


def _use(
    parameters: Parameters,
    log: _Log,
    is_paid: Truth,
    delivered: Whole,
    closed: Whole,
) -> None:
    """Taking the phone into use, and asking for help."""
    random = log.random
    case = np.arange(BLOCK, dtype=np.int64)
    used = delivered + np.rint(random.gamma(0.8, 8 * HOUR, BLOCK)).astype(np.int64) + 10 * MINUTE
    is_used = is_paid & (random.random(BLOCK) < parameters.seen_in_use) & (used < closed)
    log.add("Toestel in gebruik genomen", case, used, is_used)
    asked = delivered + np.rint(random.exponential(16 * HOUR, BLOCK)).astype(np.int64) + 5 * MINUTE
    answered = asked + _between(random, 0.02, 0.4, BLOCK)
    asks = is_paid & (random.random(BLOCK) < parameters.asks) & (answered < closed)
    log.add("Vraag gesteld", case, asked, asks)
    log.add("Vraag beantwoord", case, answered, asks)


def _window(random: np.random.Generator, day: Whole) -> Whole:
    """The start of a window on a day, in UTC; nobody delivers on a Sunday."""
    is_sunday = day % 7 == day_of(date(2026, 1, 4)) % 7
    return to_utc(
        (day + is_sunday) * DAY + np.array(WINDOWS)[random.integers(0, len(WINDOWS), day.size)] * HOUR
    )


def _ages(random: np.random.Generator, parameters: Parameters, household: Whole, root: Whole) -> Whole:
    """Ages in years: people on their own are young or old, parents in between."""
    young, old, parent = (random.normal(mean, spread, BLOCK) for mean, spread in ((33, 11), (72, 9), (43, 8)))
    drawn = np.where(random.random(BLOCK) < 0.45, old, young)
    age = np.clip(np.where(household >= 3, parent, drawn), 18, 96).astype(np.int64)
    unknown = (random.random(BLOCK) < parameters.age_unknown) | (household < 0)
    return np.where(unknown, -1, age)[root]


def _between(random: np.random.Generator, low: float, high: float, cases: int) -> Whole:
    """Seconds drawn evenly between two numbers of hours."""
    return random.integers(int(low * HOUR), int(high * HOUR) + 1, cases)
