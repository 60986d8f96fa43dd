"""The guided change, "confirm within a minute instead of an hour", recounted in plain Python from the raw file."""

import csv
from datetime import datetime

import pytest

from ketenreis.analysis.rejudged import a_year, rejudge
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_file, model_folder, write_raw
from ketenreis.model import Element, Insert, Update, apply
from ketenreis.notation import read
from ketenreis.reports.consequences import consequences, consequences_as_json, rejudged_in_words
from ketenreis.reports.words import Words
from ketenreis.requirements import Measure, requirement

CTQ = "bevestiging-op-tijd"


@pytest.fixture(scope="module")
def guided(tmp_path_factory):
    """The model before, the edit, the events, and of each order the seconds from payment to confirmation."""
    folder = tmp_path_factory.mktemp("belmij")
    (path,) = write_raw("belmij", folder, 2_000, 3)
    store = import_events(path, folder / "events", read_mapping(mapping_file("belmij"))).store
    today = read(model_folder("belmij")).model
    both = today[CTQ].get("norms")
    old = apply(today, [Update(CTQ, "norms", both, both[:1])]).model
    times, orders = [], {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            at = datetime.fromisoformat(row["tijdstip"])
            times.append(at)
            orders.setdefault(row["ordernummer"], {}).setdefault(row["gebeurtenis"], at)
    seconds = [
        (order["Bevestiging verstuurd"] - order["Betaling gedaan"]).total_seconds()
        for order in orders.values()
        if {"Bevestiging verstuurd", "Betaling gedaan"} <= order.keys()
    ]
    return (
        old,
        Update(CTQ, "norms", both[:1], both),
        store,
        seconds,
        (max(times) - min(times)).total_seconds(),
    )


def test_the_same_past_cases_under_the_new_limit_equal_a_recount_of_the_raw_file(guided):
    old, edit, store, seconds, _ = guided
    new = apply(old, [edit]).model
    one = rejudge([(requirement(old[CTQ]), requirement(new[CTQ]))], store)[CTQ]
    assert one.now.fulfilled == sum(each <= 3600 for each in seconds)
    assert one.then.fulfilled == sum(each <= 60 for each in seconds)
    assert one.hurt == sum(60 < each <= 3600 for each in seconds) > 0
    assert one.gained == 0
    assert one.then.judged - one.now.judged in range(5)


def test_the_tail_is_the_share_that_was_asked_of_the_sorted_seconds(guided):
    old, edit, store, seconds, _ = guided
    new = apply(old, [edit]).model
    tail = rejudge([(requirement(old[CTQ]), requirement(new[CTQ]))], store)[CTQ].tail
    place = 0.99 * (len(seconds) - 1)
    ordered, low = sorted(seconds), int(place)
    by_hand = ordered[low] + (place - low) * (ordered[low + 1] - ordered[low])
    assert tail.now == pytest.approx(by_hand, rel=0.02)
    assert (tail.limit, tail.share) == (60, 0.99)
    assert tail.too_much == tail.now - 60


def test_numbers_a_year_follow_from_the_period_of_the_events(guided):
    old, edit, store, _, period = guided
    new = apply(old, [edit]).model
    one = rejudge([(requirement(old[CTQ]), requirement(new[CTQ]))], store)[CTQ]
    assert one.cases_a_year.value == pytest.approx(one.then.judged * 365.25 * 86_400 / period)
    assert one.missed_a_year.low < one.missed_a_year.value < one.missed_a_year.high
    assert one.gap.low <= 0.99 - one.then.attainment <= one.gap.high


def test_a_bundle_of_edits_comes_with_its_figures_in_words_and_as_data(guided):
    old, edit, store, _, _ = guided
    new = apply(old, [edit]).model
    found = consequences(old, new, [edit], store=store)
    assert list(found.rejudged) == [CTQ]
    for language in ("nl", "en"):
        said = list(rejudged_in_words(found.rejudged[CTQ], Words.of(language, new, "order")))
        assert len(said) == 5
        assert not any("{" in sentence for sentence in said)
    data = consequences_as_json(found, "nl")
    assert data["requirements"][0]["hurt"] == found.rejudged[CTQ].hurt
    hit = {(one["relation"], one["source"]) for one in data["relations"]}
    assert hit == {
        (edge.relation, edge.source)
        for edge in old.edges
        if edge.target == CTQ and edge.relation in ("serves", "rests_on")
    }


def test_without_a_change_of_yardstick_nothing_is_judged_again(guided):
    old, _, store, _, _ = guided
    new = apply(old, [Update(CTQ, "name", "Bevestiging op tijd", "Anders")]).model
    assert consequences(old, new, store=store).rejudged == {}
    assert consequences(old, old, store=store).impact.reached == ()


def test_a_rule_made_of_other_rules_is_left_out(guided):
    old, *_, store, _, _ = guided
    model = apply(
        old,
        [
            Insert(
                Element("alles", "ctq", old.organisation.id, {"measure": Measure("all_of", {"of": (CTQ,)})}),
                None,
            )
        ],
    ).model
    whole = requirement(model["alles"])
    assert whole.measure.parts() == (CTQ,)
    assert rejudge([(whole, whole)], store) == {}


def test_a_rule_that_is_not_complete_is_left_out(guided):
    old, _, store, _, _ = guided
    new = apply(old, [Update(CTQ, "norms", old[CTQ].get("norms"), None)]).model
    assert rejudge([(requirement(old[CTQ]), requirement(new[CTQ]))], store) == {}


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0, 3.69), (1, 0.025, 5.57), (10, 4.80, 18.39), (100, 81.36, 121.63)])  # fmt: skip
def test_the_range_of_a_count_lies_near_the_exact_poisson_interval(count, low, high):
    # Exact (Garwood 1936) limits as published in tables of the Poisson interval.
    found = a_year(count, 1.0)
    assert found.low == pytest.approx(low, abs=0.35)
    assert found.high == pytest.approx(high, abs=0.75)


def test_from_less_than_a_week_nothing_is_said_of_a_year():
    assert a_year(5, 6 / 365.25) is None
