"""What is different between two models, as a reader sees it: added, removed, moved and changed, each in a sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ketenreis.model import (
    COMMON,
    KIND,
    RELATION,
    Choice,
    Edge,
    Edit,
    Element,
    Field,
    Insert,
    Model,
    Move,
    Relate,
    Remove,
    Unrelate,
    Update,
)
from ketenreis.notation.edits_json import value_as_data
from ketenreis.notation.mattering import key_of
from ketenreis.reports.valued import apart, labelled, named, shown
from ketenreis.reports.words import sentences

How = Literal["added", "removed", "moved", "changed"]
HOW: tuple[How, ...] = ("added", "removed", "moved", "changed")
SHELL = "shell"
"""The field that says whether an activity is of the stable core or of the flexible shell."""
MARKS = {"added": "+", "removed": "−", "moved": "→", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        how: What happened.
        element: The element it is about; of a relation, the one it starts at.
        field: Which field changed; None when it is about the whole element or a relation.
        relation: Which relation came, went, or changed its place or its fields; None for an element.
        before, after: Values of the field, ids of the parents, or the fields of the relation; None where there is none.
        elsewhere: Of a move: whether it now stands in another element, rather than in another order.
    """

    how: How
    element: Element
    field: Field | None = None
    relation: Edge | None = None
    before: object = None
    after: object = None
    elsewhere: bool = False


def changes(old: Model, new: Model, edits: Iterable[Edit]) -> tuple[Change, ...]:
    """Reads edits as differences between two models.

    Args:
        old: The model before.
        new: The model after.
        edits: What leads from one to the other, as `diff` gives it.

    Returns:
        In the order of the edits; a relation that was cut only to be laid again is one difference.
    """
    edits = tuple(edits)
    laid = {key_of(edit.edge): edit.edge for edit in edits if isinstance(edit, Relate)}
    cut = {key_of(edit.edge): edit.edge for edit in edits if isinstance(edit, Unrelate)}
    return tuple(change for edit in edits for change in _read(edit, old, new, cut, laid))


def _read(
    edit: Edit,
    old: Model,
    new: Model,
    cut: dict[tuple[str, str, str], Edge],
    laid: dict[tuple[str, str, str], Edge],
) -> Iterator[Change]:
    match edit:
        case Insert(element):
            yield Change("added", element)
        case Remove(element):
            yield Change("removed", element)
        case Update(name, field, before, after):
            row = next(one for one in (*COMMON, *new[name].schema.fields) if one.name == field)
            yield Change("changed", new[name], field=row, before=before, after=after)
        case Move(name, old_parent, _, parent):
            yield Change("moved", new[name], before=old_parent, after=parent, elsewhere=old_parent != parent)
        case Unrelate(edge) if key_of(edge) not in laid:
            yield Change("removed", old[edge.source], relation=edge, before=edge.fields)
        case Relate(edge):
            before = cut.get(key_of(edge))
            if before is None:
                yield Change("added", new[edge.source], relation=edge, after=edge.fields)
            else:
                how: How = "moved" if before.fields == edge.fields else "changed"
                yield Change(how, new[edge.source], relation=edge, before=before.fields, after=edge.fields)


def counted(found: Iterable[Change]) -> dict[How, int]:
    """How many of each."""
    numbers = Counter(change.how for change in found)
    return {how: numbers[how] for how in HOW}


def staying(old: Model, found: Iterable[Change]) -> float | None:
    """The share of the old model's elements that nothing happened to; null when it held none.

    Source:
        The stable core and the flexible shell are judged by it: about 80% stays, 20% moves.
    """
    touched = {change.element.id for change in found} & old.elements.keys()
    return 1 - len(touched) / len(old) if len(old) else None


@dataclass(frozen=True, slots=True)
class Marked:
    """How many of the elements with one mark, stable core or flexible shell, nothing happened to.

    Attributes:
        mark: The choice of the metamodel.
        elements: How many bore it before.
        moving: Those to which something happened.
    """

    mark: Choice
    elements: int
    moving: tuple[Element, ...]

    @property
    def stay(self) -> int:
        """To how many nothing happened."""
        return self.elements - len(self.moving)


def by_mark(old: Model, found: Iterable[Change]) -> tuple[Marked, ...]:
    """What stays and what moves of the stable core and of the flexible shell, each apart.

    Args:
        old: The model before, with its marks.
        found: What is different since.

    Returns:
        A row for each mark that an element bore, the core first.
    """
    touched = {change.element.id for change in found}
    kind = KIND["activity"]
    row = next(field for field in kind.fields if field.name == SHELL)
    bearing = {
        choice.key: [one for one in old.of_kind(kind.name) if one.get(SHELL) == choice.key]
        for choice in row.choices
    }
    return tuple(
        Marked(choice, len(ones), tuple(one for one in ones if one.id in touched))
        for choice in row.choices
        if (ones := bearing[choice.key])
    )


def marked(found: Iterable[Change]) -> dict[str, How]:
    """What happened to each element, in one word: that it came, went or moved says more than that it changed.

    Returns:
        By id; of a relation both ends changed. An element that only stands in another order has moved.
    """
    rank = {"changed": 0, "moved": 1, "added": 2, "removed": 2}
    marks: dict[str, How] = {}
    for change in found:
        about: dict[str, How] = {change.element.id: change.how}
        if change.relation is not None:
            about = {change.relation.source: "changed", change.relation.target: "changed"}
        for name, how in about.items():
            if rank[how] >= rank[marks.get(name, "changed")]:
                marks[name] = how
    return marks


def in_words(change: Change, language: str, old: Model, new: Model) -> str:
    """A difference as one sentence."""
    said = sentences(language)
    if change.relation is not None:
        return said[f"change.relation_{change.how}"].format(
            source=_name(change.relation.source, old, new),
            relation=getattr(RELATION[change.relation.relation], language),
            target=_name(change.relation.target, old, new),
        )
    element, model = change.element, old if change.how == "removed" else new
    if change.field is not None:
        before, after = apart(change.before, change.after, change.field)
        key = "field"
        if isinstance(change.before, tuple) and isinstance(change.after, tuple):
            key = "field_came" if before is None else "field_went" if after is None else key
        return said[f"change.{key}"].format(
            element=named(element, language),
            field=labelled(change.field, language),
            before=shown(before, change.field, language, old),
            after=shown(after, change.field, language, new),
        )
    parent = model.elements.get(element.parent or "")
    key = "reordered" if change.how == "moved" and not change.elsewhere else change.how
    where = said["change.within"].format(parent=named(parent, language)) if parent else ""
    return said[f"change.{key}"].format(element=named(element, language), where=where)


def _name(name: str, old: Model, new: Model) -> str:
    return f"“{(new if name in new else old).name(name)}”"


def as_data(change: Change) -> dict[str, Any]:
    """A difference as data for JSON."""
    found: dict[str, Any] = {
        "change": change.how,
        "kind": change.element.kind,
        "id": change.element.id,
        "name": change.element.name,
    }
    if change.relation is not None:
        edge = change.relation
        found |= {"relation": edge.relation, "target": edge.target}
    elif change.field is not None:
        found |= {
            "field": change.field.name,
            "before": value_as_data(change.before),
            "after": value_as_data(change.after),
        }
    else:
        found["parent"] = change.element.parent
    return found
