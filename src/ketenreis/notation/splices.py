"""How does an XML text read after some changes, when everything that nobody changed must stay as it was?

Changes are collected per element and cut into the bytes of the text at the end. New elements take the indentation and the
prefix of what stands around them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from ketenreis.notation.xml_tree import Tag, XmlText

_QUOTE = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


@dataclass(frozen=True, slots=True)
class NewTag:
    """An element that is to be written.

    Attributes:
        name: With its prefix.
        attributes: In the order they are written; one without a value is left out.
        children: What stands in it.
        text: What is written in it, when it has no children.
    """

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: Sequence["NewTag"] = ()
    text: str = ""


def written(tag: NewTag, indent: str | None = None, step: str = "  ", line: str = "\n") -> str:
    """A new element as text.

    Args:
        tag: The element.
        indent: What stands before it on its line; None to write everything on one line.
        step: How much deeper its children stand.
        line: How lines end.

    Example:
        >>> written(NewTag("task", {"id": "a", "name": 'Zegt "ja" & <nee>'}))
        '<task id="a" name="Zegt &quot;ja&quot; &amp; &lt;nee&gt;"/>'
        >>> print(written(NewTag("a", {}, [NewTag("b", text="c")]), ""))
        <a>
          <b>c</b>
        </a>
    """
    said = "".join(f' {name}="{escape(value, _QUOTE)}"' for name, value in tag.attributes.items() if value)
    if not tag.children and not tag.text:
        return f"<{tag.name}{said}/>"
    deeper = None if indent is None else indent + step
    between = "" if deeper is None else line + deeper
    inner = "".join(between + written(child, deeper, step, line) for child in tag.children)
    inner = inner + ("" if indent is None else line + indent) if tag.children else escape(tag.text)
    return f"<{tag.name}{said}>{inner}</{tag.name}>"


class Splices:
    """Changes to one XML text, collected."""

    def __init__(self, text: XmlText) -> None:
        self.text = text
        self._attributes: dict[tuple[Tag, str], str | None] = {}
        self._inner: dict[Tag, str] = {}
        self._names: dict[Tag, str] = {}
        self._removed: dict[Tag, None] = {}
        self._added: dict[Tag, list[tuple[Tag | None, NewTag | str]]] = {}
        self._line = "\r\n" if b"\r\n" in text.utf8 else "\n"

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self._attributes or self._inner or self._names or self._removed or self._added)

    def set(self, tag: Tag, name: str, value: str | None) -> None:
        """Gives an attribute another value; None takes it away."""
        if value != (self.attribute(tag, name)):
            self._attributes[tag, name] = value

    def attribute(self, tag: Tag, name: str) -> str | None:
        """The value of an attribute as it will be."""
        return self._attributes.get((tag, name), tag.attributes.get(name))

    def rename(self, tag: Tag, name: str) -> None:
        """Gives an element another name, with the prefix it has."""
        self._names[tag] = name

    def write(self, tag: Tag, text: str) -> None:
        """Puts other text in an element."""
        self._inner[tag] = text

    def remove(self, tag: Tag) -> None:
        """Takes an element away, with the line it stands on."""
        self._removed[tag] = None

    def is_removed(self, tag: Tag) -> bool:
        """Whether an element, or one around it, will be gone."""
        at: Tag | None = tag
        while at is not None:
            if at in self._removed:
                return True
            at = self.text.above.get(at)
        return False

    def add(self, parent: Tag, new: "NewTag | str", after: Tag | None = None) -> None:
        """Adds an element: behind one of the children, or in front of all when `after` is None.

        Args:
            parent: Where it will stand.
            new: The element, or the text of one that stood elsewhere.
            after: The child it follows.
        """
        self._added.setdefault(parent, []).append((after, new))

    def prefix(self, tag: Tag) -> str:
        """The prefix that an element is written with; empty for none."""
        return self._own_name(tag).rpartition(":")[0]

    def raw(self, tag: Tag) -> str:
        """The text of an element as it stands."""
        return self.text.utf8[tag.start : tag.end].decode()

    def result(self) -> bytes:
        """The text with all changes, as UTF-8."""
        cuts = sorted(self._cuts(), key=lambda cut: cut[:2])  # at one place as they came
        pieces, at, data = [], 0, self.text.utf8
        for start, end, said in cuts:
            if start < at:
                continue  # it stood in something that goes
            pieces += [data[at:start], said.encode()]
            at = end
        return b"".join([*pieces, data[at:]])

    def _cuts(self) -> Iterable[tuple[int, int, str]]:
        for tag in self._removed:
            if not self._gone_around(tag):
                yield self._line_start(tag), tag.end, ""
        for (tag, name), value in self._attributes.items():
            if not self.is_removed(tag):
                yield self._attribute_cut(tag, name, value)
        for tag, name in self._names.items():
            if not self.is_removed(tag):
                yield from self._name_cuts(tag, name)
        for tag, text in self._inner.items():
            if not self.is_removed(tag):
                yield self._filled(tag, escape(text))
        for parent, added in self._added.items():
            if not self.is_removed(parent):
                yield from self._additions(parent, added)

    def _gone_around(self, tag: Tag) -> bool:
        above = self.text.above.get(tag)
        return above is not None and self.is_removed(above)

    def _line_start(self, tag: Tag) -> int:
        """Where the white space begins that leads up to an element."""
        before = self.text.utf8[: tag.start]
        return len(before.rstrip(b" \t\r\n")) if before[-1:].isspace() else tag.start

    def _attribute_cut(self, tag: Tag, name: str, value: str | None) -> tuple[int, int, str]:
        head = self.text.utf8[tag.start : tag.inner]
        said = "" if value is None else f' {name}="{escape(value, _QUOTE)}"'
        pattern = rb"\s+" + re.escape(name.encode()) + rb"""\s*=\s*("[^"]*"|'[^']*')"""
        for match in re.finditer(rb"""(?:\s+[^\s=>"']+\s*=\s*(?:"[^"]*"|'[^']*'))""", head):
            if re.fullmatch(pattern, match[0]):
                if value is not None:  # the white space before it stays as it is
                    blank = len(match[0]) - len(match[0].lstrip())
                    return tag.start + match.start() + blank, tag.start + match.end(), said[1:]
                return tag.start + match.start(), tag.start + match.end(), ""
        opened = re.match(rb"<[^\s/>]+", head)
        at = tag.start + (opened.end() if opened else 1)
        return at, at, said

    def _name_cuts(self, tag: Tag, name: str) -> Iterable[tuple[int, int, str]]:
        for at in {tag.start + 1, tag.outer + 2} if tag.end > tag.inner else {tag.start + 1}:
            written_name = re.match(rb"([^\s/>:]+:)?([^\s/>]+)", self.text.utf8[at : at + 300])
            if written_name:
                yield at + written_name.start(2), at + written_name.end(2), name

    def _filled(self, tag: Tag, inner: str) -> tuple[int, int, str]:
        """An element with other content, also when it closed itself."""
        if tag.end > tag.inner:
            return tag.inner, tag.outer, inner
        return tag.inner - 2, tag.inner, f">{inner}</{self._own_name(tag)}>"

    def _own_name(self, tag: Tag) -> str:
        named = re.match(rb"<([^\s/>]+)", self.text.utf8[tag.start : tag.inner])
        return named[1].decode() if named else tag.name

    def _additions(
        self, parent: Tag, added: Iterable[tuple[Tag | None, NewTag | str]]
    ) -> Iterable[tuple[int, int, str]]:
        own = self._indent(parent)
        child = next((self._indent(c) for c in parent.children), None)
        if child is None and not parent.children and own is not None:
            child = own + self._step(parent)
        said: dict[int, str] = {}
        for after, new in added:
            at = after.end if after is not None else parent.inner
            text = new if isinstance(new, str) else written(new, child, self._step(parent), self._line)
            said[at] = said.get(at, "") + ("" if child is None else self._line + child) + text
        if parent.end == parent.inner:
            closing = "" if own is None else self._line + own
            yield self._filled(parent, "".join(said.values()) + closing)
            return
        bare = not parent.children and own is not None
        for at, text in said.items():
            yield (
                at,
                at,
                text + (self._line + (own or "") if bare and b"\n" not in self._inside(parent) else ""),
            )

    def _inside(self, tag: Tag) -> bytes:
        return self.text.utf8[tag.inner : tag.outer]

    def _indent(self, tag: Tag) -> str | None:
        """The white space before an element on its line; None when something else stands there."""
        start = self.text.utf8.rfind(b"\n", 0, tag.start) + 1
        before = self.text.utf8[start : tag.start]
        return before.decode() if not before.strip() and start else None

    def _step(self, tag: Tag) -> str:
        """How much deeper children stand here: as they do around."""
        above = self.text.above.get(tag)
        own, over = self._indent(tag), self._indent(above) if above is not None else None
        if own is not None and over is not None and own.startswith(over) and own != over:
            return own[len(over) :]
        return "\t" if own and own.startswith("\t") else "  "
