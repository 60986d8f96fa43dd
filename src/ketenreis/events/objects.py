"""To which objects does an event belong? The staged rows of a file, split into those of each type of object."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from ketenreis.events import vocabulary
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.mapping import Mapping
from ketenreis.events.normal import StagedAttribute
from ketenreis.events.staging import id_column

PERSON = 75
"""Points from which the name of a type, or of its column, is taken for one of people."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one type of object in the table `staged`, as read.

    Attributes:
        attributes: Its columns that become attributes; ids of other objects among them.
        personal: Whether the ids are of people.
        joins: The type to whose objects its events may be given by period; "" for none. Then `staged` has a column
            `free`: true where the row names none of these itself.
    """

    attributes: tuple[StagedAttribute, ...]
    personal: bool = False
    joins: str = ""


def is_person(mapping: Mapping, type_: str) -> bool:
    """Whether the objects of a type are people, whose ids are replaced by pseudonyms."""
    column = mapping.types.get(type_, "")
    if column in mapping.readable:
        return False
    names = (vocabulary.points(role, type_) for role in ("customer", "employee"))
    by_name = max(names) >= PERSON and (bool(mapping.objects) or type_ != "case")
    return mapping.is_personal(column) or by_name


def split(
    con: duckdb.DuckDBPyConnection, mapping: Mapping, attributes: Sequence[StagedAttribute], type_: str
) -> Rows:
    """Makes `staged` with the rows of one type out of `whole`, which holds those of all.

    Args:
        con: Holds `whole`: staged rows with the ids of each type.
        mapping: Says which types there are.
        attributes: The attributes of `whole`.
        type_: Which rows are wanted.

    Returns:
        What `staged` now holds. An object goes with another when it is the only one of its type in a row.
    """
    held = {row[0]: row[1] for row in con.execute("DESCRIBE whole").fetchall()}
    types = list(mapping.types)
    own = [replace(each, name=each.source) if each.name in types else each for each in attributes]
    others: list[StagedAttribute] = []
    asked = ["label", "us", "source", "ord" if "ord" in held else "rowid AS ord"]
    asked += ["lifecycle"] if "lifecycle" in held else []
    asked += [quoted(each.column) for each in own]
    for i, other in enumerate(types):
        column = id_column(i)
        several = held[column].endswith("[]")
        if other == type_:
            asked.append(f"unnest({column}) AS case_id" if several else f"{column} AS case_id")
            continue
        asked.append(f"CASE WHEN len({column}) = 1 THEN {column}[1] END AS {column}" if several else column)
        person = is_person(mapping, other)
        others.append(
            StagedAttribute(
                other,
                other,
                column,
                "category",
                of_case=True,
                role="customer" if person else "",
                personal=person,
            )
        )
    filled = _filled(con, own, held, id_column(types.index(type_)))
    period = mapping.join.get(type_)
    joins = period.to if period else ""
    if joins in types:
        column = id_column(types.index(joins))
        empty = f"COALESCE(len({column}), 0) = 0" if held[column].endswith("[]") else f"{column} IS NULL"
        asked.append(f"{empty} AS free")
    elif joins:
        asked.append("TRUE AS free")
    con.execute(
        f"CREATE OR REPLACE TABLE staged AS SELECT * FROM (SELECT {', '.join(asked)} FROM whole) AS split "
        "WHERE case_id IS NOT NULL"
    )
    return Rows((*filled, *others), is_person(mapping, type_), joins)


def _filled(
    con: duckdb.DuckDBPyConnection, own: Sequence[StagedAttribute], held: dict[str, str], ids: str
) -> list[StagedAttribute]:
    """The attributes that any row of a type has: what is known of orders only is none of a delivery's."""
    if not own:
        return []
    there = f"len({ids}) > 0" if held[ids].endswith("[]") else f"{ids} IS NOT NULL"
    asked = ", ".join(f"count({quoted(each.column)})" for each in own)
    counts = one(con, f"SELECT {asked} FROM whole WHERE {there}")
    return [each for each, times in zip(own, counts, strict=True) if times]
