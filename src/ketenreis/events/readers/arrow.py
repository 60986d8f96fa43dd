"""How is a table of another library read? Through the Arrow stream that it offers, without knowing the library."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events.engine import connect
from ketenreis.events.times import literal


def is_table(given: object) -> bool:
    """Whether something in memory can be read as a table."""
    return hasattr(given, "__arrow_c_stream__")


@dataclass(frozen=True, slots=True)
class _Stream:
    """A table of which only its stream is seen: the engine refuses a relation of its own kind from elsewhere."""

    table: Any

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


def as_file(given: object, work: Path) -> Path:
    """Writes a table in memory as a Parquet file.

    Args:
        given: Anything with `__arrow_c_stream__`: of pyarrow, polars, pandas, duckdb …
        work: Where the file comes.

    Raises:
        UnreadableFileError: It cannot be read as one.
    """
    path = work / "table.parquet"
    try:
        with connect() as con:
            con.register("given", _Stream(given))
            con.execute(f"COPY (SELECT * FROM given) TO {literal(str(path))} (FORMAT parquet)")
            con.unregister("given")
    except duckdb.Error as error:
        why = str(error).splitlines()[0]
        raise UnreadableFileError(f"The table in memory cannot be read: {why}.") from error
    return path
