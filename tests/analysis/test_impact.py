import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.notation.drawn_models import models

from ketenreis.analysis.impact import CARRIES, impact
from ketenreis.examples import model_folder
from ketenreis.model import COMMON, RELATION, Move, Relate, Update, apply, diff, inverse, removal
from ketenreis.model.edits import Unrelate
from ketenreis.notation import read, read_text
from ketenreis.notation.confirmed import confirm

TEXT = """
organisation: {id: o, name: Belmij}
departments: [{id: d, roles: [{id: operations, name: Operations}, {id: cx, name: CX}, {id: kcc, name: KCC}]}]
personas: [{id: gezin}]
systems: [{id: crm}]
journeys:
- id: j
  owned_by: cx
  for: [gezin]
  phases:
  - id: f
    steps:
    - id: s
      questions: [{id: q, text: Gelukt?}]
      wishes: [{id: w, text: Weten, leads_to: [c]}]
      touchpoints: [{id: t, channel: e-mail, realised_by: [sturen]}]
    - {id: s2, wishes: [{id: w2, text: Anders, leads_to: [c2]}]}
ctqs:
- {id: c, owned_by: kcc, for: [gezin], measure: {pattern: at_most, event: t}, norms: [{limit: 1, share: 99%}]}
- {id: c2, norms: [{limit: 1, share: 99%}]}
promises: [{id: p, text: snel, rests_on: c, made_in: [m]}]
messages: [{id: m, text: {nl: Bericht}, carried_by: [t], answers: [q]}]
processes:
- id: pr
  activities:
  - {id: boeken, performed_by: [operations], uses: [crm], outputs: [{id: geboekt, name: Geboekt, serves: [c]}]}
  - {id: sturen, stage: onstage, takes: [geboekt], serves: [c2]}
"""
MODEL = read_text(TEXT).model


def after(*edits):
    applied = apply(MODEL, edits)
    assert applied.conflicts == ()
    return applied.model


def reached(*edits):
    found = impact(MODEL, after(*edits), edits)
    return {one.element.id: (one.way, [hop.to for hop in one.path]) for one in found.reached}


def norms(share):
    return read_text(TEXT.replace("share: 99%}]}", f"share: {share}}}]}}", 1)).model["c"].get("norms")


STRICTER = Update("c", "norms", MODEL["c"].get("norms"), norms("99.9%"))


def test_a_stricter_norm_reaches_the_work_that_keeps_it_and_the_customers_who_asked():
    assert reached(STRICTER) == {
        "w": ("customer", ["w"]),
        "s": ("customer", ["w", "s"]),
        "f": ("customer", ["w", "s", "f"]),
        "j": ("customer", ["w", "s", "f", "j"]),
        "gezin": ("customer", ["gezin"]),
        "p": ("customer", ["p"]),
        "m": ("customer", ["p", "m"]),
        "q": ("customer", ["p", "m", "q"]),
        "t": ("customer", ["p", "m", "t"]),
        "geboekt": ("work", ["geboekt"]),
        "boeken": ("work", ["geboekt", "boeken"]),
        "operations": ("work", ["geboekt", "boeken", "operations"]),
        "crm": ("work", ["geboekt", "boeken", "crm"]),
    }


def test_a_change_in_the_work_reaches_its_customers_through_the_work_that_takes_it():
    found = reached(Update("geboekt", "name", "Geboekt", "Vastgelegd"))
    assert found["sturen"] == ("customer", ["sturen"])
    assert found["w2"] == ("customer", ["sturen", "c2", "w2"])
    assert found["s2"][0] == "customer"
    assert found["boeken"] == ("work", ["boeken"])


def test_each_element_stands_with_who_answers_for_it():
    found = impact(MODEL, after(STRICTER), [STRICTER])
    owners = {one.element.id: one.owner.id if one.owner else None for one in found.reached}
    assert (owners["s"], owners["boeken"], owners["geboekt"], owners["m"]) == (
        "cx",
        "operations",
        "operations",
        None,
    )


def test_exactly_the_relations_whose_agreement_changed_need_a_new_look_by_the_other_end():
    found = impact(MODEL, after(STRICTER), [STRICTER])
    assert [(hit.edge.relation, hit.edge.source, [who.id for who in hit.asked]) for hit in found.hits] == [
        ("serves", "geboekt", ["operations"]),
        ("rests_on", "p", []),
    ]
    (difference,) = found.hits[0].differences
    assert (difference.element, difference.field, difference.after) == ("c", "norms", norms("99.9%"))


def test_what_is_confirmed_again_is_reviewed():
    new = after(STRICTER)
    assert len(impact(MODEL, new, confirmed=confirm(MODEL, MODEL.edges)).unreviewed) == 2
    assert impact(MODEL, new, confirmed=confirm(new, new.edges)).unreviewed == ()


def test_what_is_removed_reaches_what_hung_on_it():
    found = reached(*removal(MODEL, "geboekt"))
    assert {"c", "w", "gezin", "boeken", "sturen", "p"} <= found.keys()
    assert "geboekt" not in found


def test_a_measured_touchpoint_that_goes_is_told_to_its_requirement():
    found = impact(MODEL, after(*removal(MODEL, "t")), removal(MODEL, "t"))
    assert ("measured_at", "c") in [(hit.edge.relation, hit.edge.source) for hit in found.hits]
    assert "c" in {one.element.id for one in found.reached}


def test_a_step_in_another_phase_is_told_to_what_makes_it_true():
    text = (
        TEXT.replace("- {id: s2,", "- {id: s2, realised_by: [sturen],")
        .replace("    - id: s\n", "    - id: s\n", 1)
        .replace("  phases:\n", "  phases:\n  - {id: f0}\n")
    )
    old = read_text(text).model
    new = apply(old, [Move("s2", "f", "s", "f0")]).model
    found = impact(old, new)
    assert [(hit.edge.relation, hit.edge.source) for hit in found.hits] == [("realised_by", "s2")]
    assert {"sturen", "f0"} <= {one.element.id for one in found.reached}


def test_a_new_relation_touches_both_its_ends():
    found = impact(
        MODEL, after(edit := Relate(MODEL.out("w", "leads_to")[0].__class__("leads_to", "w2", "c"))), [edit]
    )
    assert found.changed == ("w2",)
    paths = {one.element.id: (one.way, [hop.to for hop in one.path]) for one in found.reached}
    assert paths["c"] == ("work", ["c"])
    assert paths["geboekt"] == ("work", ["c", "geboekt"])
    assert paths["s2"] == ("customer", ["s2"])


@pytest.mark.parametrize(
    "edit",
    [
        Update("c", "name", None, "Anders"),
        Update("j", "note", None, "Let op"),
        Update("w", "rank", None, 2),
        Update("boeken", "minutes", None, 3),
        Move("s2", "f", "s", "f", None),
    ],
)
def test_a_cosmetic_change_disturbs_nobody(edit):
    found = impact(MODEL, after(edit), [edit])
    assert (found.changed, found.reached, found.hits) == ((), (), ())


@given(models(), st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_impact_of_nothing_is_nothing_and_of_an_edit_and_its_inverse_too(model, data):
    element = data.draw(st.sampled_from(list(model)))
    names = [field.name for field in (*COMMON[1:], *element.schema.fields)]
    name = data.draw(st.sampled_from(names))
    edit = Update(element.id, name, element.get(name), data.draw(st.sampled_from(["x", None])))
    applied = apply(model, [edit])
    back = apply(applied.model, inverse(applied.edits)).model
    found = impact(model, back)
    assert (found.changed, found.reached, found.hits) == ((), (), ())


def recounted(model, start):
    """The elements a change reaches, by closing over pairs: slow, and without a path."""
    up, down = set(), set()
    for edge in model.edges:
        carry = CARRIES.get(edge.relation)
        if carry and (not carry.first or edge.target == start):
            pair = (edge.source, edge.target) if carry.nearer == "source" else (edge.target, edge.source)
            up |= {pair[::-1]} if "customer" in carry.ways else set()
            down |= {pair} if "work" in carry.ways else set()
    for element in model:
        if element.parent and element.kind != "output":
            kinds = (
                "phase",
                "step",
                "touchpoint",
                "question",
                "wish",
                "pain_point",
                "activity",
                "chain_link",
                "handover",
                "process",
            )
            if element.kind in kinds:
                up.add((element.id, element.parent))
                down |= (
                    {(element.parent, element.id)} if element.kind not in ("activity", "process") else set()
                )
        if element.kind == "output":
            down.add((element.id, element.parent))
            up.add((element.parent, element.id))
    found = set()
    for pairs in (up, down):
        known, size = {start}, 0
        while size != len(known):
            size = len(known)
            known |= {there for here, there in pairs if here in known}
        found |= known
    return {name for name in found if name in model} - {start}


def test_on_the_complete_example_every_reach_equals_a_recount_and_every_path_is_really_there():
    model = read(model_folder("belmij")).model
    for ctq in model.of_kind("ctq"):
        if ctq.get("norms") is None:
            continue
        edit = Update(ctq.id, "norms", ctq.get("norms"), None)
        found = impact(model, apply(model, [edit]).model, [edit])
        assert {one.element.id for one in found.reached} == recounted(model, ctq.id)
        for one in found.reached:
            here = one.start
            for hop in one.path:
                pairs = [(edge.source, edge.target) for edge in model.edges if edge.relation == hop.relation]
                inside = [(e.id, e.parent) for e in model] if hop.relation == "in" else pairs
                assert ((here, hop.to) if hop.forward else (hop.to, here)) in inside
                here = hop.to
            assert here == one.element.id
        wanted = {
            (edge.relation, edge.source)
            for edge in model.edges
            if edge.target == ctq.id and "ctq.norms" in RELATION[edge.relation].matters
        }
        assert {(hit.edge.relation, hit.edge.source) for hit in found.hits} == wanted


def test_edits_and_a_comparison_of_both_models_touch_the_same():
    edit = STRICTER
    assert impact(MODEL, after(edit)) == impact(MODEL, after(edit), [edit])
    assert diff(MODEL, after(edit)) == (edit,)
    assert not any(isinstance(one, Unrelate) for one in diff(MODEL, after(edit)))
