"""Which number stands for a word that is new in a log that exists? The known words keep theirs; new ones come behind."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from ketenreis.events.coding import ACTIVITY, MOST_ACTIVITIES, Words
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.staged_table import VALID, StagedAttribute
from ketenreis.events.store import StoredActivity, StoredAttribute
from ketenreis.events.times import literal


def extend_activities(
    con: duckdb.DuckDBPyConnection, known: Sequence[StoredActivity]
) -> tuple[StoredActivity, ...] | None:
    """Makes the dictionary `activity` of the known labels and those that are new in `staged`.

    Returns:
        The whole dictionary, in which new labels have no events yet; null when there are more than could be labels.
    """
    columns = {
        "c": [each.code for each in known],
        "l": [each.label for each in known],
        "p": [each.lifecycle for each in known],
    }
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {ACTIVITY} AS SELECT unnest($c)::INTEGER AS code, unnest($l)::VARCHAR AS label, "
        "unnest($p)::VARCHAR AS lifecycle",
        columns,
    )
    con.execute(
        f"INSERT INTO {ACTIVITY} SELECT {len(known)} + row_number() OVER (ORDER BY label, lifecycle) - 1, label, lifecycle "
        f"FROM (SELECT DISTINCT label, COALESCE(lifecycle, '') AS lifecycle FROM staged WHERE {VALID} "
        f"EXCEPT SELECT label, lifecycle FROM {ACTIVITY}) AS unknown"
    )
    added = con.execute(
        f"SELECT code, label, lifecycle, 0 FROM {ACTIVITY} WHERE code >= {len(known)} ORDER BY code"
    ).fetchall()
    if len(known) + len(added) > MOST_ACTIVITIES:
        return None
    return (*known, *(StoredActivity(*row) for row in added))


def extend_values(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    where: str,
    each: StagedAttribute,
    known: StoredAttribute | None,
    *,
    most: int,
) -> Words:
    """Makes the dictionary of a category: the known values, and those that are new in `staged`.

    Args:
        con: Holds `staged`, in which the names of people are replaced.
        folder: The store.
        where: Folder in it for a dictionary that gets a file of its own.
        each: The attribute.
        known: As it stands in the store; null for a new one.
        most: Values from which a dictionary gets a file.
    """
    column, table = quoted(each.column), quoted("w_" + each.column)
    if known and known.values_file:
        said = f"SELECT value, code::INTEGER AS code FROM read_parquet({literal(known.values_file)})"
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {said}")
    else:
        values = list(known.values) if known else []
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT unnest($v)::VARCHAR AS value, unnest($c)::INTEGER AS code",
            {"v": values, "c": list(range(len(values)))},
        )
    before = _count(con, table)
    con.execute(
        f"INSERT INTO {table} SELECT value, {before} + row_number() OVER (ORDER BY value) - 1 FROM (SELECT DISTINCT {column} "
        f"AS value FROM staged WHERE {column} IS NOT NULL EXCEPT SELECT value FROM {table}) AS unknown"
    )
    now = _count(con, table)
    if known and known.values_file and now == before:
        return Words((), Path(known.values_file).relative_to(folder).as_posix())
    ordered = f"SELECT code, value FROM {table} ORDER BY code"
    if now <= most and not (known and known.values_file):
        return Words(tuple(value for _, value in con.execute(ordered).fetchall()))
    file = f"{where}/{each.column}.parquet"
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    con.execute(f"COPY ({ordered}) TO {literal(str(folder / file))} (FORMAT parquet, COMPRESSION zstd)")
    return Words((), file)


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(str(one(con, f"SELECT count(*) FROM {table}")[0]))
