"""Which model do the nodes of its texts stand for?

First the outline is drawn (which elements, in what), then the ids that are missing are proposed, and only then fields and
relations are read: whatever they refer to is known by then, wherever it stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from ketenreis.findings import Place
from ketenreis.model import KINDS, RELATION, Edge, Element, Field, Kind, Model, Relation, arranged
from ketenreis.model.derived import derived
from ketenreis.notation.found import Found
from ketenreis.notation.keys import FILED, keys_of, top_keys
from ketenreis.notation.nodes import Node, Record, Scalar, Sequence
from ketenreis.notation.related import related
from ketenreis.notation.slugs import is_id, propose
from ketenreis.notation.typed import Context, is_empty, value

Places = Mapping[tuple[str, str], Place]
"""Where each element stands, and each of its keys: by (id, "") and (id, key)."""

_LISTS = MappingProxyType({kind.plural: kind for kind in KINDS})


def model_of(texts: Iterable[Node], found: Found, *, complete: bool = True) -> tuple[Model, Places]:
    """Makes a model of the nodes of its texts.

    Args:
        texts: The root node of each file, in order.
        found: Receives what is wrong.
        complete: Whether all files could be read; if not, nothing is said of unknown ids.

    Returns:
        The model, in canonical order, with proposed ids where none was written; and the places in the text.
    """
    outline = _Outline(found)
    for text in texts:
        outline.add(text)
    drafts = outline.drafts()
    _give_ids(drafts, found)
    kinds = {draft.id: draft.kind.name for draft in drafts}
    reader = _Reader(found, kinds, complete=complete)
    for draft in outline.ordered(drafts, reader):
        reader.read(draft)
    return arranged(Model.of(reader.elements, reader.edges)), MappingProxyType(reader.places)


class _Draft:
    """An element of which only the kind and the surroundings are known."""

    def __init__(self, kind: Kind, node: Record, parent: "_Draft | None") -> None:
        self.kind, self.node, self.parent = kind, node, parent
        self.id = ""


class _Outline:
    """Which elements there are, and in what each of them stands."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.all: list[_Draft] = []
        self.organisation: _Draft | None = None
        self.order: list[_Draft | Scalar] = []

    def add(self, text: Node) -> None:
        permitted = top_keys()
        if not isinstance(text, Record):
            self.found.add(
                "record_expected", text.place, {"key": "–", "value": "…", "permitted": ", ".join(permitted)}
            )
            return
        for key, node in text.entries:
            if key.text == "organisation":
                self.begin(node, key)
            elif key.text in permitted:
                self.children(permitted[key.text], node, None)
            elif key.text in _LISTS:
                self.misplaced(key)
            else:
                Context(self.found, "", {}).unknown_key(key, permitted)

    def begin(self, node: Node, key: Scalar) -> None:
        if is_empty(node):
            return
        if self.organisation is not None:
            self.found.add("second_organisation", key.place, {"first": str(self.organisation.node.place)})
        elif isinstance(node, Record):
            self.organisation = self.draft(top_keys()["organisation"], node, None)
        else:
            self.shape("record_expected", node, key.text, permitted=", ".join(keys_of("organisation")))

    def draft(self, kind: Kind, node: Record, parent: _Draft | None) -> _Draft:
        draft = _Draft(kind, node, parent)
        self.all.append(draft)
        keys = keys_of(kind.name)
        for key, child in node.entries:
            meaning = keys.get(key.text)
            if isinstance(meaning, Kind):
                self.children(meaning, child, draft)
            elif meaning is None and key.text in _LISTS:
                self.misplaced(key)
        return draft

    def children(self, kind: Kind, node: Node, parent: _Draft | None) -> None:
        if is_empty(node):
            return
        if not isinstance(node, Sequence):
            self.shape("list_expected", node, kind.plural)
            return
        made: list[_Draft | Scalar] = []
        for item in node.items:
            if isinstance(item, Record):
                made.append(self.draft(kind, item, parent))
            elif isinstance(item, Scalar) and parent is None and kind.name in FILED and not is_empty(item):
                made.append(item)
            elif not is_empty(item):
                self.shape("record_expected", item, kind.plural, permitted=", ".join(keys_of(kind.name)))
        if any(isinstance(item, Scalar) for item in made):
            self.order.extend(made)

    def shape(self, name: str, node: Node, key: str, **parameters: str) -> None:
        said = node.text.strip()[:60] if isinstance(node, Scalar) else "…"
        self.found.add(name, node.place, {"key": key, "value": said, **parameters})

    def misplaced(self, key: Scalar) -> None:
        inside = ", ".join(_LISTS[key.text].inside) or "–"
        self.found.add("child_not_permitted", key.place, {"key": key.text, "inside": inside})

    def drafts(self) -> list[_Draft]:
        for draft in self.all:
            if draft.parent is None and draft is not self.organisation:
                draft.parent = self.organisation
        return self.all

    def ordered(self, drafts: list[_Draft], reader: "_Reader") -> list[_Draft]:
        """The drafts, those that a list of bare ids puts in order in that order."""
        if not self.order:
            return drafts
        rank: dict[str, int] = {}
        for item in self.order:
            if isinstance(item, Scalar):
                reader.context("").known(item.text.strip(), item, "", FILED)
            rank.setdefault(item.text.strip() if isinstance(item, Scalar) else item.id, len(rank))
        return sorted(drafts, key=lambda draft: rank.get(draft.id, len(rank)))


def _give_ids(drafts: list[_Draft], found: Found) -> None:
    first: dict[str, _Draft] = {}
    for draft in drafts:
        node = draft.node.get("id")
        if node is None or is_empty(node):
            continue
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if not is_id(text):
            found.add("wrong_id", node.place, {"value": text[:60]})
        elif text in first:
            found.add("duplicate_id", node.place, {"first": str(first[text].node.place)}, element=text)
        else:
            first[text], draft.id = draft, text
    for draft in drafts:
        if draft.id:
            continue
        name = _said(draft.node, "name") or _said(draft.node, draft.kind.title)
        draft.id = propose(name, draft.parent.id if draft.parent else "", draft.kind.name, first)
        first[draft.id] = draft
        if draft.node.get("id") is None:
            found.add(
                "id_proposed", draft.node.place, {"proposed": draft.id}, level="advice", element=draft.id
            )


def _said(node: Record, key: str) -> str:
    said = node.get(key)
    if isinstance(said, Record) and said.entries:
        said = said.entries[0][1]
    return said.text if isinstance(said, Scalar) else ""


class _Reader:
    """Reads the fields and relations of one element after another."""

    def __init__(self, found: Found, kinds: Mapping[str, str], *, complete: bool) -> None:
        self.found, self.kinds, self.complete = found, kinds, complete
        self.elements: list[Element] = []
        self.edges: list[Edge] = []
        self.places: dict[tuple[str, str], Place] = {}

    def context(self, element: str) -> Context:
        return Context(self.found, element, self.kinds, self.complete)

    def read(self, draft: _Draft) -> None:
        context, keys = self.context(draft.id), keys_of(draft.kind.name)
        self.places[draft.id, ""] = draft.node.place
        fields: dict[str, object] = {}
        for key, node in draft.node.entries:
            self.places[draft.id, key.text] = key.place
            match keys.get(key.text):
                case Field(name=name) as field:
                    if (
                        name != "id"
                        and (read := value(node, field, replace(context, field=name))) is not None
                    ):
                        fields[name] = read
                case Relation() as relation:
                    within = replace(context, field=relation.name)
                    self.edges.extend(related(relation, node, draft.id, draft.kind.name, within))
                case Kind():
                    pass
                case None:
                    self.unknown(key, draft, context)
        parent = draft.parent.id if draft.parent else None
        element = Element(draft.id, draft.kind.name, parent, MappingProxyType(fields))
        self.elements.append(element)
        self.edges.extend(derived(element))

    def unknown(self, key: Scalar, draft: _Draft, context: Context) -> None:
        relation = RELATION.get(key.text)
        if relation is not None:
            name = "relation_derived" if relation.derived else "relation_not_permitted"
            sources = ", ".join(dict.fromkeys(source for end in relation.ends for source in end.sources))
            about = {"relation": key.text, "kind": draft.kind.name, "permitted": sources}
            self.found.add(name, key.place, about, element=draft.id, field=key.text)
        elif key.text not in _LISTS:
            context.unknown_key(key, keys_of(draft.kind.name))
