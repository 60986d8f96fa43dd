"""How does a change of a store become visible? Papers and files first, then the manifest, in one step."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.events.assembling import Assembled, Party
from ketenreis.events.quality import Span
from ketenreis.events.store import FORMAT, MANIFEST, ObjectType, room_of

ROOMS = ("by", "cases", "dictionaries", "rows")
"""The folders in which files carry the generation that made them."""
NEW_MANIFEST = "manifest.new"


@dataclass(frozen=True, slots=True)
class Papers:
    """What is kept of a source beside its events: its mapping as text, its quality report, and facts for the manifest."""

    source: str
    mapping: str
    quality: Mapping[str, Any] = field(hash=False)
    facts: Mapping[str, Any] = field(hash=False)


def spans_of(
    con: duckdb.DuckDBPyConnection, folder: Path, assembled: Assembled, moment: datetime
) -> dict[str, Span]:
    """From when to when each type that was made runs."""
    return {
        type_: Span.of(
            con,
            [folder / each for each in (*one.type.events_files, *one.type.amendment)],
            one.first_us,
            one.last_us,
            moment,
        )
        for type_, one in assembled.made.items()
    }


def publish(
    folder: Path,
    old: Mapping[str, Any] | None,
    generation: int,
    assembled: Assembled,
    spans: Mapping[str, Span],
    papers: Papers | None,
    *,
    durable: bool = True,
) -> None:
    """Makes a new generation visible, in one step that either happened or did not.

    Args:
        folder: The store.
        old: The manifest so far.
        generation: The number of the new one.
        assembled: The types that were made, and the sources.
        spans: From when to when these types run.
        papers: Of the source that came in; null when one went.
        durable: Whether everything is forced to disk first.
    """
    before = {each["name"]: each for each in (old["sources"] if old else [])}
    sources = []
    for party in assembled.parties:
        said = dict(before.get(party.name, {}))
        if papers and party.name == papers.source:
            where = f"sources/{room_of(party.name)}/{generation}"
            (folder / where).mkdir(parents=True, exist_ok=True)
            write(folder / where / "mapping.yaml", papers.mapping, durable=durable)
            write_json(folder / where / "quality.json", papers.quality, durable=durable)
            said = {**papers.facts, "mapping": f"{where}/mapping.yaml", "quality": f"{where}/quality.json"}
        elif _counts(said) != _counts(party.to_dict()):
            said["quality"] = _counted_again(folder, said, party, generation, durable=durable)
        sources.append({**said, **party.to_dict()})
    kept = {name: each for name, each in (old["types"] if old else {}).items() if name not in assembled.gone}
    new = {
        name: plain(one.type) | {"first_us": spans[name].first_us, "last_us": spans[name].last_possible_us}
        for name, one in assembled.made.items()
    }
    order = dict.fromkeys([*(each["object"] for each in sources), *kept, *new])
    types = {name: new.get(name) or kept[name] for name in order if name in new or name in kept}
    runs = [
        (each["first_us"], each["last_us"]) for each in types.values() if each.get("first_us") is not None
    ]
    manifest = {
        "format": FORMAT,
        "generation": generation,
        "first_us": min((a for a, _ in runs), default=None),
        "last_us": max((b for _, b in runs if b is not None), default=None),
        "sources": sources,
        "types": types,
    }
    if durable:
        for room in (*ROOMS, "sources"):
            for path in (folder / room).rglob("*"):
                if f"/{generation}" in path.as_posix():
                    flush(path)
    show(folder, manifest, durable=durable)


def show(folder: Path, manifest: Mapping[str, Any], *, durable: bool = True) -> None:
    """Puts a manifest in the place of the old one: the one step in which a change of a store becomes visible."""
    write_json(folder / NEW_MANIFEST, manifest, durable=durable)
    (folder / NEW_MANIFEST).replace(folder / MANIFEST)
    if durable:
        flush(folder)


def _counts(said: Mapping[str, Any]) -> list[Any]:
    return list(said.get("joined", ()))


def _counted_again(
    folder: Path, said: Mapping[str, Any], party: Party, generation: int, *, durable: bool
) -> str:
    """The quality report of a source whose events were joined anew, under a new name."""
    report = json.loads((folder / str(said["quality"])).read_text(encoding="utf-8"))
    report["joined"] = [each.to_dict() for each in party.joined]
    where = f"sources/{room_of(party.name)}/{generation}"
    (folder / where).mkdir(parents=True, exist_ok=True)
    write_json(folder / where / "quality.json", report, durable=durable)
    return f"{where}/quality.json"


def plain(made: ObjectType) -> dict[str, Any]:
    """An object type as plain values, for the manifest."""
    return {
        "events_files": list(made.events_files),
        "amendment": list(made.amendment),
        "cases_file": made.cases_file,
        "cases": made.cases,
        "events": made.events,
        "variants": made.variants,
        "closing": made.closing,
        "labels": {label: list(ids) for label, ids in made.labels.items()},
        "activities": [[each.code, each.label, each.lifecycle, each.events] for each in made.activities],
        "attributes": [asdict(each) for each in made.own_attributes],
    }


def write_json(path: Path, said: Mapping[str, Any], *, durable: bool) -> None:
    """Writes plain values to a file as JSON."""
    write(path, json.dumps(said, ensure_ascii=False, indent=1), durable=durable)


def write(path: Path, text: str, *, durable: bool) -> None:
    """Writes a file, and has it really on disk where it must survive."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        if durable:
            file.flush()
            os.fsync(file.fileno())


def flush(path: Path) -> None:
    """Puts a file or folder that was written earlier really on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
