"""Where does something new stand in a picture that somebody made, and what moves along with what moves?

Only what changes is touched: a shape that moves takes its own lines with it, a new one looks for free room.
"""

from collections.abc import Iterable

from ketenreis.notation.bpmn import vocabulary as words
from ketenreis.notation.bpmn.diagram import SIZES, diagram, new_edge, new_shape, number, waypoints
from ketenreis.notation.layout import Box, line_between
from ketenreis.notation.splices import NewTag, Splices
from ketenreis.notation.xml_tree import Tag

_AIR, _LANE = 30.0, 120.0


class Redrawing:
    """Changes to the picture of a file; without a picture nothing happens."""

    def __init__(self, splices: Splices) -> None:
        self.splices = splices
        self.drawn = diagram(splices.text)
        self.boxes = dict(self.drawn.boxes)
        self.lanes = {t.get("id") for t in splices.text.root.all() if t.name in ("lane", "participant")}
        self.prefix = self._prefixes()
        self.ends: dict[str, tuple[str, str]] = {
            t.get("id"): (t.get("sourceRef"), t.get("targetRef"))
            for t in splices.text.root.all()
            if t.name in ("sequenceFlow", "messageFlow", "association")
        }

    def _prefixes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for tag in self.splices.text.root.all():
            space = {"BPMNShape": words.DI, "Bounds": words.DC, "waypoint": words.WAYS}.get(tag.name)
            if space is not None:
                found.setdefault(space, self.splices.prefix(tag))
        for space, usual in ((words.DI, "bpmndi"), (words.DC, "dc"), (words.WAYS, "di")):
            found.setdefault(space, self.splices.text.prefixes.get(space, usual))
        return found

    def remove(self, names: Iterable[str]) -> None:
        """Takes the shapes and lines of these elements out of the picture."""
        gone = {name for name in names if name}
        for tag in self.splices.text.root.all():
            if tag.name in ("BPMNShape", "BPMNEdge") and tag.get("bpmnElement").rpartition(":")[2] in gone:
                self.splices.remove(tag)
        for name in gone:
            self.boxes.pop(name, None)

    def place(self, name: str, kind: str, beside: str, lane: str, on: str = "") -> None:
        """Gives a new element a place: behind what comes before it, in its lane, where nothing stands.

        Args:
            name: Its id in the file.
            kind: Its kind, which gives it its size.
            beside: What comes before it; empty when nothing does.
            lane: The lane it stands in; empty for none.
            on: The activity that it interrupts; empty when it interrupts none.
        """
        if not self.drawn.shapes:
            return
        width, height = SIZES[kind]
        room, before = self.boxes.get(lane), self.boxes.get(beside)
        if on in self.boxes:
            host = self.boxes[on]
            box = Box(host.right - width, host.bottom - height / 2, width, height)
        else:
            nodes = [box for other, box in self.boxes.items() if other not in self.lanes]
            x = before.right + 50 if before else max((box.right for box in nodes), default=160) + 50
            middle = room.middle[1] if room else before.middle[1] if before else 120.0
            if room and before and room.y <= before.middle[1] <= room.bottom:
                middle = before.middle[1]
            box = self._free(Box(x, middle - height / 2, width, height))
        self.boxes[name] = box
        self._add(new_shape(self.prefix, name, box), beside or lane)
        self._widen(box)

    def _free(self, box: Box) -> Box:
        """The nearest place to the right where nothing stands."""
        for _ in range(200):
            hit = next((o for n, o in self.boxes.items() if n not in self.lanes and box.touches(o, 10)), None)
            if hit is None:
                return box
            if hit.width > 5 * box.width:
                return box  # within a sub-process that is drawn open
            box = box.moved(hit.right + 40 - box.x, 0)
        return box

    def _widen(self, box: Box) -> None:
        """Makes the pool in which something stands, and the lanes of that pool, reach as far."""
        there = {name: self.boxes[name] for name in self.lanes if name in self.boxes}
        y = box.middle[1]
        around = [
            o for o in there.values() if o.y <= y <= o.bottom and o.x <= box.x <= o.right + box.width + 100
        ]
        if not around:
            return
        pool = max(around, key=lambda o: (o.height, o.width))
        for name, own in there.items():
            inside = own.y >= pool.y - 1 and own.bottom <= pool.bottom + 1 and own.right >= pool.right - 50
            if inside and name in self.drawn.shapes and own.right < box.right + _AIR:
                self._set(name, Box(own.x, own.y, box.right + _AIR - own.x, own.height))

    def line(self, name: str, source: str, target: str) -> None:
        """Draws a new line between two elements."""
        self.ends[name] = (source, target)
        if source in self.boxes and target in self.boxes:
            points = line_between(self.boxes[source], self.boxes[target])
            self._add(new_edge(self.prefix, name, points), source)

    def move(self, name: str, lane: str) -> None:
        """Takes a shape to another lane, with its lines and what sits on it."""
        box, room = self.boxes.get(name), self.boxes.get(lane)
        if box is None or room is None or name not in self.drawn.shapes:
            return
        others = [o for n, o in self.boxes.items() if n not in self.lanes and n != name]
        there = box.moved(0, room.middle[1] - box.middle[1])
        for step in (0, 1, -1, 2, -2):
            tried = there.moved(0, step * (box.height + 10))
            if (
                room.y <= tried.y
                and tried.bottom <= room.bottom
                and not any(tried.touches(o, 5) for o in others)
            ):
                there = tried
                break
        along = [name] + [
            n
            for n, o in self.boxes.items()
            if n not in self.lanes
            and n != name
            and o.width < 60
            and abs(o.middle[1] - box.bottom) < 8
            and box.x <= o.middle[0] <= box.right
        ]
        for each in along:
            self._set(each, self.boxes[each].moved(0, there.y - box.y))
        for flow, (source, target) in self.ends.items():
            if (source in along or target in along) and flow in self.drawn.lines:
                self._redraw(flow, source, target)

    def _redraw(self, flow: str, source: str, target: str) -> None:
        if source not in self.boxes or target not in self.boxes:
            return
        edge = self.drawn.lines[flow]
        old = edge.inside("waypoint")
        for new in waypoints(self.prefix, line_between(self.boxes[source], self.boxes[target])):
            self.splices.add(edge, new, old[-1])
        for tag in old:
            self.splices.remove(tag)

    def add_lane(self, name: str, beside: str, parties: Iterable[str]) -> None:
        """Draws a new lane below the others, and makes the pool reach as far."""
        if beside not in self.boxes:
            return
        lanes = [self.boxes[n] for n in self.lanes if n in self.boxes and n not in parties]
        own = self.boxes[beside]
        column = [box for box in lanes if box.x == own.x]
        bottom = max((box.bottom for box in column), default=own.bottom)
        box = self.boxes[name] = Box(own.x, bottom, own.width, _LANE)
        self.lanes.add(name)
        self._add(new_shape(self.prefix, name, box, isHorizontal="true"), beside)
        for party in parties:
            pool = self.boxes.get(party)
            if pool is not None and party in self.drawn.shapes:
                self._set(party, Box(pool.x, pool.y, pool.width, max(pool.height, box.bottom - pool.y)))

    def _set(self, name: str, box: Box) -> None:
        """Gives a shape that was drawn another place or size, its label along."""
        old = self.boxes[name]
        self.boxes[name] = box
        shape = self.drawn.shapes.get(name)
        if shape is None:
            return
        for bounds in shape.inside("Bounds"):
            self._bounds(bounds, old, box)
        for label in shape.inside("BPMNLabel"):
            for bounds in label.inside("Bounds"):
                for axis, by in (("x", box.x - old.x), ("y", box.y - old.y)):
                    if by:
                        self.splices.set(bounds, axis, number(float(bounds.get(axis) or 0) + by))

    def _bounds(self, bounds: Tag, old: Box, new: Box) -> None:
        for side in ("x", "y", "width", "height"):
            if getattr(old, side) != getattr(new, side):
                self.splices.set(bounds, side, number(getattr(new, side)))

    def _add(self, new: NewTag, near: str) -> None:
        """Adds to the plane on which something near stands."""
        shape = self.drawn.shapes.get(near) or next(iter(self.drawn.shapes.values()), None)
        if shape is not None:
            plane = self.splices.text.above[shape]
            self.splices.add(plane, new, plane.children[-1])
