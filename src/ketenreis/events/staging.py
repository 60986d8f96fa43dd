"""How does a file's table become staged rows: one row per event, times read, missing marks gone, types known?"""

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from ketenreis.errors import MappingError
from ketenreis.events import tallies
from ketenreis.events.column_sql import READ_MISSING, ReadColumns, id_column
from ketenreis.events.completing import complete
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.mapping import ROLES, Mapping
from ketenreis.events.readers.sample import Refusal, Sample, Source
from ketenreis.events.refusals import count_rows, first_refused, leave_totals_out
from ketenreis.events.staged_table import StagedAttribute
from ketenreis.events.times import UNREADABLE

__all__ = ["Staged", "complete", "id_column", "plan", "stage"]


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging a file gave.

    Attributes:
        attributes: The columns of `staged` that become attributes.
        read: Rows read, refused ones included.
        refused: Rows refused, by reason.
        examples: The first few of them.
        bare: Rows that name a case without an event.
        offsets: Offsets of the event times with how often; "" for none.
        marks: How often each missing mark stood in a column, by column and mark.
        starts: Start events made from a start column.
        dated: Events made from date columns.
    """

    attributes: tuple[StagedAttribute, ...]
    read: int
    refused: Map[str, int]
    examples: tuple[Refusal, ...]
    bare: int
    offsets: Map[str, int]
    marks: Map[str, Map[str, int]]
    starts: int
    dated: int


def plan(columns: ReadColumns) -> tuple[StagedAttribute, ...]:
    """Which columns become attributes, under which name and of which type, judged by the sample.

    Raises:
        MappingError: The mapping names a column that the file does not have.
    """
    mapping, sample = columns.mapping, columns.sample
    _check(mapping, sample)
    role_of = {column: role for role, column in mapping.attributes.items()}
    used = {mapping.columns[role] for role in ROLES if role in mapping.columns} | set(
        mapping.objects.values()
    )
    attributes: list[StagedAttribute] = []
    taken: set[str] = set()
    for column in sample.columns:
        if column.name in mapping.ignore or (column.name in used and column.name not in role_of):
            continue
        role = role_of.get(column.name, "")
        slug = "a_" + (re.sub(r"[^a-z0-9]+", "_", (role or column.name).lower()).strip("_") or "column")
        while slug in taken:
            slug += "_"
        taken.add(slug)
        personal = mapping.is_personal(column.name)
        type_ = "category" if personal else columns.by_name[column.name].type
        attributes.append(
            StagedAttribute(
                role or column.name,
                column.name,
                slug,
                type_,
                of_case=column.name.lower().startswith("case:"),
                role=role,
                personal=personal,
            )
        )
    return tuple(attributes)


def _check(mapping: Mapping, sample: Sample) -> None:
    """Refuses a mapping that speaks of columns the file does not have."""
    there = {column.name for column in sample.columns}
    named = {f"columns: {role}": column for role, column in mapping.columns.items()}
    named |= {f"dates_as_events: {each}": each for each in mapping.dates_as_events}
    named |= {f"objects: {type_}": column for type_, column in mapping.objects.items()}
    for where, column in named.items():
        if column not in there:
            raise MappingError(
                f"The mapping's `{where}` names the column “{column}”, which the file does not have; "
                f"it has {', '.join(sorted(there))}."
            )
    needed = ["case"] if mapping.dates_as_events else ["case", "activity", "time"]
    if lacking := [role for role in needed if role not in mapping.columns]:
        raise MappingError(
            f"Which column is the {' and which the '.join(lacking)}? Say so in the mapping, for example "
            f"`columns: {{{lacking[0]}: {sample.columns[0].name}}}`; the columns are "
            f"{', '.join(column.name for column in sample.columns)}."
        )


def stage(con: duckdb.DuckDBPyConnection, source: Source, mapping: Mapping, *, number: int = 0) -> Staged:
    """Reads a source into the table `staged` (see `normal`).

    Args:
        con: Where the table is made; its TimeZone is the mapping's.
        source: The file, ready for the engine.
        mapping: What its columns mean.
        number: The number of this source in the store.

    Returns:
        What there is to tell about it.

    Raises:
        MappingError: The mapping does not fit the file.
    """
    columns = ReadColumns(source.sample, mapping)
    attributes = plan(columns)
    _read(con, source, columns, attributes, number)
    if misjudged := _misjudged(
        con, [each for each in attributes if each.source not in mapping.dates_as_events]
    ):
        attributes = tuple(replace(a, type="category") if a.name in misjudged else a for a in attributes)
        _read(con, source, columns, attributes, number)
    refused, examples = source.refused()
    offsets, marks = tallies.count_noted(con, columns)
    rows, found, bare = count_rows(con, source)
    shown = (*examples, *first_refused(con, source, found, examples))
    if "total_row" in found:
        leave_totals_out(con, [id_column(i) for i, _ in enumerate(columns.ids())])
    starts, dated = complete(con, mapping, attributes)
    read = rows + sum(refused.values())
    return Staged(attributes, read, {**refused, **found}, shown, bare, offsets, marks, starts, dated)


def _read(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    columns: ReadColumns,
    attributes: Sequence[StagedAttribute],
    number: int,
) -> None:
    """Makes `staged` in one pass over the file."""
    case, ids = columns.case(), columns.ids()
    if ids:  # a row is of no case only when it names no object at all
        case = f"COALESCE({', '.join(f'({each})[1]' if each[:1] == '[' else each for each in ids)})"
    asked = [f"{case} AS case_id"]
    if source.sample.nul_bytes:
        odd = f"contains(concat({', '.join(quoted(each.name) for each in source.sample.columns)}), chr(0))"
        ids = [f"CASE WHEN NOT {odd} THEN {each} END" for each in ids]
        asked = [f"CASE WHEN NOT {odd} THEN {case} END AS case_id", f"{odd} AS odd"]
    activity, lifecycle = columns.role("activity"), columns.role("lifecycle")
    asked.append(f"{activity.text(()) if activity else 'NULL::VARCHAR'} AS label")
    asked.append(f"{columns.moment('time') if columns.role('time') else 'NULL::BIGINT'} AS us")
    if lifecycle:
        asked.append(f"{lifecycle.text()} AS lifecycle")
    if columns.role("start"):
        asked.append(f"{columns.moment('start')} AS start_us")
    asked.append(f"{number}::SMALLINT AS source")
    asked += [f"{columns.attribute(each)} AS {quoted(each.column)}" for each in attributes]
    asked += [f"{each} AS {id_column(i)}" for i, each in enumerate(ids)]
    asked += tallies.noted(columns)
    con.execute(f"CREATE OR REPLACE TABLE staged AS SELECT {', '.join(asked)} FROM {source.relation}")


def _misjudged(con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute]) -> set[str]:
    """Attributes whose values turn out not to be of the type that the sample showed."""
    tested = {
        a.name: f"count(*) FILTER ({test}) > {READ_MISSING} * count({quoted(a.column)})"
        for a in attributes
        if (test := _test(a))
    }
    if not tested:
        return set()
    kept = f"us IS DISTINCT FROM {UNREADABLE}"  # what is refused, such as a heading that stands there again, says nothing
    answers = one(con, f"SELECT {', '.join(tested.values())} FROM staged WHERE {kept}")
    return {name for name, wrong in zip(tested, answers, strict=True) if wrong}


def _test(each: StagedAttribute) -> str:
    column = quoted(each.column)
    tests = {
        "number": f"isnan({column})",
        "moment": f"{column} = {UNREADABLE}",
        "truth": f"{column} NOT IN ('true', 'false')",
    }
    return tests.get(each.type, "")
