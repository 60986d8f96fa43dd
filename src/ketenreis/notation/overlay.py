"""How does a model read in another language? An overlay says per element and field what its text is there."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ketenreis.findings import Finding, Place
from ketenreis.model import Element, Field, Model
from ketenreis.notation.found import Found
from ketenreis.notation.keys import keys_of
from ketenreis.notation.nodes import Node, Record, Scalar, Sequence, compose
from ketenreis.notation.typed import Context, is_empty, read_entries, value

_WORDY = ("text", "prose", "list", "words", "texts", "sides")


@dataclass(frozen=True)
class Overlaid:
    """A model in another language, and what is wrong with the overlay."""

    model: Model
    findings: tuple[Finding, ...]


def overlay(model: Model, path: str | os.PathLike[str]) -> Overlaid:
    """Lays the texts of an overlay file over a model.

    Args:
        model: The model in the language it was written in.
        path: A file named after its language, such as en.yaml: element id → field → text.

    Returns:
        The model with those texts, its organisation now in that language; the rest stays as it was.
    """
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as problem:
        found = Found()
        reason = problem.strerror or str(problem)
        found.add("file_unreadable", Place(str(file), 1), {"file": str(file), "reason": reason})
        return Overlaid(model, found.all())
    return _overlaid(model, data, file.stem, str(file))


def overlay_text(model: Model, text: str, language: str, file: str = "overlay.yaml") -> Overlaid:
    """Lays the texts of an overlay over a model.

    Example:
        >>> from ketenreis.notation.text import read_text
        >>> model = read_text("personas: [{id: gezin, name: Gezin}]").model
        >>> overlay_text(model, "gezin: {name: Family}", "en").model["gezin"].name
        'Family'
    """
    return _overlaid(model, text.encode(errors="replace"), language, file)


def _overlaid(model: Model, data: bytes, language: str, file: str) -> Overlaid:
    found = Found()
    node = compose(data, file, found)
    elements = dict(model.elements)
    if isinstance(node, Record):
        kinds = {element.id: element.kind for element in model}
        for key, fields in node.entries:
            if key.text not in model:
                about = {"target": key.text[:60], "nearest": found.nearest(key.text, model.elements)}
                found.add("overlay_unknown_element", key.place, about, level="warning")
                continue
            element = elements[key.text]
            context = Context(found, element.id, kinds)
            said = _texts(fields, element, language, context)
            elements[key.text] = replace(element, fields=MappingProxyType({**element.fields, **said}))
    elif node is not None:
        Context(found, "", {}).wrong("record_expected", node, "–", permitted="id")
    if model.organisation is not None and language in ("nl", "en"):
        organisation = elements[model.organisation.id]
        spoken = MappingProxyType({**organisation.fields, "language": language})
        elements[organisation.id] = replace(organisation, fields=spoken)
    return Overlaid(Model.of(elements.values(), model.edges), found.all())


def _texts(node: Node, element: Element, language: str, context: Context) -> dict[str, object]:
    """The texts that an overlay gives the fields of one element."""
    fields = {
        key: field
        for key, field in keys_of(element.kind).items()
        if isinstance(field, Field) and _is_text(field)
    }
    if not isinstance(node, Record):
        if isinstance(node, Scalar) and not is_empty(node):
            context.wrong("record_expected", node, "–", permitted=", ".join(fields))
        return {}
    said: dict[str, object] = {}
    for key, entry in node.entries:
        field = fields.get(key.text)
        if field is not None and field.type == "records":
            rows = element.get(key.text)
            said[key.text] = _rows(entry, field, rows if isinstance(rows, tuple) else (), context)
        elif field is None:
            context.wrong("overlay_not_text", key, key.text[:60], permitted=", ".join(fields))
        elif (read := value(_in_language(entry, field, language), field, context)) is not None:
            said[key.text] = read
            if isinstance(read, Mapping):
                # What it already says in other languages stays; the new comes first, as the one to show.
                before = element.fields.get(key.text)
                kept = before if isinstance(before, Mapping) else {}
                said[key.text] = MappingProxyType(
                    {**read, **{k: v for k, v in kept.items() if k not in read}}
                )
    return said


def _rows(
    node: Node, field: Field, rows: tuple[Mapping[str, object], ...], context: Context
) -> tuple[Mapping[str, object], ...]:
    """The rows of a field with the texts of an overlay: its first row says those of the first, an empty one keeps them."""
    texts = {part.name: part for part in field.fields if _is_text(part)}
    if not isinstance(node, Sequence):
        context.wrong("list_expected", node, field.name)
        return rows
    if len(node.items) > len(rows):
        context.wrong("overlay_not_text", node.items[len(rows)], field.name, permitted=", ".join(texts))
        return rows
    read = [read_entries(item, texts, context) if isinstance(item, Record) else None for item in node.items]
    read += [None] * (len(rows) - len(read))
    return tuple(MappingProxyType({**row, **(more or {})}) for row, more in zip(rows, read, strict=True))


def _is_text(field: Field) -> bool:
    if field.type == "records":
        return any(_is_text(part) for part in field.fields)
    return (
        field.name != "id"
        and field.type in _WORDY
        and (field.type != "sides" or field.fields[0].type == "prose")
    )


def _in_language(node: Node, field: Field, language: str) -> Node:
    """A plain text for a field that holds one per language is the one of this language."""
    if field.type != "texts" or not isinstance(node, Scalar) or is_empty(node):
        return node
    return Record(node.place, ((Scalar(node.place, language), node),))
