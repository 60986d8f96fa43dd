"""The matrix of requirements and work, and proposals accepted one by one or together."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ketenreis.analysis.links import ProposedLink, proposed_links
from ketenreis.model import Element, Model
from ketenreis.model.edits import Relate
from ketenreis.web.changes import keeping
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.words import say

WIDEST = 60
"""So many activities stand beside each other at most."""


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement, with what serves it per activity.

    Attributes:
        wanted: A CTQ or an internal requirement.
        cells: Per activity its name, and those of what serves; none where it does not.
        by_handovers: The handovers that serve it.
    """

    wanted: Element
    cells: tuple[tuple[str, tuple[str, ...]], ...]
    by_handovers: tuple[Element, ...]

    @property
    def is_served(self) -> bool:
        """Whether anything serves it."""
        return bool(self.by_handovers) or any(serving for _, serving in self.cells)


@require_GET
def matrix(request: HttpRequest, workspace: str) -> HttpResponse:
    """Requirements against the activities of one process, or of all."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    language = language_of(request)
    chosen = request.GET.get("process", "")
    processes = model.of_kind("process")
    within = tuple(model.within(chosen, "activity")) if chosen in model else model.of_kind("activity")
    left_out = 0
    if len(within) > WIDEST:
        # A sheet this wide says nothing any more: what serves something comes first, and a process can be chosen.
        serving = tuple(activity for activity in within if not _is_idle(model, activity))
        idle = tuple(activity for activity in within if _is_idle(model, activity))
        left_out = len(within) - WIDEST
        within = (*serving, *idle)[:WIDEST]
    shown = {
        "left_out": left_out,
        "activities": [(activity, _is_idle(model, activity)) for activity in within],
        "idle": [activity for activity in within if _is_idle(model, activity)],
        "rows": [_row(model, wanted, within) for wanted in model.of_kind("ctq", "internal_requirement")],
        "processes": processes,
        "chosen": chosen,
        "proposals": [(link, _said(link, model, language), _key(link)) for link in proposed_links(model)],
        "model": model,
    }
    return render(request, "coverage/matrix.html", shown)


def _row(model: Model, wanted: Element, activities: tuple[Element, ...]) -> Row:
    serving = model.sources(wanted.id, "serves")
    ids = {source.id: source for source in serving}
    cells = tuple(
        (
            activity.name,
            tuple(
                ids[each].name
                for each in (activity.id, *(output.id for output in model.children(activity.id, "output")))
                if each in ids
            ),
        )
        for activity in activities
    )
    return Row(wanted, cells, tuple(source for source in serving if source.kind == "handover"))


def _is_idle(model: Model, activity: Element) -> bool:
    """Whether an activity serves nothing at all: why do we do this?"""
    ends = (activity.id, *(output.id for output in model.children(activity.id, "output")))
    needless = any(output.get("no_customer_requirement") for output in model.children(activity.id, "output"))
    return not needless and not any(model.out(end, "serves") for end in ends)


@require_POST
def accept(request: HttpRequest, workspace: str) -> HttpResponse:
    """Makes the relations that were ticked, or all that are proposed, as one change."""
    here = workspace_of(workspace)
    ticked = set(request.POST.getlist("link"))
    links = proposed_links(keeping.now(here).model)
    wanted = links if "all" in request.POST else tuple(link for link in links if _key(link) in ticked)
    keeping.commit(here, [Relate(link.edge) for link in wanted])
    return redirect("coverage:list", here.id)


def _key(link: ProposedLink) -> str:
    return f"{link.edge.relation}|{link.edge.source}|{link.edge.target}"


def _said(link: ProposedLink, model: Model, language: str) -> str:
    """A proposal with its reason, in a sentence."""
    return say(
        language,
        f"coverage.rule_{link.rule}",
        source=model.name(link.edge.source),
        target=model.name(link.edge.target),
        via=model.name(link.via),
    )
