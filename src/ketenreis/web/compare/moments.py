"""Which two models are compared? A change of the history, today, or a variant, as the address of the page says it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ketenreis.analysis.kappa import filled_in
from ketenreis.model import Model
from ketenreis.model.edits import touched
from ketenreis.web.changes import keeping, variants
from ketenreis.web.changes.models import Change
from ketenreis.web.shelf import Workspace

NOW = "now"
WHOLE = ("text", "variant")
"""Where the changes come from with which a history begins: a whole model."""
MOST = 100
"""So many earlier moments are offered; any other can be asked for by its number."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two models.

    Attributes:
        key: What the address says: `now`, the number of a change, or the id of a variant.
        model: As it was or is.
        name: The variant's name; empty for a moment.
        blind: Whether somebody labels in it without seeing the labels of others.
        change: The change after which it stood so; None for today and for a variant.
    """

    key: str
    model: Model
    name: str = ""
    change: Change | None = None
    blind: bool = False


def side(workspace: Workspace, key: str) -> Side | None:
    """The model that an address asks for; None where there is none such."""
    if key == NOW:
        return Side(NOW, keeping.now(workspace).model)
    if key.isdecimal() and len(key) < 18:
        change = Change.objects.filter(workspace=workspace.id, pk=int(key)).first()
        return Side(key, keeping.at(workspace, change.pk).model, "", change) if change else None
    row = next((one for one in variants.variants(workspace) if one.own == key), None)
    if row is None:
        return None
    return Side(key, keeping.now(variants.beside(workspace, row.own)).model, row.name, blind=row.blind)


def unseen(old: Side, new: Side) -> tuple[Side, Side]:
    """The same sides for somebody to see: where one labels blindly, a label stands there once both gave theirs."""
    if not (old.blind or new.blind):
        return old, new
    one, other = old.model, new.model
    return replace(old, model=filled_in(one, other)), replace(new, model=filled_in(other, one))


def how_often(workspace: Workspace, old: Side, new: Side) -> Mapping[str, int]:
    """In how many changes each element had a part, between two moments or in a variant since it began.

    Args:
        workspace: Of which history.
        old: Where it begins, if that is a moment of the same history.
        new: Where it ends: a moment, today, or a variant with a history of its own.
    """
    rows = Change.objects.filter(workspace=new.key if new.name else workspace.id).exclude(origin__in=WHOLE)
    if old.change is not None and not new.name:
        rows = rows.filter(id__gt=old.change.pk)
    if new.change is not None:
        rows = rows.filter(id__lte=new.change.pk)
    return Counter(
        name for row in rows for name in {name for edit in keeping.edits_of(row) for name in touched(edit)}
    )


def moments(workspace: Workspace) -> list[Change]:
    """The moments to choose from, the newest first."""
    return list(Change.objects.filter(workspace=workspace.id).defer("edits").order_by("-id")[:MOST])
