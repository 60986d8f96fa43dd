"""The board with its thread, and what there is to draw one of."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ketenreis.errors import KetenreisError
from ketenreis.model import Element, Model
from ketenreis.notation.confirmed import Suspect
from ketenreis.notation.slugs import slug
from ketenreis.render.blueprint.export import MEDIA_TYPES, blueprint_file
from ketenreis.render.blueprint.html import blueprint_html, css
from ketenreis.render.blueprint.table import identified
from ketenreis.reports.blueprint import board
from ketenreis.reports.deviated import overlay
from ketenreis.reports.words import Words
from ketenreis.web.changes import keeping
from ketenreis.web.changes.suspect import suspects_of
from ketenreis.web.figures import figures
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.walks import walks

DRAWN = ("journey", "chain", "process")
"""The kinds a blueprint can be drawn of."""


@require_GET
def first(request: HttpRequest, workspace: str) -> HttpResponse:
    """The blueprint of the first journey; the list of journeys where there is none yet."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    subjects = _subjects(model)
    if not subjects:
        return redirect("journeys:list", here.id)
    return redirect("blueprint:one", here.id, subjects[0].id)


@require_GET
def one(request: HttpRequest, workspace: str, subject: str) -> HttpResponse:
    """One blueprint, as a board or as the equal table; `?ctq=` lights a thread, `?show=deviations` lays the deviations over it."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    element = element_of(model, subject, *DRAWN)
    known = figures(here, model)
    language = language_of(request)
    overlaid = request.GET.get("show") == "deviations"
    over = walks(here, model) if overlaid else None
    found = over.of(subject) if over else None
    words = Words.of(language, model, found.object_type if found else "case")
    marked = overlay(found, words)
    open_ones = suspects_of(here, moment)
    drawn = board(model, subject, known.report, language, suspect=_ends(open_ones), marked=marked)
    thread, as_table = request.GET.get("ctq"), request.GET.get("as") == "table"
    shown = {
        "board": drawn,
        "drawn": None if as_table else blueprint_html(drawn, thread if thread in model else None),
        "rows": [
            (model[name], list(zip(drawn.said.columns, cells, strict=True)))
            for name, cells in (identified(drawn) if as_table else ())
        ],
        "subject": element,
        "selected": model[thread] if thread and thread in model else None,
        "to_check": [
            model[end]
            for one in open_ones
            if thread in (one.edge.source, one.edge.target)
            for end in (one.edge.source, one.edge.target)
            if end != thread and end in model
        ],
        "subjects": _subjects(model),
        "figures": known,
        "formats": tuple(MEDIA_TYPES),
        "overlaid": overlaid,
        "over": over,
        "marked": marked,
    }
    return render(request, "blueprint/one.html", shown)


@require_GET
def as_file(request: HttpRequest, workspace: str, subject: str, ending: str) -> HttpResponse:
    """The blueprint as a file to keep, print or present."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    element = element_of(model, subject, *DRAWN)
    if ending not in MEDIA_TYPES:
        raise Http404
    language = language_of(request)
    thread = request.GET.get("ctq")
    suspect = _ends(suspects_of(here, moment))
    drawn = board(model, subject, figures(here, model, wait=30).report, language, suspect=suspect)
    try:
        written = blueprint_file(drawn, ending, thread if thread in model else None)
    except KetenreisError as refused:
        shown = {"refused": str(refused), "subject": element}
        return render(request, "blueprint/refused.html", shown, status=501)
    name = slug(element.name) or "blueprint"
    disposition = f'attachment; filename="{name}.{ending}"'
    return HttpResponse(
        written, content_type=MEDIA_TYPES[ending], headers={"Content-Disposition": disposition}
    )


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """The style of boards."""
    return HttpResponse(
        css(), content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=60"}
    )


def _ends(found: Iterable[Suspect]) -> frozenset[str]:
    """The elements with a relation that is to be looked at again."""
    return frozenset(end for one in found for end in (one.edge.source, one.edge.target))


def _subjects(model: Model) -> list[Element]:
    return list(model.of_kind(*DRAWN))
