"""The inbox of findings: filtered, gone to, dismissed and brought back; what goes well stands in it too."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ketenreis.findings import LEVELS, Finding, Sentences, in_words, worst_first
from ketenreis.model import KIND, Element, Kind, Model
from ketenreis.requirements.checks import run_all
from ketenreis.web.changes import keeping
from ketenreis.web.changes.suspect import suspects_of
from ketenreis.web.findings.facts import facts
from ketenreis.web.findings.models import Dismissal
from ketenreis.web.frame.visitor import workspace_of
from ketenreis.web.shelf import Workspace

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One finding in the inbox."""

    finding: Finding
    said: Sentences
    element: Element | None
    facts: str
    dismissal: Dismissal | None


@require_GET
def inbox(request: HttpRequest, workspace: str) -> HttpResponse:
    """What was found, by level, kind and words; dismissed findings apart."""
    here = workspace_of(workspace)
    language = str(request.language)  # type: ignore[attr-defined]  # put there by our middleware
    rows = _rows(here, language)
    level, kind, asked = (request.GET.get(key, "") for key in ("level", "kind", "q"))
    shown = [
        row
        for row in rows
        if (not level or row.finding.level == level)
        and (not kind or (row.element is not None and row.element.kind == kind))
        and asked.casefold() in f"{row.said.title} {row.said.message}".casefold()
    ]
    open_rows = [row for row in shown if row.dismissal is None]
    page = Paginator(open_rows, A_PAGE).get_page(request.GET.get("page"))
    counts = [
        (name, sum(row.finding.level == name and row.dismissal is None for row in rows)) for name in LEVELS
    ]
    kinds: list[Kind] = [
        KIND[name] for name in sorted({row.element.kind for row in rows if row.element is not None})
    ]
    return render(
        request,
        "findings/list.html",
        {
            "rows": page,
            "page": page,
            "query": urlencode(
                {key: value for key, value in (("level", level), ("kind", kind), ("q", asked)) if value}
            ),
            "dismissed": [row for row in shown if row.dismissal is not None],
            "counts": counts,
            "kinds": kinds,
            "level": level,
            "kind": kind,
            "q": asked,
        },
    )


def _found(workspace: Workspace) -> tuple[Model, list[Finding]]:
    """The model, and all that is remarkable in it, relations to be looked at again among it."""
    moment = keeping.now(workspace)
    suspect = (one.finding() for one in suspects_of(workspace, moment))
    return moment.model, [*run_all(moment.model), *suspect]


def _rows(workspace: Workspace, language: str) -> list[Row]:
    model, findings = _found(workspace)
    found = worst_first(findings)
    aside = {one.fingerprint: one for one in Dismissal.objects.filter(workspace=workspace.id)}
    rows = []
    for finding in found:
        now = facts(finding, model)
        dismissal = aside.get(finding.fingerprint)
        element = model[finding.elements[0]] if finding.elements and finding.elements[0] in model else None
        still = dismissal if dismissal is not None and dismissal.facts == now else None
        rows.append(Row(finding, in_words(finding, language, model.name), element, now, still))
    return rows


@require_POST
def dismiss(request: HttpRequest, workspace: str) -> HttpResponse:
    """Puts a finding aside, with a reason; without one nothing happens."""
    here = workspace_of(workspace)
    reason, fingerprint = request.POST.get("reason", "").strip(), request.POST.get("fingerprint", "")[:32]
    if reason and fingerprint:
        model, findings = _found(here)
        for finding in findings:
            if finding.fingerprint == fingerprint:
                Dismissal.objects.update_or_create(
                    workspace=here.id,
                    fingerprint=fingerprint,
                    defaults={"facts": facts(finding, model), "reason": reason[:2000]},
                )
                break
    return redirect("findings:list", here.id)


@require_POST
def bring_back(request: HttpRequest, workspace: str) -> HttpResponse:
    """Takes a dismissal back."""
    here = workspace_of(workspace)
    Dismissal.objects.filter(workspace=here.id, fingerprint=request.POST.get("fingerprint", "")).delete()
    return redirect("findings:list", here.id)
