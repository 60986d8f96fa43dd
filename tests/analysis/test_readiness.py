"""The twelve questions of a chain, each colour by hand, and what is built on quicksand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenreis.analysis.gate import COLOURS, ChainFigures, Passing, Verdict, worst
from ketenreis.analysis.quicksand import quicksand
from ketenreis.analysis.readiness import QUESTIONS, readiness
from ketenreis.examples import model_folder
from ketenreis.model import Element, Model
from ketenreis.notation.text import read

TODAY = date(2026, 11, 20)
FULL = """
organisation: {id: o, name: O, language: nl}
departments:
- {id: d1, name: D1, roles: [{id: r1, name: R1}]}
- {id: d2, name: D2, roles: [{id: r2, name: R2}]}
personas: [{id: p, name: P, rule: soort = "a"}]
goals: [{id: g, name: G}, {id: wow, name: Wow}]
journeys:
- {id: j, name: J, need: n, start: s, end: e, out_of_scope: x, realised_by: [c], steps: [{id: s1, name: S1, touchpoints: [{id: t, name: T, by: organisation, realised_by: [a2]}]}]}
chains:
- id: c
  name: C
  need: n
  start: s
  fulfilment: f
  tactic: samen
  tactic_date: 2026-09-01
  success_criteria: [het lukt]
  for: [p]
  pursues: [g]
  owned_by: r1
  chain_links: [{id: l1, department: d1, realised_by: [w1], owned_by: r1}, {id: l2, department: d2, realised_by: [w2], owned_by: r2}]
  expectations: [{id: e1, text: snel, for: [p]}, {id: e2, text: zuinig}]
  kpis:
  - {id: k1, name: K1, side: customer, target: "95%", points_at: [base], endorsed_by: [r1, r2]}
  - {id: k2, name: K2, side: internal, target: "2"}
  handovers: [{id: h, name: H, from: l1, to: l2, complete_when: alles, within: 1 hour, confirmed: {giver: 2026-01-01, receiver: 2026-01-02}}]
  meetings: [{id: m, name: M, date: 2026-10-01}]
  ideas: [{id: i, name: I, text: beter, quarter: 2027-Q1, owned_by: r1}]
processes:
- {id: w1, name: W1, activities: [{id: a1, name: A1, performed_by: [r1]}]}
- {id: w2, name: W2, activities: [{id: a2, name: A2, performed_by: [r2], outputs: [{id: u, name: U, serves: [base]}]}]}
ctqs:
- {id: base, name: Base, kano: must_be, for: [p], measure: {pattern: at_most, event: t}, norms: [{limit: 3, share: 90%}]}
- {id: joy, name: Joy, kano: attractive, for: [p], measure: {pattern: existence, event: t}, norms: [{share: 50%}]}
"""
GOOD = ChainFigures(
    {"base": Verdict("met", 0.95, 100, None, 0.9), "joy": Verdict("met", 0.6, 100, None, 0.5)},
    {"h": Passing(80, 3_000, 0.97, 0.99)},
    0.9,
    100,
    date(2026, 11, 18),
)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return written(tmp_path_factory.mktemp("model"), FULL)


def written(folder, text):
    path = folder / "o.yaml"
    path.write_text(text, encoding="utf-8")
    reading = read(path)
    assert reading.is_sound, reading.findings
    return reading.model


def without(model, element_id, *fields):
    """The same model with fields of one element left empty."""
    one = model[element_id]
    kept = {name: value for name, value in one.fields.items() if name not in fields}
    elements = [replace(each, fields=kept) if each.id == element_id else each for each in model]
    return Model.of(elements, model.edges)


def unrelated(model, relation, source):
    return Model.of(model, [e for e in model.edges if (e.relation, e.source) != (relation, source)])


def removed(model, *ids):
    return Model.of(
        [each for each in model if each.id not in ids],
        [e for e in model.edges if e.source not in ids and e.target not in ids],
    )


def test_a_chain_with_everything_is_green_from_end_to_end(model):
    found = readiness(model, "c", GOOD, TODAY)
    assert [(answer.question, answer.colour) for answer in found.answers] == [
        (question, "green") for question, _ in QUESTIONS
    ]
    assert (found.gate, found.base_colour, found.in_order, len(found.answers)) == ("green", "green", True, 12)


CHANGES = [
    (lambda m: without(m, "c", "fulfilment"), "in_view", "no_fulfilment", "red"),
    (lambda m: unrelated(m, "realised_by", "j"), "in_view", "no_journey", "amber"),
    (lambda m: unrelated(m, "owned_by", "c"), "owner", "no_owner", "red"),
    (lambda m: unrelated(m, "department", "l1"), "links", "no_department", "amber"),
    (lambda m: unrelated(m, "for", "c"), "groups", "no_groups", "red"),
    (lambda m: without(m, "p", "rule"), "groups", "no_rule", "amber"),
    (lambda m: removed(m, "e1"), "expected", "no_expectation", "red"),
    (lambda m: removed(m, "k2"), "own", "no_internal_kpi", "amber"),
    (lambda m: removed(m, "k2", "e2"), "own", "nothing_internal", "red"),
    (lambda m: without(m, "c", "tactic"), "tactic", "no_tactic", "red"),
    (lambda m: without(m, "c", "tactic_date"), "tactic", "tactic_undated", "amber"),
    (lambda m: removed(m, "h"), "handovers", "no_handover", "red"),
    (lambda m: without(m, "h", "complete_when"), "handovers", "not_complete_when", "red"),
    (lambda m: without(m, "h", "within"), "handovers", "not_within", "amber"),
    (lambda m: without(m, "h", "confirmed"), "handovers", "not_confirmed", "amber"),
    (lambda m: unrelated(m, "performed_by", "a1"), "roles", "no_performer", "amber"),
    (lambda m: without(m, "c", "success_criteria"), "success", "no_criteria", "red"),
    (lambda m: removed(m, "k1", "k2"), "success", "no_kpis", "red"),
    (lambda m: removed(m, "m"), "together", "no_meeting", "amber"),
    (lambda m: unrelated(m, "pursues", "c"), "together", "no_goal", "amber"),
    (lambda m: removed(m, "i"), "chances", "no_chances", "red"),
    (lambda m: unrelated(m, "owned_by", "i"), "chances", "chance_without_owner", "amber"),
]


@pytest.mark.parametrize(("change", "question", "key", "colour"), CHANGES, ids=[c[2] for c in CHANGES])
def test_what_is_taken_away_is_listed_and_colours_its_own_question(model, change, question, key, colour):
    found = readiness(change(model), "c", GOOD, TODAY)
    assert key in [remark.key for remark in found[question].lacking]
    assert found[question].colour == colour
    assert COLOURS.index(found.gate) <= COLOURS.index(colour)


def test_without_events_it_cannot_be_said_whether_it_succeeds(model):
    found = readiness(model, "c", ChainFigures(), TODAY)
    assert (found["success"].colour, found["handovers"].colour, found.base_colour) == ("unknown",) * 3
    assert found.gate == "unknown"


def test_what_was_measured_or_met_about_long_ago_is_amber(model):
    later = date(2027, 6, 1)
    found = readiness(model, "c", GOOD, later)
    assert [r.key for r in found["success"].lacking] == ["measured_long_ago"]
    assert [r.key for r in found["together"].lacking] == ["met_long_ago"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(COLOURS)))
def test_one_red_makes_red_however_many_greens_stand_beside_it(colours):
    assert worst(colours) == next((one for one in COLOURS if one in colours), "green")
    assert worst([*colours, "red"]) == "red"
    assert worst([*colours, "green"]) == worst(colours)


def initiative(**fields):
    return Element("card", "initiative", "o", {"name": "Kaartje", **fields})


def built_on(model, one, evidence=GOOD, edges=()):
    whole = Model.of([*model, one], [*model.edges, *edges])
    return quicksand(whole, {"c": readiness(whole, "c", evidence, TODAY)})


EXTRA = {"operations": ({"intent": "add", "element": "t"},)}
JOYFUL = {"effects": ({"element": "joy", "push": "up"},)}


def test_delight_on_a_chain_that_is_not_in_order_is_built_on_quicksand(model):
    shaky = unrelated(model, "owned_by", "c")
    (found,) = built_on(removed(shaky, "joy"), initiative(**EXTRA))
    assert (found.sign, found.at.id, [answer.question for answer in found.red]) == ("extra", "t", ["owner"])
    (found,) = built_on(shaky, initiative(**JOYFUL))
    assert (found.sign, found.at.id) == ("expects", "joy")
    (found,) = built_on(shaky, initiative(operations=({"intent": "strengthen", "element": "t"},)))
    assert found.sign == "works_on"  # the attractive requirement is measured there


def test_a_base_that_is_not_kept_is_quicksand_too_though_every_question_is_green(model):
    late = replace(GOOD, verdicts={**GOOD.verdicts, "base": Verdict("not_met", 0.5, 100, None, 0.9)})
    (found,) = built_on(model, initiative(**EXTRA), late)
    assert (found.red, [ctq.id for ctq, _ in found.broken]) == ((), ["base"])


def test_what_keeps_silent(model):
    shaky = unrelated(model, "owned_by", "c")
    plain = removed(shaky, "joy")
    assert built_on(model, initiative(**EXTRA)) == ()  # in order
    assert built_on(shaky, initiative(status="done", **EXTRA)) == ()
    assert built_on(plain, initiative(operations=({"intent": "remove", "element": "t"},))) == ()
    assert built_on(plain, initiative(**EXTRA, effects=({"element": "base", "push": "up"},))) == ()
    assert built_on(plain, initiative(operations=({"intent": "add", "element": "a1"},))) == ()


def test_snelpak_is_red_for_want_of_an_owner_and_a_success_criterion_and_its_card_is_built_on_quicksand():
    model = read(model_folder("snelpak")).model
    found = readiness(model, "pakket-bezorgen", ChainFigures(), TODAY)
    assert found.gate == "red"
    assert {answer.question for answer in found.answers if answer.colour == "red"} >= {"owner", "success"}
    assert found["owner"].lacking[0].key == "no_owner"
    assert found["success"].lacking[0].key == "no_criteria"
    (card,) = quicksand(model, {"pakket-bezorgen": found})
    assert (card.initiative.id, card.sign, card.at.id) == ("verrassingskaartje", "extra", "levering")


def test_belmij_has_an_owner_and_success_criteria():
    model = read(model_folder("belmij")).model
    found = readiness(model, "telefoon-leveren", ChainFigures(), TODAY)
    assert found["owner"].colour == "green"
    assert "no_criteria" not in [remark.key for remark in found["success"].remarks]


NOORDERWAARD = {
    "van-aanvraag-tot-inkomen": {
        "in_view": ("green", set()),
        "owner": ("green", set()),
        "links": ("green", set()),  # four, each with a department and a process
        "groups": ("green", set()),  # three, each with a rule
        "expected": ("green", set()),
        "own": ("green", set()),  # minutes of work, and as little work as possible
        "tactic": ("amber", {"tactic_undated"}),
        # one handover says nothing, in one the sides mean something else by complete, one link takes part in none
        "handovers": ("red", {"not_complete_when", "no_handover", "sides_differ", "handover_unmeasured"}),
        "roles": ("green", set()),
        "success": ("unknown", {"unmeasured"}),
        "together": ("amber", {"no_meeting", "not_endorsed"}),
        "chances": ("green", set()),  # the two initiatives, each with an owner and a quarter
    },
    "collega-laten-starten": {
        "in_view": ("green", set()),
        "owner": ("green", set()),
        "links": ("green", set()),
        "groups": ("amber", {"no_rule"}),
        "expected": ("green", set()),
        "own": ("red", {"nothing_internal"}),
        "tactic": ("red", {"no_tactic"}),
        "handovers": ("red", {"not_complete_when", "handover_unmeasured"}),
        "roles": ("green", set()),
        "success": ("red", {"no_criteria", "no_kpis"}),
        "together": ("red", {"nothing_shared"}),
        "chances": ("red", {"no_chances"}),
    },
}
"""Read by hand from the text of Noorderwaard: of each question its colour, and what keeps it from green."""


@pytest.mark.parametrize("chain", NOORDERWAARD)
def test_noorderwaard_lacks_what_its_text_leaves_out(chain):
    found = readiness(read(model_folder("noorderwaard")).model, chain, ChainFigures(), TODAY)
    said = {
        answer.question: (answer.colour, {remark.key for remark in answer.lacking})
        for answer in found.answers
    }
    assert said == NOORDERWAARD[chain]
    assert (found.gate, found.in_order) == ("red", False)


def test_noorderwaard_names_who_and_what_lacks():
    model = read(model_folder("noorderwaard")).model
    found = readiness(model, "van-aanvraag-tot-inkomen", ChainFigures(), TODAY)
    named = {
        remark.key: {one.id for one in remark.elements}
        for answer in found.answers
        for remark in answer.lacking
    }
    assert named["not_complete_when"] == {"beoordeling-intake"}
    assert named["no_handover"] == {"vragen-beantwoorden"}
    assert named["sides_differ"] == {"intake-beoordeling"}
    assert named["not_endorsed"] == {"klantadviseur", "administrateur"}
