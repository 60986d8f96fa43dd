"""What stands on the page of a journey: its steps, their buttons, and the marks of what things rest on."""

from typing import Any

from django import template

from ketenreis.model import Element
from ketenreis.render.markup import Markup, filled, join
from ketenreis.web.journeys import drawn
from ketenreis.web.journeys.columns import Column

register = template.Library()


@register.simple_tag(takes_context=True)
def basis_said(context: dict[str, Any], basis: str) -> Markup:
    """What a thing may rest on, as a mark and a word."""
    return drawn.basis_mark(context["language"], basis, is_said=True)


@register.simple_tag(takes_context=True)
def steps(context: dict[str, Any], columns: tuple[Column, ...]) -> Markup:
    """Steps, one after the other."""
    page = _page(context)
    return join(drawn.step_html(column, page) for column in columns)


@register.simple_tag(takes_context=True)
def moving(context: dict[str, Any], element: Element) -> Markup:
    """The buttons that put a phase one place earlier or later."""
    return drawn.moving(element, _page(context))


def _page(context: dict[str, Any]) -> drawn.Page:
    """What is the same for all that stands on this page."""
    request = context["request"]
    token = filled(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{token}">', token=str(context["csrf_token"])
    )
    return drawn.Page(
        context["workspace"].id, context["language"], request.path, request.get_full_path(), token
    )
