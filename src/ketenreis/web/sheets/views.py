"""A sheet of one kind comes back: a look at what it would change, by row and column, and then that as one change."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ketenreis.findings import Sentences, in_words
from ketenreis.model import KIND, Model
from ketenreis.model.applying import Conflict
from ketenreis.model.edits import Update
from ketenreis.notation.sheets import Compared, Unread, UnreadableSheet, columns_of, compare, read_rows
from ketenreis.notation.sheets.columns import stand_of
from ketenreis.notation.sheets.sheet import choice_words
from ketenreis.web.changes import keeping
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.history.told import told
from ketenreis.web.intake.kept import MOST_BYTES, put_aside, put_aside_as
from ketenreis.web.shelf import Workspace
from ketenreis.web.words import say

MOST_SHOWN = 200
"""So many rows are shown of each sort; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A sheet somebody brought: the mark by which it is kept aside, its name, and the change it is held against."""

    mark: str
    named: str
    base: int
    compared: Compared


@dataclass(frozen=True, slots=True)
class Clashing:
    """One thing that somebody else changed since: what the sheet wants, and what stands there now."""

    wanted: str
    stands: str
    reason: str


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, workspace: str, kind: str) -> HttpResponse:
    """The form; what the sheet would change, looked at first; and, once accepted, one change that can be undone."""
    here = workspace_of(workspace)
    if kind not in KIND:
        raise Http404
    moment = keeping.now(here)
    if request.method == "GET":
        return _page(request, kind, moment.model, None, "")
    language = language_of(request)
    data, named, wrong = _posted(request, here, language)
    if data is None:
        return _page(request, kind, moment.model, None, wrong, 422)
    brought = _compared(request, here, kind, moment, data, named)
    if isinstance(brought, UnreadableSheet):
        wrong = say(language, f"sheets.{brought.why}", file=named)
        return _page(request, kind, moment.model, None, wrong, 422)
    if request.POST.get("do") == "accept" and _is_as_shown(request, brought):
        result = keeping.commit(here, brought.compared.edits, origin="sheet")
        if not isinstance(result, keeping.Refused):
            return redirect(f"{reverse('elements:of_kind', args=[here.id, kind])}?brought={result.change}")
        # Somebody was faster between the look and the change: look again.
        moment = keeping.now(here)
        again = _compared(request, here, kind, moment, data, named)
        brought = brought if isinstance(again, UnreadableSheet) else again
    return _page(request, kind, moment.model, brought, "")


def _posted(request: HttpRequest, workspace: Workspace, language: str) -> tuple[bytes | None, str, str]:
    """What was brought: a file, pasted rows, or what was kept aside; its name; and what is wrong."""
    chosen, pasted = request.FILES.get("file"), request.POST.get("text", "")
    if chosen is not None:
        named = str(chosen.name or "sheet")[-80:]
        if (chosen.size or 0) > MOST_BYTES:
            return None, named, say(language, "sheets.too_large", file=named)
        return bytes(chosen.read()), named, ""
    if mark := request.POST.get("mark", ""):
        data = put_aside_as(workspace, mark)
        return data, request.POST.get("named", "")[:80], "" if data else say(language, "sheets.gone")
    if pasted.strip():
        return pasted.encode()[:MOST_BYTES], say(language, "sheets.pasted"), ""
    return None, "", say(language, "sheets.nothing")


def _compared(
    request: HttpRequest, workspace: Workspace, kind: str, moment: keeping.Moment, data: bytes, named: str
) -> Brought | UnreadableSheet:
    """The sheet held against the model it was made from, as far as that is known; else against the model it was brought to."""
    rows = read_rows(data)
    if isinstance(rows, UnreadableSheet):
        return rows
    said = request.POST.get("base", "")
    base = int(said) if said.isdecimal() and len(said) < 13 else stand_of(rows[0][1])
    seen = moment
    if base is not None and 0 < base < moment.change:
        seen = keeping.at(workspace, base)
    return Brought(
        put_aside(workspace, data), named, seen.change, compare(rows, kind, seen.model, moment.model, named)
    )


def _is_as_shown(request: HttpRequest, brought: Brought) -> bool:
    """Whether what would be done is what was shown: nobody changed more of the same meanwhile."""
    shown = (str(len(brought.compared.edits)), str(len(brought.compared.clashes)))
    return bool(brought.compared.edits) and shown == (
        request.POST.get("edits", ""),
        request.POST.get("clashes", ""),
    )


def _page(
    request: HttpRequest, kind: str, model: Model, brought: Brought | None, wrong: str, status: int = 200
) -> HttpResponse:
    language = language_of(request)
    shown: dict[str, Any] = {"kind": KIND[kind], "brought": brought, "wrong": wrong, "is_again": False}
    if brought is not None:
        found = brought.compared
        shown |= {
            "added": found.of("added")[:MOST_SHOWN],
            "changed": found.of("changed")[:MOST_SHOWN],
            "counts": {name: len(found.of(name)) for name in ("added", "changed", "untouched", "unread")},
            "clashing": [_clash(one, model, language) for one in found.clashes],
            "unread": [(one, _said(one, kind, model, language)) for one in found.unread],
            "is_again": request.POST.get("do") == "accept",
            "more": max(0, len(found.of("changed")) - MOST_SHOWN)
            + max(0, len(found.of("added")) - MOST_SHOWN),
        }
    return render(request, "sheets/bring.html", shown, status=status)


def _said(unread: Unread, kind: str, model: Model, language: str) -> Sentences:
    """What is not understood, by what the columns and choices are called on the sheet."""
    finding = unread.finding
    about: dict[str, str | int] = {**finding.parameters, "key": unread.heading}
    column = next(
        (one for one in columns_of(kind) if unread.heading.strip() in (one.key, one.nl, one.en)), None
    )
    if finding.id == "wrong_choice" and column is not None and column.field is not None:
        about["permitted"] = ", ".join(choice_words(column.field.choices, language).values())
    return in_words(replace(finding, parameters=about), language, model.name)


def _clash(conflict: Conflict, model: Model, language: str) -> Clashing:
    """A conflict in words: the edit that the sheet wants, and what somebody else made of it."""
    stands = ""
    if isinstance(conflict.edit, Update) and conflict.reason == "changed":
        now = Update(conflict.edit.id, conflict.edit.field, conflict.expected, conflict.stands)
        stands = told(now, model, language)
    return Clashing(
        told(conflict.edit, model, language), stands, say(language, f"sheets.why_{conflict.reason}")
    )
