"""An export is the same for the same seed and range, and looks like one an organisation would make."""

import csv
import itertools
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenreis.errors import UsageError
from ketenreis.examples import EXAMPLES, write_raw
from ketenreis.examples.belmij import BELMIJ
from ketenreis.examples.belmij.export import COLUMNS
from ketenreis.examples.belmij.orders import EVENTS, draw
from ketenreis.examples.generator import BLOCK, blocks, time_text, to_local, to_utc


def text(folder, *arguments, **named) -> list[str]:
    (path,) = write_raw("belmij", folder, *arguments, **named)
    return path.read_text(encoding="utf-8").splitlines()


def test_a_seed_gives_the_same_export_and_another_seed_another(tmp_path):
    assert text(tmp_path, 300, 7) == text(tmp_path, 300, 7)
    assert text(tmp_path, 300, 7) != text(tmp_path, 300, 8)


def test_any_range_gives_the_same_orders(tmp_path):
    around = text(tmp_path, 400, 3, first=BLOCK - 200)
    before, after = text(tmp_path, 200, 3, first=BLOCK - 200), text(tmp_path, 200, 3, first=BLOCK)
    assert around == before + after[1:]


@given(first=st.integers(0, 5 * BLOCK), cases=st.integers(1, 3 * BLOCK))
def test_blocks_cover_a_range_once(first, cases):
    covered = [
        block * BLOCK + case for block, part in blocks(first, cases) for case in range(part.start, part.stop)
    ]
    assert covered == list(range(first, first + cases))


def test_every_order_has_a_number_of_its_own():
    numbers = np.arange(1_000_000, dtype=np.int64) * 7_368_787 % 10**10
    assert len(np.unique(numbers)) == len(numbers)


def test_labels_and_columns_can_have_other_names(tmp_path):
    renamed = {"Betaling gedaan": "PAY-07", "gebeurtenis": "stap"}
    plain, other = text(tmp_path, 200), text(tmp_path, 200, labels=renamed)
    assert other[0] == plain[0].replace("gebeurtenis", "stap")
    assert other[1:] == [line.replace(";Betaling gedaan;", ";PAY-07;") for line in plain[1:]]


def test_the_lines_of_an_order_stand_together_in_order_of_time(tmp_path):
    (path,) = write_raw("belmij", tmp_path, 500)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";", strict=True))
    assert tuple(rows[0]) == COLUMNS
    numbers = [row["ordernummer"] for row in rows]
    assert len(set(numbers)) == 1 + sum(one != other for one, other in itertools.pairwise(numbers)) == 500
    keys = [
        (number, datetime.fromisoformat(row["tijdstip"])) for number, row in zip(numbers, rows, strict=True)
    ]
    assert all(one[0] != other[0] or one[1] <= other[1] for one, other in itertools.pairwise(keys))


def test_what_belongs_to_the_order_is_the_same_on_all_its_lines(tmp_path):
    (path,) = write_raw("belmij", tmp_path, 500)
    theirs = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            mine = tuple(row[column] for column in COLUMNS[COLUMNS.index("klantnummer") :])
            assert theirs.setdefault(row["ordernummer"], mine) == mine
    people = {}
    for customer, *who in theirs.values():
        assert people.setdefault(customer, who[:4]) == who[:4]
    assert len(people) < len(theirs)


def test_an_order_is_paid_booked_and_confirmed_in_that_order(tmp_path):
    orders = draw(BELMIJ, 5, 2)
    codes = {event.label: code for code, event in enumerate(EVENTS)}
    path = [
        codes[label]
        for label in ("Betaling gedaan", "Betaling verwerkt", "Order geboekt", "Bevestiging verstuurd")
    ]
    kept = np.isin(orders.event, path)
    case, event = orders.case[kept], orders.event[kept]
    assert (event[1:][case[1:] == case[:-1]] > event[:-1][case[1:] == case[:-1]]).all()


def test_no_header_label_or_value_hints_at_what_is_planted(tmp_path):
    lines = text(tmp_path, 300)
    assert not re.search(
        r"traag|vertraag|te.?laat|late|stil|fout|plant|shift|defect|gemist|persona",
        "\n".join(lines),
        re.IGNORECASE,
    )


@settings(max_examples=200)
@given(st.integers(1_767_225_600, 1_798_761_599))
def test_local_times_are_those_of_the_netherlands(second):
    utc = np.array([second])
    expected = datetime.fromtimestamp(second, ZoneInfo("Europe/Amsterdam"))
    assert time_text(utc) == [expected.isoformat()]
    assert int(to_local(utc)[0]) == second + int(expected.utcoffset().total_seconds())


@pytest.mark.parametrize(
    ("local", "shown"),
    [("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"), ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00")],
)
def test_the_hour_that_is_missing_or_comes_twice_is_settled(local, shown):
    second = int(np.datetime64(local, "s").astype(np.int64))
    assert time_text(to_utc(np.array([second]))) == [shown]


def test_a_real_log_is_not_invented(tmp_path):
    real = [one.name for one in EXAMPLES if not one.is_invented]
    assert real == ["permit"]
    with pytest.raises(UsageError, match="real"):
        write_raw("permit", tmp_path)
    with pytest.raises(UsageError, match="no example 'belmeij'"):
        write_raw("belmeij", tmp_path)
