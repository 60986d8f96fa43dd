"""Do two sources mean two things by one name? Columns of one name become one attribute; where that looks wrong it is said."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from ketenreis.events.assembling import Party
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.normal import StagedAttribute
from ketenreis.events.rows import Kept
from ketenreis.events.times import literal

MOST = 200
"""With more values than this they are names or texts, which seldom return."""
FEWEST = 2
"""One value on either side says nothing about what the column means."""


def namesakes(
    con: duckdb.DuckDBPyConnection, folder: Path, mine: Party, parties: Iterable[Party]
) -> dict[str, object]:
    """Attributes that a source shares by name with another, while their types differ or no value of them is the same.

    Args:
        con: Reads the rows of the sources.
        folder: The store.
        mine: The source that came in.
        parties: Every source of the store.

    Returns:
        Notes for the quality report: one per name. Ids of objects and names of people are not looked at.
    """
    notes: dict[str, object] = {}
    for other in parties:
        for type_, kept in mine.kept.items():
            theirs = other.kept.get(type_) if other.name != mine.name else None
            if theirs is None:
                continue
            known = {each.name: each for each in theirs.attributes}
            for each in kept.attributes:
                same = known.get(each.name)
                if same is None or each.role or each.personal or each.column.startswith("o_"):
                    continue
                said = {"name": each.name, "other": other.name, "source": mine.name}
                if each.type != same.type:
                    notes[f"other_type:{each.name}"] = said
                elif each.type == "category" and _apart(con, folder, (kept, each), (theirs, same)):
                    notes[f"other_values:{each.name}"] = said
    return notes


def _apart(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    mine: tuple[Kept, StagedAttribute],
    theirs: tuple[Kept, StagedAttribute],
) -> bool:
    """Whether two columns have a few values each, and none in common."""
    a, b = (
        f"SELECT DISTINCT {quoted(each.column)} AS v FROM read_parquet({literal(str(folder / kept.file))}) "
        f"WHERE {quoted(each.column)} IS NOT NULL LIMIT {MOST + 1}"
        for kept, each in (mine, theirs)
    )
    first, second, both = (
        int(str(each))
        for each in one(
            con,
            f"WITH a AS ({a}), b AS ({b}) SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b), "
            "(SELECT count(*) FROM a WHERE v IN (SELECT v FROM b))",
        )
    )
    return min(first, second) >= FEWEST and max(first, second) <= MOST and not both
