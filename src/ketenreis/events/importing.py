"""How does a file come into an event store? What it says is guessed, it is staged, and `finishing` makes it visible."""

import tempfile
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events import oddities
from ketenreis.events.engine import connect, suited
from ketenreis.events.finishing import Progress, Told, finish, number_of
from ketenreis.events.guess import Guess, guess_mapping
from ketenreis.events.mapping import Mapping
from ketenreis.events.pseudonyms import open_pseudonyms
from ketenreis.events.quality import QualityReport
from ketenreis.events.readers import (
    Origin,
    is_little,
    name_of,
    open_source,
    origin_of,
    sample_of,
)
from ketenreis.events.readers.unchanged import unchanged
from ketenreis.events.staging import stage
from ketenreis.events.store import EventStore, read_manifest
from ketenreis.events.times import literal
from ketenreis.events.writing import Turn, writing


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import gave: the store as it now is, the quality report, what was guessed of it."""

    store: EventStore
    report: QualityReport
    guess: Guess
    mapping: Mapping


def guess_file(path: Origin, mapping: Mapping | None = None, usual_zone: str = "UTC") -> Guess:
    """What a file seems to say, without importing it.

    Args:
        path: The file, as `import_events` takes it.
        mapping: What is known already.
        usual_zone: On whose clock times are that carry no zone.

    Raises:
        UnreadableFileError: It cannot be read.
        MappingError: Neither names nor contents show a case and a time.

    Example:
        On Belmij (its export in `folder`):

        >>> dict(guess_file(folder / "orders.csv").mapping.columns)["case"]
        'ordernummer'
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

    Example:
        On Belmij (its export in `folder`):

        >>> from ketenreis.events.mapping import read_mapping
        >>> report = import_events(folder / "orders.csv", folder / "again", read_mapping(folder / "orders.yaml")).report
        >>> report.cases, report.events, report.rows_refused
        (200, 2567, 0)
    """
    folder = Path(store_folder)
    origin, given = origin_of(source_path, mapping.settled() if mapping else None)
    say = progress or (lambda _fraction, _what: None)
    moment = now or datetime.now(UTC)
    say(0.0, "look")
    if isinstance(origin, Path) and not origin.is_file():
        raise UnreadableFileError(f"There is no file {origin}.")
    with writing(folder) as turn, _engine(folder, origin, turn) as con:
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


def _engine(folder: Path, origin: Origin, turn: Turn) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """The engine that an import needs: one of its own, unless what comes in and what it comes beside are little."""
    held = read_manifest(folder)
    events = sum(each["events"] for each in held["types"].values()) if held else 0
    return suited(events, turn.work) if is_little(origin) else connect(turn.work)


def _called(origin: Origin) -> str:
    """The name of a source, where the mapping gives none."""
    name = name_of(origin)
    return name.partition(".")[0] if isinstance(origin, Path) else name.rpartition("/")[2] or name
