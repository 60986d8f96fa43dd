"""What does each label of a store mean in a model, or could it mean, and what is left?"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ketenreis.events.labels import Candidate, Proposal, propose
from ketenreis.events.relabelling import usual_order
from ketenreis.events.store import EventStore
from ketenreis.model import Element, Model

RESEMBLING = 0.4
"""Of several contacts behind one activity, a label means those that come so near."""


def proposals(store: EventStore, model: Model, known: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What each label means, or could mean, and what is left.

    Returns:
        `labels`: per label its events, elements, proposed elements, score and why; `unmapped`: labels that nothing
        resembles; `unmeasured`: elements that a requirement is measured at and that no label means.
    """
    events: dict[str, int] = {}
    for activity in store.type().occurring:
        events[activity.label] = events.get(activity.label, 0) + activity.events
    order = usual_order(store)
    taken = {element for label, elements in known.items() if label in events for element in elements}
    free = [label for label in order if not known.get(label)]
    among = candidates(model, taken)
    proposed = {each.label: each for each in propose(free, among)} if free and among else {}
    direct = {each.element for each in proposed.values() if each.element} | taken
    rows: list[dict[str, Any]] = []
    for label in order:
        each = proposed.get(label)
        ids = [each.element, *_realising(model, each, direct)] if each and each.element else []
        rows.append(
            {
                "label": label,
                "events": events[label],
                "elements": list(known.get(label, ())),
                "proposed": ids,
                "score": each.score if each and ids else None,
                "why": each.why if each and ids else None,
            }
        )
    meant = taken | {element for row in rows for element in row["proposed"]}
    measured = dict.fromkeys(edge.target for edge in model.edges if edge.relation == "measured_at")
    return {
        "labels": rows,
        "unmapped": [row["label"] for row in rows if not row["elements"] and not row["proposed"]],
        "unmeasured": [element for element in measured if element not in meant],
    }


def candidates(model: Model, taken: Collection[str] = ()) -> list[Candidate]:
    """The touchpoints and activities that a label may be an event of, with everything they go by."""
    return [
        Candidate(
            element.id,
            element.name,
            place / len(kind),
            tuple(child.name for child in model.children(element.id) if child.kind == "output"),
            str(element.get("channel") or ""),
            element.kind == "touchpoint" and element.get("by") == "customer",
            frozenset(other.id for other in _beside(model, element.id)),
        )
        for kind in (model.of_kind("touchpoint"), model.of_kind("activity"))
        for place, element in enumerate(kind)
        if element.id not in taken
    ]


def _beside(model: Model, element: str) -> list[Element]:
    """The other side of a contact or activity."""
    beside = (*model.targets(element, "realised_by"), *model.sources(element, "realised_by"))
    return [other for other in beside if other.kind in {"activity", "touchpoint"}]


def _realising(model: Model, found: Proposal, direct: Collection[str]) -> list[str]:
    """The other side of a contact: the activity that makes it true, or the contact that an activity makes true.

    Only when nothing else was found for that side; of several sides only those that the label resembles.
    """
    others = [other for other in _beside(model, found.element or "") if other.id not in direct]
    if len(others) > 1:
        among = [one for one in candidates(model) if one.id in {other.id for other in others}]
        return [one.id for one in among if propose([found.label], [one], enough=RESEMBLING)[0].element]
    return [other.id for other in others]
