"""The manners of every command: help at once, no page of code for anyone, and honest ways to stop."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ketenreis import cli
from ketenreis.cli.catalogue import COMMANDS

HEAVY = {"duckdb", "numpy", "yaml", "ketenreis.model", "ketenreis.measure"}


def python(*words, **how):
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=60, **how)  # noqa: PLW1510


def test_nothing_heavy_is_imported_before_a_command_runs():
    code = "import sys, ketenreis.cli; ketenreis.cli.main(['measure', '--help']); print(*sys.modules, sep=chr(10))"
    loaded = set(python("-c", code).stdout.splitlines())
    assert "ketenreis.cli" in loaded
    assert not HEAVY & loaded


def test_import_of_the_package_loads_nothing_heavy():
    loaded = set(python("-c", "import sys, ketenreis; print(*sys.modules, sep=chr(10))").stdout.splitlines())
    assert "ketenreis" in loaded
    assert not HEAVY & loaded


@pytest.mark.parametrize("words", [["--help"], ["measure", "--help"]])
def test_help_is_there_in_a_fifth_of_a_second(words):
    def seconds():
        # Processor time: what other programs on this machine happen to do is no property of ours.
        begun = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert python("-m", "ketenreis", *words).returncode == 0
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime

    assert min(seconds() for _ in range(5)) < 0.2


@pytest.mark.parametrize("words", [[], ["-h"], ["--help"], ["help"]])
def test_without_a_question_it_says_what_can_be_asked(ketenreis, words):
    answer = ketenreis(*words)
    assert answer.status == 0
    assert "ketenreis COMMAND" in answer.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.file)
def test_every_command_has_help_in_both_spellings(ketenreis, command):
    words = command.words.split()
    assert ketenreis(*words, "-h").out == ketenreis("help", *words).out != ""
    assert ketenreis(*words, "--help").status == 0


def test_help_speaks_dutch_to_who_asks_in_dutch(ketenreis):
    assert "Uitgangsstatus" in ketenreis("check", "--help", KETENREIS_LANGUAGE="nl").out
    assert "Opdrachten" in ketenreis("--help", LANG="nl_NL.UTF-8").out


def test_the_version_is_a_result(ketenreis):
    answer = ketenreis("--version")
    assert (answer.status, answer.out.strip().count("."), answer.err) == (0, 2, "")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["chek"], "check"),
        (["events"], "events import"),
        (["evnts", "import"], "events import"),
        (["--nope"], "--help"),
    ],
)
def test_a_command_that_is_not_there_names_the_nearest(ketenreis, words, hint):
    answer = ketenreis(*words)
    assert answer.status == 2
    assert hint in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "nowhere"],
        ["measure", "nowhere", "--events", "nowhere"],
        ["events", "profile", "nowhere"],
        ["events", "import", "nowhere.csv", "--store", "nowhere"],
        ["show", "nowhere"],
        ["format", "nowhere", "--nope"],
        ["confirm", "nowhere"],
        ["schema", "--language", "fr"],
    ],
)
def test_wrong_use_is_one_message_and_status_2(ketenreis, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = ketenreis(*words)
    assert answer.status == 2
    assert answer.err.strip()
    assert "Traceback" not in answer.err
    assert answer.out == ""
    assert not list(tmp_path.iterdir())


def test_what_nobody_foresaw_becomes_a_sentence_and_a_file(ketenreis, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("a secret of ours")

    monkeypatch.setattr("ketenreis.cli.commands.schema.run", broken)
    answer = ketenreis("schema")
    assert answer.status == cli.UNEXPECTED
    assert "Traceback" not in answer.err
    file = next(Path(word.strip(";,")) for word in answer.err.split() if word.strip(";,").endswith(".txt"))
    try:
        assert "a secret of ours" in file.read_text(encoding="utf-8")
        assert "ketenreis schema" in file.read_text(encoding="utf-8")
    finally:
        file.unlink()


def test_a_file_that_may_not_be_written_is_a_message(ketenreis, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    answer = ketenreis("demo", "--cases", "20", "--no-browser", "--folder", tmp_path / "file" / "folder")
    assert answer.status == 2
    assert "file" in answer.err


def test_a_reader_who_has_seen_enough_hears_no_complaint():
    told = subprocess.run(
        f"{sys.executable} -m ketenreis schema | head -1",
        shell=True,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.stdout == "{\n"
    assert told.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="Signals work otherwise on Windows.")
def test_stopping_says_what_was_kept(tmp_path):
    words = [
        sys.executable,
        "-m",
        "ketenreis",
        "demo",
        "--cases",
        "200000",
        "--no-browser",
        "--folder",
        str(tmp_path),
    ]
    environment = {**os.environ, "KETENREIS_LANGUAGE": "en"}
    with subprocess.Popen(
        words,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        # What runs in the background of a shell is started deaf to Ctrl+C; a person at a keyboard is not.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # no threads run here
    ) as demo:
        assert "Belmij" in demo.stderr.readline()
        time.sleep(0.5)
        demo.send_signal(signal.SIGINT)
        _, said = demo.communicate(timeout=60)
    assert demo.returncode == cli.INTERRUPTED
    assert f"Stopped. What was made so far stands in {tmp_path}." in said
    assert "Traceback" not in said
