"""How much do the events of a case add up to, how many different values have they, and how often do these change?"""

from ketenreis.errors import UnknownAttributeError
from ketenreis.measure.case_verdict import Asked, CaseVerdict, case_when, joined_cases, limit_missing
from ketenreis.measure.clauses import FULFILLED, VIOLATED
from ketenreis.measure.log import Column
from ketenreis.requirements import EventClass

MANY = 32
"""Above this many values, counting different ones takes a query of its own instead of one aggregate each."""


def _attribute(asked: Asked) -> Column:
    return asked.facts.log.column(str(asked.measure.get("attribute")))


def total(asked: Asked) -> CaseVerdict:
    """Whether the sum of a number stays within the limit."""
    column, events = _attribute(asked), asked.classes.get("event", EventClass())
    if column.type != "number" and not column.is_empty:
        raise UnknownAttributeError(f"{column.name!r} is not a number: it has no total.")
    if column.level == "case":  # it never varies within a case, so every event holds the same
        number = f"COALESCE({asked.facts.count(events)}, 0)"
        summed = f"CASE WHEN {number} = 0 THEN 0 ELSE {number} * k.{column.column} END"
        missing = f"{number} > 0 AND k.{column.column} IS NULL"
    else:
        holds, value = asked.facts.predicate(events).holds, f"e.{column.column}"
        added = f"CASE WHEN {holds} THEN {value} END"
        summed = f"COALESCE({asked.facts.ask(f'SUM({added})')}, 0)"
        everything = not events.elements and events.where is None and asked.facts.scope.until is None
        number = "k.events" if everything else asked.facts.count(events)
        missing = f"{asked.facts.count(events, f'{value} IS NOT NULL')} < {number}"
    limit = asked.limits.number(asked.anchor, column.scale)
    verdict = case_when((f"{summed} > {limit}", VIOLATED), (asked.at.closed, FULFILLED))
    return CaseVerdict(verdict, summed, "number", (*limit_missing(asked), missing))


def different(asked: Asked) -> CaseVerdict:
    """Whether the number of different values stays within the limit."""
    column, events = _attribute(asked), asked.classes.get("event", EventClass())
    query = None
    if column.level == "case":
        seen = f"COALESCE({asked.facts.count(events)}, 0) > 0 AND k.{column.column} IS NOT NULL"
        number = f"CASE WHEN {seen} THEN 1 ELSE 0 END"
    elif column.type == "category" and len(column.values) <= MANY:
        each = [asked.facts.count_of_value(column.column, code, events) for code in range(len(column.values))]
        number = " + ".join(f"CASE WHEN {one} > 0 THEN 1 ELSE 0 END" for one in each) or "0"
    else:
        holds = asked.facts.predicate(events).holds
        rows = (
            f"SELECT e.case_no, e.{column.column} AS value FROM events AS e{joined_cases(asked.facts, events)}"
            f"{asked.facts.scope.events('e', holds, f'e.{column.column} IS NOT NULL')} GROUP BY e.case_no, e.{column.column}"
        )
        query = f"SELECT r.case_no, COUNT(*) AS number_of FROM ({rows}) AS r GROUP BY r.case_no"
        number = "COALESCE(x.number_of, 0)"
    verdict = case_when(
        (f"{number} > {asked.limits.number(asked.anchor)}", VIOLATED), (asked.at.closed, FULFILLED)
    )
    return CaseVerdict(verdict, number, "number", limit_missing(asked), query)


def switches(asked: Asked) -> CaseVerdict:
    """Whether a value changes no more often than the limit."""
    column = _attribute(asked)
    query = None
    if column.level == "case":
        number = "0"
    elif asked.facts.log.channel is not None and column == asked.facts.log.columns.get(
        asked.facts.log.channel
    ):
        number = f"COALESCE({asked.facts.count(EventClass(), f'e.{column.column} <> e.prev_channel')}, 0)"
    else:
        value = f"e.{column.column}"
        rows = (
            f"SELECT e.case_no, {value} AS here, LAG({value}) OVER (PARTITION BY e.case_no ORDER BY e.seq) AS there "
            f"FROM events AS e{asked.facts.scope.events()}"
        )
        changed = "COUNT(CASE WHEN r.here <> r.there THEN 1 END)"
        query = f"SELECT r.case_no, {changed} AS number_of FROM ({rows}) AS r GROUP BY r.case_no"
        number = "COALESCE(x.number_of, 0)"
    verdict = case_when(
        (f"{number} > {asked.limits.number(asked.anchor)}", VIOLATED), (asked.at.closed, FULFILLED)
    )
    return CaseVerdict(verdict, number, "number", limit_missing(asked), query)
