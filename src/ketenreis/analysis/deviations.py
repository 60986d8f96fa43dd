"""Where do actual journeys depart from the intended one? The four deviation types, counted, with who started them.

An event that belongs to no touchpoint of the journey is an ad hoc touchpoint: one that is mapped to nothing at all, or to
work that is contact with a customer. Other work of ours is no touchpoint, so it deviates from nothing.
A missing touchpoint is a mandatory one that did not come before its deadline: the close of the case, or earlier the limit
of a requirement that asked for it. Until then it is pending.
A sequence is irregular only between touchpoints that are logically connected: both mandatory, the step of one leading to
the step of the other by `next` (in a journey without any `next`: the order in which its steps are written); or the first
carries a message with a promise that announces the other. First times are compared.
A touchpoint fails when its event says so, or when a requirement that is measured at it was violated there.
Shares are of closed cases: an open case is no failure; those that deviate already are counted apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ketenreis.analysis.contacts import is_contact
from ketenreis.analysis.yields import Interval, wilson
from ketenreis.events.store import EventStore, ObjectType
from ketenreis.measure import Judging
from ketenreis.measure.figures import SMALLEST_GROUP
from ketenreis.measure.log import Log
from ketenreis.measure.walked import FROM_DATES, Course, Flag, Point, Sign, Tallied, Unplanned, Walked
from ketenreis.model import Element, Model

Deviation = Literal["ad_hoc", "missing", "irregular", "failure"]
DEVIATIONS: tuple[Deviation, ...] = ("ad_hoc", "missing", "irregular", "failure")
"""Ad hoc touchpoint, missing touchpoint, irregular sequence, failure in a touchpoint."""

Starter = Literal["customer", "organisation", "partner", "unknown"]
STARTERS: tuple[Starter, ...] = ("customer", "organisation", "partner", "unknown")

INITIATOR, STATUS = "initiator", "status"
"""Attributes of events that are looked at when the mapping names them: who started it, and how it went."""
_SAID: Mapping[Starter, frozenset[str]] = {
    "customer": frozenset({"customer", "client", "klant", "cliënt", "burger", "inwoner", "aanvrager", "patient", "patiënt"}),
    "organisation": frozenset({"organisation", "organization", "organisatie", "company", "staff", "medewerker", "gemeente", "wij", "system", "systeem"}),
    "partner": frozenset({"partner", "supplier", "leverancier"}),
}  # fmt: skip
_FAILED = frozenset({"failed", "failure", "error", "bounced", "rejected", "mislukt", "niet gelukt", "fout", "geweigerd", "onbestelbaar"})  # fmt: skip
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something deviates.

    Attributes:
        cases: Closed cases in which it does.
        n: The closed cases it could be in.
        interval: 95% interval of the share; None with fewer than five cases.
        open: Open cases in which it does already.
        times: How often in closed cases: touchpoints, or for ad hoc the events.
    """

    cases: int
    n: int
    interval: Interval | None
    open: int
    times: int

    @property
    def share(self) -> float | None:
        """The share of the closed cases; None with fewer than five."""
        return self.cases / self.n if self.n >= SMALLEST_GROUP else None


@dataclass(frozen=True, slots=True)
class Place:
    """What deviates at one touchpoint, or by one kind of unplanned event.

    Attributes:
        touchpoint: The planned touchpoint; None for what was not planned.
        label: The label of an unplanned event; empty for a planned touchpoint.
        by: Who started it.
        came: Closed cases in which it came.
        rates: Per type of deviation. Of a failure, `n` are the closed cases in which the touchpoint came.
        pending: Open cases in which it may still come.
        before: The touchpoints that it came after, although it should come before them.
        violated: In how many closed cases which requirement was violated at it; "" where the event itself says it failed.
        examples: Ids of some cases, per type.
    """

    touchpoint: Element | None
    label: str
    by: Starter
    came: int
    rates: Mapping[Deviation, Rate]
    pending: int
    before: tuple[Element, ...]
    violated: Mapping[str, int]
    examples: Mapping[Deviation, tuple[str, ...]]

    @property
    def deviates(self) -> bool:
        """Whether anything does."""
        return any(rate.cases or rate.open for rate in self.rates.values())


@dataclass(frozen=True, slots=True)
class Deviations:
    """The actual journeys of a log beside the intended one.

    Attributes:
        journey: The intended one.
        object_type: What a case is.
        closed, open: How many cases walk it.
        any: Cases with at least one deviation of any type.
        types: Per type.
        by: Per type and who started it; a starter without a deviation is left out.
        places: The planned touchpoints that the events know, in their order, then what was not planned, the most first.
        unseen: Planned touchpoints that no label is mapped to: nothing can be said of them.
        connected: The touchpoints whose order was looked at, earlier before later.
    """

    journey: Element
    object_type: str
    closed: int
    open: int
    any: Rate
    types: Mapping[Deviation, Rate]
    by: Mapping[Deviation, Mapping[Starter, Rate]]
    places: tuple[Place, ...]
    unseen: tuple[Element, ...]
    connected: tuple[tuple[Element, Element], ...]

    def place(self, touchpoint_id: str) -> Place | None:
        """What deviates at a planned touchpoint; None when the events do not know it."""
        return next(
            (one for one in self.places if one.touchpoint and one.touchpoint.id == touchpoint_id), None
        )


def object_of(model: Model, journey_id: str, store: EventStore) -> str | None:
    """The type of object whose events know most touchpoints of a journey; None when none knows any."""
    wanted = {one.id for one in model.within(journey_id, "touchpoint")}
    known = {name: len(wanted & _mapped(stored)) for name, stored in store.types.items()}
    best = max(known, key=lambda name: known[name], default=None)
    return best if best is not None and known[best] else None


def _mapped(stored: ObjectType) -> set[str]:
    """The elements that some event of a type belongs to."""
    return {
        element for label, elements in stored.labels.items() if stored.codes(label) for element in elements
    }


def connected(model: Model, journey_id: str) -> tuple[tuple[str, str], ...]:
    """The pairs of touchpoints of a journey that are logically connected, the earlier first; see the module for the rule."""
    steps = [step.id for step in model.within(journey_id, "step")]
    follows = {step: [edge.target for edge in model.out(step, "next")] for step in steps}
    if not any(follows.values()):
        follows = {earlier: [later] for earlier, later in pairwise(steps)}
    after = {step: _reached(step, follows) for step in steps}
    touchpoints = list(model.within(journey_id, "touchpoint"))
    found = [
        (one.id, other.id)
        for one in touchpoints
        for other in touchpoints
        if one.get("mandatory") is True
        and other.get("mandatory") is True
        and _step(model, other) in after.get(_step(model, one), set())
        and _step(model, one) not in after.get(_step(model, other), set())
    ]
    inside = {one.id for one in touchpoints}
    for promise in model.of_kind("promise"):
        announced = [each.id for each in model.targets(promise.id, "announces") if each.id in inside]
        for message in model.targets(promise.id, "made_in"):
            carriers = [each.id for each in model.targets(message.id, "carried_by") if each.id in inside]
            found += [(one, other) for one in carriers for other in announced if one != other]
    known = dict.fromkeys(found)
    return tuple((one, other) for one, other in known if (other, one) not in known)


def _step(model: Model, touchpoint: Element) -> str:
    step = model.parent(touchpoint.id, "step")
    return step.id if step else ""


def _reached(start: str, follows: Mapping[str, Sequence[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(follows.get(start, ()))
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += follows.get(here, ())
    return seen


def deviations(model: Model, journey_id: str, store: EventStore, judging: Judging) -> Deviations:
    """Compares the journeys in a log with the intended one.

    Args:
        model: The model.
        journey_id: The journey; what is nested in it belongs to it.
        store: The events.
        judging: The requirements of the model, judged on the type of object that the journey is walked by.

    Returns:
        The deviations; with no touchpoint that the events know, nothing but `unseen`.

    Raises:
        UnknownElementError: The model has no such journey.

    Source:
        The four types: Halvorsrud, R., Kvale, K. and Følstad, A. (2016), Improving service quality through customer journey
        analysis, Journal of Service Theory and Practice 26(6), 840-867. The rules that detect them are ours.
    """
    journey, log = model[journey_id], judging.log
    planned = list(model.within(journey_id, "touchpoint"))
    seen = [one for one in planned if one.id in log.classes and log.classes[one.id].complete]
    number = {one.id: at for at, one in enumerate(seen)}
    pairs = [(one, other) for one, other in connected(model, journey_id) if one in number and other in number]
    # Two touchpoints with the same event have no order between them.
    pairs = [(a, b) for a, b in pairs if not set(log.classes[a].complete) & set(log.classes[b].complete)]
    extra = list(_unplanned(model, seen, store.type(log.object), log)) if seen else []
    course = Course(
        tuple(Point(log.classes[one.id].complete, one.get("mandatory") is True) for one in seen),
        tuple((number[a], number[b]) for a, b in pairs),
        tuple(one for one, _ in extra),
        _failed(log),
    )
    walked = Walked(judging, course)
    closed, still_open = walked.cases()
    starters: list[Starter] = [_starter(one) for one in seen]

    def flags(sign: Deviation, by: Starter | None = None) -> list[Flag]:
        who = [one for _, one in extra] if sign == "ad_hoc" else starters
        return [Flag(sign, n) for n, one in enumerate(who) if by in (None, one)]

    every = [flag for sign in DEVIATIONS for flag in flags(sign)]
    whole = walked.tally([every, *(flags(sign) for sign in DEVIATIONS)])
    split = [(sign, by) for sign in DEVIATIONS for by in STARTERS if flags(sign, by)]
    parts = dict(zip(split, walked.tally([flags(sign, by) for sign, by in split]), strict=True))
    return Deviations(
        journey,
        log.object,
        closed,
        still_open,
        _rate(whole[0], closed),
        dict(zip(DEVIATIONS, (_rate(one, closed) for one in whole[1:]), strict=True)),
        {
            sign: {
                by: _rate(parts[sign, by], closed)
                for by in STARTERS
                if (sign, by) in parts and (parts[sign, by].closed or parts[sign, by].open)
            }
            for sign in DEVIATIONS
        },
        (*_planned(model, walked, seen, pairs, closed), *_ad_hoc(walked, extra, log, closed)),
        tuple(one for one in planned if one.id not in number),
        tuple((model[a], model[b]) for a, b in pairs),
    )


def _planned(
    model: Model, walked: Walked, seen: Sequence[Element], pairs: Sequence[tuple[str, str]], closed: int
) -> Iterator[Place]:
    signs: tuple[Sign, ...] = ("came", "missing", "pending", "irregular", "failure")
    tallies = iter(walked.tally([[Flag(sign, n)] for n in range(len(seen)) for sign in signs]))
    for n, touchpoint in enumerate(seen):
        came, missing, pending, irregular, failure = (next(tallies) for _ in signs)
        rates: dict[Deviation, Rate] = {
            "missing": _rate(missing, closed),
            "irregular": _rate(irregular, closed),
            "failure": _rate(failure, came.closed),
        }
        yield Place(
            touchpoint,
            "",
            _starter(touchpoint),
            came.closed,
            rates,
            pending.open,
            tuple(model[b] for a, b in pairs if a == touchpoint.id),
            walked.by_requirement(n) if failure.closed else {},
            _examples(walked, rates, n),
        )


def _ad_hoc(walked: Walked, extra: Sequence[tuple[Unplanned, Starter]], log: Log, closed: int) -> list[Place]:
    found = []
    for n, tally in enumerate(walked.tally([[Flag("ad_hoc", n)] for n in range(len(extra))])):
        rates: dict[Deviation, Rate] = {"ad_hoc": _rate(tally, closed)}
        one, by = extra[n]
        if tally.closed or tally.open:
            shown = _examples(walked, rates, n)
            found.append(Place(None, log.labels[one.code], by, tally.closed, rates, 0, (), {}, shown))
    return sorted(found, key=lambda place: (-place.came, place.label, place.by))


def _examples(
    walked: Walked, rates: Mapping[Deviation, Rate], number: int
) -> dict[Deviation, tuple[str, ...]]:
    return {
        sign: walked.examples([Flag(sign, number)], EXAMPLES)
        for sign, rate in rates.items()
        if rate.cases or rate.open
    }


def _rate(tally: Tallied, n: int) -> Rate:
    enough = n >= SMALLEST_GROUP
    return Rate(tally.closed, n, wilson(tally.closed, n) if enough else None, tally.open, tally.times)


def _starter(touchpoint: Element) -> Starter:
    said = touchpoint.get("by")
    return next((one for one in STARTERS if one == said), "unknown")


def _unplanned(
    model: Model, seen: Iterable[Element], stored: ObjectType, log: Log
) -> Iterator[tuple[Unplanned, Starter]]:
    """The labels that belong to no planned touchpoint, with who starts them."""
    planned = {code for one in seen for code in log.classes[one.id].complete}
    closing = {stored.closing}
    for activity in stored.activities:
        if activity.code in planned:
            continue
        elements = [model[name] for name in stored.labels.get(activity.label, ()) if name in model]
        elsewhere = any(one.kind == "touchpoint" for one in elements)
        answers = any(is_contact(one) for one in elements if one.kind == "activity")
        if elsewhere or (elements and not answers) or activity.label in closing:
            continue
        # What nobody mapped and only stands in a date column is a fact of the records, not a contact.
        known = "" if elements else f"NOT ({FROM_DATES})"
        yield from _by_initiator(activity.code, known, log, "customer" if answers else "unknown")


def _by_initiator(code: int, known: str, log: Log, usual: Starter) -> Iterator[tuple[Unplanned, Starter]]:
    """One kind of unplanned event, split by who started it where the events say so."""
    column = log.columns.get(INITIATOR)
    if column is None or column.level != "event" or column.type != "category" or column.personal:
        yield Unplanned(code, known), usual
        return
    codes: dict[Starter, list[int]] = {}
    for value, text in enumerate(column.values):
        who = next((by for by, said in _SAID.items() if text.strip().casefold() in said), None)
        if who is not None:
            codes.setdefault(who, []).append(value)
    told: list[int] = []
    for by in STARTERS:
        if by in codes and by != usual:
            told += codes[by]
            test = f"e.{column.column} IN ({', '.join(map(str, codes[by]))})"
            yield Unplanned(code, _both(known, test)), by
    rest = (
        f"(e.{column.column} IS NULL OR e.{column.column} NOT IN ({', '.join(map(str, told))}))"
        if told
        else ""
    )
    yield Unplanned(code, _both(known, rest)), usual


def _both(one: str, other: str) -> str:
    return " AND ".join(f"({test})" for test in (one, other) if test)


def _failed(log: Log) -> str:
    """When an event says itself that it failed, as SQL."""
    column = log.columns.get(STATUS)
    if column is None or column.level != "event" or column.type != "category":
        return ""
    codes = [code for code, text in enumerate(column.values) if text.strip().casefold() in _FAILED]
    return f"e.{column.column} IN ({', '.join(map(str, codes))})" if codes else ""
