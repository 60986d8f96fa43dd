"""Everything stands where the metamodel says, and only once. Held against a second reading of those sentences."""

import pytest
from hypothesis import given, settings
from tests.blueprints import models

from ketenreis.analysis.blueprint import Feeling, blueprint, stage
from ketenreis.errors import NoBlueprintError, UnknownElementError
from ketenreis.examples import model_folder
from ketenreis.model import Edge, Element, Model
from ketenreis.notation import read, read_text


@pytest.fixture(scope="module")
def belmij():
    return read(model_folder("belmij")).model


def where(drawn):
    return {place.element.id: (place.lane, place.column, place.under) for place in drawn.places}


def test_belmij_stands_as_in_the_design(belmij):
    drawn = blueprint(belmij, "telefoon-bestellen")
    assert [column.element.name for column in drawn.columns] == [
        "Telefoon kiezen", "Bestellen en betalen", "Wachten op levering", "Telefoon ontvangen", "In gebruik nemen",
    ]  # fmt: skip
    assert [column.phase.name for column in drawn.columns] == [
        "Kiezen en betalen", "Kiezen en betalen", "Wachten en ontvangen", "Wachten en ontvangen", "Gebruiken",
    ]  # fmt: skip
    found = where(drawn)
    assert found["voorraad-tonen"] == ("onstage", 0, None)
    assert found["voorraad-beheren"] == ("support", 0, None)
    assert found["bevestiging-sturen"] == ("onstage", 1, None)
    assert found["order-aannemen"] == ("backstage", 1, None)
    assert found["betaling-verwerken"] == ("support", 1, None)
    assert found["betaling"] == ("action", 1, "bestellen-en-betalen")
    assert found["bevestiging-op-tijd"] == ("wish", 1, "wens-gelukt")
    assert found["route-plannen"] == ("backstage", 3, None)
    assert found["vragen-beantwoorden"] == ("onstage", 4, None)
    assert [place.element.id for place in drawn.tray] == ["order-afsluiten", "bestelling-laten-verlopen"]
    assert [feeling.score for feeling in drawn.feelings] == [1, 0, -1, 2, 1]


def test_the_thread_of_the_guided_change_runs_as_in_the_design(belmij):
    run = blueprint(belmij, "telefoon-bestellen").threads["bevestiging-op-tijd"]
    assert set(run) == {
        "wens-gelukt", "bevestiging-op-tijd", "betaling", "bevestigingsmail", "bestellen-en-betalen", "bevestiging-sturen",
        "order-aannemen", "order-bevestigd", "betaald-order", "betaling-verwerken", "betaling-akkoord",
    }  # fmt: skip
    assert run[0] == "wens-gelukt"


@settings(max_examples=150)
@given(models())
def test_every_element_with_a_place_stands_there_once(model):
    drawn = blueprint(model, "j")
    ids = [place.element.id for place in drawn.places]
    assert len(ids) == len(set(ids))
    inside = {e.id for e in model.within("j", "step", "touchpoint", "wish", "pain_point")}
    shown = {edge.target for edge in model.edges if edge.relation == "shows"}
    asked = {edge.target for edge in model.edges if edge.relation == "leads_to"}
    assert inside | shown | asked <= set(ids)


def slow_column(model, activity):
    """The sentence of the metamodel, read once more: the step that names it, else one by its process, else of its requirement."""
    steps = [e.id for e in model.within("j", "step")]
    edges = {(e.relation, e.source, e.target) for e in model.edges}
    for n, step in enumerate(steps):
        named = [step, *(t.id for t in model if t.kind == "touchpoint" and t.parent == step)]
        if any(("realised_by", one, activity.id) in edges for one in named):
            return n
    for n, step in enumerate(steps):
        if ("realised_by", step, activity.parent) in edges:
            return n
    servers = [activity.id, *(o.id for o in model if o.kind == "output" and o.parent == activity.id)]
    served = {c.id for c in model if c.kind == "ctq" and any(("serves", s, c.id) in edges for s in servers)}
    # A requirement stands with the most important wish that asks for it.
    wishes = sorted((w.get("rank"), steps.index(w.parent), w.id) for w in model if w.kind == "wish")
    at = []
    for ctq in served:
        asking = [column for _, column, wish in wishes if ("leads_to", wish, ctq) in edges]
        at += asking[:1]
    return min(at, default=None)


@settings(max_examples=150)
@given(models())
def test_the_column_of_an_activity_follows_the_sentence_of_the_metamodel(model):
    drawn = blueprint(model, "j")
    wished = {edge.target for edge in model.edges if edge.relation == "leads_to"}
    for place in drawn.places:
        if place.element.kind == "activity":
            expected = slow_column(model, place.element)
            if expected is not None:
                assert place.column == expected
            elif not set(drawn.threads) - wished:
                assert place.column is None


@settings(max_examples=100)
@given(models())
def test_a_thread_names_only_what_stands_there_or_is_told_on_a_card(model):
    drawn = blueprint(model, "j")
    here = {place.element.id for place in drawn.places}
    for name, run in drawn.threads.items():
        assert name in run
        assert {one for one in run if model[one].kind not in ("output", "handover")} <= here


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("backstage", True)),
        (", stage: support", ("support", False)),
        (", performed_by: [post]", ("support", True)),
    ],
)
def test_the_stage_is_proposed_where_the_model_does_not_say(text, expected):
    model = read_text(
        "departments: [{id: d, name: D, type: partner, roles: [{id: post, name: Post}]}]\n"
        f"processes: [{{id: p, name: P, activities: [{{id: a, name: A{text}}}]}}]"
    ).model
    assert stage(model, model["a"]) == expected


def test_what_realises_a_contact_is_onstage_and_a_process_of_two_journeys_is_support():
    parts = [
        *(Element(name, "journey") for name in ("j", "k")), Element("s", "step", "j"), Element("u", "step", "k"),
        Element("t", "touchpoint", "s"), Element("p", "process"), Element("a", "activity", "p"), Element("b", "activity", "p"),
    ]  # fmt: skip
    edges = [Edge("realised_by", "t", "a"), Edge("realised_by", "s", "p"), Edge("realised_by", "u", "p")]
    model = Model.of(parts, edges)
    assert stage(model, model["a"]) == ("onstage", True)
    assert stage(model, model["b"]) == ("support", True)


def test_the_firmest_feeling_counts_and_of_those_the_newest():
    rows = (
        "- {score: -2, basis: assumed, date: 2026-05-01}\n"
        "      - {score: 1, basis: observed, date: 2026-01-01}\n"
        "      - {score: -1, basis: observed, date: 2026-03-01}\n"
        "      - {score: 2, basis: intended}"
    )
    model = read_text(
        f"journeys:\n- id: j\n  steps:\n  - id: s\n    name: S\n    feelings:\n      {rows}\n"
    ).model
    drawn = blueprint(model, "j")
    assert drawn.feelings[0].score == -1
    assert drawn.intended[0].score == 2
    measured = blueprint(model, "j", {"s": Feeling(0.4, "measured", n=90)})
    assert measured.feelings[0] == Feeling(0.4, "measured", n=90)


def test_branches_and_detours_are_told_with_their_column():
    steps = [Element("j", "journey"), *(Element(name, "step", "j") for name in "abc")]
    edges = [
        Edge("next", "a", "b", {"path": "branch"}),
        Edge("next", "a", "c"),
        Edge("next", "b", "c", {"path": "detour"}),
    ]
    drawn = blueprint(Model.of(steps, edges), "j")
    assert [column.path for column in drawn.columns] == ["main", "branch", "main"]
    assert [edge.target for edge in drawn.columns[0].then] == ["b", "c"]


def test_a_chain_has_its_links_as_columns_and_shared_work_stands_with_its_own_department(belmij):
    drawn = blueprint(belmij, "telefoon-leveren")
    names = [column.element.id for column in drawn.columns]
    found = where(drawn)
    assert found["betaling-verwerken"] == ("support", names.index("betalen"), None)
    assert found["order-aannemen"] == ("backstage", names.index("boeken"), None)
    assert found["verzamelen-en-verpakken"][1] == names.index("klaarzetten")
    assert not drawn.tray


def test_a_process_has_its_parts_as_columns(belmij):
    drawn = blueprint(belmij, "order-verwerken")
    assert [column.element.id for column in drawn.columns][:2] == ["betaling-verwerken", "order-aannemen"]
    assert where(drawn)["bevestiging-op-tijd"][1] == 1


def test_a_life_cycle_shows_the_steps_of_its_journeys():
    parts = [
        Element("life", "journey"),
        Element("j", "journey", "life", {"name": "Reis"}),
        Element("s", "step", "j"),
    ]
    drawn = blueprint(Model.of(parts), "life")
    assert [(column.element.id, column.phase.name) for column in drawn.columns] == [("s", "Reis")]


def test_what_has_no_blueprint_is_refused_with_what_has_one(belmij):
    with pytest.raises(NoBlueprintError, match="a journey, a chain or a process"):
        blueprint(belmij, "gezin")
    with pytest.raises(UnknownElementError):
        blueprint(belmij, "telefoon-bestelen")
