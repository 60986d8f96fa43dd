"""Object-centric logs that break their standard: read as far as they are honest, and each break said with its place."""

import copy
import sqlite3
from string import Formatter

import pytest
from tests.events.test_objects import told
from tests.events.test_ocel import LOG, written

from ketenreis.errors import UnreadableFileError
from ketenreis.events.importing import guess_file, import_events
from ketenreis.events.ocel_breaks import BREAKS

WHOLE = {
    "objectTypes": [{"name": "order", "attributes": [{"name": "soort", "type": "string"}]}],
    "eventTypes": [{"name": "Besteld", "attributes": [{"name": "bedrag", "type": "float"}]},
                   {"name": "Betaald", "attributes": []}],
    "objects": [{"id": f"o{i}", "type": "order", "attributes": [
        {"name": "soort", "time": "1970-01-01T00:00:00Z", "value": "web"}]} for i in (1, 2)],
    "events": [
        {"id": "e1", "type": "Besteld", "time": "2024-01-01T10:00:00Z", "attributes": [{"name": "bedrag", "value": "10.5"}],
         "relationships": [{"objectId": "o1", "qualifier": "order"}]},
        {"id": "e2", "type": "Betaald", "time": "2024-01-02T10:00:00Z",
         "relationships": [{"objectId": "o1", "qualifier": "order"}]},
        {"id": "e3", "type": "Besteld", "time": "2024-01-03T10:00:00Z",
         "relationships": [{"objectId": "o2", "qualifier": "order"}]},
    ],
}  # fmt: skip
TIE = {"objectId": "o2", "qualifier": ""}


def broken(change):
    log = copy.deepcopy(WHOLE)
    change(log)
    return log


def breaks(report):
    return {kind: said for kind, said in report.notes.items() if kind in BREAKS}


def test_a_whole_log_has_no_breaks(tmp_path):
    report = import_events(written(tmp_path, WHOLE), tmp_path / "events").report
    assert breaks(report) == {}
    assert report.refused == {}


@pytest.mark.parametrize(
    ("change", "kind", "where", "events"),
    [
        (lambda log: log.pop("objectTypes"), "ocel_no_part", "`objectTypes`", 3),
        (lambda log: log["events"].append(7), "ocel_no_member", "“events” #4", 3),
        (lambda log: log["events"][1].update(relationships={"objectId": "o1"}), "ocel_no_list", "e2: `relationships`", 2),
        (lambda log: log["events"][1].update(id=2), "ocel_no_text", "2: `id`", 3),
        (lambda log: log["events"][1].pop("id"), "ocel_event_without_id", "#2", 3),
        (lambda log: log["events"][1].update(id="e1"), "ocel_event_id_twice", "e1", 3),
        (lambda log: log["events"][1].pop("type"), "ocel_event_without_type", "e2", 2),
        (lambda log: log["events"][1].pop("time"), "ocel_event_without_time", "e2", 2),
        (lambda log: log["events"][1].update(time="gisteren"), "ocel_time_written_otherwise", "e2", 2),
        (lambda log: log["events"][1].update(type="Betaalt"), "ocel_event_type_unknown", "“Betaalt”", 3),
        (lambda log: log["objects"].append({"type": "order"}), "ocel_object_without_id", "#3", 3),
        (lambda log: log["objects"].append({"id": "o3"}), "ocel_object_without_type", "o3", 3),
        (lambda log: log["objects"].append({"id": "o1", "type": "order"}), "ocel_object_id_twice", "o1", 3),
        (lambda log: log["objects"].append({"id": "x", "type": "ordre"}), "ocel_object_type_unknown", "“ordre”", 3),
        (lambda log: log["events"][1].update(attributes=[{"value": "1"}]), "ocel_attribute_without_name", "e2", 3),
        (lambda log: log["objects"][1]["attributes"][0].pop("time"), "ocel_attribute_without_time", "o2", 3),
        (lambda log: log["events"][1].update(attributes=[{"name": "bedrag", "value": "1"}]), "ocel_attribute_unknown",
         "“Betaald”: “bedrag”", 3),
        (lambda log: log["events"][2].update(attributes=[{"name": "bedrag", "value": "veel"}]), "ocel_value_of_other_type",
         "“Besteld”: “bedrag”, float", 3),
        (lambda log: log["events"][1]["relationships"].append({"qualifier": "q"}), "ocel_tie_without_object", "e2", 3),
        (lambda log: log["events"][1]["relationships"].append({"objectId": "o2"}), "ocel_tie_without_qualifier", "e2", 4),
        (lambda log: log["events"][1]["relationships"].append({**TIE, "objectId": "o9"}), "unknown_objects", "o9", 3),
    ],
)  # fmt: skip
def test_a_break_is_said_with_its_place_and_the_rest_is_read(tmp_path, change, kind, where, events):
    result = import_events(written(tmp_path, broken(change)), tmp_path / "events")
    assert breaks(result.report) == {kind: {"n": 1, "where": where}}
    assert len(told(result.store, "order")) == events, "each event stands once in each of its objects"
    for language in ("nl", "en"):
        assert any(where in line for line in result.report.lines(language))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda log: log["ocel:events"]["e2"].pop("ocel:vmap"), "ocel_no_key"),
        (lambda log: log["ocel:events"]["e2"].update({"ocel:omap": "o1"}), "ocel_no_list"),
        (lambda log: log["ocel:events"]["e2"].update({"ocel:vmap": ["a"]}), "ocel_no_list"),
    ],
)
def test_version_1_misses_keys_and_lists(tmp_path, change, kind):
    log = copy.deepcopy(LOG)
    del log["ocel:events"]["e3"]
    assert breaks(import_events(written(tmp_path, log), tmp_path / "whole").report) == {}
    change(log)
    report = import_events(written(tmp_path, log), tmp_path / "events").report
    assert list(breaks(report)) == [kind]
    assert "e2" in report.notes[kind]["where"]


XML = """<log><object-types><object-type name="order"><attributes><attribute name="n" type="integer"/></attributes></object-type>
</object-types><objects><object id="o1" type="order"><attributes><attribute name="n" time="1970-01-01T00:00:00Z">veel</attribute>
<attribute>x</attribute></attributes></object><object id="o2" type="orde"/></objects><events>
<event id="e1" type="A" time="2024-01-01T10:00:00Z"><objects><relationship object-id="o1" qualifier="q"/></objects></event>
<event id="e2" time="2024-01-01T11:00:00Z"><objects><relationship object-id="o1"/><relationship/></objects></event>
<event type="A" time="2024-01-01T12:00:00Z"><objects><relationship object-id="o2" qualifier="q"/></objects></event>
</events></log>"""


def test_the_same_is_said_of_xml(tmp_path):
    result = import_events(written(tmp_path, XML, "log.xmlocel"), tmp_path / "events")
    assert {kind: said["where"] for kind, said in breaks(result.report).items()} == {
        "ocel_no_part": "<event-types>",
        "ocel_event_without_id": "#3",
        "ocel_event_without_type": "e2",
        "ocel_object_type_unknown": "“orde”",
        "ocel_attribute_without_name": "o1",
        "ocel_value_of_other_type": "“order”: “n”, integer",
        "ocel_tie_without_object": "e2",
    }
    assert result.report.refused == {"no_activity": 1}


def database(path, *more):
    with sqlite3.connect(path) as held:
        held.executescript(
            "CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT); CREATE TABLE event (ocel_id TEXT, ocel_type TEXT);"
            "CREATE TABLE object_map_type (ocel_type TEXT, ocel_type_map TEXT); CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);"
            "CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);"
            "CREATE TABLE event_A (ocel_id TEXT, ocel_time TIMESTAMP, n INTEGER);"
            "CREATE TABLE object_order (ocel_id TEXT, ocel_time TIMESTAMP);"
            "INSERT INTO event_map_type VALUES ('A', 'A'); INSERT INTO object_map_type VALUES ('order', 'order');"
            "INSERT INTO object VALUES ('o1', 'order'); INSERT INTO object_order VALUES ('o1', '1970-01-01 00:00:00');"
            "INSERT INTO event VALUES ('e1', 'A'), ('e2', 'B');"
            "INSERT INTO event_A VALUES ('e1', '2024-01-01 10:00:00', 'veel'), ('e9', '2024-01-01 10:00:00', 1);"
            "INSERT INTO event_object VALUES ('e1', 'o1', ''), ('e7', 'o1', '');" + "".join(more)
        )
    return path


def test_the_same_is_said_of_sqlite(tmp_path):
    result = import_events(database(tmp_path / "log.sqlite"), tmp_path / "events")
    assert {kind: said["where"] for kind, said in breaks(result.report).items()} == {
        "ocel_no_part": "`object_object`",
        "ocel_event_without_time": "e2",
        "ocel_event_type_unknown": "“B”",
        "ocel_value_of_other_type": "“A”: “n”, integer",
        "ocel_tie_of_unknown_event": "e7",
        "ocel_event_not_listed": "e9",
    }
    assert [label for _, label, *_ in told(result.store, "order")] == ["A"]
    lacking = database(tmp_path / "lacking.sqlite", "INSERT INTO event_map_type VALUES ('C', 'C');")
    said = breaks(import_events(lacking, tmp_path / "other").report)["ocel_no_part"]
    assert said == {"n": 2, "where": "`object_object`, `event_C`"}


def test_every_kind_of_break_is_said_in_two_languages_with_number_place_and_end(tmp_path):
    assert len(BREAKS) == 24
    for nl, en in BREAKS.values():
        assert nl != en
        for said in (nl, en):
            assert {name for _, name, *_ in Formatter().parse(said) if name} >= {"where"}
            assert said.endswith(".")


def test_a_log_without_a_single_event_is_refused(tmp_path):
    log = broken(lambda log: log.update(events=[1, "e"]))
    with pytest.raises(UnreadableFileError, match="nothing in “events” is what an OCEL holds"):
        import_events(written(tmp_path, log), tmp_path / "events")


def test_a_guess_of_a_long_log_knows_the_objects_that_stand_behind_the_events(tmp_path):
    events = {f"e{i}": {**LOG["ocel:events"]["e1"], "ocel:omap": ["o1"]} for i in range(6000)}
    path = written(tmp_path, {"ocel:events": events, "ocel:objects": LOG["ocel:objects"]})
    assert set(guess_file(path).mapping.objects) == {"order"}
