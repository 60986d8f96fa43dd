"""The sources, an upload looked at before it is brought in, and how far the work is."""

from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenreis.events import keeping as store_keeping
from ketenreis.events.keeping import HeldSource
from ketenreis.events.looking import Proposal
from ketenreis.events.mapping import write_mapping
from ketenreis.events.relabelling import mapping_of, relabel
from ketenreis.model import Model
from ketenreis.model.calendars import time_zone
from ketenreis.reports.labelled import proposals
from ketenreis.reports.sources import quality_section
from ketenreis.reports.words import Words
from ketenreis.web.changes import keeping
from ketenreis.web.evidence import importing
from ketenreis.web.figures import State, known, store
from ketenreis.web.frame.listing import Facet, as_file, listed, plain_sheet
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.jobs import working
from ketenreis.web.jobs.models import Job
from ketenreis.web.shelf import Workspace
from ketenreis.web.words import say

AT_ONCE = {"GET": 0.5, "POST": 60.0}
"""Seconds that a page waits for what a file seems to say before it tells that it is being looked at."""
DOUBTFUL = 0.6
"""A choice that is less sure than this is worth a look."""
RECENT = 5


@require_http_methods(["GET", "POST"])
def sources(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every source with its quality, the work under way, and a form to bring in a file."""
    here = workspace_of(workspace)
    if request.method == "POST":
        sent = request.FILES.get("file")
        if isinstance(sent, UploadedFile):
            upload = importing.keep(here, sent.name or "file", sent.chunks())
            return redirect("evidence:look", here.id, upload.id)
        return redirect("evidence:list", here.id)
    held = store(here)
    language = language_of(request)
    model = keeping.now(here).model
    words = Words.of(language, model, next(iter(held.types))) if held else None
    facets = [
        Facet[HeldSource]("name", say(language, "evidence.facet_name"), lambda one: one.name),
        Facet[HeldSource]("rows", say(language, "evidence.facet_rows"), lambda one: one.rows),
        Facet[HeldSource]("imported", say(language, "evidence.facet_imported"), lambda one: one.imported),
    ]
    every = store_keeping.list_sources(held) if held else ()
    listing = listed(request, every, facets, lambda one: f"{one.name} {one.file}")
    columns = [
        *((facet.label, facet.of) for facet in facets),
        (say(language, "evidence.file"), lambda one: one.file),
    ]
    title = say(language, "evidence.title")
    if (file := as_file(request, "sources", lambda: plain_sheet(title, listing, columns))) is not None:
        return file
    shown = {
        "sources": listing.rows,
        "listing": listing,
        "quality": (quality_section(held.quality, words, "quality"),) if held and words else (),
        "jobs": Job.objects.filter(workspace=here.id).order_by("-id")[:RECENT],
    }
    return render(request, "evidence/list.html", shown)


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, workspace: str, upload: str) -> HttpResponse:
    """What a file seems to say; brought in when somebody says it is right."""
    here = workspace_of(workspace)
    found = importing.waiting(here, upload)
    if found is None:
        raise Http404
    if "forget" in request.POST:
        importing.forget(here, upload)
        return redirect("evidence:list", here.id)
    text = request.POST.get("mapping", "")
    language = language_of(request)
    shown: dict[str, Any] = {"upload": found, "mapping": text, "size": _size(found.file)}
    state, guess, why = _guessed(here, found, text, AT_ONCE[request.method or "GET"])
    if state == "working":
        return render(request, "evidence/look.html", {**shown, "is_working": True})
    if guess is None:
        return render(request, "evidence/look.html", {**shown, "refused": why}, status=422)
    if "import" in request.POST:
        job = working.ask(
            here,
            "import",
            {"upload": upload, "mapping": write_mapping(guess.mapping), "file": found.file.name},
        )
        return redirect("evidence:job", here.id, job.pk)
    lines = [(line, sure < DOUBTFUL) for line, sure in (guess.nl if language == "nl" else guess.en)]
    lines.append((say(language, "evidence.object", object=guess.mapping.object), False))
    shown |= {"lines": lines, "mapping": write_mapping(guess.mapping), "start": importing.beginning(found)}
    return render(request, "evidence/look.html", shown)


def _guessed(
    here: Workspace, upload: importing.Upload, text: str, wait: float
) -> tuple[State, Proposal | None, str]:
    """What a file seems to say, found out beside the page; what was shown and comes back unchanged is not read again."""
    model = keeping.now(here).model
    usual, zone = _usual(model), time_zone(model)

    def asked(given: str, seconds: float) -> tuple[State, Proposal | None, str]:
        work = partial(importing.proposed, upload, given, usual, zone)
        return known(("look", here.id, upload.id, given, usual, zone), work, seconds)

    if text:
        first = asked("", 0)
        if first[1] is not None and write_mapping(first[1].mapping).split() == text.split():
            return first
    return asked(text, wait)


def _usual(model: Model) -> str:
    """What the organisation calls a case; empty where it does not say."""
    objects = model.organisation.get("objects") if model.organisation else None
    return str(objects[0]) if isinstance(objects, tuple) and objects else ""


def _size(file: Path) -> str:
    """How large a file is, in whole kilobytes or megabytes."""
    kilobytes = max(1, round(file.stat().st_size / 1e3))
    return f"{kilobytes} kB" if kilobytes < 1_000 else f"{round(kilobytes / 1e3)} MB"


@require_GET
def job(request: HttpRequest, workspace: str, job: int) -> HttpResponse:
    """How far work is, and what came of it."""
    here = workspace_of(workspace)
    found = get_object_or_404(Job, pk=job, workspace=here.id)
    language = language_of(request)
    return render(request, "evidence/job.html", {"job": found, "lines": found.result.get(language, ())})


@require_POST
def cancel(request: HttpRequest, workspace: str, job: int) -> HttpResponse:
    """Stops work; nothing of it becomes visible."""
    here = workspace_of(workspace)
    working.cancel(get_object_or_404(Job, pk=job, workspace=here.id))
    return redirect("evidence:job", here.id, job)


@require_POST
def withdraw(request: HttpRequest, workspace: str) -> HttpResponse:
    """Takes a source out of the store, without touching the others."""
    here = workspace_of(workspace)
    name = request.POST.get("source", "")
    held = store(here)
    if held and name in {one.name for one in store_keeping.list_sources(held)}:
        store_keeping.withdraw(here.events, name)
    return redirect("evidence:list", here.id)


@require_http_methods(["GET", "POST"])
def labels(request: HttpRequest, workspace: str) -> HttpResponse:
    """What each label of the events means in the model: as it is, as proposed, or as somebody says."""
    here = workspace_of(workspace)
    held = store(here)
    if held is None:
        return redirect("evidence:list", here.id)
    model = keeping.now(here).model
    known = mapping_of(held).labels
    found = proposals(held, model, known)
    if request.method == "POST":
        relabel(held, _meant(request, model, found["labels"]))
        return redirect("evidence:labels", here.id)
    elements = model.of_kind("touchpoint", "activity")
    language = language_of(request)
    rows = [
        {**row, "chosen": [*(row["elements"] or row["proposed"]), ""], "why": _why(row["why"], language)}
        for row in found["labels"]
    ]
    shown = {
        "rows": rows,
        "elements": elements,
        "unmeasured": [model[name] for name in found["unmeasured"] if name in model],
        "proposed": sum(bool(row["proposed"]) for row in found["labels"]),
        "unmapped": len(found["unmapped"]),
    }
    return render(request, "evidence/labels.html", shown)


def _why(said: str | None, language: str) -> str:
    """What speaks for a proposal, in the reader's words; the record keeps it in English."""
    key = {"same name": "name", "almost the same letters": "letters", "nothing": "order"}.get(said or "")
    return say(language, f"evidence.why_{key or 'words'}")


def _meant(request: HttpRequest, model: Model, rows: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """What each label means by a form: all proposals at once, or what was chosen per label."""
    if "accept" in request.POST:
        said = {row["label"]: (*row["elements"], *row["proposed"]) for row in rows}
    else:
        said = {
            row["label"]: tuple(
                dict.fromkeys(name for name in request.POST.getlist(f"label.{at}") if name in model)
            )
            for at, row in enumerate(rows)
        }
    return {label: elements for label, elements in said.items() if elements}
