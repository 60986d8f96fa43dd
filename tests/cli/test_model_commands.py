"""Commands on a model alone: check, show, format, confirm and schema."""

import json
import re
import shutil
from pathlib import Path

import pytest

from ketenreis.examples import EXAMPLES, model_folder
from ketenreis.notation import read

BAD = """\
ctqs:
- id: fast
  name: Fast
  objct: order
"""
WELL = "personas: [{id: family, name: Family}]\njourneys: []\n"


@pytest.fixture
def model(tmp_path):
    """A copy of Belmij that may be changed."""
    return shutil.copytree(model_folder("belmij"), tmp_path / "model")


def test_check_shows_place_excerpt_caret_reason_next_move_and_id(ketenreis, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(BAD, encoding="utf-8")
    answer = ketenreis("check", file, "--language", "en")
    assert answer.status == 1
    lines = answer.out.splitlines()
    at = lines.index(f"✕ {file}:4:3")
    assert lines[at + 1 : at + 3] == ["    objct: order", "    ^"]
    assert lines[at + 6].startswith("  → ")
    assert lines[at + 6].endswith("[unknown_key]")
    assert answer.err == ""


def test_check_puts_the_worst_first(ketenreis, model):
    answer = ketenreis("check", model, "--language", "nl")
    marks = [line[0] for line in answer.out.splitlines() if line[:2] in {"✕ ", "! ", "→ ", "✓ "}]
    assert marks == sorted(marks, key="✕!→✓".index)
    assert len(set(marks)) > 2


def test_check_speaks_the_language_of_the_organisation_unless_asked_otherwise(ketenreis, model):
    assert "Nog maar een wens" in ketenreis("check", model).out
    assert "Nog maar een wens" not in ketenreis("check", model, "--language", "en").out
    assert "Nog maar een wens" not in ketenreis("check", model, KETENREIS_LANGUAGE="en").out


def test_check_reads_standard_input(ketenreis):
    answer = ketenreis("check", "-", stdin=BAD)
    assert answer.status == 1
    assert "✕ -:4:3" in answer.out


def test_advice_alone_is_well(ketenreis, tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(WELL, encoding="utf-8")
    answer = ketenreis("check", file, "--language", "en")
    assert answer.status == 0
    assert "Elements read: 1. " in answer.out


def test_check_of_nothing_says_how_to_begin(ketenreis, tmp_path):
    answer = ketenreis("check", tmp_path, "--language", "nl")
    assert answer.status == 0
    assert "ketenreis demo" in answer.out


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_show_says_how_much_there_is_and_reads_requirements_back(ketenreis, example):
    answer = ketenreis("show", model_folder(example.name), "--language", "en")
    assert answer.status == 0
    assert re.search(r"\bat least \d+%", answer.out, re.IGNORECASE)


def test_show_gives_an_element_with_its_relations_both_ways(ketenreis, model):
    answer = ketenreis("show", model, "bevestiging-op-tijd", "--language", "en")
    assert answer.status == 0
    assert "comes from" in answer.out
    assert "[wens-gelukt]" in answer.out
    assert "served by" in answer.out
    assert "[order-bevestigd]" in answer.out
    assert "within 1 minute" in answer.out


def test_show_as_json_holds_the_same(ketenreis, model):
    found = json.loads(ketenreis("show", model, "order-bevestigd", "--json").out)
    assert (found["id"], found["kind"]) == ("order-bevestigd", "output")
    ways = {(row["relation"], row["way"], row["id"]) for row in found["relations"]}
    assert ("serves", "out", "bevestiging-op-tijd") in ways


def test_show_of_an_unknown_element_names_the_nearest(ketenreis, model):
    answer = ketenreis("show", model, "bevestiging-optijd")
    assert answer.status == 2
    assert "bevestiging-op-tijd" in answer.err


def test_format_check_says_what_would_change_and_changes_nothing(ketenreis, model):
    before = {path: path.read_bytes() for path in model.rglob("*") if path.is_file()}
    answer = ketenreis("format", model, "--check")
    assert answer.status == 1
    assert answer.out.splitlines()
    assert {path: path.read_bytes() for path in model.rglob("*") if path.is_file()} == before


def test_format_keeps_the_model_and_is_done_after_once(ketenreis, model):
    before = read(model).model
    assert ketenreis("format", model).status == 0
    after = read(model)
    assert after.model == before
    assert after.is_sound
    assert ketenreis("format", model, "--check").status == 0
    assert ketenreis("format", model).out == ""


def test_format_keeps_a_single_file_single_and_gives_ids(ketenreis, tmp_path):
    file = tmp_path / "model.yaml"
    file.write_text("personas: [{name: Large family}]", encoding="utf-8")
    assert ketenreis("format", file).status == 0
    assert file.read_text(encoding="utf-8") == "personas:\n- id: large-family\n  name: Large family\n"
    assert [path.name for path in tmp_path.iterdir()] == ["model.yaml"]


def test_format_of_standard_input_writes_to_standard_output(ketenreis):
    answer = ketenreis("format", "-", stdin="personas: [{name: Family}]")
    assert answer.out == "personas:\n- id: family\n  name: Family\n"


def test_format_touches_nothing_while_the_text_is_not_understood(ketenreis, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(BAD, encoding="utf-8")
    answer = ketenreis("format", file, "--language", "en")
    assert answer.status == 2
    assert file.read_text(encoding="utf-8") == BAD
    assert "[unknown_key]" in answer.err


def test_confirm_lists_writes_and_notices_what_changed_since(ketenreis, model):
    relation = "order-bevestigd:serves:bevestiging-op-tijd"
    states = {row["relation"]: row["state"] for row in json.loads(ketenreis("confirm", model, "--json").out)}
    assert states[relation] == "never"
    assert ketenreis("confirm", model, relation, "--who", "Samira").status == 0
    assert "who: Samira" in (model / "confirmed.yaml").read_text(encoding="utf-8")
    left = json.loads(ketenreis("confirm", model, "--json").out)
    assert len(left) == len(states) - 1

    file = model / "requirements.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("limit: 1 minute", "limit: 2 minutes"), encoding="utf-8"
    )
    changed = [
        row for row in json.loads(ketenreis("confirm", model, "--json").out) if row["state"] == "changed"
    ]
    assert [row["relation"] for row in changed] == [relation]


def test_confirm_all_leaves_nothing_to_look_at(ketenreis, model):
    assert ketenreis("confirm", model, "--all").status == 0
    assert json.loads(ketenreis("confirm", model, "--json").out) == []


def test_confirm_by_element_takes_all_its_relations(ketenreis, model):
    assert ketenreis("confirm", model, "bevestiging-op-tijd").status == 0
    left = [row["relation"] for row in json.loads(ketenreis("confirm", model, "--json").out)]
    assert left
    assert not any("bevestiging-op-tijd" in relation.split(":") for relation in left)


@pytest.mark.parametrize("said", ["a:serves", "order-bevestigd:serves:nergens", "nergens", "gezin"])
def test_confirm_refuses_what_is_no_relation_and_writes_nothing(ketenreis, model, said):
    answer = ketenreis("confirm", model, said)
    assert answer.status == 2
    assert answer.err
    assert not (model / "confirmed.yaml").exists()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_schema_is_a_json_schema_in_the_language_asked_for(ketenreis, language):
    schema = json.loads(ketenreis("schema", "--language", language).out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    label = {"nl": "klantreis", "en": "journey"}[language]
    assert label in json.dumps(schema["$defs"]["journey"]).lower()


def test_the_examples_are_well_but_for_what_was_planted_in_them(ketenreis):
    for example in EXAMPLES:
        found = ketenreis("check", model_folder(example.name), "--language", "en").out
        assert "✕" not in found
        assert str(Path(model_folder(example.name))) in found


def test_format_names_comments_before_they_would_be_lost(ketenreis, tmp_path):
    text = "personas:  # who they are\n- {name: 'Number #1', note: a#b}\n"
    file = tmp_path / "model.yaml"
    file.write_text(text, encoding="utf-8")
    refused = ketenreis("format", file, "--language", "en")
    assert refused.status == 2
    assert f"{file}:1: personas:  # who they are" in refused.err
    assert "(1)" in refused.err
    assert file.read_text(encoding="utf-8") == text
    assert ketenreis("format", file, "--drop-comments").status == 0
    assert "#1" in file.read_text(encoding="utf-8")
