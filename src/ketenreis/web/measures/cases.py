"""The cases behind a figure: those that made it and those that did not, of every week and part or of one, page after page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import get_args

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ketenreis.events.store import EventStore
from ketenreis.measure import OUTCOMES, Behind, Case, Counts, Order, Outcome, Wanted
from ketenreis.model import Model
from ketenreis.notation.sheets import Sheet
from ketenreis.reports.behind import cases_behind
from ketenreis.reports.measured import Measured
from ketenreis.reports.section import took_in_words
from ketenreis.reports.words import Words
from ketenreis.requirements import requirement
from ketenreis.web.changes import keeping
from ketenreis.web.figures import Figures, State, figures, known, stamped
from ketenreis.web.frame.listing import (
    A_PAGE,
    MOST_ASKED,
    Choosing,
    Facet,
    Option,
    as_file,
    listed,
    plain_sheet,
)
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.shelf import Workspace
from ketenreis.web.words import say

ORDERS: tuple[Order, ...] = get_args(Order)
READ_AT_ONCE = 20 * A_PAGE
"""So many cases are read at once: going to the next page seldom waits for another judging."""


@dataclass(frozen=True, slots=True)
class Way:
    """One outcome, with its number."""

    outcome: Outcome
    label: str
    count: int


def ways(found: Measured, language: str) -> list[Way]:
    """What became of the cases of a requirement, as far as it became of any."""
    numbers = {outcome: _count(found.cases, outcome) for outcome in OUTCOMES}
    return [
        Way(outcome, say(language, f"measures.cases_{outcome}"), number)
        for outcome, number in numbers.items()
        if number
    ]


def _count(counts: Counts, outcome: Outcome) -> int:
    """How many had one outcome."""
    return counts.left_out if outcome == "excluded" else int(getattr(counts, outcome))


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
    wanted, page = _wanted(request, asked, one)
    title = f"{element.name}: {say(language, f'measures.cases_{asked}')}"
    facets = [
        Facet[Case]("case", words.case.capitalize(), lambda case: case.case),
        Facet[Case]("at", say(language, "measures.cases_at"), lambda case: case.at),
        Facet[Case]("took", say(language, "measures.cases_took"), lambda case: case.took),
        *(
            Facet[Case](
                key, say(language, f"measures.cases_{key}"), lambda _: None, narrows=True, sorts=False
            )
            for key in ("week", "part", "reason")
        ),
    ]
    listing = listed(request, (), facets, lambda case: case.case)
    ask = partial(cases_behind, report, EventStore.open(here.events), ctq, cache=here.cache / "facts")

    def took(case: Case) -> str:
        return "" if case.took is None else took_in_words(case.took, one, words)

    def sheet() -> Sheet:
        columns = [
            (words.case.capitalize(), lambda case: case.case),
            (facets[1].label, lambda case: words.local(case.at).isoformat(sep=" ") if case.at else ""),
            (facets[2].label, took),
            (facets[5].label, lambda case: case.reason or ""),
        ]
        every = ask(replace(wanted, skip=0, most=None)).cases
        return plain_sheet(title, replace(listing, every=every), columns)

    if (file := as_file(request, f"{ctq}-{asked}", sheet)) is not None:
        return file
    state, found, why = _known(here, model, ctq, wanted, ask)
    if found is None:
        so_far = Figures("working" if state == "working" else "failed", None, why)
        return render(
            request, "measures/cases.html", {"ctq": element, "figures": so_far, "called": words.cases}
        )
    every = ways(one, language)
    pages = max(1, -(-found.total // A_PAGE))
    first = (page - 1) * A_PAGE - wanted.skip
    listing = replace(
        listing,
        rows=found.cases[first : first + A_PAGE],
        n=found.total,
        whole=next((way.count for way in every if way.outcome == asked), 0),
        choosing=_choosing(request, asked, one, words),
        page=min(page, pages),
        pages=pages,
    )
    if page > pages:
        return HttpResponseRedirect(f"{listing.further}page={pages}")
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
        "reason_label": facets[5].label,
        "called": words.cases,
        "measures": any(took for _, _, took, _ in rows),
        "reasons": asked == "excluded",
    }
    return render(request, "measures/cases.html", context)


def _wanted(request: HttpRequest, outcome: Outcome, found: Measured) -> tuple[Wanted, int]:
    """The cases that the address asks for, and on which page of them."""
    given = {key: str(value)[:MOST_ASKED] for key, value in request.GET.items()}
    sort = given.get("sort", "")
    order: Order | None = next((one for one in ORDERS if one == sort.removeprefix("-")), None)
    page = given.get("page", "")
    page_number = max(1, int(page)) if page.isdecimal() and len(page) < 8 else 1
    reason = given.get("reason", "")
    wanted = Wanted(
        outcome,
        _week(request),
        _part(request, found),
        reason if reason in (found.cases.excluded or {}) else None,
        tuple(given.get("q", "").split()),
        order or "took",
        order is None or sort.startswith("-"),
        (page_number - 1) * A_PAGE // READ_AT_ONCE * READ_AT_ONCE,
        READ_AT_ONCE,
    )
    return wanted, page_number


def _choosing(request: HttpRequest, outcome: Outcome, found: Measured, words: Words) -> tuple[Choosing, ...]:
    """The weeks, parts and reasons that cases of one outcome can be narrowed to."""
    weeks = {
        one.monday.isoformat(): words.day(one.monday) for one in found.weeks if _count(one.counts, outcome)
    }
    parts = {
        f"{attribute}:{group.name}": f"{words.attribute(attribute)}: {group.name}"
        for attribute, groups in (found.splits or {}).items()
        for group in groups
        if group.name and _count(group.counts, outcome)
    }
    reasons = {name: name for name in (found.cases.excluded or {})} if outcome == "excluded" else {}
    return tuple(
        Choosing(
            key,
            say(words.language, f"measures.cases_{key}"),
            tuple(
                Option(value, label, None, value == request.GET.get(key)) for value, label in values.items()
            ),
        )
        for key, values in (("week", weeks), ("part", parts), ("reason", reasons))
        if len(values) > 1 or request.GET.get(key) in values
    )


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


def _known(
    here: Workspace, model: Model, ctq: str, wanted: Wanted, ask: Callable[[Wanted], Behind]
) -> tuple[State, Behind | None, str]:
    """The cases, read beside the page and held for as long as requirements and events are what they were."""
    asks = tuple((one.id, repr(sorted(one.fields.items()))) for one in model.of_kind("ctq", "calendar"))
    # The ids of calendars and requirements, and what they say, are all that a verdict depends on besides the events.
    return known((stamped(here), "behind", asks, ctq, wanted), partial(ask, wanted))
