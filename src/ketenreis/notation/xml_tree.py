"""Which elements does an XML text hold, and at which bytes does each of them stand?

Knowing the bytes lets a file be edited in place: whatever nobody changed stays as it was, to the last space. Read with
expat, whose positions are exact; entities of a file's own are refused, because a few of them can grow without end.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from xml.parsers import expat

from ketenreis.findings import Finding, Place

MAX_BYTES = 20_000_000
"""A hundred times the largest drawing that any tool exports."""

MAX_DEPTH = 200
"""Deeper than processes nest; a text this deep was made to do harm."""

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:\-]+)["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One element of an XML text.

    Attributes:
        name: Its name without prefix.
        space: Its namespace; empty for none.
        attributes: Values by name; those of another namespace as `{namespace}name`.
        children: The elements directly in it.
        text: What is written directly in it, without the spaces around.
        place: Where it starts in the file.
        start, inner: The bytes (of the text as UTF-8) where its start tag begins, and just past that.
        outer, end: The bytes where its end tag begins, and just past that; both `inner` when it closes itself.
    """

    name: str
    space: str
    attributes: Mapping[str, str]
    children: tuple["Tag", ...]
    text: str
    place: Place
    start: int
    inner: int
    outer: int
    end: int

    def get(self, name: str) -> str:
        """The value of an attribute; empty when it has none."""
        return self.attributes.get(name, "")

    def all(self) -> Iterator["Tag"]:
        """The element itself and everything in it, in the order of the text."""
        waiting = [self]
        while waiting:
            tag = waiting.pop()
            yield tag
            waiting.extend(reversed(tag.children))

    def inside(self, *names: str) -> tuple["Tag", ...]:
        """The elements of these names that stand directly in it."""
        return tuple(child for child in self.children if child.name in names)


@dataclass(frozen=True)
class XmlText:
    """An XML text with the places of its elements.

    Attributes:
        root: The outermost element.
        utf8: The whole text as UTF-8; the places of elements are bytes of this.
        encoding: How the file itself is encoded; mark: the bytes before its text.
        prefixes: The prefix of each namespace that the outermost element declares, by namespace.
    """

    root: Tag
    utf8: bytes
    encoding: str
    mark: bytes = b""
    prefixes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def above(self) -> Mapping[Tag, Tag]:
        """The element around each element."""
        return {child: tag for tag in self.root.all() for child in tag.children}

    def encoded(self, utf8: bytes) -> bytes:
        """A changed text as bytes of the file's own encoding; what that cannot hold is written as a number."""
        return self.mark + utf8.decode("utf-8").encode(self.encoding, "xmlcharrefreplace")


def read_xml(data: bytes, file: str) -> XmlText | Finding:
    """Reads an XML text.

    Args:
        data: What the file holds.
        file: Its name, for places.

    Returns:
        The text with its elements; a finding with its place when it cannot be read.

    Example:
        >>> text = read_xml(b"<a><b x='1'/>more</a>", "a.xml")
        >>> [tag.name for tag in text.root.all()], text.root.children[0].get("x")
        (['a', 'b'], '1')
    """
    if len(data) > MAX_BYTES:
        return _finding("file_too_large", Place(file, 1), file=file, limit=MAX_BYTES // 1_000_000)
    mark, encoding = _encoding(data)
    try:
        text = data[len(mark) :].decode(encoding)
        utf8 = text.encode("utf-8")
    except LookupError:
        return _finding("xml_encoding", Place(file, 1), encoding=encoding)
    except UnicodeError as problem:
        at = data[: problem.start] if isinstance(problem, UnicodeDecodeError) else b""
        place = Place(file, at.count(b"\n") + 1, max(1, len(at) - at.rfind(b"\n")))
        return _finding("xml_encoding", place, encoding=encoding)
    builder = _Builder(file, utf8)
    try:
        builder.read()
    except expat.ExpatError as problem:
        place = Place(file, problem.lineno, problem.offset + 1)
        return _finding("xml_unreadable", place, problem=expat.ErrorString(problem.code))
    except _Refused as refused:
        return refused.finding
    root = builder.tops[0].closed()
    return XmlText(root, utf8, encoding, mark, MappingProxyType(builder.prefixes))


def _finding(name: str, place: Place, /, **parameters: str | int) -> Finding:
    return Finding(name, "error", parameters=parameters, place=place)


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The mark at the start of a file, and the encoding of what follows."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, encoding
    for start, encoding in _WIDE:
        if data.startswith(start):
            return b"", encoding
    declared = _DECLARED.match(data[:300])
    name = declared[1].decode("ascii", "replace") if declared else "utf-8"
    return b"", "utf-8" if name.lower() in ("utf8", "utf-16", "us-ascii", "ascii") else name


class _Refused(Exception):  # noqa: N818  # never leaves this module, so it is no error of ours
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class _Open:
    """An element whose end has not been read yet."""

    __slots__ = ("attributes", "children", "end", "inner", "name", "outer", "place", "space", "start", "text")

    def __init__(self, name: str, attributes: dict[str, str], place: Place, start: int, inner: int) -> None:
        self.space, _, self.name = name.rpartition(" ")
        self.attributes = {_attribute(key): value for key, value in attributes.items()}
        self.children: list[Tag] = []
        self.text: list[str] = []
        self.place, self.start, self.inner = place, start, inner
        self.outer = self.end = inner

    def closed(self) -> Tag:
        text = "".join(self.text).strip()
        attributes = MappingProxyType(self.attributes)
        return Tag(
            self.name, self.space, attributes, tuple(self.children), text, self.place,
            self.start, self.inner, self.outer, self.end,
        )  # fmt: skip


def _attribute(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"{{{space}}}{local}" if space else local


class _Builder:
    def __init__(self, file: str, utf8: bytes) -> None:
        self.file, self.utf8 = file, utf8
        self.open: list[_Open] = []
        self.tops: list[_Open] = []
        self.prefixes: dict[str, str] = {}
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.close
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.refuse
        self.parser.StartNamespaceDeclHandler = self.declare

    def read(self) -> None:
        self.parser.Parse(self.utf8, True)

    def place(self) -> Place:
        return Place(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def declare(self, prefix: str | None, space: str) -> None:
        if not self.open:
            self.prefixes.setdefault(space, prefix or "")

    def refuse(self, *_: object) -> None:
        raise _Refused(_finding("xml_entities_refused", self.place()))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise _Refused(
                _finding("xml_unreadable", self.place(), problem=f"nested deeper than {MAX_DEPTH}")
            )
        at = self.parser.CurrentByteIndex
        self.open.append(_Open(name, attributes, self.place(), at, _past_tag(self.utf8, at)))

    def characters(self, text: str) -> None:
        self.open[-1].text.append(text)

    def close(self, _: str) -> None:
        tag = self.open.pop()
        if self.utf8[tag.inner - 2 : tag.inner] != b"/>":
            tag.outer = self.parser.CurrentByteIndex
            tag.end = self.utf8.index(b">", tag.outer) + 1
        if self.open:
            self.open[-1].children.append(tag.closed())
        else:
            self.tops.append(tag)


_TAG_END = re.compile(rb"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")


def _past_tag(utf8: bytes, start: int) -> int:
    """The byte just past the start tag that begins at a byte; a bracket within quotes ends nothing."""
    end = _TAG_END.match(utf8, start)
    return end.end() if end else len(utf8)
