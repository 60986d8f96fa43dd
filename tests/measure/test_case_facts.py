"""The grouped scan: facts that share a sum or a number come out as they do one by one."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenreis.conditions import parse
from ketenreis.measure.case_facts import CaseFacts
from ketenreis.measure.facts import Scope
from ketenreis.measure.log import Codes, Column, Log
from ketenreis.requirements import EventClass

LOG = Log(
    object="order",
    cases=3,
    first_us=0,
    last_us=10**6,
    end_of_file=True,
    columns={"channel": Column("channel", "a_channel", "category", "event", values=("web", "desk", "phone"))},
    labels=("paid", "sent", "called"),
    classes={"paid": Codes((0,)), "sent": Codes((1,)), "contact": Codes((1, 2))},
)
CLASSES = (
    EventClass(("paid",)),
    EventClass(("sent",)),
    EventClass(("contact",)),
    EventClass(("contact",), where=parse("channel = desk")),
    EventClass(),
)
EVENTS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(0, 2), st.sampled_from([0, 1, 2, None])),
    max_size=40,
)


def asked(facts):
    """Every fact that rules ask for, of every class."""
    for events in CLASSES:
        facts.count(events)
        facts.count(events, "e.seq = 0")
        facts.count_of_value("a_channel", 1, events)
        for column in ("us", "seq"):
            facts.first(events, column)
            facts.last(events, column)
    return facts.sql()


def rows(sql, events):
    """The facts of each case, of events given as (case, time, activity, channel)."""
    con = duckdb.connect()
    con.execute("CREATE TABLE events (case_no INT, seq INT, us BIGINT, activity SMALLINT, a_channel INT)")
    seen = {}
    for case, us, activity, channel in sorted(events, key=lambda event: event[:2]):
        seen[case] = seen.get(case, -1) + 1
        con.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", [case, seen[case], us, activity, channel])
    return con.execute(f"SELECT * FROM ({sql}) AS f ORDER BY case_no").fetchall()


@given(EVENTS)
@settings(max_examples=20, deadline=None)
def test_facts_that_share_a_number_are_the_facts_one_by_one(events):
    zone = ZoneInfo("Europe/Amsterdam")
    alone = asked(CaseFacts(LOG, zone, Scope()))
    together = asked(CaseFacts(replace(LOG, largest=40), zone, Scope()))
    assert rows(together, events) == rows(alone, events)


@pytest.mark.parametrize(("largest", "sums"), [(0, 0), (30, 2), (1000, 3), (2**40, 0)])
def test_the_larger_the_largest_case_the_fewer_counts_fit_in_a_sum(largest, sums):
    written = asked(CaseFacts(replace(LOG, largest=largest), ZoneInfo("Europe/Amsterdam"), Scope()))
    assert written.count("SUM(") == sums


def test_times_before_1970_keep_a_number_of_their_own():
    log = replace(LOG, largest=30)
    late = asked(CaseFacts(log, ZoneInfo("Europe/Amsterdam"), Scope()))
    early = asked(CaseFacts(replace(log, first_us=-1), ZoneInfo("Europe/Amsterdam"), Scope()))
    assert "e.us * 32 + e.seq" in late
    assert "e.us * 32 + e.seq" not in early
