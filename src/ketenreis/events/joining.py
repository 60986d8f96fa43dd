"""Which delivery was a call about that names only the customer? The one that was under way at that moment.

An object is under way from its first own event to its closing event, or to its last own event where none is mapped
for its type; a mapping may name other events for either end, and how much longer it lasts (`periods`). Exactly one: the
event is given to it. More than one: to none, for nobody can say which. None: likewise.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.normal import JOINED, StagedAttribute
from ketenreis.events.pseudonyms import settled_sql
from ketenreis.events.rows import Kept, as_common
from ketenreis.events.times import UNREADABLE, literal
from ketenreis.findings.counted import in_number

FOR_EVER = 2**62


@dataclass(frozen=True, slots=True)
class Joined:
    """How many events of a source, that name only an object of one type, found the one of another type.

    Attributes:
        parent: The type that the events name.
        child: The type to whose objects they are given.
        joined: Events with exactly one of them under way.
        ambiguous: Events with more than one: not given.
        unmatched: Events with none: not given.
        unended: Objects of the child type without the event that ends their period: still under way.
    """

    parent: str
    child: str
    joined: int
    ambiguous: int
    unmatched: int
    unended: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain values."""
        return asdict(self)

    def in_words(self, language: str, number: Callable[[int], str], nameless: int = 0) -> str:
        """The counts as a sentence in "nl" or "en".

        Args:
            language: "nl" or "en".
            number: Writes a number as that language does.
            nameless: Rows that name no object of the parent type either.
        """
        told, also, open_ = _SENTENCES[language]
        holes = {
            "parent": self.parent,
            "child": self.child,
            "rows": number(self.joined + self.ambiguous + self.unmatched),
            "joined": number(self.joined),
            "ambiguous": number(self.ambiguous),
            "unmatched": number(self.unmatched),
            "nameless": number(nameless),
            "unended": number(self.unended),
        }
        kept = (told, also if nameless else "", open_ if self.unended else "")
        return " ".join(in_number(each, holes).format_map(holes) for each in kept if each)


_SENTENCES = {
    "nl": (
        (
            "{rows} [gebeurtenis noemt|gebeurtenissen noemen] alleen de {parent}: {joined} [hoort|horen] bij de {child} die toen liep, {ambiguous} [kon|konden] "
            "bij meer dan een horen en [is|zijn] bij geen gezet, bij {unmatched} liep er toen geen."
        ),
        "Nog {nameless} [rij noemt ook geen {parent} en is|rijen noemen ook geen {parent} en zijn] geweigerd.",
        "Van {unended} [object|objecten] “{child}” is het einde er nog niet; [dat loopt|die lopen] nog.",
    ),
    "en": (
        (
            "{rows} [event names|events name] only the {parent}: {joined} [belongs|belong] to the {child} under way at that moment, {ambiguous} could "
            "belong to more than one and [was|were] given to none, for {unmatched} none was under way."
        ),
        "Another {nameless} [row names no {parent} either and was|rows name no {parent} either and were] refused.",
        "Of {unended} [object|objects] “{child}” the end is not there yet; [it is|they are] still under way.",
    ),
}


def find_under_way(
    con: duckdb.DuckDBPyConnection,
    attributes: Sequence[StagedAttribute],
    parent: str,
    since: Sequence[str],
    until: Sequence[str],
    grace_us: int = 0,
) -> int | None:
    """Makes `under_way`: from when to when each object in `gathered` is, with the objects of the parent type it goes with.

    Args:
        con: Holds `gathered`, the own events.
        attributes: Its attributes.
        parent: The type that the other events name.
        since: Labels that begin the period; none when the first event of the object does.
        until: Labels that end it; none when its last event does.
        grace_us: How much longer it lasts, in microseconds.

    Returns:
        How many objects have no event yet that ends their period; null when nothing can be found, since no object
        goes with one of the parent type.
    """
    named = next((each for each in attributes if each.name == parent and each.type == "category"), None)
    if named is None:
        return None
    start, end = "min(us)", "max(us)"
    if since:
        start = f"min(us) FILTER (label IN ({_listed(since)}))"
    if until:
        end = f"COALESCE(max(us) FILTER (label IN ({_listed(until)})), {FOR_EVER})"
    con.execute(
        f"CREATE OR REPLACE TABLE under_way AS SELECT p.parent, p.case_id, s.first_us, s.last_us FROM "
        f"(SELECT DISTINCT case_id, {quoted(named.column)} AS parent FROM gathered WHERE {quoted(named.column)} IS NOT NULL) "
        f"AS p JOIN (SELECT case_id, {start} AS first_us, {end} + {grace_us} AS last_us FROM gathered "
        f"WHERE label IS NOT NULL AND us > {UNREADABLE} GROUP BY case_id) AS s USING (case_id)"
    )
    unended = one(con, f"SELECT count(DISTINCT case_id) FROM under_way WHERE last_us >= {FOR_EVER}")[0]
    return int(str(unended))


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(literal(each) for each in labels)


def join_by_period(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    rows: Kept,
    attributes: Sequence[StagedAttribute],
    types: tuple[str, str],
    *,
    unended: int | None,
) -> Joined:
    """Adds to `given` the events of a source that were about an object of another type.

    Args:
        con: Holds `given` and `under_way`.
        folder: The store.
        rows: The rows of the source for the type that they name.
        attributes: The attributes of `given`; values of others are left behind.
        types: The type that the events name, and the type of `given`.
        unended: What `find_under_way` gave; null when there is no `under_way`.

    Returns:
        How many were joined, ambiguous and unmatched.
    """
    parent, child = types
    file = literal(str(folder / rows.file))
    free = f"SELECT row_number() OVER () AS place, * FROM read_parquet({file})"
    events = f"free AND label IS NOT NULL AND us > {UNREADABLE}"
    if unended is None:
        count = one(con, f"SELECT count(*) FROM read_parquet({file}) WHERE {events}")[0]
        return Joined(parent, child, 0, 0, int(str(count)))
    con.execute(
        "CREATE OR REPLACE TABLE found AS SELECT c.place, count(w.case_id) AS n, min(w.case_id) AS child "
        f"FROM ({free}) AS c LEFT JOIN under_way AS w ON {settled_sql('w.parent')} = {settled_sql('c.case_id')} AND c.us BETWEEN w.first_us AND w.last_us "
        f"WHERE {events} GROUP BY c.place"
    )
    own = {each.name: each for each in rows.attributes}
    values = ""
    for each in attributes:
        value = "case_id" if each.name == parent else as_common(each, own.get(each.name))
        values += f", {value} AS {quoted(each.column)}"
    con.execute(
        "INSERT INTO given BY NAME SELECT * EXCLUDE (child) REPLACE (child AS case_id) FROM (SELECT f.child, case_id, label, lifecycle, us, "
        f"CASE WHEN source < 0 THEN source - {JOINED} ELSE source + {JOINED} END AS source, ord{values} "
        f"FROM ({free}) AS c JOIN found AS f USING (place) WHERE f.n = 1) AS matched"
    )
    counts = one(
        con, "SELECT count(*) FILTER (n = 1), count(*) FILTER (n > 1), count(*) FILTER (n = 0) FROM found"
    )
    con.execute("DROP TABLE found")
    joined, ambiguous, unmatched = (int(str(each)) for each in counts)
    return Joined(parent, child, joined, ambiguous, unmatched, unended)
