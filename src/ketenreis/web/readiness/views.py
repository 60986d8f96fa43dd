"""The gate of every chain, one chain with its evidence, and the page that prepares and minutes its meeting."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ketenreis.errors import MissingExtraError
from ketenreis.model import Model
from ketenreis.notation.slugs import slug
from ketenreis.render.blueprint.export import MEDIA_TYPES
from ketenreis.render.slide import slide_pptx
from ketenreis.reports.agenda import agenda
from ketenreis.reports.chain_slide import chain_slide
from ketenreis.reports.handed_over import HandedOver
from ketenreis.reports.meeting import quarters
from ketenreis.reports.quarters import quarter_before, quarter_of
from ketenreis.reports.readied import Readied, agreed, readied, right_in_words, sand_in_words, signed
from ketenreis.reports.words import Words, current_day
from ketenreis.web.changes import keeping
from ketenreis.web.figures import AT_ONCE, Figures, figures, handed_in_quarter
from ketenreis.web.findings.aside import Aside
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.readiness.templatetags.readied import LOOKS
from ketenreis.web.shelf import Workspace


@require_GET
def all_chains(request: HttpRequest, workspace: str) -> HttpResponse:
    """The gate of every chain."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    known = figures(here, model)
    words = _words(request, model, known)
    rows = [
        (one, sum(answer.colour == "green" for answer in one.ready.answers), one.sand)
        for one in readied(model, known.report, today=current_day(model), aside=Aside.of(here.id).facts)
    ]
    return render(
        request, "readiness/list.html", {"rows": rows, "figures": known, "cases": words.cases, **LOOKS}
    )


@require_GET
def one(request: HttpRequest, workspace: str, chain: str) -> HttpResponse:
    """The readiness of one chain."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    known = figures(here, model)
    found, words = _found(here, model, chain, known), _words(request, model, known)
    ready = found.ready
    shown = {
        "chain": model[chain],
        "found": found,
        "ready": ready,
        "right": right_in_words(ready, words),
        "felt": [(one.step, signed(one.score), one.basis) for one in found.felt],
        "sand": [(sand, sand_in_words(sand, words)) for sand in found.sand],
        "agenda": agenda(found, model, words),
        "figures": known,
        "words": words,
        **LOOKS,
    }
    return render(request, "readiness/one.html", shown)


@require_GET
def meeting(request: HttpRequest, workspace: str, chain: str) -> HttpResponse:
    """The page of a chain meeting over a quarter: what to talk about, and what was said."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    known, found = _in_quarter(request, here, model, chain)
    words = _words(request, model, known)
    held = sorted(
        model.children(chain, "meeting"), key=lambda each: str(each.get("date") or ""), reverse=True
    )
    mine = [each for each in held if each.get("period") in (found.quarter, None)]
    shown = {
        "chain": model[chain],
        "period": found.quarter,
        "model": model,
        "quarter_before": quarter_before(found.quarter),
        "about_period": words.say("readiness.period", quarter=found.quarter),
        "periods": quarters(known.report) if known.report else (),
        "right": right_in_words(found.ready, words),
        "handovers": [
            (one, words.duration(passing.p90), words.percent(passing.complete), words.whole(passing.cases))
            for one, passing in found.slowest
        ],
        "found": found,
        "ready": found.ready,
        "sand": [(sand, sand_in_words(sand, words)) for sand in found.sand],
        "agenda": agenda(found, model, words),
        "meetings": mine,
        "earlier": [each for each in held if each not in mine],
        "actions": {
            each.id: [agreed(model, one, current_day(model)) for one in model.children(each.id, "action")]
            for each in held
        },
        "roles": model.of_kind("role"),
        "today": current_day(model),
        "figures": known,
        "words": words,
        "seen": moment.change,
        **LOOKS,
    }
    return render(request, "readiness/meeting.html", shown)


@require_GET
def slide(request: HttpRequest, workspace: str, chain: str) -> HttpResponse:
    """One slide about a chain, for management."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    known, found = _in_quarter(request, here, model, chain, wait=30)
    try:
        written = slide_pptx(chain_slide(found, model, _words(request, model, known)))
    except MissingExtraError as refused:
        shown = {"refused": str(refused), "subject": model[chain]}
        return render(request, "blueprint/refused.html", shown, status=501)
    disposition = f'attachment; filename="{slug(model[chain].name) or "slide"}.pptx"'
    return HttpResponse(
        written, content_type=MEDIA_TYPES["pptx"], headers={"Content-Disposition": disposition}
    )


def _in_quarter(
    request: HttpRequest, workspace: Workspace, model: Model, chain: str, wait: float = AT_ONCE
) -> tuple[Figures, Readied]:
    """A chain in the quarter that was asked for: one of those with figures, the last unless asked."""
    known = figures(workspace, model, wait)
    spans = quarters(known.report) if known.report else ()
    asked = request.GET.get("period", "")
    quarter = asked if asked in spans else (spans[-1] if spans else quarter_of(current_day(model)))
    if known.report is None:
        return known, _found(workspace, model, chain, known, quarter)
    passed = handed_in_quarter(workspace, model, quarter, wait)
    found = _found(workspace, model, chain, known, quarter, passed.handed)
    return replace(known, state=passed.state, why=passed.why), found


def _found(
    workspace: Workspace,
    model: Model,
    chain: str,
    known: Figures,
    quarter: str = "",
    handed: HandedOver | None = None,
) -> Readied:
    element_of(model, chain, "chain")
    aside = Aside.of(workspace.id).facts
    return readied(
        model, known.report, chain, today=current_day(model), aside=aside, quarter=quarter, handed=handed
    )[0]


def _words(request: HttpRequest, model: Model, known: Figures) -> Words:
    about = known.report.object_type if known.report else "case"
    return Words.of(language_of(request), model, about)
