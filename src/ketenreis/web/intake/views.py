"""A form to paste a table or choose a file, a look at what it would make, and its acceptance as one change."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ketenreis.findings import in_words, worst_first
from ketenreis.model import Element, Model
from ketenreis.model.edits import Insert, Remove, Update
from ketenreis.notation.bpmn import REASONS
from ketenreis.notation.columns import PROCESS_COLUMNS, STEP_COLUMNS
from ketenreis.web.changes import keeping
from ketenreis.web.frame.places import address
from ketenreis.web.frame.visitor import element_of, language_of, workspace_of
from ketenreis.web.history.told import names_in, told
from ketenreis.web.impact.proposing import is_asked, weighed
from ketenreis.web.intake.kept import MOST_BYTES, keep, put_aside, put_aside_as
from ketenreis.web.intake.proposal import FILES, Proposal, of_file, of_table, pointing_at
from ketenreis.web.shelf import Workspace
from ketenreis.web.words import say

MOST_LETTERS, MOST_TOLD = 1_000_000, 100
WHY: Mapping[str, tuple[str, str]] = {str(why): said for why, said in REASONS.items()}
"""Why something has no place in the model, by what a reader of files calls it."""
DRAWN = ".vsdx"
"""How a file ends that has no lines to point at."""
COLUMNS = {"process": PROCESS_COLUMNS, "journey": STEP_COLUMNS}


@dataclass(frozen=True, slots=True)
class Posted:
    """What somebody brings with the form: a table, or a file under the mark by which it was put aside."""

    name: str = ""
    text: str = ""
    file: str = ""
    apart: bool = False
    mark: str = ""
    data: bytes | None = None
    wrong: str = ""


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, workspace: str, kind: str, into: str | None = None) -> HttpResponse:
    """The form; what it brings, looked at first; and, once accepted, part of the model."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    if into is not None:
        element_of(model, into, kind)
    if request.method == "GET":
        return _form(request, kind, model, into, Posted(), None)
    posted = _posted(request, here, kind)
    if posted.wrong:
        return _form(request, kind, model, into, posted, None, 422)
    proposal = _proposal(model, kind, into, posted, language_of(request))
    if request.POST.get("do") == "accept" and proposal.is_acceptable:
        return _accept(request, here, model, proposal, posted)
    return _form(request, kind, model, into, posted, proposal)


def _posted(request: HttpRequest, workspace: Workspace, kind: str) -> Posted:
    language = language_of(request)
    name = request.POST.get("name", "").strip()[:200]
    text = request.POST.get("text", "")[:MOST_LETTERS]
    chosen = request.FILES.get("file")
    if chosen is not None and kind == "process":
        file = str(chosen.name or "")
        if PurePath(file).suffix.lower() not in FILES:
            endings = ", ".join(FILES)
            return Posted(
                name, text, wrong=say(language, "intake.ending_unknown", file=file, endings=endings)
            )
        if (chosen.size or 0) > MOST_BYTES:
            size = MOST_BYTES // 1_000_000
            return Posted(name, text, wrong=say(language, "intake.too_large", file=file, size=size))
        data = chosen.read()
        apart = bool(request.POST.get("apart"))
        return Posted(name, "", _called(file), apart, put_aside(workspace, data), data)
    if mark := request.POST.get("mark", ""):
        data = put_aside_as(workspace, mark)
        file = _called(request.POST.get("named", ""))
        if data is None or PurePath(file).suffix not in FILES:
            return Posted(name, wrong=say(language, "intake.file_gone"))
        return Posted(name, "", file, bool(request.POST.get("apart")), mark, data)
    if not text.strip():
        return Posted(name, wrong=say(language, "intake.nothing_brought"))
    return Posted(name, text)


def _called(file: str) -> str:
    """The name of a file without its folders, as a process may be called after it."""
    path = PurePath(file.replace("\\", "/"))
    return path.stem[:100] + path.suffix.lower()


def _proposal(model: Model, kind: str, into: str | None, posted: Posted, language: str) -> Proposal:
    if posted.data is not None:
        return of_file(model, posted.data, posted.file, into, apart=posted.apart, language=language)
    return of_table(model, posted.text, kind, posted.name, into, language=language)


def _accept(
    request: HttpRequest, workspace: Workspace, model: Model, proposal: Proposal, posted: Posted
) -> HttpResponse:
    """Makes what was brought part of the model, or tells first what it would touch; the file is kept beside it."""
    if proposal.kept:
        proposal = pointing_at(proposal, model, keep(workspace, proposal.kept, posted.file))
    if is_asked(request):
        return weighed(request, workspace, proposal.edits, {"do": "look"})
    result = keeping.commit(workspace, proposal.edits, origin="import" if posted.data else "paste")
    if isinstance(result, keeping.Refused):
        shown = {"conflicts": result.conflicts, "back": request.path}
        return render(request, "elements/conflict.html", shown, status=409)
    return redirect(address(workspace.id, result.model[str(proposal.goes_to)]))


def _form(
    request: HttpRequest,
    kind: str,
    model: Model,
    into: str | None,
    posted: Posted,
    proposal: Proposal | None,
    status: int = 200,
) -> HttpResponse:
    language = language_of(request)
    findings = worst_first(proposal.findings) if proposal else []
    whole = proposal.model if proposal else model
    edits = proposal.edits if proposal else ()
    names = names_in(edits)

    def name(element: str) -> str:
        return (whole if element in whole else model).name(element)

    shown = {
        "kind": kind,
        "into": model[into] if into else None,
        "posted": posted,
        "proposal": proposal,
        "is_drawn": PurePath(posted.file).suffix == DRAWN,
        "columns": [getattr(column, language)[0] for column in COLUMNS[kind]],
        "endings": ",".join(FILES),
        "findings": [(found, in_words(found, language, name)) for found in findings],
        "left_out": [
            (one, WHY.get(one.why, (one.why, one.why))[language == "en"])
            for one in (proposal.unrepresented if proposal else ())
        ],
        "new": sum(isinstance(edit, Insert) for edit in edits),
        "changed": sum(isinstance(edit, Update) for edit in edits),
        "gone": sum(isinstance(edit, Remove) for edit in edits),
        "told": [told(edit, whole, language, names) for edit in edits[:MOST_TOLD]],
        "more": max(0, len(edits) - MOST_TOLD),
        "back": _back(model, into),
    }
    return render(request, "intake/bring.html", shown, status=status)


def _back(model: Model, into: str | None) -> Element | None:
    return model[into] if into else None
