"""Proposals for labels: right where words say so, silent where nothing does."""

import pytest

from ketenreis.events.labels import Candidate, Proposal, propose, unmapped
from ketenreis.events.mapping import read_mapping
from ketenreis.events.stems import stems
from ketenreis.examples import mapping_files, model_folder
from ketenreis.notation import read
from ketenreis.reports.labelled import candidates

PERMIT = [
    Candidate("ontvangst-controleren", "Ontvangstbevestiging controleren", 1),
    Candidate("bevestiging-aanpassen", "Bevestiging aanpassen", 2),
    Candidate("bevestiging-vaststellen", "Ontvangstbevestiging vaststellen", 3),
    Candidate("bevestiging-versturen", "Bevestiging versturen", 4),
    Candidate("stopadvies", "Noodzaak stopadvies bepalen", 5),
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
    found = propose(
        ["Lunch", "Betaling"], [Candidate("betaling", "Betaling op de website", 1, channel="website")]
    )
    assert found[0] == Proposal("Lunch", None, 0.0, "nothing near")
    assert found[1].element == "betaling"


def test_two_that_come_equally_near_are_both_left_open():
    alike = [Candidate("eerste", "Bericht A", 1), Candidate("tweede", "Bericht B", 2)]
    assert [each.element for each in propose(["Bericht 1", "Bericht 2"], alike)] == [None, None]


def test_two_labels_that_claim_one_element_alike_are_both_left_open():
    found = propose(["Betaling", "betaling"], [Candidate("betaling", "Betaling", 1)])
    assert [each.element for each in found] == ["betaling", "betaling"]  # worded alike: one thing
    found = propose(["Thuis bezorgd", "thuis-bezorgen"], [Candidate("thuis-bezorgen", "Thuis bezorgd", 1)])
    assert {each.element for each in found} == {"thuis-bezorgen"}
    found = propose(["Niemand thuis", "Niet thuis"], [Candidate("niet-thuis", "Niemand thuis", 1)])
    assert [each.element for each in found] == [None, None]


def test_who_did_it_decides_between_two_that_are_worded_alike():
    moved = [
        Candidate("zelf", "Tijdvak verzetten", 1, by_customer=True),
        Candidate("wij", "Tijdvak verzetten", 2, by_customer=False),
    ]
    found = propose(["Tijdvak verzet door klant", "Tijdvak verzet door Belmij"], moved)
    assert [each.element for each in found] == ["zelf", "wij"]


def test_what_an_activity_yields_tells_what_it_is():
    packing = Candidate("a1", "Verzamelt en verpakt", 1, also=("Pakket klaar voor vertrek",))
    assert propose(["Pakket klaargezet"], [packing, Candidate("a2", "Bezorgt", 2)])[0].element == "a1"


@pytest.mark.parametrize(
    ("example", "right", "wrong"), [("belmij", 19, 0), ("snelpak", 13, 0), ("permit", 24, 1)]
)
def test_proposals_on_the_examples_are_many_and_hardly_ever_wrong(example, right, wrong):
    """Against the mappings that people wrote; a label that nothing resembles may be left open."""
    files = mapping_files(example)
    meant = {label: ids for file in files for label, ids in read_mapping(file).labels.items()}
    found = propose(list(meant), candidates(read(model_folder(example)).model))
    proposed = [each for each in found if each.element]
    good = sum(each.element in meant[each.label] for each in proposed)
    assert good >= right
    assert len(proposed) - good <= wrong


def test_labels_of_another_trade_are_left_alone():
    hospital = ["ER Triage", "Leucocytes", "CRP", "LacticAcid", "IV Liquid", "IV Antibiotics", "Admission NC"]
    for example in ("belmij", "snelpak", "permit"):
        found = propose(hospital, candidates(read(model_folder(example)).model))
        assert [each.element for each in found] == [None] * len(hospital)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Tijdvak toegezegd", "Zegt tijdvak toe"),
        ("Order afgesloten", "Sluit order af"),
        ("Pakket opgehaald", "Haalt het pakket op"),
        ("Klaargezet voor rit", "Zet klaar voor de rit"),
        ("Bevestiging vastgesteld", "Stelt de bevestiging vast"),
        ("Zending aangemeld", "Meldt de zending aan"),
        ("Send reminder", "Herinnering versturen"),
    ],
)
def test_a_verb_that_falls_apart_is_made_whole(label, name):
    assert stems(label) == stems(name)


def test_codes_in_front_of_a_label_say_nothing():
    assert stems("T07-1 Draft intern advice") == stems("Draft intern advice")
    assert stems("01_HOOFD_010") == {"hof", "010"}


def test_nothing_in_nothing_out():
    assert propose([], PERMIT) == ()
    assert propose(["a"], []) == (Proposal("a", None, 0.0, "nothing near"),)


def test_labels_without_a_mapping_are_listed():
    assert unmapped(["a", "b"], {"a": ("x",)}) == ("b",)
