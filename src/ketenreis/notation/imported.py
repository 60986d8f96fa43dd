"""What does a file of another program bring, and how does it join a model that may know it already?

Whatever the notation, a file becomes a piece of model. Joining finds out which of its elements the model already has, so that
their ids, and everything that was tied to them since, stay.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ketenreis.findings import Finding
from ketenreis.model import RELATION, Edge, Element, Model, arranged
from ketenreis.model.flow import FLOW_NODES
from ketenreis.notation.slugs import is_id, propose

FOLDER = "bpmn"
"""Where the files that were read stand, beside the model."""

_READ = (*FLOW_NODES, "output")
"""The kinds that a drawing settles: what is no longer in it is gone."""

_SHARED = ("role", "department", "system")
"""The kinds that many processes share: a file names them, and leaves them as they are."""

_TOPS = ("process", "journey")


@dataclass(frozen=True, slots=True)
class Unrepresented:
    """Something in a file for which the model has no place. The file is kept, so it is not lost.

    Attributes:
        element: Its id in the file; empty when it has none.
        tag: What it is called there.
        name: What it says, or the namespace it comes from.
        why: Key of the reason, in the reader's table of reasons.
        count: How many of these there are.
    """

    element: str
    tag: str
    name: str
    why: str
    count: int = 1


@dataclass(frozen=True)
class Imported:
    """What a file brings.

    Attributes:
        model: The elements it stands for, with ids of its own, and the relations between them. Relations to a
            requirement name one that only the model it joins may have.
        findings: What is wrong with the file.
        unrepresented: What has no place in a model.
        kept: The file itself, where it must be kept; empty otherwise.
        file: Its name.
        unnamed: The processes that the file gives no name; they are called after the file, until somebody names them.
    """

    model: Model
    findings: tuple[Finding, ...] = ()
    unrepresented: tuple[Unrepresented, ...] = ()
    kept: bytes = b""
    file: str = ""
    unnamed: frozenset[str] = frozenset()

    @property
    def processes(self) -> tuple[Element, ...]:
        """The processes it brings, without those that stand in another."""
        return tuple(
            element for element in self.model.of_kind("process") if self.model.parent(element.id) is None
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """A model with what a file brought.

    Attributes:
        model: The whole.
        findings: What did not join as it stood.
        ids: For every id of what was brought, the id it has in the model.
    """

    model: Model
    findings: tuple[Finding, ...]
    ids: Mapping[str, str]


def joined(model: Model, imported: Imported, process: str | None = None, *, apart: bool = False) -> Joined:
    """Joins what a file brings with a model.

    Args:
        model: The model; may be empty.
        imported: What the file brings.
        process: The process it is a newer version of, where that is known; a first process only.
        apart: Whether it is another process, also where its ids say that it is one of the model's.

    Returns:
        The model, in canonical order. What the file says of names, places and order holds; everything else that the model
        says of these elements stays. An element that was read from a file and is no longer in it is gone, which is told.

    Example:
        >>> from ketenreis.notation.bpmn import read_bpmn
        >>> file = b"<definitions><process id='p' name='Order'><task id='t' name='{}'/></process></definitions>"
        >>> first = joined(Model.of(()), read_bpmn(file.replace(b"{}", b"Book")))
        >>> later = joined(first.model, read_bpmn(file.replace(b"{}", b"Reserve")))
        >>> first.model.name("order/t"), later.model.name("order/t"), len(later.model)
        ('Book', 'Reserve', 2)
    """
    ids = matches(model, imported.model, process, apart=apart)
    brought = renamed(imported.model, ids)
    unnamed = {ids[name] for name in imported.unnamed}
    findings: list[Finding] = []
    gone = _gone(model, brought)
    findings += [
        Finding("import_removed", "warning", (element,))
        for element in gone
        if model[element].kind in FLOW_NODES
    ]
    there = {element.id: element for element in model if element.id not in gone}
    organisation = model.organisation.id if model.organisation else None
    for element in brought:
        was = there.get(element.id)
        above = element.parent or (was.parent if was else organisation)
        there[element.id] = _merged(was, replace(element, parent=above), named=element.id not in unnamed)
    whole = Model.of(there.values())
    edges = [*_kept_edges(model, brought, whole), *brought.edges]
    sound: dict[tuple[str, str, str], Edge] = {}
    for edge in edges:
        if _is_permitted(whole, edge):
            sound.setdefault((edge.relation, edge.source, edge.target), edge)
        elif edge in brought.edges:
            about = {"relation": edge.relation, "target": edge.target}
            findings.append(Finding("import_target_unknown", "warning", (edge.source,), edge.relation, about))
    return Joined(arranged(Model.of(whole, sound.values())), tuple(findings), MappingProxyType(ids))


def renamed(model: Model, ids: Mapping[str, str]) -> Model:
    """The same model with other ids, also where a process names the roles of its lanes."""
    return Model.of(
        (
            replace(
                element,
                id=ids.get(element.id, element.id),
                parent=ids.get(element.parent, element.parent) if element.parent else None,
                fields=_with_lanes(element.fields, ids),
            )
            for element in model
        ),
        (
            replace(edge, source=ids.get(edge.source, edge.source), target=ids.get(edge.target, edge.target))
            for edge in model.edges
        ),
    )


def _with_lanes(fields: Mapping[str, object], ids: Mapping[str, str]) -> Mapping[str, object]:
    lanes = fields.get("lanes")
    if not isinstance(lanes, Mapping):
        return fields
    mapped = MappingProxyType({lane: ids.get(role, role) for lane, role in lanes.items()})
    return MappingProxyType({**fields, "lanes": mapped})


def matches(
    model: Model, brought: Model, process: str | None = None, *, apart: bool = False
) -> dict[str, str]:
    """Tells for every element that is brought which id it has, or gets, in the model.

    Args:
        model: The model it joins.
        brought: What is brought.
        process: The process of the model that the first process brought is, where that is known.
        apart: Whether none of its processes is one of the model's.
    """
    taken: dict[str, object] = dict.fromkeys(model.elements)
    ids: dict[str, str] = {}
    used: set[str] = set()
    tops = [element for element in brought.of_kind(*_TOPS) if brought.parent(element.id) is None]
    for number, top in enumerate(tops):
        asked = process if number == 0 else None
        known = () if apart else _same_process(model, brought, top, asked)
        same = next((e for e in known if e not in used), None)
        ids[top.id] = same or propose(top.name, "", top.kind, taken)
        used.add(ids[top.id])
        taken[ids[top.id]] = None
        for element in brought.within(top.id):
            ids[element.id] = _same_part(model, element, top.id, ids[top.id], taken)
            taken[ids[element.id]] = None
    for element in brought:
        if element.id not in ids:
            ids[element.id] = _same_role(model, brought, element, ids, taken)
            taken[ids[element.id]] = None
    return ids


def _same_process(model: Model, brought: Model, top: Element, asked: str | None) -> Iterator[str]:
    """The processes of the model that a process brought may be, the surest first."""
    if asked is not None:
        yield asked
        return
    processes = [e for e in model.of_kind(top.kind) if model.parent(e.id, top.kind) is None]
    source = str(top.get("bpmn") or "")
    parts = {element.id.removeprefix(f"{top.id}/") for element in brought.within(top.id)}
    own = {
        e.id: {child.id.removeprefix(f"{e.id}/") for child in model.within(e.id)} for e in processes
    }  # a file of the same name that shares nothing is another process
    yield from (
        e.id for e in processes if source and e.get("bpmn") == source and (own[e.id] & parts or not own[e.id])
    )
    xml_id = source.rpartition("#")[2]
    for element in processes:
        known = str(element.get("bpmn") or "").rpartition("#")[2]
        if own[element.id] & parts and (element.id in (top.id, xml_id) or (xml_id and known == xml_id)):
            yield element.id


def _same_part(
    model: Model, element: Element, old_top: str, new_top: str, taken: Mapping[str, object]
) -> str:
    """The id of a part of a process: the one it has in that process, else one made of the file's own."""
    part = element.id.removeprefix(f"{old_top}/")
    for known in (f"{new_top}/{part}", part, element.id):
        if known in model and _stands_in(model, known, new_top):
            return known
    free = (part, f"{new_top}/{part}") if part == element.id else (f"{new_top}/{part}",)
    usable = next((name for name in free if name not in taken and is_id(name)), None)
    return usable or propose(element.name, new_top, element.kind, taken)


def _stands_in(model: Model, element_id: str, top: str) -> bool:
    above: Element | None = model[element_id]
    while above is not None and above.id != top:
        above = model.parent(above.id)
    return above is not None


def _same_role(
    model: Model, brought: Model, element: Element, ids: Mapping[str, str], taken: Mapping[str, object]
) -> str:
    """The id of a role or department: the one that its lane stands for, else the one of that name."""
    for top in brought.of_kind("process"):
        lanes, known = top.get("lanes"), None
        if isinstance(lanes, Mapping) and ids.get(top.id) in model:
            known = model[ids[top.id]].get("lanes")
        if isinstance(lanes, Mapping) and isinstance(known, Mapping):
            for lane, role in lanes.items():
                there = str(known.get(lane))
                if role == element.id and there in model and model[there].kind == element.kind:
                    return there
    named = (e.id for e in model.of_kind(element.kind) if e.name.casefold() == element.name.casefold())
    same = next(named, None)
    if same is not None:
        return same
    parent = ids.get(element.parent or "", "")
    return propose(element.name, parent, element.kind, taken)


def _gone(model: Model, brought: Model) -> set[str]:
    """What was read from a file before, and is not in it any more; with all that stands in it."""
    gone: set[str] = set()
    for top in brought.of_kind("process"):
        if top.parent is not None or top.id not in model or not model[top.id].get("bpmn"):
            continue
        for element in model.within(top.id, *_READ):
            if element.id.startswith(f"{top.id}/") and element.id not in brought:
                gone |= {
                    element.id,
                    *(below.id for below in model.within(element.id) if below.id not in brought),
                }
    return gone


def _merged(was: Element | None, brought: Element, *, named: bool = True) -> Element:
    """An element as the file tells it, with everything that a file does not know as it was."""
    if was is None or was.kind != brought.kind:
        return brought
    if was.kind in _SHARED:
        return was
    fields = {**was.fields, **brought.fields}
    if not named:
        fields["name"] = was.name
    for name in ("type", "trigger"):
        if name not in brought.fields:
            fields.pop(name, None)
    return replace(was, parent=brought.parent, fields=MappingProxyType(fields))


def _kept_edges(model: Model, brought: Model, whole: Model) -> Iterable[Edge]:
    """The relations of the model that the file does not tell otherwise."""
    performed = {edge.source for edge in brought.edges if edge.relation == "performed_by"}
    for edge in model.edges:
        if edge.source not in whole or edge.target not in whole:
            continue
        both = edge.source in brought and edge.target in brought
        told = (
            (both and edge.relation in ("then", "takes"))
            or (edge.relation == "performed_by" and edge.source in performed)
        )  # fmt: skip
        if not told:
            yield edge


def _is_permitted(model: Model, edge: Edge) -> bool:
    if edge.source not in model or edge.target not in model:
        return False
    return model[edge.target].kind in RELATION[edge.relation].targets(model[edge.source].kind)
