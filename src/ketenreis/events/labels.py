"""Which event label is which touchpoint or activity? Proposals from words and from order; people confirm them."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ketenreis.events.stems import LIGHT, bare, spelled, stem, stems

ENOUGH = 0.55
"""Score from which a proposal is made: below it, guessing costs more correction than it saves."""
APART = 0.06
"""A proposal is only made when it beats the next candidate, and the next label that claims it, by this much."""

_BY_CUSTOMER = frozenset(
    map(stem, ("klant", "customer", "inwoner", "burger", "aanvrager", "huurder", "zelf"))
)
_MESSAGES = frozenset(map(stem, ("bericht", "mail", "e-mail", "sms", "brief", "melding", "notification")))
_SENDING = stem("versturen")
_ARRIVING = stem("ontvangen")
"""Payment received is the payment, more often than it is the receiving."""
_BY = re.compile(r"\b(?:door|by)\s+(?:de\s+|the\s+|het\s+)?(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A touchpoint or activity that a label may be an event of.

    Attributes:
        id: Of the element.
        name: As the model calls it.
        position: Its place in the process: any increasing number.
        also: What else it goes by: what it yields, what it carries.
        channel: Words in its name that only say by which channel.
        by_customer: Whether the customer does it; None when nobody said.
        beside: Elements that are the other side of it: the activity behind a contact, the contact that it makes true.
    """

    id: str
    name: str
    position: float
    also: tuple[str, ...] = ()
    channel: str = ""
    by_customer: bool | None = None
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a label could be.

    Attributes:
        label: The event label.
        element: Id of the element proposed; null when nothing comes near.
        score: 0 to 1.
        why: What speaks for it: "same name", "words: …", in English words for the record.
    """

    label: str
    element: str | None
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How alike a label and a candidate are, and by what."""

    score: float
    why: str


def propose(
    labels: Sequence[str], candidates: Sequence[Candidate], *, enough: float = ENOUGH
) -> tuple[Proposal, ...]:
    """Proposes for every label the element it is an event of.

    Args:
        labels: In the order in which they usually occur in a case.
        candidates: The touchpoints and activities.
        enough: Score from which something is proposed.

    Returns:
        One proposal per label, in the order given; the element is null where nothing comes near, or where two come
        equally near. An element may be proposed for several labels only when these are worded almost alike.

    Example:
        >>> sending = Candidate("sturen", "Bevestiging versturen", 1)
        >>> found = propose(["T05 Print and send confirmation", "Lunch"], [sending])
        >>> [(each.label, each.element) for each in found]
        [('T05 Print and send confirmation', 'sturen'), ('Lunch', None)]
    """
    ordered = sorted(candidates, key=lambda candidate: candidate.position)
    scores = _scores(labels, ordered)
    chosen: dict[int, Proposal] = {}
    taken: dict[str, int] = {}
    pairs = sorted(
        ((scores[i][j].score, i, j) for i in range(len(labels)) for j in range(len(ordered))),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    refused: set[int] = set()
    contested: set[int] = set()
    for score, i, j in pairs:
        if score < enough:
            break
        one = ordered[j]
        if i in chosen or i in refused:
            continue
        if one.id in taken:
            first = taken[one.id]
            if _worded_alike(labels[i], labels[first]):
                chosen[i] = Proposal(labels[i], one.id, round(score, 3), scores[i][j].why)
            elif (
                scores[first][j].score - score < APART
            ):  # two labels claim it alike: who is to say what the other is
                refused.add(i)
                contested.add(first)
            continue
        others = [
            scores[i][k].score
            for k, other in enumerate(ordered)
            if k != j and other.id not in one.beside and other.id not in taken
        ]
        if max(others, default=0.0) > score - APART and score < 1:
            refused.add(i)
            continue
        chosen[i] = Proposal(labels[i], one.id, round(score, 3), scores[i][j].why)
        taken.setdefault(one.id, i)
    nothing = (Proposal(label, None, 0.0, "nothing near") for label in labels)
    return tuple(chosen[i] if i in chosen and i not in contested else none for i, none in enumerate(nothing))


def _worded_alike(one: str, other: str) -> bool:
    """Whether two labels say the same, but for their numbers."""
    return spelled(one) == spelled(other)


def _scores(labels: Sequence[str], candidates: Sequence[Candidate]) -> list[list[_Likeness]]:
    """How alike each label and each candidate are."""
    mine = [stems(label) for label in labels]
    names = [[stems(name) for name in _names(candidate)] for candidate in candidates]
    weight = _weights([*mine, *(frozenset[str]().union(*each) for each in names)])
    return [
        [
            _likeness(
                label, mine[i], candidate, names[j], weight, _nearby(i, j, len(labels), len(candidates))
            )
            for j, candidate in enumerate(candidates)
        ]
        for i, label in enumerate(labels)
    ]


def _names(candidate: Candidate) -> tuple[str, ...]:
    """Everything a candidate goes by: its name, its id where that is in words, and the rest."""
    of_id = candidate.id.replace("-", " ").replace("_", " ").replace("/", " ")
    return (candidate.name, *((of_id,) if re.search(r"[^\W\d]{4}", of_id) else ()), *candidate.also)


def _nearby(i: int, j: int, labels: int, candidates: int) -> float:
    """How near a label and a candidate stand in their own order, 0 to 1."""
    if labels < 2 or candidates < 2:
        return 0.5
    return 1.0 - abs(i / (labels - 1) - j / (candidates - 1))


def _weights(names: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """A word that stands in many names says little."""
    counts: dict[str, int] = {}
    for name in names:
        for word in name:
            counts[word] = counts.get(word, 0) + 1
    usual = {**dict.fromkeys(LIGHT, 0.2), _ARRIVING: 0.5}
    return {word: usual.get(word, 1.0) / times**0.4 for word, times in counts.items()}


def _likeness(
    label: str,
    mine: frozenset[str],
    candidate: Candidate,
    names: Sequence[frozenset[str]],
    weight: Mapping[str, float],
    nearby: float,
) -> _Likeness:
    """How alike a label and a candidate are: by the name of it that comes nearest."""
    plain = bare(label)
    if plain in {candidate.name.lower(), candidate.id.lower(), candidate.id.replace("-", " ").lower()}:
        return _Likeness(1.0, "same name")
    who = _actor(label)
    told = mine - who
    beside_the_point = stems(candidate.channel) if candidate.channel else frozenset[str]()
    best = _Likeness(0.0, "nothing")
    for number, its in enumerate(names):
        about = (its - beside_the_point or its) - _BY_CUSTOMER
        alike, shared = _overlap(told, about, weight)
        alike *= 1.0 if number == 0 else 0.97
        if about & _MESSAGES and not told & (_MESSAGES | {_SENDING}):
            alike *= 0.85  # the message about something is not the thing itself
        if told & _MESSAGES and not about & (_MESSAGES | {_SENDING}):
            alike *= 0.7
        if told and max(told, key=lambda word: (weight.get(word, 1.0), word)) not in shared:
            alike *= 0.85  # what is most particular about the label is not in the name
        if alike > best.score:
            best = _Likeness(alike, f"words: {', '.join(sorted(shared))}")
    letters = difflib.SequenceMatcher(None, plain, candidate.name.lower()).ratio()
    if letters > 0.8 and letters > best.score:
        best = _Likeness(letters, "almost the same letters")
    score = best.score * _fitting(who, candidate)
    return _Likeness(min(0.999, 0.94 * score + 0.06 * nearby * score), best.why)


def _actor(label: str) -> frozenset[str]:
    """Who a label says it was done by."""
    return frozenset(stem(found[1].lower()) for found in _BY.finditer(label))


def _fitting(who: frozenset[str], candidate: Candidate) -> float:
    """Less than 1 where the label says that somebody else does it."""
    if not who or candidate.by_customer is None:
        return 1.0
    return 1.0 if bool(who & _BY_CUSTOMER) == candidate.by_customer else 0.6


def _overlap(
    mine: frozenset[str], its: frozenset[str], weight: Mapping[str, float]
) -> tuple[float, frozenset[str]]:
    """How far two sets of words cover each other, and the words of the first that are met."""
    if not mine or not its:
        return 0.0, frozenset()
    met = {word: max(_alike(word, other) for other in its) for word in mine}
    meeting = {word: max(_alike(word, other) for other in mine) for word in its}
    of_label = sum(weight.get(word, 1.0) * part for word, part in met.items()) / sum(
        weight.get(word, 1.0) for word in mine
    )
    of_name = sum(weight.get(word, 1.0) * part for word, part in meeting.items()) / sum(
        weight.get(word, 1.0) for word in its
    )
    return of_label**0.55 * of_name**0.45, frozenset(word for word, part in met.items() if part)


def _alike(one: str, other: str) -> float:
    """How alike two stems are: 1 the same, 0 nothing alike."""
    if one == other:
        return 1.0
    if _SENDING in (one, other) and (one in _MESSAGES or other in _MESSAGES):
        return 0.6
    short, long = sorted((one, other), key=len)
    if short.isdigit() or long.isdigit() or len(short) < 4:
        return 0.0
    if long.startswith(short) or long.endswith(short):
        return 0.75 if len(short) > 4 or len(long) - len(short) < 4 else 0.5
    return 0.8 if len(short) > 5 and difflib.SequenceMatcher(None, one, other).ratio() >= 0.85 else 0.0


def unmapped(labels: Sequence[str], known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The labels that the mapping ties to nothing, in their order."""
    return tuple(label for label in labels if label not in known)
