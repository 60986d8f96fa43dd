"""Labels get another meaning without reading the events again, and a source that changes leaves nothing behind."""

from dataclasses import replace

import pytest

from ketenreis.errors import StoreError
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import Mapping
from ketenreis.events.relabelling import mapping_of, relabel, usual_order

LOG = "case,activity,time\n1,Paid,2026-01-01T10:00:00Z\n1,Sent,2026-01-01T11:00:00Z\n1,Closed,2026-01-02T11:00:00Z\n"
MAPPING = Mapping("shop", columns={"case": "case", "activity": "activity", "time": "time"}, closed="closing")


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    return path


def test_new_labels_stand_in_the_store_its_mapping_and_its_quality_report(log, tmp_path):
    store = import_events(log, tmp_path / "events", replace(MAPPING, closed="Closed")).store
    relabelled = relabel(store, {"Paid": ("payment",), "Sent": ("mail", "sending")})
    assert set(relabelled.classes()) == {"payment", "mail", "sending"}
    assert relabelled.generation == store.generation + 1
    assert mapping_of(relabelled).labels == {"Paid": ("payment",), "Sent": ("mail", "sending")}
    assert relabelled.quality["shop"]["mapped"] == {"Paid": 1, "Sent": 1}
    assert relabelled.quality["shop"]["unmapped"] == {"Closed": 1}


def test_labels_that_move_the_end_of_cases_ask_for_a_new_import(log, tmp_path):
    store = import_events(log, tmp_path / "events", replace(MAPPING, labels={"Closed": ("closing",)})).store
    with pytest.raises(StoreError, match="Import the events again"):
        relabel(store, {"Sent": ("closing",)})
    assert relabel(store, {"Closed": ("closing",), "Paid": ("payment",)}).classes()["payment"]


def test_a_store_that_changed_in_the_meantime_is_not_relabelled(log, tmp_path):
    store = import_events(log, tmp_path / "events", MAPPING).store
    import_events(log, tmp_path / "events", MAPPING)
    with pytest.raises(StoreError, match="changed in the meantime"):
        relabel(store, {"Paid": ("payment",)})


def test_the_usual_order_is_the_order_in_cases(log, tmp_path):
    store = import_events(log, tmp_path / "events", MAPPING).store
    assert usual_order(store) == ("Paid", "Sent", "Closed")


def test_the_same_source_under_another_type_of_object_takes_the_place_of_the_old(log, tmp_path):
    import_events(log, tmp_path / "events", MAPPING)
    store = import_events(log, tmp_path / "events", replace(MAPPING, object="order")).store
    assert list(store.types) == ["order"]
    assert [source["object"] for source in store.sources] == ["order"]
