"""Events that name only the customer are given to the delivery that was under way; and GT-15 is judged on the delivery."""

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.events.test_objects import told

from ketenreis.errors import MappingError
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping, write_mapping
from ketenreis.events.store import EventStore
from ketenreis.measure import case_verdicts, judge
from ketenreis.quantity import Share
from ketenreis.requirements import EventClass, Measure, Norm, Requirement

PARCELS = """zending,klant,stap,tijd
D1,Jan,Aangemeld,2024-01-01 09:00
D1,Jan,Bezorgd,2024-01-03 12:00
D2,Jan,Aangemeld,2024-01-02 09:00
D2,Jan,Bezorgd,2024-01-05 12:00
D3,Piet,Aangemeld,2024-01-02 09:00
D3,Piet,Bezorgd,2024-01-05 09:00
"""
CALLS = """klant,keuze,kanaal,tijd
Jan,Klacht,telefoon,2024-01-01 10:00
Jan,Klacht,telefoon,2024-01-02 10:00
Jan,Klacht,telefoon,2024-01-04 10:00
Jan,Klacht,telefoon,2024-01-06 10:00
Kees,Klacht,telefoon,2024-01-06 10:00
"""
PARCEL = parse_mapping(
    "source: pakket\nobject: delivery\ncolumns: {case: zending, activity: stap, time: tijd}\n"
    "objects: {customer: klant}\nreadable: [klant]\nlabels: {Bezorgd: bezorgd}"
)
CALL = parse_mapping(
    "source: bel\ncolumns: {activity: keuze, time: tijd, channel: kanaal}\nobjects: {customer: klant}\n"
    "join: {customer: delivery}\nreadable: [klant]\nlabels: {Sms: aankondiging}"
)


def brought(folder, order=("pakket", "bel"), calls=CALLS, parcel=PARCEL, call=CALL):
    (folder / "pakket.csv").write_text(PARCELS)
    (folder / "bel.csv").write_text(calls)
    mappings = {"pakket": parcel, "bel": call}
    results = {
        name: import_events(folder / f"{name}.csv", folder / "events", mappings[name]) for name in order
    }
    return EventStore.open(folder / "events"), results


@pytest.mark.parametrize("order", [("pakket", "bel"), ("bel", "pakket"), ("pakket", "bel", "pakket", "bel")])
def test_a_call_goes_to_the_one_delivery_under_way_whichever_file_came_first(tmp_path, order):
    store, _ = brought(tmp_path, order)
    joined = [(case, label) for case, label, _, source in told(store, "delivery") if source >= 10_000]
    assert joined == [("D1", "Klacht"), ("D2", "Klacht")]
    assert store.quality["bel"]["joined"] == [
        {"parent": "customer", "child": "delivery", "joined": 2, "ambiguous": 1, "unmatched": 2, "unended": 0}
    ]
    assert store.type("customer").events == 11
    assert store.type("delivery").attribute("channel").values == ("telefoon",)


def test_the_report_says_in_words_how_many_joined(tmp_path):
    _, results = brought(tmp_path)
    nl, en = (" ".join(results["bel"].report.lines(language)) for language in ("nl", "en"))
    assert (
        "5 gebeurtenissen noemen alleen de customer: 2 horen bij de delivery die toen liep, 1 kon bij" in nl
    )
    assert "for 2 none was under way" in en


def test_the_report_says_how_many_rows_name_nobody_and_what_is_still_under_way(tmp_path):
    until = parse_mapping(write_mapping(CALL).replace("join: {customer: delivery}", UNTIL.format("Zoek", "")))
    _, results = brought(tmp_path, calls=CALLS + ",Klacht,telefoon,2024-01-02 11:00\n", call=until)
    nl, en = (" ".join(results["bel"].report.lines(language)) for language in ("nl", "en"))
    assert "Nog 1 rij noemt ook geen customer en is geweigerd." in nl
    assert "Of 3 objects “delivery” the end is not there yet; they are still under way." in en


UNTIL = "join: {{customer: {{to: delivery, until: {}{}}}}}"


@pytest.mark.parametrize(
    ("until", "grace", "joined", "ambiguous"),
    [
        ("Bezorgd", "", 2, 1),  # Jan's of 2 January falls in both, that of the 6th in none
        ("bezorgd", "", 2, 1),  # the element of that label
        ("Bezorgd", ", grace: 24 hours", 2, 2),  # on the 4th D1, delivered on the 3rd, still takes it in
        ("Bezorgd", ", grace: 2 days", 2, 2),
        ("Bezorgd", ", grace: 1 minute, since: Bezorgd", 0, 0),
        ("Bezorgd", ", grace: 1 day, since: Bezorgd", 2, 0),
    ],
)
def test_a_mapping_says_from_which_event_until_which_and_how_much_longer(
    tmp_path, until, grace, joined, ambiguous
):
    call = parse_mapping(
        write_mapping(CALL).replace("join: {customer: delivery}", UNTIL.format(until, grace))
    )
    assert parse_mapping(write_mapping(call)) == call
    store, _ = brought(tmp_path, call=call)
    counts = store.quality["bel"]["joined"][0]
    assert (counts["joined"], counts["ambiguous"]) == (joined, ambiguous)
    assert sum(counts[each] for each in ("joined", "ambiguous", "unmatched")) == 5


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("{until: Bezorgd}", "does not say `to`"),
        ("{to: delivery, tot: Bezorgd}", "has a key `tot`"),
        ("{to: delivery, grace: lang}", "is not a duration"),
        ("{to: delivery, grace: 2 working days}", "clock time"),
        ("[delivery]", "takes the name of a type"),
    ],
)
def test_a_period_that_cannot_be_read_is_told(said, told):
    with pytest.raises(MappingError, match=told):
        parse_mapping(f"objects: {{customer: klant}}\njoin: {{customer: {said}}}")


def test_a_number_joins_however_it_is_written(tmp_path):
    (tmp_path / "pakket.csv").write_text(PARCELS.replace("Jan", "00 042"))
    (tmp_path / "bel.csv").write_text(CALLS.replace("Jan", "42"))
    import_events(tmp_path / "pakket.csv", tmp_path / "events", PARCEL)
    store = import_events(tmp_path / "bel.csv", tmp_path / "events", CALL).store
    assert store.quality["bel"]["joined"][0]["joined"] == 2


def test_calls_without_any_delivery_are_counted_as_unmatched(tmp_path):
    store, _ = brought(tmp_path, ("bel",))
    assert list(store.types) == ["customer"]
    assert store.quality["bel"]["joined"][0]["unmatched"] == 5


def test_a_delivery_that_is_closed_by_an_event_is_under_way_until_then(tmp_path):
    closed = parse_mapping(
        "source: pakket\nobject: delivery\ncolumns: {case: zending, activity: stap, time: tijd}\n"
        "objects: {customer: klant}\nreadable: [klant]\nclosed: Bezorgd"
    )
    calls = CALLS + "Piet,Klacht,mail,2024-01-05 10:00\n"
    store, _ = brought(tmp_path, calls=calls, parcel=closed)
    assert store.quality["bel"]["joined"][0] == {
        "parent": "customer", "child": "delivery", "joined": 2, "ambiguous": 1, "unmatched": 3, "unended": 0
    }  # fmt: skip
    (tmp_path / "pakket.csv").write_text(PARCELS.replace("D3,Piet,Bezorgd,2024-01-05 09:00\n", ""))
    store = import_events(tmp_path / "pakket.csv", tmp_path / "events", closed).store
    counts = store.quality["bel"]["joined"][0]
    assert (counts["joined"], counts["unended"]) == (3, 1), "not closed yet: still under way"


def test_an_event_that_names_its_delivery_is_not_given_to_another(tmp_path):
    (tmp_path / "pakket.csv").write_text(PARCELS + "D4,Jan,Aangemeld,2024-01-04 10:00\n")
    own = parse_mapping(
        "source: pakket\nobject: delivery\ncolumns: {case: zending, activity: stap, time: tijd}\n"
        "objects: {customer: klant}\njoin: {customer: delivery}"
    )
    report = import_events(tmp_path / "pakket.csv", tmp_path / "events", own).report
    assert [each.to_dict() for each in report.joined] == [
        {"parent": "customer", "child": "delivery", "joined": 0, "ambiguous": 0, "unmatched": 0, "unended": 0}
    ]


def test_types_joined_in_a_circle_are_refused(tmp_path):
    (tmp_path / "pakket.csv").write_text(PARCELS)
    circle = parse_mapping(
        "object: delivery\ncolumns: {case: zending, activity: stap, time: tijd}\nobjects: {customer: klant}\n"
        "join: {customer: delivery, delivery: customer}"
    )
    with pytest.raises(MappingError, match="circle"):
        import_events(tmp_path / "pakket.csv", tmp_path / "events", circle)


def late_text(object_type):
    """Never an announcement after the delivery."""
    return Requirement(
        id="nooit-te-laat",
        name="Nooit een aankondiging na de bezorging",
        object=object_type,
        measure=Measure(
            "not_succession", {"a": EventClass(("bezorgd",)), "b": EventClass(("aankondiging",))}
        ),
        norms=(Norm(Share(Decimal(1)), None, None),),
    )


def verdicts(store, object_type):
    with judge(store, [late_text(object_type)], object_type=object_type, zone="UTC") as judging:
        return [code for _, code in sorted(case_verdicts(judging, "nooit-te-laat"))]


def test_gt_15_two_parcels_of_one_customer_raise_no_false_alarm(tmp_path):
    texts = "klant,keuze,kanaal,tijd\nJan,Sms,sms,2024-01-04 10:00\n"
    store, _ = brought(tmp_path, calls=texts)
    fulfilled, violated = 1, 2
    assert verdicts(store, "delivery") == [fulfilled] * 3
    assert violated in verdicts(store, "customer"), "flattened to the customer it would have been an alarm"


def test_gt_15_a_text_after_its_own_delivery_is_one(tmp_path):
    texts = (
        "klant,zending,keuze,kanaal,tijd\nJan,D1,Sms,sms,2024-01-04 10:00\nJan,D2,Sms,sms,2024-01-04 10:00\n"
    )
    (tmp_path / "pakket.csv").write_text(PARCELS)
    (tmp_path / "sms.csv").write_text(texts)
    both = parse_mapping(
        "source: sms\ncolumns: {activity: keuze, time: tijd}\nobjects: {customer: klant, delivery: zending}\n"
        "join: {customer: delivery}\nreadable: [klant]\nlabels: {Sms: aankondiging}"
    )
    import_events(tmp_path / "pakket.csv", tmp_path / "events", PARCEL)
    store = import_events(tmp_path / "sms.csv", tmp_path / "events", both).store
    assert sorted(verdicts(store, "delivery")) == [1, 1, 2]


spans = st.lists(
    st.tuples(st.sampled_from(["Jan", "Piet", "Els", "Ria"]), st.integers(0, 20), st.integers(0, 10)),
    min_size=4,
    max_size=12,
)
calls = st.lists(
    st.tuples(st.sampled_from(["Jan", "Piet", "Els", "Ria", "Kees"]), st.integers(0, 35)),
    min_size=8,
    max_size=24,
)
"""Many calls in few drawings: an import takes as long for one as for twenty."""


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=spans, calls=calls)
def test_joining_equals_a_slow_count(tmp_path_factory, spans, calls):
    folder = tmp_path_factory.mktemp("join")
    minute = "2024-01-01 00:{:02d}"
    rows = ["zending,klant,stap,tijd"]
    for i, (who, start, long) in enumerate(spans):
        rows += [f"D{i},{who},Begin,{minute.format(start)}", f"D{i},{who},Eind,{minute.format(start + long)}"]
    (folder / "pakket.csv").write_text("\n".join(rows) + "\n")
    (folder / "bel.csv").write_text(
        "klant,keuze,kanaal,tijd\n" + "".join(f"{who},Bel,tel,{minute.format(at)}\n" for who, at in calls)
    )
    import_events(folder / "pakket.csv", folder / "events", PARCEL)
    store = import_events(folder / "bel.csv", folder / "events", CALL).store
    hits = [
        [i for i, (owner, start, long) in enumerate(spans) if owner == who and start <= at <= start + long]
        for who, at in calls
    ]
    counts = store.quality["bel"]["joined"][0]
    assert counts["joined"] == sum(len(each) == 1 for each in hits)
    assert counts["ambiguous"] == sum(len(each) > 1 for each in hits)
    assert counts["unmatched"] == sum(not each for each in hits)
    given_to = sorted(case for case, _, _, source in told(store, "delivery") if source >= 10_000)
    assert given_to == sorted(f"D{each[0]}" for each in hits if len(each) == 1)
    assert json.dumps(counts)
