"""The page of one element, whatever its kind; lists of a kind; and finding anything by its name."""

from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from ketenreis.findings import in_words
from ketenreis.model import KIND, RELATION, Element, Kind, Model, Relation, kinds_inside, relations_from
from ketenreis.model.applying import apply
from ketenreis.model.edits import Insert
from ketenreis.web.changes import keeping
from ketenreis.web.changes.making import UNNAMED, housed
from ketenreis.web.elements.doing import DOINGS, Asked
from ketenreis.web.elements.fields import Input, inputs, relation_inputs, relation_said
from ketenreis.web.frame.places import address
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.impact.proposing import is_asked, weighed
from ketenreis.web.shelf import Workspace

AGAIN = "again"
"""What a form says that is to be seen once more, with everything that was typed; nothing is saved."""
MOST_CANDIDATES = 400
"""More choices than this in one list help nobody."""


@dataclass(frozen=True, slots=True)
class Related:
    """One relation of an element on its page: what it leads to and what it says, what it may lead to besides, and as what that is made."""

    relation: Relation
    targets: tuple[tuple[Element, str], ...]
    candidates: tuple[Element, ...]
    inputs: tuple[Input, ...]
    made_as: tuple[Kind, ...]


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, workspace: str, element: str) -> HttpResponse:
    """One element: read, or changed by a form that says what to do."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    if request.method == "POST":
        if not _is_to_come(moment.model, element):
            element_of(moment.model, element)
        return change(request, here, element)
    element_of(moment.model, element)
    return _page(request, here, moment, element, ())


def change(request: HttpRequest, workspace: Workspace, element: str) -> HttpResponse:
    """Does what a form asks, and shows where that leads; what was not understood, or conflicts, is said on the page."""
    posted = {key: str(value) for key, value in request.POST.items()}
    is_again = posted.get("do") == AGAIN
    doing = DOINGS.get("save" if is_again else posted.get("do", ""))
    seen = (
        keeping.at(workspace, int(posted["seen"]))
        if posted.get("seen", "").isdecimal()
        else keeping.now(workspace)
    )
    is_first = _is_to_come(keeping.now(workspace).model, element)
    if is_first:
        seen = keeping.Moment(seen.change, housed(seen.model, language_of(request)))
    if doing is None or element not in seen.model:
        raise Http404
    asked = doing(seen.model[element], seen.model, posted)
    if is_first and asked.edits:
        asked = replace(asked, edits=(Insert(seen.model[element]), *asked.edits))
    if asked.findings:
        return _refused(request, workspace, element, asked)
    if is_again:
        typed = keeping.Moment(seen.change, apply(seen.model, asked.edits).model)
        return _page(request, workspace, typed, element, ())
    if is_asked(request):
        again = {"do": AGAIN} if posted["do"] == "save" else None
        return weighed(request, workspace, asked.edits, again)
    result = keeping.commit(workspace, asked.edits, who=str(request.POST.get("who", "")))
    if isinstance(result, keeping.Refused):
        return render(
            request,
            "elements/conflict.html",
            {
                "conflicts": result.conflicts,
                "element": element,
                "back": _back(request, workspace, element),
                "posted": posted,
            },
            status=409,
        )
    return redirect(
        _back(request, workspace, asked.goes_to if asked.goes_to in result.model else element, asked)
    )


def _is_to_come(model: Model, element: str) -> bool:
    """Whether this is the organisation that the first thing added to it brings along."""
    return model.organisation is None and element == UNNAMED


def _back(request: HttpRequest, workspace: Workspace, element: str | None, asked: Asked | None = None) -> str:
    """The page the form stood on, else the page of the element."""
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, {request.get_host()}):
        new = asked.goes_to if asked and asked.goes_to else ""
        return f"{back}#{new}" if new and "#" not in back else back
    model = keeping.now(workspace).model
    if element is None or element not in model:
        return reverse("journeys:list", args=[workspace.id])
    return address(workspace.id, model[element])


def _refused(request: HttpRequest, workspace: Workspace, element: str, asked: Asked) -> HttpResponse:
    moment = keeping.now(workspace)
    element_of(moment.model, element)
    language = language_of(request)
    said = [in_words(finding, language, moment.model.name) for finding in asked.findings]
    return _page(request, workspace, moment, element, tuple(said), status=422)


def _page(
    request: HttpRequest,
    workspace: Workspace,
    moment: keeping.Moment,
    name: str,
    said: tuple[Any, ...],
    status: int = 200,
) -> HttpResponse:
    model = moment.model
    element = model[name]
    shown = {
        "element": element,
        "seen": moment.change,
        "said": said,
        "inputs": inputs(element, model),
        "parents": _above(model, element),
        "inside": [(kind, model.children(name, kind.name)) for kind in kinds_inside(element.kind)],
        "relations": _related(model, element),
        "incoming": _incoming(model, element),
        "model": model,
        "back": back
        if (back := request.GET.get("back") or request.POST.get("back", "")).startswith("/")
        else request.path,
        "back_above": back,
    }
    return render(request, "elements/one.html", shown, status=status)


def _above(model: Model, element: Element) -> tuple[Element, ...]:
    found: list[Element] = []
    above = model.parent(element.id)
    while above is not None:
        found.insert(0, above)
        above = model.parent(above.id)
    return tuple(found)


def _related(model: Model, element: Element) -> tuple[Related, ...]:
    found = []
    for relation in relations_from(element.kind):
        if relation.derived:
            continue
        edges = model.out(element.id, relation.name)
        taken = {element.id, *(edge.target for edge in edges)}
        others = (other for other in model.of_kind(*relation.targets(element.kind)) if other.id not in taken)
        found.append(
            Related(
                relation,
                tuple(
                    (model[edge.target], relation_said(edge, model)) for edge in edges if edge.target in model
                ),
                tuple(islice(others, MOST_CANDIDATES)),
                relation_inputs(relation),
                tuple(
                    kind
                    for name in relation.targets(element.kind)
                    if "organisation" in (kind := KIND[name]).inside and not model.of_kind(name)
                ),
            )
        )
    return tuple(found)


def _incoming(model: Model, element: Element) -> tuple[tuple[Relation, tuple[Element, ...]], ...]:
    return tuple(
        (relation, sources)
        for relation in RELATION.values()
        if (sources := model.sources(element.id, relation.name))
    )
