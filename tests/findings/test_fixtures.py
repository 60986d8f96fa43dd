"""Every check has its fixture, its sentences and its explanation, and finds in its fixture exactly what is expected."""

import string
import tomllib
from pathlib import Path

import pytest

from ketenreis.findings import LEVELS, Finding, Sentences, catalogue, in_words
from ketenreis.model import Model, checks
from ketenreis.notation.text import read
from ketenreis.requirements.checks import ALL_CHECKS, run_all

FOLDER = Path(__file__).parent
PARTS = ("title", "message", "why", "next")
every_check = pytest.mark.parametrize("check", ALL_CHECKS)


def model_of(check: str, name: str) -> Model:
    """The model of a fixture, readable without a remark; without.txt names what an edit took away from the bad one."""
    reading = read(FOLDER / check / name)
    assert [finding.id for finding in reading.findings] == []
    gone = FOLDER / check / "without.txt"
    if name != "bad.yaml" or not gone.is_file():
        return reading.model
    taken_away = gone.read_text(encoding="utf-8").split()
    left = [element for element in reading.model if element.id not in taken_away]
    return Model.of(left, reading.model.edges)


def as_text(finding: Finding, model: Model) -> str:
    """A finding as expected.txt holds it: level, id, where; and its message in Dutch."""
    where = ", ".join(filter(None, (finding.elements[0], finding.field)))
    return f"{finding.level} {finding.id} {where}\n{in_words(finding, 'nl', model.name).message}\n"


@every_check
def test_the_bad_fixture_yields_the_expected_finding(check):
    model = model_of(check, "bad.yaml")
    found = "".join(as_text(finding, model) for finding in run_all(model) if finding.id == check)
    assert found == (FOLDER / check / "expected.txt").read_text(encoding="utf-8")


@every_check
def test_the_good_fixture_yields_no_such_finding(check):
    assert check not in {finding.id for finding in run_all(model_of(check, "good.yaml"))}


@every_check
def test_a_check_finds_under_its_own_name_at_no_more_than_its_level(check):
    found = list(ALL_CHECKS[check].function(model_of(check, "bad.yaml")))
    assert {finding.id for finding in found} == {check}
    assert ALL_CHECKS[check].level in LEVELS
    assert {finding.level for finding in found} <= set(LEVELS[LEVELS.index(ALL_CHECKS[check].level) :])


@every_check
def test_a_check_explains_itself(check):
    explanation = ALL_CHECKS[check].explanation
    assert "Why it matters to the customer: " in explanation
    assert "Smallest example:\n    " in explanation
    assert "How to mend it: " in explanation or "How to keep it: " in explanation


@every_check
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_finding_says_everything_in_both_languages_without_holes_left_open(check, language):
    model = model_of(check, "bad.yaml")
    for finding in ALL_CHECKS[check].function(model):
        said: Sentences = in_words(finding, language, model.name)
        for part in PARTS:
            text = getattr(said, part)
            assert text
            assert "!" not in text
            assert not any(f"{{{hole}}}" in text for hole in _holes(catalogue(language)[check][part]))


def test_both_catalogues_say_the_same_things_with_the_same_holes():
    dutch, english = catalogue("nl"), catalogue("en")
    assert dutch.keys() == english.keys()
    for name in dutch:
        assert set(dutch[name]) == set(english[name]) == set(PARTS), name
        for part in PARTS:
            assert set(_holes(dutch[name][part])) == set(_holes(english[name][part])), (name, part)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_catalogue_holds_each_finding_once(language):
    # tomllib refuses a table that is there twice; reading it apart keeps that promise when the loader changes.
    path = Path(checks.__file__).parents[2] / "findings" / f"{language}.toml"
    heads = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("[")]
    assert len(heads) == len(set(heads)) == len(tomllib.loads(path.read_text(encoding="utf-8")))


def test_every_fixture_belongs_to_a_check():
    assert {folder.name for folder in FOLDER.iterdir() if (folder / "bad.yaml").is_file()} == set(ALL_CHECKS)


def test_every_module_in_the_rooms_is_listed():
    rooms = [Path(checks.__file__).parent, Path(checks.__file__).parents[2] / "requirements" / "checks"]
    modules = {path.stem for room in rooms for path in room.glob("*.py")} - {"__init__"}
    assert modules == set(ALL_CHECKS)


def _holes(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]
