"""The list of processes, a new one, and one process as an outline to work in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from ketenreis.web.frame.listing import Facet, Listing
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.processes.outline import every, in_order, line, outline, top
from ketenreis.web.words import say

STAGES = KIND["activity"].fields[0].choices
AT_ONCE = 150
"""So many lines of an outline stand on one page; of a process with more, each sub-process stands on its own."""


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
    """One process: its outline, and what can be done with it; of very many lines a page of them, and the others a search away."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    element = element_of(model, process, "process")
    around = top(model, process)
    lines, ordering = in_order(model, process), request.GET.get("order", "")
    every_line = tuple(model.within(process, *FLOW_NODES))
    listing = None
    if len(every_line) > AT_ONCE:
        listing = _by_pages(request, moment, process, lines)
        if (file := elements_file(request, moment, "activity", _work(listing), _itself)) is not None:
            return file
    shown = {
        "process": element,
        "top": around,
        "above": model.parent(process, "process"),
        "owner": model.target(process, "owned_by"),
        "links": [one for one in model.sources(process, "realised_by") if one.kind == "chain_link"],
        "nodes": [
            line(model, one, folded=listing is not None) for one in (listing.rows if listing else lines)
        ],
        "listing": listing,
        "after": _after(lines, listing.rows) if listing else {},
        "goals": [node.element for node in every(outline(model, around.id))] if ordering else (),
        "places": [around, *model.within(around.id, "process")],
        "roles": model.of_kind("role"),
        "systems": model.of_kind("system"),
        "stages": STAGES,
        "gateways": KIND["gateway"].fields[0].choices,
        "events": KIND["event"].fields[0].choices,
        "ordering": ordering,
        "is_joined": any(model.out(one.id, "then") for one in every_line),
        "seen": moment.change,
        "model": model,
    }
    return render(request, "processes/one.html", shown)


def _by_pages(
    request: HttpRequest, moment: keeping.Moment, process: str, lines: Sequence[Element]
) -> Listing[Element]:
    """The lines as a list that narrows and turns its pages, on the page of the line that `?at=` or `?order=` names."""
    model = moment.model
    at = request.GET.get("order") or request.GET.get("at", "")
    while at in model and model[at].parent != process:
        at = model[at].parent or ""
    role = Facet[Element](
        "role",
        say(language_of(request), "processes.role"),
        lambda one: found.name if (found := model.target(one.id, "performed_by")) else None,
        narrows=True,
    )
    return listed_elements(
        request, moment, "activity", lines, _itself, [role], a_page=AT_ONCE, in_sight=lambda one: one.id == at
    )


def _itself(element: Element) -> Element:
    return element


def _work(listing: Listing[Element]) -> Listing[Element]:
    """The activities of a list, which a sheet can hold."""
    return replace(listing, every=tuple(one for one in listing.every if one.kind == "activity"))


def _after(lines: Sequence[Element], shown: Sequence[Element]) -> dict[str, str]:
    """The first of each kind that comes after the lines that are shown: before it goes what is dropped below them."""
    last = lines.index(shown[-1]) if shown else len(lines)
    return {one.kind: one.id for one in reversed(lines[last + 1 :])}


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
