"""The inbox of findings: filtered, gone to, dismissed and brought back; what goes well stands in it too."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ketenreis.findings import Finding, Sentences, worst_first
from ketenreis.model import KIND, Element, Model
from ketenreis.requirements.checks import run_all
from ketenreis.web.changes import keeping
from ketenreis.web.changes.suspect import suspects_of
from ketenreis.web.findings.facts import facts
from ketenreis.web.findings.models import Dismissal
from ketenreis.web.findings.told import told
from ketenreis.web.frame.listing import Facet, as_file, listed, plain_sheet
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.shelf import Workspace
from ketenreis.web.words import say

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
    language = language_of(request)
    rows = _rows(here, language)
    facets = [
        Facet[Row](
            "level",
            say(language, "findings.level"),
            lambda row: row.finding.level,
            narrows=True,
            sorts=False,
            said=lambda level: say(language, f"findings.level_{level}"),
        ),
        Facet[Row](
            "kind",
            say(language, "findings.kind"),
            lambda row: row.element.kind if row.element else None,
            narrows=True,
            said=lambda kind: str(getattr(KIND[str(kind)], language)),
        ),
        Facet[Row]("what", say(language, "findings.what"), lambda row: row.said.title),
        Facet[Row]("where", say(language, "findings.where"), _where),
    ]
    still = [row for row in rows if row.dismissal is None]
    listing = listed(request, still, facets, _words, a_page=A_PAGE)
    columns = [
        (say(language, "findings.level"), lambda row: say(language, f"findings.level_{row.finding.level}")),
        (say(language, "findings.what"), lambda row: row.said.title),
        (say(language, "findings.where"), _where),
        (say(language, "findings.message"), lambda row: row.said.message),
        (say(language, "findings.why"), lambda row: row.said.why),
        (say(language, "findings.next"), lambda row: row.said.next),
        ("id", lambda row: row.finding.elements[0] if row.finding.elements else ""),
    ]
    title = say(language, "findings.title")
    if (file := as_file(request, "findings", lambda: plain_sheet(title, listing, columns))) is not None:
        return file
    shown = {
        "rows": listing.rows,
        "listing": listing,
        "dismissed": [row for row in rows if row.dismissal is not None],
    }
    return render(request, "findings/list.html", shown)


def _where(row: Row) -> str:
    return row.element.name if row.element else ""


def _words(row: Row) -> str:
    return f"{row.said.title} {row.said.message} {_where(row)}"


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
        rows.append(Row(finding, told(finding, model, language), element, now, still))
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
