"""How is a Parquet log read? The engine reads it; here its types are told and its rows sampled."""

from pathlib import Path

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events.engine import connect
from ketenreis.events.engine import name as quoted
from ketenreis.events.readers.sample import Column, Kind, Refusal, Sample, Source
from ketenreis.events.times import literal

_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
            "FLOAT", "DOUBLE", "DECIMAL")  # fmt: skip
ROWS = 5000


def _kind(type_: str) -> Kind:
    if type_.startswith(("TIMESTAMP", "DATE")):
        return "moment"
    if type_ == "BOOLEAN":
        return "truth"
    return "number" if type_.startswith(_NUMBERS) and not type_.endswith("]") else "text"


def sample(path: Path) -> Sample:
    """The columns of a Parquet file, and rows from its begin and middle.

    Raises:
        UnreadableFileError: It is no whole Parquet file.
    """
    return _looked_at(path)[0]


def _looked_at(path: Path) -> tuple[Sample, list[str]]:
    """The sample, and the columns that the engine has to make text of."""
    with connect() as con:
        file = f"read_parquet({literal(str(path))})"
        try:
            described = con.execute(f"DESCRIBE SELECT * FROM {file}").fetchall()
            count = con.execute(f"SELECT count(*) FROM {file}").fetchall()[0][0]
            columns = ", ".join(f"COALESCE({quoted(row[0])}::VARCHAR, '')" for row in described)
            rows = con.execute(f"SELECT {columns} FROM {file} LIMIT {ROWS}").fetchall()
            if count > 2 * ROWS:
                rows += con.execute(
                    f"SELECT {columns} FROM {file} LIMIT {ROWS // 5} OFFSET {count // 2}"
                ).fetchall()
        except duckdb.Error as error:
            raise UnreadableFileError(
                f"{path} cannot be read as Parquet: {str(error).splitlines()[0].rstrip('.')}."
            ) from error
    found = tuple(
        Column(name, tuple(row[i] for row in rows), _kind(type_), zoned="TIME ZONE" in type_)
        for i, (name, type_, *_) in enumerate(described)
    )
    nested = [row[0] for row in described if _kind(row[1]) == "text" and row[1] != "VARCHAR"]
    return Sample(found, "parquet", first_line=1), nested


def source(path: Path) -> Source:
    """A Parquet file made ready for the engine; columns of lists and records become text."""
    found, nested = _looked_at(path)
    replaced = ", ".join(f"{quoted(each)}::VARCHAR AS {quoted(each)}" for each in nested)
    chosen = f"* REPLACE ({replaced})" if nested else "*"

    def refused() -> tuple[dict[str, int], list[Refusal]]:
        return {}, []

    return Source(found, f"(SELECT {chosen} FROM read_parquet({literal(str(path))})) AS log", refused, {})
