"""How does the table of cases come about? One row per object, with its length, its span and its sequence of labels."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.event_files import parquet
from ketenreis.events.pseudonyms import Pseudonyms
from ketenreis.events.store import ObjectType, StoredActivity
from ketenreis.events.times import literal


def per_case(
    con: duckdb.DuckDBPyConnection, files: Sequence[Path], activities: Sequence[StoredActivity]
) -> None:
    """Makes `per_case`: length, span, ties, and the sequence of labels as 64 bits."""
    kinds: dict[str, int] = {}
    for each in activities:  # a label is known by its first code, which stays the same when others come
        kinds.setdefault(each.label, each.code)
    kind = "activity::BIGINT"
    if len(kinds) < len(activities):
        kind = f"([{', '.join(str(kinds[each.label]) for each in activities)}]::BIGINT[])[activity + 1]"
    listed = "[" + ", ".join(literal(str(each)) for each in files) + "]"
    con.execute(
        "CREATE OR REPLACE TABLE per_case AS SELECT case_no, count(*) AS events, min(us) AS first_us, max(us) AS last_us, "
        "count(CASE WHEN us = prev_us THEN 1 END) AS ties, "
        # the order of the labels counts because each is hashed together with its place
        f"bit_xor(hash({kind} * 4294967296 + seq)) AS path FROM read_parquet({listed}) GROUP BY case_no"
    )


def write_cases(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    told: ObjectType,
    *,
    personal_cases: bool,
    pseudonyms: Pseudonyms,
) -> int:
    """Writes one row per object; gives how many different sequences of labels there are."""
    path = folder / told.cases_file
    path.parent.mkdir(parents=True, exist_ok=True)
    variants, *_ = one(
        con,
        "CREATE OR REPLACE TEMP TABLE variants AS SELECT path, events, (row_number() OVER (ORDER BY count(*) DESC, "
        "min(case_no)) - 1)::INTEGER AS variant FROM per_case WHERE events > 0 GROUP BY path, events",
    )
    closing, closed = "", "NULL::BIGINT"
    if codes := closing_codes(told):
        closed = "c.closed_us"
        closing = (
            "LEFT JOIN (SELECT case_no, min(us) AS closed_us FROM sorted WHERE activity IN "
            f"({', '.join(map(str, codes))}) GROUP BY case_no) AS c ON c.case_no = ids.case_no "
        )
    of_case = [each for each in told.own_attributes if each.level == "case"]
    values = "".join(f", o.{quoted('lo_' + each.column)} AS {quoted(each.column)}" for each in of_case)
    own = "LEFT JOIN values_of_cases AS o ON o.case_no = ids.case_no " if of_case else ""
    if personal_cases:
        ids = con.execute("SELECT case_no, case_id FROM ids").fetchall()
        con.execute(
            "CREATE OR REPLACE TABLE ids AS SELECT unnest($n)::INTEGER AS case_no, unnest($i) AS case_id",
            {"n": [row[0] for row in ids], "i": pseudonyms.of_ids([row[1] for row in ids])},
        )
    con.execute(
        "COPY (SELECT ids.case_no, ids.case_id, p.first_us, p.last_us, COALESCE(p.events, 0)::INTEGER AS events, "
        f"v.variant, p.path, {closed} AS closed_us{values} FROM ids LEFT JOIN per_case AS p ON p.case_no = ids.case_no "
        f"LEFT JOIN variants AS v ON v.path = p.path AND v.events = p.events {closing}{own}"
        f"ORDER BY ids.case_no) TO {literal(str(path))} {parquet(told.cases)}"
    )
    con.execute("DROP TABLE ids; DROP TABLE variants")
    return int(str(variants))


def closing_codes(told: ObjectType) -> tuple[int, ...]:
    """Codes of the activities that close a case; none for "end_of_file"."""
    if told.closing == "end_of_file":
        return ()
    by_label = told.codes(told.closing)
    return by_label or told.classes.get(told.closing, ())
