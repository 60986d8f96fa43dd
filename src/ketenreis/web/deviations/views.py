"""One journey beside what was intended, and the contacts with what they go with."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ketenreis.analysis.deviations import DEVIATIONS, Deviation, Deviations, Place, Rate
from ketenreis.model import Element, Model
from ketenreis.reports.contacted import indicators, lead, left_out, row
from ketenreis.reports.deviated import lead as deviations_lead
from ketenreis.reports.deviated import place_name, told
from ketenreis.reports.words import Words
from ketenreis.web.changes import keeping
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.walks import walks


@dataclass(frozen=True, slots=True)
class Figure:
    """One rate as it is shown; `width` is its share of a hundred."""

    name: str
    percent: str
    interval: str
    cases: str
    n: str
    open: str
    width: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of deviation with who started it."""

    sign: Deviation
    whole: Figure
    by: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """What deviates at one touchpoint or by one unplanned event."""

    touchpoint: Element | None
    name: str
    by: str
    figures: tuple[Figure, ...]
    told: tuple[str, ...]


@require_GET
def first(request: HttpRequest, workspace: str) -> HttpResponse:
    """The first journey; the list of journeys where there is none yet."""
    here = workspace_of(workspace)
    journeys = keeping.now(here).model.of_kind("journey")
    if not journeys:
        return redirect("journeys:list", here.id)
    return redirect("deviations:one", here.id, journeys[0].id)


@require_GET
def one(request: HttpRequest, workspace: str, journey: str) -> HttpResponse:
    """The deviations of one journey: types, who started them, and where."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    element = element_of(model, journey, "journey")
    known = walks(here, model)
    found = known.of(journey)
    words = _words(request, model, found.object_type if found else "case")
    shown = {
        "journey": element,
        "journeys": model.of_kind("journey"),
        "figures": known,
        "found": found,
        "lead": deviations_lead(found, words) if found else "",
        "kinds": [_kind(found, sign, words) for sign in DEVIATIONS] if found else [],
        "spots": [_spot(place, model, words) for place in found.places if place.deviates] if found else [],
        "cases": words.cases,
    }
    return render(request, "deviations/one.html", shown)


@require_GET
def contacts(request: HttpRequest, workspace: str) -> HttpResponse:
    """The contacts of each type of object, and what goes with requirements that were not kept."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    known = walks(here, model)
    parts = [
        (
            words.cases,
            price,
            lead(price, words),
            tuple(indicators(price, words)),
            tuple(left_out(price, words)),
            rows,
        )
        for about, price in known.contacts.items()
        for words in (_words(request, model, about),)
        for rows in ([row(one, words) for one in price.attributed],)
    ]
    return render(request, "deviations/contacts.html", {"figures": known, "parts": parts})


def _words(request: HttpRequest, model: Model, about: str) -> Words:
    return Words.of(language_of(request), model, about)


def _kind(found: Deviations, sign: Deviation, words: Words) -> Kind:
    return Kind(
        sign,
        _figure(words.say(f"deviations.{sign}"), found.types[sign], words),
        tuple(
            _figure(words.say(f"deviations.by_{who}"), rate, words) for who, rate in found.by[sign].items()
        ),
    )


def _figure(name: str, rate: Rate, words: Words) -> Figure:
    return Figure(
        name,
        words.percent(rate.share),
        words.interval(rate.interval),
        words.whole(rate.cases),
        words.whole(rate.n),
        words.whole(rate.open) if rate.open else "",
        f"{100 * (rate.share or 0):.1f}",
    )


def _spot(place: Place, model: Model, words: Words) -> Spot:
    return Spot(
        place.touchpoint if place.touchpoint and place.touchpoint.id in model else None,
        place_name(place),
        words.say(f"deviations.by_{place.by}"),
        tuple(
            _figure(words.say(f"deviations.{sign}"), rate, words)
            for sign, rate in place.rates.items()
            if rate.cases or rate.open
        ),
        tuple(told(place, words, model)),
    )
