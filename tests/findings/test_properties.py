"""What holds for the findings of any model at all: one in which every finding there is occurs, and generated ones."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from ketenreis.model import KINDS, RELATIONS, Edge, Element, Field, Model
from ketenreis.notation.text import read
from ketenreis.quantity import Attribute, Duration, Share
from ketenreis.requirements import PATTERNS, EventClass, Measure
from ketenreis.requirements.checks import ALL_CHECKS, run_all

LIMITS = (
    Duration(Decimal(1), "hour"),
    Duration(Decimal(60), "minute"),
    Duration(Decimal(5), "working day"),
    Decimal(2),
    Attribute("deadline"),
)
WORDS = ("website", "Website", "e-mail", "Compleet", " ")
DAYS = (date(2026, 3, 12), date(2026, 11, 14))


def value(draw, field: Field, ids: tuple[str, ...]) -> object:  # noqa: C901  one row for each type
    """Some value of a field's type; now and then an awkward one."""
    match field.type:
        case "choice":
            return draw(st.sampled_from([choice.key for choice in field.choices]))
        case "whole" | "number" | "money" | "minutes":
            return draw(st.integers(-3, 3))
        case "yesno":
            return draw(st.booleans())
        case "date":
            return draw(st.sampled_from(DAYS))
        case "duration":
            return draw(st.sampled_from(LIMITS[:3]))
        case "limit":
            return draw(st.sampled_from(LIMITS))
        case "share":
            return Share(draw(st.sampled_from([Decimal(0), Decimal("0.99")])))
        case "list":
            return draw(st.tuples(st.sampled_from(WORDS)))
        case "texts" | "words":
            return MappingProxyType({"nl": draw(st.sampled_from(WORDS))})
        case "event_class":
            return EventClass((draw(st.sampled_from(ids)),))
        case "measure":
            return measure(draw, ids)
        case "record":
            return record(draw, field, ids)
        case "records":
            return tuple(record(draw, field, ids) for _ in range(draw(st.integers(0, 2))))
        case "sides":
            side = lambda: value(draw, field.fields[0], ids)  # noqa: E731  one draw each
            return MappingProxyType({"giver": side(), "receiver": side()}) if draw(st.booleans()) else side()
        case "condition":
            return None
        case _:
            return draw(st.sampled_from((*WORDS, *ids[:2])))


def record(draw, field: Field, ids: tuple[str, ...]) -> MappingProxyType[str, object]:
    parts = [part for part in field.fields if draw(st.booleans())]
    made = {part.name: value(draw, part, ids) for part in parts}
    return MappingProxyType({name: said for name, said in made.items() if said is not None})


def measure(draw, ids: tuple[str, ...]) -> Measure:
    pattern = draw(st.sampled_from(PATTERNS))
    arguments: dict[str, object] = {}
    for argument in pattern.arguments:
        if draw(st.booleans()):
            match argument.type:
                case "event_class":
                    arguments[argument.name] = EventClass((draw(st.sampled_from(ids)),))
                case "event_classes":
                    named = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3))
                    arguments[argument.name] = tuple(EventClass((name,)) for name in named)
                case "duration":
                    arguments[argument.name] = draw(st.sampled_from(LIMITS[:3]))
                case "choice":
                    arguments[argument.name] = draw(st.sampled_from(argument.choices)).key
                case "whole":
                    arguments[argument.name] = Decimal(1)
    return Measure(pattern.name, MappingProxyType(arguments))


@st.composite
def models(draw, prefix: str = "e", most: int = 25) -> Model:
    """Small models over the whole metamodel: every kind, field and relation may be there."""
    kinds = draw(st.lists(st.sampled_from(KINDS[1:]), min_size=1, max_size=most))
    ids = tuple(f"{prefix}{number}" for number in range(len(kinds)))
    elements: list[Element] = []
    for element_id, kind in zip(ids, kinds, strict=True):
        around = [other.id for other in elements if other.kind in kind.inside]
        parent = draw(st.sampled_from([None, *around])) if around else None
        fields = {field.name: value(draw, field, ids) for field in kind.fields if draw(st.booleans())}
        filled = {name: said for name, said in fields.items() if said is not None}
        elements.append(Element(element_id, kind.name, parent, MappingProxyType(filled)))
    edges = [
        Edge(relation.name, source.id, target.id)
        for relation in RELATIONS
        for end in relation.ends
        for source in elements
        if source.kind in end.sources and (targets := [e for e in elements if e.kind in end.targets])
        for target in draw(st.lists(st.sampled_from(targets), max_size=1 if end.one else 2, unique_by=id))
    ]
    return Model.of(elements, edges)


def joined(one: Model, other: Model) -> Model:
    return Model.of([*one, *other], [*one.edges, *other.edges])


def renamed(model: Model, names: dict[str, str]) -> Model:
    """The same model, in which every element has another id, wherever it is named."""

    def said(value: object) -> object:
        match value:
            case str():
                return names.get(value, value)
            case tuple():
                return tuple(map(said, value))
            case EventClass():
                return replace(value, elements=tuple(names[element] for element in value.elements))
            case Measure():
                return replace(value, arguments=said(value.arguments))
            case MappingProxyType():
                return MappingProxyType({name: said(part) for name, part in value.items()})
        return value

    return Model.of(
        [
            Element(names[e.id], e.kind, e.parent and names[e.parent], MappingProxyType({n: said(v) for n, v in e.fields.items()}))
            for e in model
        ],
        [replace(edge, source=names[edge.source], target=names[edge.target]) for edge in model.edges],
    )  # fmt: skip


@cache
def everything() -> Model:
    """All fixtures side by side in one model: every finding that text can yield, and its repair."""
    whole = Model.of([])
    for path in sorted(Path(__file__).parent.glob("*/*.yaml")):
        fixture = read(path).model
        prefix = f"{path.parent.name}-{path.stem}-"
        whole = joined(whole, renamed(fixture, {element.id: prefix + element.id for element in fixture}))
    return whole


ANY_MODEL = models() | st.builds(everything)


def fingerprints(model: Model) -> set[str]:
    return {finding.fingerprint for finding in run_all(model)}


def test_every_check_has_its_say_on_the_fixtures_together():
    found = {finding.id for finding in run_all(everything())}
    assert found == set(ALL_CHECKS) - {
        "ctq_measured_nowhere",
        "message_valid_nowhere",
        "operation_on_unknown",
    }


@given(ANY_MODEL, models("other", most=6) | st.builds(everything))
@settings(max_examples=60, deadline=None)
def test_a_finding_never_disappears_when_something_unrelated_is_added(model, unrelated):
    apart = renamed(unrelated, {element.id: f"apart-{element.id}" for element in unrelated})
    assert fingerprints(model) <= fingerprints(joined(model, apart))


@given(ANY_MODEL)
@settings(max_examples=60, deadline=None)
def test_giving_every_element_another_id_gives_every_finding_its_new_ids_and_no_other_change(model):
    names = {element.id: f"n{len(model) - number}" for number, element in enumerate(model)}
    before = [(f.id, f.level, tuple(names[e] for e in f.elements), f.field) for f in run_all(model)]
    after = [(f.id, f.level, f.elements, f.field) for f in run_all(renamed(model, names))]
    assert after == before


@given(ANY_MODEL, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_relations_are_written_changes_no_fingerprint(model, chance: random.Random):
    edges = list(model.edges)
    chance.shuffle(edges)
    assert fingerprints(Model.of(model, edges)) == fingerprints(model)


@given(ANY_MODEL)
@settings(max_examples=60, deadline=None)
def test_each_finding_of_a_model_has_its_own_fingerprint_and_points_into_the_model(model):
    found = run_all(model)
    assert len({finding.fingerprint for finding in found}) == len(found)
    assert all(element in model for finding in found for element in finding.elements)
    assert all(finding.elements for finding in found)


def test_a_fingerprint_is_the_same_on_every_machine_and_every_day():
    (found,) = [f for f in run_all(Model.of([Element("op-tijd", "ctq")])) if f.id == "ctq_without_activity"]
    assert found.fingerprint == "6d0bfd1c5c97ee81"
