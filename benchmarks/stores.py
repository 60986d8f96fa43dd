"""Where the synthetic log stands: as an event store in the normal form, as a raw CSV and as XES, each made once and kept."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
from benchmarks.log import ACTIVITIES, CHANNELS, blocks

from ketenreis.events.normal import PARQUET
from ketenreis.events.store import EventStore, ObjectType, StoredActivity, StoredAttribute

CACHE = Path(os.environ.get("BENCH_CACHE", Path.home() / ".cache" / "ketenreis" / "benchmarks"))
"""Where made files are kept for a next time: outside the project, safe to delete."""


def connect() -> duckdb.DuckDBPyConnection:
    """A connection that keeps quiet."""
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    return con


def once(path: Path, make: Callable[[Path], None]) -> Path:
    """The path, made first when it is not there; it appears only when it is whole."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"partial-{path.name}")
        shutil.rmtree(partial, ignore_errors=True)
        make(partial)
        partial.replace(path)
    return path


def normal_form(events: int, cache: Path = CACHE) -> EventStore:
    """The log as an event store: files like those an import writes, described by the values a manifest holds."""
    folder = once(cache / f"store-{events}", lambda folder: _write(events, folder))
    files = sorted((folder / "by" / "case" / "1").glob("*.parquet"))
    cases_file = folder / "cases" / "case" / "1.parquet"
    con = connect()
    cases, size, first, last = con.execute(
        "SELECT count(*), sum(events), min(first_us), max(last_us) FROM read_parquet(?)", [str(cases_file)]
    ).fetchone()  # type: ignore[misc]  # an aggregate always gives a row
    kind = ObjectType(
        name="case",
        events_files=tuple(map(str, files)),
        cases_file=str(cases_file),
        cases=cases,
        events=int(size),
        activities=tuple(StoredActivity(code, label, "", 0) for code, label in enumerate(ACTIVITIES)),
        own_attributes=(
            StoredAttribute(
                "channel", "channel", "a_channel", "category", "event", values=CHANNELS, role="channel"
            ),
            StoredAttribute("amount", "amount", "a_amount", "number", "event", scale=2),
        ),
        closing="end_of_file",
        labels={label: (label,) for label in ACTIVITIES},
    )
    return EventStore(folder, 1, first, last, (), {"case": kind})


def _write(events: int, folder: Path) -> None:
    con = connect()
    by, cases = folder / "by" / "case" / "1", folder / "cases" / "case"
    by.mkdir(parents=True)
    cases.mkdir(parents=True)
    for number, block in enumerate(blocks(events)):
        con.register("block", {name: getattr(block, name) for name in block.__slots__})
        con.execute(
            'COPY (SELECT "case" AS case_no, seq, us, activity, lag(activity) OVER w AS prev_activity, '
            "lead(activity) OVER w AS next_activity, lag(us) OVER w AS prev_us, lead(us) OVER w AS next_us, "
            "lag(channel) OVER w AS prev_channel, 0::SMALLINT AS source, channel AS a_channel, cents AS a_amount "
            'FROM block WINDOW w AS (PARTITION BY "case" ORDER BY seq) ORDER BY case_no, seq) '
            f"TO '{by / f'part-{number:04d}.parquet'}' {PARQUET}"
        )
        con.unregister("block")
    con.execute(
        "COPY (SELECT case_no, 'ZAAK-' || lpad((case_no * 2654435761::BIGINT % 10000000000)::VARCHAR, 10, '0') AS case_id, "
        "min(us) AS first_us, max(us) AS last_us, count(*)::INTEGER AS events, 0 AS variant, NULL::BIGINT AS closed_us "
        f"FROM read_parquet('{by}/*.parquet') GROUP BY case_no ORDER BY case_no) TO '{cases / '1.parquet'}' {PARQUET}"
    )
