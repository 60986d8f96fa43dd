"""Options come from the command line, else from variables."""

import pytest

from ketenreis.cli.parser import Parser
from ketenreis.errors import UsageError


def parsed(words, environment):
    parser = Parser("events import", environment)
    parser.add_argument("file")
    parser.add_argument("--store", required=True)
    parser.add_argument("--cases", type=int, default=7)
    parser.add_argument("--yes", action="store_true")
    parser.add_argument("--split", nargs="+", action="extend")
    parser.add_argument("--language", choices=("nl", "en"))
    return parser.parse_args(words)


def test_a_variable_sets_an_option_even_a_required_one():
    asked = parsed(
        ["log.csv"],
        {
            "KETENREIS_EVENTS_IMPORT_STORE": "events",
            "KETENREIS_EVENTS_IMPORT_CASES": "12",
            "KETENREIS_EVENTS_IMPORT_YES": "ja",
            "KETENREIS_EVENTS_IMPORT_SPLIT": "channel, department",
        },
    )
    assert (asked.store, asked.cases, asked.yes, asked.split) == (
        "events",
        12,
        True,
        ["channel", "department"],
    )


def test_the_command_line_overrules_a_variable():
    asked = parsed(["log.csv", "--store", "here"], {"KETENREIS_EVENTS_IMPORT_STORE": "there"})
    assert asked.store == "here"


def test_a_list_on_the_command_line_takes_the_place_of_the_list_in_a_variable():
    asked = parsed(
        ["log.csv", "--store", "x", "--split", "channel"], {"KETENREIS_EVENTS_IMPORT_SPLIT": "department"}
    )
    assert asked.split == ["channel"]


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [("CASES", "many", "int"), ("YES", "perhaps", "yes or no"), ("LANGUAGE", "fr", "nl, en")],
)
def test_a_variable_that_does_not_fit_is_refused_by_name(name, value, wanted):
    with pytest.raises(UsageError, match=f"KETENREIS_EVENTS_IMPORT_{name} is “{value}”.*{wanted}"):
        parsed(["log.csv", "--store", "x"], {f"KETENREIS_EVENTS_IMPORT_{name}": value})


def test_words_that_do_not_fit_point_to_the_page_of_the_command():
    with pytest.raises(UsageError, match="ketenreis events import --help"):
        parsed(["log.csv"], {})
