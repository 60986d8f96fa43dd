"""What Hypothesis draws: logs with ties, open cases and missing values, rules over every pattern, and moments to judge at.

An event is drawn as two numbers and read off in tables, so that a log of forty cases stays a small draw. (One number over
all tables would be so large that Hypothesis draws it small on purpose: the last table would give its first value.)
"""

from datetime import date
from typing import NamedTuple

from hypothesis import assume
from hypothesis import strategies as st
from tests.logs import BASE, DAY, FALSE, HOUR, MINUTE, SECOND, TRUE, Log, Row, Wanted

MAPPING = {"A": ("a",), "B": ("b",), "C": ("c",), "A and B": ("a", "b"), "Done": ("c",), "Noise": ()}
CLOSING = ("Done",)
GAPS = (0, 0, SECOND, SECOND, MINUTE - SECOND // 10, MINUTE, MINUTE + SECOND // 10, HOUR, DAY, 2 * DAY)
STARTS = (0, DAY - MINUTE, DAY, 2 * DAY - 1, 2 * DAY)
CHANNELS = (None, "web", "desk", "phone")
AMOUNTS = (None, 0, 1, 2.5, -1, 3)
PARCELS = ("one", "two", None)
PAID = (TRUE, FALSE, None)
PROMISED = (None, BASE + MINUTE, BASE + DAY, BASE + 3 * DAY)
SEGMENTS = ("family", "single", None)
CAPS = (None, 0, 1, 2)
LIMITS = (0, MINUTE - SECOND // 10, MINUTE, HOUR, DAY, DAY, 3 * DAY)
DAYS = (date(2024, 5, 6), date(2024, 5, 7), date(2024, 5, 8))


def pick(code, *tables):
    """Reads one value from each table off one number."""
    found = []
    for table in tables:
        code, index = divmod(code, len(table))
        found.append(table[index])
    return found


def codes(*tables):
    """The numbers that `pick` can read from these tables."""
    size = 1
    for table in tables:
        size *= len(table)
    return st.integers(0, size - 1)


LABELS = tuple(MAPPING)
# Values are often present: a table of many missing ones would exclude nearly every case.
OFTEN_CHANNEL = CHANNELS[1:] * 5 + CHANNELS[:1]
OFTEN_AMOUNT = AMOUNTS[1:] * 3 + AMOUNTS[:1]
OFTEN_PARCEL = PARCELS[:2] * 8 + PARCELS[2:]
OFTEN_PAID = PAID[:2] * 3 + PAID[2:]
OFTEN_PROMISED = PROMISED[1:] * 5 + PROMISED[:1]
OFTEN_SEGMENT = SEGMENTS[:2] * 5 + SEGMENTS[2:]
OFTEN_CAP = CAPS[1:] * 4 + CAPS[:1]
WHAT = (LABELS, GAPS, OFTEN_CHANNEL)
WITH = (OFTEN_AMOUNT, OFTEN_PARCEL, OFTEN_PAID, OFTEN_PROMISED)
CASE = (STARTS, OFTEN_SEGMENT, OFTEN_CAP, OFTEN_PROMISED)


def sizes(most):
    """How many: mostly as many as may be, for a run costs more than a case; one, when a failure is made small."""
    return st.sampled_from((1, most // 2, most, most))


@st.composite
def logs(draw, *, cases=40, events=7):
    """A log in a file's order, with cases without events, cases closed by an event, and equal times."""
    size = draw(sizes(cases))
    drawn = [
        (draw(codes(*CASE)), draw(st.lists(st.tuples(codes(*WHAT), codes(*WITH)), max_size=events)))
        for _ in range(size)
    ]
    rows, attributes = [], {}
    for number, (case, codes_of_events) in enumerate(drawn):
        name = f"case {number}"
        start, segment, cap, deadline = pick(case, *CASE)
        attributes[name] = {"segment": segment, "cap": cap, "deadline": deadline}
        us = BASE + start
        for what, how in codes_of_events:
            label, gap, channel = pick(what, *WHAT)
            amount, parcel, paid, promised = pick(how, *WITH)
            us += gap
            values = {
                "channel": channel,
                "amount": amount,
                "parcel": parcel,
                "paid": paid,
                "promised": promised,
            }
            rows.append(Row(name, label, us, values))
    if not rows:
        rows.append(
            Row(
                "case 0",
                "A",
                BASE,
                {"channel": "web", "amount": 1, "parcel": "one", "paid": None, "promised": None},
            )
        )
    # The first log that is drawn is the smallest there is: little can go wrong with it, and to judge it takes as long.
    assume(len(rows) > 1)
    order = draw(st.sampled_from(["by case", "by time", "backwards"]))
    if order == "by time":
        rows.sort(key=lambda row: row.us)
    if order == "backwards":
        rows.reverse()
    return Log(tuple(rows), attributes, MAPPING, draw(st.sampled_from([CLOSING, ()])))


@st.composite
def moments(draw, log):
    """When to judge: by default, before everything, at or around an event, at or around a limit's end, afterwards."""
    times = sorted({row.us for row in log.rows})
    kind = draw(st.sampled_from(["default", "before", "at", "at", "limit", "limit", "after"]))
    if kind == "default":
        return None
    if kind == "before":
        return times[0] - 1
    if kind == "after":
        return times[-1] + draw(st.sampled_from((1, MINUTE, 10 * DAY)))
    at = draw(st.sampled_from(times)) + (draw(st.sampled_from(LIMITS)) if kind == "limit" else 0)
    return at + draw(st.sampled_from((0, 0, -1, 1)))


EVENT_TESTS = st.sampled_from(
    [
        ("=", "channel", "web"), ("!=", "channel", "web"), ("in", "channel", ("web", "phone")), ("<", "channel", "phone"),
        ("=", "channel", "pigeon"), (">=", "amount", 1), ("<", "amount", 2.25), ("=", "amount", 2.5), ("<=", "amount", -1),
        ("missing", "channel"), ("not", ("missing", "amount")), ("=", "parcel", "one"), ("in", "amount", (0, 3)),
        ("missing", "promised"), ("=", "paid", TRUE), ("!=", "paid", FALSE), (">", "cap", 0), ("=", "segment", "family"), ("missing", "deadline"),
    ]
)  # fmt: skip
CASE_TESTS = st.sampled_from(
    [
        ("=", "segment", "family"), ("!=", "segment", "single"), (">", "cap", 0), ("missing", "deadline"),
        ("not", ("missing", "segment")), ("in", "cap", (1, 2)), ("=", "segment", "nobody"),
    ]
)  # fmt: skip
PAIR_TESTS = st.sampled_from(
    [
        ("=", "a.parcel", ("name", "b.parcel")), ("!=", "a.channel", ("name", "b.channel")),
        ("<", "a.amount", ("name", "b.amount")), ("<=", "a.promised", ("name", "b.promised")),
        ("=", "b.channel", "web"), (">=", "a.amount", 1), ("missing", "b.parcel"), ("=", "a.paid", ("name", "b.paid")),
        ("<=", "b.promised", ("name", "a.deadline")), ("=", "a.segment", "family"), ("<", "a.amount", ("name", "b.cap")), ("<", "a.channel", ("name", "b.channel")),
    ]
)  # fmt: skip


def conditions(tests):
    """A test, or a small composition of tests."""
    return st.one_of(
        tests,
        tests,
        tests.map(lambda one: ("not", one)),
        st.tuples(st.sampled_from(["and", "or"]), tests, tests),
    )


def classes(usual="a"):
    """An event class, mostly of one element and without a condition."""
    elements = st.sampled_from([(usual,), (usual,), (usual,), ("a",), ("b",), ("c",), ("a", "c"), ()])
    where = st.one_of(st.none(), st.none(), st.none(), conditions(EVENT_TESTS))
    return st.builds(Wanted, elements, where)


def usual(argument):
    """Two arguments of one rule mostly speak of different events."""
    return "b" if argument in ("b", "comes", "until", "news", "promise") else "a"


def norms(limits):
    """One to three norms, the first with or without a day."""
    return st.lists(limits, min_size=1, max_size=3).flatmap(
        lambda chosen: st.tuples(st.sampled_from([0, 1]), st.permutations(DAYS)).map(
            lambda drawn: _dated(chosen, drawn[0], sorted(drawn[1][: len(chosen)]))
        )
    )


def _dated(limits, undated, days):
    return [
        (None if undated and i == 0 else day, limit)
        for i, (limit, day) in enumerate(zip(limits, days, strict=True))
    ]


DURATION = st.sampled_from(LIMITS).map(lambda us: ("us", us))
MOMENT = st.just(("attribute", "deadline"))
TIME = st.one_of(DURATION, DURATION, MOMENT)
MAYBE_TIME = st.one_of(st.none(), TIME)
WHOLE = st.one_of(st.sampled_from([("number", n) for n in (0, 1, 2, 3)]), st.just(("attribute", "cap")))
NUMBER = st.one_of(WHOLE, st.sampled_from([("number", 1.5), ("number", 2.5)]))

PAIRED = (
    "responded_existence", "co_existence", "response", "alternate_response", "chain_response", "precedence",
    "alternate_precedence", "chain_precedence", "succession", "alternate_succession", "chain_succession",
    "not_co_existence", "not_succession", "not_chain_succession",
)  # fmt: skip
LIMIT_OF = {
    "within": TIME, "before": MOMENT, "at_most": WHOLE, "never_after": MAYBE_TIME, "no_silence_longer_than": DURATION,
    "duration": TIME, "total": NUMBER, "different": WHOLE, "switches": WHOLE, **dict.fromkeys(PAIRED, MAYBE_TIME),
}  # fmt: skip
CLASSES_OF = {
    "within": ("after", "comes"), "never_after": ("after", "comes"), "choice": ("a", "b"), "exclusive_choice": ("a", "b"),
    **dict.fromkeys(PAIRED, ("a", "b")),
    "only_between": ("event", "since", "until"), "in_window": ("event", "promise"), "only_while": ("event", "until"),
    **dict.fromkeys(("before", "at_most", "existence", "absence", "exactly", "init", "end", "payload"), ("event",)),
}  # fmt: skip
MAYBE_CLASSES_OF = {
    "no_silence_longer_than": ("news", "since", "until"), "duration": ("since", "until"),
    "only_while": ("since",), "as_announced": ("since",), "in_window": ("moved",),
    "total": ("event",), "different": ("event",),
}  # fmt: skip
VALUES = st.sampled_from(("channel", "parcel", "amount", "promised", "paid", "segment", "deadline"))
MOMENTS = st.sampled_from(("promised", "promised", "deadline"))
TIMES = st.sampled_from((1, 2, 3))
FIRST_OR_LAST = st.sampled_from(("first", "last"))
ARGUMENTS_OF = {
    "total": {"attribute": st.sampled_from(("amount", "amount", "cap"))},
    "different": {"attribute": VALUES},
    "switches": {"attribute": VALUES},
    **{name: {"times": TIMES} for name in ("existence", "absence", "exactly")},
    "payload": {"holds": conditions(EVENT_TESTS)},
    "in_window": {"closes": MOMENTS, "opens": st.one_of(st.none(), MOMENTS)},
    "as_announced": {
        "steps": st.lists(st.sampled_from("abc"), min_size=1, max_size=3).flatmap(
            lambda names: st.tuples(*map(classes, names))
        )
    },
    "duration": {"since_which": FIRST_OR_LAST, "until_which": FIRST_OR_LAST},
}
TWO_EVENTS = (*PAIRED, "within", "never_after")
TIMED = (*TWO_EVENTS, "before", "in_window", "no_silence_longer_than", "duration")
EVERY = tuple(sorted({*LIMIT_OF, *CLASSES_OF, *MAYBE_CLASSES_OF}))
RARELY = st.sampled_from([False, False, True])


@st.composite
def rules(draw, pattern):
    """A rule of a pattern, with all that this pattern may hold."""
    rule = {"pattern": pattern}
    for name in CLASSES_OF.get(pattern, ()):
        rule[name] = draw(classes(usual(name)))
    for name in MAYBE_CLASSES_OF.get(pattern, ()):
        if draw(st.booleans()):
            rule[name] = draw(classes(usual(name)))
    for name, values in ARGUMENTS_OF.get(pattern, {}).items():
        value = draw(values)
        if value is not None:
            rule[name] = value
    if pattern in LIMIT_OF:
        rule["norms"] = draw(norms(LIMIT_OF[pattern]))
    if pattern in TIMED and draw(RARELY):
        rule["tolerance"] = draw(st.sampled_from((SECOND // 10, SECOND, HOUR)))
    if pattern in TWO_EVENTS:
        rule |= draw(between_two(pattern))
    if pattern in ("within", "duration") and draw(st.booleans()):
        rule |= draw(stopping_clocks())
    if draw(RARELY) and draw(st.booleans()):
        rule["population"] = draw(conditions(CASE_TESTS))
    if draw(RARELY) and draw(st.booleans()):
        reasons = draw(st.permutations(("tested", "withdrawn")))
        rule["exclusions"] = [(draw(conditions(CASE_TESTS)), reason) for reason in reasons]
    return rule


@st.composite
def stopping_clocks(draw):
    """A clock that may stop, resume and be extended."""
    found = {}
    if draw(st.booleans()):
        found["stops"] = draw(classes("c"))
        if draw(st.integers(0, 4)):
            found["resumes"] = draw(classes("b"))
    if draw(st.booleans()):
        found["extended_by"] = draw(classes("c"))
        found["extension"] = draw(st.sampled_from((SECOND, HOUR, DAY)))
    return found


@st.composite
def between_two(draw, pattern):
    """What a rule on an activation and its target may say besides: how soon at the earliest, how paired, how related."""
    found = {}
    if draw(RARELY):
        found["at_least"] = draw(st.sampled_from((1, SECOND, MINUTE, DAY)))
    if pattern == "within" and draw(RARELY):
        found["match"] = "fifo"
    elif draw(RARELY):
        found["where"] = draw(conditions(PAIR_TESTS))
    return found


class Situation(NamedTuple):
    """A log, some rules, and when to judge; None is the last event."""

    log: Log
    rules: list
    now: int | None

    def __repr__(self):
        return f"Situation({self.log!r}, {len(self.rules)} rules, now={self.now})"


@st.composite
def situations(draw, *, cases=40, patterns=EVERY):
    """A log, a rule of each of the patterns, and when to judge."""
    log = draw(logs(cases=cases))
    return Situation(log, [draw(rules(pattern)) for pattern in patterns], draw(moments(log)))
