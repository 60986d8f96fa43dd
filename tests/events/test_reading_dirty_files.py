"""Files as organisations really make them: every one comes in, or is refused with a sentence; nothing crashes."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from ketenreis.errors import KetenreisError, MappingError, UnreadableFileError
from ketenreis.events.importing import ImportResult, guess_file, import_events
from ketenreis.events.store import EventStore

PLAIN = "zaaknummer;activiteit;datum;kanaal\n1;Aanvraag;{};web\n1;Besluit;{};web\n2;Aanvraag;{};post\n"


def brought_in(folder: Path, text: str | bytes, name: str = "log.csv") -> ImportResult:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_events(path, folder / "events", now=datetime(2026, 1, 1, tzinfo=UTC))


def times(store: EventStore) -> list[str]:
    rows = duckdb.sql(
        f"SELECT make_timestamp(us)::VARCHAR FROM read_parquet({store.type().events_glob}) ORDER BY case_no, seq"
    ).fetchall()
    return [row[0] for row in rows]


def labels(store: EventStore) -> list[str]:
    rows = duckdb.sql(
        f"SELECT activity FROM read_parquet({store.type().events_glob}) ORDER BY case_no, seq"
    ).fetchall()
    return [store.type().activities[row[0]].label for row in rows]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (("13-02-2024 09:05", "14-02-2024 10:00", "15-02-2024 11:00"), "2024-02-13 09:05:00"),
        (("13/2/2024 9:05", "14/2/2024 10:00", "15/2/2024 11:00"), "2024-02-13 09:05:00"),
        (("02/13/2024 9:05", "02/14/2024 10:00", "02/15/2024 11:00"), "2024-02-13 09:05:00"),
        (("2/3/2024 9:05:01 PM", "2/4/2024 10:00:00 AM", "2/5/2024 1:00:00 AM"), "2024-02-03 21:05:01"),
        (("13.02.2024 09:05:01", "14.02.2024 10:00:00", "15.02.2024 11:00:00"), "2024-02-13 09:05:01"),
        (("13-feb-2024", "14-mrt-2024", "15-okt-2024"), "2024-02-13 00:00:00"),
        (
            ("2024-02-13T09:05:00+01:00", "2024-07-13T09:05:00+02:00", "2024-02-14T00:00:00Z"),
            "2024-02-13 08:05:00",
        ),
        (
            ("2024-02-13 09:05:00,123", "2024-02-13 09:05:00,124", "2024-02-14 09:05:00,5"),
            "2024-02-13 09:05:00.123",
        ),
        (("20240213", "20240214", "20240215"), "2024-02-13 00:00:00"),
        (("20240213T090500", "20240214T090500", "20240215T090500"), "2024-02-13 09:05:00"),
        (("1707815100", "1707901500", "1707987900"), "2024-02-13 09:05:00"),
        (("1707815100123", "1707901500123", "1707987900123"), "2024-02-13 09:05:00.123"),
        (("45335.378472222", "45336.5", "45337"), "2024-02-13 09:05:00"),
        (("45335,378472222", "45336,5", "45337"), "2024-02-13 09:05:00"),
    ],
)
def test_times_are_read_however_they_are_written(tmp_path, written, read):
    result = brought_in(tmp_path, PLAIN.format(*written))
    assert times(result.store)[0] == read
    assert result.report.rows_refused == 0


def test_day_and_month_that_nothing_settles_are_said_to_be_doubtful(tmp_path):
    result = brought_in(tmp_path, PLAIN.format("1-2-2024", "2-3-2024", "3-4-2024"))
    reason = result.guess.reason("time_format")
    assert reason.confidence <= 0.5
    assert reason.others == ("%m-%d-%Y",)


def test_latin_1_with_semicolons_is_read_also_when_the_first_accent_comes_late(tmp_path):
    rows = "".join(f"{i};Aanvraag;2024-01-01 10:{i % 60:02d};web\n" for i in range(20_000))
    text = "zaak;activiteit;tijdstip;kanaal\n" + rows + "x;Geïnformeerd café;2024-01-02 10:00;web\n"
    result = brought_in(tmp_path, text.encode("latin-1"))
    assert "Geïnformeerd café" in labels(result.store)
    assert result.mapping.encoding in {"latin-1", "cp1252"}
    assert result.mapping.separator == ";"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_encodings_give_the_same_labels(tmp_path, encoding):
    text = "zaak;activiteit;tijdstip\n1;Één aanvraag;2024-01-01 10:00\n1;Coördinatie;2024-01-02 10:00\n"
    assert labels(brought_in(tmp_path, text.encode(encoding)).store) == ["Één aanvraag", "Coördinatie"]


def test_a_field_may_hold_separators_quotes_and_line_ends(tmp_path):
    text = 'case,activity,time,note\n1,"a, b",2024-01-01,"he said ""yes""\nand left"\n1,c,2024-01-02,\n,d,2024-01-03,x\n'
    result = brought_in(tmp_path, text)
    assert labels(result.store) == ["a, b", "c"]
    assert result.report.refused == {"no_case": 1}
    assert result.report.examples[0].line == 5  # the note above takes two lines


def test_rows_with_too_few_or_too_many_fields_are_refused_with_their_line(tmp_path):
    good = "".join(f"{i},a,2024-01-01,x\n{i},b,2024-01-02,x\n" for i in range(100))
    result = brought_in(
        tmp_path, "case,activity,time,note\n" + good + "7,b\n8,b,2024-01-03,x,y,z\n9,b,2024-01-04,x\n"
    )
    report = result.report
    assert report.refused == {"too_few_fields": 1, "too_many_fields": 1}
    assert {(each.line, each.reason) for each in report.examples} == {
        (202, "too_few_fields"),
        (203, "too_many_fields"),
    }
    assert report.rows_read == report.rows_kept + report.rows_refused == 203


def test_nul_bytes_refuse_a_row_and_not_the_file(tmp_path):
    result = brought_in(
        tmp_path, b"case,activity,time\n1,a,2024-01-01\n2,b\x00c,2024-01-02\n3,d,2024-01-03\n"
    )
    assert result.report.refused == {"nul_bytes": 1}
    assert labels(result.store) == ["a", "d"]


def test_an_empty_file_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(UnreadableFileError, match="empty"):
        brought_in(tmp_path, "")


def test_a_file_with_column_names_only_gives_an_empty_store(tmp_path):
    result = brought_in(tmp_path, "case_id,activity,timestamp,channel\n")
    assert (result.store.type().cases, result.store.type().events, result.store.last_us) == (0, 0, None)
    assert result.report.rows_read == 0


def test_one_column_is_refused_with_what_is_lacking(tmp_path):
    with pytest.raises(MappingError, match="columns"):
        brought_in(tmp_path, "name\nx\ny\n")


def test_double_and_nameless_columns_keep_apart(tmp_path):
    result = brought_in(
        tmp_path, "case,activity,time,note,note,\n1,a,2024-01-01,x,y,z\n1,b,2024-01-02,p,q,r\n"
    )
    assert {each.name for each in result.store.type().own_attributes} == {"note", "note_2", "column_6"}


def test_missing_marks_are_counted_and_a_case_may_be_called_na(tmp_path):
    rows = "".join(f"{i},a,2024-01-0{1 + i % 9},{'EMPTY' if i % 3 else 'web'}\n" for i in range(60))
    result = brought_in(tmp_path, "case,activity,time,channel\n" + rows + "NA,a,2024-01-01,NULL\n")
    assert result.report.missing == {"channel": {"EMPTY": 40, "NULL": 1}}
    ids = duckdb.sql(f"SELECT case_id FROM read_parquet('{result.store.type().cases_file}')").fetchall()
    assert ("NA",) in ids


def test_a_number_means_missing_only_when_it_stands_apart(tmp_path):
    apart = "".join(f"{i},a,2024-01-0{1 + i % 9},{-100 if i % 5 == 0 else i}\n" for i in range(100))
    amongst = "".join(f"{i},a,2024-01-0{1 + i % 9},{-100 if i % 5 == 0 else -i}\n" for i in range(100))
    head = "case,activity,time,score\n"
    (tmp_path / "a").mkdir()
    assert brought_in(tmp_path, head + apart).mapping.missing == ("-100",)
    assert brought_in(tmp_path / "a", head + amongst).mapping.missing == ()


def test_impossible_dates_are_kept_and_reported_and_do_not_become_now(tmp_path):
    rows = "".join(f"{i},a,2024-01-0{1 + i % 9}\n" for i in range(50))
    result = brought_in(tmp_path, "case,activity,time\n" + rows + "x,a,1948-01-01\ny,a,2999-01-01\n")
    assert result.report.impossible == 2
    assert result.store.type().events == 52
    assert result.store.last_us == int(datetime(2024, 1, 9, tzinfo=UTC).timestamp() * 1e6)


def test_times_that_cannot_be_read_are_refused_with_line_and_excerpt(tmp_path):
    rows = "".join(f"{i},a,2024-01-0{1 + i % 9}\n" for i in range(50))
    result = brought_in(tmp_path, "case,activity,time\n" + rows + "x,a,next tuesday\ny,a,\n")
    assert result.report.refused == {"no_time": 1, "unreadable_time": 1}
    assert {(each.line, each.excerpt) for each in result.report.examples} == {
        (52, "x,a,next tuesday"),
        (53, "y,a,"),
    }


def test_a_start_beside_an_end_gives_two_events(tmp_path):
    text = (
        "caseid,task,start_timestamp,end_timestamp,user\n"
        "1,a,2024-01-01 10:00,2024-01-01 11:00,Jan\n1,b,2024-01-01 11:00,,Piet\n2,a,,2024-01-01 12:00,Jan\n"
    )
    result = brought_in(tmp_path, text)
    told = {(each.label, each.lifecycle): each.events for each in result.store.type().activities}
    assert told == {("a", "start"): 1, ("a", "complete"): 2, ("b", "start"): 1}
    assert result.report.rows_kept == 3


def test_date_and_time_in_two_columns_belong_together(tmp_path):
    text = (
        "zaaknummer;activiteit;datum;tijd\n1;a;13-02-2024;09:05\n1;b;13-02-2024;10:05\n2;a;14-02-2024;08:00\n"
    )
    assert times(brought_in(tmp_path, text).store) == [
        "2024-02-13 09:05:00",
        "2024-02-13 10:05:00",
        "2024-02-14 08:00:00",
    ]


def test_one_row_per_case_with_a_date_per_step_is_read_as_events(tmp_path):
    text = "zaaknummer;aanvraag;besluit;verzonden;kanaal\n1;1-2-2024;3-2-2024;15-2-2024;web\n2;2-2-2024;4-2-2024;;post\n"
    result = brought_in(tmp_path, text)
    assert labels(result.store) == ["aanvraag", "besluit", "verzonden", "aanvraag", "besluit"]
    assert result.store.type().attribute("channel").level == "case"


def test_every_way_of_failing_is_one_of_ours(tmp_path):
    for i, text in enumerate(
        [b"\x00\x01\x02", b"PK\x03\x04junk", b"<log", b"a", b"\n\n\n", b'"', b"\xff\xfe"]
    ):
        (tmp_path / str(i)).mkdir()
        with pytest.raises(KetenreisError):
            brought_in(tmp_path / str(i), text, "x.dat")


def test_guessing_alone_writes_nothing(tmp_path):
    (tmp_path / "log.csv").write_text(PLAIN.format("1-2-2024", "2-3-2024", "13-4-2024"))
    found = guess_file(tmp_path / "log.csv")
    assert found.mapping.columns == {
        "time": "datum",
        "case": "zaaknummer",
        "activity": "activiteit",
        "channel": "kanaal",
    }
    assert len(list(tmp_path.iterdir())) == 1
    assert all(each.nl != each.en for each in found.reasons)
