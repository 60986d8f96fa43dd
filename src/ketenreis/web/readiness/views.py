"""The gate of every chain, one chain with its evidence, and the page that prepares and minutes its meeting."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ketenreis.analysis.readiness import Answer, Colour, Verdict
from ketenreis.errors import MissingExtraError
from ketenreis.model import Element, Model
from ketenreis.notation.slugs import slug
from ketenreis.render.blueprint.export import MEDIA_TYPES
from ketenreis.render.slide import slide_pptx
from ketenreis.reports.chain_slide import chain_slide
from ketenreis.reports.meeting import Turned, quarter_of, quarters, turned
from ketenreis.reports.readied import (
    SHAPE,
    Readied,
    agenda,
    next_in_words,
    readied,
    remark_in_words,
    sand_in_words,
    signed,
)
from ketenreis.reports.words import SHAPES, Words
from ketenreis.web.changes import keeping
from ketenreis.web.figures import Figures, figures
from ketenreis.web.findings.models import Dismissal
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.shelf import Workspace

LOOKS = {
    "tones": {"green": "good", "amber": "warn", "red": "bad", "unknown": "unknown"},
    "shapes": SHAPE,
}
"""How a colour looks: never by colour alone."""
_TONES = {"met": "good", "not_met": "bad", "cannot_say": "unknown"}


@dataclass(frozen=True, slots=True)
class Point:
    """One remark in words, with the elements it names."""

    colour: Colour
    said: str
    next: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the twelve, answered."""

    name: str
    asks: str
    colour: Colour
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A requirement with its verdict."""

    ctq: Element
    tone: str
    shape: str
    word: str
    percent: str
    interval: str
    n: str


@require_GET
def all_chains(request: HttpRequest, workspace: str) -> HttpResponse:
    """The gate of every chain."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    known = figures(here, model)
    words = _words(request, model, known)
    rows = [
        (one, sum(answer.colour == "red" for answer in one.ready.answers), one.sand)
        for one in readied(model, known.report, today=_today())
    ]
    return render(
        request, "readiness/list.html", {"rows": rows, "figures": known, "cases": words.cases, **LOOKS}
    )


@require_GET
def one(request: HttpRequest, workspace: str, chain: str) -> HttpResponse:
    """The readiness of one chain."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    known = figures(here, model)
    found, words = _found(here, model, chain, known), _words(request, model, known)
    ready = found.ready
    shown = {
        "chain": model[chain],
        "found": found,
        "ready": ready,
        "questions": [_question(answer, words) for answer in ready.answers],
        "base": [_kept(ctq, verdict, words) for ctq, verdict in ready.base],
        "right": words.say("readiness.right", share=words.percent(ready.right), n=ready.judged)
        if ready.right is not None
        else "",
        "delight": [_kept(ctq, verdict, words) for ctq, verdict in found.experience],
        "felt": [(one.step, signed(one.score), one.basis) for one in found.felt],
        "sand": [(sand, sand_in_words(sand, words)) for sand in found.sand],
        "agenda": agenda(found, model, words),
        "figures": known,
        **LOOKS,
    }
    return render(request, "readiness/one.html", shown)


@dataclass(frozen=True, slots=True)
class Trend:
    """A requirement in one quarter beside the quarter before."""

    ctq: Element
    now: Kept
    before: str
    change: str
    tone: str


@require_GET
def meeting(request: HttpRequest, workspace: str, chain: str) -> HttpResponse:
    """The page of a chain meeting over a quarter: what to talk about, and what was said."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    known = figures(here, model)
    found, words = _found(here, model, chain, known), _words(request, model, known)
    spans = quarters(known.report) if known.report else ()
    asked = request.GET.get("period", "")
    period = asked if asked in spans else (spans[-1] if spans else quarter_of(_today()))
    turns = turned(known.report, found.ready.scope.requirements, period) if known.report else ()
    shown = {
        "chain": model[chain],
        "period": period,
        "periods": spans,
        "trends": [_trend(each, words) for each in turns],
        "handovers": [
            (one, words.duration(passing.p90), words.percent(passing.complete), words.whole(passing.cases))
            for one, passing in found.slowest
        ],
        "found": found,
        "ready": found.ready,
        "questions": [_question(answer, words) for answer in found.ready.answers if answer.colour == "red"],
        "sand": [(sand, sand_in_words(sand, words)) for sand in found.sand],
        "agenda": agenda(found, model, words),
        "meetings": sorted(
            model.children(chain, "meeting"), key=lambda each: str(each.get("date") or ""), reverse=True
        ),
        "actions": {each.id: model.children(each.id, "action") for each in model.children(chain, "meeting")},
        "roles": model.of_kind("role"),
        "today": _today(),
        "figures": known,
        "seen": moment.change,
        **LOOKS,
    }
    return render(request, "readiness/meeting.html", shown)


@require_GET
def slide(request: HttpRequest, workspace: str, chain: str) -> HttpResponse:
    """One slide about a chain, for management."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    known = figures(here, model, wait=30)
    found, words = _found(here, model, chain, known), _words(request, model, known)
    try:
        written = slide_pptx(chain_slide(found, model, words, request.GET.get("period", "")[:20]))
    except MissingExtraError as refused:
        shown = {"refused": str(refused), "subject": model[chain]}
        return render(request, "blueprint/refused.html", shown, status=501)
    disposition = f'attachment; filename="{slug(model[chain].name) or "slide"}.pptx"'
    return HttpResponse(
        written, content_type=MEDIA_TYPES["pptx"], headers={"Content-Disposition": disposition}
    )


def _found(workspace: Workspace, model: Model, chain: str, known: Figures) -> Readied:
    element_of(model, chain, "chain")
    aside = dict(Dismissal.objects.filter(workspace=workspace.id).values_list("fingerprint", "facts"))
    return readied(model, known.report, chain, today=_today(), aside=aside)[0]


def _words(request: HttpRequest, model: Model, known: Figures) -> Words:
    about = known.report.object_type if known.report else "case"
    return Words.of(language_of(request), model, about)


def _question(answer: Answer, words: Words) -> Question:
    points = (*answer.lacking, *(remark for remark in answer.remarks if remark.colour == "green"))
    return Question(
        answer.question,
        words.say(f"readiness.q_{answer.question}"),
        answer.colour,
        tuple(
            Point(
                remark.colour,
                remark_in_words(remark, words),
                "" if remark.colour == "green" else next_in_words(remark, words),
                remark.elements,
            )
            for remark in points
        ),
    )


def _kept(ctq: Element, verdict: Verdict, words: Words) -> Kept:
    return Kept(
        ctq,
        _TONES[verdict.standing],
        SHAPES[verdict.standing],
        words.standing(verdict.standing),
        words.percent(verdict.share, verdict.asked) if verdict.share is not None else "",
        words.interval(verdict.interval),
        words.whole(verdict.n),
    )


def _trend(turn: Turned, words: Words) -> Trend:
    change = ""
    if turn.interval is not None and turn.difference is not None:
        low, high = (words.number(100 * end, 1) for end in (turn.interval.low, turn.interval.high))
        sign = "+" if turn.difference > 0 else ""
        change = f"{sign}{words.number(100 * turn.difference, 1)} ({low} – {high})"
    tone = "" if turn.moved is None else "good" if turn.moved == "better" else "bad"
    before = f"{words.percent(turn.before.attainment)} · n = {words.whole(turn.before.judged)}"
    return Trend(
        turn.ctq, _kept(turn.ctq, turn.verdict, words), before if turn.before.judged else "–", change, tone
    )


def _today() -> date:
    return datetime.now(UTC).date()
