"""How does a file's table become staged rows: one row per event, times read, missing marks gone, types known?"""

import re
from collections import Counter
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from ketenreis.errors import MappingError
from ketenreis.events import vocabulary
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.mapping import ROLES, Mapping
from ketenreis.events.normal import StagedAttribute
from ketenreis.events.readers.sample import Column, Refusal, Sample, Source
from ketenreis.events.store import AttributeType
from ketenreis.events.times import UNREADABLE, guess, literal, offset, reading, says_zone

EXAMPLES = 5
READ_MISSING = 0.01
"""Share of a column's values that may fail to read as its type before the column is taken as plain text."""

REASONS = {
    "nul_bytes": "odd",
    "no_case": "case_id IS NULL AND NOT odd",
    "no_activity": "case_id IS NOT NULL AND label IS NULL AND (us IS NOT NULL OR start_us IS NOT NULL)",
    "no_time": "case_id IS NOT NULL AND label IS NOT NULL AND us IS NULL AND start_us IS NULL",
    "unreadable_time": f"case_id IS NOT NULL AND label IS NOT NULL AND us = {UNREADABLE} "
    f"AND COALESCE(start_us, {UNREADABLE}) = {UNREADABLE}",
}


BARE = "case_id IS NOT NULL AND label IS NULL AND us IS NULL AND start_us IS NULL"


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging a file gave.

    Attributes:
        attributes: The columns of `staged` that become attributes.
        read: Rows read, refused ones included.
        refused: Rows refused, by reason.
        examples: The first few of them.
        bare: Rows that name a case without an event.
        offsets: Offsets of the event times with how often; "" for none.
        marks: How often each missing mark stood in a column, by column and mark.
        starts: Start events made from a start column.
        dated: Events made from date columns.
    """

    attributes: tuple[StagedAttribute, ...]
    read: int
    refused: Map[str, int]
    examples: tuple[Refusal, ...]
    bare: int
    offsets: Map[str, int]
    marks: Map[str, Map[str, int]]
    starts: int
    dated: int


def plan(mapping: Mapping, sample: Sample) -> tuple[StagedAttribute, ...]:
    """Which columns become attributes, under which name and of which type, judged by the sample.

    Raises:
        MappingError: The mapping names a column that the file does not have.
    """
    _check(mapping, sample)
    role_of = {column: role for role, column in mapping.attributes.items()}
    used = {mapping.columns[role] for role in ROLES if role in mapping.columns} | set(
        mapping.objects.values()
    )
    marks = set(mapping.marks)
    attributes: list[StagedAttribute] = []
    taken: set[str] = set()
    for column in sample.columns:
        if column.name in mapping.ignore or (column.name in used and column.name not in role_of):
            continue
        role = role_of.get(column.name, "")
        slug = "a_" + (re.sub(r"[^a-z0-9]+", "_", (role or column.name).lower()).strip("_") or "column")
        while slug in taken:
            slug += "_"
        taken.add(slug)
        personal = mapping.is_personal(column.name)
        type_: AttributeType = "category" if personal else attribute_type(column, marks, mapping)
        attributes.append(
            StagedAttribute(
                role or column.name,
                column.name,
                slug,
                type_,
                of_case=column.name.lower().startswith("case:"),
                role=role,
                personal=personal,
            )
        )
    return tuple(attributes)


def _check(mapping: Mapping, sample: Sample) -> None:
    """Refuses a mapping that speaks of columns the file does not have."""
    there = {column.name for column in sample.columns}
    named = {f"columns: {role}": column for role, column in mapping.columns.items()}
    named |= {f"dates_as_events: {each}": each for each in mapping.dates_as_events}
    named |= {f"objects: {type_}": column for type_, column in mapping.objects.items()}
    for where, column in named.items():
        if column not in there:
            raise MappingError(
                f"The mapping's `{where}` names the column “{column}”, which the file does not have; "
                f"it has {', '.join(sorted(there))}."
            )
    needed = ["case"] if mapping.dates_as_events else ["case", "activity", "time"]
    if lacking := [role for role in needed if role not in mapping.columns]:
        raise MappingError(
            f"Which column is the {' and which the '.join(lacking)}? Say so in the mapping, for example "
            f"`columns: {{{lacking[0]}: {sample.columns[0].name}}}`; the columns are "
            f"{', '.join(column.name for column in sample.columns)}."
        )


def attribute_type(column: Column, marks: set[str], mapping: Mapping) -> AttributeType:
    """The type that the sampled values of a column have in common."""
    if column.kind != "text":
        return column.kind
    values = [value for value in column.filled if value not in marks]
    if not values:
        return "category"
    if all(value.lower() in vocabulary.TRUTHS for value in values):
        return "truth"
    number = rf"-?(0|[1-9]\d*)?({re.escape(mapping.decimal or '.')}\d+)?([eE][-+]?\d+)?"
    unlike = sum(not re.fullmatch(number, value.strip()) for value in values)
    if unlike <= len(values) * READ_MISSING and not _identifier(column, values):
        return "number"
    if column.name in mapping.date_formats or guess(values).share > 1 - READ_MISSING:
        return "moment"
    return "category"


def _identifier(column: Column, values: Sequence[str]) -> bool:
    """Whether whole numbers are names rather than amounts: a column called id, number or code."""
    called = re.search(
        r"\b(id|nr|nummer|number|code|postcode|zip|phone|telefoon|key)\b", vocabulary.plain(column.name)
    )
    return bool(called) and all(re.fullmatch(r"\d+", value) for value in values[:100])


def stage(con: duckdb.DuckDBPyConnection, source: Source, mapping: Mapping, *, number: int = 0) -> Staged:
    """Reads a source into the table `staged` (see `normal`).

    Args:
        con: Where the table is made; its TimeZone is the mapping's.
        source: The file, ready for the engine.
        mapping: What its columns mean.
        number: The number of this source in the store.

    Returns:
        What there is to tell about it.

    Raises:
        MappingError: The mapping does not fit the file.
    """
    attributes = plan(mapping, source.sample)
    _read(con, source, mapping, attributes, number)
    if misjudged := _misjudged(con, attributes):
        attributes = tuple(replace(a, type="category") if a.name in misjudged else a for a in attributes)
        _read(con, source, mapping, attributes, number)
    refused, examples = source.refused()
    return _tell(con, source, mapping, attributes, refused, examples)


def _read(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    mapping: Mapping,
    attributes: Sequence[StagedAttribute],
    number: int,
) -> None:
    """Makes `staged` in one pass over the file."""
    texts = {each.name: each for each in source.sample.columns}
    columns = mapping.columns
    case = _case(texts[columns["case"]], mapping)
    ids = {
        each: id_of(texts[column], mapping, case) for each, column in mapping.types.items() if mapping.objects
    }
    if ids:  # a row is of no case only when it names no object at all
        case = f"COALESCE({', '.join(f'({each})[1]' if each[:1] == '[' else each for each in ids.values())})"
    asked = [f"{case} AS case_id"]
    if source.sample.nul_bytes:
        odd = f"contains(concat({', '.join(quoted(each.name) for each in source.sample.columns)}), chr(0))"
        asked = [f"CASE WHEN NOT {odd} THEN {case} END AS case_id", f"{odd} AS odd"]
    asked.append(
        f"{_text(texts[columns['activity']], ()) if 'activity' in columns else 'NULL::VARCHAR'} AS label"
    )
    asked.append(f"{_moment(texts, 'time', mapping) if 'time' in columns else 'NULL::BIGINT'} AS us")
    if "lifecycle" in columns:
        asked.append(f"{_text(texts[columns['lifecycle']], mapping.marks)} AS lifecycle")
    if "start" in columns:
        asked.append(f"{_moment(texts, 'start', mapping)} AS start_us")
    asked.append(f"{number}::SMALLINT AS source")
    asked += [f"{_attribute(texts[a.source], a, mapping)} AS {quoted(a.column)}" for a in attributes]
    asked += [f"{each} AS {id_column(i)}" for i, each in enumerate(ids.values())]
    con.execute(f"CREATE OR REPLACE TABLE staged AS SELECT {', '.join(asked)} FROM {source.relation}")


def _text(column: Column, marks: Sequence[str]) -> str:
    """SQL of a column as text, without its missing marks."""
    expression = quoted(column.name)
    if column.kind == "truth":
        return f"CASE WHEN {expression} THEN 'true' WHEN NOT {expression} THEN 'false' END"
    if column.kind == "number":
        whole = f"CAST({expression} AS BIGINT)"
        return f"CASE WHEN {expression} = {whole} THEN {whole}::VARCHAR ELSE {expression}::VARCHAR END"
    if column.kind == "moment":
        return f"{expression}::VARCHAR"
    if not marks:
        return expression  # the readers give the empty text as null
    listed = ", ".join(literal(mark) for mark in marks)
    return f"CASE WHEN {expression} NOT IN ({listed}) THEN {expression} END"


def _case(column: Column, mapping: Mapping) -> str:
    """SQL of the case id: only blanks are missing, for a case may be called NA."""
    if mapping.cases_in_list:
        return f"NULLIF(NULLIF(trim({quoted(column.name)}, '[]() '), ''), '''''')"
    text = _text(column, [mark for mark in mapping.marks if not mark.strip()])
    return f"COALESCE({text}, {literal(mapping.case_without_id)})" if mapping.case_without_id else text


def id_column(number: int) -> str:
    """The column of `staged` with the ids of the objects of a mapping's i-th type: a text, or a list of texts."""
    return f"o_{number}"


def id_of(column: Column, mapping: Mapping, case: str) -> str:
    """SQL of the id, or of the list of ids, of one type of object."""
    filled = column.filled
    if column.kind == "text" and filled and all(each.strip()[:1] in "[(" for each in filled):
        text = quoted(column.name)
        split = f"string_split(trim({text}, '[]() '), ',')"
        plain = f"list_transform({split}, lambda x : trim(x, ' ''\"'))"
        read = f"CASE WHEN json_valid({text}) THEN from_json({text}, '[\"VARCHAR\"]') ELSE {plain} END"
        return f"[x FOR x IN list_distinct({read}) IF x <> '']"
    if column.name == mapping.columns.get("case"):
        return case
    return f"NULLIF(trim({_text(column, mapping.marks)}), '')"


def _moment(texts: Map[str, Column], role: str, mapping: Mapping) -> str:
    """SQL of an event's time."""
    column = texts[mapping.columns[role]]
    if role == "time" and "time_of_day" in mapping.columns:
        second = texts[mapping.columns["time_of_day"]]
        expression = f"concat_ws(' ', {_text(column, mapping.marks)}, {_text(second, mapping.marks)})"
        return _unread(f"NULLIF({expression}, '')", mapping.formats(column.name), mapping, Column("", ()))
    return _time(column, mapping)


def _time(column: Column, mapping: Mapping) -> str:
    """SQL of a column as microseconds UTC: null when empty, UNREADABLE when it is no time."""
    if column.kind == "moment":
        expression = quoted(column.name)
        if mapping.zone != "UTC" and not column.zoned:
            expression = f"timezone({literal(mapping.zone)}, {expression}::TIMESTAMP)"
        return f"epoch_us({expression})"
    text = _text(column, mapping.marks)
    return _unread(text, mapping.formats(column.name), mapping, column)


def _unread(text: str, formats: Sequence[str], mapping: Mapping, column: Column) -> str:
    zoned = not column.values or says_zone(formats, guess(column.filled).offsets)
    read = reading(f"({text})", formats, mapping.zone, offsets=zoned)
    return f"CASE WHEN ({text}) IS NOT NULL THEN COALESCE({read}, {UNREADABLE}) END"


def _attribute(column: Column, each: StagedAttribute, mapping: Mapping) -> str:
    """SQL of an attribute's value."""
    if each.type == "moment":
        if column.name not in mapping.date_formats and column.kind == "text":
            found = guess([value for value in column.filled if value not in mapping.marks])
            known = replace(
                mapping, date_formats={**mapping.date_formats, column.name: found.formats or ("iso",)}
            )
            return _time(column, known)
        return _time(column, mapping)
    if each.type == "number":
        if column.kind == "number":
            return f"{quoted(column.name)}::DOUBLE"
        text = _text(column, mapping.marks)
        amount = f"replace({text}, ',', '.')" if mapping.decimal == "," else text
        return (
            f"CASE WHEN ({text}) IS NOT NULL THEN COALESCE(TRY_CAST({amount} AS DOUBLE), 'NaN'::DOUBLE) END"
        )
    text = _text(column, mapping.marks)
    return f"lower({text})" if each.type == "truth" else text


def _misjudged(con: duckdb.DuckDBPyConnection, attributes: Sequence[StagedAttribute]) -> set[str]:
    """Attributes whose values turn out not to be of the type that the sample showed."""
    tested = {
        a.name: f"count(*) FILTER ({test}) > {READ_MISSING} * count({quoted(a.column)})"
        for a in attributes
        if (test := _test(a))
    }
    if not tested:
        return set()
    answers = one(con, f"SELECT {', '.join(tested.values())} FROM staged")
    return {name for name, wrong in zip(tested, answers, strict=True) if wrong}


def _test(each: StagedAttribute) -> str:
    column = quoted(each.column)
    tests = {
        "number": f"isnan({column})",
        "moment": f"{column} = {UNREADABLE}",
        "truth": f"{column} NOT IN ('true', 'false')",
    }
    return tests.get(each.type, "")


def _tell(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    mapping: Mapping,
    attributes: tuple[StagedAttribute, ...],
    refused: dict[str, int],
    examples: Sequence[Refusal],
) -> Staged:
    """Counts what was refused and why, and completes `staged` with the events that columns imply."""
    start = "start_us" if "start" in mapping.columns else "NULL::BIGINT"
    odd = "odd" if source.sample.nul_bytes else "FALSE"
    tests = [re.sub(r"\bodd\b", odd, test.replace("start_us", start)) for test in (*REASONS.values(), BARE)]
    counts = one(
        con, "SELECT count(*), " + ", ".join(f"count(*) FILTER ({test})" for test in tests) + " FROM staged"
    )
    rows, *by_reason, bare = (int(str(each)) for each in counts)
    found = {reason: n for reason, n in zip(REASONS, by_reason, strict=True) if n}
    shown = [*examples, *_examples(con, source, start, found, examples)]
    offsets = _offsets(con, source, mapping)
    marks = _marks(con, source, mapping)
    starts, dated = complete(con, mapping, attributes)
    return Staged(
        attributes,
        rows + sum(refused.values()),
        {**refused, **found},
        tuple(shown),
        bare,
        offsets,
        marks,
        starts,
        dated,
    )


def _examples(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    start: str,
    found: Map[str, int],
    before: Sequence[Refusal],
) -> list[Refusal]:
    """The first rows refused for each reason, as they stand in the file."""
    places: dict[int, str] = {}
    for reason in found:
        test = REASONS[reason].replace("start_us", start)
        test = test if source.sample.nul_bytes else test.replace(" AND NOT odd", "")
        rows = con.execute(
            f"SELECT rowid FROM staged WHERE {test} ORDER BY rowid LIMIT {EXAMPLES}"
        ).fetchall()
        places |= {row[0]: reason for row in rows}
    if not places:
        return []
    columns = [quoted(each.name) for each in source.sample.columns]
    is_text = source.sample.form == "csv"
    breaks = f"COALESCE(sum({_line_ends(columns)}) OVER (ROWS UNBOUNDED PRECEDING), 0)" if is_text else "0"
    rows = con.execute(
        f"SELECT place, {', '.join(columns)}, breaks FROM (SELECT row_number() OVER () - 1 AS place, {breaks} AS breaks, "
        f"* FROM (SELECT * FROM {source.relation} LIMIT {max(places) + 1}) AS head) AS numbered "
        f"WHERE place IN ({', '.join(map(str, places))}) ORDER BY place"
    ).fetchall()
    skipped = sorted(each.line for each in before if each.line is not None)
    shown = []
    for place, *values, ends in rows:
        own = sum(value.count("\n") for value in values if isinstance(value, str)) if is_text else 0
        line = int(place) + source.sample.first_line + int(ends) - own
        for other in skipped:
            line += other <= line
        text = source.sample.separator.join("" if value is None else str(value) for value in values)
        shown.append(Refusal(line, places[place], text[:200]))
    return shown


def _line_ends(columns: Sequence[str]) -> str:
    """SQL of how many line ends stand inside the fields of a row."""
    return " + ".join(f"COALESCE(length({c}) - length(replace({c}, chr(10), '')), 0)" for c in columns)


def _offsets(con: duckdb.DuckDBPyConnection, source: Source, mapping: Mapping) -> dict[str, int]:
    """The offsets of the event times, with how often; "" for a time without one."""
    column = source.sample.column(mapping.columns.get("time", ""))
    if column is None or column.kind != "text" or not says_zone((), guess(column.filled).offsets):
        return {}
    tail = f"right({quoted(column.name)}, 6)"
    counted: Counter[str] = Counter()
    for text, times in con.execute(f"SELECT {tail}, count(*) FROM {source.relation} GROUP BY ALL").fetchall():
        found = re.search(r"(?:Z|UTC|[+-]\d{2}:?\d{2}|(?<=:\d\d)[+-]\d{2})$", text or "")
        if text:
            counted[offset(found.group() if found else None)] += times
    return dict(counted.most_common())


def _marks(con: duckdb.DuckDBPyConnection, source: Source, mapping: Mapping) -> dict[str, dict[str, int]]:
    """How often each missing mark of the mapping stands in a column."""
    marks = list(mapping.marks)
    columns = [
        each for each in source.sample.columns if each.kind == "text" and each.name not in mapping.ignore
    ]
    pairs = [
        (column.name, mark)
        for column in columns
        for mark in marks
        if column.name != mapping.columns.get("case")
    ]
    if not pairs:
        return {}
    asked = ", ".join(f"count(*) FILTER ({quoted(c)} = {literal(m)})" for c, m in pairs)
    seen: dict[str, dict[str, int]] = {}
    for (column_name, mark), times in zip(
        pairs, one(con, f"SELECT {asked} FROM {source.relation}"), strict=True
    ):
        if times:
            seen.setdefault(column_name, {})[mark] = int(str(times))
    return seen


def complete(
    con: duckdb.DuckDBPyConnection, mapping: Mapping, attributes: Sequence[StagedAttribute]
) -> tuple[int, int]:
    """Adds to `staged` the events that columns imply: starts, dates, one for each case of a list.

    Args:
        con: Holds `staged` as read.
        mapping: Says which columns.
        attributes: The staged attributes.

    Returns:
        How many start events and how many events from date columns came in. `staged` gets a column `ord` only
        when rows came in: else the order of the file is the order of its rows.
    """
    listed = mapping.cases_in_list and not mapping.objects  # lists of several types are split afterwards
    if not (listed or "start" in mapping.columns or mapping.dates_as_events):
        return 0, 0
    ids = [id_column(i) for i, _ in enumerate(mapping.types)] if mapping.objects else []
    names = [*(quoted(each.column) for each in attributes), *ids]
    kept = "".join(f", {name}" for name in names)
    own = "lifecycle" if "lifecycle" in mapping.columns else "NULL::VARCHAR"
    if "start" in mapping.columns and "lifecycle" not in mapping.columns:
        own = "'complete'"
    source = "(SELECT *, rowid AS place FROM staged)"
    if listed:
        source = (
            """(SELECT * REPLACE (trim(each_case, ' ''"') AS case_id) FROM (SELECT *, rowid AS place, """
            "unnest(string_split(COALESCE(case_id, ''), ',')) AS each_case FROM staged) AS listed)"
        )
    parts = [
        f"SELECT case_id, label, {own} AS lifecycle, us, source, place * 2 + 1 AS ord{kept} FROM {source} AS ends"
        + (f" WHERE us > {UNREADABLE} OR start_us IS NULL" if "start" in mapping.columns else "")
    ]
    if "start" in mapping.columns:
        parts.append(
            f"SELECT case_id, label, 'start' AS lifecycle, start_us AS us, source, place * 2 AS ord{kept} "
            f"FROM {source} AS starts WHERE start_us > {UNREADABLE} AND label IS NOT NULL"
        )
    nothing = "".join(f", {name}" if name in ids else f", NULL AS {name}" for name in names)
    for column, label in mapping.dates_as_events.items():
        attribute = quoted(next(each.column for each in attributes if each.source == column))
        parts.append(
            f"SELECT DISTINCT case_id, {literal(label)} AS label, NULL::VARCHAR AS lifecycle, {attribute} AS us, "
            f"(-source - 1)::SMALLINT AS source, {2**62} AS ord{nothing} FROM {source} AS dates "
            f"WHERE {attribute} > {UNREADABLE} AND case_id IS NOT NULL"
        )
    con.execute(f"CREATE OR REPLACE TABLE staged AS {' UNION ALL '.join(parts)}")
    starts, dated = one(
        con, "SELECT count(*) FILTER (source >= 0 AND ord % 2 = 0), count(*) FILTER (source < 0) FROM staged"
    )
    return int(str(starts)), int(str(dated))
