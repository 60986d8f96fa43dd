"""How is a requirement put together on a form: first its sentence, then what goes into it, then its norm?

The sentences are the rows of the pattern table; a form for a new pattern is there as soon as its row is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ketenreis.findings import Finding
from ketenreis.model import KIND, Choice, Element, Model
from ketenreis.notation.found import Found
from ketenreis.notation.nodes import Node, Record, Scalar, Sequence
from ketenreis.notation.typed import MEASURED, Context, value
from ketenreis.requirements import PATTERN, PATTERNS, Argument, EventClass, Measure, Pattern
from ketenreis.web.elements.fields import FORM, filled_in
from ketenreis.web.elements.spoken import SPOKEN, as_said, as_written

Posted = Mapping[str, list[str]]

_MEASURE = next(field for field in KIND["ctq"].fields if field.type == "measure")

ABOUT = ("often", "together", "apart", "other")
"""What the patterns that are not for every day are about, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One argument to fill in.

    Attributes:
        argument: Its row in the pattern table.
        chosen: What is filled in: ids for events and requirements, else one text as its reader writes it.
        where: The condition on those events.
        options: The elements to choose from, as many as one likes.
        choices: The words to choose one from.
    """

    argument: Argument
    chosen: tuple[str, ...]
    where: str
    options: tuple[Element, ...]
    choices: tuple[Choice, ...] = ()

    @property
    def name(self) -> str:
        """Its name in the form."""
        return f"m.{self.argument.name}"

    @property
    def picks(self) -> tuple[str, ...]:
        """What each choice box shows: those chosen, and one empty for another."""
        return (*self.chosen, "") if self.options else self.chosen

    @property
    def usual(self) -> Choice | None:
        """The word that holds where none is chosen."""
        return next((one for one in self.choices if one.key == self.argument.default), None)

    @property
    def more(self) -> bool:
        """Whether it can be left for later: it is not required and not filled in."""
        return not self.argument.required and not any(self.chosen)


def everyday() -> tuple[Pattern, ...]:
    """The patterns that are offered first."""
    return tuple(one for one in PATTERNS if one.everyday)


def others() -> tuple[tuple[str, tuple[Pattern, ...]], ...]:
    """The other patterns, by what they are about."""
    rest = [one for one in PATTERNS if not one.everyday]
    return tuple((about, tuple(one for one in rest if _about(one) == about)) for about in ABOUT)


def _about(pattern: Pattern) -> str:
    """What a pattern is about, as it follows from its row."""
    if not pattern.ltl:
        return "other"
    if not pattern.clauses:
        return "often"
    return "apart" if any(clause.never for clause in pattern.clauses) else "together"


def slots(
    pattern: Pattern, measure: Measure | None, model: Model, own: str, language: str
) -> tuple[Slot, ...]:
    """What a pattern asks for, filled with what a measure already says; of another pattern what both ask."""
    given: Mapping[str, object] = measure.arguments if measure else {}
    return tuple(
        _slot(argument, given.get(argument.name), model, own, language) for argument in pattern.arguments
    )


def _slot(argument: Argument, given: object, model: Model, own: str, language: str) -> Slot:
    match argument.type:
        case "event_class" | "event_classes":
            events = given if isinstance(given, tuple) else (given,)
            known = [event for event in events if isinstance(event, EventClass)]
            chosen = tuple(name for event in known for name in event.elements)
            where = next((str(event.where) for event in known if event.where is not None), "")
            return Slot(argument, chosen, where, model.of_kind(*MEASURED))
        case "ctqs":
            others = tuple(ctq for ctq in model.of_kind("ctq") if ctq.id != own)
            return Slot(argument, tuple(map(str, given)) if isinstance(given, tuple) else (), "", others)
    said = "" if given is None else str(given)
    if argument.type in SPOKEN:
        return Slot(argument, (as_said(said, language),), "", ())
    return Slot(argument, (said,), "", (), _choices(argument, said, model))


def _choices(argument: Argument, said: str, model: Model) -> tuple[Choice, ...]:
    """The words of a choice; for a clock also the calendars, and one that is named and not there."""
    if argument.type != "calendar":
        return argument.choices
    calendars = tuple(Choice(one.id, one.name, one.name) for one in model.of_kind("calendar"))
    known = (*argument.choices, *calendars)
    return known if not said or any(one.key == said for one in known) else (*known, Choice(said, said, said))


@dataclass(frozen=True, slots=True)
class Written:
    """A requirement as somebody filled it in: its new values, and what was not understood."""

    values: Mapping[str, object]
    findings: tuple[Finding, ...]


def written(ctq: Element, model: Model, posted: Posted) -> Written:
    """Reads the form of a requirement: the measure, its norms and whatever else stood on it."""
    plain = {key: values[-1] for key, values in posted.items()}
    rest = filled_in(ctq, model, plain)
    pattern = PATTERN.get(plain.get("pattern", ""))
    if pattern is None:
        return Written(rest.values, rest.findings)
    found = Found()
    context = Context(found, ctq.id, {each.id: each.kind for each in model}, field="measure")
    measure = value(_node(pattern, posted), _MEASURE, context)
    return Written({**rest.values, "measure": measure}, (*rest.findings, *found.all()))


def _node(pattern: Pattern, posted: Posted) -> Node:
    entries: list[tuple[Scalar, Node]] = [(Scalar(FORM, "pattern"), Scalar(FORM, pattern.name))]
    for argument in pattern.arguments:
        node = _argument(argument, posted)
        if node is not None:
            entries.append((Scalar(FORM, argument.name), node))
    return Record(FORM, tuple(entries))


def _argument(argument: Argument, posted: Posted) -> Node | None:
    chosen = _filled(posted.get(f"m.{argument.name}", ()))
    where = "".join(_filled(posted.get(f"m.{argument.name}.where", ())))
    if not chosen and not where:
        return None
    many = Sequence(FORM, tuple(Scalar(FORM, text) for text in chosen))
    if argument.type not in {"event_class", "event_classes", "ctqs"}:
        return Scalar(FORM, as_written(chosen[0]) if argument.type in SPOKEN else chosen[0])
    if argument.type == "event_class" and where:
        return Record(FORM, ((Scalar(FORM, "of"), many), (Scalar(FORM, "where"), Scalar(FORM, where))))
    return many


def _filled(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
