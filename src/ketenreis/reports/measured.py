"""Is each promise kept? Composes model, verdicts and statistics into one frozen report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from ketenreis.analysis.chart import Chart, Point, TooFewPoints
from ketenreis.analysis.control import choose, individuals
from ketenreis.analysis.sigma import SigmaLevel, dpmo, sigma_level
from ketenreis.analysis.steadiness import Steadiness, steadiness
from ketenreis.analysis.thread import Thread, thread
from ketenreis.analysis.yields import FirstTimeRight, Interval, first_time_right, wilson
from ketenreis.conditions import Condition
from ketenreis.errors import KetenreisError
from ketenreis.events.store import EventStore, ObjectType
from ketenreis.measure import CannotSay, Counts, Group, Judging, Violation, Week, figures, judge, violations
from ketenreis.measure.moves import moves
from ketenreis.measure.predicates import condition_sql, microseconds
from ketenreis.model import Model
from ketenreis.model.calendars import calendars_of, time_zone
from ketenreis.reports.handed_over import HandedOver, handed_over, has_departments
from ketenreis.requirements import Measure, Norm, Requirement, requirement

FEWEST_CASES = 5
"""With fewer judged cases nothing is said."""
UNFINISHED = 0.01
"""A week with more than this share of open cases is not on the control chart yet."""
FEWEST_UNDER_NEW_NORM = 30
"""After a norm has changed, so many cases must have been judged by the new one before met or not met is said."""

NOTHING = Counts()
"""The counts of what could not be judged."""

GROSS = "/gross"
"""What the id of a requirement is followed by when its clock is taken to run on."""
TERM = ("stops", "resumes", "extended_by", "extension")
"""The arguments that stop or extend a clock."""

Standing = Literal["met", "not_met", "cannot_say"]


@dataclass(frozen=True, slots=True)
class Measured:
    """One requirement, measured.

    Attributes:
        requirement: What was asked.
        thread: Whose wish it answers and which work keeps it.
        norm: The norm in force at the moment of judging; None when it has none.
        standing: Met, not met, or cannot say.
        narrowly: Whether the interval still holds the share that was asked.
        reason: Why nothing can be said; None when something can.
        cases: The verdicts of the cases.
        interval: 95% interval of the attainment, over cases.
        activations: The opportunities in the judged cases.
        dpmo: Violated per million judged opportunities; null where none was judged.
        sigma: The long-term Z from that, with the conventional shift stated; null likewise.
        took: Quantiles of what was measured, by share; null where nothing was.
        unit: What `took` counts: seconds, or a number.
        gross: The verdicts had its clock never stopped nor been extended; None when it cannot.
        under_current: The verdicts had the newest norm always held; None when there was one norm only.
        weeks: The verdicts per week, by the norm of each case's day.
        chart: The control chart of the share kept per week; weeks that are not finished stay out.
        current_chart: The same had the newest norm always held; None when there was one norm only.
        pace: The control chart of the weekly median of what was measured; None where nothing was.
        steadiness: Stable and good enough, or what it asks for instead; null when it cannot be said.
        splits: The verdicts per value of an attribute, by attribute.
        personas: The verdicts per persona; personas may overlap.
        moves: For a promised window: the verdicts by who moved it, as named in `measure.moves.MOVERS`.
        violations: Some violated cases with their events, the longest first.
    """

    requirement: Requirement
    thread: Thread
    norm: Norm | None
    standing: Standing
    narrowly: bool = False
    reason: CannotSay | None = None
    cases: Counts = NOTHING
    interval: Interval | None = None
    activations: Counts = NOTHING
    dpmo: float | None = None
    sigma: SigmaLevel | None = None
    took: Mapping[float, float] | None = None
    unit: Literal["time", "number"] = "time"
    gross: Counts | None = None
    under_current: Counts | None = None
    weeks: tuple[Week, ...] = ()
    chart: Chart | TooFewPoints | None = None
    current_chart: Chart | TooFewPoints | None = None
    pace: Chart | TooFewPoints | None = None
    steadiness: Steadiness | None = None
    splits: Mapping[str, Sequence[Group]] | None = None
    personas: tuple[Group, ...] = ()
    moves: tuple[Group, ...] = ()
    violations: tuple[Violation, ...] = ()

    @property
    def asked(self) -> float | None:
        """The share that the norm in force asks; None when it has none."""
        return self.norm.asked if self.norm else None


@dataclass(frozen=True, slots=True)
class Report:
    """Every requirement of a model, measured on one event store.

    Attributes:
        model: What was promised.
        object_type: What the cases are: order, permit …
        measured: The requirements in the order of the model.
        first_time_right: The share of cases in which everything went right at once, with the product of the
            separate shares beside it; None when no case was judged.
        journeys: The counts behind it.
        journey_weeks: The same per week.
        first, last: Time of the first and the last event.
        now: The moment of judging.
        end_of_file: Whether every case was taken as closed at that moment.
        all_cases: How many cases the store holds.
        quality: The quality report of each source.
        sql: Everything that was asked of the events.
        handed: The handovers between departments; None when they were not asked for, or no event names a department.
    """

    model: Model
    object_type: str
    measured: tuple[Measured, ...]
    first_time_right: FirstTimeRight | None
    journeys: Counts
    first: datetime
    last: datetime
    now: datetime
    end_of_file: bool
    all_cases: int
    quality: Mapping[str, Mapping[str, object]]
    sql: str
    handed: HandedOver | None = None
    journey_weeks: tuple[Week, ...] = ()

    @property
    def not_met(self) -> tuple[Measured, ...]:
        """The requirements that are not met."""
        return tuple(one for one in self.measured if one.standing == "not_met")

    def __getitem__(self, ctq_id: str) -> Measured:
        """The measurement of one requirement."""
        for one in self.measured:
            if one.requirement.id == ctq_id:
                return one
        raise KeyError(ctq_id)


def measure(
    model: Model,
    store: EventStore,
    *,
    now: datetime | None = None,
    splits: Iterable[str] | None = None,
    examples: int = 20,
    cache: Path | None = None,
    handovers: bool = False,
    only: str | None = None,
) -> Report:
    """Measures every requirement of a model on the events of a store.

    Args:
        model: With its requirements; those that name no object are about the store's first type.
        store: The events.
        now: The moment of judging, with a time zone; the last event in the store unless given.
        splits: The attributes to split by; the store's channel and department unless given. Never employees.
        examples: How many violated activations to show per requirement.
        cache: Folder for facts that a next measurement may use; None keeps nothing.
        handovers: Whether to count the handovers between departments too, for a page.
        only: The one requirement that is asked for, with those it is made of; every one unless given.

    Returns:
        The report. Attainment is by the norm of each case's own day.

    Raises:
        UnknownAttributeError: A split names an attribute that the events do not have.

    Example:
        On Belmij (`model`) and two hundred of its orders (`store`):

        >>> report = measure(model, store)
        >>> one = report["bevestiging-op-tijd"]
        >>> report.all_cases, one.cases.fulfilled, one.cases.violated, one.standing
        (200, 197, 1, 'cannot_say')
    """
    wanted = [requirement(ctq) for ctq in model.of_kind("ctq")] if only is None else with_parts(model, only)
    zone = time_zone(model)
    at = None if now is None else microseconds(now)
    first, *others = store.types.values()
    asked = None if splits is None else tuple(splits)
    put = partial(judge, store, zone=zone, cache=cache, calendars=calendars_of(model))
    with put(_with_gross(_about(wanted, first, usual=True)), now=at, object_type=first.name) as judging:
        measured = _all_measured(judging, model, asked or _usual_splits(first), examples)
        statements = [figures.sql(judging)]
        asked_for = [name for name in judging.plans if not name.endswith(GROSS)]
        whole = figures.first_time_right(judging, asked_for)
        by_week = figures.weeks_right(judging, asked_for)
        # A requirement made of others counts through those: in the product it would count twice.
        shares = [
            one.cases.attainment
            for name, one in measured.items()
            if one.cases.attainment is not None and not judging.plans[name].parts
        ]
        right = first_time_right(whole.fulfilled, whole.violated, shares) if whole.judged else None
        moment, end_of_file = judging.now, judging.log.end_of_file
    for other in others:
        mine = _about(wanted, other)
        if mine:
            with put(_with_gross(mine), now=moment, object_type=other.name) as judging:
                measured |= _all_measured(judging, model, asked or _usual_splits(other), examples)
                statements.append(figures.sql(judging))
    held = ", ".join(store.types)
    today = figures.moment(moment).astimezone(ZoneInfo(zone)).date()
    return Report(
        model,
        first.name,
        tuple(measured.get(one.id) or _elsewhere(one, model, held, today) for one in wanted),
        right,
        whole,
        figures.moment(store.first_us or 0),
        figures.moment(store.last_us or 0),
        figures.moment(moment),
        end_of_file,
        first.cases,
        store.quality,
        "\n".join(statements),
        handed_over(store, model) if handovers and has_departments(store) else None,
        tuple(by_week),
    )


def with_parts(model: Model, ctq: str) -> list[Requirement]:
    """A requirement, and the ones that it is made of."""
    asked = requirement(model[ctq])
    made_of = asked.measure.get("of") if asked.measure else None
    names = made_of if isinstance(made_of, tuple) else ()
    return [
        asked,
        *(requirement(model[name]) for name in names if name in model and model[name].kind == "ctq"),
    ]


def _about(wanted: Iterable[Requirement], stored: ObjectType, *, usual: bool = False) -> list[Requirement]:
    """The requirements about a type of object; the usual type also takes those that name none."""
    return [one for one in wanted if one.object == stored.name or (usual and one.object is None)]


def _with_gross(wanted: Iterable[Requirement]) -> list[Requirement]:
    """Each requirement, and beside one whose clock stops or is extended the same without that: its gross figure."""
    found = []
    for one in wanted:
        found.append(one)
        arguments = one.measure.arguments if one.measure else {}
        if one.measure and any(name in arguments for name in TERM):
            gross = {name: value for name, value in arguments.items() if name not in TERM}
            found.append(
                replace(one, id=one.id + GROSS, measure=Measure(one.measure.pattern, MappingProxyType(gross)))
            )
    return found


def _elsewhere(wanted: Requirement, model: Model, held: str, today: date) -> Measured:
    """A requirement about objects that the store does not hold."""
    reason = CannotSay("no_events_of_object", (wanted.object or "", held))
    return Measured(wanted, thread(model, wanted.id), wanted.norm_on(today), "cannot_say", reason=reason)


def _all_measured(
    judging: Judging, model: Model, splits: tuple[str, ...], examples: int
) -> dict[str, Measured]:
    """Every requirement that was put to one type of object, judged or not."""
    counted, current = figures.cases(judging), figures.cases(judging, current=True)
    found = {
        name: _measured(judging, model, plan.requirement, counted[name], current.get(name), splits, examples)
        for name, plan in judging.plans.items()
        if not name.endswith(GROSS)
    }
    found |= {
        name: replace(one, gross=counted[name + GROSS])
        for name, one in found.items()
        if name + GROSS in counted
    }
    today = figures.moment(judging.now).astimezone(judging.zone).date()
    for wanted, reason in judging.cannot.values():
        if wanted.id.endswith(GROSS):
            continue
        norm = wanted.norm_on(today)
        found[wanted.id] = Measured(wanted, thread(model, wanted.id), norm, "cannot_say", reason=reason)
    return found


def _usual_splits(stored: ObjectType) -> tuple[str, ...]:
    """The attributes that a reader asks for first: channel and department, where the mapping names them."""
    return tuple(
        a.name for a in stored.own_attributes if a.role in ("channel", "department") and not a.personal
    )


def _measured(
    judging: Judging,
    model: Model,
    wanted: Requirement,
    counted: Counts,
    current: Counts | None,
    splits: tuple[str, ...],
    examples: int,
) -> Measured:
    name = wanted.id
    today = figures.moment(judging.now).astimezone(judging.zone).date()
    norm, spun = wanted.norm_on(today), thread(model, name)
    opportunities = figures.activations(judging, name)
    weeks = figures.weeks(judging, name)
    chart = _share_chart(weeks)
    defects = dpmo(opportunities.violated, opportunities.judged) if opportunities.judged else None
    interval = wilson(counted.fulfilled, counted.judged)
    hesitation = _reason(judging, wanted, norm, counted)
    share = norm.asked if norm else None
    standing: Standing = "cannot_say"
    if hesitation is None and share is not None and counted.attainment is not None:
        standing = "met" if counted.attainment >= share else "not_met"
    return Measured(
        wanted,
        spun,
        norm,
        standing,
        narrowly=standing != "cannot_say"
        and interval is not None
        and share is not None
        and share in interval,
        reason=hesitation,
        cases=counted,
        interval=interval,
        activations=opportunities,
        dpmo=defects,
        sigma=None if defects is None else sigma_level(defects, opportunities=opportunities.judged),
        took=figures.took(judging, name),
        unit=judging.plans[name].unit,
        under_current=current,
        weeks=tuple(weeks),
        chart=chart,
        current_chart=_share_chart(figures.weeks(judging, name, current=True))
        if name in judging.current
        else None,
        pace=_pace(judging, name, weeks),
        steadiness=None if share is None else steadiness(chart, counted.attainment, share),
        splits={attribute: figures.split(judging, name, attribute) for attribute in splits},
        personas=tuple(figures.segments(judging, name, _personas(judging, model))),
        moves=tuple(moves(judging, name)),
        violations=tuple(violations(judging, name, examples)),
    )


def finished(weeks: Iterable[Week]) -> list[Week]:
    """The weeks of which nearly every case is decided.

    A violation is known at once and success only at the end, so an unfinished week looks worse than it is.
    """
    return [
        week
        for week in weeks
        if week.counts.pending <= UNFINISHED * (week.counts.judged + week.counts.pending)
    ]


def _share_chart(weeks: Iterable[Week]) -> Chart | TooFewPoints:
    return choose(
        Point.of(week.monday.isoformat(), week.counts.fulfilled, week.counts.judged)
        for week in finished(weeks)
    )


def _pace(judging: Judging, name: str, weeks: Iterable[Week]) -> Chart | TooFewPoints | None:
    done = {week.monday for week in finished(weeks)}
    medians = figures.weekly_medians(judging, name)
    points = [Point(monday.isoformat(), value, n) for monday, value, n in medians if monday in done]
    return individuals(points, rules=("beyond",)) if medians else None


def _reason(judging: Judging, wanted: Requirement, norm: Norm | None, counted: Counts) -> CannotSay | None:
    """Why met or not met may not be said yet, although there are figures."""
    if counted.judged == 0:
        return CannotSay("nothing_judged")
    if counted.judged < FEWEST_CASES:
        return CannotSay("too_few", (str(counted.judged),))
    if norm is not None and norm.since is not None and norm != wanted.norms[0]:
        under = figures.judged_since(judging, wanted.id, norm.since)
        if under < FEWEST_UNDER_NEW_NORM:
            return CannotSay("new_norm", (str(under), norm.since.isoformat()))
    return None


def _personas(judging: Judging, model: Model) -> dict[str, Condition]:
    """The personas whose rule can be asked of these cases."""
    found: dict[str, Condition] = {}
    for persona in model.of_kind("persona"):
        rule = persona.get("rule")
        about = persona.get("object") in (None, judging.log.object)
        if about and isinstance(rule, Condition) and _fits(judging, rule):
            found[persona.name] = rule
    return found


def _fits(judging: Judging, rule: Condition) -> bool:
    """Whether these cases hold what the rule looks at."""
    try:
        condition_sql(rule, judging.log, judging.zone, {})
    except KetenreisError:
        return False
    return True
