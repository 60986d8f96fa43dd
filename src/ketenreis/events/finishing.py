"""How does what is staged become visible? Each type of object in its normal form, and a report of what there is to tell."""

from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.events import oddities, quality
from ketenreis.events.assembling import Assembled, Fresh, Party, assemble
from ketenreis.events.brought import brought
from ketenreis.events.copies import copies
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.mapping import END_OF_FILE, Mapping, to_dict, write_mapping
from ketenreis.events.namesakes import namesakes
from ketenreis.events.normal import Normal
from ketenreis.events.objects import Rows, is_person, split
from ketenreis.events.pseudonyms import Pseudonyms
from ketenreis.events.publishing import Papers, publish, spans_of
from ketenreis.events.quality import QualityReport
from ketenreis.events.registration import registrations
from ketenreis.events.staging import Staged
from ketenreis.events.store import read_manifest

Progress = Callable[[float, str], None]


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
    coverage = _coverage(con, staged) if several or accompanied else None
    if several:
        con.execute("DROP TABLE IF EXISTS whole; ALTER TABLE staged RENAME TO whole")

    def stage_type(type_: str) -> Rows:
        """Makes `staged` with the rows of one type."""
        return (
            split(con, used, staged.attributes, type_)
            if several
            else Rows(staged.attributes, is_person(used, type_))
        )

    assembled = assemble(
        con,
        folder,
        old,
        generation,
        pseudonyms,
        fresh=Fresh(_party(used, old), stage_type),
        progress=progress,
    )
    con.execute("DROP TABLE IF EXISTS whole")
    spans = spans_of(con, folder, assembled, told.moment)
    report = _report(used, path, staged, assembled.made[used.object], spans[used.object], told)
    report = replace(report, registrations=keyed, coverage=report.coverage if coverage is None else coverage)
    report = _of_each_type(report, con, folder, used, assembled, accompanied=accompanied)
    if told.durable:
        report = replace(report, notes={**report.notes, **_noticed(con, folder, used, assembled)})
    publish(folder, old, generation, assembled, spans, _papers(used, report, told), durable=told.durable)
    return report


def _party(used: Mapping, old: dict[str, Any] | None) -> Party:
    """The source as it takes part in types of objects."""
    return Party(
        used.source,
        number_of(old, used),
        tuple(used.types) or (used.object,),
        dict(used.join),
        {**used.closing, **({used.object: used.closed} if used.closed != END_OF_FILE else {})},
        used.labels,
    )


def _of_each_type(
    report: QualityReport,
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    used: Mapping,
    assembled: Assembled,
    *,
    accompanied: bool,
) -> QualityReport:
    """The report with what became of each type; of what this source brought itself, where it is accompanied by others."""
    mine, types = _mine(used, assembled), tuple(used.types) or (used.object,)
    objects = {type_: (each.type.cases, each.type.events) for type_, each in assembled.made.items()}
    if accompanied:
        own = {type_: brought(con, folder, assembled.made[type_].type, mine.number) for type_ in types}
        objects = {type_: (each.cases, each.events) for type_, each in own.items()}
        report = report.of_source(
            own[used.object], {**assembled.made[used.object].type.labels, **used.labels}
        )
    return replace(
        report,
        objects={type_: objects[type_] for type_ in types} if used.objects else {},
        joined=mine.joined,
    )


def _noticed(
    con: duckdb.DuckDBPyConnection, folder: Path, used: Mapping, assembled: Assembled
) -> dict[str, object]:
    """What is odd in the log as it now is, and in how the source stands beside the others."""
    type_ = assembled.made[used.object].type
    held = {each.name: each.kept[used.object] for each in assembled.parties if used.object in each.kept}
    kept = held.pop(used.source, None)
    return {
        **oddities.of_log(con, type_, str(folder / type_.cases_file)),
        **(copies(con, folder, kept, held) if kept else {}),
        **namesakes(con, folder, _mine(used, assembled), assembled.parties),
    }


def _mine(used: Mapping, assembled: Assembled) -> Party:
    return next(each for each in assembled.parties if each.name == used.source)


def _papers(used: Mapping, report: QualityReport, told: Told) -> Papers:
    """What is kept of the source beside its events."""
    return Papers(
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
