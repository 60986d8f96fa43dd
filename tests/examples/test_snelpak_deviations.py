"""The deviations found in Snelpak's parcels are those that plain Python finds in the files as they were exported."""

import csv
from collections import defaultdict

import pytest

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_files, model_folder, write_raw
from ketenreis.notation.text import read
from ketenreis.reports.contacted import contacted
from ketenreis.reports.deviated import deviated

NIGHT = "Morgen bezorgd"


@pytest.fixture(scope="module")
def parcels(tmp_path_factory):
    """The rows of scans and messages by parcel, the closed parcels, and what the product finds."""
    folder = tmp_path_factory.mktemp("snelpak")
    paths = write_raw("snelpak", folder, 1_500, 7)
    for path, mapping in zip(paths, mapping_files("snelpak"), strict=True):
        store = import_events(path, folder / "events", read_mapping(mapping)).store
    said = {}
    for name, path in zip(("pakketten", "scans", "berichten"), paths[:3], strict=True):
        with path.open(encoding="utf-8", newline="") as file:
            said[name] = list(csv.DictReader(file, delimiter=";"))
    model = read(model_folder("snelpak")).model
    (found,) = deviated(model, store)
    return said, found, contacted(model, store)


def test_a_message_that_came_after_what_it_announces_is_an_irregular_sequence(parcels):
    said, found, _ = parcels
    times = defaultdict(list)
    for row in said["scans"]:
        if row["scan"] == "Afgeleverd":
            times[row["barcode"], "delivered"].append(row["tijdstip"][:19].replace("T", " "))
    for row in said["berichten"]:
        if row["sjabloon"] == NIGHT:
            times[row["zendingnummer"], "told"].append(row["verstuurd_op"])
    closed = {row["zendingnummer"] for row in said["pakketten"] if row["gesloten_op"]}
    late = {
        parcel
        for parcel in closed
        if times[parcel, "told"]
        and times[parcel, "delivered"]
        and min(times[parcel, "told"]) > min(times[parcel, "delivered"])
    }
    assert found.closed == len(closed)
    place = found.place("morgenbericht")
    assert place.rates["irregular"].cases == len(late) > 0
    assert set(place.examples["irregular"]) <= late
    assert found.types["irregular"].cases == len(late)
    assert [one.id for one in place.before] == ["levering"]


def test_what_has_to_come_came_to_every_closed_parcel_and_nothing_unplanned_did(parcels):
    _, found, _ = parcels
    assert (found.types["missing"].cases, found.unseen) == (0, ())
    assert found.types["missing"].open == 0
    assert found.types["failure"].cases <= found.any.cases <= found.closed


def test_customers_call_more_about_a_message_that_was_wrong(parcels):
    _, _, priced = parcels
    wrong = next(
        one for one in priced["delivery"].attributed if one.ctq.id == "geen-aankondiging-na-levering"
    )
    assert wrong.shows
    assert wrong.difference > 0.2
    assert "niet-hoeven-bellen" in [ctq.id for ctq in priced["customer"].about_contact]
