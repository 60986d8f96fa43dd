"""Sentences in templates: `{% say "journeys.empty" n=3 %}` in the visitor's language."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.urls import reverse

from ketenreis.findings.refused import in_language
from ketenreis.model import RELATION, Choice, Element, Field, Kind, Model, Relation
from ketenreis.model.applying import Conflict
from ketenreis.render.blocks import Block, Tiles
from ketenreis.render.page import blocks_html, tiles_html
from ketenreis.reports.clashing import in_short
from ketenreis.reports.words import Words
from ketenreis.requirements import Pattern, open_sentence
from ketenreis.web import words
from ketenreis.web.changes.suspect import suspects_of
from ketenreis.web.frame import places

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: dict[str, Any], key: str, **holes: object) -> str:
    """The sentence of that key in the language of the page."""
    return words.say(context["language"], key, **holes)


@register.simple_tag(takes_context=True)
def refusal(context: dict[str, Any], said: object) -> str:
    """Why something could not be done, in the language of the page."""
    return in_language(str(said), context["language"])


@register.filter
def get(mapping: Any, key: str) -> Any:
    """What a mapping holds under a key; empty where it holds nothing."""
    return mapping.get(key, "")


@register.simple_tag(takes_context=True)
def menu_url(context: dict[str, Any], feature: str) -> str:
    """Where a feature begins in this workspace."""
    return reverse(f"{feature}:list", args=[context["workspace"].id])


@register.simple_tag(takes_context=True)
def menu_word(context: dict[str, Any], feature: str) -> str:
    """What a feature is called in the menu."""
    return words.say(context["language"], f"{feature}.menu")


@register.simple_tag(takes_context=True)
def menu_count(context: dict[str, Any], feature: str) -> str:
    """How much waits behind a word of the menu; empty where nothing does."""
    if feature != "suspects":
        return ""
    waiting = len(suspects_of(context["workspace"]))
    return Words(context["language"], ZoneInfo("UTC")).whole(waiting) if waiting else ""


@register.simple_tag
def count_kinds(model: Model, kind: str) -> int:
    """How many elements of a kind a model has."""
    return len(model.of_kind(kind))


@register.simple_tag(takes_context=True)
def label(context: dict[str, Any], schema: Kind | Field | Relation | Choice, of: str = "") -> str:
    """What a kind, field, relation or choice is called; `of` is plural, help or back."""
    found = getattr(schema, f"{of}_{context['language']}", None) if of in {"help", "back"} else None
    if of == "plural":
        found = getattr(schema, f"{context['language']}_plural")
    return str(getattr(schema, context["language"]) if found is None else found)


@register.simple_tag(takes_context=True)
def relation_word(context: dict[str, Any], name: str) -> str:
    """What a relation is called, read from its source to its target."""
    return str(getattr(RELATION[name], context["language"]))


@register.simple_tag(takes_context=True)
def conflict_words(context: dict[str, Any], conflict: Conflict, side: str) -> str:
    """What an edit saw (expected), or what stands there by now (stands), as a reader reads it."""
    return in_short(conflict, side, context["language"])


@register.simple_tag(takes_context=True)
def how_word(context: dict[str, Any], how: str) -> str:
    """What happened to an element, in one word."""
    return words.say(context["language"], f"compare.is_{how}")


@register.filter
def percent_of(share: float) -> str:
    """A share as a number out of a hundred, to draw with."""
    return f"{100 * share:.2f}"


@register.simple_tag(takes_context=True)
def part_label(context: dict[str, Any], part: str) -> str:
    """What a part of a group is called: a side, a language, the number of a row."""
    if part.isdecimal():
        return words.say(context["language"], "elements.row", n=int(part))
    return words.say(context["language"], f"elements.{part}")


@register.simple_tag(takes_context=True)
def address(context: dict[str, Any], element: Element) -> str:
    """The page where an element is at home."""
    return places.address(context["workspace"].id, element)


@register.simple_tag(takes_context=True)
def act(context: dict[str, Any], element: str) -> str:
    """What makes a form act on an element: in place where there is script, as an ordinary form where there is none."""
    return places.acting(context["workspace"].id, element)


@register.simple_tag(takes_context=True)
def panel(context: dict[str, Any], element: Element, at: str = "") -> str:
    """What makes a link to an element open beside the page, at a place of its form; an ordinary link where there is no script.

    Who saves comes back to the page as it was asked for: with its thread, as a table, or narrowed to some rows.
    """
    return places.opening(context["workspace"].id, element.id, context["request"].get_full_path(), at)


@register.simple_tag(takes_context=True)
def stage_word(context: dict[str, Any], stage: str) -> str:
    """What a stage of the guided path is called."""
    return words.say(context["language"], f"journeys.stage_{stage}")


@register.simple_tag(takes_context=True)
def origin(context: dict[str, Any], name: str) -> str:
    """What a change came from."""
    return words.say(context["language"], f"history.origin_{name}")


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], at: datetime | str) -> str:
    """A moment, also one that was kept as text, as a reader of this language writes it, in the organisation's zone."""
    when = datetime.fromisoformat(at) if isinstance(at, str) else at
    return Words(context["language"], context["zone"]()).moment(when)


@register.simple_tag
def tiles(of: Tiles) -> str:
    """Figures to start with, each with its words."""
    return tiles_html(of)


@register.simple_tag
def blocks(of: Iterable[Block], own_language: str | None = None) -> str:
    """Blocks of a report, drawn."""
    return blocks_html(of, own_language)


@register.simple_tag(takes_context=True)
def level_word(context: dict[str, Any], level: str) -> str:
    """What a level of finding is called."""
    return words.say(context["language"], f"findings.level_{level}")


@register.simple_tag
def level_mark(level: str) -> str:
    """The shape of a level of finding."""
    return {"error": "✕", "warning": "!", "advice": "→", "good": "✓"}[level]


@register.simple_tag(takes_context=True)
def pattern_sentence(context: dict[str, Any], pattern: Pattern) -> str:
    """The sentence of a pattern with what is to be filled in left open."""
    return open_sentence(pattern, context["language"])


@register.simple_tag(takes_context=True)
def pattern_example(context: dict[str, Any], pattern: Pattern) -> str:
    """A sentence from life that a pattern stands for; nothing where there is none yet."""
    return words.sentences(context["language"]).get(f"measures.example_{pattern.name}", "")


@register.simple_tag(takes_context=True)
def job_state(context: dict[str, Any], job: Any) -> str:
    """How a piece of long work stands."""
    return words.say(context["language"], f"evidence.state_{job.state}")


@register.simple_tag(takes_context=True)
def job_what(context: dict[str, Any], what: str) -> str:
    """What a piece of long work is doing."""
    key = f"evidence.progress_{what}"
    return words.say(context["language"], key) if key in words.sentences(context["language"]) else what


@register.simple_tag(takes_context=True)
def day(context: dict[str, Any], of: date) -> str:
    """A day as a reader of this language writes it."""
    return Words(context["language"], ZoneInfo("UTC")).day(of)


@register.simple_tag
def joined(texts: Iterable[str]) -> str:
    """Texts after each other."""
    return ", ".join(texts)
