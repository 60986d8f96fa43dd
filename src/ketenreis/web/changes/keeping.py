"""What is the model now, what was it then, and how does an edit become part of it?

Every process holds the newest model of each workspace it was asked for, and catches up from the table before it answers:
so any number of processes tell the same. An edit is accepted inside one transaction that first catches up; edits that no
longer fit are conflicts, told to whoever made them.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from ketenreis.model import Model
from ketenreis.model.agreeing import asked_again
from ketenreis.model.applying import Conflict, apply
from ketenreis.model.diff import diff
from ketenreis.model.edits import Edit, inverse
from ketenreis.notation import read
from ketenreis.notation.confirmed import read_confirmed
from ketenreis.notation.edits_json import as_data, from_data
from ketenreis.web.changes import agreed
from ketenreis.web.changes.models import Change, Snapshot
from ketenreis.web.shelf import Workspace

EVERY = 200
"""A snapshot is made after so many changes."""

AS_IT_WAS = ("undo", "restore", "merge")
"""Where changes come from that bring back what was, days of confirmation and all."""

EMPTY = Model.of(())

_lock = threading.RLock()
_held: dict[str, "Moment"] = {}
_is_only_asked: ContextVar[bool] = ContextVar("only asked", default=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """The model after a change; change 0 is the empty beginning."""

    change: int
    model: Model


@dataclass(frozen=True, slots=True)
class Refused:
    """Edits that were not made, because what they saw has changed."""

    conflicts: tuple[Conflict, ...]


class OnlyAskedError(Exception):
    """A change was to be told about, not made.

    Attributes:
        edits: What it would do.
    """

    def __init__(self, edits: tuple[Edit, ...]) -> None:
        """Keeps what was asked about."""
        super().__init__("This change was asked about, and not made.")
        self.edits = edits


def now(workspace: Workspace) -> Moment:
    """The newest moment of a workspace; its text is taken in when it was never served before."""
    with _lock:
        held = _held.get(workspace.id)
        if held is None:
            held = _stored(workspace)
        newer = Change.objects.filter(workspace=workspace.id, id__gt=held.change).order_by("id")
        held = _after(held, newer)
        if held.change == 0:
            held = _taken_in(workspace)
        _held[workspace.id] = held
        return held


def at(workspace: Workspace, change: int) -> Moment:
    """The moment right after a change."""
    started = _stored(workspace, change)
    between = Change.objects.filter(workspace=workspace.id, id__gt=started.change, id__lte=change)
    return _after(started, between.order_by("id"))


def commit(
    workspace: Workspace,
    edits: Sequence[Edit],
    who: str = "",
    *,
    origin: str = "edit",
    undoes: Change | None = None,
) -> Moment | Refused:
    """Makes edits part of the model, all or none; where nobody says who, it is whoever this machine is of.

    Returns:
        The new moment; or what stood in the way, with nothing changed.

    Raises:
        OnlyAskedError: Within `only_asked`.
    """
    with _lock, transaction.atomic():
        before = now(workspace)
        if not edits:
            return before
        if _is_only_asked.get():
            raise OnlyAskedError(tuple(edits))
        if origin not in AS_IT_WAS:
            edits = asked_again(before.model, edits)
        applied = apply(before.model, edits)
        if applied.conflicts:
            return Refused(applied.conflicts)
        change = Change.objects.create(
            workspace=workspace.id,
            at=datetime.now(UTC),
            who=who or settings.PERSON,
            edits=[as_data(edit) for edit in applied.edits],
            origin=origin,
            undoes=undoes,
        )
        agreed.stood(workspace.id, before.model, applied.model, applied.edits)
        if change.pk % EVERY == 0:
            whole = diff(EMPTY, applied.model)
            Snapshot.objects.create(
                workspace=workspace.id, change=change, edits=[as_data(edit) for edit in whole]
            )
    with _lock:
        after = Moment(change.pk, applied.model)
        if _held.get(workspace.id) == before:
            _held[workspace.id] = after
        return after


@contextmanager
def only_asked() -> Iterator[None]:
    """Makes no change: the first that somebody wants stops, and is told with `OnlyAskedError`."""
    token = _is_only_asked.set(True)
    try:
        yield
    finally:
        _is_only_asked.reset(token)


def undo(workspace: Workspace, change: Change, who: str = "") -> Moment | Refused:
    """Takes a change back: its inverse, as a change of its own."""
    return commit(workspace, inverse(edits_of(change)), who, origin="undo", undoes=change)


def restore(workspace: Workspace, change: int, who: str = "") -> Moment | Refused:
    """Makes the model what it was after a change, as a change of its own."""
    return commit(workspace, diff(now(workspace).model, at(workspace, change).model), who, origin="restore")


def edits_of(change: Change) -> tuple[Edit, ...]:
    """The edits of a change."""
    return tuple(from_data(row) for row in change.edits)


def _stored(workspace: Workspace, before: int | None = None) -> Moment:
    """The newest snapshot, of before a change when one is given."""
    found = Snapshot.objects.filter(workspace=workspace.id).order_by("-change_id")
    if before is not None:
        found = found.filter(change_id__lte=before)
    snapshot = found.first()
    if snapshot is None:
        return Moment(0, EMPTY)
    return Moment(snapshot.change_id, apply(EMPTY, [from_data(row) for row in snapshot.edits]).model)


def _after(moment: Moment, changes: Iterable[Change]) -> Moment:
    for change in changes:
        moment = Moment(change.pk, apply(moment.model, edits_of(change)).model)
    return moment


def _taken_in(workspace: Workspace) -> Moment:
    """The model as it stands in the workspace's text, as its first change."""
    text = workspace.written
    empty = Moment(0, EMPTY)
    if text is None:
        return empty
    edits = diff(empty.model, read(text).model)
    if not edits:
        return empty
    with transaction.atomic():
        first = Change.objects.filter(workspace=workspace.id).order_by("id").first()
        if first is None:  # nobody else took it in meanwhile
            first = Change.objects.create(
                workspace=workspace.id,
                at=datetime.now(UTC),
                edits=[as_data(edit) for edit in edits],
                origin="text",
            )
            agreed.keep(workspace.id, read_confirmed(workspace.confirmed)[0].values())
    return _after(empty, [first])
