"""`ketenreis contacts`: which contacts go with requirements not kept, as text and as JSON."""

import json


def test_each_requirement_stands_with_both_shares_and_the_interval_of_their_difference(ketenreis, belmij):
    answer = ketenreis("contacts", belmij.model, "--events", belmij.store, "--json")
    assert answer.status == 0
    (said,) = json.loads(answer.out)
    assert said["object"] == "order"
    assert said["counts_as_contact"] == ["chatvraag"]
    assert said["contacts"] >= said["cases"] > 0
    for one in said["attributed"]:
        low, high = one["interval"]
        assert (
            one["difference"]
            == one["contact_when_violated"] / one["violated"] - one["contact_when_met"] / one["met"]
        )
        assert low <= one["difference"] <= high
        assert one["cases"]["low"] <= one["cases"]["middle"] <= one["cases"]["high"]
    assert "antwoord-op-vraag" in said["about_contact"]


def test_the_text_says_that_it_is_association_and_no_proof(ketenreis, belmij):
    answer = ketenreis("contacts", belmij.model, "--events", belmij.store)
    assert answer.status == 0
    assert "samenhang, geen bewijs" in " ".join(answer.out.split())
    assert max(map(len, answer.out.splitlines())) <= 100
