"""Which rows cannot be taken in, and why? Counted in `staged`; the first of each reason as they stand in the file."""

import re
from collections.abc import Mapping, Sequence

import duckdb

from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.readers.sample import Refusal, Source
from ketenreis.events.staged_table import StagedRows
from ketenreis.events.times import UNREADABLE

EXAMPLES = 5

REASONS = {
    "nul_bytes": "odd",
    "no_case": "case_id IS NULL AND NOT odd",
    "no_activity": "case_id IS NOT NULL AND label IS NULL AND (us IS NOT NULL OR start_us IS NOT NULL)",
    "no_time": "case_id IS NOT NULL AND label IS NOT NULL AND us IS NULL AND start_us IS NULL",
    "unreadable_time": f"case_id IS NOT NULL AND label IS NOT NULL AND us = {UNREADABLE} "
    f"AND COALESCE(start_us, {UNREADABLE}) = {UNREADABLE}",
}
"""Tests of the columns of `staged`, by reason; `odd` tells a row with NUL bytes, `start_us` is the start's time."""
BARE = "case_id IS NOT NULL AND label IS NULL AND us IS NULL AND start_us IS NULL"
TOTAL = (
    "regexp_full_match(lower(case_id), '((eind|sub)?tota(al|len)|(grand |sub)?total|aantal|som|sum|gemiddeld(e)?|average|"
    "pagina|page|blad|gemaakt|gegenereerd|afgedrukt|geprint|aangemaakt|generated|printed|created|einde|end of)"
    "( .*|:.*)?')"
)
"""What stands in the place of a case id in a row below the table, or below a page of it."""
_TOTAL_ROW = f"{BARE} AND {TOTAL}"


def count_rows(con: duckdb.DuckDBPyConnection, source: Source) -> tuple[int, dict[str, int], int]:
    """Counts `staged`: its rows, those refused by reason, and those that name a case without an event."""
    held = StagedRows.of(con)
    if held.whole and not source.sample.nul_bytes:
        return held.rows, {}, 0
    tests = [_test(test, held) for test in (*REASONS.values(), BARE)]
    counts = one(con, f"SELECT {', '.join(f'count(*) FILTER ({test})' for test in tests)} FROM staged")
    *by_reason, bare = (int(str(each)) for each in counts)
    found = {reason: n for reason, n in zip(REASONS, by_reason, strict=True) if n}
    if bare and (
        totals := int(str(one(con, f"SELECT count(*) FROM staged WHERE {_test(_TOTAL_ROW, held)}")[0]))
    ):
        found["total_row"] = totals
        bare -= totals
    return held.rows, found, bare


def leave_totals_out(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> None:
    """Takes the case, and the ids of all its objects, from rows below the table: a total is neither case nor customer."""
    emptied = ", ".join(f"{column} = NULL" for column in ("case_id", *ids))
    con.execute(f"UPDATE staged SET {emptied} WHERE {_test(_TOTAL_ROW, StagedRows.of(con))}")


def _test(test: str, held: StagedRows) -> str:
    """A test with what `staged` does not hold filled in."""
    test = test if "start_us" in held.columns else test.replace("start_us", "NULL::BIGINT")
    return test if "odd" in held.columns else re.sub(r"\bodd\b", "FALSE", test)


def first_refused(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    found: Mapping[str, int],
    before: Sequence[Refusal],
) -> list[Refusal]:
    """The first rows refused for each reason, as they stand in the file."""
    if not found:
        return []
    held = StagedRows.of(con)
    places: dict[int, str] = {}
    for reason in found:
        test = _test({**REASONS, "total_row": _TOTAL_ROW}[reason], held)
        rows = con.execute(
            f"SELECT rowid FROM staged WHERE {test} ORDER BY rowid LIMIT {EXAMPLES}"
        ).fetchall()
        places |= {row[0]: reason for row in rows}
    if not places:
        return []
    columns = [quoted(each.name) for each in source.sample.columns]
    is_text = source.sample.form == "csv"
    breaks = f"COALESCE(sum({_line_ends(columns)}) OVER (ROWS UNBOUNDED PRECEDING), 0)" if is_text else "0"
    rows = con.execute(
        f"SELECT place, {', '.join(columns)}, breaks FROM (SELECT row_number() OVER () - 1 AS place, {breaks} AS breaks, "
        f"* FROM (SELECT * FROM {source.relation} LIMIT {max(places) + 1}) AS head) AS numbered "
        f"WHERE place IN ({', '.join(map(str, places))}) ORDER BY place"
    ).fetchall()
    skipped = sorted((*source.sample.blank, *(each.line for each in before if each.line is not None)))
    shown = []
    for place, *values, ends in rows:
        own = sum(value.count("\n") for value in values if isinstance(value, str)) if is_text else 0
        line = int(place) + source.sample.first_line + int(ends) - own
        for other in skipped:
            line += other <= line
        text = source.sample.separator.join("" if value is None else str(value) for value in values)
        shown.append(Refusal(line, places[place], text[:200]))
    return shown


def _line_ends(columns: Sequence[str]) -> str:
    """SQL of how many line ends stand inside the fields of a row."""
    return " + ".join(f"COALESCE(length({c}) - length(replace({c}, chr(10), '')), 0)" for c in columns)
