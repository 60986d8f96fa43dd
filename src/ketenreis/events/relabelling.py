"""What do the labels of a store mean from now on? Ties labels to elements without reading the events again."""

import json
from collections.abc import Mapping as Table
from dataclasses import replace
from pathlib import Path
from typing import Any

from ketenreis.errors import StoreError
from ketenreis.events.engine import suited
from ketenreis.events.mapping import Mapping, read_mapping, write_mapping
from ketenreis.events.publishing import show, write, write_json
from ketenreis.events.store import EventStore, read_manifest, room_of
from ketenreis.events.writing import writing


def mapping_of(store: EventStore, name: str | None = None) -> Mapping:
    """The mapping with which the objects of a type came in; of its last source where there are several.

    Args:
        store: The store.
        name: Of the type; the first when null.
    """
    wanted = store.type(name).name
    said = [source for source in store.sources if wanted in source["objects"]]
    latest = ([source for source in said if source["object"] == wanted] or said)[-1]
    return read_mapping(store.folder / str(latest["mapping"]))


def meant_with(store: EventStore, mapping: Mapping) -> dict[str, tuple[str, ...]]:
    """What the labels of a store mean once a mapping holds for its source: what only other sources say keeps its meaning.

    Args:
        store: The store.
        mapping: Of one source; of the only one, where it does not name any.
    """
    told = store.quality
    if len(told) < 2:
        return dict(mapping.labels)
    mine = told.get(mapping.source, {"mapped": {}, "unmapped": {}})
    own = {*mine["mapped"], *mine["unmapped"]}
    kept = {label: ids for label, ids in store.type().labels.items() if label not in own}
    return {**kept, **mapping.labels}


def usual_order(store: EventStore, name: str | None = None) -> tuple[str, ...]:
    """The labels of a type in the order in which they usually occur in a case.

    Args:
        store: The store.
        name: Of the type; the first when null.
    """
    held = store.type(name)
    with suited(held.events) as con:
        rows = con.execute(
            "SELECT e.activity FROM (SELECT case_no, seq, activity, COUNT(*) OVER (PARTITION BY case_no) AS whole "
            f"FROM {held.events_sql}) AS e GROUP BY e.activity ORDER BY AVG((e.seq + 0.5) / e.whole), e.activity"
        ).fetchall()
    labels = {each.code: each.label for each in held.activities}
    return tuple(dict.fromkeys(labels[code] for (code,) in rows))


def relabel(
    store: EventStore,
    labels: Table[str, tuple[str, ...]],
    name: str | None = None,
    *,
    departments: Table[str, str] | None = None,
) -> EventStore:
    """Ties the labels of a type to elements, in the store and in the mapping of its sources.

    Args:
        store: The store.
        labels: Element ids by label; they take the place of the old ones.
        name: Of the type; the first when null.
        departments: The department by value, likewise; the old ones stay when null.

    Returns:
        The store as it now is.

    Raises:
        StoreError: Cases would close at another event: then the events must be imported again.
    """
    held = store.type(name)
    changed = replace(held, labels=labels)
    by_label = held.codes(held.closing)
    if not by_label and held.classes.get(held.closing) != changed.classes.get(held.closing):
        raise StoreError(
            f"Cases close at “{held.closing}”, and that would now be another event. Import the events again with the "
            "new mapping."
        )
    with writing(store.folder):
        manifest = read_manifest(store.folder)
        if manifest is None or manifest["generation"] != store.generation:
            raise StoreError(f"The store in {store.folder} has changed in the meantime. Try again.")
        # A new generation, so that facts which were kept for the old meaning are not used again.
        manifest["generation"] += 1
        manifest["types"][held.name]["labels"] = {label: list(ids) for label, ids in labels.items()}
        manifest["sources"] = [
            {**source, **_papers(store.folder, source, labels, departments, manifest["generation"])}
            if held.name in source["objects"]
            else source
            for source in manifest["sources"]
        ]
        show(store.folder, manifest)
    return EventStore.open(store.folder)


def _papers(
    folder: Path,
    source: Table[str, Any],
    labels: Table[str, tuple[str, ...]],
    departments: Table[str, str] | None,
    generation: int,
) -> dict[str, str]:
    """Says the new meaning in a mapping and quality report of their own: the old ones stand until the new are visible."""
    where = f"sources/{room_of(source['name'])}/{generation}"
    (folder / where).mkdir(parents=True, exist_ok=True)
    mapping = replace(read_mapping(folder / str(source["mapping"])), labels=labels)
    mapping = mapping if departments is None else replace(mapping, departments=departments)
    write(folder / where / "mapping.yaml", write_mapping(mapping), durable=True)
    report = json.loads((folder / str(source["quality"])).read_text(encoding="utf-8"))
    counted = {**report["mapped"], **report["unmapped"]}
    report["mapped"] = {label: times for label, times in counted.items() if label in labels}
    report["unmapped"] = {label: times for label, times in counted.items() if label not in labels}
    write_json(folder / where / "quality.json", report, durable=True)
    return {"mapping": f"{where}/mapping.yaml", "quality": f"{where}/quality.json"}
