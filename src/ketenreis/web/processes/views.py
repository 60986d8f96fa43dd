"""The list of processes, a new one, and one process as an outline to work in."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenreis.model import KIND, Edge, Element, Model
from ketenreis.model.edits import Relate
from ketenreis.model.flow import FLOW_NODES
from ketenreis.web.changes import keeping
from ketenreis.web.changes.making import made
from ketenreis.web.elements.listed import elements_file, listed_elements
from ketenreis.web.frame.listing import Facet
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.processes.outline import every, in_order, outline, top
from ketenreis.web.words import say

STAGES = KIND["activity"].fields[0].choices


@dataclass(frozen=True, slots=True)
class Row:
    """One process in the list."""

    process: Element
    activities: int
    served: int
    links: tuple[Element, ...]
    owner: Element | None


@require_http_methods(["GET", "POST"])
def all_processes(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every process that stands in no other, and a form for a new one."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    if request.method == "POST" and (name := request.POST.get("name", "").strip()[:400]):
        edits, process = made(model, "process", {"name": name}, language_of(request))
        keeping.commit(here, edits)
        return redirect("processes:one", here.id, process)
    rows = [
        _row(model, process)
        for process in model.of_kind("process")
        if model.parent(process.id, "process") is None
    ]
    language = language_of(request)
    counted = [
        Facet[Row]("activities", say(language, "processes.facet_activities"), lambda row: row.activities),
        Facet[Row]("served", say(language, "processes.facet_served"), lambda row: row.served),
    ]
    listing = listed_elements(request, moment, "process", rows, _of_row, counted)
    if (file := elements_file(request, moment, "process", listing, _of_row)) is not None:
        return file
    shown = {"rows": listing.rows, "listing": listing, "organisation": model.organisation}
    return render(request, "processes/list.html", shown)


def _of_row(row: Row) -> Element:
    return row.process


def _row(model: Model, process: Element) -> Row:
    work = tuple(model.within(process.id, "activity"))
    return Row(
        process,
        len(work),
        sum(
            any(model.out(one.id, "serves") for one in (activity, *model.children(activity.id, "output")))
            for activity in work
        ),
        tuple(one for one in model.sources(process.id, "realised_by") if one.kind == "chain_link"),
        model.target(process.id, "owned_by"),
    )


@require_GET
def one(request: HttpRequest, workspace: str, process: str) -> HttpResponse:
    """One process: its outline, and what can be done with it."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    element = element_of(model, process, "process")
    nodes = outline(model, process)
    around = top(model, process)
    shown = {
        "process": element,
        "top": around,
        "above": model.parent(process, "process"),
        "owner": model.target(process, "owned_by"),
        "links": [one for one in model.sources(process, "realised_by") if one.kind == "chain_link"],
        "nodes": nodes,
        "goals": [node.element for node in every(outline(model, around.id))],
        "places": [around, *model.within(around.id, "process")],
        "roles": model.of_kind("role"),
        "systems": model.of_kind("system"),
        "stages": STAGES,
        "gateways": KIND["gateway"].fields[0].choices,
        "events": KIND["event"].fields[0].choices,
        "ordering": request.GET.get("order", ""),
        "is_joined": any(node.ways for node in every(nodes)),
        "seen": moment.change,
        "model": model,
    }
    return render(request, "processes/one.html", shown)


@require_POST
def in_this_order(request: HttpRequest, workspace: str, process: str) -> HttpResponse:
    """Joins the lines of a process one after another, where nothing says yet what comes next."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    element_of(model, process, "process")
    own = [one for one in in_order(model, process) if one.kind in FLOW_NODES]
    edits = [
        Relate(Edge("then", before.id, after.id))
        for before, after in pairwise(own)
        if not model.out(before.id, "then") and before.get("type") != "end"
    ]
    keeping.commit(here, edits)
    return redirect("processes:one", here.id, process)
