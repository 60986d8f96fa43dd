"""`ketenreis readiness`: the gate with its twelve answers, as text and as JSON."""

import csv
import json
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import pytest

from ketenreis.examples import model_folder


def test_snelpak_is_red_and_its_card_is_built_on_quicksand(ketenreis):
    answer = ketenreis("readiness", model_folder("snelpak"))
    assert answer.status == 1
    assert "✕ nog niet op orde" in answer.out
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
    assert "✕ nog niet op orde" in said
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


def by_hand(raw, first, until):
    """Of the orders paid in a quarter's weeks: confirmed within the hour, and all; from the export alone."""
    times = defaultdict(dict)
    with Path(raw).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            times[row["ordernummer"]].setdefault(row["gebeurtenis"], datetime.fromisoformat(row["tijdstip"]))
    took = [
        (one["Bevestiging verstuurd"] - one["Betaling gedaan"]).total_seconds()
        for one in times.values()
        if "Bevestiging verstuurd" in one and first <= one["Betaling gedaan"].date() < until
    ]
    return sum(each <= 3_600 for each in took), len(took)


def test_a_quarter_counts_its_own_cases_beside_those_of_the_quarter_before(ketenreis, belmij):
    asked = ("readiness", belmij.model, "--events", belmij.store, "--period")
    (said,) = json.loads(ketenreis(*asked, "2026-Q2", "--json").out)
    turned = {one["id"]: one for one in said["turned"]}["bevestiging-op-tijd"]
    now = by_hand(belmij.raw, date(2026, 4, 6), date(2026, 7, 6))
    before = by_hand(belmij.raw, date(2026, 1, 5), date(2026, 4, 6))
    assert (turned["share"], turned["n"]) == (pytest.approx(now[0] / now[1]), now[1])
    assert (turned["before"], turned["before_n"]) == (pytest.approx(before[0] / before[1]), before[1])
    assert turned["difference"] == pytest.approx(now[0] / now[1] - before[0] / before[1])
    base = {one["id"]: one for one in said["base"]["requirements"]}["bevestiging-op-tijd"]
    assert base["n"] == now[1]
    (whole,) = json.loads(ketenreis(*asked[:-1], "--json").out)
    assert (said["period"], whole["period"]) == ("2026-Q2", None)
    assert said["base"]["n"] < whole["base"]["n"]
    text = ketenreis(*asked, "2026-Q2").out
    assert "2026-Q2 naast 2026-Q1" in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_quarter_without_figures_names_those_that_have_them(ketenreis, belmij):
    answer = ketenreis("readiness", belmij.model, "--events", belmij.store, "--period", "2019-Q1")
    assert (answer.status, answer.out) == (2, "")
    assert "2026-Q2" in answer.err
