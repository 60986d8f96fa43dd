from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.notation.drawn_models import models

from ketenreis.findings import in_words
from ketenreis.model import COMMON, RELATION, RELATIONS, Edge, Model, Move, Update, apply, inverse
from ketenreis.notation import read_text
from ketenreis.notation.confirmed import (
    Confirmation,
    confirm,
    read_confirmed,
    suspects,
    write_confirmed,
)
from ketenreis.notation.mattering import Difference, matters, stamp

TEXT = """
drivers: [{id: zekerheid}]
journeys:
- id: j
  steps:
  - id: s
    wishes: [{id: w, text: Snel weten, rank: 1, leads_to: [c]}]
    touchpoints: [{id: t, channel: e-mail, realised_by: [sturen]}]
  - {id: s2}
ctqs:
- {id: c, measure: {pattern: at_most, event: t}, norms: [{limit: 1, share: 99%}]}
processes: [{id: p, activities: [{id: sturen, stage: onstage, minutes: 3, serves: [c]}]}, {id: p2}]
"""


def stamps(text: str) -> dict[tuple[str, str], str]:
    model = read_text(text).model
    return {(edge.relation, edge.source): stamp(model, edge) for edge in model.edges}


@pytest.mark.parametrize(
    ("was", "now", "moved"),
    [
        ("text: Snel weten", "text: Meteen weten", {("leads_to", "w")}),
        ("rank: 1", "rank: 2", set()),
        ("channel: e-mail", "channel: sms", {("realised_by", "t")}),
        ("stage: onstage", "stage: support", {("realised_by", "t")}),
        ("minutes: 3", "minutes: 9", set()),
        ("share: 99%", "share: 95%", {("serves", "sturen")}),
        ("event: t}", "event: sturen}", {("serves", "sturen")}),
        (
            "journeys:\n- id: j\n  steps:\n  - id: s",
            "journeys:\n- id: j\n  steps:\n  - id: x\n  - id: s",
            set(),
        ),
        ("drivers: [{id: zekerheid}]", "drivers: [{id: eerst}, {id: zekerheid}]", set()),
    ],
)
def test_a_stamp_changes_with_what_matters_and_with_nothing_else(was, now, moved):
    assert was in TEXT
    before, after = stamps(TEXT), stamps(TEXT.replace(was, now))
    assert {key for key in before if before[key] != after.get(key)} == moved


def test_a_move_changes_the_stamp_of_relations_that_say_so():
    model = read_text(TEXT).model
    moved = Model.of(
        [replace(element, parent="s2") if element.id == "t" else element for element in model], model.edges
    )
    edge = model.out("t", "realised_by")[0]
    assert stamp(model, edge) != stamp(moved, edge)


@pytest.mark.parametrize(
    ("was", "now"),
    [("text: Snel weten", "text: ' Snel   weten'"), ("limit: 1,", "limit: 1.0,"), ("limit: 60 s", "limit: 1 minute")],
)  # fmt: skip
def test_how_something_is_written_does_not_matter(was, now):
    text = TEXT.replace("limit: 1,", "limit: 60 s,") if "60" in was else TEXT
    assert was in text
    assert stamps(text) == stamps(text.replace(was, now))


def test_exactly_the_relations_whose_ends_changed_are_suspect_and_say_at_which_end():
    model = read_text(TEXT).model
    confirmed = confirm(model, model.edges)
    assert suspects(model, confirmed) == ()
    text = TEXT.replace("Snel weten", "Nu weten").replace("share: 99%", "share: 95%")
    found = suspects(read_text(text).model, confirmed)
    assert [(one.edge.source, one.edge.target, one.changed) for one in found] == [
        ("w", "c", ("w",)),
        ("sturen", "c", ("c",)),
    ]
    assert in_words(found[1].finding(), "nl", model.name).message == (
        "Wat “c” zegt, is veranderd sinds de koppeling met “sturen” is bevestigd."
    )
    assert in_words(found[1].finding(), "en", model.name).next.endswith("sturen:serves:c")
    assert suspects(read_text(text).model, confirmed, ["w"]) == found[:1]


def test_what_was_never_confirmed_is_no_suspect():
    assert suspects(read_text(TEXT).model, {}) == ()


@given(models(), st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_an_edit_and_its_inverse_leave_no_suspect_and_an_edit_only_around_what_it_touches(model, data):
    confirmed = confirm(model, model.edges)
    element = data.draw(st.sampled_from(list(model)))
    name = data.draw(st.sampled_from([field.name for field in (*COMMON[1:], *element.schema.fields)]))
    edits = [Update(element.id, name, element.get(name), data.draw(st.sampled_from(["x", None])))]
    changed = apply(model, edits)
    found = suspects(changed.model, confirmed)
    assert all(element.id in one.changed for one in found)
    assert all(
        f"{element.kind}.{name}" in RELATION[one.edge.relation].matters
        for one in found
        if "gone" not in one.changed
    )
    assert list(found) == sorted(
        suspects(changed.model, confirmed, [element.id]), key=lambda one: changed.model.edges.index(one.edge)
    )
    assert suspects(apply(changed.model, inverse(changed.edits)).model, confirmed) == ()


def test_an_end_that_moves_elsewhere_is_suspect_and_one_that_only_changes_places_is_not():
    model = read_text(TEXT).model
    confirmed = confirm(model, model.edges)
    assert suspects(apply(model, [Move("s", "j", None, "j")]).model, confirmed) == ()
    (found,) = suspects(apply(model, [Move("t", "s", None, "s2")]).model, confirmed)
    assert (found.edge.relation, found.changed) == ("realised_by", ("t",))


def test_a_stamp_does_not_hang_on_elements_elsewhere():
    text = TEXT.replace("event: t}", "event: t.start}")
    assert stamps(text)["serves", "sturen"] == stamps(text + "systems: [{id: x}]")["serves", "sturen"]


def test_an_end_that_is_gone_changes_the_stamp():
    model = read_text(TEXT).model
    assert stamp(model, Edge("leads_to", "w", "c")) != stamp(model, Edge("leads_to", "w", "weg"))


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
def test_every_field_that_matters_exists_at_an_end(relation):
    ends = {kind for end in relation.ends for kind in (*end.sources, *end.targets)}
    for matter in relation.matters:
        kind = matter.partition(".")[0]
        assert matter in ("parent", "gone") or kind in ends


def test_confirmations_come_back_from_their_file_and_are_written_alike_again(tmp_path):
    model = read_text(TEXT).model
    made = confirm(model, model.edges, "Anne de Vries", date(2026, 11, 14))
    file = tmp_path / "confirmed.yaml"
    file.write_text(write_confirmed(made), encoding="utf-8")
    read, findings = read_confirmed(file)
    assert findings == ()
    assert read == made
    assert write_confirmed(read) == file.read_text(encoding="utf-8")
    assert read["leads_to", "w", "c"].when == date(2026, 11, 14)


@given(models())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_what_both_ends_said_comes_back_whatever_they_said(tmp_path_factory, model):
    made = confirm(model, [edge for edge in model.edges if RELATION[edge.relation].matters])
    file = tmp_path_factory.mktemp("said") / "confirmed.yaml"
    file.write_text(write_confirmed(made), encoding="utf-8")
    assert read_confirmed(file) == (made, ())


def test_what_was_confirmed_stands_in_the_words_of_the_model_and_tells_before_and_after(tmp_path):
    model = read_text(TEXT).model
    file = tmp_path / "confirmed.yaml"
    file.write_text(write_confirmed(confirm(model, model.out("sturen", "serves"))), encoding="utf-8")
    assert file.read_text(encoding="utf-8").endswith(
        "  said:\n"
        "    source:\n"
        "    target:\n"
        "      measure:\n        pattern: at_most\n        event: t\n"
        "      norms:\n      - limit: 1\n        share: 99%\n"
    )
    now = read_text(TEXT.replace("share: 99%", "share: 95%")).model
    (suspect,) = suspects(now, read_confirmed(file)[0])
    was, is_now = model["c"].get("norms"), now["c"].get("norms")
    assert suspect.differences(now) == (Difference("c", "norms", was, is_now),)
    bare = {key: replace(one, said=None) for key, one in read_confirmed(file)[0].items()}
    assert suspects(now, bare)[0].differences(now) == ()


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
def test_a_field_that_matters_is_known_by_its_name_at_its_end(relation):
    for fields in matters(relation.name):
        names = [field.name for field in fields]
        assert len(names) == len(set(names))


def test_who_and_when_may_be_left_out():
    text = write_confirmed({("for", "a", "b"): Confirmation("for", "a", "b", "0123456789abcdef")})
    assert text == "confirmed:\n- relation: for\n  source: a\n  target: b\n  stamp: 0123456789abcdef\n"
    assert write_confirmed({}) == "confirmed: []\n"


def test_no_file_is_no_confirmation(tmp_path):
    assert read_confirmed(tmp_path / "confirmed.yaml") == ({}, ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("confirmed: []", []),
        ("", []),
        ("confirmed: [{relation: for, source: a}]", ["confirmation_incomplete"]),
        ("confirmed: [{relation: fro, source: a, target: b, stamp: c}]", ["wrong_choice", "confirmation_incomplete"]),
        ("confirmed: {}", ["list_expected"]),
        ("confirmd: []", ["unknown_key"]),
        ("- a", ["record_expected", "confirmation_incomplete"]),
        ("confirmed: [", ["yaml_unreadable"]),
        ("confirmed: [{relation: serves, source: a, target: b, stamp: c, said: {target: {norm: 1}}}]", ["unknown_key"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_file_is_found(tmp_path, text, names):
    file = tmp_path / "confirmed.yaml"
    file.write_text(text)
    found = read_confirmed(file)[1]
    assert [finding.id for finding in found] == names
    assert not any("{" in in_words(finding, "nl").message for finding in found)
