from datetime import date

import pytest

from ketenreis.conditions import parse
from ketenreis.model import Element
from ketenreis.quantity import Share, parse_limit
from ketenreis.requirements import EventClass, Measure, Norm, Requirement, gaps, requirement, sentence

PAID, SENT = EventClass(("betaling",)), EventClass(("mail",))
NAMES = {"betaling": "Betaling", "mail": "Bevestigingsmail", "zaak": "Zaak afgehandeld"}.__getitem__


def norm(limit=None, since=None, share="99%"):
    return Norm(Share.parse(share), parse_limit(limit) if limit else None, since)


def test_the_norm_of_a_day_is_the_last_that_had_started_and_the_first_before_all():
    hour, minute = norm("1 hour"), norm("1 minute", date(2026, 11, 14))
    wanted = Requirement("c", "C", norms=(hour, minute))
    assert [wanted.norm_on(date(2026, 11, day)) for day in (13, 14, 15)] == [hour, minute, minute]
    dated = Requirement("c", "C", norms=(norm("1 hour", date(2026, 1, 1)),))
    assert dated.norm_on(date(2020, 1, 1)) == dated.norms[0]
    assert Requirement("c", "C").norm_on(date(2020, 1, 1)) is None


def test_norms_are_put_in_the_order_of_their_days():
    rows = (
        {"share": Share.parse("90%"), "since": date(2026, 2, 1)},
        {"share": Share.parse("80%")},
        {"limit": parse_limit("2")},
    )
    wanted = requirement(Element("c", "ctq", "o", {"norms": rows}))
    assert [str(one.share) for one in wanted.norms] == ["80%", "90%"]


@pytest.mark.parametrize(
    ("measure", "norms", "expected"),
    [
        (None, (), ("measure", "norm")),
        (None, (norm("1 hour"),), ("measure",)),
        (Measure("within", {"after": PAID, "comes": SENT}), (norm("1 hour"),), ()),
        (Measure("within", {"after": PAID, "comes": SENT}), (), ("norm",)),
        (Measure("within", {"after": PAID}), (norm(),), ("argument:comes", "limit")),
        (Measure("within", {"after": PAID, "comes": SENT}), (norm("3"),), ("limit_type",)),
        (Measure("before", {"event": PAID}), (norm("deadline"),), ()),
        (Measure("before", {"event": PAID}), (norm("1 hour"),), ("limit_type",)),
        (Measure("at_most", {"event": PAID}), (norm("2.5"),), ("limit_type",)),
        (Measure("existence", {"event": PAID}), (norm(),), ()),
        (Measure("sometimes"), (norm(),), ("pattern",)),
    ],
)
def test_what_a_requirement_lacks_is_named(measure, norms, expected):
    assert gaps(Requirement("c", "C", measure=measure, norms=norms)) == expected


@pytest.mark.parametrize(
    ("measure", "limit", "nl", "en"),
    [
        (
            Measure("within", {"after": PAID, "comes": SENT, "match": "fifo"}), "1 minute",
            "Na “Betaling” komt “Bevestigingsmail” binnen 1 minuut. Elk telt één keer, de oudste eerst. Dat lukt in minstens 99% van de gevallen.",
            "After “Betaling” comes “Bevestigingsmail” within 1 minute. Each counts once, the oldest first. This succeeds in at least 99% of cases.",
        ),
        (
            Measure("before", {"event": EventClass(("zaak",))}), "deadline",
            "“Zaak afgehandeld” komt niet later dan deadline. Dat lukt in minstens 99% van de gevallen.",
            "“Zaak afgehandeld” comes no later than deadline. This succeeds in at least 99% of cases.",
        ),
        (
            Measure("at_most", {"event": EventClass(("mail",), where=parse("channel = phone"))}), "2",
            '“Bevestigingsmail” (waar channel = "phone") komt hoogstens 2 keer voor. Dat lukt in minstens 99% van de gevallen.',
            '“Bevestigingsmail” (where channel = "phone") happens at most 2 times. This succeeds in at least 99% of cases.',
        ),
        (
            Measure("never_after", {"after": PAID, "comes": EventClass(("mail",), "start")}), None,
            "Na “Betaling” komt nooit het begin van “Bevestigingsmail”. Dat lukt in minstens 99% van de gevallen.",
            "After “Betaling” never comes the start of “Bevestigingsmail”. This succeeds in at least 99% of cases.",
        ),
        (
            Measure("no_silence_longer_than", {"since": PAID}), "1 day",
            "Van “Betaling” tot het einde van de zaak is het nooit langer dan 1 dag stil: telkens komt iets. Dat lukt in minstens 99% van de gevallen.",
            "From “Betaling” until the end of the case it is never silent for longer than 1 day: each time comes anything. This succeeds in at least 99% of cases.",
        ),
        (
            Measure("as_announced", {"since": PAID, "steps": (SENT, EventClass(("zaak", "mail")))}), None,
            "Vanaf “Betaling” gebeurt alles zoals aangekondigd: “Bevestigingsmail”, daarna “Zaak afgehandeld” of “Bevestigingsmail”. Dat lukt in minstens 99% van de gevallen.",
            "From “Betaling” everything happens as announced: “Bevestigingsmail”, then “Zaak afgehandeld” or “Bevestigingsmail”. This succeeds in at least 99% of cases.",
        ),
        (
            Measure("only_while", {"event": SENT, "until": EventClass(("zaak",))}), None,
            "“Bevestigingsmail” komt alleen zolang het klopt: vanaf het begin van de zaak, tot “Zaak afgehandeld”. Dat lukt in minstens 99% van de gevallen.",
            "“Bevestigingsmail” comes only while it is true: from the start of the case, until “Zaak afgehandeld”. This succeeds in at least 99% of cases.",
        ),
        (
            Measure("in_window", {"event": PAID, "promise": SENT, "closes": "tot", "moved": EventClass(("zaak",))}), None,
            "“Betaling” komt binnen het venster van de laatste “Bevestigingsmail”, tot tot. Verzetten wij het met “Zaak afgehandeld”, dan blijft de belofte van daarvoor staan. Dat lukt in minstens 99% van de gevallen.",
            "“Betaling” comes within the window of the last “Bevestigingsmail”, until tot. When we move it by “Zaak afgehandeld”, the promise before that stands. This succeeds in at least 99% of cases.",
        ),
        (
            Measure("duration", {"until": SENT}), "2 weeks",
            "Van het begin van de zaak tot “Bevestigingsmail” duurt het hoogstens 2 weken. Dat lukt in minstens 99% van de gevallen.",
            "From the start of the case until “Bevestigingsmail” takes at most 2 weeks. This succeeds in at least 99% of cases.",
        ),
    ],
)  # fmt: skip
def test_a_measure_reads_back_as_a_sentence_in_both_languages(measure, limit, nl, en):
    wanted = Requirement("c", "C", measure=measure, norms=(norm(limit),))
    assert sentence(wanted, "nl", NAMES) == nl
    assert sentence(wanted, "en", NAMES) == en


def test_without_a_measure_there_is_no_sentence():
    assert sentence(Requirement("c", "C"), "nl") == ""
