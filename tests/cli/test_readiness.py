"""`ketenreis readiness`: the gate with its twelve answers, as text and as JSON."""

import json

import pytest

from ketenreis.examples import model_folder


def test_snelpak_is_red_and_its_card_is_built_on_quicksand(ketenreis):
    answer = ketenreis("readiness", model_folder("snelpak"))
    assert answer.status == 1
    assert "✕ nog niet in orde" in answer.out
    assert "De keten heeft geen eigenaar." in answer.out
    assert "Op drijfzand: “Verrassingskaartje bij het pakket”" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 100


def test_as_json_each_answer_has_the_colour_of_its_worst_remark(ketenreis, belmij):
    answer = ketenreis("readiness", belmij.model, "--events", belmij.store, "--json", "--language", "en")
    (said,) = json.loads(answer.out)
    order = ["red", "amber", "unknown", "green"]
    assert len(said["answers"]) == 12
    for one in said["answers"]:
        assert one["colour"] == min((remark["colour"] for remark in one["remarks"]), key=order.index)
        assert all(remark["next"] for remark in one["remarks"] if remark["colour"] != "green")
    assert said["gate"] == min((one["colour"] for one in said["answers"]), key=order.index)
    assert said["base"]["n"] > 0
    assert all(one["n"] for one in said["base"]["requirements"] if one["standing"] != "cannot_say")
    assert said["agenda"]


def test_one_slide_says_the_gate_what_is_in_the_way_and_what_is_asked(ketenreis, tmp_path):
    pptx = pytest.importorskip("pptx", reason="python-pptx is an optional extra")
    file = tmp_path / "keten.pptx"
    assert ketenreis("readiness", model_folder("snelpak"), "--slide", file).status == 1
    (slide,) = pptx.Presentation(file).slides
    said = " ".join(shape.text_frame.text for shape in slide.shapes)
    assert "Van winkel tot voordeur" in said
    assert "✕ nog niet in orde" in said
    assert "De keten heeft geen eigenaar." in said
    assert "Spreek af welke rol de hele keten bezit" in said
    show = pptx.Presentation(file)
    for shape in slide.shapes:
        assert shape.left >= 0
        assert shape.left + shape.width <= show.slide_width
        assert shape.top + shape.height <= show.slide_height


def test_a_chain_that_is_not_there_is_a_message(ketenreis):
    answer = ketenreis("readiness", model_folder("snelpak"), "--chain", "nergens")
    assert (answer.status, answer.out) == (2, "")
