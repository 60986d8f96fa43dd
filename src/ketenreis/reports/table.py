"""How does a report read in a terminal?"""

from ketenreis.analysis.yields import wilson
from ketenreis.render.blocks import Cell, Column, Table
from ketenreis.render.terminal import WIDTH, lines, wrapped
from ketenreis.reports.measured import Measured, Report
from ketenreis.reports.section import chip
from ketenreis.reports.words import Words


def table(report: Report, language: str = "nl", *, colour: bool = False, width: int = WIDTH) -> str:
    """The requirements of a report as an aligned table, with what cannot be said and why below it.

    Args:
        report: What was measured.
        language: "nl" or "en".
        colour: Whether verdicts are coloured; only for a terminal.
        width: How many characters fit on a line.

    Returns:
        Lines, without a last line break.

    Example:
        On Belmij (`model`) and two hundred of its orders (`store`):

        >>> from ketenreis.reports.measured import measure
        >>> print(table(measure(model, store), "en").splitlines()[0])
        200 orders, 1 Jan – 14 Nov 2026; judged on 14 Nov 2026 08:18
    """
    words = Words.of(language, report.model, report.object_type)
    said = words.say(
        "terminal.period",
        n=report.all_cases,
        period=words.period(report.first, report.last),
        now=words.moment(report.now),
    )
    closed = words.say("page.closed_end_of_file" if report.end_of_file else "page.closed_event")
    parts = [*wrapped(said, width=width), *wrapped(closed, width=width), ""]
    if not report.measured:
        empty = (words.say(f"overview.empty_{part}") for part in ("title", "why", "next"))
        return "\n".join([*parts, *wrapped(" ".join(empty), width=width)])
    parts += lines(_rows(report, words), width=width, colour=colour)
    for one in report.measured:
        parts += _aside(one, report, words, width)
    return "\n".join([*parts, "", *_whole(report, words, width)])


def _rows(report: Report, words: Words) -> Table:
    numbers = ("attainment", "interval", "norm", "judged", "violated", "pending")
    columns = (
        Column(words.say("terminal.requirement")),
        Column(words.say("terminal.standing")),
        *(Column(words.say(f"terminal.{name}"), number=True) for name in numbers),
    )
    return Table("", columns, tuple(_row(one, words) for one in report.measured))


def _row(one: Measured, words: Words) -> tuple[Cell, ...]:
    counts = one.cases
    return (
        one.requirement.name,
        chip(one, words),
        words.percent(counts.attainment, one.asked),
        words.interval(one.interval).strip("()"),
        one.norm.share.in_words(words.language) if one.norm else "–",
        *(words.whole(number) for number in (counts.judged, counts.violated, counts.pending)),
    )


def _aside(one: Measured, report: Report, words: Words, width: int) -> list[str]:
    """Why something cannot be said with what to do, and what the newest norm says of the past."""
    said: list[str] = []
    if one.reason is not None:
        why, after = words.cannot_say(one.reason, one.requirement, report.model.name)
        said += [*wrapped(why, width=width, indent="  "), *wrapped(f"→ {after}", width=width, indent="  ")]
    for key, counts in (("under_current", one.under_current), ("gross", one.gross)):
        if counts is not None and counts.attainment is not None:
            interval = words.interval(wilson(counts.fulfilled, counts.judged))
            share = words.percent(counts.attainment, one.asked)
            told = words.say(f"terminal.{key}", share=share, interval=interval)
            said += wrapped(told, width=width, indent="  ")
    return (
        ["", *wrapped(f"{chip(one, words).shape} {one.requirement.name}", width=width), *said] if said else []
    )


def _whole(report: Report, words: Words, width: int) -> list[str]:
    """What holds for all requirements together."""
    met = sum(one.standing == "met" for one in report.measured)
    said = wrapped(words.say("terminal.met", met=met, all=len(report.measured)), width=width)
    right = report.first_time_right
    if right is not None and right.share is not None:
        told = words.say(
            "terminal.right",
            share=words.percent(right.share),
            interval=words.interval(right.interval),
            n=right.n,
            rolled=words.percent(right.rolled),
        )
        said += wrapped(told, width=width)
    return said
