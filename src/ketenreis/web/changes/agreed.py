"""What do people agree to of each relation, and what did both ends say then?

What nobody ever confirmed is taken as agreed the way it stood when somebody first changed one of its ends: so a change asks
exactly those to look again whom it concerns, also in a model that was never confirmed.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ketenreis.model import Model
from ketenreis.model.edits import Edit
from ketenreis.notation.confirmed import Confirmation, Key, key_of, restamped
from ketenreis.web.changes.models import Confirmed

_lock = threading.RLock()
_held: dict[str, "Agreed"] = {}


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed in a workspace.

    Attributes:
        row: The newest row it was read from; 0 for none.
        confirmations: By relation.
        changes: After which change each was so; a relation of which that is not known is absent.
    """

    row: int
    confirmations: Mapping[Key, Confirmation]
    changes: Mapping[Key, int]


def agreed(workspace: str) -> Agreed:
    """What is agreed in a workspace now."""
    with _lock:
        held = _held.get(workspace) or Agreed(0, {}, {})
        newer = list(Confirmed.objects.filter(workspace=workspace, id__gt=held.row).order_by("id"))
        if newer:
            confirmations, changes = dict(held.confirmations), dict(held.changes)
            for row in newer:
                key = (row.relation, row.source, row.target)
                confirmations.pop(key, None)
                changes.pop(key, None)
                if row.stamp:
                    confirmations[key] = Confirmation(*key, row.stamp, row.who or None, row.day)
                    if row.change_id is not None:
                        changes[key] = row.change_id
            held = Agreed(newer[-1].pk, confirmations, changes)
        _held[workspace] = held
        return held


def keep(workspace: str, confirmations: Iterable[Confirmation], change: int | None) -> None:
    """Keeps what was agreed of relations, as the model said after a change."""
    Confirmed.objects.bulk_create(
        Confirmed(
            workspace=workspace,
            relation=one.relation,
            source=one.source,
            target=one.target,
            stamp=one.stamp,
            who=one.who or "",
            day=one.when,
            change_id=change,
        )
        for one in confirmations
    )


def stood(workspace: str, old: Model, change: int, new: Model, edits: Iterable[Edit]) -> None:
    """Keeps how the relations stood of which a change makes an end say otherwise, where nobody confirmed them."""
    moved = list(restamped(old, new, edits))
    if moved:
        known = agreed(workspace).confirmations
        fresh = (Confirmation(*key_of(edge), was) for edge, was, _ in moved if key_of(edge) not in known)
        keep(workspace, fresh, change)


def take_back(workspace: str, keys: Iterable[Key]) -> None:
    """Makes relations stand as before they were last confirmed."""
    for relation, source, target in keys:
        about = Confirmed.objects.filter(
            workspace=workspace, relation=relation, source=source, target=target
        ).order_by("-id")
        rows = list(about[:2])
        if rows and rows[0].day is not None:
            before = rows[1] if len(rows) > 1 else None
            Confirmed.objects.create(
                workspace=workspace,
                relation=relation,
                source=source,
                target=target,
                stamp=before.stamp if before else "",
                who=before.who if before else "",
                day=before.day if before else None,
                change=before.change if before else None,
            )
