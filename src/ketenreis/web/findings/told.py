"""How does a finding read on a page? By the labels that its reader sees there, not by the names that stand in a text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from ketenreis.errors import KetenreisError
from ketenreis.findings import Finding, Sentences, in_words
from ketenreis.model import KIND, KINDS, RELATION, Model
from ketenreis.quantity import Duration
from ketenreis.web.words import say

_SIDES = ("giver", "receiver")
_FILLED = re.compile(r"\b([a-z_]+):(?: (?:\[[^\]]*\]|\{[^}]*\}|\.\.\.|true)|(?= \d))")
_CHOICES = {(field.name, one.key): one for kind in KINDS for field in kind.fields for one in field.choices}
_CHOSEN = re.compile(rf"\b({'|'.join(sorted({name for name, _ in _CHOICES}))}): ([a-z_]+)\b")
_NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_LISTED = re.compile(r"\b([a-z_]+): ([a-z_]+(?:, [a-z_]+)+)\b")
"""A field as a text writes it: filled in, with one of its choices, or as the name of what holds several."""


def told(finding: Finding, model: Model, language: str) -> Sentences:
    """A finding in words for a page.

    Args:
        finding: What was found.
        model: Where its elements are.
        language: "nl" or "en".

    Returns:
        The sentences, in which fields, relations and sides go by their labels, elements by their names and durations in
        the words of the language.
    """
    labels = _labels(finding, model, language)
    about = {key: _said(value, labels, language) for key, value in finding.parameters.items()}
    if finding.elements:
        about["id"] = f"“{model.name(finding.elements[0])}”"
    said = in_words(replace(finding, parameters=about), language, model.name)
    return replace(
        said, message=_unwritten(said.message, labels, language), next=_unwritten(said.next, labels, language)
    )


def _labels(finding: Finding, model: Model, language: str) -> Mapping[str, str]:
    """What things are called where a finding is told; first the fields of its own elements."""
    kinds = {model[name].kind for name in finding.elements if name in model}
    return _labels_of(tuple(sorted(kinds)), language)


@lru_cache  # of the few kinds that a finding is about; a page tells thousands
def _labels_of(kinds: tuple[str, ...], language: str) -> Mapping[str, str]:
    """What relations, sides, lists of a kind and fields are called; first the fields of these kinds."""
    found = {field.name: str(getattr(field, language)) for kind in KINDS for field in kind.fields}
    found |= {kind.plural: str(getattr(kind, f"{language}_plural")) for kind in KINDS}
    found |= {name: str(getattr(relation, language)) for name, relation in RELATION.items()}
    for kind in kinds:
        found |= {field.name: str(getattr(field, language)) for field in KIND[kind].fields}
    return {**found, **{side: say(language, f"elements.{side}") for side in _SIDES}}


def _said(value: str | int, labels: Mapping[str, str], language: str) -> str | int:
    """A parameter: names become labels, each part of a list by itself; a duration becomes words."""
    if not isinstance(value, str):
        return value
    parts = value.split(", ")
    if all(part in labels for part in parts):
        return ", ".join(labels[part] for part in parts)
    try:
        return Duration.parse(value).in_words(language)
    except KetenreisError:
        return value


def _unwritten(sentence: str, labels: Mapping[str, str], language: str) -> str:
    """A sentence without the signs of the text notation: `serves: [...]` is called by its label, and so is a choice."""

    def filled(found: re.Match[str]) -> str:
        return f"“{labels[found[1]]}”" if found[1] in labels else found[0]

    def chosen(found: re.Match[str]) -> str:
        choice = _CHOICES.get((found[1], found[2]))
        return f"“{labels[found[1]]}”: {getattr(choice, language)}" if choice else found[0]

    def listed(found: re.Match[str]) -> str:
        names = found[2].split(", ")
        if not {found[1], *names} <= labels.keys():
            return found[0]
        return f"“{labels[found[1]]}”: {', '.join(labels[name] for name in names)}"

    def named(found: re.Match[str]) -> str:
        return f"“{labels[found[0]]}”" if found[0] in labels else found[0]

    if ":" in sentence:  # most sentences hold nothing of this, and a page may tell thousands
        sentence = _LISTED.sub(listed, _CHOSEN.sub(chosen, _FILLED.sub(filled, sentence)))
    return _NAME.sub(named, sentence) if "_" in sentence else sentence
