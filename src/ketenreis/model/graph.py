"""The model as one immutable graph of elements and relations, and the few ways to walk it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from ketenreis.errors import UnknownElementError
from ketenreis.model.fields import Kind
from ketenreis.model.kinds import KIND
from ketenreis.model.relations import RELATION

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a model.

    Attributes:
        id: Unique in the workspace.
        kind: Name of its kind.
        parent: Id of the element it stands in; None for the organisation.
        fields: Its values by field name, also name and note; a field that was not filled in is absent. Values are
            text, Decimal, int, bool, date, Duration, Share, Limit, Condition, Measure, tuples of those, or
            read-only mappings for records.
    """

    id: str
    kind: str
    parent: str | None = None
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def get(self, name: str) -> object:
        """The value of a field; None where it was not filled in."""
        return self.fields.get(name)

    def records(self, name: str) -> tuple[Mapping[str, object], ...]:
        """The records of a field that holds a list of them; none where it was not filled in.

        Example:
            >>> step = Element("betalen", "step", None, {"feelings": ({"score": -1, "basis": "observed"},)})
            >>> [one["score"] for one in step.records("feelings")], step.records("norms")
            ([-1], ())
        """
        said = self.fields.get(name)
        return tuple(one for one in said if isinstance(one, Mapping)) if isinstance(said, tuple) else ()

    @property
    def schema(self) -> Kind:
        """Its row in the metamodel."""
        return KIND[self.kind]

    @property
    def name(self) -> str:
        """What people call it: its name, else its own text, else its id."""
        said = self.fields.get("name") or self.fields.get(self.schema.title)
        if isinstance(said, Mapping):
            said = next(iter(said.values()), None)
        return str(said or self.id)


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation between two elements, with the values that the relation itself holds."""

    relation: str
    source: str
    target: str
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), hash=False)


@dataclass(frozen=True)
class Model:
    """A whole model: its elements in the order they are written, and the relations between them.

    Two models are equal when they hold the same elements and relations in the same order.

    Attributes:
        elements: By id.
        edges: The relations.
        in_order: Whether it is known to stand in the order of its text, as `arranged` makes it.
    """

    elements: Mapping[str, Element]
    edges: tuple[Edge, ...] = ()
    in_order: bool = field(default=False, compare=False, repr=False)

    @classmethod
    def of(
        cls, elements: Iterable[Element], edges: Iterable[Edge] = (), *, in_order: bool = False
    ) -> "Model":
        """Makes a model of elements and edges; ids are taken to be unique."""
        return cls(MappingProxyType({element.id: element for element in elements}), tuple(edges), in_order)

    @classmethod
    def indexed(
        cls,
        elements: Mapping[str, Element],
        edges: tuple[Edge, ...],
        by_parent: Mapping[str | None, tuple[str, ...]],
        by_source: Mapping[str, tuple[Edge, ...]],
        by_target: Mapping[tuple[str, str], tuple[Edge, ...]],
        by_kind: Mapping[str, tuple[str, ...]] | None = None,
        relations: Collection[str] | None = None,
    ) -> "Model":
        """Makes a model in order of which the indexes are known already: an edit need not count all of it again."""
        model = cls(elements, edges, in_order=True)
        # Where a cached property keeps its value; frozen forbids only setting attributes.
        model.__dict__.update(by_parent=by_parent, by_source=by_source, by_target=by_target)
        known = {"by_kind": by_kind, "relations": relations}
        model.__dict__.update({name: index for name, index in known.items() if index is not None})
        return model

    def copied(self) -> dict[str, Element]:
        """The elements by id, in a dictionary of one's own."""
        # A read-only view copies ten times as fast as it is read.
        return self.elements.copy() if isinstance(self.elements, MappingProxyType) else dict(self.elements)

    def __getitem__(self, element_id: str) -> Element:
        """The element of that id; UnknownElementError names the nearest ids."""
        found = self.elements.get(element_id)
        if found is not None:
            return found
        near = get_close_matches(element_id, self.elements, 3)
        hint = f" Nearest: {', '.join(near)}." if near else ""
        raise UnknownElementError(f"The model has no element {element_id!r}.{hint}")

    def __contains__(self, element_id: object) -> bool:
        return element_id in self.elements

    def __iter__(self) -> Iterator[Element]:
        return iter(self.elements.values())

    def __len__(self) -> int:
        return len(self.elements)

    @cached_property
    def organisation(self) -> Element | None:
        """The organisation; None in a model that does not say."""
        return next(iter(self.of_kind("organisation")), None)

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of each kind, in order."""
        return _grouped((element.kind, element.id) for element in self)

    @cached_property
    def by_parent(self) -> Mapping[str | None, tuple[str, ...]]:
        """The ids that stand directly in each element, in order; under None those that stand in none."""
        known = self.elements
        return _grouped((one.parent if one.parent in known else None, one.id) for one in self)

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Edge, ...]]:
        """The relations that start at each element, in order."""
        return _grouped((edge.source, edge) for edge in self.edges)

    @cached_property
    def by_target(self) -> Mapping[tuple[str, str], tuple[Edge, ...]]:
        """The relations that end at each element, in order, by target and relation."""
        return _grouped(((edge.target, edge.relation), edge) for edge in self.edges)

    @cached_property
    def relations(self) -> Collection[str]:
        """The relations of which it has one."""
        return frozenset({edge.relation for edge in self.edges})

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of which it has an element."""
        return self.by_kind.keys()

    def of_kind(self, *kinds: str) -> tuple[Element, ...]:
        """Every element of these kinds, in the order they are written."""
        return tuple(self.elements[name] for kind in kinds for name in self.by_kind.get(kind, ()))

    def children(self, element_id: str, *kinds: str) -> tuple[Element, ...]:
        """The elements that stand directly in another; of these kinds, when given."""
        elements = self.elements
        found = [elements[name] for name in self.by_parent.get(element_id, ())]
        return tuple([element for element in found if element.kind in kinds] if kinds else found)

    def within(self, element_id: str, *kinds: str) -> Iterator[Element]:
        """Everything that stands in an element at any depth, in order; of these kinds, when given."""
        for child in self.children(element_id):
            if not kinds or child.kind in kinds:
                yield child
            yield from self.within(child.id, *kinds)

    def parent(self, element_id: str, *kinds: str) -> Element | None:
        """The nearest element around this one; of these kinds, when given."""
        above = self.elements.get(self[element_id].parent or "")
        while above is not None and kinds and above.kind not in kinds:
            above = self.elements.get(above.parent or "")
        return above

    def out(self, element_id: str, *relations: str) -> tuple[Edge, ...]:
        """The relations that start at an element."""
        # Asked hundreds of thousands of times by the checks of a large model: lists are built faster than generators run.
        found = self.by_source.get(element_id)
        if not found:
            return ()
        return tuple([edge for relation in relations for edge in found if edge.relation == relation])

    def into(self, element_id: str, *relations: str) -> tuple[Edge, ...]:
        """The relations that end at an element."""
        ending = self.by_target
        if len(relations) == 1:
            return ending.get((element_id, relations[0]), ())
        return tuple([edge for relation in relations for edge in ending.get((element_id, relation), ())])

    def around(self, *element_ids: str) -> tuple[Edge, ...]:
        """The relations that start or end at any of these, each once."""
        found = (
            edge
            for name in element_ids
            for edge in (*self.by_source.get(name, ()), *self.into(name, *RELATION))
        )
        return tuple(dict.fromkeys(found))

    def targets(self, element_id: str, *relations: str) -> tuple[Element, ...]:
        """The elements that an element leads to; a target that does not exist is left out."""
        found = self.out(element_id, *relations)
        if not found:
            return ()
        known = self.elements
        return tuple([known[edge.target] for edge in found if edge.target in known])

    def target(self, element_id: str, *relations: str) -> Element | None:
        """The first element that an element leads to; None when it leads to none."""
        return next(iter(self.targets(element_id, *relations)), None)

    def sources(self, element_id: str, *relations: str) -> tuple[Element, ...]:
        """The elements that lead to an element."""
        found = self.into(element_id, *relations)
        if not found:
            return ()
        known = self.elements
        return tuple([known[edge.source] for edge in found if edge.source in known])

    def name(self, element_id: str) -> str:
        """What people call the element of that id; the id itself when the model does not hold it."""
        return self[element_id].name if element_id in self else element_id


def is_empty(value: object) -> bool:
    """Whether nothing was filled in for a field."""
    return value is None or value in ("", (), {}) or (isinstance(value, str) and not value.strip())


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
