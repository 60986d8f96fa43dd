"""How does an edit that no longer fits read: what it saw, and what stands there by now?"""

from collections.abc import Mapping

from ketenreis.model import COMMON, KINDS, RELATION, Edge, Element, Model, Update
from ketenreis.model.applying import Conflict
from ketenreis.reports.valued import NOTHING, named, shown

_FIELDS = {field.name: field for kind in KINDS for field in (*COMMON, *kind.fields)}
_NOBODY = Model.of(())


def in_short(conflict: Conflict, side: str, language: str) -> str:
    """One side of a conflict on a line.

    Args:
        conflict: An edit that was not made.
        side: `expected` for what it saw, `stands` for what is there.
        language: "nl" or "en".

    Example:
        >>> in_short(Conflict(Update("a", "rank", 1, 3), "changed", 1, 2), "stands", "nl")
        '2'
    """
    value = conflict.expected if side == "expected" else conflict.stands
    match value:
        case None | ():
            return NOTHING
        case Element():
            return named(value, language)
        case Edge():
            return f"{value.source} {getattr(RELATION[value.relation], language)} {value.target}"
        case tuple() if all(isinstance(one, str | Element | Edge) for one in value):
            return "; ".join(
                in_short(Conflict(conflict.edit, conflict.reason, one), "expected", language) for one in value
            )
    if isinstance(conflict.edit, Update) and conflict.edit.field in _FIELDS:
        return shown(value, _FIELDS[conflict.edit.field], language, _NOBODY)
    return ", ".join(map(str, value)) if isinstance(value, Mapping) else str(value)
