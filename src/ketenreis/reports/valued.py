"""How does the value of a field read on one line, and how does it read beside what it was?"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from ketenreis.model import Element, Field, Model
from ketenreis.quantity import Duration, Share
from ketenreis.reports.words import day_in_words
from ketenreis.requirements import Measure, Requirement, sentence

NOTHING = "–"
"""Where nothing was filled in."""


def shown(value: object, field: Field, language: str, model: Model) -> str:
    """A value of a field in the words of a reader.

    Args:
        value: As `Element.fields` holds it; None where it was not filled in.
        field: Its row in the metamodel.
        language: "nl" or "en".
        model: For the names of elements.

    Example:
        >>> shown(Duration.parse("1 hour"), Field("within", "duration", "binnen", "within"), "nl", Model.of([]))
        '1 uur'
    """
    match value:
        case None:
            return NOTHING
        case Measure():
            return sentence(Requirement("", "", measure=value), language, model.name)
        case Duration() | Share():
            return value.in_words(language)
        case bool():
            return {"nl": ("nee", "ja"), "en": ("no", "yes")}[language][value]
        case date():
            return day_in_words(value, language)
        case Decimal():
            text = f"{value:f}"
            return text.replace(".", ",") if language == "nl" else text
        case tuple():
            return "; ".join(shown(one, field, language, model) for one in value) or NOTHING
        case Mapping():
            inner = {one.name: one for one in field.fields}
            parts = (
                f"{labelled(inner[name], language) if name in inner else name}: "
                f"{shown(one, inner.get(name, field), language, model)}"
                for name, one in value.items()
            )
            return ", ".join(parts) or NOTHING
    if field.type == "element" and isinstance(value, str):
        return model.name(value)
    choice = next((one for one in field.choices if one.key == value), None)
    return " ".join(str(getattr(choice, language) if choice else value).split())


def apart(before: object, after: object, field: Field) -> tuple[object, object]:
    """Two values of a field without what both of them say.

    Args:
        before: What stood there; None where it was not filled in.
        after: What stands there now.
        field: Its row in the metamodel.

    Returns:
        Of two lists the entries that went and those that came. Where as many came as went, they are taken for the same
        entries: of each only the parts that differ. Of an old entry among several the first part that does not differ comes
        before them, to know it by: of a norm the day it holds from. None where nothing of a list went, or nothing came; any other values as they are.

    Example:
        >>> tags = Field("tags", "texts", "labels", "tags")
        >>> apart(("new", "small"), ("new", "large"), tags)
        (('small',), ('large',))
    """
    if not (isinstance(before, tuple) and isinstance(after, tuple)):
        return before, after
    went = tuple(one for one in before if one not in after)
    came = tuple(one for one in after if one not in before)
    if not went and not came:
        return before, after
    if len(went) != len(came) or not all(isinstance(one, Mapping) for one in (*went, *came)):
        return went or None, came or None
    pairs = [
        _parts(old, new, field.fields if len(after) > 1 else ()) for old, new in zip(went, came, strict=True)
    ]
    return tuple(old for old, _ in pairs), tuple(new for _, new in pairs)


def _parts(
    old: Mapping[str, object], new: Mapping[str, object], order: Iterable[Field]
) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """The parts of two entries that differ; of the old one after the first that does not."""
    same = {name for name, value in old.items() if new.get(name) == value}
    known_by = next((one.name for one in order if one.name in same), None)
    return (
        {name: value for name, value in old.items() if name not in same or name == known_by},
        {name: value for name, value in new.items() if name not in same},
    )


def labelled(field: Field, language: str) -> str:
    """The label of a field."""
    return field.nl if language == "nl" else field.en


def named(element: Element, language: str) -> str:
    """An element by its kind and name: stap “Betalen”."""
    kind = element.schema
    return f"{kind.nl if language == 'nl' else kind.en} “{element.name}”"
