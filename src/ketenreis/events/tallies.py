"""What was written in a file beside what was read from it? Offsets of its times, and marks for "no value".

They are counted in the pass that reads the file: columns of `staged` note them per row, and are dropped once counted.
"""

import re
from collections import Counter

import duckdb

from ketenreis.events.column_sql import ReadColumns
from ketenreis.events.times import literal, offset, says_zone

TAIL = "written_tail"
"""The end of a time's text, where its offset stands."""
BITS = 60
"""Marks that fit in one column, a bit for each."""


def _pairs(columns: ReadColumns) -> list[tuple[str, str]]:
    """Every column in which a missing mark may stand, with the mark."""
    mapping = columns.mapping
    names = [
        each.name
        for each in columns.sample.columns
        if each.kind == "text" and each.name not in mapping.ignore
    ]
    return [(name, mark) for name in names if name != mapping.columns.get("case") for mark in mapping.marks]


def _tells_offsets(columns: ReadColumns) -> bool:
    time = columns.role("time")
    return time is not None and time.column.kind == "text" and says_zone((), time.writing.offsets)


def noted(columns: ReadColumns) -> list[str]:
    """SQL of the columns that note what was written."""
    said = []
    time = columns.role("time")
    if time and _tells_offsets(columns):
        said.append(f"right({time.name}, 6) AS {TAIL}")
    pairs = _pairs(columns)
    for first in range(0, len(pairs), BITS):
        bits = " + ".join(
            f"CASE WHEN {columns.by_name[name].name} = {literal(mark)} THEN {1 << i} ELSE 0 END::BIGINT"
            for i, (name, mark) in enumerate(pairs[first : first + BITS])
        )
        said.append(f"{bits} AS {_bits(first)}")
    return said


def _bits(first: int) -> str:
    return f"written_marks_{first}"


def count_noted(
    con: duckdb.DuckDBPyConnection, columns: ReadColumns
) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Counts what was noted in `staged`, and drops its columns.

    Returns:
        Offsets of the event times with how often ("" for none), and per column how often each mark stood there.
    """
    offsets: Counter[str] = Counter()
    marks: dict[str, dict[str, int]] = {}
    if _tells_offsets(columns):
        for text, times in con.execute(f"SELECT {TAIL}, count(*) FROM staged GROUP BY ALL").fetchall():
            found = re.search(r"(?:Z|UTC|[+-]\d{2}:?\d{2}|(?<=:\d\d)[+-]\d{2})$", text or "")
            if text:
                offsets[offset(found.group() if found else None)] += times
        con.execute(f"ALTER TABLE staged DROP COLUMN {TAIL}")
    pairs = _pairs(columns)
    for first in range(0, len(pairs), BITS):
        seen: Counter[int] = Counter()
        for bits, times in con.execute(
            f"SELECT {_bits(first)}, count(*) FROM staged GROUP BY ALL"
        ).fetchall():
            for i in range(BITS):
                seen[i] += times if bits >> i & 1 else 0
        for i, (name, mark) in enumerate(pairs[first : first + BITS]):
            if seen[i]:
                marks.setdefault(name, {})[mark] = seen[i]
        con.execute(f"ALTER TABLE staged DROP COLUMN {_bits(first)}")
    return dict(offsets.most_common()), marks
