"""How does one element of a process read as BPMN, with what it is for?"""

from collections.abc import Iterable, Mapping

from ketenreis.model import Edge, Element, Model
from ketenreis.model.flow import FLOW_NODES
from ketenreis.notation.bpmn import vocabulary as words
from ketenreis.notation.splices import NewTag
from ketenreis.notation.xml_tree import Tag


def word_for(element: Element) -> str:
    """What BPMN calls an element of the flow.

    Example:
        >>> word_for(Element("g", "gateway", "p", {"type": "parallel"})), word_for(Element("a", "activity", "p"))
        ('parallelGateway', 'task')
    """
    if element.kind == "process":
        return "subProcess"
    usual = {"gateway": "exclusive", "event": "throw"}
    type_ = str(element.get("type") or usual.get(element.kind, ""))
    return next(name for name, word in words.NODES.items() if word == words.Word(_kind(element), type_))


def _kind(element: Element) -> words.NodeKind:
    kinds: Mapping[str, words.NodeKind] = {"gateway": "gateway", "event": "event", "process": "process"}
    return kinds.get(element.kind, "activity")


def trigger_for(element: Element) -> str:
    """What BPMN calls the trigger of an event; empty for none, or for more than one."""
    return next((name for name, trigger in words.TRIGGERS.items() if trigger == element.get("trigger")), "")


class Making:
    """Makes elements of BPMN, each with an id that the file does not hold yet.

    Attributes:
        made: The id in the file of every element that was made, by id in the model.
    """

    def __init__(self, model: Model, prefix: str, taken: Iterable[str] = (), root: str = "") -> None:
        self.model, self.prefix, self.taken, self.root = model, prefix, set(taken), root
        self.ours_prefix = "ketenreis"
        self.made: dict[str, str] = {}

    def q(self, name: str) -> str:
        """A word of BPMN with the prefix of the file."""
        return f"{self.prefix}:{name}" if self.prefix else name

    def own(self, name: str, ref: str, said: str, children: Iterable[NewTag] = ()) -> NewTag:
        """A word of our own, that refers to an element of the model and says its name."""
        return NewTag(
            f"{self.ours_prefix}:{name}", {"ref": ref, "name": said if said != ref else ""}, list(children)
        )

    def free_id(self, wanted: str) -> str:
        """An id for the file: the one wanted, numbered when it is taken."""
        name, number = wanted, 2
        while name in self.taken or name in self.made.values():
            name, number = f"{wanted}_{number}", number + 1
        return name

    def id_for(self, element: Element) -> str:
        """The id in the file of an element that is made."""
        part = element.id.removeprefix(f"{self.root}/") if self.root else element.id
        name = self.made[element.id] = self.free_id(words.xml_id(part))
        return name

    def node(self, element: Element, tags: Mapping[str, Tag], performers: Iterable[str] = ()) -> NewTag:
        """An element of the flow; a sub-process with everything in it.

        Args:
            element: The element.
            tags: The elements that the file holds already, by id in the model.
            performers: Who performs it by its place in the drawing.
        """
        name = self.id_for(element)
        said = {"id": name, "name": str(element.get("name") or "")}
        above = self.model.parent(element.id)
        interrupts = element.kind == "event" and above is not None and above.kind == "activity"
        if element.get("type") == "boundary" or interrupts:
            host = element.parent or ""
            said["attachedToRef"] = tags[host].get("id") if host in tags else self.made.get(host, "")
        children = self.described(element, tags, performers)
        if definition := trigger_for(element):
            children.append(NewTag(self.q(definition), {"id": self.free_id(f"{name}_{definition}")}))
        if element.kind == "process":
            children += self.inside(element, tags, performers)
        return NewTag(self.q("boundaryEvent" if interrupts else word_for(element)), said, children)

    def inside(
        self, process: Element, tags: Mapping[str, Tag], performers: Iterable[str] = ()
    ) -> list[NewTag]:
        """The flow of a process: its elements, what interrupts them, and the ways between them."""
        performers = list(performers)
        nodes = self.nodes_of(process)
        made = [self.node(element, tags, performers) for element in nodes]
        own = {element.id for element in nodes}
        made += [
            self.flow(edge)
            for edge in self.model.edges
            if edge.relation == "then" and edge.source in own and edge.target in own
        ]
        return made

    def flow(self, edge: Edge) -> NewTag:
        """A way between two elements that were made."""
        ends = {"sourceRef": self.made[edge.source], "targetRef": self.made[edge.target]}
        name = self.free_id(f"Flow_{ends['sourceRef']}_{ends['targetRef']}")
        return NewTag(
            self.q("sequenceFlow"), {"id": name, "name": str(edge.fields.get("condition") or ""), **ends}
        )

    def nodes_of(self, process: Element) -> list[Element]:
        """The elements of the flow of one process, what interrupts an activity or sub-process right behind it."""
        found: list[Element] = []
        for element in self.model.children(process.id, *FLOW_NODES):
            if element.get("type") == "boundary":
                continue  # it interrupts the process itself, and stands beside it
            found.append(element)
            events = (
                self.model.children(element.id, "event") if element.kind in ("activity", "process") else ()
            )
            found += [e for e in events if e.get("type") == "boundary" or element.kind == "activity"]
        return found

    def described(
        self, element: Element, tags: Mapping[str, Tag], performers: Iterable[str] = ()
    ) -> list[NewTag]:
        """Its note, and what only we know of it."""
        said: list[NewTag] = []
        if note := element.get("note"):
            said.append(NewTag(self.q("documentation"), text=str(note)))
        ours = self.ours(element, tags)
        roles = [edge.target for edge in self.model.out(element.id, "performed_by")]
        if roles and set(roles) != set(performers):
            ours += [self.own("performer", role, self.model.name(role)) for role in roles]
        if ours:
            said.append(NewTag(self.q("extensionElements"), children=ours))
        return said

    def ours(self, element: Element, tags: Mapping[str, Tag]) -> list[NewTag]:
        """What an activity or output serves, and the outputs that the drawing does not show."""
        said = self.references(element, "serves")
        if element.kind != "activity":
            return said
        for output in self.model.children(element.id, "output"):
            if output.id not in tags or tags[output.id].space == words.OURS:
                about = {"id": output.id, "name": str(output.get("name") or "")}
                said.append(NewTag(f"{self.ours_prefix}:output", about, self.references(output, "serves")))
        drawn = set[str]()
        if element.id in tags:
            parts = tags[element.id].inside("dataInputAssociation")
            drawn = {ref.text.rpartition(":")[2] for part in parts for ref in part.inside("sourceRef")}
        shown = {name for name, tag in tags.items() if tag.get("id") in drawn}
        return said + [tag for tag in self.references(element, "takes") if tag.attributes["ref"] not in shown]

    def references(self, element: Element, relation: str) -> list[NewTag]:
        """What an element is related to, by id and name."""
        return [
            self.own(relation, target.id, target.name) for target in self.model.targets(element.id, relation)
        ]
