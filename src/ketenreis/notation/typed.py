"""Which value does a node stand for, given the type of its field in the metamodel?"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from ketenreis.conditions import Condition
from ketenreis.conditions import parse as parse_condition
from ketenreis.errors import ConditionError, QuantityError
from ketenreis.model import KIND, Choice, Field
from ketenreis.model.fields import FieldType
from ketenreis.notation.found import Found
from ketenreis.notation.nodes import Node, Record, Scalar, Sequence
from ketenreis.quantity import Duration, Limit, Share, parse_limit
from ketenreis.requirements import PATTERN, PATTERNS, Argument, EventClass, Measure
from ketenreis.requirements.patterns import ArgumentType

MEASURED = ("touchpoint", "activity")
"""The kinds of element that event classes name."""

SIDES = ("giver", "receiver")
"""The two sides of a handover."""

KEY_LENGTH = 100
"""Longest free key; a parser of YAML gives up on keys of a thousand."""

_NUMBER = re.compile(r"\d{1,15}(\.\d{1,9})?", re.ASCII)
_SHARE = re.compile(r"\d{1,3}(\.\d{1,12})?\s*%?", re.ASCII)
_DURATION = re.compile(r"\d{1,12}(\.\d{1,6})?\s*[a-z ]+", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YESNO = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nee": False}
_ONE_LINE = {
    "text",
    "limit",
    "choice",
    "date",
    "whole",
    "number",
    "money",
    "minutes",
    "yesno",
    "share",
    "duration",
}
_TOO_NESTED = 100


@dataclass(frozen=True, slots=True)
class Context:
    """What is known while the fields of one element are read.

    Attributes:
        found: Receives what is wrong.
        element: Its id.
        kinds: The kind of every element of the model, by id.
        complete: Whether all files could be read; if not, an unknown id may simply stand in the other file.
        field: The key of the element that is being read, however deep in it we are.
    """

    found: Found
    element: str
    kinds: Mapping[str, str]
    complete: bool = True
    field: str = ""

    def wrong(self, name: str, node: Node, key: str, **parameters: str | int) -> None:
        """Says what is wrong with the value under a key of the element."""
        said = node.text.strip()[:60] if isinstance(node, Scalar) else "…"
        about: dict[str, str | int] = {"key": key, "value": said, **parameters}
        self.found.add(name, node.place, about, element=self.element or None, field=self.field or key or None)

    def unknown_key(self, key: Scalar, permitted: Iterable[str]) -> None:
        """Says that a key is not one of those permitted here."""
        permitted = list(permitted)
        near = self.found.nearest(key.text, permitted)
        about = {"key": key.text[:60], "nearest": near, "permitted": ", ".join(permitted)}
        self.found.add(
            "unknown_key", key.place, about, element=self.element or None, field=self.field or None
        )

    def known(self, target: str, node: Node, key: str, permitted: tuple[str, ...]) -> bool:
        """Says whether a reference is of use, and what is wrong when it is not; a missing target may still be kept.

        Returns:
            False only for a target of a kind that cannot stand here.
        """
        kind = self.kinds.get(target)
        expected = ", ".join(permitted) if len(permitted) < 20 else "…"
        if kind is None and self.complete:
            among = [name for name, is_of in self.kinds.items() if is_of in permitted]
            near = self.found.nearest(target, among)
            self.wrong("unknown_target", node, key, target=target[:60], nearest=near, expected=expected)
        if kind is not None and kind not in permitted:
            self.wrong("wrong_target", node, key, target=target, kind=kind, expected=expected)
            return False
        return True


def value(node: Node, field: Field, context: Context) -> object | None:
    """Reads the value of a field.

    Args:
        node: What stands under its key.
        field: Its row in the metamodel.
        context: Receives what is wrong.

    Returns:
        The value; None when nothing was filled in, or when it cannot be read and the context knows why.
    """
    if is_empty(node):
        return None
    match field.type:
        case "list":
            return _list(node, field, context)
        case "words" | "texts":
            return _named_texts(node, field, context)
        case "record":
            return record(node, field.name, field.fields, context)
        case "records":
            return _records(node, field, context)
        case "sides":
            return _sides(node, field, context)
        case "measure":
            return _measure(node, field, context)
        case "element":
            return _reference(node, field, context)
        case "event_class":
            return _event_class(node, field.name, context)
        case "event_classes":
            items = node.items if isinstance(node, Sequence) else (node,)
            read = (_event_class(item, field.name, context) for item in items if not is_empty(item))
            return tuple(events for events in read if events is not None) or None
    return _scalar(node, field, context)


def is_empty(node: Node) -> bool:
    """Whether a key was written without a value."""
    return isinstance(node, Scalar) and not node.text.strip()


def record(node: Node, key: str, fields: Iterable[Field], context: Context) -> Mapping[str, object] | None:
    """Reads a record of fields; None when nothing in it was filled in."""
    if not isinstance(node, Record):
        context.wrong("record_expected", node, key, permitted=", ".join(field.name for field in fields))
        return None
    return read_entries(node, {field.name: field for field in fields}, context)


def read_entries(
    node: Record, fields: Mapping[str, Field], context: Context, besides: tuple[str, ...] = ()
) -> Mapping[str, object] | None:
    """Reads the entries of a record whose keys name fields; keys in `besides` are left to the caller."""
    values: dict[str, object] = {}
    for name, entry in node.entries:
        if name.text in besides:
            continue
        if name.text not in fields:
            context.unknown_key(name, (*besides, *fields))
        elif (read := value(entry, fields[name.text], context)) is not None:
            values[name.text] = read
    return MappingProxyType(values) if values else None


def _list(node: Node, field: Field, context: Context) -> tuple[str, ...] | None:
    items = node.items if isinstance(node, Sequence) else (node,)
    line = Field(field.name, "choice" if field.choices else "text", field.nl, field.en, choices=field.choices)
    read = [_scalar(item, line, context) for item in items if not is_empty(item)]
    return tuple(str(item) for item in read if item is not None) or None


def _named_texts(node: Node, field: Field, context: Context) -> Mapping[str, object] | None:
    if not isinstance(node, Record):
        context.wrong("named_texts_expected", node, field.name)
        return None
    values: dict[str, object] = {}
    text = Field(field.name, "prose" if field.type == "texts" else "text", field.nl, field.en)
    for name, entry in node.entries:
        key = name.text.strip()
        if not key or len(key) > KEY_LENGTH or _refused(key) or _is_broken(key):
            context.wrong("wrong_name", name, field.name, limit=KEY_LENGTH)
        elif not is_empty(entry) and (read := _scalar(entry, text, context)) is not None:
            values[key] = read
    return MappingProxyType(values) if values else None


def _records(node: Node, field: Field, context: Context) -> tuple[Mapping[str, object], ...] | None:
    if not isinstance(node, Sequence):
        context.wrong("list_expected", node, field.name)
        return None
    read = [record(item, field.name, field.fields, context) for item in node.items if not is_empty(item)]
    return tuple(row for row in read if row is not None) or None


def _sides(node: Node, field: Field, context: Context) -> Mapping[str, object] | None:
    side = field.fields[0]
    if isinstance(node, Record):
        return read_entries(node, dict.fromkeys(SIDES, side), context)
    both = value(node, side, context)
    return None if both is None else MappingProxyType(dict.fromkeys(SIDES, both))


def _reference(node: Node, field: Field, context: Context) -> str | None:
    if not isinstance(node, Scalar):
        context.wrong("text_expected", node, field.name)
        return None
    name = node.text.strip()
    return name if context.known(name, node, field.name, field.kinds or tuple(KIND)) else None


def _scalar(node: Node, field: Field, context: Context) -> object | None:
    if not isinstance(node, Scalar):
        context.wrong("text_expected", node, field.name)
        return None
    text = re.sub("\r\n?", "\n", node.text).strip()
    if refused := _refused(text):
        context.wrong("character_refused", node, field.name, character=refused)
        return None
    if field.type in _ONE_LINE and _is_broken(text):
        context.wrong("one_line_expected", node, field.name)
        return None
    if field.type == "choice":
        if text in (permitted := [choice.key for choice in field.choices]):
            return text
        near = context.found.nearest(text, permitted)
        context.wrong("wrong_choice", node, field.name, permitted=", ".join(permitted), nearest=near)
        return None
    form = _FORMS[field.type]
    try:
        return form.parse(text)
    except (ValueError, KeyError, QuantityError):
        context.wrong(form.wrong, node, field.name)
    except ConditionError as problem:
        context.wrong(form.wrong, node, field.name, reason=str(problem))
    return None


def _measure(node: Node, field: Field, context: Context) -> Measure | None:
    if not isinstance(node, Record):
        context.wrong("record_expected", node, field.name, permitted="pattern")
        return None
    names = [pattern.name for pattern in PATTERNS]
    written = node.get("pattern")
    pattern = PATTERN.get(written.text.strip()) if isinstance(written, Scalar) else None
    if pattern is None:
        near = context.found.nearest(written.text, names) if isinstance(written, Scalar) else names[0]
        context.wrong(
            "unknown_pattern", written or node, field.name, nearest=near, permitted=", ".join(names)
        )
        return None
    fields = {argument.name: argument_field(argument) for argument in pattern.arguments}
    arguments = read_entries(node, fields, context, besides=("pattern",))
    return Measure(pattern.name, arguments or MappingProxyType({}))


_AS_FIELD: Mapping[ArgumentType, FieldType] = {
    "event_class": "event_class",
    "event_classes": "event_classes",
    "duration": "duration",
    "whole": "whole",
    "condition": "condition",
    "attribute": "text",
    "calendar": "text",
    "choice": "choice",
    "ctqs": "list",
}
"""As which field each argument of a pattern is read and written."""


def argument_field(argument: Argument) -> Field:
    """An argument of a pattern as a field, so that both are read and written alike."""
    choices = argument.choices if argument.type == "choice" else ()
    return Field(
        argument.name,
        _AS_FIELD[argument.type],
        argument.nl,
        argument.en,
        required=argument.required,
        choices=choices,
    )


def _event_class(node: Node, key: str, context: Context) -> EventClass | None:
    if not isinstance(node, Record):
        return _named_events(node, key, context, None)
    moments = (Choice("complete", "klaar", "complete"), Choice("start", "begin", "start"))
    fields = {
        "where": Field("where", "condition", "waar", "where"),
        "moment": Field("moment", "choice", "moment", "moment", choices=moments),
    }
    said = read_entries(node, fields, context, besides=("of",)) or {}
    moment, where = said.get("moment"), said.get("where")
    of = node.get("of") or Sequence(node.place, ())
    events = _named_events(of, key, context, str(moment) if moment else None)
    # The grammar and the choices above leave nothing else that `where` can be.
    return events and EventClass(events.elements, events.moment, where)  # type: ignore[arg-type]


def _named_events(node: Node, key: str, context: Context, moment: str | None) -> EventClass | None:
    items = node.items if isinstance(node, Sequence) else (node,)
    resolved: list[tuple[str, str]] = []
    for item in items:
        if not isinstance(item, Scalar):
            context.wrong("text_expected", item, key)
        elif not is_empty(item):
            name, at = (item.text.strip(), moment) if moment else resolve(item.text.strip(), context.kinds)
            if context.known(name, item, key, MEASURED):
                resolved.append((name, at))
    if len({at for _, at in resolved}) > 1:
        context.wrong("wrong_event_class", node, key)
        return None
    if items and not resolved:
        return None
    names = tuple(dict.fromkeys(name for name, _ in resolved))
    at_start = resolved[0][1] == "start" if resolved else moment == "start"
    return EventClass(names, "start" if at_start else "complete")


def resolve(written: str, known: Mapping[str, object]) -> tuple[str, str]:
    """Tells the element and the moment of its life that a reference to events speaks of.

    Args:
        written: An id, or an id followed by `.start`. An element whose own id ends so goes first.
        known: Ids of the model.

    Example:
        >>> resolve("toetsen.start", {"toetsen": "activity"}), resolve("op.start", {"op.start": "activity"})
        (('toetsen', 'start'), ('op.start', 'complete'))
    """
    if written not in known and written.endswith(".start"):
        return written.removesuffix(".start"), "start"
    return written, "complete"


def _is_broken(text: str) -> bool:
    return any(mark in text for mark in "\n\u2028\u2029")


def _refused(text: str) -> str:
    """Names the first control character; these show as nothing and break every page they land on."""
    if text.isprintable():
        return ""
    return next((f"U+{ord(c):04X}" for c in text if unicodedata.category(c) == "Cc" and c not in "\n\t"), "")


def _day(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _matching(pattern: re.Pattern[str], parse: Callable[[str], object]) -> Callable[[str], object]:
    """Lets a parser see only what it can hold exactly, and write back as it was."""

    def bounded(text: str) -> object:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return parse(text)

    return bounded


def _limit(text: str) -> Limit:
    if text[0].isalpha() or text[0] == "_":
        return parse_limit(text)
    if _NUMBER.fullmatch(text.removeprefix("-")):
        return Decimal(text)
    if _DURATION.fullmatch(text):
        return Duration.parse(text)
    raise ValueError(text)


def _condition(text: str) -> Condition:
    # A parser by descent stands as deep as the text is nested: bounded here, so that no text can exhaust it.
    if text.count("(") + text.lower().count("not") > _TOO_NESTED:
        raise ConditionError(f"The condition “{text[:40]}…” is nested too deeply to be read.")
    return parse_condition(text)


@dataclass(frozen=True, slots=True)
class _Form:
    """How a single value is read, and the finding that says it cannot be."""

    parse: Callable[[str], object]
    wrong: str


_FORMS: Mapping[str, _Form] = {
    "text": _Form(str, "text_expected"),
    "prose": _Form(str, "text_expected"),
    "date": _Form(_day, "wrong_date"),
    "whole": _Form(_matching(re.compile(r"-?\d{1,15}", re.ASCII), int), "wrong_whole"),
    "number": _Form(_matching(re.compile(f"-?{_NUMBER.pattern}", re.ASCII), Decimal), "wrong_number"),
    "money": _Form(_matching(_NUMBER, Decimal), "wrong_number"),
    "minutes": _Form(_matching(_NUMBER, Decimal), "wrong_number"),
    "yesno": _Form(lambda text: _YESNO[text.lower()], "wrong_yesno"),
    "share": _Form(_matching(_SHARE, Share.parse), "wrong_share"),
    "duration": _Form(_matching(_DURATION, Duration.parse), "wrong_duration"),
    "limit": _Form(_limit, "wrong_limit"),
    "condition": _Form(_condition, "wrong_condition"),
}
