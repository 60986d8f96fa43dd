"""DECLARE's truth table, cell by cell, and every short trace, by four ways: the printed table, LTLf, the slow checker, the engine."""

from itertools import product

import pytest
from tests.logs import BASE, SECOND, Log, Row, Wanted
from tests.ltlf import COUNTED, ENDS, TEMPLATES, holds
from tests.measure.engine_adapter import judged, stored
from tests.slow_checker import Case, Event, Events, judge

TRACES = ("", "c", "a", "b", "ab", "ba", "aab", "abb", "aba", "acb", "abab", "bab")

# Methods §5.1; T holds, a dot does not.
TABLE = {
    ("existence", 1): ". . T . T T T T T T T T",
    ("existence", 2): ". . . . . . T . T . T .",
    ("absence", 2): "T T T T T T . T . T . T",
    ("exactly", 1): ". . T . T T . T . T . T",
    ("init", 0): ". . T . T . T T T T T .",
    ("end", 0): ". . T . . T . . T . . .",
    ("exclusive_choice", 0): ". . T T . . . . . . . .",
    ("responded_existence", 0): "T T . T T T T T T T T T",
    ("co_existence", 0): "T T . . T T T T T T T T",
    ("response", 0): "T T . T T . T T . T T T",
    ("precedence", 0): "T T T . T . T T T T T .",
    ("succession", 0): "T T . . T . T T . T T .",
    ("alternate_response", 0): "T T . T T . . T . T T T",
    ("alternate_precedence", 0): "T T T . T . T . T T T .",
    ("chain_response", 0): "T T . T T . . T . . T T",
    ("chain_precedence", 0): "T T T . T . T . T . T .",
    ("not_co_existence", 0): "T T T T . . . . . . . .",
    ("not_succession", 0): "T T T T . T . . . . . .",
    ("not_chain_succession", 0): "T T T T . T . . . T . .",
}
CELLS = [
    (name, n, trace, mark == "T")
    for (name, n), row in TABLE.items()
    for trace, mark in zip(TRACES, row.split(), strict=True)
]
SHORT = ["".join(letters) for size in range(7) for letters in product("abc", repeat=size)]
RULES = [
    *((name, 0) for name in (*TEMPLATES, *ENDS)),
    *((name, n) for name in COUNTED for n in (1, 2, 3)),
]


def formula(name, n):
    if name in COUNTED:
        return COUNTED[name](n, "a")
    return ENDS[name]("a") if name in ENDS else TEMPLATES[name]("a", "b")


def rule(name, n):
    a, b = Events(("a",)), Events(("b",))
    return {"pattern": name, "a": a, "b": b, "event": a, "times": n}


def case(trace, *, name=""):
    return Case(
        [Event(second * 1_000_000, frozenset(letter)) for second, letter in enumerate(trace)], name=name
    )


def checked(trace, wanted, *, closed=True):
    return judge(case(trace), wanted, len(trace) * 1_000_000, end_of_file=closed).verdict


def test_the_table_has_nineteen_rows_and_the_formulas_are_of_all_twenty_one_templates():
    assert len(TABLE) == 19
    assert len({name for name, _ in RULES}) == 21


@pytest.mark.parametrize(("name", "n", "trace", "expected"), CELLS)
def test_each_cell_is_what_the_formula_says(name, n, trace, expected):
    assert holds(formula(name, n), trace) is expected


@pytest.mark.parametrize(("name", "n", "trace", "expected"), CELLS)
def test_each_cell_is_what_the_slow_checker_says(name, n, trace, expected):
    assert (checked(trace, rule(name, n)) in ("fulfilled", "not_activated")) is expected


@pytest.mark.parametrize(("name", "n"), RULES)
def test_every_trace_up_to_six_letters_gets_the_verdict_of_its_formula(name, n):
    wanted, written = rule(name, n), formula(name, n)
    different = [
        trace
        for trace in SHORT
        if (checked(trace, wanted) in ("fulfilled", "not_activated")) is not holds(written, trace)
    ]
    assert different == []


@pytest.mark.parametrize(("name", "n"), RULES)
def test_an_open_case_is_violated_exactly_when_no_future_can_save_it(name, n):
    # Two letters are enough to save any of these rules, and one to spoil it: three is more than enough.
    wanted, written = rule(name, n), formula(name, n)
    futures = [future for future in SHORT if len(future) <= 3]
    for trace in SHORT:
        if len(trace) > 4:
            continue
        could = {holds(written, trace + future) for future in futures}
        verdict = checked(trace, wanted, closed=False)
        assert (verdict == "violated") is (could == {False}), (trace, verdict)
        if verdict == "pending":
            assert could == {True, False}, trace
        if verdict == "fulfilled":
            assert holds(written, trace), trace


def engine_on(traces, closing):
    """What the engine says of every rule on every trace: one log, each trace a case."""
    rows = [
        Row(trace, letter, BASE + second * SECOND) for trace in traces for second, letter in enumerate(trace)
    ]
    log = Log(
        tuple(rows),
        {trace or "empty": {} for trace in traces},
        {letter: (letter,) for letter in "abcz"},
        closing,
    )
    wanted = [
        {**rule(name, n), "a": Wanted(("a",)), "b": Wanted(("b",)), "event": Wanted(("a",))}
        for name, n in RULES
    ]
    with stored(log) as store:
        return judged(store, log, [{key: one[key] for key in keys(one)} for one in wanted])


def keys(one):
    """The arguments that this pattern has."""
    if one["pattern"] in COUNTED:
        return ("pattern", "event", "times")
    return ("pattern", "event") if one["pattern"] in ENDS else ("pattern", "a", "b")


def test_the_engine_gives_every_trace_up_to_six_letters_the_verdict_of_its_formula():
    for (name, n), said in zip(RULES, engine_on(SHORT, ()), strict=True):
        written = formula(name, n)
        wrong = [
            trace
            for trace in SHORT
            if (said[trace or "empty"].verdict in ("fulfilled", "not_activated")) is not holds(written, trace)
        ]
        assert wrong == [], (name, n)


def test_the_engine_and_the_slow_checker_say_the_same_of_every_open_trace_up_to_six_letters():
    for (name, n), said in zip(RULES, engine_on(SHORT, ("z",)), strict=True):
        wanted = rule(name, n)
        wrong = [
            trace for trace in SHORT if said[trace or "empty"].verdict != checked(trace, wanted, closed=False)
        ]
        assert wrong == [], (name, n)
