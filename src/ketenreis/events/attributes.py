"""What is each attribute like: how far is it filled, in how many decimals, and is it of the case or of the event?"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.staged_table import BARE, VALID, StagedAttribute, StagedRows
from ketenreis.events.store import Level
from ketenreis.events.times import UNREADABLE

LOOK_AHEAD = 500_000
DECIMALS = 4
"""Numbers of at most so many decimals are stored as whole ones."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How far an attribute is filled: rows with a value, and rows whose text could not be read as its type."""

    filled: int
    unreadable: int


def measure(
    con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute], rows: StagedRows
) -> tuple[dict[str, Filled], dict[str, int]]:
    """Coverage of every attribute over events and bare rows, and the scale of numbers that have one."""
    asked, whole = [], []
    for i, each in enumerate(attributes):
        column = quoted(each.column)
        asked.append(f"count({column})")
        if each.type == "number":
            # null for NaN and for what is too large to tell
            whole.append(f"TRY_CAST(round({column} * {10**DECIMALS}) AS BIGINT) AS whole_{i}")
            asked += [
                f"count(CASE WHEN isnan({column}) THEN 1 END)",
                f"max({_decimals(column, f'whole_{i}')})",
            ]
        elif each.type == "moment":
            asked.append(f"count(CASE WHEN {column} = {UNREADABLE} THEN 1 END)")
    if not asked:
        return {}, {}
    of_rows = rows.where(f"source >= 0 AND (({VALID}) OR ({BARE}))") or " WHERE source >= 0"
    read = f"(SELECT {', '.join(['*', *whole])} FROM staged{of_rows}) AS rows_read"
    answers = iter(count(each) for each in one(con, f"SELECT {', '.join(asked)} FROM {read}"))
    filled: dict[str, Filled] = {}
    scales: dict[str, int] = {}
    for each in attributes:
        held = next(answers)
        unread = 0 if each.is_coded else next(answers)
        if each.type == "number" and (digits := next(answers)) <= DECIMALS:
            scales[each.name] = digits
        filled[each.name] = Filled(held - unread, unread)
    return filled, scales


def _decimals(column: str, whole: str) -> str:
    """SQL of how many decimals a number has; more than DECIMALS for "too many, or too large to tell"."""
    steps = " ".join(f"WHEN {whole} % {10 ** (DECIMALS - i)} = 0 THEN {i}" for i in range(DECIMALS))
    many = f"{whole} IS NULL OR abs({column}) >= 9e13 OR {column} <> {whole} / {10**DECIMALS}.0"
    return f"CASE WHEN {column} IS NULL OR isnan({column}) THEN 0 WHEN {many} THEN {DECIMALS + 1} {steps} ELSE {DECIMALS} END"


def count(value: object) -> int:
    """A count as DuckDB gives it; null counts as none."""
    return int(value) if isinstance(value, int | float) else 0


def levels(
    con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute], *, bare: bool
) -> tuple[dict[str, Level], dict[str, int]]:
    """Decides per attribute whether it is of the case, and keeps the values of those in `values_of_cases`.

    It is when its value never changes within a case: no two values, and not filled on some events only (unless its
    column says `case:`, or a row about the case itself says the same). Dates read as events have no attributes and do
    not count.

    Args:
        con: Holds `sorted`, and `bare` where there are bare rows.
        attributes: The staged attributes.
        bare: Whether there are bare rows.

    Returns:
        The level by attribute name, and the cases in which an attribute changes though its column says `case:`.
    """
    changing = _changing(con, [each for each in attributes if not each.of_case], gaps=not bare)
    levels: dict[str, Level] = dict.fromkeys(changing, "event")
    open_ = [each for each in attributes if each.name not in levels]
    if not open_:
        return levels, {}
    values = "".join(
        f", min({quoted(a.column)}) AS {quoted('lo_' + a.column)}, max({quoted(a.column)}) AS {quoted('hi_' + a.column)}"
        f", count({quoted(a.column)}) AS {quoted('n_' + a.column)}"
        for a in open_
    )
    con.execute(
        "CREATE OR REPLACE TABLE values_of_cases AS SELECT case_no, count(*) FILTER (source >= 0) AS own"
        f"{values} FROM sorted GROUP BY case_no"
    )
    if bare:
        _fill_from_bare(con, open_)
    asked = ", ".join(
        f"count(*) FILTER ({quoted('lo_' + a.column)} <> {quoted('hi_' + a.column)}), "
        f"count(*) FILTER ({quoted('n_' + a.column)} NOT IN (0, own))"
        for a in open_
    )
    answers = one(con, f"SELECT {asked} FROM values_of_cases")
    flips: dict[str, int] = {}
    for i, each in enumerate(open_):
        changes, gaps = count(answers[2 * i]), count(answers[2 * i + 1])
        levels[each.name] = "case" if not changes and (each.of_case or not gaps) else "event"
        if each.of_case and changes:
            flips[each.name] = changes
    return levels, flips


def _changing(
    con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute], *, gaps: bool
) -> list[str]:
    """Attributes that change within a case among the first events: for these nothing more needs to be asked.

    A gap is a change, unless a row about the case itself may fill it.
    """
    if not attributes:
        return []
    differs = "IS DISTINCT FROM" if gaps else "<>"
    seen = "".join(f", lag({quoted(a.column)}) OVER () AS {quoted('lag_' + a.column)}" for a in attributes)
    asked = ", ".join(
        f"bool_or({quoted(a.column)} {differs} {quoted('lag_' + a.column)})" for a in attributes
    )
    answers = one(
        con,
        f"SELECT {asked} FROM (SELECT *, lag(case_no) OVER () AS before, lag(source) OVER () AS source_before{seen} "
        f"FROM sorted WHERE rowid < {LOOK_AHEAD}) AS head WHERE before = case_no AND source >= 0 AND source_before >= 0",
    )
    return [each.name for each, changes in zip(attributes, answers, strict=True) if changes]


def _fill_from_bare(con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute]) -> None:
    """Gives cases without events of their own their attributes from the rows that name them."""
    values = ""
    for each in attributes:
        low, high, n = (quoted(f"{part}_{each.column}") for part in ("lo", "hi", "n"))
        same = f"p.{low} = b.{low} AND p.{high} = b.{high}"
        values += (
            f", COALESCE(p.{low}, b.{low}) AS {low}, COALESCE(p.{high}, b.{high}) AS {high}, "
            f"CASE WHEN {same} THEN p.own ELSE p.{n} END AS {n}"
        )
    con.execute(
        f"CREATE OR REPLACE TABLE values_of_cases AS SELECT COALESCE(p.case_no, b.case_no) AS case_no, p.own{values} "
        "FROM values_of_cases AS p FULL JOIN bare AS b ON b.case_no = p.case_no"
    )
    con.execute("DROP TABLE bare")
