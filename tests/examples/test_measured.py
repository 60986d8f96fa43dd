"""The product finds in the events what plain Python finds in the raw files, to the case."""

import csv
from datetime import datetime

import pytest

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_file, model_folder, write_raw
from ketenreis.measure import cases, judge
from ketenreis.notation.text import read
from ketenreis.requirements import requirement


def measured(name, source, folder):
    store = import_events(source, folder / "events", read_mapping(mapping_file(name))).store
    wanted = [requirement(ctq) for ctq in read(model_folder(name)).model.of_kind("ctq")]
    with judge(store, wanted) as judging:
        return cases(judging), cases(judging, current=True)


@pytest.fixture(scope="module")
def belmij(tmp_path_factory):
    folder = tmp_path_factory.mktemp("belmij")
    (path,) = write_raw("belmij", folder, 4_000, 2)
    by_day, by_newest = measured("belmij", path, folder)
    orders = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            order = orders.setdefault(row["ordernummer"], {"tot": row["afgesproken_tot"]})
            order.setdefault(row["gebeurtenis"], datetime.fromisoformat(row["tijdstip"]))
    return by_day, by_newest, list(orders.values())


def test_confirmations_are_judged_by_the_norm_of_the_day_and_by_the_newest(belmij):
    by_day, by_newest, orders = belmij
    seconds = [
        (order["Bevestiging verstuurd"] - order["Betaling gedaan"]).total_seconds()
        for order in orders
        if "Bevestiging verstuurd" in order and order["Betaling gedaan"].date().isoformat() < "2026-11-14"
    ]
    one = by_day["bevestiging-op-tijd"]
    old_norm, new_norm = sum(each <= 3600 for each in seconds), sum(each <= 60 for each in seconds)
    on_the_new_day = one.fulfilled + one.violated - len(seconds)
    assert 0 <= on_the_new_day < 30
    assert 0 <= one.fulfilled - old_norm <= on_the_new_day
    assert 0 <= by_newest["bevestiging-op-tijd"].fulfilled - new_norm <= on_the_new_day


def test_parcels_are_judged_by_the_window_agreed_with_the_customer(belmij):
    by_day, _, orders = belmij
    promised = [order for order in orders if order["tot"]]
    in_time = sum(
        order["Pakket bezorgd"] <= datetime.fromisoformat(order["tot"])
        for order in promised
        if "Pakket bezorgd" in order
    )
    one = by_day["in-het-tijdvak"]
    assert one.fulfilled == in_time
    assert one.excluded == {"Nog geen tijdvak afgesproken": len(orders) - len(promised)}


def test_every_requirement_with_a_measure_is_judged_and_adds_up(belmij):
    by_day, _, orders = belmij
    assert set(by_day) == {
        "bevestiging-op-tijd", "nooit-lang-stil", "in-het-tijdvak", "tijdvak-blijft-staan", "geen-bericht-na-levering",
        "getoonde-voorraad-klopt", "antwoord-op-vraag",
    }  # fmt: skip
    assert all(counts.total == len(orders) for counts in by_day.values())


@pytest.mark.data
def test_the_permit_case_gives_the_figures_of_the_log(shared_data, tmp_path):
    counts, _ = measured("permit", shared_data / "eventlogs/receipt/receipt.csv", tmp_path)
    found = {name: (each.fulfilled, each.violated, each.pending) for name, each in counts.items()}
    assert found["ontvangst-bevestigd"] == (1242, 191, 1)
    assert found["ontvangst-bevestigd-vanaf-aanvraag"] == (414, 1020, 0)
    assert found["voor-de-uiterste-datum"] == (952, 377 + 39, 66)
