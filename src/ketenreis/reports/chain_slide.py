"""What does management see of a chain on one slide: is the promise kept, what is in the way, what is asked?"""

from ketenreis.model import Model
from ketenreis.render.slide import Line, Part, Slide, Tone
from ketenreis.reports.readied import (
    SHAPE,
    Readied,
    next_in_words,
    remark_in_words,
    sand_in_words,
    verdict_in_words,
)
from ketenreis.reports.words import Words

_MOST = 5
"""So many lines fit a column."""
_TONES: dict[str, Tone] = {"met": "good", "not_met": "bad", "cannot_say": "ink"}
_GATES: dict[str, Tone] = {"green": "good", "amber": "warn", "red": "bad", "unknown": "ink"}


def chain_slide(found: Readied, model: Model, words: Words) -> Slide:
    """One slide about a chain.

    Args:
        found: The chain as its meeting looks at it.
        model: For the name of the organisation.
        words: The language.

    Returns:
        Three columns: the promises, what is in the way, and what is asked of management.
    """
    ready = found.ready
    turns = {one.ctq.id: f" {words.say(f'readiness.{one.moved}')}" for one in found.turned if one.moved}
    kept = [
        Line(
            f"{ctq.name}: {verdict_in_words(verdict, words)}{turns.get(ctq.id, '')}", _TONES[verdict.standing]
        )
        for ctq, verdict in found.verdicts[:_MOST]
    ]
    lacking = [answer for answer in ready.answers if answer.colour == "red"]
    lacking = lacking or [answer for answer in ready.answers if answer.colour == "amber"]
    way = [
        Line(f"{SHAPE[answer.colour]} {remark_in_words(answer.lacking[0], words)}", _GATES[answer.colour])
        for answer in lacking[:_MOST]
    ]
    way += [
        Line(f"! {sand_in_words(sand, words)[0]}", "warn") for sand in found.sand[: max(0, _MOST - len(way))]
    ]
    asked = [Line(next_in_words(answer.lacking[0], words)) for answer in lacking[:_MOST]]
    nothing = (Line(words.say("readiness.point_nothing")),)
    organisation = model.organisation.name if model.organisation else ""
    return Slide(
        " · ".join(part for part in (organisation, words.say("readiness.slide"), found.quarter) if part),
        ready.scope.chain.name,
        Line(f"{SHAPE[ready.gate]} {words.say(f'readiness.gate_{ready.gate}')}", _GATES[ready.gate]),
        (
            Part(words.say("readiness.base"), tuple(kept) or nothing),
            Part(words.say("readiness.in_the_way"), tuple(way) or nothing),
            Part(words.say("readiness.asked"), tuple(asked) or nothing),
        ),
        words.say(
            "readiness.foot_quarter" if found.quarter else "readiness.foot",
            n=ready.judged,
            quarter=found.quarter,
        ),
    )
