"""What is there to talk about at the meeting of a chain?"""

from ketenreis.model import Model
from ketenreis.reports.meeting import Turned
from ketenreis.reports.quarters import quarter_before
from ketenreis.reports.readied import Readied, remark_in_words, verdict_in_words
from ketenreis.reports.tensions import tension_between
from ketenreis.reports.words import Words


def turn_in_words(turn: Turned, quarter: str, words: Words) -> str:
    """That a requirement is kept better or worse than in the quarter before, and by how much."""
    return words.say(
        f"readiness.point_{turn.moved}",
        name=turn.ctq.name,
        before=quarter_before(quarter),
        change=points_in_words(turn, words),
    )


def points_in_words(turn: Turned, words: Words) -> str:
    """By how many points a share changed, with its interval; empty where that cannot be said."""
    if turn.interval is None or turn.difference is None:
        return ""
    ends = (turn.difference, turn.interval.low, turn.interval.high)
    said, low, high = (words.number(round(100 * end, 1) + 0.0, 1) for end in ends)
    sign = "+" if round(100 * turn.difference, 1) > 0 else ""
    return words.say("readiness.points", change=f"{sign}{said}", low=low, high=high)


def why_not_in_words(turn: Turned, model: Model, words: Words) -> str:
    """Why a requirement has no verdict in a quarter; empty where it has one."""
    if turn.verdict.standing != "cannot_say":
        return ""
    measured = turn.measured
    if measured is not None and measured.reason is not None:
        return words.cannot_say(measured.reason, measured.requirement, model.name)[0]
    return words.say("readiness.none_judged" if not turn.now.judged else "readiness.few_judged")


def agenda(found: Readied, model: Model, words: Words) -> tuple[str, ...]:
    """The agenda of the chain meeting, a point each: what is not kept, what turned or moves, handovers, readiness, actions."""
    points = [
        words.say("readiness.point_verdict", name=ctq.name, said=verdict_in_words(verdict, words))
        for ctq, verdict in found.verdicts
        if verdict.standing == "not_met"
    ]
    points += [turn_in_words(turn, found.quarter, words) for turn in found.turned if turn.moved]
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
        words.say("readiness.point_tension", name=tension_between(one.tension, model, words))
        for one in found.tensions
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
