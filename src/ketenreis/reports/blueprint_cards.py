"""What does each element of a blueprint say on its card? Names, quiet lines, tags, basis and figure, in words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ketenreis.analysis.basis import basis
from ketenreis.analysis.blueprint import Blueprint, Place
from ketenreis.analysis.yields import wilson
from ketenreis.model import Element, Model
from ketenreis.quantity import Duration
from ketenreis.render.blocks import Chip
from ketenreis.render.blueprint.board import Card, Figure, Look, Tag
from ketenreis.reports.measured import Measured
from ketenreis.reports.spun import TONES, bound_in_words
from ketenreis.reports.words import SHAPES, Words


@dataclass(frozen=True, slots=True)
class Teller:
    """What the cards of one board are told with.

    Attributes:
        model, drawn: What stands where.
        words: The language.
        measured: The requirements on this board, measured or not.
        threads: The requirements whose thread runs through an element.
        firm: Elements that a judged requirement is measured at.
        suspect: Elements that are to be checked.
        on: What stands on the card of each element.
        marked: What an overlay writes on the cards of elements.
        needs: The requirements that each activity serves, itself or by an output.
    """

    model: Model
    drawn: Blueprint
    words: Words
    measured: Mapping[str, Measured]
    threads: Mapping[str, tuple[str, ...]]
    firm: Collection[str]
    suspect: Collection[str]
    on: Mapping[str, tuple[Place, ...]]
    marked: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, tuple[Element, ...]]

    def card(self, place: Place) -> Card:
        """One element as a card, with what stands on it."""
        element, words = place.element, self.words
        schema = element.schema
        tags = [Tag(words.say("blueprint.suspect"), "suspect")] if element.id in self.suspect else []
        tags += [Tag(text, "moment") for text in self.marked.get(element.id, ())]
        tags += _TAGS.get(element.kind, _no_tags)(self, place)
        lines = [line for line in _LINES.get(element.kind, _no_lines)(self, element) if line]
        count = sum(
            _count(signal) for signal in self.model.sources(element.id, "about") if signal.kind == "signal"
        )
        if count:
            lines.append(words.say("blueprint.signals", n=count))
        if place.also:
            also = (self.column_name(self.drawn.columns[index].element) for index in place.also)
            lines.append(words.say("blueprint.also", steps=words.listed(also)))
        title = element.name
        if element.kind == "step":
            title = str(element.get("action") or element.name)
        elif element.kind in ("wish", "pain_point"):
            title = words.say("thread.quoted", text=title)
        return Card(
            element.id,
            schema.nl if words.language == "nl" else schema.en,
            title,
            tuple(lines),
            tuple(tags),
            basis(self.model, element, self.firm),
            self._figure(self.measured[element.id]) if element.kind == "ctq" else None,
            tuple(self.card(inner) for inner in self.on.get(element.id, ())),
            self.threads.get(element.id, ()),
            _LOOKS.get(element.kind, "card")
            if place.under or element.kind in ("wish", "pain_point")
            else "card",
        )

    def _figure(self, one: Measured) -> Figure:
        words, norm = self.words, one.norm
        verdict = Chip(
            SHAPES[one.standing], words.standing(one.standing, narrowly=one.narrowly), TONES[one.standing]
        )
        share = one.cases.attainment
        said = []
        if share is not None:
            interval = words.interval(one.interval)
            said.append(words.say("score.interval", interval=interval, n=one.cases.judged))
        current = one.under_current
        if current is not None and current.attainment is not None:
            found = words.interval(wilson(current.fulfilled, current.judged))
            newest = words.percent(current.attainment, one.asked)
            said.append(words.say("terminal.under_current", share=newest, interval=found))
        if one.reason is not None:
            said.append(words.say(f"blueprint.cannot_{one.reason.reason}"))
        elif share is None:
            said.append(words.say("blueprint.cannot_no_events"))
        return Figure(
            verdict,
            "" if share is None else words.percent(share, one.asked),
            "" if norm is None else words.say("blueprint.norm", share=norm.share.in_words(words.language)),
            " · ".join(said).replace("n = ", "n\u00a0=\u00a0"),
            share,
            one.asked,
        )

    def column_name(self, element: Element) -> str:
        """A chain link without a name is called by its department."""
        if element.kind == "chain_link" and not element.get("name"):
            department = self.model.target(element.id, "department")
            return department.name if department else element.name
        return element.name

    def customer(self) -> str:
        """What the customer is called here: staff in an internal service, else as the workspace says."""
        if self.drawn.subject.get("audience") == "internal":
            return self.words.say("blueprint.staff")
        organisation = self.model.organisation
        own = organisation.get("words") if organisation else None
        named = own.get("customer") if isinstance(own, Mapping) else None
        return str(named) if named else self.words.say("blueprint.customer")

    # What each kind of card says below its title.

    def step_lines(self, step: Element) -> Iterator[str]:
        """The customer's own time."""
        spent = step.get("own_time")
        if isinstance(spent, Mapping):
            yield " · ".join(
                self.words.say(f"blueprint.time_{part}", time=time.in_words(self.words.language))
                for part in ("waiting", "doing", "travelling")
                if isinstance(time := spent.get(part), Duration)
            )

    def touchpoint_lines(self, touchpoint: Element) -> Iterator[str]:
        """The channel, and who makes the contact."""
        who = touchpoint.get("by")
        said = self.words.say(f"blueprint.by_{who}", customer=self.customer()) if who else ""
        yield " · ".join(filter(None, (str(touchpoint.get("channel") or ""), said)))

    def artefact_lines(self, artefact: Element) -> Iterator[str]:
        """Version and date of the real thing."""
        version, day = artefact.get("version"), artefact.get("date")
        said = [self.words.say("blueprint.version", version=version)] if version else []
        if isinstance(day, date):
            said.append(self.words.day(day))
        yield " · ".join(said)

    def ctq_lines(self, ctq: Element) -> Iterator[str]:
        """How far one case may go."""
        one = self.measured[ctq.id]
        if one.norm is not None:
            yield bound_in_words(one.norm, one.requirement, self.words)

    def pain_lines(self, pain: Element) -> Iterator[str]:
        """Where it was heard, and the moment of glory that may answer it."""
        if source := pain.get("source"):
            yield str(source)
        if glory := pain.get("glory"):
            yield self.words.say("blueprint.glory", text=glory)

    def activity_lines(self, activity: Element) -> Iterator[str]:
        """Who does it with what, what comes out, how long it takes, and what of ours it serves."""
        model, words = self.model, self.words
        roles = model.targets(activity.id, "performed_by")
        homes = (model.parent(role.id, "department") or role for role in roles)
        systems = model.targets(activity.id, "uses")
        yield " · ".join(dict.fromkeys((*(one.name for one in homes), *(one.name for one in systems))))
        for output in model.children(activity.id, "output"):
            yield words.say("blueprint.output", name=output.name)
        minutes, volume = activity.get("minutes"), activity.get("volume")
        effort = (
            [words.say("blueprint.minutes", n=words.number(float(str(minutes))))]
            if minutes is not None
            else []
        )
        if isinstance(volume, int):
            effort.append(words.say("blueprint.volume", n=volume))
        yield " · ".join(effort)
        ours = [one.name for one in self.needs[activity.id] if one.kind == "internal_requirement"]
        if ours:
            yield words.say("blueprint.ours", names=words.listed(ours))

    def step_tags(self, place: Place) -> Iterator[Tag]:
        """For whom it is a moment of truth."""
        whose = place.element.get("moment_of_truth")
        if isinstance(whose, tuple) and whose:
            yield Tag(self.words.say("blueprint.moment"), "moment")

    def activity_tags(self, place: Place) -> Iterator[Tag]:
        """What is remarkable about the work, and whether its place is only proposed."""
        activity = place.element
        if activity.get("value") == "waste":
            yield Tag(self.words.say("blueprint.waste"), "plain")
        contact = activity.get("contact")
        if isinstance(contact, Mapping) and contact.get("demand") == "failure":
            yield Tag(self.words.say("blueprint.failure_demand"), "plain")
        if not self.needs[activity.id]:
            yield Tag(self.words.say("blueprint.serves_nothing"), "plain")
        if place.proposed:
            yield Tag(self.words.say("blueprint.proposed"), "plain")


def _no_lines(_teller: Teller, _element: Element) -> Iterable[str]:
    return ()


def _no_tags(_teller: Teller, _place: Place) -> Iterable[Tag]:
    return ()


_LINES = {
    "step": Teller.step_lines,
    "touchpoint": Teller.touchpoint_lines,
    "artefact": Teller.artefact_lines,
    "ctq": Teller.ctq_lines,
    "pain_point": Teller.pain_lines,
    "activity": Teller.activity_lines,
}
"""What each kind of element says below its title."""

_TAGS = {"step": Teller.step_tags, "activity": Teller.activity_tags}
"""What makes each kind of element stand out."""

_LOOKS: Mapping[str, Look] = {"wish": "quote", "pain_point": "pain", "touchpoint": "row", "ctq": "row"}


def _count(signal: Element) -> int:
    count = signal.get("count")
    return count if isinstance(count, int) else 1


def needs(model: Model, activity: Element) -> tuple[Element, ...]:
    """The requirements that an activity serves, itself or by an output."""
    outputs = [output.id for output in model.children(activity.id, "output")]
    handed = [edge.source for output in outputs for edge in model.into(output, "hands")]
    return tuple(
        [one for server in (activity.id, *outputs, *handed) for one in model.targets(server, "serves")]
    )
