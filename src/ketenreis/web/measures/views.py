"""The list of requirements, one requirement from its verdict to the calculation, and a limit that is tried out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenreis.findings import Finding, in_words
from ketenreis.model import Edge, Element, Model
from ketenreis.model.applying import apply
from ketenreis.model.edits import Relate, Update
from ketenreis.quantity import limit_text
from ketenreis.render.blocks import Block, Chip
from ketenreis.reports.contacted import contact_row
from ketenreis.reports.measured import Measured, Report
from ketenreis.reports.section import asked_in_sql, chip, section
from ketenreis.reports.words import Words, current_day, own_language
from ketenreis.requirements import PATTERN, Measure, requirement, sentence
from ketenreis.requirements.ctq import gaps
from ketenreis.web.changes import keeping
from ketenreis.web.changes.making import made
from ketenreis.web.elements.fields import filled_in, inputs
from ketenreis.web.elements.listed import elements_file, listed_elements
from ketenreis.web.elements.spoken import as_said
from ketenreis.web.figures import figures
from ketenreis.web.frame.listing import Facet
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.impact.proposing import is_asked, weighed
from ketenreis.web.measures.cases import ways
from ketenreis.web.measures.editing import everyday, others, slots, written
from ketenreis.web.shelf import Workspace
from ketenreis.web.walks import Walks, walks
from ketenreis.web.words import say


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement in the list."""

    ctq: Element
    said: str
    chip: Chip | None
    percent: str
    interval: str
    n: str
    asked: str
    missing: tuple[str, ...]
    attainment: float | None
    judged: int | None


@dataclass(frozen=True, slots=True)
class Tried:
    """A limit that nobody saved: what it would be, and what the same cases say of it."""

    limit: str
    share: str
    percent: str
    interval: str
    n: str
    chip: Chip | None


@require_GET
def every(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every requirement with its verdict, the worst first as far as there is one."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    known = figures(here, model)
    language = language_of(request)
    rows = [row_of(ctq, model, known.report, language) for ctq in model.of_kind("ctq")]
    order = {"bad": 0, "unknown": 1, "good": 2}
    rows.sort(key=lambda row: order.get(row.chip.tone if row.chip else "unknown", 1))
    measured = [
        Facet[Row](
            "standing",
            say(language, "measures.column_standing"),
            lambda row: row.chip.word if row.chip else None,
            narrows=True,
        ),
        Facet[Row]("figure", say(language, "measures.column_figure"), lambda row: row.attainment),
        Facet[Row]("n", say(language, "measures.column_n"), lambda row: row.judged),
    ]
    listing = listed_elements(request, moment, "ctq", rows, _ctq, measured)
    if (file := elements_file(request, moment, "ctq", listing, _ctq)) is not None:
        return file
    shown = {"rows": listing.rows, "listing": listing, "figures": known, "organisation": model.organisation}
    return render(request, "measures/list.html", shown)


def _ctq(row: Row) -> Element:
    return row.ctq


def row_of(ctq: Element, model: Model, report: Report | None, language: str) -> Row:
    """One requirement with its verdict and figure, in words."""
    wanted = requirement(ctq)
    words = Words.of(language, model, wanted.object or (report.object_type if report else "case"))
    one = _measured(report, ctq.id)
    said = sentence(wanted, language, model.name) if wanted.measure else ""
    judged = one is not None and one.cases.judged > 0
    norm = one.norm if one else (wanted.norms[-1] if wanted.norms else None)
    return Row(
        ctq,
        said,
        chip(one, words) if one else None,
        words.percent(one.cases.attainment, float(norm.share.value) if norm else None)
        if one and judged
        else "",
        words.interval(one.interval) if one and judged else "",
        words.whole(one.cases.judged) if one and judged else "",
        norm.share.in_words(language) if norm else "",
        tuple(str(gap) for gap in gaps(wanted)),
        one.cases.attainment if one and judged else None,
        one.cases.judged if one and judged else None,
    )


@require_GET
def one(request: HttpRequest, workspace: str, ctq: str) -> HttpResponse:
    """One requirement: sentence, thread, figure, weeks, splits, cases, calculation; `?limit=` and `?share=` try another norm."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    element = element_of(model, ctq, "ctq")
    known = figures(here, model)
    language = language_of(request)
    found = _measured(known.report, ctq)
    told: tuple[Block, ...] = ()
    if found is not None and known.report is not None:
        words = Words.of(language, model, known.report.object_type)
        told = (*section(found, model, words).blocks, asked_in_sql(known.report, words))
    wanted = requirement(element)
    newest = wanted.norms[-1] if wanted.norms else None
    walked = walks(here, model, wait=0.05) if found is not None else Walks("none")
    shown = {
        "ctq": element,
        "contact": contact_row(walked.contacts, ctq, language, model),
        "counting": walked.state == "working",
        "ways": ways(found, language) if found is not None else [],
        "lacks": found.reason.reason if found is not None and found.reason is not None else "",
        "row": row_of(element, model, known.report, language),
        "blocks": told,
        "own_language": own if (own := own_language(model)) != language else None,
        "figures": known,
        "limit": request.GET.get("limit")
        or (as_said(limit_text(newest.limit), language) if newest and newest.limit is not None else ""),
        "share": request.GET.get("share") or (newest.share.in_words(language) if newest else ""),
        "tried": _tried(request, here, model, ctq, language) if "limit" in request.GET else None,
        "newest": newest,
        "called": Words.of(language, model, wanted.object or "case").cases,
    }
    return render(request, "measures/one.html", shown)


def _norm(element: Element, model: Model, said: Mapping[str, str]) -> tuple[Mapping[str, object], ...]:
    """A limit and a share as a norm; none where they are not understood."""
    posted = {f"f.norms.0.{part}": said.get(part, "") for part in ("limit", "share")}
    read = filled_in(element, model, posted)
    norms = read.values.get("norms")
    return norms if isinstance(norms, tuple) and not read.findings else ()


@require_POST
def norm(request: HttpRequest, workspace: str, ctq: str) -> HttpResponse:
    """A limit that was tried out becomes the norm from today."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    element = element_of(model, ctq, "ctq")
    fresh, old = _norm(element, model, request.POST), element.get("norms")
    if fresh:
        today = current_day(model)
        kept = [one for one in old if one.get("since") != today] if isinstance(old, tuple) else []
        new = (*kept, *(MappingProxyType({"since": today, **one}) for one in fresh))
        keeping.commit(here, [Update(ctq, "norms", old, new)])
    return redirect("measures:one", here.id, ctq)


def _tried(request: HttpRequest, here: Workspace, model: Model, ctq: str, language: str) -> Tried | None:
    """The newest norm with another limit or share, and the figure that all past cases would give."""
    limit, share = request.GET.get("limit", ""), request.GET.get("share", "")
    element = model[ctq]
    norms = _norm(element, model, request.GET)
    if not norms:
        return Tried(limit, share, "", "", "", None)
    changed = apply(model, [Update(ctq, "norms", element.get("norms"), norms)]).model
    known = figures(here, changed, wait=20, only=ctq)
    one = _measured(known.report, ctq)
    if one is None or known.report is None or not one.cases.judged:
        return Tried(limit, share, "", "", "", None)
    words = Words.of(language, model, known.report.object_type)
    asked = float(one.norm.share.value) if one.norm else None
    return Tried(
        limit,
        share,
        words.percent(one.cases.attainment, asked),
        words.interval(one.interval),
        words.whole(one.cases.judged),
        chip(one, words),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, workspace: str, ctq: str) -> HttpResponse:
    """A requirement put together: its sentence, what goes into it, its norm; read back before it is saved."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    element = element_of(model, ctq, "ctq")
    read = None
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        base = keeping.at(here, int(seen)).model if seen.isdecimal() else model
        posted = {key: request.POST.getlist(key) for key in request.POST}
        read = written(base[ctq], base, {key: list(map(str, values)) for key, values in posted.items()})
        if "preview" not in request.POST and not read.findings:
            edits = [
                Update(ctq, name, base[ctq].get(name), new)
                for name, new in read.values.items()
                if new != base[ctq].get(name)
            ]
            if is_asked(request):
                return weighed(request, here, edits, {"preview": "1"})
            result = keeping.commit(here, edits)
            if not isinstance(result, keeping.Refused):
                return redirect("measures:one", here.id, ctq)
            return render(
                request,
                "elements/conflict.html",
                {"conflicts": result.conflicts, "back": request.path},
                status=409,
            )
        values = {name: new for name, new in {**element.fields, **read.values}.items() if new is not None}
        element = replace(element, fields=MappingProxyType(values))
    return _editor(request, moment, element, read.findings if read else ())


def _editor(
    request: HttpRequest, moment: keeping.Moment, element: Element, found: tuple[Finding, ...]
) -> HttpResponse:
    model = moment.model
    language = language_of(request)
    measure = element.get("measure")
    measure = measure if isinstance(measure, Measure) else None
    asked = request.POST.get("pattern") or request.GET.get("pattern") or (measure.pattern if measure else "")
    pattern = PATTERN.get(asked)
    wanted = requirement(element)
    fits = measure is not None and pattern is not None and measure.pattern == pattern.name
    norm = wanted.norms[-1] if wanted.norms else None
    shown = {
        "ctq": element,
        "seen": moment.change,
        "pattern": pattern,
        "everyday": everyday(),
        "others": [(say(language, f"measures.group_{about}"), ones) for about, ones in others()],
        "slots": slots(pattern, measure, model, element.id, language) if pattern else (),
        "norms": inputs(element, model, ("norms",)),
        "rest": inputs(
            element,
            model,
            ("name", "object", "population", "exclusions", "target", "tolerance", "kano", "note"),
        ),
        "sentence": sentence(wanted, language, model.name, norm) if fits else "",
        "said": [in_words(finding, language, model.name) for finding in found],
        "gaps": gaps(wanted),
    }
    status = 422 if found and "preview" not in request.POST else 200
    return render(request, "measures/edit.html", shown, status=status)


@require_POST
def make(request: HttpRequest, workspace: str) -> HttpResponse:
    """A new requirement, of a wish when one is given."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    wish = request.POST.get("wish", "")
    name = request.POST.get("name", "").strip()[:400] or (model.name(wish) if wish in model else "")
    if not name:
        return redirect("measures:list", here.id)
    edits, ctq = made(model, "ctq", {"name": name}, language_of(request))
    if wish in model and model[wish].kind == "wish":
        edits = (*edits, Relate(Edge("leads_to", wish, ctq)))
    keeping.commit(here, edits)
    return redirect("measures:edit", here.id, ctq)


def _measured(report: Report | None, ctq: str) -> Measured | None:
    return next((one for one in report.measured if one.requirement.id == ctq), None) if report else None
