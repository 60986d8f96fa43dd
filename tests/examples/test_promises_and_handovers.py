"""Promised windows and handovers of the examples, against plain Python over the raw files."""

import csv
from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_file, mapping_files, model_folder, write_raw
from ketenreis.measure import case_verdicts, judge
from ketenreis.measure.moves import moves
from ketenreis.notation import read
from ketenreis.quantity import Share
from ketenreis.reports.handed_over import handed_over
from ketenreis.requirements import EventClass, Measure, Norm, Requirement


@pytest.fixture(scope="module")
def belmij(tmp_path_factory):
    """The rows of each order, and the store."""
    folder = tmp_path_factory.mktemp("belmij")
    (path,) = write_raw("belmij", folder, 1_500, 4)
    store = import_events(path, folder / "events", read_mapping(mapping_file("belmij"))).store
    orders = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            orders[row["ordernummer"]].append(row)
    for rows in orders.values():
        rows.sort(key=lambda row: row["tijdstip"])
    return orders, store


PROMISES = ("Tijdvak toegezegd", "Tijdvak verzet door klant", "Tijdvak verzet door Belmij")


def test_the_last_window_that_counts_and_who_moved_it_are_found_to_the_order(belmij):
    orders, store = belmij
    window = Requirement(
        "window",
        "Window",
        measure=Measure(
            "in_window",
            {
                "event": EventClass(("levering",)),
                "promise": EventClass(("tijdvakbericht", "tijdvak-verzetten", "verzetbericht")),
                "moved": EventClass(("verzetbericht",)),
                "opens": "window_from",
                "closes": "window_to",
            },
        ),
        norms=(Norm(Share(Decimal(1))),),
    )
    kept, late, movers = set(), set(), defaultdict(int)
    for name, rows in orders.items():
        labels = [row["gebeurtenis"] for row in rows]
        if "Pakket bezorgd" not in labels:
            continue
        end = labels.index("Pakket bezorgd")
        told = [row for row in rows[:end] if row["gebeurtenis"] in PROMISES]
        ours = [row for row in told if row["gebeurtenis"] == PROMISES[2]]
        promises = [row for row in told if row not in ours]
        if promises:
            last = promises[-1]
            (kept if last["tijdvak_van"] <= rows[end]["tijdstip"] <= last["tijdvak_tot"] else late).add(name)
            movers[len(promises) > 1, bool(ours)] += 1
    with judge(store, [window]) as judging:
        found = dict(case_verdicts(judging, "window"))
        groups = {group.name: group.counts.judged for group in moves(judging, "window")}
    assert {name for name, code in found.items() if code == 1} == kept
    assert late <= {name for name, code in found.items() if code == 2}
    assert len(late) > 0
    shown = {"nobody": (False, False), "customer": (True, False), "organisation": (False, True)}
    assert all(groups[name] >= movers[how] for name, how in shown.items() if movers[how] >= 5)
    assert sum(groups.values()) <= sum(code in (1, 2) for code in found.values())


@pytest.fixture(scope="module")
def snelpak(tmp_path_factory):
    """The scans of each parcel, and what was handed over beside what was agreed."""
    folder = tmp_path_factory.mktemp("snelpak")
    paths = write_raw("snelpak", folder, 1_500, 4)
    for path, mapping in zip(paths, mapping_files("snelpak"), strict=True):
        store = import_events(path, folder / "events", read_mapping(mapping)).store
    (scans,) = (path for path in paths if path.stem == "scans")
    parcels = defaultdict(list)
    with scans.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            parcels[row["barcode"]].append((datetime.fromisoformat(row["tijdstip"]), row["ploeg"]))
    return parcels, handed_over(store, read(model_folder("snelpak")).model)


def test_the_planted_handover_without_agreement_waits_far_longer_than_the_others(snelpak):
    _, handed = snelpak
    worst, *others = handed.found.pairs
    assert (worst.giver, worst.receiver) == ("Depot", "Koerier")
    assert worst.waits[0.9] == pytest.approx(5 * 3600, rel=0.15)
    assert all(pair.waits[0.9] == pytest.approx(3600, rel=0.15) for pair in others)
    agreement = handed.agreement(worst)
    assert agreement is not None
    assert not agreement.is_agreed
    agreed = {f"{p.giver} → {p.receiver}": a.seconds for p in others if (a := handed.agreement(p))}
    assert set(agreed.values()) == {3600}
    assert len(agreed) == 3


def test_handovers_picked_up_in_time_are_recounted_from_the_scans(snelpak):
    """Only scans name a team; what happens between two of them in another file belongs to nobody and breaks the handover."""
    parcels, handed = snelpak
    waits = defaultdict(list)
    for scans in parcels.values():
        for (left, giver), (taken, receiver) in pairwise(sorted(scans)):
            if giver != receiver:
                waits[giver, receiver].append((taken - left).total_seconds())
    for pair in handed.found.pairs:
        recounted = waits[pair.giver, pair.receiver]
        assert pair.handovers <= len(recounted)
        if pair.in_time is not None and pair.handovers == len(recounted):
            assert pair.in_time == sum(seconds <= 3600 for seconds in recounted)
    assert any(
        pair.in_time is not None and pair.handovers == len(waits[pair.giver, pair.receiver])
        for pair in handed.found.pairs
    )
