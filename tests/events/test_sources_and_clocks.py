"""Two sources on two clocks tell one story: GT-16 and GT-15 across them, ties, a night in which the clock changes, a leap day."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.events.test_objects import told

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping
from ketenreis.measure import case_verdicts, judge
from ketenreis.quantity import Duration, Share
from ketenreis.requirements import EventClass, Measure, Norm, Requirement

FULFILLED, VIOLATED, PENDING, NOT_ACTIVATED = 1, 2, 3, 4
SHOP = parse_mapping(
    "source: shop\nobject: order\ncolumns: {case: ordernr, activity: stap, time: tijd}\n"
    "time_zone: Europe/Amsterdam\nlabels: {Betaald: betaald, Bezorgd: bezorgd}\nclosed: Afgesloten"
)
MAIL = parse_mapping(
    "source: mail\nobject: order\ncolumns: {case: ordernr, activity: wat, time: wanneer}\n"
    "time_zone: UTC\nlabels: {Bevestigd: bevestigd, Aangekondigd: aangekondigd}\nclosed: Afgesloten"
)
LATE = Measure("not_succession", {"a": EventClass(("bezorgd",)), "b": EventClass(("aangekondigd",))})
"""Never announced after the delivery."""


def within(limit):
    """Confirmed within so long after the payment."""
    return Measure("within", {"after": EventClass(("betaald",)), "comes": EventClass(("bevestigd",))}), limit


def store_of(folder, shop, mail, order=("shop", "mail")):
    """A store of both; the shop writes the wall clock of Amsterdam, the mail says its offset."""
    (folder / "shop.csv").write_text("ordernr;stap;tijd\n" + "".join(f"{line}\n" for line in shop))
    (folder / "mail.csv").write_text("ordernr;wat;wanneer\n" + "".join(f"{line}\n" for line in mail))
    mappings = {"shop": SHOP, "mail": MAIL}
    for name in order:
        store = import_events(folder / f"{name}.csv", folder / "events", mappings[name]).store
    return store


def verdicts(store, measure, limit=None, now=None):
    """The verdict of each order."""
    norm = Norm(Share(Decimal(1)), Duration.parse(limit) if limit else None, None)
    wanted = Requirement(id="r", name="r", object="order", measure=measure, norms=(norm,))
    at = None if now is None else round(datetime.fromisoformat(now).timestamp() * 1e6)
    with judge(store, [wanted], object_type="order", now=at) as judging:
        return dict(case_verdicts(judging, "r"))


@pytest.mark.parametrize("order", [("shop", "mail"), ("mail", "shop")])
def test_gt_16_across_two_sources_and_two_zones(tmp_path, order):
    shop = [f"O{i};Betaald;2026-06-01 12:00:00" for i in range(1, 5)] + ["O5;Anders;2026-06-01 12:00:00"]
    mail = [
        "O1;Bevestigd;2026-06-01T10:00:59.900Z",
        "O2;Bevestigd;2026-06-01T10:01:00.000Z",
        "O3;Bevestigd;2026-06-01T06:01:00.100-04:00",
    ]
    store = store_of(tmp_path, shop, mail, order)
    first = {"O1": FULFILLED, "O2": FULFILLED, "O3": VIOLATED, "O5": NOT_ACTIVATED}
    found = verdicts(store, *within("60 seconds"), now="2026-06-01T12:01:01+02:00")
    assert found == first | {"O4": VIOLATED}
    assert verdicts(store, *within("60 seconds"), now="2026-06-01T12:00:30+02:00")["O4"] == PENDING


def test_gt_15_across_sources_a_text_after_its_own_delivery_only(tmp_path):
    shop = [
        "O1;Bezorgd;2026-06-01 12:00:00",
        "O2;Bezorgd;2026-06-03 12:00:00",
        "O3;Bezorgd;2026-06-01 12:00:00",
        *(f"O{i};Afgesloten;2026-07-01 12:00:00" for i in (1, 2, 3)),
    ]
    mail = [
        "O1;Aangekondigd;2026-06-01T09:59:59Z",
        "O2;Aangekondigd;2026-06-02T12:00:00Z",  # after the delivery of O1, and of the same customer
        "O3;Aangekondigd;2026-06-01T10:00:01Z",
    ]
    found = verdicts(store_of(tmp_path, shop, mail), LATE)
    assert found == {"O1": FULFILLED, "O2": FULFILLED, "O3": VIOLATED}


@pytest.mark.parametrize("order", [("shop", "mail"), ("mail", "shop")])
def test_one_moment_on_two_clocks_is_a_tie_and_the_source_that_came_first_goes_first(tmp_path, order):
    shop = ["O1;Bezorgd;2026-06-01 12:00:00", "O1;Betaald;2026-06-01 12:00:00"]
    mail = ["O1;Aangekondigd;2026-06-01T10:00:00Z", "O1;Bevestigd;2026-06-01T12:00:00+02:00"]
    store = store_of(tmp_path, shop, mail, order)
    labels = {"shop": ["Bezorgd", "Betaald"], "mail": ["Aangekondigd", "Bevestigd"]}
    rows = told(store, "order")
    assert [label for _, label, *_ in rows] == [label for name in order for label in labels[name]]
    assert len({us for _, _, us, _ in rows}) == 1
    assert verdicts(store, LATE) == {"O1": VIOLATED if order[0] == "shop" else PENDING}
    assert store.quality["mail" if order[1] == "mail" else "shop"]["ties"] == 3


HOUR = 3600
SPRING = ("2026-03-29 01:59:40", "2026-03-29T01:00:20Z", "2026-03-29 03:00:20", 40)
AUTUMN = ("2026-10-25 01:59:40", "2026-10-25T00:00:20Z", "2026-10-25 02:00:20", 40 + HOUR)


@pytest.mark.parametrize(("paid", "confirmed", "wall", "apart"), [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_in_the_night_the_clock_changes_forty_seconds_are_forty_seconds(
    tmp_path, paid, confirmed, wall, apart
):
    """A wall clock alone cannot tell the hour that comes twice: it is taken for the second, in winter time."""
    shop = [f"O1;Betaald;{paid}", f"O2;Betaald;{paid}", f"O2;Later;{wall}"]
    store = store_of(tmp_path, shop, [f"O1;Bevestigd;{confirmed}"])
    assert verdicts(store, *within("40 seconds"))["O1"] == FULFILLED
    assert verdicts(store, *within("39 seconds"))["O1"] == VIOLATED
    times = {(case, label): us for case, label, us, _ in told(store, "order")}
    assert times["O1", "Bevestigd"] - times["O1", "Betaald"] == 40_000_000
    assert times["O2", "Later"] - times["O2", "Betaald"] == apart * 1_000_000


def test_the_hour_that_comes_twice_is_told_apart_by_a_source_that_says_its_offset(tmp_path):
    mail = [
        "O1;Anders;2026-10-25T02:59:50+02:00",
        "O1;Bevestigd;2026-10-25T02:00:10+01:00",
        "O1;Aangekondigd;2026-10-25T02:30:00+01:00",
    ]
    rows = told(store_of(tmp_path, ["O2;Betaald;2026-10-25 00:00:00"], mail), "order")
    assert [label for case, label, *_ in rows if case == "O1"] == ["Anders", "Bevestigd", "Aangekondigd"]
    times = [us for case, _, us, _ in rows if case == "O1"]
    assert times[1] - times[0] == 20_000_000
    assert times[0] == round(datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC).timestamp() * 1e6)


@pytest.mark.parametrize(
    ("paid", "confirmed", "limit", "expected"),
    [
        (
            "2028-02-28 23:59:30",
            "2028-02-28T23:00:10Z",
            "1 minute",
            FULFILLED,
        ),  # 29 February, just past midnight
        ("2028-02-28 23:59:30", "2028-02-29T23:00:10Z", "1 day", VIOLATED),
        ("2028-02-28 23:59:30", "2028-02-29T22:59:30Z", "1 day", FULFILLED),
        ("2028-02-29 12:00:00", "2028-03-01T11:00:00Z", "24 hours", FULFILLED),
        (
            "2027-02-28 23:59:30",
            "2027-02-28T23:00:10Z",
            "1 minute",
            FULFILLED,
        ),  # 1 March: there is no leap day
    ],
)
def test_a_leap_day_is_a_day(tmp_path, paid, confirmed, limit, expected):
    shop, mail = [f"O1;Betaald;{paid}"], [f"O1;Bevestigd;{confirmed}", "O2;Anders;2028-06-01T00:00:00Z"]
    assert verdicts(store_of(tmp_path, shop, mail), *within(limit))["O1"] == expected


@pytest.mark.parametrize(
    ("delivered", "called", "joined"),
    [
        ("2026-03-28 12:00", "2026-03-30 13:00", 1),  # 48 hours, on a clock that went forward
        ("2026-03-28 12:00", "2026-03-30 13:01", 0),
        ("2026-10-24 12:00", "2026-10-26 11:00", 1),  # and back
        ("2026-10-24 12:00", "2026-10-26 11:01", 0),
        ("2028-02-28 12:00", "2028-03-01 12:00", 1),  # over a leap day
        ("2027-02-27 12:00", "2027-03-01 12:00", 1),
    ],
)
def test_two_days_of_grace_are_forty_eight_hours_whatever_the_clock_does(tmp_path, delivered, called, joined):
    (tmp_path / "pakket.csv").write_text(
        f"zending;klant;stap;tijd\nD1;7;Gemeld;{delivered[:8]}01 09:00\nD1;7;Bezorgd;{delivered}\n"
    )
    (tmp_path / "bel.csv").write_text(f"klant;wat;tijd\n007;Bel;{called}\n")
    common = "time_zone: Europe/Amsterdam\nobjects: {customer: klant}\n"
    parcel = parse_mapping(
        f"source: pakket\nobject: delivery\ncolumns: {{case: zending, activity: stap, time: tijd}}\n{common}"
    )
    call = parse_mapping(
        f"source: bel\nobject: customer\ncolumns: {{activity: wat, time: tijd}}\n{common}"
        "join: {customer: {to: delivery, until: Bezorgd, grace: 2 days}}"
    )
    import_events(tmp_path / "pakket.csv", tmp_path / "events", parcel)
    store = import_events(tmp_path / "bel.csv", tmp_path / "events", call).store
    assert store.quality["bel"]["joined"][0]["joined"] == joined
