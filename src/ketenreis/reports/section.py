"""What is there to tell about one measured requirement? From its verdict to the calculation behind it."""

from collections.abc import Sequence
from typing import cast

from ketenreis.analysis.chart import Chart
from ketenreis.analysis.sigma import SigmaLevel
from ketenreis.analysis.yields import Interval, wilson
from ketenreis.measure import Counts, Group
from ketenreis.model import Model
from ketenreis.quantity import limit_text
from ketenreis.render import blocks
from ketenreis.render.blocks import (
    Bar,
    Beside,
    Block,
    Chip,
    Code,
    Column,
    Details,
    Fact,
    Facts,
    Notice,
    Table,
    Text,
)
from ketenreis.render.scale import Scale, share_ticks
from ketenreis.reports.measured import Measured, Report
from ketenreis.reports.spun import TONES, norm_in_words, spun
from ketenreis.reports.violated import violated
from ketenreis.reports.weekly import pace, weekly
from ketenreis.reports.words import SHAPES, Words
from ketenreis.requirements import PATTERN, Pattern, Requirement, sentence

_AT_ONCE = 8
"""So many groups of a split are shown; the smaller ones stand behind a click."""


def section(one: Measured, model: Model, words: Words) -> blocks.Section:
    """The part of the page about one requirement.

    Args:
        one: The measured requirement.
        model: Where its names come from.
        words: The language.

    Returns:
        A section that opens with the sentence, the thread and the figure; the rest stands below or behind a click.
    """
    wanted = one.requirement
    if wanted.object is not None:
        words = Words.of(words.language, model, wanted.object)
    said = sentence(wanted, words.language, model.name, one.norm) if wanted.measure else ""
    parts: list[Block] = [Text(said, "lead")] if said else []
    parts.append(spun(one, model, words))
    if one.reason is not None:
        why, after = words.cannot_say(one.reason, wanted, model.name)
        parts.append(Notice(f"{chip(one, words).word.capitalize()}.", why, after))
    if one.cases.total:
        parts.append(_figures(one, words))
    differs = _differences(one, words)
    if differs:
        parts.append(blocks.Group(words.say("split.title"), (Beside(differs),)))
    if one.took:
        parts.append(_durations(one, words))
    if one.violations:
        parts.append(violated(one, model, words, lambda value: took_in_words(value, one, words)))
    elif one.cases.fulfilled and not one.cases.violated:
        parts.append(Text(words.say("violated.none"), "small"))
    if wanted.measure is not None:
        parts.append(Details(words.say("calculation.summary"), _calculation(one, words)))
    return blocks.Section(anchor(wanted), wanted.name, tuple(parts), chip(one, words), own=True, card=True)


def anchor(wanted: Requirement) -> str:
    """Where on the page a requirement stands."""
    return f"eis-{wanted.id}"


def chip(one: Measured, words: Words) -> Chip:
    """The verdict as shape, word and colour."""
    word = words.standing(one.standing, narrowly=one.narrowly)
    return Chip(SHAPES[one.standing], word, TONES[one.standing])


def _figures(one: Measured, words: Words) -> Block:
    """How often it succeeds and where all cases went, beside the weeks."""
    scores = [
        _score("plain" if one.under_current is None else "of_day", one.cases, TONES[one.standing], one, words)
    ]
    if one.under_current is not None:
        scores.append(_score("current", one.under_current, "unknown", one, words))
    if one.gross is not None:
        scores.append(_score("gross", one.gross, "unknown", one, words))
    left = blocks.Group(words.say("score.title"), (blocks.Scores(tuple(scores)), _counts(one.cases, words)))
    weeks = weekly(one, words)
    if not weeks:
        return left
    return Beside((left, blocks.Group(words.say("chart.title"), weeks)), even=False)


def _score(which: str, counts: Counts, tone: blocks.Tone, one: Measured, words: Words) -> blocks.Score:
    """One way of counting, with the norm that it was counted by."""
    label, norm = words.say(f"score.{which}"), one.asked
    if counts.attainment is None:
        return blocks.Score(label, "–", words.say("score.nothing"), Bar(0.0, norm, "unknown"), "")
    if one.norm is None:
        held = words.say("score.no_norm")
    elif which == "of_day":
        held = "; ".join(_norms(one.requirement, words))
    else:
        held = words.say("score.norm", share=norm_in_words(one.norm, one.requirement, words))
    interval = words.interval(wilson(counts.fulfilled, counts.judged))
    return blocks.Score(
        label,
        words.percent(counts.attainment, norm),
        words.say("score.interval", interval=interval, n=counts.judged),
        Bar(counts.attainment, norm, tone),
        held,
    )


def _counts(counts: Counts, words: Words) -> Facts:
    """Every case in one of five places; together they are all cases."""
    rows = [
        ("fulfilled", counts.fulfilled),
        ("violated", counts.violated),
        ("pending", counts.pending),
        ("not_activated", counts.not_activated),
    ]
    facts = [Fact(words.say(f"counts.{name}"), words.whole(number)) for name, number in rows]
    reasons = "; ".join(
        words.say("counts.reason", reason=words.reason(reason), n=n)
        for reason, n in (counts.excluded or {}).items()
    )
    facts.append(
        Fact(
            words.say("counts.excluded") + (f" ({reasons})" if reasons else ""), words.whole(counts.left_out)
        )
    )
    facts.append(Fact(words.say("counts.total"), words.whole(counts.total)))
    return Facts(tuple(facts))


def _differences(one: Measured, words: Words) -> tuple[Block, ...]:
    """A table with a drawing for every way of splitting in which there is something to compare."""
    found = [(words.attribute(name), groups, "") for name, groups in (one.splits or {}).items()]
    found.append((words.attribute("persona"), one.personas, words.say("split.persona_note")))
    told = [Group(words.say(f"split.moved_{group.name}"), group.counts) for group in one.moves]
    found.append((words.attribute("moved"), told, words.say("split.moved_note")))
    shown = [
        (name, judged, note)
        for name, groups, note in found
        if len(judged := [g for g in groups if g.counts.judged]) > 1
    ]
    if not shown:
        return ()
    scale = _scale([group for _, groups, _ in shown for group in groups], one)
    return tuple(_split(name, groups, note, scale, one, words) for name, groups, note in shown)


def _scale(groups: Sequence[Group], one: Measured) -> Scale:
    """One scale for all splits of a requirement, so that they can be compared."""
    ends = [end for group in groups for found in [_interval(group)] for end in (found.low, found.high)]
    if (norm := one.asked) is not None:
        ends.append(norm)
    marks = share_ticks(min(ends), max(ends))
    return Scale(marks[0], marks[-1])


def _interval(group: Group) -> Interval:
    """No group is shown of which nothing was judged, so there always is one."""
    return cast("Interval", wilson(group.counts.fulfilled, group.counts.judged))


def _split(name: str, groups: Sequence[Group], note: str, scale: Scale, one: Measured, words: Words) -> Block:
    low, high = (f"{words.number(100 * end)}%" for end in (scale.low, scale.high))
    norm = one.asked
    picture = words.say("split.picture" if norm is not None else "split.picture_plain", low=low, high=high)
    title = words.say("split.by", attribute=name)
    rows = []
    for group in groups:
        share, found = group.counts.fulfilled / group.counts.judged, _interval(group)
        tone: blocks.Tone = "bad" if norm is not None and found.high < norm else ""
        rows.append(
            (
                blocks.Stack(
                    group.name or words.say("word.unknown"),
                    words.say("count.judged_of", n=group.counts.judged),
                ),
                blocks.Stack(words.percent(share, norm), words.interval(found)),
                blocks.Span(share, found.low, found.high, norm, scale, tone),
            )
        )
    columns = (
        Column(name.capitalize()),
        Column(words.say("split.attainment"), number=True),
        Column(picture, drawing=True),
    )
    if len(rows) <= _AT_ONCE + 1:
        return Table(title, columns, tuple(rows), note)
    first = Table(title, columns, tuple(rows[:_AT_ONCE]), note)
    rest = Table(title, columns, tuple(rows[_AT_ONCE:]), hidden_caption=True)
    return blocks.Together((first, Details(words.say("split.more", n=len(rows) - _AT_ONCE), (rest,))))


def _measured_as(one: Measured) -> str:
    """Which words fit what was measured: a time, a moment, a silence or a number."""
    pattern = _pattern(one.requirement)
    form = pattern.form if pattern else None
    if one.unit == "number":
        return "count" if form == "count" else "number"
    if form == "window":  # like a deadline: how far before or after the end of what was promised
        return "deadline"
    return form if form in ("deadline", "silence") else ""


def _pattern(wanted: Requirement) -> Pattern | None:
    return PATTERN.get(wanted.measure.pattern) if wanted.measure else None


def took_in_words(value: float, one: Measured, words: Words) -> str:
    """What was measured of a requirement, in words: a duration, a number, or how far from a moment."""
    if one.unit == "number":
        return words.number(value)
    return words.beside(value) if _measured_as(one) == "deadline" else words.duration(value)


def _durations(one: Measured, words: Words) -> Block:
    took, kind = one.took or {}, _measured_as(one)
    suffix = f"_{kind}" if kind else ""
    half, most = (took_in_words(took[share], one, words) for share in (0.5, 0.95))
    said = Text(words.say(f"took.sentence{suffix}", half=half, most=most))
    spread = Facts(
        tuple(
            Fact(
                words.say(
                    f"took.share{'_deadline' if kind == 'deadline' else ''}", share=f"{share * 100:g}%"
                ),
                took_in_words(value, one, words),
            )
            for share, value in sorted(took.items())
        ),
        "row",
    )
    title, chart = (
        words.say(f"took.title{suffix}"),
        pace(one, lambda value: took_in_words(value, one, words), words),
    )
    if chart is None:
        return blocks.Group(title, (said, spread))
    left = blocks.Group(title, (said, spread))
    return Beside((left, blocks.Group(words.say("took.pace"), (chart,))), even=False)


def _calculation(one: Measured, words: Words) -> tuple[Block, ...]:
    """What only some readers ask for."""
    wanted, pattern = one.requirement, _pattern(one.requirement)
    facts: list[tuple[str, str, str]] = []
    if one.activations.judged:
        acts = one.activations
        facts.append(
            (
                "opportunities",
                words.say("calculation.opportunities_value", n=acts.judged, violated=acts.violated),
                "",
            )
        )
    if one.dpmo is not None:
        facts.append(("dpmo", words.whole(round(one.dpmo)), ""))
    if one.sigma is not None:
        facts.append(("sigma", *_sigma(one.sigma, words)))
    if one.interval is not None:
        facts.append(("interval", words.say("calculation.interval_value"), ""))
    if isinstance(one.chart, Chart):
        facts.append(
            ("chart", _chart(one.chart, words), words.say("calculation.baseline", n=one.chart.baseline))
        )
    if pattern is not None:
        facts.append(("pattern", pattern.name, ""))
        if pattern.ltl:
            facts.append(("formula", pattern.ltl, ""))
    facts += [("norms", text, "") for text in _norms(wanted, words)]
    if wanted.tolerance is not None:
        facts.append(("tolerance", limit_text(wanted.tolerance), ""))
    if wanted.population is not None:
        facts.append(("population", str(wanted.population), ""))
    facts += [("exclusions", str(each.where), each.reason) for each in wanted.exclusions]
    said = Facts(
        tuple(Fact(words.say(f"calculation.{name}"), value, detail) for name, value, detail in facts),
        look="wide",
    )
    return said, Text(words.say("calculation.sql"), "quiet")


def _norms(wanted: Requirement, words: Words) -> list[str]:
    return [
        words.say("calculation.norm_first", norm=norm_in_words(norm, wanted, words))
        if norm.since is None
        else words.say(
            "calculation.norm_since", day=words.day(norm.since), norm=norm_in_words(norm, wanted, words)
        )
        for norm in wanted.norms
    ]


def _sigma(sigma: SigmaLevel, words: Words) -> tuple[str, str]:
    if sigma.level is None:
        return words.say("calculation.sigma_none"), ""
    key = f"calculation.sigma_{sigma.bound.replace(' ', '_')}"
    shift = words.say(
        "calculation.sigma_shift",
        shift=words.number(sigma.shift),
        plain=words.number(sigma.level - sigma.shift),
    )
    return words.say(key, level=words.number(sigma.level)), shift


def _chart(chart: Chart, words: Words) -> str:
    """Why this chart and not the other."""
    if chart.spread is None:
        return chart.kind
    said = {"ratio": words.number(chart.spread.ratio), "chance": words.number(chart.spread.chance)}
    if chart.kind == "p′":
        return words.say("calculation.chart_laney", **said)
    return words.say(
        "calculation.chart_rare" if chart.spread.excessive else "calculation.chart_plain", **said
    )


def asked_in_sql(report: Report, words: Words) -> Details:
    """Everything that was asked of the events, folded."""
    return Details(words.say("method.sql_summary"), (Code(report.sql, words.say("method.sql_label")),))
