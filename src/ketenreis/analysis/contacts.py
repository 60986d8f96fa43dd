"""What does it cost in contacts when a requirement is not kept? And which contacts look like failure demand?

A contact is what a customer starts: a touchpoint of communication by the customer, or work whose `contact` says so, as far
as its label is not the organisation's own side of a conversation. Cases in which a requirement was violated are held
against cases in which it was met. That is association, not proof: what made the requirement fail may have made the
customer call. And an indicator is no verdict: whether a contact was avoidable is heard in the customer's own words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ketenreis.analysis.rejudged import SHORTEST, YEAR_US
from ketenreis.analysis.workload import Effort, Range, effort
from ketenreis.analysis.yields import Interval, newcombe, wilson
from ketenreis.measure import Judging
from ketenreis.measure.contacts import Contacted, Contacts, Move
from ketenreis.measure.figures import SMALLEST_GROUP
from ketenreis.measure.log import Log
from ketenreis.model import Element, Model

REPEAT_DAYS = 7
"""A contact within so many days of the one before it, about the same case, is a repeat contact."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """The contacts that go with not keeping one requirement.

    Attributes:
        ctq: The requirement.
        counted: Cases by verdict, and how many of them had contact.
        difference: P(contact | violated) − P(contact | met).
        interval: 95% interval of that; when it holds 0, the data do not show a difference.
        cases: The difference times the violated cases of the log: cases with contact that would not have had it.
        a_year: The same a year; None from less than a week of events.
        effort: Hours, posts and money a year of handling them; None when minutes or the year are not known.
    """

    ctq: Element
    counted: Contacted
    difference: float
    interval: Interval
    cases: Range
    a_year: Range | None
    effort: Effort | None

    @property
    def shows(self) -> bool:
        """Whether the interval excludes that there is no difference."""
        return 0.0 not in self.interval

    @property
    def costs(self) -> bool:
        """Whether keeping the requirement would save contacts: there is a difference, and it is not the other way round."""
        return self.interval.low > 0.0


@dataclass(frozen=True, slots=True)
class Indicator:
    """How many contacts carry a sign of failure demand; the interval takes contacts for independent."""

    contacts: int
    n: int

    @property
    def share(self) -> float | None:
        """Their share of all contacts; None with fewer than five."""
        return self.contacts / self.n if self.n >= SMALLEST_GROUP else None

    @property
    def interval(self) -> Interval | None:
        """95% interval of the share; None likewise."""
        return wilson(self.contacts, self.n) if self.n >= SMALLEST_GROUP else None


@dataclass(frozen=True, slots=True)
class ContactPrice:
    """The contacts in a log, and what they go with.

    Attributes:
        kinds: The touchpoints and activities that count as contact and that the events know.
        contacts: How many there were; lines of a conversation within half an hour are one.
        cases: In how many cases.
        repeat: Within `REPEAT_DAYS` of one before it, in the same case.
        while_ours: At a moment when the next mandatory touchpoint was ours to start: the customer asks where it is.
        after_violation: After a requirement was violated; None when no requirement was judged.
        reopened: In a case that had been closed before; None when the events do not say when a case closes.
        attributed: Per requirement, the most contacts first.
        about_contact: Requirements that are measured at the contact itself: comparing would go in a circle.
        cannot: Requirements with fewer than five cases on either side.
    """

    kinds: tuple[Element, ...]
    contacts: int
    cases: int
    repeat: Indicator
    while_ours: Indicator
    after_violation: Indicator | None
    reopened: Indicator | None
    attributed: tuple[Attributed, ...]
    about_contact: tuple[Element, ...]
    cannot: tuple[Element, ...]


def is_contact(element: Element) -> bool:
    """Whether an element is contact that a customer starts, or the work of answering it."""
    if element.kind == "touchpoint":
        return element.get("by") == "customer" and element.get("type") != "action"
    return element.kind == "activity" and isinstance(element.get("contact"), Mapping)


def our_side(model: Model) -> tuple[Element, ...]:
    """The touchpoints that no customer starts to get in touch: a label of one is no contact, whatever work it also names."""
    return tuple(one for one in model.of_kind("touchpoint") if not is_contact(one))


def contact_codes(model: Model, log: Log) -> tuple[tuple[Element, ...], tuple[int, ...]]:
    """What counts as contact in a log: the elements, and the codes of their labels."""
    ours = {code for one in our_side(model) if one.id in log.classes for code in log.classes[one.id].complete}
    found: list[Element] = []
    codes: set[int] = set()
    for element in model.of_kind("touchpoint", "activity"):
        if is_contact(element) and element.id in log.classes:
            own = set(log.classes[element.id].complete) - ours
            if own:
                found.append(element)
                codes |= own
    return tuple(found), tuple(sorted(codes))


def contact_price(model: Model, judging: Judging) -> ContactPrice | None:
    """Which contacts go with requirements that were not kept, and how many look like failure demand?

    Args:
        model: The model.
        judging: Its requirements, judged on one type of object in full detail.

    Returns:
        The figures; None when the events of this type know no contact.

    Source:
        Failure demand: Seddon, J. (2003), Freedom from Command and Control. The indicators are ours.
    """
    kinds, codes = contact_codes(model, judging.log)
    if not codes:
        return None
    contacts = Contacts(judging, codes)
    number, cases = contacts.count()
    about = [name for name in judging.plans if _is_about(judging, name, set(codes))]
    others = [name for name in judging.plans if name not in about and name in model]
    held = [(model[name], contacts.contacted(name)) for name in others]
    known = [(ctq, each) for ctq, each in held if min(each.violated, each.met) >= SMALLEST_GROUP]
    minutes = _minutes(model, kinds)
    found = [_attributed(model, judging, ctq, each, minutes) for ctq, each in known]
    return ContactPrice(
        kinds,
        number,
        cases,
        Indicator(contacts.repeated(REPEAT_DAYS), number),
        Indicator(contacts.while_ours(_moves(model, judging.log)), number),
        Indicator(contacts.after_violation(others), number) if others else None,
        None if (reopened := contacts.after_closing()) is None else Indicator(reopened, number),
        tuple(sorted(found, key=lambda one: (-one.cases.middle, one.ctq.id))),
        tuple(model[name] for name in about if name in model),
        tuple(ctq for ctq, each in held if min(each.violated, each.met) < SMALLEST_GROUP),
    )


def _is_about(judging: Judging, name: str, codes: set[int]) -> bool:
    """Whether a requirement, or one it is made of, is measured at the contact itself."""
    plan = judging.plans[name]
    if plan.parts:
        return any(_is_about(judging, part, codes) for part in plan.parts)
    measure = plan.requirement.measure
    classes = judging.log.classes
    return measure is not None and any(
        codes & set(classes[element].complete) for element in measure.elements() if element in classes
    )


def _attributed(
    model: Model, judging: Judging, ctq: Element, counted: Contacted, minutes: Iterable[Decimal]
) -> Attributed:
    both = counted.after_violated, counted.violated, counted.after_met, counted.met
    difference = both[0] / both[1] - both[2] / both[3]
    interval = newcombe(*both) or Interval(-1.0, 1.0)
    cases = Range(interval.low, difference, interval.high).times(counted.violated)
    period = judging.log.last_us - judging.log.first_us
    a_year = cases.times(YEAR_US / period) if period >= SHORTEST else None
    cost = effort(model, minutes, a_year) if a_year is not None else None
    return Attributed(ctq, counted, difference, interval, cases, a_year, cost)


def _minutes(model: Model, kinds: Iterable[Element]) -> tuple[Decimal, ...]:
    """What answering takes each time: of the work that is contact, or that makes the contact true."""
    work = {
        one.id: one
        for kind in kinds
        for one in ((kind,) if kind.kind == "activity" else model.targets(kind.id, "realised_by"))
    }
    said = (one.get("minutes") for one in work.values())
    return tuple(minutes for minutes in said if isinstance(minutes, Decimal))


def _moves(model: Model, log: Log) -> list[Move]:
    """The mandatory touchpoints that the events know, in the order of the journeys as they are written."""
    return [
        Move(log.classes[one.id].complete, one.get("by") in ("organisation", "partner"))
        for journey in model.of_kind("journey")
        if journey.parent is None or model[journey.parent].kind != "journey"
        for one in model.within(journey.id, "touchpoint")
        if one.get("mandatory") is True and one.id in log.classes and log.classes[one.id].complete
    ]
