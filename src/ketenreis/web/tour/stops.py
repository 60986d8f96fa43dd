"""Where does the tour stop, in this workspace?"""

from dataclasses import dataclass

from django.urls import reverse

from ketenreis.analysis.tensions import tensions
from ketenreis.model import Element, Model
from ketenreis.reports.words import own_language
from ketenreis.web.changes import keeping
from ketenreis.web.shelf import Workspace, all_workspaces

TENSION = "tension"
"""The stop at two sides that want what does not go together."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop.

    Attributes:
        name: Of its sentences.
        number: From 1.
        address: Where it is, with the tour going on.
    """

    name: str
    number: int
    address: str


def stops(workspace: str, model: Model) -> tuple[Stop, ...]:
    """The stops that this model has something to show at, in order; the journeys' list where it has nothing yet."""
    journey = next(iter(model.of_kind("journey")), None)
    ctq = _telling(model)
    found: list[tuple[str, str]] = []
    if journey is not None:
        thread = f"?ctq={ctq.id}&" if ctq else "?"
        found.append(("thread", reverse("blueprint:one", args=[workspace, journey.id]) + thread))
    if ctq is not None:
        found.append(("figure", reverse("measures:one", args=[workspace, ctq.id]) + "?"))
        found.append(("again", reverse("suspects:list", args=[workspace]) + "?"))
    if tensions(model):
        found.append((TENSION, reverse("initiatives:tensions", args=[workspace]) + "?"))
    if model.of_kind("ctq"):
        found.append(("links", reverse("coverage:list", args=[workspace]) + "?"))
    found.append(("findings", reverse("findings:list", args=[workspace]) + "?"))
    found.append(("evidence", reverse("evidence:list", args=[workspace]) + "?"))
    found.append(("journey", reverse("journeys:list", args=[workspace]) + "?"))
    return tuple(Stop(name, at, f"{where}tour={at}") for at, (name, where) in enumerate(found, 1))


def beyond(here: Workspace, model: Model) -> Stop | None:
    """The stop of another organisation where two sides want different things, rather of one that speaks the same language.

    Nothing where this one has such a stop itself.
    """
    if tensions(model):
        return None
    others = [(other, keeping.now(other).model) for other in all_workspaces() if other.id != here.id]
    others.sort(key=lambda one: own_language(one[1]) != own_language(model))
    found = (stop for other, said in others for stop in stops(other.id, said) if stop.name == TENSION)
    return next(found, None)


def _telling(model: Model) -> Element | None:
    """The requirement that has most to tell: one whose norm changed, else the first that is measured."""
    measured = [ctq for ctq in model.of_kind("ctq") if ctq.get("measure") and ctq.get("norms")]
    changed = [ctq for ctq in measured if isinstance(norms := ctq.get("norms"), tuple) and len(norms) > 1]
    return next(iter([*changed, *measured]), None)
