"""Initiatives and ideas, the tensions between them, the talk that each opens, and what comes of it."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenreis.analysis.operations import operations
from ketenreis.analysis.tension_rules import RULES
from ketenreis.model import KIND, Element, Field, Model
from ketenreis.model.edits import Edit
from ketenreis.reports.words import current_day
from ketenreis.web.changes import keeping
from ketenreis.web.changes.making import home
from ketenreis.web.findings import aside
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.initiatives import asking, reading
from ketenreis.web.shelf import Workspace

WORKABLE = (
    "step",
    "touchpoint",
    "question",
    "message",
    "artefact",
    "activity",
    "output",
    "process",
    "handover",
)
"""The kinds that an initiative usually works on."""
MOST = 1_500
"""So many elements are offered to pick from; any other is named by its id."""


@require_http_methods(["GET", "POST"])
def all_initiatives(request: HttpRequest, workspace: str) -> HttpResponse:
    """Initiatives and ideas by impact and effort, and as a list; an idea grows into an initiative."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    if request.method == "POST":
        idea = element_of(model, request.POST.get("idea", ""), "idea")
        edits, made = asking.grown(model, idea)
        return _kept(here, edits, reverse("initiatives:one", args=[here.id, made]))
    cards = reading.cards(here, moment, language_of(request))
    every = reading.proposed(model, cards)
    team = request.GET.get("team", "")
    shown = [row for row in every if not team or (row.team is not None and row.team.id == team)]
    open_actions, _ = reading.actions(model, current_day(model))
    return render(
        request,
        "initiatives/list.html",
        {
            "rows": shown,
            "initiatives": [row for row in shown if row.element.kind == "initiative"],
            "ideas": [row for row in shown if row.element.kind == "idea"],
            "matrix": reading.by_weight(every),
            "cards": [card for card in cards if card.dismissal is None],
            "actions": open_actions,
            "teams": model.of_kind("department"),
            "team": team,
            "idea": KIND["idea"],
            "fields": {field.name: field for field in KIND["initiative"].fields},
            "organisation": home(model, language_of(request)),
            "seen": moment.change,
        },
    )


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, workspace: str, initiative: str) -> HttpResponse:
    """One initiative: what it wants to do to what, for which goal, with what effect, and where it pulls against another."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    element = element_of(model, initiative, "initiative")
    refused = False
    if request.method == "POST":
        edits = _rows_asked(request, element, model, ("operations", "effects"))
        if edits is not None:
            return _kept(here, edits, reverse("initiatives:one", args=[here.id, initiative]))
        refused = True
    wanted = tuple(one for one in operations(model) if one.initiative.id == initiative)
    cards = reading.cards(here, moment, language_of(request))
    shown = {
        "initiative": element,
        "team": model.target(initiative, "proposed_by"),
        "goals": model.targets(initiative, "pursues"),
        "ideas": model.sources(initiative, "grows_into"),
        "operations": [(row, _of(model, row.get("element"))) for row in element.records("operations")],
        "effects": [(row, _of(model, row.get("element"))) for row in element.records("effects")],
        "valued": reading.valued(model, wanted),
        "cards": [card for card in cards if element in card.tension.initiatives and card.dismissal is None],
        "actions": reading.actions(model, current_day(model), initiative),
        "pick": [each for kind in WORKABLE for each in model.of_kind(kind)][:MOST],
        "measures": model.of_kind("ctq", "kpi"),
        "all_goals": model.of_kind("goal"),
        "all_teams": model.of_kind("department"),
        "roles": model.of_kind("role"),
        "operation": _parts("initiative", "operations"),
        "effect": _parts("initiative", "effects"),
        "posted": request.POST if refused else {},
        "today": current_day(model),
        "refused": refused,
        "seen": moment.change,
    }
    return render(request, "initiatives/one.html", shown, status=422 if refused else 200)


def _rows_asked(
    request: HttpRequest, element: Element, model: Model, fields: Sequence[str]
) -> tuple[Edit, ...] | None:
    """A row more or less, as a form asks; None when it was not understood."""
    posted = {key: str(value) for key, value in request.POST.items()}
    field = posted.get("field", "")
    if field not in fields:
        raise Http404
    if "drop" in posted:
        return asking.without_row(element, field, posted["drop"])
    return asking.with_row(element, field, posted, model)


@require_GET
def all_tensions(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every tension as a card with both sides; what was put aside apart."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    cards = reading.cards(here, moment, language_of(request))
    return render(
        request,
        "initiatives/tensions.html",
        {
            "cards": [card for card in cards if card.dismissal is None],
            "aside": [card for card in cards if card.dismissal is not None],
            "has_initiatives": bool(moment.model.of_kind("initiative")),
            "rules": [rule.name for rule in RULES],
        },
    )


@require_POST
def put_aside(request: HttpRequest, workspace: str) -> HttpResponse:
    """Puts a tension aside with a reason, or takes that back; without a reason nothing happens."""
    here = workspace_of(workspace)
    fingerprint, reason = request.POST.get("fingerprint", "")[:32], request.POST.get("reason", "").strip()
    if request.POST.get("do") == "back":
        aside.bring_back(here.id, fingerprint)
    elif reason:
        for one in reading.found(here, keeping.now(here)):
            if one.tension.fingerprint == fingerprint:
                aside.put_aside(here.id, fingerprint, one.tension.facts, reason)
    return redirect("initiatives:tensions", here.id)


@require_POST
def start(request: HttpRequest, workspace: str) -> HttpResponse:
    """Opens the dialogue about a tension; the one that was opened before, when there is one."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    for card in reading.cards(here, moment, language_of(request)):
        if card.tension.fingerprint == request.POST.get("fingerprint"):
            if card.dialogue is not None:
                return redirect("initiatives:dialogue", here.id, card.dialogue.id)
            edits, made = asking.opened(moment.model, card.told)
            return _kept(here, edits, reverse("initiatives:dialogue", args=[here.id, made]))
    raise Http404


@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, workspace: str, dialogue: str) -> HttpResponse:
    """One dialogue: views, shared premise, options, decision and why, actions."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    element = element_of(model, dialogue, "dialogue")
    cards = reading.cards(here, moment, language_of(request))
    card = next((one for one in cards if one.tension.fingerprint == element.get("finding")), None)
    if request.method == "POST":
        edits = _rows_asked(request, element, model, ("options", "views")) or ()
        return _kept(here, edits, reverse("initiatives:dialogue", args=[here.id, dialogue]))
    options, taken = element.records("options"), {str(row.get("text")) for row in element.records("options")}
    derived = [asking.option_row(card.told, at) for at in range(len(card.told.options))] if card else []
    shown = {
        "dialogue": element,
        "card": card,
        "views": [(row, _of(model, row.get("by"))) for row in element.records("views")],
        "options": options,
        "derived": [row for row in derived if row["text"] not in taken],
        "about": model.targets(dialogue, "about"),
        "goals": model.targets(dialogue, "pursues"),
        "vision": model.organisation.get("vision") if model.organisation else None,
        "all_goals": model.of_kind("goal"),
        "initiatives": model.of_kind("initiative", "department"),
        "roles": model.of_kind("role"),
        "option": _parts("dialogue", "options"),
        "actions": reading.actions(model, current_day(model), dialogue),
        "today": current_day(model),
        "seen": moment.change,
    }
    return render(request, "initiatives/dialogue.html", shown)


@require_GET
def all_actions(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every action that is open, the first due first, and those that are done."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    role = request.GET.get("role", "")
    both = reading.actions(model, current_day(model))
    shown = [
        [each for each in some if not role or (each.owner is not None and each.owner.id == role)]
        for some in both
    ]
    owners = {each.owner.id: each.owner for some in both for each in some if each.owner is not None}
    return render(
        request,
        "initiatives/actions.html",
        {
            "open": shown[0],
            "done": shown[1],
            "owners": owners.values(),
            "roles": model.of_kind("role"),
            "role": role,
            "today": current_day(model),
            "organisation": home(model, language_of(request)),
        },
    )


def _kept(workspace: Workspace, edits: Sequence[Edit], there: str) -> HttpResponse:
    """Keeps edits and goes where they show; when somebody else was first, that page says so."""
    result = keeping.commit(workspace, edits)
    return redirect(f"{there}?again=1" if isinstance(result, keeping.Refused) else there)


def _parts(kind: str, field: str) -> dict[str, Field]:
    """The parts of a row, by name."""
    found = KIND[kind].field(field)
    return {part.name: part for part in found.fields} if found else {}


def _of(model: Model, name: object) -> Element | None:
    return model[str(name)] if name in model else None
