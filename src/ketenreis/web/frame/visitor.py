"""Who is looking, at which workspace, in which language?"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse

from ketenreis.model import Element, Model
from ketenreis.model.calendars import ZONE
from ketenreis.reports.words import zone_of
from ketenreis.web import shelf
from ketenreis.web.changes import keeping, variants
from ketenreis.web.features import FEATURES
from ketenreis.web.words import LANGUAGES

COOKIE = "language"
PART_OF = {feature.name: feature.under for feature in FEATURES if feature.under}
"""Which word of the menu stands lit on a page that is not in the menu itself."""


def language_of(request: HttpRequest) -> str:
    """The language the visitor reads."""
    return str(request.language)  # type: ignore[attr-defined]  # put there by our middleware


def _spoken(request: HttpRequest) -> str:
    """The language the visitor chose, else the first of the browser's that we speak, else English."""
    chosen = request.COOKIES.get(COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    asked = request.headers.get("Accept-Language", "")
    for part in asked.split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return "en"


def middleware(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Puts the visitor's language on every request, and says on every answer what it varies by."""

    def asked(request: HttpRequest) -> HttpResponse:
        request.language = _spoken(request)  # type: ignore[attr-defined]  # Django lets a request carry what middleware found
        response = answer(request)
        response.headers.setdefault("Content-Language", language_of(request))
        response.headers.setdefault("Vary", "Accept-Language, Cookie")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return asked


def workspace_of(name: str) -> shelf.Workspace:
    """The workspace of an address; a page that does not exist where there is none."""
    found = variants.workspace(name)
    if found is None:
        raise Http404
    return found


def element_of(model: Model, name: str, *kinds: str) -> Element:
    """The element of an address; a page that does not exist where there is none, or none of these kinds."""
    if name not in model or (kinds and model[name].kind not in kinds):
        raise Http404
    return model[name]


def _zone(here: shelf.Workspace | None) -> ZoneInfo:
    """The time zone of the organisation whose pages these are; asked only where a moment is written."""
    return zone_of(keeping.now(here).model) if here else ZoneInfo(ZONE)


def context(request: HttpRequest) -> dict[str, Any]:
    """What every template may use."""
    match = request.resolver_match
    # An address that leads nowhere is still one within a workspace: from there one goes on.
    name = match.kwargs.get("workspace") if match else request.path.split("/")[1]
    here = variants.workspace(name) if name else None
    return {
        "language": getattr(request, "language", "en"),
        "other_language": "en" if getattr(request, "language", "en") == "nl" else "nl",
        "workspace": here,
        "variant": variants.variant(here) if here else None,
        "zone": cache(partial(_zone, here)),
        "menu": [feature.name for feature in FEATURES if feature.menu],
        "here": PART_OF.get(match.namespace, match.namespace) if match else "",
    }
