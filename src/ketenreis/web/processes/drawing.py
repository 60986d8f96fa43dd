"""The drawing of a process: as a picture, as a file, and on a board; what is drawn there becomes edits like any other."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ketenreis.errors import UnreadableFileError
from ketenreis.model import Model
from ketenreis.model.edits import Edit, Update
from ketenreis.notation.bpmn import WrittenBpmn, drawings, write_bpmn
from ketenreis.render.process import process_drawing
from ketenreis.web.changes import keeping
from ketenreis.web.findings.told import told
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.impact.proposing import is_asked, weighed
from ketenreis.web.intake.kept import MOST_BYTES, keep, kept, put_aside, put_aside_as, safe
from ketenreis.web.intake.proposal import of_drawing, pointing_at
from ketenreis.web.processes.outline import outline, top
from ketenreis.web.shelf import Workspace
from ketenreis.web.words import say

_OF_THE_FILE = ("bpmn", "lanes")
"""The fields of a process that say where its drawing is kept, and how it is drawn."""


@require_http_methods(["GET", "POST"])
def diagram(request: HttpRequest, workspace: str, process: str) -> HttpResponse:
    """The board to draw on beside the outline; what was drawn comes back as a file, or under the mark it was put aside by."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    around = _top(moment.model, process)
    if request.method == "POST":
        if (mark := request.POST.get("mark")) is None:
            return _drawn(request, here, around)
        return _put_aside(request, moment, here, around, mark)
    if around != process:
        return redirect("processes:diagram", here.id, around)
    return _board(request, moment, process)


def _board(
    request: HttpRequest, moment: keeping.Moment, process: str, seen: str = "", xml: str = ""
) -> HttpResponse:
    """The board; with what was drawn on it already, where somebody comes back to it."""
    shown = {
        "process": moment.model[process],
        "nodes": outline(moment.model, process),
        "seen": seen or moment.change,
        "xml": xml,
    }
    return render(request, "processes/diagram.html", shown)


def _drawn(request: HttpRequest, workspace: Workspace, process: str) -> JsonResponse:
    """Makes what was drawn part of the model, as far as it differs from what the board showed; or tells first what it would touch."""
    language = language_of(request)
    data = request.POST.get("xml", "").encode()
    seen = request.POST.get("seen", "")
    edits = _edits(workspace, process, data, seen)
    if edits is None:
        return JsonResponse({"said": say(language, "processes.drawing_unread")}, status=422)
    changes = sum(not (isinstance(edit, Update) and edit.field in _OF_THE_FILE) for edit in edits)
    if changes and is_asked(request):
        sent = {"mark": put_aside(workspace, data), "seen": seen}
        return JsonResponse({"goes": weighed(request, workspace, edits, {"do": "look"}, sent)["Location"]})
    result = keeping.commit(workspace, edits)
    if isinstance(result, keeping.Refused):
        return JsonResponse({"said": say(language, "processes.drawing_conflict")}, status=409)
    key = "processes.drawing_saved" if changes else "processes.drawing_same"
    return JsonResponse({"said": say(language, key, n=changes), "seen": result.change})


def _put_aside(
    request: HttpRequest, moment: keeping.Moment, workspace: Workspace, process: str, mark: str
) -> HttpResponse:
    """What was drawn before somebody asked what it would touch: saved now, or on the board once more."""
    data, seen = put_aside_as(workspace, mark) or b"", request.POST.get("seen", "")
    if request.POST.get("do") == "look":
        return _board(request, moment, process, seen, data.decode("utf-8", "replace"))
    edits = _edits(workspace, process, data, seen)
    if edits is None:
        raise Http404
    result = keeping.commit(workspace, edits)
    if isinstance(result, keeping.Refused):
        shown = {"conflicts": result.conflicts, "back": request.path}
        return render(request, "elements/conflict.html", shown, status=409)
    return redirect("processes:diagram", workspace.id, process)


def _edits(workspace: Workspace, process: str, data: bytes, seen: str) -> tuple[Edit, ...] | None:
    """What was drawn as edits of the model that the board showed, the file kept; None where it cannot be read."""
    model = (keeping.at(workspace, int(seen)) if seen.isdecimal() else keeping.now(workspace)).model
    if not data or len(data) > MOST_BYTES or process not in model:
        return None
    proposal = of_drawing(model, data, process, written(workspace, model, process).data)
    if proposal.goes_to is None:
        return None
    return pointing_at(proposal, model, keep(workspace, data, f"{safe(process)}.bpmn")).edits


@require_GET
def download(request: HttpRequest, workspace: str, process: str) -> HttpResponse:
    """What of the process BPMN has no place for, before the file is given; the file at once where that is nothing."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    around = _top(model, process)
    found = written(here, model, around).findings
    if not found:
        return redirect("processes:file", here.id, around)
    language = language_of(request)
    shown = {
        "process": model[around],
        "left_out": [
            (told(one, model, language), tuple(model[name] for name in one.elements)) for one in found
        ],
    }
    return render(request, "processes/download.html", shown)


@require_GET
def file(request: HttpRequest, workspace: str, process: str) -> HttpResponse:
    """The process as a BPMN file to keep; the file it was read from, with exactly what changed since."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    data = written(here, model, _top(model, process)).data
    name = f'attachment; filename="{safe(model.name(process))}.bpmn"'
    return HttpResponse(data, content_type="application/xml", headers={"Content-Disposition": name})


@require_GET
def picture(request: HttpRequest, workspace: str, process: str) -> HttpResponse:
    """The process as a picture that needs no script."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    around = _top(model, process)
    found = drawings(written(here, model, around).data)
    own = next((one for one in found if one.name == model.name(around)), found[0] if found else None)
    if own is None:
        raise Http404
    return HttpResponse(str(process_drawing(own, "process")), content_type="image/svg+xml; charset=utf-8")


def written(workspace: Workspace, model: Model, process: str) -> WrittenBpmn:
    """A process as a BPMN file; made afresh where the kept one can no longer be read."""
    try:
        return write_bpmn(model, process, kept(workspace, model, process))
    except UnreadableFileError:
        return write_bpmn(model, process)


def _top(model: Model, process: str) -> str:
    return top(model, element_of(model, process, "process").id).id
