"""What would a sheet that comes back change, and what in it is not understood?

The sheet is held against the model that it was a picture of, so that only what somebody changed in the sheet becomes an
edit; each edit carries the old value that the sheet was made from. What others changed since stays: an edit of the same
field is set aside and told. Rows and columns that the sheet does not hold are left alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from ketenreis.findings import Finding, Level, Place
from ketenreis.model import Edge, Element, Model
from ketenreis.model.applying import Conflict, apply
from ketenreis.model.edits import (
    LAST,
    Edit,
    Insert,
    Move,
    Relate,
    Remove,
    Unrelate,
    Update,
    preceding,
    touched,
)
from ketenreis.notation.sheets.cells import CellRead, Known, read_cell
from ketenreis.notation.sheets.columns import IDENTITY, PLACE, SheetColumn, columns_of, named, stand_of
from ketenreis.notation.sheets.files import Rows
from ketenreis.notation.sheets.sheet import cell
from ketenreis.notation.slugs import is_id, propose
from ketenreis.notation.typed import SIDES

Standing = Literal["added", "changed", "untouched", "unread"]
MOST_UNREAD = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that says something else than the model did."""

    column: SheetColumn
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the element it is about, and what it would change."""

    number: int
    id: str
    name: str
    standing: Standing
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """What is not understood: in which row, under which heading."""

    finding: Finding
    row: int
    heading: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A sheet held against a model.

    Attributes:
        rows: Every row, in order.
        edits: What it comes down to on the model as it is now; none when nothing differs.
        unread: What was not understood; left as it was.
        clashes: What somebody else changed since; theirs stays.
        without_id: Whether no column holds ids, so that every row is new.
    """

    rows: tuple[SheetRow, ...]
    edits: tuple[Edit, ...]
    unread: tuple[Unread, ...]
    clashes: tuple[Conflict, ...]
    without_id: bool

    def of(self, standing: Standing) -> tuple[SheetRow, ...]:
        """The rows that stand so."""
        return tuple(row for row in self.rows if row.standing == standing)


def compare(rows: Rows, kind: str, base: Model, now: Model, file: str = "-") -> Compared:
    """Holds a sheet against the model it was made from, and the model as it is now.

    Args:
        rows: Headings and rows, as `read_rows` gives them.
        kind: The kind that it holds.
        base: The model that the sheet is a picture of.
        now: The model as it is now; the same where nobody changed anything since.
        file: What to call it in findings.

    Example:
        >>> model = Model.of([Element("bel", "goal", None, {"name": "Bel", "note": "Nu"})])
        >>> found = compare(((1, ("id", "naam")), (2, ("bel", "Mail")), (3, ("", "Vaker"))), "goal", model, model)
        >>> [(row.id, row.standing) for row in found.rows], len(found.edits)
        ([('bel', 'changed'), ('vaker', 'added')], 2)
    """
    reader = _Reader(rows, kind, base, now, file)
    edits, clashes = fitting(now, reader.edits())
    unread = sorted(reader.unread, key=lambda one: one.row)[:MOST_UNREAD]
    return Compared(tuple(reader.told), edits, tuple(unread), clashes, not reader.has_ids)


def fitting(model: Model, edits: Iterable[Edit]) -> tuple[tuple[Edit, ...], tuple[Conflict, ...]]:
    """The edits that fit a model, and the conflicts of those that do not.

    What somebody else did already is in neither. With an element that cannot be added goes all that was said of it.
    """
    left, clashes = list(edits), list[Conflict]()
    while conflicts := apply(model, left).conflicts:
        gone = {id(conflict.edit) for conflict in conflicts}
        lost = {one.edit.element.id for one in conflicts if isinstance(one.edit, Insert)}
        clashes += [conflict for conflict in conflicts if not _is_done(conflict)]
        left = [edit for edit in left if id(edit) not in gone and touched(edit)[0] not in lost]
    return tuple(left), tuple(clashes)


def _is_done(conflict: Conflict) -> bool:
    """Whether the model says already what the edit would make it say."""
    match conflict.edit:
        case Update(new=new):
            return conflict.reason == "changed" and conflict.stands == new
        case Relate(edge):
            return conflict.reason == "taken" and conflict.stands == edge
        case Unrelate():
            return conflict.reason == "gone"
        case Move(parent=parent):
            return conflict.stands == parent
        case Insert() | Remove():
            return False


@dataclass
class _Row:
    """One row while it is read."""

    number: int
    cells: Mapping[str, str]
    element: Element
    is_new: bool
    values: dict[str, object] = field(default_factory=dict)
    edges: dict[str, tuple[Edge, ...]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


class _Reader:
    """Reads the rows of one sheet: first which elements there are, then what each says."""

    def __init__(self, rows: Rows, kind: str, base: Model, now: Model, file: str) -> None:
        self.kind, self.base, self.now, self.file = kind, base, now, file
        self.unread: list[Unread] = []
        self.told: list[SheetRow] = []
        self.read: list[_Row] = []
        headings = rows[0][1] if rows else ()
        self.columns = named(headings, kind)
        self.columns_by_key = {column.key: column for column in columns_of(kind)}
        self.headings = {
            column.key: heading
            for column, heading in zip(self.columns, headings, strict=True)
            if column is not None
        }
        self.places = {column.key: n for n, column in enumerate(self.columns, 1) if column is not None}
        self.has_ids = IDENTITY in self.headings
        for heading, column in zip(headings, self.columns, strict=True):
            if column is None and heading.strip() and stand_of([heading]) is None:
                self.wrong(rows[0][0], heading, "table_column_unknown", "", column=heading[:60])
        if not rows[1:]:
            self.wrong(rows[0][0] if rows else 1, "", "table_empty", "")
        self.draft(rows[1:])
        self.known = self.everything()
        for row in self.read:
            self.place(row)
        for row in self.read:
            self.fill(row)

    def wrong(
        self,
        row: int,
        heading: str,
        name: str,
        element: str,
        **about: str | int,
    ) -> None:
        """Says what is not understood in a row, under a heading."""
        level: Level = "advice" if name == "table_column_unknown" else "error"
        finding = Finding(name, level, (element,) if element else (), None, about, Place(self.file, row))
        self.unread.append(Unread(finding, row, heading))

    def draft(self, rows: Rows) -> None:
        """Which element each row is about."""
        first: dict[str, int] = {}
        taken = {**dict.fromkeys(self.base.elements), **dict.fromkeys(self.now.elements)}
        for number, cells in rows:
            said = {
                column.key: text
                for column, text in zip(self.columns, cells, strict=False)
                if column is not None
            }
            written = said.get(IDENTITY, "").strip()
            if written and not self.is_usable(number, written, first):
                self.told.append(SheetRow(number, written, said.get("name", ""), "unread"))
                continue
            if written in self.base:
                row = _Row(number, said, self.base[written], is_new=False)
            else:
                schema = Element("", self.kind, None).schema
                name = said.get("name", "").strip() or said.get(schema.title, "").strip()
                if not name and not written:
                    heading = next(
                        (self.headings[key] for key in ("name", schema.title) if key in self.headings), "name"
                    )
                    self.wrong(number, heading, "table_line_without_name", "", column=heading)
                    self.told.append(SheetRow(number, "", "", "unread"))
                    continue
                made = written or propose(name, said.get(PLACE, "").strip(), self.kind, taken)
                row = _Row(number, said, Element(made, self.kind, None), is_new=True)
                taken[made] = None
            first[row.element.id] = number
            self.read.append(row)

    def is_usable(self, number: int, written: str, first: Mapping[str, int]) -> bool:
        """Whether a row may be about the element of that id."""
        heading = self.headings[IDENTITY]
        there = self.base if written in self.base else self.now
        if written in first:
            self.wrong(
                number, heading, "duplicate_id", "", first=f"{self.file}:{first[written]}", id=written[:60]
            )
        elif written in there and there[written].kind != self.kind:
            about = {"key": IDENTITY, "target": written, "kind": there[written].kind, "expected": self.kind}
            self.wrong(number, heading, "wrong_target", "", **about)
        elif written not in there and not is_id(written):
            self.wrong(number, heading, "wrong_id", "", value=written[:60])
        else:
            return True
        return False

    def everything(self) -> Known:
        """All that a cell may refer to: the model then and now, and the new rows."""
        new = {row.element.id: row.element for row in self.read if row.is_new}
        kinds = {each.id: each.kind for each in (*self.base, *self.now, *new.values())}
        names: dict[tuple[str, str], tuple[str, ...]] = {}
        for each in self.now:
            key = each.kind, each.name.casefold()
            names[key] = (*names.get(key, ()), each.id)
        for row in self.read:
            if row.is_new and (name := row.cells.get("name", "").strip()):
                names[self.kind, name.casefold()] = (
                    *names.get((self.kind, name.casefold()), ()),
                    row.element.id,
                )
        return Known(MappingProxyType(kinds), MappingProxyType(names))

    def place(self, row: _Row) -> None:
        """Where the element of a row stands, by the sheet."""
        inside = row.element.schema.inside
        organisation = self.now.organisation
        usual = organisation.id if organisation is not None and "organisation" in inside else None
        said = row.cells.get(PLACE, "").strip()
        was = row.element.parent
        if not row.is_new and (PLACE not in row.cells or said == (was or "")):
            return
        wanted = self.known.resolved(said, inside) if said else usual
        if wanted is not None and self.known.kinds.get(wanted) in inside:
            if wanted not in (was, row.element.id):
                row.differences.append(Difference(self.columns_by_key[PLACE], was or "", wanted))
            row.values[PLACE] = wanted
        elif row.is_new and not said and (not inside or "organisation" in inside):
            row.values[PLACE] = None
        elif said or row.is_new:
            heading = self.headings.get(PLACE, "staat in")
            name, about = "target_expected", {"key": heading}
            if said:
                name, about = (
                    "wrong_target" if wanted in self.known.kinds else "unknown_target",
                    {
                        "key": heading,
                        "target": said[:60],
                        "kind": self.known.kinds.get(wanted or "", ""),
                        "nearest": "–",
                        "expected": ", ".join(inside),
                    },
                )
            self.wrong(row.number, heading, name, "", **about)

    def fill(self, row: _Row) -> None:
        """What the cells of a row say that the model did not."""
        parts: dict[str, dict[str, object]] = {}
        for key, text in row.cells.items():
            column = self.columns_by_key[key]
            if key in (IDENTITY, PLACE):
                continue
            said = text.replace("\r\n", "\n").rstrip()
            was = "" if row.is_new else cell(column, row.element, self.base, "nl")
            if said in (was.rstrip(), self.in_english(column, row)):
                continue
            read = self.understood(row, key, said)
            if read is None:
                continue
            if column.relation is not None:
                if set(read.edges) != set(self.base.out(row.element.id, column.relation.name)):
                    row.edges[column.relation.name] = read.edges
                    row.differences.append(Difference(column, was, said))
            elif column.whole is not None and read.value != column.value_in(row.element):
                row.differences.append(Difference(column, was, said))
                if column.part:
                    parts.setdefault(column.whole.name, {})[column.part] = read.value
                else:
                    row.values[column.whole.name] = read.value
        for name, said_of in parts.items():
            row.values[name] = _merged(row.element, name, said_of)

    def understood(self, row: _Row, key: str, said: str) -> CellRead | None:
        """What a cell says, nothing when it was emptied; None when it cannot be read, which is told."""
        if not said.strip():
            return CellRead()
        at = Place(self.file, row.number, self.places[key])
        read = read_cell(self.columns_by_key[key], said, row.element.id, self.kind, self.known, at)
        self.unread += [Unread(one, row.number, self.headings[key]) for one in read.findings]
        return None if read.findings else read

    def in_english(self, column: SheetColumn, row: _Row) -> str:
        return "" if row.is_new else cell(column, row.element, self.base, "en").rstrip()

    def edits(self) -> list[Edit]:
        """What all rows come down to: new elements first, so that everything may refer to them."""
        added, changed, cut, laid = list[Insert](), list[Edit](), list[Edit](), list[Edit]()
        for row in self.read:
            element = row.element
            if row.is_new:
                if PLACE not in row.values:
                    self.tell(row, "unread")
                    continue
                parent = row.values.pop(PLACE)
                fields = {name: value for name, value in row.values.items() if value is not None}
                added.append(
                    Insert(
                        Element(
                            element.id,
                            self.kind,
                            str(parent) if parent is not None else None,
                            MappingProxyType(fields),
                        )
                    )
                )
            elif (to := row.values.pop(PLACE, element.parent)) != element.parent:
                after = preceding(self.base, element)
                changed.append(Move(element.id, element.parent, after, str(to), LAST))
            if not row.is_new:
                changed += [
                    Update(element.id, name, element.get(name), value) for name, value in row.values.items()
                ]
            for relation, edges in row.edges.items():
                there = self.base.out(element.id, relation) if not row.is_new else ()
                cut += [Unrelate(edge) for edge in there if edge not in edges]
                laid += [Relate(edge) for edge in edges if edge not in there]
            self.tell(row, "added" if row.is_new else "changed" if row.differences else "untouched")
        self.told.sort(key=lambda row: row.number)
        return [*_outside_in(added), *changed, *cut, *laid]

    def tell(self, row: _Row, standing: Standing) -> None:
        name = row.cells.get("name", "").strip() or row.element.name
        self.told.append(SheetRow(row.number, row.element.id, name, standing, tuple(row.differences)))


def _merged(element: Element, name: str, parts: Mapping[str, object]) -> object:
    """A field with some of its parts replaced; None when nothing of it is left."""
    was = element.get(name)
    said = {**(was if isinstance(was, Mapping) else {}), **parts}
    whole = element.schema.field(name)
    order = SIDES if whole is None or whole.type == "sides" else [part.name for part in whole.fields]
    left = {part: said[part] for part in order if said.get(part) is not None}
    return MappingProxyType(left) if left else None


def _outside_in(added: list[Insert]) -> list[Insert]:
    """New elements in an order in which each finds the one that it stands in."""
    new = {edit.element.id for edit in added}
    done: list[Insert] = []
    placed: set[str] = set()
    left = added
    while left:
        ready = [edit for edit in left if edit.element.parent not in new or edit.element.parent in placed]
        if not ready:  # they stand in each other: applying says so
            return [*done, *left]
        done += ready
        placed |= {edit.element.id for edit in ready}
        left = [edit for edit in left if edit.element.id not in placed]
    return done
