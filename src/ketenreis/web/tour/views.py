"""The beginning of the tour: what it shows, and the way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ketenreis.web.changes import keeping
from ketenreis.web.frame.visitor import workspace_of
from ketenreis.web.tour.stops import stops


@require_GET
def start(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every stop, and a button to begin."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    shown = {"stops": stops(here.id, model), "organisation": model.organisation}
    return render(request, "tour/start.html", shown)
