"""Which nodes does a YAML text consist of, and where does each stand?

The events of the parser are read one by one instead of composing the whole at once: so depth is bounded, and anchors,
tags and second documents are refused where they stand. All scalars stay text; the metamodel gives them their type.
"""

from dataclasses import dataclass

import yaml

from ketenreis.findings import Place
from ketenreis.notation.found import Found

MAX_BYTES = 5_000_000
"""Far beyond what anyone keeps in one file, and still read in seconds."""

MAX_DEPTH = 40
"""Deeper than journeys nest; a text this deep is a mistake."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, as text; plain when it was written without quotes."""

    place: Place
    text: str
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    place: Place
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Keys with their nodes, in the order they are written; each key once."""

    place: Place
    entries: tuple[tuple[Scalar, "Node"], ...]

    def get(self, key: str) -> "Node | None":
        """The node under a key."""
        return next((node for name, node in self.entries if name.text == key), None)


Node = Scalar | Sequence | Record


def compose(data: bytes, file: str, found: Found) -> Node | None:
    """Reads the nodes of one file.

    Args:
        data: What the file holds.
        file: Its name, for places.
        found: Receives what is wrong with it.

    Returns:
        The one node of the file; None when it cannot be read or holds nothing.
    """
    start = Place(file, 1)
    if len(data) > MAX_BYTES:
        found.add("file_too_large", start, {"file": file, "limit": MAX_BYTES // 1_000_000})
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        found.add("byte_order_mark", start, {"file": file}, level="advice")
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        place = Place(file, before.count(b"\n") + 1, problem.start - before.rfind(b"\n"))
        found.add("not_utf8", place, {"file": file})
        return None
    found.open(file, text)
    try:
        builder = _Builder(file, found)
        node = builder.build(text)
    except yaml.YAMLError as problem:
        place = _where(problem, data, file)
        line = found.line(place)
        indent = line[: len(line) - len(line.lstrip())]
        name = "tab_indent" if "\t" in indent else "yaml_unreadable"
        said = getattr(problem, "problem", None) or getattr(problem, "reason", None)
        found.add(name, place, {"problem": str(said or problem)})
        return None
    except _Unreadable:
        return None
    builder.note_comment(text)
    if node is None or (isinstance(node, Scalar) and not node.text):
        found.add("file_empty", start, {"file": file}, level="advice")
        return None
    return node


class _Unreadable(Exception):  # noqa: N818  # never leaves this module, so it is no error of ours
    """Reading stops here; the finding has been added."""


class _Open:
    """A list or record whose end has not been read yet."""

    def __init__(self, place: Place, *, record: bool) -> None:
        self.place, self.record = place, record
        self.nodes: list[Node] = []


class _Builder:
    def __init__(self, file: str, found: Found) -> None:
        self.file, self.found = file, found
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.spans: list[tuple[int, int]] = []

    def build(self, text: str) -> Node | None:
        documents = 0
        for event in yaml.parse(text, Loader=_LOADER):
            place = self.place(event)
            match event:
                case yaml.ScalarEvent():
                    self.refuse(event, place)
                    if event.start_mark and event.end_mark:
                        self.spans.append((event.start_mark.index, event.end_mark.index))
                    self.put(Scalar(place, event.value, event.implicit[0]))
                case yaml.CollectionStartEvent():
                    self.refuse(event, place)
                    self.open.append(_Open(place, record=isinstance(event, yaml.MappingStartEvent)))
                    if len(self.open) > MAX_DEPTH:
                        self.found.add("too_deep", place, {"limit": MAX_DEPTH})
                        raise _Unreadable
                case yaml.CollectionEndEvent():
                    self.put(self.closed(self.open.pop()))
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self.found.add("several_documents", place)
                        raise _Unreadable
                case yaml.AliasEvent():
                    self.found.add("anchor_refused", place, {"written": f"*{event.anchor}"})
                    self.put(Scalar(place, ""))
        return self.root

    def note_comment(self, text: str) -> None:
        """Notes the first comment: a hash that stands in no scalar. The model has no place for comments."""
        at = 0
        for start, end in (*self.spans, (len(text), len(text))):
            if (found := text.find("#", at, start)) >= 0:
                line_start = text.rfind("\n", 0, found) + 1
                self.found.comments.append(
                    Place(self.file, text.count("\n", 0, found) + 1, found - line_start + 1)
                )
                return
            at = max(at, end)

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file, 1)

    def refuse(self, event: yaml.NodeEvent, place: Place) -> None:
        if event.anchor is not None:
            self.found.add("anchor_refused", place, {"written": f"&{event.anchor}"})
        if (tag := getattr(event, "tag", None)) is not None:
            self.found.add("tag_refused", place, {"tag": tag.replace("tag:yaml.org,2002:", "!!")})

    def put(self, node: Node) -> None:
        if self.open:
            self.open[-1].nodes.append(node)
        else:
            self.root = node

    def closed(self, group: _Open) -> Node:
        if not group.record:
            return Sequence(group.place, tuple(group.nodes))
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, node in zip(group.nodes[::2], group.nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.found.add("text_expected", key.place, {"key": "–", "value": "…"})
            elif key.text == "<<" and key.plain:
                self.found.add("anchor_refused", key.place, {"written": "<<"})
            elif key.text in entries:
                first = entries[key.text][0].place.line
                self.found.add("duplicate_key", key.place, {"key": key.text[:60], "first": first})
            else:
                entries[key.text] = (key, node)
        return Record(group.place, tuple(entries.values()))


def _where(problem: yaml.YAMLError, data: bytes, file: str) -> Place:
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    if mark is not None:
        return Place(file, mark.line + 1, mark.column + 1)
    before = data[: getattr(problem, "position", 0)]
    return Place(file, before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
