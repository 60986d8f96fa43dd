"""How does a form ask what it would touch? It gives its edits and what was typed, and is led to the page that tells."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ketenreis.model.edits import Edit
from ketenreis.notation.edits_json import as_data
from ketenreis.web.impact.models import Proposal
from ketenreis.web.shelf import Workspace

ASKED = "weigh"
"""What the button of a form is called that asks what it would touch."""
KEPT = timedelta(days=7)
_OURS = ("csrfmiddlewaretoken", ASKED)


def is_asked(request: HttpRequest) -> bool:
    """Whether a form asks what it would touch, rather than to be saved."""
    return ASKED in request.POST


def weighed(
    request: HttpRequest, workspace: Workspace, edits: Iterable[Edit], again: Mapping[str, str]
) -> HttpResponse:
    """Leads to the page that tells what edits would touch.

    Args:
        request: The form as it was sent; sent again without the question it saves.
        workspace: Whose model.
        edits: What saving it would do.
        again: What is sent besides to see the form once more with everything that was typed.
    """
    Proposal.objects.filter(at__lt=datetime.now(UTC) - KEPT).delete()
    posted = {key: request.POST.getlist(key) for key in request.POST if key not in _OURS}
    made = Proposal.objects.create(
        workspace=workspace.id,
        edits=[as_data(edit) for edit in edits],
        address=request.path,
        posted=posted,
        again=dict(again),
    )
    return redirect("impact:one", workspace.id, made.pk)
