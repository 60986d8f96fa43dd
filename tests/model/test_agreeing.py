from datetime import date

import pytest

from ketenreis.model import Update, apply
from ketenreis.model.agreeing import asked_again
from ketenreis.notation import read_text

MODEL = read_text(
    "chains: [{id: k, handovers: [{id: h, complete_when: Adres bekend, within: 1 hour, confirmed: {giver: 2026-04-02, receiver: 2026-04-03}}]}]"
).model


def within(text):
    return read_text(f"chains: [{{id: k, handovers: [{{id: h, within: {text}}}]}}]").model["h"].get("within")


def confirmed(*edits):
    applied = apply(MODEL, asked_again(MODEL, edits))
    assert applied.conflicts == ()
    return applied.model["h"].get("confirmed")


def update(field, new):
    return Update("h", field, MODEL["h"].get(field), new)


@pytest.mark.parametrize("new", ["2 hours", "{giver: 1 hour, receiver: 2 hours}"])
def test_a_statement_that_says_something_else_asks_both_sides_again(new):
    assert confirmed(update("within", within(new))) is None


def test_the_same_in_other_words_asks_nobody():
    assert confirmed(update("within", within("60 minutes"))) == MODEL["h"].get("confirmed")
    assert confirmed(update("complete_when", " adres  bekend ")) == MODEL["h"].get("confirmed")
    assert confirmed(update("note", "Besproken")) == MODEL["h"].get("confirmed")


def test_a_day_that_comes_with_the_statement_stays_and_an_older_one_goes():
    old = MODEL["h"].get("confirmed")
    today = {**old, "giver": date(2026, 11, 22)}
    assert confirmed(update("within", within("2 hours")), update("confirmed", today)) == {
        "giver": date(2026, 11, 22)
    }


def test_edits_of_nothing_confirmed_stay_as_they_are():
    model = read_text("chains: [{id: k, handovers: [{id: h, complete_when: Adres bekend}]}]").model
    edit = Update("h", "complete_when", "Adres bekend", "Anders")
    assert asked_again(model, [edit]) == (edit,)
