"""Whether an initiative is built on quicksand, for any page that shows it: `{% load quicksand %}{% quicksand_of initiative %}`."""

from typing import Any

from django import template

from ketenreis.model import Element
from ketenreis.reports.readied import sand_in_words, sands
from ketenreis.reports.words import Words, current_day
from ketenreis.web.changes import keeping
from ketenreis.web.figures import figures
from ketenreis.web.findings.aside import Aside

register = template.Library()


@register.inclusion_tag("readiness/sand.html", takes_context=True)
def quicksand_of(context: dict[str, Any], initiative: Element) -> dict[str, Any]:
    """The reasons why, per chain; nothing for an initiative that stands on firm ground, or whose warning was put aside."""
    here = context["workspace"]
    model = keeping.now(here).model
    report = figures(here, model, wait=0.05).report
    words = Words.of(str(context["language"]), model, report.object_type if report else "case")
    put = Aside.of(here.id)
    found = [
        sand
        for sand in sands(model, report, current_day(model))
        if sand.initiative.id == initiative.id and put.still(sand.fingerprint, sand.facts) is None
    ]
    shown = {name: context[name] for name in ("workspace", "language", "request")}
    return {**shown, "sand": [(sand, sand_in_words(sand, words)) for sand in found]}
