"""How does a refusal read in the language of who asked? The library says it in English; here stand the same sentences in Dutch.

A sentence is recognised by its fixed words, what was filled in is taken over. One that is not known stays English.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

_GAP = re.compile(r"\{(\w+)\}")
_IN_WORDS = frozenset(("words", "kind", "held", "known", "names", "role"))
_IN_SENTENCES = frozenset(("reason", "hint", "message"))
"""Gaps in which another refusal may stand."""


@cache
def _catalogue() -> tuple[tuple[tuple[re.Pattern[str], str], ...], tuple[tuple[str, str], ...]]:
    """The sentences as patterns, those with most fixed words first; and the words that may be filled in."""
    read = tomllib.loads(files(__package__).joinpath("refusals.nl.toml").read_text(encoding="utf-8"))
    ordered = sorted(read["sentences"].items(), key=lambda pair: -len(_GAP.sub("", pair[0])))
    return tuple((_pattern(en), nl) for en, nl in ordered), tuple(read["words"].items())


def _pattern(sentence: str) -> re.Pattern[str]:
    """What a sentence looks like with its gaps filled in."""
    parts = _GAP.split(sentence)  # fixed text and names of gaps in turn
    fixed = [re.escape(part.replace("{{", "{").replace("}}", "}")) for part in parts[::2]]
    gaps = [f"(?P<{name}>.*?)" for name in parts[1::2]]
    return re.compile("".join(a + b for a, b in zip(fixed, [*gaps, ""], strict=True)), re.DOTALL)


def in_language(said: str, language: str) -> str:
    """A refusal in "nl" or "en".

    Args:
        said: What an exception of `ketenreis.errors` says, in English.
        language: "nl" or "en".

    Example:
        >>> in_language("There is no file a.csv.", "nl")
        'Er is geen bestand a.csv.'
    """
    if language != "nl":
        return said
    sentences, words = _catalogue()
    for pattern, dutch in sentences:
        if found := pattern.fullmatch(said):
            given = found.groupdict()
            given |= {name: in_language(given[name], "nl") for name in _IN_SENTENCES & given.keys()}
            for name in _IN_WORDS & given.keys():
                for en, nl in words:
                    given[name] = _each(given[name], en, nl)
            return dutch.format(**given)
    return said


def _each(said: str, en: str, nl: str) -> str:
    """A phrase in an enumeration, in Dutch."""
    apart = en if en[:1] == " " else rf"(?<![\w“]){re.escape(en)}(?![\w”])"
    return re.sub(apart, nl, said)
