"""A field that an element cannot do without is empty: the text of a question, the basis of a feeling, the share of a norm.

Journeys, chains and CTQs have checks of their own for their first fields; here are all other kinds, and the rows of
records everywhere. A norm without a share, or an exclusion without a condition, is an error: it would be left out of
the measurement without a word.

Why it matters to the customer: what is not written down cannot be checked, answered or kept.

Smallest example:
    signals: [{id: klacht, name: Klacht}]

How to mend it: fill in the field that is named.
"""

from collections.abc import Iterator, Mapping

from ketenreis.findings import Finding, Level
from ketenreis.model.fields import Field
from ketenreis.model.graph import Element, Model, is_empty
from ketenreis.model.kinds import KINDS

LEVEL: Level = "error"

_OWN_WORDS = ("journey", "chain", "ctq")
"""Kinds whose first fields have a check of their own."""

_REQUIRED = {
    kind.name: tuple(field for field in kind.fields if field.required and kind.name not in _OWN_WORDS)
    for kind in KINDS
}
_WITH_ROWS = {
    kind.name: tuple(field for field in kind.fields if any(part.required for part in field.fields))
    for kind in KINDS
}


def check(model: Model) -> Iterator[Finding]:
    """Names every required field that is empty, one finding for each field of an element."""
    for element in model:
        level: Level = LEVEL if element.kind == "ctq" else "advice"
        for field in _REQUIRED[element.kind]:
            if is_empty(element.get(field.name)):
                yield _finding(element, field, field.name, level)
        for field in _WITH_ROWS[element.kind]:
            if lacking := _lacking(field, element.get(field.name)):
                yield _finding(element, field, ", ".join(lacking), level)


def _lacking(field: Field, value: object) -> list[str]:
    """The required parts that at least one row lacks, as they are written: feelings.basis."""
    rows = value if isinstance(value, tuple) else (value,)
    records = [row for row in rows if isinstance(row, Mapping)]
    required = [part.name for part in field.fields if part.required]
    return [f"{field.name}.{name}" for name in required if any(is_empty(row.get(name)) for row in records)]


def _finding(element: Element, field: Field, missing: str, level: Level) -> Finding:
    return Finding("required_missing", level, (element.id,), field.name, {"missing": missing})
