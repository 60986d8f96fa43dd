"""Which processes does a BPMN file hold, and what in it has no place in a model?

Any tool's dialect is read: any prefix, older namespaces, references with or without a prefix. What is broken is a finding
with its place; the rest of the file is still read.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType

from ketenreis.findings import Finding, Level, Place
from ketenreis.model import Edge, Element, Model
from ketenreis.notation.bpmn import vocabulary as words
from ketenreis.notation.imported import FOLDER, Imported, Unrepresented
from ketenreis.notation.ranking import ranked
from ketenreis.notation.slugs import propose
from ketenreis.notation.typed import KEY_LENGTH
from ketenreis.notation.xml_tree import Tag, XmlText, read_xml

_LONGEST = 300
"""Longer names are texts that somebody put in a box; they are cut."""


@dataclass(frozen=True)
class ReadBpmn:
    """A BPMN file as it was read.

    Attributes:
        imported: What it brings.
        text: The file itself with the places of its elements; None when it could not be read.
        tags: The element of the file that each element of the model stands for.
        flows: The sequence flow of each relation `then`, by source and target.
        ids: The id in the model of each element of the flow, data reference and process, by its element in the file.
        drawn_performers: Who performs an element by its place in the drawing, whatever we added to it.
    """

    imported: Imported
    text: XmlText | None
    tags: Mapping[str, Tag]
    flows: Mapping[tuple[str, str], Tag]
    ids: Mapping[Tag, str]
    drawn_performers: Mapping[Tag, tuple[str, ...]] = field(default_factory=dict)


def read_bpmn(data: bytes, file: str = "process.bpmn") -> Imported:
    """Reads a BPMN 2.0 file.

    Args:
        data: What it holds, in any encoding it declares.
        file: Its name, without folder: processes refer to the kept file by it.

    Returns:
        The processes as a piece of model: lanes are roles, pools roles or departments, tasks and called activities are
        activities, sub-processes are processes in a process, sequence flows the relation `then`, data objects the outputs
        of the activity that yields them. Ids are `process/id in the file`. Never raises for what a file holds.

    Source:
        Object Management Group (2013), Business Process Model and Notation 2.0.2, chapters 7 to 10.

    Example:
        >>> text = b"<definitions><process id='p' name='Order'><task id='t' name='Book'/></process></definitions>"
        >>> [(element.id, element.kind) for element in read_bpmn(text).model]
        [('order', 'process'), ('order/t', 'activity')]
    """
    return read_whole(data, file).imported


def read_whole(data: bytes, file: str) -> ReadBpmn:
    """The same with the places in the file, for who will change it."""
    text = read_xml(data, file)
    if isinstance(text, Finding):
        return ReadBpmn(Imported(Model.of(()), (text,), file=file), None, {}, {}, {})
    if text.root.name != "definitions" or not words.is_bpmn(text.root):
        about = {"root": text.root.name, "file": file}
        found = Finding("bpmn_not_bpmn", "error", parameters=about, place=text.root.place)
        return ReadBpmn(Imported(Model.of(()), (found,), file=file), text, {}, {}, {})
    reader = _Reader(text, file)
    reader.read()
    model = Model.of(reader.elements.values(), reader.edges.values())
    imported = Imported(
        model, tuple(reader.findings), tuple(reader.unrepresented), data, file, frozenset(reader.unnamed)
    )
    ids = {tag: name for name, tag in reader.tags.items()}
    drawn = {tag: tuple(roles) for tag, roles in reader.performers.items()}
    return ReadBpmn(imported, text, reader.tags, reader.flows, ids, drawn)


def said(text: str) -> str:
    """A name on one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST]


def local(reference: str) -> str:
    """A reference without its prefix.

    Example:
        >>> local("tns:Task_1")
        'Task_1'
    """
    return reference.strip().rpartition(":")[2]


class _Reader:
    """Walks through a file once for the parts, and once for what joins them."""

    def __init__(self, text: XmlText, file: str) -> None:
        self.text, self.file = text, file
        self.own = text.root.get("exporter") == words.EXPORTER
        self.elements: dict[str, Element] = {}
        self.edges: dict[tuple[str, str, str], Edge] = {}
        self.findings: list[Finding] = []
        self.unrepresented: list[Unrepresented] = []
        self.tags: dict[str, Tag] = {}
        self.flows: dict[tuple[str, str], Tag] = {}
        self.by_xml_id: dict[str, Tag] = {}
        self.id_of: dict[Tag, str] = {}
        self.roles: dict[tuple[str, str], str] = {}
        self.lanes: dict[str, dict[str, str]] = {}
        self.performers: dict[Tag, list[str]] = {}
        self.unnamed: set[str] = set()

    def read(self) -> None:
        root = self.text.root
        for tag in root.all():
            if (xml_id := tag.get("id")) and words.is_bpmn(tag):
                first = self.by_xml_id.setdefault(xml_id, tag)
                if first is not tag and tag.name in words.NODES:
                    self.find("bpmn_id_twice", tag, id=xml_id, first=first.place.line)
        processes = [tag for tag in root.children if tag.name == "process" and words.is_bpmn(tag)]
        if not processes:
            self.find("bpmn_without_process", root, file=self.file)
        parties = [tag for group in root.inside("collaboration") for tag in group.inside("participant")]
        for tag in processes:
            party = next(
                (p for p in parties if local(p.get("processRef")) == tag.get("id") and tag.get("id")), None
            )
            if self.is_empty(tag) and (party is None or len(processes) > 1):
                continue  # a pool that other tools write as a process without steps
            self.process(tag, party)
        told = {local(p.get("processRef")) for p in parties if local(p.get("processRef")) in self.by_xml_id}
        for party in parties:
            known = self.by_xml_id.get(local(party.get("processRef")))
            if local(party.get("processRef")) not in told or known not in self.id_of:
                self.leave(party, "party")
        self.rest(root)

    def is_empty(self, process: Tag) -> bool:
        return not any(tag.name in words.NODES for tag in process.children)

    # -- parts -----------------------------------------------------------------------------------------------------------

    def process(self, tag: Tag, party: Tag | None) -> None:
        pool = said(party.get("name")) if party is not None else ""
        given = said(tag.get("name")) or pool
        name = given or said(PurePath(self.file).stem)
        exported = words.plain(tag.get("id")) if self.own else ""
        process = exported or propose(name, "", "process", self.elements)
        self.tag(process, tag)
        if not given:
            self.unnamed.add(process)
        self.put(Element(process, "process", None, {
            "name": name, "bpmn": f"{FOLDER}/{self.file}#{tag.get('id')}", **self.note(tag),
        }))  # fmt: skip
        self.lanes[process] = {}
        self.nodes(tag, process, process)
        self.lanes_of(tag, party, pool, process)
        self.flow(tag)
        self.data(tag, process)
        self.ours(tag)
        self.settle(process)

    def nodes(self, container: Tag, top: str, parent: str) -> None:
        """The elements of the flow in a process or sub-process; what interrupts an activity stands in that."""
        own = [tag for tag in container.children if tag.name in words.NODES and words.is_bpmn(tag)]
        for tag in sorted(own, key=lambda tag: words.NODES[tag.name].type == "boundary"):
            word = words.NODES[tag.name]
            if not tag.get("id"):
                self.find("bpmn_without_id", tag, "advice", name=said(tag.get("name")) or tag.name)
            element_id = self.part_id(tag, top)
            above = parent
            if word.type == "boundary":
                host = self.by_xml_id.get(local(tag.get("attachedToRef")))
                above = self.id_of.get(host, parent) if host is not None else parent
                if above == parent:
                    self.find(
                        "bpmn_reference_unknown",
                        tag,
                        name=self.label(tag),
                        target=tag.get("attachedToRef") or "–",
                    )
            fields: dict[str, object] = {"name": said(tag.get("name")), "type": word.type, **self.note(tag)}
            fields["trigger"] = _trigger(tag) if word.kind == "event" else ""
            self.tag(element_id, tag)
            self.put(Element(element_id, word.kind, above, fields))
            if word.kind == "process":
                self.nodes(tag, top, element_id)
                if tag.name == "adHocSubProcess" or tag.get("triggeredByEvent") == "true":
                    self.leave(tag, "ad_hoc")
            if tag.get("calledElement"):
                self.leave(tag, "called", tag.get("calledElement"))

    def part_id(self, tag: Tag, top: str) -> str:
        xml_id = tag.get("id") or f"{tag.name}_{tag.place.line}_{tag.place.column}"
        part = words.id_part(xml_id)
        if len(part) > 120:
            part = f"{part[:100]}-{len(part)}"
        element_id = words.plain(xml_id) if self.own else f"{top}/{part}"
        return (
            element_id if element_id not in self.elements else propose(f"{part} 2", top, "x", self.elements)
        )

    def put(self, element: Element) -> None:
        filled = {name: value for name, value in element.fields.items() if value}
        self.elements[element.id] = replace(element, fields=MappingProxyType(filled))

    def tag(self, element_id: str, tag: Tag) -> None:
        self.tags[element_id] = tag
        self.id_of[tag] = element_id

    def note(self, tag: Tag) -> dict[str, object]:
        """What the file says of an element in its documentation."""
        text = next((child.text for child in tag.inside("documentation") if child.text), "")
        shown = "".join(c if c.isprintable() or c == "\n" else " " for c in text.replace("\r\n", "\n"))
        return {"note": "\n".join(line.rstrip() for line in shown.split("\n")).strip()}

    # -- who ---------------------------------------------------------------------------------------------------------------

    def lanes_of(self, process: Tag, party: Tag | None, pool: str, top: str) -> None:
        """Who does the work: named lanes are roles; a pool is a role where it has no lanes, else their department."""
        own_name = said(process.get("name"))
        named = any(tag.name == "lane" and said(tag.get("name")) for tag in process.all())
        is_party = party is not None and pool and pool.casefold() != own_name.casefold()
        department = None
        if is_party and party is not None:
            kind = "department" if named else "role"
            role = self.role(kind, pool, None)
            self.stands_for(top, party, pool, role)
            if named:
                department = role
            else:
                for child in process.children:
                    self.perform(child, role)
        for group in process.inside("laneSet"):
            self.lane_group(group, department, top)
        self.inner_lanes(process, top)

    def inner_lanes(self, container: Tag, top: str) -> None:
        for tag in container.children:
            if words.NODES.get(tag.name, words.Word("event")).kind == "process":
                for group in tag.inside("laneSet"):
                    self.lane_group(group, None, top)
                self.inner_lanes(tag, top)

    def lane_group(self, group: Tag, department: str | None, top: str) -> None:
        for lane in group.inside("lane"):
            name = said(lane.get("name"))
            below = [inner for child in lane.inside("childLaneSet") for inner in child.inside("lane")]
            if not name:
                self.leave(lane, "lane_without_name")
            above = department
            role = ""
            if name:
                role = self.role("department" if below else "role", name, department)
                self.stands_for(top, lane, name, role)
                above = role if below else department
            for child in lane.inside("childLaneSet"):
                self.lane_group(child, above, top)
            inside = {ref.text for inner in below for ref in inner.inside("flowNodeRef")}
            for ref in lane.inside("flowNodeRef"):
                node = self.by_xml_id.get(local(ref.text))
                if node is None or node not in self.id_of:
                    if node is None:
                        self.find("bpmn_reference_unknown", ref, name=name or lane.name, target=ref.text)
                elif role and not below and ref.text not in inside:
                    self.perform(node, role)

    def stands_for(self, top: str, lane: Tag, name: str, role: str) -> None:
        """Keeps for whom a lane or a pool stands, by its id, so that it is known when it gets another name."""
        key = (lane.get("id") or name).strip()
        if len(key) <= KEY_LENGTH:
            self.lanes[top][key] = role

    def role(self, kind: str, name: str, department: str | None) -> str:
        known = self.roles.get((kind, name.casefold()))
        if known is None:
            known = self.roles[kind, name.casefold()] = propose(name, department or "", kind, self.elements)
            self.put(Element(known, kind, department if kind == "role" else None, {"name": name}))
        return known

    def perform(self, node: Tag, role: str) -> None:
        """The work that a lane does, also that of the sub-processes in it."""
        element = self.elements.get(self.id_of.get(node, ""))
        if element is None or element.kind not in ("activity", "process"):
            return
        if self.relate("performed_by", element.id, role):
            self.performers.setdefault(node, []).append(role)
        for child in node.children if element.kind == "process" else ():
            self.perform(child, role)

    def settle(self, top: str) -> None:
        """Which lane stands for whom, and the elements in the order in which work flows."""
        process = self.elements.pop(top)
        own = dict.fromkeys(e.id for e in self.elements.values() if self.is_in(e, top))
        order = ranked(
            own,
            [(e.source, e.target) for e in self.edges.values() if e.relation == "then" and e.source in own],
        )
        parts = sorted(
            (self.elements.pop(e) for e in list(self.elements) if e in own), key=lambda e: order.get(e.id, 0)
        )
        lanes = self.lanes[top]
        self.put(
            replace(process, fields={**process.fields, "lanes": MappingProxyType(lanes) if lanes else None})
        )
        for part in parts:
            self.elements[part.id] = part

    def is_in(self, element: Element, top: str) -> bool:
        above = element.parent
        while above is not None and above != top:
            above = self.elements[above].parent if above in self.elements else None
        return above == top

    # -- what joins them ----------------------------------------------------------------------------------------------------

    def relate(
        self, relation: str, source: str, target: str, fields: Mapping[str, object] | None = None
    ) -> bool:
        key = (relation, source, target)
        if key in self.edges:
            return False
        self.edges[key] = Edge(relation, source, target, MappingProxyType(dict(fields or {})))
        return True

    def flow(self, container: Tag) -> None:
        for tag in container.all():
            if tag.name != "sequenceFlow" or not words.is_bpmn(tag):
                continue
            ends = [self.end(tag, name) for name in ("sourceRef", "targetRef")]
            if None in ends:
                continue
            source, target = (str(end) for end in ends)
            condition = said(tag.get("name")) or next(
                (said(c.text) for c in tag.inside("conditionExpression")), ""
            )
            if self.relate("then", source, target, {"condition": condition} if condition else {}):
                self.flows[source, target] = tag
            else:
                self.leave(tag, "flow_twice")

    def end(self, flow: Tag, name: str) -> str | None:
        reference = local(flow.get(name))
        found = self.id_of.get(self.by_xml_id[reference]) if reference in self.by_xml_id else None
        if found is None:
            self.find("bpmn_reference_unknown", flow, name=self.label(flow), target=flow.get(name) or "–")
        return found

    def data(self, process: Tag, top: str) -> None:
        """Data objects as outputs of the activity that yields them, taken by the activities that need them."""
        yielded: dict[str, str] = {}
        for node, association in self.associations(process, "dataOutputAssociation"):
            for ref in association.inside("targetRef"):
                reference = self.by_xml_id.get(local(ref.text))
                if reference is None or reference.name not in ("dataObjectReference", "dataObject"):
                    continue
                if reference in self.id_of or self.elements[node].kind != "activity":
                    self.leave(association, "output_of_event", self.data_name(reference))
                    continue
                output = self.part_id(reference, top)
                self.tag(output, reference)
                self.put(
                    Element(
                        output, "output", node, {"name": self.data_name(reference), **self.note(reference)}
                    )
                )
                yielded[reference.get("id")] = output
        for node, association in self.associations(process, "dataInputAssociation"):
            for ref in association.inside("sourceRef"):
                output = yielded.get(local(ref.text), "")
                if output and self.elements[node].kind == "activity":
                    self.relate("takes", node, output)
        for tag in process.all():
            if tag.name == "dataObjectReference" and tag not in self.id_of:
                self.leave(tag, "data", self.data_name(tag))

    def data_name(self, reference: Tag) -> str:
        """The name of a data object; some tools write it at the object, not at the reference to it."""
        of = self.by_xml_id.get(local(reference.get("dataObjectRef")))
        return (
            said(reference.get("name"))
            or (said(of.get("name")) if of is not None else "")
            or reference.get("id")
        )

    def associations(self, process: Tag, name: str) -> Iterator[tuple[str, Tag]]:
        for tag in process.all():
            above = self.text.above.get(tag)
            if tag.name == name and above in self.id_of:
                yield self.id_of[above], tag

    def ours(self, process: Tag) -> None:
        """What we added to a file ourselves: requirements served, outputs, and roles where lanes do not say them."""
        told: set[str] = set()
        for tag in process.all():
            if tag.space != words.OURS:
                continue
            holder = self.text.above[tag]
            owner = self.id_of.get(
                holder if holder.space == words.OURS else self.text.above.get(holder, holder)
            )
            if owner is None:
                continue
            if tag.name == "output" and tag.get("id") and tag.get("id") not in self.elements:
                element_id = tag.get("id")
                self.tag(element_id, tag)
                self.put(Element(element_id, "output", owner, {"name": said(tag.get("name"))}))
            elif tag.name == "performer" and tag.get("ref"):
                if owner not in told:  # these say it all, whatever the lane
                    told.add(owner)
                    for role in self.performers.get(self.tags[owner], ()):
                        del self.edges["performed_by", owner, role]
                self.relate("performed_by", owner, tag.get("ref"))
            elif tag.name in ("serves", "takes") and tag.get("ref"):
                self.relate(tag.name, owner, tag.get("ref"))

    # -- what has no place -----------------------------------------------------------------------------------------------

    def leave(self, tag: Tag, why: words.Reason, name: str = "") -> None:
        text = name or said(tag.get("name")) or next((said(child.text) for child in tag.inside("text")), "")
        self.unrepresented.append(Unrepresented(tag.get("id"), tag.name, text, why))

    def rest(self, root: Tag) -> None:
        """Everything that was not read: named once, without what stands in it."""
        foreign: Counter[str] = Counter()
        waiting = [root]
        while waiting:
            tag = waiting.pop()
            if not words.is_bpmn(tag):
                drawn = tag.space in (words.DI, words.DC, words.WAYS, words.OURS) or tag.name.startswith(
                    "BPMN"
                )
                if not drawn:
                    foreign[tag.space] += 1
                continue
            why = words.KEPT_ONLY.get(tag.name)
            if why is not None:
                self.leave(tag, why)
            elif tag.name in words.TRIGGERS:
                if tag.children and self.text.above[tag].name != "definitions":
                    self.leave(tag, "rules", said(" ".join(child.text for child in tag.children)))
            elif tag.name in words.STRUCTURE or tag.name in words.NODES:
                waiting.extend(reversed(tag.children))
            else:
                self.leave(tag, "unknown")
        for space, count in foreign.items():
            self.unrepresented.append(Unrepresented("", "extensionElements", space, "extension", count))

    def label(self, tag: Tag) -> str:
        return said(tag.get("name")) or tag.get("id") or tag.name

    def find(self, found: str, tag: Tag, level: Level = "warning", /, **parameters: str | int) -> None:
        place = Place(self.file, tag.place.line, tag.place.column)
        self.findings.append(Finding(found, level, parameters=parameters, place=place))


def _trigger(tag: Tag) -> str:
    """What triggers an event, in the words of the metamodel; empty when nothing in particular does."""
    triggers = [words.TRIGGERS[child.name] for child in tag.children if child.name in words.TRIGGERS]
    triggers += ["multiple"] * len(tag.inside("eventDefinitionRef"))
    return "" if not triggers else triggers[0] if len(triggers) == 1 else "multiple"
