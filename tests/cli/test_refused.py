"""A refusal reads in the language of who asked, and no sentence of the events is without its Dutch."""

import ast
import re
import sqlite3
from pathlib import Path

import pytest

import ketenreis
from ketenreis import errors
from ketenreis.cli.refused import in_language
from ketenreis.events.store import EventStore

ROOT = Path(ketenreis.__file__).parent
SPOKEN = (
    *sorted((ROOT / "events").rglob("*.py")),
    *sorted((ROOT / "measure").rglob("*.py")),
    ROOT / "reports/handed_over.py",
)
KINDS = {name for name, each in vars(errors).items() if isinstance(each, type)}


def texts(node):
    """The texts that an expression can give, with something filled in for what is not fixed."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        parts = [each.value if isinstance(each, ast.Constant) else "iets" for each in node.values]
        return ["".join(parts)]
    if isinstance(node, ast.BinOp):
        return [a + b for a in texts(node.left) for b in texts(node.right)]
    if isinstance(node, ast.IfExp):
        return [*texts(node.body), *texts(node.orelse)]
    return ["iets"]


def refusals():
    """Every sentence with which events, or measuring them, are refused, and where it stands."""
    for path in SPOKEN:
        for node in ast.walk(ast.parse(path.read_text())):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS
            if called and node.args:
                for text in texts(node.args[0]):
                    yield pytest.param(text, id=f"{path.relative_to(ROOT)}:{node.lineno}:{text[:40]}")


@pytest.mark.parametrize("said", list(refusals()))
def test_every_refusal_of_events_and_of_measuring_has_its_dutch(said):
    tries = {
        said,
        said.replace("know" + "iets", "know; did you mean `iets`?"),
        re.sub(r"; iets$", "; did you mean “iets”?", said),
        said.replace("which is iets.iets Say", "which is the case. Say"),
    }
    assert any(in_language(each, "nl") != each for each in tries), (
        f"add the Dutch of “{said}” to cli/refusals.nl.toml"
    )
    assert in_language(said, "en") == said


@pytest.mark.parametrize(
    ("said", "dutch"),
    [
        (
            ("No column shows which is the case and the time. Times stand in when, then. Say so in a mapping file: `columns: "
            "{case: …, activity: …, time: …}`. The columns are name, note."),
            ("Geen kolom laat zien wat de zaak en het tijdstip is. Tijden staan in when, then. Zeg het in een koppelbestand: "
            "`columns: {case: …, activity: …, time: …}`. De kolommen zijn name, note."),
        ),
        (
            "The store in events has no source “none”; it has none.",
            "De opslag in events heeft geen bron “none”; wel geen.",
        ),
        ("Nobody ever said this.", "Nobody ever said this."),
    ],
)  # fmt: skip
def test_what_is_filled_in_stands_in_its_place(said, dutch):
    assert in_language(said, "nl") == dutch


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
