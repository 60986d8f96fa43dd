"""How does a figure run from week to week? Makes control charts with everything that must be said beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ketenreis.analysis.chart import Chart, Plotted, TooFewPoints
from ketenreis.analysis.run_rules import RULES, Signal
from ketenreis.measure import Week
from ketenreis.render.blocks import Block, Column, ControlChart, Details, Legend, Mark, Notice, Spot, Table
from ketenreis.render.scale import Scale, share_ticks, ticks
from ketenreis.reports.measured import Measured
from ketenreis.reports.words import Words

_MOST_SIGNALS, _MOST_DAYS = 6, 4
_RULE = {rule.id: rule for rule in RULES}
_KINDS = {"p": "kind_p", "p′": "kind_p_laney", "I": "kind_i"}
_UNITS = (86_400.0, 3_600.0, 60.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Telling:
    """How one chart is told.

    Attributes:
        id: Of the drawing on the page.
        what: Key of what is charted.
        share: What was agreed, when it is a share that is charted; None otherwise.
        norm: The same in words.
        value: Writes a value.
        ends: Chooses the values to write at the side, with their words.
        before: Sentences that come before what the chart itself has to say.
    """

    id: str
    what: str
    share: float | None
    norm: str
    value: Callable[[float], str]
    ends: Callable[[float, float], tuple[tuple[float, str], ...]]
    before: tuple[str, ...] = ()


def weekly(one: Measured, words: Words) -> tuple[Block, ...]:
    """The share kept per week, and had the newest norm always held where there was another.

    Args:
        one: The measured requirement.
        words: The language.

    Returns:
        Control charts, or why there is none with the weeks so far; nothing when nothing was judged.
    """
    if isinstance(one.chart, TooFewPoints) and one.weeks:
        said = {"points": one.chart.points, "needed": one.chart.needed}
        why = words.say("chart.too_few_why", **said)
        notice = Notice(words.say("chart.too_few_title"), why, words.say("chart.too_few_next"))
        return notice, Details(words.say("chart.table"), (_plain(one.weeks, words),))
    drawn: list[Block] = []
    if isinstance(one.chart, Chart):
        told = _shares(one, f"weken-{one.requirement.id}", "share", words, _steady(one, one.chart, words))
        drawn.append(_drawn(one.chart, told, words))
    if isinstance(one.current_chart, Chart):
        told = _shares(one, f"nu-{one.requirement.id}", "current", words)
        drawn.append(_drawn(one.current_chart, told, words))
    return tuple(drawn)


def pace(one: Measured, write: Callable[[float], str], words: Words) -> ControlChart | None:
    """The weekly median of what was measured, as a control chart.

    Args:
        one: The measured requirement.
        write: Writes what was measured.
        words: The language.

    Returns:
        The chart; None where no time was measured, or in too few weeks.
    """
    if one.unit != "time" or not isinstance(one.pace, Chart):
        return None

    def ends(low: float, high: float) -> tuple[tuple[float, str], ...]:
        unit = next((unit for unit in _UNITS if max(abs(low), abs(high)) >= 2 * unit), 1.0)
        return tuple((unit * end, words.duration(unit * end)) for end in ticks(low / unit, high / unit))

    return _drawn(one.pace, _Telling(f"tempo-{one.requirement.id}", "pace", None, "", write, ends), words)


def _shares(one: Measured, place: str, what: str, words: Words, before: tuple[str, ...] = ()) -> _Telling:
    share = one.asked

    def ends(low: float, high: float) -> tuple[tuple[float, str], ...]:
        found = share_ticks(low, high)
        return tuple((end, _tick(end, found[1] - found[0], words)) for end in found)

    norm = one.norm.share.in_words(words.language) if one.norm else ""
    return _Telling(place, what, share, norm, words.percent, ends, before)


def _drawn(chart: Chart, told: _Telling, words: Words) -> ControlChart:
    marks = _marks(chart)
    every = [value for point in chart.points for value in (point.value, point.limits.low, point.limits.high)]
    every += [] if told.share is None else [told.share]
    ends = told.ends(min(every), max(every))
    centre = told.value(chart.centre)
    kind = words.say(f"chart.{_KINDS.get(chart.kind, 'kind_other')}", kind=chart.kind)
    return ControlChart(
        id=told.id,
        title=words.say("chart.heading", what=words.say(f"chart.what_{told.what}"), kind=kind),
        description=_description(chart, told, words),
        spots=tuple(
            Spot(_label(point, chart, words), point.value, point.limits.low, point.limits.high, mark)
            for point, mark in zip(chart.points, marks, strict=True)
        ),
        # A time is too long to stand at the end of its line; the legend says it.
        centre=(
            chart.centre,
            words.say("chart.centre_plain" if told.what == "pace" else "chart.centre_short", share=centre),
        ),
        norm=None if told.share is None else (told.share, words.say("chart.norm", share=told.norm)),
        scale=Scale(ends[0][0], ends[-1][0]),
        ticks=ends,
        legend=Legend(
            words.say("chart.series_pace" if told.what == "pace" else "chart.series"),
            words.say("chart.centre", share=centre),
            words.say("chart.limits"),
            words.say("chart.norm", share=told.norm) if told.norm else "",
            rule_in_words("beyond", words) if "beyond" in marks else "",
            rule_in_words("run", words) if "run" in marks else "",
        ),
        notes=(*told.before, _signals(chart, told, words), *_cautions(chart, words)),
        table=_with_limits(chart, told, words),
        summary=words.say("chart.table"),
    )


def rule_in_words(rule: str, words: Words) -> str:
    """What a signal means."""
    return _RULE[rule].nl if words.language == "nl" else _RULE[rule].en


def _marks(chart: Chart) -> list[Mark]:
    """How each point is drawn: a point beyond its limits before anything else."""
    marks: list[Mark] = [""] * len(chart.points)
    for signal in sorted(chart.signals, key=lambda signal: signal.rule == "beyond"):
        for index in range(signal.first, signal.last + 1):
            marks[index] = "beyond" if signal.rule == "beyond" else "run"
    return marks


def _day(point: Plotted) -> date:
    return date.fromisoformat(point.label)


def _spans_years(chart: Chart) -> bool:
    return _day(chart.points[0]).year != _day(chart.points[-1]).year


def _label(point: Plotted, chart: Chart, words: Words) -> str:
    """Below the chart: a day, or a month with its year where the weeks span more than a year."""
    weeks = (_day(chart.points[-1]) - _day(chart.points[0])).days / 7
    return words.month(_day(point)) if weeks > 53 else words.day(_day(point), year=False)


def _several(days: Sequence[date], words: Words) -> str:
    """Some days by name, and how many more."""
    said = [words.day(day, year=False) for day in days[:_MOST_DAYS]]
    if len(days) > _MOST_DAYS:
        said.append(words.say("chart.more_signals", n=len(days) - _MOST_DAYS))
    return ", ".join(said)


def _tick(value: float, step: float, words: Words) -> str:
    """A share at the side, with as many decimals as the steps ask for."""
    size = 100 * step
    digits = next((n for n in range(6) if abs(size * 10**n - round(size * 10**n)) < 1e-6), 6)
    return f"{words.number(100 * value, digits)}%"


def _signal(chart: Chart, signal: Signal, told: _Telling, words: Words) -> str:
    first, last = chart.points[signal.first], chart.points[signal.last]
    rule = rule_in_words(signal.rule, words)
    start, end = (words.day(_day(point), year=_spans_years(chart)) for point in (first, last))
    if signal.first == signal.last:
        return words.say("chart.signal_point", day=start, share=told.value(first.value), rule=rule)
    return words.say("chart.signal_stretch", first=start, last=end, rule=rule)


def _signals(chart: Chart, told: _Telling, words: Words) -> str:
    if not chart.signals:
        return words.say("chart.no_signals")
    said = [_signal(chart, signal, told, words) for signal in chart.signals[:_MOST_SIGNALS]]
    if len(chart.signals) > _MOST_SIGNALS:
        said.append(words.say("chart.more_signals", n=len(chart.signals) - _MOST_SIGNALS))
    key = "chart.one_signal" if len(chart.signals) == 1 else "chart.signals"
    return words.say(key, n=len(chart.signals), listed="; ".join(said))


def _description(chart: Chart, told: _Telling, words: Words) -> str:
    low, high = (pick(chart.points, key=lambda point: point.value) for pick in (min, max))
    return words.say(
        "chart.description",
        n=len(chart.points),
        first=words.day(_day(chart.points[0])),
        last=words.day(_day(chart.points[-1])),
        centre=told.value(chart.centre),
        low=told.value(low.value),
        low_day=words.day(_day(low), year=_spans_years(chart)),
        high=told.value(high.value),
        high_day=words.day(_day(high), year=_spans_years(chart)),
        norm=words.say("chart.description_norm", share=told.norm) if told.norm else "",
        signals=_signals(chart, told, words),
    )


def _steady(one: Measured, chart: Chart, words: Words) -> tuple[str, ...]:
    """What the process asks for, and which weeks are not finished."""
    said = []
    # Whether it is good enough is not said here when the verdict above could not say it.
    if one.steadiness is not None and one.standing != "cannot_say":
        said.append(words.say(f"steady.{one.steadiness.id.replace(' ', '_')}"))
    drawn = {point.label for point in chart.points} | set(chart.left_out)
    open_weeks = [week.monday for week in one.weeks if week.monday.isoformat() not in drawn]
    if open_weeks:
        said.append(words.say("chart.unfinished", days=_several(open_weeks, words)))
    return tuple(said)


def _cautions(chart: Chart, words: Words) -> list[str]:
    said = [words.say(f"caution.{caution}") for caution in chart.cautions]
    if chart.left_out:
        days = [date.fromisoformat(label) for label in chart.left_out]
        said.append(words.say("chart.left_out", days=_several(days, words)))
    return said


def _with_limits(chart: Chart, told: _Telling, words: Words) -> Table:
    """Every drawn week with the limits that its own number of cases gives it."""
    found: dict[int, list[str]] = {}
    for signal in chart.signals:
        for index in range(signal.first, signal.last + 1):
            found.setdefault(index, []).append(rule_in_words(signal.rule, words))
    value = "chart.median" if told.what == "pace" else "chart.attainment"
    return Table(
        words.say("chart.caption", what=words.say(f"chart.what_{told.what}")),
        (
            Column(words.say("chart.week")),
            *(Column(words.say(name), number=True) for name in ("chart.judged", value, "chart.range")),
            Column(words.say("chart.signal")),
        ),
        tuple(
            (
                words.day(_day(point)),
                words.whole(point.n),
                told.value(point.value),
                words.say(
                    "chart.between", low=told.value(point.limits.low), high=told.value(point.limits.high)
                ),
                "; ".join(found.get(index, ())),
            )
            for index, point in enumerate(chart.points)
        ),
    )


def _plain(weeks: Sequence[Week], words: Words) -> Table:
    """The weeks as they were counted, without limits."""
    names = ("chart.judged", "chart.attainment", "chart.pending")
    return Table(
        words.say("chart.what_share"),
        (Column(words.say("chart.week")), *(Column(words.say(name), number=True) for name in names)),
        tuple(
            (
                words.day(week.monday),
                words.whole(week.counts.judged),
                words.percent(week.counts.attainment),
                words.whole(week.counts.pending),
            )
            for week in weeks
        ),
    )
