"""How does a service blueprint read? Brings structure, figures and words together into one board."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ketenreis.analysis.basis import STRENGTH
from ketenreis.analysis.blueprint import LANES, LINES, Blueprint, Feeling, blueprint
from ketenreis.analysis.blueprint_columns import Column
from ketenreis.analysis.thread import Thread
from ketenreis.measure import CannotSay
from ketenreis.model import Element, Model
from ketenreis.render.blocks import ControlChart, Tile, Tiles
from ketenreis.render.blueprint.board import (
    Basis,
    Board,
    Lane,
    Line,
    Mood,
    Panel,
    Phase,
    Said,
    Step,
    Tag,
)
from ketenreis.reports.blueprint_cards import Teller, needs
from ketenreis.reports.measured import Measured, Report
from ketenreis.reports.spun import spun
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
    marked: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Board:
    """The service blueprint of a journey, a chain or a process, in words and with its figures.

    Args:
        model: The model; with a report, the one that was measured.
        subject: Id of a journey (for customers or for staff), a chain or a process.
        report: The measured requirements; None while there are no events.
        language: "nl" or "en"; the organisation's own words stay as they are.
        suspect: Ids of elements with a relation that is to be checked.
        experience: Measured feelings by id of the step.
        marked: What to write on the cards of elements, by id: an overlay.

    Returns:
        Everything the board shows; draw it with `render.blueprint`.

    Raises:
        UnknownElementError: The model has no such element.
        NoBlueprintError: It is of a kind that has no blueprint.

    Example:
        On Belmij (`model`):

        >>> shown = board(model, "telefoon-bestellen", language="en")
        >>> shown.title, len(shown.steps)
        ('Telefoon bestellen', 5)
    """
    drawn = blueprint(model, subject, experience)
    return _Composer.of(model, drawn, report, language, suspect, marked).board()


def judged_at(model: Model, measured: Mapping[str, Measured]) -> frozenset[str]:
    """The requirements that events were judged by, and where those are measured: what is known from data."""
    judged = {name for name, one in measured.items() if one.cases.judged}
    return frozenset(
        judged.union(point.id for name in judged for point in model.targets(name, "measured_at"))
    )


@dataclass(frozen=True, slots=True)
class _Composer:
    """What everything on one board is told with.

    Attributes:
        teller: What its cards are told with.
        report: The figures; None without.
    """

    teller: Teller
    report: Report | None

    @classmethod
    def of(
        cls,
        model: Model,
        drawn: Blueprint,
        report: Report | None,
        language: str,
        suspect: Collection[str],
        marked: Mapping[str, tuple[str, ...]],
    ) -> "_Composer":
        """Gathers what the cards will ask for."""
        objects = model.organisation.get("objects") if model.organisation else None
        usual = str(objects[0]) if isinstance(objects, tuple) and objects else "case"
        known = {one.requirement.id: one for one in report.measured} if report else {}
        measured = {name: known.get(name) or _unmeasured(one) for name, one in drawn.spun.items()}
        threads: dict[str, list[str]] = {}
        for name, run in drawn.threads.items():
            for element in run:
                threads.setdefault(element, []).append(name)
        firm = judged_at(model, measured)
        words = Words.of(language, model, report.object_type if report else usual)
        by_element = {element: tuple(names) for element, names in threads.items()}
        work = (place.element for place in drawn.places if place.element.kind == "activity")
        serving = {activity.id: needs(model, activity) for activity in work}
        on = drawn.on()
        teller = Teller(
            model, drawn, words, measured, by_element, firm, frozenset(suspect), on, marked, serving
        )
        return cls(teller, report)

    @property
    def model(self) -> Model:
        """The model it is of."""
        return self.teller.model

    @property
    def drawn(self) -> Blueprint:
        """What stands where."""
        return self.teller.drawn

    @property
    def words(self) -> Words:
        """The language."""
        return self.teller.words

    def board(self) -> Board:
        """The board."""
        subject, words = self.drawn.subject, self.words
        organisation, lanes = self.model.organisation, tuple(self._lanes())
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
            lanes=lanes,
            tray=tuple(self.teller.card(place) for place in self.drawn.tray),
            panels=tuple(self._panel(one) for one in self.teller.measured.values()),
            said=self._said(lanes),
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
        words, every = self.words, tuple(self.teller.measured.values())
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
        return Step(column.element.id, self.teller.column_name(column.element), tags, tuple(lines))

    def _lanes(self) -> Iterator[Lane]:
        """The lanes; what a chain or process cannot hold is left out."""
        cells, count = self.drawn.cells(), len(self.drawn.columns)
        is_journey = self.drawn.subject.kind == "journey"
        customer = self.teller.customer()
        for key in LANES:
            row = tuple(
                tuple(self.teller.card(place) for place in cells.get((key, index), ()))
                for index in range(count)
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

    def _said(self, lanes: Iterable[Lane]) -> Said:
        words = self.words
        bases: tuple[Basis, ...] = STRENGTH
        used = {card.basis for lane in lanes for cell in lane.cells for top in cell for card in top.all()}
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


def _unmeasured(spun: Thread) -> Measured:
    """A requirement before there are events."""
    wanted = requirement(spun.ctq)
    lacking = gaps(wanted)
    return Measured(
        wanted,
        spun,
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
