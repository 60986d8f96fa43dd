"""The rules that are timed: 21 like those of a permit process, 100 judged per case, and responses that each need a fact of their own."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from benchmarks.log import ACTIVITIES

from ketenreis.quantity import Share, parse_limit
from ketenreis.requirements import EventClass, Measure, Norm, Requirement

Row = tuple[str, dict[str, str], str | None]

RULES: dict[str, Row] = {
    "decided in ten days": ("duration", {"until": "decide"}, "10 days"),
    "confirmed in a minute": ("duration", {"until": "confirm"}, "60 seconds"),
    "done in thirty days": ("duration", {}, "30 days"),
    "complaint answered in five days": ("duration", {"since": "complaint", "until": "answer"}, "5 days"),
    "three contacts": ("at_most", {"event": "call email desk_visit"}, "3"),
    "no complaint": ("absence", {"event": "complaint"}, None),
    "one decision": ("exactly", {"event": "decide"}, None),
    "confirmed": ("existence", {"event": "confirm"}, None),
    "two assessments": ("at_most", {"event": "assess"}, "2"),
    "no payment after closing": ("not_succession", {"a": "close", "b": "pay"}, None),
    "decision before payment": ("precedence", {"a": "decide", "b": "pay"}, None),
    "no complaint with payment": ("not_co_existence", {"a": "pay", "b": "complaint"}, None),
    "registered first": ("init", {"event": "register"}, None),
    "closed last": ("end", {"event": "close"}, None),
    "cost at most 500": ("total", {"attribute": "amount"}, "500"),
    "three channels": ("different", {"attribute": "channel"}, "3"),
    "no assessment twice in a row": ("not_chain_succession", {"a": "assess", "b": "assess"}, None),
    "four switches": ("switches", {"attribute": "channel"}, "4"),
    "no week of silence": ("no_silence_longer_than", {}, "7 days"),
    "notified in a minute": ("response", {"a": "decide", "b": "notify"}, "60 seconds"),
    "information follows request": ("chain_response", {"a": "request_info", "b": "receive_info"}, None),
}
"""Pattern, arguments and limit by name, in the order in which the kernel counts them."""


PAIRS = (
    "decide notify", "request_info receive_info", "register confirm", "complaint answer", "decide pay", "assess decide",
    "email decide", "call decide", "desk_visit decide", "receive_info assess", "confirm decide", "notify pay",
    "pay close", "assess request_info", "call answer", "email answer", "complaint call", "answer close",
    "register decide", "notify close",
)  # fmt: skip
"""Activation and target of response rules; no two share a fact."""


def rule(name: str, pattern: str, arguments: dict[str, str], limit: str | None) -> Requirement:
    """A requirement of a row of the table; the events of an argument are names with spaces between."""
    given = {
        argument: value if argument == "attribute" else EventClass(tuple(value.split()))
        for argument, value in arguments.items()
    }
    norm = Norm(Share(Decimal(1)), None if limit is None else parse_limit(limit))
    return Requirement(name, name, measure=Measure(pattern, given), norms=(norm,))


def twenty_one() -> list[Requirement]:
    """The 21 rules."""
    return [rule(name, *row) for name, row in RULES.items()]


def hundred() -> list[Requirement]:
    """The 20 of the 21 that are judged per case, and 80 more: other limits, other events, the same patterns."""
    rows = {name: row for name, row in RULES.items() if name != "notified in a minute"}
    rows |= dict(islice(_more(), 100 - len(rows)))
    return [rule(name, *row) for name, row in rows.items()]


def _more() -> Iterator[tuple[str, Row]]:
    """Ever more rules judged per case."""
    for limit in (250, 750, 1000):
        yield f"cost at most {limit}", ("total", {"attribute": "amount"}, str(limit))
    for limit in (1, 2, 4):
        yield f"{limit} channels", ("different", {"attribute": "channel"}, str(limit))
    for limit in (1, 2, 3):
        yield f"{limit} switches", ("switches", {"attribute": "channel"}, str(limit))
    for limit in (2, 3, 14):
        yield f"no silence of {limit} days", ("no_silence_longer_than", {}, f"{limit} days")
    for limit in (10, 20, 60):
        yield f"done in {limit} days", ("duration", {}, f"{limit} days")
    others = [name for name in ACTIVITIES if name not in ("register", "close")]
    for one, other in zip(others, [*others[1:], others[0]], strict=True):
        yield f"{one} within five days", ("duration", {"until": one}, "5 days")
        yield f"{one} within three weeks", ("duration", {"until": one}, "3 weeks")
        yield f"{one} at most twice", ("at_most", {"event": one}, "2")
        yield f"{one} never", ("absence", {"event": one}, None)
        yield f"{one} once", ("exactly", {"event": one}, None)
        yield f"{one} before {other}", ("precedence", {"a": one, "b": other}, None)
        yield f"{other} directly after {one}", ("chain_response", {"a": one, "b": other}, None)


def responses(number: int, limit: str = "60 seconds") -> list[Requirement]:
    """So many rules of which each asks for an activation fact of its own."""
    return [
        rule(f"{pair} {limit}", "response", dict(zip("ab", pair.split(), strict=True)), limit)
        for pair in PAIRS[:number]
    ]


def moved(days: int) -> list[Requirement]:
    """The 21 rules with the limits of time moved by so many days."""
    later = {
        name: (pattern, arguments, f"{days} days" if limit and "d" in limit else limit)
        for name, (pattern, arguments, limit) in RULES.items()
    }
    return [rule(name, *row) for name, row in later.items()]
