"""The list of chains, a new one, one chain with all that its links agreed, and what customers need from whom."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ketenreis.model import KIND, Element, Model
from ketenreis.reports.words import current_day
from ketenreis.web.chains import reading
from ketenreis.web.chains.needed import needed_from, performers
from ketenreis.web.changes import keeping
from ketenreis.web.changes.making import home, made
from ketenreis.web.elements.listed import elements_file, listed_elements
from ketenreis.web.figures import figures
from ketenreis.web.frame.listing import Facet
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.words import say

FIELDS = ("name", "need", "fulfilment")
LOOKS = {
    "tones": {"silent": "bad", "differs": "warn", "unconfirmed": "unknown", "agreed": "good"},
    "shapes": {"silent": "✕", "differs": "≠", "unconfirmed": "?", "agreed": "✓"},
}
"""How the standing of an agreement looks: never by colour alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """One chain in the list."""

    chain: Element
    owner: Element | None
    links: tuple[Element, ...]
    agreed: int
    handovers: int


@require_http_methods(["GET", "POST"])
def all_chains(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every chain, how its agreements stand, and a form for a new one."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    if request.method == "POST":
        said = {key: request.POST.get(key, "").strip()[:400] for key in FIELDS}
        if said["name"]:
            filled = {key: value for key, value in said.items() if value}
            edits, chain = made(model, "chain", filled, language_of(request))
            keeping.commit(here, edits)
            return redirect("chains:one", here.id, chain)
    rows = [_row(model, chain) for chain in model.of_kind("chain")]
    language = language_of(request)
    counted = [
        Facet[Row]("links", say(language, "chains.facet_links"), lambda row: len(row.links)),
        Facet[Row]("agreed", say(language, "chains.facet_agreed"), lambda row: row.agreed),
    ]
    listing = listed_elements(request, moment, "chain", rows, _chain, counted)
    if (file := elements_file(request, moment, "chain", listing, _chain)) is not None:
        return file
    shown = {"rows": listing.rows, "listing": listing, "organisation": model.organisation}
    return render(request, "chains/list.html", shown)


def _chain(row: Row) -> Element:
    return row.chain


def _row(model: Model, chain: Element) -> Row:
    agreed = reading.agreements(model, chain.id)
    return Row(
        chain,
        model.target(chain.id, "owned_by"),
        model.children(chain.id, "chain_link"),
        sum(one.standing == "agreed" for one in agreed),
        len(agreed),
    )


@require_GET
def one(request: HttpRequest, workspace: str, chain: str) -> HttpResponse:
    """One chain: its scope, links, agreements, figures, expectations and opportunities."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    element = element_of(model, chain, "chain")
    known = figures(here, model)
    agreed = reading.agreements(model, chain, known.report.handed if known.report else None)
    shown = {
        "chain": element,
        "owner": model.target(chain, "owned_by"),
        "groups": model.targets(chain, "for"),
        "goals": model.targets(chain, "pursues"),
        "links": reading.links(model, chain, agreed),
        "agreements": agreed,
        "kpis": reading.steering(model, chain),
        "expected": reading.expected(model, chain),
        "planned": reading.planned(model, chain),
        "travelled": reading.travelled(model, chain),
        "departments": model.of_kind("department"),
        "processes": model.of_kind("process"),
        "roles": model.of_kind("role"),
        "personas": model.of_kind("persona"),
        "sides": KIND["kpi"].fields[0].choices,
        "measured": {one.requirement.id: one for one in known.report.measured} if known.report else {},
        "today": current_day(model),
        "seen": moment.change,
        "figures": known,
        **LOOKS,
    }
    return render(request, "chains/one.html", shown)


@require_GET
def everybody(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every department with its roles, and how much work each does."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    work = Counter(role.id for activity in model.of_kind("activity") for role in performers(model, activity))
    departments = [
        (department, [(role, work[role.id]) for role in model.within(department.id, "role")])
        for department in model.of_kind("department")
    ]
    loose = [
        (role, work[role.id]) for role in model.of_kind("role") if model.parent(role.id, "department") is None
    ]
    shown = {"departments": departments, "loose": loose, "organisation": home(model, language_of(request))}
    return render(request, "chains/everybody.html", shown)


@require_GET
def needs(request: HttpRequest, workspace: str, element: str) -> HttpResponse:
    """One page for a department or a role: what customers need from it."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    who = element_of(model, element, "department", "role")
    language = language_of(request)
    known = figures(here, model)
    shown = {
        "who": who,
        "department": model.parent(element, "department"),
        "roles": model.children(element, "role"),
        "needed": needed_from(model, who, language),
        "measured": {one.requirement.id: one for one in known.report.measured} if known.report else {},
        "figures": known,
        **LOOKS,
    }
    return render(request, "chains/needs.html", shown)
