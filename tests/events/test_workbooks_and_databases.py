"""Workbooks, questions to databases and tables in memory come in like any file, and nothing in them is carried out."""

# ruff: noqa: DTZ001  # workbooks and databases hold times without a zone, and these are what is tested

import sqlite3
from datetime import datetime

import duckdb
import openpyxl
import pytest
from tests.events.test_objects import told

from ketenreis.errors import MappingError, UnreadableFileError
from ketenreis.events.importing import guess_file, import_events
from ketenreis.events.mapping import parse_mapping

ROWS = [
    ("z1", "Aangemeld", datetime(2024, 1, 1, 9, 0, 30), 12.5, True),
    ("z1", "Betaald", datetime(2024, 1, 2, 10, 0), 13, False),
    ("z2", "=1+1", datetime(2024, 1, 3, 11, 0), None, None),
]
HEAD = ("zaaknummer", "activiteit", "tijdstip", "bedrag", "spoed")
EXPECTED = [
    ("z1", "Aangemeld", datetime(2024, 1, 1, 9, 0, 30)),
    ("z1", "Betaald", datetime(2024, 1, 2, 10, 0)),
    ("z2", "=1+1", datetime(2024, 1, 3, 11, 0)),
]


def same(store):
    return [
        (case, label, round((time - datetime(1970, 1, 1)).total_seconds() * 1e6))
        for case, label, time in EXPECTED
    ] == [(case, label, us) for case, label, us, _ in told(store, store.type().name)]


def workbook(path, rows=ROWS, head=HEAD, above=()):
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "Uitleg"
    notes.append(["Dit is een export"])
    sheet = book.create_sheet("Zaken")
    for row in above:
        sheet.append(row)
    sheet.append(head)
    for row in rows:
        sheet.append([None] * 5)
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"  # a text that looks like a formula
    book.save(path)
    return path


def test_the_largest_sheet_of_a_workbook_is_read_with_its_dates(tmp_path):
    result = import_events(workbook(tmp_path / "zaken.xlsx"), tmp_path / "events")
    assert same(result.store)
    assert result.store.type().attribute("bedrag").type == "number"
    assert "The sheet “Zaken” was read." in result.report.lines("en")
    assert guess_file(tmp_path / "zaken.xlsx").mapping.columns["case"] == "zaaknummer"


def test_rows_above_the_column_names_are_skipped_and_told(tmp_path):
    path = workbook(tmp_path / "zaken.xlsx", above=[["Zaken 2024"], [datetime(2024, 2, 1)]])
    result = import_events(path, tmp_path / "events")
    assert same(result.store)
    assert any("2 rows above" in line for line in result.report.lines("en"))


def test_a_sheet_is_chosen_by_name_and_an_unknown_one_is_named(tmp_path):
    path = workbook(tmp_path / "zaken.xlsx")
    with pytest.raises(MappingError, match="Uitleg, Zaken"):
        import_events(path, tmp_path / "events", parse_mapping("sheet: Zaakjes"))
    assert same(import_events(path, tmp_path / "events", parse_mapping("sheet: Zaken")).store)


def test_a_formula_is_never_worked_out(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(["z1", '=HYPERLINK("http://localhost/","x")', datetime(2024, 1, 1), 1, True])
    book.active.append(["z1", "Betaald", datetime(2024, 1, 2), "=1+1", True])
    book.save(tmp_path / "zaken.xlsx")
    store = import_events(tmp_path / "zaken.xlsx", tmp_path / "events").store
    # a workbook that no spreadsheet has saved holds no last values: the cells are empty, and one row has no activity
    assert [label for _, label, *_ in told(store, store.type().name)] == ["Betaald"]


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "zaken.sqlite"
    with sqlite3.connect(path) as con:
        con.execute(f"CREATE TABLE gebeurtenis ({', '.join(HEAD)})")
        con.executemany(
            "INSERT INTO gebeurtenis VALUES (?, ?, ?, ?, ?)", [(a, b, str(c), d, e) for a, b, c, d, e in ROWS]
        )
        con.execute("CREATE TABLE klant (nr)")
    con.close()
    return path


def test_a_question_stands_behind_the_file_or_in_the_mapping(tmp_path, database):
    asked = "SELECT * FROM gebeurtenis ORDER BY tijdstip"
    assert same(import_events(f"{database}?{asked}", tmp_path / "one").store)
    assert same(import_events(database, tmp_path / "two", parse_mapping(f"query: {asked}")).store)
    assert guess_file(f"{database}?{asked}").mapping.columns["time"] == "tijdstip"


def test_without_a_question_the_only_table_is_read_and_of_several_it_is_asked(tmp_path, database):
    with pytest.raises(MappingError, match="gebeurtenis, klant"):
        import_events(database, tmp_path / "events")
    con = sqlite3.connect(database)
    con.execute("DROP TABLE klant")
    con.close()
    assert same(import_events(database, tmp_path / "events").store)


@pytest.mark.parametrize(
    "asked",
    [
        "DELETE FROM gebeurtenis",
        "ATTACH 'other.sqlite' AS o",
        "SELECT load_extension('x')",
        "SELECT * FROM nergens",
        "PRAGMA journal_mode = DELETE",
        "SELECT 1; DROP TABLE klant",
        "",
    ],
)
def test_a_question_can_only_read(tmp_path, database, asked):
    before = database.read_bytes()
    with pytest.raises((UnreadableFileError, MappingError)):
        import_events(f"{database}?{asked}", tmp_path / "events")
    assert database.read_bytes() == before
    assert not (tmp_path / "other.sqlite").exists()


class Table:
    """What every library with an Arrow stream offers."""

    def __init__(self, relation):
        self.relation = relation

    def __arrow_c_stream__(self, requested_schema=None):
        return self.relation.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize(
    "offered", [Table, lambda relation: relation], ids=["a stream", "a relation of duckdb"]
)
def test_a_table_in_memory_is_read_through_its_arrow_stream(tmp_path, offered):
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE t (zaaknummer VARCHAR, activiteit VARCHAR, tijdstip TIMESTAMP, bedrag DOUBLE, spoed BOOLEAN)"
    )
    con.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", ROWS)
    result = import_events(
        offered(con.sql("SELECT * FROM t")), tmp_path / "events", parse_mapping("source: geheugen")
    )
    assert same(result.store)
    assert [each["name"] for each in result.store.sources] == ["geheugen"]


@pytest.mark.parametrize("given", [7, None, object()])
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path, given):
    with pytest.raises(UnreadableFileError, match="no file, no address"):
        import_events(given, tmp_path / "events")


def test_a_question_to_postgresql_is_answered(tmp_path, postgres):
    values = ", ".join(f"('{a}', '{b}', TIMESTAMP '{c}', {d or 'NULL'})" for a, b, c, d, _ in ROWS)
    asked = f"SELECT * FROM (VALUES {values}) AS t (zaaknummer, activiteit, tijdstip, bedrag)"
    result = import_events(postgres, tmp_path / "events", parse_mapping(f'source: pg\nquery: "{asked}"'))
    assert same(result.store)
    with pytest.raises(UnreadableFileError, match="cannot answer"):
        import_events(postgres, tmp_path / "events", parse_mapping('query: "CREATE TABLE x (a int)"'))


def test_a_database_that_is_not_there_is_told_without_its_password(tmp_path):
    with pytest.raises(UnreadableFileError) as told_:
        import_events(
            "postgresql://jan:geheim@127.0.0.1:9/zaken", tmp_path / "events", parse_mapping("query: SELECT 1")
        )
    assert "geheim" not in str(told_.value)
    with pytest.raises(MappingError, match="query"):
        import_events("postgresql://jan@127.0.0.1:9/zaken", tmp_path / "events")


def test_numbers_are_read_with_the_zeros_that_their_format_shows(tmp_path):
    path = workbook(tmp_path / "zaken.xlsx", [(7, *ROWS[0][1:]), (7, *ROWS[1][1:]), (1234567, *ROWS[0][1:])])
    book = openpyxl.load_workbook(path)
    for row in book["Zaken"].iter_rows(min_row=2, max_col=4):
        row[0].number_format, row[3].number_format = '"Z-"000000', "0.00"
    book.save(path)
    store = import_events(path, tmp_path / "events").store
    assert [case for case, *_ in told(store, store.type().name)] == ["Z-000007", "Z-000007", "Z-1234567"]
    assert store.type().attribute("bedrag").type == "number"


def test_cells_that_are_merged_with_those_below_say_the_same_in_each_row(tmp_path):
    path = workbook(tmp_path / "zaken.xlsx", [ROWS[0], (None, *ROWS[1][1:]), ROWS[2]])
    book = openpyxl.load_workbook(path)
    sheet = book["Zaken"]
    assert [cell.value for cell in sheet["A"]] == ["zaaknummer", None, "z1", None, None, None, "z2"]
    sheet.merge_cells("A3:A5")
    book.save(path)
    result = import_events(path, tmp_path / "events")
    assert same(result.store)
    assert (result.report.rows_read, result.report.rows_refused, result.report.notes["merged"]) == (3, 0, 1)
