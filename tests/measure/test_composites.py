"""Rules made of rules, messages that are only valid for a while, and the window that was last promised."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest

from ketenreis.conditions import parse
from ketenreis.events.from_rows import write_store
from ketenreis.measure import case_verdicts, judge
from ketenreis.quantity import Duration, Share, parse_limit
from ketenreis.requirements import EventClass, Exclusion, Measure, Norm, Requirement

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
VERDICT = {1: "fulfilled", 2: "violated", 3: "pending", 4: "not activated"}
ALL = Share(Decimal(1))


def hour(number):
    return START + timedelta(hours=number)


def rule(name, pattern, limit=None, exclusions=(), **arguments):
    norm = Norm(ALL, parse_limit(limit) if limit else None)
    return Requirement(name, name, measure=Measure(pattern, arguments), norms=(norm,), exclusions=exclusions)


def events(*labels):
    return EventClass(labels)


def verdicts(folder, cases, rules, **options):
    """The verdict of each case by the last rule."""
    rows = [(str(n), label, at, more) for n, case in enumerate(cases) for label, at, more in case]
    labels = {label: label for _, label, _, _ in rows}
    labels |= {name: name for one in rules for name in one.measure.elements()}
    store = write_store(folder / "store", rows, labels=labels, **options)
    with judge(store, rules) as judging:
        assert not judging.cannot
        found = dict(case_verdicts(judging, rules[-1].id))
    return [VERDICT.get(found[str(n)], "excluded") for n in range(len(cases))]


def letters(text, closed=True):
    return [(label, hour(n), {}) for n, label in enumerate(text)] + (
        [("z", hour(len(text)), {})] if closed else []
    )


# The parts of the tables below: a must come and b may not. What each case says of them, open or closed.
PARTS = [rule("has-a", "existence", event=events("a")), rule("no-b", "absence", event=events("b"))]


@pytest.mark.parametrize(
    ("pattern", "case", "closed", "expected"),
    [
        ("all_of", "a", True, "fulfilled"),
        ("all_of", "ab", True, "violated"),
        ("all_of", "c", True, "violated"),
        ("all_of", "b", True, "violated"),
        ("all_of", "a", False, "pending"),
        ("all_of", "b", False, "violated"),
        ("any_of", "a", True, "fulfilled"),
        ("any_of", "ab", True, "fulfilled"),
        ("any_of", "c", True, "fulfilled"),
        ("any_of", "b", True, "violated"),
        ("any_of", "a", False, "fulfilled"),
        ("any_of", "b", False, "pending"),
    ],
)
def test_and_and_or_of_two_rules_by_hand(tmp_path, pattern, case, closed, expected):
    whole = rule("whole", pattern, of=("has-a", "no-b"))
    assert verdicts(tmp_path, [letters(case, closed)], [*PARTS, whole], closed="z") == [expected]


def test_and_and_or_treat_every_mix_of_answers_as_a_table_of_three(tmp_path):
    """Three parts that each answer in all five ways, told by one letter a part: fulfilled, violated, pending, nothing, excluded."""
    parts = [
        rule(
            f"part-{p}",
            "response",
            None,
            (Exclusion(parse(f'x{p} = "yes"'), "left out"),),
            a=events(f"ask{p}"),
            b=events(f"say{p}"),
        )
        for p in range(3)
    ]
    kinds = ("fulfilled", "violated", "pending", "not activated", "excluded")
    cases, expected_all, expected_any = [], [], []
    for mix in product(kinds, repeat=3):
        if {"violated", "pending"} <= set(mix):
            continue  # a case is open or closed, so these two do not meet
        case = [
            ("begin", hour(0), {f"x{p}": "yes" if kind == "excluded" else "no" for p, kind in enumerate(mix)})
        ]
        for p, kind in enumerate(mix):
            if kind != "not activated":
                case.append((f"ask{p}", hour(1 + p), {}))
            if kind == "fulfilled":
                case.append((f"say{p}", hour(5 + p), {}))
        if "pending" not in mix:
            case.append(("z", hour(9), {}))
        cases.append(case)
        order_all = ("violated", "excluded", "pending", "fulfilled", "not activated")
        order_any = ("fulfilled", "excluded", "pending", "violated", "not activated")
        expected_all.append(next(kind for kind in order_all if kind in mix))
        expected_any.append(next(kind for kind in order_any if kind in mix))
    of = tuple(part.id for part in parts)
    options = {"closed": "z", "case_attributes": ["x0", "x1", "x2"]}
    cases = [[(label, at, case[0][2]) for label, at, _ in case] for n, case in enumerate(cases)]
    assert verdicts(tmp_path, cases, [*parts, rule("w", "all_of", of=of)], **options) == expected_all
    assert verdicts(tmp_path, cases, [*parts, rule("w", "any_of", of=of)], **options) == expected_any


def test_success_and_failure_are_only_said_when_the_observation_window_has_closed(tmp_path):
    whole = rule("whole", "all_of", of=("has-a", "no-b"), observe=Duration.parse("30 days"))
    later = ("x", START + timedelta(days=30, hours=3))
    cases = [
        letters("a"),
        letters("ab"),
        [(later[0], later[1], {}), ("z", later[1], {})],
        [("a", START + timedelta(hours=4), {}), ("z", START + timedelta(hours=4), {})],
    ]
    assert verdicts(tmp_path, cases, [*PARTS, whole], closed="z") == [
        "fulfilled",
        "violated",
        "pending",
        "pending",
    ]


def test_a_rule_made_of_what_cannot_be_judged_cannot_be_judged(tmp_path):
    store = write_store(tmp_path / "s", [("1", "a", START, {})], labels={"a": "a"})
    with judge(store, [PARTS[0], rule("whole", "all_of", of=("has-a", "elsewhere"))]) as judging:
        assert judging.cannot["whole"][1].said == ("elsewhere",)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("xm", "fulfilled"),
        ("m", "violated"),
        ("xym", "violated"),
        ("xmy", "fulfilled"),
        ("xmym", "violated"),
        ("xy", "not activated"),
    ],
)
def test_a_message_is_only_true_between_two_events(tmp_path, case, expected):
    valid = rule("valid", "only_between", event=events("m"), since=events("x"), until=events("y"))
    assert verdicts(tmp_path, [letters(case)], [valid], closed="z") == [expected]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("promise", 0, 5, 7), ("delivered", 6)], "fulfilled"),
        ([("promise", 0, 5, 7), ("delivered", 7)], "fulfilled"),
        ([("promise", 0, 5, 7), ("delivered", 8)], "violated"),
        ([("promise", 0, 5, 7), ("delivered", 4)], "violated"),  # too early is not as promised either
        (
            [("promise", 0, 5, 7), ("promise", 1, 9, 11), ("delivered", 10)],
            "fulfilled",
        ),  # the customer moved it
        ([("promise", 0, 5, 7), ("promise", 1, 9, 11), ("delivered", 6)], "violated"),
        (
            [("promise", 0, 5, 7), ("moved", 1, 9, 11), ("delivered", 10)],
            "violated",
        ),  # the organisation moved it
        (
            [("promise", 0, 5, 7), ("delivered", 6), ("promise", 8, 9, 11)],
            "fulfilled",
        ),  # a promise afterwards is no matter
        ([("promise", 0, 5, 70)], "pending"),
        ([("promise", 0, 5, 7)], "violated"),
        ([("delivered", 6)], "not activated"),
    ],
)
def test_the_window_of_the_last_promise_that_counts(tmp_path, steps, expected):
    window = rule(
        "window",
        "in_window",
        event=events("delivered"),
        promise=events("promise"),
        opens="opens",
        closes="closes",
    )
    case = [
        (label, hour(at), {"opens": hour(edges[0]), "closes": hour(edges[1])} if edges else {})
        for label, at, *edges in steps
    ]
    other = [("promise", hour(59), {"opens": hour(61), "closes": hour(62)}), ("end", hour(60), {})]
    assert verdicts(tmp_path, [case, other], [window], closed="end")[0] == expected
