"""What readiness found, in its visitor's words: `{% load readied %}{% asks answer %}{% remark one %}{% judged verdict %}`."""

from typing import Any

from django import template

from ketenreis.analysis.gate import Answer, Remark, Verdict
from ketenreis.reports.agenda import points_in_words, why_not_in_words
from ketenreis.reports.meeting import Turned
from ketenreis.reports.readied import SHAPE, next_in_words, remark_in_words
from ketenreis.reports.words import SHAPES, Words

register = template.Library()

TONES = {
    "green": "good",
    "met": "good",
    "amber": "warn",
    "red": "bad",
    "not_met": "bad",
    "unknown": "unknown",
    "cannot_say": "unknown",
}
"""The tone of a colour or a verdict; never by that alone, for each has its shape too."""
LOOKS = {"tones": TONES, "shapes": {**SHAPE, **SHAPES}}


@register.simple_tag(takes_context=True)
def asks(context: dict[str, Any], answer: Answer) -> str:
    """The question that was answered."""
    return _words(context).say(f"readiness.q_{answer.question}")


@register.simple_tag(takes_context=True)
def remark(context: dict[str, Any], one: Remark) -> str:
    """What is there, or lacks."""
    return remark_in_words(one, _words(context))


@register.simple_tag(takes_context=True)
def next_move(context: dict[str, Any], one: Remark) -> str:
    """What to do about what lacks."""
    return next_in_words(one, _words(context))


@register.inclusion_tag("readiness/verdict.html", takes_context=True)
def judged(context: dict[str, Any], verdict: Verdict) -> dict[str, Any]:
    """A verdict with its share, and what makes that honest; the word alone where nothing was judged."""
    words = _words(context)
    shown = {**LOOKS, "verdict": verdict, "word": words.standing(verdict.standing)}
    if verdict.share is not None:
        shown["share"] = words.percent(verdict.share, verdict.asked)
        shown["note"] = f"{words.interval(verdict.interval)} · n = {words.whole(verdict.n)}"
    return shown


@register.simple_tag(takes_context=True)
def before(context: dict[str, Any], turned: Turned) -> str:
    """The share of the quarter before."""
    words, counts = _words(context), turned.before
    if not counts.judged:
        return "–"
    return f"{words.percent(counts.attainment)} · n = {words.whole(counts.judged)}"


@register.simple_tag(takes_context=True)
def difference(context: dict[str, Any], turned: Turned) -> str:
    """By how many points a requirement turned."""
    return points_in_words(turned, _words(context)) or "–"


@register.simple_tag(takes_context=True)
def why_not(context: dict[str, Any], turned: Turned) -> str:
    """Why there is no verdict; empty where there is one."""
    return why_not_in_words(turned, context["model"], _words(context))


@register.simple_tag(takes_context=True)
def weeks_open(context: dict[str, Any], turned: Turned) -> str:
    """How many weeks of the quarter stayed out; empty for none."""
    return _words(context).say("readiness.weeks_open", n=turned.running) if turned.running else ""


def _words(context: dict[str, Any]) -> Words:
    """The words that every page of readiness gives."""
    words: Words = context["words"]
    return words
