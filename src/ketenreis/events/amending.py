"""How is a log changed without writing all of it again? The cases that a source touches go to files of their own.

Such an amendment holds every event of the cases that changed since the log was written whole, and takes the place of what
the other files hold of them. There is one amendment at most: what changes next is added to it, and when it would hold a
quarter of the cases the log is written whole again. So what was read from the other files stays true of the other cases.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from ketenreis.events.attributes import levels, measure
from ketenreis.events.cases_file import closing_codes, per_case
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.event_files import parquet, write_events
from ketenreis.events.extending import extend_activities, extend_values
from ketenreis.events.normal import JOINED, LARGE_DICTIONARY, Normal, repeated_rows, sort_events
from ketenreis.events.quality import IN_1990, YEAR
from ketenreis.events.rows import Kept
from ketenreis.events.staged_table import BARE, VALID, StagedAttribute, StagedRows
from ketenreis.events.store import ObjectType, StoredActivity, StoredAttribute, live_events, room_of
from ketenreis.events.times import UNREADABLE, literal

FEWEST = 20_000
"""A log of fewer events is written whole: that takes a fraction of a second."""
MOST = 0.25
"""The share of the cases that an amendment may hold."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A source that says something else of a type than before.

    Attributes:
        number: Its number.
        before: Its rows of the type so far; null when it had none.
        now: Its rows of the type from now on; null when it has none.
    """

    number: int
    before: Kept | None
    now: Kept | None


def amend(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    held: ObjectType,
    generation: int,
    attributes: Sequence[StagedAttribute],
    arrival: Arrival,
    told: ObjectType,
) -> Normal | None:
    """Writes the cases that a source touches beside the log as it is.

    Args:
        con: Holds the rows of all sources as `gathered`, and those given by period as `given`.
        folder: The store.
        held: The type as it is.
        generation: Under which files are written.
        attributes: Those of the gathered rows.
        arrival: The source.
        told: The type with the labels and the closing that hold from now on.

    Returns:
        The type as it now is; repeated rows and attributes that flip are counted in the touched cases. Null when the log
        is better written whole: it is small, much of it changes, or what all cases have in common does.
    """
    own = _as_stored(con, attributes, held) if held.events >= FEWEST else None
    if own is None or not _fits(con, held, told):
        return None
    _find_touched(con, folder, held, arrival)
    touched = _count(con, "SELECT count(*) FROM touched")
    if touched > MOST * held.cases:
        return None
    chosen = ", ".join(
        f"{quoted(a.column)} AS {quoted(b.column)}" for a, b in zip(attributes, own, strict=True)
    )
    con.execute(
        f"CREATE OR REPLACE TABLE staged AS SELECT case_id, label, lifecycle, us, source, ord{', ' if chosen else ''}{chosen} "
        "FROM (FROM gathered UNION ALL FROM given) AS rows_now WHERE case_id IN (FROM touched)"
    )
    amended = _amended(con, folder, held, generation, own, told)
    con.execute(
        "; ".join(
            f"DROP TABLE IF EXISTS {each}"
            for each in ("sorted", "per_case", "values_of_cases", "ids", "bare", "touched", "cases_now")
        )
    )
    return amended


def _amended(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    held: ObjectType,
    generation: int,
    attributes: Sequence[StagedAttribute],
    told: ObjectType,
) -> Normal | None:
    """Writes the amendment out of `staged`; null when the log has to be written whole."""
    rows = StagedRows.of(con)
    filled, found = measure(con, attributes, rows)
    known = {each.name: each for each in held.own_attributes}
    scales = _scales(attributes, known, found)
    activities = extend_activities(con, held.activities)
    if scales is None or activities is None:
        return None
    where = f"dictionaries/{room_of(held.name)}/{generation}"
    words = {
        each.name: extend_values(con, folder, where, each, known.get(each.name), most=LARGE_DICTIONARY)
        for each in attributes
        if each.is_coded
    }
    cases = _number_cases(con, held, rows)
    events = sort_events(con, attributes, scales, rows)
    level_of, flips = levels(con, attributes, bare=rows.bare)
    lost = (
        "SELECT count(*) FROM was WHERE case_no NOT IN (SELECT case_no FROM ids) "
        "OR (events > 0 AND case_no NOT IN (SELECT case_no FROM sorted))"
    )
    _was(con, held)
    if _count(con, lost) or any(
        each.level == "case" and level_of.get(each.name) == "event" for each in known.values()
    ):
        return None
    stored = tuple(
        StoredAttribute(
            each.name,
            each.source,
            each.column,
            each.type,
            known[each.name].level if each.name in known else level_of[each.name],
            scales.get(each.name),
            words[each.name].values if each.name in words else (),
            words[each.name].file if each.name in words else None,
            each.role,
            each.personal,
        )
        for each in attributes
    )
    told = replace(told, own_attributes=stored, activities=_counted(con, held, activities))
    files = write_events(con, folder, held.name, generation, told, events)
    per_case(con, [folder / each for each in files], activities)
    told = replace(
        told,
        events_files=tuple(_below(folder, each) for each in held.events_files),
        amendment=tuple(files),
        cases_file=f"cases/{room_of(held.name)}/{generation}.parquet",
        cases=cases,
        events=sum(each.events for each in told.activities),
    )
    first_us, last_us, variants = _write_cases(con, folder, held, told)
    now = live_events(
        [str(folder / each) for each in told.events_files], [str(folder / each) for each in files]
    )
    ties = _count(con, f"SELECT count(*) FROM {now} AS e WHERE us = prev_us")
    return Normal(
        replace(told, variants=variants),
        filled,
        flips,
        ties,
        repeated_rows(con, attributes) if ties else 0,
        first_us,
        last_us,
    )


def _as_stored(
    con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute], held: ObjectType
) -> tuple[StagedAttribute, ...] | None:
    """The attributes under the columns in which the log has them, new ones behind; null when one changed.

    One that is gone was filled by the source that touches the cases only, so the others have no value in its column.
    """
    known = {each.name: each for each in held.own_attributes}
    taken = {each.column for each in known.values()}
    taken |= {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {held.events_sql}").fetchall()}
    own = []
    for each in attributes:
        if stored := known.get(each.name):
            if (stored.type, stored.personal, stored.role) != (each.type, each.personal, each.role):
                return None
            column = stored.column
        else:
            column = each.column
            while column in taken:
                column += "_"
            taken.add(column)
        own.append(replace(each, column=column))
    return tuple(own)


def _fits(con: duckdb.DuckDBPyConnection, held: ObjectType, told: ObjectType) -> bool:
    """Whether cases close as before, their file knows their paths, and no date is impossible."""
    files = f"read_parquet({literal(held.cases_file)})"
    if "path" not in {row[0] for row in con.execute(f"DESCRIBE FROM {files}").fetchall()}:
        return False
    now = replace(told, activities=held.activities)
    if told.closing != held.closing or closing_codes(now) != closing_codes(held):
        return False
    first, last = one(
        con,
        f"SELECT min(first), max(last) FROM (SELECT min(first_us) AS first, max(last_us) AS last FROM {files} UNION ALL "
        f"SELECT min(us), max(us) FROM gathered WHERE us > {UNREADABLE})",
    )
    late = int(time.time() * 1e6) + YEAR
    return first is not None and int(str(first)) >= IN_1990 and int(str(last)) <= late


def _find_touched(con: duckdb.DuckDBPyConnection, folder: Path, held: ObjectType, arrival: Arrival) -> None:
    """Makes `touched`: the ids of the cases that change, and of those that changed since the log was written whole."""
    cases = f"read_parquet({literal(held.cases_file)})"
    own = f"(CASE WHEN source < 0 THEN -source - 1 ELSE source END) - {JOINED}"
    joined = f"source >= {JOINED} OR source < -{JOINED}"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE given_before AS SELECT case_id, us, number FROM (SELECT case_no, us, {own} AS number "
        f"FROM {held.events_sql} AS e WHERE {joined}) AS g JOIN {cases} AS c USING (case_no)"
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE given_now AS SELECT case_id, us, {own} AS number FROM given")
    mine, others = f"WHERE number = {arrival.number}", f"WHERE number <> {arrival.number}"
    parts = [f"SELECT case_id FROM given_{when} {mine}" for when in ("before", "now")]
    parts += [
        f"SELECT case_id FROM (FROM given_{a} {others} EXCEPT ALL FROM given_{b} {others})"
        for a, b in (("before", "now"), ("now", "before"))
    ]
    parts += _said_otherwise(folder, arrival)
    if held.amendment:
        newer = f"read_parquet([{', '.join(literal(each) for each in held.amendment)}])"
        parts.append(f"SELECT case_id FROM {cases} AS c WHERE case_no IN (SELECT case_no FROM {newer})")
    con.execute(
        f"CREATE OR REPLACE TABLE touched AS SELECT DISTINCT case_id FROM ({' UNION ALL '.join(parts)}) AS changed "
        "WHERE case_id IS NOT NULL"
    )
    con.execute("DROP TABLE given_before; DROP TABLE given_now")


def _said_otherwise(folder: Path, arrival: Arrival) -> list[str]:
    """SQL of the ids of the cases of which a source says something else than before."""
    both = [each for each in (arrival.before, arrival.now) if each]
    if len(both) == 2:
        columns = [[(a.name, a.type) for a in _by_name(each)] for each in both]
        if columns[0] == columns[1]:
            digests = [_digests(folder, each) for each in both]
            return [
                (
                    f"SELECT COALESCE(a.case_id, b.case_id) AS case_id FROM ({digests[0]}) AS a FULL JOIN ({digests[1]}) AS b "
                    "ON b.case_id = a.case_id WHERE a.said IS DISTINCT FROM b.said"
                )
            ]
    return [f"SELECT case_id FROM read_parquet({literal(str(folder / each.file))})" for each in both]


def _by_name(kept: Kept) -> list[StagedAttribute]:
    return sorted(kept.attributes, key=lambda each: each.name)


def _digests(folder: Path, kept: Kept) -> str:
    """SQL of what a source says of each case, as one number."""
    values = "".join(f", {quoted(each.column)}" for each in _by_name(kept))
    return (
        f"SELECT case_id, bit_xor(hash(place, label, lifecycle, us, source{values})) AS said FROM (SELECT *, row_number() "
        f"OVER (PARTITION BY case_id ORDER BY ord) AS place FROM read_parquet({literal(str(folder / kept.file))})) AS placed "
        "GROUP BY case_id"
    )


def _scales(
    attributes: Sequence[StagedAttribute], known: dict[str, StoredAttribute], found: dict[str, int]
) -> dict[str, int] | None:
    """The scale of each number that has one; null when a known one no longer fits."""
    scales = {}
    for each in attributes:
        if each.type != "number":
            continue
        scale = known[each.name].scale if each.name in known else found.get(each.name)
        if each.name in known and scale is not None and found.get(each.name, scale + 1) > scale:
            return None
        if scale is not None:
            scales[each.name] = scale
    return scales


def _number_cases(con: duckdb.DuckDBPyConnection, held: ObjectType, rows: StagedRows) -> int:
    """Makes `ids`: a known case keeps its number, new ones come behind by their first event; gives how many there now are."""
    con.execute(
        f"CREATE OR REPLACE TABLE ids AS SELECT COALESCE(c.case_no, {held.cases} + row_number() OVER (PARTITION BY c.case_no "
        "IS NULL ORDER BY s.start NULLS LAST, s.case_id) - 1)::INTEGER AS case_no, s.case_id FROM (SELECT case_id, min(us) "
        f"AS start FROM staged{rows.where(f'({VALID}) OR ({BARE})')} GROUP BY case_id) AS s "
        f"LEFT JOIN read_parquet({literal(held.cases_file)}) AS c ON c.case_id = s.case_id"
    )
    return held.cases + _count(con, f"SELECT count(*) FROM ids WHERE case_no >= {held.cases}")


def _was(con: duckdb.DuckDBPyConnection, held: ObjectType) -> None:
    """Makes `was`: the touched cases as they were."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE was AS SELECT case_no, case_id, events FROM read_parquet({literal(held.cases_file)}) "
        "WHERE case_id IN (FROM touched)"
    )


def _counted(
    con: duckdb.DuckDBPyConnection, held: ObjectType, activities: Sequence[StoredActivity]
) -> tuple[StoredActivity, ...]:
    """The activities with their events as they now are: those of the touched cases counted anew."""
    now = dict(con.execute("SELECT activity, count(*) FROM sorted GROUP BY activity").fetchall())
    gone = dict(
        con.execute(
            f"SELECT activity, count(*) FROM {held.events_sql} AS e WHERE case_no IN (SELECT case_no FROM was) "
            "GROUP BY activity"
        ).fetchall()
    )
    return tuple(
        replace(each, events=each.events - gone.get(each.code, 0) + now.get(each.code, 0))
        for each in activities
    )


def _write_cases(
    con: duckdb.DuckDBPyConnection, folder: Path, held: ObjectType, told: ObjectType
) -> tuple[int | None, int | None, int]:
    """Writes the cases: the touched ones anew, the others as they were, but for the rank of their path.

    Returns:
        The first and the last event, and how many different paths there are.
    """
    path = folder / told.cases_file
    path.parent.mkdir(parents=True, exist_ok=True)
    codes = closing_codes(told)
    closed = f"min(us) FILTER (activity IN ({', '.join(map(str, codes))}))" if codes else "NULL::BIGINT"
    of_case = [each for each in told.own_attributes if each.level == "case"]
    values = "".join(f", o.{quoted('lo_' + each.column)} AS {quoted(each.column)}" for each in of_case)
    own = "LEFT JOIN values_of_cases AS o ON o.case_no = ids.case_no " if of_case else ""
    con.execute(
        f"CREATE OR REPLACE TABLE cases_now AS SELECT * EXCLUDE (variant) FROM read_parquet({literal(held.cases_file)}) "
        "WHERE case_no NOT IN (SELECT case_no FROM ids) UNION ALL BY NAME "
        "SELECT ids.case_no, ids.case_id, p.first_us, p.last_us, COALESCE(p.events, 0)::INTEGER AS events, p.path, "
        f"c.closed_us{values} FROM ids LEFT JOIN per_case AS p ON p.case_no = ids.case_no LEFT JOIN (SELECT case_no, {closed} "
        f"AS closed_us FROM sorted GROUP BY case_no) AS c ON c.case_no = ids.case_no {own}"
    )
    ranked = (
        "SELECT path, events, (row_number() OVER (ORDER BY count(*) DESC, min(case_no)) - 1)::INTEGER AS variant "
        "FROM cases_now WHERE events > 0 GROUP BY path, events"
    )
    kept = "".join(f", n.{quoted(each.column)}" for each in of_case)
    con.execute(
        "COPY (SELECT n.case_no, n.case_id, n.first_us, n.last_us, n.events, v.variant, n.path, n.closed_us"
        f"{kept} FROM cases_now AS n LEFT JOIN ({ranked}) AS v ON v.path = n.path AND v.events = n.events "
        f"ORDER BY n.case_no) TO {literal(str(path))} {parquet(told.cases)}"
    )
    first, last, variants = one(
        con, f"SELECT min(first_us), max(last_us), (SELECT count(*) FROM ({ranked})) FROM cases_now"
    )
    return (
        None if first is None else int(str(first)),
        None if last is None else int(str(last)),
        int(str(variants)),
    )


def _below(folder: Path, file: str) -> str:
    return Path(file).relative_to(folder).as_posix()


def _count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(str(one(con, sql)[0] or 0))
