"""How does work pass between departments: how often, after what waiting, and does it come back?

A handover is a step from one event to the next in a case where the department differs and both are known. Nothing is counted
per person, and no pair with fewer than five cases is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ketenreis.errors import PersonalSplitError, UnknownAttributeError
from ketenreis.events.store import EventStore, ObjectType, StoredAttribute
from ketenreis.measure.engines.duckdb import DuckDB
from ketenreis.measure.figures import SMALLEST_GROUP

WAITS = (0.5, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Pair:
    """The handovers from one department to another.

    Attributes:
        giver, receiver: The departments.
        handovers: How many times work passed.
        cases: In how many cases.
        waits: Seconds from the giver's last event to the receiver's first, by share.
        returned: How many of these handovers were answered by the next one going straight back.
        returned_cases: In how many cases that happened at least once.
        ping_pong_cases: In how many cases work then came a second time: there, back, and there again.
        in_time: How many of these handovers were picked up within the time agreed; None where none is.
    """

    giver: str
    receiver: str
    handovers: int
    cases: int
    waits: dict[float, float]
    returned: int
    returned_cases: int
    ping_pong_cases: int
    in_time: int | None = None

    @property
    def complete_at_first(self) -> float:
        """The share of these cases in which nothing came straight back: complete and accurate at the first handover."""
        return 1 - self.returned_cases / self.cases

    @property
    def kept(self) -> float | None:
        """The share of these handovers that was picked up within the time agreed; None where none is."""
        return None if self.in_time is None else self.in_time / self.handovers


@dataclass(frozen=True, slots=True)
class Handovers:
    """The handovers of all cases of one type.

    Attributes:
        attribute: What was taken for the department.
        pairs: Those with five cases or more, the longest waiting first.
        handovers: All steps between two known departments, shown or not.
        changes: All steps where the department changes, an unknown one counting as a department.
        unknown: Events whose department is not known.
        cases: Cases with at least one handover.
        returned_cases: Cases in which work came straight back at least once.
    """

    attribute: str
    pairs: tuple[Pair, ...]
    handovers: int
    changes: int
    unknown: int
    cases: int
    returned_cases: int


def handovers(
    store: EventStore,
    attribute: str = "department",
    object_type: str | None = None,
    *,
    agreed: Mapping[tuple[str, str], float] = MappingProxyType({}),
    called: Mapping[str, str] = MappingProxyType({}),
    between: tuple[int, int] | None = None,
) -> Handovers:
    """Counts the handovers between departments and how long each waited to be picked up.

    Args:
        store: The events.
        attribute: An attribute of the events that names the department.
        object_type: Which objects; the store's first type unless given.
        agreed: Within how many seconds work has to be picked up, by giver and receiver.
        called: Another name for a value of the attribute; values of one name are one department.
        between: Only what a giver let go from the first of these moments until before the second, in microseconds UTC;
            whether it came back is looked at afterwards too.

    Returns:
        The pairs with their figures. Events read from date columns belong to no department and are passed over.

    Raises:
        PersonalSplitError: The attribute stands for persons.
        UnknownAttributeError: The events have no such attribute, or it never varies within a case.

    Source:
        Waiting before pick-up and percent complete and accurate, as judged by the next step: Martin, K. and Osterling, M.
        (2013), Value Stream Mapping. Here "not complete" is read from work going straight back; a receiver who mends it
        in silence is not seen.
    """
    stored = store.type(object_type)
    column = _departments(stored, attribute)
    names = [called.get(value, value) for value in column.values]
    with DuckDB.over(stored) as engine:
        engine.keep("steps", _steps(column.column, names))
        changes, passed = engine.run(
            "SELECT COUNT(CASE WHEN COALESCE(s.giver, -1) <> COALESCE(s.receiver, -1) THEN 1 END), "
            f"COUNT(CASE WHEN {_PASSED} THEN 1 END) FROM steps AS s WHERE s.before_us IS NOT NULL{_in('s.before_us', between)}"
        )[0]
        unknown = engine.run(
            f"SELECT COUNT(*) FROM steps AS s WHERE s.receiver IS NULL{_in('s.us', between)}"
        )[0][0]
        engine.keep("passes", _passes(between))
        cases, returned = engine.run(
            "SELECT COUNT(*), COUNT(CASE WHEN c.returned > 0 THEN 1 END) FROM "
            "(SELECT p.case_no, MAX(p.is_back) AS returned FROM passes AS p GROUP BY p.case_no) AS c"
        )[0]
        quantiles = ", ".join(engine.quantile("p.waited", share) for share in WAITS)
        rows = engine.run(
            f"SELECT p.giver, p.receiver, COUNT(*), {quantiles}, SUM(p.is_back), {_in_time(names, agreed)} "
            "FROM passes AS p GROUP BY p.giver, p.receiver"
        )
        per_case = engine.run(
            "SELECT c.giver, c.receiver, COUNT(*), SUM(c.back), SUM(c.again) FROM (SELECT p.case_no, p.giver, p.receiver, "
            "MAX(p.is_back) AS back, MAX(p.is_again) AS again FROM passes AS p GROUP BY p.case_no, p.giver, p.receiver) AS c "
            "GROUP BY c.giver, c.receiver"
        )
    counts = {(giver, receiver): each for giver, receiver, *each in per_case}
    pairs = [
        _pair(names[giver], names[receiver], figures, counts[giver, receiver], agreed)
        for giver, receiver, *figures in rows
        if counts[giver, receiver][0] >= SMALLEST_GROUP
    ]
    pairs.sort(key=lambda pair: (-pair.waits[0.9], pair.giver, pair.receiver))
    return Handovers(attribute, tuple(pairs), passed, changes, unknown, cases, returned)


def _departments(stored: ObjectType, attribute: str) -> StoredAttribute:
    """The attribute that names departments; one that cannot is refused."""
    column = stored.attribute(attribute)
    if column.personal:
        raise PersonalSplitError(
            f"{attribute!r} stands for persons. Handovers are counted between departments only."
        )
    if column.level != "event" or column.type not in ("category", "truth"):
        raise UnknownAttributeError(f"{attribute!r} does not vary within a case, so nothing is handed over.")
    if column.values_file:
        raise UnknownAttributeError(f"{attribute!r} has more values than departments have names.")
    return column


def _pair(
    giver: str,
    receiver: str,
    figures: Sequence[Any],
    of_cases: Sequence[int],
    agreed: Mapping[tuple[str, str], float],
) -> Pair:
    """A pair out of its two rows: how often, the waits, returned and in time; in how many cases, back and again."""
    number, *waits, returned, in_time = figures
    cases, back, again = map(int, of_cases)
    return Pair(
        giver,
        receiver,
        number,
        cases,
        {share: float(wait) / 1e6 for share, wait in zip(WAITS, waits, strict=True)},
        int(returned),
        back,
        again,
        int(in_time) if (giver, receiver) in agreed else None,
    )


def _in_time(names: Sequence[str], agreed: Mapping[tuple[str, str], float]) -> str:
    """Counts the handovers that were picked up within what their two departments agreed."""
    code = {name: names.index(name) for name in names}
    tests = [
        f"(p.giver = {code[giver]} AND p.receiver = {code[receiver]} AND p.waited <= {round(seconds * 1e6)})"
        for (giver, receiver), seconds in agreed.items()
        if giver in code and receiver in code
    ]
    return f"COUNT(CASE WHEN {' OR '.join(tests)} THEN 1 END)" if tests else "0"


_PASSED = "s.giver IS NOT NULL AND s.receiver IS NOT NULL AND s.giver <> s.receiver"


def _steps(column: str, names: Sequence[str]) -> str:
    """Every event of a department's own with the one before it; values of one name count as the first of them."""
    again = {code: first for code, name in enumerate(names) if (first := names.index(name)) != code}
    department = f"e.{column}"
    if again:
        same = " ".join(f"WHEN {code} THEN {first}" for code, first in again.items())
        department = f"CASE e.{column} {same} ELSE e.{column} END"
    window = "OVER (PARTITION BY e.case_no ORDER BY e.seq)"
    return (
        f"SELECT e.case_no, e.seq, e.us, {department} AS receiver, LAG({department}) {window} AS giver, "
        f"LAG(e.us) {window} AS before_us FROM events AS e WHERE e.source >= 0"
    )


def _in(moment: str, between: tuple[int, int] | None) -> str:
    """Asks that a moment lies in a period; nothing where no period is asked for."""
    return "" if between is None else f" AND {moment} >= {between[0]} AND {moment} < {between[1]}"


def _passes(between: tuple[int, int] | None) -> str:
    """Every handover with the next two of its case: whether it goes straight back, and then comes again."""
    window = "OVER (PARTITION BY s.case_no ORDER BY s.seq)"
    looked = (
        f"SELECT s.case_no, s.giver, s.receiver, s.before_us, s.us - s.before_us AS waited, LEAD(s.receiver) {window} AS next_receiver, "
        f"LEAD(s.giver) {window} AS next_giver, LEAD(s.receiver, 2) {window} AS third_receiver, "
        f"LEAD(s.giver, 2) {window} AS third_giver FROM steps AS s WHERE {_PASSED}"
    )
    back = "l.next_giver = l.receiver AND l.next_receiver = l.giver"
    again = f"{back} AND l.third_giver = l.giver AND l.third_receiver = l.receiver"
    return (
        "SELECT l.case_no, l.giver, l.receiver, l.waited, "
        f"CASE WHEN {back} THEN 1 ELSE 0 END AS is_back, CASE WHEN {again} THEN 1 ELSE 0 END AS is_again FROM ({looked}) AS l "
        f"WHERE l.waited IS NOT NULL{_in('l.before_us', between)}"
    )
