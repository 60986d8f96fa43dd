from pathlib import Path

import pytest

from ketenreis.notation import read, read_texts, write

EXAMPLES = sorted((Path(__file__).parents[2] / "src/ketenreis/examples").glob("*/model"))


def test_there_are_examples():
    assert [folder.parent.name for folder in EXAMPLES] == ["belmij", "noorderwaard", "permit", "snelpak"]


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.parent.name)
def test_every_example_reads_without_findings_and_comes_back_from_its_canonical_text(folder):
    reading = read(folder)
    assert reading.findings == ()
    files = write(reading.model)
    again = read_texts(files)
    assert again.findings == ()
    assert again.model == reading.model
    assert list(again.model) == list(reading.model)
    assert write(again.model) == files
