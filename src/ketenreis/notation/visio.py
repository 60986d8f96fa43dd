"""Which processes does a Visio drawing (.vsdx) hold: swimlanes, shapes, and the connectors glued to them?

Visio knows no activities, only shapes with a master; what a shape stands for follows from its master's name and from what is
glued to it. Each page is a process.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from ketenreis.findings import Finding, Place
from ketenreis.model import Edge, Element, Model
from ketenreis.notation.imported import Imported, Unrepresented
from ketenreis.notation.layout import Box
from ketenreis.notation.ranking import ranked
from ketenreis.notation.slugs import propose
from ketenreis.notation.xml_tree import Tag, read_xml

MAX_PARTS, MAX_PART, MAX_WHOLE = 5_000, 20_000_000, 200_000_000
"""More than any drawing has: a small file may not fill a memory."""

_IMAGES = (".png", ".jpg", ".jpeg", ".emf", ".wmf", ".gif", ".bmp", ".tiff", ".svg")

_KINDS: tuple[tuple[str, str, str], ...] = (
    (r"connector|verbindingslijn|sequence flow|message flow|association|verbinding$", "connector", ""),
    (r"swimlane list|swimlanelijst|cff container|cff-container|pool|phase list|fasenlijst|separator|scheidingslijn", "pool", ""),
    (r"swimlane|functional band|functionele band|zwembaan|baan$|\blane", "lane", ""),
    (r"parallel", "gateway", "parallel"),
    (r"inclusive", "gateway", "inclusive"),
    (r"decision|beslissing|gateway|keuze", "gateway", "exclusive"),
    (r"^start$|start event|startgebeurtenis|^begin$", "event", "start"),
    (r"^end$|end event|eindgebeurtenis|^einde?$|^stop$", "event", "end"),
    (r"start/end|begin/einde|terminator|start/einde|eindpunt", "event", ""),
    (r"intermediate|tussengebeurtenis|reference|verwijzing|referentie|delay|vertraging", "event", "catch"),
    (r"process|proces|task|taak|activity|activiteit|subproc|manual|handmatig|operation|bewerking|step|stap|predefined", "activity", ""),
    (r"document|data|database|gegevens|opslag|store", "data", ""),
    (r"annotation|aantekening|callout|toelichting|title|titel|text|tekst|legend|legenda|note", "remark", ""),
)  # fmt: skip
"""What a shape stands for, by words in the name of its master; the first that fits."""
_UNNAMED = re.compile(r"((page|pagina|seite|zeichenblatt|sheet|blad)[ -]?\d+)?", re.IGNORECASE)
"""What Visio calls a page of itself: that is no name of a process."""


def read_visio(data: bytes, file: str = "drawing.vsdx") -> Imported:
    """Reads a Visio drawing.

    Args:
        data: What the file holds.
        file: Its name.

    Returns:
        A process for each page with steps: shapes are activities, decisions gateways, terminators events, connectors the
        relation `then` with what is written on them, swimlanes roles. Ids are `process/number of the shape`. Never raises
        for what a file holds.

    Source:
        Microsoft (2023), [MS-VSDX] Visio Graphics Service VSDX File Format, sections 2.2.3 and 2.2.5.

    Example:
        >>> [finding.id for finding in read_visio(b"no drawing").findings]
        ['visio_unreadable']
    """
    parts = _parts(data, file)
    if isinstance(parts, Finding):
        return Imported(Model.of(()), (parts,), file=file)
    try:
        drawing = _Drawing(parts, file)
        pages = list(drawing.pages())
    except _Refused as refused:
        return Imported(Model.of(()), (refused.finding,), file=file)
    reader = _Reader(file)
    for name, page in pages:
        reader.read(name, page)
    if not any(element.kind == "process" for element in reader.elements.values()):
        reader.findings.append(
            Finding("visio_without_steps", "warning", parameters={"file": file}, place=Place(file, 1))
        )
    model = Model.of(reader.elements.values(), reader.edges.values())
    left_out, unnamed = tuple(reader.unrepresented), frozenset(reader.unnamed)
    return Imported(model, tuple(reader.findings), left_out, file=file, unnamed=unnamed)


class _Refused(Exception):  # noqa: N818  # never leaves this module, so it is no error of ours
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def _unreadable(file: str, problem: str) -> Finding:
    return Finding(
        "visio_unreadable", "error", parameters={"file": file, "problem": problem}, place=Place(file, 1)
    )


def _parts(data: bytes, file: str) -> Mapping[str, bytes] | Finding:
    """The texts in the archive by path, as long as their sizes are reasonable."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _unreadable(file, "an older Visio format (.vsd)")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.infolist()
            texts = [part for part in found if not part.filename.lower().endswith(_IMAGES)]
            if len(found) > MAX_PARTS or sum(part.file_size for part in texts) > MAX_WHOLE:
                return _unreadable(file, "it unzips to more than any drawing holds")
            read: dict[str, bytes] = {}
            for part in texts:
                if not part.filename.startswith("visio/") or not part.filename.endswith((".xml", ".rels")):
                    continue
                if part.flag_bits & 1:
                    return _unreadable(file, "it is locked with a password")
                with archive.open(part) as opened:
                    read[part.filename] = opened.read(MAX_PART + 1)
                if len(read[part.filename]) > MAX_PART:
                    return _unreadable(file, f"{part.filename} is larger than any drawing holds")
            return read
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,  # a way of zipping that Python does not know
        ValueError,
        RuntimeError,
    ) as problem:
        return _unreadable(file, str(problem) or type(problem).__name__)


@dataclass(frozen=True)
class _Shape:
    """One shape with what its master adds, at its place on the page."""

    id: str
    kind: str
    type: str
    text: str
    box: Box
    is_line: bool
    above: str


@dataclass(frozen=True)
class _Page:
    shapes: tuple[_Shape, ...]
    glue: Mapping[str, Mapping[str, str]]


class _Drawing:
    """The parts of a drawing that matter: pages, and the masters that their shapes come from."""

    def __init__(self, parts: Mapping[str, bytes], file: str) -> None:
        self.parts, self.file = parts, file
        self.masters: dict[str, tuple[str, Tag | None]] = {}
        for tag, path in self.listed("visio/masters/masters.xml", "Master"):
            root = self.xml(path) if path in self.parts else None
            shape = next((s for s in root.all() if s.name == "Shape"), None) if root else None
            self.masters[tag.get("ID")] = (tag.get("NameU") or tag.get("Name"), shape)

    def xml(self, path: str) -> Tag:
        text = read_xml(self.parts[path], path)
        if isinstance(text, Finding):
            raise _Refused(_unreadable(self.file, f"{path}: {text.parameters.get('problem', text.id)}"))
        return text.root

    def listed(self, path: str, name: str) -> Iterator[tuple[Tag, str]]:
        """The entries of a list of parts, each with the path of its part."""
        if path not in self.parts:
            return
        folder = PurePosixPath(path).parent
        rels = f"{folder}/_rels/{PurePosixPath(path).name}.rels"
        targets = {t.get("Id"): t.get("Target") for t in self.xml(rels).all()} if rels in self.parts else {}
        for tag in self.xml(path).inside(name):
            rel = next((rel for rel in tag.inside("Rel")), None)
            reference = next((v for k, v in rel.attributes.items() if k.endswith("}id")), "") if rel else ""
            target = targets.get(reference, "")
            yield tag, target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"

    def pages(self) -> Iterator[tuple[str, _Page]]:
        if "visio/pages/pages.xml" not in self.parts:
            raise _Refused(_unreadable(self.file, "it holds no pages"))
        for tag, path in self.listed("visio/pages/pages.xml", "Page"):
            if tag.get("Background") == "1" or path not in self.parts:
                continue
            root = self.xml(path)
            shapes: list[_Shape] = []
            for group in root.inside("Shapes"):
                self.shapes(group, shapes, (0.0, 0.0), "")
            glue: dict[str, dict[str, str]] = {}
            for connect in (c for group in root.inside("Connects") for c in group.inside("Connect")):
                end = {"BeginX": "source", "EndX": "target"}.get(connect.get("FromCell"))
                if end is not None:
                    glue.setdefault(connect.get("FromSheet"), {})[end] = connect.get("ToSheet")
            yield tag.get("Name") or tag.get("NameU"), _Page(tuple(shapes), glue)

    def shapes(self, group: Tag, found: list[_Shape], origin: tuple[float, float], above: str) -> None:
        for tag in group.inside("Shape"):
            name, master = self.masters.get(tag.get("Master"), ("", None))
            cells = {**_cells(master), **_cells(tag)} if master else _cells(tag)
            width, height = cells.get("Width", 0.0), cells.get("Height", 0.0)
            x = origin[0] + cells.get("PinX", 0.0) - cells.get("LocPinX", width / 2)
            y = origin[1] + cells.get("PinY", 0.0) - cells.get("LocPinY", height / 2)
            named = name or tag.get("NameU") or tag.get("Name")
            kind, type_ = _kind(named)
            text = _text(tag) or (_text(master) if master and not kind else "")
            is_line = "BeginX" in cells or kind == "connector"
            if kind in ("lane", "pool") and not text:
                text = next(
                    (said for inner in tag.all() if inner.name == "Shape" and (said := _text(inner))), ""
                )
            found.append(_Shape(tag.get("ID"), kind, type_, text, Box(x, y, width, height), is_line, above))
            for inner in tag.inside("Shapes"):
                # What stands in a shape of a known kind is only how that is drawn, except in pools, lanes and plain groups.
                deeper = above if kind in ("", "pool", "lane") else above or tag.get("ID")
                self.shapes(inner, found, (x, y), deeper)


def _cells(shape: Tag | None) -> dict[str, float]:
    """The measures of a shape."""
    found: dict[str, float] = {}
    for cell in shape.inside("Cell") if shape else ():
        if cell.get("N") in ("PinX", "PinY", "LocPinX", "LocPinY", "Width", "Height", "BeginX"):
            try:
                found[cell.get("N")] = float(cell.get("V"))
            except ValueError:
                continue
    return found


def _text(shape: Tag) -> str:
    """What is written on a shape; marks for characters and paragraphs divide the text, and are no text themselves."""
    for tag in shape.inside("Text"):
        said = " ".join([tag.text, *(inner.text for inner in tag.children)])
        return " ".join("".join(c if c.isprintable() else " " for c in said).split())[:300]
    return ""


def _kind(name: str) -> tuple[str, str]:
    plain = re.sub(r"\.\d+$", "", name).strip().casefold()
    for form, kind, type_ in _KINDS if plain else ():
        if re.search(form, plain):
            return kind, type_
    return "", ""


class _Reader:
    """Makes a process of each page."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.elements: dict[str, Element] = {}
        self.edges: dict[tuple[str, str, str], Edge] = {}
        self.findings: list[Finding] = []
        self.unrepresented: list[Unrepresented] = []
        self.unnamed: set[str] = set()

    def process(self, page: str) -> str:
        """The process of a page, called after it; after the file where nobody named the page."""
        is_unnamed = _UNNAMED.fullmatch(page) is not None
        stem = " ".join(PurePosixPath(self.file).stem.split())
        name = page if not is_unnamed else f"{stem} ({page})" if self.unnamed and page else stem
        process = propose(name, "", "process", self.elements)
        self.put(process, "process", None, name=name)
        if is_unnamed:
            self.unnamed.add(process)
        return process

    def read(self, name: str, page: _Page) -> None:
        shapes = {shape.id: shape for shape in page.shapes}
        ways: list[tuple[str, str, str]] = []
        for line in (shape for shape in page.shapes if shape.is_line):
            ends = [
                self.outer(page.glue.get(line.id, {}).get(end, ""), shapes) for end in ("source", "target")
            ]
            if ends[0] in shapes and ends[1] in shapes:
                ways.append((ends[0], ends[1], line.text))
            elif line.kind == "connector":
                about = {"name": line.text or line.id, "page": name}
                self.findings.append(
                    Finding("visio_connector_loose", "warning", parameters=about, place=Place(self.file, 1))
                )
        joined = {end for way in ways for end in way[:2]}
        nodes = {
            shape.id: shape
            for shape in page.shapes
            if not shape.is_line and not shape.above
            and (shape.kind in ("activity", "gateway", "event") or (not shape.kind and shape.id in joined))
        }  # fmt: skip
        if not any(shape.kind in ("activity", "") for shape in nodes.values()):
            return
        process = self.process(" ".join(name.split()))
        order = ranked(nodes, [way[:2] for way in ways])
        for shape in sorted(nodes.values(), key=lambda shape: (order[shape.id], -shape.box.y, shape.box.x)):
            kind = shape.kind or "activity"
            fields = {"name": shape.text, "type": shape.type}
            if kind == "event" and not shape.type:
                fields["type"] = self.end_of(shape.id, ways)
            self.put(f"{process}/{shape.id}", kind, process, **fields)
        for source, target, said in ways:
            if source in nodes and target in nodes:
                key = ("then", f"{process}/{source}", f"{process}/{target}")
                self.edges.setdefault(key, Edge(*key, MappingProxyType({"condition": said} if said else {})))
        self.lanes(process, [shape for shape in page.shapes if shape.kind == "lane"], nodes)
        for shape in page.shapes:
            if shape.kind in ("data", "remark") and not shape.above and shape.text:
                self.unrepresented.append(Unrepresented(shape.id, shape.kind, shape.text, shape.kind))

    def outer(self, shape: str, shapes: Mapping[str, _Shape]) -> str:
        """A connector may be glued to a part of a shape; it means the whole."""
        return shapes[shape].above or shape if shape in shapes else ""

    def end_of(self, shape: str, ways: list[tuple[str, str, str]]) -> str:
        """Whether a terminator starts or ends a process."""
        return "end" if any(way[1] == shape for way in ways) else "start"

    def lanes(self, process: str, lanes: list[_Shape], nodes: Mapping[str, _Shape]) -> None:
        """Who does the work: the smallest lane in which the middle of a shape lies."""
        for node in nodes.values():
            x, y = node.box.middle
            around = [
                lane
                for lane in lanes
                if lane.text and lane.box.x <= x <= lane.box.right and lane.box.y <= y <= lane.box.bottom
            ]
            if not around or (node.kind or "activity") != "activity":
                continue
            name = min(around, key=lambda lane: lane.box.width * lane.box.height).text
            same = (
                e.id
                for e in self.elements.values()
                if e.kind == "role" and e.name.casefold() == name.casefold()
            )
            role = next(same, "") or self.put(
                propose(name, "", "role", self.elements), "role", None, name=name
            )
            key = ("performed_by", f"{process}/{node.id}", role)
            self.edges[key] = Edge(*key)

    def put(self, element_id: str, kind: str, parent: str | None, **fields: str) -> str:
        filled = MappingProxyType({name: value for name, value in fields.items() if value})
        self.elements[element_id] = Element(element_id, kind, parent, filled)
        return element_id
