"""A refusal reads on the command line in the language of who asked, whatever was asked of files and databases."""

import sqlite3

import pytest

from ketenreis.events.store import EventStore


def test_a_refusal_reads_dutch_on_the_command_line(ketenreis, tmp_path):
    (tmp_path / "leeg.csv").write_text("")
    dutch = ketenreis(
        "events", "import", tmp_path / "leeg.csv", "--store", tmp_path / "s", "--language", "nl"
    )
    assert (dutch.status, "is leeg: er staat geen rij in" in dutch.err) == (2, True)
    english = ketenreis(
        "events", "import", tmp_path / "leeg.csv", "--store", tmp_path / "s", "--language", "en"
    )
    assert (english.status, "is empty: there is no row in it" in english.err) == (2, True)
    assert (
        "`ketenreis events import` brengt ze erin"
        in ketenreis("events", "list", tmp_path / "nergens", "--language", "nl").err
    )


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "zaken.sqlite"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE log (zaak, wat, wanneer)")
        made.execute("CREATE TABLE other (x)")
        made.executemany(
            "INSERT INTO log VALUES (?, 'a', '2024-01-01 10:00')", [(f"z{i}",) for i in range(5)]
        )
    made.close()
    return path


def test_a_question_to_a_database_can_be_asked_on_the_command_line(ketenreis, database, tmp_path):
    asked = f"{database}?SELECT zaak, wat, wanneer FROM log WHERE zaak <> 'z4'"
    answer = ketenreis("events", "import", asked, "--store", tmp_path / "s", "--language", "nl")
    assert answer.status == 0
    assert EventStore.open(tmp_path / "s").type().cases == 4
    refused = ketenreis("events", "import", database, "--store", tmp_path / "s", "--language", "nl")
    assert (refused.status, "heeft de tabellen log, other. Welke rijen" in refused.err) == (2, True)


def test_an_address_of_a_database_is_not_taken_for_a_path_and_its_password_is_not_shown(ketenreis, tmp_path):
    mapping = tmp_path / "m.yaml"
    mapping.write_text("query: SELECT 1")
    address = "postgresql://jan:geheim@127.0.0.1:1/zaken"
    for extra in ((), ("--mapping", mapping)):
        answer = ketenreis("events", "import", address, "--store", tmp_path / "s", *extra, "--language", "nl")
        assert answer.status == 2
        assert "geheim" not in answer.err + answer.out
        assert ("postgresql://jan@127.0.0.1:1/zaken kan dat niet" in answer.err) == bool(extra)


def test_a_name_for_the_source_leaves_the_zone_assumed(ketenreis, tmp_path):
    (tmp_path / "a.csv").write_text(
        "zaak;wat;wanneer\n" + "".join(f"{i};a;2024-01-0{1 + i} 10:00\n" for i in range(8))
    )
    for extra in ((), ("--source", "zaken")):
        answer = ketenreis(
            "events",
            "import",
            tmp_path / "a.csv",
            "--store",
            tmp_path / "s",
            "--yes",
            *extra,
            "--language",
            "nl",
        )
        assert "8 tijden zonder zone zijn gelezen als UTC (aangenomen)." in answer.out
    assert {each["name"] for each in EventStore.open(tmp_path / "s").sources} == {"a", "zaken"}
