"""What does an event store hold? Opens the folder's manifest and says it as one value.

The layout is described in `docs/concepts/event-store.md`.
"""

import difflib
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from ketenreis.errors import StoreError, UnknownAttributeError
from ketenreis.events.times import literal

FORMAT = 1
MANIFEST = "manifest.json"

AttributeType = Literal["category", "number", "moment", "truth"]
Level = Literal["case", "event"]


@dataclass(frozen=True, slots=True)
class StoredAttribute:
    """One attribute of the events or cases of a type.

    Attributes:
        name: Its key in the mapping, else its column in the source.
        source: Its column in the source.
        column: Its column in the normal form ("event") or in the cases ("case").
        type: category, number, moment or truth; says how it is stored.
        level: Whether it stands in `cases/` or in `by/`.
        scale: A number is stored as a BIGINT of the value times 10^scale; null when stored as DOUBLE.
        values: The dictionary of a category or truth: the value of code i stands at i. Empty for large ones.
        values_file: Where a large dictionary stands (Parquet: code, value); null otherwise.
        role: Its mapping key when it has one ("channel", "employee"); "" otherwise.
        personal: Its values are pseudonyms.
    """

    name: str
    source: str
    column: str
    type: AttributeType
    level: Level
    scale: int | None = None
    values: tuple[str, ...] = ()
    values_file: str | None = None
    role: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class StoredActivity:
    """An entry of the dictionary `activity`: a label with a lifecycle ("" when the log has none)."""

    code: int
    label: str
    lifecycle: str
    events: int


@dataclass(frozen=True, slots=True)
class ObjectType:
    """The events and cases of one type of object.

    Attributes:
        name: "case", "order".
        events_files: The Parquet files of the normal form, in the order of case_no.
        cases_file: The Parquet file of the cases.
        cases: How many cases, also those without events.
        events: How many events.
        activities: The dictionary `activity`; code i stands at i.
        own_attributes: Every attribute once.
        closing: "end_of_file", or the labels that close a case as the mapping says it.
        labels: Element ids by event label.
        variants: How many sequences of labels there are.
        amendment: Parquet files with every event of the cases that changed since the others were written: they take the
            place of what the others hold of these cases. None when nothing changed since.
    """

    name: str
    events_files: tuple[str, ...]
    cases_file: str
    cases: int
    events: int
    activities: tuple[StoredActivity, ...]
    own_attributes: tuple[StoredAttribute, ...]
    closing: str
    labels: Mapping[str, tuple[str, ...]] = field(hash=False)
    variants: int = 0
    amendment: tuple[str, ...] = ()

    @property
    def occurring(self) -> tuple[StoredActivity, ...]:
        """The activities that have events: the dictionary may keep some of a source that went."""
        return tuple(each for each in self.activities if each.events)

    @property
    def events_glob(self) -> list[str]:
        """What DuckDB's read_parquet takes for the normal form as it was last written whole; see `events_sql`."""
        return list(self.events_files)

    @property
    def events_sql(self) -> str:
        """The events as they now are, as SQL that can stand after FROM."""
        return live_events(self.events_files, self.amendment)

    @property
    def attributes(self) -> Mapping[str, StoredAttribute]:
        """The attributes by every name they are known by: mapping key, raw column, column without `case:`."""
        known: dict[str, StoredAttribute] = {}
        short: dict[str, StoredAttribute] = {}
        for each in self.own_attributes:
            known[each.name] = each
            known.setdefault(each.source, each)
            short.setdefault(each.source.removeprefix("case:"), each)
        return {**short, **known}

    def attribute(self, name: str) -> StoredAttribute:
        """The attribute of that name.

        Raises:
            UnknownAttributeError: There is none; the message names the nearest.
        """
        known = self.attributes
        if name in known:
            return known[name]
        near = difflib.get_close_matches(name, known, 1, 0.5)
        hint = f"did you mean “{near[0]}”?" if near else f"there are {', '.join(sorted(known)) or 'none'}."
        raise UnknownAttributeError(f"The events of “{self.name}” hold no attribute “{name}”; {hint}")

    @property
    def classes(self) -> Mapping[str, tuple[int, ...]]:
        """Codes of the activities that are an event of an element, by element id; `id.start` for its start.

        Returns:
            An element's class holds the codes of its labels with lifecycle "complete" (or without one). Of a label
            that never completes every lifecycle counts. `id.start` holds those with lifecycle "start".
        """
        found: dict[str, list[int]] = {}
        for label, elements in self.labels.items():
            codes = self.codes(label)
            starts = self.codes(label, start=True)
            for element in elements:
                found.setdefault(element, []).extend(codes)
                if starts:
                    found.setdefault(f"{element}.start", []).extend(starts)
        return {element: tuple(sorted(set(codes))) for element, codes in found.items()}

    def codes(self, label: str, *, start: bool = False) -> tuple[int, ...]:
        """Codes that are an event with this label: its completions (or its starts); empty for an unknown label."""
        mine = [each for each in self.activities if each.label == label]
        if start:
            return tuple(each.code for each in mine if each.lifecycle.lower() == "start")
        done = [each.code for each in mine if each.lifecycle.lower() in {"complete", ""}]
        return tuple(done or (each.code for each in mine))


@dataclass(frozen=True)
class EventStore:
    """An opened event store: what it holds and where, as it was when it was opened.

    Attributes:
        folder: Where it stands.
        generation: Goes up by one with every import.
        first_us: Time of the first event, microseconds since 1970 UTC; null for a store without events.
        last_us: Time of the last event that is not an impossible date; null likewise.
        sources: What each import brought in: name, object, objects, file, rows and imported (ISO time), as plain values.
        types: The object types by name.
    """

    folder: Path
    generation: int
    first_us: int | None
    last_us: int | None
    sources: tuple[Mapping[str, Any], ...] = field(hash=False)
    types: Mapping[str, ObjectType] = field(hash=False)

    @classmethod
    def open(cls, folder: Path | str) -> "EventStore":
        """Opens the store in a folder.

        Raises:
            StoreError: There is none, or a newer version wrote it.
        """
        where = Path(folder)
        manifest = read_manifest(where)
        if manifest is None:
            raise StoreError(f"There is no event store in {where}. `ketenreis events import` makes one.")
        types = {name: _type(where, name, each) for name, each in manifest["types"].items()}
        return cls(
            where,
            manifest["generation"],
            manifest["first_us"],
            manifest["last_us"],
            tuple(manifest["sources"]),
            types,
        )

    def type(self, name: str | None = None) -> ObjectType:
        """The object type of that name; without a name the first.

        Raises:
            StoreError: The store holds no such type.
        """
        if name is None and self.types:
            return next(iter(self.types.values()))
        if name is not None and name in self.types:
            return self.types[name]
        held = ", ".join(self.types) or "none"
        raise StoreError(f"The store in {self.folder} holds no objects of type “{name}”; it holds {held}.")

    def classes(self, name: str | None = None) -> Mapping[str, tuple[int, ...]]:
        """The event classes of a type: see `ObjectType.classes`."""
        return self.type(name).classes

    @cached_property
    def quality(self) -> Mapping[str, Mapping[str, Any]]:
        """The quality report of each source, as plain values."""
        read = {}
        for source in self.sources:
            path = self.folder / str(source["quality"])
            read[str(source["name"])] = json.loads(path.read_text(encoding="utf-8"))
        return read


def live_events(files: Sequence[str], amendment: Sequence[str]) -> str:
    """The events of a type as SQL: those of an amendment in the place of what the other files hold of its cases.

    Example:
        >>> live_events(["by/order/1/part-0000.parquet"], [])
        "read_parquet(['by/order/1/part-0000.parquet'])"
    """
    parts, newer = (
        f"read_parquet([{', '.join(literal(each) for each in some)}])" for some in (files, amendment)
    )
    if not amendment:
        return parts
    return (
        f"(SELECT * FROM {parts} WHERE case_no NOT IN (SELECT case_no FROM {newer}) "
        f"UNION ALL BY NAME SELECT * FROM {newer})"
    )


def room_of(name: str) -> str:
    """The name of the folder of a type or source; one that is no plain word gets a name that is.

    Example:
        >>> room_of("order"), room_of("../Purchase Order")
        ('order', 'Purchase-Order-ef504d')
    """
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:60]
    return (
        name
        if name and plain == name
        else f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:6]}".strip("-")
    )


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a store as plain values; null when there is none.

    Raises:
        StoreError: It cannot be read, or a newer version wrote it.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"The event store in {folder} cannot be read: {error}.") from error
    try:
        manifest: dict[str, Any] = json.loads(text)
        version = manifest["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{folder / MANIFEST} is not the manifest of an event store.") from error
    if version > FORMAT:
        raise StoreError(
            f"The event store in {folder} has format {version}; this version knows {FORMAT}. Use a newer Ketenreis."
        )
    return manifest


def _type(folder: Path, name: str, said: Mapping[str, Any]) -> ObjectType:
    return ObjectType(
        name=name,
        events_files=tuple(str(folder / each) for each in said["events_files"]),
        cases_file=str(folder / said["cases_file"]),
        cases=said["cases"],
        events=said["events"],
        activities=tuple(StoredActivity(*each) for each in said["activities"]),
        own_attributes=tuple(_attribute(folder, each) for each in said["attributes"]),
        closing=said["closing"],
        labels={label: tuple(ids) for label, ids in said["labels"].items()},
        variants=said["variants"],
        amendment=tuple(str(folder / each) for each in said.get("amendment", ())),
    )


def _attribute(folder: Path, said: Mapping[str, Any]) -> StoredAttribute:
    large = said.get("values_file")
    values: Sequence[str] = said.get("values", ())
    return StoredAttribute(
        **{**said, "values": tuple(values), "values_file": str(folder / large) if large else None}
    )
