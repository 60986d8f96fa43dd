"""What customers see, as a list; the file of each, attached and given back."""

from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path, PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from ketenreis.model import Edge, Element, Model
from ketenreis.model.edits import Relate, Update
from ketenreis.reports.words import current_day
from ketenreis.web.attachments import keeping as files
from ketenreis.web.attachments.giving import LOCKED, given, pages
from ketenreis.web.attachments.text import is_read, text_of
from ketenreis.web.changes import keeping
from ketenreis.web.changes.making import made
from ketenreis.web.elements.listed import elements_file, listed_elements
from ketenreis.web.frame.listing import Facet
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.shelf import Workspace
from ketenreis.web.words import say

SHOWN_AT = ("step", "touchpoint")
MOST_PLACES = 400
"""More choices than this in one list help nobody."""

Row = tuple[Element, str, tuple[Element, ...]]
"""What customers see, the name of its file as far as it is kept, and where it is shown."""


@require_GET
def every(request: HttpRequest, workspace: str) -> HttpResponse:
    """Everything a customer sees, with its file, version and date."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    rows: list[Row] = [
        (
            each,
            kept if files.find(here, kept := str(each.get("file") or "")) else "",
            moment.model.sources(each.id, "shows"),
        )
        for each in moment.model.of_kind("artefact")
    ]
    language = language_of(request)
    here_or_not = Facet[Row](
        "file",
        say(language, "attachments.facet_file"),
        lambda row: "yes" if row[1] else "no",
        narrows=True,
        sorts=False,
        said=lambda value: say(language, f"elements.{value}"),
    )
    listing = listed_elements(request, moment, "artefact", rows, lambda row: row[0], [here_or_not], a_page=24)
    if (file := elements_file(request, moment, "artefact", listing, lambda row: row[0])) is not None:
        return file
    shown = {
        "rows": [(*row, files.shown_as(row[1])) for row in listing.rows],
        "listing": listing,
        "silent": [kept for each, kept, _ in listing.rows if is_read(kept) and not each.get("text")],
        "places": _places(moment.model),
        "at": request.GET.get("at", ""),
        "today": current_day(moment.model),
    }
    return render(request, "attachments/list.html", shown)


@require_POST
def attach(request: HttpRequest, workspace: str, artefact: str) -> HttpResponse:
    """Keeps a file as the newest version of what a customer sees."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    element = element_of(model, artefact, "artefact")
    values = _brought(request, here, model)
    if values:
        if element.get("file") and "text" not in values:
            values["text"] = None  # what the letter before it said, this one does not
        edits = [
            Update(element.id, name, element.get(name), value)
            for name, value in values.items()
            if element.get(name) != value
        ]
        keeping.commit(here, edits)
    return redirect(f"{reverse('attachments:list', args=[here.id])}#{element.id}")


@require_POST
def new(request: HttpRequest, workspace: str) -> HttpResponse:
    """Something else that customers see, with its file and where it is shown, as one change."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    values = _brought(request, here, model)
    sent = request.FILES.get("file")
    stem = PurePath(sent.name or "").stem if isinstance(sent, UploadedFile) else ""
    name = request.POST.get("title", "").strip()[:200] or stem
    if not name:
        return redirect("attachments:list", here.id)
    edits, artefact = made(model, "artefact", {"name": name, **values}, language_of(request))
    at = request.POST.get("at", "")
    if at in model and model[at].kind in SHOWN_AT:
        edits = (*edits, Relate(Edge("shows", at, artefact)))
    keeping.commit(here, edits)
    return redirect(f"{reverse('attachments:list', args=[here.id])}#{artefact}")


def _brought(request: HttpRequest, workspace: Workspace, model: Model) -> dict[str, object]:
    """What a form says of a file: where it is kept, its version, its day and its text; nothing where no file came."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return {}
    data = sent.read()
    kept = files.keep(workspace, sent.name or "file", data)
    said = {"version": request.POST.get("version", "").strip()[:100], "text": text_of(kept, data)}
    day = current_day(model)
    with suppress(ValueError):
        day = date.fromisoformat(request.POST.get("date", ""))
    return {"file": kept, "date": day, **{name: value for name, value in said.items() if value}}


def _places(model: Model) -> tuple[tuple[Element, str], ...]:
    """Where something can be shown: every touchpoint, with the step it stands in."""
    return tuple(
        (one, f"{model.name(one.parent)} › {one.name}" if one.parent else one.name)
        for one in islice(model.of_kind("touchpoint"), MOST_PLACES)
    )


@require_GET
def give(request: HttpRequest, workspace: str, kept: str) -> HttpResponse:
    """An attached file: a picture or film to show, anything else to save."""
    return given(request, _file(workspace, kept), kept[17:])


@require_GET
@xframe_options_sameorigin
def letter(request: HttpRequest, workspace: str, kept: str) -> HttpResponse:
    """The pages of a printed letter, to show within a page of ours: without anything in it that could be carried out."""
    file = _file(workspace, kept)
    if files.shown_as(kept) != "letter":
        raise Http404
    copy = pages(file.read_bytes())
    answer = HttpResponse(copy, content_type="application/pdf")
    if not copy:
        said = say(language_of(request), "attachments.unreadable")
        answer = HttpResponse(said, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = f"{LOCKED}; frame-ancestors 'self'"
    return answer


def _file(workspace: str, kept: str) -> Path:
    file = files.find(workspace_of(workspace), kept)
    if file is None:
        raise Http404
    return file
