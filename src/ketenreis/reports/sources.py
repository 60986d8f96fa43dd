"""How good are the events that the figures rest on? A part of the page for each source, from what its import kept."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime

from ketenreis.events.notes import REASONS
from ketenreis.events.quality import QualityReport
from ketenreis.events.readers.sample import Refusal
from ketenreis.render.blocks import (
    Block,
    Column,
    Details,
    Fact,
    Facts,
    Group,
    Notice,
    Points,
    Section,
    Table,
    Text,
)
from ketenreis.reports.words import Words

_EXAMPLES = 5
"""So many refused rows of each reason are shown."""
_LABELS = 30
"""So many labels without a meaning are listed."""


def quality_section(quality: Mapping[str, Mapping[str, object]], words: Words, place: str) -> Section:
    """The part of the page about the sources.

    Args:
        quality: The quality report of each source, as it was stored.
        words: The language.
        place: Where on the page it stands.

    Returns:
        A section with for each source what was read, refused, assumed and found odd.
    """
    title = words.say("quality.title")
    if not quality:
        why, after = words.say("quality.none_why"), words.say("quality.none_next")
        return Section(place, title, (Notice(words.say("quality.none_title"), why, after),), card=True)
    told = tuple(_source(name, _report(plain), words) for name, plain in quality.items())
    return Section(place, title, (Text(words.say("quality.lead"), "small"), *told), card=True)


def _report(plain: Mapping[str, object]) -> QualityReport:
    """A quality report as it was stored, back as the value it was."""
    known = {each.name for each in fields(QualityReport)}
    kept = {name: value for name, value in plain.items() if name in known}
    kept["examples"] = tuple(Refusal(**each) for each in plain.get("examples", ()))  # type: ignore[attr-defined]  # a list of records
    return QualityReport(**kept)  # type: ignore[arg-type]  # as it was written


def _source(name: str, report: QualityReport, words: Words) -> Group:
    """What there is to tell about one source: figures, sentences, and behind a click every column and label."""
    parts: list[Block] = [_figures(report, words)]
    if report.refused:
        parts.append(_refused(report, words))
    parts.append(Points(tuple(line.strip() for line in report.lines(words.language))))
    if report.coverage:
        parts.append(
            Details(words.say("quality.columns", n=len(report.coverage)), (_columns(report, words),))
        )
    if report.unmapped:
        parts.append(Details(words.say("quality.labels", n=len(report.unmapped)), (_labels(report, words),)))
    return Group(words.say("quality.source", name=name), tuple(parts))


def _figures(report: QualityReport, words: Words) -> Facts:
    counted = {
        "rows_read": report.rows_read,
        "rows_kept": report.rows_kept,
        "rows_refused": report.rows_refused,
        "cases": report.cases,
        "events": report.events,
        "duplicates": report.duplicates,
        "ties": report.ties,
        "impossible": report.impossible,
        "registrations": len(report.registrations),
    }
    facts = [Fact(words.say(f"quality.{name}"), words.whole(number)) for name, number in counted.items()]
    if report.first and report.last:
        period = words.period(*(datetime.fromisoformat(end) for end in (report.first, report.last)))
        facts.append(Fact(words.say("quality.period"), period))
    zone = words.say("quality.assumed", zone=report.zone) if report.assumed_zone else report.zone
    facts.append(Fact(words.say("quality.zone"), zone))
    return Facts(tuple(facts), "row")


def _refused(report: QualityReport, words: Words) -> Table:
    """Why rows were refused, how many, and what some of them look like."""
    columns = (
        Column(words.say("quality.reason")),
        Column(words.say("quality.rows"), number=True),
        Column(words.say("quality.example")),
    )
    rows = tuple(
        (_reason(reason, words), words.whole(times), _examples(report.examples, reason, words))
        for reason, times in report.refused.items()
    )
    return Table(words.say("quality.refused_caption"), columns, rows)


def _reason(reason: str, words: Words) -> str:
    nl, en = REASONS.get(reason, (reason, reason))
    return nl if words.language == "nl" else en


def _examples(examples: Sequence[Refusal], reason: str, words: Words) -> str:
    shown = [each for each in examples if each.reason == reason][:_EXAMPLES]
    return "; ".join(
        each.excerpt if each.line is None else words.say("quality.at_line", line=each.line, text=each.excerpt)
        for each in shown
    )


def _columns(report: QualityReport, words: Words) -> Table:
    """How far each column is filled, and what of it could not be read or changes within a case."""
    columns = (
        Column(words.say("quality.column")),
        *(Column(words.say(f"quality.{name}"), number=True) for name in ("filled", "unreadable", "flips")),
    )
    rows = tuple(
        (
            name,
            words.percent(share),
            words.whole(report.unreadable.get(name, 0)),
            words.whole(report.flips.get(name, 0)),
        )
        for name, share in report.coverage.items()
    )
    return Table(words.say("quality.columns_caption"), columns, rows)


def _labels(report: QualityReport, words: Words) -> Table:
    """The labels that mean nothing in the model yet, the most frequent first."""
    most = sorted(report.unmapped.items(), key=lambda label: -label[1])[:_LABELS]
    rows = tuple((name, words.whole(times)) for name, times in most)
    columns = (Column(words.say("quality.label")), Column(words.say("quality.events"), number=True))
    return Table(words.say("quality.labels_caption"), columns, rows)
