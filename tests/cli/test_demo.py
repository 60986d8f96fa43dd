"""The demo: a complete example, from nothing to a report."""

import json

import pytest

from ketenreis.cli.commands import demo

SMALL = ("demo", "--cases", "300", "--no-browser")


@pytest.mark.parametrize(
    ("language", "name"), [("nl", "Bevestiging op tijd"), ("en", "Confirmation in time")]
)
def test_the_demo_measures_and_reports_in_the_language_of_its_reader(ketenreis, tmp_path, language, name):
    answer = ketenreis(*SMALL, "--folder", tmp_path, "--language", language)
    assert answer.status == 0
    assert name in answer.out
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert name in page
    assert f'lang="{language}"' in page


@pytest.mark.parametrize(
    ("language", "name", "joined"),
    [
        ("nl", "Eén afzender kondigt aan", "gebeurtenissen noemen alleen de customer"),
        ("en", "One sender announces", "events name only the customer"),
    ],
)
def test_the_demo_shows_the_parcel_carrier_too_with_what_its_four_systems_say_together(
    ketenreis, tmp_path, language, name, joined
):
    answer = ketenreis(*SMALL, "--folder", tmp_path, "--language", language)
    assert name in answer.out
    assert name in (tmp_path / "report-snelpak.html").read_text(encoding="utf-8")
    assert name not in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert joined in answer.err
    for file in ("pakketten.csv", "scans.csv", "berichten.csv", "telefonie.csv"):
        assert f"{file}: " in answer.err
    snelpak = tmp_path / "snelpak"
    assert ketenreis("measure", snelpak / "model", "--events", snelpak / "events").status in (0, 1)


def test_the_commands_that_the_demo_suggests_work(ketenreis, tmp_path):
    answer = ketenreis(*SMALL, "--folder", tmp_path, "--language", "en")
    suggested = [line.split()[1:] for line in answer.err.splitlines() if line.startswith("  ketenreis ")]
    assert len(suggested) == 3
    for words in suggested:
        assert ketenreis(*words).status in (0, 1)


def test_the_demo_writes_its_report_where_asked_and_opens_nothing(ketenreis, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(demo, "_open", opened.append)
    page = tmp_path / "here.html"
    answer = ketenreis("demo", "--cases", "100", "--folder", tmp_path, "--report", page)
    assert (answer.status, opened) == (0, [])
    assert page.stat().st_size > 10_000
    assert ketenreis("demo", "--cases", "100", "--folder", tmp_path / "other").status == 0
    assert opened == [tmp_path / "other" / "report.html"]


def test_the_same_seed_gives_the_same_figures_and_another_gives_others(ketenreis, tmp_path):
    def figures(seed):
        folder = tmp_path / seed
        ketenreis(*SMALL, "--folder", folder, "--seed", seed)
        return json.loads(ketenreis("measure", folder / "model", "--events", folder / "events", "--json").out)

    first = figures("1")
    again = tmp_path / "again"
    ketenreis(*SMALL, "--folder", again, "--seed", "1")
    assert (
        json.loads(ketenreis("measure", again / "model", "--events", again / "events", "--json").out) == first
    )
    assert figures("2") != first


def test_without_the_real_log_one_line_says_how(ketenreis, tmp_path):
    answer = ketenreis(*SMALL, "--folder", tmp_path, "--language", "en")
    assert sum("--data" in line for line in answer.err.splitlines()) == 1


@pytest.mark.data
def test_with_the_real_log_the_permit_case_is_measured_too(ketenreis, tmp_path, shared_data):
    answer = ketenreis(*SMALL, "--folder", tmp_path, "--language", "en", KETENREIS_DATA=str(shared_data))
    assert answer.status == 0
    assert "1,434" in answer.out
    assert (tmp_path / "report-permit.html").is_file()


@pytest.mark.parametrize("words", [["--cases", "0"], ["--data", "nowhere"], ["--cases", "many"]])
def test_a_demo_that_cannot_be_is_refused(ketenreis, tmp_path, words):
    answer = ketenreis("demo", "--no-browser", "--folder", tmp_path, *words)
    assert answer.status == 2
    assert words[1] in answer.err or "--cases" in answer.err
