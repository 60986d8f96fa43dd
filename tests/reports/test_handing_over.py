"""Handovers beside what was agreed: counted by hand, read on a page, in a terminal and as JSON."""

from datetime import UTC, datetime, timedelta

import pytest

from ketenreis.analysis.agreements import agreements
from ketenreis.errors import PersonalSplitError, UnknownAttributeError
from ketenreis.events.from_rows import write_store
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping
from ketenreis.events.relabelling import relabel
from ketenreis.model import Model
from ketenreis.notation import read_text
from ketenreis.reports.handed_over import handed_over, handed_over_as_json
from ketenreis.reports.handing_over import handovers_section, handovers_table
from ketenreis.reports.words import Words

START = datetime(2026, 3, 2, tzinfo=UTC)
MODEL = """
organisation: {id: o, name: O, language: nl, words: {case: order}}
departments: [{id: balie, name: Balie}, {id: achter-kantoor, name: Achterkantoor}, {id: archief, name: Archief}]
chains:
- id: keten
  name: Keten
  chain_links: [{id: een, department: balie}, {id: twee, department: achter-kantoor}, {id: drie, department: archief}]
  handovers:
  - {id: aannemen, name: Balie naar achter, from: een, to: twee, within: {giver: 2 hours, receiver: 1 hour}, complete_when: Alles is getekend}
  - {id: terug, name: Terug naar de balie, from: twee, to: een}
  - {id: opbergen, name: Opbergen, from: twee, to: drie, within: 2 working days}
"""


def store_of(folder, cases, **options):
    """Cases as lists of (department, hours after the one before)."""
    rows = []
    for number, steps in enumerate(cases):
        at = START
        for department, hours in steps:
            at += timedelta(hours=hours)
            rows.append((str(number), "works", at, {"department": department}))
    return write_store(folder / "store", rows, **options)


@pytest.fixture
def handed(tmp_path):
    """Ten cases: six picked up within the hour, four not; two of them came back, one of these went again."""
    quick = [[("BALIE", 0), ("Achter kantoor", 1)]] * 6
    slow = [[("BALIE", 0), ("Achter kantoor", 3)]] * 2
    back = [[("BALIE", 0), ("Achter kantoor", 2), ("BALIE", 1)]]
    again = [[("BALIE", 0), ("Achter kantoor", 2), ("BALIE", 1), ("Achter kantoor", 0.5)]]
    return handed_over(store_of(tmp_path, [*quick, *slow, *back, *again]), read_text(MODEL).model)


def test_the_agreement_stands_beside_the_measurement(handed):
    (pair,) = handed.found.pairs
    assert (pair.handovers, pair.cases, pair.returned, pair.ping_pong_cases) == (11, 10, 2, 1)
    assert pair.in_time == 7  # six within the hour, and the one that came again
    assert pair.complete_at_first == pytest.approx(0.8)
    agreement = handed.agreement(pair)
    assert agreement is not None
    assert (agreement.seconds, agreement.complete_when) == (3600, ("Alles is getekend",))


def test_what_is_agreed_and_not_seen_is_named(handed):
    assert [one.handover.id for one in handed.unseen] == ["terug"]
    assert handed.nameless == ("Archief",)  # no event knows a department of that name


def test_working_days_are_not_held_against_a_wait_on_the_wall():
    found = {one.handover.id: one for one in agreements(read_text(MODEL).model)}
    assert (found["opbergen"].seconds, found["opbergen"].is_agreed) == (None, True)
    assert (found["terug"].seconds, found["terug"].is_agreed) == (None, False)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "nl",
            ("Opgepakt binnen 1 uur. Compleet als: Alles is getekend.", "Gelukt: 63,6% (35,4–84,8), n = 11."),
        ),
        (
            "en",
            (
                "Picked up within 1 hour. Complete when: Alles is getekend.",
                "Made: 63.6% (35.4–84.8), n = 11.",
            ),
        ),
    ],
)
def test_page_and_terminal_tell_the_same(handed, language, told):
    words = Words.of(language, read_text(MODEL).model, "order")
    shown = handovers_table(handed, words)
    assert all(" ".join(part.split()) in " ".join(shown.split()) for part in told)
    assert "BALIE → Achter kantoor" in shown
    assert max(map(len, shown.splitlines())) <= 100
    section = str(handovers_section(handed, words, "overdrachten"))
    assert all(part in section for part in told)


def test_as_json_shares_have_intervals_and_what_nobody_agreed_is_null(handed):
    found = handed_over_as_json(handed)
    (pair,) = found["pairs"]
    assert pair["in_time_share"] == pytest.approx(7 / 11)
    assert pair["in_time_interval"][0] < 7 / 11 < pair["in_time_interval"][1]
    assert pair["agreement"]["within"] == "1 hour"
    assert [(one["id"], one["within"]) for one in found["unseen"]] == [("terug", None)]
    assert found["nameless"] == ["Archief"]


def test_a_store_without_departments_is_said_to_be_one(tmp_path):
    rows = [("1", "works", START, {})]
    with pytest.raises(UnknownAttributeError, match="No event names a department"):
        handed_over(write_store(tmp_path / "s", rows))


def test_persons_are_never_counted(tmp_path):
    rows = [
        (str(n), "works", START + timedelta(hours=at), {"employee": name})
        for n in range(9)
        for at, name in ((0, "Jansen"), (1, "Peters"))
    ]
    store = write_store(tmp_path / "s", rows)
    with pytest.raises(PersonalSplitError, match="between departments only"):
        handed_over(store, attribute="employee")


def test_too_few_cases_give_a_sentence_instead_of_a_table(tmp_path):
    handed = handed_over(store_of(tmp_path, [[("A", 0), ("B", 1)]] * 4))
    words = Words.of("nl", Model.of([]), "case")
    assert "Geen overdrachten te zien." in str(handovers_section(handed, words, "x"))
    assert "→" not in handovers_table(handed, words).replace("Van → naar", "")


MAPPED = "columns: {department: groep}\ndepartments: {Groep 1: balie, Groep 7: achter-kantoor, Groep 8: achter-kantoor, Groep 9: kelder}"


@pytest.fixture
def numbered(tmp_path):
    """Cases that go from group 1 to 7, on to 8 (the same department) and to groups that the mapping does not know."""
    path = tmp_path / "groepen.csv"
    lines = ["zaak,gebeurtenis,tijdstip,groep"]
    for number in range(6):
        steps = (
            ("Groep 1", 8),
            ("Groep 7", 9),
            ("Groep 8", 12),
            ("Groep 9", 13),
            ("Groep 10", 14),
            ("Archief", 15),
        )
        lines += [f"z{number},werk,2026-03-0{number + 1} {hour:02}:00,{group}" for group, hour in steps]
    path.write_text("\n".join(lines), encoding="utf-8")
    return import_events(path, tmp_path / "events", parse_mapping(MAPPED)).store


def test_groups_are_the_departments_that_the_mapping_says(numbered):
    handed = handed_over(numbered, read_text(MODEL).model)
    pairs = {(pair.giver, pair.receiver): pair for pair in handed.found.pairs}
    first = pairs["Balie", "Achterkantoor"]
    assert (first.handovers, first.in_time) == (6, 6)
    assert ("Achterkantoor", "Groep 9") in pairs, "7 and 8 are one department, so nothing passes between them"
    assert handed.found.handovers == 6 * 4
    assert handed.nameless == ()
    assert dict(handed.unmapped) == {"Groep 10": "", "Groep 9": "kelder"}
    for language, told in (("nl", "Nog niet gekoppeld"), ("en", "Not tied")):
        words = Words.of(language, Model.of([]), "case")
        text = " ".join(handovers_table(handed, words).split())
        assert f"{told} aan een afdeling" in text or f"{told} to a department" in text
        assert "Groep 9 (kelder?)" in text
    assert handed_over_as_json(handed)["unmapped"] == ["Groep 10", "Groep 9"]


def test_departments_of_a_mapping_can_be_said_later_and_hold_without_a_model(numbered):
    later = relabel(numbered, {}, departments={"Groep 9": "kelder", "Groep 10": "kelder"})
    assert ("Groep 8", "kelder") in {(pair.giver, pair.receiver) for pair in handed_over(later).found.pairs}
    assert ("Groep 1", "Groep 7") in {(pair.giver, pair.receiver) for pair in handed_over(later).found.pairs}
