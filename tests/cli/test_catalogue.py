"""Every command has a page, and the page and the command say the same."""

import re
from pathlib import Path

import pytest

from ketenreis.cli.catalogue import COMMANDS, ROOM, manual
from ketenreis.cli.parser import Parser

FLAG = re.compile(r"--[a-z][a-z-]*")


def options_of(command):
    parser = Parser(command.words, {})
    command.load().arguments(parser)
    return parser.options


def listed(command):
    """The options that the page lists, by the flag or the operand's name."""
    part = command.page.partition("## Options\n")[2].partition("\n## ")[0]
    return [re.match(r"- `([^`]*)`: ", line)[1] for line in part.strip().splitlines()]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.file)
def test_the_page_lists_exactly_the_options_that_the_command_takes(command):
    taken = {
        action.option_strings[0] if action.option_strings else action.dest.upper()
        for action in options_of(command)
    }
    assert {re.split(r"[ …]", said)[0] for said in listed(command)} == taken


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.file)
def test_the_usage_line_names_every_option_and_operand(command):
    usage = next(line for line in command.page.splitlines() if line.startswith("    ketenreis "))
    assert usage.startswith(f"    ketenreis {command.words}")
    for action in options_of(command):
        said = action.option_strings[0] if action.option_strings else action.dest.upper()
        assert said in usage


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.file)
def test_an_option_of_choices_says_them(command):
    said = " ".join(listed(command))
    for action in options_of(command):
        for choice in action.choices or ():
            assert str(choice) in said


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.file)
def test_every_example_on_a_page_can_be_read_as_that_command(command):
    examples = command.page.partition("## Examples\n")[2].strip().splitlines()
    assert examples
    for line in examples:
        words = re.split(r" [|>] ", line)[0].split()
        if words[0] != "ketenreis":  # what stands before a pipe
            continue
        parser = Parser(command.words, {})
        command.load().arguments(parser)
        assert parser.parse_args(words[1 + len(command.words.split()) :])


def test_every_file_of_a_command_is_in_the_catalogue_and_has_its_page_beside_it():
    files = {path.stem for path in (ROOM / "commands").glob("*.py")} - {"__init__"}
    pages = {path.stem for path in (ROOM / "commands").glob("*.md")}
    assert files == pages == {command.file for command in COMMANDS}


@pytest.mark.parametrize("command", [None, *COMMANDS], ids=lambda command: command.file if command else "all")
def test_help_fits_a_terminal_of_a_hundred_columns_but_for_lines_to_copy(command):
    lines = manual(command).splitlines()
    assert all(len(line) <= 100 for line in lines if not line.startswith("    "))


def test_the_main_page_lists_every_command_with_its_summary():
    page = manual(None)
    for command in COMMANDS:
        assert re.search(rf"^    {command.words} +{re.escape(command.summary)}$", page, re.MULTILINE)


def test_no_page_mentions_an_option_that_no_command_takes():
    known = {flag for command in COMMANDS for action in options_of(command) for flag in action.option_strings}
    known |= {"--help", "--version"}
    for page in Path(ROOM).rglob("*.md"):
        assert set(FLAG.findall(page.read_text(encoding="utf-8"))) <= known, page
