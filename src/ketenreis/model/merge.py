"""What do two people's edits of the same model become together, and where do they want different things?

Which of the two goes first is decided by what they say, never by who asks: merging the one into the other gives the same
as merging the other into the one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ketenreis.model.applying import Conflict, apply
from ketenreis.model.diff import diff
from ketenreis.model.edits import LAST, Edit, Insert, Move, Relate, Remove, Unrelate, Update, touched
from ketenreis.model.graph import Model
from ketenreis.model.relations import RELATION


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people want different things, side by side; neither is in the merged model.

    Attributes:
        ours, theirs: What each of both did.
    """

    ours: tuple[Edit, ...]
    theirs: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Two bundles of edits together.

    Attributes:
        model: With everything on which nobody differs; where they clash it says what it said before both.
        edits: What leads from the base to it.
        clashes: Where somebody must choose.
    """

    model: Model
    edits: tuple[Edit, ...]
    clashes: tuple[Clash, ...]


def merge(base: Model, ours: Iterable[Edit], theirs: Iterable[Edit]) -> Merged:
    """Merges two bundles of edits on the same model.

    Args:
        base: The model that both began with.
        ours: Edits of the base.
        theirs: Other edits of the base. An edit that does not fit the base is a clash with nothing on the other side.

    Returns:
        The merged model. To bring it to one of both sides, compare: `diff(apply(base, ours).model, merged.model)`.

    Example:
        >>> from ketenreis.model.graph import Element
        >>> base = Model.of([Element("a", "goal", None, {"name": "A"})])
        >>> merged = merge(base, [Update("a", "name", "A", "B")], [Update("a", "note", None, "n")])
        >>> dict(merged.model["a"].fields), merged.clashes
        ({'name': 'B', 'note': 'n'}, ())
    """
    one, other = (_Side(base, tuple(edits)) for edits in (ours, theirs))
    swapped = repr(other.edits) < repr(one.edits)
    first, second = (other, one) if swapped else (one, other)
    found = _together(base, first, second)
    clashes = tuple(Clash(b, a) if swapped else Clash(a, b) for a, b in found)
    unfit = (*(Clash((edit,), ()) for edit in one.unfit), *(Clash((), (edit,)) for edit in other.unfit))
    applied = apply(base, (*first.left(), *second.left()))
    return Merged(applied.model, applied.edits, (*unfit, *clashes))


class _Side:
    """One person's edits: what they come down to, in groups that stand or fall together.

    A relation that is cut only to be laid otherwise is one group, and so is all that goes with a removed element.
    """

    def __init__(self, base: Model, edits: tuple[Edit, ...]) -> None:
        self.unfit: list[Edit] = []
        while conflicts := apply(base, edits).conflicts:
            self.unfit += [conflict.edit for conflict in conflicts]
            edits = tuple(edit for edit in edits if not any(edit is one for one in self.unfit))
        new = apply(base, edits).model
        self.edits = diff(base, new)
        self.groups = _groups(self.edits, base, new)
        self.gone: set[int] = set()

    def left(self) -> tuple[Edit, ...]:
        """The edits that were not left out, in their order."""
        return tuple(
            edit for edit, group in zip(self.edits, self.groups, strict=True) if group not in self.gone
        )

    def drop(self, edit: Edit) -> tuple[Edit, ...]:
        """Leaves out the group that an edit is part of; nothing when that was done before."""
        group = next(group for one, group in zip(self.edits, self.groups, strict=True) if one is edit)
        if group in self.gone:
            return ()
        self.gone.add(group)
        return tuple(one for one, own in zip(self.edits, self.groups, strict=True) if own == group)


def _groups(edits: tuple[Edit, ...], base: Model, new: Model) -> list[int]:
    """The group of each edit: edits that share a token are in one."""
    removed = {edit.element.id for edit in edits if isinstance(edit, Remove)}
    above: list[int] = list(range(len(edits)))

    def top(number: int) -> int:
        while above[number] != number:
            number = above[number]
        return number

    first: dict[tuple[str, ...], int] = {}
    for number, edit in enumerate(edits):
        for token in _tokens(edit, removed, base, new):
            one, other = top(first.setdefault(token, number)), top(number)
            above[max(one, other)] = min(one, other)
    return [top(number) for number in range(len(edits))]


def _tokens(edit: Edit, removed: set[str], base: Model, new: Model) -> Iterator[tuple[str, ...]]:
    ends: tuple[str | None, ...] = ()
    match edit:
        case Insert(element) | Remove(element):
            ends = (element.id, element.parent)
        case Move(_, old_parent):
            ends = (old_parent,)
        case Relate(edge) | Unrelate(edge):
            ends = (edge.source, edge.target)
            kind = (new if edge.source in new else base)[edge.source].kind
            is_one = RELATION[edge.relation].is_one(kind)
            yield ("relation", edge.source, edge.relation, *(() if is_one else (edge.target,)))
    yield from (("removed", end) for end in ends if end is not None and end in removed)


def _together(base: Model, first: _Side, second: _Side) -> list[tuple[tuple[Edit, ...], tuple[Edit, ...]]]:
    """Leaves out of both sides what cannot stand together; says what clashes."""
    clashes: list[tuple[tuple[Edit, ...], tuple[Edit, ...]]] = []
    same = {_bare(edit) for edit in first.edits}
    shared = {
        group: all(
            _bare(edit) in same for edit, own in zip(second.edits, second.groups, strict=True) if own == group
        )
        for group in set(second.groups)
    }
    second.gone.update(group for group, is_shared in shared.items() if is_shared)
    while True:
        applied = apply(base, first.left())
        conflicts = applied.conflicts or apply(applied.model, second.left()).conflicts
        if not conflicts:
            return clashes
        side, facing = (first, second) if applied.conflicts else (second, first)
        for conflict in conflicts:
            against = facing.left() if side is second and not _is_order(conflict.edit) else ()
            out = side.drop(conflict.edit)
            lost = tuple(
                edit for other in against if _collide(conflict, other) for edit in facing.drop(other)
            )
            if out and not _is_order(conflict.edit):
                clashes.append((out, lost) if side is first else (lost, out))


def _collide(conflict: Conflict, other: Edit) -> bool:
    """Whether an edit of the other side stands in the way of one that conflicts."""
    edit = conflict.edit
    match edit, other:
        case (Remove(element), _):
            return element.id in touched(other)
        case (_, Remove(element)):
            return element.id in touched(edit)
        case (Update(), Update()):
            return (edit.id, edit.field) == (other.id, other.field)
        case (Move(), Move()):
            return edit.id == other.id or conflict.reason == "circular"
        case (Insert(one), Insert(another)):
            return one.id == another.id
        case (
            (Relate(one), Relate(another))
            | (Unrelate(one), Unrelate(another))
            | (Unrelate(one), Relate(another))
        ):
            return (one.source, one.relation) == (another.source, another.relation) and (
                one.target == another.target or conflict.reason == "taken"
            )
    return False


def _is_order(edit: Edit) -> bool:
    """Whether it only changes a place among siblings: that may be lost without anybody missing it."""
    return isinstance(edit, Move) and edit.old_parent == edit.parent


def _bare(edit: Edit) -> str:
    """An edit without its places: what two people both did, wherever they put it."""
    return repr(
        replace(edit, after=LAST, old_after=LAST)
        if isinstance(edit, Move)
        else edit
        if isinstance(edit, Update)
        else replace(edit, after=LAST)
    )
