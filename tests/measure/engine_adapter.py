"""Feeds the engine from the same plain logs and rules as the slow checker: the one place that knows the engine's names."""

import csv
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.logs import Wanted, written
from tests.slow_checker import MISSING, ONCE, OUTSIDE

from ketenreis.conditions import parse
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import END_OF_FILE, Mapping
from ketenreis.measure import activation_verdicts, activations, case_verdicts, cases, judge
from ketenreis.quantity import Attribute, Duration, Share
from ketenreis.requirements import EventClass, Exclusion, Measure, Norm, Requirement

VERDICTS = {1: "fulfilled", 2: "violated", 3: "pending", 4: "not_activated"}
REASONS = {10: MISSING, 11: OUTSIDE}
FIRST_EXCLUSION = 12
MOMENTS = ("deadline", "promised", "opens", "closes")
"""Attributes that hold a moment; in a file they stand as dates."""


@dataclass(frozen=True)
class Answer:
    """What the engine says of a case: like the slow checker's, activations as sorted (seq, verdict)."""

    verdict: str
    reason: str | None
    activations: tuple


def requirement(number, rule):
    """A rule as the product knows it; its id is its number."""
    arguments = {}
    for name, value in rule.items():
        if isinstance(value, Wanted):
            arguments[name] = events(value)
        elif name == "steps":
            arguments[name] = tuple(map(events, value))
        elif name in ("where", "holds"):
            arguments[name] = parse(written(value))
        elif name in ("at_least", "extension"):
            arguments[name] = duration(value)
        elif name in ("match", "times", "attribute", "since_which", "until_which", "opens", "closes"):
            arguments[name] = value
    norms = rule.get("norms", [(None, None)])
    population = rule.get("population")
    return Requirement(
        id=f"rule-{number}",
        name=f"rule {number}",
        measure=Measure(rule["pattern"], arguments),
        norms=tuple(Norm(Share(Decimal(1)), limit(each), since) for since, each in norms),
        population=None if population is None else parse(written(population)),
        exclusions=tuple(
            Exclusion(parse(written(where)), reason) for where, reason in rule.get("exclusions", ())
        ),
        tolerance=duration(rule["tolerance"]) if "tolerance" in rule else None,
    )


def events(wanted):
    return EventClass(wanted.elements, where=None if wanted.where is None else parse(written(wanted.where)))


def duration(us):
    return Duration(Decimal(us) / 1_000_000, "second")


def limit(each):
    match each:
        case None:
            return None
        case "us", us:
            return duration(us)
        case "number", number:
            return Decimal(str(number))
        case "attribute", name:
            return Attribute(name)
    raise ValueError(each)


def answers(judging, rules):
    """Per rule, per case, the engine's answer; None where it says that the rule cannot be judged."""
    found = []
    for number, rule in enumerate(rules):
        name = f"rule-{number}"
        if name in judging.cannot:
            found.append(None)
            continue
        reasons = REASONS | {
            FIRST_EXCLUSION + i: why for i, (_, why) in enumerate(rule.get("exclusions", ()))
        }
        acts = {}
        if judging.detail == "full" and rule["pattern"] not in ONCE:
            for case, seq, code in activation_verdicts(judging, name):
                acts.setdefault(case, []).append((seq, VERDICTS.get(code)))
        found.append(
            {
                case: Answer(
                    VERDICTS.get(code, "excluded"),
                    reasons.get(code),
                    tuple(sorted(acts.get(case, ()), key=str)),
                )
                for case, code in case_verdicts(judging, name)
            }
        )
    return found


def store_of(log, folder):
    """The log as a file, imported; a case without events is a line with nothing but its case."""
    folder = Path(folder)
    of_events = sorted({name for row in log.rows for name in row.attributes})
    of_cases = sorted({name for values in log.cases.values() for name in values})
    with (folder / "log.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["case", "event", "time", *of_events, *(f"case:{name}" for name in of_cases)])
        for row in log.rows:
            case = log.cases[row.case]
            out.writerow(
                [
                    row.case,
                    row.label,
                    moment(row.us),
                    *(cell(name, row.attributes.get(name)) for name in of_events),
                    *(cell(name, case.get(name)) for name in of_cases),
                ]
            )
        for name in log.cases.keys() - {row.case for row in log.rows}:
            case = log.cases[name]
            out.writerow(
                [name, "", "", *("" for _ in of_events), *(cell(each, case.get(each)) for each in of_cases)]
            )
    mapping = Mapping(
        columns={"case": "case", "activity": "event", "time": "time"},
        closed=log.closing[0] if log.closing else END_OF_FILE,
        labels=log.mapping,
    )
    return import_events(folder / "log.csv", folder / "events", mapping).store


def cell(name, value):
    if value is None:
        return ""
    return moment(value) if name in MOMENTS else str(value)


def moment(us):
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)).isoformat(timespec="microseconds")


@contextmanager
def stored(log):
    """The event store of a log, for as long as it is looked at."""
    with TemporaryDirectory() as folder:
        yield store_of(log, folder)


def judged(store, log, rules, now=None, **options):
    """Per rule, per case, the engine's answer."""
    wanted = [requirement(number, rule) for number, rule in enumerate(rules)]
    with judge(store, wanted, now=now, zone=log.zone, **options) as judging:
        return answers(judging, rules)


def counted(store, log, rules, now=None, **options):
    """Per rule the number of cases by verdict, and of activations by verdict; None where it cannot be judged."""
    wanted = [requirement(number, rule) for number, rule in enumerate(rules)]
    with judge(store, wanted, now=now, zone=log.zone, **options) as judging:
        of_cases = cases(judging)
        return [
            None
            if one.id in judging.cannot
            else (plain(of_cases[one.id]), plain(activations(judging, one.id)))
            for one in wanted
        ]


def counted_under_the_newest(store, log, rules, now=None):
    """Per rule the number of cases by verdict as if its newest norm had always held; None for rules that never changed."""
    wanted = [requirement(number, rule) for number, rule in enumerate(rules)]
    with judge(store, wanted, now=now, zone=log.zone) as judging:
        found = cases(judging, current=True)
        return [plain(found[one.id]) if one.id in found else None for one in wanted]


def plain(counts):
    """Numbers by verdict, without the zeros."""
    found = {
        "fulfilled": counts.fulfilled,
        "violated": counts.violated,
        "pending": counts.pending,
        "not_activated": counts.not_activated,
        "excluded": sum((counts.excluded or {}).values()),
    }
    return {verdict: number for verdict, number in found.items() if number}
