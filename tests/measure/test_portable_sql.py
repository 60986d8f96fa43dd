"""The one SQL text must run unchanged on engines that disagree on much: the rules that made it so, held here."""

import re
from dataclasses import replace
from itertools import cycle, product
from zoneinfo import ZoneInfo

import pytest

from ketenreis.calendars import Calendar
from ketenreis.conditions import parse
from ketenreis.measure.case_facts import CaseFacts
from ketenreis.measure.clauses import Moment
from ketenreis.measure.facts import Scope
from ketenreis.measure.log import Codes, Column, Log
from ketenreis.measure.planning import Planner
from ketenreis.quantity import Duration, Share, parse_limit
from ketenreis.requirements import PATTERNS, EventClass, Exclusion, Measure, Norm, Requirement

LOG = Log(
    object="order",
    cases=10,
    first_us=0,
    last_us=10**9,
    end_of_file=False,
    columns={
        "channel": Column("channel", "a_channel", "category", "event", values=("web", "desk")),
        "bank": Column("bank", "a_bank", "category", "case", values=("A", "B")),
        "euros": Column("euros", "a_euros", "number", "event", scale=2),
        "deadline": Column("deadline", "a_deadline", "moment", "case"),
        "allowed": Column("allowed", "a_allowed", "number", "case"),
    },
    labels=("paid", "sent"),
    classes={"paid": Codes((0,)), "sent": Codes((1,))},
)
PAID, SENT = EventClass(("paid",)), EventClass(("sent",), where=parse("channel = web and bank = A"))
VALUES = {
    "condition": parse("a.channel = b.channel"),
    "duration": Duration.parse("2 seconds"),
    "whole": 2,
    "attribute": "channel",
    "calendar": "desk",
    "ctqs": (),
    "event_classes": (PAID, SENT),
}
DESK = {"desk": Calendar.from_plain({"name": "desk", "hours": {"monday": "9:00-17:00"}})}
LIMITS = {"duration": "1 hour", "moment": "deadline", "whole": "2", "number": "allowed"}


def measures(pattern):
    """A measure of a pattern with little, and one with everything it takes."""
    classes = cycle([PAID, SENT, EventClass()])
    full, bare = {}, {}
    for argument in pattern.arguments:
        if argument.type == "event_class":
            full[argument.name] = next(classes)
        elif argument.type == "choice":
            full[argument.name] = argument.choices[-1].key
        else:
            full[argument.name] = VALUES[argument.type]
        if argument.required:
            bare[argument.name] = full[argument.name]
    if pattern.argument("clock"):
        full["clock"] = "desk"
    if pattern.name == "total":
        full["attribute"] = bare["attribute"] = "euros"
    if pattern.name == "in_window":
        full["opens"] = full["closes"] = bare["closes"] = "deadline"
    if pattern.name == "payload":
        full["holds"] = bare["holds"] = parse("channel = web")
    full.pop("match", None)
    yield Measure(pattern.name, bare)
    yield Measure(pattern.name, full)
    if pattern.argument("match"):
        yield Measure(pattern.name, {**{k: v for k, v in full.items() if k != "where"}, "match": "fifo"})


def texts(pattern):
    """Every SQL text that a pattern can become."""
    zone = ZoneInfo("Europe/Amsterdam")
    for measure in measures(pattern):
        limits = [None, *(LIMITS[kind] for kind in pattern.limits)]
        if "duration" in pattern.limits and pattern.form != "silence":
            limits.append("2 working days")
        for limit in limits:
            norm = Norm(Share.parse("90%"), parse_limit(limit) if limit else None)
            wanted = Requirement(
                "c",
                "C",
                None,
                measure,
                (norm,),
                parse("bank = A"),
                (Exclusion(parse("bank is missing"), "no bank"),),
            )
            for scope, log in product((Scope(), Scope(10**8, (0, 5))), (LOG, replace(LOG, largest=30))):
                for detail in ("full", "cases"):
                    facts = CaseFacts(log, zone, scope)
                    moment = Moment(10**8, end_of_file=False)
                    planner = Planner(log, zone, moment, scope, facts, detail, DESK)
                    plan = planner.plan(wanted)
                    yield from plan.facts.values()
                    yield from plan.activations
                    verdict = plan.verdict or planner.together(
                        replace(plan, parts=("x", "y")), {"x": 0, "y": 1}
                    )
                    yield from (text for text in (facts.sql(), plan.query, f"SELECT {verdict}") if text)


REFUSED = {
    "FILTER on aggregates": r"\bFILTER\s*\(",
    "DISTINCT aggregates": r"\bDISTINCT\b",
    "lists and structs": r"[\[\]{}]",
    "casts with colons": r"::",
    "arithmetic on timestamps": r"\b(INTERVAL|TIMESTAMP|EPOCH\w*|DATE_\w+)\b",
    "QUALIFY": r"\bQUALIFY\b",
    "quoted text": r"['\"]",
    "DuckDB's own aggregates": r"\b(ARG_M(IN|AX)|BIT_\w+|LIST\w*|STRING_AGG|ANY_VALUE|QUANTILE\w*)\b",
    "boolean literals": r"\b(TRUE|FALSE)\b",
    "USING": r"\bUSING\b",
    "an implicit alias": r"\b(FROM|JOIN) \w+ (?!AS\b|WHERE\b|ON\b|GROUP\b)\w+",
    "ASOF or positional joins": r"\b(ASOF|POSITIONAL|LATERAL)\b",
}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_the_text_uses_nothing_that_only_some_engines_have(pattern):
    for text in texts(pattern):
        for what, expression in REFUSED.items():
            assert not re.search(expression, text, re.IGNORECASE), f"{what}: {text}"


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_derived_table_has_an_alias(pattern):
    for text in texts(pattern):
        for start in re.finditer(r"\b(?:FROM|JOIN) \(", text):
            assert re.match(r" AS \w+", text[closing(text, start.end() - 1) + 1 :]), text


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_an_alias_never_hides_another_column(pattern):
    stored = {"case_no", "seq", "us", "activity", "next_us", "prev_us", "next_activity", "prev_activity"}
    for text in texts(pattern):
        for found in re.finditer(r"(\S+) AS (\w+)", text):
            # A span's own rows (s) hold nothing but its start, so there is no column to hide.
            if found[2] in stored and not found[1].startswith("s.start_"):
                assert found[1].endswith(f".{found[2]}"), found[0]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_window_over_rows_says_its_frame_or_orders_by_the_case_alone(pattern):
    for text in texts(pattern):
        for found in re.finditer(r"(MIN|MAX|SUM)\([^()]*(?:\([^()]*\)[^()]*)*\) OVER \(([^()]*)\)", text):
            assert "ORDER BY" not in found[2] or "BETWEEN" in found[2], found[0]


def closing(text, opening):
    depth = 0
    for at in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    raise AssertionError(text)


def test_the_lint_bites():
    with pytest.raises(AssertionError):
        assert not re.search(REFUSED["FILTER on aggregates"], "SELECT COUNT(*) FILTER (WHERE a = 1)")
    assert re.search(REFUSED["an implicit alias"], "SELECT 1 FROM events e WHERE 1 = 1")
