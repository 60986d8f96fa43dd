"""What an initiative or a dialogue names is a relation that nobody writes: it is checked, found, and goes with what it names."""

from ketenreis.analysis.impact import impact
from ketenreis.model import Update, apply, inverse
from ketenreis.model.edits import removal
from ketenreis.notation.text import read_text

TEXT = """
departments: [{id: lean, name: LEAN-team, type: team}]
ctqs: [{id: zeker, name: Zeker}]
processes:
- id: aanvraag
  name: Aanvraag
  activities: [{id: intake, name: Intakegesprek, minutes: 11, outputs: [{id: uitleg, name: Uitleg}]}, {id: toetsen, name: Toetsen}]
initiatives:
- id: sneller
  name: Sneller
  status: proposed
  obstacle_type: it
  operations: [{intent: remove, element: intake}, {intent: shorten, element: toetsen, expects: Twee dagen eerder}, {intent: remove, element: uitleg}]
  effects: [{element: zeker, push: down}]
  proposed_by: [lean]
dialogues:
- id: praten
  name: Over het intakegesprek
  about: [sneller, intake]
  views: [{by: sneller, view: Het levert niets op}, {view: Mensen zijn bang iets fout te doen}]
  options: [{text: Antwoord op het formulier zelf, serves: both, how: earlier}]
  actions: [{id: proef, name: Proef opzetten, due: 2026-12-01}]
chains:
- id: bestaan
  name: Bestaan
  need: Ik kom niet rond
  meetings: [{id: overleg, name: Overleg, period: 2026-Q4, decisions: [Eerst de proef]}]
"""


def model():
    reading = read_text(TEXT)
    assert reading.is_sound
    return reading.model


def test_what_an_operation_an_effect_and_a_view_name_are_relations():
    read = model()
    named = [(edge.relation, edge.target) for edge in read.out("sneller", "operates_on", "affects")]
    assert named == [("operates_on", "intake"), ("operates_on", "toetsen"), ("operates_on", "uitleg"), ("affects", "zeker")]  # fmt: skip
    assert [one.id for one in read.sources("sneller", "viewed_by")] == ["praten"]


def test_an_operation_on_something_unknown_is_named_with_its_place():
    reading = read_text(TEXT.replace("element: toetsen", "element: toetsn"))
    assert [(one.id, one.parameters["nearest"]) for one in reading.findings] == [
        ("unknown_target", "toetsen")
    ]


def test_an_effect_is_on_a_requirement_or_a_steering_figure_only():
    reading = read_text(TEXT.replace("element: zeker", "element: intake"))
    assert [one.id for one in reading.findings] == ["wrong_target"]


def test_what_goes_takes_the_rows_along_that_name_it_or_anything_in_it_and_undo_brings_them_back():
    read = model()
    after = apply(read, removal(read, "intake"))
    assert after.conflicts == ()
    rows = after.model["sneller"].get("operations")
    assert [row["element"] for row in rows] == ["toetsen"]
    assert [one.id for one in after.model.targets("sneller", "operates_on")] == ["toetsen"]
    assert apply(after.model, inverse(after.edits)).model == read


def test_a_view_goes_with_who_held_it_and_the_others_stay():
    read = model()
    after = apply(read, removal(read, "sneller")).model
    assert [dict(row) for row in after["praten"].get("views")] == [
        {"view": "Mensen zijn bang iets fout te doen"}
    ]
    assert after.into("zeker", "affects") == ()


def test_a_renamed_activity_is_still_the_one_that_the_initiative_works_on():
    read = model()
    after = apply(read, [Update("intake", "name", "Intakegesprek", "Kennismaking")]).model
    assert [one.name for one in after.targets("sneller", "operates_on")][:1] == ["Kennismaking"]


def test_an_initiative_hears_of_a_change_to_what_it_works_on():
    read = model()
    edits = [Update("intake", "stage", None, "onstage")]
    found = impact(read, apply(read, edits).model, edits)
    assert "sneller" in [one.element.id for one in found.reached]
