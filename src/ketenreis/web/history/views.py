"""Every change: who, what, when, before and after; taken back, or the model made again as it was at a moment."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from ketenreis.model import Model
from ketenreis.model.edits import Edit, touched
from ketenreis.web.changes import keeping
from ketenreis.web.changes.models import Change
from ketenreis.web.frame.visitor import workspace_of
from ketenreis.web.history.told import told

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
    language = str(request.language)  # type: ignore[attr-defined]  # put there by our middleware
    changes = Change.objects.filter(workspace=here.id).order_by("-id")
    page = Paginator(changes, A_PAGE).get_page(request.GET.get("page"))
    about = request.GET.get("about")
    rows = [row for change in page if (row := _row(change, moment.model, language, about)) is not None]
    shown: dict[str, Any] = {"rows": rows, "page": page, "about": about, "now": moment.change}
    return render(request, "history/list.html", shown)


def _row(change: Change, model: Model, language: str, about: str | None) -> Row | None:
    edits: tuple[Edit, ...] = keeping.edits_of(change)
    if about:
        edits = tuple(edit for edit in edits if about in touched(edit))
        if not edits:
            return None
    return Row(
        change,
        tuple(told(edit, model, language) for edit in edits[:MOST_EDITS]),
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
