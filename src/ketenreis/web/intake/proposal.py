"""What would a model become with what somebody brings? Nothing is changed until it is accepted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from types import MappingProxyType

from ketenreis.findings import Finding
from ketenreis.model import Edge, Element, Model
from ketenreis.model.diff import diff
from ketenreis.model.edits import Edit
from ketenreis.model.flow import FLOW_NODES
from ketenreis.notation.bpmn import kept_file, read_bpmn
from ketenreis.notation.imported import Imported, Unrepresented, joined
from ketenreis.notation.process_table import read_process_table
from ketenreis.notation.slugs import propose
from ketenreis.notation.step_table import read_step_table
from ketenreis.notation.visio import read_visio
from ketenreis.web.changes.making import housed

FILES: Mapping[str, Callable[[bytes, str], Imported]] = MappingProxyType(
    {".bpmn": read_bpmn, ".xml": read_bpmn, ".vsdx": read_visio}
)
"""What is read from a file, by how its name ends."""

TABLES: Mapping[str, Callable[[str, str, str], Imported]] = MappingProxyType(
    {"process": read_process_table, "journey": read_step_table}
)
"""What is read from a pasted table, by the kind it becomes."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One element that is brought, and whether the model has it already.

    Attributes:
        element: As it will be.
        is_new: Whether it is not there yet.
        edges: Its relations that are brought, by the element they lead to.
        inside: What stands in it.
    """

    element: Element
    is_new: bool
    edges: tuple[tuple[Edge, Element], ...]
    inside: tuple["Brought", ...]


@dataclass(frozen=True)
class Proposal:
    """What somebody brings, joined with the model.

    Attributes:
        model: The whole as it would be.
        edits: That make it so.
        findings: What was not understood, or does not fit.
        unrepresented: What has no place in the model; the file keeps it.
        goes_to: The process or journey it is about; None when nothing was read.
        brought: What comes, from the top down.
        kept: The file to keep; empty for none.
    """

    model: Model
    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    unrepresented: tuple[Unrepresented, ...] = ()
    goes_to: str | None = None
    brought: tuple[Brought, ...] = ()
    kept: bytes = b""

    @property
    def known(self) -> tuple[Element, ...]:
        """The processes of the model that it is a newer version of."""
        return tuple(row.element for row in self.brought if row.element.kind == "process" and not row.is_new)

    @property
    def is_acceptable(self) -> bool:
        """Whether there is something to accept."""
        return bool(self.edits) and self.goes_to is not None


def of_table(
    model: Model, text: str, kind: str, name: str, into: str | None = None, *, language: str = "nl"
) -> Proposal:
    """What a pasted table would make.

    Args:
        model: The model as it stands.
        text: The table.
        kind: What it describes: process or journey.
        name: What that is called, where it is new.
        into: The process or journey that it adds to.
        language: Of who brings it, for an organisation that is not there yet.
    """
    whole = housed(model, language)
    called = str(model[into].get("name") or "") if into else name
    imported = TABLES[kind](text, called, "-")
    if kind == "process":
        return _joined(_without_file(whole, into), model, imported, into)
    whole, ids = _added(whole, imported.model, into)
    return _proposal(model, whole, imported, ids, ())


def of_file(
    model: Model,
    data: bytes,
    file: str,
    into: str | None = None,
    *,
    apart: bool = False,
    language: str = "nl",
) -> Proposal:
    """What a file would make.

    Args:
        model: The model as it stands.
        data: What it holds.
        file: Its name; how it ends says how it is read.
        into: The process that it is a newer version of.
        apart: Whether it is another process, also where its ids say that it is a newer version of one.
        language: Of who brings it, for an organisation that is not there yet.
    """
    imported = FILES[PurePath(file).suffix.lower()](data, file)
    return _joined(housed(model, language), model, imported, into, apart=apart)


def of_drawing(model: Model, data: bytes, process: str, before: bytes) -> Proposal:
    """What a drawing of a process would make, once it was changed.

    Args:
        model: The model that was drawn.
        data: The drawing as it is now.
        process: Which process.
        before: The drawing as it was made of the model: what stood in it and no longer does was removed.
    """
    path = kept_file(model, process)
    file = PurePath(path).name or f"{PurePath(process).name}.bpmn"
    # A process that came from a file is known by it; the file may hold others too.
    into = None if path else process
    proposal = _joined(model, model, read_bpmn(data, file), into)
    if proposal.goes_to is None:
        return proposal
    stayed = set(_names(proposal.brought))
    drawn = set(joined(model, read_bpmn(before, file), into).ids.values())
    gone = {name for name in drawn - stayed if name in model and model[name].kind in (*FLOW_NODES, "output")}
    gone |= {below.id for name in gone for below in model.within(name) if below.id not in stayed}
    whole = Model.of(
        (element for element in proposal.model if element.id not in gone),
        (edge for edge in proposal.model.edges if edge.source not in gone and edge.target not in gone),
    )
    return replace(proposal, model=whole, edits=diff(model, whole), goes_to=process)


def _names(rows: Iterable[Brought]) -> Iterator[str]:
    for row in rows:
        yield row.element.id
        yield from _names(row.inside)


def pointing_at(proposal: Proposal, model: Model, path: str) -> Proposal:
    """The same with the processes pointing at the file as it is kept."""
    own = {row.element.id for row in proposal.brought if row.element.kind == "process"}
    whole = Model.of(
        (_pointing(element, path) if element.id in own else element for element in proposal.model),
        proposal.model.edges,
    )
    return replace(proposal, model=whole, edits=diff(model, whole))


def _pointing(process: Element, path: str) -> Element:
    mark = str(process.get("bpmn") or "").partition("#")[2]
    return replace(process, fields=MappingProxyType({**process.fields, "bpmn": f"{path}#{mark}"}))


def _joined(
    start: Model, model: Model, imported: Imported, into: str | None, *, apart: bool = False
) -> Proposal:
    if not imported.processes:
        return Proposal(model, (), imported.findings, imported.unrepresented)
    found = joined(start, imported, into, apart=apart)
    whole = found.model
    # The file that it was read from is no business of a table.
    if into is not None and start[into] is not model[into]:
        back = replace(
            whole[into], fields=MappingProxyType({**whole[into].fields, "bpmn": model[into].get("bpmn")})
        )
        whole = Model.of((back if one.id == into else one for one in whole), whole.edges)
    return _proposal(model, whole, imported, found.ids, found.findings)


def _proposal(
    model: Model, whole: Model, imported: Imported, ids: Mapping[str, str], findings: tuple[Finding, ...]
) -> Proposal:
    rows = tuple(_rows(model, whole, imported.model, ids))
    tops = (row.element.id for row in rows if row.element.kind in TABLES)
    return Proposal(
        whole,
        diff(model, whole),
        (*imported.findings, *findings),
        imported.unrepresented,
        next(tops, None),
        rows,
        imported.kept,
    )


def _rows(
    model: Model, whole: Model, brought: Model, ids: Mapping[str, str], parent: str | None = None
) -> Iterator[Brought]:
    """What is brought, as the tree it stands in."""
    for element in brought:
        above = element.parent if element.parent in brought else None
        if above != parent or ids[element.id] not in whole:
            continue
        known = ids[element.id]
        edges = tuple(
            (edge, whole[ids[edge.target]])
            for edge in brought.by_source.get(element.id, ())
            if edge.target in ids and ids[edge.target] in whole and edge.relation != "then"
        )
        yield Brought(
            whole[known], known not in model, edges, tuple(_rows(model, whole, brought, ids, element.id))
        )


def _without_file(model: Model, process: str | None) -> Model:
    """The model as if a process was not read from a file: a table says nothing about what is missing from it."""
    if process is None or not model[process].get("bpmn"):
        return model
    fields = {name: value for name, value in model[process].fields.items() if name != "bpmn"}
    bare = replace(model[process], fields=MappingProxyType(fields))
    return Model.of((bare if one.id == process else one for one in model), model.edges)


def _added(model: Model, brought: Model, into: str | None) -> tuple[Model, dict[str, str]]:
    """A model with what a table adds: what stands there under the same name is not made twice, and keeps what it says."""
    there = dict(model.elements)
    ids: dict[str, str] = {}
    organisation = model.organisation.id if model.organisation else None
    for element in brought:
        parent = ids.get(element.parent or "", organisation)
        known = into if into and not ids else _same(there, element, parent)
        ids[element.id] = known or propose(element.name, parent or "", element.kind, there)
        if known is None:
            there[ids[element.id]] = replace(element, id=ids[element.id], parent=parent)
        elif known != into:
            was = there[known]
            there[known] = replace(was, fields=MappingProxyType({**element.fields, **was.fields}))
    return Model.of(there.values(), model.edges), ids


def _same(there: Mapping[str, Element], element: Element, parent: str | None) -> str | None:
    """What stands in the same place under the same name."""
    if element.kind == "journey":
        return None
    return next(
        (
            one.id
            for one in there.values()
            if one.parent == parent
            and one.kind == element.kind
            and one.name.casefold() == element.name.casefold()
        ),
        None,
    )
