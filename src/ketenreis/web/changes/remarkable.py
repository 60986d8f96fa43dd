"""What is remarkable in a model as it stands now? Told from the last time it was asked, and what changed since."""

import threading
from dataclasses import dataclass

from ketenreis.findings import Finding
from ketenreis.model import Model
from ketenreis.requirements.checks import run_again, run_all
from ketenreis.web.changes import keeping
from ketenreis.web.changes.models import Change
from ketenreis.web.shelf import Workspace

MOST = 20
"""After more changes than this everything is checked anew, which is then as quick."""

_lock = threading.RLock()
_held: dict[str, "_Known"] = {}


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found after a change."""

    change: int
    model: Model
    found: tuple[Finding, ...]


def remarkable(workspace: Workspace, moment: keeping.Moment) -> tuple[Finding, ...]:
    """What every check that needs no data finds in a model.

    Args:
        workspace: Which.
        moment: Its newest moment.

    Returns:
        What `run_all` finds, in any order.
    """
    with _lock:
        known = _held.get(workspace.id)
        if known is None or known.change != moment.change:
            found = _since(workspace, known, moment) if known else run_all(moment.model)
            known = _held[workspace.id] = _Known(moment.change, moment.model, tuple(found))
        return known.found


def _since(workspace: Workspace, known: _Known, moment: keeping.Moment) -> list[Finding]:
    """What was found before, checked again near what changed."""
    rows = Change.objects.filter(workspace=workspace.id, id__gt=known.change, id__lte=moment.change)
    changes = list(rows.order_by("id")[: MOST + 1])
    if known.change > moment.change or len(changes) > MOST:
        return run_all(moment.model)
    edits = [edit for row in changes for edit in keeping.edits_of(row)]
    return run_again(known.found, known.model, moment.model, edits)
