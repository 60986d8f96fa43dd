"""Which columns does the sheet of a kind have, and which column does a heading name?

They follow from the metamodel: id, where it stands, every field, every relation that is written at it. What a field holds
of simple parts (a record, the two sides of an agreement) has a column per part.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ketenreis.model import KIND, Element, Field, Relation, relations_from
from ketenreis.model.kinds import NAME, NOTE
from ketenreis.notation.typed import SIDES

IDENTITY, PLACE = "id", "in"
_NESTED = {"record", "records", "sides", "measure", "words", "texts", "event_class", "event_classes", "list"}
_SIDE_NAMES = {"giver": ("gever", "giver"), "receiver": ("ontvanger", "receiver")}
_STAND = re.compile(r"(?:stand|as of)\s+(\d{1,12})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of the sheet of a kind.

    Attributes:
        key: `id`, `in` (where it stands), a field, a part of a field (`own_time.doing`) or a relation.
        nl, en: Its heading.
        field: What type its cells have; None for id, place and relations.
        whole: The field of the kind that it fills in, or a part of.
        part: Which part; empty for the whole field.
        relation: The relation that its cells name the targets of.
    """

    key: str
    nl: str
    en: str
    field: Field | None = None
    whole: Field | None = None
    part: str = ""
    relation: Relation | None = None

    def heading(self, language: str) -> str:
        """What stands above it."""
        return self.nl if language == "nl" else self.en

    def value_in(self, element: Element) -> object:
        """What an element holds for it; None where nothing is filled in, and for id, place and relations."""
        value = element.get(self.whole.name) if self.whole is not None else None
        if not self.part:
            return value
        return value.get(self.part) if isinstance(value, Mapping) else None


@cache
def columns_of(kind: str) -> tuple[SheetColumn, ...]:
    """The columns of the sheet of a kind; every heading stands there once.

    Example:
        >>> [column.key for column in columns_of("wish")]
        ['id', 'in', 'name', 'text', 'rank', 'source', 'leads_to', 'owned_by', 'note']
        >>> [column.nl for column in columns_of("handover") if column.part][:2]
        ['compleet als: gever', 'compleet als: ontvanger']
    """
    columns = [SheetColumn(IDENTITY, "id", "id")]
    if KIND[kind].inside:
        columns.append(SheetColumn(PLACE, "staat in", "stands in"))
    for field in (NAME, *KIND[kind].fields):
        columns += _of_field(field)
    columns += [SheetColumn(one.name, one.nl, one.en, relation=one) for one in relations_from(kind)]
    columns += _of_field(NOTE)
    told = Counter(heading for column in columns for heading in {column.nl, column.en})

    def once(heading: str, key: str) -> str:
        return f"{heading} ({key})" if told[heading] > 1 else heading

    return tuple(
        replace(column, nl=once(column.nl, column.key), en=once(column.en, column.key)) for column in columns
    )


def _of_field(field: Field) -> list[SheetColumn]:
    """The columns of a field: one, or one per simple part."""
    if field.type == "sides":
        side = field.fields[0]
        return [
            SheetColumn(
                f"{field.name}.{part}",
                f"{field.nl}: {_SIDE_NAMES[part][0]}",
                f"{field.en}: {_SIDE_NAMES[part][1]}",
                side,
                field,
                part,
            )
            for part in SIDES
        ]
    if field.type == "record" and not any(part.type in _NESTED for part in field.fields):
        return [
            SheetColumn(
                f"{field.name}.{part.name}",
                f"{field.nl}: {part.nl}",
                f"{field.en}: {part.en}",
                part,
                field,
                part.name,
            )
            for part in field.fields
        ]
    return [SheetColumn(field.name, field.nl, field.en, field, field)]


def named(headings: Sequence[str], kind: str) -> tuple[SheetColumn | None, ...]:
    """The column that each heading names, in either language or by its key; None where it names none, or one named before.

    Example:
        >>> [column and column.key for column in named(["ID", "Naam", "rank", "kleur", "name"], "wish")]
        ['id', 'name', 'rank', None, None]
    """
    known: dict[str, SheetColumn] = {}
    for column in columns_of(kind):
        for heading in (column.key, column.nl, column.en):
            known.setdefault(_plain(heading), column)
    found: list[SheetColumn | None] = []
    for heading in headings:
        meant = known.get(_plain(heading))
        found.append(None if meant in found else meant)
    return tuple(found)


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").casefold().split()).rstrip(":*")


def stand_heading(stand: int, language: str) -> str:
    """The heading that says of which change a sheet is a picture.

    Example:
        >>> stand_heading(412, "nl"), stand_of(["id", "stand 412"])
        ('stand 412', 412)
    """
    return f"{'stand' if language == 'nl' else 'as of'} {stand}"


def stand_of(headings: Sequence[str]) -> int | None:
    """The change of which a sheet is a picture, where its headings say so."""
    found = (_STAND.fullmatch(heading.strip()) for heading in headings)
    return next((int(one[1]) for one in found if one), None)
