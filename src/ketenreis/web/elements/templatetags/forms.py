"""What stands in an input, in the language of the page."""

from typing import Any

from django import template

from ketenreis.web.elements.fields import Input
from ketenreis.web.elements.spoken import SPOKEN, as_said

register = template.Library()


@register.simple_tag(takes_context=True)
def stands_in(context: dict[str, Any], of: Input) -> str:
    """What stands in an input, as a reader of the page's language writes it."""
    return as_said(of.value, context["language"]) if of.field.type in SPOKEN else of.value
