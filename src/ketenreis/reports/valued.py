"""How does the value of a field read on one line?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ketenreis.model import Element, Field, Model
from ketenreis.quantity import Duration, Share
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
            return value.isoformat()
        case Decimal():
            text = f"{value:f}"
            return text.replace(".", ",") if language == "nl" else text
        case tuple():
            return "; ".join(shown(one, field, language, model) for one in value)
        case Mapping():
            inner = {one.name: one for one in field.fields}
            return ", ".join(
                f"{labelled(inner[name], language) if name in inner else name}: "
                f"{shown(one, inner.get(name, field), language, model)}"
                for name, one in value.items()
            )
    if field.type == "element" and isinstance(value, str):
        return model.name(value)
    choice = next((one for one in field.choices if one.key == value), None)
    return " ".join(str(getattr(choice, language) if choice else value).split())


def labelled(field: Field, language: str) -> str:
    """The label of a field."""
    return field.nl if language == "nl" else field.en


def named(element: Element, language: str) -> str:
    """An element by its kind and name: stap “Betalen”."""
    kind = element.schema
    return f"{kind.nl if language == 'nl' else kind.en} “{element.name}”"
