"""The four exports of Snelpak are the same for the same seed and range, and look as those of four systems would."""

import csv
import re
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from ketenreis.examples import write_raw
from ketenreis.examples.generator import BLOCK, DAY, HOUR
from ketenreis.examples.snelpak.export import CALLED, PARCELS, SCANNED, SENT
from ketenreis.examples.snelpak.lines import SCANS
from ketenreis.examples.snelpak.roundtime import eve, on, round_day

NAMES = ("pakketten", "scans", "berichten", "telefonie")


def texts(folder, *arguments, **named) -> list[list[str]]:
    paths = write_raw("snelpak", folder, *arguments, **named)
    assert [path.name for path in paths] == [f"{name}.csv" for name in NAMES]
    return [path.read_text(encoding="utf-8").splitlines() for path in paths]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The rows of each of the four files."""
    found = []
    for path in write_raw("snelpak", tmp_path_factory.mktemp("snelpak"), 1_500, 4):
        with path.open(encoding="utf-8", newline="") as file:
            found.append(list(csv.DictReader(file, delimiter=";", strict=True)))
    return found


def test_a_seed_gives_the_same_exports_and_another_seed_others(tmp_path):
    assert texts(tmp_path, 300, 7) == texts(tmp_path, 300, 7)
    for one, other in zip(texts(tmp_path, 300, 7), texts(tmp_path, 300, 8), strict=True):
        assert one != other


def test_any_range_gives_the_same_parcels(tmp_path):
    around = texts(tmp_path, 401, 3, first=BLOCK - 201)
    before, after = texts(tmp_path, 201, 3, first=BLOCK - 201), texts(tmp_path, 200, 3, first=BLOCK)
    assert around == [[*one, *other[1:]] for one, other in zip(before, after, strict=True)]


def test_each_system_has_its_own_columns(exported):
    headers = [tuple(rows[0]) for rows in exported]
    assert headers == [PARCELS, SCANNED, SENT, CALLED]


def test_each_system_writes_times_in_its_own_way(exported):
    parcels, scans, sent, called = exported
    minute = re.compile(r"\d\d-\d\d-2026 \d\d:\d\d|")
    for column in (
        "aangemeld_op",
        "toegezegd_op",
        "gewijzigd_op",
        "afspraak_op",
        "tijdvak_van",
        "gesloten_op",
    ):
        assert all(minute.fullmatch(row[column]) for row in parcels)
    assert all(re.fullmatch(r"\d\d-\d\d-2026|", row["bezorgd_op"]) for row in parcels)
    assert all(re.fullmatch(r"2026-\d\d-\d\d \d\d:\d\d:\d\d", row["verstuurd_op"]) for row in sent)
    assert all(re.fullmatch(r"\d\d-\d\d-2026", row["datum"]) for row in called)
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d", row["begin"]) for row in called)
    for row in scans:
        written = datetime.fromisoformat(row["tijdstip"])
        assert written.utcoffset() == written.astimezone(ZoneInfo("Europe/Amsterdam")).utcoffset()


def test_parcels_customers_messages_and_calls_have_numbers_of_their_own(exported):
    parcels, scans, sent, called = exported
    for rows, column in ((parcels, "zendingnummer"), (sent, "bericht"), (called, "gesprek")):
        assert len({row[column] for row in rows}) == len(rows)
    numbers = np.arange(1_000_000, dtype=np.int64)
    assert len(np.unique(numbers * 6_700_417 % 10**10)) == len(numbers)
    assert len(np.unique(numbers * 5_915_587 % 10**9)) == len(numbers)
    assert {row["barcode"] for row in scans} <= {row["zendingnummer"] for row in parcels}


def test_what_belongs_to_the_customer_is_the_same_for_all_their_parcels(exported):
    parcels, _, sent, _ = exported
    theirs, customer = {}, {}
    for row in parcels:
        mine = row["klantsoort"], row["overdag"], row["depot"]
        assert theirs.setdefault(row["klantnummer"], mine) == mine
        customer[row["zendingnummer"]] = row["klantnummer"]
    assert all(customer[row["zendingnummer"]] == row["klantnummer"] for row in sent)
    assert len(theirs) < len(parcels)


def test_every_parcel_goes_from_hand_to_hand_in_the_order_of_the_chain(exported):
    order = {scan.label: place for place, scan in enumerate(SCANS)}
    paths = {}
    for row in exported[1]:
        paths.setdefault(row["barcode"], []).append((datetime.fromisoformat(row["tijdstip"]), row["scan"]))
    for scans in paths.values():
        assert all(one[0] <= other[0] for one, other in pairwise(scans))
        labels = [label for _, label in scans]
        if "Niet thuis" in labels:
            again = labels.index("Niet thuis")
            assert labels[again - 2 : again] == ["Klaar voor rit", "In bus"]
            assert (
                labels[again + 1 :] == ["Klaar voor rit", "In bus", "Afgeleverd"][: len(labels) - again - 1]
            )
            labels = labels[: again - 2] + labels[again + 1 :]
        assert [order[label] for label in labels] == sorted(order[label] for label in labels)
        assert len(set(labels)) == len(labels)


def test_the_lines_of_a_parcel_stand_together_in_order_of_time(exported):
    for rows, key, time in (
        (exported[1], "barcode", "tijdstip"),
        (exported[2], "zendingnummer", "verstuurd_op"),
    ):
        numbers = [row[key] for row in rows]
        assert len(set(numbers)) == 1 + sum(one != other for one, other in pairwise(numbers))
        moments = [datetime.fromisoformat(row[time]) for row in rows]
        for one, other, earlier, later in zip(numbers, numbers[1:], moments, moments[1:], strict=False):
            assert one != other or earlier <= later


def test_telephone_and_rounds_keep_their_hours(exported):
    _, scans, _, called = exported
    assert all("08:00:00" <= row["begin"] < "21:00:00" for row in called)
    days = {datetime.fromisoformat(row["tijdstip"]).weekday() for row in scans if row["ploeg"] == "Koerier"}
    assert days == {0, 1, 2, 3, 4, 5}


def test_nothing_is_later_than_the_export(exported):
    assert max(row["tijdstip"] for row in exported[1]) < "2026-11-14T09:00:00+01:00"
    assert max(row["verstuurd_op"] for row in exported[2]) < "2026-11-14 09:00:00"


def test_labels_and_columns_can_have_other_names(tmp_path):
    renamed = {"Morgen bezorgd": "TPL-07", "Afgeleverd": "Z99", "Iets anders": "4", "klantnummer": "relatie"}
    plain, other = texts(tmp_path, 400), texts(tmp_path, 400, labels=renamed)
    for one, named in zip(plain, other, strict=True):
        assert named[0] == one[0].replace("klantnummer", "relatie")
        assert named[1:] == [
            re.sub(
                r"(?<=;)(Morgen bezorgd|Afgeleverd|Iets anders)(?=;)", lambda found: renamed[found[0]], line
            )
            for line in one[1:]
        ]


def test_no_header_label_or_value_hints_at_what_is_planted(tmp_path):
    written = "\n".join(line for lines in texts(tmp_path, 300) for line in lines)
    assert not re.search(
        r"traag|vertraag|te.?laat|late|stil|fout|plant|shift|defect|gemist|persona|dubbel|twee|oud|oorzaak",
        written,
        re.IGNORECASE,
    )


def test_nobody_drives_on_a_sunday_and_the_clock_change_is_kept():
    saturday = np.array([int(datetime(2026, 10, 24, tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp())])
    day = round_day(saturday, 14)
    assert on(day, 0) == saturday
    assert on(day, 25) - on(day, 0) == 25 * HOUR
    assert on(day + 1, 0) - on(day, 0) == 2 * DAY + HOUR
    assert eve(day + 1, 23) == on(day + 1, 0) - HOUR
    assert (on(day + 1, np.array([9.5, 12])) - on(day + 1, 0) == np.array([9.5 * HOUR, 12 * HOUR])).all()
