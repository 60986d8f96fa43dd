import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from tests.notation.drawn_models import models
from tests.notation.test_text import WRONG, ctq

from ketenreis.model import KINDS, RELATIONS
from ketenreis.notation import read_text, write_text
from ketenreis.notation.keys import keys_of
from ketenreis.notation.schema import schema
from ketenreis.requirements import PATTERNS

HERE = Path(__file__).parent
VALID = Draft202012Validator(schema())
EXAMPLES = sorted((HERE.parents[1] / "src/ketenreis/examples").glob("*/model/**/*.yaml"))


class Editor(yaml.CSafeLoader):
    """Reads as an editor does: numbers and truth values are taken for such, dates stay text."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if not tag.endswith((":timestamp", ":merge", ":value"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def mistakes(text: str, loader=Editor) -> list[str]:
    return [error.message for error in VALID.iter_errors(yaml.load(text, loader))]


def test_the_schema_is_a_schema_in_both_languages():
    for language in ("nl", "en"):
        Draft202012Validator.check_schema(schema(language))
    assert schema("nl")["$defs"]["wish"]["title"] == "wens"
    assert schema("en")["$defs"]["wish"]["title"] == "wish"
    assert json.loads(json.dumps(schema("nl"))) == schema("nl")


@pytest.mark.parametrize(
    "file", [HERE / "belmij.yaml", HERE / "canonical.yaml", *EXAMPLES], ids=lambda file: file.stem
)
def test_every_example_is_good_by_the_schema_also_with_all_values_in_quotes(file):
    text = file.read_text(encoding="utf-8")
    assert mistakes(text) == []
    assert mistakes(text, yaml.CBaseLoader) == []


@given(models())
@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
def test_whatever_is_written_canonically_is_good_by_the_schema(model):
    text = write_text(model)
    if text:
        assert mistakes(text) == []
        assert mistakes(text, yaml.CBaseLoader) == []


NOT_ITS_WORK = {  # what no schema can see
    "tab_indent", "yaml_unreadable", "several_documents", "anchor_refused", "tag_refused", "duplicate_key", "duplicate_id",
    "unknown_target", "wrong_target", "relation_twice", "one_line_expected", "character_refused", "wrong_condition",
    "wrong_event_class", "file_empty", "target_expected",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in WRONG if name not in NOT_ITS_WORK])
def test_what_the_reader_refuses_the_schema_refuses_too(name):
    text = WRONG[name]
    if name == "wrong_date":
        text = "artefacts: [{id: a, date: 14 november}]"
    assert mistakes(text) != []


@pytest.mark.parametrize(
    "text",
    [
        "goals: [{id: 12, name: 12.5, statement: yes, note: 2026}]",
        "roles: [{id: r, scarce: ja}, {id: q, scarce: no}]",
        "signals: [{id: a, count: '5', date: 2026-03-12}]",
        "organisation: {id: o, hourly_rate: 62.50, words: {case: 1}}",
        "journeys: [{id: j, steps: [{id: s, worth: yes, moment_of_truth: customer}]}]",
        "journeys: [b, a, {id: a}, {id: b}]",
        "ctqs: [{id: c, norms: [{limit: 3, share: 0.99}, {limit: 1 Hour, share: 99.5%}, {limit: deadline, share: 100%}]}]",
        "chains: [{id: c, handovers: [{id: h, within: {giver: 2 hours}}], kpis: [{id: k, endorsed_by: {role: r, date: 2026-03-12}}]}]\nroles: [{id: r}]",
        ctq("{pattern: within, after: betaling.start, comes: {of: [mail], where: 'a = 1', moment: start}}"),
        ctq("{pattern: existence, event: mail, times: 2}"),
    ],
)  # fmt: skip
def test_good_text_is_not_marked_red(text):
    assert read_text(text).is_sound
    assert mistakes(text) == []


def test_every_kind_field_relation_and_pattern_stands_in_the_schema():
    whole = schema()
    for kind in KINDS:
        assert list(whole["$defs"][kind.name]["properties"]) == list(keys_of(kind.name))
    written = {key for definition in whole["$defs"].values() for key in definition.get("properties", {})}
    assert {relation.name for relation in RELATIONS if not relation.derived} <= written
    assert [one["title"] for one in whole["$defs"]["measure"]["oneOf"]] == [
        pattern.name for pattern in PATTERNS
    ]


def test_no_two_things_share_a_key_in_one_kind():
    for kind in KINDS:
        fields = [*(field.name for field in kind.fields), "id", "name", "note"]
        relations = [
            relation.name for relation in RELATIONS if relation.end(kind.name) and not relation.derived
        ]
        children = [child.plural for child in KINDS if kind.name in child.inside]
        assert len(keys_of(kind.name)) == len(fields) + len(relations) + len(children)
