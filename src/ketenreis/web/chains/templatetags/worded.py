"""Values of the model in templates, as a reader of the page's language writes them: `{% load worded %}{% worded value %}`."""

from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template

from ketenreis.model import Element, Field
from ketenreis.quantity import Duration, Share
from ketenreis.reports.measured import Measured
from ketenreis.reports.section import chip
from ketenreis.reports.words import Words
from ketenreis.web import words

register = template.Library()


@register.simple_tag(takes_context=True)
def worded(context: dict[str, Any], value: object) -> str:
    """A value in words; what was not filled in is empty."""
    language = str(context["language"])
    match value:
        case None:
            return ""
        case bool():
            return words.say(language, "elements.yes" if value else "elements.no")
        case date():
            return Words(language, ZoneInfo("UTC")).day(value)
        case Duration() | Share():
            return value.in_words(language)
        case int():
            return Words(language, ZoneInfo("UTC")).whole(value)
        case Decimal():
            return str(value).replace(".", ",") if language == "nl" else str(value)
    return str(value)


@register.simple_tag(takes_context=True)
def chosen(context: dict[str, Any], element: Element, name: str) -> str:
    """The word of a choice that an element's field holds; empty where it holds none."""
    field: Field | None = element.schema.field(name)
    said = next((one for one in field.choices if one.key == element.get(name)), None) if field else None
    return str(getattr(said, context["language"])) if said else ""


@register.simple_tag(takes_context=True)
def say_by(context: dict[str, Any], group: str, name: str, **holes: object) -> str:
    """The sentence of which the key is made of a group and a name."""
    return words.say(str(context["language"]), f"{group}{name}", **holes)


@register.inclusion_tag("chains/figure.html", takes_context=True)
def figure(context: dict[str, Any], measured: Measured | str | None) -> dict[str, Any]:
    """The figure of a requirement with what makes it honest; nothing where there is none."""
    if not isinstance(measured, Measured):
        return {"measured": None}
    said = Words(str(context["language"]), ZoneInfo("UTC"))
    share = measured.norm.share.value if measured.norm is not None else None
    return {
        "measured": measured,
        "chip": chip(measured, said),
        "percent": said.percent(measured.cases.attainment, None if share is None else float(share)),
        "interval": said.interval(measured.interval),
        "n": said.whole(measured.cases.judged),
        "language": context["language"],
    }


@register.simple_tag(takes_context=True)
def lasting(context: dict[str, Any], seconds: float) -> str:
    """A length of time that was measured."""
    return Words(str(context["language"]), ZoneInfo("UTC")).duration(seconds)


@register.simple_tag(takes_context=True)
def of_all(context: dict[str, Any], share: float) -> str:
    """A share that was measured."""
    return Words(str(context["language"]), ZoneInfo("UTC")).percent(share)
