"""The benchmark measures what it says: its rules on a small made log, against an independent count in plain Python."""

from itertools import pairwise

from benchmarks import contests, large, log, page, rules
from benchmarks.stores import normal_form

from ketenreis.measure import cases, judge

DAY, SECOND = 86_400 * 10**6, 10**6


def events_by_case(events):
    """The log as plain lists, case by case: (activity, microseconds, channel, cents)."""
    found = {}
    for block in log.blocks(events):
        columns = (block.case, block.activity, block.us, block.channel, block.cents)
        for case, activity, us, channel, cents in zip(*(column.tolist() for column in columns), strict=True):
            found.setdefault(case, []).append((log.ACTIVITIES[activity], us, channel, cents))
    return list(found.values())


def first(case, name, start=0):
    """When an activity first happens at or after a place in the case; null when it does not."""
    return next((us for activity, us, _, _ in case[start:] if activity == name), None)


def within(start, end, limit):
    return end is not None and end - start <= limit


def answers(case):
    """The verdict per rule: true, false, or null where the rule never came into play. Every case is closed."""
    names = [activity for activity, _, _, _ in case]
    times = [us for _, us, _, _ in case]
    channels = [channel for _, _, channel, _ in case]
    pairs = list(pairwise(names))

    def only_if(name, verdict):
        return verdict() if name in names else None

    def notified():
        return all(
            within(us, first(case, "notify", place + 1), 60 * SECOND)
            for place, (activity, us, _, _) in enumerate(case)
            if activity == "decide"
        )

    def answered():
        place = names.index("complaint")
        return within(times[place], first(case, "answer", place), 5 * DAY)

    return {
        "decided in ten days": within(times[0], first(case, "decide"), 10 * DAY),
        "confirmed in a minute": within(times[0], first(case, "confirm"), 60 * SECOND),
        "done in thirty days": times[-1] - times[0] <= 30 * DAY,
        "complaint answered in five days": only_if("complaint", answered),
        "three contacts": sum(name in ("call", "email", "desk_visit") for name in names) <= 3,
        "no complaint": "complaint" not in names,
        "one decision": names.count("decide") == 1,
        "confirmed": "confirm" in names,
        "two assessments": names.count("assess") <= 2,
        "no payment after closing": only_if("close", lambda: "pay" not in names[names.index("close") + 1 :]),
        "decision before payment": only_if("pay", lambda: "decide" in names[: names.index("pay")]),
        "no complaint with payment": None
        if not {"pay", "complaint"} & set(names)
        else not {"pay", "complaint"} <= set(names),
        "registered first": names[0] == "register",
        "closed last": names[-1] == "close",
        "cost at most 500": sum(cents for _, _, _, cents in case) <= 50_000,
        "three channels": len(set(channels)) <= 3,
        "no assessment twice in a row": only_if("assess", lambda: ("assess", "assess") not in pairs),
        "four switches": sum(a != b for a, b in pairwise(channels)) <= 4,
        "no week of silence": all(b - a <= 7 * DAY for a, b in pairwise(times)),
        "notified in a minute": only_if("decide", notified),
        "information follows request": only_if(
            "request_info",
            lambda: (
                names[-1] != "request_info"
                and all(b == "receive_info" for a, b in pairs if a == "request_info")
            ),
        ),
    }


def engine(store, wanted, detail):
    with judge(store, wanted, detail=detail) as judging:
        assert not judging.cannot
        return {
            name: (one.fulfilled, one.violated, one.not_activated, one.pending)
            for name, one in cases(judging).items()
        }


def test_the_21_rules_equal_an_independent_count(tmp_path):
    counted = {name: [0, 0, 0, 0] for name in rules.RULES}
    for case in events_by_case(20_000):
        for name, verdict in answers(case).items():
            counted[name][{True: 0, False: 1, None: 2}[verdict]] += 1
    expected = {name: tuple(numbers) for name, numbers in counted.items()}

    store = normal_form(20_000, tmp_path)

    assert engine(store, rules.twenty_one(), "cases") == expected
    assert engine(store, rules.twenty_one(), "full") == expected
    # a rule that all cases meet, or none, would time nothing worth knowing
    assert sum(fulfilled > 0 and violated > 0 for fulfilled, violated, _, _ in expected.values()) >= 18


def test_the_log_is_the_same_each_time_and_about_as_large_as_asked():
    one, other = (
        [(block.us.sum(), block.activity.sum(), block.cents.sum()) for block in log.blocks(250_000)]
        for _ in range(2)
    )

    assert one == other
    assert sum(len(block.us) for block in log.blocks(250_000)) in range(245_000, 255_000)


def test_the_hundred_rules_are_a_hundred_and_hold_the_twenty_that_are_judged_per_case():
    names = [each.id for each in rules.hundred()]

    assert len(set(names)) == 100
    assert len(set(names) & {each.id for each in rules.twenty_one()}) == 20


def test_a_large_log_comes_in_from_its_csv_and_measures_like_the_one_it_was_drawn_from(tmp_path):
    path, store = tmp_path / "events.csv", tmp_path / "store"

    drawn = large.generate(20_000, path)

    assert large.bring_in(path, store) == drawn == sum(len(block.us) for block in log.blocks(20_000))
    drawn_from = contests.counted(normal_form(20_000, tmp_path), rules.twenty_one(), "cases")
    assert large.measure(store) == drawn_from


def test_what_is_seldom_run_keeps_its_place_on_the_page_until_it_is_run_again():
    def contest(title, found, *, seldom=False):
        asked = (contests.Asked("it takes", 2, found, "s"),)
        return contests.Contest(title, (), asked, "all of it", (("events", "seconds"), ("10", "1.5")), seldom)

    often, seldom = contest("Often", 1.25), contest("Seldom", 3.25, seldom=True)

    first = page.whole([often, seldom], "none", "")
    later = page.whole([contest("Often", 1.75)], "none", first)

    assert "| Seldom: it takes | at most 2 s | 3.25 s | not met |" in later
    assert "1.25" not in later
    assert "| Often: it takes | at most 2 s | 1.75 s | met |" in later
    again = page.added(later, [contest("Seldom", 1.5, seldom=True)])
    assert again.count("## Seldom") == 1
    assert "3.25" not in again
    assert "1.75" in again
    assert again.startswith(later[:500])
