"""Which events made a case fail a requirement that is judged once per case?

Asked for a handful of cases only, so their events are walked through as docs/concepts/rules.md tells it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ketenreis.measure.clauses import Moment
from ketenreis.measure.clocks import opening_time
from ketenreis.measure.judging import Judging
from ketenreis.measure.limits import Limits
from ketenreis.measure.planning import Plan
from ketenreis.measure.predicates import event_class
from ketenreis.requirements import PATTERN, EventClass, Measure


@dataclass(frozen=True, slots=True)
class Evidence:
    """The events that show it.

    Attributes:
        activity: Code of the label of the event that was one too many, came out of its turn, or from which was counted.
        us: When that was.
        target_us: The other end: when what had to come came; null when it did not.
    """

    activity: int
    us: int
    target_us: int | None = None


@dataclass(frozen=True, slots=True)
class _Event:
    """One event of a case: what it belongs to, by argument, and what the measure adds up or compares."""

    seq: int
    us: int
    at: int
    activity: int
    of: Mapping[str, bool]
    value: int | None


@dataclass(frozen=True, slots=True)
class _Case:
    """A violated case as it is walked through; `now` is by the requirement's own clock."""

    events: list[_Event]
    measure: Measure
    limit: float | None
    is_closed: bool
    now: int

    def those(self, name: str) -> list[_Event]:
        """The events of an argument; every event where it was left out."""
        return [event for event in self.events if event.of.get(name, True)]

    def end(self, events: list[_Event]) -> list[_Event]:
        """The event at which a closed case ended; nothing while it is open."""
        return events[-1:] if self.is_closed else []


def evidence(judging: Judging, plan: Plan, cases: Sequence[int]) -> dict[int, Evidence]:
    """The exact events behind violated cases.

    Args:
        judging: The judged log.
        plan: How the requirement was judged: once per case.
        cases: The numbers of violated cases.

    Returns:
        By case number; a case in which something never happened has nothing to show.
    """
    measure = plan.requirement.measure
    form = PATTERN[measure.pattern].form if measure else None
    show = _SHOWN.get(form or "")
    if measure is None or show is None or not cases:
        return {}
    found = {number: show(case) for number, case in _walked(judging, plan, measure, cases).items()}
    return {number: each for number, each in found.items() if each is not None}


def _walked(judging: Judging, plan: Plan, measure: Measure, cases: Sequence[int]) -> dict[int, _Case]:
    """Reads the events of some cases, with what each belongs to."""
    log, zone = judging.log, judging.zone
    named = {name: one for name, one in measure.arguments.items() if isinstance(one, EventClass)}
    steps = measure.get("steps")
    named |= {f"step {n}": one for n, one in enumerate(steps if isinstance(steps, tuple) else ())}
    marks = [
        f"CASE WHEN {event_class(one, log, zone).holds} THEN 1 ELSE 0 END AS m{n}"
        for n, one in enumerate(named.values())
    ]
    column = log.column(str(measure.get("attribute"))) if measure.get("attribute") else None
    value = "NULL" if column is None else f"{'k' if column.level == 'case' else 'e'}.{column.column}"
    limits = Limits.of(plan.requirement, log, zone, None)
    counts = set(PATTERN[measure.pattern].limits) & {"whole", "number"}
    scale = column.scale if column and PATTERN[measure.pattern].form == "total" else 0
    limit = limits.number(f"COALESCE(k.first_us, {judging.now})", scale) if counts else "NULL"
    at, now, join = "e.us", str(judging.now), ""
    if plan.tables:
        table = plan.tables[0]
        join = table.join("q", "e.us") + table.join("q_now", now)
        at, now = opening_time("q", "e.us"), opening_time("q_now", now)
    closed = f"CASE WHEN {Moment(judging.now, log.end_of_file).closed} THEN 1 ELSE 0 END"
    numbers = ", ".join(map(str, cases))
    rows = judging.engine.run(
        f"SELECT e.case_no, e.seq, e.us, e.activity, {at} AS at, {now} AS now_at, {limit} AS high, {closed} AS is_closed, "
        f"{value} AS value{''.join(', ' + mark for mark in marks)} FROM events AS e JOIN cases AS k ON k.case_no = e.case_no"
        f"{join} WHERE e.case_no IN ({numbers}) AND e.us <= {judging.now} ORDER BY e.case_no, e.seq"
    )
    found: dict[int, _Case] = {}
    for number, seq, us, activity, moment, now_at, high, is_closed, amount, *belongs in rows:
        of = dict(zip(named, map(bool, belongs), strict=True))
        if number not in found:
            most = None if high is None else float(high)
            found[number] = _Case([], measure, most, bool(is_closed), int(now_at or 0))
        event = _Event(seq, us, int(moment or 0), activity, of, amount)
        found[number].events.append(event)
    return found


def _shown(event: _Event | None, target: _Event | None = None) -> Evidence | None:
    return None if event is None else Evidence(event.activity, event.us, target.us if target else None)


def _count(case: _Case) -> Evidence | None:
    """The event that was one too many; nothing when there were too few."""
    pattern, times = PATTERN[case.measure.pattern], case.measure.get("times") or 1
    allowed = int(case.limit or 0) if pattern.count == "at_most" else int(str(times))
    if pattern.count == "fewer_than":
        allowed -= 1
    happened = case.those("event")
    too_many = pattern.count != "at_least" and len(happened) > allowed
    return _shown(happened[allowed]) if too_many else None


def _first(case: _Case) -> Evidence | None:
    return _shown(case.events[0])


def _last(case: _Case) -> Evidence | None:
    return _shown(case.events[-1])


def _choice(case: _Case) -> Evidence | None:
    """Both, the earlier first."""
    firsts = sorted((found[0] for name in "ab" if (found := case.those(name))), key=lambda event: event.us)
    return _shown(firsts[0], firsts[-1]) if firsts else None


def _deadline(case: _Case) -> Evidence | None:
    return _shown(next(iter(case.those("event")), None))


def _window(case: _Case) -> Evidence | None:
    """The last promise that counted, and when it came."""
    came = next(iter(case.those("event")), None)
    until = case.events.index(came) if came else len(case.events)
    moved = case.measure.get("moved") is not None
    promises = [
        event for event in case.events[:until] if event.of["promise"] and not (moved and event.of["moved"])
    ]
    return _shown(promises[-1], came) if promises else None


def _sequence(case: _Case) -> Evidence | None:
    """The step that came out of its turn and the one it passed; else the last that came before it stopped."""
    start = 0
    if case.measure.get("since") is not None:
        start = case.events.index(case.those("since")[0])
    count = sum(name.startswith("step ") for name in case.events[0].of)
    firsts = [
        next((n for n in range(start, len(case.events)) if case.events[n].of[f"step {step}"]), None)
        for step in range(count)
    ]
    for before, here in pairwise(firsts):
        if here is not None and (before is None or before > here):
            return _shown(case.events[here], None if before is None else case.events[before])
    done = [number for number in firsts if number is not None]
    return _shown(case.events[done[-1] if done else start])


def _span(case: _Case) -> Evidence | None:
    """Where it began and where it ended."""
    has_end = case.measure.get("until") is not None
    starts = case.those("since") if case.measure.get("since") is not None else case.events[:1]
    start = starts[-1 if case.measure.get("since_which") == "last" else 0]
    after = case.events[case.events.index(start) :]
    ends = [event for event in after if event.of["until"]] if has_end else case.end(after)
    last = case.measure.get("until_which") == "last"
    return _shown(start, ends[-1 if last else 0] if ends else None)


def _silence(case: _Case) -> Evidence | None:
    """The two ends of the longest silence; the second is missing while it lasts."""
    starts = case.those("since") if case.measure.get("since") is not None else case.events[:1]
    if not starts:
        return None
    inside = case.events[case.events.index(starts[0]) :]
    ends = [event for event in inside[1:] if event.of.get("until", False)]
    if ends:
        inside = inside[: inside.index(ends[0]) + 1]
    heard = [event for event in inside[1:] if event.of.get("news", True)]
    stops = ends[:1] or case.end(inside)
    heard = [starts[0], *(event for event in heard if event not in stops), *stops]
    gaps = [(after.at - before.at, before, after) for before, after in pairwise(heard)]
    longest = max(gaps, key=lambda gap: gap[0], default=None)
    if not stops and (longest is None or case.now - heard[-1].at > longest[0]):
        return _shown(heard[-1])
    return _shown(longest[1], longest[2]) if longest else None


def _total(case: _Case) -> Evidence | None:
    """The event that took the total beyond its limit for good."""
    amount, beyond = 0, None
    for event in case.those("event"):
        amount += event.value or 0
        if amount <= (case.limit or 0):
            beyond = None
        elif beyond is None:
            beyond = event
    return _shown(beyond)


def _different(case: _Case) -> Evidence | None:
    """The event with the first value too many."""
    seen: set[int] = set()
    for event in case.those("event"):
        if event.value is not None:
            seen.add(event.value)
            if len(seen) > (case.limit or 0):
                return _shown(event)
    return None


def _switches(case: _Case) -> Evidence | None:
    """The event at the first change too many."""
    changes = 0
    for before, event in pairwise(case.events):
        if before.value is not None and event.value is not None and before.value != event.value:
            changes += 1
            if changes > (case.limit or 0):
                return _shown(event)
    return None


_SHOWN: Mapping[str, Callable[[_Case], Evidence | None]] = {
    "count": _count,
    "first": _first,
    "last": _last,
    "choice": _choice,
    "deadline": _deadline,
    "window": _window,
    "sequence": _sequence,
    "span": _span,
    "silence": _silence,
    "total": _total,
    "different": _different,
    "switches": _switches,
}
