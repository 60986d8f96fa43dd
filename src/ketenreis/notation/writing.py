"""How is a model written as text, so that reading it gives the same model and writing it again the same text?"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ketenreis.model import Edge, Element, Field, Kind, Model, Relation, arranged
from ketenreis.notation.emit import Plain, Tree, emit
from ketenreis.notation.keys import FILED, keys_of, top_keys
from ketenreis.notation.typed import SIDES, argument_field, resolve
from ketenreis.quantity import Duration, Share, limit_text
from ketenreis.requirements import PATTERN, EventClass, Measure

MAIN_FILE = "organisation.yaml"


def write(model: Model) -> Mapping[str, str]:
    """Writes a model as the files of a folder.

    Args:
        model: Any model; its order of text is the canonical one.

    Returns:
        Text by path within the folder: organisation.yaml with the organisation and its simple lists, and one file for
        each journey, chain and process. Reading these gives the model back; writing that gives these texts again.

    Example:
        >>> from ketenreis.model import Element, Model
        >>> print(write(Model.of([Element("gezin", "persona", None, {"name": "Gezin"})]))["organisation.yaml"], end="")
        personas:
        - id: gezin
          name: Gezin
    """
    writer = _Writer(arranged(model))
    main: dict[str, Tree] = {}
    files: dict[str, dict[str, list[Tree]]] = {}
    for key, kind in top_keys().items():
        if kind.name not in FILED:
            main.update(writer.top(key, kind))
            continue
        elements = writer.tops(kind)
        paths = _paths(kind, elements)
        for element in elements:
            files.setdefault(paths[element.id], {}).setdefault(key, []).append(writer.element(element))
        # A folder is read by the names of its files; another order is told apart.
        by_file = sorted(paths, key=paths.__getitem__)
        if by_file != list(paths):
            main[key] = list(paths)
    texts = {MAIN_FILE: emit(main)} if main else {}
    texts.update((path, emit(files[path])) for path in sorted(files))
    return MappingProxyType(texts)


def write_text(model: Model) -> str:
    """Writes a whole model as one text, in canonical form."""
    writer = _Writer(arranged(model))
    tree: dict[str, Tree] = {}
    for key, kind in top_keys().items():
        tree.update(writer.top(key, kind))
    return emit(tree)


def tree_of(value: Any, field: Field, known: Mapping[str, object]) -> Tree:
    """The value of a field as it stands in text.

    Args:
        value: A value as `Element.fields` holds it.
        field: Its row in the metamodel.
        known: The ids of the model: they decide whether `.start` can be taken for a moment.
    """
    match field.type:
        case "list":
            return list(value)
        case "words" | "texts":
            return dict(value)
        case "record":
            return _record(value, field.fields, known)
        case "records":
            return [_record(row, field.fields, known) for row in value]
        case "sides":
            if all(side in value for side in SIDES) and value["giver"] == value["receiver"]:
                return tree_of(value["giver"], field.fields[0], known)
            return {side: tree_of(value[side], field.fields[0], known) for side in SIDES if side in value}
        case "measure":
            return _measure(value, known)
        case "event_class":
            return _events(value, known)
        case "event_classes":
            # A step that any event makes is spelled out: an empty list among others would read as nothing.
            return [_events(events, known) or {"moment": "complete"} for events in value]
        case "limit":
            return Plain(limit_text(value)) if isinstance(value, Decimal | Duration) else str(value)
    return _scalar(value)


def _scalar(value: object) -> str:
    match value:
        case bool():
            return Plain("true" if value else "false")
        case int() | Duration() | Share():
            return Plain(str(value))
        case date():
            return Plain(value.isoformat())
        case Decimal():
            return Plain(limit_text(value))
    return str(value)


def _record(values: Mapping[str, Any], fields: tuple[Field, ...], known: Mapping[str, object]) -> Tree:
    return {field.name: tree_of(values[field.name], field, known) for field in fields if field.name in values}


def _measure(measure: Measure, known: Mapping[str, object]) -> Tree:
    fields = tuple(map(argument_field, PATTERN[measure.pattern].arguments))
    arguments = _record(measure.arguments, fields, known)
    return {"pattern": measure.pattern, **(arguments if isinstance(arguments, Mapping) else {})}


def _events(events: EventClass, known: Mapping[str, object]) -> Tree:
    ending = ".start" if events.moment == "start" else ""
    short = [name + ending for name in events.elements]
    # Where an id itself ends in `.start`, the short form could be taken for another element: then all is spelled out.
    is_clear = all(
        resolve(said, known) == (name, events.moment)
        for said, name in zip(short, events.elements, strict=True)
    ) and bool(events.elements or events.moment == "complete")
    names = short if is_clear else list(events.elements)
    of: Tree = names[0] if len(names) == 1 else names
    if events.where is None and is_clear:
        return of
    written: dict[str, Tree] = {"of": of} if events.elements else {}
    if events.where is not None:
        written["where"] = str(events.where)
    if not is_clear:
        written["moment"] = events.moment
    return written


class _Writer:
    """Writes the elements of one model in canonical order."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.organisation = model.organisation

    def tops(self, kind: Kind) -> list[Element]:
        """The elements of a kind that stand in the organisation itself."""
        above = (None, self.organisation.id if self.organisation else None)
        return [element for element in self.model.of_kind(kind.name) if element.parent in above]

    def top(self, key: str, kind: Kind) -> Mapping[str, Tree]:
        """A key of the whole text with what stands under it; nothing where the model has none."""
        if kind.name == "organisation":
            return {key: self.element(self.organisation)} if self.organisation else {}
        elements = [self.element(element) for element in self.tops(kind)]
        return {key: elements} if elements else {}

    def element(self, element: Element) -> Tree:
        written: dict[str, Tree] = {}
        for key, meaning in keys_of(element.kind).items():
            match meaning:
                case Field(name="id"):
                    written[key] = element.id
                case Field() as field if key in element.fields:
                    written[key] = tree_of(element.fields[key], field, self.model.elements)
                case Relation() as relation:
                    if edges := self.model.out(element.id, relation.name):
                        written[key] = self.relation(relation, element, edges)
                case Kind() as kind if element.kind != "organisation":
                    if children := self.model.children(element.id, kind.name):
                        written[key] = [self.element(child) for child in children]
        return written

    def relation(self, relation: Relation, source: Element, edges: tuple[Edge, ...]) -> Tree:
        targets: list[Tree] = [self.target(relation, edge) for edge in edges]
        return targets[0] if relation.is_one(source.kind) and len(targets) == 1 else targets

    def target(self, relation: Relation, edge: Edge) -> Tree:
        if not edge.fields:
            return edge.target
        fields = _record(edge.fields, relation.fields, self.model.elements)
        return {"to": edge.target, **(fields if isinstance(fields, Mapping) else {})}


def _paths(kind: Kind, elements: list[Element]) -> Mapping[str, str]:
    """The file of each element, by id; an id cannot lead out of its folder."""
    seen: dict[str, str] = {}
    paths: dict[str, str] = {}
    for element in elements:
        name = re.sub(r"[^\w.\-]", "-", element.id).lstrip(".")
        # Names that differ in nothing but capitals would overwrite each other on some systems: these share a file.
        paths[element.id] = seen.setdefault(name.casefold(), f"{kind.plural}/{name}.yaml")
    return paths
