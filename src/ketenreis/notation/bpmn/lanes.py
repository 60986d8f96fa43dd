"""Who does which work in a BPMN file: which lane stands for which role, and what changes when somebody else does it?"""

from collections.abc import Mapping

from ketenreis.model import Element, Model
from ketenreis.notation.bpmn.additions import Additions
from ketenreis.notation.bpmn.read import ReadBpmn, local, said
from ketenreis.notation.bpmn.redrawing import Redrawing
from ketenreis.notation.splices import NewTag, Splices
from ketenreis.notation.xml_tree import Tag


class Lanes:
    """The lanes of one file beside the roles of the model.

    Attributes:
        model: What is to be.
        was: What the file says, with the ids of the model.
        tags: The elements of the file by id in the model.
    """

    def __init__(
        self,
        model: Model,
        was: Model,
        read: ReadBpmn,
        ids: Mapping[str, str],
        tags: Mapping[str, Tag],
        splices: Splices,
    ) -> None:
        self.model, self.was, self.read, self.ids, self.tags = model, was, read, ids, tags
        self.splices = splices

    def party(self, process: Tag) -> Tag | None:
        """The pool that a process stands in."""
        for group in self.read.text.root.inside("collaboration") if self.read.text else ():
            for party in group.inside("participant"):
                if local(party.get("processRef")) == process.get("id"):
                    return party
        return None

    def settle(self, top: str, additions: Additions, drawn: Redrawing) -> None:
        """Names of lanes and pools, and who does which work."""
        process = self.tags[top]
        known = self.lanes_known(top)
        party = self.party(process)
        for tag in [*([party] if party is not None else []), *(t for t in process.all() if t.name == "lane")]:
            role = known.get(tag.get("id") or said(tag.get("name")))
            if role and self.model[role].name.casefold() != said(tag.get("name")).casefold():
                self.splices.set(tag, "name", self.model[role].name)
        for element in self.model.within(top, "activity", "process"):
            if element.id in self.was and element.id in self.tags:
                self.move(element, top, additions, drawn)

    def lanes_known(self, top: str) -> dict[str, str]:
        """Which role or department each lane or pool stands for."""
        found: dict[str, str] = {}
        for process in (self.was[top], self.model[top]):
            lanes = process.get("lanes")
            if isinstance(lanes, Mapping):
                found.update(
                    {str(lane): str(role) for lane, role in lanes.items() if str(role) in self.model}
                )
        return found

    def lane_of_role(self, top: str) -> dict[str, Tag]:
        """The lanes in which a role does its work."""
        known = self.lanes_known(top)
        leaves = [t for t in self.tags[top].all() if t.name == "lane" and not t.inside("childLaneSet")]
        found: dict[str, Tag] = {}
        for lane in leaves:
            role = known.get(lane.get("id") or said(lane.get("name")))
            if role:
                found.setdefault(role, lane)
        return found

    def lane_of(self, node: Tag) -> Tag | None:
        """The innermost lane that an element stands in."""
        name = node.get("id")
        found = [
            ref
            for ref in self.splices.text.root.all()
            if ref.name == "flowNodeRef" and local(ref.text) == name
        ]
        lanes = [self.splices.text.above[ref] for ref in found]
        return next((lane for lane in reversed(lanes) if not lane.inside("childLaneSet")), None)

    def move(self, element: Element, top: str, additions: Additions, drawn: Redrawing) -> None:
        """Takes an activity to the lane of who performs it now, making a lane where that role has none."""
        now = [edge.target for edge in self.model.out(element.id, "performed_by")]
        by_place = self.drawn_performers(element.id)
        here = self.lane_of(self.tags[element.id])
        if (
            not now
            or here is None
            or set(now) & set(by_place)
            or set(now) == {e.target for e in self.was.out(element.id, "performed_by")}
        ):
            return
        lane = self.lane_of_role(top).get(now[0])
        name = self.tags[element.id].get("id")
        ref = next(t for t in here.inside("flowNodeRef") if local(t.text) == name)
        self.splices.remove(ref)
        if lane is None:
            lane_id = additions.lane(here, self.model[now[0]], [name])
            drawn.add_lane(lane_id, here.get("id"), [*self.party_ids(top)])
            drawn.move(name, lane_id)
            return
        refs = lane.inside("flowNodeRef", "extensionElements", "documentation")
        self.splices.add(lane, NewTag(additions.q("flowNodeRef"), text=name), refs[-1] if refs else None)
        drawn.move(name, lane.get("id"))

    def party_ids(self, top: str) -> list[str]:
        """The id of that pool, if there is one."""
        party = self.party(self.tags[top])
        return [party.get("id")] if party is not None else []

    def drawn_performers(self, element_id: str) -> list[str]:
        """Who performs an element by its place in the drawing."""
        return [
            self.ids.get(role, role) for role in self.read.drawn_performers.get(self.tags[element_id], ())
        ]

    def performers_after(self, element: Element) -> list[str]:
        """Who performs an element by its place in the drawing as it will be."""
        now = [edge.target for edge in self.model.out(element.id, "performed_by")]
        drawn = self.drawn_performers(element.id)
        if self.lane_of(self.tags[element.id]) is not None and not set(now) & set(drawn):
            return (
                now[:1] if set(now) != {e.target for e in self.was.out(element.id, "performed_by")} else drawn
            )
        return drawn

    def roles_of(self, lane: Tag | None, top: str) -> list[str]:
        """The roles that a lane stands for."""
        return [role for role, own in self.lane_of_role(top).items() if own is lane]

    def lane_for(self, element: Element, top: str) -> Tag | None:
        """The lane that a new element goes in: of who performs it, else of what comes before it."""
        if element.parent != top and element.get("type") != "boundary":
            return None
        of = self.lane_of_role(top)
        for edge in self.model.out(element.id, "performed_by"):
            if edge.target in of:
                return of[edge.target]
        for near in (
            *(e.source for e in self.model.into(element.id, "then")),
            *(e.target for e in self.model.out(element.id, "then")),
        ):
            lane = self.lane_of(self.tags[near]) if near in self.tags else None
            if lane is not None:
                return lane
        return next(iter(of.values()), None)
