"""A small source writes only the cases it touches; what comes of it is what writing all of it again would give."""

import csv
import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ketenreis.events import amending
from ketenreis.events.importing import import_events
from ketenreis.events.keeping import compact, list_sources, verify, withdraw
from ketenreis.events.mapping import parse_mapping, read_mapping
from ketenreis.events.profile import profile
from ketenreis.events.relabelling import usual_order
from ketenreis.events.store import EventStore
from ketenreis.examples import mapping_files, write_raw

PARCELS = 1_000
MAPPINGS = dict(zip(("pakketten", "scans", "berichten", "telefonie"), mapping_files("snelpak"), strict=True))


@pytest.fixture(scope="module", autouse=True)
def _small_enough():
    """A log of these few events is amended too, so that nobody waits for a large one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(amending, "FEWEST", 2_000)
        yield


def brought(folder, raw, *names):
    for name in names:
        store = import_events(raw[name], folder, read_mapping(MAPPINGS[name])).store
    return store


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """The four exports of Snelpak, by name."""
    return {path.stem: path for path in write_raw("snelpak", tmp_path_factory.mktemp("raw"), PARCELS, 5)}


@pytest.fixture(scope="module")
def before(raw, tmp_path_factory):
    """A store with everything but the calls."""
    return brought(tmp_path_factory.mktemp("before") / "events", raw, "pakketten", "scans", "berichten")


@pytest.fixture(scope="module")
def amended(before, raw, tmp_path_factory):
    """The same with the calls brought in."""
    return brought(copied(before, tmp_path_factory.mktemp("amended")).folder, raw, "telefonie")


def copied(store, folder):
    """A store of one's own that holds the same, under the same key."""
    shutil.copytree(store.folder.parent, folder, dirs_exist_ok=True)
    return EventStore.open(folder / "events")


def files(store, type_):
    """The events of a type, without what an amendment brought."""
    return [Path(each).relative_to(store.folder) for each in store.type(type_).events_files]


@pytest.fixture(scope="module")
def whole(raw, tmp_path_factory):
    """The same sources in a store of which every type was written whole each time."""
    folder = tmp_path_factory.mktemp("whole") / "keys-apart" / "events"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(amending, "FEWEST", 10**12)
        return brought(folder, raw, "pakketten", "scans", "berichten", "telefonie")


def told(store, type_):
    """Everything that is known of the cases and events of a type, decoded; people by how often they occur."""
    held, words, scales, columns = store.type(type_), {}, {}, []
    con = duckdb.connect()
    for each in held.own_attributes:
        columns.append(f', {"c" if each.level == "case" else "e"}."{each.column}"')
        said = dict(enumerate(each.values))
        if each.values_file:
            said = dict(con.execute(f"SELECT code, value FROM read_parquet('{each.values_file}')").fetchall())
        words[each.name] = said if each.type in {"category", "truth"} else None
        scales[each.name] = 10**each.scale if each.scale else 1
    labels = {None: None} | {each.code: (each.label, each.lifecycle) for each in held.activities}
    found = con.execute(
        f"SELECT c.case_id, e.seq, e.us, e.prev_us, e.next_us, e.source, e.activity, e.prev_activity, e.next_activity"
        f"{''.join(columns)} FROM {held.events_sql} AS e JOIN read_parquet('{held.cases_file}') AS c USING (case_no)"
    ).fetchall()
    events = []
    for row in found:
        values = {
            name: (value and value / scales[name]) if said is None else said.get(value)
            for (name, said), value in zip(words.items(), row[9:], strict=True)
        }
        people = {each.name for each in held.own_attributes if each.personal}
        shown = sorted((name, str(value)) for name, value in values.items() if name not in people)
        events.append((*row[:6], *(labels[code] for code in row[6:9]), tuple(shown)))
    said = con.execute(
        f"SELECT case_id, first_us, last_us, events, closed_us FROM read_parquet('{held.cases_file}')"
    ).fetchall()
    if type_ == "customer":  # another store has other pseudonyms
        events, said = [each[1:] for each in events], [each[1:] for each in said]
    counts = {(each.label, each.lifecycle): each.events for each in held.activities if each.events}
    return Counter(events), Counter(said), counts, (held.cases, held.events, held.variants)


@pytest.mark.parametrize("type_", ["delivery", "customer"])
def test_what_was_amended_is_what_writing_it_whole_gives(amended, whole, type_):
    assert amended.type(type_).amendment
    assert not whole.type(type_).amendment
    for mine, other in zip(told(amended, type_), told(whole, type_), strict=True):
        assert mine == other
    assert amended.quality["telefonie"]["ties"] == whole.quality["telefonie"]["ties"] > 0
    levels = [
        {each.name: each.level for each in store.type(type_).own_attributes} for store in (amended, whole)
    ]
    assert levels[0] == levels[1]


def test_only_the_parcels_that_were_called_about_are_written(before, amended):
    assert files(amended, "delivery") == files(before, "delivery")
    given = duckdb.sql(
        f"SELECT count(DISTINCT case_no) FROM {amended.type('delivery').events_sql} WHERE source >= 10000"
    ).fetchall()
    joined = amended.quality["telefonie"]["joined"][0]["joined"]
    written = duckdb.sql(
        f"SELECT count(DISTINCT case_no), count(*) FROM read_parquet({list(amended.type('delivery').amendment)})"
    ).fetchall()[0]
    assert given == [(written[0],)]
    assert 0 < written[0] <= joined
    assert written[1] < 0.1 * amended.type("delivery").events


def test_only_the_customers_who_called_are_written(amended, before, raw):
    callers = {row["klantnummer"] for row in rows(raw["telefonie"])} - {""}
    assert files(amended, "customer") == files(before, "customer")
    written = duckdb.sql(
        f"SELECT count(DISTINCT case_no) FROM read_parquet({list(amended.type('customer').amendment)})"
    )
    assert written.fetchall() == [(len(callers),)]


def test_a_store_with_an_amendment_is_whole_and_can_be_read_in_every_way(amended, whole):
    assert verify(amended) == ()
    for mine, other in zip(list_sources(amended), list_sources(whole), strict=True):
        assert (mine.name, mine.events) == (other.name, other.events)
    assert usual_order(amended, "delivery") == usual_order(whole, "delivery")
    mine, other = profile(amended, "delivery"), profile(whole, "delivery")
    assert (mine.cases, mine.events) == (other.cases, other.events)


def grown(raw, folder, extra):
    """The export of the calls with more lines."""
    path = folder / "telefonie.csv"
    path.write_text(raw["telefonie"].read_text(encoding="utf-8") + extra, encoding="utf-8")
    return path


def test_a_grown_export_adds_to_the_amendment_only_the_cases_that_changed(raw, amended, tmp_path):
    store = copied(amended, tmp_path)
    customers = sorted({row["klantnummer"] for row in rows(raw["pakketten"])})
    silent = min(set(customers) - {row["klantnummer"] for row in rows(raw["telefonie"])})
    path = grown(raw, tmp_path, f"G9999999999;{silent};01-06-2026;10:00:00;30;Iets anders;K01\n")
    newer = import_events(path, tmp_path / "events", read_mapping(MAPPINGS["telefonie"])).store
    counts = [
        duckdb.sql(
            f"SELECT count(DISTINCT case_no) FROM read_parquet({list(each.type('customer').amendment)})"
        )
        for each in (store, newer)
    ]
    was, now = (each.fetchall()[0][0] for each in counts)
    assert now == was + 1
    assert newer.type("customer").events == store.type("customer").events + 1
    assert newer.type("customer").events_files == store.type("customer").events_files
    assert verify(newer) == ()


def test_new_cases_come_behind_the_known_ones(before, tmp_path):
    known = copied(before, tmp_path).type("customer")
    text = "klantnummer;keuze;datum\n" + "".join(f"NIEUW{i};Iets anders;2026-0{1 + i}-01\n" for i in range(3))
    (tmp_path / "extra.csv").write_text(text)
    mapping = parse_mapping(
        "source: extra\nobject: customer\ncolumns: {case: klantnummer, activity: keuze, time: datum}\ntime_zone: UTC"
    )
    store = import_events(tmp_path / "extra.csv", tmp_path / "events", mapping).store
    after = store.type("customer")
    assert (after.cases, after.events) == (known.cases + 3, known.events + 3)
    found = duckdb.sql(
        f"SELECT case_no, events FROM read_parquet('{after.cases_file}') ORDER BY case_no DESC LIMIT 3"
    )
    assert found.fetchall() == [(known.cases + i, 1) for i in (2, 1, 0)]
    assert verify(store) == ()


def test_a_type_that_a_source_does_not_touch_is_not_written(before, tmp_path):
    known = copied(before, tmp_path).type("delivery")
    mapping = parse_mapping(
        "source: extra\nobject: customer\ncolumns: {case: klantnummer, activity: keuze, time: datum}\ntime_zone: UTC"
    )
    (tmp_path / "extra.csv").write_text("klantnummer;keuze;datum\nNIEUW;Iets anders;2026-01-01\n")
    after = import_events(tmp_path / "extra.csv", tmp_path / "events", mapping).store
    now = after.type("delivery")
    assert (now.events_files, now.cases_file, now.amendment) == (known.events_files, known.cases_file, ())


def test_compacting_writes_whole_what_was_amended(amended, tmp_path, whole):
    store = copied(amended, tmp_path)
    assert store.type("delivery").amendment
    compact(tmp_path / "events")
    after = EventStore.open(tmp_path / "events")
    assert not any(each.amendment for each in after.types.values())
    assert verify(after) == ()
    assert told(after, "delivery") == told(whole, "delivery")


def test_what_an_amendment_brought_can_be_withdrawn(raw, tmp_path, before, amended, whole):
    held = copied(amended, tmp_path)
    after = withdraw(tmp_path / "events", "telefonie")
    assert verify(after) == ()
    for type_ in ("delivery", "customer"):
        assert told(after, type_) == told(before, type_)
        assert after.type(type_).events_files == held.type(type_).events_files, "the rest stays"
        assert after.type(type_).attributes.keys() == before.type(type_).attributes.keys()
    assert profile(after, "customer").activities == profile(before, "customer").activities
    again = brought(tmp_path / "events", raw, "telefonie")
    assert verify(again) == ()
    assert told(again, "delivery") == told(whole, "delivery")


moments = st.integers(0, 5)
deliveries = st.tuples(
    st.sampled_from([f"D{i}" for i in range(1, 9)]),
    st.sampled_from(["", "Jan", "Piet", "Els"]),
    st.sampled_from("abc"),
    moments,
    st.sampled_from(["", "1", "2.5", "7"]),
    st.sampled_from(["", "x", "y"]),
)
calls = st.tuples(
    st.sampled_from(["Jan", "Piet", "Els", "Kees"]),
    st.sampled_from("cd"),
    moments,
    st.sampled_from(["", "y", "z"]),
)
ALWAYS = "D9,Kees,z,2024-01-01 00:00,3,x\n"
"""So that a column is of one kind in every drawing."""


def drawn_store(folder, steps):
    """A store after these imports, each a name with its rows."""
    heads = {"parcels": "delivery,klant,wat,tijd,gewicht,soort\n" + ALWAYS, "calls": "klant,wat,tijd,soort\n"}
    common = "objects: {customer: klant}\nreadable: [klant]\ntime_zone: UTC\ntime_format: '%Y-%m-%d %H:%M'\n"
    mappings = {
        "parcels": "source: parcels\nobject: delivery\ncolumns: {case: delivery, activity: wat, time: tijd}\n"
        + common,
        "calls": "source: calls\nobject: customer\ncolumns: {activity: wat, time: tijd}\njoin: {customer: delivery}\n"
        + common,
    }
    folder.mkdir()
    for name, lines in steps:
        path = folder / f"{name}.csv"
        path.write_text(heads[name] + "".join(f"{line}\n" for line in lines))
        store = import_events(path, folder / "events", parse_mapping(mappings[name])).store
    return store


def written(rows):
    return [
        ",".join(f"2024-01-01 0{each}:00" if isinstance(each, int) else each for each in row) for row in rows
    ]


@settings(max_examples=3, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    first=st.lists(deliveries, min_size=6, max_size=14),
    then=st.lists(deliveries, min_size=6, max_size=14),
    told_by_phone=st.lists(calls, min_size=3, max_size=8),
    later=st.lists(calls, min_size=3, max_size=8),
)
def test_any_change_gives_what_writing_it_whole_gives(first, then, told_by_phone, later):
    with TemporaryDirectory() as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(amending, "FEWEST", 0)
        patch.setattr(amending, "MOST", 1.0)
        changing = [("parcels", first), ("calls", told_by_phone), ("parcels", then), ("calls", later)]
        mine = drawn_store(Path(made) / "mine", [(name, written(rows)) for name, rows in changing])
        patch.setattr(amending, "FEWEST", 10**12)
        other = drawn_store(Path(made) / "other", [(name, written(rows)) for name, rows in changing[2:]])
        assert verify(mine) == ()
        assert mine.quality["calls"]["joined"] == other.quality["calls"]["joined"]
        for type_ in ("delivery", "customer"):
            assert plainly(told(mine, type_)) == plainly(told(other, type_))
        other = drawn_store(Path(made) / "alone", [("parcels", written(then))])
        patch.setattr(amending, "FEWEST", 0)
        mine = withdraw(Path(made) / "mine" / "events", "calls")
        assert verify(mine) == ()
        for type_ in ("delivery", "customer"):
            assert plainly(told(mine, type_)) == plainly(told(other, type_))


def plainly(found):
    """The same without the objects that go with others: of these a store may know that they once changed."""
    events, *rest = found
    plain = Counter()
    for row, times in events.items():
        plain[*row[:-1], tuple(each for each in row[-1] if each[0] not in {"delivery", "customer"})] += times
    return plain, *rest
