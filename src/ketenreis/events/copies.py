"""Does a source say what another said already? The same log in two files counts double, or stands hours apart."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from ketenreis.events.rows import Kept
from ketenreis.events.times import UNREADABLE, literal

ENOUGH = 200_000
"""Of more rows than these only some cases are compared."""
FEWEST = 10
NEARLY_ALL = 0.9
_QUARTER = 15 * 60 * 1_000_000
_FURTHEST = 14 * 4 * _QUARTER
"""No two zones of the earth are further apart."""


def copies(
    con: duckdb.DuckDBPyConnection, folder: Path, mine: Kept, others: Mapping[str, Kept]
) -> dict[str, object]:
    """Which other sources hold nearly all events of this one, or this one of theirs, and how far apart they stand.

    Args:
        con: The engine.
        folder: The store.
        mine: The rows of the source.
        others: Those of the other sources of the same type, by name.

    Returns:
        Notes for the quality report.
    """
    notes: dict[str, object] = {}
    for name, kept in others.items():
        rows = max(_count(con, folder, mine), _count(con, folder, kept))
        part = 1 + rows // ENOUGH
        found = con.execute(
            f"SELECT a.us - b.us AS apart, count(*) AS n FROM ({_numbered(folder, mine, part)}) AS a JOIN "
            f"({_numbered(folder, kept, part)}) AS b USING (case_id, label, nth) GROUP BY apart ORDER BY n DESC"
        ).fetchall()
        alike = sum(n for _, n in found)
        fewest = min(_count(con, folder, mine, part), _count(con, folder, kept, part))
        by_zone = [(us, n) for us, n in found if us % _QUARTER == 0 and abs(us) <= _FURTHEST][:3]
        if fewest < FEWEST or sum(n for _, n in by_zone) < NEARLY_ALL * fewest or alike < NEARLY_ALL * fewest:
            continue
        if by_zone[0][0] == 0:
            notes[f"same_events:{name}"] = {"other": name, "n": alike}
        else:
            hours = ", ".join(sorted(_apart(us) for us, n in by_zone if n > alike / 100))
            notes[f"shifted_copy:{name}"] = {"other": name, "n": alike, "hours": hours}
    return notes


def _events(kept: Kept, folder: Path, part: int) -> str:
    some = f" AND hash(case_id) % {part} = 0" if part > 1 else ""
    return (
        f"FROM read_parquet({literal(str(folder / kept.file))}) WHERE case_id IS NOT NULL AND label IS NOT NULL "
        f"AND us > {UNREADABLE}{some}"
    )


def _count(con: duckdb.DuckDBPyConnection, folder: Path, kept: Kept, part: int = 1) -> int:
    row = con.execute(f"SELECT count(*) {_events(kept, folder, part)}").fetchone()
    return int(row[0]) if row else 0


def _numbered(folder: Path, kept: Kept, part: int) -> str:
    """SQL of the events of a source, those with one label in one case numbered in the order of time."""
    return (
        "SELECT case_id, label, us, row_number() OVER (PARTITION BY case_id, label ORDER BY us, ord) AS nth "
        + _events(kept, folder, part)
    )


def _apart(us: int) -> str:
    """A difference between clocks as +02:00."""
    minutes = abs(us) // 60_000_000
    return f"{'-' if us < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
