"""Exports as Dutch case systems, spreadsheets and databases make them: the guided import reads them right, or says why not.

Every export holds the same 180 events of 60 cases; what is read from it is compared with what was put in.
"""

import io
from datetime import datetime, timedelta

import duckdb
import openpyxl
import pytest

from ketenreis.errors import UnreadableFileError
from ketenreis.events.importing import import_events

START = datetime(2024, 1, 3, 9, 5)  # noqa: DTZ001  # exports write times without a zone
EVENTS = [
    (f"{i:06d}", label, START + timedelta(days=i % 50, hours=i // 50, minutes=37 * k), ("web", "post", "balie")[(i + k) % 3], 1000.5 + i * 317)
    for i in range(60)
    for k, label in enumerate(["Aanvraag ontvangen", "In behandeling", "Besluit €"])
]  # fmt: skip
HEAD = ("zaaknummer", "activiteit", "datum", "kanaal", "bedrag")
MINUTE = "%d-%m-%Y %H:%M"
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # day zero of a spreadsheet


def amount(value, thousands="", mark=","):
    return f"{value:,.1f}".replace(",", "_").replace(".", mark).replace("_", thousands)


def rows(time=lambda moment: moment.strftime(MINUTE), case=str, channel=str, money=amount):
    return [(case(a), b, time(c), channel(d), money(e)) for a, b, c, d, e in EVENTS]


def text(body, head=HEAD, sep=";", end="\r\n"):
    return end.join(sep.join(map(str, row)) for row in [head, *body]) + end


def parts(day, clock):
    return [(a, b, c.strftime(day), c.strftime(clock), d) for a, b, c, d, _ in EVENTS]


WEEK = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = ("januari", "februari", "maart")
SPLIT = ("Zaaknr", "Gebeurtenis", "Datum", "Tijd", "Kanaal")
EXPORTS = {
    "semicolons in cp1252": text(rows()).encode("cp1252"),
    "a mark for UTF-8 before cp1252": b"\xef\xbb\xbf" + text(rows()).encode("cp1252"),
    "UTF-16 with a mark": text(rows()).encode("utf-16"),
    "UTF-16 without a mark": text(rows()).encode("utf-16-le"),
    "UTF-16 the other way round": text(rows()).encode("utf-16-be"),
    "a mark before UTF-8": text(rows()).encode("utf-8-sig"),
    "days since 1900": text(rows(lambda c: f"{(c - EPOCH) / timedelta(days=1):.6f}".replace(".", ","))),
    "years of two digits": text(rows(lambda c: c.strftime("%d-%m-%y %H:%M"))),
    "a point in the clock": text(rows(lambda c: c.strftime("%d-%m-%Y %H.%M"))),
    "the word uur": text(rows(lambda c: c.strftime(MINUTE) + " uur")),
    "a weekday": text(rows(lambda c: f"{WEEK[c.weekday()]} {c.strftime(MINUTE)}")),
    "months in words": text(rows(lambda c: f"{c.day} {MONTHS[c.month - 1]} {c.year} {c:%H:%M}")),
    "a title, a period and a blank line above": "Overzicht zaken\r\nPeriode: 01-01-2024 t/m 31-03-2024\r\n\r\n" + text(rows()),
    "a title with empty fields": "Overzicht zaken;;;;\r\nPeriode;01-01-2024;;;\r\n;;;;\r\n" + text(rows()),
    "a line that tells the separator": "sep=;\r\n" + text(rows()),
    "columns in groups": "Zaak;;Moment;Intake;\r\n" + text(rows(), ("nummer", *HEAD[1:])),
    "a line under the column names": text([["-----"] * 5, *rows()]),
    "points between thousands": text(rows(money=lambda e: amount(e, "."))),
    "euro signs": text(rows(money=lambda e: f"€ {amount(e, '.')}")),
    "english amounts": text([[f'"{each}"' for each in row] for row in rows(money=lambda e: f"${amount(e, ',', '.')}")], sep=","),
    "quotes around everything": text([[f'"{each}"' for each in row] for row in rows()]),
    "line ends of two kinds": "".join(
        ";".join(row) + ("\r\n" if i % 3 else "\n") for i, row in enumerate([HEAD, *rows()])
    ),
    "line ends of an old Mac": text(rows(), end="\r"),
    "blank lines": text(rows(), end="\r\n\r\n"),
    "empty columns behind": text([(*row, "", "") for row in rows()], (*HEAD, "", "")),
    "a separator behind every row": text([(*row, "") for row in rows()]),
    "ids kept as text by a spreadsheet": text(rows(case=lambda a: f'="{a}"')),
    "fields of a fixed width": text([[f"{each:<24}" for each in row] for row in rows()]),
    "no column names": text(rows()[1:], rows()[0]),
    "a day and a time": text(parts("%d-%m-%Y", "%H:%M"), SPLIT),
    "a day and a time as digits": text(parts("%Y%m%d", "%H%M%S"), SPLIT),
    "a day at midnight and a time": text(parts("%Y-%m-%d 00:00:00", "%H:%M:%S"), SPLIT),
}  # fmt: skip


def book(*given):
    made = openpyxl.Workbook()
    for row in given:
        made.active.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


SHEETS = {
    "a plain sheet": book(HEAD, *EVENTS),
    "a sheet with a title": book(["Overzicht zaken"], ["Periode", "1e kwartaal 2024"], [], HEAD, *EVENTS),
    "a sheet with columns in groups": book(
        ["Zaak", None, "Moment", "Intake", None], ["nummer", *HEAD[1:]], *EVENTS
    ),
    "a sheet with days as numbers": book(
        HEAD, *[(a, b, (c - EPOCH) / timedelta(days=1), d, e) for a, b, c, d, e in EVENTS]
    ),
    "a sheet with dates and amounts of two kinds": book(
        HEAD,
        *[
            (
                a,
                b,
                c if i % 2 else f"{c.day}-{c.month}-{c.year} {c.hour}.{c.minute:02} uur",
                d,
                e if i % 3 else f"€ {amount(e, '.')}",
            )
            for i, (a, b, c, d, e) in enumerate(EVENTS)
        ],
    ),
    "a sheet with a day and a time": book(
        SPLIT, *[(a, b, c.date(), c.time(), d) for a, b, c, d, _ in EVENTS]
    ),
}


def brought_in(folder, body, name="export.csv"):
    (folder / name).write_bytes(body if isinstance(body, bytes) else body.encode())
    return import_events(folder / name, folder / "s")


def told(store):
    """Case, label and minute of every event."""
    held = store.type()
    found = duckdb.sql(
        f"SELECT c.case_id, e.activity, make_timestamp(e.us) FROM read_parquet({held.events_glob}) AS e JOIN "
        f"read_parquet('{held.cases_file}') AS c USING (case_no)"
    ).fetchall()
    return sorted((case, held.activities[code].label, moment) for case, code, moment in found)


WANTED = sorted((a, b, c) for a, b, c, _, _ in EVENTS)


@pytest.mark.parametrize("export", [*EXPORTS, *SHEETS])
def test_an_export_gives_the_events_that_were_put_in(tmp_path, export):
    result = brought_in(
        tmp_path, {**EXPORTS, **SHEETS}[export], "export.xlsx" if export in SHEETS else "export.csv"
    )
    assert told(result.store) == WANTED
    assert (result.report.rows_read, result.report.rows_refused) == (180, 0)
    attributes = {each.name: each.type for each in result.store.type().own_attributes}
    if export == "no column names":
        assert attributes == {"column_4": "category", "column_5": "number"}
    elif " and a time" not in export:
        assert attributes == {"channel": "category", "bedrag": "number"}
        money = result.store.type().attribute("bedrag")
        values = duckdb.sql(
            f"SELECT sum({money.column}) / 10.0^{money.scale or 0} FROM read_parquet("
            f"{result.store.type().events_glob if money.level == 'event' else repr(result.store.type().cases_file)})"
        ).fetchall()[0][0]
        assert values == sum(e for *_, e in (EVENTS if money.level == "event" else EVENTS[::3]))


@pytest.mark.parametrize(
    ("export", "said"),
    [
        ("a title, a period and a blank line above", "3 rijen boven de kolomnamen zijn overgeslagen."),
        ("euro signs", "Wat om de waarden heen stond (spaties, aanhalingstekens, een munt, een weekdag) is weggelaten in: bedrag."),
        ("semicolons in cp1252", "De tekst is gelezen als cp1252 (het is geen UTF-8), met “;” tussen de velden."),
        ("years of two digits", "Tijden zijn gelezen zoals in “31-12-24 09:05”."),
    ],
)  # fmt: skip
def test_what_was_done_about_it_is_told(tmp_path, export, said):
    assert said in brought_in(tmp_path, EXPORTS[export]).report.lines("nl")


@pytest.mark.parametrize(
    ("below", "reasons"),
    [
        ("Totaal;;;;61020,0\r\n", {"total_row": 1}),
        ("Eindtotaal: 180;;;;\r\n", {"total_row": 1}),
        ("\r\nAantal regels: 180\r\nAfgedrukt op 3-4-2024\r\n", {"too_few_fields": 2}),
        ("(180 rows affected)\r\n", {"too_few_fields": 1}),
        (text([]), {"unreadable_time": 1}),
    ],
)
def test_what_stands_below_the_table_is_refused_with_its_line(tmp_path, below, reasons):
    report = brought_in(tmp_path, text(rows()) + below).report
    assert (report.cases, report.events, report.refused) == (60, 180, reasons)
    assert all(
        each.line and each.line > 181 and each.excerpt == each.excerpt.strip() for each in report.examples
    )
    assert any("regel 18" in line for line in report.lines("nl"))


@pytest.mark.parametrize(
    "above",
    [
        "",
        "sep=;\r\n",
        "Overzicht\r\n\r\n",
        "Zaak;;Moment;Intake;\r\n",
        "Overzicht;;;;\r\nPeriode;2024;;;\r\n",
    ],
)
def test_lines_are_counted_from_the_begin_of_the_file(tmp_path, above):
    body = [list(row) for row in rows()]
    body[10][2] = "ooit"
    body[20] = body[20][:3]
    head = ("nummer", *HEAD[1:]) if "Zaak;" in above else HEAD
    written = above + text(body, head)
    report = brought_in(tmp_path, written).report
    lines = written.split("\r\n")
    found = {each.reason: lines[each.line - 1] for each in report.examples}
    assert found == {"unreadable_time": ";".join(body[10]), "too_few_fields": ";".join(body[20])}


def test_how_long_something_took_is_no_time_of_the_day(tmp_path):
    body = [(a, b, f"{c:%d-%m-%Y} 00:00", "00:45") for a, b, c, _, _ in EVENTS]
    result = brought_in(tmp_path, text(body, (*HEAD[:3], "wachttijd")))
    assert {moment.hour for *_, moment in told(result.store)} == {0}
    assert result.store.type().attribute("wachttijd").values == ("00:45",)


def test_column_names_that_return_on_every_page_are_refused_and_numbers_stay_numbers(tmp_path):
    result = brought_in(tmp_path, text(rows()[:90]) + text(rows()[90:]))
    assert result.report.refused == {"unreadable_time": 1}
    assert result.store.type().attribute("bedrag").type == "number"
    assert told(result.store) == WANTED


@pytest.mark.parametrize("open_", ["31-12-9999", "01-01-1900", "31/12/2999", "0001-01-01"])
def test_a_date_that_means_none_yet_is_no_event(tmp_path, open_):
    body = [
        (
            f"{i:05d}",
            f"0{1 + i % 9}-01-2024",
            f"1{i % 9}-01-2024",
            open_ if i % 4 == 0 else f"2{i % 9}-01-2024",
        )
        for i in range(60)
    ]
    report = brought_in(tmp_path, text(body, ("zaaknummer", "ontvangen", "besloten", "verzonden"))).report
    assert (report.events, report.impossible) == (165, 0)
    assert f"“verzonden”: zonder waarde door “{open_}” 15×." in report.lines("nl")


def test_a_start_and_an_end_each_with_a_day_and_a_time_stay_apart(tmp_path):
    later = timedelta(minutes=20)
    body = [
        (a, b, f"{c:%d-%m-%Y}", f"{c:%H:%M}", f"{c + later:%d-%m-%Y}", f"{c + later:%H:%M}")
        for a, b, c, _, _ in EVENTS
    ]
    head = ("zaaknummer", "activiteit", "startdatum", "starttijd", "einddatum", "eindtijd")
    result = brought_in(tmp_path, text(body, head))
    assert told(result.store) == sorted(
        (a, b, moment) for a, b, c, _, _ in EVENTS for moment in (c, c + later)
    )
    assert (
        "Een dag en een tijd zijn samen gelezen: startdatum + starttijd, einddatum + eindtijd."
        in result.report.lines("nl")
    )


def test_marks_for_no_value_of_every_kind_are_taken_as_such(tmp_path):
    marks = ("NULL", "n.v.t.", "-", "NVT", "#N/B")
    body = [
        (*row[:3], marks[i % 5] if i % 3 else "web", marks[i % 5] if i % 2 else row[4])
        for i, row in enumerate(rows())
    ]
    result = brought_in(tmp_path, text(body))
    held = result.store.type()
    assert (held.attribute("kanaal").values, held.attribute("bedrag").type) == (("web",), "number")
    assert sum(result.report.missing["bedrag"].values()) == 90


@pytest.mark.parametrize(
    "inside", ['"zei \\"ja\\"; en ging"', '"zei ""ja""; en ging"', '"zei ja;\r\nen ging"', 'Jan "de" Vries']
)
def test_fields_may_hold_quotes_separators_and_line_ends_however_they_are_written(tmp_path, inside):
    body = [(*row[:4], inside if i % 5 == 0 else '"x"') for i, row in enumerate(rows())]
    result = brought_in(tmp_path, text(body))
    assert told(result.store) == WANTED
    assert result.report.rows_refused == 0


def test_double_column_names_keep_apart_and_zeros_in_front_stay(tmp_path):
    result = brought_in(tmp_path, text(rows(), (*HEAD[:3], "omschrijving", "omschrijving")))
    assert {each.name for each in result.store.type().own_attributes} == {"omschrijving", "omschrijving_2"}
    assert told(result.store)[0][0] == "000000"


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        (b"\xfd7zXZ\x00" + bytes(range(1, 32)) * 40, "zipped as xz"),
        (b"RDX2\nX\n" + bytes(range(1, 32)) * 40, "a workspace of R"),
        (b"%PDF-1.7\n" + bytes(range(1, 32)) * 40, "a PDF"),
        (b"GIF89a" + bytes(range(1, 32)) * 40, "made of bytes of another kind"),
    ],
)
def test_what_is_no_text_is_called_what_it_is(tmp_path, begin, said):
    with pytest.raises(UnreadableFileError, match=f"holds no text: it is {said}"):
        brought_in(tmp_path, begin, "export.csv")
