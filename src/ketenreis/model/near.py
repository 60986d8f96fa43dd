"""What must be checked again after an edit? What is near it: a check is run on a model that lists only those elements.

A check looks no further from the element it speaks of than a few relations, or what stands in the same journey, chain or
process, and asks of the whole model at most whether it has elements of a kind at all.
"""

from collections.abc import Collection, Iterable, Iterator

from ketenreis.model.edits import Edit, Move, Update, touched
from ketenreis.model.graph import Element, Model

HUBS = ("organisation", "department", "role", "persona", "system", "goal", "driver")
"""Much leads to these and little is told by way of them: a path stops here, unless they changed themselves."""
ROOMS = ("journey", "chain", "process")
"""What stands in one of these is read together."""
FACTS, GROUP = 3, 2
"""So many relations from an edit a finding may change; and so many from there stands what is told together with it."""


class _OfSome(tuple[Element, ...]):
    """The listed elements of a kind of which the model has some: true, however few are listed."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return True


class Near(Model):
    """A model that lists only some of its elements; whoever follows a relation meets all of it."""

    def __init__(self, whole: Model, listed: Collection[str]) -> None:
        super().__init__(whole.elements, whole.edges, in_order=whole.in_order)
        # In order: what is told together is told so.
        few = [whole.elements[name] for name in whole.elements if name in listed]
        by_kind: dict[str, list[Element]] = {}
        for one in few:
            by_kind.setdefault(one.kind, []).append(one)
        # Where a cached property keeps its value; frozen forbids only setting attributes.
        self.__dict__.update(
            whole=whole,
            few=few,
            few_by_kind=by_kind,
            by_parent=whole.by_parent,
            by_source=whole.by_source,
            by_target=whole.by_target,
            relations=whole.relations,
        )

    def __iter__(self) -> Iterator[Element]:
        return iter(self.__dict__["few"])

    def of_kind(self, *kinds: str) -> tuple[Element, ...]:
        """The listed elements of these kinds; true when the whole model has any."""
        listed = self.__dict__["few_by_kind"]
        found = [one for kind in kinds for one in listed.get(kind, ())]
        return _OfSome(found) if any(kind in self.__dict__["whole"].kinds for kind in kinds) else ()


def near(old: Model, new: Model, edits: Iterable[Edit]) -> tuple[frozenset[str], frozenset[str]]:
    """What edits may have changed a finding of, and what must be listed to find those again.

    Returns:
        Ids of both models, and ids of the new one; the second holds what of the first still exists.
    """
    edits = tuple(edits)
    open_hubs = {edit.id for edit in edits if isinstance(edit, Update | Move)}
    start = {name for edit in edits for name in touched(edit)}
    about = set(start)
    for model in (old, new):
        about |= _around(model, _around(model, start, FACTS, open_hubs), 0, open_hubs)
    rooms = {name for name in about if name in new and new.elements[name].kind in ROOMS}
    inside = {one.id for name in rooms for one in new.within(name)}
    listed = _around(new, about | inside, GROUP, open_hubs)
    return frozenset(about), frozenset(listed)


def _around(model: Model, start: Iterable[str], far: int, open_hubs: Iterable[str]) -> set[str]:
    """What stands so many relations from some elements, and all that any of it stands in."""
    found = {name for name in start if name in model}
    edge = set(found)
    for _ in range(far):
        edge = {name for here in edge for name in _beside(model, here, open_hubs)} - found
        found |= edge
    for name in tuple(found):
        above = model.elements[name].parent
        while above is not None and above in model and above not in found:
            found.add(above)
            above = model.elements[above].parent
    return found


def _beside(model: Model, name: str, open_hubs: Iterable[str]) -> Iterator[str]:
    element = model.elements[name]
    if element.kind in HUBS and name not in open_hubs:
        return
    for relation in model.around(name):
        yield from (end for end in (relation.source, relation.target) if end in model)
    yield from model.by_parent.get(name, ())
    if element.parent is not None and element.parent in model:
        yield element.parent
