"""`ketenreis deviations`: the four types by name, as a table and as JSON."""

import json


def test_the_four_types_stand_by_name_with_n_interval_and_who_started(ketenreis, belmij):
    answer = ketenreis("deviations", belmij.model, "--events", belmij.store, "--language", "en")
    assert answer.status == 0
    for name in ("ad hoc touchpoint", "missing touchpoint", "irregular sequence", "failure in a touchpoint"):
        assert name in answer.out
    assert max(map(len, answer.out.splitlines())) <= 100


def test_as_json_parts_never_exceed_the_whole(ketenreis, belmij):
    (said,) = json.loads(ketenreis("deviations", belmij.model, "--events", belmij.store, "--json").out)
    assert said["journey"] == "telefoon-bestellen"
    for rate in (said["any"], *said["types"].values()):
        assert 0 <= rate["cases"] <= said["closed"]
        assert rate["open"] <= said["open"]
    assert all(rate["cases"] <= said["any"]["cases"] for rate in said["types"].values())
    assert said["types"]["failure"]["cases"] > 0
    for place in said["places"]:
        assert place["touchpoint"] or place["label"]


def test_a_journey_that_is_not_there_is_a_message(ketenreis, belmij):
    answer = ketenreis("deviations", belmij.model, "--events", belmij.store, "--journey", "nergens")
    assert (answer.status, answer.out) == (2, "")
    assert "nergens" in answer.err
