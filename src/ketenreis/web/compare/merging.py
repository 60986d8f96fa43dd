"""A variant taken over into today's model: what both want otherwise stands side by side, to be chosen one by one."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ketenreis.model import Model
from ketenreis.model.diff import diff
from ketenreis.model.edits import Edit
from ketenreis.reports.changes import MARKS, changes, in_words
from ketenreis.web.changes import keeping, variants
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.history.told import told
from ketenreis.web.impact.proposing import is_asked, weighed

MOST = 200
OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True, slots=True)
class Choice:
    """One clash on the page: what both did, in words, and which side is ticked."""

    number: int
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    chosen: str


@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, workspace: str, variant: str) -> HttpResponse:
    """What today's model would become, with each clash to be chosen; and, once chosen, that model."""
    here = workspace_of(workspace)
    row = next((one for one in variants.variants(here) if one.own == variant), None)
    if row is None:
        raise Http404
    language = language_of(request)
    found = variants.merged(here, row)
    chosen = [request.POST.get(f"clash.{number}", "") for number in range(len(found.clashes))]
    is_complete = all(one in (OURS, THEIRS) for one in chosen)
    moment = keeping.now(here)
    model = variants.settled(
        found,
        (
            clash.theirs if one == THEIRS else clash.ours
            for clash, one in zip(found.clashes, chosen, strict=True)
        ),
    )
    edits = diff(moment.model, model)
    if request.method == "POST" and is_complete and request.POST.get("seen") == str(moment.change):
        if is_asked(request):
            return weighed(request, here, edits, {"seen": ""})
        result = variants.take_over(here, row, model)
        if isinstance(result, keeping.Refused):
            shown = {"conflicts": result.conflicts, "back": request.path}
            return render(request, "elements/conflict.html", shown, status=409)
        there = redirect("compare:list", here.id)
        there["Location"] += f"?from={moment.change}&to=now"
        return there
    differences = changes(moment.model, model, edits)
    return render(
        request,
        "compare/merge.html",
        {
            "row": row,
            "seen": moment.change,
            "choices": [
                Choice(number, _told(clash.ours, model, language), _told(clash.theirs, model, language), one)
                for number, (clash, one) in enumerate(zip(found.clashes, chosen, strict=True))
            ],
            "missing": request.method == "POST" and not is_complete,
            "changes": [
                (MARKS[one.how], in_words(one, language, moment.model, model)) for one in differences[:MOST]
            ],
            "more": max(0, len(differences) - MOST),
        },
        status=422 if request.method == "POST" and not is_complete else 200,
    )


def _told(edits: tuple[Edit, ...], model: Model, language: str) -> tuple[str, ...]:
    return tuple(told(edit, model, language) for edit in edits)
