"""What does the meeting of a chain look at: its readiness and base, what is built on quicksand, tensions, open actions?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ketenreis.analysis.chain_scope import Scope
from ketenreis.analysis.gate import ChainFigures, Passing, Readiness, Remark, Verdict
from ketenreis.analysis.quicksand import Quicksand, quicksand
from ketenreis.analysis.readiness import readiness
from ketenreis.findings import Finding
from ketenreis.model import Element, Model
from ketenreis.model.ownership import owner
from ketenreis.reports.evident import figures_of
from ketenreis.reports.handed_over import HandedOver
from ketenreis.reports.measured import Report
from ketenreis.reports.meeting import Turned, figures_in, turned
from ketenreis.reports.tensions import Weighed, weighed
from ketenreis.reports.words import Words, current_day

SHAPE = {"green": "✓", "amber": "!", "red": "✕", "unknown": "?"}
"""The shape of each colour: never by colour alone."""
WORST_HANDOVERS = 3
NAMED = 6
"""So many names fit a sentence."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something that was agreed: who does it, by when, and whether that day has passed."""

    action: Element
    owner: Element | None
    due: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Felt:
    """What was felt at a step: a score from −2 to +2 and what that rests on."""

    step: Element
    score: int
    basis: str


@dataclass(frozen=True, slots=True)
class Readied:
    """A chain as its meeting looks at it.

    Attributes:
        ready: The twelve answers and the base.
        sand: The initiatives on this chain that are built on quicksand.
        experience: The attractive requirements of the chain with their verdicts.
        felt: What was felt at its steps, as the model says, in order.
        verdicts: Every requirement of the chain with its verdict: not met first, then what cannot be said, then met.
        moving: Those whose weeks show more than ordinary variation.
        slowest: The measured handovers that wait longest, the worst first.
        tensions: Between initiatives, about something of the chain; without those that were put aside.
        actions: Open actions of the chain's meetings and dialogues, and of initiatives on it; overdue first.
        quarter: Of which every figure is, such as 2026-Q4; "" when they are of all cases.
        turned: Every requirement in that quarter beside the quarter before; nothing without a quarter.
    """

    ready: Readiness
    sand: tuple[Quicksand, ...]
    experience: tuple[tuple[Element, Verdict], ...]
    felt: tuple[Felt, ...]
    verdicts: tuple[tuple[Element, Verdict], ...]
    moving: tuple[tuple[Element, Verdict], ...]
    slowest: tuple[tuple[Element, Passing], ...]
    tensions: tuple[Weighed, ...]
    actions: tuple[Agreed, ...]
    quarter: str = ""
    turned: tuple[Turned, ...] = ()


def readied(
    model: Model,
    report: Report | None = None,
    chain_id: str | None = None,
    *,
    today: date | None = None,
    aside: Mapping[str, str] | None = None,
    quarter: str = "",
    handed: HandedOver | None = None,
) -> tuple[Readied, ...]:
    """The readiness of chains, from a model and what was measured.

    Args:
        model: The model.
        report: What was measured, with its handovers; None where there are no events.
        chain_id: One chain; every chain unless given.
        today: The day of the last event unless given, else the day it is.
        aside: What was put aside, by fingerprint, with the facts as they were then: tensions and what is built on quicksand
            are left out while those hold.
        quarter: Only the cases of this quarter count, such as 2026-Q4; all of them unless given.
        handed: What was handed over in that quarter, as `meeting.handed_in` gives it.

    Returns:
        In the order of the model.

    Raises:
        UnknownElementError: The model has no such chain.

    Example:
        On Belmij (`model`) and two hundred of its orders (`store`):

        >>> from ketenreis.reports.measured import measure
        >>> [(one.ready.scope.chain.id, one.ready.gate) for one in readied(model, measure(model, store, handovers=True))]
        [('telefoon-leveren', 'amber')]
    """
    figures, turns = figures_of(model, report), tuple[Turned, ...]()
    if report is not None and quarter:
        figures = figures_in(model, report, quarter, handed)
        turns = turned(report, model.of_kind("ctq"), quarter)
    day = today or figures.until or current_day(model)
    chains = [model[chain_id]] if chain_id else list(model.of_kind("chain"))
    put = aside or {}
    open_ones = tuple(one for one in weighed(model) if put.get(one.tension.fingerprint) != one.tension.facts)
    # What is put aside was seen with the figures of all cases, whatever the quarter that is looked at now.
    quiet = (
        {one.fingerprint for one in sands(model, report, day) if put.get(one.fingerprint) == one.facts}
        if put
        else ()
    )
    found = (
        _readied(model, readiness(model, chain.id, figures, day), figures, open_ones, day) for chain in chains
    )
    return tuple(
        replace(
            one,
            quarter=quarter,
            turned=_mine(turns, one.ready.scope),
            sand=tuple(each for each in one.sand if each.fingerprint not in quiet),
        )
        for one in found
    )


def sands(model: Model, report: Report | None, today: date) -> tuple[Quicksand, ...]:
    """What is built on quicksand, on any chain, by the figures of all cases."""
    figures = figures_of(model, report)
    ready = {chain.id: readiness(model, chain.id, figures, today) for chain in model.of_kind("chain")}
    return quicksand(model, ready)


def _mine(turns: Iterable[Turned], scope: Scope) -> tuple[Turned, ...]:
    """Those of the requirements of a chain."""
    return tuple(one for one in turns if one.ctq in scope.requirements)


def _readied(
    model: Model, ready: Readiness, figures: ChainFigures, pulling: tuple[Weighed, ...], today: date
) -> Readied:
    chain = ready.scope.chain
    silent = Verdict("cannot_say")
    verdicts = [(ctq, figures.verdicts.get(ctq.id, silent)) for ctq in ready.scope.requirements]
    order = {"not_met": 0, "cannot_say": 1, "met": 2}
    slowest = [
        (one, figures.handovers[one.id]) for one in ready.scope.handovers if one.id in figures.handovers
    ]
    return Readied(
        ready,
        quicksand(model, {chain.id: ready}),
        tuple((ctq, verdict) for ctq, verdict in verdicts if ctq.get("kano") == "attractive"),
        tuple(_felt(ready.scope)),
        tuple(sorted(verdicts, key=lambda one: order[one[1].standing])),
        tuple((ctq, verdict) for ctq, verdict in verdicts if verdict.stable is False),
        tuple(sorted(slowest, key=lambda one: -one[1].p90)[:WORST_HANDOVERS]),
        tuple(one for one in pulling if _is_on(model, one, ready.scope)),
        tuple(
            sorted(
                open_actions(model, ready.scope, today), key=lambda one: (one.due is None, one.due or today)
            )
        ),
    )


def _is_on(model: Model, one: Weighed, scope: Scope) -> bool:
    """Whether a tension is about something of a chain, or between initiatives that work on it."""
    near = [one.tension.element]
    for side in one.tension.sides:
        if side.operation is not None:
            near.append(side.operation.element)
        elif side.initiative is not None:
            near += model.targets(side.initiative.id, "operates_on", "affects")
    return any(element.id in scope.ids or element.parent == scope.chain.id for element in near)


def _felt(scope: Scope) -> Iterable[Felt]:
    for step in scope.steps:
        for one in step.records("feelings"):
            score = one.get("score")
            if isinstance(score, int):
                yield Felt(step, score, str(one.get("basis")))


def open_actions(model: Model, scope: Scope, today: date) -> Iterable[Agreed]:
    """The actions that are not done: of the chain's meetings, of dialogues about it, and of initiatives on it."""
    for action in model.of_kind("action"):
        if action.get("done") is None and _concerns(model, action, scope):
            yield agreed(model, action, today)


def agreed(model: Model, action: Element, today: date) -> Agreed:
    """An action with who does it, and whether its day has passed; what is done is never overdue."""
    due = action.get("due")
    day = due if isinstance(due, date) else None
    is_late = day is not None and day < today and action.get("done") is None
    return Agreed(action, owner(model, action.id), day, is_late)


def _concerns(model: Model, action: Element, scope: Scope) -> bool:
    around = model.parent(action.id)
    if around is None or around.kind == "organisation":
        return around is not None  # an action of the whole organisation is everybody's
    if around.kind == "meeting":
        return around.parent == scope.chain.id
    near = model.targets(around.id, "about", "operates_on", "affects", "viewed_by")
    further = [
        other for one in near if one.kind == "initiative" for other in model.targets(one.id, "operates_on")
    ]
    return any(one.id in scope.ids for one in (*near, *further))


def remark_in_words(remark: Remark, words: Words) -> str:
    """What is there or lacks, in one sentence."""
    names = words.listed(f"“{one.name}”" for one in remark.elements[:NAMED])
    if len(remark.elements) > NAMED:
        names = words.say("readiness.and_more", names=names, n=len(remark.elements) - NAMED)
    return words.say(f"readiness.{remark.key}", names=names, n=len(remark.elements))


def next_in_words(remark: Remark, words: Words) -> str:
    """What to do about what lacks."""
    return words.say(f"readiness.next_{remark.key}")


def sand_in_words(sand: Quicksand, words: Words) -> tuple[str, ...]:
    """Why an initiative is built on quicksand, and what to do first: a sentence each."""
    name, chain = sand.initiative.name, sand.chain.name
    reasons = [words.say(f"readiness.sand_{sand.sign}", name=name, at=sand.at.name)]
    if sand.red:
        asked = words.listed(
            words.say(f"readiness.q_{answer.question}").rstrip("?").lower() for answer in sand.red
        )
        reasons.append(words.say("readiness.sand_red", chain=chain, names=asked, n=len(sand.red)))
    if sand.broken:
        names = words.listed(
            f"“{ctq.name}” ({words.percent(verdict.share)}, n = {words.whole(verdict.n)})"
            for ctq, verdict in sand.broken
        )
        reasons.append(words.say("readiness.sand_broken", names=names))
    first = [next_in_words(answer.lacking[0], words) for answer in sand.red]
    first += [words.say("readiness.sand_mend", name=ctq.name) for ctq, _ in sand.broken]
    return (*reasons, words.say("readiness.sand_first", text=" ".join(first[:3])))


def sand_as_finding(sand: Quicksand, words: Words) -> Finding:
    """Quicksand as it stands among the other findings: without its figures, which stand beside it."""
    said = sand_in_words(sand, words)
    about = {"card": said[0], "first": said[-1]}
    return Finding("initiative_on_quicksand", "warning", (sand.initiative.id, sand.chain.id), None, about)


def signed(score: int) -> str:
    """What was felt, with its sign.

    Example:
        >>> signed(2), signed(0), signed(-1)
        ('+2', '0', '−1')
    """
    return f"{score:+d}".replace("-", "−") if score else "0"


def verdict_in_words(verdict: Verdict, words: Words) -> str:
    """A verdict with its share, interval and n."""
    said = words.verdict(verdict.standing)
    if verdict.share is None:
        return said
    return f"{said}: {words.percent(verdict.share, verdict.asked)} {words.interval(verdict.interval)}, n = {words.whole(verdict.n)}"


def right_in_words(ready: Readiness, words: Words) -> str:
    """In which share of the cases everything went right at once; empty where none was judged."""
    if ready.right is None:
        return ""
    return words.say("readiness.right", share=words.percent(ready.right), n=ready.judged)
