"""XES as the standard allows it, which is more than most logs use."""

import gzip
from pathlib import Path

import duckdb
import pytest

from ketenreis.errors import UnreadableFileError
from ketenreis.events.engine import connect
from ketenreis.events.importing import import_events
from ketenreis.events.readers import xes

EVENT = '<event><string key="concept:name" value="{}"/><date key="time:timestamp" value="{}"/>{}</event>'


def read(folder: Path, text: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    path = folder / "log.xes"
    path.write_bytes(text.encode(encoding))
    parts, _ = xes.convert(path, folder)
    with connect() as con:
        con.execute(f"SELECT * FROM {xes.relation(parts)}")
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


def test_globals_are_not_filled_in_and_log_attributes_are_not_events(tmp_path):
    before = '<string key="source" value="x"><string key="deep" value="y"/></string><global scope="event"><string key="org:role" value="UNKNOWN"/></global>'
    [row] = read(tmp_path, log(EVENT.format("a", "2024-01-01T00:00:00Z", ""), before=before))
    assert set(row) == {"concept:name", "time:timestamp", "case:concept:name"}


def test_a_prefix_and_another_encoding_make_no_difference(tmp_path):
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><x:log xmlns:x="http://www.xes-standard.org/"><x:trace><x:string key="concept:name" value="é"/><x:event><x:string key="concept:name" value="café"/></x:event></x:trace></x:log>'
    assert read(tmp_path, text, "latin-1") == [{"concept:name": "café", "case:concept:name": "é"}]


def test_columns_that_turn_up_late_are_columns_of_all(tmp_path):
    events = [EVENT.format("a", "2024-01-01T00:00:00Z", "") for _ in range(xes.BATCH + 5)]
    events.append(EVENT.format("b", "2024-01-02T00:00:00Z", '<string key="late" value="x"/>'))
    rows = read(tmp_path, log(*events))
    assert len(rows) == xes.BATCH + 6
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
