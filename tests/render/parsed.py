"""Reads drawn HTML back as a tree, strictly: every element must be closed by its own end."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "col", "hr", "meta", "link"}


@dataclass
class Node:
    """An element with what stands in it."""

    name: str
    attributes: dict
    inside: list = field(default_factory=list)
    parent: "Node | None" = field(default=None, repr=False)

    def all(self, *names):
        """Every element below, of these names when given."""
        for child in self.inside:
            if isinstance(child, Node):
                if not names or child.name in names:
                    yield child
                yield from child.all(*names)

    def of_class(self, name):
        """Every element below that has this class."""
        return [node for node in self.all() if name in (node.attributes.get("class") or "").split()]

    @property
    def text(self):
        """What it says, with single spaces."""
        said = " ".join(child if isinstance(child, str) else child.text for child in self.inside)
        return " ".join(said.split())


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.at = self.root = Node("", {})

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        node = Node(tag, dict(attrs), parent=self.at)
        self.at.inside.append(node)
        if tag not in _VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.at.name == tag, f"<{self.at.name}> is closed by </{tag}>"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.inside.append(data)


def parsed(html):
    """The tree of a document or a part of one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.at is reader.root, f"<{reader.at.name}> is never closed"
    return reader.root
