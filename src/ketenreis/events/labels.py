"""Which event label is which touchpoint or activity? Proposals from words and from order; people confirm them."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ENOUGH = 0.4
"""Score from which a proposal is made: below it, guessing costs more correction than it saves."""

_CODE = re.compile(r"^\s*(?:[A-Z]{1,3}[-_ ]?)?\d+(?:[-_.]\d+)*[a-z]?[\s:._)-]+|^\s*[A-Z]{1,2}_(?=[A-Z])")
_ENDINGS = ("ingen", "ation", "ment", "heid", "ing", "end", "ene", "ers", "ies", "ed", "en", "er",
            "es", "de", "te", "t", "e", "s", "d", "n")  # fmt: skip
_EMPTY = frozenset(
    [
        "de",
        "het",
        "een",
        "der",
        "van",
        "voor",
        "op",
        "aan",
        "in",
        "met",
        "door",
        "naar",
        "uit",
        "bij",
        "te",
        "ter",
        "is",
        "wordt",
        "worden",
        "er",
        "of",
        "en",
        "om",
        "tot",
        "over",
        "per",
        "the",
        "a",
        "an",
        "of",
        "for",
        "on",
        "at",
        "in",
        "with",
        "by",
        "to",
        "from",
        "is",
        "are",
        "be",
        "and",
        "or",
        "task",
        "taak",
        "stap",
        "step",
        "complete",
        "start",
    ]
)
_ALIKE: Mapping[str, str] = {
    word: pair[0]
    for pair in (
        ("verstur", "verzend", "verzond", "stur", "stuur", "gestuurd", "send", "sent", "print"),
        ("ontvang", "ontvangst", "ontvang", "receiv", "receipt", "binnen"),
        ("bevestig", "confirm", "confirma", "confirmation"),
        ("registre", "registr", "register", "regist", "boek", "record"),
        ("controle", "controler", "check", "toets", "examin", "verif", "inspect"),
        ("besluit", "beslis", "decid", "decision", "bepal", "determin", "vaststel"),
        ("betal", "betaal", "pay", "paid", "payment"),
        ("bestel", "order", "opdracht"),
        ("aanvraag", "aanvrag", "request", "application", "applic", "verzoek"),
        ("klacht", "complaint", "complain"),
        ("lever", "bezorg", "deliver", "delivery"),
        ("afspraak", "appointment"),
        ("bel", "telefo", "call", "phon"),
        ("sluit", "afsluit", "afgerond", "afhandel", "afgehandeld", "clos", "finish", "complet"),
        ("annul", "cancel", "intrek", "withdraw"),
        ("advies", "advis", "advice", "recommend"),
        ("factur", "factuur", "invoic", "bill"),
        ("vraag", "question", "ask"),
        ("antwoord", "answer", "reply", "reageer", "reactie"),
        ("herinner", "remind"),
        ("brief", "letter"),
        ("noodzaak", "necessit", "need"),
        ("concept", "draft", "opstel"),
        ("pas", "aanpas", "adjust", "wijzig", "chang", "update"),
        ("plan", "schedul"),
        ("document", "stuk"),
        ("stop", "beeindig"),
        ("rapport", "report", "verslag"),
        ("zaak", "case", "dossier"),
        ("klant", "customer", "client"),
    )
    for word in pair
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a label could be.

    Attributes:
        label: The event label.
        element: Id of the element proposed; null when nothing comes near.
        score: 0 to 1.
        why: What speaks for it: "same name", "words: …", "order", in English words for the record.
    """

    label: str
    element: str | None
    score: float
    why: str


def propose(
    labels: Sequence[str], elements: Sequence[tuple[str, str, float]], *, enough: float = ENOUGH
) -> tuple[Proposal, ...]:
    """Proposes for every label the element it is an event of.

    Args:
        labels: In the order in which they usually occur in a case.
        elements: Id, name and position (any increasing number) of the touchpoints and activities.
        enough: Score from which something is proposed.

    Returns:
        One proposal per label, in the order given; the element is null where nothing comes near. An element may be
        proposed for several labels only when these are worded almost alike.

    Example:
        >>> found = propose(["T05 Print and send confirmation", "Lunch"], [("sturen", "Bevestiging versturen", 1)])
        >>> [(each.label, each.element) for each in found]
        [('T05 Print and send confirmation', 'sturen'), ('Lunch', None)]
    """
    ordered = sorted(elements, key=lambda element: element[2])
    words = {label: stems(label) for label in labels}
    named = {id_: stems(name) | stems(id_.replace("-", " ")) for id_, name, _ in ordered}
    weight = _weights([*words.values(), *(stems(name) for _, name, _ in ordered)])
    scored: list[tuple[float, int, int, str]] = []
    for i, label in enumerate(labels):
        for j, (id_, name, _) in enumerate(ordered):
            alike, why = _alike(
                label, name, id_, words[label], named[id_] & (stems(name) or named[id_]), weight
            )
            nearby = (
                1.0 - abs(i / max(1, len(labels) - 1) - j / max(1, len(ordered) - 1))
                if len(ordered) > 1
                else 0.5
            )
            score = alike * 0.9 + 0.1 * nearby * (alike > 0.2)
            scored.append((min(1.0, score), i, j, why))
    chosen: dict[int, Proposal] = {}
    used: dict[int, float] = {}
    for score, i, j, why in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if score < enough:
            break
        if i in chosen or (j in used and score < max(0.75, used[j] - 0.1)):
            continue
        chosen[i] = Proposal(labels[i], ordered[j][0], round(score, 3), why)
        used.setdefault(j, score)
    return tuple(chosen.get(i, Proposal(label, None, 0.0, "nothing near")) for i, label in enumerate(labels))


def stems(text: str) -> frozenset[str]:
    """The meaningful words of a name, cut to their stem, Dutch and English words of one meaning made the same.

    Example:
        >>> sorted(stems("T05 Print and send confirmation of receipt"))
        ['bevestig', 'ontvang', 'verstur']
    """
    bare = _CODE.sub("", text) or text
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare).replace("_", " ").lower()
    found = re.findall(r"[^\W\d_]+|\d+", apart)
    return frozenset(stem for word in found if word not in _EMPTY for stem in _parts(word))


def _parts(word: str) -> tuple[str, ...]:
    """The stems of a word: two for a compound such as ontvangstbevestiging."""
    whole = _same(word)
    if whole in _ALIKE.values():
        return (whole,)
    begins = max((key for key in _ALIKE if len(key) > 3 and word.startswith(key)), key=len, default="")
    rest = word[len(begins) :].removeprefix("s").removeprefix("ings").removeprefix("st").removeprefix("ing")
    rest = rest.removeprefix("s")
    if begins and len(rest) > 3:
        return (_ALIKE[begins], _same(rest))
    ends = max((key for key in _ALIKE if len(key) > 3 and _same(word).endswith(key)), key=len, default="")
    if ends and len(word) - len(ends) > 3:
        return (_same(word[: _same(word).rindex(ends)]), _ALIKE[ends])
    return (whole,)


def _same(word: str) -> str:
    """The stem of a word, or the Dutch stem of the same meaning."""
    if word in _ALIKE:
        return _ALIKE[word]
    stem = word
    if re.fullmatch(r"ge\w{3,}(d|t|en)", word):  # a past participle
        stem = word[2:]
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            stem = stem[: -len(ending)]
            break
    if len(stem) > 3 and stem[-1] == stem[-2]:
        stem = stem[:-1]
    if stem in _ALIKE:
        return _ALIKE[stem]
    return stem


def _weights(names: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """A word that stands in many names says little."""
    counts: dict[str, int] = {}
    for name in names:
        for word in name:
            counts[word] = counts.get(word, 0) + 1
    return {word: 1.0 / times**0.5 for word, times in counts.items()}


def _alike(
    label: str, name: str, id_: str, mine: frozenset[str], its: frozenset[str], weight: Mapping[str, float]
) -> tuple[float, str]:
    """How alike a label and an element's name are, 0 to 1, and by what."""
    plain = _CODE.sub("", label).strip().lower() or label.lower()
    if plain in {name.lower(), id_.lower(), id_.replace("-", " ").lower()}:
        return 1.0, "same name"
    shared = mine & its
    total = sum(weight.get(word, 1.0) for word in mine | its)
    by_words = sum(weight.get(word, 1.0) for word in shared) / total if total else 0.0
    inside = sum(weight.get(word, 1.0) for word in shared) / (
        sum(weight.get(word, 1.0) for word in its) or 1.0
    )
    by_letters = difflib.SequenceMatcher(None, plain, name.lower()).ratio()
    best = max(
        by_words, inside * 0.8 if len(shared) > 1 else inside * 0.65, by_letters if by_letters > 0.6 else 0.0
    )
    if best == by_letters and by_letters > by_words:
        return best, "almost the same letters"
    return best, f"words: {', '.join(sorted(shared))}" if shared else "nothing"


def unmapped(labels: Sequence[str], known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The labels that the mapping ties to nothing, in their order."""
    return tuple(label for label in labels if label not in known)
