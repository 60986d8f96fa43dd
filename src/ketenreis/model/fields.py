"""What is a row of the metamodel made of? Kinds have fields, fields have a type, and some types have choices."""

from dataclasses import dataclass
from typing import Literal

FieldType = Literal[
    "text",  # one line
    "prose",  # any length
    "texts",  # one text per language
    "words",  # names to names
    "list",  # lines
    "date",
    "whole",  # a whole number
    "number",
    "money",  # in the organisation's currency
    "minutes",
    "yesno",
    "choice",
    "share",
    "duration",
    "limit",  # a duration, a number, or the name of an attribute of the case
    "condition",
    "measure",  # a record of a CTQ pattern: see requirements/patterns.py
    "element",  # the id of another element
    "event_class",  # touchpoints or activities, as rules name them
    "event_classes",  # several of those, in order
    "record",  # fields of its own
    "records",  # a list of those
    "sides",  # one value, or one each for giver and receiver
]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words a field may hold, with its labels."""

    key: str
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind.

    Attributes:
        name: Key in text, code and data.
        type: What it holds.
        nl, en: Its label.
        help_nl, help_en: What to write in it.
        required: Whether an element without it is incomplete.
        choices: For a choice: the words it may hold. For a list: the words its lines may be; any when empty.
        fields: For records: the fields of one record. For sides: one field, the type of each side.
        kinds: For an element: the kinds it may be of; any kind when empty.
        relation: For an element: the derived relation that it reads as.
    """

    name: str
    type: FieldType
    nl: str
    en: str
    help_nl: str = ""
    help_en: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    fields: tuple["Field", ...] = ()
    kinds: tuple[str, ...] = ()
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of element.

    Attributes:
        name: Key in code and data, singular.
        plural: Key of its list in text.
        nl, en: Its label; nl_plural, en_plural the label of many.
        inside: Kinds it may stand in; the first is the usual one.
        fields: What it holds besides id, name and note.
        title: The field that names it when it has no name.
        help_nl, help_en: What it is.
        lane: Where the blueprint draws it; empty for kinds it does not draw.
    """

    name: str
    plural: str
    nl: str
    nl_plural: str
    en: str
    en_plural: str
    inside: tuple[str, ...]
    help_nl: str
    help_en: str
    fields: tuple[Field, ...] = ()
    title: str = "name"
    lane: str = ""

    def field(self, name: str) -> Field | None:
        """The field of that name, if the kind has it."""
        return next((field for field in self.fields if field.name == name), None)
