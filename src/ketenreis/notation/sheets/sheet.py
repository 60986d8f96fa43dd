"""How do elements read as rows of a sheet? Every field, and every relation by the ids it leads to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ketenreis.model import Choice, Element, Field, Model, Relation
from ketenreis.notation.emit import Tree, emit
from ketenreis.notation.sheets.columns import IDENTITY, PLACE, SheetColumn, columns_of, stand_heading
from ketenreis.notation.writing import tree_of

MOST_IN_A_CELL = 32_000
"""A spreadsheet cuts a cell at 32,767 characters; what is longer is not sent out, so that no part comes back as the whole."""
YES, NO = {"nl": "ja", "en": "yes"}, {"nl": "nee", "en": "no"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it goes to a spreadsheet.

    Attributes:
        title: What it is called.
        headings: What stands above each column.
        rows: The text of every cell.
        types: What each column holds: text, number or date.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    types: tuple[str, ...]


def sheet_of(
    model: Model, kind: str, elements: Iterable[Element], language: str, stand: int | None = None
) -> Sheet:
    """Elements of one kind as a sheet.

    Args:
        model: Where they stand in.
        kind: The kind of all of them.
        elements: Which, in the order of the rows.
        language: Of the headings and of the words that may be chosen.
        stand: The change that made the model what it is; it goes along, so that what others change meanwhile is told apart.

    Returns:
        A row per element with its id, place, fields and relations. A text too long for a cell is named, not cut.
    """
    columns = columns_of(kind)
    rows = tuple(tuple(cell(column, element, model, language) for column in columns) for element in elements)
    headings = tuple(column.heading(language) for column in columns)
    types = tuple(_type(column) for column in columns)
    title = columns_title(kind, language)
    if stand is None:
        return Sheet(title, headings, rows, types)
    return Sheet(
        title,
        (*headings, stand_heading(stand, language)),
        tuple((*row, "") for row in rows),
        (*types, "text"),
    )


def columns_title(kind: str, language: str) -> str:
    """What a sheet of a kind is called."""
    schema = Element("", kind, None).schema
    return schema.nl_plural if language == "nl" else schema.en_plural


def _type(column: SheetColumn) -> str:
    if column.field is None:
        return "text"
    return {
        "date": "date",
        "whole": "number",
        "number": "number",
        "money": "number",
        "minutes": "number",
    }.get(column.field.type, "text")


def cell(column: SheetColumn, element: Element, model: Model, language: str) -> str:
    """The text of one cell; empty where nothing is filled in."""
    said = _said(column, element, model, language)
    if len(said) <= MOST_IN_A_CELL:
        return said
    return f"… ({len(said)} {'tekens, te lang voor een cel' if language == 'nl' else 'characters, too long for a cell'})"


def _said(column: SheetColumn, element: Element, model: Model, language: str) -> str:
    if column.relation is not None:
        return _targets(column.relation, element, model)
    if column.key == IDENTITY:
        return element.id
    if column.key == PLACE:
        return element.parent or ""
    value = column.value_in(element)
    return "" if value is None or column.field is None else _written(value, column.field, model, language)


def _written(value: object, field: Field, model: Model, language: str) -> str:
    match field.type:
        case "choice":
            return choice_words(field.choices, language).get(str(value), str(value))
        case "yesno":
            return (YES if value else NO)[language]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return _text(tree_of(value, field, model.elements), is_list=field.type == "list")


def _text(tree: Tree, *, is_list: bool) -> str:
    """A tree as the text of a cell: a line as it is, lines below each other, anything else as it stands in a model's text."""
    if isinstance(tree, str):
        return str(tree)
    if isinstance(tree, Mapping):
        return emit(tree).rstrip("\n")
    if is_list and all(isinstance(item, str) and "\n" not in item for item in tree):
        return "\n".join(map(str, tree))
    return emit({"list": tree}).partition("\n")[2].rstrip("\n")


def _targets(relation: Relation, element: Element, model: Model) -> str:
    edges = model.out(element.id, relation.name)
    if not any(edge.fields for edge in edges):
        return "\n".join(edge.target for edge in edges)
    return _text(
        [
            {
                "to": edge.target,
                **{
                    field.name: tree_of(edge.fields[field.name], field, model.elements)
                    for field in relation.fields
                    if field.name in edge.fields
                },
            }
            for edge in edges
        ],
        is_list=False,
    )


def choice_words(choices: Iterable[Choice], language: str) -> dict[str, str]:
    """What each choice is called in a sheet: its label, or its key where two have the same label."""
    choices = tuple(choices)
    labels = [getattr(choice, language) for choice in choices]
    return {
        choice.key: label if labels.count(label) == 1 else choice.key
        for choice, label in zip(choices, labels, strict=True)
    }
