"""`ketenreis show`: what is this element, and what hangs on it?"""

import json
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from ketenreis.cli.opening import read_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal

if TYPE_CHECKING:
    from ketenreis.model import Element, Field, Kind, Model
    from ketenreis.notation import Reading


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("element", nargs="?")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows one element, or the whole at a glance."""
    reading = read_model(asked.model, terminal)
    model, language = reading.model, terminal.language
    if asked.element is None:
        found = _glance(model, language)
    else:
        found = _element(reading, model[asked.element], language)
    if asked.json:
        terminal.show(json.dumps(found, ensure_ascii=False, indent=2, default=str))
    elif asked.element is None:
        _show_glance(found, asked.model, terminal)
    else:
        _show_element(found, terminal)
    return 0


def _glance(model: "Model", language: str) -> dict[str, Any]:
    """How many of each kind, and the requirements as sentences."""
    from ketenreis.model import KINDS

    counted = {
        kind.name: {
            "label": _label(kind, len(model.of_kind(kind.name)), language),
            "count": len(model.of_kind(kind.name)),
        }
        for kind in KINDS
        if model.of_kind(kind.name)
    }
    return {
        "organisation": model.organisation.name if model.organisation else None,
        "journeys": [
            {"id": journey.id, "name": journey.name, "need": journey.get("need")}
            for journey in model.of_kind("journey")
        ],
        "kinds": counted,
        "ctqs": [
            {"id": ctq.id, "name": ctq.name, "sentence": _sentence(model, ctq, language)}
            for ctq in model.of_kind("ctq")
        ],
    }


def _label(kind: "Kind", count: int, language: str) -> str:
    if language == "nl":
        return kind.nl if count == 1 else kind.nl_plural
    return kind.en if count == 1 else kind.en_plural


def _sentence(model: "Model", ctq: "Element", language: str) -> str | None:
    from ketenreis.requirements import requirement, sentence

    return sentence(requirement(ctq), language, model.name) or None


def _element(reading: "Reading", element: "Element", language: str) -> dict[str, Any]:
    """Everything that the model says of one element."""
    from ketenreis.model import RELATION
    from ketenreis.model.kinds import NOTE

    model, kind = reading.model, element.schema
    fields = {
        (field.nl if language == "nl" else field.en): _in_words(element.fields[field.name], field, language)
        for field in (*kind.fields, NOTE)
        if field.name in element.fields and field.type != "measure"
    }
    relations: list[dict[str, str]] = []
    for edge in model.edges:
        relation = RELATION[edge.relation]
        if edge.source == element.id:
            label = relation.nl if language == "nl" else relation.en
            relations.append({"relation": edge.relation, "way": "out", "label": label, "id": edge.target})
        if edge.target == element.id:
            label = relation.back_nl if language == "nl" else relation.back_en
            relations.append({"relation": edge.relation, "way": "in", "label": label, "id": edge.source})
    for row in relations:
        row["name"] = model.name(row["id"])
    parent = model.parent(element.id)
    place = reading.place(element.id)
    return {
        "id": element.id,
        "kind": element.kind,
        "kind_label": kind.nl if language == "nl" else kind.en,
        "name": element.name,
        "place": str(place) if place else None,
        "inside": {"id": parent.id, "name": parent.name} if parent else None,
        "sentence": _sentence(model, element, language) if element.kind == "ctq" else None,
        "fields": fields,
        "relations": relations,
        "holds": [
            {
                "id": child.id,
                "name": child.name,
                "kind": child.schema.nl if language == "nl" else child.schema.en,
            }
            for child in model.children(element.id)
        ],
    }


def _in_words(value: Any, field: "Field", language: str) -> Any:
    """A field's value as a reader of that language writes it."""
    from collections.abc import Mapping

    from ketenreis.quantity import Duration, Share

    inner = {each.name: each for each in field.fields}
    if isinstance(value, Mapping):
        return {
            (each.nl if language == "nl" else each.en) if (each := inner.get(key)) else str(key): _in_words(
                said, inner.get(key, field), language
            )
            for key, said in value.items()
        }
    if isinstance(value, tuple):
        return [_in_words(said, field, language) for said in value]
    if isinstance(value, Duration | Share):
        return value.in_words(language)
    label = next((choice for choice in field.choices if choice.key == value), None)
    if label is not None:
        return label.nl if language == "nl" else label.en
    return value if isinstance(value, bool | int | str) else str(value)


def _show_glance(found: dict[str, Any], named: str, terminal: Terminal) -> None:
    if found["organisation"]:
        terminal.show(terminal.paint(found["organisation"], "bold"))
    for journey in found["journeys"]:
        terminal.show(f"{journey['name']}: {journey['need'] or '?'}")
    terminal.show()
    for kind in found["kinds"].values():
        terminal.show(f"{kind['count']:>6}  {kind['label']}")
    if found["ctqs"]:
        terminal.show()
    width = max((len(ctq["id"]) for ctq in found["ctqs"]), default=0)
    for ctq in found["ctqs"]:
        terminal.show(f"{ctq['id']:<{width}}  {ctq['sentence'] or terminal.words('show.no_measure')}")
    if found["ctqs"]:
        terminal.say()
        terminal.say(terminal.words("next"))
        terminal.say(f"  ketenreis show {named} {found['ctqs'][0]['id']}")


def _show_element(found: dict[str, Any], terminal: Terminal) -> None:
    terminal.show(terminal.paint(f"{found['name']}", "bold") + f"  ({found['kind_label']}, {found['id']})")
    if found["inside"]:
        terminal.show(terminal.words("show.inside", name=found["inside"]["name"], id=found["inside"]["id"]))
    if found["place"]:
        terminal.show(found["place"])
    if found["sentence"]:
        terminal.show(f"\n{found['sentence']}")
    rows = [(label, _said(value)) for label, value in found["fields"].items()]
    rows += [(row["label"], f"{row['name']}  [{row['id']}]") for row in found["relations"]]
    rows += [(row["kind"], f"{row['name']}  [{row['id']}]") for row in found["holds"]]
    width = max((len(label) for label, _ in rows), default=0)
    last = None
    if rows:
        terminal.show()
    for label, text in rows:
        terminal.show(f"  {'' if label == last else label:<{width}}  {text}".rstrip())
        last = label


def _said(value: Any) -> str:
    """A field's value on one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_said(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return "; ".join(_said(inner) for inner in value)
    return str(value)
