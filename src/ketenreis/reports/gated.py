"""How does the readiness of a chain read in a terminal and as JSON?"""

from typing import Any

from ketenreis.analysis.gate import Answer, Verdict
from ketenreis.model import Element, Model
from ketenreis.render.blocks import Column, Table
from ketenreis.render.terminal import WIDTH, lines, wrapped
from ketenreis.reports.agenda import agenda, points_in_words
from ketenreis.reports.meeting import Turned
from ketenreis.reports.quarters import quarter_before
from ketenreis.reports.readied import (
    SHAPE,
    Readied,
    next_in_words,
    remark_in_words,
    right_in_words,
    sand_in_words,
    signed,
    verdict_in_words,
)
from ketenreis.reports.words import Words


def readiness_text(found: Readied, model: Model, words: Words, *, width: int = WIDTH) -> str:
    """The readiness of one chain for a terminal, without a last line break."""
    ready = found.ready
    gate = f"{SHAPE[ready.gate]} {words.say(f'readiness.gate_{ready.gate}')}"
    said = [ready.scope.chain.name, gate, ""]
    if found.quarter:
        said += [*wrapped(words.say("readiness.period", quarter=found.quarter), width=width), ""]
    for number, answer in enumerate(ready.answers, 1):
        said.append(f"{SHAPE[answer.colour]} {number:>2}. {words.say(f'readiness.q_{answer.question}')}")
        for remark in answer.lacking:
            text = f"{SHAPE[remark.colour]} {remark_in_words(remark, words)} {next_in_words(remark, words)}"
            said += wrapped(text, width=width, indent="      ")
    said += ["", words.say("readiness.base")]
    said += [f"  {ctq.name}: {verdict_in_words(verdict, words)}" for ctq, verdict in ready.base]
    if right := right_in_words(ready, words):
        said.append(f"  {right}")
    if found.turned:
        said += ["", turned_in_words(found, words), *lines(_turned(found, words), width=width)]
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


def turned_in_words(found: Readied, words: Words) -> str:
    """Which quarter stands beside which."""
    return words.say("readiness.turned", quarter=found.quarter, before=quarter_before(found.quarter))


def _turned(found: Readied, words: Words) -> Table:
    heads = (
        words.say("contacts.requirement"),
        found.quarter,
        "n",
        quarter_before(found.quarter),
        "n",
        "±",
        "",
    )
    columns = tuple(Column(head, number=0 < at < 6) for at, head in enumerate(heads))
    rows = tuple(
        (
            one.ctq.name,
            *(
                cell
                for counts in (one.now, one.before)
                for cell in (words.percent(counts.attainment), words.whole(counts.judged))
            ),
            points_in_words(one, words) or "–",
            words.say(f"readiness.{one.moved}") if one.moved else "",
        )
        for one in found.turned
    )
    return Table("", columns, rows)


def readiness_as_json(found: Readied, model: Model, words: Words) -> dict[str, Any]:
    """The readiness of one chain as plain values; shares 0 to 1, null where nothing was judged."""
    ready = found.ready
    return {
        "chain": ready.scope.chain.id,
        "name": ready.scope.chain.name,
        "gate": ready.gate,
        "period": found.quarter or None,
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
        "turned": [_turn_as_json(one) for one in found.turned],
        "agenda": list(agenda(found, model, words)),
        "open_actions": [
            {"action": one.action.id, "owner": one.owner and one.owner.id, "due": one.due and one.due.isoformat(), "overdue": one.overdue}
            for one in found.actions
        ],
    }  # fmt: skip


def _turn_as_json(one: Turned) -> dict[str, Any]:
    return {
        **_judged(one.ctq, one.verdict),
        "before": one.before.attainment, "before_n": one.before.judged, "difference": one.difference,
        "difference_interval": one.interval and [one.interval.low, one.interval.high], "moved": one.moved,
        "weeks_still_open": one.running,
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
