"""What may stand in a model: the pages on kinds, relations and patterns, and the glossary."""

# ruff: noqa: INP001  # a part of the script docs/generate.py, which is no package

from collections.abc import Iterator

from tables import table

from ketenreis.model import COMMON, KINDS, RELATIONS, Choice, Field, Kind, kinds_inside, relations_from
from ketenreis.quantity import Share, parse_limit
from ketenreis.requirements import PATTERNS, EventClass, Measure, Norm, Pattern, Requirement, sentence

LIMIT_OF = {"duration": "1 hour", "whole": "2", "number": "100", "moment": "deadline"}
"""An example of each kind of limit."""


def metamodel() -> Iterator[str]:
    """Kinds with their fields, and relations, in both languages."""
    yield "# The metamodel"
    yield ""
    yield "Every kind of element with its fields, and every relation that may join them."
    yield "The code holds this as one table; the text notation, its JSON Schema, the checks and this page come from it."
    yield ""
    yield "Every element also has:"
    yield ""
    yield from table(("field", "type", "Nederlands", "English"), map(_field_cells, COMMON))
    yield "## Kinds"
    yield ""
    yield from table(
        ("kind", "list in text", "Nederlands", "English", "stands in"),
        (
            (
                f"[{kind.name}](#{kind.name})",
                f"`{kind.plural}`",
                kind.nl,
                kind.en,
                ", ".join(kind.inside) or "–",
            )
            for kind in KINDS
        ),
    )
    for kind in KINDS:
        yield from _kind(kind)
    yield "## Relations"
    yield ""
    yield "A relation is written at its source, under its name. What is not here cannot be related."
    yield "When a field in the last column changes, a confirmed relation asks to be looked at again."
    yield ""
    yield from table(
        ("relation", "from → to", "Nederlands (terug)", "English (back)", "looked at again when"),
        (
            (
                f"`{one.name}`{' (derived)' if one.derived else ''}",
                "; ".join(
                    f"{_kinds(end.sources)} → {_kinds(end.targets)}{' (one)' if end.one else ''}"
                    for end in one.ends
                ),
                f"{one.nl} ({one.back_nl})",
                f"{one.en} ({one.back_en})",
                ", ".join(one.matters) or "–",
            )
            for one in RELATIONS
        ),
    )


def _kinds(names: tuple[str, ...]) -> str:
    return "any" if len(names) == len(KINDS) else ", ".join(names)


def _kind(kind: Kind) -> Iterator[str]:
    yield f"### {kind.name}"
    yield ""
    yield f"**{kind.nl}** ({kind.nl_plural}): {kind.help_nl}"
    yield f"**{kind.en}** ({kind.en_plural}): {kind.help_en}"
    yield ""
    if kind.fields:
        yield from table(("field", "type", "Nederlands", "English"), map(_field_cells, kind.fields))
    if inside := kinds_inside(kind.name):
        yield f"Holds: {', '.join(f'`{one.plural}`' for one in inside)}."
        yield ""
    if relations := [one.name for one in relations_from(kind.name)]:
        yield f"Relations: {', '.join(f'`{name}`' for name in relations)}."
        yield ""


def _field_cells(field: Field) -> tuple[str, str, str, str]:
    said = field.type
    if field.choices:
        said = "one of " + ", ".join(f"`{choice.key}`" for choice in field.choices)
    elif field.fields and field.type != "sides":
        said = f"{field.type} of " + ", ".join(f"`{inner.name}`" for inner in field.fields)
    return (
        f"`{field.name}`{' *' if field.required else ''}",
        said,
        f"{field.nl}. {field.help_nl}".rstrip(". ") + ".",
        f"{field.en}. {field.help_en}".rstrip(". ") + ".",
    )


def patterns() -> Iterator[str]:
    """Each pattern with its sentence, arguments, formula and an example."""
    yield "# Patterns of a requirement"
    yield ""
    yield "A requirement (CTQ) is measured by a pattern with arguments, and held against a norm."
    yield "What every form means exactly is in [What a rule means](../concepts/rules.md)."
    yield ""
    for title, chosen in (
        ("Everyday", [one for one in PATTERNS if one.everyday]),
        ("DECLARE", [one for one in PATTERNS if one.ltl]),
        ("Further", [one for one in PATTERNS if not one.everyday and not one.ltl]),
    ):
        yield f"## {title}"
        yield ""
        for one in chosen:
            yield from _pattern(one)


def _pattern(pattern: Pattern) -> Iterator[str]:
    yield f"### {pattern.name}"
    yield ""
    example = _example(pattern)
    yield f"> {sentence(example, 'nl')}"
    yield ">"
    yield f"> {sentence(example, 'en')}"
    yield ""
    if pattern.ltl:
        yield f"Formula: {pattern.ltl}"
        yield ""
    yield from table(
        ("argument", "type", "Nederlands", "English", ""),
        (
            (
                f"`{one.name}`",
                " or ".join(
                    [f"`{choice.key}`" for choice in one.choices]
                    + ["the id of a calendar"] * (one.type == "calendar")
                )
                or one.type.replace("_", " "),
                one.nl,
                one.en,
                "required" if one.required else f"default `{one.default}`" if one.default else "",
            )
            for one in pattern.arguments
        ),
    )
    need = "required" if pattern.needs_limit else "optional"
    yield f"Limit: {' or '.join(pattern.limits)}, {need}." if pattern.limits else "Limit: none."
    yield ""
    yield "    measure: " + _flow(pattern)
    limit = f"limit: {LIMIT_OF[pattern.limits[0]]}, " if pattern.limits else ""
    yield f"    norms: [{{{limit}share: 95%}}]"
    yield ""


_SAID = {
    "holds": "channel = web",
    "attribute": "cost",
    "times": "2",
    "closes": "window_to",
    "of": "[one-requirement, another]",
    "steps": "[confirmed, called, delivered]",
}
"""What an argument may say in an example."""


def _values(pattern: Pattern) -> Iterator[tuple[str, str]]:
    """An example of each argument that the pattern cannot do without, or that shows what it is for."""
    shown = {"news": "message", "since": "paid", "until": "delivered", "after": "paid", "comes": "confirmed"}
    for one in pattern.arguments:
        if one.type == "event_class" and (one.required or one.name in shown):
            yield one.name, shown.get(one.name, {"a": "paid", "b": "delivered"}.get(one.name, "delivered"))
        elif one.required or one.name == "times":
            yield one.name, _SAID[one.name]


def _flow(pattern: Pattern) -> str:
    said = [("pattern", pattern.name), *_values(pattern)]
    return "{" + ", ".join(f"{name}: {value}" for name, value in said) + "}"


def _example(pattern: Pattern) -> Requirement:
    arguments: dict[str, object] = {}
    for name, value in _values(pattern):
        argument = pattern.argument(name)
        is_events = argument is not None and argument.type == "event_class"
        if argument is not None and argument.type == "ctqs":
            arguments[name] = tuple(value.strip("[]").split(", "))
        elif argument is not None and argument.type == "event_classes":
            arguments[name] = tuple(EventClass((step,)) for step in value.strip("[]").split(", "))
        else:
            arguments[name] = EventClass((value,)) if is_events else value
    limit = parse_limit(LIMIT_OF[pattern.limits[0]]) if pattern.limits else None
    norm = Norm(Share.parse("95%"), limit)
    return Requirement("example", "Example", measure=Measure(pattern.name, arguments), norms=(norm,))


def glossary() -> Iterator[str]:
    """Dutch and English side by side, in the order of the Dutch alphabet."""
    pairs: dict[str, str] = {}
    for kind in KINDS:
        pairs.setdefault(kind.nl, kind.en)
        for field in kind.fields:
            pairs.update({nl: en for nl, en in _field_pairs(field) if nl not in pairs})
    for relation in RELATIONS:
        pairs.setdefault(relation.nl, relation.en)
        pairs.setdefault(relation.back_nl, relation.back_en)
    pairs.update(WORDS)
    yield "# Glossary"
    yield ""
    yield "One word per concept in each language. The words of kinds, fields and relations come from the metamodel."
    yield ""
    yield from table(
        ("Nederlands", "English"),
        sorted(((nl, en) for nl, en in pairs.items()), key=lambda pair: pair[0].casefold()),
    )


def _field_pairs(field: Field) -> Iterator[tuple[str, str]]:
    yield field.nl, field.en
    for choice in field.choices:
        yield from _choice_pair(choice)
    for inner in field.fields:
        yield from _field_pairs(inner)


def _choice_pair(choice: Choice) -> Iterator[tuple[str, str]]:
    if choice.nl:
        yield choice.nl, choice.en


WORDS = {
    "aandeel gehaald": "attainment",
    "basis op orde": "readiness",
    "beoordeeld geval": "opportunity",
    "bevinding": "finding",
    "doorlooptijd": "lead time",
    "gebeurtenis": "event",
    "gehaald, niet gehaald, niet te beoordelen": "met, not met, cannot say",
    "grens": "limit",
    "in één keer goed": "first time right",
    "koppeling": "relation",
    "koppeling te controleren": "suspect relation",
    "lijn van interactie": "line of interaction",
    "lijn van interne interactie": "line of internal interaction",
    "lijn van zichtbaarheid": "line of visibility",
    "logboek van gebeurtenissen": "event log",
    "nog open": "pending",
    "norm van de dag": "norm of the day",
    "op drijfzand": "built on quicksand",
    "regelkaart": "control chart",
    "rode draad": "red thread",
    "schuilnaam": "pseudonym",
    "spanning": "tension (between initiatives)",
    "vermijdbaar contact": "failure demand",
    "waardevraag": "value demand",
    "WAUW-factor (delighter)": "delighter",
    "zaak": "case",
}
"""Words that the metamodel does not hold, as the product uses them."""
