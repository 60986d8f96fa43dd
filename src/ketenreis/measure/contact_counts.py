"""How many contacts has a case with a certain event, and how many a case without it? Counted, and nothing explained."""

from collections.abc import Collection
from dataclasses import dataclass

from ketenreis.events.store import EventStore, ObjectType
from ketenreis.measure.engines.duckdb import DuckDB
from ketenreis.measure.predicates import is_one_of

SESSION_US = 30 * 60 * 1_000_000
"""What comes within half an hour of the line before it is the same conversation, and so one contact."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The contacts of a group of cases.

    Attributes:
        cases: How many cases.
        contacts: How many contacts they had together.
        squares: The sum of the square of each case's number, for the spread.
        with_contact: How many of them had at least one.
    """

    cases: int
    contacts: int
    squares: int
    with_contact: int

    @property
    def mean(self) -> float | None:
        """Contacts a case; null for no cases."""
        return self.contacts / self.cases if self.cases else None

    @property
    def variance(self) -> float | None:
        """How far cases lie apart (n − 1 below); null for fewer than two."""
        if self.cases < 2:
            return None
        return max(0.0, self.squares - self.contacts**2 / self.cases) / (self.cases - 1)


@dataclass(frozen=True, slots=True)
class ContactCounts:
    """Contacts of cases with an event beside those of cases without it.

    Attributes:
        object_type: Cases of what.
        having, lacking: The cases with the event, and those without.
    """

    object_type: str
    having: Tally
    lacking: Tally


def contact_counts(
    store: EventStore, event: Collection[str], contacts: Collection[str], ours: Collection[str] = ()
) -> ContactCounts | None:
    """Counts contacts a case, apart for cases with and without an event; lines of one conversation are one contact.

    Args:
        store: The events.
        event: Ids of touchpoints or activities; one of these is enough.
        contacts: Ids that count as a contact; the event itself is none.
        ours: Ids of the organisation's own side of a conversation: a label of one of these is no contact either.

    Returns:
        The counts in the first type of object whose events know both; null where none does.
    """
    for stored in store.types.values():
        events, counted = _codes(stored, event), _codes(stored, contacts)
        counted -= events | _codes(stored, ours)
        if events and counted:
            return _counted(stored, events, counted)
    return None


def _codes(stored: ObjectType, elements: Collection[str]) -> set[int]:
    classes = stored.classes
    return {code for element in elements for code in classes.get(element, ())}


def conversations(codes: Collection[int], until: int | None = None) -> str:
    """A query with a row per contact: its case, order, moment and label, those of its first line.

    Args:
        codes: Of the labels that are contact.
        until: Later lines do not count, in microseconds UTC; every line unless given.
    """
    before = "LAG(e.us) OVER (PARTITION BY e.case_no ORDER BY e.seq)"
    known = "" if until is None else f"e.us <= {until} AND "
    lines = (
        f"SELECT e.case_no, e.seq, e.us, e.activity, {before} AS before_us FROM events AS e "
        f"WHERE {known}{is_one_of('e.activity', codes)}"
    )
    return (
        f"SELECT l.case_no, l.seq, l.us, l.activity FROM ({lines}) AS l "
        f"WHERE l.before_us IS NULL OR l.us - l.before_us > {SESSION_US}"
    )


def _counted(stored: ObjectType, events: set[int], contacts: set[int]) -> ContactCounts:
    having = f"MAX(CASE WHEN {is_one_of('e.activity', sorted(events))} THEN 1 ELSE 0 END)"
    asked = (
        "SELECT c.has_it, COUNT(*), COALESCE(SUM(n.contacts), 0), COALESCE(SUM(n.contacts * n.contacts), 0), COUNT(n.contacts) "
        f"FROM (SELECT e.case_no, {having} AS has_it FROM events AS e GROUP BY e.case_no) AS c LEFT JOIN "
        f"(SELECT x.case_no, COUNT(*) AS contacts FROM ({conversations(sorted(contacts))}) AS x GROUP BY x.case_no) AS n "
        "ON n.case_no = c.case_no GROUP BY c.has_it"
    )
    with DuckDB.over(stored) as engine:
        found = {int(has): Tally(*map(int, rest)) for has, *rest in engine.run(asked)}
    nobody = Tally(0, 0, 0, 0)
    return ContactCounts(stored.name, found.get(1, nobody), found.get(0, nobody))
