"""What do initiatives want to do to the model, what goes along with what they remove, and which of it touches the same thing?"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ketenreis.analysis.impact import INSIDE, Hop
from ketenreis.model import Element, Model

SETTLED = ("done", "dropped")
"""The status of initiatives that want nothing any more."""

REACH = 3
"""So many steps apart two elements may lie and still be one contact seen from different sides: work, contact, step, contact."""

_SAME_CONTACT = ("realised_by", "carried_by", "answers", "shows")
_PARTS = ("touchpoint", "question", "wish", "pain_point", "output")
"""Kinds that are one with what they stand in; that two activities stand in one process says nothing."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that an initiative wants to do.

    Attributes:
        initiative: Whose it is.
        intent: add, remove, shorten, merge, move, automate or strengthen.
        element: What it works on; for add: what it comes with.
        what: For add: what is added; empty where nobody said.
        expects: What it is to bring, in the initiative's own words.
    """

    initiative: Element
    intent: str
    element: Element
    what: str = ""
    expects: str = ""


def operations(model: Model) -> tuple[Operation, ...]:
    """What the initiatives that are not settled want to do; operations on something unknown are passed over.

    Example:
        >>> sneller = {"operations": ({"intent": "remove", "element": "bellen"},)}
        >>> model = Model.of([Element("bellen", "activity"), Element("sneller", "initiative", None, sneller)])
        >>> [(one.intent, one.element.id) for one in operations(model)]
        [('remove', 'bellen')]
    """
    return tuple(
        _operation(initiative, row, model)
        for initiative in live(model)
        for row in initiative.records("operations")
        if row.get("intent") and str(row.get("element")) in model
    )


def live(model: Model) -> Iterator[Element]:
    """The initiatives that still want something."""
    return (one for one in model.of_kind("initiative") if one.get("status") not in SETTLED)


def _operation(initiative: Element, row: Mapping[str, object], model: Model) -> Operation:
    said = {name: str(row[name]) for name in ("what", "expects") if row.get(name)}
    return Operation(initiative, str(row["intent"]), model[str(row["element"])], **said)


def removed_with(model: Model, element_id: str) -> frozenset[str]:
    """The ids that go when an element goes.

    Args:
        model: The model.
        element_id: What is removed.

    Returns:
        Itself, what stands in it, the contacts that nothing else makes true, and the messages that nothing else carries.
    """
    gone = {element_id}
    while True:
        inside = {one.id for name in gone for one in model.within(name)}
        contacts = {
            contact.id
            for name in gone
            for contact in model.sources(name, "realised_by")
            if contact.kind == "touchpoint" and _all_in(model.targets(contact.id, "realised_by"), gone)
        }
        messages = {
            message.id
            for name in gone
            for message in model.sources(name, "carried_by")
            if _all_in(model.targets(message.id, "carried_by"), gone)
        }
        if inside | contacts | messages <= gone:
            return frozenset(gone)
        gone |= inside | contacts | messages


def _all_in(elements: tuple[Element, ...], gone: set[str]) -> bool:
    return all(one.id in gone for one in elements)


def left_open(model: Model, gone: Collection[str]) -> tuple[Element, ...]:
    """The questions that nothing answers any more once these are gone; a question that goes itself is not open."""
    asked = dict.fromkeys(question.id for name in sorted(gone) for question in model.targets(name, "answers"))
    return tuple(
        model[name]
        for name in asked
        if name not in gone and all(one.id in gone for one in model.sources(name, "answers"))
    )


Advice = Literal["keep", "check", "replace", "remove", ""]
"""keep, and simplify; check whether it must be; replace before removing; remove. Empty where nobody valued the work."""


def advice(model: Model, activity: Element) -> Advice:
    """What follows from the value of work beside the questions of customers that it alone answers?

    Source:
        The contact-moment conflict: a Lean label alone is not right, an open question alone is not either; where work is
        waste and a question would stay open, the answer is given earlier or elsewhere before the work goes.

    Example:
        >>> advice(Model.of([]), Element("bellen", "activity", None, {"value": "waste"}))
        'remove'
    """
    value = activity.get("value")
    if value is None:
        return ""
    is_asked = activity.id in model and bool(left_open(model, removed_with(model, activity.id)))
    if value == "waste":
        return "replace" if is_asked else "remove"
    return "keep" if is_asked or value == "adding" else "check"


def linked(model: Model, start: str, reach: int = REACH) -> Mapping[str, tuple[Hop, ...]]:
    """What is the same contact as an element, seen from another side, and how.

    Args:
        model: The model.
        start: The id of an element.
        reach: How many steps apart at most.

    Returns:
        By id the steps from start to there, no way being shorter; start itself with none.

    Example:
        >>> from ketenreis.model import Edge
        >>> model = Model.of([Element("a", "activity"), Element("t", "touchpoint")], [Edge("realised_by", "t", "a")])
        >>> linked(model, "a")["t"]
        (Hop(relation='realised_by', forward=False, to='t'),)
    """
    found: dict[str, tuple[Hop, ...]] = {start: ()}
    ahead = deque([start])
    while ahead:
        name = ahead.popleft()
        if len(found[name]) < reach:
            for hop in _hops(model, name):
                if hop.to not in found:
                    found[hop.to] = (*found[name], hop)
                    ahead.append(hop.to)
    return found


def _hops(model: Model, name: str) -> Iterator[Hop]:
    for edge in model.out(name, *_SAME_CONTACT):
        if edge.target in model:
            yield Hop(edge.relation, True, edge.target)
    for edge in model.into(name, *_SAME_CONTACT):
        yield Hop(edge.relation, False, edge.source)
    element = model[name]
    if element.kind in _PARTS and element.parent is not None and element.parent in model:
        yield Hop(INSIDE, True, element.parent)
    for child in model.children(name, *_PARTS):
        yield Hop(INSIDE, False, child.id)
