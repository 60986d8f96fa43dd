"""What becomes of the days on which both sides confirmed a handover, when what they confirmed is said otherwise?

A day before a statement says nothing of it: whoever changes what is agreed asks both sides again.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from ketenreis.model.checks.handover_sides_differ import meaning
from ketenreis.model.edits import Edit, Update
from ketenreis.model.graph import Model

SIDES: Final = ("giver", "receiver")
STATEMENTS: Final = ("complete_when", "within")
CONFIRMED: Final = "confirmed"


def asked_again(model: Model, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits, with the days of confirmation taken back that came before a changed statement.

    Args:
        model: The model before them.
        edits: Any edits. A day that they give themselves stays; so does one of a handover that says the same in other
            words, such as 60 minutes for 1 hour.

    Example:
        >>> from ketenreis.model.graph import Element
        >>> day, said = "2026-03-12", {"complete_when": "Adres bekend", "confirmed": {"giver": "2026-03-12"}}
        >>> model = Model.of([Element("h", "handover", None, said)])
        >>> asked_again(model, [Update("h", "complete_when", "Adres bekend", "Adres en foto bekend")])[1].new is None
        True
    """
    edits = tuple(edits)
    changed = dict.fromkeys(
        edit.id
        for edit in edits
        if isinstance(edit, Update) and edit.field in STATEMENTS and edit.id in model and _differ(edit)
    )
    days = {edit.id: edit for edit in edits if isinstance(edit, Update) and edit.field == CONFIRMED}
    kept = tuple(edit for edit in edits if edit not in [days.get(name) for name in changed])
    return (*kept, *(edit for name in changed for edit in _taken_back(model, name, days.get(name))))


def _differ(edit: Update) -> bool:
    return any(meaning(_said(edit.old, side)) != meaning(_said(edit.new, side)) for side in SIDES)


def _said(value: object, side: str) -> object:
    return value.get(side) if isinstance(value, Mapping) else value


def _taken_back(model: Model, name: str, given: Update | None) -> Iterable[Update]:
    """The edit that leaves only the days that are new."""
    old = given.old if given else model[name].get(CONFIRMED)
    new = given.new if given else old
    fresh = {side: _said(new, side) for side in SIDES if _said(new, side) != _said(old, side)}
    left = MappingProxyType({side: day for side, day in fresh.items() if day is not None}) or None
    if left != old:
        yield Update(name, CONFIRMED, old, left)
