"""Tasks by who answers for the other end: what changed since a relation was agreed; confirmed, adapted or broken."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ketenreis.model import RELATION, Element, Model
from ketenreis.model.edits import Unrelate
from ketenreis.notation.confirmed import write_confirmed
from ketenreis.notation.mattering import Key
from ketenreis.reports.to_check import Task, ToCheck, tasks, to_check
from ketenreis.web.changes import agreed, keeping
from ketenreis.web.changes.models import Change
from ketenreis.web.changes.suspect import confirm_as_it_stands, suspects_of
from ketenreis.web.frame.visitor import language_of, workspace_of

NOBODY = "-"
"""As the role that is asked: nobody owns the other end."""
MOST = 100
"""So many relations stand on the page; the others come when these are settled."""


@dataclass(frozen=True, slots=True)
class Row:
    """One relation on the page.

    Attributes:
        key: What tells it from others, in one text.
        one: What is to be checked.
        adapt: The ends that did not change: what is adapted, if anything is.
        changed: The ends that did.
        is_written: Whether it can be broken; one that follows from a measure cannot.
    """

    key: str
    one: ToCheck
    adapt: tuple[Element, ...]
    changed: tuple[Element, ...]
    is_written: bool


@require_GET
def all_tasks(request: HttpRequest, workspace: str) -> HttpResponse:
    """Everything to be looked at again, by who is asked; of one role or department when chosen."""
    here = workspace_of(workspace)
    moment = keeping.now(here)
    model = moment.model
    language = language_of(request)
    found = suspects_of(here, moment)
    told = to_check(model, found[:MOST], language, here.drawing)
    all_of_them = tasks(told)
    role, department = request.GET.get("role", ""), request.GET.get("department", "")
    shown = [
        (task, [_row(one, model) for one in task.relations])
        for task in all_of_them
        if _is_asked(task, model, role, department)
    ]
    broken = request.GET.get("broken", "")
    return render(
        request,
        "suspects/list.html",
        {
            "tasks": shown,
            "count": len(found),
            "more": max(0, len(found) - MOST),
            "roles": [task.who for task in all_of_them if task.who is not None],
            "has_nobody": any(task.who is None for task in all_of_them),
            "departments": model.of_kind("department"),
            "role": role,
            "department": department,
            "done": [key for key in request.GET.getlist("confirmed") if _key(key)],
            "broken": Change.objects.filter(workspace=here.id, pk=broken).first()
            if broken.isdecimal()
            else None,
        },
    )


def _is_asked(task: Task, model: Model, role: str, department: str) -> bool:
    if role and (task.who.id if task.who else NOBODY) != role:
        return False
    own = model.parent(task.who.id, "department") if task.who else None
    return not department or (own is not None and own.id == department)


def _row(one: ToCheck, model: Model) -> Row:
    edge, changed = one.suspect.edge, one.suspect.changed
    ends = [model[end] for end in (edge.source, edge.target) if end in model]
    calm = tuple(end for end in ends if end.id not in changed)
    return Row(
        f"{edge.relation}:{edge.source}:{edge.target}",
        one,
        calm or tuple(ends),
        tuple(end for end in ends if end.id in changed),
        not RELATION[edge.relation].derived,
    )


@require_POST
def settle(request: HttpRequest, workspace: str) -> HttpResponse:
    """Confirms or breaks one relation or all that were ticked; or takes confirmations back."""
    here = workspace_of(workspace)
    do = request.POST.get("do", "")
    only = next((word for word in ("confirm", "break") if word in request.POST), "")
    said = [request.POST[only]] if only else request.POST.getlist("key")
    keys = [key for key in map(_key, said) if key is not None]
    done: list[tuple[str, str]] = [
        (name, request.POST[name]) for name in ("role", "department") if request.POST.get(name)
    ]
    match only or do:
        case "confirm":
            confirm_as_it_stands(here, keys, str(request.POST.get("who", "")).strip()[:200])
            done += [("confirmed", ":".join(key)) for key in keys]
        case "break" if keys:
            model = keeping.now(here).model
            edges = [edge for key in keys for edge in model.out(key[1], key[0]) if edge.target == key[2]]
            result = keeping.commit(
                here, [Unrelate(edge) for edge in edges if not RELATION[edge.relation].derived]
            )
            if isinstance(result, keeping.Moment):
                done.append(("broken", str(result.change)))
        case "back":
            agreed.take_back(here.id, keys)
    there = redirect("suspects:list", here.id)
    there["Location"] += f"?{urlencode(done)}" if done else ""
    return there


def _key(said: str) -> Key | None:
    relation, _, rest = said.partition(":")
    source, _, target = rest.partition(":")
    return (relation, source, target) if relation in RELATION and source and target else None


@require_GET
def as_text(request: HttpRequest, workspace: str) -> HttpResponse:
    """What was agreed, as the file that stands beside a model's text: the command line says the same of it."""
    here = workspace_of(workspace)
    text = write_confirmed(agreed.agreed(here.id).confirmations)
    return HttpResponse(
        text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="confirmed.yaml"'},
    )
