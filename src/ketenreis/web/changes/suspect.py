"""Which relations are to be looked at again as the model stands now? Told from the last time it was asked, and what changed since."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ketenreis.model.edits import touched
from ketenreis.notation.confirmed import Suspect, confirm, suspects
from ketenreis.notation.mattering import Key, key_of
from ketenreis.reports.words import current_day
from ketenreis.web.changes import agreed, keeping
from ketenreis.web.changes.models import Change
from ketenreis.web.shelf import Workspace

_lock = threading.RLock()
_held: dict[str, "_Known"] = {}


@dataclass(frozen=True, slots=True)
class _Known:
    """The suspect relations after a change, by what was agreed then."""

    change: int
    agreed: agreed.Agreed
    found: Mapping[Key, Suspect]


def suspects_of(workspace: Workspace, moment: keeping.Moment | None = None) -> tuple[Suspect, ...]:
    """The relations to be looked at again now.

    Args:
        workspace: Which.
        moment: The newest moment, where it is known already.
    """
    moment = moment or keeping.now(workspace)
    agreement = agreed.agreed(workspace.id)
    with _lock:
        known = _held.get(workspace.id)
        if known is None or known.change > moment.change:
            found = {key_of(one.edge): one for one in suspects(moment.model, agreement.confirmations)}
        elif (known.change, known.agreed.row) == (moment.change, agreement.row):
            return tuple(known.found.values())
        else:
            among = _since(workspace, known, moment.change, agreement)
            stayed = {key: one for key, one in known.found.items() if not {key[1], key[2]} & among}
            again = suspects(moment.model, agreement.confirmations, among)
            found = {**stayed, **{key_of(one.edge): one for one in again}}
        _held[workspace.id] = _Known(moment.change, agreement, found)
        return tuple(found.values())


def _since(workspace: Workspace, known: _Known, change: int, agreement: agreed.Agreed) -> set[str]:
    """The elements of which something was changed or agreed since."""
    rows = Change.objects.filter(workspace=workspace.id, id__gt=known.change, id__lte=change)
    names = {name for row in rows for edit in keeping.edits_of(row) for name in touched(edit)}
    if agreement.row != known.agreed.row:
        old, new = known.agreed.confirmations, agreement.confirmations
        names |= {key[1] for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    return names


def confirm_as_it_stands(workspace: Workspace, keys: Iterable[Key], who: str = "") -> int:
    """Confirms relations as they stand now; those that are gone by now are left out.

    Returns:
        How many were confirmed.
    """
    moment = keeping.now(workspace)
    wanted = set(keys)
    names = [source for _, source, _ in wanted]
    edges = [edge for edge in moment.model.around(*names) if key_of(edge) in wanted]
    made = confirm(moment.model, edges, who or None, current_day(moment.model))
    agreed.keep(workspace.id, made.values())
    return len(made)
