"""How does a service blueprint read? Brings structure, figures and words together into one board."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from ketenreis.analysis.blueprint import LANES, LINES, STRENGTH, Blueprint, Feeling, Place, blueprint
from ketenreis.analysis.blueprint_columns import Column
from ketenreis.analysis.thread import thread
from ketenreis.analysis.yields import wilson
from ketenreis.measure import CannotSay
from ketenreis.model import Element, Model
from ketenreis.quantity import Duration
from ketenreis.render.blocks import Chip, ControlChart, Tile, Tiles
from ketenreis.render.blueprint.board import (
    Basis,
    Board,
    Card,
    Figure,
    Lane,
    Line,
    Look,
    Mood,
    Panel,
    Phase,
    Said,
    Step,
    Tag,
)
from ketenreis.reports.measured import Measured, Report
from ketenreis.reports.spun import TONES, bound_in_words, spun
from ketenreis.reports.weekly import weekly
from ketenreis.reports.words import SHAPES, Words, own_language
from ketenreis.requirements import requirement
from ketenreis.requirements.ctq import gaps

_CELLS = ("step", "lane", "kind", "name", "on", "basis", "said", "figure", "norm", "thread")


def board(
    model: Model,
    subject: str,
    report: Report | None = None,
    language: str = "nl",
    *,
    suspect: Collection[str] = (),
    experience: Mapping[str, Feeling] | None = None,
) -> Board:
    """The service blueprint of a journey, a chain or a process, in words and with its figures.

    Args:
        model: The model; with a report, the one that was measured.
        subject: Id of a journey (for customers or for staff), a chain or a process.
        report: The measured requirements; None while there are no events.
        language: "nl" or "en"; the organisation's own words stay as they are.
        suspect: Ids of elements with a relation that is to be checked.
        experience: Measured feelings by id of the step.

    Returns:
        Everything the board shows; draw it with `render.blueprint`.

    Raises:
        UnknownElementError: The model has no such element.
        NoBlueprintError: It is of a kind that has no blueprint.
    """
    drawn = blueprint(model, subject, experience)
    return _Composer.of(model, drawn, report, language, suspect).board()


@dataclass(frozen=True)
class _Composer:
    """What everything on one board is told with.

    Attributes:
        model, drawn: What stands where.
        report: The figures; None without.
        words: The language.
        measured: The requirements on this board, measured or not.
        threads: The requirements whose thread runs through an element.
        firm: Elements that a judged requirement is measured at.
        suspect: Elements that are to be checked.
        on: What stands on the card of each element.
    """

    model: Model
    drawn: Blueprint
    report: Report | None
    words: Words
    measured: Mapping[str, Measured]
    threads: Mapping[str, tuple[str, ...]]
    firm: Collection[str]
    suspect: Collection[str]
    on: Mapping[str, tuple[Place, ...]]

    @classmethod
    def of(
        cls,
        model: Model,
        drawn: Blueprint,
        report: Report | None,
        language: str,
        suspect: Collection[str],
    ) -> "_Composer":
        """Gathers what the cards will ask for."""
        objects = model.organisation.get("objects") if model.organisation else None
        usual = str(objects[0]) if isinstance(objects, tuple) and objects else "case"
        known = {one.requirement.id: one for one in report.measured} if report else {}
        measured = {name: known.get(name) or _unmeasured(model, name) for name in drawn.threads}
        threads: dict[str, list[str]] = {}
        for name, run in drawn.threads.items():
            for element in run:
                threads.setdefault(element, []).append(name)
        judged = {name for name, one in measured.items() if one.cases.judged}
        firm = {point.id for name in judged for point in model.targets(name, "measured_at")} | judged
        return cls(
            model,
            drawn,
            report,
            Words.of(language, model, report.object_type if report else usual),
            measured,
            {element: tuple(names) for element, names in threads.items()},
            firm,
            frozenset(suspect),
            drawn.on(),
        )

    def board(self) -> Board:
        """The board."""
        subject, words = self.drawn.subject, self.words
        organisation = self.model.organisation
        kind = subject.schema.nl if words.language == "nl" else subject.schema.en
        return Board(
            language=words.language,
            own_language=own_language(self.model),
            id=subject.id,
            kicker=words.say("blueprint.kicker", kind=kind, organisation=organisation.name)
            if organisation
            else words.say("blueprint.kind", kind=kind),
            title=subject.name,
            need=words.say("thread.quoted", text=need) if (need := subject.get("need")) else "",
            about=" · ".join(self._about()),
            tiles=Tiles(tuple(self._tiles()), words.say("tiles.label")),
            phases=tuple(_phases(self.drawn.columns)),
            steps=tuple(self._step(column, index) for index, column in enumerate(self.drawn.columns)),
            lanes=tuple(self._lanes()),
            tray=tuple(self._card(place) for place in self.drawn.tray),
            panels=tuple(self._panel(one) for one in self.measured.values()),
            said=self._said(),
        )

    def _about(self) -> Iterator[str]:
        """Whom it is for, whether it is agreed, and on what data it rests."""
        words, subject = self.words, self.drawn.subject
        people = [persona.name for persona in self.model.targets(subject.id, "for")]
        if people:
            yield words.say("blueprint.for", names=words.listed(people))
        field, status = subject.schema.field("status"), subject.get("status")
        for choice in field.choices if field else ():
            if choice.key == status:
                yield choice.nl if words.language == "nl" else choice.en
        if self.report is None:
            yield words.say("blueprint.unmeasured")
        else:
            period = words.period(self.report.first, self.report.last)
            yield words.say("blueprint.measured", n=self.report.all_cases, period=period)

    def _tiles(self) -> Iterator[Tile]:
        words, every = self.words, tuple(self.measured.values())
        by = {standing: sum(one.standing == standing for one in every) for standing in SHAPES}
        if self.report is None:
            contacts = sum(place.element.kind == "touchpoint" for place in self.drawn.places)
            yield Tile(words.whole(len(self.drawn.columns)), words.say("blueprint.tile_columns"))
            yield Tile(words.whole(contacts), words.say("blueprint.tile_contacts"))
            yield Tile(words.whole(len(every)), words.say("blueprint.tile_requirements"))
            return
        yield Tile(
            words.say("count.of", part=by["met"], whole=len(every)),
            words.say("tiles.met"),
            words.say("tiles.met_detail", not_met=by["not_met"], cannot=by["cannot_say"]),
        )
        right = self.report.first_time_right
        if right is not None and right.share is not None:
            detail = words.say("tiles.right_detail", interval=words.interval(right.interval), n=right.n)
            yield Tile(words.percent(right.share), words.say("tiles.right"), detail)

    def _step(self, column: Column, index: int) -> Step:
        words = self.words
        tags = () if column.path == "main" else (Tag(words.say(f"blueprint.path_{column.path}"), "path"),)
        after = self.drawn.columns[index + 1].element.id if index + 1 < len(self.drawn.columns) else None
        lines = []
        for edge in column.then:
            path = edge.fields.get("path", "main")
            if edge.target != after or path != "main":
                key = "blueprint.then" if path == "main" else f"blueprint.then_{path}"
                lines.append(words.say(key, step=self.model.name(edge.target)))
        if column.element.kind == "chain_link":
            roles = self.model.targets(column.element.id, "owned_by")
            lines += [words.say("thread.owner", name=role.name) for role in roles]
        return Step(column.element.id, self._column_name(column.element), tags, tuple(lines))

    def _column_name(self, element: Element) -> str:
        """A chain link without a name is called by its department."""
        if element.kind == "chain_link" and not element.get("name"):
            department = next(iter(self.model.targets(element.id, "department")), None)
            return department.name if department else element.name
        return element.name

    def _lanes(self) -> Iterator[Lane]:
        """The lanes; what a chain or process cannot hold is left out."""
        cells, count = self.drawn.cells(), len(self.drawn.columns)
        is_journey = self.drawn.subject.kind == "journey"
        customer = self._customer()
        for key in LANES:
            row = tuple(
                tuple(self._card(place) for place in cells.get((key, index), ())) for index in range(count)
            )
            if not is_journey and not any(row) and key in ("experience", "artefact"):
                continue
            line = LINES.get(key)
            felt = is_journey and key == "experience"
            yield Lane(
                key,
                self.words.say(f"blueprint.lane_{key}", customer=customer),
                row,
                Line(self.words.say(f"blueprint.line_{line}"), line == "visibility") if line else None,
                tuple(self._mood(one) for one in self.drawn.feelings) if felt else (),
                tuple(self._mood(one) for one in self.drawn.intended) if felt else (),
            )

    def _customer(self) -> str:
        """What the customer is called here: staff in an internal service, else as the workspace says."""
        if self.drawn.subject.get("audience") == "internal":
            return self.words.say("blueprint.staff")
        organisation = self.model.organisation
        own = organisation.get("words") if organisation else None
        named = own.get("customer") if isinstance(own, Mapping) else None
        return str(named) if named else self.words.say("blueprint.customer")

    def _mood(self, feeling: Feeling | None) -> Mood | None:
        if feeling is None:
            return None
        words = self.words
        short = f"{'+' if feeling.score > 0 else ''}{words.number(feeling.score, 1)}"
        said = [f"{short}, {words.say(f'blueprint.basis_{feeling.basis}')}"]
        if feeling.source:
            said.append(feeling.source)
        if feeling.day:
            said.append(words.day(feeling.day))
        if feeling.n is not None:
            said.append(words.say("count.judged_of", n=feeling.n))
        return Mood(feeling.score, feeling.basis, short, " · ".join(said))

    def _card(self, place: Place) -> Card:
        """One element as a card, with what stands on it."""
        element, words = place.element, self.words
        schema = element.schema
        tags = [Tag(words.say("blueprint.suspect"), "suspect")] if element.id in self.suspect else []
        tags += _TAGS.get(element.kind, _no_tags)(self, place)
        lines = [line for line in _LINES.get(element.kind, _no_lines)(self, element) if line]
        count = sum(
            _count(signal) for signal in self.model.sources(element.id, "about") if signal.kind == "signal"
        )
        if count:
            lines.append(words.say("blueprint.signals", n=count))
        if place.also:
            also = (self._column_name(self.drawn.columns[index].element) for index in place.also)
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
            self._basis(element),
            self._figure(self.measured[element.id]) if element.kind == "ctq" else None,
            tuple(self._card(inner) for inner in self.on.get(element.id, ())),
            self.threads.get(element.id, ()),
            _LOOKS.get(element.kind, "card")
            if place.under or element.kind in ("wish", "pain_point")
            else "card",
        )

    def _basis(self, element: Element) -> Basis:
        """What a card rests on: data before what was seen, what was seen before what we think."""
        if element.kind in ("wish", "artefact"):
            return ""
        if element.kind == "pain_point":
            return cast("Basis", element.get("basis") or "assumed")
        if element.id in self.firm:
            return "measured"
        heard = any(signal.kind == "signal" for signal in self.model.sources(element.id, "about"))
        feelings = element.get("feelings")
        said = {row.get("basis") for row in feelings} if isinstance(feelings, tuple) else set()
        return "observed" if heard or "observed" in said else "assumed"

    def _figure(self, one: Measured) -> Figure:
        words, norm = self.words, one.norm
        verdict = Chip(
            SHAPES[one.standing], words.standing(one.standing, narrowly=one.narrowly), TONES[one.standing]
        )
        asked = float(norm.share.value) if norm else None
        share = one.cases.attainment
        said = []
        if share is not None:
            interval = words.interval(one.interval)
            said.append(words.say("score.interval", interval=interval, n=one.cases.judged))
        current = one.under_current
        if current is not None and current.attainment is not None:
            found = words.interval(wilson(current.fulfilled, current.judged))
            newest = words.percent(current.attainment, asked)
            said.append(words.say("terminal.under_current", share=newest, interval=found))
        if one.reason is not None:
            said.append(words.say(f"blueprint.cannot_{one.reason.reason}"))
        elif share is None:
            said.append(words.say("blueprint.cannot_no_events"))
        return Figure(
            verdict,
            "" if share is None else words.percent(share, asked),
            "" if norm is None else words.say("blueprint.norm", share=norm.share.in_words(words.language)),
            " · ".join(said).replace("n = ", "n\u00a0=\u00a0"),
            share,
            asked,
        )

    def _panel(self, one: Measured) -> Panel:
        words = self.words
        chart = next((block for block in weekly(one, words) if isinstance(block, ControlChart)), None)
        notes = list(chart.notes[:1]) if chart else []
        if one.reason is not None:
            notes += words.cannot_say(one.reason, one.requirement, self.model.name)
        name = one.requirement.id
        return Panel(
            name,
            one.requirement.name,
            spun(one, self.model, words),
            frozenset(self.drawn.threads[name]),
            chart,
            tuple(notes),
        )

    def _said(self) -> Said:
        words = self.words
        bases: tuple[Basis, ...] = STRENGTH
        used = {
            card.basis for lane in self._lanes() for cell in lane.cells for top in cell for card in top.all()
        }
        used |= {one.basis for one in (*self.drawn.feelings, *self.drawn.intended) if one is not None}
        return Said(
            board=words.say("blueprint.board", name=self.drawn.subject.name),
            lanes=words.say("blueprint.lanes"),
            thread=words.say("blueprint.thread"),
            pick=words.say("blueprint.pick"),
            clear=words.say("blueprint.clear"),
            tray=(words.say("blueprint.tray_title"), words.say("blueprint.tray_why")),
            legend=tuple((basis, words.say(f"blueprint.basis_{basis}")) for basis in bases if basis in used),
            empty=words.say("blueprint.empty"),
            table=words.say("blueprint.table"),
            columns=tuple(words.say(f"blueprint.head_{name}") for name in _CELLS),
            runs=words.say("blueprint.runs"),
            chart=words.say("blueprint.chart"),
            curve=words.say("blueprint.curve"),
        )

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
        said = self.words.say(f"blueprint.by_{who}", customer=self._customer()) if who else ""
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
        ours = [one.name for one in _needs(model, activity) if one.kind == "internal_requirement"]
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
        if not _needs(self.model, activity):
            yield Tag(self.words.say("blueprint.serves_nothing"), "plain")
        if place.proposed:
            yield Tag(self.words.say("blueprint.proposed"), "plain")


def _no_lines(composer: _Composer, element: Element) -> Iterable[str]:  # noqa: ARG001  # takes what every teller takes
    return ()


def _no_tags(composer: _Composer, place: Place) -> Iterable[Tag]:  # noqa: ARG001  # likewise
    return ()


_LINES = {
    "step": _Composer.step_lines,
    "touchpoint": _Composer.touchpoint_lines,
    "artefact": _Composer.artefact_lines,
    "ctq": _Composer.ctq_lines,
    "pain_point": _Composer.pain_lines,
    "activity": _Composer.activity_lines,
}
"""What each kind of element says below its title."""

_TAGS = {"step": _Composer.step_tags, "activity": _Composer.activity_tags}
"""What makes each kind of element stand out."""

_LOOKS: Mapping[str, Look] = {"wish": "quote", "pain_point": "pain", "touchpoint": "row", "ctq": "row"}


def _unmeasured(model: Model, ctq: str) -> Measured:
    """A requirement before there are events."""
    wanted = requirement(model[ctq])
    lacking = gaps(wanted)
    return Measured(
        wanted,
        thread(model, ctq),
        wanted.norms[-1] if wanted.norms else None,
        "cannot_say",
        reason=CannotSay("incomplete", lacking) if lacking else None,
    )


def _phases(columns: Iterable[Column]) -> Iterator[Phase]:
    """The phases above the columns, each over its neighbours."""
    groups: list[tuple[Element | None, int]] = []
    for column in columns:
        if groups and groups[-1][0] == column.phase:
            groups[-1] = (column.phase, groups[-1][1] + 1)
        else:
            groups.append((column.phase, 1))
    for phase, count in groups:
        yield Phase("" if phase is None else phase.name, count, "" if phase is None else phase.id)


def _count(signal: Element) -> int:
    count = signal.get("count")
    return count if isinstance(count, int) else 1


def _needs(model: Model, activity: Element) -> tuple[Element, ...]:
    """The requirements that an activity serves, itself or by an output."""
    servers = (activity.id, *(output.id for output in model.children(activity.id, "output")))
    handed = (edge.source for output in servers[1:] for edge in model.into(output, "hands"))
    return tuple(one for server in (*servers, *handed) for one in model.targets(server, "serves"))
