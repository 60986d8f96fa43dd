"""Small logs judged by hand from docs/concepts/rules.md: what the slow checker and the engine must both say.

A trace reads `label@seconds[attribute=value,…]`, seconds after the base moment. Each label is the element of that name;
`ab` is of both a and b. A case is closed at now unless it says `open`; an open one closes with `done`.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from tests.logs import BASE, DAY, FALSE, HOUR, MINUTE, SECOND, TRUE, Log, Row, Wanted

SHOWN = {"cap": 7, "deadline": BASE, "segment": "other"}
SHOWN_AT_EVENTS = {"slots": 4.0, "n": 3.0}
"""Values by which the engine knows of which type an attribute is, where the counted cases have none."""


@dataclass(frozen=True)
class HandCounted:
    """One case, one rule, and what must come out.

    `activations` are the activations' verdicts, by clause and then seq, by their first letters; None where the rule has none.
    """

    name: str
    trace: str
    rule: dict
    verdict: str
    activations: str | None = None
    now: float | None = None
    open: bool = False
    case: dict = field(default_factory=dict)
    reason: str | None = None
    zone: str = "UTC"

    @property
    def log(self):
        rows = tuple(row(word) for word in self.trace.split())
        labels = dict.fromkeys(("a", "b", "c", "ab", "done", *(row.label for row in rows)))
        mapping = {label: ("a", "b") if label == "ab" else (label,) for label in labels}
        return Log(rows, {"case": self.case}, mapping, ("done",) if self.open else (), self.zone)

    @property
    def now_us(self):
        """When it is judged; of a closed case that says no moment, none matters."""
        if self.now is not None:
            return BASE + round(self.now * SECOND)
        return max(row.us for row in self.log.rows) if self.open else None


def together(counted):
    """One log of many hand-counted cases, by their names, in one zone.

    Beside them stands a case in which every label happens with every attribute: what a log has never seen cannot be measured.
    """
    rows = [replace(row, case=each.name) for each in counted for row in each.log.rows]
    values = {name: value for row in rows for name, value in row.attributes.items() if value is not None}
    asked = {
        name
        for each in counted
        for events in each.rule.values()
        if isinstance(events, Wanted)
        for name in events.elements
    }
    mapping = {label: elements for each in counted for label, elements in each.log.mapping.items()}
    mapping |= {element: (element,) for element in asked}
    start = min((row.us for row in rows), default=BASE)
    shown = [Row("shown", label, start, values | SHOWN_AT_EVENTS) for label in mapping]
    cases = {each.name: each.case for each in counted} | {"shown": SHOWN}
    return Log((*shown, *rows), cases, mapping, counted[0].log.closing, counted[0].zone)


def row(word):
    label, rest = word.split("@")
    seconds, _, attributes = rest.rstrip("]").partition("[")
    pairs = (pair.split("=") for pair in attributes.split(",") if pair)
    return Row(
        "case", label, BASE + round(float(seconds) * SECOND), {name: value_of(text) for name, text in pairs}
    )


def value_of(text):
    if text == "?":
        return None
    if text in ("yes", "no"):
        return TRUE if text == "yes" else FALSE
    if text.endswith("s") and text[:-1].isdigit():
        return BASE + int(text[:-1]) * SECOND
    return float(text) if text.lstrip("-").replace(".", "").isdigit() else text


def one(*elements, where=None):
    return Wanted(elements, where)


def us(amount):
    return [(None, ("us", amount))]


def number(amount):
    return [(None, ("number", amount))]


DEADLINE = [(None, ("attribute", "deadline"))]
A, B, C = one("a"), one("b"), one("c")
PAIR = {"a": A, "b": B}
CONFIRMED = {
    "pattern": "within", "after": one("paid"), "comes": one("confirmed"), "norms": us(MINUTE),
}  # fmt: skip
NO_LATE_SMS = {"pattern": "not_succession", "a": one("delivered"), "b": one("sms")}
SAME_PARCEL = {**NO_LATE_SMS, "where": ("=", "a.parcel", ("name", "b.parcel"))}
AB_WITHIN = {"pattern": "within", "after": A, "comes": B, "norms": us(MINUTE)}
FIFO = {**AB_WITHIN, "match": "fifo"}
NEWS = {
    "pattern": "no_silence_longer_than",
    "news": one("news"),
    "since": one("start"),
    "until": one("end"),
    "norms": us(DAY),
}
THROUGH = {"pattern": "duration", "since": A, "until": B, "norms": us(HOUR)}
VERSIONED = {
    **AB_WITHIN,
    "norms": [(date(2024, 5, 6), ("us", HOUR)), (date(2024, 5, 7), ("us", MINUTE))],
}
REMINDER = {"pattern": "only_between", "event": one("reminder"), "since": one("order"), "until": one("paid")}
WHILE = {"pattern": "only_while", "event": one("sms"), "since": one("planned"), "until": one("off")}
LATE_SMS = {"pattern": "only_while", "event": one("sms"), "until": one("delivered")}
ANNOUNCED = {"pattern": "as_announced", "steps": (A, B, C)}
SINCE_LETTER = {**ANNOUNCED, "since": one("letter")}
IN_WINDOW = {
    "pattern": "in_window",
    "event": one("came"),
    "promise": one("promise"),
    "opens": "opens",
    "closes": "closes",
}
STOPPING = {**AB_WITHIN, "stops": one("stop"), "resumes": one("resume")}
EXTENDED = {**AB_WITHIN, "extended_by": one("extend"), "extension": MINUTE}
D = 86400
SUMMER = -36 * D
"""Midnight in UTC of Sunday 31 March 2024, when summer time began."""
FULL = ("fulfilled", "violated", "pending", "not_activated", "excluded")
F, V, P, N, X = FULL

HAND_COUNTED = (
    # GT-15: the announcement after delivery.
    HandCounted("order, sms, delivered, sms", "order@0 sms@1 delivered@2 sms@3", NO_LATE_SMS, V, "v"),
    HandCounted("order, sms, delivered", "order@0 sms@1 delivered@2", NO_LATE_SMS, F, "f"),
    HandCounted("order, delivered, sms", "order@0 delivered@1 sms@2", NO_LATE_SMS, V, "v"),
    HandCounted("never delivered", "order@0 sms@1 sms@2", NO_LATE_SMS, N, ""),
    HandCounted("delivered, and an sms may yet come", "order@0 delivered@1", NO_LATE_SMS, P, "p", open=True),
    HandCounted(
        "two parcels of one customer, no false alarm",
        "delivered@0[parcel=one] sms@1[parcel=two] delivered@2[parcel=two]", SAME_PARCEL, F, "ff",
    ),
    HandCounted(
        "two parcels, and one sms too late",
        "delivered@0[parcel=one] sms@1[parcel=two] delivered@2[parcel=two] sms@3[parcel=one]", SAME_PARCEL, V, "vf",
    ),
    HandCounted(
        "an sms without a parcel leaves us unable to say",
        "delivered@0[parcel=one] sms@1[parcel=?]", SAME_PARCEL, X, reason="missing attribute",
    ),
    HandCounted(
        "an sms without a parcel before the delivery is not asked",
        "sms@0[parcel=?] delivered@1[parcel=one]", SAME_PARCEL, F, "f",
    ),
    # GT-16: the confirmation within a minute.
    HandCounted("confirmed after 59.9 seconds", "paid@0 confirmed@59.9", CONFIRMED, F, "f"),
    HandCounted("confirmed after 60 seconds", "paid@0 confirmed@60", CONFIRMED, F, "f"),
    HandCounted("confirmed after 60.1 seconds", "paid@0 confirmed@60.1", CONFIRMED, V, "v"),
    HandCounted("60.1 seconds with a tolerance of a tenth", "paid@0 confirmed@60.1", {**CONFIRMED, "tolerance": SECOND // 10}, F, "f"),
    HandCounted("open at 30 seconds", "paid@0", CONFIRMED, P, "p", now=30, open=True),
    HandCounted("open at 60 seconds", "paid@0", CONFIRMED, P, "p", now=60, open=True),
    HandCounted("open at 61 seconds", "paid@0", CONFIRMED, V, "v", now=61, open=True),
    HandCounted("open at 61 seconds, confirmed at 62: not yet known", "paid@0 confirmed@62", CONFIRMED, V, "v", now=61, open=True),
    HandCounted("open at 30 seconds, confirmed at 40: not yet known", "paid@0 confirmed@40", CONFIRMED, P, "p", now=30, open=True),
    HandCounted("no payment", "order@0 confirmed@1", CONFIRMED, N, ""),
    HandCounted("closed without a confirmation", "paid@0", CONFIRMED, V, "v", now=30),
    HandCounted("closed by its own event", "paid@0 done@10", CONFIRMED, V, "v", now=30, open=True),
    HandCounted("its closing event is still to come", "paid@0 done@40", CONFIRMED, P, "p", now=30, open=True),
    HandCounted("the first closing event closes it", "paid@0 done@10 done@40", CONFIRMED, V, "v", now=30, open=True),
    HandCounted("closed, and paid once more", "paid@0 confirmed@5 done@10 paid@20", CONFIRMED, V, "fv", now=30, open=True),
    # Order and ties.
    HandCounted("at the same moment, after in the file", "a@0 b@0", AB_WITHIN, F, "f"),
    HandCounted("at the same moment, before in the file", "b@0 a@0", AB_WITHIN, V, "v"),
    HandCounted("the file is not in the order of time", "b@10 a@0", AB_WITHIN, F, "f"),
    HandCounted("an event is not its own target", "ab@0", AB_WITHIN, V, "v"),
    HandCounted("an event may be a target of one and an activation itself", "ab@0 ab@1", AB_WITHIN, V, "fv"),
    HandCounted("the same line twice is two events", "a@0 a@0", {"pattern": "exactly", "event": A, "times": 2}, F),
    HandCounted("two payments share one confirmation", "a@0 a@1 b@2", AB_WITHIN, F, "ff"),
    HandCounted("not at once, please", "a@0 b@5 b@20", {**AB_WITHIN, "at_least": 10 * SECOND}, F, "f"),
    HandCounted("too soon only", "a@0 b@5", {**AB_WITHIN, "at_least": 10 * SECOND}, V, "v"),
    # One to one.
    HandCounted("fifo: one confirmation for two payments", "a@0 a@1 b@2", FIFO, V, "fv"),
    HandCounted("fifo: the second pair is late although a later target is in time", "a@0 a@50 b@55 b@120", FIFO, V, "fv"),
    HandCounted("fifo: the oldest takes the late one", "a@0 b@70 a@80 b@90", FIFO, V, "vf"),
    HandCounted("fifo: open, one still waits", "a@0 a@30 b@40", FIFO, P, "fp", now=50, open=True),
    HandCounted("fifo: open, the one that waits is late", "a@0 a@30 b@40", FIFO, V, "fv", now=91, open=True),
    HandCounted("fifo: a target before any payment pairs with none", "b@0 a@1 b@2", FIFO, F, "f"),
    HandCounted("fifo: first a target, then a payment", "a@0 ab@1 b@2", FIFO, F, "ff"),
    # Looking forth and back.
    HandCounted("response: every a wants a later b", "a@0 b@1 a@2", {"pattern": "response", **PAIR}, V, "fv"),
    HandCounted("response: the last a may still be answered", "a@0 b@1 a@2", {"pattern": "response", **PAIR}, P, "fp", open=True),
    HandCounted("never after, within the minute", "a@0 b@61", {"pattern": "never_after", "after": A, "comes": B, "norms": us(MINUTE)}, F, "f"),
    HandCounted("never after: open, and the minute is over", "a@0 c@90", {"pattern": "never_after", "after": A, "comes": B, "norms": us(MINUTE)}, F, "f", open=True),
    HandCounted("never after: open, and the minute runs", "a@0 c@60", {"pattern": "never_after", "after": A, "comes": B, "norms": us(MINUTE)}, P, "p", open=True),
    HandCounted("responded existence looks back", "b@0 a@5", {"pattern": "responded_existence", **PAIR}, F, "f"),
    HandCounted("responded existence may still come", "a@0", {"pattern": "responded_existence", **PAIR}, P, "p", open=True),
    HandCounted("responded existence, too far on either side", "b@0 a@61 b@130", {"pattern": "responded_existence", **PAIR, "norms": us(MINUTE)}, V, "v"),
    HandCounted("co-existence asks both ways", "a@0 b@30 b@90", {"pattern": "co_existence", **PAIR, "norms": us(MINUTE)}, V, "ffv"),
    HandCounted("precedence does not change any more", "b@0", {"pattern": "precedence", **PAIR}, V, "v", open=True),
    HandCounted("precedence, long enough before", "a@0 b@10", {"pattern": "precedence", **PAIR, "at_least": 10 * SECOND}, F, "f"),
    HandCounted("precedence, too long before", "a@0 b@61", {"pattern": "precedence", **PAIR, "norms": us(MINUTE)}, V, "v"),
    HandCounted(
        "precedence, correlated: a is the target", "a@0[n=1] b@1[n=2] b@2[n=0]",
        {"pattern": "precedence", **PAIR, "where": ("<", "a.n", ("name", "b.n"))}, V, "fv",
    ),
    HandCounted("alternate response", "a@0 a@1 b@2", {"pattern": "alternate_response", **PAIR}, V, "vf"),
    HandCounted("alternate response: the next activation spoils it even while open", "a@0 a@1", {"pattern": "alternate_response", **PAIR}, V, "vp", open=True),
    HandCounted("alternate response: the next activation may be the target", "a@0 ab@1 b@2", {"pattern": "alternate_response", **PAIR}, F, "ff"),
    HandCounted("alternate precedence", "a@0 b@1 b@2", {"pattern": "alternate_precedence", **PAIR}, V, "fv"),
    HandCounted("chain response: c stands between", "a@0 c@1 b@2", {"pattern": "chain_response", **PAIR}, V, "v", open=True),
    HandCounted("chain response: nothing next yet", "b@0 a@1", {"pattern": "chain_response", **PAIR}, P, "p", open=True),
    HandCounted("chain response: next, but late", "a@0 b@61", {"pattern": "chain_response", **PAIR, "norms": us(MINUTE)}, V, "v"),
    HandCounted("chain precedence at the start", "b@0 a@1 b@2", {"pattern": "chain_precedence", **PAIR}, V, "vf"),
    HandCounted("succession: both clauses", "b@0 a@1 b@2", {"pattern": "succession", **PAIR}, V, "fvf"),
    HandCounted("alternate succession", "a@0 b@1 a@2 b@3", {"pattern": "alternate_succession", **PAIR}, F, "ffff"),
    HandCounted("chain succession", "a@0 b@1 c@2 a@3", {"pattern": "chain_succession", **PAIR}, P, "fpf", open=True),
    HandCounted("not co-existence within a minute", "a@0 b@61", {"pattern": "not_co_existence", **PAIR, "norms": us(MINUTE)}, F, "ff"),
    HandCounted("not co-existence, ever", "a@0 b@61", {"pattern": "not_co_existence", **PAIR}, V, "vv", open=True),
    HandCounted("not chain succession", "a@0 c@1 b@2", {"pattern": "not_chain_succession", **PAIR}, F, "f", open=True),
    # The payload.
    HandCounted("every offer has three slots", "offer@0[slots=3] offer@1[slots=2]", {"pattern": "payload", "event": one("offer"), "holds": (">=", "slots", 3)}, V, "fv"),
    HandCounted("an offer whose slots are missing", "offer@0[slots=3] offer@1[slots=?]", {"pattern": "payload", "event": one("offer"), "holds": (">=", "slots", 3)}, X, reason="missing attribute"),
    HandCounted("no offer at all", "a@0", {"pattern": "payload", "event": one("offer"), "holds": (">=", "slots", 3)}, N, ""),
    # Counts and ends.
    HandCounted("two contacts at most", "a@0 b@1 a@2 a@3", {"pattern": "at_most", "event": A, "norms": number(2)}, V, open=True),
    HandCounted("two contacts so far", "a@0 a@2", {"pattern": "at_most", "event": A, "norms": number(2)}, P, open=True),
    HandCounted("two contacts in all", "a@0 a@2", {"pattern": "at_most", "event": A, "norms": number(2)}, F),
    HandCounted("as many as its own cap", "a@0 a@2", {"pattern": "at_most", "event": A, "norms": [(None, ("attribute", "cap"))]}, V, case={"cap": 1.0}),
    HandCounted("its cap is missing", "a@0", {"pattern": "at_most", "event": A, "norms": [(None, ("attribute", "cap"))]}, X, case={"cap": None}, reason="missing attribute"),
    HandCounted("exists twice already", "a@0 a@1", {"pattern": "existence", "event": A, "times": 2}, F, open=True),
    HandCounted("fewer than two so far", "a@0", {"pattern": "absence", "event": A, "times": 2}, P, open=True),
    HandCounted("exactly one, so far", "a@0", {"pattern": "exactly", "event": A, "times": 1}, P, open=True),
    HandCounted("exactly one, and two happened", "a@0 a@1", {"pattern": "exactly", "event": A, "times": 1}, V, open=True),
    HandCounted("begins with a", "a@0 b@1", {"pattern": "init", "event": A}, F, open=True),
    HandCounted("b comes first at the same moment", "b@0 a@0", {"pattern": "init", "event": A}, V, open=True),
    HandCounted("without events there is no beginning", "", {"pattern": "init", "event": A}, V, now=0),
    HandCounted("without events, open", "", {"pattern": "init", "event": A}, P, now=0, open=True),
    HandCounted("ends with b", "a@0 b@1", {"pattern": "end", "event": B}, F),
    HandCounted("ends with b, so far", "a@0 b@1", {"pattern": "end", "event": B}, P, open=True),
    HandCounted("neither", "c@0", {"pattern": "choice", **PAIR}, V),
    HandCounted("one of both is enough", "a@0", {"pattern": "choice", **PAIR}, F, open=True),
    HandCounted("not both", "a@0 b@1", {"pattern": "exclusive_choice", **PAIR}, V, open=True),
    HandCounted("one event of both kinds is both", "ab@0", {"pattern": "exclusive_choice", **PAIR}, V),
    HandCounted("only one so far", "a@0", {"pattern": "exclusive_choice", **PAIR}, P, open=True),
    # Moments.
    HandCounted("on the deadline", "a@0 b@60", {"pattern": "before", "event": B, "norms": DEADLINE}, F, case={"deadline": BASE + MINUTE}),
    HandCounted("past the deadline", "a@0 b@61", {"pattern": "before", "event": B, "norms": DEADLINE}, V, case={"deadline": BASE + MINUTE}),
    HandCounted("the first counts, not the second", "b@0 b@61", {"pattern": "before", "event": B, "norms": DEADLINE}, F, case={"deadline": BASE + MINUTE}),
    HandCounted("the deadline is still to come", "a@0", {"pattern": "before", "event": B, "norms": DEADLINE}, P, now=60, open=True, case={"deadline": BASE + MINUTE}),
    HandCounted("the deadline passed in silence", "a@0", {"pattern": "before", "event": B, "norms": DEADLINE}, V, now=61, open=True, case={"deadline": BASE + MINUTE}),
    HandCounted("no deadline known", "a@0 b@1", {"pattern": "before", "event": B, "norms": DEADLINE}, X, case={"deadline": None}, reason="missing attribute"),
    HandCounted("within its own deadline", "a@0 b@60", {**AB_WITHIN, "norms": DEADLINE}, F, "f", case={"deadline": BASE + MINUTE}),
    HandCounted("not activated needs no deadline", "b@60", {**AB_WITHIN, "norms": DEADLINE}, N, "", case={"deadline": None}),
    # Norms in time: an hour on 6 May, a minute from 7 May.
    HandCounted("judged by the norm of its day", f"a@{D - 1} b@{D + 120}", VERSIONED, F, "f"),
    HandCounted("judged by the new norm", f"a@{D} b@{D + 120}", VERSIONED, V, "v"),
    HandCounted("before the first norm, the first holds", "a@-10 b@120", VERSIONED, F, "f"),
    HandCounted("midnight is local: two hours earlier in Amsterdam", f"a@{D - 7200} b@{D - 7000}", VERSIONED, V, "v", zone="Europe/Amsterdam"),
    HandCounted("just before midnight in Amsterdam", f"a@{D - 7201} b@{D - 7000}", VERSIONED, F, "f", zone="Europe/Amsterdam"),
    HandCounted("two activations, two norms", f"a@0 b@120 a@{D} b@{D + 120}", VERSIONED, V, "fv"),
    HandCounted(
        "without events the norm is that of now",
        "", {"pattern": "at_most", "event": A, "norms": [(date(2024, 5, 6), ("number", 0)), (date(2024, 5, 7), ("attribute", "cap"))]},
        F, now=60, case={"cap": None},
    ),
    HandCounted(
        "without events, and now under the norm that asks its cap",
        "", {"pattern": "at_most", "event": A, "norms": [(date(2024, 5, 6), ("number", 0)), (date(2024, 5, 7), ("attribute", "cap"))]},
        X, now=D, case={"cap": None}, reason="missing attribute",
    ),
    HandCounted(
        "a case is judged once by the norm of its first event",
        f"b@0 a@{D} a@{D + 1}", {"pattern": "at_most", "event": A, "norms": [(date(2024, 5, 6), ("number", 2)), (date(2024, 5, 7), ("number", 1))]}, F,
    ),
    HandCounted("a span is judged by the norm of its start", f"c@0 a@{D} b@{D + 120}", {"pattern": "duration", "since": A, "until": B, "norms": VERSIONED["norms"]}, V),
    HandCounted(
        "the norm of a span's start asks what its case does not have, that of the first event does not",
        f"c@0 a@{D}", {"pattern": "duration", "since": A, "until": B, "norms": [(date(2024, 5, 6), ("us", HOUR)), (date(2024, 5, 7), ("attribute", "deadline"))]},
        X, case={"deadline": None}, reason="missing attribute",
    ),
    HandCounted(
        "the norm of the first event asks what the case does not have, that of a span's start does not",
        f"c@0 a@{D} b@{D + 50}", {"pattern": "duration", "since": A, "until": B, "norms": [(date(2024, 5, 6), ("attribute", "deadline")), (date(2024, 5, 7), ("us", MINUTE))]},
        F, case={"deadline": None},
    ),
    HandCounted("a silence is judged by the norm of the case's first event", f"c@0 a@{D} b@{D + 120}", {"pattern": "no_silence_longer_than", "since": A, "until": B, "norms": VERSIONED["norms"]}, F),
    HandCounted("a norm without a limit asks no time", f"a@{D} b@{9 * D}", {"pattern": "response", **PAIR, "norms": [(date(2024, 5, 6), ("us", MINUTE)), (date(2024, 5, 7), None)]}, F, "f"),
    HandCounted(
        "the night the clock went forward: midnight in winter time",
        f"a@{SUMMER - 3601} b@{SUMMER - 3000}", {**AB_WITHIN, "norms": [(date(2024, 3, 30), ("us", HOUR)), (date(2024, 3, 31), ("us", MINUTE))]}, F, "f", zone="Europe/Amsterdam",
    ),
    HandCounted(
        "the day after the clock went forward: midnight in summer time",
        f"a@{SUMMER + D - 7200} b@{SUMMER + D - 7000}", {**AB_WITHIN, "norms": [(date(2024, 3, 31), ("us", HOUR)), (date(2024, 4, 1), ("us", MINUTE))]}, V, "v", zone="Europe/Amsterdam",
    ),
    # Clocks that stop, resume and are extended.
    HandCounted("the clock stood still for a minute", "a@0 stop@10 resume@70 b@119", STOPPING, F, "f"),
    HandCounted("the clock stood still for a minute, and ran for 61 seconds", "a@0 stop@10 resume@70 b@121", STOPPING, V, "v"),
    HandCounted("stopped before the activation: counted from the activation", "stop@-100 a@0 resume@50 b@110", STOPPING, F, "f"),
    HandCounted("stopped before the activation, and too late even so", "stop@-100 a@0 resume@50 b@111", STOPPING, V, "v"),
    HandCounted("a second stop and a second resumption change nothing", "a@0 stop@10 stop@20 resume@70 resume@100 b@120", STOPPING, F, "f"),
    HandCounted("still standing still", "a@0 stop@10 c@1000", STOPPING, P, "p", open=True),
    HandCounted("running again, and over", "a@0 stop@10 resume@20 c@71", STOPPING, V, "v", open=True),
    HandCounted("running again, and just not over", "a@0 stop@10 resume@20 c@70", STOPPING, P, "p", open=True),
    HandCounted("a stop after the target changes nothing", "a@0 b@61 stop@62 resume@90", STOPPING, V, "v"),
    HandCounted("one event resumes and stops", "a@0 stop@10 both@70 resume@90 b@140", {**STOPPING, "stops": one("stop", "both"), "resumes": one("resume", "both")}, F, "f"),
    HandCounted("extended in time", "a@0 extend@59 b@120", EXTENDED, F, "f"),
    HandCounted("extended, and later than that", "a@0 extend@59 b@121", EXTENDED, V, "v"),
    HandCounted("extended when the limit was reached", "a@0 extend@60 b@61", EXTENDED, V, "v"),
    HandCounted("extended once", "a@0 extend@10 extend@20 b@121", EXTENDED, V, "v"),
    HandCounted("extended before it began", "extend@-1 a@0 b@61", EXTENDED, V, "v"),
    HandCounted("the first extension came too late, so no other counts", "a@0 extend@61 extend@62 b@63", EXTENDED, V, "v"),
    HandCounted("extended, open", "a@0 extend@10 c@120", EXTENDED, P, "p", open=True),
    HandCounted("a span with a clock that stops", "a@0 stop@10 resume@7000 b@10590", {**THROUGH, "stops": one("stop"), "resumes": one("resume")}, F),
    HandCounted("a span with a clock that stops, too long", "a@0 stop@10 resume@7000 b@10591", {**THROUGH, "stops": one("stop"), "resumes": one("resume")}, V),
    # Spans.
    HandCounted("an hour through", "a@0 b@3600", THROUGH, F),
    HandCounted("over an hour", "a@0 b@3601", THROUGH, V),
    HandCounted("running, within the hour", "a@0", THROUGH, P, now=3600, open=True),
    HandCounted("running, past the hour", "a@0", THROUGH, V, now=3601, open=True),
    HandCounted("closed without an end", "b@0 a@1", THROUGH, V),
    HandCounted("no start", "b@0", THROUGH, N),
    HandCounted("to the last b", "a@0 b@10 b@3601", {**THROUGH, "until_which": "last"}, V),
    HandCounted("from the last a", "a@0 a@3000 b@3601", {**THROUGH, "since_which": "last"}, F),
    HandCounted("start and end in one event", "ab@0", THROUGH, F),
    HandCounted("the whole case", "a@0 c@10 b@3601", {"pattern": "duration", "norms": us(HOUR)}, V),
    HandCounted("the whole case, not over", "a@0 c@10", {"pattern": "duration", "norms": us(HOUR)}, P, open=True),
    HandCounted("no events, no span", "", {"pattern": "duration", "norms": us(HOUR)}, N, now=0),
    # The message that is true for a while, and the window of the last promise.
    HandCounted("a reminder between order and payment", "order@0 reminder@1 paid@2", REMINDER, F, "ff"),
    HandCounted("a reminder after payment", "order@0 reminder@1 paid@2 reminder@3", REMINDER, V, "fffv"),
    HandCounted("a reminder before there is an order", "reminder@0 order@1", REMINDER, V, "vf", open=True),
    HandCounted("no reminder at all", "order@0 paid@1", REMINDER, N, ""),
    HandCounted("an extension at the same moment, but before in seq, is none", "extend@0 a@0 b@110", {**EXTENDED}, V, "v"),
    HandCounted("an extension at the same moment, and after in seq", "a@0 extend@0 b@110", {**EXTENDED}, F, "f"),
    # A message that is true for a while, perhaps again: by what came last before it.
    HandCounted("the late text of GT-15", "order@0 sms@1 delivered@2 sms@3", LATE_SMS, V, "fv"),
    HandCounted("nothing has ended it", "order@0 sms@1 sms@2", LATE_SMS, F, "ff", open=True),
    HandCounted("an end without a message", "order@0 delivered@1", LATE_SMS, N, ""),
    HandCounted("planned, called off, planned again", "planned@0 off@1 planned@2 sms@3", WHILE, F, "f"),
    HandCounted("planned, called off, and still announced", "planned@0 sms@1 off@2 sms@3 planned@4 sms@5", WHILE, V, "fvf"),
    HandCounted("announced before anything was planned", "sms@0 planned@1 sms@2", WHILE, V, "vf"),
    HandCounted("called off and announced at one moment: seq decides", "planned@0 off@1 sms@1", WHILE, V, "v"),
    HandCounted("a mark that both ends and begins begins", "a@0 ab@1 b@2 ab@3", {**WHILE, "event": B, "since": A, "until": B}, V, "ffv"),
    # Everything as announced.
    HandCounted("all steps, in order", "a@0 b@1 c@2", ANNOUNCED, F),
    HandCounted("all steps, with repeats and others between", "x@0 a@1 a@2 b@3 a@4 x@5 c@6 b@7", ANNOUNCED, F),
    HandCounted("the last two changed places", "a@0 c@1 b@2", ANNOUNCED, V),
    HandCounted("the middle one skipped", "a@0 c@1", ANNOUNCED, V, open=True),
    HandCounted("the last one still to come", "a@0 b@1", ANNOUNCED, P, open=True),
    HandCounted("the last one never came", "a@0 b@1", ANNOUNCED, V),
    HandCounted("nothing came yet", "x@0", ANNOUNCED, P, open=True),
    HandCounted("one event is two steps", "ab@0 c@1", ANNOUNCED, F),
    HandCounted("at one moment, seq decides", "a@0 c@1 b@1", ANNOUNCED, V),
    HandCounted("what came before the announcement does not count", "b@0 letter@1 a@2 b@3 c@4", SINCE_LETTER, F),
    HandCounted("the first announcement counts", "letter@0 a@1 letter@2 b@3 c@4", SINCE_LETTER, F),
    HandCounted("nothing was announced", "c@0 a@1", SINCE_LETTER, N),
    HandCounted("a step before its announcement did not happen", "a@0 letter@1 b@2 c@3", SINCE_LETTER, V),
    HandCounted("moved by us, the first promise stands", "promise@0[opens=100s,closes=200s] ours@50[opens=300s,closes=400s] came@350", {**IN_WINDOW, "promise": one("promise", "ours"), "moved": one("ours")}, V),
    HandCounted("moved by us, and came as first promised", "promise@0[opens=100s,closes=200s] ours@50[opens=300s,closes=400s] came@150", {**IN_WINDOW, "promise": one("promise", "ours"), "moved": one("ours")}, F),
    HandCounted("only ever moved by us", "ours@50[opens=300s,closes=400s] came@350", {**IN_WINDOW, "promise": one("promise", "ours"), "moved": one("ours")}, N),
    HandCounted("in the window", "promise@0[opens=100s,closes=200s] came@200", IN_WINDOW, F),
    HandCounted("after the window", "promise@0[opens=100s,closes=200s] came@201", IN_WINDOW, V),
    HandCounted("before the window", "promise@0[opens=100s,closes=200s] came@99", IN_WINDOW, V),
    HandCounted("a tolerance on both sides", "promise@0[opens=100s,closes=200s] came@99", {**IN_WINDOW, "tolerance": SECOND}, F),
    HandCounted("the last promise counts", "promise@0[opens=100s,closes=200s] promise@50[opens=300s,closes=400s] came@350", IN_WINDOW, F),
    HandCounted("a promise afterwards does not count", "promise@0[opens=100s,closes=200s] came@150 promise@160[opens=300s,closes=400s]", IN_WINDOW, F),
    HandCounted("nothing was promised", "came@150 promise@160[opens=300s,closes=400s]", IN_WINDOW, N),
    HandCounted("not come yet, and the window is open", "promise@0[opens=100s,closes=200s]", IN_WINDOW, P, now=200, open=True),
    HandCounted("not come, and the window is closed", "promise@0[opens=100s,closes=200s]", IN_WINDOW, V, now=201, open=True),
    HandCounted("the promise does not say until when", "promise@0[opens=100s,closes=?] came@150", IN_WINDOW, X, reason="missing attribute"),
    HandCounted("an earlier promise that does not say until when is not asked", "promise@0[opens=?,closes=?] promise@1[opens=100s,closes=200s] came@150", IN_WINDOW, F),
    # Silence.
    HandCounted("news every day", f"start@0 news@{D} news@{2 * D} end@{3 * D}", NEWS, F),
    HandCounted("a silence at the end", f"start@0 news@{D} end@{2 * D + 1}", NEWS, V),
    HandCounted("silent now", f"start@0 news@{D}", NEWS, V, now=2 * D + 1, open=True),
    HandCounted("not yet too silent", f"start@0 news@{D}", NEWS, P, now=2 * D, open=True),
    HandCounted("news outside the window is no news", f"news@0 start@10 end@{2 * D} news@{2 * D + 1}", NEWS, V),
    HandCounted("closed without an end: up to its last event", f"start@0 news@{D} c@{2 * D}", NEWS, F, now=9 * D),
    HandCounted("never started", "news@0", NEWS, N),
    HandCounted("every event is news", f"a@0 b@{D} c@{2 * D}", {"pattern": "no_silence_longer_than", "norms": us(DAY)}, F),
    # Amounts and values.
    HandCounted("the total is within", "a@0[cost=1.5] a@1[cost=2.5]", {"pattern": "total", "attribute": "cost", "event": A, "norms": number(4)}, F),
    HandCounted("the total is beyond", "a@0[cost=1.5] a@1[cost=2.75]", {"pattern": "total", "attribute": "cost", "norms": number(4)}, V, open=True),
    HandCounted("the same cost twice counts twice", "a@0[cost=2.5] a@1[cost=2.5]", {"pattern": "total", "attribute": "cost", "event": A, "norms": number(4)}, V),
    HandCounted("a cost is missing", "a@0[cost=1.5] a@1[cost=?]", {"pattern": "total", "attribute": "cost", "event": A, "norms": number(4)}, X, reason="missing attribute"),
    HandCounted("a cost is missing where it is not asked", "a@0[cost=1.5] b@1[cost=?] a@2[cost=2]", {"pattern": "total", "attribute": "cost", "event": A, "norms": number(4)}, F),
    HandCounted("three clerks", "a@0[by=ann] b@1[by=bob] a@2[by=cas] a@3[by=?]", {"pattern": "different", "attribute": "by", "norms": number(2)}, V, open=True),
    HandCounted("two clerks at a", "a@0[by=ann] b@1[by=bob] a@2[by=cas]", {"pattern": "different", "attribute": "by", "event": A, "norms": number(2)}, F),
    HandCounted("to and fro", "a@0[by=ann] a@1[by=bob] a@2[by=ann]", {"pattern": "switches", "attribute": "by", "norms": number(1)}, V),
    HandCounted("a gap is no switch", "a@0[by=ann] a@1[by=?] a@2[by=bob]", {"pattern": "switches", "attribute": "by", "norms": number(0)}, F),
    HandCounted("the total of what is written on the case, at each of its events", "a@0 b@1 a@2", {"pattern": "total", "attribute": "cap", "event": A, "norms": number(3)}, V, case={"cap": 2.0}),
    HandCounted("what is written on the case never switches", "a@0 b@1 a@2", {"pattern": "switches", "attribute": "segment", "norms": number(0)}, F, case={"segment": "family"}),
    # Who counts, and what is missing.
    HandCounted("a truth", "a@0[ok=yes] a@1[ok=no]", {"pattern": "payload", "event": A, "holds": ("=", "ok", TRUE)}, V, "fv"),
    HandCounted("a truth that is missing", "a@0[ok=yes] a@1[ok=?]", {"pattern": "payload", "event": A, "holds": ("=", "ok", TRUE)}, X, reason="missing attribute"),
    HandCounted("outside the population", "a@0", {"pattern": "init", "event": A, "population": ("=", "segment", "family")}, X, case={"segment": "single"}, reason="outside population"),
    HandCounted("population unknown", "a@0", {"pattern": "init", "event": A, "population": ("=", "segment", "family")}, X, case={"segment": None}, reason="missing attribute"),
    HandCounted("excluded by name", "a@0", {"pattern": "init", "event": A, "exclusions": [(("=", "segment", "test"), "tested"), (("=", "segment", "test"), "again")]}, X, case={"segment": "test"}, reason="tested"),
    HandCounted("an exclusion comes before a missing attribute", "a@0[n=?]", {"pattern": "init", "event": one("a", where=("=", "n", 1)), "exclusions": [(("=", "segment", "test"), "tested")]}, X, case={"segment": "test"}, reason="tested"),
    HandCounted("a condition on the event", "a@0[n=1] a@1[n=2]", {"pattern": "at_most", "event": one("a", where=("=", "n", 1)), "norms": number(1)}, F),
    HandCounted("a condition unknown at an event of the right label", "a@0[n=1] a@1[n=?]", {"pattern": "at_most", "event": one("a", where=("=", "n", 1)), "norms": number(1)}, X, reason="missing attribute"),
    HandCounted("unknown at another label does not matter", "a@0[n=1] b@1[n=?]", {"pattern": "at_most", "event": one("a", where=("=", "n", 1)), "norms": number(1)}, F),
    HandCounted("unknown, but only after now", "a@0[n=1] a@9[n=?]", {"pattern": "at_most", "event": one("a", where=("=", "n", 1)), "norms": number(1)}, F, now=5),
    HandCounted("either part settles it", "a@0[n=?,m=1]", {"pattern": "init", "event": one("a", where=("or", ("=", "n", 1), ("=", "m", 1)))}, F),
)  # fmt: skip
