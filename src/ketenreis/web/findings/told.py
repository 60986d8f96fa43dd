"""How does a finding read on a page? By the labels that its reader sees there, not by the names that stand in a text."""

import re
from collections.abc import Mapping
from dataclasses import replace

from ketenreis.errors import KetenreisError
from ketenreis.findings import Finding, Sentences, in_words
from ketenreis.model import KIND, RELATION, Model
from ketenreis.quantity import Duration
from ketenreis.web.words import say

_SIDES = ("giver", "receiver")
_LISTED = re.compile(r"\b([a-z_]+): (?:\[[^\]]*\]|\{[^}]*\})")
_WRITTEN = re.compile(r"\b([a-z_]+): (?=\d)")


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
    return replace(said, message=_unwritten(said.message, labels), next=_unwritten(said.next, labels))


def _labels(finding: Finding, model: Model, language: str) -> Mapping[str, str]:
    """What relations, sides and the fields of a finding's elements are called."""
    found = {name: str(getattr(relation, language)) for name, relation in RELATION.items()}
    kinds = {model[name].kind for name in finding.elements if name in model}
    for kind in sorted(kinds):
        found.update({field.name: str(getattr(field, language)) for field in KIND[kind].fields})
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


def _unwritten(sentence: str, labels: Mapping[str, str]) -> str:
    """A sentence without the signs of the text notation: `serves: [...]` is called by its label."""

    def label(found: re.Match[str]) -> str:
        name = found.group(1)
        return f"“{labels[name]}”" if name in labels else found.group()

    sentence = _LISTED.sub(label, sentence)
    return _WRITTEN.sub(
        lambda found: f"{label(found)} " if found.group(1) in labels else found.group(), sentence
    )
