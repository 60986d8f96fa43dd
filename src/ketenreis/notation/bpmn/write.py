"""How does a process of the model read as BPMN, when everything that the model does not know must stay as it was drawn?

A file that was read is edited in place: what differs between what it says and what the model says is changed, and nothing
else. A process that was never drawn becomes a fresh file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from ketenreis.errors import UnknownElementError, UnreadableFileError
from ketenreis.findings import Finding
from ketenreis.model import Edge, Element, Model
from ketenreis.model.flow import FLOW_NODES
from ketenreis.notation.bpmn import vocabulary as words
from ketenreis.notation.bpmn.additions import Additions
from ketenreis.notation.bpmn.artist import laid_out
from ketenreis.notation.bpmn.fresh import fresh
from ketenreis.notation.bpmn.lanes import Lanes
from ketenreis.notation.bpmn.making import trigger_for, word_for
from ketenreis.notation.bpmn.read import ReadBpmn, local, read_whole, said
from ketenreis.notation.bpmn.redrawing import Redrawing
from ketenreis.notation.bpmn.unsaid import unsaid
from ketenreis.notation.imported import matches, renamed
from ketenreis.notation.slugs import slug
from ketenreis.notation.splices import NewTag, Splices
from ketenreis.notation.xml_tree import Tag


@dataclass(frozen=True, slots=True)
class WrittenBpmn:
    """A process as a BPMN file.

    Attributes:
        data: The file.
        findings: What of the process BPMN has no place for.
    """

    data: bytes
    findings: tuple[Finding, ...] = ()


def kept_file(model: Model, process: str) -> str:
    """The path of the file, beside the model, that a process was read from; empty when it was not.

    Raises:
        UnknownElementError: The model has no such process.
    """
    if model[process].kind != "process":
        raise UnknownElementError(f"{process!r} is no process but {model[process].schema.en}.")
    return str(model[process].get("bpmn") or "").partition("#")[0]


def write_bpmn(model: Model, process: str, kept: bytes = b"") -> WrittenBpmn:
    """Writes a process as BPMN 2.0.

    Args:
        model: The model.
        process: Id of a process that stands in no other.
        kept: The file it was read from; empty to make a fresh one.

    Returns:
        The file, always with a picture. Where nothing changed since it was read it is the same to the last byte, unless it
        had no picture. Requirements that an activity serves stand in its extension elements.

    Raises:
        UnknownElementError: The model has no such process.
        UnreadableFileError: The kept file cannot be read.

    Example:
        >>> model = Model.of([Element("p", "process", None, {"name": "Order"}), Element("a", "activity", "p", {"name": "Book"})])
        >>> b'name="Book"' in write_bpmn(model, "p").data
        True
    """
    path = kept_file(model, process)
    outside = tuple(_leaves(model, process))
    if not kept:
        data = laid_out(fresh(model, process))
        return WrittenBpmn(data, (*outside, *_crossing(model, process), *unsaid(model, process, data)))
    file = PurePath(path).name if path else "process.bpmn"
    read = read_whole(kept, file)
    if read.text is None or not read.imported.processes:
        raise UnreadableFileError(
            f"The kept file of {process} ({path}) cannot be read as BPMN. Export without it to make a fresh one."
        )
    ids = matches(model, read.imported.model, None if path else process)
    writer = _Writer(model, read, ids)
    writer.write()
    data = laid_out(writer.result(), file)
    return WrittenBpmn(data, (*outside, *writer.findings, *unsaid(model, process, data, path)))


def _leaves(model: Model, process: str) -> Iterator[Finding]:
    """What leads out of a process: a sequence flow never leaves its own."""
    own = {process, *(element.id for element in model.within(process, *FLOW_NODES))}
    for edge in model.edges:
        if edge.relation == "then" and edge.source in own and edge.target not in own:
            yield Finding("export_left_out", "advice", (edge.source, edge.target), "then")


def _crossing(model: Model, process: str) -> Iterator[Finding]:
    """What leads into or out of a sub-process: a sequence flow never crosses its border."""
    own = {element.id for element in model.within(process, *FLOW_NODES)}
    for edge in model.edges:
        within = edge.relation == "then" and edge.source in own and edge.target in own
        if within and _home(model, edge.source) != _home(model, edge.target):
            yield Finding("export_left_out", "advice", (edge.source, edge.target), "then")


class _Writer:
    """Goes through what the file says and what the model says, and collects what differs."""

    def __init__(self, model: Model, read: ReadBpmn, ids: Mapping[str, str]) -> None:
        assert read.text is not None  # noqa: S101  # write_bpmn refuses a file without text
        self.model, self.read = model, read
        self.was = renamed(read.imported.model, ids)
        self.tags = {ids.get(name, name): tag for name, tag in read.tags.items()}
        self.flows = {(ids.get(a, a), ids.get(b, b)): tag for (a, b), tag in read.flows.items()}
        self.ids = dict(ids)
        self.splices = Splices(read.text)
        self.drawn = Redrawing(self.splices)
        self.lanes = Lanes(model, self.was, read, ids, self.tags, self.splices)
        self.findings: list[Finding] = []
        self.unnamed = {ids[name] for name in read.imported.unnamed}
        self.tops = [ids[top.id] for top in read.imported.processes if ids[top.id] in model]

    def result(self) -> bytes:
        text = self.splices.text
        return text.encoded(self.splices.result())

    def write(self) -> None:
        for top in self.tops:
            self.additions = Additions(self.splices, self.model, self.tags[top], top)
            self.names(top)
            self.parts(top)
            self.lanes.settle(top, self.additions, self.drawn)
            self.ways(top)
            self.added_to(top)

    # -- what was there ----------------------------------------------------------------------------------------------------

    def names(self, top: str) -> None:
        """The name of the process, and of the pool when that bears the same."""
        name = str(self.model[top].get("name") or "")
        if not name or name == self.was[top].get("name") or (top in self.unnamed and self.is_of_file(name)):
            return
        tag = self.tags[top]
        old = str(self.was[top].get("name"))
        if said(tag.get("name")):
            self.splices.set(tag, "name", name)
        party = self.lanes.party(tag)
        if party is not None and said(party.get("name")) == old:
            self.splices.set(party, "name", name)
        elif not said(tag.get("name")):
            self.splices.set(tag, "name", name)

    def is_of_file(self, name: str) -> bool:
        """Whether a process is called after its file, whatever was added to that to keep it apart."""
        return bool(slug(name)) and slug(PurePath(self.read.imported.file).stem).startswith(slug(name))

    def parts(self, top: str) -> None:
        for was in [self.was[top], *self.was.within(top)]:
            tag = self.tags[was.id]
            now = self.model.elements.get(was.id)
            if tag.space == words.OURS:
                continue
            if now is None or now.kind != was.kind or not self.stands_in(was.id, top) or self.moved(was, now):
                self.remove(was, tag)
                del self.tags[was.id]
                continue
            if was.kind == "event" and now.parent != was.parent and now.parent in self.tags:
                self.splices.set(tag, "attachedToRef", self.tags[now.parent].get("id"))
            if was.id != top:
                self.update(was, now, tag)
            if now.get("note") != was.get("note"):
                self.additions.document(tag, now.get("note"))

    def moved(self, was: Element, now: Element) -> bool:
        """Whether an element went to another sub-process, or came to interrupt something: it is written anew there."""
        if was.id in self.tops:
            return False
        if was.kind == "output":
            return was.parent != now.parent
        if _home(self.was, was.id) != _home(self.model, now.id):
            return True
        both = was.get("type") == now.get("type") == "boundary" and now.parent in self.tags
        return was.parent != now.parent and not both

    def stands_in(self, element_id: str, top: str) -> bool:
        above: Element | None = self.model[element_id]
        while above is not None and above.id != top:
            above = self.model.parent(above.id)
        return above is not None

    def update(self, was: Element, now: Element, tag: Tag) -> None:
        if now.get("name") != was.get("name"):
            name = now.get("name")
            of = tag
            if was.kind == "output" and not said(tag.get("name")) and self.object_of(tag) is not None:
                of = self.object_of(tag) or tag
            self.splices.set(of, "name", str(name) if name else None)
        if was.kind in ("gateway", "event") and now.get("type") != was.get("type"):
            self.splices.rename(tag, word_for(now))
        if was.kind == "event" and now.get("trigger") != was.get("trigger"):
            for child in tag.children:
                if child.name in words.TRIGGERS:
                    self.splices.remove(child)
            if definition := trigger_for(now):
                self.splices.add(
                    tag, NewTag(self.additions.q(definition)), tag.children[-1] if tag.children else None
                )

    def object_of(self, reference: Tag) -> Tag | None:
        wanted = local(reference.get("dataObjectRef"))
        root = self.splices.text.root
        return next((t for t in root.all() if t.name == "dataObject" and t.get("id") == wanted), None)

    def remove(self, was: Element, tag: Tag) -> None:
        """Takes an element away with everything that speaks of it alone: its flows, its places in lanes, its shape."""
        gone = {inner.get("id") for inner in tag.all() if inner.get("id")}
        self.splices.remove(tag)
        if was.kind == "output":
            for other in self.splices.text.root.all():
                if other.name in ("dataInputAssociation", "dataOutputAssociation") and any(
                    local(ref.text) in gone for ref in other.inside("sourceRef", "targetRef")
                ):
                    self.splices.remove(other)
                    gone.add(other.get("id"))
        for other in self.splices.text.root.all():
            if other.name == "flowNodeRef" and local(other.text) in gone:
                self.splices.remove(other)
            elif other.name in ("association", "messageFlow") and gone & {
                local(other.get("sourceRef")), local(other.get("targetRef")),
            }:  # fmt: skip
                self.splices.remove(other)
                gone.add(other.get("id"))
        self.drawn.remove(gone)
        self.additions.taken -= gone

    # -- flows ---------------------------------------------------------------------------------------------------------------

    def ways(self, top: str) -> None:
        own = {element.id for element in self.model.within(top, *FLOW_NODES)}
        before = {
            (e.source, e.target): e for e in self.was.edges if e.relation == "then" and e.source in self.was
        }
        # One that leads elsewhere may stand in a file where an id is used twice: it stays, but none is made.
        after = {
            (e.source, e.target): e for e in self.model.edges if e.relation == "then" and e.source in own
        }
        mine = {element.id for element in self.was.within(top)}
        for way, edge in before.items():
            if way[0] not in mine:
                continue
            if way not in after or not {*way} <= self.tags.keys():
                self.remove_flow(self.flows[way])
            elif after[way].fields.get("condition") != edge.fields.get("condition"):
                condition = after[way].fields.get("condition")
                self.splices.set(self.flows[way], "name", str(condition) if condition else None)
        for element in self.additions.new_nodes(top, self.tags):
            self.add_node(element, top)
        for way, edge in after.items():
            if way[1] in own and (way not in before or not {*way} <= self.tags.keys()):
                self.add_flow(edge)

    def remove_flow(self, flow: Tag) -> None:
        name = flow.get("id")
        self.splices.remove(flow)
        for tag in self.splices.text.root.all():
            if tag.name in ("incoming", "outgoing") and local(tag.text) == name:
                self.splices.remove(tag)
            elif local(tag.get("default")) == name and name:
                self.splices.set(tag, "default", None)
        self.drawn.remove({name})

    def add_node(self, element: Element, top: str) -> None:
        """A new element of the flow, in its sub-process, its lane and its picture."""
        host = element.parent or top
        container = self.tags[_home(self.model, element.id)]
        lane = self.lanes.lane_for(element, top)
        new = self.additions.node(element, self.tags, self.lanes.roles_of(lane, top))
        last = [
            child
            for child in container.children
            if child.name in words.NODES
            or child.name in ("laneSet", "sequenceFlow", "extensionElements", "documentation")
        ]
        self.splices.add(container, new, last[-1] if last else None)
        if lane is not None:
            refs = lane.inside("flowNodeRef", "extensionElements", "documentation")
            ref = NewTag(self.additions.q("flowNodeRef"), text=new.attributes["id"])
            self.splices.add(lane, ref, refs[-1] if refs else None)
        near = next((e.source for e in self.model.into(element.id, "then")), "")
        beside = self.tags[near].get("id") if near in self.tags else self.additions.made.get(near, "")
        on = self.tags[host].get("id") if element.get("type") == "boundary" and host in self.tags else ""
        self.drawn.place(
            new.attributes["id"], element.kind, beside, lane.get("id") if lane is not None else "", on
        )

    def add_flow(self, edge: Edge) -> None:
        """A new sequence flow between two elements of one process."""
        ends = [self.tags.get(end) for end in (edge.source, edge.target)]
        ids = [
            tag.get("id") if tag is not None else self.additions.made.get(end, "")
            for end, tag in zip((edge.source, edge.target), ends, strict=True)
        ]
        homes = [_home(self.model, end) for end in (edge.source, edge.target)]
        if not all(ids) or homes[0] != homes[1]:
            if homes[0] != homes[1]:
                self.findings.append(Finding("export_left_out", "advice", (edge.source, edge.target), "then"))
            return
        container = self.tags.get(homes[0])
        if container is None:
            return  # both stand in a new sub-process, which is written with its flows
        name = self.additions.free_id(f"Flow_{ids[0]}_{ids[1]}")
        condition = str(edge.fields.get("condition") or "")
        flow = NewTag(
            self.additions.q("sequenceFlow"),
            {"id": name, "name": condition, "sourceRef": ids[0], "targetRef": ids[1]},
        )
        last = [
            child
            for child in container.children
            if child.name in words.NODES or child.name in ("sequenceFlow", "laneSet")
        ]
        self.splices.add(container, flow, last[-1] if last else None)
        for tag, direction in zip(ends, ("outgoing", "incoming"), strict=True):
            if tag is not None and self.uses_references:
                before = ("documentation", "extensionElements", "incoming") + (
                    ("outgoing",) if direction == "outgoing" else ()
                )
                there = tag.inside(*before)
                self.splices.add(
                    tag, NewTag(self.additions.q(direction), text=name), there[-1] if there else None
                )
        self.drawn.line(name, ids[0], ids[1])

    @property
    def uses_references(self) -> bool:
        """Whether the file's elements name the flows that come in and go out; that is optional in BPMN."""
        return any(tag.name in ("incoming", "outgoing") for tag in self.splices.text.root.all())

    # -- what we add ---------------------------------------------------------------------------------------------------------

    def added_to(self, top: str) -> None:
        """Requirements served, outputs and roles that the drawing itself cannot say, in our own namespace."""
        for element in self.model.within(top, "activity", "output", "process"):
            tag = self.tags.get(element.id)
            if (
                tag is None
                or tag.space == words.OURS
                or self.splices.is_removed(tag)
                or element.id not in self.was
            ):
                continue
            wanted = self.additions.ours(element, self.tags)
            performers = [edge.target for edge in self.model.out(element.id, "performed_by")]
            if performers and set(performers) != set(self.lanes.performers_after(element)):
                wanted += [
                    self.additions.own("performer", role, self.model.name(role)) for role in performers
                ]
            self.additions.extend(tag, wanted)
        self.taken()

    def taken(self) -> None:
        """Data that an activity no longer takes."""
        for edge in self.was.edges:
            if edge.relation != "takes" or edge.source not in self.tags or edge.source not in self.model:
                continue
            if edge.target not in self.model or any(
                e.target == edge.target for e in self.model.out(edge.source, "takes")
            ):
                continue
            wanted = self.tags[edge.target].get("id")
            for part in self.tags[edge.source].inside("dataInputAssociation"):
                if any(local(ref.text) == wanted for ref in part.inside("sourceRef")):
                    self.splices.remove(part)
                    self.drawn.remove({part.get("id")})


def _home(model: Model, element_id: str) -> str:
    """The process in whose flow an element takes part; what interrupts a sub-process stands beside it, not in it."""
    parent = model.parent(element_id, "process")
    element = model[element_id]
    if element.get("type") == "boundary" and parent is not None and element.parent == parent.id:
        parent = model.parent(parent.id, "process")
    return parent.id if parent else ""
