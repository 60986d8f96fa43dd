"""What does the table `staged` hold? One row per event as read, before it is sorted and numbered.

Its columns: case_id, label, lifecycle (where the log has one), us (microseconds UTC, null for none, `times.UNREADABLE` for
a text that is no time), source (number), ord (file order, where that is not the order of the rows) and one per attribute.
"""

from dataclasses import dataclass

import duckdb

from ketenreis.events.engine import one
from ketenreis.events.store import AttributeType
from ketenreis.events.times import UNREADABLE

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

    @property
    def is_coded(self) -> bool:
        """Whether its values are stored as numbers of a dictionary."""
        return self.type in {"category", "truth"}


@dataclass(frozen=True, slots=True)
class StagedRows:
    """What the rows of `staged` have in common.

    Attributes:
        columns: The columns of the table.
        rows: How many there are.
        whole: Every row is an event, with a case, a label and a time: nothing needs to be left out.
        bare: Some rows name a case without an event.
    """

    columns: frozenset[str]
    rows: int
    whole: bool
    bare: bool

    @classmethod
    def of(cls, con: duckdb.DuckDBPyConnection) -> "StagedRows":
        """What they have in common, from counts that cost next to nothing where all are events."""
        columns = frozenset(each[0] for each in con.execute("FROM staged LIMIT 0").description or ())
        rows, *filled, first = one(
            con, "SELECT count(*), count(case_id), count(label), count(us), min(us) FROM staged"
        )
        whole = set(filled) == {rows} and (first is None or int(str(first)) > UNREADABLE)
        bare = not whole and one(con, f"SELECT count(*) > 0 FROM staged WHERE {BARE}")[0]
        return cls(columns, int(str(rows)), whole, bool(bare))

    def where(self, test: str) -> str:
        """A WHERE with this test; none where all rows pass it because they are events."""
        return "" if self.whole else f" WHERE {test}"
