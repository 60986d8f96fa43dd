"""What may stand in a text, as a JSON Schema, so that an editor completes and checks it while somebody writes?

The schema is joined from the kinds, the relations and the patterns; nothing in it is written twice. It takes a number or a
yes where text is meant, because an editor reads `channel: 112` as a number and the reader does not.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from ketenreis.findings.counted import in_number
from ketenreis.model import COMMON, KINDS, Choice, Field, Kind, Relation
from ketenreis.notation.keys import FILED, Meaning, keys_of, top_keys
from ketenreis.notation.typed import KEY_LENGTH, SIDES, argument_field
from ketenreis.quantity import Duration
from ketenreis.requirements import PATTERNS, Pattern

Language = Literal["nl", "en"]
Schema = dict[str, Any]

_UNITS = (
    *("second", "minute", "hour", "day", "week", "working day"),
    *("seconds", "minutes", "hours", "days", "weeks", "working days"),
    *("s", "min", "h", "d"),
)
_ID = r"^[^\s/]+(/[^\s/]+)*$"
_NUMBER = r"\d{1,15}(\.\d{1,9})?"
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_WORDS = {
    "nl": {"model": "Model van Ketenreis", "to": "Naar", "choices": "Mogelijk", "order": "Alleen het id: de volgorde van wat in eigen bestanden staat."},
    "en": {"model": "Model of Ketenreis", "to": "To", "choices": "Possible", "order": "The id alone: the order of what stands in files of its own."},
}  # fmt: skip


def schema(language: str = "en") -> Schema:
    """Makes the JSON Schema (draft 2020-12) of the text notation.

    Args:
        language: Of titles and descriptions: "nl" or "en". Keys are the same in both.

    Returns:
        The schema as JSON values. What is required is not in it: a model that has just begun is a good model.

    Example:
        >>> sorted(schema()["$defs"]["question"]["properties"])
        ['id', 'name', 'note', 'owned_by', 'text']
    """
    return _Schema("nl" if language == "nl" else "en").whole()


class _Schema:
    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.words = _WORDS[language]

    def whole(self) -> Schema:
        tops = {key: self.top(key, kind) for key, kind in top_keys().items()}
        definitions = {kind.name: self.kind(kind) for kind in KINDS}
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.words["model"],
            **_closed(tops),
            "$defs": {**definitions, **_definitions(), "measure": self.measure()},
        }

    def top(self, key: str, kind: Kind) -> Schema:
        if key == "organisation":
            return _ref(kind.name)
        listed = self.listed(kind)
        if kind.name in FILED:
            listed["items"] = {"anyOf": [_ref(kind.name), {"description": self.words["order"], **_ref("id")}]}
        return listed

    def kind(self, kind: Kind) -> Schema:
        properties = {key: self.meaning(kind, meaning) for key, meaning in keys_of(kind.name).items()}
        return {"title": self.pick(kind.nl, kind.en), "description": self.pick(kind.help_nl, kind.help_en), **_closed(properties)}  # fmt: skip

    def meaning(self, kind: Kind, meaning: Meaning) -> Schema:
        match meaning:
            case Field():
                return self.field(meaning)
            case Relation():
                return self.relation(kind, meaning)
        return self.listed(meaning)

    def listed(self, kind: Kind) -> Schema:
        title = self.pick(kind.nl_plural, kind.en_plural)
        return {"title": title, "description": self.pick(kind.help_nl, kind.help_en), "type": "array", "items": _ref(kind.name)}  # fmt: skip

    def field(self, field: Field) -> Schema:
        about = [self.pick(field.help_nl, field.help_en)]
        if field.choices and field.choices[0].nl != field.choices[0].key:
            said = "; ".join(f"{choice.key}: {self.pick(choice.nl, choice.en)}" for choice in field.choices)
            about.append(f"{self.words['choices']}: {said}.")
        description = " ".join(filter(None, about))
        named = {"title": self.pick(field.nl, field.en)}
        return {**named, **({"description": description} if description else {}), **self.type(field)}

    def type(self, field: Field) -> Schema:
        match field.type:
            case "choice":
                return _choice(field.choices)
            case "list":
                line = _choice(field.choices) if field.choices else _TEXT
                return {"anyOf": [{"type": "array", "items": line}, line]}
            case "words" | "texts":
                return {
                    "type": "object",
                    "propertyNames": {"maxLength": KEY_LENGTH},
                    "additionalProperties": _TEXT,
                }
            case "record":
                return self.record(field.fields)
            case "records":
                return {"type": "array", "items": self.record(field.fields)}
            case "sides":
                side = self.type(field.fields[0])
                return {"anyOf": [side, _closed(dict.fromkeys(SIDES, side))]}
        if field == COMMON[0] or field.type == "element":
            return _ref("id")
        return dict(_TEXT) if field.type in ("text", "prose") else _ref(field.type)

    def record(self, fields: Iterable[Field]) -> Schema:
        return _closed({field.name: self.field(field) for field in fields})

    def relation(self, kind: Kind, relation: Relation) -> Schema:
        targets = relation.targets(kind.name)
        shown = ", ".join(targets) if len(targets) < 20 else "…"
        to: dict[str, Schema] = dict.fromkeys(("to", *(targets if len(targets) < 3 else ())), _ref("id"))
        one: Schema = {
            "anyOf": [
                _ref("id"),
                _closed({**to, **{field.name: self.field(field) for field in relation.fields}}),
            ]
        }
        many: Schema = {"type": "array", "items": one}
        if relation.is_one(kind.name):
            many["maxItems"] = 1
        title = self.pick(relation.nl, relation.en)
        return {"title": title, "description": f"{self.words['to']}: {shown}.", "anyOf": [*one["anyOf"], many]}  # fmt: skip

    def measure(self) -> Schema:
        return {
            "type": "object",
            "required": ["pattern"],
            "properties": {"pattern": {"enum": [pattern.name for pattern in PATTERNS]}},
            "oneOf": [self.pattern(pattern) for pattern in PATTERNS],
        }

    def pattern(self, pattern: Pattern) -> Schema:
        arguments = {argument.name: self.field(argument_field(argument)) for argument in pattern.arguments}
        title = in_number(self.pick(pattern.nl, pattern.en), {})
        return {"title": pattern.name, "description": title, **_closed({"pattern": {"const": pattern.name}, **arguments})}  # fmt: skip

    def pick(self, nl: str, en: str) -> str:
        return nl if self.language == "nl" else en


def _closed(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _choice(choices: Iterable[Choice]) -> Schema:
    """One of the words; where one of them is yes or no, an editor may take it for a truth value."""
    words = [choice.key for choice in choices]
    return {"enum": [*words, True, False] if {"yes", "no"} & set(words) else words}


def _definitions() -> Mapping[str, Schema]:
    """The types that are single values, and how events are named."""
    any_case = "|".join("".join(f"[{c}{c.upper()}]" if c != " " else c for c in unit) for unit in _UNITS)
    duration = rf"\d{{1,12}}(\.\d{{1,6}})?\s*({any_case})"
    events: Schema = {"anyOf": [_ref("id"), {"type": "array", "items": _ref("id")}]}
    moment: Schema = {"enum": ["complete", "start"]}
    positive: Schema = {"type": ["number", "string"], "minimum": 0, "pattern": rf"^{_NUMBER}$"}
    return {
        "id": {"type": ["string", "number", "boolean"], "pattern": _ID},
        "date": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$", "examples": ["2026-11-14"]},
        "whole": {"type": ["integer", "string"], "pattern": r"^-?\d{1,15}$"},
        "number": {"type": ["number", "string"], "pattern": rf"^-?{_NUMBER}$"},
        "money": positive,
        "minutes": positive,
        "yesno": {"enum": [True, False, "true", "false", "yes", "no", "ja", "nee"]},
        "share": {
            "type": ["number", "string"], "minimum": 0, "maximum": 1, "examples": ["99%"],
            "pattern": r"^((100(\.0+)?|\d{1,2}(\.\d{1,12})?)\s*%|0(\.\d{1,12})?|1(\.0{1,12})?)$",
        },
        "duration": {"type": "string", "pattern": f"^{duration}$", "examples": [str(Duration.parse("1 hour"))]},
        "limit": {
            "type": ["number", "string"], "examples": ["1 hour", 2, "deadline"],
            "pattern": rf"^({duration}|-?{_NUMBER}|[^\W\d].*)$",
        },
        "condition": {"type": "string", "minLength": 1, "examples": ['channel = "web" and age >= 67']},
        "event_class": {"anyOf": [*events["anyOf"], _closed({"of": events, "where": _ref("condition"), "moment": moment})]},
        "event_classes": {"anyOf": [{"type": "array", "items": _ref("event_class")}, _ref("event_class")]},
    }  # fmt: skip
