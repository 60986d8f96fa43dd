"""The page with two models side by side, and the beginning of a variant."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ketenreis.analysis.kappa import agreement
from ketenreis.findings import in_words as finding_in_words
from ketenreis.model import Element, Model
from ketenreis.model.diff import diff
from ketenreis.notation import Reading, read_texts
from ketenreis.notation.text import CONFIRMED
from ketenreis.render.blueprint.html import blueprint_html
from ketenreis.render.markup import Markup
from ketenreis.reports.blueprint import board
from ketenreis.reports.changes import (
    HOW,
    MARKS,
    Change,
    Marked,
    by_mark,
    changes,
    counted,
    in_words,
    marked,
    staying,
)
from ketenreis.reports.raters import raters_in_words
from ketenreis.reports.words import Words
from ketenreis.web.changes import keeping, variants
from ketenreis.web.compare.drawn import with_marks
from ketenreis.web.compare.moments import NOW, Side, how_often, moments, side, unseen
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.words import say

MOST, MOST_BYTES, MOST_FILES = 400, 20_000_000, 500
DRAWN = ("journey", "chain", "process")
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What a zip that is not whole, locked, or packed in an unknown way raises."""


@dataclass(frozen=True, slots=True)
class Row:
    """One difference in the list; `there` is the element where it still exists today."""

    how: str
    mark: str
    said: str
    there: Element | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What stays of the stable core or of the flexible shell; of what moves, in how many changes."""

    of: Marked
    moving: tuple[tuple[Element, int], ...]


@require_GET
def two(request: HttpRequest, workspace: str) -> HttpResponse:
    """Two models: what stays and what moves, every difference, and both drawn where one blueprint is chosen."""
    here = workspace_of(workspace)
    language = language_of(request)
    known = moments(here)
    old = side(here, request.GET.get("from") or (str(known[-1].pk) if known else NOW))
    new = side(here, request.GET.get("to") or NOW)
    if old is None or new is None:
        raise Http404
    labelled = agreement(old.model, new.model) if old.name or new.name else ()
    old, new = unseen(old, new)
    found = changes(old.model, new.model, diff(old.model, new.model))
    asked = request.GET.get("how", "")
    shown = [one for one in found if asked not in HOW or one.how == asked]
    today = keeping.now(here).model
    stays = staying(old.model, found)
    words = Words.of(language, new.model, "case")
    own = variants.variant(here)
    often = how_often(here, old, new) if (marks := by_mark(old.model, found)) else {}
    return render(
        request,
        "compare/two.html",
        {
            "raters": list(raters_in_words(labelled, words)),
            "is_blind": old.blind or new.blind,
            "marks": [_mark(row, often) for row in marks],
            "old": old,
            "new": new,
            "moments": known,
            "variants": variants.variants(here),
            "of": own,
            "rows": [_row(one, language, old.model, new.model, today) for one in shown[:MOST]],
            "more": max(0, len(shown) - MOST),
            "counts": [(how, MARKS[how], number) for how, number in counted(found).items()],
            "how": asked,
            "all": len(found),
            "stays": stays,
            "stays_said": words.percent(stays),
            "moves_said": words.percent(None if stays is None else 1 - stays),
            "elements": len(old.model),
            "subjects": new.model.of_kind(*DRAWN),
            "subject": request.GET.get("subject", ""),
            "boards": _boards(old, new, found, request.GET.get("subject", ""), language),
        },
    )


def _mark(row: Marked, often: Mapping[str, int]) -> Mark:
    return Mark(
        row, tuple(sorted(((one, often.get(one.id, 0)) for one in row.moving), key=lambda one: -one[1]))
    )


def _row(change: Change, language: str, old: Model, new: Model, today: Model) -> Row:
    there = today.elements.get(change.element.id)
    return Row(change.how, MARKS[change.how], in_words(change, language, old, new), there)


def _boards(
    old: Side, new: Side, found: tuple[Change, ...], subject: str, language: str
) -> list[tuple[str, Markup]]:
    """The blueprint as it was and as it became; only one where it is in one of both."""
    marks = marked(found)
    drawn = []
    for key, one in (("was", old), ("became", new)):
        if subject in one.model and one.model[subject].kind in DRAWN:
            said = {name: f"{MARKS[how]} {say(language, f'compare.is_{how}')}" for name, how in marks.items()}
            picture = with_marks(board(one.model, subject, None, language), said)
            drawn.append((key, blueprint_html(picture, None, "")))
    return drawn


@require_POST
def begin(request: HttpRequest, workspace: str) -> HttpResponse:
    """A variant: a copy of today to work on, or a model that somebody brings as text."""
    here = workspace_of(workspace)
    if variants.variant(here) is not None:
        raise Http404
    name = request.POST.get("name", "").strip()[:200]
    files = request.FILES.getlist("file")
    if not files:
        if not name:
            return redirect("compare:list", here.id)
        return redirect("journeys:list", variants.begin(here, name, blind=bool(request.POST.get("blind"))).id)
    reading = _brought(files)
    language = language_of(request)
    if reading is None or not reading.is_sound or not len(reading.model):
        findings = [one for one in reading.findings if one.level == "error"][:20] if reading else []
        said = (
            [(one.place, finding_in_words(one, language, reading.model.name)) for one in findings]
            if reading
            else []
        )
        return render(request, "compare/refused.html", {"said": said}, status=422)
    made = variants.begin(here, name or str(files[0].name), reading.model)
    there = redirect("compare:list", here.id)
    there["Location"] += f"?from={NOW}&to={made.id}"
    return there


def _brought(files: "Sequence[UploadedFile[Any]]") -> Reading | None:
    """The model of uploaded texts, or of a zip of them; None where there are none, or too many."""
    texts: dict[str, bytes] = {}
    for file in files:
        if (file.size or 0) > MOST_BYTES:
            return None
        data = file.read()
        if zipfile.is_zipfile(io.BytesIO(data)):
            try:
                texts |= _unzipped(data)
            except BROKEN:
                return None
        elif str(file.name).endswith((".yaml", ".yml")):
            texts[str(file.name)] = data
    said = {
        name: data.decode("utf-8-sig", errors="replace")
        for name, data in texts.items()
        if not name.endswith(CONFIRMED)
    }
    return read_texts(said) if said else None


def _unzipped(data: bytes) -> dict[str, bytes]:
    """The texts in a zip; none where there are too many."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = [one for one in archive.infolist() if one.filename.endswith((".yaml", ".yml"))]
        if len(inside) > MOST_FILES or sum(one.file_size for one in inside) > MOST_BYTES:
            return {}
        return {one.filename: archive.read(one) for one in inside}
