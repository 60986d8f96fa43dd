"""The beginning of the tour: what it shows, and the way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ketenreis.reports.words import own_language
from ketenreis.web.changes import keeping
from ketenreis.web.changes.twins import twin
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.tour.stops import beyond, stops
from ketenreis.web.words import LANGUAGES

STAY = "stay"
"""Asked by whoever wants the example in this language, whatever the browser says."""


@require_GET
def start(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every stop, and a button to begin: in the visitor's language, where the example is there in it too."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    language = language_of(request)
    own = twin(here, model, language)
    if own is not None and STAY not in request.GET:
        return redirect("tour:list", own.id)
    other = own or next(filter(None, (twin(here, model, one) for one in LANGUAGES)), None)
    shown = {
        "stops": stops(here.id, model),
        "beyond": beyond(here, model),
        "organisation": model.organisation,
        "twin": other,
        "twin_language": own_language(keeping.now(other).model) if other else "",
    }
    return render(request, "tour/start.html", shown)
