"""The documentation is true: examples run, generated pages are fresh, and every way leads somewhere."""

import contextlib
import doctest
import io
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT

from ketenreis.cli import main

DOCS = ROOT / "docs"
PAGES = sorted(
    [*DOCS.glob("*.md"), *DOCS.glob("how-to/*.md"), *DOCS.glob("concepts/*.md"), *ROOT.glob("*.md")]
)
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^]]*\]\(([^)#\s]+)(?:#([^)\s]*))?\)")
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def name_of(page):
    return str(page.relative_to(ROOT))


def told(words):
    """What a command writes to standard output; and its talk, when it refuses."""
    out, talk = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(talk):
        status = main(words)
    return out.getvalue() + (talk.getvalue() if status > 1 else "")


def write(about, text):
    """Makes a file, adds to it, or replaces a part of it, as the fence says."""
    said = dict(part.partition("=")[::2] for part in shlex.split(about))
    file = Path(said["file"])
    now = file.read_text(encoding="utf-8") if file.exists() else ""
    if "replace" in said:
        assert now.count(said["replace"]) == 1, said
        text = now.replace(said["replace"], text.rstrip("\n"))
    file.write_text(now + text if "append" in said else text, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_examples_on_a_page_run_and_give_what_is_shown(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("KETENREIS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    checker, names, ran = doctest.OutputChecker(), {}, 0
    for language, about, text in FENCE.findall(page.read_text(encoding="utf-8")):
        if "file=" in about:
            write(about, text)
        elif language == "console":
            for line, wanted in COMMAND.findall(text):
                words = shlex.split(line)
                assert words[0] == "ketenreis", line
                got = told(words[1:])
                assert checker.check_output(wanted, got, OPTIONS), f"{line}\nwanted:\n{wanted}\ngot:\n{got}"
                ran += 1
        elif language == "python" and ">>>" in text:
            test = doctest.DocTestParser().get_doctest(text, names, page.name, str(page), 0)
            runner = doctest.DocTestRunner(checker, verbose=False, optionflags=OPTIONS)
            said = io.StringIO()
            runner.run(test, out=said.write, clear_globs=False)
            names.update(test.globs)
            assert runner.failures == 0, said.getvalue()
            ran += len(test.examples)
    assert ran > 10 or page.name != "tutorial.md"


def test_the_five_lines_in_the_readme_go_from_file_to_figures(tmp_path, monkeypatch, capsys):
    from ketenreis.examples import mapping_file, model_folder, write_raw

    monkeypatch.chdir(tmp_path)
    shutil.copytree(model_folder("belmij"), "model")
    shutil.copy(mapping_file("belmij"), "orders.yaml")
    write_raw("belmij", tmp_path, 200)
    blocks = FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    lines = next(text for language, _, text in blocks if language == "python")
    assert len(lines.splitlines()) == 5
    exec(compile(lines, "README.md", "exec"), {})
    assert "Bevestiging op tijd" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_yaml_on_a_page_is_a_model_or_mapping_that_can_be_read(page):
    from ketenreis.events.mapping import parse_mapping
    from ketenreis.notation import read_text

    texts = [
        text
        for language, about, text in FENCE.findall(page.read_text(encoding="utf-8"))
        if language == "yaml" and "replace=" not in about and "append" not in about
    ]
    for text in texts:
        if text.startswith("source:"):
            assert parse_mapping(text).source
        else:
            reading = read_text(text)
            wrong = {finding.id for finding in reading.findings if finding.level == "error"}
            assert not wrong - {"unknown_target"}, text
            assert len(reading.model)


@pytest.mark.parametrize("page", sorted({*PAGES, *DOCS.rglob("*.md")}), ids=name_of)
def test_every_link_leads_somewhere(page):
    text = re.sub(r"^    .*$", "", FENCE.sub("", page.read_text(encoding="utf-8")), flags=re.MULTILINE)
    for target, _ in LINK.findall(text):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_a_page_mentions_exists(page):
    from ketenreis.cli.catalogue import COMMANDS

    known = {command.words for command in COMMANDS}
    for words in re.findall(
        r"(?:^    |`|^\$ )ketenreis ((?:events )?[a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE
    ):
        assert words in known, words


def test_generated_pages_are_fresh():
    ran = subprocess.run(
        [sys.executable, str(DOCS / "generate.py"), "--check"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_a_stale_or_left_over_page_is_noticed(tmp_path):
    shutil.copytree(DOCS, tmp_path / "docs")
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    words = [sys.executable, str(tmp_path / "docs" / "generate.py")]
    (tmp_path / "docs" / "findings" / "left_over.md").write_text("old\n", encoding="utf-8")
    (tmp_path / "docs" / "reference" / "patterns.md").unlink()
    ran = subprocess.run([*words, "--check"], capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 1
    assert ran.stderr.count("stale") == 2
    subprocess.run(words, capture_output=True, timeout=120, check=True)
    assert subprocess.run([*words, "--check"], capture_output=True, timeout=120, check=False).returncode == 0


def test_every_finding_has_a_page():
    from ketenreis.findings import catalogue

    pages = {path.stem for path in (DOCS / "findings").glob("*.md")} - {"README"}
    assert pages == set(catalogue("nl")) == set(catalogue("en"))


def test_pictures_are_small():
    pictures = [path for path in (DOCS / "images").glob("*") if path.is_file()]
    assert pictures
    assert all(path.stat().st_size <= 150_000 for path in pictures)
