"""Who moved what was promised: nobody, the customer, the organisation, or both; and was it kept then?"""

from ketenreis.measure.figures import Group, grouped
from ketenreis.measure.judging import Judging
from ketenreis.measure.predicates import event_class, uses_case
from ketenreis.requirements import EventClass

MOVERS = ("nobody", "customer", "organisation", "both")
"""Names of the groups, in the order in which they are told."""


def moves(judging: Judging, requirement_id: str) -> list[Group]:
    """The counts of a requirement about a window, by who moved the promise before it came.

    A second promise that counts is one that the customer moved; an event of `moved` is one that the organisation moved.

    Returns:
        Groups named as in MOVERS, none of fewer than five cases; nothing where the measure does not name `moved`.
    """
    n, plan = judging.index(requirement_id), judging.plans[requirement_id]
    measure = plan.requirement.measure
    named = [measure.get(name) for name in ("event", "promise", "moved")] if measure else []
    classes = [one for one in named if isinstance(one, EventClass)]
    if not classes or len(classes) < len(named):
        return []
    event, promise, moved = (event_class(one, judging.log, judging.zone).holds for one in classes)
    join = (
        " JOIN cases AS k ON k.case_no = e.case_no"
        if any(uses_case(one.where, judging.log) for one in classes)
        else ""
    )
    until = f"e.us <= {judging.now}"
    came = f"SELECT e.case_no, MIN(e.seq) AS seq FROM events AS e{join} WHERE ({event}) AND {until} GROUP BY e.case_no"
    told = (
        f"SELECT e.case_no, SUM(CASE WHEN {moved} THEN 1 ELSE 0 END) AS ours, "
        f"SUM(CASE WHEN {moved} THEN 0 WHEN {promise} THEN 1 ELSE 0 END) AS theirs FROM events AS e{join} "
        f"LEFT JOIN ({came}) AS z ON z.case_no = e.case_no "
        f"WHERE (({promise}) OR ({moved})) AND {until} AND (z.seq IS NULL OR e.seq < z.seq) GROUP BY e.case_no"
    )
    who = "CASE WHEN t.ours > 0 AND t.theirs > 1 THEN 3 WHEN t.ours > 0 THEN 2 WHEN t.theirs > 1 THEN 1 ELSE 0 END"
    rows = f"SELECT {who} AS part, j.v{n} AS v FROM judged AS j JOIN ({told}) AS t ON t.case_no = j.case_no"
    found = grouped(judging, plan, rows, dict(enumerate(MOVERS)))
    return sorted(found, key=lambda group: MOVERS.index(group.name or ""))
