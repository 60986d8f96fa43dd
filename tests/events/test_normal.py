"""The normal form against a slow, obvious one, on logs that Hypothesis makes."""

import tempfile
from collections import Counter
from datetime import UTC, datetime

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketenreis.events import normal
from ketenreis.events.from_rows import Row, write_store
from ketenreis.events.store import EventStore

ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "channel": st.sampled_from(["web", "post", None]),
        "amount": st.sampled_from([0, 1, 2.5, -3.1234, 1e12, None]),
        "paid": st.sampled_from([True, False, None]),
        "due": st.sampled_from(
            [datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 6, 1, 12, tzinfo=UTC), None]
        ),
    },
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "NA", "é"]),
        st.sampled_from(["a", "b", "c d"]),
        st.integers(0, 4),
        ATTRIBUTES,
    ),
    max_size=12,
)


def decoded(store: EventStore) -> list[dict[str, object]]:
    """The events of a store as a reader understands them, in its order."""
    held = store.type()
    of_case = duckdb.sql(f"SELECT * FROM read_parquet('{held.cases_file}')")
    names = of_case.columns
    cases = {row[0]: dict(zip(names, row, strict=True)) for row in of_case.fetchall()}
    table = duckdb.sql(f"SELECT * FROM read_parquet({held.events_glob}) ORDER BY case_no, seq")
    told = []
    for row in table.fetchall():
        event = dict(zip(table.columns, row, strict=True))
        case = cases[event["case_no"]]
        values = {}
        for each in held.own_attributes:
            value = (case if each.level == "case" else event)[each.column]
            if value is not None and each.type in {"category", "truth"}:
                value = each.values[value]
            elif value is not None and each.scale is not None:
                value /= 10**each.scale
            values[each.name] = value
        told.append({**event, "case_id": case["case_id"], "values": values})
    return told


def plain(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return int(value.timestamp() * 1e6) if isinstance(value, datetime) else value


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.sampled_from([2, normal.SORTED_AT_ONCE]))
def test_the_normal_form_is_the_log_sorted_by_case_time_and_place(rows: list[Row], at_once: int):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(normal, "SORTED_AT_ONCE", at_once)
        store = write_store(folder, rows)
        told = decoded(store)
        cases = duckdb.sql(
            f"SELECT case_no, case_id, first_us, last_us, events, variant FROM read_parquet('{store.type().cases_file}')"
        ).fetchall()
    by_case: dict[str, list[Row]] = {}
    for row in rows:
        by_case.setdefault(row[0], []).append(row)
    ordered = {case: sorted(own, key=lambda row: row[2]) for case, own in by_case.items()}
    assert sorted(row[1] for row in cases) == sorted(by_case)
    assert [row[0] for row in sorted(cases)] == list(range(len(by_case)))
    traces = Counter(tuple(row[1] for row in own) for own in ordered.values())
    variants: dict[int, tuple[str, ...]] = {}
    for _, case, first, last, count, variant in cases:
        own = ordered[case]
        assert (first, last, count) == (own[0][2], own[-1][2], len(own))
        assert variants.setdefault(variant, tuple(row[1] for row in own)) == tuple(row[1] for row in own)
    assert len(variants) == len(traces) == store.type().variants
    assert [traces[variants[i]] for i in range(len(variants))] == sorted(traces.values(), reverse=True)
    labels = [each.label for each in store.type().activities]
    seen: dict[str, int] = {}
    for event in told:
        own = ordered[event["case_id"]]
        i = seen[event["case_id"]] = seen.get(event["case_id"], -1) + 1
        before = own[i - 1] if i else None
        after = own[i + 1] if i + 1 < len(own) else None
        assert (event["seq"], event["us"], labels[event["activity"]]) == (i, own[i][2], own[i][1])
        assert event["prev_us"] == (before[2] if before else None)
        assert event["next_us"] == (after[2] if after else None)
        assert (event["prev_activity"] is None) == (before is None)
        assert before is None or labels[event["prev_activity"]] == before[1]
        assert after is None or labels[event["next_activity"]] == after[1]
        for name, value in event["values"].items():
            assert value == plain(own[i][3].get(name))


@settings(max_examples=15, deadline=None)
@given(ROWS)
def test_an_attribute_is_of_the_case_only_when_it_never_changes(rows: list[Row]):
    with tempfile.TemporaryDirectory() as folder:
        store = write_store(folder, rows)
    for each in store.type().own_attributes:
        changes = any(
            len({plain(row[3].get(each.name)) for row in rows if row[0] == case}) > 1
            for case in {row[0] for row in rows}
        )
        assert each.level == ("event" if changes else "case")


def test_a_case_without_events_has_a_row_and_its_attributes(tmp_path):
    store = write_store(tmp_path, [("1", "a", 5, {"kind": "x"}), ("2", None, None, {"kind": "y"})])
    held = store.type()
    kind = held.attribute("kind")
    rows = duckdb.sql(
        f"SELECT case_id, events, first_us, variant, {kind.column} FROM read_parquet('{held.cases_file}') ORDER BY case_no"
    ).fetchall()
    assert [(*row[:4], kind.values[row[4]]) for row in rows] == [
        ("1", 1, 5, 0, "x"),
        ("2", 0, None, None, "y"),
    ]


def test_a_closing_label_gives_the_time_of_closing(tmp_path):
    rows = [("1", "a", 1, {}), ("1", "end", 5, {}), ("1", "a", 6, {}), ("2", "a", 2, {})]
    for closed, labels in (("end", {}), ("done", {"end": "done"})):
        store = write_store(tmp_path, rows, closed=closed, labels=labels)
        told = duckdb.sql(
            f"SELECT closed_us FROM read_parquet('{store.type().cases_file}') ORDER BY case_no"
        ).fetchall()
        assert told == [(5,), (None,)]


def test_dates_of_the_case_become_events_after_what_happened_at_that_time(tmp_path):
    at = datetime(2024, 1, 2, tzinfo=UTC)
    rows = [
        ("1", "a", datetime(2024, 1, 1, tzinfo=UTC), {"done": at, "x": "p"}),
        ("1", "b", at, {"done": at, "x": "p"}),
    ]
    store = write_store(tmp_path, rows, dates_as_events={"done": "Finished"})
    codes = [event["activity"] for event in decoded(store)]
    assert [store.type().activities[code].label for code in codes] == ["a", "b", "Finished"]
    assert store.type().attribute("x").level == "case"
    assert store.type().attribute("done").level == "case"


def test_the_previous_channel_stands_with_each_event(tmp_path):
    rows = [
        ("1", "a", 1, {"channel": "web"}),
        ("1", "b", 2, {"channel": "post"}),
        ("2", "a", 1, {"channel": "web"}),
    ]
    store = write_store(tmp_path, rows)
    values = store.type().attribute("channel").values
    told = [event["prev_channel"] for event in decoded(store)]
    assert [None if code is None else values[code] for code in told] == [None, "web", None]


def test_a_large_dictionary_stands_in_a_file_of_its_own(tmp_path):
    rows = [(str(i // 2), "a", i, {"ref": f"r{i}"}) for i in range(10_050)]
    store = write_store(tmp_path, rows)
    ref = store.type().attribute("ref")
    assert ref.values == ()
    read = duckdb.sql(
        f"SELECT d.value FROM read_parquet({store.type().events_glob}) AS e JOIN read_parquet('{ref.values_file}') AS d "
        f"ON d.code = e.{ref.column} ORDER BY us"
    ).fetchall()
    assert [row[0] for row in read] == [row[3]["ref"] for row in rows]
