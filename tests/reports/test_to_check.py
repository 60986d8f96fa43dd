"""The guided change on the complete example: within a minute instead of an hour asks three relations and two roles."""

from dataclasses import replace

from ketenreis.analysis.impact import impact
from ketenreis.examples import model_folder
from ketenreis.model import Update, apply
from ketenreis.notation import read
from ketenreis.notation.confirmed import confirm, suspects
from ketenreis.reports.to_check import tasks, to_check

CTQ = "bevestiging-op-tijd"


def hour_and_minute():
    today = read(model_folder("belmij")).model
    both = today[CTQ].get("norms")
    hour = apply(today, [Update(CTQ, "norms", both, both[:1])]).model
    return hour, Update(CTQ, "norms", both[:1], both)


def test_a_minute_for_an_hour_is_three_relations_and_two_tasks():
    hour, edit = hour_and_minute()
    minute = apply(hour, [edit]).model
    found = suspects(minute, confirm(hour, hour.edges))
    assert {(one.edge.relation, one.edge.source, one.edge.target) for one in found} == {
        ("serves", "order-bevestigd", CTQ),
        ("serves", "betaald-order", CTQ),
        ("rests_on", "binnen-een-uur", CTQ),
    }
    told = to_check(minute, found, "nl")
    assert [(task.who.name, len(task.relations)) for task in tasks(told)] == [
        ("Communicatie", 1),
        ("Operations", 2),
    ]
    for one in told:
        (other,) = one.differing
        assert (other.element, other.field) == (hour.name(CTQ), "normen")
        assert "1 minuut" in other.after
        assert "1 minuut" not in other.before
        assert "1 uur" in other.before


def test_what_is_asked_after_saving_is_what_was_foretold():
    hour, edit = hour_and_minute()
    minute = apply(hour, [edit]).model
    foretold = impact(hour, minute, [edit], confirm(hour, hour.edges)).unreviewed
    found = suspects(minute, confirm(hour, hour.edges))
    told = to_check(minute, found, "en")
    assert {hit.edge: (hit.asked, hit.differences) for hit in foretold} == {
        one.suspect.edge: (one.asked, one.suspect.differences(minute)) for one in told
    }


def test_what_nobody_owns_is_a_task_of_nobody_and_comes_last():
    hour, edit = hour_and_minute()
    bare = apply(hour, [edit]).model
    found = suspects(bare, confirm(hour, hour.edges))
    told = to_check(bare, found, "nl")
    (first, *rest) = told
    assert [task.who for task in tasks([replace(first, asked=()), *rest])][-1] is None
