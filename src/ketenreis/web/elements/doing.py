"""What did somebody ask for with a form, as edits? One function per thing that can be done to an element."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ketenreis.findings import Finding
from ketenreis.model import KIND, RELATION, Edge, Element, Model
from ketenreis.model.edits import LAST, Edit, Insert, Move, Relate, Unrelate, Update, removal
from ketenreis.notation.slugs import propose
from ketenreis.web.elements.fields import filled_in, relation_filled_in

Posted = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for.

    Attributes:
        edits: What would be changed; none when nothing differs.
        findings: What was not understood; then nothing is changed.
        goes_to: The element to show afterwards; None for the same as before.
    """

    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    goes_to: str | None = None


def save(element: Element, model: Model, posted: Posted) -> Asked:
    """The fields that were filled in differently from what the form showed."""
    filled = filled_in(element, model, posted)
    edits = tuple(
        Update(element.id, name, element.get(name), value)
        for name, value in filled.values.items()
        if value != element.get(name)
    )
    return Asked((), filled.findings) if filled.findings else Asked(edits)


def add(element: Element, model: Model, posted: Posted) -> Asked:
    """A new element inside this one: its kind, its title, where it comes among its siblings, and what else the form asks.

    `f.<field>` fills in a field, `to.<relation>` relates it at once, `with.<kind>` puts one of that kind in it.
    """
    kind, title = KIND.get(posted.get("kind", "")), posted.get("title", "").strip()
    if kind is None or element.kind not in kind.inside:
        return Asked(findings=(_misplaced(kind.name if kind else "", element.id),))
    if not title:
        return Asked(
            findings=(Finding("required_missing", "error", (element.id,), None, {"missing": "name"}),)
        )
    made = propose(title, element.id, kind.name, model)
    field = kind.title if kind.title not in {"id", "name"} else "name"
    blank = Element(made, kind.name, element.id)
    filled = filled_in(blank, model, {f"f.{field}": title, f"f.{field}.nl": title, **posted})
    values = {name: value for name, value in filled.values.items() if value is not None}
    new = Element(made, kind.name, element.id, MappingProxyType(values))
    around = tuple(_around(new, model, posted))
    if findings := (*filled.findings, *(one for one in around if isinstance(one, Finding))):
        return Asked((), findings)
    return Asked(
        (Insert(new, posted.get("after") or LAST), *(one for one in around if not isinstance(one, Finding))),
        goes_to=made,
    )


def _around(new: Element, model: Model, posted: Posted) -> Iterator[Edit | Finding]:
    """What comes with a new element: relations, and elements in it; a finding for one that cannot be."""
    taken = {*model.elements, new.id}
    for key, asked in posted.items():
        part, _, name = key.partition(".")
        said = asked.strip()
        if part == "to" and said:
            yield _wrong_target(new, name, said, model) or Relate(Edge(name, new.id, said))
        elif part == "with" and said:
            if name not in KIND or new.kind not in KIND[name].inside:
                yield _misplaced(name, new.id)
                continue
            inside = propose(said, new.id, name, taken)
            taken.add(inside)
            title = KIND[name].title if KIND[name].title != "id" else "name"
            yield Insert(Element(inside, name, new.id, MappingProxyType({title: said})))


def _misplaced(kind: str, element: str) -> Finding:
    """That an element of a kind cannot stand where it was put."""
    schema = KIND.get(kind)
    about = {"key": schema.plural if schema else kind, "inside": ", ".join(schema.inside) if schema else "–"}
    return Finding("child_not_permitted", "error", (element,), None, about)


def _wrong_target(element: Element, name: str, target: str, model: Model) -> Finding | None:
    """Why a relation cannot lead there; None when it can."""
    relation = RELATION.get(name)
    permitted = relation.targets(element.kind) if relation is not None and not relation.derived else ()
    if target in model and model[target].kind in permitted:
        return None
    expected = ", ".join(permitted) or "–"
    if not target:
        return Finding("target_expected", "error", (element.id,), None, {"key": name})
    if target in model:
        about = {"key": name, "target": target, "kind": model[target].kind, "expected": expected}
        return Finding("wrong_target", "error", (element.id,), None, about)
    about = {"key": name, "target": target[:60], "nearest": "–", "expected": expected}
    return Finding("unknown_target", "error", (element.id,), None, about)


def remove(element: Element, model: Model, posted: Posted) -> Asked:
    """The element, with everything that stands in it and every relation to it."""
    return Asked(removal(model, element.id), goes_to=element.parent)


def move(element: Element, model: Model, posted: Posted) -> Asked:
    """The element to another place: earlier or later, before another, or into another parent.

    A step at the end of its phase goes on into the next phase, and one at the beginning into the phase before.
    """
    parent = posted.get("to") or element.parent
    siblings = [one.id for one in _siblings(model, element)]
    place = siblings.index(element.id)
    before = siblings[place - 1] if place else None
    if parent == element.parent and (on := _onwards(model, element, siblings, posted)) is not None:
        return Asked((Move(element.id, element.parent, before, *on),))
    if parent != element.parent:
        if parent is None or parent not in model or model[parent].kind not in element.schema.inside:
            return Asked(findings=(_misplaced(element.kind, element.id),))
        there = [one.id for one in model.children(parent, element.kind)]
        at = there.index(posted["before"]) if posted.get("before") in there else len(there)
        after = LAST if at == len(there) else there[at - 1] if at else None
        return Asked((Move(element.id, element.parent, before, parent, after),))
    rest = [one for one in siblings if one != element.id]
    if "before" in posted:
        wanted = rest.index(posted["before"]) if posted["before"] in rest else len(rest)
    else:
        wanted = place + (1 if posted.get("by") == "later" else -1)
    wanted = max(0, min(wanted, len(rest)))
    after = rest[wanted - 1] if wanted else None
    return Asked(() if after == before else (Move(element.id, element.parent, before, parent, after),))


def _onwards(
    model: Model, element: Element, siblings: Sequence[str], posted: Posted
) -> tuple[str, str | None] | None:
    """The phase next to its own, and its end that is nearest, for a step that goes past the edge of its phase."""
    phase = model[element.parent] if element.parent else None
    later = posted.get("by") == "later"
    if (
        "by" not in posted
        or phase is None
        or phase.kind != "phase"
        or element.id != siblings[-1 if later else 0]
    ):
        return None
    phases = [one.id for one in _siblings(model, phase)]
    at = phases.index(phase.id) + (1 if later else -1)
    return (phases[at], None if later else LAST) if 0 <= at < len(phases) else None


def relate(element: Element, model: Model, posted: Posted) -> Asked:
    """A relation from this element to another, with what it says; one that can be there only once takes the place of the old."""
    relation, target = RELATION.get(posted.get("relation", "")), posted.get("target", "")
    wrong = _wrong_target(element, posted.get("relation", ""), target, model)
    if relation is None or wrong is not None:
        return Asked(findings=(wrong,) if wrong else ())
    filled = relation_filled_in(relation, element, model, posted)
    if filled.findings:
        return Asked((), filled.findings)
    said = MappingProxyType({name: value for name, value in filled.values.items() if value is not None})
    wanted = Edge(relation.name, element.id, target, said)
    there = model.out(element.id, relation.name)
    if wanted in there:
        return Asked()
    only = relation.is_one(element.kind)
    gone = tuple(Unrelate(edge) for edge in there if only or edge.target == target)
    return Asked((*gone, Relate(wanted)))


def unrelate(element: Element, model: Model, posted: Posted) -> Asked:
    """A relation from this element that is no longer."""
    return Asked(
        tuple(
            Unrelate(edge)
            for edge in model.out(element.id, posted.get("relation", ""))
            if edge.target == posted.get("target")
        )
    )


def _siblings(model: Model, element: Element) -> tuple[Element, ...]:
    """Those of its own kind in the same parent, in order."""
    if element.parent is None:
        return tuple(one for one in model.of_kind(element.kind) if one.parent is None)
    return model.children(element.parent, element.kind)


DOINGS: Mapping[str, Callable[[Element, Model, Posted], Asked]] = MappingProxyType(
    {"save": save, "add": add, "remove": remove, "move": move, "relate": relate, "unrelate": unrelate}
)
"""What can be done to an element, by the word a form says it with."""
