"""What is planted in Belmij, worked out from the exported file alone, in plain Python."""

import csv
from collections import defaultdict
from datetime import datetime
from itertools import pairwise
from math import sqrt
from statistics import mean, median

import pytest

from ketenreis.examples import write_raw
from ketenreis.examples.belmij.export import COLUMNS
from ketenreis.examples.belmij.orders import EVENTS

SE = 3.3
DAY = 86_400


def moment(text: str) -> float:
    """Seconds since 1970."""
    return datetime.fromisoformat(text).timestamp()


def near(share: float, cases: int):
    """What a planted share may be drawn as."""
    return pytest.approx(share, abs=SE * sqrt(share * (1 - share) / cases))


def share(answers) -> float:
    answers = list(answers)
    return sum(answers) / len(answers)


def confirmed(orders):
    return [order for order in orders if order.seconds is not None]


def late(orders):
    return [order for order in confirmed(orders) if order.seconds > 60]


def delivered(orders):
    return [order for order in orders if "Pakket bezorgd" in order.first]


def by_week(orders) -> dict[int, list[float]]:
    """Seconds to confirmation, by week of payment."""
    weeks = defaultdict(list)
    for order in confirmed(orders):
        weeks[order.week].append(order.seconds)
    return weeks


@pytest.mark.parametrize(("limit", "planted"), [(3600, 0.996), (60, 0.942)])
def test_confirmations_come_in_time_as_often_as_planted(orders, limit, planted):
    seconds = [order.seconds for order in confirmed(orders)]
    assert share(one <= limit for one in seconds) == near(planted, len(seconds))


def test_most_of_the_delay_lies_in_the_payment_service(orders):
    parts = [order.parts for order in late(orders)]
    assert sum(part[0] for part in parts) / sum(map(sum, parts)) == pytest.approx(0.71, abs=0.04)
    assert mean(part[0] / sum(part) for part in parts) == pytest.approx(0.71, abs=0.04)


def test_bank_c_is_six_times_over_represented_among_late_orders(orders):
    among_late = share(order.row["bank"] == "C" for order in late(orders))
    among_all = share(order.row["bank"] == "C" for order in confirmed(orders))
    off = sqrt(among_late * (1 - among_late) / len(late(orders))) / among_all
    assert among_late / among_all == pytest.approx(6, abs=SE * off)


def test_hardly_anyone_waits_longer_than_a_day_for_news(orders):
    arrived = delivered(orders)
    assert share(order.longest_silence <= DAY for order in arrived) == near(0.988, len(arrived))


def test_most_parcels_come_in_the_promised_window(orders):
    arrived = [
        (
            order.first["Pakket bezorgd"],
            moment(order.row["afgesproken_van"]),
            moment(order.row["afgesproken_tot"]),
        )
        for order in delivered(orders)
    ]
    assert share(time <= until for time, _, until in arrived) == near(0.961, len(arrived))
    assert not any(time < since for time, since, _ in arrived)


@pytest.mark.parametrize(
    ("label", "planted"), [("Tijdvak verzet door klant", 0.02), ("Tijdvak verzet door Belmij", 0.03)]
)
def test_windows_are_moved_as_often_as_planted(orders, label, planted):
    arrived = delivered(orders)
    assert share(label in order.first for order in arrived) == near(planted, len(arrived))


def test_the_agreed_window_is_the_last_one_the_customer_agreed_to(orders):
    for order in orders:
        agreed = [window[1:] for window in order.windows if window[0] != "Tijdvak verzet door Belmij"]
        expected = agreed[-1] if agreed else ("", "")
        assert (order.row["afgesproken_van"], order.row["afgesproken_tot"]) == expected


def test_a_window_moved_by_the_company_is_a_broken_promise(orders):
    moved = [order for order in delivered(orders) if "Tijdvak verzet door Belmij" in order.first]
    assert moved
    assert all(order.first["Pakket bezorgd"] > moment(order.row["afgesproken_tot"]) for order in moved)


def test_a_control_chart_since_week_20_signals_in_weeks_33_and_34(orders):
    weeks = {week: seconds for week, seconds in by_week(orders).items() if week >= 20}
    calm = [one > 60 for week, seconds in weeks.items() if week not in (33, 34) for one in seconds]
    usual = share(calm)
    signals = {
        week
        for week, seconds in weeks.items()
        if abs(share(one > 60 for one in seconds) - usual) > 3 * sqrt(usual * (1 - usual) / len(seconds))
    }
    assert signals & {33, 34}
    # A calm week signals falsely in about 4 of 1,000: two among 25 is already rare.
    assert len(signals - {33, 34}) <= 2


def test_everything_took_forty_seconds_longer_for_two_weeks(orders):
    medians = {week: median(seconds) for week, seconds in by_week(orders).items()}
    before, after = [medians[week] for week in range(20, 33)], [medians[week] for week in range(35, 46)]
    for week in (33, 34):
        assert medians[week] - median(before + after) == pytest.approx(40, abs=3)
    width = 2.66 * mean(abs(one - other) for one, other in pairwise(before))
    signals = [
        week for week, one in medians.items() if week >= 20 and abs(one - mean(before)) > max(width, 1)
    ]
    assert {33, 34} <= set(signals)
    assert len(signals) <= 4


def test_confirmation_settled_until_week_20(orders):
    weeks = by_week(orders)
    assert median(weeks[2] + weeks[3] + weeks[4]) > median(weeks[20] + weeks[21] + weeks[22]) + 1


def test_only_the_last_days_hold_open_orders(orders):
    still_open = [order for order in orders if "Order afgesloten" not in order.first]
    assert 0.005 < len(still_open) / len(orders) < 0.03
    assert min(order.begins for order in still_open) > moment("2026-10-25T00:00:00+02:00")
    assert max(order.ends for order in orders) < moment("2026-11-14T09:00:00+01:00")


def test_fewer_than_thirty_orders_fall_under_the_new_norm(orders):
    new_day = moment("2026-11-14T00:00:00+01:00")
    assert 0 < sum(order.first.get("Betaling gedaan", 0) >= new_day for order in orders) < 30


def test_every_persona_is_large_enough_to_judge(orders):
    families = share(int(order.row["huishouden"] or 0) >= 3 for order in orders)
    seniors = share(
        order.row["huishouden"] == "1" and int(order.row["leeftijd"] or 0) >= 67 for order in orders
    )
    business = share(order.row["klantsoort"] == "zakelijk" for order in orders)
    assert families == pytest.approx(0.255, abs=0.02)
    assert seniors == pytest.approx(0.09, abs=0.03)
    assert business == pytest.approx(0.12, abs=0.01)


def test_a_small_export_with_other_labels_holds_the_same_truth(tmp_path):
    renamed = {event.label: f"stap {code}" for code, event in enumerate(EVENTS)}
    renamed |= {column: f"veld {place}" for place, column in enumerate(COLUMNS)}
    (path,) = write_raw("belmij", tmp_path, 4_000, 9, renamed)
    paid, confirmed_at = {}, {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found = {renamed["Betaling gedaan"]: paid, renamed["Bevestiging verstuurd"]: confirmed_at}
            if (times := found.get(row[renamed["gebeurtenis"]])) is not None:
                times[row[renamed["ordernummer"]]] = moment(row[renamed["tijdstip"]])
    seconds = [confirmed_at[order] - paid[order] for order in confirmed_at]
    assert share(one <= 60 for one in seconds) == near(0.942, len(seconds))
    assert share(one <= 3600 for one in seconds) == near(0.996, len(seconds))
