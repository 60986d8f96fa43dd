"""What is planted in Noorderwaard, worked out from the three exported files alone, in plain Python."""

import re
from itertools import pairwise
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from tests.examples.noorderwaard import (
    HOLIDAYS,
    INTENDED,
    Application,
    answered,
    is_irregular,
    mean_calls,
    reacted,
    read,
    rows,
)
from tests.thorough import seeds

from ketenreis.examples import write_raw
from ketenreis.examples.generator import BLOCK
from ketenreis.examples.noorderwaard.export import CALLED, CASES, WORKED

REWORK = ("Dossiercheck herhaald", "Gegevens verbeterd", "Dossier teruggegeven", "Besluit hersteld")


def share(answers) -> float:
    said = [one for one in answers if one is not None]
    return sum(said) / len(said)


@pytest.fixture(scope="module", params=seeds(2, 3))
def exported(request, tmp_path_factory):
    """Noorderwaard at the default size, for each seed."""
    return read(tmp_path_factory.mktemp("noorderwaard"), 20_000, request.param)


def test_the_legal_term_is_kept_as_often_as_planted_net_and_gross(exported):
    some, now = exported.applications, exported.now
    assert share(one.in_term(now) for one in some) == pytest.approx(0.91, abs=0.015)
    assert share(one.in_term(now, net=False) for one in some) == pytest.approx(0.78, abs=0.015)
    assert share(one.has("Stukken opgevraagd") for one in some) == pytest.approx(0.14, abs=0.015)
    assert share(one.has("Beslistermijn verlengd") for one in some) == pytest.approx(0.05, abs=0.01)
    assert all(sum(label == "Beslistermijn verlengd" for label, _, _ in one.steps) <= 1 for one in some)


def test_the_reaction_is_as_planted_and_holidays_matter(exported):
    judged = share(reacted(one, exported.now) for one in exported.applications)
    assert judged == pytest.approx(0.88, abs=0.02)
    without = share(reacted(one, exported.now, set()) for one in exported.applications)
    assert judged - without > 0.006
    assert len(HOLIDAYS) > 5


def test_who_was_told_in_between_calls_a_third_as_often(exported):
    for some in (exported.applications, exported.closed):
        assert mean_calls(some, told=True) == pytest.approx(0.21, abs=0.05)
        assert mean_calls(some, told=False) == pytest.approx(0.62, abs=0.05)


def test_most_ask_for_certainty_and_few_make_mistakes(exported):
    reports = [
        row["vraag"]
        for one in exported.applications
        for label, _, row in one.steps
        if label == "Gespreksverslag gemaakt"
    ]
    assert share(asked == "Is alles goed ingevuld" for asked in reports) == pytest.approx(0.62, abs=0.03)
    assert share(one.has("Gegevens verbeterd") for one in exported.closed) == pytest.approx(0.04, abs=0.01)


def test_failures_gather_in_the_same_applications(exported):
    right = share(not one.failures for one in exported.closed)
    product = np.prod([share(not one.has(label) for one in exported.closed) for label in REWORK])
    assert right == pytest.approx(0.74, abs=0.03)
    assert product == pytest.approx(0.66, abs=0.03)


def test_files_go_to_and_fro_twice_as_often_with_two_employers(exported):
    def again(*numbers: str) -> float:
        return share(
            one.has("Beoordeling hervat") for one in exported.closed if one.row["werkgevers"] in numbers
        )

    assert again("0", "1", "2") == pytest.approx(0.17, abs=0.02)
    assert again("2") / again("0", "1") == pytest.approx(2, abs=0.25)


def test_questions_are_answered_within_two_days_as_often_as_planted(exported):
    judged = [answered(one, exported.now) for one in exported.applications]
    asked = sum(one is not None for one in judged)
    assert share(judged) == pytest.approx(0.95, abs=3.3 * sqrt(0.95 * 0.05 / asked))


def test_journeys_deviate_as_often_as_planted(exported):
    closed = exported.closed
    assert share(bool(one.calls) for one in closed) == pytest.approx(0.31, abs=0.015)
    assert share(not one.has("Intakegesprek gevoerd") for one in closed) == pytest.approx(0.07, abs=0.015)
    assert all(one.has(label) for one in closed for label in INTENDED[1:] if label != "Intakegesprek gevoerd")
    assert share(map(is_irregular, closed)) == pytest.approx(0.04, abs=0.015)
    assert share(one.in_term(exported.now) is False for one in closed) == pytest.approx(0.09, abs=0.015)


def test_one_in_twenty_objects_and_most_of_them_were_refused(exported):
    objecting = [one for one in exported.closed if one.has("Bezwaar gemaakt")]
    assert len(objecting) / len(exported.closed) == pytest.approx(0.06, abs=0.01)
    assert share(one.row["uitkomst"] == "afgewezen" for one in objecting) > 0.6


def texts(folder: Path, *arguments, **named) -> list[list[str]]:
    return [
        path.read_text(encoding="utf-8").splitlines()
        for path in write_raw("noorderwaard", folder, *arguments, **named)
    ]


def test_any_range_gives_the_same_applications(tmp_path):
    around = texts(tmp_path, 401, 3, first=BLOCK - 201)
    before, after = texts(tmp_path, 201, 3, first=BLOCK - 201), texts(tmp_path, 200, 3, first=BLOCK)
    assert around == [[*one, *other[1:]] for one, other in zip(before, after, strict=True)]
    assert around != texts(tmp_path, 401, 4, first=BLOCK - 201)


def test_no_header_label_or_value_hints_at_what_is_planted(tmp_path):
    written = texts(tmp_path, 300)
    assert [lines[0].split(";") for lines in written] == [list(CASES), list(WORKED), list(CALLED)]
    assert not re.search(
        r"traag|vertraag|te.?laat|late|stil|fout|plant|shift|gemist|persona|dubbel|complex|verward|oorzaak|onzeker|pingpong",
        "\n".join(line for lines in written for line in lines),
        re.IGNORECASE,
    )


def test_the_lines_of_an_application_stand_together_in_order_of_time_and_nothing_is_later_than_the_export(
    tmp_path,
):
    _, steps, calls = map(rows, write_raw("noorderwaard", tmp_path, 600, 5))
    for lines in (steps, calls):
        order = [row["zaaknummer"] for row in lines]
        assert len(set(order)) == 1 + sum(one != other for one, other in pairwise(order))
    assert max(row["tijdstip"] for row in steps) < "2026-11-14T09:00:00+01:00"
    assert max(row["tijdstip"] for row in calls) < "2026-11-14 09:00:00"
    assert len({row["gesprek"] for row in calls}) * 2 >= len(calls)


def test_a_clock_that_stands_still_is_worked_out_by_hand():
    day = 86_400.0
    steps = [
        ("Stukken opgevraagd", 10 * day, {}),
        ("Stukken ontvangen", 40 * day, {}),
        ("Besluit verstuurd", 80 * day, {}),
    ]
    one = Application({}, 0, None, steps)
    assert one.in_term(100 * day) is True
    assert one.in_term(100 * day, net=False) is False
    late = Application({}, 0, None, [*steps[:2], ("Besluit verstuurd", 87 * day, {})])
    assert late.in_term(100 * day) is False
    longer = Application({}, 0, None, [*steps[:2], ("Beslistermijn verlengd", 70 * day, {}), *late.steps[2:]])
    assert longer.in_term(100 * day) is True
