"""XES as the standard allows it, which is more than most logs use."""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenreis.errors import UnreadableFileError
from ketenreis.events.engine import connect
from ketenreis.events.importing import import_events
from ketenreis.events.readers import xes

EVENT = '<event><string key="concept:name" value="{}"/><date key="time:timestamp" value="{}"/>{}</event>'


def read(folder: Path, text: str, encoding: str = "utf-8", **options: int) -> list[dict[str, str]]:
    path = folder / "log.xes"
    path.write_bytes(text.encode(encoding))
    table, _ = xes.convert(path, folder, **options)
    with connect() as con:
        con.execute(f"SELECT * FROM {table.relation()}")
        names = [column[0] for column in con.description]
        return [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in con.fetchall()
        ]


def log(*events: str, trace: str = '<string key="concept:name" value="1"/>', before: str = "") -> str:
    return f'<?xml version="1.0"?>\n<log xmlns="http://www.xes-standard.org/">{before}<trace>{trace}{"".join(events)}</trace></log>'


def test_nested_attributes_and_lists_survive(tmp_path):
    nested = (
        '<string key="cost" value="x"><float key="total" value="1.5"><string key="unit" value="EUR"/></float></string>'
        '<list key="items"><values><string key="item" value="a"/><string key="item" value="b"/></values></list>'
        '<string key="after" value="y"/>'
    )
    [row] = read(tmp_path, log(EVENT.format("a", "2024-01-01T00:00:00Z", nested)))
    assert row == {
        "concept:name": "a",
        "time:timestamp": "2024-01-01T00:00:00Z",
        "cost": "x",
        "cost/total": "1.5",
        "cost/total/unit": "EUR",
        "items": '["a", "b"]',
        "after": "y",
        "case:concept:name": "1",
    }


def test_entities_quotes_comments_and_cdata_are_what_xml_says(tmp_path):
    comment = "<!-- " + EVENT.format("never", "2024-01-01T00:00:00Z", "") + " -->"
    rows = read(
        tmp_path,
        log(
            comment,
            EVENT.format("a &amp; b &lt;c&gt; &#233;", "2024-01-01T00:00:00Z", ""),
            "<event><string key='concept:name' value='say \"x\"'/></event>",
            "<event/>",
            "<event></event>",
            "<event><![CDATA[<event>]]><string value='v' key='turned'/></event>",
        ),
    )
    assert [row.get("concept:name", row.get("turned")) for row in rows] == [
        "a & b <c> é",
        'say "x"',
        None,
        None,
        "v",
    ]


def test_the_shortcut_and_the_parser_read_the_same(tmp_path):
    plain = [EVENT.format(f"a{i}", "2024-01-01T00:00:00Z", f'<int key="n" value="{i}"/>') for i in range(50)]
    slow = [
        event.replace("<event>", "<event >") for event in plain
    ]  # a space is enough to send it to the parser
    assert read(tmp_path, log(*plain)) == read(tmp_path, log(*slow))


VALUES = st.sampled_from(["", "x", "é", "a, b", "&amp;", "&#34;", "&#10;", "<", "2024-01-01T00:00:00Z", " "])
ATTRIBUTE = st.tuples(st.sampled_from("abcd"), VALUES, st.sampled_from(["", "", "", " ", "deep", "single"]))
EVENTS = st.tuples(st.lists(ATTRIBUTE, max_size=5), st.sampled_from(["", "", "", "\n\t", "<!-- x -->"]))
TRACES = st.lists(st.lists(EVENTS, max_size=6), min_size=1, max_size=4)


def attribute(key: str, value: str, form: str) -> str:
    value = value.replace("<", "&lt;")
    if form == "deep":
        return f'<string key="{key}" value="{value}"><int key="n" value="1"/></string>'
    quote = "'" if form == "single" else '"'
    return f"<string key={quote}{key}{quote} value={quote}{value}{quote}{' ' if form == ' ' else ''}/>"


def written(traces: list, event: str) -> str:
    def one(attributes: list, after: str) -> str:
        return f"{event}{''.join(attribute(*each) for each in attributes)}</event>{after}"

    return "<log>{}</log>".format(
        "".join(
            f'<trace><string key="concept:name" value="{i}"/>{"".join(one(*each) for each in trace)}<int key="size" value="1"/></trace>'
            for i, trace in enumerate(traces)
        )
    )


@given(TRACES, st.sampled_from([7, 100, 1000, xes.CHUNK]))
@settings(max_examples=60, deadline=None)  # an engine starts for each
def test_whatever_is_cut_out_of_a_log_it_reads_as_its_xml(traces, chunk):
    with TemporaryDirectory() as folder:
        usual = read(Path(folder), written(traces, "<event>"), chunk=chunk)
        assert usual == read(Path(folder), written(traces, "<event >"))


def test_events_in_a_long_comment_stay_there_and_those_after_it_are_read(tmp_path):
    events = [EVENT.format(f"a{i}", "2024-01-01T00:00:00Z", "") for i in range(400)]
    rows = read(
        tmp_path, log(*events[:100], f"<!-- {''.join(events[100:300])} -->", *events[300:]), chunk=2000
    )
    assert [row["concept:name"] for row in rows] == [f"a{i}" for i in (*range(100), *range(300, 400))]


def test_keys_that_differ_in_capitals_are_columns_of_their_own(tmp_path):
    more = '<string key="Cost" value="1"/><string key="cost" value="2"/><string key="case:concept:name" value="no"/>'
    [row] = read(tmp_path, log(EVENT.format("a", "2024-01-01T00:00:00Z", more)))
    assert (row["Cost"], row["cost_2"], row["case:concept:name"]) == ("1", "2", "1")


def test_globals_are_not_filled_in_and_log_attributes_are_not_events(tmp_path):
    before = '<string key="source" value="x"><string key="deep" value="y"/></string><global scope="event"><string key="org:role" value="UNKNOWN"/></global>'
    [row] = read(tmp_path, log(EVENT.format("a", "2024-01-01T00:00:00Z", ""), before=before))
    assert set(row) == {"concept:name", "time:timestamp", "case:concept:name"}


def test_a_prefix_and_another_encoding_make_no_difference(tmp_path):
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><x:log xmlns:x="http://www.xes-standard.org/"><x:trace><x:string key="concept:name" value="é"/><x:event><x:string key="concept:name" value="café"/></x:event></x:trace></x:log>'
    assert read(tmp_path, text, "latin-1") == [{"concept:name": "café", "case:concept:name": "é"}]


def test_columns_that_turn_up_late_are_columns_of_all(tmp_path):
    events = [EVENT.format("a", "2024-01-01T00:00:00Z", "") for _ in range(20_005)]
    events.append(EVENT.format("b", "2024-01-02T00:00:00Z", '<string key="late" value="x"/>'))
    rows = read(tmp_path, log(*events))
    assert len(rows) == 20_006
    assert rows[-1]["late"] == "x"
    assert "late" not in rows[0]


def test_a_trace_without_events_is_a_case_without_events(tmp_path):
    text = log(EVENT.format("a", "2024-01-01T00:00:00Z", "")).replace(
        "</log>",
        '<trace><string key="concept:name" value="2"/><string key="kanaal" value="web"/></trace></log>',
    )
    (tmp_path / "log.xes").write_text(text)
    result = import_events(tmp_path / "log.xes", tmp_path / "s")
    assert (result.store.type().cases, result.store.type().events, result.report.bare_rows) == (2, 1, 1)
    channel = result.store.type().attribute("channel")
    rows = duckdb.sql(
        f"SELECT case_id, {channel.column} FROM read_parquet('{result.store.type().cases_file}') ORDER BY 1"
    )
    assert rows.fetchall() == [("1", None), ("2", 0)]


def test_events_without_label_or_time_are_refused_with_the_reason(tmp_path):
    good = "".join(EVENT.format("a", f"2024-01-0{i}T00:00:00Z", "") for i in range(1, 9))
    bad = '<event><string key="concept:name" value="b"/></event><event><date key="time:timestamp" value="2024-01-01T00:00:00Z"/></event>'
    (tmp_path / "log.xes").write_text(log(good, bad))
    report = import_events(tmp_path / "log.xes", tmp_path / "s").report
    assert report.refused == {"no_time": 1, "no_activity": 1}
    assert report.rows_read == report.rows_kept + report.rows_refused == 10


def test_declared_entities_are_refused(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><log><trace><event><string key="concept:name" value="&b;"/></event></trace></log>'
    with pytest.raises(UnreadableFileError, match="entities"):
        read(tmp_path, bomb)


@pytest.mark.parametrize("cut", [30, 90, 200, 400])
def test_a_log_that_ends_in_the_middle_is_refused(tmp_path, cut):
    whole = log(*(EVENT.format("a", "2024-01-01T00:00:00Z", "") for _ in range(5)))
    with pytest.raises(UnreadableFileError):
        read(tmp_path, whole[:cut])
    (tmp_path / "log.xes.gz").write_bytes(gzip.compress(whole.encode())[:-20])
    with pytest.raises(UnreadableFileError):
        xes.convert(tmp_path / "log.xes.gz", tmp_path)
