"""Relations are proposed from where things are measured and what they are called; never twice, and none that is there."""

from hypothesis import given, settings
from tests.notation.drawn_models import models

from ketenreis.analysis.links import proposed_links
from ketenreis.model import RELATION
from ketenreis.model.applying import apply
from ketenreis.model.edits import Relate
from ketenreis.notation import read_text

TEXT = """
journeys:
- id: reis
  phases:
  - id: fase
    steps:
    - id: stap
      touchpoints:
      - {id: mail, name: Bevestigingsmail, by: organisation, realised_by: [sturen]}
      - {id: brief, name: De brief versturen, by: organisation}
      - {id: betaling, name: Betaling, by: customer}
      wishes: [{id: wens, text: Snel een antwoord op mijn vraag}]
ctqs:
- {id: op-tijd, name: Op tijd, measure: {pattern: within, after: betaling, comes: mail}}
- {id: goed, name: Goed, measure: {pattern: existence, event: keuren}}
- {id: antwoord, name: Snel antwoord op vragen, measure: {pattern: existence, event: dicht}}
processes:
- id: proces
  activities:
  - {id: sturen, name: Stuurt bevestiging, outputs: [{id: gestuurd, name: Gestuurd}]}
  - {id: keuren, name: Keuren}
  - {id: brieven, name: Versturen van de brief}
  - {id: dicht, name: Dichtdoen, outputs: [{id: gedicht, name: Gedicht, serves: [antwoord]}]}
"""


def edges(text):
    return {
        (link.edge.relation, link.edge.source, link.edge.target, link.rule)
        for link in proposed_links(read_text(text).model)
    }


def test_each_rule_proposes_what_it_says():
    assert edges(TEXT) == {
        ("serves", "gestuurd", "op-tijd", "realises_measured"),
        ("serves", "keuren", "goed", "measured_here"),
        ("realised_by", "brief", "brieven", "alike_contact"),
        ("leads_to", "wens", "antwoord", "alike_wish"),
    }


def test_two_that_are_called_the_same_make_no_proposal():
    twice = TEXT + "  - {id: ook, name: De brief versturen}\n"
    assert not {edge for edge in edges(twice) if edge[1] == "brief" and edge[2] == "brieven"}


@settings(max_examples=60, deadline=None)
@given(models())
def test_accepting_everything_fits_and_leaves_nothing_to_propose_again(model):
    links = proposed_links(model)
    there = {(edge.source, edge.relation, edge.target) for edge in model.edges}
    for link in links:
        assert (link.edge.source, link.edge.relation, link.edge.target) not in there
        assert model[link.edge.target].kind in RELATION[link.edge.relation].targets(
            model[link.edge.source].kind
        )
    applied = apply(model, [Relate(link.edge) for link in links])
    assert applied.conflicts == ()
    accepted = {(link.edge.source, link.edge.target) for link in links}
    assert not accepted & {(link.edge.source, link.edge.target) for link in proposed_links(applied.model)}
