"""By which form is a case judged as a whole? Counts, ends, choices and deadlines here; `spans` and `amounts` beside."""

from collections.abc import Callable, Mapping

from ketenreis.errors import UnknownAttributeError
from ketenreis.measure.amounts import different, switches, total
from ketenreis.measure.announced import sequence
from ketenreis.measure.case_facts import CaseFacts
from ketenreis.measure.case_verdict import Asked, CaseVerdict, case_when, joined_cases, limit_missing
from ketenreis.measure.clauses import FULFILLED, NOT_ACTIVATED, PENDING, VIOLATED, Moment, classes_of
from ketenreis.measure.clocks import Clock
from ketenreis.measure.limits import Limits
from ketenreis.measure.predicates import event_class
from ketenreis.measure.spans import silence, span
from ketenreis.requirements import PATTERN, EventClass, Measure


def case_form(measure: Measure, facts: CaseFacts, limits: Limits, at: Moment, clock: Clock) -> CaseVerdict:
    """Judges a measure whose pattern has a form."""
    pattern = PATTERN[measure.pattern]
    asked = Asked(measure, pattern, classes_of(measure, pattern), facts, limits, at, clock)
    return _FORMS[pattern.form or ""](asked)


def _count(asked: Asked) -> CaseVerdict:
    count = f"COALESCE({asked.facts.count(asked.classes['event'])}, 0)"
    if asked.pattern.count == "at_most":
        limit = asked.limits.number(asked.anchor)
        verdict = case_when((f"{count} > {limit}", VIOLATED), (asked.at.closed, FULFILLED))
        return CaseVerdict(verdict, count, unknown=limit_missing(asked))
    times = asked.measure.get("times") or 1
    branches = {
        "at_least": ((f"{count} >= {times}", FULFILLED), (asked.at.closed, VIOLATED)),
        "fewer_than": ((f"{count} >= {times}", VIOLATED), (asked.at.closed, FULFILLED)),
        "exactly": (
            (f"{count} > {times}", VIOLATED),
            (f"{asked.at.closed} AND {count} = {times}", FULFILLED),
            (asked.at.closed, VIOLATED),
        ),
    }[asked.pattern.count or "at_least"]
    return CaseVerdict(case_when(*branches), count)


def _first(asked: Asked) -> CaseVerdict:
    is_first, is_not = _at_end(asked, "e.seq = 0")
    return CaseVerdict(case_when((is_first, FULFILLED), (is_not, VIOLATED), (asked.at.closed, VIOLATED)))


def _at_end(asked: Asked, here: str) -> tuple[str, str]:
    """Whether the event at an end of the case belongs, and whether it does not; neither in a case without events."""
    found = asked.facts.count(asked.classes["event"], here)
    return f"{found} = 1", f"{found} = 0"


def _last(asked: Asked) -> CaseVerdict:
    is_last, _ = _at_end(asked, asked.facts.scope.at_end)
    return CaseVerdict(
        case_when((f"NOT ({asked.at.closed})", PENDING), (is_last, FULFILLED), otherwise=VIOLATED)
    )


def _choice(asked: Asked) -> CaseVerdict:
    one, other = (f"COALESCE({asked.facts.count(asked.classes[name])}, 0) > 0" for name in ("a", "b"))
    if asked.pattern.name == "choice":
        return CaseVerdict(case_when((f"{one} OR {other}", FULFILLED), (asked.at.closed, VIOLATED)))
    return CaseVerdict(
        case_when(
            (f"{one} AND {other}", VIOLATED),
            (f"({asked.at.closed}) AND ({one} OR {other})", FULFILLED),
            (asked.at.closed, VIOLATED),
        )
    )


def _deadline(asked: Asked) -> CaseVerdict:
    event, moment = asked.facts.first(asked.classes["event"]), asked.limits.moment(asked.anchor)
    verdict = case_when(
        (f"{event} <= {moment}", FULFILLED),
        (f"{event} IS NOT NULL OR {asked.at.now} > {moment} OR {asked.at.closed}", VIOLATED),
    )
    return CaseVerdict(verdict, f"{event} - ({moment})", "time", limit_missing(asked))


def _window(asked: Asked) -> CaseVerdict:
    """Whether the first event falls within the window of the last promise before it, made on time or moved since.

    Which promises count is the event class's to say; what the organisation itself moved does not, so moving breaks them.
    """
    facts, at = asked.facts, asked.at
    event, promise = (
        event_class(asked.classes[name], facts.log, facts.zone) for name in ("event", "promise")
    )
    moved = asked.measure.get("moved")
    counts, looked = promise.holds, [asked.classes["promise"]]
    if isinstance(moved, EventClass):
        is_moved = event_class(moved, facts.log, facts.zone).holds
        counts, looked = f"({counts}) AND CASE WHEN {is_moved} THEN 0 ELSE 1 END = 1", [*looked, moved]
    opens, closes = (_edge(asked, name) for name in ("opens", "closes"))
    ends = (
        "SELECT e.case_no, MIN(e.seq) AS end_seq, MIN(e.us) AS end_us FROM events AS e"
        f"{joined_cases(facts, asked.classes['event'])}{facts.scope.events('e', event.holds)} GROUP BY e.case_no"
    )
    promised = (
        f"SELECT e.case_no, MAX(e.seq) AS last_seq FROM events AS e LEFT JOIN ({ends}) AS z ON z.case_no = e.case_no"
        f"{joined_cases(facts, *looked)}"
        f"{facts.scope.events('e', counts, 'z.end_seq IS NULL OR e.seq < z.end_seq')} GROUP BY e.case_no"
    )
    query = (
        f"SELECT p.case_no, z.end_us, {opens} AS opens_us, {closes} AS closes_us FROM ({promised}) AS p "
        f"JOIN events AS e ON e.case_no = p.case_no AND e.seq = p.last_seq JOIN cases AS k ON k.case_no = p.case_no "
        f"LEFT JOIN ({ends}) AS z ON z.case_no = p.case_no"
    )
    slack = asked.limits.slack_us
    verdict = case_when(
        ("x.case_no IS NULL", NOT_ACTIVATED),
        (
            f"x.end_us <= x.closes_us + {slack} AND COALESCE(x.end_us >= x.opens_us - {slack}, 1 = 1)",
            FULFILLED,
        ),
        (f"x.end_us IS NOT NULL OR {at.now} > x.closes_us + {slack} OR {at.closed}", VIOLATED),
    )
    unknown = ["x.case_no IS NOT NULL AND x.closes_us IS NULL"]
    if asked.measure.get("opens") is not None:
        unknown.append("x.case_no IS NOT NULL AND x.opens_us IS NULL")
    return CaseVerdict(verdict, "x.end_us - x.closes_us", "time", tuple(unknown), query)


def _sequence(asked: Asked) -> CaseVerdict:
    steps, since = asked.measure.get("steps"), asked.measure.get("since")
    verdict, query = sequence(
        steps if isinstance(steps, tuple) else (),
        since if isinstance(since, EventClass) else None,
        asked.facts,
        asked.at,
    )
    return CaseVerdict(verdict, query=query)


def _edge(asked: Asked, name: str) -> str:
    """The column of an edge of the window, on the promise or on its case."""
    named = asked.measure.get(name)
    if named is None:
        return "CAST(NULL AS BIGINT)"
    column = asked.facts.log.column(str(named))
    if column.type != "moment" and not column.is_empty:
        raise UnknownAttributeError(f"{column.name!r} is not a moment: it cannot be the edge of a window.")
    return f"{'k' if column.level == 'case' else 'e'}.{column.column}"


_FORMS: Mapping[str, Callable[[Asked], CaseVerdict]] = {
    "count": _count,
    "first": _first,
    "last": _last,
    "choice": _choice,
    "deadline": _deadline,
    "window": _window,
    "sequence": _sequence,
    "span": span,
    "silence": silence,
    "total": total,
    "different": different,
    "switches": switches,
}
