"""The inbox of findings: filtered, gone to, dismissed and brought back; what goes well stands in it too."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ketenreis.analysis.quicksand import Quicksand
from ketenreis.analysis.tensions import Tension, tensions
from ketenreis.findings import Finding, Sentences, worst_first
from ketenreis.model import KIND, Element, Model
from ketenreis.reports.readied import sand_as_finding, sand_in_words, sands
from ketenreis.reports.tensions import as_finding
from ketenreis.reports.words import Words, current_day
from ketenreis.web.changes import keeping
from ketenreis.web.changes.remarkable import remarkable
from ketenreis.web.changes.suspect import suspects_of
from ketenreis.web.figures import AT_ONCE, Figures, figures
from ketenreis.web.findings import aside
from ketenreis.web.findings.facts import facts
from ketenreis.web.findings.models import Dismissal
from ketenreis.web.findings.told import told
from ketenreis.web.frame.listing import Facet, as_file, listed, plain_sheet
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.shelf import Workspace
from ketenreis.web.words import say

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: by what it is known when it is put aside, and what brings it back then; `tension` or `sand` where it is one.

    The facts are told when they are asked for: of thousands few were ever put aside. `evidence` holds the sentences with its
    figures, where there are any.
    """

    finding: Finding
    fingerprint: str
    facts: Callable[[], str]
    tension: Tension | None = None
    sand: Quicksand | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)  # with slots it could not keep its words
class Row:
    """One finding in the inbox; it is put into words when somebody reads it, for a page shows few of them."""

    found: Found
    model: Model
    language: str
    element: Element | None
    dismissal: Dismissal | None

    @cached_property
    def said(self) -> Sentences:
        """The finding in words."""
        return told(self.finding, self.model, self.language)

    @property
    def finding(self) -> Finding:
        """What was found."""
        return self.found.finding


@require_GET
def inbox(request: HttpRequest, workspace: str) -> HttpResponse:
    """What was found, by level, kind and words; dismissed findings apart."""
    here = workspace_of(workspace)
    language = language_of(request)
    rows, known = _rows(here, language)
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
        (say(language, "findings.message"), lambda row: " ".join((row.said.message, *row.found.evidence))),
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
        "figures": known if known.state == "working" else None,
        "dismissed": [row for row in rows if row.dismissal is not None],
    }
    return render(request, "findings/list.html", shown)


def _where(row: Row) -> str:
    return row.element.name if row.element else ""


def _words(row: Row) -> str:
    return f"{row.said.title} {row.said.message} {_where(row)}"


def _found(workspace: Workspace, language: str, wait: float = AT_ONCE) -> tuple[Model, list[Found], Figures]:
    """The model, all that is remarkable in it, and what was measured: suspect relations, tensions and quicksand among it."""
    moment = keeping.now(workspace)
    model = moment.model
    suspect = (one.finding() for one in suspects_of(workspace, moment))
    found = [
        Found(one, one.fingerprint, partial(facts, one, model))
        for one in (*remarkable(workspace, moment), *suspect)
    ]
    known = figures(workspace, model, wait)
    words = Words.of(language, model, known.report.object_type if known.report else "case")
    # A tension is one here and on its card: put aside in one place it is so in the other.
    found += [
        Found(as_finding(one, model, words), one.fingerprint, partial(getattr, one, "facts"), one)
        for one in tensions(model)
    ]
    if known.state != "working":  # half of the facts would bring back what was put aside with all of them
        found += [
            Found(
                sand_as_finding(one, words),
                one.fingerprint,
                partial(getattr, one, "facts"),
                sand=one,
                evidence=sand_in_words(one, words)[1:-1],
            )
            for one in sands(model, known.report, current_day(model))
        ]
    return model, found, known


def _rows(workspace: Workspace, language: str) -> tuple[list[Row], Figures]:
    model, found, known = _found(workspace, language)
    of = {id(one.finding): one for one in found}
    put = aside.Aside.of(workspace.id)
    rows = []
    for finding in worst_first(one.finding for one in found):
        one = of[id(finding)]
        element = model[finding.elements[0]] if finding.elements and finding.elements[0] in model else None
        still = put.still(one.fingerprint, one.facts()) if one.fingerprint in put.by_mark else None
        rows.append(Row(one, model, language, element, still))
    return rows, known


@require_POST
def dismiss(request: HttpRequest, workspace: str) -> HttpResponse:
    """Puts a finding aside, with a reason; without one nothing happens."""
    here = workspace_of(workspace)
    reason, fingerprint = request.POST.get("reason", "").strip(), request.POST.get("fingerprint", "")[:32]
    if reason and fingerprint:
        _, found, _ = _found(here, language_of(request), wait=20)
        for one in found:
            if one.fingerprint == fingerprint:
                aside.put_aside(here.id, fingerprint, one.facts(), reason)
                break
    return redirect("findings:list", here.id)


@require_POST
def bring_back(request: HttpRequest, workspace: str) -> HttpResponse:
    """Takes a dismissal back."""
    here = workspace_of(workspace)
    aside.bring_back(here.id, request.POST.get("fingerprint", ""))
    return redirect("findings:list", here.id)
