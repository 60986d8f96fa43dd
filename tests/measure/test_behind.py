"""Behind a number stand exactly the cases that were counted in it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from ketenreis.errors import PersonalSplitError
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping
from ketenreis.measure import OUTCOMES, Wanted, behind, cases, judge, split, weeks
from ketenreis.model import Element
from ketenreis.notation import read
from ketenreis.requirements import requirement

MAPPING = (
    "source: s\nobject: order\ncolumns: {case: id, activity: what, time: at, channel: channel, employee: who}\n"
    "labels: {paid: [paid], told: [told]}\n"
)


@pytest.fixture(scope="module")
def judging(tmp_path_factory):
    folder = tmp_path_factory.mktemp("behind")
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    rows = ["id;what;at;channel;who"]
    for n in range(60):
        at = start + timedelta(hours=7 * n)
        rows.append(f"o{n};paid;{at:%Y-%m-%dT%H:%M:%SZ};{'web' if n % 3 else 'shop'};p{n % 4}")
        if n % 5:
            told = at + timedelta(minutes=n)
            rows.append(f"o{n};told;{told:%Y-%m-%dT%H:%M:%SZ};{'web' if n % 3 else 'shop'};p{n % 4}")
    file = folder / "s.csv"
    file.write_text("\n".join(rows), "utf-8")
    found = import_events(file, folder / "events", parse_mapping(MAPPING))
    (folder / "model").mkdir()
    (folder / "model" / "m.yaml").write_text(
        "journeys: [{id: j, phases: [{id: p, steps: [{id: s, touchpoints: [{id: paid}, {id: told}]}]}]}]\n"
        "ctqs: [{id: quick, object: order, measure: {pattern: within, after: paid, comes: told}, norms: [{limit: 30 minutes, share: 90%}]}]\n",
        "utf-8",
    )
    ctq = read(folder / "model").model["quick"]
    assert isinstance(ctq, Element)
    with judge(found.store, [requirement(ctq)]) as judged:
        yield judged


def test_every_count_is_the_number_of_the_cases_behind_it(judging):
    counts = cases(judging)["quick"]
    numbers = {name: len(behind(judging, "quick", Wanted(name)).cases) for name in OUTCOMES}
    assert numbers == {
        "violated": counts.violated,
        "fulfilled": counts.fulfilled,
        "pending": counts.pending,
        "not_activated": counts.not_activated,
        "excluded": counts.left_out,
    }
    # By hand: told after as many minutes as its number, and every fifth never.
    quick = {f"o{n}" for n in range(31) if n % 5}
    assert {one.case for one in behind(judging, "quick", Wanted("fulfilled")).cases} == quick
    slow = {f"o{n}" for n in range(31, 60) if n % 5}
    assert slow <= {one.case for one in behind(judging, "quick", Wanted("violated")).cases}
    late = behind(judging, "quick", Wanted("violated"))
    assert [one.took for one in late.cases if one.took] == sorted(
        (one.took for one in late.cases if one.took), reverse=True
    )
    assert len(behind(judging, "quick", Wanted("violated", most=3)).cases) == 3
    assert behind(judging, "quick", Wanted("violated", most=3)).total == late.total


def test_all_cases_can_be_gone_through_some_at_a_time_in_any_order(judging):
    def ids(**asked):
        return [one.case for one in behind(judging, "quick", Wanted("violated", **asked)).cases]

    every = ids(most=None)
    assert every[:20] + ids(skip=20, most=None) == ids() == every
    assert [case for skip in range(0, len(every), 7) for case in ids(skip=skip, most=7)] == every
    assert ids(order="case", down=False) == sorted(every)
    by_moment = sorted(every, key=lambda case: int(case[1:]))
    assert ids(order="at", down=False) == by_moment == ids(order="at")[::-1]


def test_words_are_found_in_the_ids_of_cases_and_are_never_a_question_of_their_own(judging):
    found = behind(judging, "quick", Wanted("violated", words=("O", "5"), most=1))
    every = behind(judging, "quick", Wanted("violated")).cases
    assert found.total == sum("5" in one.case for one in every) > 1
    assert behind(judging, "quick", Wanted("violated", words=("' OR 1=1 --", "%"))).total == 0


def test_the_cases_of_a_week_and_of_a_part_are_those_counted_there(judging):
    for week in weeks(judging, "quick"):
        assert (
            behind(judging, "quick", Wanted("fulfilled", monday=week.monday)).total == week.counts.fulfilled
        )
        assert behind(judging, "quick", Wanted("violated", monday=week.monday)).total == week.counts.violated
    by_channel = {group.name: group.counts.violated for group in split(judging, "quick", "channel")}
    found = Counter(
        {
            name: behind(judging, "quick", Wanted("violated", part=("channel", name))).total
            for name in by_channel
        }
    )
    assert dict(found) == by_channel
    assert behind(judging, "quick", Wanted("violated", part=("channel", "elsewhere"))).total == 0
    with pytest.raises(PersonalSplitError):
        behind(judging, "quick", Wanted("violated", part=("employee", "p1")))
