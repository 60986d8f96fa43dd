"""`ketenreis events map`: which event in the data is which contact or activity of the model?"""

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ketenreis.cli.opening import sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import LANGUAGES, Terminal

if TYPE_CHECKING:
    from collections.abc import Collection

    from ketenreis.events.labels import Candidate, Proposal
    from ketenreis.events.store import EventStore
    from ketenreis.model import Element, Model

RESEMBLING = 0.4
"""Of several contacts behind one activity, a label means those that come so near."""


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("store", type=Path)
    parser.add_argument("model")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--mapping", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--language", choices=LANGUAGES)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows what labels mean and could mean; takes it over when asked."""
    from ketenreis.events.mapping import read_mapping, write_mapping
    from ketenreis.events.relabelling import mapping_of, relabel
    from ketenreis.events.store import EventStore

    model = sound_model(asked.model, terminal).model
    store = EventStore.open(asked.store)
    is_given = asked.mapping is not None and asked.mapping.exists()
    mapping = read_mapping(asked.mapping) if is_given else mapping_of(store)
    found = proposals(store, model, mapping.labels)
    terminal.kept = terminal.words("import.kept", store=asked.store)
    if asked.accept:
        labels = {row["label"]: tuple(row["elements"] + row["proposed"]) for row in found["labels"]}
        labels = {**mapping.labels, **{label: ids for label, ids in labels.items() if ids}}
        store = relabel(store, labels)
        found = proposals(store, model, labels)
        if asked.mapping:
            asked.mapping.write_text(write_mapping(replace(mapping, labels=labels)), encoding="utf-8")
    elif is_given:
        relabel(store, mapping.labels)
    if asked.json:
        terminal.show(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _show(found, asked, terminal)
    return 0


def proposals(store: "EventStore", model: "Model", known: "Any") -> dict[str, Any]:
    """What each label means, or could mean, and what is left.

    Returns:
        `labels`: per label its events, elements, proposed elements, score and why; `unmapped`: labels that nothing
        resembles; `unmeasured`: elements that a requirement is measured at and that no label means.
    """
    from ketenreis.events.labels import propose
    from ketenreis.events.relabelling import usual_order

    events: dict[str, int] = {}
    for activity in store.type().activities:
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


def candidates(model: "Model", taken: "Collection[str]" = ()) -> "list[Candidate]":
    """The touchpoints and activities that a label may be an event of, with everything they go by."""
    from ketenreis.events.labels import Candidate

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


def _beside(model: "Model", element: str) -> "list[Element]":
    """The other side of a contact or activity."""
    beside = (*model.targets(element, "realised_by"), *model.sources(element, "realised_by"))
    return [other for other in beside if other.kind in {"activity", "touchpoint"}]


def _realising(model: "Model", found: "Proposal", direct: "Collection[str]") -> list[str]:
    """The other side of a contact: the activity that makes it true, or the contact that an activity makes true.

    Only when nothing else was found for that side; of several sides only those that the label resembles.
    """
    from ketenreis.events.labels import propose

    others = [other for other in _beside(model, found.element or "") if other.id not in direct]
    if len(others) > 1:
        among = [one for one in candidates(model) if one.id in {other.id for other in others}]
        return [one.id for one in among if propose([found.label], [one], enough=RESEMBLING)[0].element]
    return [other.id for other in others]


def _show(found: dict[str, Any], asked: Namespace, terminal: Terminal) -> None:
    width = max((len(row["label"]) for row in found["labels"]), default=0)
    for row in found["labels"]:
        if row["elements"]:
            said = f"= {', '.join(row['elements'])}"
        elif row["proposed"]:
            said = f"→ {', '.join(row['proposed'])}  ({row['score']:.2f}, {row['why']})"
        else:
            said = terminal.paint("?", "yellow")
        terminal.show(f"{row['events']:>9}  {row['label']:<{width}}  {said}")
    terminal.say()
    terminal.say(
        terminal.words(
            "map.counted",
            mapped=sum(bool(row["elements"]) for row in found["labels"]),
            proposed=sum(bool(row["proposed"]) for row in found["labels"]),
            unmapped=len(found["unmapped"]),
        )
    )
    if found["unmeasured"]:
        terminal.say(terminal.words("map.unmeasured", elements=", ".join(found["unmeasured"])))
    terminal.say()
    terminal.say(terminal.words("next"))
    if not asked.accept and any(row["proposed"] for row in found["labels"]):
        terminal.say(f"  ketenreis events map {asked.store} {asked.model} --accept --mapping mapping.yaml")
    else:
        terminal.say(f"  ketenreis measure {asked.model} --events {asked.store}")
