"""What did one source bring to a type of which several speak? Its own events, whatever the others say of the same cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ketenreis.events.engine import one
from ketenreis.events.normal import JOINED
from ketenreis.events.store import ObjectType, live_events


@dataclass(frozen=True, slots=True)
class Brought:
    """What a source brought to a type.

    Attributes:
        cases: Cases with an event of its own.
        labels: Its events by label.
        lifecycles: Its events by lifecycle.
        first_us: The first of them, microseconds since 1970 UTC; null without events.
        last_us: The last.
    """

    cases: int
    labels: Mapping[str, int] = field(hash=False)
    lifecycles: Mapping[str, int] = field(hash=False)
    first_us: int | None
    last_us: int | None

    @property
    def events(self) -> int:
        """Its events, also those that were joined by period."""
        return sum(self.labels.values())


def brought(con: duckdb.DuckDBPyConnection, folder: Path, type_: ObjectType, source: int) -> Brought:
    """What a source brought to a type that was just made.

    Args:
        con: Reads it.
        folder: The store.
        type_: With its files as the manifest will say them.
        source: The number of the source.
    """
    files, newer = ([str(folder / each) for each in some] for some in (type_.events_files, type_.amendment))
    mine = f"{live_events(files, newer)} WHERE source % {JOINED} = {source} OR source = {-source - 1}"
    cases, first, last = one(con, f"SELECT count(DISTINCT case_no), min(us), max(us) FROM {mine}")
    known = {each.code: each for each in type_.activities}
    labels: dict[str, int] = {}
    lifecycles: dict[str, int] = {}
    for code, times in con.execute(f"SELECT activity, count(*) FROM {mine} GROUP BY activity").fetchall():
        for counted, name in ((labels, known[code].label), (lifecycles, known[code].lifecycle)):
            counted[name] = counted.get(name, 0) + times
    return Brought(
        int(str(cases)),
        dict(sorted(labels.items(), key=lambda item: (-item[1], item[0]))),
        lifecycles,
        None if first is None else int(str(first)),
        None if last is None else int(str(last)),
    )
