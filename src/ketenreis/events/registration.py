"""Which dates say when something was keyed in, rather than when it happened? Dates without a clock, and batches.

A date is no moment when nearly all stand at midnight, and a registration date when most share their very minute with
many other cases, or when many cases have it on the same few days, days after what went before.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import duckdb

from ketenreis.events.engine import one
from ketenreis.events.times import UNREADABLE, literal

FEWEST = 20
"""With fewer cases nothing is said."""
TOGETHER = 10
"""So many cases in one minute are a batch."""
MOST = 0.5
"""Share of an event's times in batches from which they are said to be registration dates."""
NEARLY_ALL = 0.95
CASES_A_DAY = 20
LATE_DAYS = 2
LOOKED_AT = 200_000
"""Of larger logs only the date columns are looked at: the others would take as long as all the rest of the import."""

Kind = Literal["day_only", "same_minute", "few_days"]


@dataclass(frozen=True, slots=True)
class Registration:
    """An event whose times are no moments.

    Attributes:
        label: The event.
        kind: "day_only": all at midnight; "same_minute": keyed in batches; "few_days": on few days, late.
        events: Its events.
        alike: How many of them that holds for.
    """

    label: str
    kind: Kind
    events: int
    alike: int

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def registrations(con: duckdb.DuckDBPyConnection, zone: str) -> tuple[Registration, ...]:
    """The events of `staged` whose times seem to be keyed later, most frequent first.

    Args:
        con: Holds `staged`.
        zone: In which midnight falls.
    """
    rows = int(str(one(con, "SELECT count(*) FROM staged")[0]))
    if rows < FEWEST:
        return ()
    dated = "" if rows <= LOOKED_AT else " AND source < 0"
    minute = 60_000_000
    day = 1440 * minute
    local = "us"
    if zone != "UTC":
        local = f"epoch_us(timezone({literal(zone)}, make_timestamptz(us)))"
    found = con.execute(
        f"WITH held AS (SELECT case_id, label, us, {local} AS here FROM staged WHERE label IS NOT NULL "
        f"AND us > {UNREADABLE} AND case_id IS NOT NULL{dated}), "
        f"minutes AS (SELECT label, here // {minute} AS m, count(*) AS n, count(DISTINCT case_id) AS cases, "
        f"count(*) FILTER (here % {day} = 0) AS midnight FROM held GROUP BY label, m), "
        f"labels AS (SELECT label, sum(n)::BIGINT AS events, sum(midnight)::BIGINT AS midnight, "
        f"COALESCE(sum(n) FILTER (cases >= {TOGETHER} AND midnight = 0), 0)::BIGINT AS batched, "
        f"count(DISTINCT m // 1440) AS days FROM minutes GROUP BY label HAVING sum(n) >= {FEWEST}), "
        f"lags AS (SELECT label, median(us - before) AS lag FROM (SELECT label, us, lag(us) OVER (PARTITION BY case_id "
        f"ORDER BY us) AS before FROM held) AS near GROUP BY label) "
        "SELECT label, events, midnight, batched, days, COALESCE(lag, 0) FROM labels JOIN lags USING (label) "
        "ORDER BY events DESC, label"
    ).fetchall()
    told = []
    for label, events, midnight, batched, days, lag in found:
        if batched >= MOST * events:
            told.append(Registration(label, "same_minute", events, batched))
        elif lag >= LATE_DAYS * day and events >= CASES_A_DAY * days:
            told.append(Registration(label, "few_days", events, events))
        elif midnight >= NEARLY_ALL * events:
            told.append(Registration(label, "day_only", events, midnight))
    return tuple(told)
