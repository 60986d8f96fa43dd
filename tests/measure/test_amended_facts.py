"""After a small source came in, only the cases it touched are read again; the verdicts are those of reading all of them."""

import shutil

import duckdb
import pytest

from ketenreis.events import amending
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping, read_mapping
from ketenreis.events.store import EventStore
from ketenreis.examples import mapping_files, model_folder, write_raw
from ketenreis.measure import case_verdicts, cases, judge
from ketenreis.notation.text import read
from ketenreis.requirements import requirement

PARCELS = 1_000


@pytest.fixture(scope="module", autouse=True)
def _small_enough():
    """A log of these few events is amended too, so that nobody waits for a large one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(amending, "FEWEST", 2_000)
        yield


@pytest.fixture(scope="module")
def wanted():
    """The requirements of Snelpak."""
    return [requirement(ctq) for ctq in read(model_folder("snelpak")).model.of_kind("ctq")]


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """The exports of Snelpak, each with its mapping; telephony comes last."""
    paths = write_raw("snelpak", tmp_path_factory.mktemp("raw"), PARCELS, 6)
    return list(zip(paths, map(read_mapping, mapping_files("snelpak")), strict=True))


@pytest.fixture(scope="module")
def made(raw, tmp_path_factory):
    """A folder with a store of everything but telephony."""
    folder = tmp_path_factory.mktemp("made")
    for path, mapping in raw[:3]:
        import_events(path, folder / "events", mapping)
    return folder


@pytest.fixture
def store(made, tmp_path):
    """The same, of this test's own."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return EventStore.open(tmp_path / "events")


def judged(store, wanted, cache=None):
    """The verdict of every case under every requirement, by the type of object it is about."""
    found = {}
    for about in ("delivery", "customer"):
        with judge(store, wanted, object_type=about, cache=cache) as judging:
            for name in judging.plans:
                found[name] = sorted(case_verdicts(judging, name))
    return found


def kept(cache):
    return {path: path.read_bytes() for path in cache.glob("*.parquet")}


def test_facts_of_untouched_cases_are_used_again_and_the_verdicts_are_the_same(raw, store, wanted, tmp_path):
    cache = tmp_path / "facts"
    judged(store, wanted, cache)
    before = kept(cache)
    store = import_events(*raw[3][:1], tmp_path / "events", raw[3][1]).store
    found = judged(store, wanted, cache)
    after = kept(cache)
    assert before.items() <= after.items()
    touched = {
        about: {
            case
            for (case,) in duckdb.sql(
                f"SELECT DISTINCT case_no FROM read_parquet({list(store.type(about).amendment)})"
            ).fetchall()
        }
        for about in ("delivery", "customer")
    }
    deliveries = store.type("delivery").cases
    assert 0 < len(touched["delivery"]) < 0.1 * deliveries
    facts = [
        {case for (case,) in duckdb.sql(f"SELECT DISTINCT case_no FROM read_parquet('{path}')").fetchall()}
        for path in after.keys() - before.keys()
    ]
    # only the customers' own fact of calls is new, since nobody could call before: it is read whole, once
    assert sum(not (each <= touched["delivery"] or each <= touched["customer"]) for each in facts) <= 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(amending, "FEWEST", 10**12)
        (tmp_path / "keys").rename(tmp_path / "kept")
        (tmp_path / "apart").mkdir()
        (tmp_path / "kept").rename(tmp_path / "apart" / "keys")
        for path, mapping in raw:
            whole = import_events(path, tmp_path / "apart" / "events", mapping).store
    assert not any(each.amendment for each in whole.types.values())
    assert found == judged(whole, wanted)
    assert found == judged(store, wanted), "without a cache"


def test_a_type_that_was_not_touched_is_not_read_again(store, wanted, tmp_path):
    cache = tmp_path / "facts"
    with judge(store, wanted, object_type="delivery", cache=cache) as judging:
        first = cases(judging)
    before = kept(cache)
    mapping = parse_mapping(
        "source: extra\nobject: customer\ncolumns: {case: klantnummer, activity: keuze, time: datum}\ntime_zone: UTC"
    )
    (tmp_path / "extra.csv").write_text("klantnummer;keuze;datum\nNIEUW;Iets anders;2026-01-01\n")
    store = import_events(tmp_path / "extra.csv", tmp_path / "events", mapping).store
    with judge(store, wanted, object_type="delivery", cache=cache) as judging:
        assert cases(judging) == first
    assert kept(cache) == before


def test_a_store_made_anew_in_the_same_place_does_not_get_the_facts_of_the_old_one(wanted, tmp_path):
    found = []
    for seed in (1, 2):
        paths = write_raw("snelpak", tmp_path / "raw", 300, seed)
        for path, mapping in zip(paths[:2], mapping_files("snelpak")[:2], strict=True):
            store = import_events(path, tmp_path / "events", read_mapping(mapping)).store
        with judge(store, wanted, object_type="delivery", cache=tmp_path / "facts") as judging:
            found.append(cases(judging))
        with judge(store, wanted, object_type="delivery") as judging:
            assert cases(judging) == found[-1]
        for path in sorted((tmp_path / "events").rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
    assert found[0] != found[1]
