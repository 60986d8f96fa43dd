"""Contacts of cases with and without an event, against a count in plain Python; and what a tension makes of them."""

import math
from datetime import UTC, datetime, timedelta
from statistics import mean, variance

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analysis.test_tensions import ADD, REMOVE, model_of

from ketenreis.analysis.tension_evidence import compare, evidence
from ketenreis.analysis.tensions import tensions
from ketenreis.events.from_rows import write_store
from ketenreis.measure.contact_counts import ContactCounts, Tally, contact_counts
from ketenreis.reports.tensions import told, weighed
from ketenreis.reports.words import Words

START = datetime(2026, 3, 2, tzinfo=UTC)
APART = 40
"""Minutes from line to line: more than one conversation lasts."""
LABELS = {"Gesprek": ("gesprek",), "Belt": ("bellen",), "Anders": ()}


def store_of(folder, cases, days=1):
    rows = [
        (str(number), label, START + timedelta(days=days * number, minutes=APART * at), {})
        for number, labels in enumerate(cases)
        for at, label in enumerate(labels)
    ]
    return write_store(folder, rows, labels=LABELS)


def test_a_handful_counted_by_hand(tmp_path):
    cases = (
        [["Anders", "Gesprek", "Belt"]] * 2 + [["Anders", "Gesprek"]] * 3 + [["Belt", "Belt", "Anders"]] * 4
    )
    found = contact_counts(store_of(tmp_path / "s", cases), ["gesprek"], ["bellen", "gesprek"])
    assert found == ContactCounts("case", Tally(5, 2, 2, 2), Tally(4, 8, 16, 4))
    assert found.having.mean == pytest.approx(0.4)
    assert found.lacking.variance == 0


def test_what_the_events_do_not_know_cannot_be_said(tmp_path):
    store = store_of(tmp_path / "s", [["Belt"]])
    assert contact_counts(store, ["gesprek"], ["bellen"]) is None
    assert contact_counts(store, ["bellen"], ["bellen"]) is None


def test_our_own_side_of_a_conversation_is_no_contact_whatever_work_it_also_names(tmp_path):
    labels = {"Gesprek": ("gesprek",), "Vraagt": ("helpen",), "Antwoord": ("antwoord", "helpen")}
    cases = [["Gesprek", "Vraagt", "Antwoord"], ["Vraagt", "Antwoord", "Antwoord"], ["Antwoord"]]
    rows = [
        (str(number), label, START + timedelta(minutes=APART * at), {})
        for number, said in enumerate(cases)
        for at, label in enumerate(said)
    ]
    store = write_store(tmp_path / "s", rows, labels=labels)
    found = contact_counts(store, ["gesprek"], ["helpen"], ["antwoord"])
    assert (found.having.contacts, found.lacking.contacts, found.lacking.with_contact) == (1, 1, 1)
    assert contact_counts(store, ["gesprek"], ["helpen"]).lacking.contacts == 4


def test_lines_within_half_an_hour_of_the_one_before_are_one_contact(tmp_path):
    at = {"1": (0, 30, 60), "2": (0, 31), "3": (0,)}
    rows = [
        (name, "Belt", START + timedelta(minutes=minute), {})
        for name, minutes in at.items()
        for minute in minutes
    ]
    rows += [(name, "Gesprek", START + timedelta(days=9), {}) for name in ("1", "2", "4")]
    found = contact_counts(write_store(tmp_path / "s", rows, labels=LABELS), ["gesprek"], ["bellen"])
    assert (found.having, found.lacking) == (Tally(3, 3, 5, 2), Tally(1, 1, 1, 1))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.tuples(st.sampled_from(sorted(LABELS)), st.sampled_from([5, 31])), min_size=1, max_size=5), min_size=1, max_size=12))  # fmt: skip
def test_any_log_is_counted_as_a_walk_through_it_counts(tmp_path_factory, cases):
    if not {"Gesprek", "Belt"} <= {label for lines in cases for label, _ in lines}:
        return
    rows, numbers = [], {True: [], False: []}
    for number, lines in enumerate(cases):
        minute, last, contacts = 0, -99, 0
        for label, gap in lines:
            minute += gap
            rows.append((str(number), label, START + timedelta(minutes=minute), {}))
            if label == "Belt":
                contacts += minute - last > 30
                last = minute
        numbers[any(label == "Gesprek" for label, _ in lines)].append(contacts)
    store = write_store(tmp_path_factory.mktemp("s") / "s", rows, labels=LABELS)
    found = contact_counts(store, ["gesprek"], ["bellen"])
    for tally, some in ((found.having, numbers[True]), (found.lacking, numbers[False])):
        assert tally.cases == len(some)
        assert tally.contacts == sum(some)
        assert tally.with_contact == sum(number > 0 for number in some)
        assert tally.mean == (pytest.approx(mean(some)) if some else None)
        assert tally.variance == (pytest.approx(variance(some)) if len(some) > 1 else None)


def test_the_interval_is_that_of_two_means_whose_spread_differs():
    one, other = [0, 1, 0, 2, 1, 0], [2, 1, 3, 0, 2]
    counts = ContactCounts(
        "case", *(Tally(len(n), sum(n), sum(each**2 for each in n), 0) for n in (one, other))
    )
    half = 1.959964 * math.sqrt(variance(one) / len(one) + variance(other) / len(other))
    found = compare(counts).more
    assert found.middle == pytest.approx(mean(other) - mean(one))
    assert found.high - found.middle == pytest.approx(half, rel=1e-6)


def test_both_sides_of_a_tension_have_their_figures_from_the_events(tmp_path):
    cases = [["Anders", "Gesprek", "Belt"]] * 10 + [["Anders", "Gesprek"]] * 40 + [["Belt", "Belt", "Anders"]] * 10 + [["Anders"]] * 40  # fmt: skip
    model, store = model_of(REMOVE, ADD), store_of(tmp_path / "s", cases, days=3)
    _, theirs = evidence(model, tensions(model)[0], store)
    said = {one.name: one for one in theirs}
    assert (said["contacts"].compared.having, said["contacts"].compared.lacking) == (0.2, 0.4)
    years = (store.last_us - store.first_us) / (365.25 * 86_400e6)
    assert said["cases"].amount.middle == pytest.approx(50 / years)
    assert said["extra_contacts"].amount.middle == pytest.approx(0.2 * 50 / years)
    assert (
        said["extra_contacts"].amount.low
        < said["extra_contacts"].amount.middle
        < said["extra_contacts"].amount.high
    )


def test_without_a_contact_in_the_journey_work_counts_and_not_our_reply_to_it(tmp_path):
    model = model_of(
        REMOVE, ADD,
        nobody_calls=("    - {id: bellen, name: Klant belt, by: customer, channel: telefoon}\n", "    - {id: antwoord, name: Antwoord, by: organisation}\n"),
        work=("name: Toetsen,", "name: Toetsen, contact: {demand: failure, purpose: inform},"),
    )  # fmt: skip
    labels = {"Gesprek": ("gesprek",), "Belt": ("toetsen",), "Antwoord": ("antwoord", "toetsen")}
    cases = [["Gesprek"]] * 8 + [["Belt", "Antwoord"]] * 6
    rows = [
        (str(number), label, START + timedelta(days=3 * number, minutes=at), {})
        for number, said in enumerate(cases)
        for at, label in enumerate(said)
    ]
    _, theirs = evidence(model, tensions(model)[0], write_store(tmp_path / "s", rows, labels=labels))
    (one,) = [each.compared for each in theirs if each.name == "contacts"]
    assert (one.having, one.lacking) == (0, 1)


@pytest.mark.parametrize(
    ("language", "note", "label"),
    [("nl", "0,5 (0,38–0,62) minder zonder", "minder contacten bij weghalen"), ("en", "0.5 (0.38–0.62) fewer without", "fewer contacts when removed")],
)  # fmt: skip
def test_where_cases_without_it_have_fewer_contacts_that_is_said_as_fewer(tmp_path, language, note, label):
    cases = [["Gesprek", "Belt"]] * 35 + [["Gesprek"]] * 35 + [["Anders"]] * 40
    model, store = model_of(REMOVE, ADD), store_of(tmp_path / "s", cases, days=3)
    card = told(weighed(model, store)[0], model, Words.of(language, model, "case"))
    rows = {row.label: row for row in card.sides[1].rows}
    assert any(row.note.startswith(note) for row in rows.values())
    assert "−" not in rows[label].figure


def test_with_fewer_than_five_cases_on_a_side_nothing_is_compared(tmp_path):
    model, store = model_of(REMOVE, ADD), store_of(tmp_path / "s", [["Gesprek"]] * 4 + [["Belt"]] * 20)
    _, theirs = evidence(model, tensions(model)[0], store)
    assert [one.missing for one in theirs if one.name == "contacts"] == ["few"]
