import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketenreis.findings import Finding, Place, in_words
from ketenreis.model import Edge
from ketenreis.notation import read, read_text, read_texts, write_text
from ketenreis.quantity import Attribute, Duration
from ketenreis.requirements import EventClass

HERE = Path(__file__).parent
BELMIJ = (HERE / "belmij.yaml").read_text(encoding="utf-8")
CANONICAL = (HERE / "canonical.yaml").read_text(encoding="utf-8")


def only(text: str) -> Finding:
    """The one finding of a text; advice about missing ids aside."""
    (found,) = [finding for finding in read_text(text).findings if finding.id != "id_proposed"]
    return found


def ctq(measure: str) -> str:
    return f"""
journeys: [{{id: j, steps: [{{id: s, touchpoints: [{{id: betaling}}, {{id: mail}}, {{id: op.start}}]}}]}}]
processes: [{{id: p, activities: [{{id: p/toetsen}}]}}]
ctqs: [{{id: c, measure: {measure}}}]
"""


def test_the_example_of_the_metamodel_reads_without_errors():
    reading = read(HERE / "belmij.yaml")
    assert reading.is_sound
    assert {finding.id for finding in reading.findings} == {"id_proposed"}
    assert len(reading.model) == 24
    assert reading.model.organisation.name == "Belmij"
    assert [edge.target for edge in reading.model.out("bevestiging-op-tijd", "measured_at")] == [
        "betaling",
        "bevestigingsmail",
    ]
    norms = reading.model["bevestiging-op-tijd"].get("norms")
    assert [norm["limit"] for norm in norms] == [
        Duration(Decimal(1), "hour"),
        Duration(Decimal(1), "minute"),
    ]
    assert norms[1]["since"] == date(2026, 11, 14)


def test_an_element_without_id_gets_one_from_its_name_or_text():
    model = read(HERE / "belmij.yaml").model
    assert model["kiezen-en-betalen"].kind == "phase"
    assert model["ik-wil-weten-dat-het-gelukt-is"].kind == "wish"


def test_equal_names_get_ids_with_their_parent_before_them_and_written_ids_go_first():
    text = """
    goals: [{name: Bellen}]
    journeys:
    - {id: a, steps: [{name: Bellen}, {name: Bellen}, {}]}
    - {id: b, steps: [{id: bellen}]}
    """
    assert [element.id for element in read_text(text).model] == [
        "bellen-2",
        "a",
        "a-bellen",
        "a-bellen-2",
        "a-step",
        "b",
        "bellen",
    ]


def test_scalars_stay_what_the_user_wrote():
    model = read_text("systems: [{id: no, name: 12:30, note: 010}, {id: 1.50, name: ~}]").model
    assert dict(model["no"].fields) == {"name": "12:30", "note": "010"}
    assert model["1.50"].name == "~"


def test_a_key_without_a_value_is_not_filled_in():
    reading = read_text("personas:\n- id: gezin\n  name:\n  goals: []\n  rule: ''\ngoals:\norganisation:\n")
    assert reading.findings == ()
    assert dict(reading.model["gezin"].fields) == {}


def test_everything_stands_in_the_organisation_wherever_that_is_written():
    reading = read_texts({"a.yaml": "goals: [{id: g}]", "z.yaml": "organisation: {id: o, goals: [{id: h}]}"})
    assert {element.id: element.parent for element in reading.model} == {"o": None, "g": "o", "h": "o"}


def test_without_an_organisation_nothing_stands_in_one():
    assert read_text("goals: [{id: g}]").model["g"].parent is None


@pytest.mark.parametrize(
    ("written", "edges"),
    [
        ("owned_by: r", [Edge("owned_by", "k", "r")]),
        ("owned_by: [r]", [Edge("owned_by", "k", "r")]),
        ("endorsed_by: [r, q]", [Edge("endorsed_by", "k", "r"), Edge("endorsed_by", "k", "q")]),
        ("endorsed_by: {to: r, date: 2026-03-12}", [Edge("endorsed_by", "k", "r", {"date": date(2026, 3, 12)})]),
        ("endorsed_by: [{role: r, date: 2026-03-12}, q]", [Edge("endorsed_by", "k", "r", {"date": date(2026, 3, 12)}), Edge("endorsed_by", "k", "q")]),
        ("owned_by: ", []),
        ("endorsed_by: []", []),
    ],
)  # fmt: skip
def test_a_relation_is_an_id_a_list_of_ids_or_records(written, edges):
    reading = read_text(f"roles: [{{id: r}}, {{id: q}}]\nchains: [{{id: c, kpis: [{{id: k, {written}}}]}}]")
    assert reading.findings == ()
    assert list(reading.model.edges) == edges


@pytest.mark.parametrize(
    ("written", "events"),
    [
        ("betaling", EventClass(("betaling",))),
        ("betaling.start", EventClass(("betaling",), "start")),
        ("op.start", EventClass(("op.start",))),
        ("op.start.start", EventClass(("op.start",), "start")),
        ("p/toetsen.start", EventClass(("p/toetsen",), "start")),
        ("[betaling, mail]", EventClass(("betaling", "mail"))),
        ("[betaling.start, mail.start]", EventClass(("betaling", "mail"), "start")),
        ("[]", EventClass()),
        ("{of: betaling, moment: start}", EventClass(("betaling",), "start")),
        ("{of: [betaling, mail]}", EventClass(("betaling", "mail"))),
        ("{moment: start}", EventClass((), "start")),
        ("{of: betaling.start}", EventClass(("betaling",), "start")),
    ],
)
def test_an_event_class_names_elements_and_a_moment(written, events):
    reading = read_text(ctq(f"{{pattern: within, after: {written}, comes: mail}}"))
    assert reading.findings == ()
    assert reading.model["c"].get("measure").get("after") == events
    assert read_text(write_text(reading.model)).model == reading.model


def test_an_event_class_may_hold_a_condition():
    reading = read_text(ctq("{pattern: at_most, event: {of: mail, where: 'kanaal = \"web\"'}}"))
    assert str(reading.model["c"].get("measure").get("event").where) == 'kanaal = "web"'


def test_one_value_stands_for_both_sides_of_a_handover():
    text = "chains: [{id: c, handovers: [{id: h, within: 1 hour, complete_when: {giver: alles is er, receiver: ''}}]}]"
    handover = read_text(text).model["h"]
    assert handover.get("within") == {side: Duration(Decimal(1), "hour") for side in ("giver", "receiver")}
    assert handover.get("complete_when") == {"giver": "alles is er"}


def test_a_limit_is_a_duration_a_number_or_an_attribute():
    text = "promises: [{id: a, limit: 1 hour}, {id: b, limit: 3}, {id: c, limit: uiterste_datum}, {id: d, limit: -2.5}]"
    limits = [element.get("limit") for element in read_text(text).model]
    assert limits == [Duration(Decimal(1), "hour"), Decimal(3), Attribute("uiterste_datum"), Decimal("-2.5")]


WRONG = {
    "tab_indent": "personas:\n\t- id: a",
    "yaml_unreadable": "personas: [",
    "several_documents": "goals: [{id: a}]\n---\ngoals: [{id: b}]",
    "anchor_refused": "goals: [{id: &a x}]",
    "tag_refused": "goals: [{id: !!str x}]",
    "duplicate_key": "goals: [{id: a}]\ngoals: [{id: b}]",
    "unknown_key": "goals: [{id: a, nmae: x}]",
    "relation_not_permitted": "goals: [{id: a, leads_to: b}]",
    "relation_derived": ctq("{pattern: at_most, event: mail}, measured_at: mail"),
    "child_not_permitted": "phases: [{id: a}]",
    "duplicate_id": "goals: [{id: a}, {id: a}]",
    "wrong_id": "goals: [{id: een doel}]",
    "unknown_target": "roles: [{id: manager}]\ngoals: [{id: a, owned_by: manger}]",
    "wrong_target": "goals: [{id: a, owned_by: b}, {id: b}]",
    "target_expected": "goals: [{id: a, owned_by: {}}]",
    "relation_twice": "roles: [{id: r}]\nchains: [{id: c, kpis: [{id: k, endorsed_by: [r, r]}]}]",
    "too_many_targets": "roles: [{id: r}, {id: q}]\ngoals: [{id: a, owned_by: [r, q]}]",
    "text_expected": "goals: [{id: a, name: [x]}]",
    "list_expected": "goals: {id: a}",
    "record_expected": "goals: [doel]",
    "named_texts_expected": "messages: [{id: a, text: Hallo}]",
    "wrong_name": f"messages: [{{id: a, text: {{? {'x' * 101} : Hallo}}}}]",
    "one_line_expected": "goals:\n- id: a\n  name: |\n    een\n    twee",
    "character_refused": 'goals: [{id: a, name: "x\\u0007"}]',
    "wrong_choice": "departments: [{id: a, type: partnr}]",
    "wrong_date": "artefacts: [{id: a, date: 2026-02-30}]",
    "wrong_whole": "signals: [{id: a, count: 2.5}]",
    "wrong_number": "organisation: {id: a, hourly_rate: '62,50'}",
    "wrong_yesno": "roles: [{id: a, scarce: misschien}]",
    "wrong_share": "ctqs: [{id: a, norms: [{share: 101%}]}]",
    "wrong_duration": "chains: [{id: c, handovers: [{id: a, within: 2 uur}]}]",
    "wrong_limit": "promises: [{id: a, limit: 2 uur}]",
    "wrong_condition": "personas: [{id: a, rule: leeftijd >}]",
    "unknown_pattern": ctq("{pattern: wthin}"),
    "wrong_event_class": ctq("{pattern: at_most, event: [mail, betaling.start]}"),
    "file_empty": "# nog niets",
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_with_its_place_and_said_in_both_languages(name):
    found = only(WRONG[name])
    assert found.id == name
    assert found.place.file == "model.yaml"
    lines = WRONG[name].split("\n")
    assert 1 <= found.place.line <= len(lines) + 1
    for language in ("nl", "en"):
        words = in_words(found, language)
        said = f"{words.title} {words.message} {words.why} {words.next}"
        assert "{" not in said.replace("{a: 1}", "")
        assert "!" not in said.replace("!!str", "")


def test_a_second_organisation_is_refused():
    reading = read_texts({"a.yaml": "organisation: {id: a}", "b.yaml": "organisation: {id: b}"})
    assert [(finding.id, finding.place.file) for finding in reading.findings] == [
        ("second_organisation", "b.yaml")
    ]
    assert in_words(reading.findings[0], "en").message == "The organisation also stands at a.yaml:1:15."


def test_a_line_of_a_list_that_has_words_of_its_own_is_one_of_these():
    found = only("journeys:\n- id: j\n  steps:\n  - id: s\n    moment_of_truth: [customer, organisatoin]")
    assert (found.id, found.parameters["nearest"]) == ("wrong_choice", "organisation")


def test_an_unknown_key_is_answered_with_the_nearest_and_the_permitted():
    found = only("roles:\n- id: a\n  scarse: true")
    assert (found.place, found.excerpt) == (Place("model.yaml", 3, 3), "scarse: true")
    assert found.parameters["nearest"] == "scarce"
    assert found.parameters["permitted"] == "id, name, scarce, posts, owned_by, note"


def test_an_unknown_target_is_answered_with_the_nearest_of_the_right_kind():
    found = only(WRONG["unknown_target"])
    assert found.elements == ("a",)
    assert found.field == "owned_by"
    assert found.parameters["nearest"] == "manager"
    assert found.parameters["expected"] == "role"


def test_a_relation_to_nothing_is_kept_and_one_to_the_wrong_kind_is_not():
    assert [edge.target for edge in read_text(WRONG["unknown_target"]).model.edges] == ["manger"]
    assert read_text(WRONG["wrong_target"]).model.edges == ()


def test_nothing_is_said_of_unknown_ids_while_a_file_cannot_be_read():
    reading = read_texts({"a.yaml": "goals: [{id: a, owned_by: r}]", "b.yaml": "roles: [{id: r"})
    assert [finding.id for finding in reading.findings] == ["yaml_unreadable"]


def test_a_merge_key_is_refused_and_a_quoted_one_is_a_word():
    assert only("organisation: {id: a, words: {<<: {a: b}}}").id == "anchor_refused"
    assert read_text("organisation: {id: a, words: {'<<': b}}").findings == ()


def test_an_alias_is_refused_without_growing():
    laughs = "a: &a [x,x]\n" + "\n".join(f"b{n}: &b{n} [*a,*a]" for n in range(50))
    found = read_text(laughs).findings
    assert {finding.id for finding in found} == {"anchor_refused", "more_findings", "unknown_key"}


def test_what_is_wrong_with_a_nested_value_names_its_element_and_key():
    found = only(WRONG["wrong_share"])
    assert (found.elements, found.field, found.parameters["value"]) == (("a",), "norms", "101%")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xef\xbb\xbfgoals: [{id: a}]", "byte_order_mark"),
        ("goals: [{id: é}]".encode("latin-1"), "not_utf8"),
        ("goals: [{id: a}]".encode("utf-16"), "not_utf8"),
        (b"", "file_empty"),
        (b"\n\n", "file_empty"),
        (b"goals: \x00", "yaml_unreadable"),
        (b"goals: [{id: a}] # " + b"x" * 10_000_000, "file_too_large"),
        (b"[" * 10_000, "too_deep"),
        (b"{a: " * 10_000, "too_deep"),
        (b"".join(b" " * n + b"a:\n" for n in range(2_000)), "too_deep"),
        (b"- " * 10_000, "too_deep"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_is_one_finding_in_bounded_time(tmp_path, data, name):
    file = tmp_path / "model.yaml"
    file.write_bytes(data)
    begun = time.perf_counter()
    found = read(file).findings
    assert time.perf_counter() - begun < 5
    assert [finding.id for finding in found] == [name]
    assert found[0].place.file == str(file)
    assert "{" not in in_words(found[0], "nl").message


def test_the_place_of_a_wrong_byte_is_named(tmp_path):
    file = tmp_path / "model.yaml"
    file.write_bytes(b"goals:\n- id: caf\xe9")
    assert read(file).findings[0].place == Place(str(file), 2, 10)


def test_a_file_that_is_not_there_and_a_folder_named_as_one_are_findings(tmp_path):
    assert [finding.id for finding in read(tmp_path / "none.yaml").findings] == ["file_unreadable"]
    assert [finding.id for finding in read("/dev/null").findings] == ["file_unreadable"]
    (tmp_path / "model.yaml").mkdir()
    assert [finding.id for finding in read(tmp_path).findings] == ["folder_empty"]


def test_a_folder_is_read_at_any_depth_without_what_stands_beside_the_model(tmp_path):
    files = {
        "organisation.yaml": "organisation: {id: o}",
        "deep/er/goals.yml": "goals: [{id: g}]",
        "nl.yaml": "goals: [{id: named-as-a-language}]",
        "en.yaml": "g: {name: Goal} # beside the model",
        "confirmed.yaml": "confirmed: []",
        "mappings/receipt.yaml": "columns: {}",
        "receipt.yaml": "source: receipt",
        ".git/x.yaml": "goals: [{id: hidden}]",
        "README.md": "# model",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    reading = read(tmp_path)
    assert reading.findings == ()
    assert [element.id for element in reading.model] == ["o", "named-as-a-language", "g"]
    assert reading.comments == ()


def test_several_paths_are_one_model(tmp_path):
    (tmp_path / "a.yaml").write_text("goals: [{id: a, owned_by: r}]")
    (tmp_path / "b.yaml").write_text("roles: [{id: r}]")
    reading = read([tmp_path / "a.yaml", str(tmp_path / "b.yaml")])
    assert reading.findings == ()
    assert [edge.target for edge in reading.model.out("a", "owned_by")] == ["r"]


def test_findings_of_others_get_their_place():
    reading = read_text("goals:\n- id: a\n  name: Doel")
    about_name, about_all, about_nothing = reading.located(
        [Finding("x", "error", ("a",), "name"), Finding("x", "error", ("a",), "owner"), Finding("x", "error")]
    )
    assert (about_name.place, about_name.excerpt) == (Place("model.yaml", 3, 3), "name: Doel")
    assert about_all.place == Place("model.yaml", 2, 3)
    assert about_nothing.place is None


def test_a_thousand_mistakes_are_told_up_to_a_point_and_counted_beyond():
    text = "goals:\n" + "".join(f"- {{id: g{n}, nmae: x, owned_by: niemand{n}}}\n" for n in range(5_000))
    begun = time.perf_counter()
    found = read_text(text).findings
    assert time.perf_counter() - begun < 10
    assert len(found) == 201
    assert found[-1].id == "more_findings"
    assert found[-1].parameters["count"] == 9_800
    assert "9800" in in_words(found[-1], "nl").message


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("# eerst\ngoals: [{id: a}] # tweede", [Place("model.yaml", 1, 1)]),
        ("goals:\n- id: a # hier\n", [Place("model.yaml", 2, 9)]),
        ("goals:\n- id: a\n  name: '# geen'\n  note: |\n    # ook niet\n  statement: a#b\n", []),
        ("goals: [{id: é, name: ü}] # na letters van twee bytes", [Place("model.yaml", 1, 27)]),
    ],
)
def test_the_first_comment_is_known_because_canonical_text_has_none(text, comments):
    assert list(read_text(text).comments) == comments


def test_a_condition_nested_beyond_reason_is_a_finding():
    assert only(f"personas: [{{id: a, rule: '{'(' * 5_000}'}}]").id == "wrong_condition"
    assert only(f"personas: [{{id: a, rule: '{'not ' * 5_000}a is missing'}}]").id == "wrong_condition"


fuzz = settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))


def comes_back(text: str) -> None:
    """Reads whatever it is; what is sound must come back alike from its canonical text."""
    reading = read_text(text)
    for finding in reading.findings:
        assert in_words(finding, "nl").message
        assert finding.place is not None
    if reading.is_sound and len(reading.model):
        written = write_text(reading.model)
        again = read_text(written)
        assert again.model == reading.model
        assert write_text(again.model) == written


@given(st.text())
@fuzz
def test_no_text_whatever_makes_the_reader_raise(text):
    comes_back(text)


PIECES = st.sampled_from(
    ["", " ", "\n", "- ", ": ", "[", "]", "{", "}", "'", '"', "|", "&a ", "*a", "no", "1", "id", "name", "\t", "é", "\x07", "💡", "start", ","]
)  # fmt: skip


@given(st.data(), st.sampled_from([BELMIJ, CANONICAL]))
@fuzz
def test_a_damaged_model_never_makes_the_reader_raise(data, text):
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(PIECES) + text[at + data.draw(st.integers(0, 8)) :]
    comes_back(text)
