"""A tension reads the same in a terminal, as data and on a page: both sides with n, no blame, and a way out that names its place."""

import json

import pytest
from tests.analysis.test_tensions import ADD, REMOVE, everything, model_of

from ketenreis.cli.catalogue import find
from ketenreis.reports.tensions import tensions_as_json, tensions_in_words, told, weighed
from ketenreis.reports.words import Words

LANGUAGES = ("nl", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_reads_in_both_languages_without_holes_or_exclamation_marks(language):
    model = everything()
    words = Words.of(language, model, "case")
    lines = list(tensions_in_words(weighed(model), model, words))
    assert max(map(len, lines)) <= 100
    assert not any(line.isspace() for line in lines)
    said = "\n".join(lines)
    assert "{" not in said
    assert "!" not in said
    assert "conflict" not in said.casefold()
    assert json.dumps(tensions_as_json(weighed(model), model, words))


def test_the_card_of_the_two_teams_says_what_each_wants_and_what_serves_both():
    model = model_of(REMOVE, ADD)
    card = told(weighed(model)[0], model, Words.of("nl", model, "case"))
    assert card.title == "Intakegesprek: weghalen, en de vraag dan?"
    assert [side.who for side in card.sides] == ["LEAN-team", "Klantreisteam"]
    assert [side.claim for side in card.sides] == [
        "Weghalen: Intake houden",
        "Toevoegen: Bericht wat gebeurt er nu",
    ]
    assert [(row.label, row.figure) for row in card.sides[0].rows][:2] == [
        ("tijd per keer", "11 min"),
        ("bespaart per jaar", "1.140 uur (1.060–1.220)"),
    ]
    assert card.sides[1].rows[0].label == "enige antwoord op “Heb ik alles goed ingevuld?”"
    assert not card.sides[1].rows[-2].is_known
    assert card.sides[1].rows[-1].figure == "nu 1.140 uur per jaar (1.060–1.220)"
    assert card.premise == "In één keer zekerheid."
    assert card.options[0].text.startswith(
        "beantwoord “Heb ik alles goed ingevuld?” al bij “Aanvraagformulier”"
    )


def test_where_nothing_pulls_apart_that_is_said():
    for model in (model_of(), model_of(ADD)):
        assert len(list(tensions_in_words(weighed(model), model, Words.of("nl", model, "case")))) == 1


def test_the_command_is_in_the_catalogue():
    assert find(["tensions", "model/"])[0].words == "tensions"
