"""What does the text of one cell mean, read as the same text would be in a model's own notation?

A cell becomes nodes, and the metamodel types them; before that only what a spreadsheet adds is taken away: the label of a
choice instead of its key, a decimal comma, a date as people here write it, a name instead of an id.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ketenreis.findings import Finding, Place
from ketenreis.model import Edge, Field, Relation
from ketenreis.notation.found import Found
from ketenreis.notation.nodes import Node, Scalar, Sequence, compose
from ketenreis.notation.related import related
from ketenreis.notation.sheets.columns import SheetColumn
from ketenreis.notation.sheets.sheet import choice_words
from ketenreis.notation.typed import Context, value

_NESTED = {"record", "records", "sides", "measure", "words", "texts", "event_class", "event_classes"}
_NUMBERS = {"number", "money", "minutes"}
_DUTCH_DATE = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T].*")
_COMMA = re.compile(r"-?\d+,(\d{1,2}|\d{4,})")
_STRUCTURED = re.compile(r"\s*(- |\{|\[|to:)")


@dataclass(frozen=True, slots=True)
class Known:
    """What cells may refer to.

    Attributes:
        kinds: The kind of every element, by id.
        names: The ids that bear a name, by kind and name without capitals.
    """

    kinds: Mapping[str, str]
    names: Mapping[tuple[str, str], tuple[str, ...]]

    def resolved(self, said: str, permitted: tuple[str, ...]) -> str:
        """The id that somebody means: the id itself, else of the one element that is called so."""
        if said in self.kinds:
            return said
        found = [name for kind in permitted for name in self.names.get((kind, said.casefold()), ())]
        return found[0] if len(found) == 1 else said


@dataclass(frozen=True, slots=True)
class CellRead:
    """What a cell says: a value or relations; or what is not understood in it."""

    value: object = None
    edges: tuple[Edge, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_cell(
    column: SheetColumn, text: str, element: str, kind: str, known: Known, place: Place
) -> CellRead:
    """Reads one cell.

    Args:
        column: What it stands under.
        text: What it says; not empty.
        element: The element of its row.
        kind: The kind of that element.
        known: What it may refer to.
        place: Its row and column.
    """
    found = Found()
    context = Context(found, element, known.kinds, field=column.key)
    if column.relation is not None:
        node = _targets(column.relation, text, kind, known, place, found)
        edges = related(column.relation, node, element, kind, context) if node is not None else ()
        return CellRead(edges=edges, findings=_at(found, place))
    assert column.field is not None  # noqa: S101  # id and place are read by who reads rows
    node = _node(column.field, text, known, place, found)
    read = None if node is None else value(node, column.field, context)
    return CellRead(read, findings=_at(found, place))


def _at(found: Found, place: Place) -> tuple[Finding, ...]:
    return tuple(replace(one, place=place, excerpt="") for one in found.all() if one.level != "advice")


def _node(field: Field, text: str, known: Known, place: Place, found: Found) -> Node | None:
    if field.type in _NESTED or (field.type == "list" and text.startswith("- ")):
        return compose(text.encode(), place.file, found)
    if field.type == "list":
        return Sequence(
            place, tuple(Scalar(place, line.strip()) for line in text.split("\n") if line.strip())
        )
    return Scalar(place, _plain(field, text, known))


def _plain(field: Field, text: str, known: Known) -> str:
    """A single value as the notation writes it."""
    said = text.strip()
    match field.type:
        case "choice":
            for language in ("nl", "en"):
                for key, label in choice_words(field.choices, language).items():
                    if said.casefold() in (key.casefold(), label.casefold()):
                        return key
        case "date":
            if found := _DUTCH_DATE.fullmatch(said):
                return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
            if found := _WITH_TIME.fullmatch(said):
                return found[1]
        case "element":
            return known.resolved(said, field.kinds)
        case _ if field.type in _NUMBERS and _COMMA.fullmatch(said):
            # Three digits after a comma may be thousands: that is asked, not guessed.
            return said.replace(",", ".")
        case "prose":
            return text
    return said


def _targets(
    relation: Relation, text: str, kind: str, known: Known, place: Place, found: Found
) -> Node | None:
    if _STRUCTURED.match(text):
        return compose(text.encode(), place.file, found)
    parts = [part.strip() for part in re.split(r"[\n;]", text) if part.strip()]
    if len(parts) == 1 and "," in text and parts[0] not in known.kinds:
        pieces = [piece.strip() for piece in parts[0].split(",") if piece.strip()]
        if all(piece in known.kinds for piece in pieces):
            parts = pieces
    permitted = relation.targets(kind)
    return Sequence(place, tuple(Scalar(place, known.resolved(part, permitted)) for part in parts))
