"""Files made to do harm, or broken: each is refused with a sentence or contained, in bounded memory and time."""

import gzip
import json
import resource
import subprocess
import sys
import time
import zipfile

import openpyxl
import pytest

from ketenreis.errors import KetenreisError, UnreadableFileError
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping
from ketenreis.events.readers import zipped

HEAD = "case_id,activity,timestamp,note\n"
GOOD = HEAD + "".join(
    f"z{i},{a},2024-01-0{d} 10:00:00,x\n" for i in range(30) for d, a in ((1, "a"), (2, "b"))
)
LIMIT = 20.0


def said(refusal):
    """The refusal, which is a sentence."""
    assert str(refusal).endswith((".", "?"))
    assert "Traceback" not in str(refusal)
    return refusal


def attempt(folder, path, mapping=None):
    """Imports within the time allowed, and gives the result or the refusal; anything else is a failure."""
    started = time.monotonic()
    try:
        return import_events(path, folder / "events", mapping)
    except KetenreisError as refusal:
        return said(refusal)
    finally:
        assert time.monotonic() - started < LIMIT


def refused(folder, path, words=""):
    told = attempt(folder, path)
    assert isinstance(told, UnreadableFileError), told
    assert words in str(told)
    assert not (folder / "events" / "manifest.json").exists()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("bomb", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("log.xes", '<log><trace><string key="concept:name" value="&a;"/><event/></trace></log>'),
        (
            "log.xmlocel",
            '<log><object-types/><events><event id="1" type="&a;" time="2024-01-01"/></events></log>',
        ),
    ],
)
def test_entities_are_refused(tmp_path, bomb, name, body):
    path = tmp_path / name
    path.write_text(bomb + body)
    refused(tmp_path, path, "entities")


def workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def replaced(path, part, body):
    """The workbook with another body for one of its parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, own in {**parts, part: body}.items():
            archive.writestr(name, own)
    return path


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_entities_in_a_workbook_are_refused(tmp_path, part):
    path = workbook(tmp_path / "x.xlsx", [["case", "activity", "time"], ["z", "a", "2024-01-01"]])
    refused(tmp_path, replaced(path, part, LAUGHS.encode() + b"<worksheet>&d;</worksheet>"), "entities")


@pytest.mark.parametrize(
    "before", [b"<!-- " + b"x" * (2 << 20) + b" -->", b" " * (2 << 20), b"<?x " + b"y" * (2 << 20) + b"?>"]
)
def test_entities_that_hide_behind_a_long_begin_are_refused(tmp_path, before):
    path = workbook(tmp_path / "x.xlsx", [["case", "activity", "time"], ["z", "a", "2024-01-01"]])
    entities = LAUGHS.encode().partition(b"?>")[2]
    if before.strip():
        refused(
            tmp_path,
            replaced(path, "xl/worksheets/sheet1.xml", before + entities + b"<worksheet>&d;</worksheet>"),
            "entities",
        )
    else:
        told = attempt(
            tmp_path,
            replaced(path, "xl/worksheets/sheet1.xml", before + entities + b"<worksheet>&d;</worksheet>"),
        )
        assert isinstance(told, UnreadableFileError)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_a_workbook_with_a_broken_part_is_refused(tmp_path, part):
    path = workbook(tmp_path / "x.xlsx", [["case", "activity", "time"], ["z", "a", "2024-01-01"]])
    refused(tmp_path, replaced(path, part, b"<worksheet><row>"), "not whole")


def test_a_zip_bomb_of_a_workbook_is_refused_before_it_is_unzipped(tmp_path):
    path = workbook(tmp_path / "x.xlsx", [["case", "activity", "time"]])
    refused(
        tmp_path,
        replaced(path, "xl/media/image.xml", b"<a>" + b" " * (zipped.SMALL + 1)),
        "unzips to more than",
    )


def test_a_zipped_log_that_grows_without_reason_is_refused(tmp_path):
    for name in ("bomb.csv.gz", "bomb.xes.gz", "bomb.jsonocel.gz"):
        path = tmp_path / name
        start = {"bomb.csv.gz": HEAD.encode(), "bomb.xes.gz": b"<log>", "bomb.jsonocel.gz": b"{"}[name]
        path.write_bytes(gzip.compress(start) + gzip.compress(b" " * (1 << 20)) * 300)
        refused(tmp_path, path, "unzips to more than")


def test_a_zipped_log_that_is_cut_short_is_refused(tmp_path):
    whole = gzip.compress(GOOD.encode() * 50)
    (tmp_path / "a.csv.gz").write_bytes(whole[: len(whole) // 2])
    refused(tmp_path, tmp_path / "a.csv.gz", "cannot be opened")
    (tmp_path / "b.csv.gz").write_bytes(whole[:40] + b"\xff" * 40 + whole[80:])
    refused(tmp_path, tmp_path / "b.csv.gz", "cannot be opened")


def test_cells_that_look_like_formulas_stay_text(tmp_path):
    cells = ['=cmd|" /C calc"!A0', "@SUM(1)", "+1+1", "-2+3", '=HYPERLINK("http://x")']
    quoted = ['"' + each.replace('"', '""') + '"' for each in cells]
    (tmp_path / "a.csv").write_text(
        HEAD + "".join(f"z{i % 2},a,2024-01-01 10:0{i}:00,{c}\n" for i, c in enumerate(quoted))
    )
    result = attempt(tmp_path, tmp_path / "a.csv")
    assert set(result.store.type().attribute("note").values) == set(cells)


@pytest.mark.parametrize("size", [1_000_000, 10_000_000])
def test_a_field_of_ten_megabytes_is_taken_in_or_refused_by_line(tmp_path, size):
    (tmp_path / "a.csv").write_text(
        GOOD + f"z1,b,2024-01-02 10:00:00,{'x' * size}\n" + "z2,c,2024-01-03 10:00:00,y\n"
    )
    result = attempt(tmp_path, tmp_path / "a.csv")
    assert result.report.rows_read == 62
    assert result.report.rows_kept >= 61
    log = {
        "ocel:events": {"e": {"ocel:activity": "a", "ocel:timestamp": "2024-01-01", "ocel:omap": ["o"], "ocel:vmap": {"n": "x" * size}}},
        "ocel:objects": {"o": {"ocel:type": "order"}},
    }  # fmt: skip
    (tmp_path / "a.jsonocel").write_text(json.dumps(log))
    assert attempt(tmp_path, tmp_path / "a.jsonocel").store.type("order").events == 1


def test_ten_thousand_columns_are_refused(tmp_path):
    wide = [f"c{i}" for i in range(10_000)]
    (tmp_path / "a.csv").write_text(
        ",".join(["case_id", "activity", "timestamp", *wide]) + "\n" + "z,a,2024-01-01" + ",1" * 10_000
    )
    refused(tmp_path, tmp_path / "a.csv", "10003 columns")
    refused(
        tmp_path, workbook(tmp_path / "b.xlsx", [["case", "activity", *wide], ["z", "a", *wide]]), "columns"
    )
    events = {
        str(i): {
            "ocel:activity": "a",
            "ocel:timestamp": "2024-01-01",
            "ocel:omap": [],
            "ocel:vmap": {f"v{i}": 1},
        }
        for i in range(10_000)
    }
    (tmp_path / "c.jsonocel").write_text(json.dumps({"ocel:events": events}))
    refused(tmp_path, tmp_path / "c.jsonocel", "columns")


def test_nul_bytes_do_no_harm(tmp_path):
    (tmp_path / "a.csv").write_bytes(GOOD.encode() + b"z\x001,a,2024-01-03 10:00:00,x\n")
    result = attempt(tmp_path, tmp_path / "a.csv")
    assert result.report.refused == {"nul_bytes": 1}
    (tmp_path / "b.csv").write_bytes(b"\x00" * 5_000_000)
    assert isinstance(attempt(tmp_path / "b", tmp_path / "b.csv"), KetenreisError)
    log = {"ocel:events": {"e": {"ocel:activity": "a\x00b", "ocel:timestamp": "2024-01-01", "ocel:omap": ["o\x00"]}},
           "ocel:objects": {"o\x00": {"ocel:type": "order"}}}  # fmt: skip
    (tmp_path / "c.jsonocel").write_text(json.dumps(log))
    assert attempt(tmp_path, tmp_path / "c.jsonocel").store.type("order").activities[0].label == "ab"


BODIES = {
    "csv": GOOD.encode(),
    "json": b'{"a": 1}',
    "list": b"[1, 2, 3]",
    "xml": b"<html><body>no log</body></html>",
    "noise": bytes(range(256)) * 40,
    "empty": b"",
    "zip": b"PK\x03\x04" + b"\x00" * 60,
    "parquet": b"PAR1" + b"\x00" * 60 + b"PAR1",
    "sqlite": b"SQLite format 3\x00" + b"\x00" * 200,
    "gzip": b"\x1f\x8b" + b"\x00" * 60,
    "old workbook": b"\xd0\xcf\x11\xe0" + b"\x00" * 60,
    "utf-16": ("﻿" + GOOD).encode("utf-16"),
}
ENDINGS = [".csv", ".xlsx", ".parquet", ".xes", ".xes.gz", ".csv.gz", ".jsonocel", ".xmlocel", ".sqlite", ""]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("body", BODIES)
def test_a_file_with_the_wrong_ending_is_read_or_refused_with_a_sentence(tmp_path, body, ending):
    path = tmp_path / f"file{ending}"
    path.write_bytes(BODIES[body])
    told = attempt(tmp_path, path)
    if body == "csv":
        assert told.store.type().events == 60, "a table of text is read under whatever name"
    elif body != "utf-16":
        assert isinstance(told, KetenreisError)


def test_a_wide_workbook_that_says_it_is_small_is_still_contained(tmp_path):
    path = workbook(
        tmp_path / "x.xlsx",
        [["case", "activity", "time"], *([f"z{i}", "a", "2024-01-01"] for i in range(50))],
    )
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    lied = sheet.replace(b'ref="A1:C51"', b'ref="A1:XFD1048576"')
    assert lied != sheet
    assert attempt(tmp_path, replaced(path, "xl/worksheets/sheet1.xml", lied)).report.rows_read == 50


def test_a_bomb_stays_within_memory(tmp_path):
    """In a process of its own, that may have 2 GB and no more."""
    path = tmp_path / "bomb.jsonocel"
    path.write_text('{"ocel:events": {"e": "' + "x" * 300_000_000)
    code = (
        "import sys\nfrom ketenreis.errors import KetenreisError\nfrom ketenreis.events.importing import import_events\n"
        "try:\n    import_events(sys.argv[1], sys.argv[2])\nexcept KetenreisError as e:\n    print(e)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path, tmp_path / "events"],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (2 << 30, 2 << 30)),
    )
    assert done.returncode == 0, done.stderr
    assert "no log" in done.stdout


def test_a_mapping_that_names_nothing_there_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text(GOOD)
    told = attempt(
        tmp_path,
        tmp_path / "a.csv",
        parse_mapping("columns: {activity: activity}\nobjects: {order: nergens}"),
    )
    assert "nergens" in str(told)
