"""A mapping is text that a person can write and check, and reads back as it was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenreis.errors import MappingError, UnreadableFileError
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import Mapping, parse_mapping, read_mapping, write_mapping

TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\ufeff\x85"),
    max_size=8,
)
NAMES = TEXTS.filter(bool)


@settings(deadline=None)
@given(
    st.builds(
        Mapping,
        source=TEXTS,
        columns=st.dictionaries(st.sampled_from(["case", "activity", "time", "kanaal"]), TEXTS),
        missing=st.none() | st.lists(TEXTS).map(tuple),
        labels=st.dictionaries(NAMES, st.lists(NAMES, min_size=1, max_size=2).map(tuple), max_size=3),
        dates_as_events=st.dictionaries(NAMES, NAMES, max_size=2),
        closed=NAMES,
        header=st.none() | st.booleans(),
        separator=st.none() | st.sampled_from([",", ";", "\t", "|"]),
        time_format=st.lists(NAMES, max_size=2).map(tuple),
    )
)
def test_what_is_written_reads_back_the_same(mapping):
    text = write_mapping(mapping)
    assert parse_mapping(text) == mapping
    assert write_mapping(parse_mapping(text)) == text


def test_words_and_numbers_stay_as_written():
    read = parse_mapping("columns: {case: 010, time: 12:30}\nmissing: [no, 1.0, ~]\nheader: ja")
    assert read.columns == {"case": "010", "time": "12:30"}
    assert read.missing == ("no", "1.0", "~")
    assert read.header is True


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("column: {case: a}", "did you mean `columns`"),
        ("zzzz: red", "the keys are"),
        ("columns: a", "pairs"),
        ("columns: {case: [a, b]}", "one text"),
        ("header: maybe", "yes or no"),
        ("closed: a\nclosed: b", "twice"),
        ("- a", "keys such as"),
        ("a: [", "YAML"),
        ("labels: &x {a: b}\ndates_as_events: *x", None),
    ],
)
def test_a_mistake_is_answered_with_what_to_write(text, said):
    if said is None:
        assert parse_mapping(text).labels == {"a": ("b",)}
        return
    with pytest.raises(MappingError, match=said):
        parse_mapping(text)


def test_a_mapping_that_is_not_there_is_said_to_be_so(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"nowhere\.yaml"):
        read_mapping(tmp_path / "nowhere.yaml")


def test_a_mapping_may_say_a_part_and_the_file_says_the_rest(tmp_path):
    (tmp_path / "a.csv").write_bytes(
        "nr;wat;wanneer;soort\n1;á;13-02-2024;x\n1;b;14-02-2024;x\n".encode("latin-1")
    )
    given_ = parse_mapping("columns: {case: nr, activity: wat, kind: soort}\nlabels: {á: begin}")
    result = import_events(tmp_path / "a.csv", tmp_path / "s", given_)
    assert (result.mapping.separator, result.mapping.encoding, result.mapping.columns["time"]) == (
        ";",
        "latin-1",
        "wanneer",
    )
    assert result.store.type().attribute("kind").values == ("x",)
    assert result.report.mapped == {"á": 1}
    assert result.report.unmapped == {"b": 1}


def test_a_column_that_the_file_does_not_have_is_named(tmp_path):
    (tmp_path / "a.csv").write_text("case,activity,time\n1,a,2024-01-01\n")
    with pytest.raises(MappingError, match="“cases”"):
        import_events(tmp_path / "a.csv", tmp_path / "s", parse_mapping("columns: {case: cases}"))


def test_readable_keeps_names_of_people(tmp_path):
    (tmp_path / "a.csv").write_text(
        "case,activity,time,medewerker\n1,a,2024-01-01,Jan\n1,b,2024-01-02,Piet\n"
    )
    hidden = import_events(tmp_path / "a.csv", tmp_path / "s").store.type().attribute("employee")
    shown = import_events(tmp_path / "a.csv", tmp_path / "t", parse_mapping("readable: medewerker"))
    assert all(value.startswith("m-") for value in hidden.values)
    assert shown.store.type().attribute("employee").values == ("Jan", "Piet")


def test_local_times_are_read_on_the_clock_of_their_zone(tmp_path):
    text = "case,activity,time\n1,a,2024-07-01 12:00\n1,b,2024-12-01 12:00\n1,c,2024-12-01 12:00:00+00:00\n"
    (tmp_path / "a.csv").write_text(text)
    result = import_events(tmp_path / "a.csv", tmp_path / "s", parse_mapping("time_zone: Europe/Amsterdam"))
    assert (result.report.first, result.report.last) == (
        "2024-07-01T10:00:00+00:00",
        "2024-12-01T12:00:00+00:00",
    )
    assert result.report.offsets == {"": 2, "+00:00": 1}
    assert not result.report.assumed_zone
