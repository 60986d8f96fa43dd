"""Judges a rule by reading docs/concepts/rules.md aloud: slow, obvious, and without a line of the package.

A case is a list of events, in the order of `seq`. A rule is a plain dict:

    pattern       the pattern's name
    a, b, event, after, comes, news, since, until     event classes (`Events`), None where left out
    where         callable(a's lookup, b's lookup) -> True, False or None
    holds         callable(the event's lookup) -> True, False or None
    at_least      microseconds
    match         "any" or "fifo"
    times, attribute, since_which, until_which, opens, closes
    steps         a tuple of event classes, in the order announced
    norms         [(since in µs or None, limit)], oldest first; a limit is None, a number, a moment or µs,
                  or ("attribute", name); for patterns about time a plain number is a duration
    tolerance     microseconds
    stops, resumes, extended_by, extension            event classes and microseconds, for within and duration
    population    callable(the case's attributes) -> True, False or None
    exclusions    [(callable(the case's attributes) -> True, False or None, reason)]
"""

from dataclasses import dataclass, field

MISSING = "missing attribute"
OUTSIDE = "outside population"

# Of each pattern its clauses: activation, target, where to look, whether alternate, whether never.
CLAUSES = {
    "within": [("after", "comes", "after", False, False)],
    "never_after": [("after", "comes", "after", False, True)],
    "only_between": [("event", "since", "before", False, False), ("event", "until", "before", False, True)],
    "responded_existence": [("a", "b", "around", False, False)],
    "co_existence": [("a", "b", "around", False, False), ("b", "a", "around", False, False)],
    "response": [("a", "b", "after", False, False)],
    "alternate_response": [("a", "b", "after", True, False)],
    "chain_response": [("a", "b", "next", False, False)],
    "precedence": [("b", "a", "before", False, False)],
    "alternate_precedence": [("b", "a", "before", True, False)],
    "chain_precedence": [("b", "a", "previous", False, False)],
    "succession": [("a", "b", "after", False, False), ("b", "a", "before", False, False)],
    "alternate_succession": [("a", "b", "after", True, False), ("b", "a", "before", True, False)],
    "chain_succession": [("a", "b", "next", False, False), ("b", "a", "previous", False, False)],
    "not_co_existence": [("a", "b", "around", False, True), ("b", "a", "around", False, True)],
    "not_succession": [("a", "b", "after", False, True)],
    "not_chain_succession": [("a", "b", "next", False, True)],
}


@dataclass
class Event:
    """One event: when, of which elements, with which attributes (None is a missing value)."""

    us: int
    classes: frozenset = frozenset()
    attributes: dict = field(default_factory=dict)


@dataclass
class Case:
    """One object's events in the order of seq, its own attributes, and the times of its closing events."""

    events: list
    attributes: dict = field(default_factory=dict)
    closings: tuple = ()
    name: str = ""


@dataclass
class Events:
    """An event class: events of any of these elements (none at all: every event) where a condition holds."""

    elements: tuple = ()
    where: object = None


@dataclass
class Judged:
    """What became of a case: the verdict, why it was excluded, and the activations' own verdicts.

    `activations` holds (clause number, seq, verdict).
    """

    verdict: str
    reason: str | None = None
    activations: list = field(default_factory=list)


class CannotSayError(Exception):
    """An answer that we need is unknown."""


def judge_log(cases, rule, now=None, *, end_of_file=False):
    """The verdict of every case that exists at `now`, by the case's name."""
    if now is None:
        now = max(event.us for case in cases for event in case.events)
    return {case.name: judge(case, rule, now, end_of_file=end_of_file) for case in cases if exists(case, now)}


def exists(case, now):
    return not case.events or case.events[0].us <= now


def judge(case, rule, now, *, end_of_file=False):
    """One case, one rule, one moment."""
    for earlier, later in zip(case.events, case.events[1:], strict=False):
        assert earlier.us <= later.us, "events stand in the order of time"
    events = [event for event in case.events if event.us <= now]
    closed = end_of_file or any(us <= now for us in case.closings)

    reason = left_out(case, rule)
    if reason is not None:
        return Judged("excluded", reason)
    try:
        return judge_present(case, events, rule, now, closed)
    except CannotSayError:
        return Judged("excluded", MISSING)


def left_out(case, rule):
    """Why a case does not count, before its events are looked at; None when it counts."""
    unsure = False
    if rule.get("population") is not None:
        answer = rule["population"](case.attributes)
        if answer is False:
            return OUTSIDE
        unsure = answer is None
    for condition, reason in rule.get("exclusions", ()):
        answer = condition(case.attributes)
        if answer is True:
            return reason
        unsure = unsure or answer is None
    return MISSING if unsure else None


def judge_present(case, events, rule, now, closed):
    pattern = rule["pattern"]
    if pattern in ONCE:
        return Judged(ONCE[pattern](case, events, rule, now, closed))
    activations = []
    if pattern == "payload":
        activations = payload(case, events, rule)
    elif pattern == "only_while":
        activations = only_while(case, events, rule)
    elif rule.get("match") == "fifo":
        activations = fifo(case, events, rule, now, closed)
    else:
        for number, clause in enumerate(CLAUSES[pattern]):
            activations += [
                (number, *found) for found in judge_clause(case, events, rule, clause, now, closed)
            ]
    return Judged(case_verdict(activations), None, activations)


def case_verdict(activations):
    verdicts = [verdict for _, _, verdict in activations]
    for worst in ("violated", "pending", "fulfilled"):
        if worst in verdicts:
            return worst
    return "not_activated"


def lookup(case, event):
    """What a condition on an event can see: the case's attributes and the event's own."""
    return {**case.attributes, **event.attributes}


def members(case, events, wanted):
    """The seqs of the events that belong to a class."""
    if wanted is None:
        return list(range(len(events)))
    found = []
    for seq, event in enumerate(events):
        if wanted.elements and not any(element in event.classes for element in wanted.elements):
            continue
        answer = True if wanted.where is None else wanted.where(lookup(case, event))
        if answer is None:
            raise CannotSayError
        if answer:
            found.append(seq)
    return found


def limit_at(case, rule, us):
    """The limit in force at a moment."""
    norms = rule.get("norms", ())
    if not norms:
        return None
    chosen = norms[0][1]
    for since, limit in norms:
        if since is None or since <= us:
            chosen = limit
    if isinstance(chosen, tuple):
        value = case.attributes.get(chosen[1])
        if value is None:
            raise CannotSayError
        return ("value", value)
    return chosen


def distance_limit(case, rule, start):
    """How long may pass from a start, by the norm then in force; None for no limit."""
    limit = limit_at(case, rule, start)
    if limit is None:
        return None
    distance = limit[1] - start if isinstance(limit, tuple) else limit
    return distance + rule.get("tolerance", 0)


class Clock:
    """Time as it counts for a rule: it stands still between a stop and the next resumption, and a limit may be extended."""

    def __init__(self, case, events, rule):
        self.events = events
        self.at_least = rule.get("at_least", 0)
        self.extension = rule.get("extension", 0)
        self.extending = members(case, events, rule["extended_by"]) if rule.get("extended_by") else []
        stops = members(case, events, rule["stops"]) if rule.get("stops") else []
        resumes = members(case, events, rule["resumes"]) if rule.get("resumes") else []
        self.still = []
        since = None
        for seq, event in enumerate(events):
            if since is not None and seq in resumes:
                self.still.append((since, event.us))
                since = None
            if since is None and seq in stops:
                since = event.us
        if since is not None:
            self.still.append((since, None))

    def passed(self, start, until):
        """How long the clock ran between two moments."""
        ran = until - start
        for since, again in self.still:
            end = until if again is None else min(again, until)
            ran -= max(0, end - max(since, start))
        return ran

    def extended(self, limit, here):
        """The limit of an activation, with the extension when that was decided before the clock had reached it."""
        for there in self.extending:
            if there >= here:
                early = self.passed(self.events[here].us, self.events[there].us) < limit
                return limit + self.extension if early else limit
        return limit

    def in_time(self, limit, here, there):
        """Whether a target is neither too soon nor too late for its activation, whichever of them came first."""
        first, last = sorted((self.events[here].us, self.events[there].us))
        soon_enough = limit is None or self.passed(first, last) <= self.extended(limit, here)
        return self.at_least <= last - first and soon_enough

    def over(self, limit, here, now):
        """Whether nothing that is still to come can be in time."""
        return limit is not None and self.passed(self.events[here].us, now) > self.extended(limit, here)


def judge_clause(case, events, rule, clause, now, closed):
    activation, target, look, alternate, never = clause
    activations = members(case, events, rule[activation])
    targets = members(case, events, rule[target])

    # Everything that can be unknown is asked first, so that no early answer hides it.
    limits = {here: distance_limit(case, rule, events[here].us) for here in activations}
    clock = Clock(case, events, rule)
    sides = [(here, there) for here in activations for there in targets if on_the_side(look, here, there)]
    answers = {pair: correlated(case, events, rule, activation, pair) for pair in sides}
    if None in answers.values():
        raise CannotSayError

    found = []
    for here in activations:
        hits = [
            there
            for there in targets
            if answers.get((here, there))
            and clock.in_time(limits[here], here, there)
            and not (alternate and any(min(here, there) < other < max(here, there) for other in activations))
        ]
        over = (
            closed
            or look in ("before", "previous")
            or clock.over(limits[here], here, now)
            or (look == "next" and here + 1 < len(events))
            or (look == "after" and alternate and any(other > here for other in activations))
        )
        found.append((here, weigh(found=bool(hits), never=never, over=over)))
    return found


def on_the_side(look, here, there):
    """Whether a clause looks at the event at `there` from the activation at `here`."""
    return {
        "after": there > here,
        "before": there < here,
        "around": there != here,
        "next": there == here + 1,
        "previous": there == here - 1,
    }[look]


def correlated(case, events, rule, activation, pair):
    """Whether the pattern's a and b are related as `where` asks; the activation may be either of them."""
    if rule.get("where") is None:
        return True
    first, second = pair if activation in ("a", "after") else reversed(pair)
    return rule["where"](lookup(case, events[first]), lookup(case, events[second]))


def weigh(*, found, never, over):
    if never:
        return "violated" if found else ("fulfilled" if over else "pending")
    return "fulfilled" if found else ("violated" if over else "pending")


def fifo(case, events, rule, now, closed):
    assert rule.get("where") is None, "fifo and where contradict each other"
    activations = members(case, events, rule["after"])
    targets = members(case, events, rule["comes"])
    limits = {here: distance_limit(case, rule, events[here].us) for here in activations}
    clock = Clock(case, events, rule)
    waiting, pair = [], {}
    for seq in range(len(events)):
        if seq in targets and waiting:
            pair[waiting.pop(0)] = seq
        if seq in activations:
            waiting.append(seq)
    found = []
    for here in activations:
        if here in pair:
            verdict = "fulfilled" if clock.in_time(limits[here], here, pair[here]) else "violated"
        elif closed or clock.over(limits[here], here, now):
            verdict = "violated"
        else:
            verdict = "pending"
        found.append((0, here, verdict))
    return found


def payload(case, events, rule):
    found = []
    for seq in members(case, events, rule["event"]):
        answer = rule["holds"](lookup(case, events[seq]))
        if answer is None:
            raise CannotSayError
        found.append((0, seq, "fulfilled" if answer else "violated"))
    return found


def only_while(case, events, rule):
    """Walks through the case and remembers whether it is true now."""
    activations = members(case, events, rule["event"])
    begins = members(case, events, rule["since"]) if rule.get("since") else []
    ends = members(case, events, rule["until"])
    found = []
    is_true = not rule.get("since")
    for seq in range(len(events)):
        if seq in activations:
            found.append((0, seq, "fulfilled" if is_true else "violated"))
        if seq in ends:
            is_true = False
        if seq in begins:
            is_true = True
    return found


def as_announced(case, events, rule, now, closed):
    """Walks through the case, and expects each step before any later one."""
    steps = [members(case, events, step) for step in rule["steps"]]
    starts = members(case, events, rule["since"]) if rule.get("since") else [0]
    if not starts:
        return "not_activated"
    done = 0
    for seq in range(starts[0], len(events)):
        while done < len(steps) and seq in steps[done]:
            done += 1
        if any(seq in later for later in steps[done:]):
            return "violated"
        if done == len(steps):
            return "fulfilled"
    return "violated" if closed else "pending"


def init(case, events, rule, now, closed):
    belonging = members(case, events, rule["event"])
    if not events:
        return "violated" if closed else "pending"
    return "fulfilled" if 0 in belonging else "violated"


def end(case, events, rule, now, closed):
    belonging = members(case, events, rule["event"])
    if not closed:
        return "pending"
    return "fulfilled" if events and len(events) - 1 in belonging else "violated"


def choice(case, events, rule, now, closed):
    a, b = members(case, events, rule["a"]), members(case, events, rule["b"])
    if a or b:
        return "fulfilled"
    return "violated" if closed else "pending"


def exclusive_choice(case, events, rule, now, closed):
    a, b = members(case, events, rule["a"]), members(case, events, rule["b"])
    if a and b:
        return "violated"
    if not closed:
        return "pending"
    return "fulfilled" if a or b else "violated"


def judged_from(events, now):
    """The moment that chooses the norm for a rule judged once per case."""
    return events[0].us if events else now


def number_limit(case, events, rule, now):
    limit = limit_at(case, rule, judged_from(events, now))
    return limit[1] if isinstance(limit, tuple) else limit


def existence(case, events, rule, now, closed):
    if len(members(case, events, rule["event"])) >= rule["times"]:
        return "fulfilled"
    return "violated" if closed else "pending"


def absence(case, events, rule, now, closed):
    if len(members(case, events, rule["event"])) >= rule["times"]:
        return "violated"
    return "fulfilled" if closed else "pending"


def exactly(case, events, rule, now, closed):
    happened = len(members(case, events, rule["event"]))
    if happened > rule["times"]:
        return "violated"
    if not closed:
        return "pending"
    return "fulfilled" if happened == rule["times"] else "violated"


def at_most(amount):
    """Judges an amount that may not go beyond the limit."""

    def judge_amount(case, events, rule, now, closed):
        found = amount(case, events, rule)
        if found > number_limit(case, events, rule, now):
            return "violated"
        return "fulfilled" if closed else "pending"

    return judge_amount


def count(case, events, rule):
    return len(members(case, events, rule["event"]))


def deadline(case, events, rule, now, closed):
    belonging = members(case, events, rule["event"])
    moment = number_limit(case, events, rule, now) + rule.get("tolerance", 0)
    if belonging:
        return "fulfilled" if events[belonging[0]].us <= moment else "violated"
    return "violated" if closed or now > moment else "pending"


def window(case, events, rule, now, closed):
    comings = members(case, events, rule["event"])
    promises = members(case, events, rule["promise"])
    if comings:
        promises = [seq for seq in promises if seq < comings[0]]
    if rule.get("moved"):
        ours = members(case, events, rule["moved"])
        promises = [seq for seq in promises if seq not in ours]
    if not promises:
        return "not_activated"
    promise = lookup(case, events[promises[-1]])
    tolerance = rule.get("tolerance", 0)
    closes, opens = promise.get(rule["closes"]), None
    if rule.get("opens"):
        opens = promise.get(rule["opens"])
        if opens is None:
            raise CannotSayError
    if closes is None:
        raise CannotSayError
    if comings:
        coming = events[comings[0]].us
        early = opens is not None and coming < opens - tolerance
        return "violated" if early or coming > closes + tolerance else "fulfilled"
    return "violated" if closed or now > closes + tolerance else "pending"


def span(case, events, rule, now, closed):
    starts = members(case, events, rule["since"]) if rule.get("since") else [0][: len(events)]
    ends = members(case, events, rule["until"]) if rule.get("until") else []
    clock = Clock(case, events, rule)
    if not starts:
        return "not_activated"
    start = starts[0] if rule.get("since_which", "first") == "first" else starts[-1]
    if rule.get("until"):
        ends = [seq for seq in ends if seq >= start]
    elif closed:
        ends = [len(events) - 1]
    limit = distance_limit(case, rule, events[start].us)
    if ends:
        end = ends[0] if rule.get("until_which", "first") == "first" else ends[-1]
        return "fulfilled" if clock.in_time(limit, start, end) else "violated"
    return "violated" if closed or clock.over(limit, start, now) else "pending"


def silence(case, events, rule, now, closed):
    starts = members(case, events, rule["since"]) if rule.get("since") else [0][: len(events)]
    untils = members(case, events, rule["until"]) if rule.get("until") else []
    news = members(case, events, rule.get("news"))
    if not starts:
        return "not_activated"
    start = starts[0]
    untils = [seq for seq in untils if seq > start]
    limit = number_limit(case, events, rule, now) + rule.get("tolerance", 0)
    end = None
    if untils:
        end = untils[0]
    elif closed:
        end = len(events) - 1
    heard = [events[start].us]
    heard += [events[seq].us for seq in news if seq > start and (end is None or seq < end)]
    heard.append(now if end is None else events[end].us)
    for i in range(1, len(heard)):
        if heard[i] - heard[i - 1] > limit:
            return "violated"
    return "pending" if end is None else "fulfilled"


def total(case, events, rule):
    amount = 0
    for seq in members(case, events, rule.get("event")):
        value = lookup(case, events[seq]).get(rule["attribute"])
        if value is None:
            raise CannotSayError
        amount += value
    return amount


def different(case, events, rule):
    seen = []
    for seq in members(case, events, rule.get("event")):
        value = lookup(case, events[seq]).get(rule["attribute"])
        if value is not None and value not in seen:
            seen.append(value)
    return len(seen)


def switches(case, events, rule):
    changed = 0
    values = [lookup(case, event).get(rule["attribute"]) for event in events]
    for i in range(1, len(values)):
        if values[i - 1] is not None and values[i] is not None and values[i] != values[i - 1]:
            changed += 1
    return changed


ONCE = {
    "before": deadline,
    "at_most": at_most(count),
    "no_silence_longer_than": silence,
    "existence": existence,
    "absence": absence,
    "exactly": exactly,
    "init": init,
    "end": end,
    "choice": choice,
    "exclusive_choice": exclusive_choice,
    "duration": span,
    "in_window": window,
    "as_announced": as_announced,
    "total": at_most(total),
    "different": at_most(different),
    "switches": at_most(switches),
}
PATTERNS = sorted({*CLAUSES, *ONCE, "only_while", "payload"})
