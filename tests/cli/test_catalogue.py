"""Every command has a page, and the page and the command say the same."""

import re
from pathlib import Path

import pytest

from ketenreis.cli.catalogue import COMMANDS, ROOM, manual
from ketenreis.cli.terminal import LANGUAGES

FLAG = re.compile(r"--[a-z][a-z-]*")


def options_of(command):
    return command.parser({}).options


PAGES = [(command, language) for command in COMMANDS for language in LANGUAGES]
each_page = pytest.mark.parametrize(
    ("command", "language"), PAGES, ids=[f"{command.file}-{language}" for command, language in PAGES]
)


def listed(command, language):
    """The options that the page lists, by the flag or the operand's name."""
    head = {"nl": "## Opties\n", "en": "## Options\n"}[language]
    part = command.page(language).partition(head)[2].partition("\n## ")[0]
    return [re.match(r"- `([^`]*)`: ", line)[1] for line in part.strip().splitlines()]


@each_page
def test_the_page_lists_exactly_the_options_that_the_command_takes(command, language):
    taken = {
        action.option_strings[0] if action.option_strings else action.dest.upper()
        for action in options_of(command)
    }
    assert {re.split(r"[ …]", said)[0] for said in listed(command, language)} == taken


@each_page
def test_the_usage_line_names_every_option_and_operand(command, language):
    usage = next(line for line in command.page(language).splitlines() if line.startswith("    ketenreis "))
    assert usage.startswith(f"    ketenreis {command.words}")
    for action in options_of(command):
        said = action.option_strings[0] if action.option_strings else action.dest.upper()
        assert said in usage


@each_page
def test_an_option_of_choices_says_them(command, language):
    said = " ".join(listed(command, language))
    for action in options_of(command):
        for choice in action.choices or ():
            assert str(choice) in said


@each_page
def test_every_example_on_a_page_can_be_read_as_that_command(command, language):
    examples = (
        command.page(language)
        .partition({"nl": "## Voorbeelden\n", "en": "## Examples\n"}[language])[2]
        .strip()
        .splitlines()
    )
    assert examples
    for line in examples:
        words = re.split(r" [|>] ", line)[0].split()
        if words[0] != "ketenreis":  # what stands before a pipe
            continue
        assert command.parser({}).parse_args(words[1 + len(command.words.split()) :])


def test_every_file_of_a_command_is_in_the_catalogue_and_has_its_page_beside_it():
    files = {path.stem for path in (ROOM / "commands").glob("*.py")} - {"__init__"}
    pages = {path.name for path in (ROOM / "commands").glob("*.md")}
    assert files == {command.file for command in COMMANDS}
    assert pages == {f"{name}{ending}" for name in files for ending in (".md", ".nl.md")}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.file)
def test_both_languages_of_a_page_have_the_same_bones(command):
    dutch, english = ([line[:2] for line in command.page(language).splitlines()] for language in LANGUAGES)
    assert [mark for mark in dutch if mark in {"##", "- ", "  ", ""}] == [
        mark for mark in english if mark in {"##", "- ", "  ", ""}
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [None, *COMMANDS], ids=lambda command: command.file if command else "all")
def test_help_fits_a_terminal_of_a_hundred_columns_but_for_lines_to_copy(command, language):
    lines = manual(command, language).splitlines()
    assert all(len(line) <= 100 for line in lines if not line.startswith("    "))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_main_page_lists_every_command_with_its_summary(language):
    page = manual(None, language)
    for command in COMMANDS:
        assert re.search(
            rf"^    {command.words} +{re.escape(command.summary(language))}$", page, re.MULTILINE
        )


def test_no_page_mentions_an_option_that_no_command_takes():
    known = {flag for command in COMMANDS for action in options_of(command) for flag in action.option_strings}
    known |= {"--help", "--version"}
    for page in Path(ROOM).rglob("*.md"):
        assert set(FLAG.findall(page.read_text(encoding="utf-8"))) <= known, page
