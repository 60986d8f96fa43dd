"""From an export to what a reader gets: page, table and JSON of a report on events that were really imported."""

import json

import jsonschema
import pytest
from tests.render.parsed import parsed

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_file, model_folder, write_raw
from ketenreis.reports.as_json import findings_as_json, json_schema, measure_as_json
from ketenreis.reports.checked import check
from ketenreis.reports.measured import measure
from ketenreis.reports.page import page
from ketenreis.reports.table import table
from ketenreis.reports.words import LANGUAGES


@pytest.fixture(scope="module")
def checked():
    return check(model_folder("belmij"))


@pytest.fixture(scope="module")
def report(tmp_path_factory, checked):
    folder = tmp_path_factory.mktemp("belmij")
    (raw,) = write_raw("belmij", folder / "raw", 1_500, 3)
    store = import_events(raw, folder / "events", read_mapping(mapping_file("belmij"))).store
    return measure(checked.model, store)


def test_the_json_of_a_real_report_holds_to_its_schema(report):
    said = json.loads(json.dumps(measure_as_json(report), allow_nan=False))
    jsonschema.Draft202012Validator(json_schema("measure")).validate(said)
    for one in said:
        if one["standing"] != "cannot_say":
            assert (
                sum(one[name] for name in ("fulfilled", "violated", "pending", "not_activated", "excluded"))
                == one["report"]["cases"]
            )


def test_the_json_of_real_findings_holds_to_its_schema(checked):
    said = json.loads(json.dumps(findings_as_json(checked.findings, "nl", checked.model.name)))
    jsonschema.Draft202012Validator(json_schema("check")).validate(said)
    assert len(said) == len(checked.findings) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_real_page_holds_every_requirement_and_tells_how_good_its_data_are(report, checked, language):
    drawn = parsed(page(report, language, checked.findings))
    places = [node.attributes["id"] for node in drawn.all("section")]
    assert [f"eis-{ctq.id}" for ctq in report.model.of_kind("ctq")] == [
        one for one in places if one.startswith("eis-")
    ]
    quality = next(node for node in drawn.all("section") if node.attributes["id"] == "gegevens")
    (source,) = report.quality.values()
    told = f"{source['rows_read']:,}"
    assert (told.replace(",", ".") if language == "nl" else told) in quality.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_real_table_has_a_row_for_every_requirement(report, language):
    text = table(report, language)
    assert all(ctq.name.split()[0] in text for ctq in report.model.of_kind("ctq"))
    assert max(map(len, text.splitlines())) <= 100
