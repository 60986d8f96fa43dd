"""`ketenreis handovers`: per pair of departments, as a table and as JSON; never per person."""

import json

import pytest


def test_the_table_has_a_row_for_every_pair_and_says_how_it_counts(ketenreis, belmij):
    answer = ketenreis("handovers", belmij.store, "--model", belmij.model)
    assert answer.status == 0
    assert "Vervoer → Magazijn" in answer.out
    assert "Nooit per medewerker" in " ".join(answer.out.split())
    assert max(map(len, answer.out.splitlines())) <= 100


def test_without_a_model_the_next_command_is_suggested(ketenreis, belmij):
    answer = ketenreis("handovers", belmij.store, "--language", "en")
    assert "Work passed" in answer.out
    assert f"ketenreis handovers {belmij.store} --model model/" in answer.err


def test_as_json_every_pair_adds_up(ketenreis, belmij):
    said = json.loads(ketenreis("handovers", belmij.store, "--model", belmij.model, "--json").out)
    assert sum(pair["handovers"] for pair in said["pairs"]) <= said["handovers"] <= said["changes"]
    for pair in said["pairs"]:
        assert pair["cases"] >= 5
        assert pair["returned_cases"] <= pair["cases"] <= pair["handovers"]
        assert pair["complete_at_first"] == pytest.approx(1 - pair["returned_cases"] / pair["cases"])
        low, high = pair["complete_at_first_interval"]
        assert low <= pair["complete_at_first"] <= high


@pytest.mark.parametrize("attribute", ["employee", "nowhere"])
def test_what_stands_for_persons_or_is_not_there_is_a_message(ketenreis, belmij, attribute):
    answer = ketenreis("handovers", belmij.store, "--by", attribute)
    assert answer.status == 2
    assert answer.out == ""
    assert attribute in answer.err


def test_the_report_has_a_part_on_handovers(ketenreis, belmij, tmp_path):
    page = tmp_path / "report.html"
    ketenreis("measure", belmij.model, "--events", belmij.store, "--html", page, "--language", "en")
    text = page.read_text(encoding="utf-8")
    assert 'id="overdrachten"' in text
    assert 'href="#overdrachten"' in text
