"""How does a file come into an event store? Guess, stage, normalise, report; visible in one step at the end."""

import tempfile
from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events import oddities, quality
from ketenreis.events.assembling import Fresh, Party, assemble
from ketenreis.events.brought import brought
from ketenreis.events.copies import copies
from ketenreis.events.engine import connect, one
from ketenreis.events.engine import name as quoted
from ketenreis.events.guess import Guess, guess_mapping
from ketenreis.events.mapping import END_OF_FILE, Mapping, to_dict, write_mapping
from ketenreis.events.namesakes import namesakes
from ketenreis.events.normal import Normal
from ketenreis.events.objects import Rows, is_person, split
from ketenreis.events.pseudonyms import Pseudonyms, open_pseudonyms
from ketenreis.events.publishing import Papers, publish, spans_of
from ketenreis.events.quality import QualityReport
from ketenreis.events.readers import Origin, name_of, open_source, origin_of, sample_of
from ketenreis.events.readers.unchanged import unchanged
from ketenreis.events.registration import registrations
from ketenreis.events.staging import Staged, stage
from ketenreis.events.store import EventStore, read_manifest
from ketenreis.events.times import literal
from ketenreis.events.writing import writing


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import gave: the store as it now is, the quality report, what was guessed of it."""

    store: EventStore
    report: QualityReport
    guess: Guess
    mapping: Mapping


Progress = Callable[[float, str], None]


def guess_file(path: Origin, mapping: Mapping | None = None, usual_zone: str = "UTC") -> Guess:
    """What a file seems to say, without importing it.

    Args:
        path: The file, as `import_events` takes it.
        mapping: What is known already.
        usual_zone: On whose clock times are that carry no zone.

    Raises:
        UnreadableFileError: It cannot be read.
        MappingError: Neither names nor contents show a case and a time.
    """
    origin, given = origin_of(path, mapping.settled() if mapping else None)
    with tempfile.TemporaryDirectory(prefix="ketenreis-") as work, unchanged(origin):
        return guess_mapping(sample_of(origin, Path(work), given), _called(origin), given, usual_zone)


def import_events(
    source_path: Origin,
    store_folder: Path | str,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> ImportResult:
    """Brings a file into an event store, which is made when it is not there.

    Args:
        source_path: A CSV, Parquet, XES(.gz), XLSX, OCEL or SQLite file (`file.sqlite?SELECT …` for a question to it), an
            address of a PostgreSQL database (with `query:` in the mapping), or a table in memory: anything with
            `__arrow_c_stream__`.
        store_folder: The store.
        mapping: What the columns mean; guessed from the file when null.
        progress: Told how far it is (0 to 1) and what is being done.
        now: The moment of the import, for "a year ahead"; the clock's when null.

    Returns:
        The new store, the quality report, the guess and the mapping used.

    Raises:
        UnreadableFileError: The file cannot be read, or changes meanwhile.
        MappingError: The mapping does not fit the file, or none could be guessed.
        StoreError: Somebody else is writing, the disk is full, or a newer version wrote the store.
    """
    folder = Path(store_folder)
    origin, given = origin_of(source_path, mapping.settled() if mapping else None)
    say = progress or (lambda _fraction, _what: None)
    moment = now or datetime.now(UTC)
    say(0.0, "look")
    if isinstance(origin, Path) and not origin.is_file():
        raise UnreadableFileError(f"There is no file {origin}.")
    with writing(folder) as turn, connect(turn.work) as con:
        with unchanged(origin):
            source = open_source(con, origin, turn.work, given)
            guess = guess_mapping(source.sample, _called(origin), given)
            used = guess.mapping
            con.execute(f"SET TimeZone = {literal(used.zone)}")
            say(0.05, "read")
            staged = stage(con, source, used, number=number_of(read_manifest(folder), used))
        told = Told(
            source.sample.encoding,
            {
                **source.notes,
                **({"cut_short": 1} if turn.cut_short else {}),
                **oddities.of_file(source.sample, guess),
                **oddities.of_rows(con, guess, staged),
            },
            guessed=not (given and given.time_zone),
            moment=moment,
            flips=oddities.flips(con, staged),
        )
        report = finish(
            con,
            folder,
            Path(name_of(origin)),
            used,
            staged,
            told,
            open_pseudonyms(folder),
            progress=lambda done, what: say(0.45 + done * 0.5, what),
        )
    say(1.0, "done")
    return ImportResult(EventStore.open(folder), report, guess, used)


def _called(origin: Origin) -> str:
    """The name of a source, where the mapping gives none."""
    name = name_of(origin)
    return name.partition(".")[0] if isinstance(origin, Path) else name.rpartition("/")[2] or name


@dataclass(frozen=True, slots=True)
class Told:
    """What else goes into the papers of an import: notes, whether the zone was guessed, when, and flags that change.

    A store in memory's service is not `durable`: its files are not forced to disk.
    """

    encoding: str
    notes: dict[str, object]
    guessed: bool
    moment: datetime
    durable: bool = True
    flips: Table[str, int] = field(default_factory=dict, hash=False)


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
    """Turns what is staged into the normal form of each type of object, and makes it visible.

    Returns:
        The quality report.
    """
    old = read_manifest(folder)
    generation = 1 + (old["generation"] if old else 0)
    keyed = registrations(con, used.zone) if told.durable else ()
    several = bool(used.objects)
    accompanied = any(each["name"] != used.source for each in (old["sources"] if old else ()))
    shared = several or accompanied
    coverage = _coverage(con, staged) if shared else {}
    if several:
        con.execute("DROP TABLE IF EXISTS whole; ALTER TABLE staged RENAME TO whole")

    def stage_type(type_: str) -> Rows:
        """Makes `staged` with the rows of one type."""
        return (
            split(con, used, staged.attributes, type_)
            if several
            else Rows(staged.attributes, is_person(used, type_))
        )

    types = tuple(used.types) or (used.object,)
    party = Party(
        used.source,
        number_of(old, used),
        types,
        dict(used.join),
        {**used.closing, **({used.object: used.closed} if used.closed != END_OF_FILE else {})},
        used.labels,
    )
    assembled = assemble(
        con, folder, old, generation, pseudonyms, fresh=Fresh(party, stage_type), progress=progress
    )
    con.execute("DROP TABLE IF EXISTS whole")
    normal = assembled.made[used.object]
    spans = spans_of(con, folder, assembled, told.moment)
    report = _report(used, path, staged, normal, spans[used.object], told)
    mine = next(each for each in assembled.parties if each.name == used.source)
    objects = {type_: (each.type.cases, each.type.events) for type_, each in assembled.made.items()}
    if accompanied:
        own = {type_: brought(con, folder, assembled.made[type_].type, mine.number) for type_ in types}
        objects = {type_: (each.cases, each.events) for type_, each in own.items()}
        report = report.of_source(own[used.object], {**normal.type.labels, **used.labels})
    report = replace(
        report,
        objects={type_: objects[type_] for type_ in types} if several else {},
        joined=mine.joined,
        coverage=coverage if shared else report.coverage,
        registrations=keyed,
    )
    if told.durable:
        held = {each.name: each.kept[used.object] for each in assembled.parties if used.object in each.kept}
        kept = held.pop(used.source, None)
        notes = {
            **report.notes,
            **oddities.of_log(con, normal.type, str(folder / normal.type.cases_file)),
            **(copies(con, folder, kept, held) if kept else {}),
            **namesakes(con, folder, mine, assembled.parties),
        }
        report = replace(report, notes=notes)
    papers = Papers(
        used.source,
        write_mapping(used),
        report.to_dict(),
        {
            "file": report.file,
            "rows": report.rows_kept,
            "imported": told.moment.isoformat(timespec="seconds"),
            "roles": to_dict(used).get("columns", {}),
        },
    )
    publish(folder, old, generation, assembled, spans, papers, durable=told.durable)
    return report


def _coverage(con: duckdb.DuckDBPyConnection, staged: Staged) -> dict[str, float]:
    """The share of a source's own rows with an event in which each attribute is filled."""
    if not staged.attributes:
        return {}
    asked = ", ".join(f"count({quoted(each.column)})" for each in staged.attributes)
    whole, *counts = (
        int(str(each)) for each in one(con, f"SELECT count(*), {asked} FROM staged WHERE source >= 0")
    )
    return {each.name: n / max(1, whole) for each, n in zip(staged.attributes, counts, strict=True)}


def number_of(manifest: dict[str, Any] | None, used: Mapping) -> int:
    """The number a source has in the store: its old one when it is imported again, else the next."""
    sources = manifest["sources"] if manifest else []
    for each in sources:
        if each["name"] == used.source:
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
    for each in normal.type.occurring:
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
        flips={**told.flips, **normal.flips},
        encoding=told.encoding,
        missing=staged.marks,
        starts=staged.starts,
        dated=staged.dated,
        mapped={label: times for label, times in labels.items() if label in used.labels},
        unmapped={label: times for label, times in labels.items() if label not in used.labels},
        notes=told.notes,
    )
