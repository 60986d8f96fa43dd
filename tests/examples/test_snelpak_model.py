"""The model of Snelpak shows what is planted in it, and its mappings know what its systems write."""

import csv

import pytest

from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_files, model_folder, write_raw
from ketenreis.notation.text import read
from ketenreis.requirements import gaps, requirement
from ketenreis.requirements.checks import run_all


@pytest.fixture(scope="module")
def model():
    return read(model_folder("snelpak")).model


@pytest.fixture(scope="module")
def mappings():
    return [read_mapping(path) for path in mapping_files("snelpak")]


def test_the_chain_has_six_links_and_neither_owner_nor_criterion(model):
    (chain,) = model.of_kind("chain")
    links = model.children(chain.id, "chain_link")
    assert (
        len(links)
        == len({department.id for link in links for department in model.targets(link.id, "department")})
        == 6
    )
    assert model.targets(chain.id, "owned_by") == ()
    assert not chain.get("success_criteria")
    assert all(model.targets(link.id, "owned_by") for link in links)


def test_only_the_handover_to_the_courier_has_no_agreement(model):
    without = [one.id for one in model.of_kind("handover") if not one.get("within")]
    assert without == ["depot-koerier"]
    (handover,) = (model[name] for name in without)
    assert not handover.get("complete_when")
    assert not handover.get("confirmed")
    assert len(model.of_kind("handover")) == 5


def test_the_surprise_card_is_built_on_that_chain(model):
    (initiative,) = model.of_kind("initiative")
    assert initiative.name == "Verrassingskaartje bij het pakket"
    (operation,) = initiative.get("operations")
    step = model.parent(operation["element"], "step")
    journey = model.parent(step.id, "journey")
    assert [chain.id for chain in model.targets(journey.id, "realised_by")] == ["pakket-bezorgen"]
    assert not model.targets("pakket-bezorgen", "owned_by")


def test_shop_and_carrier_answer_one_question_in_one_step(model):
    answering = [edge.source for edge in model.into("komt-het-morgen", "answers")]
    senders = {role.id for message in answering for role in model.targets(message, "sent_by")}
    steps = {
        touchpoint.parent for message in answering for touchpoint in model.targets(message, "carried_by")
    }
    assert senders == {"verzendmanager", "communicatie"}
    assert steps == {"moment-afspreken"}


def test_nothing_else_is_amiss(model):
    found = {(finding.id, finding.elements[0]) for finding in run_all(model) if finding.level != "good"}
    assert found == {
        ("element_without_owner", "pakket-bezorgen"),
        ("chain_without_success_criteria", "pakket-bezorgen"),
        ("handover_without_agreement", "depot-koerier"),
        ("message_duplicate_sender", "komt-het-morgen"),
    }


def test_requirements_are_about_deliveries_but_for_the_one_about_callers(model):
    objects = {ctq.id: ctq.get("object") for ctq in model.of_kind("ctq")}
    assert {name for name, about in objects.items() if about == "customer"} == {"niet-hoeven-bellen"}
    assert set(objects.values()) == {"delivery", "customer"}
    assert set(objects.values()) <= set(model.organisation.get("objects"))


def test_every_measure_can_be_judged_from_the_mappings_together(model, mappings):
    named = {element for mapping in mappings for elements in mapping.labels.values() for element in elements}
    assert {model[element].kind for element in named} == {"touchpoint", "activity"}
    for ctq in model.of_kind("ctq"):
        wanted = requirement(ctq)
        assert gaps(wanted) == ()
        assert set(wanted.measure.elements()) <= named
        assert wanted.object in {mapping.object for mapping in mappings}


def test_every_label_and_column_of_the_exports_is_mapped(mappings, tmp_path):
    for path, mapping in zip(write_raw("snelpak", tmp_path, 3_000), mappings, strict=True):
        assert path.stem == mapping.source
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        assert {*mapping.columns.values(), *mapping.dates_as_events, *mapping.date_formats} <= set(rows[0])
        labels = (
            {row[mapping.columns["activity"]] for row in rows} if "activity" in mapping.columns else set()
        )
        assert labels | set(mapping.dates_as_events.values()) == set(mapping.labels)


def test_no_label_means_two_things_and_all_sources_agree_when_a_parcel_is_done(mappings):
    labels = [label for mapping in mappings for label in mapping.labels]
    assert len(labels) == len(set(labels))
    closing = {mapping.closed for mapping in mappings if mapping.object == "delivery"}
    assert closing == {"Dossier gesloten"}
    assert closing <= set(labels)
