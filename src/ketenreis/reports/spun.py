"""How does the red thread of one requirement read, from the customer's wish to the measured figure?"""

from ketenreis.analysis.thread import Strand
from ketenreis.model import KIND, Model
from ketenreis.quantity import Attribute, Duration
from ketenreis.render.blocks import Knot, Strands, Thread, Tone
from ketenreis.reports.measured import Measured
from ketenreis.reports.words import Words
from ketenreis.requirements import PATTERN, Norm, Requirement, limit_in_words

TONES: dict[str, Tone] = {"met": "good", "not_met": "bad", "cannot_say": "unknown"}
"""How a verdict is coloured, beside its shape and word."""

_AT_ONCE = 4
"""So many activities are shown; the others stand behind a click."""


def spun(one: Measured, model: Model, words: Words) -> Thread:
    """The thread of a measured requirement, ready to be drawn; a gap where the model ties nothing."""
    return Thread(
        words.say("thread.label"),
        _wish(one, words),
        _requirement(one, words),
        _work(one, model, words),
        _figure(one, words),
    )


def norm_in_words(norm: Norm, wanted: Requirement, words: Words) -> str:
    """A norm as share and limit: 99% binnen 1 uur."""
    return f"{norm.share.in_words(words.language)} {bound_in_words(norm, wanted, words)}".rstrip()


def bound_in_words(norm: Norm, wanted: Requirement, words: Words) -> str:
    """How far one case may go: binnen 1 uur; nothing where the norm has no limit."""
    if norm.limit is None:
        return ""
    pattern = PATTERN.get(wanted.measure.pattern) if wanted.measure else None
    if isinstance(norm.limit, Attribute):
        how = "by"
    elif pattern is not None and pattern.form == "count":
        how = "times"
    else:
        how = (
            "within"
            if isinstance(norm.limit, Duration) and pattern is not None and pattern.clauses
            else "most"
        )
    return words.say(f"score.limit_{how}", limit=limit_in_words(norm.limit, words.language))


def _wish(one: Measured, words: Words) -> Knot:
    spun, kind = one.thread, words.say("thread.wish")
    if not spun.wishes:
        return Knot(kind, ((words.say("thread.no_wish"), ""),), broken=True, own=False)
    steps = [words.say("thread.at_step", step=step.name) for step in spun.steps]
    people = (
        words.say("thread.for", names=words.listed(persona.name for persona in spun.personas))
        if spun.personas
        else ""
    )
    detail = " · ".join(filter(None, (*steps, people)))
    last = len(spun.wishes) - 1
    return Knot(
        kind,
        tuple(
            (words.say("thread.quoted", text=wish.name), detail if index == last else "")
            for index, wish in enumerate(spun.wishes)
        ),
    )


def _requirement(one: Measured, words: Words) -> Knot:
    spun, norm = one.thread, one.norm
    said = []
    if norm is not None:
        share = norm_in_words(norm, one.requirement, words)
        since = {} if norm.since is None else {"day": words.day(norm.since)}
        said.append(words.say("thread.share_since" if since else "thread.share", share=share, **since))
    else:
        said.append(words.say("score.no_norm"))
    said += [words.say("thread.promise", text=promise.name) for promise in spun.promises]
    if spun.owner is not None:
        said.append(words.say("thread.owner", name=spun.owner.name))
    if kano := _kano(one, words):
        said.append(kano)
    return Knot(words.say("thread.requirement"), ((one.requirement.name, " · ".join(said)),))


def _kano(one: Measured, words: Words) -> str:
    """The Kano class as the metamodel calls it."""
    field, key = KIND["ctq"].field("kano"), one.thread.ctq.get("kano")
    found = next((choice for choice in field.choices if choice.key == key), None) if field else None
    return "" if found is None else f"{found.nl if words.language == 'nl' else found.en} (Kano)"


def _work(one: Measured, model: Model, words: Words) -> Strands:
    kinds = (words.say("thread.activity"), words.say("thread.output"))
    # Activities with an output first: they are the thread; handovers hold it together.
    strands = sorted(one.thread.strands, key=lambda strand: (strand.output is None, strand.process is None))
    rows = [_row(strand, model, words) for strand in strands]
    if not rows:
        return Strands(kinds, (), none=words.say("thread.no_work"))
    # One more behind a click would save nothing.
    shown = len(rows) if len(rows) <= _AT_ONCE + 1 else _AT_ONCE
    more = words.say("thread.more", n=len(rows) - shown, what=words.say("thread.more_what"))
    return Strands(kinds, tuple(rows[:shown]), tuple(rows[shown:]), more)


def _row(strand: Strand, model: Model, words: Words) -> tuple[str, str, str]:
    if strand.activity.kind == "handover":
        who = words.say("thread.handover")
    else:
        roles = [role.name for role in strand.roles]
        departments = [
            department.name
            for role in strand.roles
            if (department := model.parent(role.id, "department")) is not None
        ]
        who = " · ".join(dict.fromkeys([*departments, *roles]))
    return strand.activity.name, who, "" if strand.output is None else strand.output.name


def _figure(one: Measured, words: Words) -> Knot:
    kind = words.say("thread.figure")
    if one.cases.attainment is None:
        return Knot(
            kind, ((words.verdict(one.standing), ""),), broken=True, tone=TONES[one.standing], own=False
        )
    share = words.percent(one.cases.attainment, one.asked)
    return Knot(
        kind,
        (
            (
                words.say("thread.attained", share=share),
                words.say("thread.judged", interval=words.interval(one.interval), n=one.cases.judged),
            ),
        ),
        tone=TONES[one.standing],
        own=False,
    )
