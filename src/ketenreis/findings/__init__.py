"""Findings: what is remarkable in a model, in data or in a requirement, as values.

A finding carries an id, the elements it is about and its parameters. The sentences live apart, one catalogue
per language (`nl.toml`, `en.toml`), so that the same finding reads well in both.
"""

import dataclasses
import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from ketenreis.findings.counted import in_number
from ketenreis.findings.refused import in_language

Level = Literal["error", "warning", "advice", "good"]
"""error: cannot be used as it stands; warning: a promise is at risk; advice: worth a look; good: goes well."""

LEVELS: tuple[Level, ...] = ("error", "warning", "advice", "good")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remarkable thing.

    Attributes:
        id: Name of the check, which is also its module, fixture and page.
        level: How much it matters.
        elements: Ids of the elements it is about; the first is where to go. Empty for a file as a whole.
        field: The field of the first element that it is about, if one.
        parameters: What the sentence needs besides the elements' names. Never a measured decimal.
        place: Where it stands in the text, when it is known.
        excerpt: The line at that place.
    """

    id: str
    level: Level
    elements: tuple[str, ...] = ()
    field: str | None = None
    parameters: Mapping[str, str | int] = dataclasses.field(default_factory=dict, hash=False)
    place: Place | None = None
    excerpt: str = ""

    @property
    def fingerprint(self) -> str:
        """Stays the same for as long as it is the same problem of the same elements: dismissals hang on it."""
        said = "\x1f".join((self.id, *self.elements, self.field or ""))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def at(self, place: Place | None, excerpt: str = "") -> "Finding":
        """The same finding, now with its place."""
        return replace(self, place=place, excerpt=excerpt)


@dataclass(frozen=True, slots=True)
class Sentences:
    """A finding in words: what it is called, what is the case, why it matters to the customer, what to do next."""

    title: str
    message: str
    why: str
    next: str


class _Names(dict[str, object]):
    """Leaves a hole visible instead of failing: a message must always reach its reader."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


@cache
def catalogue(language: str) -> Mapping[str, Mapping[str, str]]:
    """The sentences of every finding in one language ("nl" or "en"), by finding id."""
    text = files("ketenreis.findings").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def in_words(finding: Finding, language: str, name: Callable[[str], str] = str) -> Sentences:
    """Says a finding in a language.

    Args:
        finding: What was found.
        language: "nl" or "en".
        name: Gives the name a reader knows an element by, from its id.

    Returns:
        The four sentences. `{element}` is the first element's name, `{elements}` the names of the others.

    Example:
        >>> in_words(Finding("ctq_without_activity", "warning", ("op-tijd",)), "en").title
        'Nobody keeps this requirement'
    """
    names = [name(element) for element in finding.elements]
    values = _Names(
        {
            "element": names[0] if names else "",
            "elements": ", ".join(names[1:]),
            "id": finding.elements[0] if finding.elements else "",
            **finding.parameters,
        }
    )
    if isinstance(refused := values.get("reason"), str):
        values["reason"] = in_language(refused, language)
    said = catalogue(language)[finding.id]
    parts = (said[part] for part in ("title", "message", "why", "next"))
    return Sentences(*(in_number(part, values).format_map(values) for part in parts))


def worst_first(found: Iterable[Finding]) -> list[Finding]:
    """Orders findings as a reader wants them: by level, then by place, then by id."""
    return sorted(found, key=lambda f: (LEVELS.index(f.level), f.place or Place("~", 0), f.id, f.elements))
