"""How do staged rows become the normal form? One sort, then neighbours, cases, variants and dictionaries.

The staged table holds one row per event as read: case_id, label, lifecycle, us (microseconds UTC, null for none,
`times.UNREADABLE` for a text that is no time), source (number), ord (file order) and one column per attribute.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import duckdb

from ketenreis.errors import MappingError
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.pseudonyms import Pseudonyms
from ketenreis.events.store import (
    AttributeType,
    Level,
    ObjectType,
    StoredActivity,
    StoredAttribute,
    room_of,
)
from ketenreis.events.times import UNREADABLE, literal

ROW_GROUP = 500_000
PARQUET = (
    # v2 packs sorted integers; small dictionaries only, or the writer spends its time on hopeless ones.
    f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROW_GROUP}, "
    "PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 20000)"
)
LARGE_DICTIONARY = 10_000
PART = 1_000_000
MOST_ACTIVITIES = 30_000
LOOK_AHEAD = 500_000
JOINED = 10_000
"""Added to the number of the source of an event that was given to its case by period."""
_UNIT = "\x1f"

VALID = f"case_id IS NOT NULL AND label IS NOT NULL AND us > {UNREADABLE}"
BARE = "case_id IS NOT NULL AND label IS NULL AND us IS NULL"


@dataclass(frozen=True, slots=True)
class StagedAttribute:
    """A column of the staged table that becomes an attribute; unread numbers are NaN, unread moments UNREADABLE."""

    name: str
    source: str
    column: str
    type: AttributeType
    of_case: bool = False
    role: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """How far an attribute is filled: rows with a value, and rows whose text could not be read as its type."""

    filled: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class Normal:
    """What making the normal form gave.

    Attributes:
        type: The object type as the manifest will say it.
        filled: Coverage by attribute name, over the valid rows.
        flips: Cases in which an attribute that its column calls one of the case changes, by attribute name.
        ties: Neighbours within a case that share a timestamp.
        duplicates: Rows that repeat an earlier row in everything kept.
        first_us: Time of the first event; null without events.
        last_us: Time of the last event.
    """

    type: ObjectType
    filled: Mapping[str, Filled]
    flips: Mapping[str, int]
    ties: int
    duplicates: int
    first_us: int | None
    last_us: int | None


Progress = Callable[[float, str], None]


def normalise(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    kind: str,
    generation: int,
    attributes: Sequence[StagedAttribute],
    *,
    labels: Mapping[str, tuple[str, ...]],
    closing: str,
    pseudonyms: Pseudonyms,
    personal_cases: bool = False,
    bare: bool = True,
    progress: Progress = lambda _fraction, _what: None,
) -> Normal:
    """Writes the normal form of one object type from the table `staged`, which it drops.

    Args:
        con: Holds `staged`.
        folder: The store's folder.
        kind: The object type.
        generation: Number under which the files are written.
        attributes: The staged attributes.
        labels: Element ids by label.
        closing: As `Mapping.closed`.
        pseudonyms: Replaces people's names.
        personal_cases: Whether the case ids themselves are people.
        bare: Whether there are rows that name a case without an event.
        progress: Told how far it is, between 0 and 1.

    Returns:
        The object type and what the quality report wants to know.
    """
    filled, scales = _measure(con, attributes)
    activities = _activities(con)
    dictionaries = _dictionaries(con, folder, kind, generation, attributes, pseudonyms)
    progress(0.1, "sort")
    _sort(con, attributes, scales, bare=bare)
    progress(0.5, "write")
    levels, flips = _levels(con, attributes, bare=bare)
    stored = tuple(
        StoredAttribute(
            name=each.name,
            source=each.source,
            column=each.column,
            type=each.type,
            level=levels[each.name],
            scale=scales.get(each.name),
            role=each.role,
            personal=each.personal,
            values=dictionaries[each.name].values if each.name in dictionaries else (),
            values_file=dictionaries[each.name].file if each.name in dictionaries else None,
        )
        for each in attributes
    )
    told = ObjectType(kind, (), "", 0, 0, activities, stored, closing, labels)
    files = _write_events(con, folder, kind, generation, told)
    progress(0.85, "cases")
    _per_case(con, [folder / each for each in files], activities)
    sums = one(
        con, "SELECT sum(events)::BIGINT, sum(ties)::BIGINT, min(first_us), max(last_us) FROM per_case"
    )
    events, ties = _int(sums[0]), _int(sums[1])
    duplicates = _duplicates(con, attributes) if ties else 0
    cases_file = f"cases/{room_of(kind)}/{generation}.parquet"
    cases, variants = _write_cases(
        con, folder / cases_file, told, personal_cases=personal_cases, pseudonyms=pseudonyms
    )
    con.execute("DROP TABLE sorted; DROP TABLE per_case; DROP TABLE IF EXISTS values_of_cases")
    progress(1.0, "done")
    told = replace(
        told, events_files=tuple(files), cases_file=cases_file, cases=cases, events=events, variants=variants
    )
    return Normal(told, filled, flips, ties, duplicates, _time(sums[2]), _time(sums[3]))


def _measure(
    con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute]
) -> tuple[dict[str, Filled], dict[str, int]]:
    """Coverage of every attribute, and for decimals of at most four places their scale."""
    asked = []
    for each in attributes:
        column = quoted(each.column)
        asked.append(f"count({column})")
        if each.type == "number":
            whole = f"CAST(round({column} * 10000) AS BIGINT)"
            fine = f"CASE WHEN NOT isnan({column}) THEN"
            uneven = f"CASE WHEN abs({column}) < 9e13 THEN {column} <> {whole} / 10000.0 END"
            tests = (
                f"max({fine} CASE WHEN abs({column}) < 9e13 AND {whole} % {step} <> 0 THEN 1 ELSE 0 END END)"
                for step in (10, 100, 1000, 10000)
            )
            asked += [
                f"count(*) FILTER (isnan({column}))",
                f"count(*) FILTER (NOT isnan({column}) AND (abs({column}) >= 9e13 OR {uneven}))",
                *tests,
            ]
        elif each.type == "moment":
            asked.append(f"count(*) FILTER ({column} = {UNREADABLE})")
    if not asked:
        return {}, {}
    answers = iter(
        one(con, f"SELECT {', '.join(asked)} FROM staged WHERE source >= 0 AND (({VALID}) OR ({BARE}))")
    )
    filled: dict[str, Filled] = {}
    scales: dict[str, int] = {}
    for each in attributes:
        count = _int(next(answers))
        unread = 0
        if each.type == "number":
            unread, finer = _int(next(answers)), _int(next(answers))
            digits = [_int(next(answers)) for _ in range(4)]
            if not finer:
                scales[each.name] = next((4 - i for i, used in enumerate(digits) if used), 0)
        elif each.type == "moment":
            unread = _int(next(answers))
        filled[each.name] = Filled(count - unread, unread)
    return filled, scales


def _time(value: object) -> int | None:
    """A time as DuckDB gives it; null stays null."""
    return value if isinstance(value, int) else None


def _int(value: object) -> int:
    """A count as DuckDB gives it; null counts as none."""
    return int(value) if isinstance(value, int | float) else 0


def _activities(con: duckdb.DuckDBPyConnection) -> tuple[StoredActivity, ...]:
    """The dictionary `activity`, kept as the enum `e_activity` (label and lifecycle in one word) for the sort."""
    phases = "lifecycle" in _columns(con)
    rows = con.execute(
        f"SELECT label, {'lifecycle' if phases else 'NULL'}, count(*) FROM staged WHERE {VALID} GROUP BY ALL"
    ).fetchall()
    known = sorted((label, phase or "", times) for label, phase, times in rows)
    if len(known) > MOST_ACTIVITIES:
        raise MappingError(
            f"The activity column holds {len(known)} different values: more than labels. Which column names the activity?"
        )
    words = ", ".join(literal(label + (_UNIT + phase if phases else "")) for label, phase, _ in known)
    con.execute(f"CREATE OR REPLACE TEMP TABLE words AS SELECT unnest([{words}]::VARCHAR[]) AS value")
    con.execute("DROP TYPE IF EXISTS e_activity; CREATE TYPE e_activity AS ENUM (SELECT value FROM words)")
    return tuple(StoredActivity(code, *row) for code, row in enumerate(known))


@dataclass(frozen=True, slots=True)
class _Words:
    """A dictionary: its values by code, or the file they stand in."""

    values: tuple[str, ...]
    file: str | None = None


def _dictionaries(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    kind: str,
    generation: int,
    attributes: Sequence[StagedAttribute],
    pseudonyms: Pseudonyms,
) -> dict[str, "_Words"]:
    """Makes an enum per category, and says its values for the manifest (pseudonyms for people)."""
    made: dict[str, _Words] = {}
    for each in attributes:
        if each.type not in {"category", "truth"}:
            continue
        column = quoted(each.column)
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE words AS SELECT {column} AS value FROM staged "
            f"WHERE {column} IS NOT NULL AND case_id IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
        con.execute(f"DROP TYPE IF EXISTS {quoted('e_' + each.column)}")
        con.execute(f"CREATE TYPE {quoted('e_' + each.column)} AS ENUM (SELECT value FROM words)")
        count = _int(one(con, "SELECT count(*) FROM words")[0])
        if each.personal:
            values = [row[0] for row in con.execute("SELECT value FROM words ORDER BY rowid").fetchall()]
            values = pseudonyms.of_people(values) if each.role != "customer" else pseudonyms.of_ids(values)
            con.execute("CREATE OR REPLACE TEMP TABLE words AS SELECT unnest($v) AS value", {"v": values})
        if count <= LARGE_DICTIONARY:
            values = [row[0] for row in con.execute("SELECT value FROM words ORDER BY rowid").fetchall()]
            made[each.name] = _Words(tuple(values))
        else:
            file = f"dictionaries/{room_of(kind)}/{generation}/{each.column}.parquet"
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            con.execute(
                f"COPY (SELECT rowid::INTEGER AS code, value FROM words ORDER BY code) TO {literal(str(folder / file))} "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
            made[each.name] = _Words((), file)
    con.execute("DROP TABLE IF EXISTS words")
    return made


def _sort(
    con: duckdb.DuckDBPyConnection,
    attributes: Sequence[StagedAttribute],
    scales: Mapping[str, int],
    *,
    bare: bool,
) -> None:
    """Numbers the cases by their first event and sorts the events; `staged` becomes `sorted`, `ids` and `bare`."""
    also = f" OR ({BARE})" if bare else ""
    con.execute(
        "CREATE OR REPLACE TABLE ids AS SELECT (row_number() OVER (ORDER BY start NULLS LAST, case_id) - 1)::INTEGER "
        f"AS case_no, case_id FROM (SELECT case_id, min(us) AS start FROM staged WHERE ({VALID}){also} "
        "GROUP BY case_id) AS seen"
    )
    held = _columns(con)
    word = (
        f"concat(staged.label, {literal(_UNIT)}, staged.lifecycle)" if "lifecycle" in held else "staged.label"
    )
    # dates of the case that count as events have a source below 0 and come last among equals; a joined event comes in
    # the place of its own source
    source = (
        f"CASE WHEN staged.source < 0 THEN 32767 ELSE staged.source % {JOINED} END, " if "ord" in held else ""
    )
    order = "staged.ord" if "ord" in held else "staged.rowid"
    con.execute(
        f"CREATE OR REPLACE TABLE sorted AS SELECT ids.case_no, staged.us, enum_code({word}::e_activity)::SMALLINT "
        "AS activity, staged.source"
        + "".join(f", {_stored(each, scales)} AS {quoted(each.column)}" for each in attributes)
        + " FROM staged JOIN ids ON ids.case_id = staged.case_id "
        f"WHERE staged.us > {UNREADABLE} AND staged.label IS NOT NULL "
        f"ORDER BY ids.case_no, staged.us, {source}{order}"
    )
    if bare:
        values = "".join(
            f", min({_stored(each, scales)}) AS {quoted('lo_' + each.column)}" for each in attributes
        )
        con.execute(
            f"CREATE OR REPLACE TABLE bare AS SELECT ids.case_no{values} FROM staged JOIN ids "
            f"ON ids.case_id = staged.case_id WHERE {BARE.replace('case_id', 'staged.case_id')} GROUP BY ids.case_no"
        )
    con.execute("DROP TABLE staged")


def _columns(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The columns of `staged`."""
    return {row[0] for row in con.execute("DESCRIBE staged").fetchall()}


def _stored(each: StagedAttribute, scales: Mapping[str, int]) -> str:
    """SQL of an attribute's value as it is stored."""
    column = f"staged.{quoted(each.column)}"
    if each.type in {"category", "truth"}:
        return f"enum_code({column}::{quoted('e_' + each.column)})::INTEGER"
    if each.type == "moment":
        return f"NULLIF({column}, {UNREADABLE})"
    read = f"CASE WHEN NOT isnan({column}) THEN {column} END"
    if each.name in scales:
        return f"CAST(round(({read}) * {10 ** scales[each.name]}) AS BIGINT)"
    return read


def _levels(
    con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute], *, bare: bool
) -> tuple[dict[str, Level], dict[str, int]]:
    """Decides per attribute whether it is of the case, and keeps the values of those in `values_of_cases`.

    It is when its value never changes within a case: no two values, and not filled on some events only (unless its
    column says `case:`). Dates read as events have no attributes and do not count.

    Returns:
        The level by attribute name, and the cases in which an attribute changes though its column says `case:`.
    """
    changing = _changing(con, [each for each in attributes if not each.of_case])
    levels: dict[str, Level] = dict.fromkeys(changing, "event")
    open_ = [each for each in attributes if each.name not in levels]
    if not open_:
        return levels, {}
    values = "".join(
        f", min({quoted(a.column)}) AS {quoted('lo_' + a.column)}, max({quoted(a.column)}) AS {quoted('hi_' + a.column)}"
        f", count({quoted(a.column)}) AS {quoted('n_' + a.column)}"
        for a in open_
    )
    con.execute(
        "CREATE OR REPLACE TABLE values_of_cases AS SELECT case_no, count(*) FILTER (source >= 0) AS own"
        f"{values} FROM sorted GROUP BY case_no"
    )
    if bare:
        _fill_from_bare(con, open_)
    asked = ", ".join(
        f"count(*) FILTER ({quoted('lo_' + a.column)} <> {quoted('hi_' + a.column)}), "
        f"count(*) FILTER ({quoted('n_' + a.column)} NOT IN (0, own))"
        for a in open_
    )
    answers = one(con, f"SELECT {asked} FROM values_of_cases")
    flips: dict[str, int] = {}
    for i, each in enumerate(open_):
        changes, gaps = _int(answers[2 * i]), _int(answers[2 * i + 1])
        levels[each.name] = "case" if not changes and (each.of_case or not gaps) else "event"
        if each.of_case and changes:
            flips[each.name] = changes
    return levels, flips


def _changing(con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute]) -> list[str]:
    """Attributes that change within a case among the first events: for these nothing more needs to be asked."""
    if not attributes:
        return []
    seen = "".join(f", lag({quoted(a.column)}) OVER () AS {quoted('lag_' + a.column)}" for a in attributes)
    asked = ", ".join(
        f"bool_or({quoted(a.column)} IS DISTINCT FROM {quoted('lag_' + a.column)})" for a in attributes
    )
    answers = one(
        con,
        f"SELECT {asked} FROM (SELECT *, lag(case_no) OVER () AS before, lag(source) OVER () AS source_before{seen} "
        f"FROM sorted WHERE rowid < {LOOK_AHEAD}) AS head WHERE before = case_no AND source >= 0 AND source_before >= 0",
    )
    return [each.name for each, changes in zip(attributes, answers, strict=True) if changes]


def _fill_from_bare(con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute]) -> None:
    """Gives cases without events of their own their attributes from the rows that name them."""
    values = ""
    for each in attributes:
        low, high, count = (quoted(f"{part}_{each.column}") for part in ("lo", "hi", "n"))
        values += f", COALESCE(p.{low}, b.{low}) AS {low}, COALESCE(p.{high}, b.{low}) AS {high}, p.{count} AS {count}"
    con.execute(
        f"CREATE OR REPLACE TABLE values_of_cases AS SELECT COALESCE(p.case_no, b.case_no) AS case_no, p.own{values} "
        "FROM values_of_cases AS p FULL JOIN bare AS b ON b.case_no = p.case_no"
    )
    con.execute("DROP TABLE bare")


def _per_case(
    con: duckdb.DuckDBPyConnection, files: Sequence[Path], activities: Sequence[StoredActivity]
) -> None:
    """Makes `per_case`: length, span, ties, and the sequence of labels as 64 bits."""
    kinds = {label: i for i, label in enumerate(sorted({each.label for each in activities}))}
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


def _write_cases(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    told: ObjectType,
    *,
    personal_cases: bool,
    pseudonyms: Pseudonyms,
) -> tuple[int, int]:
    """Writes one row per object; gives how many, and how many variants."""
    path.parent.mkdir(parents=True, exist_ok=True)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE variants AS SELECT path, events, (row_number() OVER (ORDER BY count(*) DESC, "
        "min(case_no)) - 1)::INTEGER AS variant FROM per_case WHERE events > 0 GROUP BY path, events"
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
        f"v.variant, {closed} AS closed_us{values} FROM ids LEFT JOIN per_case AS p ON p.case_no = ids.case_no "
        f"LEFT JOIN variants AS v ON v.path = p.path AND v.events = p.events {closing}{own}"
        f"ORDER BY ids.case_no) TO {literal(str(path))} {PARQUET}"
    )
    cases = _int(one(con, "SELECT count(*) FROM ids")[0])
    variants = _int(one(con, "SELECT count(*) FROM variants")[0])
    con.execute("DROP TABLE ids; DROP TABLE variants")
    return cases, variants


def closing_codes(told: ObjectType) -> tuple[int, ...]:
    """Codes of the activities that close a case; none for "end_of_file"."""
    if told.closing == "end_of_file":
        return ()
    by_label = told.codes(told.closing)
    return by_label or told.classes.get(told.closing, ())


def _write_events(
    con: duckdb.DuckDBPyConnection, folder: Path, kind: str, generation: int, told: ObjectType
) -> list[str]:
    """Writes `by/<type>/<generation>/`, in as many parts as there are hands, each a range of cases."""
    where = f"by/{room_of(kind)}/{generation}"
    (folder / where).mkdir(parents=True, exist_ok=True)
    ranges = _parts(con)
    files = [f"{where}/part-{i:04d}.parquet" for i in range(len(ranges))]
    of_event = [each for each in told.own_attributes if each.level == "event"]
    channel = next((each for each in of_event if each.role == "channel"), None)
    _by_hand(
        con,
        [
            f"COPY ({_with_neighbours(*part, of_event, channel)}) TO {literal(str(folder / file))} {PARQUET}"
            for file, part in zip(files, ranges, strict=True)
        ],
    )
    return files


def _parts(con: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Ranges of rows of `sorted` that together are all, cut between cases."""
    rows = _int(one(con, "SELECT count(*) FROM sorted")[0])
    count = max(1, -(-rows // PART)) if rows > PART // 4 else 1
    bounds = [0, *(_case_start(con, rows * i // count) for i in range(1, count)), rows]
    return [(a, b) for a, b in pairwise(bounds) if b > a] or [(0, 0)]


def _case_start(con: duckdb.DuckDBPyConnection, row: int) -> int:
    """The first row of the case that a row of `sorted` belongs to."""
    case = one(con, f"SELECT case_no FROM sorted WHERE rowid = {row}")[0]
    return _int(one(con, f"SELECT min(rowid) FROM sorted WHERE case_no = {case}")[0])


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


def _duplicates(con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute]) -> int:
    """Rows that repeat another in everything kept: they share a case and a time, so only ties are looked at."""
    alike = "case_no, us, activity" + "".join(f", {quoted(each.column)}" for each in attributes)
    repeated = one(
        con,
        "SELECT sum(n - 1)::BIGINT FROM (SELECT count(*) AS n FROM (SELECT * FROM (SELECT *, lag(us) OVER () AS a, "
        "lead(us) OVER () AS b FROM sorted) AS near WHERE us = a OR us = b) AS tied "
        f"WHERE source >= 0 GROUP BY {alike}) AS groups",
    )[0]
    return _int(repeated)
