"""Marks of a journey: what a thing rests on, how customers come to a step, and how they feel there."""

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html

from ketenreis.reports.words import Words

register = template.Library()
_ANY_ZONE = ZoneInfo("UTC")
"""For words that tell no time."""


@register.simple_tag(takes_context=True)
def basis_mark(context: dict[str, Any], basis: str, is_said: bool = False) -> str:
    """What a thing rests on, as a mark by eye and a word by ear; the word for both where it is said."""
    return _mark(context["language"], basis, is_said)


@cache
def _mark(language: str, basis: str, is_said: bool) -> str:
    """One of a few marks, of which a page has many."""
    word = Words(language, _ANY_ZONE).say(f"blueprint.basis_{basis}")
    mark = '<span class="basis {0}" title="{1}" aria-hidden="true"></span>'
    said = "{1}" if is_said else '<span class="heard"> ({1})</span>'
    return format_html(f"{mark}{said}", basis, word)


@register.simple_tag(takes_context=True)
def way_word(context: dict[str, Any], way: str) -> str:
    """What a kind of way between two steps is called."""
    return Words(context["language"], _ANY_ZONE).say(f"blueprint.path_{way}")


@register.simple_tag
def score(of: int) -> str:
    """A feeling from −2 to +2, with its sign."""
    return f"+{of}" if of > 0 else str(of).replace("-", "−")
