"""Logs and rules as plain data, from which the slow checker and the engine are fed alike.

A condition is a nested tuple: ("=", "channel", "web"), ("in", "channel", ("web", "desk")), ("missing", "channel"),
("not", c), ("and", c, …), ("or", c, …). A right-hand side ("name", "b.parcel") is another attribute.

A rule is a dict like the slow checker's, with conditions as such tuples, event classes as `Wanted`, durations in
microseconds, norms as (day or None, limit), and a limit as None, ("us", n), ("number", n) or ("attribute", name).
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from tests import slow_checker

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
BASE = round(datetime(2024, 5, 6, tzinfo=UTC).timestamp()) * SECOND
"""Monday 6 May 2024, midnight in UTC."""
TRUE, FALSE = "true", "false"
"""A truth, as the conditions of the product take it: the same as its word."""


@dataclass(frozen=True)
class Wanted:
    """An event class: these elements (none: every event), where this holds."""

    elements: tuple = ()
    where: tuple | None = None


@dataclass(frozen=True)
class Row:
    """One line of a file of events."""

    case: str
    label: str
    us: int
    attributes: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Log:
    """Events as they stand in the file, every case with its attributes, and what the mapping says.

    Attributes:
        rows: In the order of the file.
        cases: Attributes of every case, also of those without events.
        mapping: The elements of each label.
        closing: The labels that close a case; none: every case is closed at now.
        zone: The organisation's time zone.
    """

    rows: tuple
    cases: dict
    mapping: dict
    closing: tuple = ()
    zone: str = "UTC"

    def __repr__(self):
        return f"Log of {len(self.rows)} rows in {len(self.cases)} cases, closed by {self.closing or 'the end of the file'}"


def slow_cases(log):
    """The log as the slow checker reads it."""
    found = []
    for name, attributes in log.cases.items():
        rows = sorted((row for row in log.rows if row.case == name), key=lambda row: row.us)
        events = [
            slow_checker.Event(row.us, frozenset(log.mapping.get(row.label, ())), row.attributes)
            for row in rows
        ]
        closings = tuple(row.us for row in rows if row.label in log.closing)
        found.append(slow_checker.Case(events, attributes, closings, name))
    return found


def slow_rule(rule, zone="UTC"):
    """The rule as the slow checker reads it."""
    found = {}
    for key, value in rule.items():
        if isinstance(value, Wanted):
            found[key] = slow_checker.Events(
                value.elements, None if value.where is None else asked(value.where)
            )
        elif key == "steps":
            found[key] = tuple(slow_rule({"step": step}, zone)["step"] for step in value)
        elif key == "where":
            found[key] = asked_of_two(value)
        elif key in ("holds", "population"):
            found[key] = asked(value)
        elif key == "exclusions":
            found[key] = [(asked(condition), reason) for condition, reason in value]
        elif key == "norms":
            found[key] = [(midnight(day, zone), plain_limit(limit)) for day, limit in value]
        else:
            found[key] = value
    return found


def slow_verdicts(log, rule, now=None):
    """What the slow checker makes of every case that exists."""
    return slow_checker.judge_log(
        slow_cases(log), slow_rule(rule, log.zone), now, end_of_file=not log.closing
    )


def midnight(day: date | None, zone: str):
    return None if day is None else round(datetime.combine(day, time(), ZoneInfo(zone)).timestamp()) * SECOND


def plain_limit(limit):
    return limit if limit is None or limit[0] == "attribute" else limit[1]


def asked(condition):
    return lambda lookup: answer(condition, lookup)


def asked_of_two(condition):
    def ask(a, b):
        both = {f"a.{name}": value for name, value in a.items()} | {
            f"b.{name}": value for name, value in b.items()
        }
        return answer(condition, both)

    return ask


def answer(condition, lookup):
    """True, False, or None where a missing value leaves it open (Kleene)."""
    operator, *rest = condition
    if operator == "not":
        inner = answer(rest[0], lookup)
        return None if inner is None else not inner
    if operator in ("and", "or"):
        answers = [answer(part, lookup) for part in rest]
        decisive = operator == "or"
        if decisive in answers:
            return decisive
        return None if None in answers else not decisive
    left = lookup.get(rest[0])
    if operator == "missing":
        return left is None
    if operator == "in":
        return None if left is None else left in rest[1]
    right = lookup.get(rest[1][1]) if isinstance(rest[1], tuple) else rest[1]
    if left is None or right is None:
        return None
    return {
        "=": left == right, "!=": left != right, "<": left < right,
        "<=": left <= right, ">": left > right, ">=": left >= right,
    }[operator]  # fmt: skip


def written(condition):
    """The condition in the product's own language."""
    operator, *rest = condition
    if operator == "not":
        return f"not ({written(rest[0])})"
    if operator in ("and", "or"):
        return f" {operator} ".join(f"({written(part)})" for part in rest)
    if operator == "missing":
        return f"{rest[0]} is missing"
    if operator == "in":
        return f"{rest[0]} in ({', '.join(map(value_written, rest[1]))})"
    return f"{rest[0]} {operator} {value_written(rest[1])}"


def value_written(value):
    if isinstance(value, tuple):
        return value[1]
    return f'"{value}"' if isinstance(value, str) else str(value)
