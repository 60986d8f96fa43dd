"""Reads a measure back as a sentence, so that anyone can check that it says what was meant. Printed, never parsed."""

from collections.abc import Callable

from ketenreis.conditions import Condition
from ketenreis.findings.counted import in_number
from ketenreis.quantity import Attribute, Duration, Limit, limit_text
from ketenreis.requirements.ctq import Norm, Requirement
from ketenreis.requirements.measure import EventClass, Measure
from ketenreis.requirements.patterns import PATTERN, Pattern

_WORDS = {
    "nl": {
        "any": "iets", "or": " of ", "start": "het begin van {0}", "where": " (waar {0})", "within": " binnen {0}", "by": " uiterlijk op {0}",
        "at_least": " Er zit minstens {0} tussen.", "correlated": " Alleen waar {0}.", "fifo": " Elk telt één keer, de oudste eerst.",
        "clock": " Geteld in de openingstijden van “{0}”.", "stops": " De klok staat stil vanaf {0} tot {1}.", "extended": " Bij {0} komt er één keer {1} bij.",
        "share": " Dat lukt in minstens {0} van de gevallen.", "first": "het begin van de zaak", "last": "het einde van de zaak",
        "then": ", daarna ", "moved": " Verzetten wij het met {0}, dan blijft de belofte van daarvoor staan.",
        "most": "hoogstens {0}", "until": "uiterlijk tot {0}", "since": "Sinds {0}: ", "none": "(nog geen grens)",
    },
    "en": {
        "any": "anything", "or": " or ", "start": "the start of {0}", "where": " (where {0})", "within": " within {0}", "by": " by {0}",
        "at_least": " At least {0} lies between.", "correlated": " Only where {0}.", "fifo": " Each counts once, the oldest first.",
        "clock": " Counted in the opening hours of “{0}”.", "stops": " The clock stands still from {0} until {1}.", "extended": " With {0} once {1} is added.",
        "share": " This succeeds in at least {0} of cases.", "first": "the start of the case", "last": "the end of the case",
        "then": ", then ", "moved": " When we move it by {0}, the promise before that stands.",
        "most": "at most {0}", "until": "at the latest until {0}", "since": "Since {0}: ", "none": "(no limit yet)",
    },
}  # fmt: skip
_BARE = {"before", "at_most", "no_silence_longer_than", "total", "different", "switches"}
"""Patterns whose sentence holds the limit itself, without "within"."""
_HOLE = "…"


def sentence(
    wanted: Requirement, language: str, name: Callable[[str], str] = str, norm: Norm | None = None
) -> str:
    """Says a requirement in one or more plain sentences.

    Args:
        wanted: A requirement with a measure.
        language: "nl" or "en".
        name: Gives the name a reader knows an element by, from its id.
        norm: The norm to say; the newest when left out.

    Returns:
        The sentence; empty when there is no measure yet.

    Example:
        >>> from ketenreis.quantity import Share, parse_limit
        >>> from ketenreis.requirements.measure import Measure
        >>> paid = {"after": EventClass(("paid",)), "comes": EventClass(("confirmed",))}
        >>> hour = Norm(Share.parse("99%"), parse_limit("1 hour"))
        >>> sentence(Requirement("c", "C", measure=Measure("within", paid), norms=(hour,)), "nl")
        'Na “paid” komt “confirmed” binnen 1 uur. Dat lukt in minstens 99% van de gevallen.'
    """
    if wanted.measure is None or wanted.measure.pattern not in PATTERN:
        return ""
    norm = norm or (wanted.norms[-1] if wanted.norms else None)
    pattern, words, measure = PATTERN[wanted.measure.pattern], _WORDS[language], wanted.measure
    said: dict[str, str] = {"limit": _limit(norm.limit if norm else None, pattern.name, language)}
    for argument in pattern.arguments:
        value = measure.get(argument.name)
        if argument.type == "event_class":
            empty = {"since": words["first"], "until": words["last"]}.get(argument.name, words["any"])
            said[argument.name] = (
                events_in_words(value, language, name) if isinstance(value, EventClass) else empty
            )
        elif argument.type == "event_classes":
            steps = value if isinstance(value, tuple) else ()
            said[argument.name] = words["then"].join(events_in_words(one, language, name) for one in steps)
        elif isinstance(value, tuple):
            said[argument.name] = ", ".join(f"“{name(str(one))}”" for one in value)
        elif value is not None or argument.default:
            said[argument.name] = str(value if value is not None else argument.default)
    template = pattern.nl if language == "nl" else pattern.en
    text = in_number(template, said).format_map(said)
    text = text[0].upper() + text[1:]
    if isinstance(at_least := measure.get("at_least"), Duration):
        text += words["at_least"].format(at_least.in_words(language))
    if (where := measure.get("where")) is not None:
        text += words["correlated"].format(where)
    if measure.get("match") == "fifo":
        text += words["fifo"]
    if isinstance(moved := measure.get("moved"), EventClass):
        text += words["moved"].format(events_in_words(moved, language, name))
    text += _clock(measure, norm, language, name)
    return text + (words["share"].format(norm.share.in_words(language)) if norm else "")


def open_sentence(pattern: Pattern, language: str) -> str:
    """Says what a pattern asks, with what is still to be filled in left open.

    Args:
        pattern: A row of the pattern table.
        language: "nl" or "en".

    Returns:
        One sentence; of a limit that may be left out it says nothing.

    Example:
        >>> open_sentence(PATTERN["within"], "en"), open_sentence(PATTERN["alternate_response"], "en")
        ('After … comes … within …', 'After A comes B before the next A.')
    """
    holes = {argument.name: {"a": "A", "b": "B"}.get(argument.name, _HOLE) for argument in pattern.arguments}
    limit = ""
    if pattern.needs_limit:
        key = "" if pattern.name in _BARE else "most" if pattern.form == "span" else "within"
        limit = _WORDS[language][key].format(_HOLE) if key else _HOLE
    template = pattern.nl if language == "nl" else pattern.en
    return in_number(template, {}).format_map({**holes, "limit": limit}).replace(f"{_HOLE}.", _HOLE)


def events_in_words(events: EventClass, language: str, name: Callable[[str], str] = str) -> str:
    """Names the events a rule speaks of."""
    words = _WORDS[language]
    said = words["or"].join(f"“{name(element)}”" for element in events.elements) or words["any"]
    if events.moment == "start":
        said = words["start"].format(said)
    where: Condition | None = events.where
    return said + (words["where"].format(where) if where is not None else "")


def limit_in_words(limit: Limit, language: str) -> str:
    """A limit as a reader of that language says it; an attribute by its name, with spaces where a reader expects them."""
    if isinstance(limit, Attribute):
        return limit.name.replace("_", " ")
    return limit.in_words(language) if isinstance(limit, Duration) else limit_text(limit)


def _clock(measure: Measure, norm: Norm | None, language: str, name: Callable[[str], str]) -> str:
    """Says what clock time is counted by, where it is not simply the one on the wall."""
    words, said = _WORDS[language], ""
    in_days = norm is not None and isinstance(norm.limit, Duration) and not norm.limit.is_calendar
    if (clock := measure.get("clock")) not in (None, "calendar") and not in_days:
        said += words["clock"].format(name(str(clock)))
    stops, resumes = measure.get("stops"), measure.get("resumes")
    if isinstance(stops, EventClass):
        until = events_in_words(resumes, language, name) if isinstance(resumes, EventClass) else words["last"]
        said += words["stops"].format(events_in_words(stops, language, name), until)
    extended_by, extension = measure.get("extended_by"), measure.get("extension")
    if isinstance(extended_by, EventClass) and isinstance(extension, Duration):
        said += words["extended"].format(
            events_in_words(extended_by, language, name), extension.in_words(language)
        )
    return said


def _limit(limit: Limit | None, pattern: str, language: str) -> str:
    words = _WORDS[language]
    if limit is None:
        return words["none"] if pattern in _BARE or pattern == "duration" else ""
    said = limit_in_words(limit, language)
    if pattern in _BARE:
        return said
    if pattern == "duration":
        return words["until" if isinstance(limit, Attribute) else "most"].format(said)
    return words["by" if isinstance(limit, Attribute) else "within"].format(said)
