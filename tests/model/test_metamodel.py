"""The two tables that everything is generated from must fit together."""

import pytest

from ketenreis.model import COMMON, KIND, KINDS, PLURAL, RELATIONS, Field, kinds_inside, relations_from
from ketenreis.requirements import PATTERNS


def every_field(fields):
    for field in fields:
        yield field
        yield from every_field(field.fields)


def test_names_and_plurals_are_unique():
    assert len(KIND) == len(PLURAL) == len(KINDS)
    assert len({relation.name for relation in RELATIONS}) == len(RELATIONS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_labelled_in_both_languages_and_stands_in_a_known_kind(kind):
    assert all([kind.nl, kind.en, kind.nl_plural, kind.en_plural, kind.help_nl, kind.help_en])
    assert all(parent in KIND for parent in kind.inside)
    assert bool(kind.inside) == (kind.name != "organisation")
    assert kind.title in {"name", "id", *(field.name for field in kind.fields)}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_keys_of_an_element_never_collide(kind):
    keys = [field.name for field in (*COMMON, *kind.fields)]
    keys += [relation.name for relation in relations_from(kind.name)]
    keys += [child.plural for child in kinds_inside(kind.name)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_is_labelled_and_choices_and_records_say_what_they_hold(kind):
    for field in every_field(kind.fields):
        assert isinstance(field, Field)
        assert all([field.nl, field.en])
        assert bool(field.help_nl) == bool(field.help_en)
        assert bool(field.choices) == (field.type == "choice") or field.type == "list"
        assert bool(field.fields) == (field.type in ("record", "records", "sides"))


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
def test_a_relation_joins_known_kinds_and_says_which_known_fields_matter(relation):
    assert all([relation.nl, relation.en, relation.back_nl, relation.back_en])
    for end in relation.ends:
        assert set(end.sources) <= set(KIND)
        assert set(end.targets) <= set(KIND)
    for matter in relation.matters:
        kind, _, field = matter.partition(".")
        assert matter in ("parent", "gone") or field == "name" or KIND[kind].field(field) is not None


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_a_pattern_has_one_meaning_and_a_sentence_that_fills(pattern):
    assert bool(pattern.clauses) != bool(pattern.form)
    filled = {argument.name: "x" for argument in pattern.arguments} | {"limit": "y"}
    assert "{" not in pattern.nl.format(**filled) + pattern.en.format(**filled)
    assert pattern.limits or not pattern.needs_limit
    for clause in pattern.clauses:
        assert all(map(pattern.argument, (clause.activation, clause.target)))


def test_the_five_everyday_patterns_and_declares_twenty_one_are_there():
    assert [p.name for p in PATTERNS if p.everyday] == [
        "within", "before", "at_most", "never_after", "no_silence_longer_than",
    ]  # fmt: skip
    assert len([p for p in PATTERNS if p.ltl]) == 21
