"""How does a file come into an event store? Guess, stage, normalise, report; visible in one step at the end."""

import fcntl
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.errors import StoreError, UnreadableFileError
from ketenreis.events import quality
from ketenreis.events.engine import connect
from ketenreis.events.guess import Guess, guess_mapping
from ketenreis.events.mapping import Mapping, to_dict, write_mapping
from ketenreis.events.merging import merge
from ketenreis.events.normal import Normal, normalise
from ketenreis.events.pseudonyms import Pseudonyms, open_pseudonyms
from ketenreis.events.quality import QualityReport
from ketenreis.events.readers import open_source, sample_of
from ketenreis.events.staging import Staged, stage
from ketenreis.events.store import FORMAT, MANIFEST, EventStore, ObjectType, read_manifest
from ketenreis.events.times import literal

LOCK = "writing.lock"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import gave: the store as it now is, the quality report, what was guessed of it."""

    store: EventStore
    report: QualityReport
    guess: Guess
    mapping: Mapping


Progress = Callable[[float, str], None]


def guess_file(path: Path | str, mapping: Mapping | None = None) -> Guess:
    """What a file seems to say, without importing it.

    Raises:
        UnreadableFileError: It cannot be read.
        MappingError: Neither names nor contents show a case and a time.
    """
    where = Path(path)
    with tempfile.TemporaryDirectory(prefix="ketenreis-") as work:
        return guess_mapping(sample_of(where, Path(work), mapping), where.name.partition(".")[0], mapping)


def import_events(
    source_path: Path | str,
    store_folder: Path | str,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> ImportResult:
    """Brings a file into an event store, which is made when it is not there.

    Args:
        source_path: A CSV, Parquet or XES(.gz) file.
        store_folder: The store.
        mapping: What the columns mean; guessed from the file when null.
        progress: Told how far it is (0 to 1) and what is being done.
        now: The moment of the import, for "a year ahead"; the clock's when null.

    Returns:
        The new store, the quality report, the guess and the mapping used.

    Raises:
        UnreadableFileError: The file cannot be read.
        MappingError: The mapping does not fit the file, or none could be guessed.
        StoreError: Somebody else is writing, or a newer version wrote the store.
    """
    path, folder = Path(source_path), Path(store_folder)
    say = progress or (lambda _fraction, _what: None)
    moment = now or datetime.now(UTC)
    say(0.0, "look")
    if not path.is_file():
        raise UnreadableFileError(f"There is no file {path}.")
    with writing(folder) as work, connect(work) as con:
        source = open_source(con, path, work, mapping)
        guess = guess_mapping(source.sample, path.name.partition(".")[0], mapping)
        used = guess.mapping
        con.execute(f"SET TimeZone = {literal(used.zone)}")
        say(0.05, "read")
        staged = stage(con, source, used, number=number_of(read_manifest(folder), used))
        told = Told(
            source.sample.encoding, source.notes, guessed=not (mapping and mapping.time_zone), moment=moment
        )
        report = finish(
            con,
            folder,
            path,
            used,
            staged,
            told,
            open_pseudonyms(folder),
            progress=lambda done, what: say(0.45 + done * 0.5, what),
        )
    say(1.0, "done")
    return ImportResult(EventStore.open(folder), report, guess, used)


@dataclass(frozen=True, slots=True)
class Told:
    """What else goes into the papers of an import: the reader's notes, whether the mapping was guessed, and when.

    A store in memory's service is not `durable`: its files are not forced to disk.
    """

    encoding: str
    notes: dict[str, object]
    guessed: bool
    moment: datetime
    durable: bool = True


def finish(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    path: Path,
    used: Mapping,
    staged: Staged,
    told: Told,
    pseudonyms: Pseudonyms,
    *,
    progress: Progress = lambda _done, _what: None,
) -> QualityReport:
    """Turns what is staged into the normal form, and makes it visible.

    Returns:
        The quality report.
    """
    old = read_manifest(folder)
    generation = 1 + (old["generation"] if old else 0)
    attributes, labels = staged.attributes, dict(used.labels)
    personal_cases = used.is_personal(used.columns.get("case", ""))
    mine = number_of(old, used)
    others = [
        each
        for each in (old["sources"] if old else [])
        if each["object"] == used.object and each["number"] != mine
    ]
    if others:
        held = EventStore.open(folder).types[used.object]
        numbers = [each["number"] for each in others]
        attributes = merge(con, held, numbers, attributes, pseudonyms, personal_cases=personal_cases)
        labels = {**held.labels, **labels}
    normal = normalise(
        con,
        folder,
        used.object,
        generation,
        [replace(each, personal=False) for each in attributes] if others else attributes,
        labels=labels,
        closing=used.closed,
        pseudonyms=pseudonyms,
        personal_cases=personal_cases and not others,
        bare=bool(staged.bare or others),
        progress=progress,
    )
    if others:
        personal = {each.name for each in attributes if each.personal}
        own = tuple(replace(each, personal=each.name in personal) for each in normal.type.own_attributes)
        normal = replace(normal, type=replace(normal.type, own_attributes=own))
    span = quality.Span.of(
        con,
        [folder / each for each in normal.type.events_files],
        normal.first_us,
        normal.last_us,
        told.moment,
    )
    report = _report(used, path, staged, normal, span, told)
    _publish(folder, old, generation, used, made=normal.type, report=report, span=span, made_by=told)
    return report


def number_of(manifest: dict[str, Any] | None, used: Mapping) -> int:
    """The number a source has in the store: its old one when it is imported again, else the next."""
    sources = manifest["sources"] if manifest else []
    for each in sources:
        if each["name"] == used.source and each["object"] == used.object:
            return int(each["number"])
    return 1 + max((int(each["number"]) for each in sources), default=-1)


def _report(
    used: Mapping,
    path: Path,
    staged: Staged,
    normal: Normal,
    span: quality.Span,
    told: Told,
) -> QualityReport:
    """Brings together what staging and normalising have to tell."""
    refused = dict(staged.refused)
    kept = staged.read - sum(refused.values())
    events = normal.type.events
    rows = max(1, kept - (0 if staged.dated else staged.bare) + staged.starts, events - staged.dated)
    lifecycles: dict[str, int] = {}
    by_label: dict[str, int] = {}
    for each in normal.type.activities:
        by_label[each.label] = by_label.get(each.label, 0) + each.events
        lifecycles[each.lifecycle] = lifecycles.get(each.lifecycle, 0) + each.events
    labels = dict(sorted(by_label.items(), key=lambda item: (-item[1], item[0])))
    return QualityReport(
        source=used.source,
        file=path.name,
        rows_read=staged.read,
        rows_kept=kept,
        refused=refused,
        examples=staged.examples,
        bare_rows=staged.bare,
        cases=normal.type.cases,
        events=events,
        activities=len(by_label),
        variants=normal.type.variants,
        first=quality.iso(span.first_us),
        last=quality.iso(span.last_us),
        duplicates=normal.duplicates,
        ties=normal.ties,
        impossible=span.impossible,
        elsewhere=span.elsewhere,
        offsets=staged.offsets,
        zone=used.zone,
        assumed_zone=told.guessed,
        coverage={name: min(1.0, each.filled / rows) for name, each in normal.filled.items()},
        unreadable={name: each.unreadable for name, each in normal.filled.items() if each.unreadable},
        lifecycles=lifecycles if set(lifecycles) != {""} else {},
        flips=normal.flips,
        encoding=told.encoding,
        missing=staged.marks,
        starts=staged.starts,
        dated=staged.dated,
        mapped={label: times for label, times in labels.items() if label in used.labels},
        unmapped={label: times for label, times in labels.items() if label not in used.labels},
        notes=told.notes,
    )


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """Holds the store for one writer, and gives a folder for work in progress that is gone afterwards.

    Raises:
        StoreError: Somebody else is writing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(
                f"Another import is writing to {folder}. Wait until it has finished, and try again."
            ) from error
        _sweep(folder)
        work = folder / "work"
        work.mkdir()
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Removes what an import that was cut short left behind, and generations older than the one before the last."""
    shutil.rmtree(folder / "work", ignore_errors=True)
    manifest = read_manifest(folder)
    now = manifest["generation"] if manifest else 0
    for room in ("by", "cases", "dictionaries"):
        for path in (folder / room).glob("*/*"):
            number = path.name.partition(".")[0]
            if (
                number.isdigit()
                and (int(number) > now or int(number) < now - 1)
                and not _named(manifest, path, folder)
            ):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _named(manifest: dict[str, Any] | None, path: Path, folder: Path) -> bool:
    """Whether the manifest still points at a file or folder: types that were not touched keep their generation."""
    where = path.relative_to(folder).as_posix()
    return manifest is not None and f'"{where}' in json.dumps(manifest)


def _publish(
    folder: Path,
    old: dict[str, Any] | None,
    generation: int,
    used: Mapping,
    *,
    made: ObjectType,
    report: QualityReport,
    span: quality.Span,
    made_by: Told,
) -> None:
    """Writes the source's papers and then the manifest, in one step that either happened or did not."""
    where = f"sources/{re.sub(r'[^A-Za-z0-9._-]+', '-', used.source).strip('.') or 'source'}/{generation}"
    (folder / where).mkdir(parents=True, exist_ok=True)
    _write(folder / where / "mapping.yaml", write_mapping(used), durable=made_by.durable)
    _write(
        folder / where / "quality.json",
        json.dumps(report.to_dict(), ensure_ascii=False, indent=1),
        durable=made_by.durable,
    )
    told = {
        "name": used.source,
        "number": number_of(old, used),
        "object": used.object,
        "file": report.file,
        "rows": report.rows_kept,
        "imported": made_by.moment.isoformat(timespec="seconds"),
        "mapping": f"{where}/mapping.yaml",
        "quality": f"{where}/quality.json",
        "roles": to_dict(used).get("columns", {}),
    }
    sources = [each for each in (old["sources"] if old else []) if each["name"] != used.source]
    # A source that now brings other objects leaves none of the old ones behind.
    left = {each["object"] for each in sources} - {used.object}
    types = {name: each for name, each in (old["types"] if old else {}).items() if name in left}
    types[used.object] = _plain(made) | {"first_us": span.first_us, "last_us": span.last_possible_us}
    spans = [
        (each["first_us"], each["last_us"]) for each in types.values() if each.get("first_us") is not None
    ]
    manifest = {
        "format": FORMAT,
        "generation": generation,
        "first_us": min((a for a, _ in spans), default=None),
        "last_us": max((b for _, b in spans), default=None),
        "sources": [*sources, told],
        "types": types,
    }
    if made_by.durable:
        for room in ("by", "cases", "dictionaries", "sources"):
            for path in (folder / room).rglob("*"):
                if f"/{generation}" in path.as_posix():
                    _flush(path)
    _write(
        folder / "manifest.new", json.dumps(manifest, ensure_ascii=False, indent=1), durable=made_by.durable
    )
    (folder / "manifest.new").replace(folder / MANIFEST)
    if made_by.durable:
        _flush(folder)


def _plain(made: ObjectType) -> dict[str, Any]:
    """An object type as plain values, for the manifest."""
    return {
        "events_files": list(made.events_files),
        "cases_file": made.cases_file,
        "cases": made.cases,
        "events": made.events,
        "variants": made.variants,
        "closing": made.closing,
        "labels": {label: list(ids) for label, ids in made.labels.items()},
        "activities": [[each.code, each.label, each.lifecycle, each.events] for each in made.activities],
        "attributes": [asdict(each) for each in made.own_attributes],
    }


def _write(path: Path, text: str, *, durable: bool) -> None:
    """Writes a file, and has it really on disk where it must survive."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        if durable:
            file.flush()
            os.fsync(file.fileno())


def _flush(path: Path) -> None:
    """Puts a file or folder that was written earlier really on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
