"""What does a store hold, is it whole, and how is it kept? List, withdraw, verify, compact, back up."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.errors import KetenreisError, StoreError
from ketenreis.events.assembling import assemble
from ketenreis.events.engine import connect, suited
from ketenreis.events.engine import name as quoted
from ketenreis.events.mapping import read_mapping
from ketenreis.events.pseudonyms import open_pseudonyms
from ketenreis.events.publishing import ROOMS, flush, publish, spans_of
from ketenreis.events.store import MANIFEST, EventStore, ObjectType, live_events, read_manifest
from ketenreis.events.times import literal
from ketenreis.events.writing import writing

TRIES = 5


@dataclass(frozen=True, slots=True)
class HeldSource:
    """A source of a store.

    Attributes:
        name: Under which it can be replaced or withdrawn.
        file: The name of its file.
        rows: Rows taken in.
        imported: When, ISO with offset.
        events: Events of its own by type of object.
        joined: Events given by period, as plain counts.
    """

    name: str
    file: str
    rows: int
    imported: str
    events: Mapping[str, int] = field(hash=False)
    joined: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a store that is not as it should be: where, and what in Dutch and English."""

    where: str
    nl: str
    en: str


def list_sources(store: EventStore) -> tuple[HeldSource, ...]:
    """The sources of a store, in the order in which they first came, with how many events each brought."""
    counted: dict[tuple[int, str], int] = {}
    with suited(sum(each.events for each in store.types.values())) as con:
        for type_ in store.types.values():
            rows = con.execute(f"SELECT source, count(*) FROM {type_.events_sql} GROUP BY source").fetchall()
            for number, times in rows:
                own = number if number >= 0 else -number - 1
                counted[own, type_.name] = counted.get((own, type_.name), 0) + times
    return tuple(
        HeldSource(
            each["name"],
            each["file"],
            each["rows"],
            each["imported"],
            {type_: counted.get((each["number"], type_), 0) for type_ in each["objects"]},
            tuple(each["joined"]),
        )
        for each in store.sources
    )


def withdraw(folder: Path | str, name: str) -> EventStore:
    """Takes a source out of a store, with everything it said; the others stay as they are.

    Args:
        folder: The store.
        name: Of the source.

    Returns:
        The store as it now is.

    Raises:
        StoreError: There is no store or no such source, or somebody else is writing.
    """
    where = Path(folder)
    held = EventStore.open(where)
    if name not in (names := [each["name"] for each in held.sources]):
        raise StoreError(f"The store in {where} has no source “{name}”; it has {', '.join(names) or 'none'}.")
    events = sum(each.events for each in held.types.values())
    with writing(where) as turn, suited(events, turn.work) as con:
        old = read_manifest(where)
        generation = 1 + (old["generation"] if old else 0)
        assembled = assemble(con, where, old, generation, open_pseudonyms(where), leaving=name)
        spans = spans_of(con, where, assembled, datetime.now(UTC))
        publish(where, old, generation, assembled, spans, None)
    return EventStore.open(where)


def files_of(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Every file that a manifest names, below the store's folder."""
    for type_ in manifest["types"].values():
        yield from type_["events_files"]
        yield from type_.get("amendment", ())
        yield type_["cases_file"]
        yield from (each["values_file"] for each in type_["attributes"] if each.get("values_file"))
    for source in manifest["sources"]:
        yield source["mapping"]
        yield source["quality"]
        yield from (each["file"] for each in source["kept"].values())


def verify(store: EventStore) -> tuple[Flaw, ...]:
    """Whether a store is whole: its files are there, counts add up, the order is right, no code lacks its word.

    Returns:
        What is wrong; empty when nothing is.
    """
    manifest = read_manifest(store.folder) or {"types": {}, "sources": []}
    flaws = [
        Flaw(file, f"Het bestand {file} ontbreekt.", f"The file {file} is missing.")
        for file in files_of(manifest)
        if not (store.folder / file).is_file()
    ]
    lost = {each.where for each in flaws}
    for source in manifest["sources"]:
        flaws += _papers(store.folder, source, lost)
    with connect() as con:
        for name, type_ in store.types.items():
            said = manifest["types"].get(name, {})
            if not lost & {
                *said.get("events_files", ()),
                *said.get("amendment", ()),
                said.get("cases_file", ""),
            }:
                try:
                    flaws += _of_type(con, type_)
                except duckdb.Error as error:
                    why = str(error).splitlines()[0]
                    flaws.append(
                        Flaw(
                            name,
                            f"De bestanden van “{name}” zijn niet te lezen: {why}",
                            f"The files of “{name}” cannot be read: {why}",
                        )
                    )
    return tuple(flaws)


def _papers(folder: Path, source: Mapping[str, Any], lost: set[str]) -> Iterator[Flaw]:
    """What is wrong with the mapping and the report of a source."""
    for file, read in ((source["mapping"], read_mapping), (source["quality"], _json)):
        try:
            if file not in lost:
                read(folder / file)
        except (KetenreisError, ValueError, OSError) as error:
            yield Flaw(file, f"{file} is niet te lezen: {error}", f"{file} cannot be read: {error}")


def _json(path: Path) -> object:
    return json.loads(path.read_text(encoding="utf-8"))


def _of_type(con: duckdb.DuckDBPyConnection, type_: ObjectType) -> Iterator[Flaw]:
    """What is wrong with the normal form of a type."""
    cases = f"read_parquet({literal(type_.cases_file)})"
    events = type_.events_sql

    def count(sql: str) -> int:
        row = con.execute(sql).fetchone()
        return int(row[0] or 0) if row else 0

    def differs(what: tuple[str, str], found: int, expected: int) -> Iterator[Flaw]:
        if found != expected:
            nl, en = what
            yield Flaw(
                type_.name,
                f"“{type_.name}”: {nl} zijn er {found}, en het manifest zegt {expected}.",
                f"“{type_.name}”: there are {found} {en}, and the manifest says {expected}.",
            )

    yield from differs(("gebeurtenissen", "events"), count(f"SELECT count(*) FROM {events}"), type_.events)
    yield from differs(("objecten", "objects"), count(f"SELECT count(*) FROM {cases}"), type_.cases)
    yield from differs(
        ("gebeurtenissen volgens de objecten", "events according to the objects"),
        count(f"SELECT sum(events) FROM {cases}"),
        type_.events,
    )
    order = (
        "SELECT count(*) FROM (SELECT case_no, seq, us, lag(case_no) OVER () AS a, lag(seq) OVER () AS b, "
        "lag(us) OVER () AS c FROM {}) AS near WHERE CASE WHEN a = case_no THEN seq <> b + 1 OR us < c "
        "ELSE seq <> 0 OR case_no < COALESCE(a, 0) END"
    )
    written = [live_events(files, ()) for files in (type_.events_files, type_.amendment) if files]
    if wrong := sum(count(order.format(each)) for each in written):
        yield Flaw(
            type_.name,
            f"“{type_.name}”: {wrong} gebeurtenissen staan niet op volgorde.",
            f"“{type_.name}”: {wrong} events are out of order.",
        )
    if wrong := count(
        f"SELECT count(*) FROM (SELECT case_no, row_number() OVER () - 1 AS place FROM {cases}) AS c WHERE case_no <> place"
    ):
        yield Flaw(
            type_.name,
            f"“{type_.name}”: {wrong} objecten staan niet op volgorde.",
            f"“{type_.name}”: {wrong} objects are out of order.",
        )
    yield from _dictionaries(con, type_, events, cases, count)


def _dictionaries(
    con: duckdb.DuckDBPyConnection, type_: ObjectType, events: str, cases: str, count: Any
) -> Iterator[Flaw]:
    """Codes without a word, and activities that are counted otherwise than they occur."""
    found = dict(con.execute(f"SELECT activity, count(*) FROM {events} GROUP BY activity").fetchall())
    said = {each.code: each.events for each in type_.activities}
    odd = [code for code in {*found, *said} if found.get(code, 0) != said.get(code, 0)]
    if odd:
        yield Flaw(
            type_.name,
            f"“{type_.name}”: van {len(odd)} soorten gebeurtenis klopt het aantal of de naam niet.",
            f"“{type_.name}”: of {len(odd)} kinds of event the count or the name is not right.",
        )
    for each in type_.own_attributes:
        if each.type not in {"category", "truth"}:
            continue
        words = len(each.values)
        if each.values_file:
            words = count(f"SELECT count(*) FROM read_parquet({literal(each.values_file)})")
        table = cases if each.level == "case" else events
        column = quoted(each.column)
        if wrong := count(f"SELECT count(*) FROM {table} WHERE {column} < 0 OR {column} >= {words}"):
            yield Flaw(
                f"{type_.name}.{each.name}",
                f"“{type_.name}”: {wrong} waarden van “{each.name}” staan niet in de woordenlijst.",
                f"“{type_.name}”: {wrong} values of “{each.name}” are not in the dictionary.",
            )


def compact(folder: Path | str) -> int:
    """Writes whole what was amended, and removes every file that the store no longer names.

    These are older generations, and papers of replaced sources. Only do so when nobody is still measuring on a store that was opened before the last import.

    Returns:
        The bytes that came free.

    Raises:
        StoreError: There is no store, or somebody else is writing.
    """
    where = Path(folder)
    amended = frozenset(name for name, held in EventStore.open(where).types.items() if held.amendment)
    freed = 0
    with writing(where) as turn:
        manifest = read_manifest(where)
        if amended and manifest:
            generation = 1 + manifest["generation"]
            with connect(turn.work) as con:
                keys = open_pseudonyms(where)
                assembled = assemble(con, where, manifest, generation, keys, again=amended)
                spans = spans_of(con, where, assembled, datetime.now(UTC))
            publish(where, manifest, generation, assembled, spans, None)
            manifest = read_manifest(where)
        kept = {where / file for file in files_of(manifest or {"types": {}, "sources": []})}
        for room in (*ROOMS, "sources"):
            for path in sorted((where / room).rglob("*"), reverse=True):
                if path.is_file() and path not in kept:
                    freed += path.stat().st_size
                    path.unlink()
                elif path.is_dir() and not any(path.iterdir()):
                    path.rmdir()
    return freed


def backup(store: EventStore, target: Path | str) -> Path:
    """Copies a store as it is at one moment, also while others import. The key of the pseudonyms is not copied along.

    Args:
        store: The store.
        target: The folder to make; it must not be there yet.

    Returns:
        The folder, a store of its own.

    Raises:
        StoreError: The target exists or cannot be written, or the store changes faster than it can be copied.
    """
    goal = Path(target)
    if goal.exists():
        raise StoreError(f"{goal} is there already. Name a folder that is not.")
    new = goal.with_name(f"{goal.name}.new")
    for _ in range(TRIES):
        shutil.rmtree(new, ignore_errors=True)
        manifest = read_manifest(store.folder)
        if manifest is None:
            raise StoreError(f"There is no event store in {store.folder}.")
        try:
            for file in files_of(manifest):
                (new / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(store.folder / file, new / file)
                flush(new / file)
            text = json.dumps(manifest, ensure_ascii=False, indent=1)
            (new / MANIFEST).write_text(text, encoding="utf-8")
            flush(new / MANIFEST)
            new.replace(goal)
        except FileNotFoundError:
            continue  # imports went on, and this generation was cleared away: take the newer one
        except OSError as error:
            shutil.rmtree(new, ignore_errors=True)
            raise StoreError(f"The backup {goal} cannot be written: {error}.") from error
        return goal
    shutil.rmtree(new, ignore_errors=True)
    raise StoreError(f"The store in {store.folder} changes faster than it can be copied. Try again later.")
