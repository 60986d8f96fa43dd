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
from ketenreis.reports.tensions import tension_title
from ketenreis.reports.words import Words

_MOST = 7
"""More lines than this no column can hold; where they are long it holds fewer."""
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
        for ctq, verdict in found.verdicts
    ]
    lacking = [answer for answer in ready.answers if answer.colour == "red"]
    lacking = lacking or [answer for answer in ready.answers if answer.colour == "amber"]
    # Two questions may lack the same; it is said once.
    first = {remark_in_words(answer.lacking[0], words): answer for answer in lacking}
    way = [Line(f"{SHAPE[answer.colour]} {text}", _GATES[answer.colour]) for text, answer in first.items()]
    way += [Line(f"! {sand_in_words(sand, words)[0]}", "warn") for sand in found.sand]
    pulling = dict.fromkeys(tension_title(one.tension, model, words) for one in found.tensions)
    way += [Line(f"⇄ {title}", "warn") for title in pulling]
    asked = dict.fromkeys(next_in_words(answer.lacking[0], words) for answer in lacking)
    nothing = (Line(words.say("readiness.point_nothing")),)
    organisation = model.organisation.name if model.organisation else ""
    return Slide(
        " · ".join(part for part in (organisation, words.say("readiness.slide"), found.quarter) if part),
        ready.scope.chain.name,
        Line(f"{SHAPE[ready.gate]} {words.say(f'readiness.gate_{ready.gate}')}", _GATES[ready.gate]),
        (
            Part(words.say("readiness.promised"), tuple(kept[:_MOST]) or nothing),
            Part(words.say("readiness.in_the_way"), tuple(way[:_MOST]) or nothing),
            Part(words.say("readiness.asked"), tuple(map(Line, asked))[:_MOST] or nothing),
        ),
        " ".join((_counted(found, words), words.say("readiness.foot"))),
    )


def _counted(found: Readied, words: Words) -> str:
    """Over how many cases was counted, and of which quarter."""
    if not found.ready.judged:
        return words.say("readiness.foot_nothing")
    key = "readiness.foot_quarter" if found.quarter else "readiness.foot_all"
    return words.say(key, n=found.ready.judged, quarter=found.quarter)
