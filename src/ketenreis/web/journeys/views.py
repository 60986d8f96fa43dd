"""The list of journeys, a new one, and one journey with its phases, steps and all that stands in a step."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ketenreis.analysis.basis import STRENGTH
from ketenreis.model import Element, Model
from ketenreis.reports.blueprint import judged_at
from ketenreis.web.changes import keeping
from ketenreis.web.changes.making import made
from ketenreis.web.elements.listed import elements_file, listed_elements
from ketenreis.web.figures import figures
from ketenreis.web.frame.listing import Facet
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.journeys.columns import columns
from ketenreis.web.journeys.guide import Stage, path
from ketenreis.web.words import say


@dataclass(frozen=True, slots=True)
class Row:
    """One journey in the list."""

    journey: Element
    steps: int
    stages: tuple[Stage, ...]

    @property
    def ready(self) -> int:
        """How many stages are complete."""
        return sum(stage.complete for stage in self.stages)


@require_http_methods(["GET", "POST"])
def all_journeys(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every journey, how far it is, and a form for a new one."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    if request.method == "POST":
        name, need = (request.POST.get(key, "").strip()[:400] for key in ("name", "need"))
        if name:
            said = {"name": name, **({"need": need} if need else {})}
            organisation = request.POST.get("organisation", "").strip()[:200]
            edits, journey = made(moment.model, "journey", said, language_of(request), organisation)
            keeping.commit(here, edits)
            return redirect("journeys:one", here.id, journey)
    rows = [
        Row(journey, sum(1 for _ in moment.model.within(journey.id, "step")), path(moment.model, journey))
        for journey in moment.model.of_kind("journey")
    ]
    language = language_of(request)
    counted = [
        Facet[Row]("steps", say(language, "journeys.facet_steps"), lambda row: row.steps),
        Facet[Row]("ready", say(language, "journeys.facet_ready"), lambda row: row.ready),
    ]
    listing = listed_elements(request, moment, "journey", rows, _journey, counted)
    if (file := elements_file(request, moment, "journey", listing, _journey)) is not None:
        return file
    shown = {"rows": listing.rows, "listing": listing, "organisation": moment.model.organisation}
    return render(request, "journeys/list.html", shown)


def _journey(row: Row) -> Element:
    return row.journey


@require_http_methods(["GET"])
def one(request: HttpRequest, workspace: str, journey: str) -> HttpResponse:
    """One journey: its guided path, and its steps to work on."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    element = element_of(model, journey, "journey")
    known = figures(here, model)
    firm = (
        judged_at(model, {one.requirement.id: one for one in known.report.measured})
        if known.report
        else frozenset()
    )
    standing = columns(model, element, firm)
    return render(
        request,
        "journeys/one.html",
        {
            "journey": element,
            "phases": [(phase, standing[phase.id]) for phase in model.children(journey, "phase")],
            "loose": standing[journey],
            "bases": STRENGTH,
            "stages": path(model, element),
            "nested": model.children(journey, "journey"),
            "around": model.parent(journey, "journey"),
            "homes": _homes(model, element),
            "figures": known,
            "owner": model.target(journey, "owned_by"),
            "groups": model.targets(journey, "for"),
            "seen": moment.change,
            "model": model,
        },
    )


def _homes(model: Model, journey: Element) -> tuple[Element, ...]:
    """Where a journey can stand: in the organisation, or in any journey that does not stand in it."""
    inside = {journey.id, *(one.id for one in model.within(journey.id, "journey"))}
    return tuple(one for one in model.of_kind("organisation", "journey") if one.id not in inside)
