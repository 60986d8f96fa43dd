"""Does the tour go on after something was done? What a form answers leads to a page of the same stop."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse


def middleware(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leaves whoever acts at a stop of the tour at that stop."""

    def asked(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        stop = _stop(request) if request.method == "POST" and "Location" in response.headers else ""
        if stop:
            response.headers["Location"] = _at(response.headers["Location"], stop)
        return response

    return asked


def _stop(request: HttpRequest) -> str:
    """The number of the stop that a form was on; empty where it was on none."""
    asked = parse_qs(urlsplit(request.headers.get("Referer", "")).query).get("tour", [""])[0]
    return asked if asked.isdecimal() else ""


def _at(address: str, stop: str) -> str:
    """An address with the stop in it, unless it has one already.

    Example:
        >>> _at("/bos/coverage/?process=bomen#x", "4"), _at("/bos/findings/?tour=5", "4")
        ('/bos/coverage/?process=bomen&tour=4#x', '/bos/findings/?tour=5')
    """
    parts = urlsplit(address)
    if "tour" in parse_qs(parts.query):
        return address
    query = "&".join(filter(None, (parts.query, f"tour={stop}")))
    return urlunsplit(parts._replace(query=query))
