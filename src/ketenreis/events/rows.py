"""What did each source bring for a type of object? Its rows, kept apart once several sources make up one log.

As long as a type has one source, its rows are the normal form itself. When a second one comes, the rows of each stand
in `rows/`, names of people replaced, so that a source can be added, replaced or withdrawn without the files of the
others: what it said of a case goes with it.
"""

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.events.engine import name as quoted
from ketenreis.events.normal import StagedAttribute
from ketenreis.events.objects import Rows
from ketenreis.events.pseudonyms import Pseudonyms
from ketenreis.events.store import ObjectType, StoredAttribute, room_of
from ketenreis.events.times import literal


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows that one source brought for one type: case_id, label, lifecycle, us, source, ord and the attributes.

    Attributes:
        file: Where they stand, below the store.
        attributes: Their attributes; values of personal ones are pseudonyms.
        free: Whether there is a column `free`, see `objects.Rows`.
    """

    file: str
    attributes: tuple[StagedAttribute, ...]
    free: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The rows' place as plain values, for the manifest."""
        return {
            "file": self.file,
            "attributes": [asdict(each) for each in self.attributes],
            "free": self.free,
        }

    @classmethod
    def from_dict(cls, said: Table[str, Any]) -> "Kept":
        """The rows' place from plain values."""
        return cls(said["file"], tuple(StagedAttribute(**each) for each in said["attributes"]), said["free"])


def keep(
    con: duckdb.DuckDBPyConnection, folder: Path, source: str, type_: str, generation: int, rows: Rows
) -> Kept:
    """Writes `staged`, of which the names of people were replaced, as the rows of a source."""
    held = {row[0] for row in con.execute("DESCRIBE staged").fetchall()}
    chosen = [
        "case_id",
        "label",
        "lifecycle" if "lifecycle" in held else "NULL::VARCHAR AS lifecycle",
        "us",
        "source",
    ]
    chosen += ["ord" if "ord" in held else "rowid AS ord", *(quoted(each.column) for each in rows.attributes)]
    chosen += ["free"] if "free" in held else []
    file = _file(folder, source, type_, generation)
    con.execute(f"COPY (SELECT {', '.join(chosen)} FROM staged) TO {literal(str(folder / file))} {_PARQUET}")
    return Kept(file, rows.attributes, "free" in held)


_PARQUET = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"


def _file(folder: Path, source: str, type_: str, generation: int) -> str:
    file = f"rows/{room_of(f'{source}.{type_}')}/{generation}.parquet"
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    return file


def hide(con: duckdb.DuckDBPyConnection, rows: Rows, pseudonyms: Pseudonyms) -> None:
    """Replaces the names of people in `staged`."""
    replaced, joins = [], []
    hidden = [(each.column, each.role != "customer") for each in rows.attributes if each.personal]
    for i, (column, people) in enumerate([*hidden, *([("case_id", False)] if rows.personal else [])]):
        asked = f"SELECT DISTINCT {quoted(column)} FROM staged WHERE {quoted(column)} IS NOT NULL ORDER BY 1"
        raw = [row[0] for row in con.execute(asked).fetchall()]
        said = pseudonyms.of_people(raw) if people else pseudonyms.of_ids(raw)
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE hidden_{i} AS SELECT unnest($r)::VARCHAR AS raw, unnest($s)::VARCHAR AS said",
            {"r": raw, "s": said},
        )
        joins.append(f"LEFT JOIN hidden_{i} ON hidden_{i}.raw = s.{quoted(column)}")
        replaced.append(f"hidden_{i}.said AS {quoted(column)}")
    if not replaced:
        return
    held = {row[0] for row in con.execute("DESCRIBE staged").fetchall()}
    place = "" if "ord" in held else ", rowid AS ord"
    con.execute(
        f"CREATE OR REPLACE TABLE hidden AS SELECT s.* REPLACE ({', '.join(replaced)}) FROM (SELECT *{place} FROM staged) "
        f"AS s {' '.join(joins)}"
    )
    con.execute("DROP TABLE staged; ALTER TABLE hidden RENAME TO staged")


def extract(
    con: duckdb.DuckDBPyConnection, folder: Path, held: ObjectType, source: str, number: int, generation: int
) -> Kept:
    """Writes the rows of a source that is the only one of its type, out of the normal form.

    Args:
        con: The engine.
        folder: The store.
        held: The type as it stands.
        source: Name of its only source.
        number: The number of that source.
        generation: Under which the rows are written.
    """
    own = held.own_attributes
    joins: list[str] = []
    attributes = tuple(_staged(each) for each in own)
    decoded = [_decoded(each, joins) for each in own]
    labels = "[" + ", ".join(literal(each.label) for each in held.activities) + "]::VARCHAR[]"
    phases = "[" + ", ".join(literal(each.lifecycle) for each in held.activities) + "]::VARCHAR[]"
    values = "".join(f", {value} AS {quoted(each.column)}" for value, each in zip(decoded, own, strict=True))
    of_case = "".join(
        f", {_plain(value) if each.level == 'case' else f'NULL::{sql_of(each)}'}"
        for value, each in zip(decoded, own, strict=True)
    )
    also = " ".join(joins)
    file = _file(folder, source, held.name, generation)
    con.execute(
        f"COPY (SELECT c.case_id, ({labels})[e.activity + 1] AS label, NULLIF(({phases})[e.activity + 1], '') AS lifecycle, "
        f"e.us, e.source, (e.case_no::BIGINT << 31) + e.seq AS ord{values} FROM {held.events_sql} AS e "
        f"JOIN read_parquet({literal(held.cases_file)}) AS c USING (case_no) {also} WHERE e.source IN ({number}, {-number - 1}) "
        f"UNION ALL SELECT c.case_id, NULL, NULL, NULL, {number}, c.case_no{of_case} "
        f"FROM read_parquet({literal(held.cases_file)}) AS c {' '.join(j for j in joins if '= c.' in j)} "
        # what is known of an object of which only dates came, or nothing at all, stands nowhere else
        f"WHERE c.case_no NOT IN (SELECT case_no FROM {held.events_sql} AS own WHERE source >= 0)) "
        f"TO {literal(str(folder / file))} {_PARQUET}"
    )
    return Kept(file, attributes)


def _staged(stored: StoredAttribute) -> StagedAttribute:
    """A stored attribute as one to be staged."""
    return StagedAttribute(
        stored.name,
        stored.source,
        stored.column,
        stored.type,
        of_case=stored.source.lower().startswith("case:") or stored.column.startswith("o_"),
        role=stored.role,
        personal=stored.personal,
    )


def _decoded(stored: StoredAttribute, joins: list[str]) -> str:
    """SQL of a stored value, decoded; of the case where the attribute is."""
    column = f"{'c' if stored.level == 'case' else 'e'}.{quoted(stored.column)}"
    value = column
    if stored.type in {"category", "truth"}:
        if stored.values_file:
            table = quoted("d_" + stored.column)
            joins.append(
                f"LEFT JOIN read_parquet({literal(stored.values_file)}) AS {table} ON {table}.code = {column}"
            )
            value = f"{table}.value"
        else:
            value = f"([{', '.join(literal(word) for word in stored.values)}]::VARCHAR[])[{column} + 1]"
    elif stored.scale is not None:
        value = f"({column} / {10**stored.scale}.0)::DOUBLE"
    if stored.level == "case":  # dates of the case that count as events carry no attributes
        value = f"CASE WHEN e.source >= 0 THEN {value} END"
    return value


def _plain(value: str) -> str:
    """The same SQL for a case without events."""
    return value.removeprefix("CASE WHEN e.source >= 0 THEN ").removesuffix(" END")


def together(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    kept: Sequence[Kept],
    guests: Sequence[Kept] = (),
    without: str = "",
) -> tuple[StagedAttribute, ...]:
    """Makes the view `gathered` of the rows of several sources.

    Args:
        con: Where it is made.
        folder: The store.
        kept: The rows.
        guests: Rows of which some may be added later: their attributes get a column.
        without: An attribute of these that gets none.

    Returns:
        Its attributes; one that is a number here and a text there becomes a text.
    """
    of_guests = [each for one in guests for each in one.attributes if each.name != without]
    every = [*(each for one in kept for each in one.attributes), *of_guests]
    names = dict.fromkeys(each.name for each in every)
    merged: list[StagedAttribute] = []
    for i, name in enumerate(names):
        said = [each for each in every if each.name == name]
        latest = said[-1]
        types = {each.type for each in said}
        merged.append(
            replace(
                latest,
                column=_renumbered(latest.column, i),
                type=latest.type if len(types) == 1 else "category",
                personal=any(each.personal for each in said),
                role=next((each.role for each in said if each.role), ""),
            )
        )
    parts = []
    for one in kept:
        own = {each.name: each for each in one.attributes}
        values = "".join(
            f", {as_common(each, own.get(each.name))} AS {quoted(each.column)}" for each in merged
        )
        parts.append(
            f"SELECT case_id, label, lifecycle, us, source::SMALLINT AS source, ord::BIGINT AS ord{values} "
            f"FROM read_parquet({literal(str(folder / one.file))})"
        )
    con.execute(f"CREATE OR REPLACE TEMP VIEW gathered AS {' UNION ALL '.join(parts)}")
    return tuple(merged)


def _renumbered(column: str, number: int) -> str:
    """A column name that is like none of the others; it still says whether it holds ids of objects."""
    first, _, rest = column.partition("_")
    return f"{first}_{number}_{rest.lstrip('0123456789_') or 'id'}"


def as_common(wanted: StagedAttribute, own: StagedAttribute | None) -> str:
    """SQL of a source's value as the type that all sources have in common."""
    if own is None:
        return f"NULL::{sql_of(wanted)}"
    value = quoted(own.column)
    if wanted.type == "category" and own.type != "category":
        return f"make_timestamp({value})::VARCHAR" if own.type == "moment" else f"({value})::VARCHAR"
    return value


def sql_of(each: StagedAttribute | StoredAttribute) -> str:
    """The SQL type in which an attribute is staged."""
    return {"number": "DOUBLE", "moment": "BIGINT"}.get(each.type, "VARCHAR")
