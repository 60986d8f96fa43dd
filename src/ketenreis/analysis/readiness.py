"""Is a chain ready? Twelve questions, answered from the model and from what was measured.

Each answer is a list of remarks, each with a colour of its own: what is there (green), what is partly there (amber), what
lacks (red), and what only events could say while there are none (unknown).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ketenreis.analysis.chain_scope import Scope, scope
from ketenreis.analysis.gate import Answer, ChainFigures, Readiness, Remark, Verdict
from ketenreis.analysis.operations import live
from ketenreis.model import Element, Model
from ketenreis.model.checks import handover_sides_differ, touchpoint_floating
from ketenreis.model.checks.handover_not_confirmed_by_both import unconfirmed

LATELY = timedelta(days=92)
"""What was measured, or met about, within a quarter counts as lately."""


def readiness(model: Model, chain_id: str, figures: ChainFigures, today: date) -> Readiness:
    """Answers the twelve questions for a chain.

    Args:
        model: The model.
        chain_id: The chain.
        figures: What was measured; an empty one where there are no events.
        today: From which a meeting and a measurement are looked back at.

    Returns:
        Answers with what they rest on and what lacks.

    Raises:
        UnknownElementError: The model has no such chain.

    Source:
        The questions are those of a chain approach used in Dutch consultancy (iPM); colours and evidence are ours.
    """
    asked = _Asked(model, scope(model, chain_id), figures, today)
    silent = Verdict("cannot_say")
    return Readiness(
        asked.scope,
        tuple(Answer(question, tuple(answer(asked))) for question, answer in QUESTIONS),
        tuple((ctq, figures.verdicts.get(ctq.id, silent)) for ctq in asked.scope.base),
        figures.right,
        figures.judged,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every question is asked of."""

    model: Model
    scope: Scope
    figures: ChainFigures
    today: date

    @property
    def chain(self) -> Element:
        return self.scope.chain

    def inside(self, *kinds: str) -> tuple[Element, ...]:
        return self.model.children(self.chain.id, *kinds)

    def lacking(self, elements: Iterable[Element], relation: str) -> tuple[Element, ...]:
        """Those that lead nowhere along a relation."""
        return tuple(one for one in elements if not self.model.targets(one.id, relation))


def _some(key: str, lacking: tuple[Element, ...], of: int) -> Iterator[Remark]:
    """Nothing when nothing lacks; red when all of them do, amber when some do."""
    if lacking:
        yield Remark("red" if len(lacking) == of else "amber", key, lacking)


def _in_view(asked: _Asked) -> Iterator[Remark]:
    for name in ("need", "fulfilment"):
        if not asked.chain.get(name):
            yield Remark("red", f"no_{name}")
    if not asked.chain.get("start"):
        yield Remark("amber", "no_start")
    if not asked.scope.links:
        yield Remark("red", "no_links")
    if not asked.scope.journeys:
        yield Remark("amber", "no_journey")
    mine = {one.id: one for one in asked.scope.touchpoints}
    floating = [
        mine[found.elements[0]]
        for found in touchpoint_floating.check(asked.model)
        if found.elements[0] in mine
    ]
    if floating:
        yield Remark("amber", "floating", tuple(floating))
    if asked.scope.links and asked.scope.journeys:
        yield Remark("green", "journeys", asked.scope.journeys)


def _owner(asked: _Asked) -> Iterator[Remark]:
    found = asked.model.targets(asked.chain.id, "owned_by")
    yield Remark("green", "owned", found) if found else Remark("red", "no_owner")


def _links(asked: _Asked) -> Iterator[Remark]:
    links = asked.scope.links
    if not links:
        yield Remark("red", "no_links")
        return
    yield from _some("no_department", asked.lacking(links, "department"), len(links))
    yield from _some("no_process", asked.lacking(links, "realised_by"), len(links))
    yield Remark("green", "links", links)


def _groups(asked: _Asked) -> Iterator[Remark]:
    groups = asked.model.targets(asked.chain.id, "for")
    if not groups:
        yield Remark("red", "no_groups")
        return
    unruled = tuple(one for one in groups if one.get("rule") is None)
    if unruled:
        yield Remark("amber", "no_rule", unruled)
    yield Remark("green", "groups", groups)


def _expected(asked: _Asked) -> Iterator[Remark]:
    model, groups = asked.model, asked.model.targets(asked.chain.id, "for")
    said = {one.id for each in asked.inside("expectation") for one in model.targets(each.id, "for")}
    required = {one.id for ctq in asked.scope.requirements for one in model.targets(ctq.id, "for")}
    if not groups:
        yield Remark("red", "no_groups")
        return
    yield from _some("no_expectation", tuple(one for one in groups if one.id not in said), len(groups))
    yield from _some("no_requirement", tuple(one for one in groups if one.id not in required), len(groups))
    if asked.scope.requirements:
        yield Remark("green", "requirements", asked.scope.requirements)


def _own(asked: _Asked) -> Iterator[Remark]:
    internal = tuple(kpi for kpi in asked.inside("kpi") if kpi.get("side") == "internal")
    ours = asked.lacking(asked.inside("expectation"), "for")
    if not internal and not ours:
        yield Remark("red", "nothing_internal")
        return
    yield Remark("green", "internal_kpis", internal) if internal else Remark("amber", "no_internal_kpi")
    yield Remark("green", "own_expectations", ours) if ours else Remark("amber", "no_own_expectation")


def _tactic(asked: _Asked) -> Iterator[Remark]:
    if not asked.chain.get("tactic"):
        yield Remark("red", "no_tactic")
        return
    yield Remark("green", "tactic")
    if asked.chain.get("tactic_date") is None:
        yield Remark("amber", "tactic_undated")


def _handovers(asked: _Asked) -> Iterator[Remark]:
    model, handovers = asked.model, asked.scope.handovers
    taking = {link.id for each in handovers for end in ("from", "to") for link in model.targets(each.id, end)}
    departments = {one.id for link in asked.scope.links for one in model.targets(link.id, "department")}
    loose = tuple(link for link in asked.scope.links if link.id not in taking and len(departments) > 1)
    yield from _some("no_handover", loose, len(asked.scope.links))
    silent = tuple(one for one in handovers if not one.get("complete_when"))
    if silent:
        yield Remark("red", "not_complete_when", silent)
    mine = {one.id: one for one in handovers}
    differing = dict.fromkeys(
        found.elements[0] for found in handover_sides_differ.check(model) if found.elements[0] in mine
    )
    if differing:
        yield Remark("amber", "sides_differ", tuple(mine[name] for name in differing))
    untimed = tuple(one for one in handovers if one.get("within") is None and one not in silent)
    if untimed:
        yield Remark("amber", "not_within", untimed)
    waiting = tuple(one for one in handovers if one not in silent and unconfirmed(one))
    if waiting:
        yield Remark("amber", "not_confirmed", waiting)
    unmeasured = tuple(one for one in handovers if one.id not in asked.figures.handovers)
    if unmeasured:
        yield Remark("unknown", "handover_unmeasured", unmeasured)
    agreed = tuple(
        one for one in handovers if one not in (*silent, *untimed, *waiting) and one.id not in differing
    )
    if agreed:
        yield Remark("green", "handovers", agreed)


def _roles(asked: _Asked) -> Iterator[Remark]:
    unowned = asked.lacking(asked.scope.links, "owned_by")
    yield from _some("link_without_owner", unowned, len(asked.scope.links))
    undone = asked.lacking(asked.scope.activities, "performed_by")
    yield from _some("no_performer", undone, len(asked.scope.activities))
    if not asked.scope.activities:
        yield Remark("red", "no_work")
    elif len(undone) < len(asked.scope.activities):
        yield Remark("green", "performers", asked.scope.activities)


def _success(asked: _Asked) -> Iterator[Remark]:
    yield Remark("green", "criteria") if asked.chain.get("success_criteria") else Remark("red", "no_criteria")
    kpis = asked.inside("kpi")
    if not kpis:
        yield Remark("red", "no_kpis")
        return
    yield from _some("no_target", tuple(kpi for kpi in kpis if not kpi.get("target")), len(kpis))
    steered = {
        one.id: one for kpi in kpis for one in asked.model.targets(kpi.id, "points_at") if one.kind == "ctq"
    }
    known = [name for name in steered if asked.figures.verdicts.get(name, Verdict("cannot_say")).n]
    unmeasured = tuple(one for name, one in steered.items() if name not in known)
    if unmeasured or not steered:
        yield Remark("unknown", "unmeasured", unmeasured)
    until = asked.figures.until
    if until is not None and until < asked.today - LATELY:
        yield Remark("amber", "measured_long_ago")
    if known:
        yield Remark("green", "measured", tuple(steered[name] for name in known))


def _together(asked: _Asked) -> Iterator[Remark]:
    goals = asked.model.targets(asked.chain.id, "pursues")
    held = [
        day
        for one in asked.inside("meeting")
        if isinstance(day := one.get("date"), date) and day <= asked.today
    ]
    lately = [day for day in held if day >= asked.today - LATELY]
    if not goals and not held:
        yield Remark("red", "nothing_shared")
        return
    yield Remark("green", "goals", goals) if goals else Remark("amber", "no_goal")
    if lately:
        yield Remark("green", "met")
    else:
        yield Remark("amber", "met_long_ago" if held else "no_meeting")
    owners = {one.id for link in asked.scope.links for one in asked.model.targets(link.id, "owned_by")}
    signed = {one.id for kpi in asked.inside("kpi") for one in asked.model.targets(kpi.id, "endorsed_by")}
    unsigned = tuple(asked.model[name] for name in sorted(owners - signed))
    if unsigned:
        yield Remark("amber", "not_endorsed", unsigned)


def _chances(asked: _Asked) -> Iterator[Remark]:
    ids = asked.scope.ids
    wanting = [
        one
        for one in live(asked.model)
        if any(target.id in ids for target in asked.model.targets(one.id, "operates_on", "affects"))
    ]
    chances = (*asked.inside("idea"), *wanting)
    if not chances:
        yield Remark("red", "no_chances")
        return
    yield from _some_amber("chance_without_owner", asked.lacking(chances, "owned_by"))
    yield from _some_amber("chance_without_quarter", tuple(one for one in chances if not one.get("quarter")))
    yield Remark("green", "chances", chances)


def _some_amber(key: str, lacking: tuple[Element, ...]) -> Iterator[Remark]:
    if lacking:
        yield Remark("amber", key, lacking)


QUESTIONS: tuple[tuple[str, Callable[[_Asked], Iterator[Remark]]], ...] = (
    ("in_view", _in_view),
    ("owner", _owner),
    ("links", _links),
    ("groups", _groups),
    ("expected", _expected),
    ("own", _own),
    ("tactic", _tactic),
    ("handovers", _handovers),
    ("roles", _roles),
    ("success", _success),
    ("together", _together),
    ("chances", _chances),
)
"""The twelve questions in order, each with what answers it."""
