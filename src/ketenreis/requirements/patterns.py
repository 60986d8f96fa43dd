"""The patterns of a CTQ: the second table. What each is called, what it asks for, what it means, how it reads.

The meaning of every form stands in docs/concepts/rules.md. To add a pattern whose meaning is made of these forms, add a row.

Source:
    The everyday five and the composite ones are ours. The 21 templates are DECLARE's: Pesic, Schonenberg and van der
    Aalst (2007), with LTLf semantics after De Giacomo, De Masellis and Montali (2014) and conditions after Burattin,
    Maggi and Sperduti (2016). Differences: a target is always another event than its activation; time is signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from ketenreis.model.fields import Choice

ArgumentType = Literal[
    "event_class",
    "event_classes",
    "duration",
    "whole",
    "condition",
    "attribute",
    "calendar",
    "choice",
    "ctqs",
]
Look = Literal["after", "before", "around", "next", "previous"]
CaseForm = Literal[
    "count",
    "first",
    "last",
    "choice",
    "deadline",
    "window",
    "sequence",
    "span",
    "silence",
    "total",
    "different",
    "switches",
    "all",
    "any",
]
LimitType = Literal["duration", "whole", "number", "moment"]


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a pattern.

    Attributes:
        name: Key in text, code and data.
        type: What it holds.
        nl, en: Its label.
        required: Whether a measure without it is incomplete.
        choices: For a choice: the words it may hold. For a calendar: what may stand besides the calendars of the model.
        default: What holds where it is left out.
    """

    name: str
    type: ArgumentType
    nl: str
    en: str
    required: bool = False
    choices: tuple[Choice, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One demand per activation: look for a target somewhere around it.

    Attributes:
        activation, target: The arguments that hold the two event classes.
        look: Where the target is looked for, seen from the activation.
        alternate: Whether another activation may not stand between the two.
        never: Whether the target must stay away.
    """

    activation: str
    target: str
    look: Look
    alternate: bool = False
    never: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern.

    Attributes:
        name: Key in text, code, fixture and documentation.
        nl, en: The sentence it reads back as; {limit} and the arguments are filled in.
        arguments: What it asks for.
        clauses: For patterns judged per activation.
        form: For patterns judged once per case.
        limits: What kinds of limit its norms may hold; none when it needs no limit.
        needs_limit: Whether a norm without a limit is incomplete.
        everyday: Whether it is offered first.
        count: For the form "count": how the count is held against the number.
        ltl: Its formula, where it is one of DECLARE's.
    """

    name: str
    nl: str
    en: str
    arguments: tuple[Argument, ...]
    clauses: tuple[Clause, ...] = ()
    form: CaseForm | None = None
    limits: tuple[LimitType, ...] = ()
    needs_limit: bool = False
    everyday: bool = False
    count: Literal["at_least", "fewer_than", "exactly", "at_most"] | None = None
    ltl: str = ""

    def argument(self, name: str) -> Argument | None:
        """The argument of that name, if the pattern has it."""
        return next((argument for argument in self.arguments if argument.name == name), None)


def _events(name: str, nl: str, en: str, *, required: bool = True) -> Argument:
    return Argument(name, "event_class", nl, en, required)


_WALL = Choice("calendar", "de klok aan de muur", "the clock on the wall")
_CLOCK = Argument("clock", "calendar", "klok", "clock", choices=(_WALL,), default="calendar")
_TERM = (
    _events("stops", "stopt bij", "stops at", required=False),
    _events("resumes", "loopt weer vanaf", "resumes at", required=False),
    _events("extended_by", "verlengd door", "extended by", required=False),
    Argument("extension", "duration", "verlenging", "extension"),
)
_MATCH = Argument(
    "match", "choice", "paring", "matching", default="any",
    choices=(
        Choice("any", "één kan voor meer tellen", "one may count for several"),
        Choice("fifo", "elk telt één keer, de oudste eerst", "each counts once, the oldest first"),
    ),
)  # fmt: skip
_END = (Choice("first", "de eerste", "the first"), Choice("last", "de laatste", "the last"))
_WHERE = Argument("where", "condition", "alleen waar", "only where")
_AT_LEAST = Argument("at_least", "duration", "ten minste", "at least")
_TIMES = Argument("times", "whole", "keer", "times", default="1")
_EVENT = _events("event", "gebeurtenis", "event")
_A, _B = _events("a", "A", "A"), _events("b", "B", "B")
_PAIR = (_A, _B, _AT_LEAST, _WHERE, _CLOCK)
_SOME = _events("event", "alleen bij", "only at", required=False)
_ATTRIBUTE = Argument("attribute", "attribute", "kenmerk", "attribute", required=True)
_TIME: tuple[LimitType, ...] = ("duration", "moment")

PATTERNS: tuple[Pattern, ...] = (
    # The five sentences that say most of what customers ask for.
    Pattern(
        "within", "Na {after} komt {comes}{limit}.", "After {after} comes {comes}{limit}.",
        (_events("after", "na", "after"), _events("comes", "komt", "comes"), _MATCH, _AT_LEAST, _WHERE, _CLOCK, *_TERM),
        (Clause("after", "comes", "after"),), limits=_TIME, needs_limit=True, everyday=True,
    ),
    Pattern(
        "before", "{event} komt niet later dan {limit}.", "{event} comes no later than {limit}.",
        (_EVENT,), form="deadline", limits=("moment",), needs_limit=True, everyday=True,
    ),
    Pattern(
        "at_most", "{event} komt hoogstens {limit} keer voor.", "{event} happens at most {limit} [time|times].",
        (_EVENT,), form="count", limits=("whole",), needs_limit=True, everyday=True, count="at_most",
    ),
    Pattern(
        "never_after", "Na {after} komt nooit {comes}{limit}.", "After {after} never comes {comes}{limit}.",
        (_events("after", "na", "after"), _events("comes", "komt", "comes"), _AT_LEAST, _WHERE, _CLOCK),
        (Clause("after", "comes", "after", never=True),), limits=_TIME, everyday=True,
    ),
    Pattern(
        "no_silence_longer_than", "Van {since} tot {until} is het nooit langer dan {limit} stil: telkens komt {news}.",
        "From {since} until {until} it is never silent for longer than {limit}: each time comes {news}.",
        (
            _events("news", "nieuws", "news", required=False), _events("since", "vanaf", "since", required=False),
            _events("until", "tot", "until", required=False), _CLOCK,
        ),
        form="silence", limits=("duration",), needs_limit=True, everyday=True,
    ),
    # DECLARE: how often, and at which end.
    Pattern("existence", "{event} komt minstens {times} keer voor.", "{event} happens at least {times} times.", (_EVENT, _TIMES), form="count", count="at_least", ltl="◇a, n times"),
    Pattern("absence", "{event} komt minder dan {times} keer voor.", "{event} happens fewer than {times} times.", (_EVENT, _TIMES), form="count", count="fewer_than", ltl="¬ existence(n, a)"),
    Pattern("exactly", "{event} komt precies {times} keer voor.", "{event} happens exactly {times} times.", (_EVENT, _TIMES), form="count", count="exactly", ltl="existence(n, a) ∧ absence(n+1, a)"),
    Pattern("init", "{event} is het eerste dat gebeurt.", "{event} is the first to happen.", (_EVENT,), form="first", ltl="a"),
    Pattern("end", "{event} is het laatste dat gebeurt.", "{event} is the last to happen.", (_EVENT,), form="last", ltl="◇(a ∧ ¬X true)"),
    Pattern("choice", "{a} of {b} komt voor.", "{a} or {b} happens.", (_A, _B), form="choice", ltl="◇a ∨ ◇b"),
    Pattern("exclusive_choice", "{a} of {b} komt voor, niet allebei.", "{a} or {b} happens, not both.", (_A, _B), form="choice", ltl="(◇a ∨ ◇b) ∧ ¬(◇a ∧ ◇b)"),
    # DECLARE: what belongs together.
    Pattern("responded_existence", "Bij {a} hoort {b}, ervoor of erna{limit}.", "With {a} goes {b}, before or after{limit}.", _PAIR, (Clause("a", "b", "around"),), limits=_TIME, ltl="◇a → ◇b"),
    Pattern("co_existence", "{a} en {b} horen bij elkaar{limit}.", "{a} and {b} go together{limit}.", _PAIR, (Clause("a", "b", "around"), Clause("b", "a", "around")), limits=_TIME, ltl="◇a ↔ ◇b"),
    Pattern("response", "Na {a} komt {b}{limit}.", "After {a} comes {b}{limit}.", _PAIR, (Clause("a", "b", "after"),), limits=_TIME, ltl="G(a → ◇b)"),
    Pattern("alternate_response", "Na {a} komt {b} voor de volgende {a}{limit}.", "After {a} comes {b} before the next {a}{limit}.", _PAIR, (Clause("a", "b", "after", alternate=True),), limits=_TIME, ltl="G(a → X(¬a U b))"),
    Pattern("chain_response", "Direct na {a} komt {b}{limit}.", "Directly after {a} comes {b}{limit}.", _PAIR, (Clause("a", "b", "next"),), limits=_TIME, ltl="G(a → X b)"),
    Pattern("precedence", "Geen {b} zonder {a} ervoor{limit}.", "No {b} without {a} before it{limit}.", _PAIR, (Clause("b", "a", "before"),), limits=_TIME, ltl="¬b W a"),
    Pattern("alternate_precedence", "Elke {b} heeft zijn eigen {a} ervoor{limit}.", "Each {b} has its own {a} before it{limit}.", _PAIR, (Clause("b", "a", "before", alternate=True),), limits=_TIME, ltl="(¬b W a) ∧ G(b → X(¬b W a))"),
    Pattern("chain_precedence", "Direct voor {b} komt {a}{limit}.", "Directly before {b} comes {a}{limit}.", _PAIR, (Clause("b", "a", "previous"),), limits=_TIME, ltl="G(X b → a) ∧ ¬b at the start"),
    Pattern("succession", "Na {a} komt {b}, en geen {b} zonder {a} ervoor{limit}.", "After {a} comes {b}, and no {b} without {a} before it{limit}.", _PAIR, (Clause("a", "b", "after"), Clause("b", "a", "before")), limits=_TIME, ltl="response ∧ precedence"),
    Pattern("alternate_succession", "{a} en {b} wisselen elkaar af{limit}.", "{a} and {b} take turns{limit}.", _PAIR, (Clause("a", "b", "after", alternate=True), Clause("b", "a", "before", alternate=True)), limits=_TIME, ltl="alternate response ∧ alternate precedence"),
    Pattern("chain_succession", "{b} komt direct na {a}, en nooit anders{limit}.", "{b} comes directly after {a}, and never otherwise{limit}.", _PAIR, (Clause("a", "b", "next"), Clause("b", "a", "previous")), limits=_TIME, ltl="chain response ∧ chain precedence"),
    # DECLARE: what may not go together.
    Pattern("not_co_existence", "{a} en {b} komen nooit samen voor{limit}.", "{a} and {b} never go together{limit}.", _PAIR, (Clause("a", "b", "around", never=True), Clause("b", "a", "around", never=True)), limits=_TIME, ltl="¬(◇a ∧ ◇b)"),
    Pattern("not_succession", "Na {a} komt nooit {b}{limit}.", "After {a} never comes {b}{limit}.", _PAIR, (Clause("a", "b", "after", never=True),), limits=_TIME, ltl="G(a → ¬◇b)"),
    Pattern("not_chain_succession", "{b} komt nooit direct na {a}{limit}.", "{b} never comes directly after {a}{limit}.", _PAIR, (Clause("a", "b", "next", never=True),), limits=_TIME, ltl="G(a → ¬X b)"),
    # What no template says.
    Pattern(
        "duration", "Van {since} tot {until} duurt het {limit}.", "From {since} until {until} takes {limit}.",
        (
            _events("since", "vanaf", "since", required=False), _events("until", "tot", "until", required=False),
            Argument("since_which", "choice", "welke vanaf", "which since", choices=_END, default="first"),
            Argument("until_which", "choice", "welke tot", "which until", choices=_END, default="first"), _CLOCK, *_TERM,
        ),
        form="span", limits=_TIME, needs_limit=True,
    ),
    Pattern(
        "only_between", "{event} komt alleen na {since} en niet na {until}.", "{event} comes only after {since} and not after {until}.",
        (_EVENT, _events("since", "na", "after"), _events("until", "niet na", "not after")),
        (Clause("event", "since", "before"), Clause("event", "until", "before", never=True)),
    ),
    Pattern(
        "in_window", "{event} komt binnen het venster van de laatste {promise}, tot {closes}.", "{event} comes within the window of the last {promise}, until {closes}.",
        (
            _EVENT, _events("promise", "belofte", "promise"), Argument("opens", "attribute", "venster vanaf", "window opens"),
            Argument("closes", "attribute", "venster tot", "window closes", required=True),
            _events("moved", "door ons verzet bij", "moved by us at", required=False),
        ),
        form="window",
    ),
    Pattern(
        "only_while", "{event} komt alleen zolang het klopt: vanaf {since}, tot {until}.", "{event} comes only while it is true: from {since}, until {until}.",
        (_EVENT, _events("since", "klopt vanaf", "true from", required=False), _events("until", "klopt tot", "true until")),
        (Clause("event", "until", "before", never=True),),
    ),
    Pattern(
        "as_announced", "Vanaf {since} gebeurt alles zoals aangekondigd: {steps}.", "From {since} everything happens as announced: {steps}.",
        (Argument("steps", "event_classes", "stappen", "steps", required=True), _events("since", "aangekondigd bij", "announced at", required=False)),
        form="sequence",
    ),
    Pattern(
        "all_of", "Dit geldt allemaal: {of}.", "All of these hold: {of}.",
        (Argument("of", "ctqs", "eisen", "requirements", required=True), Argument("observe", "duration", "pas te zeggen na", "said only after")),
        form="all",
    ),
    Pattern(
        "any_of", "Minstens één hiervan geldt: {of}.", "At least one of these holds: {of}.",
        (Argument("of", "ctqs", "eisen", "requirements", required=True), Argument("observe", "duration", "pas te zeggen na", "said only after")),
        form="any",
    ),
    Pattern(
        "payload", "Bij elke {event} geldt: {holds}.", "At every {event} holds: {holds}.",
        (_EVENT, Argument("holds", "condition", "geldt", "holds", required=True)), (Clause("event", "event", "next"),),
    ),
    Pattern("total", "Het totaal van {attribute} is hoogstens {limit}.", "The total of {attribute} is at most {limit}.", (_ATTRIBUTE, _SOME), form="total", limits=("number",), needs_limit=True),
    Pattern("different", "{attribute} heeft hoogstens {limit} [waarde|verschillende waarden].", "{attribute} has at most {limit} [value|different values].", (_ATTRIBUTE, _SOME), form="different", limits=("whole",), needs_limit=True),
    Pattern("switches", "{attribute} wisselt hoogstens {limit} keer.", "{attribute} changes at most {limit} [time|times].", (_ATTRIBUTE,), form="switches", limits=("whole",), needs_limit=True),
)  # fmt: skip

PATTERN: Mapping[str, Pattern] = MappingProxyType({pattern.name: pattern for pattern in PATTERNS})
"""Every pattern by its name."""
