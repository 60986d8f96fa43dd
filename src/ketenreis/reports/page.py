"""How does a report read as one page that anyone can open, keep and print?"""

from collections.abc import Iterable, Mapping

from ketenreis.analysis.yields import wilson
from ketenreis.findings import LEVELS, Finding, Level, in_words, worst_first
from ketenreis.model import Model
from ketenreis.render.blocks import (
    Bar,
    Block,
    Cell,
    Column,
    Details,
    Group,
    Link,
    Notice,
    Page,
    Points,
    Section,
    Stack,
    Table,
    Text,
    Tile,
    Tiles,
    Tone,
)
from ketenreis.render.page import html
from ketenreis.reports.handing_over import handovers_section
from ketenreis.reports.measured import Measured, Report
from ketenreis.reports.section import anchor, asked_in_sql, chip, section
from ketenreis.reports.sources import quality_section
from ketenreis.reports.words import Words, own_language

_TONES: Mapping[Level, Tone] = {"error": "bad", "warning": "warn", "advice": "", "good": "good"}


def page(report: Report, language: str = "nl", findings: Iterable[Finding] | None = None) -> str:
    """A report as one self-contained HTML file.

    Args:
        report: What was measured.
        language: "nl" or "en"; the organisation's own words stay as they are.
        findings: Of the model, when they were looked for; None leaves that part out.

    Returns:
        The document. It fetches nothing and holds no script.

    Example:
        On Belmij (`model`) and two hundred of its orders (`store`):

        >>> from ketenreis.reports.measured import measure
        >>> page(measure(model, store), "en").startswith("<!doctype html>")
        True
    """
    return html(composed(report, language, findings))


def composed(report: Report, language: str = "nl", findings: Iterable[Finding] | None = None) -> Page:
    """A report as a page that is still to be drawn; arguments as for `page`."""
    words = Words.of(language, report.model, report.object_type)
    organisation = report.model.organisation.name if report.model.organisation else words.say("page.brand")
    heading, lead = _heading(report.model, organisation)
    titles = [
        "overview",
        *(["handovers"] if report.handed is not None else []),
        *(["findings"] if findings is not None else []),
        "quality",
        "method",
    ]
    parts: list[Block] = [_overview(report, words)]
    parts += [section(one, report.model, words) for one in report.measured]
    if report.handed is not None:
        told = Words.of(language, report.model, report.handed.object_type)
        parts.append(handovers_section(report.handed, told, _PLACES["handovers"]))
    if findings is not None:
        parts.append(_findings(findings, report.model, words))
    parts += [quality_section(report.quality, words, _PLACES["quality"]), _method(report, words)]
    return Page(
        language=language,
        own_language=own_language(report.model),
        title=words.say("page.title", heading=heading, organisation=organisation),
        skip=words.say("page.skip"),
        brand=words.say("page.brand"),
        kicker=words.say("page.kicker", organisation=organisation),
        heading=heading,
        lead=(
            *(Text(words.say("page.need", need=need), "lead", own=True) for need in lead),
            Text(
                words.say(
                    "page.period",
                    period=words.period(report.first, report.last),
                    n=report.all_cases,
                    now=words.moment(report.now),
                ),
                "small",
            ),
            Text(
                words.say("page.closed_end_of_file" if report.end_of_file else "page.closed_event"), "small"
            ),
        ),
        nav=tuple(Link(words.say(f"{title}.title"), _PLACES[title]) for title in titles),
        nav_label=words.say("page.nav"),
        tiles=_tiles(report, words),
        blocks=tuple(parts),
        footer=(words.say("page.footer", last=words.moment(report.last)),),
    )


_PLACES = {
    "overview": "overzicht",
    "handovers": "overdrachten",
    "findings": "bevindingen",
    "quality": "gegevens",
    "method": "verantwoording",
}


def _heading(model: Model, organisation: str) -> tuple[str, tuple[str, ...]]:
    """What the page is about: the one journey there is, else the organisation."""
    journeys = [
        journey for journey in model.of_kind("journey") if model.parent(journey.id, "journey") is None
    ]
    if len(journeys) != 1:
        return organisation, ()
    need = journeys[0].get("need")
    return journeys[0].name, (str(need),) if need else ()


def _tiles(report: Report, words: Words) -> Tiles:
    by: dict[str, int] = {"met": 0, "not_met": 0, "cannot_say": 0}
    for one in report.measured:
        by[one.standing] += 1
    tiles = [
        Tile(
            words.say("count.of", part=by["met"], whole=len(report.measured)),
            words.say("tiles.met"),
            words.say("tiles.met_detail", not_met=by["not_met"], cannot=by["cannot_say"]),
        )
    ]
    right = report.first_time_right
    if right is None or right.share is None:
        tiles.append(Tile("–", words.say("tiles.right"), words.say("tiles.nothing")))
    else:
        detail = words.say("tiles.right_detail", interval=words.interval(right.interval), n=right.n)
        tiles.append(Tile(words.percent(right.share), words.say("tiles.right"), detail))
        if right.rolled is not None:
            key = "alike" if right.clustered is None else ("clustered" if right.clustered else "spread")
            tiles.append(
                Tile(words.percent(right.rolled), words.say("tiles.rolled"), words.say(f"tiles.{key}"))
            )
    return Tiles(tuple(tiles), words.say("tiles.label"))


def _overview(report: Report, words: Words) -> Section:
    title = words.say("overview.title")
    if not report.measured:
        return Section(_PLACES["overview"], title, (_empty("overview.empty", words),))
    columns = (
        Column(words.say("overview.requirement")),
        Column(words.say("overview.standing")),
        Column(words.say("overview.attainment"), number=True),
        Column(words.say("overview.bar"), drawing=True),
        Column(words.say("overview.norm"), number=True),
        *(Column(words.say(f"overview.{name}"), number=True) for name in ("judged", "violated", "pending")),
    )
    rows = tuple(_row(one, words) for one in report.measured)
    table = Table(words.say("overview.caption"), columns, rows, hidden_caption=True)
    return Section(_PLACES["overview"], title, (table,), card=True)


def _row(one: Measured, words: Words) -> tuple[Cell, ...]:
    found = chip(one, words)
    counts, norm = one.cases, one.asked
    share = norm is not None and one.norm is not None and one.norm.share.in_words(words.language)
    return (
        Stack(Link(one.requirement.name, anchor(one.requirement)), _under_current(one, words)),
        found,
        Stack(words.percent(counts.attainment, norm), words.interval(one.interval)),
        "" if counts.attainment is None else Bar(counts.attainment, norm, found.tone),
        share or "–",
        *(words.whole(number) for number in (counts.judged, counts.violated, counts.pending)),
    )


def _under_current(one: Measured, words: Words) -> str:
    """What the newest norm says of the past, where there was another one."""
    counts = one.under_current
    if counts is None or counts.attainment is None:
        return ""
    interval = words.interval(wilson(counts.fulfilled, counts.judged))
    return words.say(
        "terminal.under_current", share=words.percent(counts.attainment, one.asked), interval=interval
    )


def _empty(key: str, words: Words, tone: Tone = "unknown") -> Notice:
    """Why there is nothing to show, and what to do."""
    title, why, after = (words.say(f"{key}_{part}") for part in ("title", "why", "next"))
    return Notice(title, why, after, tone)


def _findings(findings: Iterable[Finding], model: Model, words: Words) -> Section:
    found = worst_first(findings)
    title = words.say("findings.title")
    if not found:
        return Section(_PLACES["findings"], title, (_empty("findings.none", words, "good"),), card=True)
    parts: list[Block] = [Text(words.say("findings.lead"), "small")]
    for level in LEVELS:
        of_level = [finding for finding in found if finding.level == level]
        if of_level:
            name = words.say(f"findings.{level}", n=len(of_level))
            notices = tuple(_finding(finding, model, words) for finding in of_level)
            is_pressing = level in ("error", "warning")
            parts.append(Group(name, notices) if is_pressing else Details(name, notices))
    return Section(_PLACES["findings"], title, tuple(parts), card=True)


def _finding(finding: Finding, model: Model, words: Words) -> Notice:
    said = in_words(finding, words.language, model.name)
    place = f" ({finding.place})" if finding.place else ""
    return Notice(
        f"{said.title}.", f"{said.message} {said.why}", f"→ {said.next}{place}", _TONES[finding.level]
    )


def _method(report: Report, words: Words) -> Section:
    names = ("verdict", "cannot", "norm_of_day", "pending", "interval", "chart", "right", "sigma", "groups")
    closed = words.say("page.closed_end_of_file" if report.end_of_file else "page.closed_event")
    notes = Points((closed, *(words.say(f"method.{name}") for name in names)))
    return Section(
        _PLACES["method"], words.say("method.title"), (notes, asked_in_sql(report, words)), card=True
    )
