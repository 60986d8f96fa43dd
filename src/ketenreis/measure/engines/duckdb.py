"""DuckDB over the Parquet files of an event store, in memory: nothing is locked, and readers keep what they opened."""

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import gettempdir
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import duckdb
import numpy as np

from ketenreis.events.engine import shared
from ketenreis.events.store import ObjectType, live_events

MEMORY = "4GB"
MEMORY_OF_LARGE = "1500MB"
"""Past this the engine writes to a temporary folder instead of failing; a log judged in ranges never needs more."""

LITTLE = 10_000
"""So many events fit in memory whatever the number of requirements that is judged on them."""


class DuckDB:
    """One connection, with the views `events` and `cases` over the files of one object type."""

    def __init__(
        self,
        events: Sequence[str],
        cases: str,
        threads: int | None = None,
        *,
        amendment: Sequence[str] = (),
        memory: str = MEMORY,
        little: bool = False,
    ) -> None:
        """Opens the files; nothing is read yet. An amendment takes the place of what the others hold of its cases.

        KETENREIS_MEMORY, where it is set, says how much memory it may hold. For a `little` log it is a part of the engine
        that the process keeps, for to start one takes longer than to judge a few cases.
        """
        self._left = ExitStack()
        if little:
            self._connection = self._left.enter_context(shared(memory=memory))
        else:
            self._connection = self._left.enter_context(
                duckdb.connect(
                    config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
                )
            )
            self._settle(memory, threads)
        self.define("events", f"SELECT * FROM {live_events(events, amendment)}")
        self.view("cases", [cases])

    def _settle(self, memory: str, threads: int | None) -> None:
        """How much it may hold, and how it works."""
        self.run(f"SET memory_limit = {_text(os.environ.get('KETENREIS_MEMORY', memory))}")
        # made when it is needed, and gone afterwards; where one works may not be a place to write
        self.run(f"SET temp_directory = {_text(str(Path(gettempdir(), f'ketenreis-{uuid4().hex}')))}")
        self.run("SET preserve_insertion_order = false")
        if threads:
            self.run(f"SET threads = {threads}")

    @classmethod
    def over(cls, stored: ObjectType, memory: str = MEMORY) -> Self:
        """The engine over the files of an object type; see `__init__`."""
        return cls(
            stored.events_files,
            stored.cases_file,
            amendment=stored.amendment,
            memory=memory,
            little=stored.events <= LITTLE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the files and of every temporary table."""
        self._left.close()

    def view(self, name: str, files: Sequence[str]) -> None:
        """Makes Parquet files known by a name."""
        listed = ", ".join(_text(file) for file in files)
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Runs one statement and gives its rows."""
        done = (
            self._connection.execute(sql, list(parameters)) if parameters else self._connection.execute(sql)
        )
        return done.fetchall() if done.description else []

    def keep(self, name: str, query: str) -> None:
        """Keeps the rows of a query as a temporary table."""
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def load(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[int]]) -> None:
        """Makes a temporary table of whole numbers."""
        values = np.array(list(rows), dtype=np.int64).reshape(-1, len(columns))
        given = {column: np.ascontiguousarray(values[:, at]) for at, column in enumerate(columns)}
        self._connection.register("given", given)
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given")
        self._connection.unregister("given")

    def define(self, name: str, query: str) -> None:
        """Gives a query a name; it is run each time it is read."""
        self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {query}")

    def append(self, name: str, query: str) -> None:
        """Adds the rows of a query to a temporary table."""
        self._connection.execute(f"INSERT INTO {name} {query}")

    def drop(self, name: str) -> None:
        """Forgets a temporary table."""
        self._connection.execute(f"DROP TABLE IF EXISTS {name}")

    def save(self, query: str, file: Path) -> None:
        """Writes the rows of a query to a Parquet file, which appears only when it is whole."""
        partial = file.with_suffix(".part")
        self._connection.execute(
            f"COPY ({query}) TO {_text(str(partial))} (FORMAT parquet, COMPRESSION zstd)"
        )
        partial.replace(file)

    def quantile(self, value: str, share: float) -> str:
        """The SQL of an exact, interpolated quantile."""
        return f"quantile_cont({value}, {share})"


def file_query(file: Path | str) -> str:
    """The query that reads a Parquet file."""
    return f"SELECT * FROM read_parquet({_text(str(file))})"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
