"""A sheet of one kind comes back: a look at what it would change, by row and column, and then that as one change."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
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
from ketenreis.web.figures import known
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.history.told import told
from ketenreis.web.intake.kept import MOST_BYTES, put_aside, put_aside_as
from ketenreis.web.shelf import Workspace
from ketenreis.web.words import say

MOST_SHOWN = 200
"""So many rows are shown of each sort; the rest is counted."""
AT_ONCE = {"POST": 1.5, "GET": 0.2}
"""Seconds that a page waits for a sheet before it says that it is being read."""


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
    """The form; what the sheet would change, looked at first; and, once accepted, one change that can be undone.

    A large sheet is read beside the page: who brought one is led to an address that shows that it is under way, and then
    what it would change.
    """
    here = workspace_of(workspace)
    if kind not in KIND:
        raise Http404
    moment = keeping.now(here)
    asked = request.POST if request.method == "POST" else request.GET
    if request.method == "GET" and "mark" not in asked:
        return _page(request, kind, moment.model, None, "")
    language = language_of(request)
    data, named, wrong = _given(request, asked, here, language)
    if data is None:
        return _page(request, kind, moment.model, None, wrong, 422)
    base = asked.get("base", "")
    brought, wrong = _compared(here, kind, moment, data, named, base, AT_ONCE[request.method or "GET"])
    if wrong:
        return _page(request, kind, moment.model, None, say(language, f"sheets.{wrong}", file=named), 422)
    if brought is None and request.method == "POST":
        query = urlencode({"mark": put_aside(here, data), "named": named, "base": base})
        return redirect(f"{request.path}?{query}")
    if brought is None:
        return _page(request, kind, moment.model, None, "", is_working=True)
    if request.POST.get("do") == "accept" and _is_as_shown(request, brought):
        result = keeping.commit(here, brought.compared.edits, origin="sheet")
        if not isinstance(result, keeping.Refused):
            return redirect(f"{reverse('elements:of_kind', args=[here.id, kind])}?brought={result.change}")
        # Somebody was faster between the look and the change: look again.
        moment = keeping.now(here)
        again, _ = _compared(here, kind, moment, data, named, base, AT_ONCE["POST"])
        brought = again or brought
    return _page(request, kind, moment.model, brought, "")


def _given(
    request: HttpRequest, asked: QueryDict, workspace: Workspace, language: str
) -> tuple[bytes | None, str, str]:
    """What was brought: a file, pasted rows, or what was kept aside; its name; and what is wrong."""
    chosen, pasted = request.FILES.get("file"), asked.get("text", "")
    if chosen is not None:
        named = str(chosen.name or "sheet")[-80:]
        if (chosen.size or 0) > MOST_BYTES:
            return None, named, say(language, "sheets.too_large", file=named)
        return bytes(chosen.read()), named, ""
    if mark := asked.get("mark", ""):
        data = put_aside_as(workspace, mark)
        return data, asked.get("named", "")[:80], "" if data else say(language, "sheets.gone")
    if pasted.strip():
        return pasted.encode()[:MOST_BYTES], say(language, "sheets.pasted"), ""
    return None, "", say(language, "sheets.nothing")


def _compared(
    workspace: Workspace,
    kind: str,
    moment: keeping.Moment,
    data: bytes,
    named: str,
    base: str,
    wait: float,
) -> tuple[Brought | None, str]:
    """What a sheet would change, or in a word what is wrong with it; neither while it is still being read."""
    key = ("sheet", workspace.id, kind, moment.change, hash(data), named, base)
    state, found, _ = known(key, partial(_held_against, workspace, kind, moment, data, named, base), wait)
    if state == "failed":
        return None, "unreadable"
    if isinstance(found, UnreadableSheet):
        return None, found.why
    return found, ""


def _held_against(
    workspace: Workspace, kind: str, moment: keeping.Moment, data: bytes, named: str, said: str
) -> Brought | UnreadableSheet:
    """The sheet held against the model it was made from, as far as that is known; else against the model it was brought to."""
    rows = read_rows(data)
    if isinstance(rows, UnreadableSheet):
        return rows
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
    request: HttpRequest,
    kind: str,
    model: Model,
    brought: Brought | None,
    wrong: str,
    status: int = 200,
    *,
    is_working: bool = False,
) -> HttpResponse:
    language = language_of(request)
    shown: dict[str, Any] = {
        "kind": KIND[kind],
        "brought": brought,
        "wrong": wrong,
        "is_again": False,
        "is_working": is_working,
    }
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
