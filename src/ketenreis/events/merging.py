"""How do several sources become one log of the same objects? The kept events are decoded and staged with the new ones."""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from ketenreis.events.engine import name as quoted
from ketenreis.events.normal import StagedAttribute
from ketenreis.events.pseudonyms import Pseudonyms
from ketenreis.events.store import ObjectType, StoredAttribute
from ketenreis.events.times import literal


def merge(
    con: duckdb.DuckDBPyConnection,
    held: ObjectType,
    kept: Sequence[int],
    attributes: Sequence[StagedAttribute],
    pseudonyms: Pseudonyms,
    *,
    personal_cases: bool,
) -> tuple[StagedAttribute, ...]:
    """Adds the events of other sources, as the store holds them, to `staged`.

    Args:
        con: Holds `staged` with the rows of one source.
        held: The object type as the store holds it.
        kept: Numbers of the sources whose events stay.
        attributes: The attributes of `staged`.
        pseudonyms: Replaces the new rows' names, for the kept rows have theirs replaced already.
        personal_cases: Whether the case ids are people.

    Returns:
        The attributes of the merged `staged`; one that is a number here and a text there becomes a text.
    """
    own = {each.name: each for each in attributes}
    old = {each.name: each for each in held.own_attributes}
    together: list[StagedAttribute] = []
    for i, name in enumerate(dict.fromkeys([*old, *own])):
        ours, theirs = own.get(name), old.get(name)
        one = ours or _staged(theirs)  # type: ignore[arg-type]  # a name comes from one of the two
        types = {each.type for each in (ours, theirs) if each}
        type_ = one.type if len(types) == 1 else "category"
        # values are pseudonyms by now; doing it twice would cut the tie with the other source
        together.append(
            replace(one, column=f"a_{i}_{one.column.removeprefix('a_')}", type=type_, personal=False)
        )
    joins: list[str] = []
    new = [_ours(con, each, own.get(each.name), pseudonyms, joins) for each in together]
    case = "n.case_id"
    if personal_cases:
        _pseudonyms(con, "p_case", "case_id", pseudonyms, people=False)
        joins.append("LEFT JOIN p_case ON p_case.raw = n.case_id")
        case = "p_case.said"
    columns = {row[0] for row in con.execute("DESCRIBE staged").fetchall()}
    lifecycle = "n.lifecycle" if "lifecycle" in columns else "NULL::VARCHAR"
    order = "n.ord" if "ord" in columns else "n.place"
    old_joins: list[str] = []
    decoded = [_theirs(each, old.get(each.name), old_joins) for each in together]
    numbers = ", ".join(str(number) for each in kept for number in (each, -each - 1))
    events = "[" + ", ".join(literal(each) for each in held.events_files) + "]"
    labels = "[" + ", ".join(literal(each.label) for each in held.activities) + "]::VARCHAR[]"
    phases = "[" + ", ".join(literal(each.lifecycle) for each in held.activities) + "]::VARCHAR[]"
    names = [quoted(each.column) for each in together]
    con.execute(
        "CREATE OR REPLACE TABLE merged AS "
        f"SELECT {case} AS case_id, n.label, {lifecycle} AS lifecycle, n.us, n.source, {order} AS ord"
        + "".join(f", {value} AS {name}" for value, name in zip(new, names, strict=True))
        + f" FROM (SELECT *, rowid AS place FROM staged) AS n {' '.join(joins)} UNION ALL "
        f"SELECT c.case_id, ({labels})[e.activity + 1], NULLIF(({phases})[e.activity + 1], ''), e.us, e.source, e.seq"
        + "".join(f", {value}" for value in decoded)
        + f" FROM read_parquet({events}) AS e JOIN read_parquet({literal(held.cases_file)}) AS c USING (case_no) "
        f"{' '.join(old_joins)} WHERE e.source IN ({numbers}) UNION ALL "
        "SELECT c.case_id, NULL, NULL, NULL, 0, 0"
        + "".join(", NULL" for _ in names)
        + f" FROM read_parquet({literal(held.cases_file)}) AS c WHERE c.events = 0"
    )
    con.execute("DROP TABLE staged; ALTER TABLE merged RENAME TO staged")
    return tuple(
        replace(each, personal=_was_personal(own.get(each.name), old.get(each.name))) for each in together
    )


def _staged(stored: StoredAttribute) -> StagedAttribute:
    """A stored attribute as one to be staged."""
    return StagedAttribute(
        stored.name,
        stored.source,
        stored.column,
        stored.type,
        of_case=stored.source.lower().startswith("case:"),
        role=stored.role,
        personal=stored.personal,
    )


def _was_personal(ours: StagedAttribute | None, theirs: StoredAttribute | None) -> bool:
    return bool((ours and ours.personal) or (theirs and theirs.personal))


def _ours(
    con: duckdb.DuckDBPyConnection,
    each: StagedAttribute,
    ours: StagedAttribute | None,
    pseudonyms: Pseudonyms,
    joins: list[str],
) -> str:
    """SQL of a new row's value, with names of people replaced."""
    if ours is None:
        return f"NULL::{_sql(each)}"
    value = f"n.{quoted(ours.column)}"
    if ours.personal:
        table = quoted("p_" + ours.column)
        _pseudonyms(con, "p_" + ours.column, ours.column, pseudonyms, people=ours.role != "customer")
        joins.append(f"LEFT JOIN {table} ON {table}.raw = {value}")
        return f"{table}.said"
    return _as_text(value, ours.type) if each.type == "category" and ours.type != "category" else value


def _pseudonyms(
    con: duckdb.DuckDBPyConnection, table: str, column: str, pseudonyms: Pseudonyms, *, people: bool
) -> None:
    """Makes a table from raw names to what stands for them."""
    raw = [
        row[0] for row in con.execute(f"SELECT DISTINCT {quoted(column)} FROM staged").fetchall() if row[0]
    ]
    said = pseudonyms.of_people(raw) if people else pseudonyms.of_ids(raw)
    con.execute(
        f"CREATE OR REPLACE TABLE {quoted(table)} AS SELECT unnest($r)::VARCHAR AS raw, unnest($s)::VARCHAR AS said",
        {"r": raw, "s": said},
    )


def _theirs(each: StagedAttribute, theirs: StoredAttribute | None, joins: list[str]) -> str:
    """SQL of a kept row's value, decoded."""
    if theirs is None:
        return f"NULL::{_sql(each)}"
    column = f"{'c' if theirs.level == 'case' else 'e'}.{quoted(theirs.column)}"
    if theirs.type in {"category", "truth"}:
        if theirs.values_file:
            table = quoted("d_" + theirs.column)
            joins.append(
                f"LEFT JOIN read_parquet({literal(theirs.values_file)}) AS {table} ON {table}.code = {column}"
            )
            value = f"{table}.value"
        else:
            value = f"([{', '.join(literal(word) for word in theirs.values)}]::VARCHAR[])[{column} + 1]"
    elif theirs.scale is not None:
        value = f"{column} / {10**theirs.scale}.0::DOUBLE"
    else:
        value = column
    if theirs.level == "case":  # dates of the case that count as events carry no attributes
        value = f"CASE WHEN e.source >= 0 THEN {value} END"
    return _as_text(value, theirs.type) if each.type == "category" and theirs.type != "category" else value


def _as_text(value: str, type_: str) -> str:
    return f"make_timestamp({value})::VARCHAR" if type_ == "moment" else f"({value})::VARCHAR"


def _sql(each: StagedAttribute) -> str:
    return {"number": "DOUBLE", "moment": "BIGINT"}.get(each.type, "VARCHAR")
