"""The schema of mappings knows every key that a mapping has, and takes every mapping that is shipped."""

import jsonschema
import pytest
import yaml

from ketenreis.errors import MappingError
from ketenreis.events.mapping import KEYS, parse_mapping
from ketenreis.events.mapping_schema import mapping_schema
from ketenreis.examples import EXAMPLES, mapping_files

SHIPPED = [path for one in EXAMPLES for path in mapping_files(one.name)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_key_is_there_and_explained(language):
    found = mapping_schema(language)
    jsonschema.Draft202012Validator.check_schema(found)
    assert set(found["properties"]) == set(KEYS)
    assert all(each["description"] for each in found["properties"].values())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_mappings_fit(path):
    schema = jsonschema.Draft202012Validator(mapping_schema())
    assert list(schema.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "join",
    [
        "{customer: delivery}",
        "{customer: {to: delivery}}",
        "{customer: {to: delivery, since: Gemeld, until: Bezorgd, grace: 2 days}}",
        "{customer: {to: delivery, grace: 1 week}}",
        "{customer: {until: Bezorgd}}",
        "{customer: {to: delivery, grace: 2 working days}}",
        "{customer: {to: delivery, grace: kort}}",
        "{customer: {to: delivery, tot: Bezorgd}}",
        "[customer, delivery]",
    ],
)
def test_the_schema_takes_a_join_exactly_when_the_reader_does(join):
    text = f"objects: {{customer: klant}}\njoin: {join}"
    fits = jsonschema.Draft202012Validator(mapping_schema()).is_valid(yaml.safe_load(text))
    try:
        parse_mapping(text)
    except MappingError:
        assert not fits
    else:
        assert fits
