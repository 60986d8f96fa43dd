"""How does it read, how far two people agree who labelled the same work?"""

from collections.abc import Iterator
from typing import Any

from ketenreis.analysis.kappa import Labelled
from ketenreis.reports.valued import labelled
from ketenreis.reports.words import Words


def raters_in_words(found: tuple[Labelled, ...], words: Words) -> Iterator[tuple[str, str]]:
    """Each judgement by its label, with how far two people agree on it, in a sentence with n."""
    for one in found:
        kappa = one.kappa
        key = "change.agreed" if kappa.value is not None else "change.agreed_alike"
        said = words.say(
            key,
            share=words.percent(kappa.observed),
            n=kappa.n,
            kappa="" if kappa.value is None else words.number(kappa.value),
            low="" if kappa.interval is None else words.number(kappa.interval.low),
            high="" if kappa.interval is None else words.number(kappa.interval.high),
        )
        yield labelled(one.field, words.language), said


def raters_as_json(found: tuple[Labelled, ...], language: str) -> list[dict[str, Any]]:
    """The same as plain values: shares 0 to 1; kappa null where chance alone makes them agree."""
    return [
        {
            "field": one.field.name, "name": labelled(one.field, language), "n": one.kappa.n,
            "observed": one.kappa.observed, "expected": one.kappa.expected, "kappa": one.kappa.value,
            "interval": one.kappa.interval and [one.kappa.interval.low, one.kappa.interval.high],
            "differing": list(one.differing),
        }
        for one in found
    ]  # fmt: skip
