"""Keeps facts for a next time: a moved limit, another split or a later "now" then reads no event again.

Facts are kept apart for the files in which a log was written whole and for its amendment. What a case gives depends on no
other case, so after a change only the amended cases are read: the facts of the others are those that were kept.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ketenreis.events.store import ObjectType, live_events
from ketenreis.measure.engines.duckdb import DuckDB, file_query

CAP = 4 * 1024**3
"""Bytes the cache may take; beyond it, what was used longest ago goes first."""


@dataclass(frozen=True, slots=True)
class FactCache:
    """A folder of facts, each under the hash of its query and of the events it was read from."""

    folder: Path
    stored: ObjectType

    def rows(self, query: str, engine: DuckDB) -> str:
        """The rows of a query as SQL; runs it on what was not read for it before."""
        parts, amendment = self.stored.events_files, self.stored.amendment
        if not amendment:
            return file_query(self._file(query, parts, engine))
        # each part is asked with the columns of both, for a column may be new in the amendment
        whole, newer = live_events(parts, ()), live_events(amendment, ())
        changed = f"SELECT case_no FROM {newer}"
        kept, fresh = (
            self._file(
                f"WITH events AS (SELECT * FROM {one} UNION ALL BY NAME SELECT * FROM {other} WHERE 1 = 0) "
                f"SELECT * FROM ({query}) AS fact",
                files,
                engine,
                known_as=query,
            )
            for one, other, files in ((whole, newer, parts), (newer, whole, amendment))
        )
        return (
            f"{file_query(kept)} WHERE case_no NOT IN ({changed}) "
            f"UNION ALL {file_query(fresh)} WHERE case_no IN ({changed})"
        )

    def _file(self, query: str, events: Sequence[str], engine: DuckDB, known_as: str = "") -> Path:
        """The file with the rows of a query on some files of events; runs it when it is not there yet."""
        key = hashlib.sha256(f"{fingerprint(events)}\n{known_as or query}".encode()).hexdigest()
        file = self.folder / f"{key[:32]}.parquet"
        if file.exists():
            file.touch()
            return file
        self.folder.mkdir(parents=True, exist_ok=True)
        engine.save(query, file)
        self._trim(keep=file)
        return file

    def _trim(self, keep: Path) -> None:
        files = sorted(self.folder.glob("*.parquet"), key=lambda file: file.stat().st_mtime, reverse=True)
        total = 0
        for file in files:
            total += file.stat().st_size
            if total > CAP and file != keep:
                file.unlink(missing_ok=True)


def fingerprint(events: Sequence[str]) -> str:
    """What tells files of events from others: where they stand, how large they are, and when they were written."""
    found = [(file, Path(file).stat()) for file in events]
    return " ".join(f"{file}:{about.st_size}:{about.st_mtime_ns}" for file, about in found)
