"""How does the readiness of a chain read, with its base, what is built on quicksand, and the agenda of its meeting?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from ketenreis.analysis.chain_scope import Scope
from ketenreis.analysis.chart import Chart
from ketenreis.analysis.quicksand import Quicksand, quicksand
from ketenreis.analysis.readiness import Answer, Evidence, Passing, Readiness, Remark, Verdict, readiness
from ketenreis.model import Element, Model
from ketenreis.model.ownership import owner
from ketenreis.render.terminal import WIDTH, wrapped
from ketenreis.reports.handed_over import kept
from ketenreis.reports.measured import Measured, Report
from ketenreis.reports.tensions import Weighed, told, weighed
from ketenreis.reports.words import Words

SHAPE = {"green": "✓", "amber": "!", "red": "✕", "unknown": "?"}
"""The shape of each colour: never by colour alone."""
WORST_HANDOVERS = 3
NAMED = 6
"""So many names fit a sentence."""


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something that was agreed and not done yet."""

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
    """

    ready: Readiness
    sand: tuple[Quicksand, ...]
    experience: tuple[tuple[Element, Verdict], ...]
    felt: tuple[Felt, ...]
    verdicts: tuple[tuple[Element, Verdict], ...]
    moving: tuple[tuple[Element, Verdict], ...]
    slowest: tuple[tuple[Element, Passing], ...]
    tensions: tuple[Weighed, ...]
    actions: tuple[OpenAction, ...]


def readied(
    model: Model,
    report: Report | None = None,
    chain_id: str | None = None,
    *,
    today: date | None = None,
    aside: Mapping[str, str] | None = None,
) -> tuple[Readied, ...]:
    """The readiness of chains, from a model and what was measured.

    Args:
        model: The model.
        report: What was measured, with its handovers; None where there are no events.
        chain_id: One chain; every chain unless given.
        today: The day of the last event unless given, else the day it is.
        aside: The tensions that were put aside, by fingerprint, with the facts as they were then: left out while those hold.

    Returns:
        In the order of the model.

    Raises:
        UnknownElementError: The model has no such chain.
    """
    evidence = evidence_of(model, report)
    day = today or evidence.until or datetime.now(UTC).date()
    chains = [model[chain_id]] if chain_id else list(model.of_kind("chain"))
    open_ones = tuple(
        one for one in weighed(model) if (aside or {}).get(one.tension.fingerprint) != one.tension.facts
    )
    return tuple(
        _readied(model, readiness(model, chain.id, evidence, day), evidence, open_ones, day)
        for chain in chains
    )


def evidence_of(model: Model, report: Report | None) -> Evidence:
    """What a report says, as readiness asks for it."""
    if report is None:
        return Evidence()
    passing: dict[str, Passing] = {}
    if report.handed is not None:
        for pair in report.handed.found.pairs:
            agreed = report.handed.agreement(pair)
            if agreed is not None and agreed.handover.id in model:
                in_time = kept(pair)
                passing[agreed.handover.id] = Passing(
                    pair.cases, pair.waits[0.9], pair.complete_at_first, in_time[0] if in_time else None
                )
    right = report.first_time_right
    return Evidence(
        {one.requirement.id: _verdict(one) for one in report.measured},
        passing,
        right.share if right else None,
        right.n if right else 0,
        report.last.date(),
    )


def _verdict(one: Measured) -> Verdict:
    chart = one.chart if isinstance(one.chart, Chart) else None
    latest = None
    if chart is not None and chart.signals:
        last = chart.points[max(signal.last for signal in chart.signals)]
        latest = "above" if last.value > chart.centre else "below"
    return Verdict(
        one.standing,
        one.cases.attainment,
        one.cases.judged,
        one.interval,
        float(one.norm.share.value) if one.norm else None,
        None if chart is None else chart.stable,
        latest or "",  # type: ignore[arg-type]  # one of the three words
    )


def _readied(
    model: Model, ready: Readiness, evidence: Evidence, pulling: tuple[Weighed, ...], today: date
) -> Readied:
    chain = ready.scope.chain
    silent = Verdict("cannot_say")
    verdicts = [(ctq, evidence.verdicts.get(ctq.id, silent)) for ctq in ready.scope.requirements]
    order = {"not_met": 0, "cannot_say": 1, "met": 2}
    slowest = [
        (one, evidence.handovers[one.id]) for one in ready.scope.handovers if one.id in evidence.handovers
    ]
    return Readied(
        ready,
        quicksand(model, {chain.id: ready}),
        tuple((ctq, verdict) for ctq, verdict in verdicts if ctq.get("kano") == "attractive"),
        tuple(_felt(ready.scope)),
        tuple(sorted(verdicts, key=lambda one: order[one[1].standing])),
        tuple((ctq, verdict) for ctq, verdict in verdicts if verdict.stable is False),
        tuple(sorted(slowest, key=lambda one: -one[1].p90)[:WORST_HANDOVERS]),
        tuple(one for one in pulling if _is_on(one, ready.scope)),
        tuple(
            sorted(
                open_actions(model, ready.scope, today), key=lambda one: (one.due is None, one.due or today)
            )
        ),
    )


def _is_on(one: Weighed, scope: Scope) -> bool:
    """Whether a tension is about something of a chain, or between initiatives that work on it."""
    works_on = (side.operation.element for side in one.tension.sides if side.operation)
    return any(element.id in scope.ids for element in (one.tension.element, *works_on))


def _felt(scope: Scope) -> Iterable[Felt]:
    for step in scope.steps:
        for one in step.records("feelings"):
            score = one.get("score")
            if isinstance(score, int):
                yield Felt(step, score, str(one.get("basis")))


def open_actions(model: Model, scope: Scope, today: date) -> Iterable[OpenAction]:
    """The actions that are not done: of the chain's meetings, of dialogues about it, and of initiatives on it."""
    for action in model.of_kind("action"):
        if action.get("done") is not None or not _concerns(model, action, scope):
            continue
        due = action.get("due")
        day = due if isinstance(due, date) else None
        yield OpenAction(action, owner(model, action.id), day, day is not None and day < today)


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


def readiness_text(found: Readied, model: Model, words: Words, *, width: int = WIDTH) -> str:
    """The readiness of one chain for a terminal, without a last line break."""
    ready = found.ready
    gate = f"{SHAPE[ready.gate]} {words.say(f'readiness.gate_{ready.gate}')}"
    said = [ready.scope.chain.name, gate, ""]
    for number, answer in enumerate(ready.answers, 1):
        said.append(f"{SHAPE[answer.colour]} {number:>2}. {words.say(f'readiness.q_{answer.question}')}")
        for remark in answer.lacking:
            text = f"{SHAPE[remark.colour]} {remark_in_words(remark, words)} {next_in_words(remark, words)}"
            said += wrapped(text, width=width, indent="      ")
    said += ["", words.say("readiness.base")]
    said += [f"  {ctq.name}: {verdict_in_words(verdict, words)}" for ctq, verdict in ready.base]
    if ready.right is not None:
        said.append("  " + words.say("readiness.right", share=words.percent(ready.right), n=ready.judged))
    said += ["", words.say("readiness.experience")]
    said += [f"  {ctq.name}: {verdict_in_words(verdict, words)}" for ctq, verdict in found.experience]
    said += [
        f"  {one.step.name}: {signed(one.score)} ({words.say(f'readiness.basis_{one.basis}')})"
        for one in found.felt
    ]
    for sand in found.sand:
        said += ["", words.say("readiness.sand_title", name=sand.initiative.name)]
        said += [
            line for text in sand_in_words(sand, words) for line in wrapped(text, width=width, indent="  ")
        ]
    said += ["", words.say("readiness.agenda")]
    for text in agenda(found, model, words):
        said += wrapped(f"– {text}", width=width, indent="  ")
    return "\n".join([*said, "", *wrapped(words.say("readiness.rule"), width=width)])


def agenda(found: Readied, model: Model, words: Words) -> tuple[str, ...]:
    """The agenda of the chain meeting, a point each: what is not kept, what moves, handovers, readiness, actions."""
    points = [
        words.say("readiness.point_verdict", name=ctq.name, said=verdict_in_words(verdict, words))
        for ctq, verdict in found.verdicts
        if verdict.standing == "not_met"
    ]
    points += [
        words.say(f"readiness.point_{verdict.latest}", name=ctq.name)
        for ctq, verdict in found.moving
        if verdict.latest
    ]
    points += [
        words.say(
            "readiness.point_handover",
            name=one.name,
            time=words.duration(passing.p90),
            share=words.percent(passing.complete),
            n=passing.cases,
        )
        for one, passing in found.slowest
    ]
    points += [
        words.say(
            "readiness.point_lacking",
            question=words.say(f"readiness.q_{answer.question}"),
            text=remark_in_words(answer.lacking[0], words),
        )
        for answer in found.ready.answers
        if answer.colour == "red"
    ]
    points += [words.say("readiness.sand_title", name=sand.initiative.name) for sand in found.sand]
    points += [
        words.say("readiness.point_tension", name=told(one, model, words).title) for one in found.tensions
    ]
    for one in found.actions:
        who = one.owner.name if one.owner else words.say("readiness.nobody")
        key = "overdue" if one.overdue else "action" if one.due else "action_undated"
        points.append(
            words.say(
                f"readiness.point_{key}",
                name=one.action.name,
                who=who,
                day=words.day(one.due) if one.due else "",
            )
        )
    return tuple(points or [words.say("readiness.point_nothing")])


def readiness_as_json(found: Readied, model: Model, words: Words) -> dict[str, Any]:
    """The readiness of one chain as plain values; shares 0 to 1, null where nothing was judged."""
    ready = found.ready
    return {
        "chain": ready.scope.chain.id,
        "name": ready.scope.chain.name,
        "gate": ready.gate,
        "answers": [_answer(answer, words) for answer in ready.answers],
        "base": {
            "colour": ready.base_colour,
            "requirements": [_judged(ctq, verdict) for ctq, verdict in ready.base],
            "first_time_right": ready.right,
            "n": ready.judged,
        },
        "experience": {
            "requirements": [_judged(ctq, verdict) for ctq, verdict in found.experience],
            "felt": [{"step": one.step.id, "score": one.score, "basis": one.basis} for one in found.felt],
        },
        "quicksand": [
            {"initiative": sand.initiative.id, "sign": sand.sign, "at": sand.at.id, "why": list(sand_in_words(sand, words))}
            for sand in found.sand
        ],
        "agenda": list(agenda(found, model, words)),
        "open_actions": [
            {"action": one.action.id, "owner": one.owner and one.owner.id, "due": one.due and one.due.isoformat(), "overdue": one.overdue}
            for one in found.actions
        ],
    }  # fmt: skip


def _answer(answer: Answer, words: Words) -> dict[str, Any]:
    return {
        "question": answer.question,
        "asks": words.say(f"readiness.q_{answer.question}"),
        "colour": answer.colour,
        "remarks": [
            {
                "colour": remark.colour,
                "key": remark.key,
                "elements": [one.id for one in remark.elements],
                "says": remark_in_words(remark, words),
                "next": None if remark.colour == "green" else next_in_words(remark, words),
            }
            for remark in answer.remarks
        ],
    }


def _judged(ctq: Element, verdict: Verdict) -> dict[str, Any]:
    return {
        "id": ctq.id,
        "standing": verdict.standing,
        "share": verdict.share,
        "n": verdict.n,
        "interval": None if verdict.interval is None else [verdict.interval.low, verdict.interval.high],
        "asked": verdict.asked,
    }
