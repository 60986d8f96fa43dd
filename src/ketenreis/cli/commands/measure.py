"""`ketenreis measure`: is each promise kept?"""

import json
from argparse import Namespace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ketenreis.cli.opening import events_of, sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ketenreis.events.store import EventStore
    from ketenreis.findings import Finding
    from ketenreis.model import Model
    from ketenreis.reports.measured import Report


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("--events", type=Path, metavar="STORE")
    parser.add_argument("--now", metavar="MOMENT")
    parser.add_argument("--split", nargs="+", action="extend", metavar="ATTRIBUTE")
    parser.add_argument("--ctq", nargs="+", action="extend", metavar="ID")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--html", type=Path, metavar="FILE")
    parser.add_argument("--sql", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Measures; 1 when a requirement is not met."""
    from ketenreis.events.store import EventStore

    reading = sound_model(asked.model, terminal)
    asked.events = events_of(asked.model, asked.events)
    report = measured(reading.model, EventStore.open(asked.events), asked, terminal)
    if asked.html:
        from ketenreis.reports.checked import check

        write_page(report, asked.html, terminal, check(reading).findings)
    if asked.sql:
        terminal.show(report.sql.rstrip("\n"))
    elif asked.json:
        from ketenreis.reports.as_json import measure_as_json

        terminal.show(json.dumps(measure_as_json(report), ensure_ascii=False, indent=2))
    else:
        show_table(report, terminal)
        _next(report, asked, terminal)
    return 1 if report.not_met else 0


def measured(model: "Model", store: "EventStore", asked: Namespace, terminal: Terminal) -> "Report":
    """The report on a model, as it was asked for."""
    from ketenreis.model.calendars import time_zone
    from ketenreis.reports.measured import measure

    zone = time_zone(model) if model.organisation else "UTC"
    terminal.kept = terminal.words("measure.kept")
    return measure(
        _only(model, asked.ctq) if asked.ctq else model,
        store,
        now=moment(asked.now, zone) if asked.now else None,
        splits=asked.split,
        handovers=bool(asked.html),
    )


def moment(said: str, zone: str) -> datetime:
    """A moment as it is typed: without offset in the organisation's time zone; a day means its end.

    Raises:
        UsageError: It is no moment.

    Example:
        >>> moment("2026-11-30", "Europe/Amsterdam").isoformat()
        '2026-12-01T00:00:00+01:00'
        >>> moment("2026-11-30T12:00:00Z", "Europe/Amsterdam").isoformat()
        '2026-11-30T12:00:00+00:00'
    """
    from zoneinfo import ZoneInfo

    try:
        read = datetime.fromisoformat(said)
    except ValueError as refused:
        raise UsageError(
            f"“{said}” is no moment. Write one as 2026-11-30 or 2026-11-30T12:00:00+01:00."
        ) from refused
    if read.tzinfo is None:
        read = read.replace(tzinfo=ZoneInfo(zone))
    is_day = len(said.strip()) == len("2026-11-30") and read.time() == time()
    return read + timedelta(days=1) if is_day else read


def _only(model: "Model", wanted: list[str]) -> "Model":
    """The model with no other requirements than these, and those that they are made of.

    Raises:
        UnknownElementError: One of them is not there.
        UsageError: One of them is no requirement.
    """
    from ketenreis.model import Model
    from ketenreis.requirements import requirement

    for name in wanted:
        if model[name].kind != "ctq":
            raise UsageError(f"{name} is no requirement (CTQ) but a {model[name].schema.en}.")
    measures = [requirement(model[name]).measure for name in wanted]
    parts = [part for measure in measures if measure for part in measure.parts()]
    dropped = {ctq.id for ctq in model.of_kind("ctq")} - {*wanted, *parts}
    return Model.of(
        (element for element in model if element.id not in dropped),
        (edge for edge in model.edges if not {edge.source, edge.target} & dropped),
    )


def show_table(report: "Report", terminal: Terminal) -> None:
    """The requirements as a table on standard output."""
    from ketenreis.reports.table import table

    terminal.show(table(report, terminal.language, colour=terminal.has_colour(terminal.out)))


def write_page(
    report: "Report", file: Path, terminal: Terminal, findings: "Sequence[Finding] | None" = None
) -> None:
    """The report as one HTML file, with the findings of the model where they were looked for."""
    from ketenreis.reports.page import page

    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(report, terminal.language, findings), encoding="utf-8")
    terminal.say(terminal.words("measure.page", file=file))


def _next(report: "Report", asked: Namespace, terminal: Terminal) -> None:
    """What a reader may want to know next."""
    call = f"ketenreis measure {asked.model} --events {asked.events}"
    terminal.say()
    terminal.say(terminal.words("next"))
    if not asked.html:
        terminal.say(f"  {call} --html report.html")
    if report.not_met:
        terminal.say(f"  {call} --ctq {report.not_met[0].requirement.id} --json")
    incomplete = [one for one in report.measured if one.reason and one.reason.reason == "incomplete"]
    unmapped = [one for one in report.measured if one.reason and one.reason.reason == "not_mapped"]
    if unmapped:
        terminal.say(f"  ketenreis events map {asked.events} {asked.model}")
    if incomplete:
        terminal.say(f"  ketenreis show {asked.model} {incomplete[0].requirement.id}")
