"""Findings on a page go by the labels of the page: nobody there knows how a model is written as text."""

import re

import pytest


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


def sentences(model, language):
    from ketenreis.requirements.checks import run_all
    from ketenreis.web.findings.told import told

    return [(finding, told(finding, model, language)) for finding in run_all(model)]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["belmij", "snelpak"])
def test_no_finding_speaks_the_language_of_the_text(name, language):
    from ketenreis.examples import model_folder
    from ketenreis.notation import read

    model = read(model_folder(name)).model
    found = sentences(model, language)
    assert len(found) >= 5
    for finding, said in found:
        for text in (said.message, said.next):
            assert not re.search(r"\b[a-z_]+: ([\[{(]|\.\.\.|true)|\b[a-z]+_[a-z_]+\b(?!\()", text), (
                finding.id,
                text,
            )
            assert (
                not re.search(rf"(?<![“\w-]){finding.elements[0]}(?![\w-])", text)
                or "-" not in finding.elements[0]
            ), text
    everything = " ".join(f"{said.message} {said.next}" for _, said in found)
    assert not re.search("“(by|door|asks[^”]*)” ", everything)  # a word of the sentence, taken for a field
    if language == "nl":
        assert not re.search(
            r"\b(measure|norms|serves|takes|within|receiver|giver|\d+ (hour|minute|day)s?)\b", everything
        )


def test_what_is_not_a_label_stays_as_it_was_found():
    from ketenreis.findings import Finding
    from ketenreis.model import Element, Model
    from ketenreis.web.findings.told import told

    model = Model.of([Element("eis", "ctq", None, {"name": "Op tijd"})])
    said = told(
        Finding("ctq_only_a_wish", "warning", ("eis",), None, {"missing": "measure, norms"}), model, "nl"
    )
    assert "meting" in said.message
    assert "“Op tijd”" in said.next
    said = told(
        Finding("ctq_only_a_wish", "warning", ("eis",), None, {"missing": "iets anders"}), model, "nl"
    )
    assert "iets anders" in said.message
