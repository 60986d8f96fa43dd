"""What do the pages of initiatives show: cards of tensions, ideas by impact and effort, the value of work, actions that are open?"""

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date

from ketenreis.analysis.operations import Operation, advice, operations
from ketenreis.analysis.tensions import Tension
from ketenreis.model import Element, Model
from ketenreis.reports.tensions import Told, Weighed, told, weighed
from ketenreis.reports.words import Words
from ketenreis.web import figures
from ketenreis.web.changes import keeping
from ketenreis.web.findings.aside import Aside
from ketenreis.web.findings.models import Dismissal
from ketenreis.web.shelf import Workspace

LEVELS = ("high", "middle", "low")
EFFORTS = ("low", "middle", "high")
UNKNOWN = ""
HELD = 8
"""The tensions of so many moments are held, so that a page need not count contacts again."""

_held: "OrderedDict[Hashable, tuple[Weighed, ...]]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class Card:
    """A tension on a page.

    Attributes:
        told: In words.
        dialogue: The talk about it; None before anybody opened one.
        dismissal: Why it was put aside; None when it was not, or when the facts changed since.
    """

    told: Told
    dialogue: Element | None
    dismissal: Dismissal | None

    @property
    def tension(self) -> Tension:
        """What it is about."""
        return self.told.tension


def found(workspace: Workspace, moment: keeping.Moment) -> tuple[Weighed, ...]:
    """The tensions of a moment with their evidence."""
    key = (workspace.id, moment.change, figures.stamped(workspace))
    known = _held.get(key)
    if known is None:
        known = _held[key] = weighed(moment.model, figures.store(workspace))
        while len(_held) > HELD:
            _held.popitem(last=False)
    return known


def cards(workspace: Workspace, moment: keeping.Moment, language: str) -> tuple[Card, ...]:
    """Every tension of a moment as a card, the weightiest first."""
    model = moment.model
    store = figures.store(workspace)
    words = Words.of(language, model, next(iter(store.types)) if store else "case")
    aside = Aside.of(workspace.id)
    talks = {str(one.get("finding")): one for one in model.of_kind("dialogue") if one.get("finding")}
    return tuple(
        Card(
            told(one, model, words),
            talks.get(one.tension.fingerprint),
            aside.still(one.tension.fingerprint, one.tension.facts),
        )
        for one in found(workspace, moment)
    )


@dataclass(frozen=True, slots=True)
class Proposed:
    """An idea or initiative in a list.

    Attributes:
        element: It.
        team: Who proposed it.
        goals: What it pursues.
        operations: What it wants to do; none for an idea.
        tensions: In how many tensions it stands.
        grown: What an idea grew into.
    """

    element: Element
    team: Element | None
    goals: tuple[Element, ...]
    operations: tuple[Operation, ...]
    tensions: int
    grown: tuple[Element, ...]


def proposed(model: Model, shown: tuple[Card, ...]) -> tuple[Proposed, ...]:
    """Every initiative and idea, in the order of the model."""
    wanted: dict[str, list[Operation]] = {}
    for operation in operations(model):
        wanted.setdefault(operation.initiative.id, []).append(operation)
    between = [one.id for card in shown if not card.dismissal for one in card.tension.initiatives]
    return tuple(
        Proposed(
            one,
            model.target(one.id, "proposed_by"),
            model.targets(one.id, "pursues"),
            tuple(wanted.get(one.id, ())),
            between.count(one.id),
            model.targets(one.id, "grows_into"),
        )
        for one in model.of_kind("initiative", "idea")
    )


def by_weight(
    rows: tuple[Proposed, ...],
) -> tuple[tuple[str, tuple[tuple[str, tuple[Proposed, ...]], ...]], ...]:
    """Ideas and initiatives by impact (most first) and effort (least first); what was not weighed is not in it."""
    return tuple(
        (impact, tuple((effort, tuple(_at(rows, impact, effort))) for effort in EFFORTS)) for impact in LEVELS
    )


def _at(rows: tuple[Proposed, ...], impact: str, effort: str) -> Iterator[Proposed]:
    for row in rows:
        said = row.element
        if said.get("status") != "dropped" and (said.get("impact"), said.get("effort")) == (impact, effort):
            yield row


@dataclass(frozen=True, slots=True)
class Valued:
    """Work that an initiative touches, with what was said of its value and what follows from that."""

    activity: Element
    advice: str


def valued(model: Model, wanted: tuple[Operation, ...]) -> tuple[Valued, ...]:
    """The work behind what an initiative wants to change, each once."""
    work: dict[str, Element] = {}
    for operation in wanted:
        here = operation.element
        for one in (here, *model.within(here.id, "activity"), *model.targets(here.id, "realised_by")):
            if one.kind == "activity":
                work.setdefault(one.id, one)
    return tuple(Valued(one, advice(model, one)) for one in work.values())


@dataclass(frozen=True, slots=True)
class Due:
    """An action: who does it, by when, and what it came from.

    Attributes:
        action: It.
        owner: Who does it.
        of: The dialogue, meeting or initiative it came from.
        is_late: Whether its day has passed.
    """

    action: Element
    owner: Element | None
    of: Element | None
    is_late: bool


def actions(model: Model, today: date, inside: str | None = None) -> tuple[tuple[Due, ...], tuple[Due, ...]]:
    """The actions that are open, the first due first, and those that are done; of one element, when given."""
    every = [
        Due(
            one,
            model.target(one.id, "owned_by"),
            model.parent(one.id, "dialogue", "meeting", "initiative"),
            isinstance(due := one.get("due"), date) and due < today,
        )
        for one in (model.of_kind("action") if inside is None else model.children(inside, "action"))
    ]
    every.sort(key=lambda one: str(one.action.get("due") or "9999"))
    return (
        tuple(one for one in every if one.action.get("done") is None),
        tuple(one for one in every if one.action.get("done") is not None),
    )
