"""The cases behind a figure: those that made it and those that did not, of every week or of one, as a list."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ketenreis.events.store import EventStore
from ketenreis.measure import OUTCOMES, Behind, Case, Outcome
from ketenreis.model import Model
from ketenreis.reports.behind import cases_behind
from ketenreis.reports.measured import Measured, Report
from ketenreis.reports.section import took_in_words
from ketenreis.reports.words import Words
from ketenreis.requirements import requirement
from ketenreis.web.changes import keeping
from ketenreis.web.figures import Figures, figures, known, stamped
from ketenreis.web.frame.listing import Facet, as_file, listed, plain_sheet
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.shelf import Workspace
from ketenreis.web.words import say

MOST = 2_000
"""So many cases are given, what took longest first; of the others their number."""


@dataclass(frozen=True, slots=True)
class Way:
    """One outcome, with its number."""

    outcome: Outcome
    label: str
    count: int


def ways(found: Measured, language: str) -> list[Way]:
    """What became of the cases of a requirement, as far as it became of any."""
    counts = found.cases
    numbers = {
        "violated": counts.violated,
        "fulfilled": counts.fulfilled,
        "pending": counts.pending,
        "not_activated": counts.not_activated,
        "excluded": counts.left_out,
    }
    return [
        Way(outcome, say(language, f"measures.cases_{outcome}"), numbers[outcome])
        for outcome in OUTCOMES
        if numbers[outcome]
    ]


@require_GET
def cases(request: HttpRequest, workspace: str, ctq: str, outcome: str) -> HttpResponse:
    """The cases of one outcome; `?week=` takes those of one week, `?part=channel:web` those of one part."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    element = element_of(model, ctq, "ctq")
    asked = next((one for one in OUTCOMES if one == outcome), None)
    if asked is None:
        raise Http404
    measured = figures(here, model)
    report, language = measured.report, language_of(request)
    if report is None:
        called = Words.of(language, model, requirement(element).object or "case").cases
        return render(request, "measures/cases.html", {"ctq": element, "figures": measured, "called": called})
    one, words = report[ctq], Words.of(language, model, report.object_type)
    shown = _behind(here, model, report, ctq, asked, _week(request), _part(request, one))
    if shown.state != "ready" or shown.behind is None:
        state = Figures("working" if shown.state == "working" else "failed", None, shown.why)
        shown_so_far = {"ctq": element, "figures": state, "called": words.cases}
        return render(request, "measures/cases.html", shown_so_far)
    found = shown.behind

    def monday(case: Case) -> date | None:
        day = words.local(case.at).date() if case.at else None
        return day - timedelta(days=day.weekday()) if day else None

    def took(case: Case) -> str:
        return "" if case.took is None else took_in_words(case.took, one, words)

    facets = [
        Facet[Case]("case", words.case.capitalize(), lambda case: case.case),
        Facet[Case]("at", say(language, "measures.cases_at"), lambda case: case.at),
        Facet[Case]("took", say(language, "measures.cases_took"), lambda case: case.took),
        Facet[Case](
            "week",
            say(language, "measures.cases_week"),
            monday,
            narrows=True,
            sorts=False,
            said=lambda day: words.day(day) if isinstance(day, date) else str(day),
        ),
        Facet[Case]("reason", say(language, "measures.cases_reason"), lambda case: case.reason, narrows=True),
    ]
    listing = listed(request, found.cases, facets, lambda case: case.case)
    every = ways(one, language)
    title = f"{element.name}: {say(language, f'measures.cases_{asked}')}"
    columns = [
        (words.case.capitalize(), lambda case: case.case),
        (facets[1].label, lambda case: words.local(case.at).isoformat(sep=" ") if case.at else ""),
        (facets[2].label, took),
        (facets[4].label, lambda case: case.reason or ""),
    ]
    if (file := as_file(request, f"{ctq}-{asked}", lambda: plain_sheet(title, listing, columns))) is not None:
        return file
    rows = [
        (case.case, words.moment(case.at, seconds=True) if case.at else "", took(case), case.reason or "")
        for case in listing.rows
    ]
    context = {
        "ctq": element,
        "figures": measured,
        "title": title,
        "ways": every,
        "asked": asked,
        "listing": listing,
        "rows": rows,
        "total": found.total,
        "left_out": found.total - len(found.cases),
        "called": words.cases,
        "measures": any(took for _, _, took, _ in rows),
        "reasons": asked == "excluded",
    }
    return render(request, "measures/cases.html", context)


def _week(request: HttpRequest) -> date | None:
    """The Monday that is asked for."""
    try:
        return date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return None


def _part(request: HttpRequest, found: Measured) -> tuple[str, str] | None:
    """The part that is asked for, when it is one that its figures are split by."""
    attribute, _, value = request.GET.get("part", "").partition(":")
    shown = (found.splits or {}).get(attribute, ())
    return (attribute, value) if value and value in {group.name for group in shown} else None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the cases behind a number."""

    state: str
    behind: Behind | None
    why: str


def _behind(
    here: Workspace,
    model: Model,
    report: Report,
    ctq: str,
    outcome: Outcome,
    week: date | None,
    part: tuple[str, str] | None,
) -> _Known:
    """The cases, read beside the page and held for as long as requirements and events are what they were."""
    stamp = stamped(here)
    if stamp is None:
        return _Known("none", None, "")
    asks = tuple((one.id, repr(sorted(one.fields.items()))) for one in model.of_kind("ctq", "calendar"))
    work = partial(
        cases_behind,
        report,
        EventStore.open(here.events),
        ctq,
        outcome,
        monday=week,
        part=part,
        most=MOST,
        cache=here.cache / "facts",
    )
    return _Known(*known((*stamp, "behind", asks, ctq, outcome, week, part), work))
