"""The bar of the tour on the page that is one of its stops."""

from typing import Any

from django import template

from ketenreis.web import words
from ketenreis.web.changes import keeping
from ketenreis.web.tour.stops import beyond, stops

register = template.Library()


@register.simple_tag(takes_context=True)
def tour_word(context: dict[str, Any], stop: str, part: str = "") -> str:
    """What a stop is called, or what it says."""
    return words.say(context["language"], f"tour.{stop}_{part}" if part else f"tour.{stop}")


@register.inclusion_tag("tour/bar.html", takes_context=True)
def tour_bar(context: dict[str, Any]) -> dict[str, Any]:
    """The stop that the visitor is at; nothing for whoever is not on the tour."""
    workspace = context.get("workspace")
    asked = context["request"].GET.get("tour", "")
    if workspace is None or not asked.isdecimal():
        return {"stop": None, "language": context["language"]}
    model, at = keeping.now(workspace).model, int(asked)
    found = stops(workspace.id, model)
    return {
        "stop": found[at - 1] if 0 < at <= len(found) else None,
        "next": found[at] if at < len(found) else None,
        "beyond": beyond(workspace, model) if at == len(found) else None,
        "count": len(found),
        "without": context["request"].path,
        "language": context["language"],
    }
