"""Which events do columns imply beside the one of their row? Starts, dates of the case, one for each case of a list."""

from collections.abc import Sequence

import duckdb

from ketenreis.events.column_sql import id_column
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.mapping import Mapping
from ketenreis.events.staged_table import StagedAttribute
from ketenreis.events.times import UNREADABLE, literal


def complete(
    con: duckdb.DuckDBPyConnection, mapping: Mapping, attributes: Sequence[StagedAttribute]
) -> tuple[int, int]:
    """Adds to `staged` the events that columns imply: starts, dates, one for each case of a list.

    Args:
        con: Holds `staged` as read.
        mapping: Says which columns.
        attributes: The staged attributes.

    Returns:
        How many start events and how many events from date columns came in. `staged` gets a column `ord` only
        when rows came in: else the order of the file is the order of its rows.
    """
    listed = mapping.cases_in_list and not mapping.objects  # lists of several types are split afterwards
    if not (listed or "start" in mapping.columns or mapping.dates_as_events):
        return 0, 0
    ids = [id_column(i) for i, _ in enumerate(mapping.types)] if mapping.objects else []
    names = [*(quoted(each.column) for each in attributes), *ids]
    kept = "".join(f", {name}" for name in names)
    own = "lifecycle" if "lifecycle" in mapping.columns else "NULL::VARCHAR"
    if "start" in mapping.columns and "lifecycle" not in mapping.columns:
        own = "'complete'"
    source = "(SELECT *, rowid AS place FROM staged)"
    if listed:
        source = (
            """(SELECT * REPLACE (trim(each_case, ' ''"') AS case_id) FROM (SELECT *, rowid AS place, """
            "unnest(string_split(COALESCE(case_id, ''), ',')) AS each_case FROM staged) AS listed)"
        )
    parts = [
        f"SELECT case_id, label, {own} AS lifecycle, us, source, place * 2 + 1 AS ord{kept} FROM {source} AS ends"
        + (f" WHERE us > {UNREADABLE} OR start_us IS NULL" if "start" in mapping.columns else "")
    ]
    if "start" in mapping.columns:
        parts.append(
            f"SELECT case_id, label, 'start' AS lifecycle, start_us AS us, source, place * 2 AS ord{kept} "
            f"FROM {source} AS starts WHERE start_us > {UNREADABLE} AND label IS NOT NULL"
        )
    nothing = "".join(f", {name}" if name in ids else f", NULL AS {name}" for name in names)
    for column, label in mapping.dates_as_events.items():
        attribute = quoted(next(each.column for each in attributes if each.source == column))
        parts.append(
            f"SELECT DISTINCT case_id, {literal(label)} AS label, NULL::VARCHAR AS lifecycle, {attribute} AS us, "
            f"(-source - 1)::SMALLINT AS source, {2**62} AS ord{nothing} FROM {source} AS dates "
            f"WHERE {attribute} > {UNREADABLE} AND case_id IS NOT NULL"
        )
    con.execute(f"CREATE OR REPLACE TABLE staged AS {' UNION ALL '.join(parts)}")
    starts, dated = one(
        con, "SELECT count(*) FILTER (source >= 0 AND ord % 2 = 0), count(*) FILTER (source < 0) FROM staged"
    )
    return int(str(starts)), int(str(dated))
