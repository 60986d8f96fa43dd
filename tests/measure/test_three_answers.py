"""Three answers that must agree: what was counted by hand, the slow checker, and the engine."""

import re
from collections import Counter, defaultdict
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.hand_counted import HAND_COUNTED, together
from tests.logs import BASE, Log, Row, Wanted, slow_verdicts
from tests.measure.engine_adapter import counted, counted_under_the_newest, judged, stored
from tests.slow_checker import MISSING, ONCE
from tests.strategies import LIMIT_OF, Situation, logs, moments, rules, situations

from ketenreis.events import normal
from ketenreis.measure import judging


def drawn(examples):
    """Large drawings, not made smaller when one fails: the message holds the smallest case that differs, and its rule."""
    return settings(
        max_examples=examples,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,
        ],
    )


@pytest.fixture(scope="module")
def engine_said():
    """The engine's answer on every hand-counted case; many stand in one log, and are judged each at their own moment."""
    logs_of = defaultdict(lambda: defaultdict(list))
    for each in HAND_COUNTED:
        logs_of[each.zone, each.open, each.now_us is None][each.now_us].append(each)
    said = {}
    for moments_of in logs_of.values():
        log = together([each for group in moments_of.values() for each in group])
        with stored(log) as store:
            for now, group in moments_of.items():
                found = judged(store, log, [each.rule for each in group], now)
                said |= {
                    each.name: answers and answers[each.name]
                    for each, answers in zip(group, found, strict=True)
                }
    return said


def test_each_hand_counted_case_has_a_name_of_its_own():
    assert max(Counter(each.name for each in HAND_COUNTED).values()) == 1


@pytest.mark.parametrize("each", HAND_COUNTED, ids=lambda each: each.name)
def test_the_engine_says_what_was_counted_by_hand(each, engine_said):
    answer = engine_said[each.name]
    assert answer is not None, "the engine cannot judge it"
    assert (answer.verdict, answer.reason) == (each.verdict, each.reason)
    if each.activations:
        slow = slow_verdicts(each.log, each.rule, each.now_us)["case"]
        assert sorted(answer.activations) == sorted((seq, verdict) for _, seq, verdict in slow.activations)


def must_agree(log, wanted, now, found, *, acts=True):
    """Fails with the smallest case on which slow checker and engine differ, and its rule."""
    wrong = disagreements(log, wanted, now, found, acts=acts)
    if wrong:
        _, rule, case, expected, said, rows = min(wrong, key=lambda each: each[0])
        events = "\n".join(
            f"    {row.label} {row.us} {row.attributes}" for row in sorted(rows, key=lambda row: row.us)
        )
        pytest.fail(
            f"{len(wrong)} differ; the smallest:\n  rule {rule}\n  case {case}\n  slow checker {expected}\n  engine {said}\n"
            f"  now {now}, {log!r}\n{events}"
        )


def disagreements(log, wanted, now, found, *, acts=True):
    """Every case on which slow checker and engine differ: its size, the rule, the case, both answers, its events.

    Of an excluded case the activations do not matter. A rule may be unjudgeable only where the log never shows what it asks.
    """
    wrong = []
    for rule, engine in zip(wanted, found, strict=True):
        if engine is None:
            if not never_seen(log, rule):
                wrong.append((0, rule, None, None, "cannot be judged", []))
            continue
        slow = slow_verdicts(log, rule, now)
        for name in sorted({*slow, *engine}):
            with_acts = (
                acts and rule["pattern"] not in ONCE and name in slow and slow[name].verdict != "excluded"
            )
            expected = said = None
            if name in slow:
                of_slow = sorted((seq, verdict) for _, seq, verdict in slow[name].activations)
                expected = slow[name].verdict, slow[name].reason, of_slow if with_acts else []
            if name in engine:
                of_engine = sorted(engine[name].activations) if with_acts else []
                said = engine[name].verdict, engine[name].reason, of_engine
            if expected != said:
                events = [row for row in log.rows if row.case == name]
                wrong.append((len(events), rule, log.cases[name], expected, said, events))
    return wrong


def never_seen(log, rule):
    """Whether a rule asks for an attribute that has no value in the whole log: then nobody knows of which type it is."""
    shown = {name for row in log.rows for name, value in row.attributes.items() if value is not None}
    shown |= {name for case in log.cases.values() for name, value in case.items() if value is not None}
    named = {*log.rows[0].attributes, *next(iter(log.cases.values()))}
    return any(re.search(rf"['.]{name}'", repr(rule)) for name in named - shown)


@pytest.mark.parametrize("operator", ["=", "!=", "<", "<="])
def test_comparing_an_attribute_that_never_has_a_value_leaves_us_unable_to_say(operator):
    rows = (Row("case", "a", BASE, {"empty": None}), Row("case", "b", BASE, {"empty": None}))
    log = Log(rows, {"case": {}}, {"a": ("a",), "b": ("b",)})
    rule = {
        "pattern": "response",
        "a": Wanted(("a",)),
        "b": Wanted(("b",)),
        "where": (operator, "a.empty", ("name", "b.empty")),
    }
    with stored(log) as store:
        (found,) = judged(store, log, [rule])
    assert found is None or (found["case"].verdict, found["case"].reason) == ("excluded", MISSING)


@drawn(11)
@given(situations())
def test_the_engine_agrees_with_the_slow_checker_on_every_case_and_activation(situation):
    log, wanted, now = situation
    with stored(log) as store:
        must_agree(log, wanted, now, judged(store, log, wanted, now))


@drawn(3)
@given(situations(), st.sampled_from((40, 100)))
def test_how_the_engine_goes_about_it_changes_no_verdict(situation, at_once):
    log, wanted, now = situation
    with pytest.MonkeyPatch.context() as patch, stored(log) as store:
        quick = judged(store, log, wanted, now, detail="cases")
        patch.setattr(judging, "EVENTS_AT_ONCE", at_once)
        patch.setattr(judging, "JUDGED_AT_ONCE", 5)
        in_ranges = judged(store, log, wanted, now)
        quick_in_ranges = judged(store, log, wanted, now, detail="cases")
    must_agree(log, wanted, now, quick, acts=False)
    must_agree(log, wanted, now, in_ranges)
    must_agree(log, wanted, now, quick_in_ranges, acts=False)


@drawn(2)
@given(situations())
def test_values_kept_in_a_file_of_their_own_give_the_same_verdicts(situation):
    log, wanted, now = situation
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(normal, "LARGE_DICTIONARY", 1)
        with stored(log) as store:
            must_agree(log, wanted, now, judged(store, log, wanted, now))


@st.composite
def moved(draw):
    """A situation, and the same rules under other limits at another moment."""
    one = draw(situations())
    rules_ = [
        rule | {"norms": [(date(2024, 5, 7), draw(LIMIT_OF[rule["pattern"]]))]} if "norms" in rule else rule
        for rule in one.rules
    ]
    return one, Situation(one.log, rules_, draw(moments(one.log)))


@drawn(3)
@given(pair=moved())
def test_facts_kept_from_another_limit_and_another_moment_give_the_same_verdicts(pair, tmp_path_factory):
    cache = tmp_path_factory.mktemp("facts")
    with stored(pair[0].log) as store:
        for log, wanted, now in pair:
            must_agree(log, wanted, now, judged(store, log, wanted, now, cache=cache))


@drawn(3)
@given(situations())
def test_the_newest_norm_counts_as_if_it_had_always_held(situation):
    log, wanted, now = situation
    newest = [
        rule | {"norms": [(None, rule["norms"][-1][1])]} if "norms" in rule else rule for rule in wanted
    ]
    with stored(log) as store:
        found = counted_under_the_newest(store, log, wanted, now)
    for rule, numbers in zip(newest, found, strict=True):
        expected = Counter(one.verdict for one in slow_verdicts(log, rule, now).values())
        assert numbers is None or numbers == expected, rule


@drawn(3)
@given(situations())
def test_the_numbers_are_those_of_the_verdicts(situation):
    log, wanted, now = situation
    with stored(log) as store:
        found = counted(store, log, wanted, now)
    for rule, numbers in zip(wanted, found, strict=True):
        if numbers is None:
            continue
        slow = slow_verdicts(log, rule, now).values()
        assert numbers[0] == Counter(one.verdict for one in slow)
        if rule["pattern"] in ONCE:
            opportunities = Counter(
                one.verdict for one in slow if one.verdict not in ("excluded", "not_activated")
            )
        else:
            opportunities = Counter(verdict for one in slow for _, _, verdict in one.activations)
        assert numbers[1] == opportunities, rule


@st.composite
def forty_of_one_pattern(draw):
    """A log and forty rules of one pattern."""
    pattern = draw(st.sampled_from(("within", "alternate_response", "not_co_existence", "duration", "total")))
    return Situation(draw(logs()), [draw(rules(pattern)) for _ in range(40)], None)


@drawn(2)
@given(forty_of_one_pattern())
def test_forty_rules_of_one_pattern_share_their_facts_and_not_their_answers(situation):
    log, wanted, now = situation
    with stored(log) as store:
        must_agree(log, wanted, now, judged(store, log, wanted, now))
