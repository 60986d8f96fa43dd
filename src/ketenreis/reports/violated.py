"""Where did it go wrong? The cases behind a figure, with the exact events."""

from collections.abc import Callable, Mapping

from ketenreis.measure import Violation
from ketenreis.model import Model
from ketenreis.render.blocks import Column, Details, Table
from ketenreis.reports.measured import Measured
from ketenreis.reports.words import Words
from ketenreis.requirements import PATTERN

_TOLD: Mapping[str, tuple[str, ...]] = {
    "": ("event", "at", "target", "took"),
    "span": ("event", "at", "target", "took"),
    "silence": ("event", "silent_from", "silent_until", "took"),
    "window": ("promise", "at", "target", "beside"),
    "sequence": ("event", "at", "before"),
    "all": ("part", "event", "at", "target"),
    "any": ("part", "event", "at", "target"),
    "first": ("event", "at"),
    "last": ("event", "at"),
    "choice": ("event", "at", "target"),
}
"""What is told of a case, by the form of its pattern; the empty one for patterns judged per activation."""
_USUAL = ("event", "at", "measured")
_NUMBERS = frozenset({"took", "beside", "measured"})


def violated(one: Measured, model: Model, words: Words, write: Callable[[float], str]) -> Details:
    """The violated cases of a requirement, behind a click.

    Args:
        one: The measured requirement, with violations.
        model: Where the names of other requirements come from.
        words: The language.
        write: Says what was measured, in words.
    """
    shown = one.violations
    summary = words.say("violated.summary", shown=len(shown), n=max(len(shown), one.cases.violated))
    pattern = PATTERN.get(one.requirement.measure.pattern) if one.requirement.measure else None
    told = _TOLD.get((pattern and pattern.form) or "", _USUAL)
    if told is _USUAL and all(each.event is None for each in shown):
        told = ("measured",)
    columns = (
        Column(words.case.capitalize()),
        *(Column(words.say(f"violated.{name}"), number=name in _NUMBERS) for name in told),
    )
    rows = tuple((each.case, *(_cell(name, each, model, words, write) for name in told)) for each in shown)
    return Details(summary, (Table(words.say("violated.caption"), columns, rows, compact=len(columns) == 2),))


def _cell(name: str, each: Violation, model: Model, words: Words, write: Callable[[float], str]) -> str:
    """One thing that is told of one case."""
    if name in ("event", "promise"):
        return each.event or "–"
    if name == "part":
        return model.name(each.part) if each.part else "–"
    if name in _NUMBERS:
        return "–" if each.took is None else write(each.took)
    moment = each.at if name in ("at", "silent_from") else each.target_at
    if moment is not None:
        return words.moment(moment, seconds=True)
    return "–" if each.at is None or name == "at" else words.say(_NOTHING.get(name, "violated.never"))


_NOTHING = {"silent_until": "violated.still_silent"}
