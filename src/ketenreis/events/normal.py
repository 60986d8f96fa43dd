"""How do staged rows become the normal form? One sort, then neighbours, cases, variants and dictionaries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import duckdb

from ketenreis.events import coding
from ketenreis.events.attributes import Filled, count, levels, measure
from ketenreis.events.cases_file import per_case, write_cases
from ketenreis.events.engine import memory, one
from ketenreis.events.engine import name as quoted
from ketenreis.events.event_files import MOST_IN_DICTIONARY, parquet, write_events
from ketenreis.events.pseudonyms import Pseudonyms
from ketenreis.events.staged_table import BARE, VALID, StagedAttribute, StagedRows
from ketenreis.events.store import ObjectType, StoredAttribute, room_of
from ketenreis.events.times import UNREADABLE

__all__ = ["JOINED", "PARQUET", "Filled", "Normal", "StagedAttribute", "normalise"]

PARQUET = parquet(MOST_IN_DICTIONARY)
LARGE_DICTIONARY = 10_000
GIB = 1 << 30
SORTED_AT_ONCE = 17_000_000
"""Of more rows for each GiB of memory the cases are sorted in ranges, one after the other, so that memory stays flat."""
JOINED = 10_000
"""Added to the number of the source of an event that was given to its case by period."""


@dataclass(frozen=True, slots=True)
class Normal:
    """What making the normal form gave.

    Attributes:
        type: The object type as the manifest will say it.
        filled: Coverage by attribute name, over the valid rows.
        flips: Cases in which an attribute that its column calls one of the case changes, by attribute name.
        ties: Neighbours within a case that share a timestamp.
        duplicates: Rows that repeat an earlier row in everything kept.
        first_us: Time of the first event; null without events.
        last_us: Time of the last event.
    """

    type: ObjectType
    filled: Mapping[str, Filled]
    flips: Mapping[str, int]
    ties: int
    duplicates: int
    first_us: int | None
    last_us: int | None


Progress = Callable[[float, str], None]


def normalise(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    kind: str,
    generation: int,
    attributes: Sequence[StagedAttribute],
    *,
    labels: Mapping[str, tuple[str, ...]],
    closing: str,
    pseudonyms: Pseudonyms,
    personal_cases: bool = False,
    progress: Progress = lambda _fraction, _what: None,
) -> Normal:
    """Writes the normal form of one object type from the table `staged`, which it drops.

    Args:
        con: Holds `staged`.
        folder: The store's folder.
        kind: The object type.
        generation: Number under which the files are written.
        attributes: The staged attributes.
        labels: Element ids by label.
        closing: As `Mapping.closed`.
        pseudonyms: Replaces people's names.
        personal_cases: Whether the case ids themselves are people.
        progress: Told how far it is, between 0 and 1.

    Returns:
        The object type and what the quality report wants to know.
    """
    rows = StagedRows.of(con)
    filled, scales = measure(con, attributes, rows)
    activities = coding.code_activities(con, rows)
    dictionaries = coding.code_values(
        con,
        folder,
        f"dictionaries/{room_of(kind)}/{generation}",
        attributes,
        pseudonyms,
        most=LARGE_DICTIONARY,
    )
    progress(0.1, "sort")
    objects = _number_cases(con, rows)
    events = sort_events(con, attributes, scales, rows)
    progress(0.5, "write")
    level_of, flips = levels(con, attributes, bare=rows.bare)
    stored = tuple(
        StoredAttribute(
            name=each.name,
            source=each.source,
            column=each.column,
            type=each.type,
            level=level_of[each.name],
            scale=scales.get(each.name),
            role=each.role,
            personal=each.personal,
            values=dictionaries[each.name].values if each.name in dictionaries else (),
            values_file=dictionaries[each.name].file if each.name in dictionaries else None,
        )
        for each in attributes
    )
    told = ObjectType(kind, (), "", 0, 0, activities, stored, closing, labels)
    files = write_events(con, folder, kind, generation, told, events)
    progress(0.85, "cases")
    per_case(con, [folder / each for each in files], activities)
    ties, first_us, last_us = one(con, "SELECT sum(ties)::BIGINT, min(first_us), max(last_us) FROM per_case")
    duplicates = repeated_rows(con, attributes) if ties else 0
    cases_file = f"cases/{room_of(kind)}/{generation}.parquet"
    told = replace(told, events_files=tuple(files), cases_file=cases_file, cases=objects, events=events)
    variants = write_cases(con, folder, told, personal_cases=personal_cases, pseudonyms=pseudonyms)
    con.execute("DROP TABLE sorted; DROP TABLE per_case; DROP TABLE IF EXISTS values_of_cases")
    progress(1.0, "done")
    return Normal(
        replace(told, variants=variants),
        filled,
        flips,
        count(ties),
        duplicates,
        _time(first_us),
        _time(last_us),
    )


def _number_cases(con: duckdb.DuckDBPyConnection, rows: StagedRows) -> int:
    """Makes `ids`: the cases of `staged`, numbered by their first event; gives how many there are."""
    cases, *_ = one(
        con,
        "CREATE OR REPLACE TABLE ids AS SELECT (row_number() OVER (ORDER BY start NULLS LAST, case_id) - 1)::INTEGER "
        "AS case_no, case_id FROM (SELECT case_id, min(us) AS start FROM staged"
        f"{rows.where(f'({VALID}) OR ({BARE})')} GROUP BY case_id) AS seen",
    )
    return count(cases)


def sort_events(
    con: duckdb.DuckDBPyConnection,
    attributes: Sequence[StagedAttribute],
    scales: Mapping[str, int],
    rows: StagedRows,
) -> int:
    """Sorts the events by case and time: `staged` becomes `sorted`, and `bare` where rows name a case without an event.

    Args:
        con: Holds `staged`, its cases as `ids`, and the dictionaries.
        attributes: The staged attributes.
        scales: Of numbers that have one, by attribute name.
        rows: What the rows of `staged` have in common.

    Returns:
        How many events there are.
    """
    # dates of the case that count as events have a source below 0 and come last among equals; a joined event comes in
    # the place of its own source
    ordered = "ord" in rows.columns
    source = f"CASE WHEN staged.source < 0 THEN 32767 ELSE staged.source % {JOINED} END, " if ordered else ""
    order = "staged.ord" if ordered else "staged.rowid"
    events = 0
    for number, some in enumerate(_ranges_of_cases(con, rows)):
        kept, *_ = one(
            con,
            f"{'INSERT INTO' if number else 'CREATE OR REPLACE TABLE'} sorted {'' if number else 'AS'} "
            f"SELECT ids.case_no, staged.us, {coding.ACTIVITY}.code::SMALLINT AS activity, staged.source"
            + "".join(f", {_stored(each, scales)} AS {quoted(each.column)}" for each in attributes)
            + f" FROM staged JOIN {some} AS ids ON ids.case_id = staged.case_id {coding.joins(attributes, rows)}"
            + rows.where(f"staged.us > {UNREADABLE} AND staged.label IS NOT NULL")
            + f" ORDER BY ids.case_no, staged.us, {source}{order}",
        )
        events += count(kept)
    if rows.bare:
        values = "".join(
            f", min({_stored(each, scales)}) AS {quoted('lo_' + each.column)}"
            f", max({_stored(each, scales)}) AS {quoted('hi_' + each.column)}"
            for each in attributes
        )
        con.execute(
            f"CREATE OR REPLACE TABLE bare AS SELECT ids.case_no{values} FROM staged JOIN ids "
            f"ON ids.case_id = staged.case_id {coding.joins(attributes, rows, activity=False)} "
            f"WHERE {BARE.replace('case_id', 'staged.case_id').replace('label', 'staged.label')} GROUP BY ids.case_no"
        )
    coding.forget(con, attributes)
    return events


def _ranges_of_cases(con: duckdb.DuckDBPyConnection, rows: StagedRows) -> list[str]:
    """Ranges of the cases in `ids` as SQL, in their order; all at once where there are not too many rows."""
    parts = -(-rows.rows // max(1, SORTED_AT_ONCE * memory(con) // GIB))
    if parts < 2:
        return ["ids"]
    first_case, stop_case = map(count, one(con, "SELECT min(case_no), max(case_no) + 1 FROM ids"))
    bounds = [first_case + (stop_case - first_case) * i // parts for i in range(parts + 1)]
    return [
        f"(SELECT * FROM ids WHERE case_no >= {first} AND case_no < {stop})"
        for first, stop in pairwise(bounds)
    ]


def _stored(each: StagedAttribute, scales: Mapping[str, int]) -> str:
    """SQL of an attribute's value as it is stored."""
    column = f"staged.{quoted(each.column)}"
    if each.is_coded:
        return f"{quoted('w_' + each.column)}.code"
    if each.type == "moment":
        return f"NULLIF({column}, {UNREADABLE})"
    read = f"CASE WHEN NOT isnan({column}) THEN {column} END"
    if each.name in scales:
        return f"CAST(round(({read}) * {10 ** scales[each.name]}) AS BIGINT)"
    return read


def _time(value: object) -> int | None:
    """A time as DuckDB gives it; null stays null."""
    return value if isinstance(value, int) else None


def repeated_rows(con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute]) -> int:
    """Rows of `sorted` that repeat another in everything kept: they share a case and a time, so only ties are looked at."""
    alike = "case_no, us, activity" + "".join(f", {quoted(each.column)}" for each in attributes)
    repeated = one(
        con,
        "SELECT sum(n - 1)::BIGINT FROM (SELECT count(*) AS n FROM (SELECT * FROM (SELECT *, lag(us) OVER () AS a, "
        "lead(us) OVER () AS b FROM sorted) AS near WHERE us = a OR us = b) AS tied "
        f"WHERE source >= 0 GROUP BY {alike}) AS groups",
    )[0]
    return count(repeated)
