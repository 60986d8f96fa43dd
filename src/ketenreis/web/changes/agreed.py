"""What do people agree to of each relation, and what did both ends say then?

What nobody ever confirmed is taken as agreed the way it stood when somebody first changed one of its ends: so a change asks
exactly those to look again whom it concerns, also in a model that was never confirmed.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from ketenreis.model import Model
from ketenreis.model.edits import Edit
from ketenreis.notation.confirmed import Confirmation
from ketenreis.notation.edits_json import value_as_data, value_from_data
from ketenreis.notation.mattering import Key, Said, key_of, redrawn, restamped, said, stamp
from ketenreis.web.changes.models import Confirmed

_lock = threading.RLock()
_held: dict[str, "Agreed"] = {}


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed in a workspace.

    Attributes:
        row: The newest row it was read from; 0 for none.
        confirmations: By relation.
    """

    row: int
    confirmations: Mapping[Key, Confirmation]


def agreed(workspace: str) -> Agreed:
    """What is agreed in a workspace now."""
    with _lock:
        held = _held.get(workspace) or Agreed(0, {})
        newer = list(Confirmed.objects.filter(workspace=workspace, id__gt=held.row).order_by("id"))
        if newer:
            confirmations = dict(held.confirmations)
            for row in newer:
                key = (row.relation, row.source, row.target)
                confirmations.pop(key, None)
                if row.stamp:
                    confirmations[key] = Confirmation(
                        *key, row.stamp, row.who or None, row.day, _said(row.said)
                    )
            held = Agreed(newer[-1].pk, confirmations)
        _held[workspace] = held
        return held


def _said(kept: Any) -> Said | None:
    """What both ends said, as a row keeps it."""
    if kept is None:
        return None
    source, target = (
        MappingProxyType({name: value_from_data(value) for name, value in end.items()}) for end in kept
    )
    return Said(source, target)


def _kept(said: Said | None) -> Any:
    """The same, as data for a row."""
    if said is None:
        return None
    return [{name: value_as_data(value) for name, value in end.items()} for end in (said.source, said.target)]


def keep(workspace: str, confirmations: Iterable[Confirmation]) -> None:
    """Keeps what was agreed of relations."""
    Confirmed.objects.bulk_create(
        Confirmed(
            workspace=workspace,
            relation=one.relation,
            source=one.source,
            target=one.target,
            stamp=one.stamp,
            who=one.who or "",
            day=one.when,
            said=_kept(one.said),
        )
        for one in confirmations
    )


def stood(workspace: str, old: Model, new: Model, edits: Iterable[Edit]) -> None:
    """Keeps how the relations stood of which a change makes an end say otherwise, where nobody confirmed them.

    What was agreed of a process holds for it too when it is only drawn otherwise.
    """
    edits = tuple(edits)
    if calm := redrawn(old, new, edits):
        known = agreed(workspace).confirmations
        keep(
            workspace,
            (
                replace(one, stamp=stamp(new, edge), said=said(new, edge))
                for edge in new.around(*calm)
                if (one := known.get(key_of(edge))) is not None and one.stamp == stamp(old, edge)
            ),
        )
    moved = list(restamped(old, new, edits))
    if moved:
        known = agreed(workspace).confirmations
        keep(
            workspace,
            (
                Confirmation(*key_of(edge), was, said=said(old, edge))
                for edge, was, _ in moved
                if key_of(edge) not in known
            ),
        )


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
                said=before.said if before else None,
            )
