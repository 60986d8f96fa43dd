"""Contacts that go with requirements not kept: published intervals, by hand, and against a walk in plain Python."""

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest

from ketenreis.analysis.contacts import contact_price
from ketenreis.analysis.workload import Range, effort
from ketenreis.events.from_rows import write_store
from ketenreis.measure import judge
from ketenreis.model import Model
from ketenreis.notation.text import read
from ketenreis.reports.contacted import row
from ketenreis.reports.tensions import told, weighed
from ketenreis.reports.words import Words
from ketenreis.requirements import requirement

START = datetime(2026, 3, 2, tzinfo=UTC)
TEXT = """
organisation: {id: o, name: O, language: nl, objects: [case], hourly_rate: 50}
journeys:
- id: j
  name: J
  need: n
  start: s
  end: e
  out_of_scope: x
  steps:
  - id: s1
    name: Eén
    touchpoints:
    - {id: apply, name: Apply, type: action, by: customer, mandatory: true}
    - {id: confirm, name: Confirm, by: organisation, mandatory: true}
    - {id: call, name: Call, type: communication, by: customer, realised_by: [answer]}
    - {id: reply, name: Reply, type: communication, by: organisation, realised_by: [answer]}
processes:
- id: w
  name: W
  activities: [{id: answer, name: Answer, minutes: 6, contact: {demand: failure, purpose: reassure}}]
ctqs:
- {id: quick, name: Quick, measure: {pattern: within, after: apply, comes: confirm}, norms: [{limit: 60 minutes, share: 90%}]}
- {id: quiet, name: Quiet, measure: {pattern: at_most, event: call}, norms: [{limit: 0, share: 90%}]}
- {id: rare, name: Rare, measure: {pattern: at_most, event: confirm}, norms: [{limit: 99, share: 90%}]}
"""
LABELS = {
    "apply": "apply",
    "confirm": "confirm",
    "call": "call",
    "other": "answer",
    "reply": ["reply", "answer"],
}


def measured(folder, cases, more="", closed="end_of_file"):
    path = folder / "o.yaml"
    path.write_text(TEXT + more, encoding="utf-8")
    rows = [
        (name, label, START + timedelta(minutes=minute), {})
        for name, events in cases.items()
        for label, minute in events
    ]
    return read(path).model, write_store(folder / "store", rows, labels=LABELS, closed=closed)


def priced(folder, cases, closed="end_of_file"):
    model, store = measured(folder, cases, closed=closed)
    with judge(store, [requirement(ctq) for ctq in model.of_kind("ctq")]) as judging:
        return contact_price(model, judging)


def test_a_handful_counted_by_hand(tmp_path):
    late = [("apply", 0), ("confirm", 90)]
    quick = [("apply", 0), ("confirm", 30)]
    cases = {f"late {n}": late for n in range(2)}
    cases |= {f"late and asked {n}": [*late, ("call", 70), ("reply", 71), ("call", 80)] for n in range(6)}
    cases |= {f"quick {n}": quick for n in range(11)}
    cases["quick and asked"] = [*quick, ("other", 40), ("other", 40 + 5 * 1440)]
    cases["quick and asked later"] = [*quick, ("call", 40), ("call", 40 + 60 * 1440)]
    found = priced(tmp_path, cases)
    # Two lines within half an hour are one contact; the reply is the organisation's side of it.
    assert (found.contacts, found.cases) == (10, 8)
    assert (found.repeat.contacts, found.while_ours.contacts, found.after_violation.contacts) == (1, 6, 6)
    assert found.reopened is None, "nothing says when a case closes"
    (one,) = found.attributed
    assert (one.ctq.id, one.counted.violated, one.counted.after_violated) == ("quick", 8, 6)
    assert (one.counted.met, one.counted.after_met) == (13, 2)
    assert one.difference == pytest.approx(6 / 8 - 2 / 13)
    assert one.cases.middle == pytest.approx(8 * (6 / 8 - 2 / 13))
    assert one.shows
    year = 365.25 / (60 + 40 / 1440)
    assert one.a_year.middle == pytest.approx(one.cases.middle * year)
    assert one.effort.hours.middle == pytest.approx(one.a_year.middle * 0.1)
    assert one.effort.money.middle == pytest.approx(one.a_year.middle * 5)
    assert [ctq.id for ctq in found.about_contact] == ["quiet"]
    assert [ctq.id for ctq in found.cannot] == ["rare"]


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "80 van de 100 zaken minder"), ("en", "80 of 100 cases fewer")]
)
def test_fewer_contacts_after_a_miss_are_said_as_fewer_and_priced_as_nothing(tmp_path, language, said):
    cases = {f"late {n}": [("apply", 0), ("confirm", 90)] for n in range(40)}
    cases |= {f"asked {n}": [("apply", 0), ("confirm", 30), ("call", 60 * n)] for n in range(1, 33)}
    cases |= {f"silent {n}": [("apply", 0), ("confirm", 30)] for n in range(8)}
    found = priced(tmp_path, cases)
    (one,) = found.attributed
    told = row(one, Words.of(language, Model.of(()), "case"))
    assert one.shows
    assert told.difference.startswith(said)
    assert "−" not in told.difference
    assert told.cost == ""


def test_where_the_events_know_no_contact_nothing_is_said(tmp_path):
    assert priced(tmp_path, {"1": [("apply", 0), ("confirm", 3)]}) is None


def test_a_walk_in_plain_python_finds_the_same(tmp_path):
    drawn = random.Random(5)
    cases = {}
    for n in range(150):
        minutes = drawn.randint(10, 110)
        calls = [("call", drawn.randint(1, 30_000)) for _ in range(drawn.choice([0, 0, 1, 3]))]
        cases[f"c{n}"] = [("apply", 0), ("confirm", minutes), *calls, ("done", drawn.randint(200, 20_000))]
    contacts = repeats = ours = after = again = 0
    table = {(late, asked): 0 for late in (True, False) for asked in (True, False)}
    for events in cases.values():
        confirmed = events[1][1]
        times = sorted(minute for label, minute in events if label == "call")
        kept = [at for n, at in enumerate(times) if n == 0 or at - times[n - 1] > 30]
        contacts += len(kept)
        repeats += sum(at - before <= 7 * 1440 for before, at in itertools.pairwise(kept))
        # At the same minute the order of the rows decides, and confirm stands before any call.
        ours += sum(at < confirmed for at in kept)
        after += len(kept) if confirmed > 60 else 0
        again += sum(at > events[-1][1] for at in kept)
        table[confirmed > 60, bool(kept)] += 1
    found = priced(tmp_path, cases, closed="done")
    assert (found.contacts, found.repeat.contacts, found.while_ours.contacts) == (contacts, repeats, ours)
    assert (found.after_violation.contacts, found.reopened.contacts) == (after, again)
    (one,) = found.attributed
    counted = one.counted
    assert (counted.after_violated, counted.violated) == (
        table[True, True],
        table[True, True] + table[True, False],
    )
    assert (counted.after_met, counted.met) == (table[False, True], table[False, True] + table[False, False])


def test_work_that_nobody_timed_costs_what_nobody_knows(tmp_path):
    path = tmp_path / "o.yaml"
    path.write_text(TEXT, encoding="utf-8")
    model = read(path).model
    assert effort(model, [], Range(1, 2, 3)) is None
    saved = effort(model, [model["answer"].get("minutes")], Range(-20, 10, 40))
    assert saved.hours.low == pytest.approx(-20 * 6.5 / 60)
    assert saved.hours.high == pytest.approx(40 * 6.5 / 60)
    assert saved.posts.low < 0 < saved.posts.high


PUSHES = """
initiatives:
- {id: cheaper, name: Cheaper, effects: [{element: quick, push: down}]}
- {id: faster, name: Faster, effects: [{element: quick, push: up}]}
"""


def test_two_who_push_at_one_requirement_see_how_it_is_kept_and_the_contacts_without(tmp_path):
    late, quick = [("apply", 0), ("confirm", 90)], [("apply", 0), ("confirm", 30)]
    cases = {f"late {n}": [*late, ("call", 60 * 24 * n)] if n else late for n in range(8)}
    cases |= {f"quick {n}": quick for n in range(12)}
    model, store = measured(tmp_path, cases, PUSHES)
    (one,) = (each for each in weighed(model, store) if each.tension.rule == "opposite_pushes")
    down, up = one.evidence
    assert [(each.name, each.amount.middle, each.n) for each in down] == [("kept", 0.6, 20)]
    assert [each.name for each in up] == ["kept", "attributed"]
    year = 365.25 / (7 - 0)  # from the first line to the call on the seventh day
    assert up[1].amount.middle == pytest.approx(7 / 8 * 8 * year)
    said = [row.figure for side in told(one, model, Words.of("nl", model, "case")).sides for row in side.rows]
    assert said[0] == said[1] == "60,0% (38,7–78,1), n = 20"
