"""What picture does a BPMN file get that has none? Lanes below each other, work from left to right, always the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ketenreis.notation.bpmn import vocabulary as words
from ketenreis.notation.bpmn.diagram import SIZES, diagram, new_edge, new_shape
from ketenreis.notation.bpmn.read import ReadBpmn, local, read_whole
from ketenreis.notation.layout import Box, Piece, Placed, Point, placed
from ketenreis.notation.splices import NewTag, Splices
from ketenreis.notation.xml_tree import Tag

_HEAD, _LEFT, _TOP, _APART = 30.0, 160.0, 80.0, 40.0
_BESIDE = ("dataObjectReference", "dataStoreReference", "textAnnotation")


def laid_out(data: bytes, file: str = "process.bpmn", *, every: bool = False) -> bytes:
    """A file with a picture: as it is where it has one, else with one added.

    Args:
        data: What the file holds; what cannot be read comes back as it is.
        file: Its name.
        every: Also give a picture to a process that is not drawn in a file that draws others.

    Returns:
        The same elements, now each with a place, always the same for the same file.
    """
    read = read_whole(data, file)
    if read.text is None or not read.imported.processes:
        return data
    there = diagram(read.text).shapes
    undrawn = [
        tag
        for tag in (read.tags[process.id] for process in read.imported.processes)
        if not any(node.get("id") in there for node in tag.all() if node.name in words.NODES)
    ]
    if there and not (every and undrawn):
        return data
    splices, artist = Splices(read.text), _Artist(read)
    root = read.text.root
    for new in artist.apart(undrawn) if there else artist.diagrams():
        splices.add(root, new, root.children[-1] if root.children else None)
    return read.text.encoded(splices.result())


@dataclass
class _Artist:
    """Draws the processes of one file that has no picture."""

    read: ReadBpmn
    made: list[NewTag] = field(default_factory=list)
    boxes: dict[Tag, Box] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = self.read.text.prefixes if self.read.text else {}
        usual = ((words.DI, "bpmndi"), (words.DC, "dc"), (words.WAYS, "di"))
        self.prefix = {space: known.get(space, name) or name for space, name in usual}
        self.declared = {
            f"xmlns:{self.prefix[space]}": space
            for space, _ in usual
            if known.get(space) != self.prefix[space]
        }

    def diagrams(self) -> Iterator[NewTag]:
        root = self.read.text.root if self.read.text else None
        groups = root.inside("collaboration") if root else ()
        parties = [party for group in groups for party in group.inside("participant")]
        by_process = {local(party.get("processRef")): party for party in parties}
        tops = [self.read.tags[process.id] for process in self.read.imported.processes]
        if groups:
            at = _TOP
            for tag in tops:
                if tag.get("id") in by_process:
                    at = self.pool(tag, by_process[tag.get("id")], at) + _APART
            width = max((box.right for box in self.boxes.values()), default=_LEFT + 600) - _LEFT
            for party in parties:
                if party not in self.boxes:
                    self.shape(party, Box(_LEFT, at, width, 60), isHorizontal="true")
                    at += 60 + _APART
            for group in groups:
                self.messages(group)
            yield self.diagram(groups[0])
        yield from self.apart(tag for tag in tops if not groups or tag.get("id") not in by_process)

    def apart(self, processes: Iterable[Tag]) -> Iterator[NewTag]:
        """A picture for each of these processes by itself."""
        for tag in processes:
            self.made = []
            self.pool(tag, None, _TOP)
            yield self.diagram(tag)

    def diagram(self, of: Tag) -> NewTag:
        di = self.prefix[words.DI]
        plane = NewTag(
            f"{di}:BPMNPlane", {"id": f"{of.get('id')}_plane", "bpmnElement": of.get("id")}, self.made
        )
        return NewTag(f"{di}:BPMNDiagram", {**self.declared, "id": f"{of.get('id')}_diagram"}, [plane])

    def pool(self, process: Tag, party: Tag | None, top: float) -> float:
        """Draws one process from a height on; gives where it ends."""
        lanes, depth = _lanes(process)
        inner, rows = self.inside(process, [lane for lane, _ in lanes])
        head = (_HEAD if party is not None else 0.0) + _HEAD * depth
        width, height = head + inner.width, inner.height + rows
        if party is not None:
            self.shape(party, Box(_LEFT, top, width, height), isHorizontal="true")
        for lane, (lane_top, lane_height), last in zip(
            (lane for lane, _ in lanes), inner.lanes, [*[False] * (len(lanes) - 1), True], strict=False
        ):
            self.boxes[lane] = Box(
                _LEFT + head - _HEAD, top + lane_top, inner.width + _HEAD, lane_height + rows * last
            )
        for lane, level in reversed(_all_lanes(process)):
            below = [
                self.boxes[child] for group in lane.inside("childLaneSet") for child in group.inside("lane")
            ]
            x = _LEFT + (_HEAD if party is not None else 0.0) + _HEAD * level
            if below:
                y, end = min(box.y for box in below), max(box.bottom for box in below)
                self.boxes[lane] = Box(x, y, _LEFT + width - x, end - y)
            elif lane in self.boxes:
                own = self.boxes[lane]
                self.boxes[lane] = Box(x, own.y, _LEFT + width - x, own.height)
        for lane, _ in _all_lanes(process):
            self.shape(lane, self.boxes[lane], isHorizontal="true")
        self.draw(process, inner, _LEFT + head, top)
        return top + height

    def inside(self, container: Tag, lanes: list[Tag]) -> tuple[Placed, float]:
        """The places of the flow in a process or sub-process, and the room below it for data and remarks."""
        model, ids = self.read.imported.model, self.read.ids
        nodes = [tag for tag in container.children if tag in ids and tag.name in words.NODES]
        lane_of = _lane_of(
            nodes,
            lanes,
            [
                (_end(f, self.read, "sourceRef"), _end(f, self.read, "targetRef"))
                for f in container.inside("sequenceFlow")
            ],
        )
        pieces = []
        for tag in nodes:
            kind = words.NODES[tag.name].kind
            width, height = SIZES[kind]
            if kind == "process" and any(child.name in words.NODES for child in tag.children):
                below, rows = self.inside(tag, [])
                width, height = below.width, below.height + rows
            host = model[ids[tag]].parent if words.NODES[tag.name].type == "boundary" else ""
            pieces.append(Piece(ids[tag], width, height, lane_of.get(tag, 0), host or ""))
        own = {ids[tag] for tag in nodes}
        order = {e.id: number for number, e in enumerate(model)}
        pieces.sort(key=lambda piece: order[piece.id])
        ways = [way for way in self.read.flows if way[0] in own and way[1] in own]
        beside = [tag for tag in container.children if tag.name in _BESIDE]
        result = placed(pieces, ways, len(lanes))
        room = 80.0 if beside else 0.0
        wide = len(beside) * 150.0 + 40
        if beside and wide > result.width:
            result = Placed(result.boxes, result.lines, result.lanes, wide, result.height)
        return result, room

    def draw(self, container: Tag, inner: Placed, x: float, y: float) -> None:
        """Writes the places of the flow in a process or sub-process, and of everything in that."""
        ids = self.read.ids
        nodes = [tag for tag in container.children if tag in ids and tag.name in words.NODES]
        for tag in nodes:
            box = inner.boxes[ids[tag]].moved(x, y)
            inside = any(child.name in words.NODES for child in tag.children)
            self.shape(tag, box, isExpanded="true" if inside else "")
            if inside:
                self.draw(tag, self.inside(tag, [])[0], box.x, box.y)
        for number, tag in enumerate(tag for tag in container.children if tag.name in _BESIDE):
            width, height = SIZES[tag.name]
            self.shape(tag, Box(x + 40 + 150 * number, y + inner.height, width, height))
        for way, points in inner.lines.items():
            self.edge(self.read.flows[way], [(px + x, py + y) for px, py in points])
        for tag in container.children:
            ends: tuple[Tag | None, Tag | None] = (None, None)
            if tag.name == "association":
                ends = (self.named(tag.get("sourceRef")), self.named(tag.get("targetRef")))
                self.straight(tag, *ends)
            for part in (
                tag.inside("dataInputAssociation", "dataOutputAssociation") if tag in self.boxes else ()
            ):
                name = "sourceRef" if part.name == "dataInputAssociation" else "targetRef"
                other = next((self.named(ref.text) for ref in part.inside(name)), None)
                self.straight(part, *((other, tag) if name == "sourceRef" else (tag, other)))

    def named(self, reference: str) -> Tag | None:
        return next((tag for tag in self.boxes if tag.get("id") == local(reference)), None)

    def straight(self, tag: Tag, source: Tag | None, target: Tag | None) -> None:
        if source is None or target is None:
            return
        one, other = self.boxes[source], self.boxes[target]
        down = one.bottom <= other.y
        start = (one.middle[0], one.bottom if down else one.y)
        self.edge(tag, [start, (other.middle[0], other.y if down else other.bottom)])

    def messages(self, group: Tag) -> None:
        for tag in group.inside("messageFlow"):
            source, target = self.named(tag.get("sourceRef")), self.named(tag.get("targetRef"))
            if source is None or target is None:
                continue
            one, other = self.boxes[source], self.boxes[target]
            down = one.middle[1] < other.middle[1]
            x1 = other.middle[0] if source.name == "participant" else one.middle[0]
            x2 = x1 if target.name == "participant" else other.middle[0]
            y1, y2 = (one.bottom, other.y) if down else (one.y, other.bottom)
            bend = y2 - 20 if down else y2 + 20
            self.edge(tag, [(x1, y1), (x2, y2)] if x1 == x2 else [(x1, y1), (x1, bend), (x2, bend), (x2, y2)])

    def shape(self, tag: Tag, box: Box, **attributes: str) -> None:
        self.boxes[tag] = box
        if tag.get("id"):
            self.made.append(new_shape(self.prefix, tag.get("id"), box, **attributes))

    def edge(self, tag: Tag, points: list[Point]) -> None:
        if tag.get("id"):
            self.made.append(new_edge(self.prefix, tag.get("id"), points))


def _all_lanes(container: Tag, level: int = 0) -> list[tuple[Tag, int]]:
    """Every lane with how deep it lies; the outer before the inner."""
    found: list[tuple[Tag, int]] = []
    for group in container.inside("laneSet", "childLaneSet"):
        for lane in group.inside("lane"):
            found += [(lane, level), *_all_lanes(lane, level + 1)]
    return found


def _lanes(process: Tag) -> tuple[list[tuple[Tag, int]], int]:
    """The lanes that hold no others, and how many levels of heads there are."""
    every = _all_lanes(process)
    leaves = [
        (lane, level)
        for lane, level in every
        if not any(g.inside("lane") for g in lane.inside("childLaneSet"))
    ]
    return leaves, max((level + 1 for _, level in every), default=0)


def _end(flow: Tag, read: ReadBpmn, name: str) -> Tag | None:
    reference = local(flow.get(name))
    return next((tag for tag in read.ids if tag.get("id") == reference), None) if reference else None


def _lane_of(
    nodes: list[Tag], lanes: list[Tag], flows: list[tuple[Tag | None, Tag | None]]
) -> dict[Tag, int]:
    """The lane of each node; one that no lane names goes with what it is joined to."""
    named = {ref.text: number for number, lane in enumerate(lanes) for ref in lane.inside("flowNodeRef")}
    found = {tag: named[tag.get("id")] for tag in nodes if tag.get("id") in named}
    for _ in nodes if lanes else ():
        missing = [tag for tag in nodes if tag not in found]
        for tag in missing:
            near = [a for a, b in flows if b is tag] + [b for a, b in flows if a is tag]
            known = next((found[other] for other in near if other in found), None)
            if known is not None:
                found[tag] = known
        if len([tag for tag in nodes if tag not in found]) == len(missing):
            break
    return found
