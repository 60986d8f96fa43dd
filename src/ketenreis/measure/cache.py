"""Keeps facts for a next time: a moved limit, another split or a later "now" then reads no event again."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ketenreis.measure.engines.duckdb import DuckDB

CAP = 4 * 1024**3
"""Bytes the cache may take; beyond it, what was used longest ago goes first."""


@dataclass(frozen=True, slots=True)
class FactCache:
    """A folder of facts, each under the hash of its query and of the events it was read from."""

    folder: Path
    fingerprint: str

    def file(self, query: str, engine: DuckDB) -> Path:
        """The file with the rows of a query; runs it when it is not there yet."""
        key = hashlib.sha256(f"{self.fingerprint}\n{query}".encode()).hexdigest()
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
