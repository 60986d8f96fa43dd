"""How does a tension read: both sides with their evidence, what they share and what serves both; in words and as data?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ketenreis.analysis.contacts import contact_price
from ketenreis.analysis.tension_evidence import Evidence, Judged, evidence, pushed
from ketenreis.analysis.tension_rules import Side
from ketenreis.analysis.tensions import Tension, tensions
from ketenreis.analysis.ways_out import Option
from ketenreis.analysis.workload import Range
from ketenreis.analysis.yields import Interval
from ketenreis.events.store import EventStore
from ketenreis.findings import Finding, Level
from ketenreis.measure import cases
from ketenreis.model import KIND, Element, Model
from ketenreis.render.terminal import wrapped
from ketenreis.reports.consequences import hops_in_words
from ketenreis.reports.contacted import judgings
from ketenreis.reports.words import Words

_LABEL = 50
"""A longer label takes lines of its own in a terminal."""
_MOST_NAMED = 3
"""So many elements are named in one row; of more their number is said."""


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of evidence in words.

    Attributes:
        label: What it is.
        figure: How much, or that it cannot be said.
        note: With how many cases, and what it does not prove; why it cannot be said.
        is_known: Whether it can be said.
    """

    label: str
    figure: str
    note: str = ""
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class SideTold:
    """One side in words.

    Attributes:
        side: The side.
        who: The team, else the initiative, else the customer.
        initiative: Which initiative; empty for the customer.
        claim: What it wants, or counts on.
        quote: What it expects, in its own words; empty where nobody wrote it.
        rows: Its evidence.
    """

    side: Side
    who: str
    initiative: str
    claim: str
    quote: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class OptionTold:
    """Something that serves both, in words: how, and what."""

    option: Option
    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A tension as a card shows it."""

    tension: Tension
    title: str
    weight: str
    rule: str
    also: tuple[str, ...]
    sides: tuple[SideTold, SideTold]
    path: str
    premise: str
    options: tuple[OptionTold, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A tension with the evidence for either side."""

    tension: Tension
    evidence: tuple[tuple[Evidence, ...], tuple[Evidence, ...]]


def weighed(model: Model, store: EventStore | None = None) -> tuple[Weighed, ...]:
    """Every tension of a model with what speaks for either side.

    Args:
        model: The model.
        store: The events; without them the model alone speaks, and it is said that more cannot be.

    Returns:
        The weightiest first; the evidence of the first side, and that of the second.

    Example:
        >>> from ketenreis.notation import read_text
        >>> text = '''
        ... processes: [{id: p, activities: [{id: bellen, name: Bellen, minutes: 6, volume: 1000}]}]
        ... initiatives:
        ... - {id: sneller, operations: [{intent: remove, element: bellen}]}
        ... - {id: warmer, operations: [{intent: strengthen, element: bellen}]}
        ... '''
        >>> first = weighed(read_text(text).model)[0]
        >>> [(one.name, one.amount.middle) for one in first.evidence[0] if one.name == "hours"]
        [('hours', 100.0)]
    """
    found = tensions(model)
    asked = {ctq.id for one in found for ctq in pushed(model, one)}
    judged = _judged(model, store, asked) if store is not None and asked else {}
    return tuple(Weighed(one, evidence(model, one, store, judged)) for one in found)


def _judged(model: Model, store: EventStore, asked: set[str]) -> dict[str, Judged]:
    """What the events say of requirements that two push at."""
    found: dict[str, Judged] = {}
    for _, judging in judgings(model, store):
        counts = cases(judging)
        price = contact_price(model, judging) if asked.intersection(counts) else None
        priced = {one.ctq.id: one for one in price.attributed} if price is not None else {}
        found |= {name: Judged(counts[name], priced.get(name)) for name in asked if name in counts}
    return found


def tension_between(tension: Tension, model: Model, words: Words) -> str:
    """What a tension is about and between which initiatives, for a list in which several may be about the same."""
    names = " ⇄ ".join(f"“{one.name}”" for one in tension.initiatives)
    title = tension_title(tension, model, words)
    return f"{title} ({names})" if names else title


def as_finding(tension: Tension, model: Model, words: Words) -> Finding:
    """A tension as it stands among the other findings: without the evidence of its card."""
    about = {
        "card": f"{tension_between(tension, model, words)}.",
        "rule": words.say(f"tension.rule_{tension.rule}"),
    }
    level: Level = "warning" if tension.weight == "high" else "advice"
    elements = (tension.element.id, *(one.id for one in tension.initiatives))
    return Finding("initiatives_in_tension", level, elements, None, about)


def told(weighed: Weighed, model: Model, words: Words) -> Told:
    """A tension in words that blame nobody.

    Args:
        weighed: The tension with its evidence.
        model: Where it was found.
        words: The language, and what a case is called.
    """
    tension = weighed.tension
    one, other = tension.sides
    first, second = weighed.evidence
    return Told(
        tension,
        tension_title(tension, model, words),
        words.say(f"tension.weight_{tension.weight}"),
        words.say(f"tension.rule_{tension.rule}"),
        tuple(words.say(f"tension.rule_{rule}") for rule in tension.also),
        (_side(one, first, tension, words), _side(other, second, tension, words)),
        _path(tension, model, words),
        _premise(tension, model, words),
        tuple(_option(option, words) for option in tension.options),
    )


def tension_title(tension: Tension, model: Model, words: Words) -> str:
    """What a tension is about, in a line."""
    one, other = (_intent(side, words) for side in tension.sides)
    element = _seen(tension, model).name
    return words.say(f"tension.title_{tension.rule}", element=element, one=one, other=other)


def _seen(tension: Tension, model: Model) -> Element:
    """What it is about as the customer sees it: of work that goes, the contact that goes with it."""
    if tension.element.kind == "activity" and tension.gone:
        contacts = (one for one in model.sources(tension.element.id, "realised_by") if one.id in tension.gone)
        return next((one for one in contacts if one.kind == "touchpoint"), tension.element)
    return tension.element


def _intent(side: Side, words: Words) -> str:
    """The word for what an initiative wants to do, as the metamodel has it."""
    operations = KIND["initiative"].field("operations")
    choices = operations.fields[0].choices if operations else ()
    wanted = side.operation.intent if side.operation else ""
    return next((getattr(one, words.language) for one in choices if one.key == wanted), "")


def _side(side: Side, found: tuple[Evidence, ...], tension: Tension, words: Words) -> SideTold:
    initiative = words.say("tension.initiative", name=side.initiative.name) if side.initiative else ""
    who = side.team.name if side.team else initiative or words.say("tension.customer")
    rows = tuple(_row(one, tension, words) for one in found)
    return SideTold(side, who, initiative if side.team else "", _claim(side, words), side.expects, rows)


def _claim(side: Side, words: Words) -> str:
    operation = side.operation
    if operation is None:
        if side.push:
            return words.say(f"tension.claim_{side.push}", element=side.holds[-1].name)
        if side.initiative is not None:
            return words.say("tension.claim_role", element=_names(side.holds, words))
        return words.say("tension.claim_needs", names=_names(side.holds, words))
    if operation.intent == "add":
        key = "tension.claim_add" if operation.what else "tension.claim_add_unsaid"
        return words.say(key, what=operation.what, element=operation.element.name)
    return words.say(f"tension.claim_{operation.intent}", element=operation.element.name)


def _names(elements: tuple[Element, ...], words: Words) -> str:
    quoted = [f"“{one.name}”" for one in elements[:_MOST_NAMED]]
    more = len(elements) - _MOST_NAMED
    return words.listed(quoted) if more <= 0 else f"{', '.join(quoted)} +{more}"


_DIGITS = {"posts": 1, "minutes": 1}


def _row(one: Evidence, tension: Tension, words: Words) -> Row:
    remove = tension.sides[0].operation is not None and tension.sides[0].operation.intent == "remove"
    name = f"hours_{'remove' if remove else 'other'}" if one.name == "hours" else one.name
    if one.name == "extra_contacts" and one.amount is not None and one.amount.high < 0:
        name, one = "fewer_contacts", replace(one, amount=_turned(one.amount))
    label = words.say(f"tension.{name}", names=_names(one.about, words))
    if one.missing:
        return Row(
            label, words.say("tension.cannot"), words.say(f"tension.cannot_{one.missing}"), is_known=False
        )
    if one.name in ("requirements", "owns"):
        return Row(label, _names(one.about, words))
    if one.name == "kept" and one.amount is not None:
        share = words.percent(one.amount.middle)
        interval = words.interval(Interval(one.amount.low, one.amount.high))
        return Row(label, words.say("tension.kept_said", share=share, interval=interval, n=one.n))
    if one.name == "attributed" and one.amount is not None and one.amount.low <= 0 <= one.amount.high:
        return Row(label, words.say("tension.extra_contacts_none"))
    if one.compared is not None:
        compared = one.compared
        fewer = compared.more.middle < 0
        note = words.say(
            "tension.contacts_fewer" if fewer else "tension.contacts_more",
            more=" ".join(_amount(_turned(compared.more) if fewer else compared.more, words, 2)),
            lacking=compared.counts.lacking.cases, having=compared.counts.having.cases,
        )  # fmt: skip
        figures = {"lacking": words.number(compared.lacking), "having": words.number(compared.having)}
        return Row(label, words.say("tension.contacts_said", **figures), note)
    if one.amount is None:
        return Row(label, words.say(f"tension.{one.name}_said"))
    if one.name == "extra_contacts" and one.amount.low <= 0 <= one.amount.high:
        return Row(label, words.say("tension.extra_contacts_none"))
    middle, ends = _amount(one.amount, words, _DIGITS.get(one.name, 0))
    return Row(label, words.say(f"tension.{one.name}_said", amount=middle, range=ends).rstrip())


def _amount(one: Range, words: Words, digits: int = 0) -> tuple[str, str]:
    """A figure, and the range it plausibly lies in; empty where it is exact."""
    low, middle, high = (
        words.number(_rounded(end, digits), digits) for end in (one.low, one.middle, one.high)
    )
    return middle, "" if one.low == one.high else f"({low}–{high})"


def _turned(one: Range) -> Range:
    """How many fewer, of how many more."""
    return Range(-one.high, -one.middle, -one.low)


def _rounded(value: float, digits: int) -> float:
    """A large number without more figures than it can know."""
    return round(value, -1) if abs(value) >= 1_000 and not digits else round(value, digits)


def _path(tension: Tension, model: Model, words: Words) -> str:
    """How what both work on hangs together; nothing where it is the same element."""
    one, other = (side.operation for side in tension.sides)
    if one is None or other is None or one.element == other.element:
        return ""
    if tension.path:
        return words.say(
            "tension.path", path=hops_in_words(one.element.id, tension.path, words.language, model)
        )
    if other.element.id in tension.gone:
        return words.say("tension.path_inside", element=one.element.name, other=other.element.name)
    return ""


def _premise(tension: Tension, model: Model, words: Words) -> str:
    """What both sides share: a goal of both, else the organisation's vision."""
    if tension.shared:
        said = [str(goal.get("statement") or goal.name).rstrip(".") for goal in tension.shared]
        return words.say("tension.premise", goals="; ".join(said))
    vision = model.organisation.get("vision") if model.organisation else None
    return words.say("tension.premise_vision", vision=vision) if vision else words.say("tension.premise_none")


def _option(option: Option, words: Words) -> OptionTold:
    names = {"at": option.at.name if option.at else "", "about": option.about.name if option.about else ""}
    return OptionTold(
        option, words.say(f"tension.how_{option.how}"), words.say(f"tension.option_{option.name}", **names)
    )


def tensions_in_words(found: tuple[Weighed, ...], model: Model, words: Words) -> Iterator[str]:
    """Every tension as lines for a terminal."""
    if not found:
        yield words.say("tension.none" if model.of_kind("initiative") else "tension.none_initiatives")
        return
    yield words.say("tension.found", n=len(found))
    for one in found:
        card = told(one, model, words)
        yield ""
        yield f"{words.say('tension.word')} · {card.weight} · {card.rule} [{one.tension.fingerprint}]"
        yield card.title
        for rule in card.also:
            yield from wrapped(words.say("tension.also", rule=rule))
        for mark, side in zip(("◀", "▶"), card.sides, strict=True):
            yield from _side_lines(mark, side)
        if card.path:
            yield from wrapped(card.path)
        yield from wrapped(f"{words.say('tension.shared')} {card.premise}")
        for option in card.options:
            yield from wrapped(f"→ {option.how}: {option.text}")


def _side_lines(mark: str, side: SideTold) -> Iterator[str]:
    yield f"{mark} {side.who}: {side.claim}"
    if side.quote:
        yield f"    “{side.quote}”"
    width = max((len(row.label) for row in side.rows if len(row.label) <= _LABEL), default=0)
    for row in side.rows:
        if len(row.label) <= _LABEL:
            yield f"    {row.label:<{width}}  {row.figure}"
        else:
            yield from wrapped(row.label, indent="    ")
            yield f"    {'':<{width}}  {row.figure}"
        if row.note:
            yield from wrapped(row.note, indent="      ")


def tensions_as_json(found: tuple[Weighed, ...], model: Model, words: Words) -> list[dict[str, Any]]:
    """Every tension as plain values; ranges as [low, middle, high], null where nothing can be said."""
    return [_as_json(one, told(one, model, words)) for one in found]


def _as_json(one: Weighed, card: Told) -> dict[str, Any]:
    tension = one.tension
    return {
        "fingerprint": tension.fingerprint, "facts": tension.facts, "rule": tension.rule, "also": list(tension.also), "weight": tension.weight,
        "element": tension.element.id, "title": card.title, "path": card.path,
        "sides": [_side_as_json(*each) for each in zip(card.sides, one.evidence, strict=True)],
        "shared": [goal.id for goal in tension.shared], "premise": card.premise,
        "options": [
            {"how": each.option.how, "at": each.option.at and each.option.at.id, "about": each.option.about and each.option.about.id, "text": each.text}
            for each in card.options
        ],
    }  # fmt: skip


def _side_as_json(side: SideTold, found: tuple[Evidence, ...]) -> dict[str, Any]:
    said = side.side
    return {
        "initiative": said.initiative and said.initiative.id, "team": said.team and said.team.id,
        "intent": said.operation and said.operation.intent, "element": said.operation and said.operation.element.id,
        "claim": side.claim, "holds": [one.id for one in said.holds], "evidence": [_evidence_as_json(one) for one in found],
    }  # fmt: skip


def _evidence_as_json(one: Evidence) -> dict[str, Any]:
    compared = one.compared
    return {
        "name": one.name, "about": [each.id for each in one.about], "missing": one.missing or None,
        "amount": one.amount and [one.amount.low, one.amount.middle, one.amount.high], "n": one.n or None,
        "contacts": compared and {
            "lacking": compared.lacking, "lacking_cases": compared.counts.lacking.cases,
            "having": compared.having, "having_cases": compared.counts.having.cases,
            "more": [compared.more.low, compared.more.middle, compared.more.high],
        },
    }  # fmt: skip
