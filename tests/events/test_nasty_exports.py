"""Exports as systems and people make them: one small log in many wrappings, each of which gives the same events."""

# ruff: noqa: DTZ001  # exports hold times without a zone, and these are what is tested

import re
from datetime import date, datetime, timedelta

import duckdb
import openpyxl
import pytest
from tests.events.test_objects import told

from ketenreis.errors import KetenreisError
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping

START = datetime(2024, 3, 4, 8, 0)
STEPS = (("Aanvraag ontvangen", 0), ("Beoordeeld", 30), ("Besluit verzonden", 81))
EVENTS = [
    (f"{i + 1:05d}", label, START + timedelta(hours=7 * i + hours), ("Loket", "Post")[i % 2], 1234.5 + i)
    for i in range(40)
    for label, hours in STEPS
]
MONTHS = ("jan.", "feb.", "mrt.", "apr.", "mei", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")


def usual(time):
    return f"{time:%d-%m-%Y %H:%M}"


def twelve(time):
    return f"{time.day}-{time.month}-{time.year} {time.hour % 12 or 12}:{time:%M} {'AM' if time.hour < 12 else 'PM'}"


def lines(time=usual, separator=";", head="Zaaknummer;Activiteit;Datum;Kanaal;Bedrag"):
    rows = [separator.join(head.split(";"))]
    for case, label, at, channel, amount in EVENTS:
        rows.append(separator.join((case, label, time(at), channel, f"{amount:.2f}".replace(".", ","))))
    return rows


def pages():
    """As printed: every thirty lines a number and the heading again."""
    head, *rows = lines()
    for i in range(0, len(rows), 30):
        yield from (head, *rows[i : i + 30], f"Pagina {i // 30 + 1};;;;")


WRAPPED = {
    "titles above and totals below": (
        ["Export zaaksysteem", "Periode: 1-1-2024 t/m 31-12-2024", "", *lines(), "Totaal;;;;159.000,00", "Aantal zaken: 40;;;;"],
        "utf-8"),
    "a footer behind a blank line": ([*lines(), "", "Eindtotaal;120;;;", "Gemaakt op 5-5-2025;;;;"], "utf-8"),
    "tabs in UTF-16, as a spreadsheet saves Unicode text": (lines(separator="\t"), "utf-16"),
    "twelve hours with AM and PM": (lines(twelve), "utf-8"),
    "months in Dutch": (lines(lambda at: f"{at.day} {MONTHS[at.month - 1]} {at.year} {at:%H:%M}"), "utf-8"),
    "two years' digits": (lines(lambda at: f"{at:%d-%m-%y %H:%M}"), "utf-8"),
    "one row of digits": (lines(lambda at: f"{at:%Y%m%d%H%M%S}"), "utf-8"),
    "days since 1900": (
        lines(lambda at: f"{(at - datetime(1899, 12, 30)).total_seconds() / 86400:.6f}".replace(".", ",")), "utf-8"),
    "groups above the names": (["Zaak;Handeling;;;", *lines(head="Nummer;Wat;Datum;Kanaal;Bedrag")], "utf-8"),
    "pages with the heading again": (list(pages()), "utf-8"),
    "a separator behind every line": ([f"{line};" for line in lines()], "cp1252"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "encoding"), WRAPPED.values(), ids=WRAPPED)
def test_a_text_export_gives_the_same_events_however_it_is_wrapped(tmp_path, rows, encoding):
    (tmp_path / "zaken.csv").write_bytes("\r\n".join([*rows, ""]).encode(encoding))
    result = import_events(tmp_path / "zaken.csv", tmp_path / "events")
    assert events_of(result.store) == expected()
    assert result.store.type().cases == 40, "no title, total, page or footer is taken for a case"
    assert result.report.rows_read == result.report.rows_kept + result.report.rows_refused
    assert result.store.type().attribute(result.store.type().own_attributes[-1].name).type == "number"


def events_of(store):
    return sorted((case, label, us) for case, label, us, _ in told(store, store.type().name))


def expected():
    zero = datetime(1970, 1, 1)
    return sorted((case, label, round((at - zero).total_seconds() * 1e6)) for case, label, at, *_ in EVENTS)


def sheet_with_titles(sheet):
    sheet.append(["Overzicht zaken 2024"])
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(["Zaak", None, "Handeling", None, None])
    sheet.merge_cells("A3:B3")
    sheet.merge_cells("C3:E3")
    sheet.append(["Nummer", "Kanaal", "Wat", "Datum", "Bedrag"])
    for case, label, at, channel, amount in EVENTS:
        sheet.append([int(case), channel, label, at, amount])
        sheet.cell(sheet.max_row, 1).number_format = "00000"
    sheet.append(["Totaal", None, None, None, 159_000])


def sheet_with_merged_cases(sheet):
    sheet.append(["Zaaknummer", "Activiteit", "Datum"])
    for i, (case, label, at, *_) in enumerate(EVENTS):
        sheet.append([None if i % 3 else case, label, at if i % 2 else usual(at)])
        if i % 3 == 2:
            sheet.merge_cells(start_row=i, end_row=i + 2, start_column=1, end_column=1)


def sheet_with_day_and_time(sheet):
    sheet.append(["Zaaknummer", "Activiteit", "Datum", "Tijd"])
    for case, label, at, *_ in EVENTS:
        sheet.append([case, label, at.date(), at.time()])


@pytest.mark.parametrize("fill", [sheet_with_titles, sheet_with_merged_cases, sheet_with_day_and_time])
def test_a_workbook_gives_the_same_events_however_it_looks(tmp_path, fill):
    book = openpyxl.Workbook()
    fill(book.active)
    book.save(tmp_path / "zaken.xlsx")
    result = import_events(tmp_path / "zaken.xlsx", tmp_path / "events")
    assert events_of(result.store) == expected()


NO_DATES = ("01-01-1900", "31-12-9999", "00-00-0000", "n.v.t.", "")


@pytest.mark.parametrize("none", NO_DATES)
def test_a_step_that_was_not_taken_is_no_event_whatever_stands_in_its_place(tmp_path, none):
    head = "dossier;ontvangen;intake;advies;besluit;verzonden;betaald"
    rows = [head]
    for i in range(60):
        days = [f"{START + timedelta(days=i + 3 * n):%d-%m-%Y}" for n in range(6)]
        days[2] = none if i % 2 else days[2]
        days[5] = none if i % 3 else days[5]
        rows.append(f"D{i:04d};" + ";".join(days))
    (tmp_path / "dossiers.csv").write_text("\n".join(rows))
    result = import_events(tmp_path / "dossiers.csv", tmp_path / "events")
    counts = {each.label: each.events for each in result.store.type().activities}
    assert counts == {
        "ontvangen": 60, "intake": 60, "advies": 30, "besluit": 60, "verzonden": 60, "betaald": 20
    }  # fmt: skip
    assert result.report.impossible == 0
    if none:
        said = " ".join(result.report.lines("nl"))
        assert re.search(rf"“advies”: zonder waarde door “{re.escape(none)}” 30×", said)


def test_a_date_column_with_words_gives_the_dates_that_are_there_and_counts_the_rest(tmp_path):
    rows = ["dossier;ontvangen;besluit"]
    rows += [
        f"D{i:04d};2024-01-{i + 1:02d};{'zie dossier' if i % 2 else f'2024-02-{i + 1:02d}'}"
        for i in range(24)
    ]
    (tmp_path / "dossiers.csv").write_text("\n".join(rows))
    mapping = parse_mapping("columns: {case: dossier}\ndates_as_events: {ontvangen: in, besluit: uit}")
    result = import_events(tmp_path / "dossiers.csv", tmp_path / "events", mapping)
    assert {each.label: each.events for each in result.store.type().activities} == {"in": 24, "uit": 12}
    assert "“besluit”: 12 waarden niet te lezen, opgenomen als leeg." in result.report.lines("nl")


def test_a_column_in_which_no_step_was_ever_taken_gives_no_events(tmp_path):
    rows = ["dossier;ontvangen;intake;besluit;archief"]
    rows += [
        f"D{i:04d};2024-01-{i + 1:02d};2024-02-{i + 1:02d};2024-03-{i + 1:02d};9999-12-31" for i in range(25)
    ]
    (tmp_path / "dossiers.csv").write_text("\n".join(rows))
    store = import_events(tmp_path / "dossiers.csv", tmp_path / "events").store
    assert {each.label: each.events for each in store.type().activities} == dict.fromkeys(
        ("ontvangen", "intake", "besluit"), 25
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("zaken.xls", "<html><table><tr><td>zaak</td></tr></table></html>", "web page with a table"),
        ("zaken.json", '[{"zaak": 1}]', "save it as CSV"),
        (
            "zaken.jsonocel",
            '{"events": [{"id": "e", "type": "a", "time": "2024-01-01T00:00:00Z"}], "objects": []}',
            "names no objects",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_next_move(tmp_path, name, text, said):
    (tmp_path / name).write_text(text)
    with pytest.raises(KetenreisError, match=said):
        import_events(tmp_path / name, tmp_path / "events")


SEVERAL = "source: x\nobject: order\ncolumns: {case: order, activity: wat, time: wanneer}\nobjects: {customer: klant}"


@pytest.mark.parametrize("refused", ["Totaal;12;;", "o\0999;k\0999;aanvraag;01-02-2024 09:00"])
def test_a_refused_row_makes_no_object_of_any_type(tmp_path, refused):
    rows = [f"o{i};k{i % 4};aanvraag;{i + 1:02d}-02-2024 09:00" for i in range(12)]
    (tmp_path / "x.csv").write_text("\n".join(["order;klant;wat;wanneer", *rows, refused, ""]))
    result = import_events(tmp_path / "x.csv", tmp_path / "events", parse_mapping(SEVERAL))
    assert result.report.rows_refused == 1
    assert {name: type_.cases for name, type_ in result.store.types.items()} == {"order": 12, "customer": 4}


def test_a_row_per_case_is_seen_when_nothing_calls_its_id_a_case(tmp_path):
    head = "Meldnr;Huurdernr;Gemeld op;Ingepland op;Monteur geweest;Gesloten;Regio"
    rows = [head]
    for i in range(90):
        days = (f"{START + timedelta(days=i + 3 * n):%d-%m-%Y %H:%M}" for n in range(4))
        rows.append(f"M{i:05d};{i % 50:08d};{';'.join(days)};{('Noord', 'Zuid')[i % 2]}")
    (tmp_path / "reparaties.csv").write_text("\n".join([*rows, "Totaal;90;;;;;"]))
    result = import_events(tmp_path / "reparaties.csv", tmp_path / "events")
    assert result.mapping.columns["case"] == "Meldnr"
    assert result.mapping.columns["customer"] == "Huurdernr"
    assert result.store.type().cases == 90
    assert {each.label: each.events for each in result.store.type().activities} == dict.fromkeys(
        ("Gemeld op", "Ingepland op", "Monteur geweest", "Gesloten"), 90
    )


def test_a_step_with_words_among_its_dates_is_a_step_and_the_words_are_counted(tmp_path):
    rows = ["dossier;ontvangen;beoordeeld;betaald;besluit"]
    for i in range(80):
        at = [f"{START + timedelta(days=i + n):%d-%m-%Y}" for n in (0, 3, 9, 6)]
        rows.append(f"D{i:03d};{at[0]};{at[1]};{at[2]};{at[3] if i % 4 else 'zie dossier'}")
    (tmp_path / "dossiers.csv").write_text("\n".join(rows))
    result = import_events(tmp_path / "dossiers.csv", tmp_path / "events")
    counts = {each.label: each.events for each in result.store.type().activities}
    assert counts == {"ontvangen": 80, "beoordeeld": 80, "betaald": 80, "besluit": 60}
    assert "“besluit”: 20 waarden niet te lezen, opgenomen als leeg." in result.report.lines("nl")


@pytest.mark.parametrize("name", ["epoch", "unix_time_ms", "Tijdstempel"])
def test_milliseconds_since_1970_are_times_where_the_column_says_so(tmp_path, name):
    zero = datetime(1970, 1, 1)
    rows = [f"{case};{label};{round((at - zero).total_seconds() * 1000)}" for case, label, at, *_ in EVENTS]
    (tmp_path / "x.csv").write_text("\n".join([f"zaaknr;stap;{name}", *rows]))
    assert events_of(import_events(tmp_path / "x.csv", tmp_path / "events").store) == expected()


def lines_of(folder, text, name="export.csv"):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    result = import_events(folder / name, folder / "store")
    return result, " ".join(result.report.lines("nl"))


def test_two_systems_that_wrote_one_column_are_each_read_as_they_write(tmp_path):
    days = [date(2025, 1, 13) + timedelta(days=i) for i in range(60)]
    body = "".join(
        f"C{i};Aanvraag;{day:%d-%m-%Y}\nC{i};Besluit;{day:%m/%d/%Y}\n" for i, day in enumerate(days)
    )
    result, _ = lines_of(tmp_path, f"zaak;stap;datum\n{body}")
    assert (result.report.events, result.report.rows_refused) == (120, 0)
    first, last = f"{days[0]}T00:00:00+00:00", f"{days[-1]}T00:00:00+00:00"
    assert (result.report.first, result.report.last, result.report.variants) == (first, last, 1)


def test_dates_of_both_orders_in_one_writing_are_said_to_be_unsure(tmp_path):
    days = [date(2025, 1, 13) + timedelta(days=i) for i in range(60)]
    body = "".join(
        f"C{i};Aanvraag;{day:%d-%m-%Y}\nC{i};Besluit;{day:%m-%d-%Y}\n" for i, day in enumerate(days)
    )
    _, said = lines_of(tmp_path, f"zaak;stap;datum\n{body}")
    assert "tot en met de twaalfde is het niet te zien" in said


def test_ids_that_a_spreadsheet_rounded_are_said_to_fall_together(tmp_path):
    body = "".join(f"2,02501E+11;stap {i % 2};{1 + i:02}-04-2025 10:00\n" for i in range(20))
    _, said = lines_of(tmp_path, f"zaaknummer;stap;datum\n{body}")
    assert "Zaken heten hier zoals “2,02501E+11”" in said


def test_24_00_is_the_midnight_after_a_day(tmp_path):
    body = "".join(
        f"R{i};vertrek;{1 + i:02}-04-2025;23:50\nR{i};aankomst;{1 + i:02}-04-2025;24:00\n" for i in range(20)
    )
    result, _ = lines_of(tmp_path, f"rit;gebeurtenis;datum;tijd\n{body}")
    assert (result.report.rows_refused, result.report.variants) == (0, 1)
    assert (result.report.first, result.report.last) == (
        "2025-04-01T23:50:00+00:00",
        "2025-04-21T00:00:00+00:00",
    )


def test_a_mark_before_a_text_of_another_encoding_is_no_part_of_a_name(tmp_path):
    result, _ = lines_of(
        tmp_path, b"\xef\xbb\xbf" + "zaak;stap;datum\n1;café;1-4-2025\n1;bar;2-4-2025\n".encode("cp1252")
    )
    assert result.mapping.columns["case"] == "zaak"


def test_numbers_since_1970_in_parquet_are_times_where_the_column_says_so(tmp_path):
    duckdb.sql(
        "SELECT i // 3 AS zaak, 'stap ' || i % 3 AS activiteit, epoch_ms(TIMESTAMP '2025-07-01 06:00:00' + INTERVAL (i) MINUTE) "
        "AS tijdstip FROM range(90) AS t(i)"
    ).write_parquet(str(tmp_path / "log.parquet"))
    report = import_events(tmp_path / "log.parquet", tmp_path / "store").report
    assert (report.events, report.first, report.last) == (
        90,
        "2025-07-01T06:00:00+00:00",
        "2025-07-01T07:29:00+00:00",
    )


def test_a_refused_row_of_a_sheet_is_told_by_its_number_in_the_sheet(tmp_path):
    made = openpyxl.Workbook()
    rows = [(f"z{i}", "stap", datetime(2025, 1, 1 + i)) for i in range(9)]
    for row in (
        ("Overzicht",),
        (),
        ("zaak", "stap", "datum"),
        *rows[:5],
        (),
        ("z9", "stap", "ooit"),
        *rows[5:],
    ):
        made.active.append(row)
    made.save(tmp_path / "export.xlsx")
    report = import_events(tmp_path / "export.xlsx", tmp_path / "store").report
    assert [(each.line, each.reason) for each in report.examples] == [(10, "unreadable_time")]
