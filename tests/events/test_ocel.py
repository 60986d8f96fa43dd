"""Object-centric logs: what the schemas allow is read, and JSON, XML and SQLite copies of one log give one result."""

import json
import re
import sqlite3
import xml.etree.ElementTree as ET

import duckdb
import pytest
from jsonschema import Draft7Validator
from tests.events.test_objects import parents, told

from ketenreis.errors import UnreadableFileError
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import Mapping, parse_mapping

AMSTERDAM = Mapping(time_zone="Europe/Amsterdam")


def whole(store):
    """Everything that a store says of every type."""
    said = {}
    for name, held in store.types.items():
        own = {}
        for each in held.own_attributes:
            if each.level == "case":
                column = f"SELECT case_id, {each.column} FROM read_parquet('{held.cases_file}') ORDER BY ALL"
            else:
                column = (
                    f"SELECT c.case_id, e.seq, e.{each.column} FROM read_parquet({held.events_glob}) AS e JOIN "
                    f"read_parquet('{held.cases_file}') AS c USING (case_no) ORDER BY ALL"
                )
            rows = duckdb.sql(column).fetchall()
            words = dict(enumerate(each.values)) if each.values else {}
            own[each.name] = (
                each.level,
                each.type,
                [(*row[:-1], words.get(row[-1], row[-1])) for row in rows],
            )
        said[name] = (told(store, name), own)
    return said


@pytest.mark.data
def test_three_copies_of_one_log_give_one_result(tmp_path, shared_data):
    folder = shared_data / "ocel" / "pm4py"
    copies = {
        ending: import_events(folder / f"ocel20_example.{ending}", tmp_path / ending, AMSTERDAM).store
        for ending in ("jsonocel", "xmlocel", "sqlite")
    }
    first = whole(copies["jsonocel"])
    assert {name: (each.cases, each.events) for name, each in copies["jsonocel"].types.items()} == {
        "Invoice": (3, 9), "Payment": (3, 3), "Purchase Order": (2, 5), "Purchase Requisition": (1, 3)
    }  # fmt: skip
    assert whole(copies["xmlocel"]) == first
    assert whole(copies["sqlite"]) == first


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("ocel20_example.xmlocel", "while others in the file do"),
        ("ocel20_example.sqlite", "+01:00 beside midnight UTC"),
    ],
)
def test_a_copy_that_lost_its_zone_is_told(tmp_path, shared_data, file, said):
    report = import_events(shared_data / "ocel" / "pm4py" / file, tmp_path / "events").report
    assert any(said in line for line in report.lines("en"))
    assert report.lines("nl") != report.lines("en")
    assert report.assumed_zone


@pytest.mark.data
def test_the_files_keep_to_their_schemas_and_every_event_of_theirs_comes_in(tmp_path, shared_data):
    folder = shared_data / "ocel" / "pm4py"
    pairs = (
        ("ocel20_example.jsonocel", "schema_ocel2.json", "events"),
        ("example_log.jsonocel", "schema.json", "ocel:events"),
    )
    for file, schema, events in pairs:
        log = json.loads((folder / file).read_text())
        Draft7Validator(json.loads((folder / schema).read_text())).validate(log)
        store = import_events(folder / file, tmp_path / file).store
        moments = {us for held in store.types.values() for *_, us, _ in told(store, held.name)}
        listed = log[events] if isinstance(log[events], list) else log[events].values()
        assert len(moments) == len({each.get("time", each.get("ocel:timestamp")) for each in listed})


@pytest.mark.data
def test_the_xml_copy_has_what_its_xsd_asks_for(shared_data):
    folder = shared_data / "ocel" / "pm4py"
    asked = set(re.findall(r'<xs:element name="([^"]+)"', (folder / "ocel2-validation.xsd").read_text()))
    log = ET.parse(folder / "ocel20_example.xmlocel").getroot()
    # the XSD of that file calls the tie of an event to an object `object`, the log `relationship`: both are read
    assert {each.tag for each in log.iter()} - {"relationship"} <= asked
    assert all({"id", "type", "time"} <= each.attrib.keys() for each in log.find("events"))
    assert all({"id", "type"} <= each.attrib.keys() for each in log.find("objects"))


@pytest.mark.data
def test_version_1_in_json_xml_and_csv_gives_the_same_events(tmp_path, shared_data):
    folder = shared_data / "ocel" / "pm4py"
    stores = [
        import_events(folder / f"example_log.{ending}", tmp_path / ending).store
        for ending in ("jsonocel", "xmlocel", "csv")
    ]
    for type_ in ("order", "element", "delivery"):
        first, *others = [sorted(told(store, type_)) for store in stores]
        assert all(other == first for other in others)


@pytest.mark.data
def test_the_tables_of_earlier_tools_are_read(tmp_path, shared_data):
    store = import_events(shared_data / "ocel" / "pm4py" / "newocel.sqlite", tmp_path / "events").store
    assert {name: (each.cases, each.events) for name, each in store.types.items()}["order"] == (2, 15)


LOG = {
    "ocel:events": {
        "e1": {"ocel:activity": "Besteld", "ocel:timestamp": "2024-01-01T10:00:00", "ocel:omap": ["o1", "k1"], "ocel:vmap": {"prijs": 10}},
        "e2": {"ocel:activity": "Betaald", "ocel:timestamp": "2024-01-02T10:00:00", "ocel:omap": ["o1"], "ocel:vmap": {}},
        "e3": {"ocel:activity": "Vraag", "ocel:timestamp": "2024-01-03T10:00:00", "ocel:omap": ["k1", "?"]},
    },
    "ocel:objects": {
        "o1": {"ocel:type": "order", "ocel:ovmap": {"soort": "web"}},
        "o2": {"ocel:type": "order", "ocel:ovmap": {"soort": "winkel"}},
        "k1": {"ocel:type": "customer", "ocel:ovmap": {}},
    },
}  # fmt: skip


def written(folder, log, name="log.jsonocel"):
    path = folder / name
    path.write_text(log if isinstance(log, str) else json.dumps(log, indent=1))
    return path


def test_version_1_without_global_event_is_read_and_told(tmp_path):
    result = import_events(written(tmp_path, LOG), tmp_path / "events")
    assert any("`ocel:global-event`" in line for line in result.report.lines("nl"))
    assert any("1 reference names an object" in line for line in result.report.lines("en"))
    store = result.store
    assert (store.type("order").cases, store.type("order").events) == (2, 2), "o2 is a case without events"
    assert parents(store, "order", "soort") == {"o1": "web", "o2": "winkel"}
    assert "soort" not in store.type("customer").attributes


def test_customers_of_a_log_are_pseudonyms_and_employees_no_objects(tmp_path):
    log = json.loads(json.dumps(LOG))
    log["ocel:objects"]["m1"] = {"ocel:type": "employee", "ocel:ovmap": {}}
    log["ocel:events"]["e1"]["ocel:omap"].append("m1")
    store = import_events(written(tmp_path, log), tmp_path / "events").store
    assert sorted(store.types) == ["customer", "order"]
    assert all(case.startswith("p-") for case, *_ in told(store, "customer"))


def test_ids_with_commas_and_brackets_stay_whole(tmp_path):
    text = json.dumps(LOG).replace('"o1"', '"o,1 [x]"')
    store = import_events(written(tmp_path, text), tmp_path / "events").store
    assert {case for case, *_ in told(store, "order")} == {"o,1 [x]"}


@pytest.mark.parametrize("chunk", [1, 7, 64])
def test_json_is_read_whatever_the_size_of_its_blocks(tmp_path, monkeypatch, chunk):
    from ketenreis.events.readers import json_stream, zipped

    path = written(tmp_path, LOG)
    expected = list(json_stream.members(path))
    monkeypatch.setattr(json_stream, "blocks", lambda file: zipped.blocks(file, chunk))
    monkeypatch.setattr(json_stream, "STEP", chunk)
    assert list(json_stream.members(path)) == expected
    assert [key for part, key, _ in expected if part == "ocel:events"] == ["e1", "e2", "e3"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"ocel:events": {"e1": {', "not whole as JSON"),
        ('{"events": [1, 2]}', "is what an OCEL holds"),
        ('{"iets": []}', "no `events`"),
        ('{"events": []}', "holds no events"),
        ('{"events": [' + "[" * 200_000, "too deep"),
        ('{"events" 1}', "not whole as JSON"),
        ("{", "not whole as JSON"),
    ],
)
def test_json_that_is_no_log_is_refused_with_a_sentence(tmp_path, text, said):
    with pytest.raises(UnreadableFileError, match=said):
        import_events(written(tmp_path, text), tmp_path / "events")


def test_an_attribute_keeps_its_first_value_and_the_changes_are_counted(tmp_path):
    log = {
        "objectTypes": [], "eventTypes": [],
        "events": [{"id": "e", "type": "A", "time": "2024-01-01T00:00:00Z", "attributes": [],
                    "relationships": [{"objectId": "o", "qualifier": "q"}]}],
        "objects": [{"id": "o", "type": "order", "attributes": [
            {"name": "stand", "time": "2024-01-05T00:00:00Z", "value": "nieuw"},
            {"name": "stand", "time": "1970-01-01T00:00:00Z", "value": "oud"}]}],
    }  # fmt: skip
    result = import_events(written(tmp_path, log), tmp_path / "events")
    assert parents(result.store, "order", "stand") == {"o": "oud"}
    assert result.report.notes["object_changes"] == 1


def test_a_sqlite_file_that_is_no_ocel_asks_for_a_question(tmp_path):
    with sqlite3.connect(tmp_path / "x.sqlite") as database:
        database.execute("CREATE TABLE event_map_type (a)")
        database.execute("CREATE TABLE event_object (a)")
    with pytest.raises(UnreadableFileError, match="not whole as an OCEL"):
        import_events(tmp_path / "x.sqlite", tmp_path / "events")


def test_what_is_guessed_may_be_said_otherwise(tmp_path):
    mapping = parse_mapping(
        "object: customer\ncolumns: {case: 'ocel:type:customer'}\nobjects: {order: 'ocel:type:order'}"
    )
    store = import_events(written(tmp_path, LOG), tmp_path / "events", mapping).store
    assert store.type().name == "customer"


def test_attributes_that_differ_in_capitals_only_keep_apart(tmp_path):
    events = {
        str(i): {"ocel:activity": "a", "ocel:timestamp": f"2024-01-0{1 + i}T00:00:00Z", "ocel:omap": ["o"], "ocel:vmap": own}
        for i, own in enumerate(({"note": "x"}, {"Note": "y"}, {"note": "p", "NOTE": "q"}))
    }  # fmt: skip
    (tmp_path / "log.jsonocel").write_text(
        json.dumps({"ocel:events": events, "ocel:objects": {"o": {"ocel:type": "order"}}})
    )
    held = import_events(tmp_path / "log.jsonocel", tmp_path / "events").store.type("order")
    found = {each.name: set(each.values) for each in held.own_attributes if "note" in each.name.lower()}
    assert found == {"note": {"x", "p"}, "Note_2": {"y"}, "NOTE_3": {"q"}}
