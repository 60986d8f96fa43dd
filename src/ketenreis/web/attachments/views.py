"""What customers see, as a list; the file of each, attached and given back."""

from datetime import UTC, datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ketenreis.model import Element
from ketenreis.model.edits import Edit, Update
from ketenreis.web.attachments import keeping as files
from ketenreis.web.attachments.text import text_of
from ketenreis.web.changes import keeping
from ketenreis.web.elements.listed import elements_file, listed_elements
from ketenreis.web.frame.listing import Facet
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.words import say

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
        "rows": listing.rows,
        "listing": listing,
        "pictures": tuple(files.PICTURES),
        "organisation": moment.model.organisation,
    }
    return render(request, "attachments/list.html", shown)


@require_POST
def attach(request: HttpRequest, workspace: str, artefact: str) -> HttpResponse:
    """Keeps a file as the real thing of what a customer sees, with its text and today as its date."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    element = element_of(model, artefact, "artefact")
    sent = request.FILES.get("file")
    if isinstance(sent, UploadedFile):
        data = sent.read()
        kept = files.keep(here, sent.name or "file", data)
        keeping.commit(here, _edits(element, kept, text_of(kept, data)))
    return redirect("attachments:list", here.id)


def _edits(artefact: Element, kept: str, text: str) -> list[Edit]:
    today = datetime.now(UTC).date()
    values: dict[str, object] = {"file": kept, "date": today, **({"text": text} if text else {})}
    return [
        Update(artefact.id, name, artefact.get(name), value)
        for name, value in values.items()
        if artefact.get(name) != value
    ]


@require_GET
def give(request: HttpRequest, workspace: str, kept: str) -> HttpResponse:
    """An attached file: a picture to show, anything else to save."""
    here = workspace_of(workspace)
    file = files.find(here, kept)
    if file is None:
        raise Http404
    media_type = files.media_type(kept)
    answer = HttpResponse(file.read_bytes(), content_type=media_type)
    shown = "inline" if media_type.startswith("image/") else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{kept[17:]}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
