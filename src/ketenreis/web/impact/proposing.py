"""How does a form ask what it would touch? It gives its edits and what was typed, and is led to the page that tells.

A form asks with a button of its own, or because the visitor wants to see this of every change first.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from ketenreis.model.edits import Edit
from ketenreis.notation.edits_json import as_data
from ketenreis.web.changes import keeping
from ketenreis.web.frame.visitor import workspace_of
from ketenreis.web.impact.models import Proposal
from ketenreis.web.shelf import Workspace

ASKED, TOLD = "weigh", "weighed"
"""What the button of a form is called that asks what it would touch; and what a form says that was told."""
ALWAYS = "weigh"
"""The cookie of a visitor who wants to see of every change what it would touch."""
KEPT = timedelta(days=7)
_OURS = ("csrfmiddlewaretoken", ASKED, TOLD)


def is_always(request: HttpRequest) -> bool:
    """Whether the visitor wants to see of every change first what it would touch."""
    return request.COOKIES.get(ALWAYS) == "1"


def is_asked(request: HttpRequest) -> bool:
    """Whether a form asks what it would touch, rather than to be saved."""
    return ASKED in request.POST or (is_always(request) and TOLD not in request.POST)


def weighed(
    request: HttpRequest,
    workspace: Workspace,
    edits: Iterable[Edit],
    again: Mapping[str, str] | None = None,
    instead: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Leads to the page that tells what edits would touch.

    Args:
        request: The form as it was sent; sent again without the question it saves.
        workspace: Whose model.
        edits: What saving it would do.
        again: What is sent besides to see the form once more with everything that was typed; None for a form that cannot:
            then the page it stood on is where one goes back to.
        instead: What is sent again in place of what the form sent; None for the same.
    """
    Proposal.objects.filter(at__lt=datetime.now(UTC) - KEPT).delete()
    sent: Mapping[str, list[str]] = dict(request.POST.lists())
    if instead is not None:
        sent = {key: [value] for key, value in instead.items()}
    posted = {key: values for key, values in sent.items() if key not in _OURS}
    made = Proposal.objects.create(
        workspace=workspace.id,
        edits=[as_data(edit) for edit in edits],
        address=request.path,
        posted=posted,
        again=dict(again or {}),
        back=came_from(request),
    )
    there = redirect("impact:one", workspace.id, made.pk)
    if "HX-Request" in request.headers:  # a form that acts in place; what it would touch is a page of its own
        return HttpResponse(status=204, headers={"HX-Redirect": there["Location"]})
    return there


def came_from(request: HttpRequest) -> str:
    """The page a form stood on; the top where that is not known."""
    said = request.headers.get("Referer") or ""
    parts = urlsplit(said)
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}):
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


class Asking:
    """Lets any form that changes a model ask what it would touch, whatever page it stands on.

    A form with a file makes its change: a file cannot be sent again. What only talks to a script asks by itself, if at all.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keeps what answers a request."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers; where a form asks, its change is not made."""
        is_form = request.method == "POST" and not request.FILES
        if not is_form or request.headers.get("Accept") == "application/json" or not is_asked(request):
            return self.answer(request)
        with keeping.only_asked():
            return self.answer(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Tells what a change would touch that was stopped to be told."""
        if not isinstance(problem, keeping.OnlyAskedError) or request.resolver_match is None:
            return None
        here = workspace_of(str(request.resolver_match.kwargs["workspace"]))
        return weighed(request, here, problem.edits)
