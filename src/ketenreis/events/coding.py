"""Which number stands for which value? The dictionaries of labels and categories, as tables to join with.

A dictionary is in the order of its values, so that the same log gets the same codes. A join costs less than a look-up
in an enumerated type, value by value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ketenreis.errors import MappingError
from ketenreis.events.engine import name as quoted
from ketenreis.events.pseudonyms import Pseudonyms
from ketenreis.events.staged_table import VALID, StagedAttribute, StagedRows
from ketenreis.events.store import StoredActivity
from ketenreis.events.times import literal

MOST_ACTIVITIES = 30_000
ACTIVITY = "w_activity"


@dataclass(frozen=True, slots=True)
class Words:
    """A dictionary: its values by code, or the file they stand in."""

    values: tuple[str, ...]
    file: str | None = None


def code_activities(con: duckdb.DuckDBPyConnection, rows: StagedRows) -> tuple[StoredActivity, ...]:
    """Makes the dictionary `activity` of labels and lifecycles.

    Raises:
        MappingError: There are more than could be labels.
    """
    lifecycle = "COALESCE(lifecycle, '')" if "lifecycle" in rows.columns else "''"
    made = con.execute(
        f"CREATE OR REPLACE TEMP TABLE {ACTIVITY} AS SELECT (row_number() OVER (ORDER BY label, lifecycle) - 1)::INTEGER "
        f"AS code, label, lifecycle, events FROM (SELECT label, {lifecycle} AS lifecycle, count(*) AS events "
        f"FROM staged{rows.where(VALID)} GROUP BY ALL) AS counted"
    )
    known = [StoredActivity(*row) for row in made.execute(f"FROM {ACTIVITY} ORDER BY code").fetchall()]
    if len(known) > MOST_ACTIVITIES:
        raise MappingError(
            f"The activity column holds {len(known)} different values: more than labels. Which column names the activity?"
        )
    return tuple(known)


def code_values(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    where: str,
    attributes: Sequence[StagedAttribute],
    pseudonyms: Pseudonyms,
    *,
    most: int,
) -> dict[str, Words]:
    """Makes a dictionary for every category, and says its values for the manifest (pseudonyms for people).

    Args:
        con: Holds `staged`.
        folder: The store.
        where: Folder in it for the dictionaries that get a file of their own.
        attributes: The staged attributes.
        pseudonyms: Replaces people's names.
        most: Values from which a dictionary gets a file.
    """
    made: dict[str, Words] = {}
    for each in attributes:
        if not each.is_coded:
            continue
        column, table = quoted(each.column), quoted("w_" + each.column)
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT value, (row_number() OVER (ORDER BY value) - 1)::INTEGER AS code "
            f"FROM (SELECT DISTINCT {column} AS value FROM staged WHERE {column} IS NOT NULL AND case_id IS NOT NULL) AS seen"
        )
        limit = "" if each.personal else f" LIMIT {most + 1}"
        values = [row[0] for row in con.execute(f"SELECT value FROM {table} ORDER BY code{limit}").fetchall()]
        if each.personal:
            values = pseudonyms.of_people(values) if each.role != "customer" else pseudonyms.of_ids(values)
        if len(values) <= most:
            made[each.name] = Words(tuple(values))
            continue
        file = f"{where}/{each.column}.parquet"
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        said = f"SELECT code, value FROM {table} ORDER BY code"
        if each.personal:
            con.execute("CREATE OR REPLACE TEMP TABLE said AS SELECT unnest($v) AS value", {"v": values})
            said = "SELECT rowid::INTEGER AS code, value FROM said ORDER BY code"
        con.execute(f"COPY ({said}) TO {literal(str(folder / file))} (FORMAT parquet, COMPRESSION zstd)")
        made[each.name] = Words((), file)
    return made


def joins(attributes: Sequence[StagedAttribute], rows: StagedRows, *, activity: bool = True) -> str:
    """SQL that joins `staged` with the dictionaries."""
    phase = (
        f" AND {ACTIVITY}.lifecycle = COALESCE(staged.lifecycle, '')" if "lifecycle" in rows.columns else ""
    )
    said = [f"JOIN {ACTIVITY} ON {ACTIVITY}.label = staged.label{phase}"] if activity else []
    for each in attributes:
        if each.is_coded:
            table = quoted("w_" + each.column)
            said.append(f"LEFT JOIN {table} ON {table}.value = staged.{quoted(each.column)}")
    return " ".join(said)


def forget(con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute]) -> None:
    """Drops `staged` and the tables of the dictionaries."""
    tables = ["staged", ACTIVITY, *(quoted("w_" + each.column) for each in attributes if each.is_coded)]
    con.execute("; ".join(f"DROP TABLE IF EXISTS {each}" for each in [*tables, "said"]))
