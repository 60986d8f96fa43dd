"""Did everything happen that was announced, in the order in which it was announced, and nothing skipped?"""

from collections.abc import Sequence
from itertools import pairwise

from ketenreis.measure.case_facts import CaseFacts
from ketenreis.measure.clauses import FULFILLED, NOT_ACTIVATED, PENDING, VIOLATED, Moment
from ketenreis.measure.predicates import event_class, uses_case
from ketenreis.requirements import EventClass


def sequence(
    steps: Sequence[EventClass], since: EventClass | None, facts: CaseFacts, at: Moment
) -> tuple[str, str | None]:
    """Judges a case by the first time of each step.

    A step that happened while the one before it had not yet is out of order for good. That every step has the one before
    it in its place says it of all of them.

    Args:
        steps: In the order announced.
        since: What announces them; None for the start of the case.
        facts: The case facts.
        at: When we judge.

    Returns:
        The verdict as SQL, and the query it reads as `x`; None where case facts suffice.
    """
    if since is None:
        query, firsts = None, [facts.first(step, "seq") for step in steps]
    else:
        query, firsts = _firsts(steps, since, facts), [f"x.step_{n}" for n in range(len(steps))]
    early = [
        f"({later} IS NOT NULL AND COALESCE({earlier} > {later}, 1 = 1))"
        for earlier, later in pairwise(firsts)
    ]
    branches = [] if since is None else [f"WHEN x.case_no IS NULL THEN {NOT_ACTIVATED}"]
    branches += [f"WHEN {' OR '.join(early)} THEN {VIOLATED}"] if early else []
    branches += [f"WHEN {firsts[-1]} IS NOT NULL THEN {FULFILLED}", f"WHEN {at.closed} THEN {VIOLATED}"]
    return f"CASE {' '.join(branches)} ELSE {PENDING} END", query


def _firsts(steps: Sequence[EventClass], since: EventClass, facts: CaseFacts) -> str:
    """One row per case in which they were announced: the first of each step from then on."""
    log, zone, scope = facts.log, facts.zone, facts.scope
    by_case = " JOIN cases AS k ON k.case_no = e.case_no"
    starts = (
        f"SELECT e.case_no, MIN(e.seq) AS start_seq FROM events AS e{by_case if uses_case(since.where, log) else ''}"
        f"{scope.events('e', event_class(since, log, zone).holds)} GROUP BY e.case_no"
    )
    first = ", ".join(
        f"MIN(CASE WHEN {event_class(step, log, zone).holds} THEN e.seq END) AS step_{n}"
        for n, step in enumerate(steps)
    )
    join = by_case if any(uses_case(step.where, log) for step in steps) else ""
    return (
        f"SELECT e.case_no, {first} FROM events AS e JOIN ({starts}) AS o ON o.case_no = e.case_no "
        f"AND e.seq >= o.start_seq{join}{scope.events()} GROUP BY e.case_no"
    )
