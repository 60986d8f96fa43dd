"""Languages, channels, colour and progress."""

import io
import re

import pytest

from ketenreis.cli import terminal as room
from ketenreis.cli.terminal import LANGUAGES, Terminal, sentences


class Screen(io.StringIO):
    def isatty(self):
        return True


def terminal(out=None, err=None, **environment):
    return Terminal(out or io.StringIO(), err or io.StringIO(), io.StringIO(), environment)


def test_both_languages_say_the_same_things_with_the_same_holes():
    dutch, english = (sentences(language) for language in LANGUAGES)
    assert dutch.keys() == english.keys()
    for key in dutch:
        assert set(re.findall(r"{\w+}", dutch[key])) == set(re.findall(r"{\w+}", english[key])), key


def test_no_sentence_shouts_or_blames():
    for language in LANGUAGES:
        for said in sentences(language).values():
            assert not re.search(r"!|invalid|ongeldig", said)


@pytest.mark.parametrize(
    ("asked", "organisation", "environment", "language"),
    [
        ("en", "nl", {"KETENREIS_LANGUAGE": "nl"}, "en"),
        (None, "en", {"KETENREIS_LANGUAGE": "nl"}, "nl"),
        (None, "nl", {"LANG": "en_GB.UTF-8"}, "nl"),
        (None, None, {"LANG": "nl_NL.UTF-8"}, "nl"),
        (None, None, {"LC_ALL": "nl_NL", "LANG": "en_GB"}, "nl"),
        (None, None, {"LANG": "C.UTF-8"}, "en"),
        (None, None, {}, "en"),
        (None, "fr", {}, "en"),
    ],
)
def test_the_language_is_that_of_the_option_then_the_variable_then_the_organisation_then_the_system(
    asked, organisation, environment, language
):
    speaking = terminal(**environment)
    speaking.choose_language(asked)
    speaking.choose_language(None, organisation)
    assert speaking.language == language


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({}, False),
    ],
)
def test_colour_is_only_for_a_terminal_that_wants_it(environment, coloured):
    assert terminal(out=Screen(), **environment).has_colour(Screen()) is coloured
    assert terminal(**environment).paint("x", "red") == "x"


def walked(speaking, monkeypatch, seconds, steps=8):
    """Says how far it is while the clock walks."""
    moments = iter(100 + seconds * n / steps for n in range(steps + 1))
    monkeypatch.setattr(room.time, "monotonic", lambda: next(moments))
    for n in range(steps + 1):
        speaking.progress(n / steps, "reading")
    speaking.end_progress()


def test_quick_work_shows_no_progress(monkeypatch):
    speaking = terminal(err=Screen())
    walked(speaking, monkeypatch, 0.9)
    assert speaking.err.getvalue() == ""


def test_slow_work_shows_a_bar_and_wipes_it(monkeypatch):
    speaking = terminal(err=Screen())
    walked(speaking, monkeypatch, 8)
    said = speaking.err.getvalue()
    assert "50% reading" in said
    assert said.endswith(" \r")


def test_slow_work_that_nobody_watches_says_a_few_lines(monkeypatch):
    speaking = terminal()
    walked(speaking, monkeypatch, 80, steps=40)
    assert speaking.err.getvalue().splitlines() == [" 25% reading", " 50% reading", " 75% reading"]


def test_nobody_is_asked_when_nobody_can_answer():
    assert terminal().ask("Well?", "usual") == "usual"
