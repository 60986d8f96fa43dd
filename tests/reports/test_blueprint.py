"""A board says in words what was measured, what was not, and who is meant; in Dutch and in English."""

import pytest
from tests.reports.made import HOSTILE, report

from ketenreis.examples import model_folder, overlay_file
from ketenreis.notation import read, read_text
from ketenreis.notation.overlay import overlay
from ketenreis.reports.blueprint import board


def card(shown, element):
    return next(card for _, _, card in shown.cards() if card.id == element)


@pytest.fixture(scope="module")
def made():
    return report()


def test_a_measured_requirement_shows_share_norm_interval_and_n(made):
    shown = board(made.model, "telefoon-bestellen", made)
    one = made["op-tijd"]
    figure = card(shown, "op-tijd").figure
    assert figure.value == one.cases.attainment
    assert figure.norm == "≥ 99%"
    assert f"n\u00a0=\u00a0{one.cases.judged:,}".replace(",", ".") in figure.detail
    assert figure.verdict.shape in "✓✕?"
    assert card(shown, "op-tijd").basis == "measured"
    assert card(shown, "betaling").basis == "measured"
    assert card(shown, "op-tijd").lines == ("binnen 1 minuut",)


def test_a_requirement_without_events_says_so_and_asks_nothing_of_them(made):
    shown = board(made.model, "telefoon-bestellen", language="en")
    figure = card(shown, "op-tijd").figure
    assert (figure.verdict.shape, figure.share, figure.detail) == ("?", "", "no events yet")
    assert card(shown, "op-tijd").basis == "assumed"
    assert "not measured yet" in shown.about


def test_the_panel_tells_the_thread_of_the_report(made):
    shown = board(made.model, "telefoon-bestellen", made)
    panel = shown.panel("op-tijd")
    assert panel.title == "Bevestiging op tijd"
    assert "op-tijd" in panel.runs
    assert panel.thread.wish.lines[0][0] == "“Ik wil weten dat het gelukt is”"
    assert panel.thread.work.rows[0][0] == "Order boeken"


def test_requirements_that_only_measure_here_stand_here_too(made):
    shown = board(made.model, "telefoon-bestellen", made)
    assert card(shown, "nooit-verzet").title == HOSTILE


def test_staff_are_customers_of_an_internal_service():
    text = "journeys: [{id: j, name: Beginnen, audience: internal, steps: [{id: s, name: Laptop}]}]"
    shown = board(read_text(text).model, "j")
    assert [lane.title for lane in shown.lanes][1:3] == ["Wat de medewerker ziet", "Wat de medewerker doet"]


def test_a_workspace_calls_its_customer_as_it_wants():
    text = "organisation: {id: o, name: O, words: {customer: huurder}}\njourneys: [{id: j, name: J, steps: [{id: s, name: S}]}]"
    assert "Wat de huurder doet" in [lane.title for lane in board(read_text(text).model, "j").lanes]


@pytest.mark.parametrize(
    ("name", "subject"),
    [("belmij", "telefoon-bestellen"), ("snelpak", "pakket-ontvangen"), ("permit", "vergunning-aanvragen")],
)
def test_the_examples_read_in_both_languages_with_every_lane_and_line(name, subject):
    model = read(model_folder(name)).model
    dutch = board(model, subject)
    english = board(overlay(model, overlay_file(name)).model, subject, language="en")
    assert [lane.key for lane in dutch.lanes] == [lane.key for lane in english.lanes]
    assert [lane.line.name for lane in dutch.lanes if lane.line] == [
        "lijn van interactie",
        "lijn van zichtbaarheid",
        "lijn van interne interactie",
    ]
    assert [lane.line.dashed for lane in dutch.lanes if lane.line] == [False, True, False]
    assert not {lane.title for lane in dutch.lanes} & {lane.title for lane in english.lanes}
    assert [step.id for step in dutch.steps] == [step.id for step in english.steps]


def test_what_is_to_be_checked_stands_out():
    shown = board(read(model_folder("belmij")).model, "telefoon-bestellen", suspect={"order-aannemen"})
    assert [tag.word for tag in card(shown, "order-aannemen").tags] == ["te controleren"]


def test_branches_detours_and_other_ways_are_said_at_the_head():
    text = """
journeys:
- id: j
  name: J
  steps:
  - {id: a, name: A, next: [{to: b, path: branch}, c]}
  - {id: b, name: B, next: [{to: a, path: detour}]}
  - {id: c, name: C}
"""
    reading = read_text(text)
    shown = board(reading.model, "j")
    assert [tag.word for tag in shown.steps[1].tags] == ["aftakking"], reading.findings
    assert shown.steps[0].lines == ("aftakking naar B", "daarna: C")
    assert shown.steps[1].lines == ("omweg naar A",)
