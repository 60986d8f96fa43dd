"""What is added to a BPMN file that was read, and where in it does that belong?"""

from collections.abc import Mapping, Sequence

from ketenreis.model import Element, Model
from ketenreis.model.flow import FLOW_NODES
from ketenreis.notation.bpmn import vocabulary as words
from ketenreis.notation.bpmn.making import Making
from ketenreis.notation.splices import NewTag, Splices
from ketenreis.notation.xml_tree import Tag

Signature = tuple[str, tuple[tuple[str, str], ...], tuple["Signature", ...]]


class Additions(Making):
    """Makes new elements in the words and with the prefixes of one file, and puts them in their place."""

    def __init__(self, splices: Splices, model: Model, process: Tag, root: str) -> None:
        taken = {tag.get("id") for tag in splices.text.root.all() if tag.get("id")}
        super().__init__(model, splices.prefix(process), taken, root)
        self.splices = splices
        self.ours_prefix = splices.text.prefixes.get(words.OURS) or "ketenreis"

    def new_nodes(self, top: str, tags: Mapping[str, Tag]) -> list[Element]:
        """The elements of the flow that the file does not hold, except those in a sub-process that is new itself."""
        found: list[Element] = []
        for element in self.model.within(top, *FLOW_NODES):
            above = self.model.parent(element.id, "process")
            if element.id not in tags and (above is None or above.id in tags):
                found.append(element)
        return found

    def document(self, tag: Tag, note: object) -> None:
        """Gives an element another note, or none."""
        there = next((child for child in tag.inside("documentation") if child.text), None)
        if there is not None and note:
            self.splices.write(there, str(note))
        elif there is not None:
            self.splices.remove(there)
        elif note:
            self.splices.add(tag, NewTag(self.q("documentation"), text=str(note)))

    def extend(self, tag: Tag, wanted: Sequence[NewTag]) -> None:
        """Makes what we add to an element what it should be; what other programs added stays."""
        holder = next(iter(tag.inside("extensionElements")), None)
        there = (
            [child for child in holder.children if child.space == words.OURS] if holder is not None else []
        )
        if [_signature(child) for child in there] == [_new_signature(new) for new in wanted]:
            return
        if wanted and words.OURS not in self.splices.text.prefixes:
            self.splices.set(self.splices.text.root, f"xmlns:{self.ours_prefix}", words.OURS)
        if holder is not None and not wanted and len(there) == len(holder.children):
            self.splices.remove(holder)
            return
        for child in there:
            self.splices.remove(child)
        if holder is None:
            behind = tag.inside("documentation")
            new = NewTag(self.q("extensionElements"), children=wanted)
            self.splices.add(tag, new, behind[-1] if behind else None)
            return
        for new in wanted:
            self.splices.add(holder, new, holder.children[-1] if holder.children else None)

    def lane(self, beside: Tag, role: Element, nodes: Sequence[str]) -> str:
        """Adds a lane for a role beside another lane; gives its id."""
        name = self.free_id(f"Lane_{words.xml_id(role.id)}")
        self.made[f"lane {role.id}"] = name
        refs = [NewTag(self.q("flowNodeRef"), text=node) for node in nodes]
        group = self.splices.text.above[beside]
        self.splices.add(
            group, NewTag(self.q("lane"), {"id": name, "name": role.name}, refs), group.children[-1]
        )
        return name


def _signature(tag: Tag) -> Signature:
    said = tuple(sorted((name, value) for name, value in tag.attributes.items() if value))
    return (tag.name, said, tuple(_signature(child) for child in tag.children))


def _new_signature(tag: NewTag) -> Signature:
    said = tuple(sorted((name, value) for name, value in tag.attributes.items() if value))
    return (tag.name.rpartition(":")[2], said, tuple(_new_signature(child) for child in tag.children))
