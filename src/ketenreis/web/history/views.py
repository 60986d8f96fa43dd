"""Every change: who, what, when, before and after; taken back, or the model made again as it was at a moment."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from ketenreis.model import Model
from ketenreis.model.edits import Edit, touched
from ketenreis.web.changes import keeping
from ketenreis.web.changes.models import Change
from ketenreis.web.frame.listing import Facet, as_file, listed, plain_sheet
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.history.told import names_in, told
from ketenreis.web.words import say

A_PAGE, MOST_EDITS = 50, 12


@dataclass(frozen=True, slots=True)
class Row:
    """One change in the list."""

    change: Change
    said: tuple[str, ...]
    left_out: int


@require_GET
def all_changes(request: HttpRequest, workspace: str) -> HttpResponse:
    """The changes, the newest first; of one element, when asked."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    language = language_of(request)
    about = request.GET.get("about", "")
    changes = Change.objects.filter(workspace=here.id).order_by("-id")
    if not about and not request.GET.get("q"):
        changes = changes.defer("edits")  # what stands on this page is read when it is shown
    found = [one for one in changes if not about or _is_about(one, about)]

    def said(change: Change) -> str:
        edits = keeping.edits_of(change)
        names = names_in(edits)
        return "\n".join(told(edit, moment.model, language, names) for edit in edits)

    facets = [
        Facet[Change]("at", say(language, "history.facet_at"), lambda one: one.at.isoformat()),
        Facet[Change](
            "origin",
            say(language, "history.facet_origin"),
            lambda one: one.origin,
            narrows=True,
            sorts=False,
            said=lambda origin: say(language, f"history.origin_{origin}"),
        ),
        Facet[Change]("who", say(language, "history.facet_who"), lambda one: one.who, narrows=True),
    ]
    listing = listed(request, found, facets, said, a_page=A_PAGE)
    columns = [
        ("id", lambda one: one.pk),
        (say(language, "history.facet_at"), lambda one: one.at.isoformat(" ", "seconds")),
        (say(language, "history.facet_origin"), lambda one: say(language, f"history.origin_{one.origin}")),
        (say(language, "history.facet_who"), lambda one: one.who),
        (say(language, "history.title"), said),
    ]
    title = say(language, "history.title")
    if (file := as_file(request, "history", lambda: plain_sheet(title, listing, columns))) is not None:
        return file
    rows = [
        row for change in listing.rows if (row := _row(change, moment.model, language, about)) is not None
    ]
    shown: dict[str, Any] = {"rows": rows, "listing": listing, "about": about, "now": moment.change}
    return render(request, "history/list.html", shown)


def _is_about(change: Change, element: str) -> bool:
    return any(element in touched(edit) for edit in keeping.edits_of(change))


def _row(change: Change, model: Model, language: str, about: str) -> Row | None:
    edits: tuple[Edit, ...] = keeping.edits_of(change)
    names = names_in(edits)
    if about:
        edits = tuple(edit for edit in edits if about in touched(edit))
        if not edits:
            return None
    return Row(
        change,
        tuple(told(edit, model, language, names) for edit in edits[:MOST_EDITS]),
        max(0, len(edits) - MOST_EDITS),
    )


@require_POST
def take_back(request: HttpRequest, workspace: str, change: int) -> HttpResponse:
    """Takes a change back; says so when later changes stand on it."""
    here = workspace_of(workspace)
    wanted = get_object_or_404(Change, pk=change, workspace=here.id)
    result = keeping.undo(here, wanted)
    if isinstance(result, keeping.Refused):
        return render(
            request, "history/refused.html", {"conflicts": result.conflicts, "change": wanted}, status=409
        )
    return redirect("history:list", here.id)


@require_POST
def restore(request: HttpRequest, workspace: str, change: int) -> HttpResponse:
    """Makes the model what it was right after a change."""
    here = workspace_of(workspace)
    get_object_or_404(Change, pk=change, workspace=here.id)
    keeping.restore(here, change)
    return redirect("history:list", here.id)
