"""How is a requirement kept from week to week? Makes the control chart with everything that must be said beside it."""

from collections.abc import Sequence
from datetime import date

from ketenreis.analysis.chart import Chart, Plotted, TooFewPoints
from ketenreis.analysis.run_rules import RULES, Signal
from ketenreis.measure import Week
from ketenreis.render.blocks import Block, Column, ControlChart, Details, Legend, Mark, Notice, Spot, Table
from ketenreis.render.scale import Scale, share_ticks
from ketenreis.reports.measured import Measured
from ketenreis.reports.words import Words

_MOST_SIGNALS = 6
_RULE = {rule.id: rule for rule in RULES}


def weekly(one: Measured, words: Words) -> tuple[Block, ...]:
    """The weeks of a requirement, drawn and as a table.

    Args:
        one: The measured requirement.
        words: The language.

    Returns:
        A control chart, or why there is none with the weeks so far; nothing when nothing was judged.
    """
    if isinstance(one.chart, Chart):
        return (_drawn(one, one.chart, words),)
    if isinstance(one.chart, TooFewPoints) and one.weeks:
        said = {"points": one.chart.points, "needed": one.chart.needed}
        notice = Notice(
            words.say("chart.too_few_title"),
            words.say("chart.too_few_why", **said),
            words.say("chart.too_few_next"),
        )
        return notice, Details(words.say("chart.table"), (_plain(one.weeks, words),))
    return ()


def _drawn(one: Measured, chart: Chart, words: Words) -> ControlChart:
    kind = {"p": "chart.kind_p", "p′": "chart.kind_p_laney"}.get(chart.kind, "chart.kind_other")
    title = words.say(kind, kind=chart.kind)
    share = float(one.norm.share.value) if one.norm else None
    norm = one.norm.share.in_words(words.language) if one.norm else ""
    marks = _marks(chart)
    every = [value for point in chart.points for value in (point.value, point.limits.low, point.limits.high)]
    ends = share_ticks(
        min(every + ([] if share is None else [share])), max(every + ([] if share is None else [share]))
    )
    centre = words.percent(chart.centre)
    spots = tuple(
        Spot(words.day(_day(point), year=False), point.value, point.limits.low, point.limits.high, mark)
        for point, mark in zip(chart.points, marks, strict=True)
    )
    return ControlChart(
        id=f"weken-{one.requirement.id}",
        title=title,
        description=_description(chart, norm, words),
        spots=spots,
        centre=(chart.centre, words.say("chart.centre_short", share=centre)),
        norm=None if share is None else (share, words.say("chart.norm_short", share=norm)),
        scale=Scale(ends[0], ends[-1]),
        ticks=tuple((end, _tick(end, ends, words)) for end in ends),
        legend=Legend(
            words.say("chart.series"),
            words.say("chart.centre", share=centre),
            words.say("chart.limits"),
            words.say("chart.norm", share=norm) if norm else "",
            rule_in_words("beyond", words) if "beyond" in marks else "",
            rule_in_words("run", words) if "run" in marks else "",
        ),
        notes=_notes(one, chart, words),
        table=_with_limits(one.weeks, chart, words),
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


def _tick(value: float, ends: Sequence[float], words: Words) -> str:
    """A value at the side, with as many decimals as the steps ask for."""
    step = 100 * (ends[1] - ends[0])
    digits = next(digits for digits in range(6) if abs(step * 10**digits - round(step * 10**digits)) < 1e-6)
    return f"{words.number(100 * value, digits)}%"


def _signal(chart: Chart, signal: Signal, words: Words) -> str:
    first, last = chart.points[signal.first], chart.points[signal.last]
    rule = rule_in_words(signal.rule, words)
    if signal.first == signal.last:
        day = words.day(_day(first), year=False)
        return words.say("chart.signal_point", day=day, share=words.percent(first.value), rule=rule)
    start, end = (words.day(_day(point), year=False) for point in (first, last))
    return words.say("chart.signal_stretch", first=start, last=end, rule=rule)


def _signals(chart: Chart, words: Words) -> str:
    if not chart.signals:
        return words.say("chart.no_signals")
    told = [_signal(chart, signal, words) for signal in chart.signals[:_MOST_SIGNALS]]
    if len(chart.signals) > _MOST_SIGNALS:
        told.append(words.say("chart.more_signals", n=len(chart.signals) - _MOST_SIGNALS))
    key = "chart.one_signal" if len(chart.signals) == 1 else "chart.signals"
    return words.say(key, n=len(chart.signals), listed="; ".join(told))


def _description(chart: Chart, norm: str, words: Words) -> str:
    low, high = (pick(chart.points, key=lambda point: point.value) for pick in (min, max))
    return words.say(
        "chart.description",
        n=len(chart.points),
        first=words.day(_day(chart.points[0])),
        last=words.day(_day(chart.points[-1])),
        centre=words.percent(chart.centre),
        low=words.percent(low.value),
        low_day=words.day(_day(low), year=False),
        high=words.percent(high.value),
        high_day=words.day(_day(high), year=False),
        norm=words.say("chart.description_norm", share=norm) if norm else "",
        signals=_signals(chart, words),
    )


def _notes(one: Measured, chart: Chart, words: Words) -> tuple[str, ...]:
    # Whether it is good enough is not said here when the verdict above could not say it.
    can_say = one.steadiness is not None and one.standing != "cannot_say"
    steady = (
        (words.say(f"steady.{one.steadiness.id.replace(' ', '_')}"),) if one.steadiness and can_say else ()
    )
    cautions = tuple(words.say(f"caution.{caution}") for caution in chart.cautions)
    days = ", ".join(words.day(date.fromisoformat(label), year=False) for label in chart.left_out)
    left_out = (words.say("chart.left_out", days=days),) if days else ()
    return (*steady, _signals(chart, words), *cautions, *left_out)


def _with_limits(weeks: Sequence[Week], chart: Chart, words: Words) -> Table:
    """Every drawn week with the limits that its own number of cases gives it."""
    pending = {week.monday.isoformat(): week.counts.pending for week in weeks}
    told: dict[int, list[str]] = {}
    for signal in chart.signals:
        for index in range(signal.first, signal.last + 1):
            told.setdefault(index, []).append(rule_in_words(signal.rule, words))
    numbers = ("chart.judged", "chart.attainment", "chart.range", "chart.pending")
    return Table(
        words.say("chart.caption"),
        (
            Column(words.say("chart.week")),
            *(Column(words.say(name), number=True) for name in numbers),
            Column(words.say("chart.signal")),
        ),
        tuple(
            (
                words.day(_day(point)),
                words.whole(point.n),
                words.percent(point.value),
                words.say(
                    "chart.between",
                    low=words.percent(point.limits.low),
                    high=words.percent(point.limits.high),
                ),
                words.whole(pending.get(point.label, 0)),
                "; ".join(told.get(index, ())),
            )
            for index, point in enumerate(chart.points)
        ),
    )


def _plain(weeks: Sequence[Week], words: Words) -> Table:
    names = ("chart.judged", "chart.attainment", "chart.pending")
    return Table(
        words.say("chart.weeks_caption"),
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
