"""Every promise beside the norm it rests on, with what the events say of it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ketenreis.model import Element
from ketenreis.web.changes import keeping
from ketenreis.web.changes.making import home
from ketenreis.web.changes.remarkable import remarkable
from ketenreis.web.elements.listed import elements_file, listed_elements
from ketenreis.web.figures import figures
from ketenreis.web.frame.listing import Facet
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.measures.views import Row as Measured
from ketenreis.web.measures.views import row_of
from ketenreis.web.promises.reading import Promise, promises
from ketenreis.web.words import say


@dataclass(frozen=True, slots=True)
class Row:
    """One promise, with what was measured of the requirement it rests on."""

    promise: Promise
    measured: Measured | None


@require_GET
def every(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every promise: those that ask most of us first, as far as nobody asks for another order."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    language = language_of(request)
    known = figures(here, model)
    rows = [
        Row(one, row_of(one.ctq, model, known.report, language) if one.ctq is not None else None)
        for one in promises(model, remarkable(here, moment), language)
    ]
    facets = [
        Facet[Row](
            "beside",
            say(language, "promises.facet_beside"),
            lambda row: row.promise.beside if row.promise.ctq else "none",
            narrows=True,
            sorts=False,
            said=lambda value: say(language, f"promises.is_{value}"),
        ),
        Facet[Row](
            "standing",
            say(language, "measures.column_standing"),
            lambda row: row.measured.chip.word if row.measured and row.measured.chip else None,
            narrows=True,
        ),
        Facet[Row](
            "figure",
            say(language, "measures.column_figure"),
            lambda row: row.measured.attainment if row.measured else None,
        ),
    ]
    listing = listed_elements(request, moment, "promise", rows, _element, facets)
    if (file := elements_file(request, moment, "promise", listing, _element)) is not None:
        return file
    shown = {
        "listing": listing,
        "figures": known,
        "organisation": home(model, language),
        "ctqs": model.of_kind("ctq"),
        "places": model.of_kind("message", "artefact"),
        "steps": model.of_kind("step", "touchpoint"),
    }
    return render(request, "promises/list.html", shown)


def _element(row: Row) -> Element:
    return row.promise.element
