import ast
import re
import string
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ketenreis.reports
from ketenreis.analysis.run_rules import DEFAULT_RULES
from ketenreis.analysis.steadiness import QUADRANT
from ketenreis.analysis.yields import Interval
from ketenreis.measure import CannotSay
from ketenreis.quantity import Duration
from ketenreis.reports.words import LANGUAGES, SHAPES, Words, plural, sentences
from ketenreis.requirements import Measure, Requirement

NL, EN = (Words(language, ZoneInfo("Europe/Amsterdam")) for language in LANGUAGES)
SOURCE = Path(ketenreis.reports.__file__).parent


def holes(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def literals():
    """Every text in the reports' own source, with {} for what is filled in."""
    for file in SOURCE.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        inside = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                yield node.value


def asked_for(language):
    """The literals that ask for a sentence: a group that exists, a dot, and a name."""
    groups = {key.partition(".")[0] for key in sentences(language)}
    return {
        text
        for text in literals()
        if re.fullmatch(r"[a-z_]+\.[a-z_{}]*", text) and text.partition(".")[0] in groups
    }


def test_both_languages_say_the_same_things():
    nl, en = (sentences(language) for language in LANGUAGES)
    assert set(nl) == set(en)
    assert [key for key in nl if not nl[key].strip() or not en[key].strip()] == []


@pytest.mark.parametrize("key", sorted(sentences("nl")))
def test_a_sentence_has_the_same_holes_in_both_languages(key):
    assert holes(sentences("nl")[key]) == holes(sentences("en")[key])


def test_every_sentence_that_is_asked_for_is_there_in_both_languages():
    for language in LANGUAGES:
        known = sentences(language)
        for asked in asked_for(language):
            pattern = re.compile(
                re.escape(asked).replace(r"\{\}", "[a-z0-9_]*") + ("" if "{" in asked else "(_[a-z]+)?")
            )
            assert any(pattern.fullmatch(key) for key in known), asked


def test_no_sentence_stands_there_unused():
    asked = [
        re.compile(re.escape(text).replace(r"\{\}", "[a-z0-9_]*") + ("" if "{" in text else "(_[a-z]+)?"))
        for text in asked_for("nl")
    ]
    # One command speaks the words of its report itself.
    command = (SOURCE.parent / "cli" / "commands" / "impact.py").read_text(encoding="utf-8")
    unused = [key for key in sentences("nl") if not any(pattern.fullmatch(key) for pattern in asked)]
    spoken = {key for key in unused if key.startswith("impact.") and key.partition(".")[2] in command}
    assert [key for key in unused if key not in spoken] == []


def test_no_sentence_shouts_or_blames():
    for language in LANGUAGES:
        for key, said in sentences(language).items():
            assert "!" not in said, key
            assert not re.search(r"\b(ongeldig|invalid|fout|verkeerd)\b", said), key


def test_every_verdict_steadiness_and_caution_has_words():
    for words in (NL, EN):
        for standing in SHAPES:
            assert words.standing(standing)
        for row in QUADRANT:
            assert words.knows(f"steady.{row.id.replace(' ', '_')}")
        for caution in ("provisional", "rare"):
            assert words.knows(f"caution.{caution}")
    assert set(DEFAULT_RULES) == {"beyond", "run"}


def test_verdicts_are_a_shape_and_a_word():
    assert [NL.verdict(standing) for standing in SHAPES] == [
        "✓ gehaald",
        "✕ niet gehaald",
        "? niet te beoordelen",
    ]
    assert [EN.verdict(standing) for standing in SHAPES] == ["✓ met", "✕ not met", "? cannot say"]
    assert NL.verdict("met", narrowly=True) == "✓ gehaald, nipt"
    assert EN.verdict("cannot_say", narrowly=True) == "? cannot say"


def test_figures_read_in_the_language():
    assert (NL.percent(0.942), EN.percent(0.942)) == ("94,2%", "94.2%")
    assert (NL.whole(1434), EN.whole(1434)) == ("1.434", "1,434")
    assert (NL.day(date(2026, 11, 14)), EN.day(date(2026, 3, 14), year=False)) == ("14 nov 2026", "14 Mar")
    assert NL.day(date(2026, 3, 14), year=False) == "14 mrt"
    assert (NL.interval(Interval(0.937, 0.946)), EN.interval(Interval(0.937, 0.946))) == (
        "(93,7–94,6)",
        "(93.7–94.6)",
    )
    assert (NL.number(3.1415), EN.number(1234.5)) == ("3,14", "1,234.5")
    assert NL.number(-0.04, 1) == "0"
    assert NL.interval(None) == ""


@pytest.mark.parametrize(
    ("seconds", "nl", "en"),
    [
        (0, "0 s", "0 s"),
        (0.42, "0,42 s", "0.42 s"),
        (9.6, "9,6 s", "9.6 s"),
        (38, "38 s", "38 s"),
        (59.9, "1 min", "1 min"),
        (250, "4 min 10 s", "4 min 10 s"),
        (3599.9, "1 uur", "1 h"),
        (7265, "2 uur 1 min", "2 h 1 min"),
        (86_400, "1 dag", "1 day"),
        (93_600, "1 dag 2 uur", "1 day 2 h"),
        (864_000, "10 dagen", "10 days"),
        (-90, "−1 min 30 s", "−1 min 30 s"),
    ],
)
def test_durations_read_in_their_two_largest_units(seconds, nl, en):
    assert NL.duration(seconds) == nl
    assert EN.duration(seconds) == en


@given(st.floats(0, 1e8))
def test_no_duration_reads_as_sixty_of_something(seconds):
    assert not re.search(r"\b(60 s|60 min|24 uur)\b", NL.duration(seconds))


@given(st.integers(1, 100_000_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_almost_whole_share_never_reads_as_the_whole(counted):
    part, whole = counted
    said = NL.percent(part / whole)
    assert (said == "100%") == (part == whole)
    assert (said == "0%") == (part == 0)


@given(st.floats(0, 1), st.sampled_from(["90%", "95%", "99%", "99.5%"]))
def test_a_share_beside_its_norm_does_not_seem_to_reach_it_when_it_does_not(share, norm):
    asked = float(Decimal(norm.rstrip("%")) / 100)
    if abs(share - asked) > 1e-7:
        assert float(EN.percent(share, asked).rstrip("%")) != float(norm.rstrip("%"))


def test_moments_are_told_in_the_organisations_own_time():
    moment = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert NL.moment(moment) == "1 jul 2026 00:30"
    assert EN.moment(moment, seconds=True) == "1 Jul 2026 00:30:00"
    assert NL.period(moment, moment) == "1 jul 2026"
    assert NL.period(datetime(2025, 12, 31, 12, tzinfo=UTC), moment) == "31 dec 2025 – 1 jul 2026"


REASONS = [
    CannotSay("incomplete", ("measure", "norm")),
    CannotSay("incomplete", ("argument:comes", "limit", "limit_type", "pattern")),
    CannotSay("no_events_of_object", ("levering", "order")),
    CannotSay("not_mapped", ("betaling", "levering")),
    CannotSay("attribute", ("The events hold no attribute “x”.",)),
    CannotSay("nothing_judged"),
    CannotSay("too_few", ("3",)),
    CannotSay("new_norm", ("8", "2026-11-14")),
]


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.reason)
@pytest.mark.parametrize("words", [NL, EN], ids=LANGUAGES)
def test_every_reason_is_said_with_a_next_move(reason, words):
    wanted = Requirement("c", "C", measure=Measure("within", {}))
    why, after = words.cannot_say(reason, wanted, lambda name: name.capitalize())
    assert why.endswith((".", "”."))
    assert len(after) > 20
    assert "{" not in why + after


def test_a_reason_names_what_is_lacking_in_the_readers_words():
    wanted = Requirement("c", "C", measure=Measure("within", {}))
    assert NL.cannot_say(CannotSay("incomplete", ("argument:comes", "norm")), wanted)[0].endswith(
        "“komt” en een norm."
    )
    assert "nieuwe norm: 8;" in NL.cannot_say(CannotSay("new_norm", ("8", "2026-11-14")), wanted)[0]
    assert (
        "“Betaling op de website”"
        in NL.cannot_say(
            CannotSay("not_mapped", ("betaling",)), wanted, {"betaling": "Betaling op de website"}.get
        )[0]
    )


@pytest.mark.parametrize(
    ("word", "language", "many"),
    [
        ("order", "nl", "orders"),
        ("zaak", "nl", "zaken"),
        ("aanvraag", "nl", "aanvragen"),
        ("klant", "nl", "klanten"),
        ("case", "nl", "cases"),
        ("permit", "en", "permits"),
        ("box", "en", "boxes"),
        ("day", "en", "days"),
    ],
)
def test_what_is_counted_has_a_plural(word, language, many):
    assert plural(word, language) == many


def test_a_sentence_knows_what_the_cases_are_called():
    words = Words("nl", ZoneInfo("UTC"), "order", "orders")
    assert words.say("counts.title") == "Waar alle orders bleven"


def test_limits_of_the_model_read_in_the_language():
    assert Duration.parse("1 hour").in_words("nl") == "1 uur"
