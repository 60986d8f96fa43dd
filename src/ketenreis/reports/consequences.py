"""What would a change mean: whom and what it touches, what past cases say of it, and what it costs; in words and as data."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from ketenreis.analysis.impact import INSIDE, Hit, Hop, Impact, Reached, impact
from ketenreis.analysis.rejudged import Estimate, Rejudged, rejudge
from ketenreis.analysis.workload import Range, Workload, workload
from ketenreis.analysis.yields import Interval
from ketenreis.events.store import EventStore
from ketenreis.measure.predicates import microseconds
from ketenreis.model import COMMON, KIND, KINDS, RELATION, Edit, Element, Field, Kind, Model, diff
from ketenreis.model.calendars import calendars_of
from ketenreis.notation.bpmn import compared
from ketenreis.notation.confirmed import Confirmation, Suspect
from ketenreis.notation.edits_json import value_as_data
from ketenreis.notation.mattering import PARENT, Difference, Key
from ketenreis.reports.valued import NOTHING, apart, labelled, named, shown
from ketenreis.reports.words import Words, sentences, zone_of
from ketenreis.requirements import Requirement, requirement

JUDGED_BY = ("object", "measure", "norms", "population", "exclusions", "tolerance")
"""The fields of a CTQ by which cases are judged."""
Files = Callable[[str], bytes]
"""Gives the kept file of that path, beside the model; nothing where it is gone."""
MOST_DRAWN = 20
"""So many things that a drawing says otherwise are told; of the others their number."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a bundle of edits would mean.

    Attributes:
        old: The model before.
        new: The model after.
        impact: Which elements and relations it touches.
        rejudged: What past cases say of each requirement that is judged otherwise, by id; empty without events.
        workload: What changes in the work.
    """

    old: Model
    new: Model
    impact: Impact
    workload: Workload
    rejudged: Mapping[str, Rejudged] = field(default_factory=lambda: MappingProxyType({}))

    def name(self, element_id: str) -> str:
        """What people call an element, also one that would go."""
        return (self.new if element_id in self.new else self.old).name(element_id)


def consequences(
    old: Model,
    new: Model,
    edits: Iterable[Edit] | None = None,
    confirmed: Mapping[Key, Confirmation] | None = None,
    store: EventStore | None = None,
    now: datetime | None = None,
) -> Consequences:
    """Works out what a change would mean, before it is made or after.

    Args:
        old: The model before.
        new: The model after.
        edits: What leads from one to the other; found by comparing when None.
        confirmed: What was confirmed, also since.
        store: The events; without them nothing is said of past cases.
        now: The moment of judging; the last event unless given.

    Example:
        >>> from ketenreis.model import Update, apply
        >>> from ketenreis.notation import read_text
        >>> old = read_text('''
        ... ctqs: [{id: c, name: On time, norms: [{limit: 1 hour, share: 99%}]}]
        ... processes: [{id: p, activities: [{id: a, name: Send, serves: [c]}]}]
        ... ''').model
        >>> norms = old["c"].get("norms")
        >>> new = apply(old, [Update("c", "norms", norms, ({**norms[0], "share": "95%"},))]).model
        >>> found = consequences(old, new)
        >>> [(hit.edge.source, hit.edge.relation, hit.edge.target) for hit in found.impact.hits]
        [('a', 'serves', 'c')]
    """
    edits = tuple(diff(old, new) if edits is None else edits)
    pairs = judged_otherwise(old, new)
    rejudged = past_cases(pairs, new, store, now) if store is not None and pairs else {}
    return Consequences(
        old, new, impact(old, new, edits, confirmed), workload(old, new), MappingProxyType(rejudged)
    )


def judged_otherwise(old: Model, new: Model) -> tuple[tuple[Requirement, Requirement], ...]:
    """The requirements by which cases would be judged otherwise, each before and after."""
    return tuple(
        (requirement(old[ctq.id]), requirement(ctq))
        for ctq in new.of_kind("ctq")
        if ctq.id in old and any(old[ctq.id].get(name) != ctq.get(name) for name in JUDGED_BY)
    )


def past_cases(
    pairs: Iterable[tuple[Requirement, Requirement]],
    model: Model,
    store: EventStore,
    now: datetime | None = None,
) -> dict[str, Rejudged]:
    """What past cases say of requirements before and after, on the clocks of a model; by id."""
    zone = str(zone_of(model))
    at = None if now is None else microseconds(now)
    return rejudge(pairs, store, now=at, zone=zone, calendars=calendars_of(model))


@dataclass(frozen=True, slots=True)
class Owned:
    """What a change gets to of one owner.

    Attributes:
        who: The role; None where nobody owns it.
        kinds: By kind, in the metamodel's order: what is reached.
    """

    who: Element | None
    kinds: tuple[tuple[Kind, tuple[Reached, ...]], ...]

    @property
    def count(self) -> int:
        """How many elements."""
        return sum(len(ones) for _, ones in self.kinds)


def by_owner(reached: Iterable[Reached]) -> tuple[Owned, ...]:
    """What is reached by owner and kind: owners by name, what nobody owns last."""
    owners: dict[str | None, dict[str, list[Reached]]] = {}
    roles: dict[str | None, Element | None] = {}
    for one in reached:
        name = one.owner.id if one.owner else None
        roles[name] = one.owner
        owners.setdefault(name, {}).setdefault(one.element.kind, []).append(one)
    made = (
        Owned(roles[name], tuple((kind, tuple(kinds[kind.name])) for kind in KINDS if kind.name in kinds))
        for name, kinds in owners.items()
    )
    return tuple(sorted(made, key=lambda one: (one.who is None, one.who.name if one.who else "")))


class Named(Protocol):
    """What knows the names of elements: a model, or two of them."""

    def name(self, element_id: str) -> str:
        """What people call the element of that id."""


def path_in_words(found: Reached, language: str, known: Named) -> str:
    """How a change gets to an element: “A” is served by “B”, in “C”."""
    return hops_in_words(found.start, found.path, language, known)


def hops_in_words(start: str, path: Iterable[Hop], language: str, known: Named) -> str:
    """The same of any way from an element along relations."""
    said = [f"“{known.name(start)}”"]
    for hop in path:
        if hop.relation == INSIDE:
            label = {("nl", True): "in", ("nl", False): "met", ("en", True): "in", ("en", False): "with"}[
                language, hop.forward
            ]
        else:
            relation = RELATION[hop.relation]
            label = getattr(relation, language if hop.forward else f"back_{language}")
        said.append(f"{label} “{known.name(hop.to)}”")
    return f"{said[0]} {', '.join(said[1:])}"


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What an element says otherwise, in words: its name, the field, the value before and after."""

    element: str
    field: str
    before: str
    after: str


def otherwise(
    found: Iterable[Difference], language: str, old: Model, new: Model, files: Files | None = None
) -> Iterator[Otherwise]:
    """What the ends of a relation say otherwise, in words; of a drawing, where both files are kept, also what it says otherwise."""
    for one in found:
        name = (new if one.element in new else old).name(one.element)
        if one.field == PARENT:
            before, after = (
                named(model[str(place)], language) if place in model else str(place or NOTHING)
                for model, place in ((old, one.before), (new, one.after))
            )
            yield Otherwise(name, "in", before, after)
            continue
        schema = (new if one.element in new else old)[one.element].schema
        row = next(field for field in (*COMMON, *schema.fields) if field.name == one.field)
        before, after = (
            shown(value, row, language, model)
            for value, model in zip(_side_by_side(one.before, one.after, row), (old, new), strict=True)
        )
        yield Otherwise(name, labelled(row, language), before, after)
        if one.field == "bpmn" and files is not None:
            yield from _drawn_otherwise(name, one, language, files)


def _drawn_otherwise(name: str, one: Difference, language: str, files: Files) -> Iterator[Otherwise]:
    (was, _, _), (now, _, process) = (str(value or "").partition("#") for value in (one.before, one.after))
    if not was or not now:
        return
    found = compared(files(was), files(now), process)
    for each in found[:MOST_DRAWN]:
        row = RELATION.get(each.what) or KIND[each.what]
        yield Otherwise(name, getattr(row, language), each.before or NOTHING, each.after or NOTHING)
    if len(found) > MOST_DRAWN:
        yield Otherwise(name, f"+ {len(found) - MOST_DRAWN}", "…", "…")


def _side_by_side(before: object, after: object, row: Field) -> tuple[object, object]:
    """Two values without what both say; what came to a list of versions stands beside the version that held until then."""
    was, now = apart(before, after, row)
    if any(part.name == "since" for part in row.fields):
        was = before[-1:] if was is None and isinstance(before, tuple) else was
        now = after[-1:] if now is None and isinstance(after, tuple) else now
    return was, now


def hit_in_words(hit: Hit, language: str, found: Consequences, files: Files | None = None) -> Iterator[str]:
    """A relation that needs a new look, and below it what each end says otherwise."""
    edge = hit.edge
    yield f"“{found.name(edge.source)}” {getattr(RELATION[edge.relation], language)} “{found.name(edge.target)}”"
    yield from _before_and_after(otherwise(hit.differences, language, found.old, found.new, files))


def since_confirmed(
    suspect: Suspect, language: str, model: Model, files: Files | None = None
) -> Iterator[str]:
    """What the ends of a relation say otherwise than when it was confirmed, a line each; or that it was not kept."""
    if suspect.confirmation.said is None:
        return iter((sentences(language)["impact.not_kept"],))
    return _before_and_after(otherwise(suspect.differences(model), language, model, model, files))


def _before_and_after(found: Iterable[Otherwise]) -> Iterator[str]:
    return (f"{one.element}, {one.field}: {one.before} → {one.after}" for one in found)


def rejudged_in_words(one: Rejudged, words: Words) -> Iterator[str]:
    """What past cases say of a requirement, in sentences with n."""
    yield words.say(
        "impact.attainment",
        now=words.percent(one.now.attainment), n=one.now.judged,
        then=words.percent(one.then.attainment), interval=words.interval(one.interval), m=one.then.judged,
    )  # fmt: skip
    if one.hurt or one.gained:
        yield words.say("impact.turned", hurt=one.hurt, gained=one.gained)
    if one.gap is not None and one.then.attainment is not None:
        share = one.after.norms[-1].asked
        key = "impact.gap" if one.then.attainment < share else "impact.no_gap"
        yield words.say(
            key, asked=words.percent(share), gap=_points(one.gap, share - one.then.attainment, words)
        )
    if one.cases_a_year and one.missed_a_year:
        yield words.say(
            "impact.a_year",
            cases=_estimate(one.cases_a_year, words),
            missed=_estimate(one.missed_a_year, words),
        )
    if one.tail and one.tail.too_much:
        yield words.say(
            "impact.tail",
            share=words.percent(one.tail.share), now=words.duration(one.tail.now),
            limit=words.duration(one.tail.limit), less=words.duration(one.tail.too_much),
        )  # fmt: skip


def workload_in_words(found: Workload, words: Words) -> Iterator[str]:
    """What changes in the work, in sentences; nothing where nothing changes."""
    if found.activities:
        key = "impact.more_work" if found.hours.middle > 0 else "impact.less_work"
        hours, posts = (_absolute(one) for one in (found.hours, found.posts))
        yield words.say(key, hours=_range(hours, words), posts=_range(posts, words, 2))
        if found.money is not None:
            yield words.say("impact.money", money=_range(_absolute(found.money), words))
    if found.unknown:
        yield words.say("impact.unknown_work", count=len(found.unknown))


def _absolute(one: Range) -> Range:
    return one if one.middle >= 0 else Range(-one.high, -one.middle, -one.low)


def _range(one: Range, words: Words, digits: int = 0) -> str:
    return f"{words.number(one.middle, digits)} ({words.number(one.low, digits)} – {words.number(one.high, digits)})"


def _estimate(one: Estimate, words: Words) -> str:
    return _range(Range(one.low, one.value, one.high), words)


def _points(gap: Interval, middle: float, words: Words) -> str:
    return _range(Range(100 * gap.low, 100 * middle, 100 * gap.high), words, 1)


def consequences_as_json(found: Consequences, language: str) -> dict[str, Any]:
    """What a change would mean, as plain values: shares 0 to 1, null where nothing was judged."""
    return {
        "changed": list(found.impact.changed),
        "reached": [
            {
                "id": one.element.id, "kind": one.element.kind, "name": one.element.name,
                "owner": one.owner.id if one.owner else None, "way": one.way, "start": one.start,
                "path": [{"relation": hop.relation, "forward": hop.forward, "to": hop.to} for hop in one.path],
                "sentence": path_in_words(one, language, found),
            }
            for one in found.impact.reached
        ],
        "relations": [
            {
                "relation": hit.edge.relation, "source": hit.edge.source, "target": hit.edge.target,
                "reviewed": hit.reviewed, "asked": [who.id for who in hit.asked],
                "differences": [
                    {"id": one.element, "field": one.field, "before": value_as_data(one.before), "after": value_as_data(one.after)}
                    for one in hit.differences
                ],
            }
            for hit in found.impact.hits
        ],
        "requirements": [_rejudged_as_json(name, one) for name, one in found.rejudged.items()],
        "work": {
            "activities": list(found.workload.activities), "unknown": list(found.workload.unknown),
            "hours": _ends(found.workload.hours), "posts": _ends(found.workload.posts), "money": _ends(found.workload.money),
        },
    }  # fmt: skip


def _rejudged_as_json(name: str, one: Rejudged) -> dict[str, Any]:
    return {
        "ctq": name,
        "now": {"fulfilled": one.now.fulfilled, "violated": one.now.violated, "attainment": one.now.attainment},
        "then": {"fulfilled": one.then.fulfilled, "violated": one.then.violated, "attainment": one.then.attainment},
        "interval": [one.interval.low, one.interval.high] if one.interval else None,
        "gap": [one.gap.low, one.gap.high] if one.gap else None,
        "hurt": one.hurt, "gained": one.gained,
        "cases_a_year": _estimate_ends(one.cases_a_year), "missed_a_year": _estimate_ends(one.missed_a_year),
        "tail": {"share": one.tail.share, "now": one.tail.now, "limit": one.tail.limit, "too_much": one.tail.too_much} if one.tail else None,
    }  # fmt: skip


def _ends(one: Range | None) -> list[float] | None:
    return [one.low, one.middle, one.high] if one else None


def _estimate_ends(one: Estimate | None) -> list[float] | None:
    return [one.low, one.value, one.high] if one else None
