"""The same log as files that others send: one CSV of all events in the order of time, and one XES."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

from benchmarks.log import ACTIVITIES, CHANNELS
from benchmarks.stores import CACHE, connect, once

from ketenreis.events.mapping import Mapping
from ketenreis.events.store import EventStore

MAPPING = Mapping(
    source="benchmark",
    columns={
        "case": "case_id",
        "activity": "activity",
        "time": "time",
        "channel": "channel",
        "amount": "amount",
    },
    labels={label: (label,) for label in ACTIVITIES},
)
"""What the columns of the CSV mean; each label is an element of its own."""


def _rows(store: EventStore) -> str:
    """The query that says events as people write them."""
    kind = store.type()
    labels = " ".join(f"WHEN {code} THEN '{label}'" for code, label in enumerate(ACTIVITIES))
    channels = " ".join(f"WHEN {code} THEN '{label}'" for code, label in enumerate(CHANNELS))
    return (
        f"SELECT k.case_id, CASE e.activity {labels} END AS activity, make_timestamp(e.us) AS time, "
        f"CASE e.a_channel {channels} END AS channel, CAST(e.a_amount / 100 AS DECIMAL(12, 2)) AS amount, e.case_no, e.seq "
        f"FROM read_parquet({list(kind.events_files)}) AS e JOIN read_parquet('{kind.cases_file}') AS k ON k.case_no = e.case_no"
    )


def csv(store: EventStore, cache: Path = CACHE) -> Path:
    """All events as one CSV in the order of time."""

    def make(path: Path) -> None:
        columns = "case_id, activity, strftime(time, '%Y-%m-%dT%H:%M:%S.%f') AS time, channel, amount"
        connect().execute(
            f"COPY (SELECT {columns} FROM ({_rows(store)}) AS r ORDER BY r.time, r.case_no, r.seq) "
            f"TO '{path}' (FORMAT csv, HEADER)"
        )

    return once(cache / f"events-{store.type().events}.csv", make)


def xes(store: EventStore, cache: Path = CACHE) -> Path:
    """All events as one XES, case by case."""

    def make(path: Path) -> None:
        found = connect().execute(f"SELECT * FROM ({_rows(store)}) AS r ORDER BY case_no, seq")
        with path.open("w", encoding="utf-8") as file:
            file.write('<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n')
            open_case = None
            while rows := found.fetchmany(50_000):
                for case_id, activity, moment, channel, amount, case_no, _ in rows:
                    if case_no != open_case:
                        file.write("</trace>\n" if open_case is not None else "")
                        file.write(f'<trace>\n<string key="concept:name" value={quoteattr(case_id)}/>\n')
                        open_case = case_no
                    file.write(
                        f'<event>\n<string key="concept:name" value="{activity}"/>\n'
                        f'<date key="time:timestamp" value="{moment.isoformat(timespec="microseconds")}+00:00"/>\n'
                        f'<string key="channel" value="{channel}"/>\n<float key="amount" value="{amount}"/>\n</event>\n'
                    )
            file.write("</trace>\n</log>\n")

    return once(cache / f"events-{store.type().events}.xes", make)
