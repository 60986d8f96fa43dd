"""Proposals for labels: right where words say so, silent where nothing does."""

import pytest

from ketenreis.events.labels import Proposal, propose, stems, unmapped

PERMIT = [
    ("ontvangst-controleren", "Ontvangstbevestiging controleren", 1),
    ("bevestiging-aanpassen", "Bevestiging aanpassen", 2),
    ("bevestiging-vaststellen", "Ontvangstbevestiging vaststellen", 3),
    ("bevestiging-versturen", "Bevestiging versturen", 4),
    ("stopadvies", "Noodzaak stopadvies bepalen", 5),
]


@pytest.mark.parametrize(
    ("label", "element"),
    [
        ("T02 Check confirmation of receipt", "ontvangst-controleren"),
        ("T03 Adjust confirmation of receipt", "bevestiging-aanpassen"),
        ("T04 Determine confirmation of receipt", "bevestiging-vaststellen"),
        ("T05 Print and send confirmation of receipt", "bevestiging-versturen"),
        ("T06 Determine necessity of stop advice", "stopadvies"),
        ("Bevestiging verstuurd", "bevestiging-versturen"),
        ("BEVESTIGING-VERSTUREN", "bevestiging-versturen"),
    ],
)
def test_dutch_and_english_words_of_one_meaning_meet(label, element):
    labels = ["T02 Check confirmation of receipt", "T03 Adjust confirmation of receipt",
              "T04 Determine confirmation of receipt", "T05 Print and send confirmation of receipt",
              "T06 Determine necessity of stop advice"]  # fmt: skip
    asked = labels if label in labels else [label]
    assert {each.label: each.element for each in propose(asked, PERMIT)}[label] == element


def test_what_resembles_nothing_is_left_open():
    found = propose(["Lunch", "Betaling"], [("betaling", "Betaling op de website", 1)])
    assert found[0] == Proposal("Lunch", None, 0.0, "nothing near")
    assert found[1].element == "betaling"


def test_order_settles_what_words_do_not():
    found = propose(["Bericht 1", "Bericht 2"], [("tweede", "Bericht B", 2), ("eerste", "Bericht A", 1)])
    assert [each.element for each in found] == ["eerste", "tweede"]


def test_codes_in_front_of_a_label_say_nothing():
    assert stems("T07-1 Draft intern advice") == stems("Draft intern advice")
    assert stems("01_HOOFD_010") == {"hoof", "010"}


def test_nothing_in_nothing_out():
    assert propose([], PERMIT) == ()
    assert propose(["a"], []) == (Proposal("a", None, 0.0, "nothing near"),)


def test_labels_without_a_mapping_are_listed():
    assert unmapped(["a", "b"], {"a": ("x",)}) == ("b",)
