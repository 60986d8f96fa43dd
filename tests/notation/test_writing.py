from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.notation.drawn_models import HARD, models

from ketenreis.model import Edge, Element, Model, arranged
from ketenreis.notation import read, read_text, read_texts, write, write_text

HERE = Path(__file__).parent
slow = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def same(one: Model, other: Model) -> bool:
    """Equal, and in the same order too."""
    return one == other and list(one) == list(other)


@given(models())
@slow
def test_any_model_comes_back_from_its_folder_and_is_written_alike_again(model):
    files = write(model)
    reading = read_texts(files)
    assert reading.findings == ()
    assert same(reading.model, arranged(model))
    assert write(reading.model) == files


@given(models())
@slow
def test_any_model_comes_back_from_one_text_and_is_written_alike_again(model):
    text = write_text(model)
    reading = read_text(text)
    assert reading.findings == (() if text else reading.findings)
    assert same(reading.model, arranged(model))
    assert write_text(reading.model) == text


def test_the_example_of_the_metamodel_is_written_as_a_file_per_journey_chain_and_process(tmp_path):
    model = read(HERE / "belmij.yaml").model
    files = write(model)
    assert list(files) == [
        "organisation.yaml", "chains/telefoon-leveren.yaml", "journeys/telefoon-bestellen.yaml", "processes/order-aannemen.yaml",
    ]  # fmt: skip
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert same(read(tmp_path).model, model)


def test_the_canonical_text_of_the_example_is_the_one_on_record():
    assert write_text(read(HERE / "belmij.yaml").model) == (HERE / "canonical.yaml").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("text", HARD)
def test_text_that_yaml_finds_hard_stays_what_it_was(text):
    model = Model.of([Element("a", "goal", None, {"name": text, "statement": f"{text}\n{text}"})])
    assert same(read_text(write_text(model)).model, model)


def test_journeys_keep_their_order_in_a_folder_though_files_are_read_by_name():
    model = Model.of([Element(name, "journey", None, {"name": name}) for name in ("c", "a", "b")])
    files = write(model)
    assert files["organisation.yaml"] == "journeys:\n- c\n- a\n- b\n"
    assert [element.id for element in read_texts(files).model] == ["c", "a", "b"]


def test_journeys_whose_files_would_overwrite_each_other_share_one():
    model = Model.of([Element(name, "journey", None, {"name": name}) for name in ("A", "a", "x/y", "x-y")])
    files = write(model)
    assert set(files) == {"journeys/A.yaml", "journeys/x-y.yaml"}
    assert same(read_texts(files).model, model)


def test_no_id_leads_out_of_its_folder():
    model = Model.of([Element("../../etc/passwd", "process", None, {})])
    assert list(write(model)) == ["processes/-..-etc-passwd.yaml"]


def test_elements_are_ordered_by_kind_and_relations_by_their_source():
    model = Model.of(
        [
            Element("w", "wish", "s"),
            Element("t", "touchpoint", "s"),
            Element("s", "step", "j"),
            Element("j", "journey"),
            Element("p", "persona"),
        ],
        [Edge("owned_by", "j", "x"), Edge("realised_by", "s", "x"), Edge("for", "j", "p")],
    )
    ordered = arranged(model)
    assert [element.id for element in ordered] == ["p", "j", "s", "t", "w"]
    assert [(edge.source, edge.relation) for edge in ordered.edges] == [
        ("j", "for"),
        ("j", "owned_by"),
        ("s", "realised_by"),
    ]
