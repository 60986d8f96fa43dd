"""Which model does a text, a file or a folder hold, and what is wrong with it?

A model is written as YAML: one file, or a folder with the same lists spread over files. Reading never raises: whatever is
wrong is a finding with its place.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ketenreis.findings import Finding, Place
from ketenreis.model import Model
from ketenreis.notation.found import Found
from ketenreis.notation.keys import top_keys
from ketenreis.notation.nodes import MAX_BYTES, Node, Record, compose
from ketenreis.notation.reading import Places, model_of

CONFIRMED = "confirmed.yaml"
"""Holds when relations were last confirmed: beside the model, not part of it."""

_OVERLAY = re.compile(r"[a-z]{2}\.ya?ml")

PathLike = str | os.PathLike[str]


@dataclass(frozen=True)
class Reading:
    """A model as it was read.

    Attributes:
        model: In canonical order; whatever could not be read is left out of it.
        findings: What is wrong with the text, in the order of reading.
        places: Where each element stands, by (id, ""), and each of its keys, by (id, key).
        comments: Where the first comment of each file stands. The canonical text has none: writing it there loses them.
    """

    model: Model
    findings: tuple[Finding, ...]
    places: Places
    found: Found
    comments: tuple[Place, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether everything written was understood: no finding of level error."""
        return all(finding.level != "error" for finding in self.findings)

    def place(self, element: str, field: str | None = None) -> Place | None:
        """Where an element or one of its keys stands; the element itself when it has no such key."""
        return self.places.get((element, field or "")) or self.places.get((element, ""))

    def located(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings of others about this model, each with its place and excerpt."""
        return [self._located(finding) for finding in findings]

    def _located(self, finding: Finding) -> Finding:
        if finding.place is not None or not finding.elements:
            return finding
        place = self.place(finding.elements[0], finding.field)
        return finding.at(place, self.found.excerpt(place)) if place else finding


def read(where: PathLike | Iterable[PathLike]) -> Reading:
    """Reads a model from files and folders.

    Args:
        where: A file, a folder, or several of them that are one model together. In a folder every `.yaml` and `.yml` is
            read at any depth, except confirmations, mappings of event sources and overlays in another language.

    Returns:
        The model and everything that is wrong with its text; never raises for what a file holds.

    Example:
        On Belmij (`folder`):

        >>> file = folder / "model.yaml"
        >>> _ = file.write_text("personas: [{id: gezin, name: Gezin}]", encoding="utf-8")
        >>> read(file).model["gezin"].name
        'Gezin'
    """
    found = Found()
    given = [Path(where)] if isinstance(where, str | os.PathLike) else [Path(path) for path in where]
    texts: list[Node] = []
    complete = True
    for path in given:
        files = list(_files_in(path)) if path.is_dir() else [path]
        if not files:
            found.add("folder_empty", Place(str(path), 1), {"folder": str(path)}, level="advice")
        for file in files:
            data = _bytes(file, found)
            node = compose(data, str(file), found) if data is not None else None
            complete = complete and (node is not None or (data is not None and not data.strip()))
            if node is not None and not (path.is_dir() and _is_beside(file, node)):
                texts.append(node)
    return _reading(texts, found, complete=complete)


def read_texts(texts: Mapping[str, str]) -> Reading:
    """Reads a model from texts by the name of their file.

    Example:
        >>> reading = read_texts({"model.yaml": "personas: [{id: gezin, name: Gezin}]"})
        >>> reading.model["gezin"].name, reading.findings
        ('Gezin', ())
    """
    found = Found()
    nodes = {name: compose(texts[name].encode(errors="replace"), name, found) for name in sorted(texts)}
    complete = all(node is not None or not texts[name].strip() for name, node in nodes.items())
    return _reading([node for node in nodes.values() if node is not None], found, complete=complete)


def read_text(text: str, file: str = "model.yaml") -> Reading:
    """Reads a model from one text.

    Args:
        text: In the notation of `docs/reference/notation.md`.
        file: What findings call it.

    Returns:
        The model and everything that is wrong with the text; never raises for what it holds.

    Example:
        >>> reading = read_text("personas: [{id: gezin, nam: Gezin}]")
        >>> reading.model["gezin"].kind, [(finding.id, str(finding.place)) for finding in reading.findings]
        ('persona', [('unknown_key', 'model.yaml:1:24')])
    """
    return read_texts({file: text})


def _reading(texts: list[Node], found: Found, *, complete: bool) -> Reading:
    model, places = model_of(texts, found, complete=complete)
    files = {text.place.file for text in texts}
    comments = tuple(place for place in found.comments if place.file in files)
    return Reading(model, found.all(), places, found, comments)


def _files_in(folder: Path) -> Iterable[Path]:
    """The files of a folder that may belong to its model, by their path within it."""
    for place, folders, names in os.walk(folder):
        # Sorted, so that a folder reads alike on every system.
        folders[:] = sorted(name for name in folders if name != "mappings" and not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")) and name != CONFIRMED and not name.startswith("."):
                yield Path(place, name)


def _is_beside(file: Path, node: Node) -> bool:
    """Whether a file stands beside the model: a mapping of an event source, or an overlay in another language."""
    if not isinstance(node, Record):
        return False
    keys = {key.text for key, _ in node.entries}
    is_overlay = _OVERLAY.fullmatch(file.name) is not None and not keys & top_keys().keys()
    return "source" in keys or is_overlay


def _bytes(file: Path, found: Found) -> bytes | None:
    """What a file holds, up to just past what is read at all; None when it cannot be opened."""
    place = Place(str(file), 1)
    try:
        if file.exists() and not file.is_file():
            found.add("file_unreadable", place, {"file": str(file), "reason": "not a regular file"})
            return None
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        found.add("file_unreadable", place, {"file": str(file), "reason": reason})
        return None
