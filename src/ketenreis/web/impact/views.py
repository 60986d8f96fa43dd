"""The page that tells what a change would touch: whom, which agreements, what past cases say, what it costs; then save or go back."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from ketenreis.analysis.impact import WAYS, Reached
from ketenreis.analysis.rejudged import Rejudged
from ketenreis.model import Element, Kind
from ketenreis.model.applying import apply
from ketenreis.notation.edits_json import from_data
from ketenreis.render.blocks import Bar, Tile, Tiles
from ketenreis.reports.changes import MARKS, Change, changes, in_words
from ketenreis.reports.consequences import (
    Consequences,
    by_owner,
    consequences,
    path_in_words,
    rejudged_in_words,
    workload_in_words,
)
from ketenreis.reports.words import Words
from ketenreis.web.changes import agreed, keeping
from ketenreis.web.frame.views import A_YEAR
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.impact import weighing
from ketenreis.web.impact.models import Proposal
from ketenreis.web.impact.proposing import ALWAYS, TOLD, came_from, is_always
from ketenreis.web.words import say

MOST = 60
"""So many elements of one kind and owner, and so many changes, are told one by one; of the others their number."""


@dataclass(frozen=True, slots=True)
class Told:
    """Elements of one kind that a change gets to, each with the path in words; `more` are not told."""

    kind: Kind
    ones: tuple[tuple[Element, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    """What a change gets to of one owner, on one way."""

    who: Element | None
    count: int
    kinds: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class HitRow:
    """A relation that would have to be looked at again."""

    relation: str
    source: Element
    target: Element | None
    asked: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """What past cases say of one requirement: drawn now and then, and in sentences."""

    ctq: Element
    now: str
    then: str
    bars: tuple[Bar, Bar] | None
    said: tuple[str, ...]


@require_GET
def one(request: HttpRequest, workspace: str, proposal: int) -> HttpResponse:
    """What a change would touch if it were made now."""
    here = workspace_of(workspace)
    asked = get_object_or_404(Proposal, pk=proposal, workspace=here.id)
    moment = keeping.now(here)
    edits = tuple(from_data(row) for row in asked.edits)
    applied = apply(moment.model, edits)
    if applied.conflicts:
        shown = {"conflicts": applied.conflicts, "back": asked.address}
        return render(request, "elements/conflict.html", shown, status=409)
    language = language_of(request)
    confirmed = agreed.agreed(here.id).confirmations
    found = consequences(moment.model, applied.model, applied.edits, confirmed)
    weighed = weighing.weigh(here, (asked.pk, moment.change), moment.model, applied.model)
    found = replace(found, rejudged=MappingProxyType(dict(weighed.rejudged)))
    objects = moment.model.organisation.get("objects") if moment.model.organisation else None
    words = Words.of(
        language, found.new, str(objects[0]) if isinstance(objects, tuple) and objects else "case"
    )
    differences = changes(found.old, found.new, applied.edits)
    return render(
        request,
        "impact/one.html",
        {
            "proposal": asked,
            "found": found,
            "tiles": _tiles(found, language, words),
            "changes": [
                (MARKS[one.how], in_words(one, language, found.old, found.new)) for one in differences[:MOST]
            ],
            "more_changes": max(0, len(differences) - MOST),
            "ways": [(way, groups) for way in WAYS if (groups := _groups(found, way, language))],
            "hits": _hits(found),
            "figures": [_figure(found, name, each, words) for name, each in found.rejudged.items()],
            "weighed": weighed,
            "percent": round(100 * weighed.share),
            "work": list(workload_in_words(found.workload, words)),
            "save": _fields(asked.posted, {TOLD: "1"}),
            "is_always": is_always(request),
            "again": _fields(asked.posted, asked.again),
            "title": _title(differences, found, language),
        },
    )


def _title(found: tuple[Change, ...], known: Consequences, language: str) -> str:
    names = dict.fromkeys(one.element.name for one in found)
    return next(iter(names)) if len(names) == 1 else say(language, "impact.bundle", n=len(found))


def _fields(posted: dict[str, list[str]], instead: dict[str, str]) -> list[tuple[str, str]]:
    """What a form sends again, with other words where these say so."""
    kept = [(key, value) for key, values in posted.items() if key not in instead for value in values]
    return [*kept, *instead.items()]


def _tiles(found: Consequences, language: str, words: Words) -> Tiles:
    """The figures to start with."""
    owners = {one.owner.id for one in found.impact.reached if one.owner}
    items = [
        Tile(words.whole(len(found.impact.reached)), say(language, "impact.touched", n=len(owners))),
        Tile(words.whole(len(found.impact.unreviewed)), say(language, "impact.to_check")),
    ]
    for name, each in list(found.rejudged.items())[:2]:
        asked = each.after.norms[-1].asked if each.after.norms else None
        share = words.percent(each.then.attainment, asked)
        now, interval = words.percent(each.now.attainment, asked), words.interval(each.interval)
        detail = say(language, "impact.was_now", now=now, n=each.then.judged, interval=interval)
        items.append(Tile(share, found.new.name(name), detail))
    return Tiles(tuple(items), say(language, "impact.in_short"))


def _groups(found: Consequences, way: str, language: str) -> tuple[Group, ...]:
    reached = [one for one in found.impact.reached if one.way == way]
    return tuple(
        Group(
            owned.who,
            owned.count,
            tuple(
                Told(
                    kind, tuple(_told(one, found, language) for one in ones[:MOST]), max(0, len(ones) - MOST)
                )
                for kind, ones in owned.kinds
            ),
        )
        for owned in by_owner(reached)
    )


def _told(one: Reached, found: Consequences, language: str) -> tuple[Element, str]:
    return one.element, path_in_words(one, language, found)


def _hits(found: Consequences) -> list[HitRow]:
    return [
        HitRow(
            hit.edge.relation,
            _either(found, hit.edge.source),
            found.new.elements.get(hit.edge.target) or found.old.elements.get(hit.edge.target),
            hit.asked,
        )
        for hit in found.impact.unreviewed
    ]


def _either(found: Consequences, name: str) -> Element:
    return (found.new if name in found.new else found.old)[name]


def _figure(found: Consequences, name: str, each: Rejudged, words: Words) -> Figure:
    asked = each.after.norms[-1].asked if each.after.norms else None
    bars = None
    if each.now.attainment is not None and each.then.attainment is not None:
        before = each.before.norms[-1].asked if each.before.norms else None
        bars = (_bar(each.now.attainment, before), _bar(each.then.attainment, asked))
    return Figure(
        found.new[name],
        words.percent(each.now.attainment, asked),
        words.percent(each.then.attainment, asked),
        bars,
        tuple(rejudged_in_words(each, words)),
    )


def _bar(share: float, norm: float | None) -> Bar:
    return Bar(share, norm, "" if norm is None else "good" if share >= norm else "bad")


@require_POST
def stopped(request: HttpRequest, workspace: str, proposal: int) -> HttpResponse:
    """Stops judging past cases; the rest of the page stands."""
    here = workspace_of(workspace)
    weighing.stop(here, (proposal, keeping.now(here).change))
    return redirect("impact:one", here.id, proposal)


@require_POST
def always(request: HttpRequest, workspace: str) -> HttpResponse:
    """Remembers whether a visitor wants to see of every change what it would touch, and goes back to where that was said."""
    workspace_of(workspace)
    answer = redirect(came_from(request))
    if request.POST.get("on") == "1":
        answer.set_cookie(ALWAYS, "1", A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        answer.delete_cookie(ALWAYS)
    return answer
