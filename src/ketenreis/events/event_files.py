"""How do sorted events become the files of the normal form? Each with its neighbours, in parts that hold whole cases."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import duckdb

from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.store import ObjectType, StoredAttribute, room_of
from ketenreis.events.times import literal

ROW_GROUP = 500_000
PART = 1_000_000
MOST_IN_DICTIONARY = 20_000


def parquet(rows: int) -> str:
    """How a Parquet file of so many rows is written.

    Version 2 packs sorted integers. Small dictionaries only, or the writer spends its time on hopeless ones; it makes
    room for all of the dictionary beforehand, which a small file would notice.
    """
    return (
        f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROW_GROUP}, "
        f"PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT {min(MOST_IN_DICTIONARY, rows + 1)})"
    )


def write_events(
    con: duckdb.DuckDBPyConnection, folder: Path, kind: str, generation: int, told: ObjectType, rows: int
) -> list[str]:
    """Writes `by/<type>/<generation>/` from the rows of `sorted`, in parts that are each a range of cases."""
    where = f"by/{room_of(kind)}/{generation}"
    (folder / where).mkdir(parents=True, exist_ok=True)
    ranges = _parts(con, rows)
    files = [f"{where}/part-{i:04d}.parquet" for i in range(len(ranges))]
    of_event = [each for each in told.own_attributes if each.level == "event"]
    channel = next((each for each in of_event if each.role == "channel"), None)
    _by_hand(
        con,
        [
            f"COPY ({_with_neighbours(*part, of_event, channel)}) TO {literal(str(folder / file))} {parquet(rows)}"
            for file, part in zip(files, ranges, strict=True)
        ],
    )
    return files


def _parts(con: duckdb.DuckDBPyConnection, rows: int) -> list[tuple[int, int]]:
    """Ranges of rows of `sorted` that together are all, cut between cases."""
    count = max(1, -(-rows // PART)) if rows > PART // 4 else 1
    bounds = [0, *(_case_start(con, rows * i // count) for i in range(1, count)), rows]
    return [(a, b) for a, b in pairwise(bounds) if b > a] or [(0, 0)]


def _case_start(con: duckdb.DuckDBPyConnection, row: int) -> int:
    """The first row of the case that a row of `sorted` belongs to."""
    case = one(con, f"SELECT case_no FROM sorted WHERE rowid = {row}")[0]
    return int(str(one(con, f"SELECT min(rowid) FROM sorted WHERE case_no = {case}")[0]))


def _by_hand(con: duckdb.DuckDBPyConnection, statements: Sequence[str]) -> None:
    """Runs statements that each keep one processor busy, as many at a time as there are processors."""
    if len(statements) < 2:
        for statement in statements:
            con.execute(statement)
        return

    def run(statement: str) -> None:
        with con.cursor() as mine:
            mine.execute(statement)

    with ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) as pool:
        list(pool.map(run, statements))


def _with_neighbours(
    start: int, end: int, of_event: Sequence[StoredAttribute], channel: StoredAttribute | None
) -> str:
    """SQL of the normal form of the rows [start, end) of `sorted`; its windows stream, so nothing is sorted again."""
    neighbours = ["case_no", "activity", "us"]
    seen = "".join(f", lag({c}) OVER () AS lag_{c}, lead({c}) OVER () AS lead_{c}" for c in neighbours)
    if channel:
        seen += f", lag({quoted(channel.column)}) OVER () AS lag_channel"
    before, after = "lag_case_no = case_no", "lead_case_no = case_no"
    kept = "".join(f", {quoted(each.column)}" for each in of_event)
    shown = f", CASE WHEN {before} THEN lag_channel END AS prev_channel" if channel else ""
    return (
        f"SELECT case_no, (here - max(CASE WHEN {before} THEN NULL ELSE here END) OVER (ROWS BETWEEN UNBOUNDED "
        "PRECEDING AND CURRENT ROW))::INTEGER AS seq, us, activity, "
        f"CASE WHEN {before} THEN lag_activity END AS prev_activity, "
        f"CASE WHEN {after} THEN lead_activity END AS next_activity, "
        f"CASE WHEN {before} THEN lag_us END AS prev_us, CASE WHEN {after} THEN lead_us END AS next_us"
        f"{shown}, source{kept} FROM (SELECT *, rowid AS here{seen} FROM sorted "
        f"WHERE rowid >= {start} AND rowid < {end}) AS rows_of_part"
    )
