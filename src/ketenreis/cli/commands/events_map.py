"""`ketenreis events map`: which event in the data is which contact or activity of the model?"""

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from ketenreis.cli.opening import sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("store", type=Path)
    parser.add_argument("model")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--mapping", type=Path)
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows what labels mean and could mean; takes it over when asked."""
    from ketenreis.events.mapping import read_mapping, write_mapping
    from ketenreis.events.relabelling import mapping_of, meant_with, relabel
    from ketenreis.events.store import EventStore
    from ketenreis.reports.labelled import proposals

    model = sound_model(asked.model, terminal).model
    store = EventStore.open(asked.store)
    is_given = asked.mapping is not None and asked.mapping.exists()
    mapping = read_mapping(asked.mapping) if is_given else mapping_of(store)
    mapping = replace(mapping, labels=meant_with(store, mapping) if is_given else store.type().labels)
    found = proposals(store, model, mapping.labels)
    terminal.kept = terminal.words("import.kept", store=asked.store)
    if asked.accept:
        labels = {row["label"]: tuple(row["elements"] + row["proposed"]) for row in found["labels"]}
        labels = {**mapping.labels, **{label: ids for label, ids in labels.items() if ids}}
        store = relabel(store, labels, departments=mapping.departments)
        found = proposals(store, model, labels)
        if asked.mapping:
            asked.mapping.write_text(write_mapping(replace(mapping, labels=labels)), encoding="utf-8")
    elif is_given:
        relabel(store, mapping.labels, departments=mapping.departments)
    if asked.json:
        terminal.show(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _show(found, asked, terminal)
    return 0


def _show(found: dict[str, Any], asked: Namespace, terminal: Terminal) -> None:
    from ketenreis.render.terminal import fitting

    labels = [fitting(row["label"]) for row in found["labels"]]
    width = max(map(len, labels), default=0)
    for label, row in zip(labels, found["labels"], strict=True):
        if row["elements"]:
            said = f"= {', '.join(row['elements'])}"
        elif row["proposed"]:
            said = f"→ {', '.join(row['proposed'])}  ({row['score']:.2f}, {row['why']})"
        else:
            said = terminal.paint("?", "yellow")
        terminal.show(f"{row['events']:>9}  {label:<{width}}  {said}")
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
