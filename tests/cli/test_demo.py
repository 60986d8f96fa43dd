"""The demo: a complete example, from nothing to a report."""

import json
import socket
import subprocess
import sys
import time
import urllib.request

import pytest


@pytest.fixture
def small(ketenreis):
    """Runs a small demo that writes its report into its folder, and exits."""

    def run(folder, *words, **variables):
        return ketenreis(
            "demo",
            "--cases",
            "300",
            "--folder",
            folder,
            "--report",
            folder / "report.html",
            *words,
            **variables,
        )

    return run


@pytest.mark.parametrize(
    ("language", "name"), [("nl", "Bevestiging op tijd"), ("en", "Confirmation in time")]
)
def test_the_demo_measures_and_reports_in_the_language_of_its_reader(small, tmp_path, language, name):
    answer = small(tmp_path, "--language", language)
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
    ketenreis, small, tmp_path, language, name, joined
):
    answer = small(tmp_path, "--language", language)
    assert name in answer.out
    assert name in (tmp_path / "report-snelpak.html").read_text(encoding="utf-8")
    assert name not in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert joined in answer.err
    for file in ("pakketten.csv", "scans.csv", "berichten.csv", "telefonie.csv"):
        assert f"{file}: " in answer.err
    snelpak = tmp_path / "snelpak"
    assert ketenreis("measure", snelpak / "model", "--events", snelpak / "events").status in (0, 1)


def test_the_commands_that_the_demo_suggests_work(ketenreis, small, tmp_path):
    answer = small(tmp_path, "--language", "en")
    suggested = [line.split()[1:] for line in answer.err.splitlines() if line.startswith("  ketenreis ")]
    assert len(suggested) == 3
    for words in suggested:
        assert ketenreis(*words).status in (0, 1)


def test_the_demo_writes_its_report_where_asked_and_exits(ketenreis, tmp_path):
    page = tmp_path / "elsewhere" / "here.html"
    page.parent.mkdir()
    answer = ketenreis("demo", "--cases", "100", "--folder", tmp_path, "--report", page)
    assert answer.status == 0
    assert page.stat().st_size > 10_000


def test_without_a_report_the_demo_serves_the_examples(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["demo", "--cases", "100", "--no-browser", "--port", str(port), "--folder", str(tmp_path)]
    command = [sys.executable, "-m", "ketenreis", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as demo:
        try:
            found = answered(f"http://localhost:{port}/", demo)
            assert "Belmij" in found
            assert "Snelpak" in found
            assert "Noorderwaard" in found
            assert "bevestiging" in answered(f"http://localhost:{port}/belmij/measures/", demo)
        finally:
            demo.terminate()
            demo.communicate(timeout=20)


def answered(address, process):
    """What an address says, once it says something."""
    for _ in range(600):
        assert process.poll() is None, process.stderr.read()
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(address)


def test_the_same_seed_gives_the_same_figures_and_another_gives_others(ketenreis, small, tmp_path):
    def figures(seed):
        folder = tmp_path / seed
        small(folder, "--seed", seed)
        return json.loads(
            ketenreis(
                "measure", folder / "belmij" / "model", "--events", folder / "belmij" / "events", "--json"
            ).out
        )

    first = figures("1")
    again = tmp_path / "again"
    small(again, "--seed", "1")
    assert (
        json.loads(
            ketenreis(
                "measure", again / "belmij" / "model", "--events", again / "belmij" / "events", "--json"
            ).out
        )
        == first
    )
    assert figures("2") != first


def test_without_the_real_log_one_line_says_how(small, tmp_path):
    answer = small(tmp_path, "--language", "en")
    assert sum("--data" in line for line in answer.err.splitlines()) == 1


@pytest.mark.data
def test_with_the_real_log_the_permit_case_is_measured_too(small, tmp_path, shared_data):
    answer = small(tmp_path, "--language", "en", KETENREIS_DATA=str(shared_data))
    assert answer.status == 0
    assert "1,434" in answer.out
    assert (tmp_path / "report-permit.html").is_file()


@pytest.mark.parametrize("words", [["--cases", "0"], ["--data", "nowhere"], ["--cases", "many"]])
def test_a_demo_that_cannot_be_is_refused(ketenreis, tmp_path, words):
    answer = ketenreis("demo", "--no-browser", "--folder", tmp_path, *words)
    assert answer.status == 2
    assert words[1] in answer.err or "--cases" in answer.err
