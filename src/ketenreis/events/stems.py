"""Which words mean the same? Cuts names to their stems, so that a label and a name of the model can meet in Dutch and English."""

import re
from collections.abc import Iterable, Mapping

_CODE = re.compile(r"^\s*(?:[A-Z]{1,3}[-_ ]?)?\d+(?:[-_.]\d+)*[a-z]?[\s:._)-]+|^\s*[A-Z]{1,2}_(?=[A-Z])")
_EMPTY = frozenset(
    ["de", "het", "een", "der", "van", "voor", "op", "aan", "in", "met", "door", "naar", "uit",
     "bij", "te", "ter", "is", "wordt", "worden", "er", "of", "en", "om", "tot", "over", "per",
     "dat", "die", "hoe", "haar", "zijn", "dit", "deze", "was", "er", "wij", "ons", "ze", "zich",
     "laat", "laten", "weten", "zelf", "weer", "nog", "wel", "the", "a", "an", "of", "for", "on",
     "at", "in", "with", "by", "to", "from", "is", "are", "be", "and", "or", "that", "it", "its",
     "was", "task", "taak", "stap", "step", "complete", "start"]
)  # fmt: skip
"""Words that say nothing of their own."""
_LIGHT = frozenset(
    ["gedaan", "doen", "doet", "done", "do", "did", "uitgevoerd", "uitvoeren", "perform",
     "performed", "execute", "executed", "geplaatst", "plaatsen", "place", "placed", "gesteld",
     "gemaakt", "maakt", "maken", "make", "made", "gegeven", "geven", "given"]
)  # fmt: skip
"""Verbs that only say that it happened."""
_PARTICLES = frozenset(
    ["aan", "af", "op", "uit", "in", "toe", "na", "vast", "klaar", "gereed", "mee", "terug", "door",
     "voor", "weg", "om", "over", "bij", "vrij", "goed", "neer"]
)  # fmt: skip
"""What a Dutch verb puts last: stelt … vast."""
_BEFORE_NOUNS = frozenset(
    ["van", "voor", "op", "aan", "in", "met", "door", "naar", "uit", "bij", "te", "over", "om", "tot", "per"]
)
_JOINING = frozenset(["en", "and", "of", "or"])
_STRONG: Mapping[str, str] = {
    "sloten": "sluit", "zonden": "zend", "stuurd": "stur", "nomen": "nem", "bracht": "breng", "kozen": "kies",
    "schreven": "schrijf", "keken": "kijk", "trokken": "trek", "wezen": "wijs", "boden": "bied", "kocht": "kop",
    "houden": "houd", "zocht": "zoek", "zegd": "zeg", "zonde": "zend", "zond": "zend", "sent": "send", "paid": "pay",
    "held": "hold", "drukt": "druk",
}  # fmt: skip
"""Parts of strong verbs, as they stand after ge- or a particle."""
_NO_VERBS = frozenset(["gereed", "gebied", "geduld", "gegevens", "gebruiken", "gemeente", "gesprekken"])
_ENDINGS = ("ations", "ation", "ingen", "ments", "ment", "heid", "ings", "ing", "ies", "ers", "ed",
            "en", "es", "te", "de", "t", "e", "s", "d")  # fmt: skip
_KEPT_SHORT = 3


def bare(label: str) -> str:
    """A label without the code in front of it, in small letters.

    Example:
        >>> bare("T05 Print and send"), bare("T05")
        ('print and send', 't05')
    """
    return (_CODE.sub("", label).strip() or label).lower()


def stems(text: str, vocabulary: Iterable[str] = ()) -> frozenset[str]:
    """The meaningful words of a name, cut to their stem; Dutch and English words of one meaning are made the same.

    Args:
        text: A label or a name.
        vocabulary: Stems into which a compound such as statusbericht may fall apart.

    Example:
        >>> sorted(stems("T05 Print and send confirmation of receipt"))
        ['bevestig', 'ontvang', 'verstur']
        >>> stems("Stelt de bevestiging vast") == stems("Bevestiging vastgesteld")
        True
        >>> sorted(stems("Statusbericht verstuurd"))
        ['berich', 'statu', 'verstur']
    """
    known = frozenset(vocabulary)
    return frozenset(part for word in words(text) for part in _apart(word, known))


def spelled(text: str) -> frozenset[str]:
    """The words of a name cut to their stem, each for itself: package and parcel stay two; without numbers."""
    return frozenset(_cut(word) for word in words(text) if not word.isdigit())


def words(text: str) -> tuple[str, ...]:
    """The meaningful words of a name in order, a Dutch verb made whole again: stelt … vast is vaststelt."""
    plain = _CODE.sub("", text) or text
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain).replace("_", " ").replace("-", " ").lower()
    clause: list[str] = []
    found: list[str] = []
    for word in [*re.findall(r"[^\W\d_]+|\d+", spaced), "en"]:
        if word in _JOINING:
            found += _whole_verb(clause)
            clause = []
        else:
            clause.append(word)
    return tuple(word for word in found if word not in _EMPTY)


def _whole_verb(clause: list[str]) -> list[str]:
    """Puts the particle of a verb back in front of it, where it stands at the end or before another preposition."""
    for at, word in enumerate(clause):
        follows = clause[at + 1] if at + 1 < len(clause) else None
        if at == 0 or word not in _PARTICLES or not (follows is None or follows in _BEFORE_NOUNS):
            continue
        verb = next((n for n, each in enumerate(clause[:at]) if each.endswith("t")), 0)
        if clause[verb] not in _PARTICLES | _EMPTY:
            return [*clause[:verb], word + clause[verb], *clause[verb + 1 : at], *clause[at + 1 :]]
    return clause


def _apart(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The stems of a word: two for a compound of which one half is known."""
    whole = stem(word)
    if whole in _ALIKE.values() or whole in vocabulary:
        return (whole,)
    heads = {*_ALIKE, *vocabulary}
    cut = _cut(word)
    ends = max(
        (key for key in heads if len(key) > 3 and cut.endswith(key) and len(cut) - len(key) > 2),
        key=len,
        default="",
    )
    if ends:
        rest = cut[: -len(ends)]
        if (
            len(rest.removesuffix("s")) >= _KEPT_SHORT
            and rest not in _PARTICLES
            and not rest.startswith("ge")
        ):
            return (stem(_unlinked(rest)), _same(ends))
    begins = max(
        (key for key in heads if len(key) > 3 and cut.startswith(key) and len(cut) - len(key) > 3),
        key=len,
        default="",
    )
    if begins:
        rest = re.sub(r"^(ings?|st?|s)", "", cut[len(begins) :])
        if len(rest) > _KEPT_SHORT:
            return (_same(begins), stem(rest))
    return (whole,)


def _unlinked(first: str) -> str:
    """The first half of a compound, without what ties it to the second."""
    return re.sub(r"(?<=.{4})(ings|s)$", "", first)


def stem(word: str) -> str:
    """The stem of a word, or the one that stands for its meaning.

    Example:
        >>> stem("verstuurd"), stem("klaargezet"), stem("afgesloten"), stem("betalingen")
        ('verstur', 'klarze', 'slui', 'betal')
    """
    return _same(_cut(word))


def _same(cut: str) -> str:
    return _ALIKE.get(cut, cut)


def _cut(word: str) -> str:
    """A word without its endings, its long vowels made short: betaalt and betalen become betal."""
    for particle in sorted(_PARTICLES, key=len, reverse=True):
        rest = word.removeprefix(particle)
        if rest != word and re.fullmatch(
            r"ge\w{3,}", rest
        ):  # a past participle with its particle: vastgesteld
            return _ending(particle + _STRONG.get(rest[2:], rest[2:]))
        if rest != word and rest in _STRONG:
            return _ending(particle + _STRONG[rest])
    if word not in _NO_VERBS and re.fullmatch(r"ge\w{3,}(d|t|en)", word):  # a past participle: gestuurd
        word = word[2:]
    for prefix in ("ver", "be", "ont", "her"):
        rest = word.removeprefix(prefix)
        if rest != word and rest in _STRONG:
            return _ending(prefix + _STRONG[rest])
    return _ending(_STRONG.get(word, word))


def _ending(word: str) -> str:
    cut = word
    for ending in _ENDINGS:
        if cut.endswith(ending) and len(cut) - len(ending) >= _KEPT_SHORT:
            cut = cut[: -len(ending)]
            break
    return _short(re.sub(r"(?<=\w{3})[td]+$", "", cut))


def _short(cut: str) -> str:
    """Spells a stem in one way: no double vowel or consonant, f and s at the end."""
    cut = re.sub(r"([aeou])\1", r"\1", cut)
    cut = re.sub(r"([bcdfgklmnprstvz])\1$", r"\1", cut)
    return re.sub(r"v$", "f", re.sub(r"z$", "s", cut))


def _meanings() -> Mapping[str, str]:
    """Stems of one meaning, each with the one that stands for it."""
    rows = (
        "versturen verzenden sturen send sent print drukken afdrukken dispatch",
        "ontvangen ontvangst receive receipt receiving",
        "bevestigen confirm confirmation",
        "registreren register registration boeken book aannemen accept record intake",
        "toetsen controle controleren check examine verify verification inspect",
        "bepalen vaststellen besluiten besluit beslissen decide decision determine",
        "betalen pay paid payment",
        "bestellen order opdracht",
        "aanvraag aanvragen request application apply verzoek",
        "klacht complaint complain",
        "leveren bezorgen deliver delivery afleveren",
        "afspraak appointment",
        "telefoon bellen telefoneren telefoontje phone call",
        "sluiten afsluiten afronden afhandelen close closed finish finished eindigen",
        "annuleren cancel intrekken withdraw",
        "advies adviseren advice advise recommend",
        "factuur factureren invoice bill billing",
        "vraag vragen question ask",
        "antwoord beantwoorden answer reply reageren reactie response",
        "herinneren remind reminder",
        "brief letter",
        "nodig noodzaak necessity need necessary",
        "opstellen concept draft create aanmaken",
        "wijzigen aanpassen adjust change update amend",
        "verzetten verschuiven verplaatsen reschedule postpone",
        "plannen schedule",
        "document stuk",
        "rapport report verslag",
        "zaak case dossier",
        "klant customer client",
        "intern internal",
        "extern external",
        "reden reason waarom",
        "aanhouden hold",
        "aanduiding indication indicition",
        "verwerken process processed",
        "pakket parcel package zending shipment",
        "bericht notification notify notice message",
        "verzamelen pick picking",
        "klaarzetten gereedzetten klaar gereed ready",
        "gebruiken use",
        "goedkeuren approve approval",
        "afwijzen reject weigeren refuse",
        "bezwaar appeal objection",
        "beoordelen assess assessment review evaluate",
        "onderzoeken investigate",
        "repareren repair reparatie",
        "archiveren archive",
        "inlichten inform informeren",
        "vergoeding compensation",
        "boete fine penalty",
        "toevoegen add insert",
        "analyseren analyze analyse analysis",
    )
    return {_cut(word): _cut(row.split()[0]) for row in rows for word in row.split()}


_ALIKE = _meanings()
LIGHT = frozenset(map(stem, _LIGHT))
"""Stems of the verbs that only say that something happened."""
