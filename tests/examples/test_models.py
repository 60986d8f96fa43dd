"""The examples are complete, tied together, and say what the guided tour needs."""

import csv
import tomllib
from itertools import zip_longest
from pathlib import Path

import pytest
import yaml

from ketenreis.events.mapping import read_mapping
from ketenreis.examples import EXAMPLES, mapping_files, model_folder, overlay_file, write_raw
from ketenreis.model import COMMON, KIND
from ketenreis.notation.text import read
from ketenreis.requirements import gaps, requirement, sentence

NAMES = [one.name for one in EXAMPLES]
SERVING = ("ctq", "internal_requirement")
SAME = {"id", "time_zone", "object", "objects", "channel", "channels", "version", "quarter", "target", "hours", "holidays", "works_on", "moment_of_truth"}  # fmt: skip
"""Fields of words that mean the same in every language, or that data are found by."""


@pytest.fixture(scope="module", params=NAMES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def model(name):
    return read(model_folder(name)).model


@pytest.fixture(scope="module")
def mappings(name):
    return [read_mapping(path) for path in mapping_files(name)]


@pytest.fixture(scope="module")
def named(mappings):
    """The elements that the labels of any source are mapped to."""
    return {element for mapping in mappings for elements in mapping.labels.values() for element in elements}


@pytest.fixture(scope="module")
def belmij():
    return read(model_folder("belmij")).model


def test_the_text_reads_without_a_finding(name):
    assert list(read(model_folder(name)).findings) == []


def test_every_kind_an_organisation_begins_with_is_there(model):
    kinds = {element.kind for element in model}
    assert kinds >= {
        "organisation", "department", "role", "system", "persona", "driver", "goal", "journey", "phase", "step", "touchpoint",
        "question", "wish", "message", "ctq", "internal_requirement", "promise", "chain", "chain_link", "expectation",
        "handover", "process", "activity", "output",
    }  # fmt: skip


def test_every_text_has_its_english(name, model):
    overlay = yaml.safe_load(overlay_file(name).read_text(encoding="utf-8"))
    assert set(overlay) <= {element.id for element in model}
    for element in model:
        said = overlay.get(element.id, {})
        assert texts((*COMMON, *KIND[element.kind].fields), element.fields) <= set(said), element.id
        assert all(str(text).strip() for text in said.values())
        for field in KIND[element.kind].fields:
            rows = element.get(field.name) if field.type == "records" else ()
            for row, english in zip_longest(rows or (), said.get(field.name, ()), fillvalue={}):
                assert texts(field.fields, row) <= set(english), (element.id, field.name)


def texts(fields, values):
    """The fields in words that hold something."""
    worded = [field for field in fields if field.type in ("text", "prose", "texts", "list", "sides", "words")]
    written = [field for field in worded if not field.fields or field.fields[0].type == "prose"]
    return {field.name for field in written if values.get(field.name)} - SAME


def test_the_mappings_name_touchpoints_and_activities_of_the_model(model, mappings, named):
    assert {model[element].kind for element in named} == {"touchpoint", "activity"}
    assert mappings[0].closed in mappings[0].labels


def test_every_measure_can_be_judged_from_the_mappings(model, mappings, named):
    for ctq in model.of_kind("ctq"):
        wanted = requirement(ctq)
        if wanted.measure:
            assert gaps(wanted) == ()
            assert set(wanted.measure.elements()) <= named
            assert wanted.object in {mapping.object for mapping in mappings}
            assert sentence(wanted, "nl")
            assert sentence(wanted, "en")


def test_every_label_of_the_export_is_mapped(tmp_path):
    (path,) = write_raw("belmij", tmp_path, 1_500)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    mapping = read_mapping(*mapping_files("belmij"))
    assert {row["gebeurtenis"] for row in rows} == set(mapping.labels)
    assert set(mapping.columns.values()) <= set(rows[0])


def test_the_blueprint_has_the_five_steps_of_belmij(belmij):
    assert [step.name for step in belmij.of_kind("step")] == [
        "Telefoon kiezen", "Bestellen en betalen", "Wachten op levering", "Telefoon ontvangen", "In gebruik nemen",
    ]  # fmt: skip
    assert [step.get("feelings")[0]["score"] for step in belmij.of_kind("step")] == [1, 0, -1, 2, 1]
    assert [phase.name for phase in belmij.of_kind("phase")] == [
        "Kiezen en betalen",
        "Wachten en ontvangen",
        "Gebruiken",
    ]


def test_moving_the_limit_touches_three_relations_of_two_owners(belmij):
    touched = belmij.into("bevestiging-op-tijd", "serves", "rests_on")
    assert sorted((edge.relation, belmij[edge.source].kind) for edge in touched) == [
        ("rests_on", "promise"), ("serves", "handover"), ("serves", "output"),
    ]  # fmt: skip
    owners = {owner.name for edge in touched for owner in belmij.targets(edge.source, "owned_by")}
    assert owners == {"Operations", "Communicatie"}


def test_only_the_credit_check_serves_nothing_and_only_meteen_werkend_has_no_measure(belmij):
    serving = {
        activity.id: [
            target
            for source in (activity.id, *(output.id for output in belmij.children(activity.id, "output")))
            for target in belmij.targets(source, "serves")
        ]
        for activity in belmij.of_kind("activity")
    }
    assert [activity for activity, targets in serving.items() if not targets] == ["handmatige-kredietcheck"]
    assert [ctq.id for ctq in belmij.of_kind("ctq") if gaps(requirement(ctq))] == ["meteen-werkend"]


def test_the_confirmation_has_both_norms(belmij):
    norms = requirement(belmij["bevestiging-op-tijd"]).norms
    assert [(str(norm.limit), norm.since and norm.since.isoformat()) for norm in norms] == [
        ("1 hour", None),
        ("1 minute", "2026-11-14"),
    ]


def test_every_file_of_an_example_goes_into_the_wheel():
    settings = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"] == {"packages": ["src/ketenreis"]}
    for one in NAMES:
        for path in (model_folder(one), *mapping_files(one), overlay_file(one)):
            assert path.exists()
            assert "src/ketenreis/examples" in path.as_posix()
