import re
from dataclasses import replace

import pytest
from tests.reports.made import empty, report

from ketenreis.measure import Counts
from ketenreis.render.terminal import wide_as
from ketenreis.reports.table import table


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_table_fits_100_columns_also_with_millions_of_cases(language):
    made = report()
    large = [replace(one, cases=Counts(12_345_678, 1_234_567, 1_111_111)) for one in made.measured]
    for each in (made, replace(made, measured=tuple(large))):
        assert max(wide_as(line) for line in table(each, language).splitlines()) <= 100


def test_every_requirement_has_a_row_with_verdict_interval_norm_and_n():
    text = table(report(), "nl")
    assert re.search(
        r"Bevestiging op tijd +\? niet te beoordelen +97,2% +96,7–97,6 +99% +6\.000 +170 +12", text
    )
    assert re.search(r"Op de beloofde dag +✓ gehaald +100% +94,0–100 +95% +60 +0 +0", text)
    assert re.search(r"Nog een wens +\? niet te beoordelen +– +– +0 +0 +0", text)


def test_what_cannot_be_said_is_said_with_why_and_what_next():
    text = table(report(), "en")
    assert "This requirement is still a wish: it lacks a measure and a norm." in text
    assert "→ Agree when it is good" in text
    assert "Under the current norm: 93.3% (92.7–93.9)" in text
    assert "Gross, as if the clock had never stopped: 70.0% (60.4–78.1)" in text


def test_the_whole_is_told_below():
    text = table(report(), "en")
    assert "1 of 4 requirements met" in text
    assert (
        "First time right on every requirement: 95.2% (94.6–95.7), n = 5,990; product of the separate shares (RTY): 85.4%"
        in " ".join(text.split())
    )


def test_the_closing_rule_is_never_left_unsaid():
    assert "telt als lopend" in table(report(), "nl")


def test_colour_is_there_only_when_asked_and_changes_no_word():
    plain, coloured = table(report(), "nl"), table(report(), "nl", colour=True)
    assert "\x1b" not in plain
    assert "\x1b[31m✕ niet gehaald, nipt\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_an_empty_model_says_what_to_do():
    assert "ketenreis demo" in " ".join(table(empty(), "nl").split())
