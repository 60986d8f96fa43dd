from pathlib import Path

import pytest

from ketenreis.findings import in_words
from ketenreis.notation import read, read_text
from ketenreis.notation.overlay import overlay, overlay_text

EXAMPLES = Path(__file__).parents[2] / "src/ketenreis/examples"

TEXT = """
organisation: {id: o, name: Belmij, language: nl}
messages: [{id: m, text: {nl: Ontvangen, fr: Recu}, factors: [snel, aardig]}]
ctqs: [{id: c, name: Op tijd, norms: [{limit: 1 hour, share: 99%}]}]
chains: [{id: k, handovers: [{id: h, complete_when: {giver: alles, receiver: niets}}]}]
"""


def test_an_overlay_changes_the_texts_it_names_and_nothing_else():
    model = read_text(TEXT).model
    laid = overlay_text(
        model, "c: {name: In time}\nh: {complete_when: {giver: all}}\nm: {factors: [fast]}", "en"
    )
    assert laid.findings == ()
    assert laid.model["c"].name == "In time"
    assert laid.model["c"].get("norms") == model["c"].get("norms")
    assert laid.model["h"].get("complete_when") == {"giver": "all", "receiver": "niets"}
    assert laid.model["m"].get("factors") == ("fast",)
    assert laid.model.edges == model.edges
    assert laid.model.organisation.get("language") == "en"
    assert model.organisation.get("language") == "nl"


def test_the_texts_of_rows_change_in_their_order_and_what_counts_stays():
    norms = "norms: [{limit: 1 hour, share: 99%, source: Wet}, {limit: 2 hours, share: 99%, source: Brief}]"
    model = read_text(f"ctqs: [{{id: c, name: Op tijd, {norms}}}]").model
    laid = overlay_text(model, "c: {norms: [{}, {source: Letter}]}", "en")
    assert laid.findings == ()
    before, after = model["c"].get("norms"), laid.model["c"].get("norms")
    assert after == (before[0], {**before[1], "source": "Letter"})


@pytest.mark.parametrize("written", ["Received", "{en: Received}"])
def test_a_text_in_several_languages_gets_one_more_and_shows_it_first(written):
    laid = overlay_text(read_text(TEXT).model, f"m: {{text: {written}}}", "en")
    assert list(laid.model["m"].get("text").items()) == [
        ("en", "Received"),
        ("nl", "Ontvangen"),
        ("fr", "Recu"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x: {name: y}", "overlay_unknown_element"),
        ("c: {norms: [{}, {source: Law}]}", "overlay_not_text"),
        ("c: {norms: {source: Law}}", "list_expected"),
        ("c: {norms: [{limit: 2 hours}]}", "unknown_key"),
        ("c: {kano: must_be}", "overlay_not_text"),
        ("c: {id: d}", "overlay_not_text"),
        ("c: In time", "record_expected"),
        ("c: {name: [a]}", "text_expected"),
        ("- c", "record_expected"),
        ("c: {", "yaml_unreadable"),
        ("c: {name: a}\nc: {name: b}", "duplicate_key"),
    ],
)
def test_what_does_not_fit_is_a_finding(text, name):
    laid = overlay_text(read_text(TEXT).model, text, "en")
    assert [finding.id for finding in laid.findings] == [name]
    assert "{" not in in_words(laid.findings[0], "nl").message


def test_an_overlay_that_is_not_there_is_a_finding(tmp_path):
    model = read_text(TEXT).model
    laid = overlay(model, tmp_path / "en.yaml")
    assert [finding.id for finding in laid.findings] == ["file_unreadable"]
    assert laid.model == model


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*/en.yaml")), ids=lambda file: file.parent.name)
def test_the_overlays_of_the_examples_fit(file):
    reading = read(file.parent / "model")
    laid = overlay(reading.model, file)
    assert laid.findings == ()
    assert laid.model.organisation.get("language") == "en"
