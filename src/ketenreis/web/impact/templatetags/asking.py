"""Whoever wants to see first what every change would touch is told so on every page: `{% weighing_bar %}`."""

from typing import Any

from django import template

from ketenreis.web.impact.proposing import is_always

register = template.Library()


@register.inclusion_tag("impact/bar.html", takes_context=True)
def weighing_bar(context: dict[str, Any]) -> dict[str, Any]:
    """That it is so, and how to end it; nothing otherwise."""
    workspace = context.get("workspace")
    wanted = workspace is not None and is_always(context["request"])
    return {"is_always": wanted, "workspace": workspace, "language": context["language"]}
