"""Counts deviations of journeys case by case, in plain Python: what the engine must find too. Imports nothing of the product.

A journey is: points in their order, each (name, labels, mandatory); pairs of names of which the first should come first;
labels that are contacts though not planned, other labels that are work of ours; and limits: (after, comes, minutes) means
that `comes` should follow each `after` within so many minutes. A case is a list of (label, minute); CLOSE closes it.
"""

CLOSE = "closed"


def walked(cases, points, pairs, work, limits, now):
    """Per type of deviation the closed and the open cases, over all and per touchpoint or label."""
    found = {"closed": set(), "open": set(), "came": {}, "pending": {}}
    flags = {}
    for name, case in cases.items():
        events = sorted((minute, at, label) for at, (label, minute) in enumerate(case) if minute <= now)
        first = {
            point: next((at for at, (_, _, label) in enumerate(events) if label in labels), None)
            for point, labels, _ in points
        }
        if all(at is None for at in first.values()):
            continue
        closed = any(label == CLOSE for _, _, label in events)
        found["closed" if closed else "open"].add(name)
        planned = {label for _, labels, _ in points for label in labels}
        for _, _, label in events:
            if label not in planned and label not in work and label != CLOSE:
                flags.setdefault(("ad_hoc", label), set()).add(name)
        overdue, late = judged(events, points, limits, closed, now)
        for point, _, mandatory in points:
            if first[point] is not None:
                found["came"].setdefault(point, set()).add(name)
            elif mandatory and (closed or point in overdue):
                flags.setdefault(("missing", point), set()).add(name)
            elif mandatory:
                found["pending"].setdefault(point, set()).add(name)
            if point in late:
                flags.setdefault(("failure", point), set()).add(name)
        for one, other in pairs:
            if None not in (first[one], first[other]) and first[one] > first[other]:
                flags.setdefault(("irregular", one), set()).add(name)
    return found, flags


def judged(events, points, limits, closed, now):
    """The points that a limit asked for in vain, and those that came later than it."""
    overdue, late = set(), set()
    of = {point: labels for point, labels, _ in points}
    for after, comes, minutes in limits:
        for at, (minute, _, label) in enumerate(events):
            if label not in of[after]:
                continue
            answer = next((m for m, _, other in events[at + 1 :] if other in of[comes]), None)
            if answer is None and (closed or now - minute > minutes):
                overdue.add(comes)
            if answer is not None and answer - minute > minutes:
                late.add(comes)
    return overdue, late
