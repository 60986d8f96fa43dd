"""Which types of objects does a store hold now that a source came, changed or went? Only those it touches are made again.

A type is made from the rows of its sources and from the events that were given to it by period. When a type changes,
so do those that its events are joined to; the parent comes first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from ketenreis.errors import MappingError
from ketenreis.events.amending import Arrival, amend
from ketenreis.events.engine import name as quoted
from ketenreis.events.joining import Joined, find_under_way, join_by_period
from ketenreis.events.mapping import END_OF_FILE
from ketenreis.events.normal import Normal, StagedAttribute, normalise
from ketenreis.events.objects import Rows
from ketenreis.events.periods import Period
from ketenreis.events.pseudonyms import Pseudonyms, settled_sql
from ketenreis.events.rows import Kept, extract, hide, keep, together
from ketenreis.events.store import EventStore, ObjectType

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Party:
    """A source as it takes part in types of objects.

    Attributes:
        name: Its name.
        number: Its number.
        types: The types its rows name, that of its cases first.
        join: By type, to objects of which type its events are given, and when.
        closing: What closes objects, by type, where it says so.
        labels: Element ids by label.
        kept: Its rows by type, for types that have them apart.
        joined: How many of its events were given to other objects.
    """

    name: str
    number: int
    types: tuple[str, ...]
    join: Mapping[str, Period] = field(default_factory=dict, hash=False)
    closing: Mapping[str, str] = field(default_factory=dict, hash=False)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    kept: Mapping[str, Kept] = field(default_factory=dict, hash=False)
    joined: tuple[Joined, ...] = ()

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> "Party":
        """A source as the manifest says it."""
        return cls(
            said["name"],
            said["number"],
            tuple(said.get("objects") or [said["object"]]),
            {parent: Period.read(each, "the manifest") for parent, each in said.get("join", {}).items()},
            said.get("closing", {}),
            {},
            {type_: Kept.from_dict(each) for type_, each in said.get("kept", {}).items()},
            tuple(Joined(**each) for each in said.get("joined", ())),
        )

    def to_dict(self) -> dict[str, Any]:
        """What the manifest says of it, beside its papers."""
        return {
            "name": self.name,
            "number": self.number,
            "object": self.types[0],
            "objects": list(self.types),
            "join": {parent: period.plain() for parent, period in self.join.items()},
            "closing": dict(self.closing),
            "kept": {type_: each.to_dict() for type_, each in self.kept.items()},
            "joined": [each.to_dict() for each in self.joined],
        }


@dataclass(frozen=True, slots=True)
class Fresh:
    """A source that comes in: who it is, and what makes `staged` with its rows of a type."""

    party: Party
    stage: Callable[[str], Rows]


@dataclass(frozen=True, slots=True)
class Guest:
    """A source whose events may be given to objects that its rows do not name, by the period of the join."""

    party: Party
    parent: str
    period: Period


@dataclass(frozen=True, slots=True)
class _Words:
    """The labels of a type, with the elements they are tied to, and what closes its objects."""

    labels: Mapping[str, tuple[str, ...]]
    closing: str

    def of(self, said: str) -> list[str]:
        """The labels meant by a label or an element; none for "" and for the end of the file."""
        if said in {"", END_OF_FILE}:
            return []
        return [said, *(label for label, elements in self.labels.items() if said in elements)]


@dataclass(frozen=True, slots=True)
class Assembled:
    """What became of the types.

    Attributes:
        made: The types that were made again, in order.
        gone: Types that no source brings any more.
        parties: Every source as it now takes part, in the order of the store.
    """

    made: Mapping[str, Normal] = field(hash=False)
    gone: frozenset[str]
    parties: tuple[Party, ...]


def assemble(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    old: Mapping[str, Any] | None,
    generation: int,
    pseudonyms: Pseudonyms,
    *,
    fresh: Fresh | None = None,
    leaving: str = "",
    again: frozenset[str] = frozenset(),
    progress: Progress = lambda _done, _what: None,
) -> Assembled:
    """Makes the types again that a coming or leaving source touches.

    Args:
        con: For `fresh`, ready to stage.
        folder: The store.
        old: Its manifest; null for a new one.
        generation: Under which files are written.
        pseudonyms: Replace names of people.
        fresh: The source that comes, in the place of one of that name.
        leaving: The name of the source that goes.
        again: Types to make again although no source of theirs comes or goes.
        progress: Told how far it is.

    Raises:
        MappingError: Types are joined in a circle.
    """
    before = [Party.from_dict(each) for each in (old["sources"] if old else [])]
    name = fresh.party.name if fresh else leaving
    parties = {each.name: each for each in before if each.name != name}
    touched = {type_ for each in before if each.name == name for type_ in _reach(each)}
    touched |= again
    if fresh:
        parties[name] = fresh.party
        touched |= set(_reach(fresh.party))
    held = EventStore.open(folder).types if old else {}
    made: dict[str, Normal] = {}
    gone: set[str] = set()
    order = list(_parents_first(touched, parties.values()))
    for i, type_ in enumerate(order):
        own = [each for each in parties.values() if type_ in each.types]
        guests = [
            Guest(each, parent, period)
            for each in parties.values()
            for parent, period in each.join.items()
            if period.to == type_
        ]
        if not own:
            gone.add(type_)
            for guest, counts in _joined(con, folder, type_, guests, (), _Words({}, ""), parties):
                parties[guest] = _with_counts(parties[guest], counts)
            continue
        for each in own:  # what is the only source so far has its rows in the normal form alone
            if each.name != name and type_ not in each.kept and (len(own) > 1 or guests):
                rows = extract(con, folder, held[type_], each.name, each.number, generation)
                parties[each.name] = replace(each, kept={**each.kept, type_: rows})
        own = [parties[each.name] for each in own]
        told = _Told(con, folder, generation, pseudonyms, _part(progress, i, len(order)))
        labels = {**(held[type_].labels if type_ in held else {}), **(fresh.party.labels if fresh else {})}
        closing = _closing(type_, own, name)
        if fresh and type_ in fresh.party.types:
            staged = fresh.stage(type_)
            _settle(con, staged)
            alone = len(own) == 1 and not guests
            if alone and not staged.joins:
                made[type_] = told.normalised(type_, staged, labels, closing)
                continue
            hide(con, staged, pseudonyms)
            rows = keep(con, folder, name, type_, generation, staged)
            parties[name] = replace(parties[name], kept={**parties[name].kept, type_: rows})
        words = _Words(labels, closing)
        now = held.get(type_)
        arrival = _arrival(type_, name, before, parties) if now else None
        made[type_], counted = told.merged(
            type_, [each.name for each in own], guests, parties, words, now, arrival
        )
        for guest, counts in counted:
            parties[guest] = _with_counts(parties[guest], counts)
    places = {each.name: i for i, each in enumerate(before)}
    ordered = sorted(parties.values(), key=lambda each: places.get(each.name, len(places)))
    return Assembled(made, frozenset(gone), tuple(ordered))


@dataclass(frozen=True, slots=True)
class _Told:
    """What stays the same for every type that is made."""

    con: duckdb.DuckDBPyConnection
    folder: Path
    generation: int
    pseudonyms: Pseudonyms
    progress: Progress

    def normalised(
        self,
        type_: str,
        rows: Rows,
        labels: Mapping[str, tuple[str, ...]],
        closing: str,
        *,
        hidden: bool = False,
    ) -> Normal:
        """The normal form of `staged`, in which the names of people are hidden already or not."""
        attributes = (
            [replace(each, personal=False) for each in rows.attributes] if hidden else rows.attributes
        )
        normal = normalise(
            self.con,
            self.folder,
            type_,
            self.generation,
            attributes,
            labels=labels,
            closing=closing,
            pseudonyms=self.pseudonyms,
            personal_cases=rows.personal and not hidden,
            progress=self.progress,
        )
        personal = {each.name for each in rows.attributes if each.personal}
        own = tuple(replace(each, personal=each.name in personal) for each in normal.type.own_attributes)
        whole = replace(normal, type=replace(normal.type, own_attributes=own))
        return self.without_objects(rows.attributes, whole)

    def merged(
        self,
        type_: str,
        own: Sequence[str],
        guests: Sequence[Guest],
        parties: Mapping[str, Party],
        words: _Words,
        held: ObjectType | None,
        arrival: Arrival | None,
    ) -> tuple[Normal, list[tuple[str, Joined]]]:
        """The normal form of the rows of several sources; only what an arrival touches is written, where that will do."""
        kept = [parties[name].kept[type_] for name in own]
        guest_rows = [parties[each.party.name].kept[each.parent] for each in guests]
        attributes = together(self.con, self.folder, kept, guest_rows, without=type_)
        self.con.execute("CREATE OR REPLACE TABLE given AS FROM gathered LIMIT 0")
        counted = list(_joined(self.con, self.folder, type_, guests, attributes, words, parties))
        amended = None
        if held and arrival:
            said = replace(held, labels=words.labels, closing=words.closing)
            amended = amend(self.con, self.folder, held, self.generation, attributes, arrival, said)
        if amended is None:
            self.con.execute("CREATE OR REPLACE TABLE staged AS FROM gathered UNION ALL FROM given")
            whole = self.normalised(type_, Rows(attributes), words.labels, words.closing, hidden=True)
        self.con.execute("DROP TABLE given; DROP VIEW gathered")
        return (self.without_objects(attributes, amended) if amended else whole), counted

    def without_objects(self, attributes: Sequence[StagedAttribute], normal: Normal) -> Normal:
        """The same, without what is no remarkable thing: that a customer has several deliveries."""
        objects = {each.name for each in attributes if each.column.startswith("o_")}
        flips = {name: times for name, times in normal.flips.items() if name not in objects}
        return replace(normal, flips=flips)


def _arrival(type_: str, name: str, before: Sequence[Party], parties: Mapping[str, Party]) -> Arrival | None:
    """What a coming or leaving source says otherwise of a type; null when that cannot be told apart, or none does."""
    was, now = next((each for each in before if each.name == name), None), parties.get(name)
    known = now or was
    if known is None or (was and type_ in was.types and type_ not in was.kept):
        return None
    kept = now.kept if now and type_ in now.types else {}
    return Arrival(known.number, was.kept.get(type_) if was else None, kept.get(type_))


def _joined(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    type_: str,
    guests: Sequence[Guest],
    attributes: Sequence[StagedAttribute],
    words: _Words,
    parties: Mapping[str, Party],
) -> Iterator[tuple[str, Joined]]:
    """Adds to `given` what other sources' events were about, parent type by parent type."""
    ways = list(dict.fromkeys((each.parent, each.period) for each in guests))
    # every period is found first: it is about the objects' own events, and not about what is given to them
    unended = []
    for i, (parent, period) in enumerate(ways):
        since, until = words.of(period.since), words.of(period.until or words.closing)
        unended.append(find_under_way(con, attributes, parent, since, until, period.grace_us))
        if unended[-1] is not None:
            con.execute(f"CREATE OR REPLACE TABLE under_way_{i} AS FROM under_way")
    for each in guests:
        number = ways.index((each.parent, each.period))
        if unended[number] is not None:
            con.execute(f"CREATE OR REPLACE TABLE under_way AS FROM under_way_{number}")
        rows = parties[each.party.name].kept[each.parent]
        counts = join_by_period(con, folder, rows, attributes, (each.parent, type_), unended=unended[number])
        yield each.party.name, counts


def _settle(con: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Gives one person one number in `staged`, however the source wrote it."""
    columns = [each.column for each in rows.attributes if each.personal and each.role == "customer"]
    for column in [*columns, *(["case_id"] if rows.personal else [])]:
        said = settled_sql(quoted(column))
        con.execute(f"UPDATE staged SET {quoted(column)} = {said} WHERE {quoted(column)} <> {said}")


def _with_counts(party: Party, counts: Joined) -> Party:
    """The source with these counts in the place of its old ones of the same join."""
    others = (each for each in party.joined if (each.parent, each.child) != (counts.parent, counts.child))
    return replace(party, joined=(*others, counts))


def _reach(party: Party) -> Iterator[str]:
    """The types that a source has a part in."""
    yield from party.types
    yield from (period.to for period in party.join.values())


def _parents_first(touched: set[str], parties: Any) -> Iterator[str]:
    """The touched types, and those that touched ones are joined to, in the order in which they can be made."""
    edges = {(parent, period.to) for each in parties for parent, period in each.join.items()}
    waiting = set(touched)
    while more := {child for parent, child in edges if parent in waiting} - waiting:
        waiting |= more
    while waiting:
        free = sorted(each for each in waiting if not any(c == each and p in waiting for p, c in edges))
        if not free:
            raise MappingError(
                f"The types {', '.join(sorted(waiting))} are joined in a circle; leave one of these joins out."
            )
        yield from free
        waiting -= set(free)


def _closing(type_: str, own: Sequence[Party], first: str) -> str:
    """What closes the objects of a type: what the source at hand says, else another of its sources."""
    said = [
        each.closing[type_]
        for each in sorted(own, key=lambda each: each.name != first)
        if type_ in each.closing
    ]
    return next((each for each in said if each != END_OF_FILE), END_OF_FILE)


def _part(progress: Progress, i: int, count: int) -> Progress:
    """Progress within the i-th of so many parts."""
    return lambda done, what: progress((i + done) / count, what)
