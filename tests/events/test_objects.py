"""Several types of objects in one store: an event belongs to every object that its row names."""

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketenreis.errors import MappingError
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping, write_mapping
from ketenreis.events.store import EventStore

PARCELS = """zending,klant,order,stap,tijd,kanaal
D1,Jan,O1,Aangemeld,2024-01-01 09:00,web
D1,Jan,O1,Bezorgd,2024-01-03 12:00,
D2,Jan,O1,Aangemeld,2024-01-02 09:00,winkel
D2,Jan,,Bezorgd,2024-01-05 12:00,
D3,Piet,O2,Aangemeld,2024-01-02 09:00,web
,Kees,,Vraag,2024-01-02 10:00,web
"""
MAPPING = parse_mapping(
    "source: pakket\ncolumns: {case: zending, activity: stap, time: tijd}\nobject: delivery\n"
    "objects: {customer: klant, order: order}\nclosed: Bezorgd"
)


def parcels(folder, text=PARCELS, name="pakket.csv"):
    path = folder / name
    path.write_text(text)
    return path


def told(store, type_):
    """The events of a type as (case id, label, hour) in order, decoded."""
    held = store.type(type_)
    labels = {each.code: each.label for each in held.activities}
    rows = duckdb.sql(
        f"SELECT c.case_id, e.activity, e.us, e.source FROM read_parquet({held.events_glob}) AS e JOIN "
        f"read_parquet('{held.cases_file}') AS c USING (case_no) ORDER BY c.case_no, e.seq"
    ).fetchall()
    return [(case, labels[code], us, source) for case, code, us, source in rows]


def parents(store, type_, name):
    """The parent of every case of a type."""
    held = store.type(type_)
    attribute = held.attribute(name)
    assert attribute.level == "case"
    rows = duckdb.sql(f"SELECT case_id, {attribute.column} FROM read_parquet('{held.cases_file}')").fetchall()
    return {case: None if code is None else attribute.values[code] for case, code in rows}


def test_an_event_belongs_to_every_object_that_its_row_names(tmp_path):
    store = import_events(parcels(tmp_path), tmp_path / "events", MAPPING).store
    assert {name: (each.cases, each.events) for name, each in store.types.items()} == {
        "delivery": (3, 5),
        "customer": (3, 6),
        "order": (2, 4),
    }
    assert [(case, label) for case, label, *_ in told(store, "order")] == [
        ("O1", "Aangemeld"),
        ("O1", "Aangemeld"),
        ("O1", "Bezorgd"),
        ("O2", "Aangemeld"),
    ]


def test_a_row_is_refused_only_when_it_names_no_object_at_all(tmp_path):
    text = PARCELS + ",,,Vraag,2024-01-02 11:00,web\n"
    report = import_events(parcels(tmp_path, text), tmp_path / "events", MAPPING).report
    assert (report.rows_kept, report.refused) == (6, {"no_case": 1})


def test_an_object_knows_the_parent_it_always_goes_with(tmp_path):
    store = import_events(parcels(tmp_path), tmp_path / "events", MAPPING).store
    assert parents(store, "delivery", "order") == {"D1": "O1", "D2": "O1", "D3": "O2"}
    customers = parents(store, "delivery", "customer")
    assert customers["D1"] == customers["D2"] != customers["D3"]
    assert store.type("customer").attribute("delivery").level == "event"


def test_customers_are_pseudonyms_and_deliveries_are_readable(tmp_path):
    store = import_events(parcels(tmp_path), tmp_path / "events", MAPPING).store
    everything = b"".join(path.read_bytes() for path in (tmp_path / "events").rglob("*") if path.is_file())
    assert b"Piet" not in everything
    named = {case for case, *_ in told(store, "customer")}
    assert all(case.startswith("p-") for case in named)
    assert named >= set(parents(store, "delivery", "customer").values())
    assert {case for case, *_ in told(store, "delivery")} == {"D1", "D2", "D3"}


def test_a_customer_may_be_kept_readable(tmp_path):
    text = write_mapping(MAPPING) + "readable: [klant]\n"
    store = import_events(parcels(tmp_path), tmp_path / "events", parse_mapping(text)).store
    assert set(parents(store, "delivery", "customer").values()) == {"Jan", "Piet"}


def test_only_objects_of_the_mapped_type_close(tmp_path):
    store = import_events(parcels(tmp_path), tmp_path / "events", MAPPING).store
    assert store.type("delivery").closing == "Bezorgd"
    assert store.type("customer").closing == "end_of_file"
    more = parse_mapping(write_mapping(MAPPING) + "closing: {order: Bezorgd}\n")
    store = import_events(parcels(tmp_path), tmp_path / "events", more).store
    closed = duckdb.sql(f"SELECT count(closed_us) FROM read_parquet('{store.type('order').cases_file}')")
    assert closed.fetchall() == [(1,)]


@pytest.mark.parametrize("written", ["\"['O1','O2']\"", '"[""O1"",""O2""]"', '"[O1, O2]"'])
def test_a_list_of_ids_is_split(tmp_path, written):
    path = parcels(tmp_path, f"order,stap,tijd,pakje\n{written},Betaald,2024-01-01,\"['P1']\"\n")
    mapping = parse_mapping("columns: {activity: stap, time: tijd}\nobjects: {order: order, parcel: pakje}")
    store = import_events(path, tmp_path / "events", mapping).store
    assert sorted(case for case, *_ in told(store, "order")) == ["O1", "O2"]
    assert parents(store, "order", "parcel") == {"O1": "P1", "O2": "P1"}
    assert parents(store, "parcel", "order") == {"P1": None}


def test_the_case_is_found_among_the_objects():
    mapping = parse_mapping("columns: {activity: a, time: t}\nobjects: {order: o, customer: k}").settled()
    assert (mapping.object, mapping.columns["case"]) == ("order", "o")
    mapping = parse_mapping("columns: {case: k}\nobjects: {order: o, customer: k}").settled()
    assert mapping.object == "customer"
    assert dict(mapping.types) == {"customer": "k", "order": "o"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("object: order\ncolumns: {case: a}\nobjects: {order: b}", "Which is it"),
        ("columns: {case: a}\njoin: {customer: delivery}", "needs `objects`"),
        (
            "object: order\ncolumns: {case: a}\nobjects: {customer: b}\njoin: {parcel: order}",
            "types of this source",
        ),
    ],
)
def test_a_mapping_that_contradicts_itself_says_where(text, said):
    with pytest.raises(MappingError, match=said):
        parse_mapping(text).settled()


def test_a_type_with_a_strange_name_stays_inside_the_store(tmp_path):
    mapping = parse_mapping(write_mapping(MAPPING).replace("order: order", "'../../../weg/ Order': order"))
    store = import_events(parcels(tmp_path), tmp_path / "events", mapping).store
    assert store.type("../../../weg/ Order").cases == 2
    assert not (tmp_path / "weg").exists()
    assert all(str(tmp_path / "events") in each for each in store.type("../../../weg/ Order").events_files)


rows_strategy = st.lists(
    st.tuples(
        st.sampled_from(["", "D1", "D2", "D3", "D4", "D5"]),
        st.sampled_from(["", "Jan", "Piet", "Els"]),
        st.sampled_from("abc"),
        st.integers(0, 5),
    ),
    min_size=8,
    max_size=30,
)
"""Many rows in few drawings: an import takes as long for one row as for thirty."""


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=rows_strategy, two=rows_strategy)
def test_two_sources_merge_by_time_source_and_row_whatever_comes_first(tmp_path_factory, one, two):
    folder = tmp_path_factory.mktemp("merge")
    texts = {}
    for name, rows in (("one", one), ("two", two)):
        body = "".join(f"{d},{k},{label},2024-01-01 0{hour}:00:00\n" for d, k, label, hour in rows)
        texts[name] = (
            "zending,klant,stap,tijd\n,Kees,z,2024-01-01 00:00:00\nD9,,z,2024-01-01 00:00:00\n" + body
        )
        (folder / f"{name}.csv").write_text(texts[name])
    for name in ("one", "two", "one"):
        mapping = parse_mapping(
            f"source: {name}\nobject: delivery\ncolumns: {{case: zending, activity: stap, time: tijd}}\n"
            "objects: {customer: klant}\nreadable: [klant]\ntime_zone: UTC\n"
        )
        import_events(folder / f"{name}.csv", folder / "events", mapping)
    store = EventStore.open(folder / "events")
    for type_, column in (("delivery", 0), ("customer", 1)):
        expected = sorted(
            (row[column], int(row[3].split(" ")[1][:2]), number, place, row[2])
            for number, name in enumerate(("one", "two"))
            for place, row in enumerate(line.split(",") for line in texts[name].splitlines()[1:])
            if row[column]
        )
        found = [(case, label, source) for case, label, _, source in told(store, type_)]
        assert sorted(found, key=lambda each: each[0]) == [(e[0], e[4], e[2]) for e in expected]
