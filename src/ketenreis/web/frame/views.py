"""The pages around the pages: the shelf of workspaces, the choice of language, and what to say when something fails."""

import uuid
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from ketenreis.render.tokens import custom_properties
from ketenreis.web import shelf
from ketenreis.web.changes import keeping
from ketenreis.web.changes.twins import twin
from ketenreis.web.frame.visitor import COOKIE, language_of
from ketenreis.web.words import LANGUAGES

A_YEAR = 31_536_000


@require_GET
def shelf_page(request: HttpRequest) -> HttpResponse:
    """Every workspace that is served; the only one opens at once."""
    found = shelf.all_workspaces()
    if len(found) == 1:
        return redirect("journeys:list", found[0].id)
    language = language_of(request)
    stands = [(one, model := keeping.now(one).model, model.organisation) for one in found]
    # An organisation that is there in two languages stands once: in that of the visitor.
    shown = [row for row in stands if twin(row[0], row[1], language) is None]
    return render(request, "frame/shelf.html", {"workspaces": shown})


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remembers a language, and goes back to where the visitor was."""
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}) or not back.startswith("/"):
        back = "/"
    answer = HttpResponseRedirect(back)
    chosen = request.POST.get("language")
    if chosen in LANGUAGES:
        answer.set_cookie(COOKIE, chosen, A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page."""
    return _said(request, "not_found", 404)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came from elsewhere, or was open too long."""
    return _said(request, "refused", 403)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request makes no sense."""
    return _said(request, "not_understood", 400)


def failed(request: HttpRequest) -> HttpResponse:
    """Something failed that nobody foresaw: nothing was saved, and a number to ask about."""
    return _said(request, "failed", 500, number=uuid.uuid4().hex[:8])


def _said(request: HttpRequest, what: str, status: int, **known: Any) -> HttpResponse:
    return render(
        request,
        "frame/said.html",
        {"title_key": f"frame.{what}", "text_key": f"frame.{what}_text", **known},
        status=status,
    )


@require_GET
def look(request: HttpRequest) -> HttpResponse:
    """The look of every page: our tokens and style, then an organisation's own tokens where the folder holds them."""
    own = Path(settings.FOLDER) / "tokens.css"
    style = files("ketenreis.render").joinpath("style.css").read_text(encoding="utf-8")
    text = custom_properties() + style + (own.read_text(encoding="utf-8") if own.is_file() else "")
    return HttpResponse(text, content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=60"})
